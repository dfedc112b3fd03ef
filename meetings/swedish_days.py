"""Swedish days: public holidays, the eves that are treated like them, and when schools are usually closed. Pure.

What the law and the almanac decide is kept apart from what is only usual: each municipality decides its own terms.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from holidays.constants import DE_FACTO, PUBLIC

from documents.swedish_dates import WEEKDAYS

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchoolBreak:
    """When schools are usually closed; the municipality's own calendar (läsårsdata) decides."""

    name: str
    starts_on: date
    ends_on: date
    note: str


def free_days(first: date, last: date) -> list[tuple[date, str]]:
    """The public holidays (Lag 1989:253) and the three eves treated like them (Semesterlagen 1977:480, 7 §), by name.

    Ordinary Sundays are not named. Schools all over the country are closed on all of these: this much is certain.
    """
    years = range(first.year, last.year + 1)
    days = [named for year in years for named in _days_of_year(year, (PUBLIC, DE_FACTO)).items()]
    return [(day, name) for day, name in sorted(days) if first <= day <= last]


def free_day_name(day: date) -> str:
    """The holiday's or the eve's name; nothing for any other day."""
    return _days_of_year(day.year, (PUBLIC, DE_FACTO)).get(day, "")


def why_no_workday(day: date) -> str:
    """The holiday's name, or Lördag or Söndag; nothing for a workday."""
    return free_day_name(day) or (WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else "")


def is_workday(day: date) -> bool:
    return not why_no_workday(day)


def next_workday(day: date) -> date:
    """The first workday after the day."""
    following = day + ONE_DAY
    while not is_workday(following):
        following += ONE_DAY
    return following


def school_breaks(first: date, last: date) -> list[SchoolBreak]:
    """The usual breaks of schools in Skåne that have a day in common with the time, in order."""
    found = [one for year in range(first.year - 1, last.year + 1) for one in _breaks_beginning_in(year)]
    return [one for one in found if one.starts_on <= last and one.ends_on >= first]


def _breaks_beginning_in(year: int) -> list[SchoolBreak]:
    about = "ungefärliga dagar"
    breaks = [
        _week(year, 8, "Sportlov", "vecka 8 i Skåne"),
        SchoolBreak("Sommarlov", date(year, 6, 15), date(year, 8, 15), about),
        _week(year, 44, "Höstlov", "vecka 44"),
        SchoolBreak("Jullov", date(year, 12, 21), date(year + 1, 1, 7), about),
    ]
    if easter := easter_sunday(year):
        first, last = easter - timedelta(days=6), easter + timedelta(days=5)
        breaks.insert(1, SchoolBreak("Påsklov", first, last, "veckan före eller veckan efter påsk"))
    return breaks


def _week(year: int, week: int, name: str, note: str) -> SchoolBreak:
    """A break from Monday to Friday of that week."""
    return SchoolBreak(name, date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 5), note)


def easter_sunday(year: int) -> date | None:
    """As the library's almanac has it; none in years that it does not know (before 1953, after 2100)."""
    return next((day for day, name in _days_of_year(year, (PUBLIC,)).items() if "Påskdagen" in name), None)


@cache
def _days_of_year(year: int, categories: tuple[str, ...]) -> dict[date, str]:
    # Without a language the library follows the server's; Sundays are left out whatever its default is.
    almanac = holidays.Sweden(years=year, categories=categories, include_sundays=False, language="sv", expand=False)
    return {day: name.replace("; ", " och ") for day, name in almanac.items()}

"""A new period from an old one: its days and title, where dates go in it, and who an election may replace.

Pure functions: "today" is always an argument.
"""

import datetime
import re
from dataclasses import dataclass

from documents.date_steps import years_later
from documents.swedish_dates import date_words

DAYS_IN_YEAR = 365.25
# How long an agreement is made for when the old one does not say: a council's term.
USUAL_YEARS = 4
DAY = datetime.timedelta(days=1)
TITLE_MAX_LENGTH = 250

_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-–—]\s*(?:(?:19|20)\d\d|\d\d)\b")
_ELECTED = re.compile(
    r"kommunstyrels|kommunalråd|opposition|nämnd|fullmäktige|förtroendevald|politi(?!e)", re.IGNORECASE
)
_EMPLOYED = re.compile(r"sekreterare|handläggare|samordnare|tjänste|chef|direktör|strateg", re.IGNORECASE)

Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class Period:
    """From the first day to the last; either may be unknown."""

    starts_on: datetime.date | None
    ends_on: datetime.date | None


def next_period(old: Period, *, today: datetime.date) -> Period:
    """The day after the old one ends, and as many whole years as the old one was, at least one."""
    first = old.ends_on + DAY if old.ends_on else datetime.date(today.year + 1, 1, 1)
    years = USUAL_YEARS
    if old.starts_on and old.ends_on:
        years = max(1, int((old.ends_on - old.starts_on).days / DAYS_IN_YEAR + 0.5))
    return Period(first, years_later(first, years) - DAY)


def title_of_next(title: str, new: Period) -> str:
    """The old title with the new years: in the place of the old ones, else last."""
    years = f"{new.starts_on.year}–{new.ends_on.year}"
    renewed, found = _YEARS.subn(years, title)
    return renewed if found else f"{title[: TITLE_MAX_LENGTH - len(years) - 1]} {years}"


def why_not_period(old: Period, new: Period, *, is_closed: bool) -> dict[str, str]:
    """What is wrong with the new period's days, in Swedish by field; nothing when they can be had.

    An agreement that was closed before its time may be followed at once; one that still runs may not be overlapped.
    """
    if old.starts_on and new.starts_on <= old.starts_on:
        return {"starts_on": "Den nya perioden måste börja efter den gamlas första dag."}
    if old.ends_on and new.starts_on <= old.ends_on and not is_closed:
        return {"starts_on": f"Den nya perioden börjar innan den gamla är slut, {date_words(old.ends_on)}."}
    if new.ends_on < new.starts_on:
        return {"ends_on": "Sista dagen kan inte vara före den första."}
    return {}


# --- Where dates go ---


def moved_day(day: datetime.date | None, *, old: Period, new: Period) -> datetime.date | None:
    """A last day in the new period: its end for the old one's end, else the same day of the year, soonest."""
    if day is None:
        return None
    if old.ends_on and day >= old.ends_on:
        return new.ends_on
    return min(years_later(day, _years_until(day, new.starts_on)), new.ends_on)


def moved_days(starts_on: datetime.date | None, ends_on: datetime.date | None, *, old: Period, new: Period) -> Days:
    """A promise's days in the new period: the whole of it for the whole of the old one, else the first year that fits.

    What has no room in the new period is left undated.
    """
    if starts_on is None and ends_on is None:
        return None, None
    if ends_on is None:
        return new.starts_on, None
    from_the_start = starts_on is None or (old.starts_on is not None and starts_on <= old.starts_on)
    to_the_end = old.ends_on is not None and ends_on >= old.ends_on
    if from_the_start and to_the_end:
        return (new.starts_on if starts_on else None), new.ends_on
    years = _years_until(starts_on or ends_on, new.starts_on)
    first = years_later(starts_on, years) if starts_on else None
    if first and first > new.ends_on:
        return None, None
    return first, min(years_later(ends_on, years), new.ends_on)


def continued_days(starts_on: datetime.date | None, ends_on: datetime.date | None, *, old: Period, new: Period) -> Days:
    """An activity's days: what ran to the old period's end begins with the new one; what was shorter is moved."""
    if ends_on is None or (old.ends_on and ends_on >= old.ends_on):
        return (new.starts_on if starts_on else None), (new.ends_on if ends_on else None)
    return moved_days(starts_on, ends_on, old=old, new=new)


def _years_until(day: datetime.date, first: datetime.date) -> int:
    years = max(0, first.year - day.year)
    return years if years_later(day, years) >= first else years + 1


# --- Elections ---


def election_day(year: int) -> datetime.date:
    """The second Sunday of September."""
    first = datetime.date(year, 9, 1)
    return first + datetime.timedelta(days=(6 - first.weekday()) % 7 + 7)


def election_between(after: datetime.date, until: datetime.date) -> datetime.date | None:
    """The last general election after one day and at latest on another; they are held every fourth year, as 2026."""
    years = [year for year in range(until.year, after.year - 1, -1) if year % 4 == 2]
    return next((day for day in map(election_day, years) if after < day <= until), None)


def is_elected(title: str) -> bool:
    """Whether a seat's name speaks of somebody who is elected, and may be another after an election."""
    return bool(_ELECTED.search(title)) and not _EMPLOYED.search(title)

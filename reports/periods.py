"""The periods that people usually want a report on, and which periods a report can be about."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from agreements.models import Agreement
from documents.swedish_dates import date_words
from reports.models import Report

FIRST_DAY = datetime.date(2000, 1, 1)
LONGEST_YEARS = 10

# Name, first month, last month: the municipality's budget year has tertials, the agreement speaks of half-years.
HALVES = [("Första halvåret", 1, 6), ("Andra halvåret", 7, 12)]
TERTIALS = [("Första tertialet", 1, 4), ("Andra tertialet", 5, 8), ("Tredje tertialet", 9, 12)]
WHOLE_YEAR = [("Hela året", 1, 12)]


@dataclass(frozen=True)
class Period:
    label: str
    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def query(self) -> str:
        return urlencode({"fran": self.starts_on.isoformat(), "till": self.ends_on.isoformat()})

    @property
    def choices(self) -> dict[str, datetime.date]:
        """As the form's fields."""
        return {"fran": self.starts_on, "till": self.ends_on}


def usual_periods(agreement: Agreement, *, today: datetime.date) -> list[Period]:
    """This year's and last year's periods that have begun and touch the agreement, the newest of each kind first."""
    periods = [
        period
        for kind in (HALVES, TERTIALS, WHOLE_YEAR)
        for year in (today.year, today.year - 1)
        for period in reversed([part_of_year(*part, year=year, today=today) for part in kind])
        if touches(agreement, period) and period.starts_on <= today and (kind is not TERTIALS or year == today.year)
    ]
    whole = since_start(agreement, today=today)
    if whole:
        periods.append(whole)
    return periods or [Period("Året hittills", today.replace(month=1, day=1), today)]


def usual_period(kind: str, agreement: Agreement, *, today: datetime.date) -> Period:
    """What a kind of report is usually about: the closing one the agreement's whole period, the council's the year."""
    periods = usual_periods(agreement, today=today)
    if kind == Report.Kind.CLOSING:
        return since_start(agreement, today=today) or periods[0]
    if kind == Report.Kind.COUNCIL:
        year = part_of_year(*WHOLE_YEAR[0], year=today.year, today=today)
        return year if year in periods else periods[0]
    return periods[0]


def part_of_year(name: str, first_month: int, last_month: int, *, year: int, today: datetime.date) -> Period:
    following = datetime.date(year + last_month // 12, last_month % 12 + 1, 1)
    ends_on = following - datetime.timedelta(days=1)
    so_far = " hittills" if ends_on > today else ""
    return Period(f"{name} {year}{so_far}", datetime.date(year, first_month, 1), min(ends_on, today))


def since_start(agreement: Agreement, *, today: datetime.date) -> Period | None:
    starts_on = agreement.starts_on
    if starts_on is None or starts_on > today or years_later(starts_on, LONGEST_YEARS) <= today:
        return None
    return Period("Sedan överenskommelsen började", starts_on, min(agreement.ends_on or today, today))


def touches(agreement: Agreement, period: Period) -> bool:
    return (agreement.starts_on is None or period.ends_on >= agreement.starts_on) and (
        agreement.ends_on is None or period.starts_on <= agreement.ends_on
    )


def period_faults(
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    *,
    stands_on: datetime.date | None = None,
    today: datetime.date,
) -> dict[str, str]:
    """What is wrong with a period, by date; nothing where it can be reported on."""
    faults = {}
    if starts_on and starts_on < FIRST_DAY:
        faults["starts_on"] = f"Första dagen kan vara tidigast {date_words(FIRST_DAY)}."
    if ends_on and ends_on > today:
        faults["ends_on"] = f"Sista dagen kan vara senast i dag, {date_words(today)}: rapporten visar det som har hänt."
    elif starts_on and ends_on and ends_on < starts_on:
        faults["ends_on"] = "Sista dagen kan inte vara före den första."
    elif starts_on and ends_on and not faults and ends_on >= years_later(starts_on, LONGEST_YEARS):
        faults["ends_on"] = f"Perioden kan vara högst {LONGEST_YEARS} år."
    if stands_on and stands_on > today:
        faults["stands_on"] = f"Läget kan vara senast i dag, {date_words(today)}."
    elif stands_on and ends_on and stands_on < ends_on:
        faults["stands_on"] = "Läget kan inte vara från en dag före periodens sista."
    return faults


def years_later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)

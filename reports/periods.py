"""The periods that people usually want a report on."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from agreements.models import Agreement
from reports.forms import LONGEST_YEARS, years_later

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

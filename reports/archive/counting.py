"""How much a package would hold, period by period, so that one can choose before anything is made."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreements.models import Agreement
from reports.archive.items import Kind
from reports.periods import Period

Days = Mapping[Kind, Sequence[datetime.date]]

DOCUMENTS = (Kind.PICTURE_DOCUMENT, Kind.AGREEMENT_DOCUMENT, Kind.LOG_ATTACHMENT)


@dataclass(frozen=True)
class Contents:
    """A period, and how many there are of each kind in it."""

    period: Period
    counts: tuple[tuple[Kind, int], ...]

    def of(self, *kinds: Kind) -> int:
        return sum(count for kind, count in self.counts if kind in kinds)

    @property
    def total(self) -> int:
        return self.of(*Kind)

    @property
    def reports(self) -> int:
        return self.of(Kind.REPORT)

    @property
    def minutes(self) -> int:
        return self.of(Kind.MINUTES)

    @property
    def plans(self) -> int:
        return self.of(Kind.PLAN)

    @property
    def documents(self) -> int:
        """What people have put in: beside a log, a situation picture or the agreement."""
        return self.of(*DOCUMENTS)

    @property
    def printed(self) -> int:
        """What is printed when the package is made, and takes a second or two each."""
        return self.minutes + self.plans


def contents_of(days: Days, period: Period) -> Contents:
    counts = (
        (kind, sum(period.starts_on <= day <= period.ends_on for day in of_kind)) for kind, of_kind in days.items()
    )
    return Contents(period, tuple(counts))


def years_of(agreement: Agreement, days: Days, *, today: datetime.date) -> list[Contents]:
    """Each year in which the agreement holds, or something has its day, the newest first; none that has not begun."""
    first = agreement.starts_on.year if agreement.starts_on else today.year
    last = agreement.ends_on.year if agreement.ends_on else today.year
    years = {year for year in range(first, last + 1) if year <= today.year}
    years |= {day.year for of_kind in days.values() for day in of_kind}
    return [contents_of(days, whole_year(year)) for year in sorted(years, reverse=True)]


def whole_year(year: int) -> Period:
    return Period(str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))

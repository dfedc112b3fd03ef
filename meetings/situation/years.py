"""The year wheel: what the same weeks looked like in earlier years."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from meetings.models import ObservationCategory, UpcomingEvent
from meetings.situation.counts import Counts
from meetings.situation.spans import YEARS_BACK, Span
from meetings.situation.trends import TrendRow
from meetings.trends import Direction, Period, judge


@dataclass(frozen=True)
class EarlierYear:
    """What was observed and what there was in the same weeks, one or more years ago."""

    year: int
    years_ago: int
    first_week: int
    last_week: int
    counts: list[tuple[ObservationCategory, int]]
    stood_out: list[ObservationCategory]
    events: list[UpcomingEvent]

    @property
    def when(self) -> str:
        """Return "förra året" or "2024"."""
        return "förra året" if self.years_ago == 1 else str(self.year)

    @property
    def weeks(self) -> str:
        return f"v. {self.first_week}–{self.last_week}"


@dataclass(frozen=True)
class Pattern:
    """A category that rose in the same weeks before, and whether it does so now."""

    category: ObservationCategory
    year: EarlierYear
    rises_now: bool

    @property
    def words(self) -> str:
        also = "även " if self.rises_now else ""
        return f"{self.category} ökade {also}{self.year.weeks} {self.year.when}."


def weeks_around(day: datetime.date, *, years_ago: int) -> Span:
    """The same ISO week so many years ago, with the one before and the one after. Week 53 becomes week 52."""
    year, week, _ = day.isocalendar()
    monday = datetime.date.fromisocalendar(year - years_ago, min(week, 52), 1)
    return Span(monday - datetime.timedelta(weeks=1), monday + datetime.timedelta(days=13))


def earlier_years(
    day: datetime.date,
    counts: Counts,
    spans: Sequence[Span],
    categories: Sequence[ObservationCategory],
    events: Sequence[UpcomingEvent],
) -> list[EarlierYear]:
    """The years that have something to tell, the latest first."""
    found = []
    for years_ago in range(1, YEARS_BACK + 1):
        weeks = weeks_around(day, years_ago=years_ago)
        seen = counts.between(weeks.starts_on, weeks.ends_on)
        year = EarlierYear(
            year=day.isocalendar().year - years_ago,
            years_ago=years_ago,
            first_week=weeks.starts_on.isocalendar().week,
            last_week=weeks.ends_on.isocalendar().week,
            counts=[(category, seen[category.pk]) for category in categories if category.pk in seen],
            stood_out=[
                category
                for category in categories
                if category.pk in seen and rose_during(counts.periods(spans, category.pk), weeks)
            ],
            events=[event for event in events if event.starts_on <= weeks.ends_on and event.ends_on >= weeks.starts_on],
        )
        if year.counts or year.events:
            found.append(year)
    return found


def rose_during(periods: Sequence[Period], weeks: Span) -> bool:
    """Whether a period that lay mostly within these weeks was judged to rise then."""
    return any(
        judge(periods[: number + 1]).direction == Direction.WORSENING
        for number, period in enumerate(periods)
        if period.count and period.starts_on + (period.ends_on - period.starts_on) / 2 in weeks
    )


def patterns(years: Sequence[EarlierYear], rows: Sequence[TrendRow]) -> list[Pattern]:
    """What rose in the same weeks before: last year's, and of older years what rises now too."""
    rising = {row.category for row in rows if row.is_notable}
    told: set[ObservationCategory] = set()
    found = []
    for year in years:
        for category in year.stood_out:
            if category not in told and (year.years_ago == 1 or category in rising):
                told.add(category)
                found.append(Pattern(category, year, category in rising))
    return found

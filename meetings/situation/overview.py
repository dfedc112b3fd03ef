"""All that the page of a meeting compares, for one day."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.models import Agreement, Area
from meetings.models import ObservationCategory
from meetings.recurring_places import RecurringPlace
from meetings.situation.ahead import Ahead, events_with_watchers, looking_ahead
from meetings.situation.counts import Counts, areas_of, categories_of
from meetings.situation.places import places_that_recur
from meetings.situation.reporting import Reporting
from meetings.situation.spans import FURTHEST_BACK, Span, recent_spans
from meetings.situation.trends import TrendRow, trend_rows
from meetings.situation.years import EarlierYear, Pattern, earlier_years, patterns

LOOKING_AHEAD = datetime.timedelta(weeks=6)


@dataclass(frozen=True)
class Situation:
    """What the three parts of the page say for one day: trends, the year wheel, places and what is coming."""

    rows: list[TrendRow]
    years: list[EarlierYear]
    patterns: list[Pattern]
    places: list[RecurringPlace]
    ahead: list[Ahead]
    categories: list[ObservationCategory]
    areas: list[Area]


def situation_on(
    agreement: Agreement,
    spans: Sequence[Span],
    *,
    day: datetime.date,
    today: datetime.date,
    discussed: Iterable[str] = (),
    reporting: Reporting | None = None,
) -> Situation:
    """Read what is needed once, and compare."""
    categories, areas = categories_of(agreement), areas_of(agreement)
    spans = recent_spans(spans, day=day)
    events = list(
        events_with_watchers(agreement)
        .filter(ends_on__gte=day - FURTHEST_BACK, starts_on__lte=day + LOOKING_AHEAD)
        .order_by("starts_on", "pk")
    )
    first = spans[0].starts_on if spans else day
    counts = Counts.of(agreement, first=max(first, day - FURTHEST_BACK), last=day)
    rows = trend_rows(counts, spans, categories=categories, areas=areas, discussed=discussed, reporting=reporting)
    years = earlier_years(day, counts, spans, categories, events)
    return Situation(
        rows=rows,
        years=years,
        patterns=patterns(years, rows),
        places=places_that_recur(agreement, spans),
        ahead=looking_ahead(events, first=day, last=day + LOOKING_AHEAD, today=today),
        categories=categories,
        areas=areas,
    )

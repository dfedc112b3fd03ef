"""How many observations there were, of what, where and when."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count

from agreements.models import Agreement, Area
from meetings.models import Observation, ObservationCategory
from meetings.situation.spans import Span, number_of_span
from meetings.trends import Period


class Counts:
    """How many observations there were each day, per category and area; only arithmetic.

    Each row is a category, an area or none, a day and how many.
    """

    def __init__(self, rows: Iterable[tuple[int, int | None, datetime.date, int]]):
        self.by_day: dict[int, list[tuple[datetime.date, int | None, int]]] = defaultdict(list)
        for category_id, area_id, day, count in rows:
            self.by_day[category_id].append((day, area_id, count))

    @classmethod
    def of(cls, agreement: Agreement, *, first: datetime.date, last: datetime.date) -> "Counts":
        """The counts of what has been observed from one day to another, with one query."""
        rows = (
            Observation.objects.filter(agreement=agreement, occurred_from__range=(first, last))
            .order_by()
            .values_list("category", "area", "occurred_from")
            .annotate(count=Count("pk"))
        )
        return cls(rows)

    def periods(self, spans: Sequence[Span], category_id: int, area_id: int | None = None) -> list[Period]:
        """The category's count in each of the periods, in one area or in all."""
        totals: Counter[int | None] = Counter()
        for day, where, count in self.by_day[category_id]:
            if area_id in (None, where):
                totals[number_of_span(spans, day)] += count
        return [Period(span.starts_on, span.ends_on, totals[number]) for number, span in enumerate(spans)]

    def areas(self, category_id: int, *, since: datetime.date) -> set[int]:
        """Where the category has been seen since a day."""
        return {area_id for day, area_id, _ in self.by_day[category_id] if area_id is not None and day >= since}

    def between(self, first: datetime.date, last: datetime.date) -> dict[int, int]:
        """Each category's count from one day to another."""
        totals = {
            category_id: sum(count for day, _, count in rows if first <= day <= last)
            for category_id, rows in self.by_day.items()
        }
        return {category_id: total for category_id, total in totals.items() if total}


def categories_of(agreement: Agreement) -> list[ObservationCategory]:
    return list(agreement.observation_categories.order_by("position", "name"))


def areas_of(agreement: Agreement) -> list[Area]:
    return list(Area.objects.filter(agreement=agreement))

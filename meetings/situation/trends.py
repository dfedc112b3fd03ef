"""Which way each category is going, in all areas and in those where it stands out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from agreements.models import Area
from meetings.charts import Trend, trend_of
from meetings.models import AgendaItem, ObservationCategory
from meetings.situation.counts import Counts
from meetings.situation.spans import Span
from meetings.trends import RULES, Direction, Period, Verdict, judge

SHOWN = 6
LONGEST_WORD = 20
AGENDA_WORDS = "Trend: "


def trend_title(name: str) -> str:
    """The agenda item that says that a trend has been discussed."""
    return Truncator(AGENDA_WORDS + name).chars(AgendaItem._meta.get_field("title").max_length)


@dataclass(frozen=True)
class TrendRow:
    """One category, in one area or in all: its counts with their verdict, and the areas that stand out in it."""

    category: ObservationCategory
    area: Area | None
    trend: Trend
    inside: "tuple[TrendRow, ...]" = ()
    is_discussed: bool = False

    @property
    def verdict(self) -> Verdict:
        return self.trend.verdict

    @property
    def name(self) -> str:
        return f"{self.category} i {self.area}" if self.area else str(self.category)

    @property
    def has_long_word(self) -> bool:
        """Whether a word has to be broken wherever it may, to fit beside the chart."""
        words = [self.name, *(str(one.area) for one in self.inside)]
        return any(len(word) > LONGEST_WORD for name in words for word in name.split())

    @property
    def title(self) -> str:
        """What it is called on the agenda once it has been discussed."""
        return trend_title(self.name)

    @property
    def is_notable(self) -> bool:
        return self.verdict.is_notable

    @property
    def key(self) -> str:
        return f"{self.category.pk}-{self.area.pk}" if self.area else str(self.category.pk)

    @property
    def query(self) -> str:
        """What names the row in an address."""
        return f"kategori={self.category.pk}" + (f"&omrade={self.area.pk}" if self.area else "")


def trend_rows(
    counts: Counts,
    spans: Sequence[Span],
    *,
    categories: Sequence[ObservationCategory],
    areas: Sequence[Area],
    area: Area | None = None,
    shown: int = SHOWN,
    discussed: Iterable[str] = (),
) -> list[TrendRow]:
    """Each category's trend, what stands out first. A category out of use is there while it has counts.

    `discussed` are the titles of the trends that a meeting has discussed.
    """
    if not spans:
        return []
    spans = spans[-(shown + RULES.reach) :]
    shown_since = spans[-shown:][0].starts_on
    discussed = set(discussed)
    rows = []
    for category in categories:
        periods = counts.periods(spans, category.pk, area.pk if area else None)
        if not category.is_in_use and not any(period.count for period in periods[-shown:]):
            continue
        inside = []
        seen_in = counts.areas(category.pk, since=shown_since) if area is None else set()
        for place in areas:
            if place.pk not in seen_in:
                continue
            periods_there = counts.periods(spans, category.pk, place.pk)
            # Drawing judges every shown period; most areas have nothing to show.
            if judge(periods_there).is_notable:
                inside.append(trend_row(periods_there, category, place, shown, discussed))
        rows.append(trend_row(periods, category, area, shown, discussed, inside=inside))
    order = [Direction.WORSENING, Direction.CALMING, Direction.AS_USUAL, Direction.TOO_LITTLE_KNOWN]
    return sorted(rows, key=lambda row: (not row.verdict.stands_out, order.index(row.verdict.direction)))


def trend_row(
    periods: Sequence[Period],
    category: ObservationCategory,
    area: Area | None,
    shown: int,
    discussed: set[str],
    *,
    inside: Sequence[TrendRow] = (),
) -> TrendRow:
    row = TrendRow(category, area, trend_of(periods, shown=shown), tuple(inside))
    return replace(row, is_discussed=row.title in discussed)

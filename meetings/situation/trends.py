"""Which way each category is going, in all areas and in those where it stands out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from agreements.models import Area
from meetings.charts import Trend, trend_of
from meetings.models import AgendaItem, ObservationCategory
from meetings.situation.counts import Counts
from meetings.situation.reporting import Reporting
from meetings.situation.spans import Span
from meetings.trends import Direction, Period, Verdict, judge_together

SHOWN = 6
LONGEST_WORD = 20
AGENDA_WORDS = "Trend: "
ORDER = (
    Direction.WORSENING,
    Direction.CALMING,
    Direction.AS_USUAL,
    Direction.AWAITED,
    Direction.TOO_LITTLE_KNOWN,
)


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
    reporting: Reporting | None = None,
) -> list[TrendRow]:
    """Each category's trend, what stands out first. A category out of use is there while it has counts.

    All the series are judged together, with one budget of false marks; an area's borrows from its category's.

    Args:
        discussed: the titles of the trends that a meeting has discussed.
        reporting: who has reported to the last period's meeting; None where nothing is waited for.
    """
    if not spans:
        return []
    shown_since = spans[-shown:][0].starts_on
    discussed = set(discussed)
    series: list[Sequence[Period]] = []
    within: list[int | None] = []
    named: list[tuple[ObservationCategory, Area | None]] = []

    def add(category: ObservationCategory, place: Area | None, whole: int | None) -> None:
        series.append(counts.periods(spans, category.pk, place.pk if place else None))
        named.append((category, place))
        within.append(whole)

    for category in categories:
        add(category, area, None)
        if not category.is_in_use and not any(period.count for period in series[-1][-shown:]):
            del series[-1], named[-1], within[-1]
            continue
        seen_in = counts.areas(category.pk, since=shown_since) if area is None else set()
        whole = len(series) - 1
        for place in areas:
            if place.pk in seen_in:
                add(category, place, whole)
    verdicts = judge_together(series, within=within)
    if reporting is not None:
        verdicts = [reporting.applied_to(verdict) for verdict in verdicts]

    def row(number: int, inside: Sequence[TrendRow] = ()) -> TrendRow:
        trend = trend_of(series[number], shown=shown, newest=verdicts[number])
        one = TrendRow(*named[number], trend, tuple(inside))
        return replace(one, is_discussed=one.title in discussed)

    rows = [
        # Drawing judges every shown period; most areas have nothing to show.
        row(number, [row(part) for part, whole in enumerate(within) if whole == number and verdicts[part].is_notable])
        for number, whole in enumerate(within)
        if whole is None
    ]
    return sorted(rows, key=lambda one: (not one.verdict.stands_out, ORDER.index(one.verdict.direction)))

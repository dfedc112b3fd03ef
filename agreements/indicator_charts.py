"""An indicator's values as a chart, as a table and in words. Nothing here asks the database.

A year without a value is missing in all three: the line breaks there, the table says so, and no sentence guesses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from django.utils.safestring import SafeString

from agreements.indicator_drawing import spec_of
from agreements.indicator_words import caption_of, dated, measure_words, trend_words, words_of
from agreements.models import Area, Indicator, IndicatorValue
from documents.charts import render
from documents.swedish_numbers import decimals_of, number_words

MISSING = "saknas"
MOST_DRAWN = 4  # more lines than that are a tangle


@dataclass(frozen=True)
class Series:
    """One line: what it is of, and its value for each year that has one."""

    name: str
    values: dict[int, Decimal]

    @property
    def first_year(self) -> int:
        return min(self.values)

    @property
    def last_year(self) -> int:
        return max(self.values)


@dataclass(frozen=True)
class ChartCell:
    text: str
    is_missing: bool


@dataclass(frozen=True)
class ChartRow:
    year: int
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True)
class ChartTable:
    """The chart's numbers: a row for each year, a column for each series that is drawn."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True)
class IndicatorChart:
    """What `agreements/_indicator_chart.html` shows: `svg`, `words`, `caption` and `table`.

    With `width="wide"` there is `svg_narrow` too, for phones. Without values there is no drawing: ask `has_values`.
    """

    indicator: Indicator
    place: str
    series: tuple[Series, ...]
    sources: tuple[str, ...]
    width: Literal["wide", "narrow"]

    @property
    def title(self) -> str:
        return self.indicator.name

    @property
    def drawn(self) -> tuple[Series, ...]:
        return self.series[:MOST_DRAWN]

    @property
    def left_out(self) -> tuple[Series, ...]:
        return self.series[MOST_DRAWN:]

    @property
    def measure(self) -> str:
        """Unit and scale: "Index (0–6, lågt är bra)"."""
        return measure_words(self.indicator)

    @property
    def has_values(self) -> bool:
        return bool(self.series)

    @cached_property
    def years(self) -> range:
        """Every year from the first value drawn to the last, those without any too."""
        found = [year for one in self.drawn for year in one.values]
        return range(min(found), max(found) + 1) if found else range(0)

    @cached_property
    def decimals(self) -> int:
        return max((decimals_of(value) for one in self.drawn for value in one.values.values()), default=0)

    @property
    def svg(self) -> SafeString:
        return render(spec_of(self, self.width), words=self.words)

    @property
    def svg_narrow(self) -> SafeString | None:
        """The same for a phone; None when the chart itself is narrow."""
        return render(spec_of(self, "narrow"), words=self.words) if self.width == "wide" else None

    @property
    def own(self) -> Series | None:
        """The municipality's, or the chosen area's, own values; None when there are only others'."""
        return self.series[0] if self.series and self.series[0].name == self.place else None

    @property
    def latest_words(self) -> str:
        """The newest value: "1,76 år 2023"; nothing when there is none."""
        if not self.own:
            return ""
        year = self.own.last_year
        return dated(self.own.values[year], year, self.decimals)

    @property
    def compared_words(self) -> str:
        """What others had in the newest value's year: "Kävlinge 1,35, LPO Kävlinge 1,54"."""
        if not self.own:
            return ""
        year = self.own.last_year
        others = [one for one in self.series[1:] if year in one.values]
        return ", ".join(f"{one.name} {number_words(one.values[year], self.decimals)}" for one in others)

    @property
    def course_words(self) -> str:
        """Where it has come from, and whether that is good: "från 2,44 år 2017, en förbättring"."""
        if not self.own or self.own.first_year == self.own.last_year:
            return ""
        first, last = self.own.values[self.own.first_year], self.own.values[self.own.last_year]
        verdict = trend_words(self.indicator, first, last)
        return f"från {dated(first, self.own.first_year, self.decimals)}, {verdict}"

    @cached_property
    def words(self) -> str:
        return words_of(self)

    @cached_property
    def caption(self) -> str:
        return caption_of(self)

    @cached_property
    def table(self) -> ChartTable:
        return table_of(self)


def chart_of(
    indicator: Indicator,
    values: Iterable[IndicatorValue],
    *,
    area: Area | None = None,
    sex: str = "",
    width: Literal["wide", "narrow"] = "wide",
) -> IndicatorChart:
    """Prepare the chart of an indicator from all its values (`Indicator.objects.with_values()` fetches them).

    The municipality comes first and what it is compared with after it, the longest series first. With an area, that
    area comes first and is compared with the whole municipality. With a sex, everything is of that sex.
    """
    place = indicator.agreement.municipality.name
    chosen = [value for value in values if value.sex == sex]
    shown = [value for value in chosen if value.area_id is None]
    if area is not None:
        shown = [value for value in chosen if value.area_id == area.pk or (not value.area_id and not value.comparison)]
    by_name: dict[str, dict[int, Decimal]] = {}
    first = area.name if area is not None else place
    for value in shown:
        name = value.area.name if value.area_id else value.comparison or place
        by_name.setdefault(name, {})[value.year] = value.value
    names = sorted(by_name, key=lambda name: (name != first, -len(by_name[name]), name.casefold()))
    return IndicatorChart(
        indicator=indicator,
        place=first,
        series=tuple(Series(name, dict(sorted(by_name[name].items()))) for name in names),
        sources=_sources(indicator, shown),
        width=width,
    )


def table_of(chart: IndicatorChart) -> ChartTable:
    def cell(one: Series, year: int) -> ChartCell:
        value = one.values.get(year)
        return ChartCell(MISSING, True) if value is None else ChartCell(number_words(value, chart.decimals), False)

    return ChartTable(
        caption=chart.measure,
        columns=tuple(one.name for one in chart.drawn),
        rows=tuple(ChartRow(year, tuple(cell(one, year) for one in chart.drawn)) for year in chart.years),
    )


def _sources(indicator: Indicator, values: Iterable[IndicatorValue]) -> tuple[str, ...]:
    """The indicator's source, or else its values' own where they are few and short; addresses stand with the values."""
    found = list(dict.fromkeys(value.source for value in values if value.source))
    if not indicator.source and len(found) <= 2 and all(len(source) <= 60 for source in found):
        return tuple(found)
    return (indicator.source,) if indicator.source else ()

"""An indicator's values as a chart, as a table and in words. Nothing here asks the database.

A year without a value is missing in all three: the line breaks there, the table says so, and no sentence guesses it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from django.utils.safestring import SafeString

from agreements.models import Area, Indicator, IndicatorValue
from documents.charts import ACCENT, INK, INK_2, QUIET, render
from documents.swedish_numbers import decimals_of, number_words
from documents.swedish_words import joined, lower_first, upper_first

MISSING = "saknas"
MOST_DRAWN = 4  # more lines than that are a tangle; the rest stand in the table
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [4, 3], [1.5, 2.5], [8, 3])
SIZES = {"wide": (620, 240), "narrow": (290, 220)}
MOST_TICKS = {"wide": 12, "narrow": 7}
NAME_LENGTH = {"wide": 40, "narrow": 32}
LETTER = 7  # how wide a digit is, about
MEASURE_LENGTH = {"wide": 90, "narrow": 44}


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

    @property
    def missing_years(self) -> list[int]:
        """The years between the first and the last that have no value."""
        return [year for year in range(self.first_year, self.last_year) if year not in self.values]


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
    """The chart's numbers: a row for each year, a column for each series."""

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
    def has_values(self) -> bool:
        return bool(self.series)

    @cached_property
    def years(self) -> range:
        """Every year from the first value to the last, those without any too."""
        found = [year for one in self.series for year in one.values]
        return range(min(found), max(found) + 1) if found else range(0)

    @cached_property
    def decimals(self) -> int:
        return max((decimals_of(value) for one in self.series for value in one.values.values()), default=0)

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
        return f"{number_words(self.own.values[year], self.decimals)} år {year}"

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
        return f"från {number_words(first, self.decimals)} år {self.own.first_year}, {verdict}"

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
        sources=tuple(dict.fromkeys(source for source in [indicator.source] if source)),
        width=width,
    )


# --- Numbers and words ---


def direction_words(indicator: Indicator) -> str:
    return "lågt är bra" if indicator.lower_is_better else "högt är bra"


def scale_words(indicator: Indicator) -> str:
    """The scale and which end of it is good: "0–6, lågt är bra"."""
    if indicator.scale_lowest is None:
        return direction_words(indicator)
    lowest, highest = number_words(indicator.scale_lowest), number_words(indicator.scale_highest)
    return f"{lowest}–{highest}, {direction_words(indicator)}"


def measure_words(indicator: Indicator) -> str:
    """Unit and scale, for axes and captions: "Index (0–6, lågt är bra)"."""
    return f"{upper_first(indicator.unit or 'värde')} ({scale_words(indicator)})"


def trend_words(indicator: Indicator, first: Decimal, last: Decimal) -> str:
    """Whether going from one value to the other is good or bad."""
    if first == last:
        return "oförändrat"
    is_better = (last < first) == indicator.lower_is_better
    return "en förbättring" if is_better else "en försämring"


def words_of(chart: IndicatorChart) -> str:
    """Say what the chart shows, for those who do not see it."""
    if not chart.has_values:
        return f"{chart.title}: inga värden finns."
    own, *others = chart.series
    sentences = [f"{_kind_words(chart)}: {_course_words(chart, own)}"]
    sentences += [f"{one.name}: {_short_course_words(chart, one)}" for one in others[: MOST_DRAWN - 1]]
    if gaps := _gap_words(chart):
        sentences.append(gaps)
    sentences.append("Värdena står i tabellen.")
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def caption_of(chart: IndicatorChart) -> str:
    """What stands under the chart: unit, scale, what is good, what is missing, and where it comes from."""
    indicator = chart.indicator
    sentences = [f"{measure_words(indicator)}"]
    if chart.has_values:
        lowest, highest = domain_of(chart)
        scale = (indicator.scale_lowest, indicator.scale_highest)
        if indicator.scale_lowest is not None and (lowest, highest) != tuple(map(float, scale)):
            sentences.append(f"Diagrammet visar {_tick_words(lowest)}–{_tick_words(highest)}")
    if gaps := _gap_words(chart):
        sentences.append(gaps)
    if hidden := chart.series[MOST_DRAWN:]:
        sentences.append(f"{joined(one.name for one in hidden)} står bara i tabellen")
    if chart.sources:
        sentences.append(f"Källa: {joined(chart.sources)}")
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def table_of(chart: IndicatorChart) -> ChartTable:
    def cell(one: Series, year: int) -> ChartCell:
        value = one.values.get(year)
        return ChartCell(MISSING, True) if value is None else ChartCell(number_words(value, chart.decimals), False)

    return ChartTable(
        caption=measure_words(chart.indicator),
        columns=tuple(one.name for one in chart.series),
        rows=tuple(ChartRow(year, tuple(cell(one, year) for one in chart.series)) for year in chart.years),
    )


def _kind_words(chart: IndicatorChart) -> str:
    return "Linjediagram" if len(chart.years) > 1 else "Diagram"


def _course_words(chart: IndicatorChart, own: Series) -> str:
    """The municipality's course, and whether it is for the better."""
    indicator = chart.indicator
    what = (
        f"{lower_first(indicator.name)} i {own.name}"
        if indicator.name[1:2].islower()
        else f"{indicator.name} i {own.name}"
    )
    unit = f"skala {scale_words(indicator)}" if indicator.scale_lowest is not None else direction_words(indicator)
    first, last = own.values[own.first_year], own.values[own.last_year]
    if own.first_year == own.last_year:
        return f"{what} var {number_words(first, chart.decimals)} år {own.first_year} ({unit})"
    if first == last:
        return f"{what} var {number_words(first, chart.decimals)} både {own.first_year} och {own.last_year} ({unit})"
    text = (
        f"{what} har gått från {number_words(first, chart.decimals)} år {own.first_year} till "
        f"{number_words(last, chart.decimals)} år {own.last_year}, vilket är {trend_words(indicator, first, last)} "
        f"({unit})"
    )
    return f"{text}. {_extremes_words(chart, own)}" if len(own.values) > 2 else text


def _extremes_words(chart: IndicatorChart, own: Series) -> str:
    lowest = min(own.values, key=lambda year: (own.values[year], -year))
    highest = max(own.values, key=lambda year: (own.values[year], year))
    return (
        f"Lägst var värdet {lowest}, {number_words(own.values[lowest], chart.decimals)}, "
        f"och högst {highest}, {number_words(own.values[highest], chart.decimals)}"
    )


def _short_course_words(chart: IndicatorChart, one: Series) -> str:
    first, last = one.values[one.first_year], one.values[one.last_year]
    if one.first_year == one.last_year:
        return f"{number_words(first, chart.decimals)} år {one.first_year}"
    return (
        f"från {number_words(first, chart.decimals)} år {one.first_year} "
        f"till {number_words(last, chart.decimals)} år {one.last_year}"
    )


def _gap_words(chart: IndicatorChart) -> str:
    gaps = [
        f"{one.name} saknar värde för {joined(map(str, one.missing_years))}"
        for one in chart.series[:MOST_DRAWN]
        if one.missing_years
    ]
    return ". ".join(gaps)


def _tick_words(value: float) -> str:
    return number_words(Decimal(repr(value)))


# --- The drawing ---


def domain_of(chart: IndicatorChart) -> tuple[float, float]:
    """What the value axis spans: from zero, or the scale's lowest, to a round number above all values."""
    lowest, highest, _ = _axis(chart)
    return lowest, highest


def ticks_of(chart: IndicatorChart) -> list[float]:
    lowest, highest, step = _axis(chart)
    return [round(lowest + step * number, 10) for number in range(int(round((highest - lowest) / step)) + 1)]


def _axis(chart: IndicatorChart) -> tuple[float, float, float]:
    indicator = chart.indicator
    drawn = [float(value) for one in chart.series[:MOST_DRAWN] for value in one.values.values()]
    scale_lowest = float(indicator.scale_lowest) if indicator.scale_lowest is not None else None
    bottom = min([0.0, *drawn]) if scale_lowest is None or scale_lowest < 0 else scale_lowest
    top = max([*drawn, bottom])
    # Room for the number above the highest point.
    step = _round_step((top - bottom) * 1.08 or 1)
    lowest = math.floor(bottom / step) * step if bottom < 0 else bottom
    highest = lowest + step * math.ceil(round(((top - lowest) * 1.08 or step) / step, 9))
    if scale_lowest is not None:
        highest = min(highest, float(indicator.scale_highest))
        lowest = max(lowest, min(scale_lowest, bottom))
    return round(lowest, 10), round(highest, 10), step


def _round_step(span: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that parts the span in three to six."""
    raw = span / 5
    power = 10 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.9999)


def spec_of(chart: IndicatorChart, width: Literal["wide", "narrow"]) -> dict:
    """Return the Vega-Lite specification. What people have written stands in it as data, never as expressions."""
    drawn = chart.series[:MOST_DRAWN]
    names = _short_names([one.name for one in drawn], NAME_LENGTH[width])
    lowest, highest = domain_of(chart)
    first, last = chart.years[0], chart.years[-1]
    margin = max((last - first) * 0.035, 0.25)
    colours = [ACCENT, *[QUIET] * (len(drawn) - 1)]
    measure = _wrapped(measure_words(chart.indicator), MEASURE_LENGTH[width])
    legend = {
        "orient": "top",
        "direction": "vertical" if width == "narrow" else "horizontal",
        # The value axis has its title between legend and drawing.
        "offset": 14 + 17 * len(measure),
        "symbolSize": 60,
        "symbolStrokeWidth": 0,
    }
    colour, shape, dash = (
        {"field": "series", "type": "nominal", "legend": legend_of, "scale": {"domain": names, "range": list(looks)}}
        for legend_of, looks in [(legend, colours), (legend, SHAPES[: len(drawn)]), (None, DASHES[: len(drawn)])]
    )
    points = [
        {
            "year": year,
            "series": name,
            "value": float(value),
            "part": f"{number}.{part}",
            "label": label,
            "above": above,
        }
        for number, (name, one) in enumerate(zip(names, drawn, strict=True))
        for part, year, value, label, above in _points(chart, number, one, width)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": SIZES[width][0],
        "height": SIZES[width][1],
        "padding": {"left": 0, "right": 6, "top": 2, "bottom": 0},
        "data": {"values": points},
        "encoding": {
            "x": {
                "field": "year",
                "type": "quantitative",
                "scale": {"domain": [first - margin, last + margin], "nice": False, "zero": False},
                "axis": {
                    "title": "År",
                    "format": "d",
                    "values": _year_ticks(chart.years, MOST_TICKS[width]),
                    "grid": False,
                    "tickSize": 4,
                    "labelPadding": 6,
                },
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [lowest, highest], "nice": False, "zero": False},
                "axis": {
                    "title": measure,
                    "titleAngle": 0,
                    "titleAlign": "left",
                    "titleAnchor": "start",
                    "titleX": -30,
                    "titleY": -14,
                    "titleBaseline": "bottom",
                    "values": ticks_of(chart),
                    "format": ",",
                    "domain": False,
                    "ticks": False,
                    "labelPadding": 8,
                },
            },
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.25},
                "encoding": {
                    "detail": {"field": "part", "type": "nominal"},
                    "color": colour,
                    "strokeDash": dash,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 46},
                "encoding": {"color": colour, "shape": shape},
            },
            _labels(above=True),
            _labels(above=False),
        ],
        "resolve": {"scale": {"color": "shared", "shape": "shared", "strokeDash": "shared"}},
    }


def _labels(*, above: bool) -> dict:
    return {
        "transform": [{"filter": {"field": "above", "equal": above}}],
        "mark": {"type": "text", "dy": -12 if above else 14, "color": INK if above else INK_2},
        "encoding": {"text": {"field": "label"}},
    }


def _points(chart: IndicatorChart, number: int, one: Series, width: str):
    """Each value of a series: which unbroken part of the line it is in, year, value, label, and the label's side."""
    drawn = chart.series[:MOST_DRAWN]
    ends = {one.first_year, one.last_year}
    labels = {year: number_words(value, chart.decimals) for year, value in one.values.items()}
    is_roomy = len(chart.years) * (LETTER * max(map(len, labels.values())) + LETTER) <= SIZES[width][0]
    part = 0
    for year, value in one.values.items():
        if year - 1 not in one.values:
            part += 1
        is_labelled = (number == 0 or len(drawn) == 2) and (is_roomy or year in ends)
        others = [other.values[year] for other in drawn if other is not one and year in other.values]
        above = all(value > other or (value == other and number == 0) for other in others)
        yield part, year, value, labels[year] if is_labelled else "", above


def _year_ticks(years: range, most: int) -> list[int]:
    """Every year, or every second, fifth …; the last is always among them."""
    step = next(step for step in (1, 2, 5, 10, 20, 50) if len(years) / step <= most)
    return list(range(years[-1], years[0] - 1, -step))[::-1]


def _short_names(names: list[str], length: int) -> list[str]:
    """Names as they fit in the legend, still all different."""
    short: list[str] = []
    for name in names:
        text = name if len(name) <= length else f"{name[: length - 1].rstrip()}…"
        short.append(text if text not in short else f"{text[: length - 4]}… {len(short) + 1}")
    return short


def _wrapped(text: str, length: int) -> list[str]:
    """The text on at most two lines."""
    if len(text) <= length:
        return [text]
    at = text.rfind(" ", 0, length)
    at = at if at > 0 else length
    rest = text[at:].strip()
    return [text[:at], rest if len(rest) <= length else f"{rest[: length - 1]}…"]

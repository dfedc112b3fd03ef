"""An indicator's chart as a Vega-Lite specification: axes, lines that break where a year is missing, and labels."""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from documents.charts import ACCENT, INK, INK_2, QUIET
from documents.swedish_numbers import decimals_of, number_words

if TYPE_CHECKING:
    from agreements.indicator_charts import IndicatorChart, Series

SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [4, 3], [1.5, 2.5], [8, 3])
SIZES = {"wide": (620, 240), "narrow": (290, 180)}
MOST_TICKS = {"wide": 12, "narrow": 7}
NAME_LENGTH = {"wide": 40, "narrow": 32}
LETTER = 7  # how wide a digit is, about
MEASURE_LENGTH = {"wide": 90, "narrow": 44}


def domain_of(chart: "IndicatorChart") -> tuple[float, float]:
    """What the value axis spans: from zero, or the scale's lowest, to a round number above all values."""
    lowest, highest, _ = _axis(chart)
    return lowest, highest


def ticks_of(chart: "IndicatorChart") -> list[float]:
    lowest, highest, step = _axis(chart)
    return [round(lowest + step * number, 10) for number in range(math.floor((highest - lowest) / step + 1e-9) + 1)]


def _axis(chart: "IndicatorChart") -> tuple[float, float, float]:
    indicator = chart.indicator
    drawn = [float(value) for one in chart.drawn for value in one.values.values()]
    scale_lowest = float(indicator.scale_lowest) if indicator.scale_lowest is not None else None
    bottom = min([0.0, *drawn]) if scale_lowest is None or scale_lowest < 0 else scale_lowest
    top = max([*drawn, bottom])
    # Room for the number above the highest point.
    step = _round_step((top - bottom) * 1.08 or 1)
    lowest = math.floor(bottom / step) * step if bottom < 0 else bottom
    highest = lowest + step * math.ceil(round(((top - lowest) * 1.08 or 1) / step, 9))
    if scale_lowest is not None:
        highest = min(highest, float(indicator.scale_highest))
        lowest = max(lowest, min(scale_lowest, bottom))
    return round(lowest, 10), round(highest, 10), step


def _step_decimals(chart: "IndicatorChart") -> int:
    return max(decimals_of(Decimal(repr(tick))) for tick in ticks_of(chart))


def _round_step(span: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that parts the span in three to six."""
    raw = span / 5
    power = 10 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.9999)


def spec_of(chart: "IndicatorChart", width: Literal["wide", "narrow"]) -> dict:
    """Return the Vega-Lite specification. What people have written stands in it as data, never as expressions."""
    drawn = chart.drawn
    names = _short_names([one.name for one in drawn], NAME_LENGTH[width])
    lowest, highest = domain_of(chart)
    first, last = chart.years[0], chart.years[-1]
    margin = max((last - first) * 0.035, 0.25)
    colours = [ACCENT, *[QUIET] * (len(drawn) - 1)]
    measure = _wrapped(chart.measure, MEASURE_LENGTH[width])
    legend = {
        "orient": "top",
        "direction": "vertical" if width == "narrow" else "horizontal",
        # The value axis has its title between legend and drawing.
        "offset": 14 + 17 * len(measure),
        "symbolSize": 60,
        "symbolStrokeWidth": 0,
        # The page's font is wider than the PDF's, for which the room is measured.
        "columnPadding": 28,
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
            "own": number == 0,
        }
        for number, (name, one) in enumerate(zip(names, drawn, strict=True))
        for part, year, value, label, above in _points(chart, number, one, width)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": SIZES[width][0],
        "height": SIZES[width][1],
        "padding": {"left": 8, "right": 6, "top": 2, "bottom": 0},
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
                    "titleY": -14 - 15 * (len(measure) - 1),
                    "titleBaseline": "bottom",
                    "values": ticks_of(chart),
                    "format": f",.{_step_decimals(chart)}f",
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
        "mark": {"type": "text", "dy": -12 if above else 14},
        "encoding": {
            "text": {"field": "label"},
            "color": {"condition": {"test": {"field": "own", "equal": True}, "value": INK}, "value": INK_2},
        },
    }


def _points(chart: "IndicatorChart", number: int, one: "Series", width: str) -> Iterator[tuple]:
    """Each value of a series: which unbroken part of the line it is in, year, value, label, and the label's side."""
    drawn = chart.drawn
    ends = {one.first_year, one.last_year}
    labels = {year: number_words(value, chart.decimals) for year, value in one.values.items()}
    is_roomy = len(chart.years) * (LETTER * max(map(len, labels.values())) + LETTER) <= SIZES[width][0]
    lowest, highest = domain_of(chart)

    def is_low(value: Decimal) -> bool:
        """Whether a number below the point would land on the years."""
        return float(value) < lowest + (highest - lowest) * 0.1

    part = 0
    for year, value in one.values.items():
        if year - 1 not in one.values:
            part += 1
        is_labelled = (number == 0 or len(drawn) == 2) and (is_roomy or year in ends)
        others = [other.values[year] for other in drawn if other is not one and year in other.values]
        above = all(value > other or (value == other and number == 0) for other in others) or is_low(value)
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

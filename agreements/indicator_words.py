"""What is said of an indicator and of its chart: unit, scale, course, and whether that is good."""

from decimal import Decimal
from typing import TYPE_CHECKING

from agreements.indicator_drawing import domain_of
from agreements.models import Indicator
from documents.swedish_numbers import number_words
from documents.swedish_words import joined, lower_first, upper_first

if TYPE_CHECKING:
    from agreements.indicator_charts import IndicatorChart, Series


def dated(value: Decimal, year: int, decimals: int) -> str:
    """A value with its year: 1,76 år 2023; but 13 (2022), for "13 år" would be an age."""
    number = number_words(value, decimals)
    return f"{number} år {year}" if decimals else f"{number} ({year})"


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


def words_of(chart: "IndicatorChart") -> str:
    """Say what the chart shows, for those who do not see it."""
    if not chart.has_values:
        return f"{chart.title}: inga värden finns."
    own, *others = chart.drawn
    sentences = [f"{_kind_words(chart)}: {_course_words(chart, own)}"]
    sentences += [f"{one.name}: {_short_course_words(chart, one)}" for one in others]
    if gaps := _gap_words(chart):
        sentences.append(gaps)
    sentences.append("Värdena står i tabellen.")
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def caption_of(chart: "IndicatorChart") -> str:
    """What stands under the chart: unit, scale, what is good, what is missing, and where it comes from."""
    indicator = chart.indicator
    sentences = [chart.measure]
    if chart.has_values:
        lowest, highest = domain_of(chart)
        scale = (indicator.scale_lowest, indicator.scale_highest)
        if indicator.scale_lowest is not None and (lowest, highest) != tuple(map(float, scale)):
            sentences.append(f"Diagrammet visar {_tick_words(lowest)}–{_tick_words(highest)}")
    if gaps := _gap_words(chart):
        sentences.append(gaps)
    if hidden := chart.left_out:
        sentences.append(f"{joined(one.name for one in hidden)} är inte med i diagrammet")
    if chart.sources:
        sentences.append(f"Källa: {joined(chart.sources)}")
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def _kind_words(chart: "IndicatorChart") -> str:
    return "Linjediagram" if len(chart.years) > 1 else "Diagram"


def _course_words(chart: "IndicatorChart", own: "Series") -> str:
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
        return f"{what} var {dated(first, own.first_year, chart.decimals)} ({unit})"
    if first == last:
        return f"{what} var {number_words(first, chart.decimals)} både {own.first_year} och {own.last_year} ({unit})"
    text = (
        f"{what} har gått från {dated(first, own.first_year, chart.decimals)} till "
        f"{dated(last, own.last_year, chart.decimals)}, vilket är {trend_words(indicator, first, last)} ({unit})"
    )
    return f"{text}. {_extremes_words(chart, own)}" if len(own.values) > 2 else text


def _extremes_words(chart: "IndicatorChart", own: "Series") -> str:
    lowest = min(own.values, key=lambda year: (own.values[year], -year))
    highest = max(own.values, key=lambda year: (own.values[year], year))
    return (
        f"Lägst var värdet {lowest}, {number_words(own.values[lowest], chart.decimals)}, "
        f"och högst {highest}, {number_words(own.values[highest], chart.decimals)}"
    )


def _short_course_words(chart: "IndicatorChart", one: "Series") -> str:
    first = dated(one.values[one.first_year], one.first_year, chart.decimals)
    last = dated(one.values[one.last_year], one.last_year, chart.decimals)
    return first if one.first_year == one.last_year else f"från {first} till {last}"


def _gap_words(chart: "IndicatorChart") -> str:
    missing = [(one.name, [str(year) for year in chart.years if year not in one.values]) for one in chart.drawn]
    return ". ".join(f"{name} saknar värde för {joined(years)}" for name, years in missing if years)


def _tick_words(value: float) -> str:
    return number_words(Decimal(repr(value)))

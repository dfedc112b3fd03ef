"""An indicator's chart in numbers and words: what is missing is missing, and low can be good."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from accounts.models import Organisation
from agreements.indicator_charts import chart_of
from agreements.indicator_drawing import domain_of, spec_of, ticks_of
from agreements.models import Agreement, Area, Indicator, IndicatorValue

INDEX = {2019: ("2.16", "1.66"), 2020: ("2.25", "1.69"), 2021: ("2.03", None), 2022: ("2.22", "1.57")}


def indicator(**fields) -> Indicator:
    agreement = Agreement(pk=1, municipality=Organisation(name="Burlövs kommun"))
    return Indicator(
        agreement=agreement,
        **{
            "name": "Trygghetsindex",
            "source": "Polisens trygghetsmätning",
            "unit": "index",
            "scale_lowest": Decimal(0),
            "scale_highest": Decimal(6),
            "lower_is_better": True,
        }
        | fields,
    )


def value(year: int, number: str, comparison: str = "", **fields) -> IndicatorValue:
    return IndicatorValue(year=year, value=Decimal(number), comparison=comparison, **fields)


def index_values() -> list[IndicatorValue]:
    own = [value(year, own) for year, (own, _) in INDEX.items()]
    return own + [value(year, other, "LPO Kävlinge") for year, (_, other) in INDEX.items() if other]


def unscaled(**fields) -> Indicator:
    return indicator(scale_lowest=None, scale_highest=None, **fields)


def test_words_say_what_the_chart_shows():
    chart = chart_of(indicator(), index_values())

    assert chart.words == (
        "Linjediagram: trygghetsindex i Burlövs kommun har gått från 2,16 år 2019 till 2,22 år 2022, vilket är en "
        "försämring (skala 0–6, lågt är bra). Lägst var värdet 2021, 2,03, och högst 2020, 2,25. LPO Kävlinge: från "
        "1,66 år 2019 till 1,57 år 2022. LPO Kävlinge saknar värde för 2021. Värdena står i tabellen."
    )


def test_caption_has_unit_scale_direction_gaps_and_source():
    assert chart_of(indicator(), index_values()).caption == (
        "Index (0–6, lågt är bra). Diagrammet visar 0–2,5. LPO Kävlinge saknar värde för 2021. "
        "Källa: Polisens trygghetsmätning."
    )


@pytest.mark.parametrize(
    ("lower_is_better", "first", "last", "verdict"),
    [
        (True, "2", "1", "en förbättring"),
        (True, "1", "2", "en försämring"),
        (False, "1", "2", "en förbättring"),
        (False, "2", "1", "en försämring"),
    ],
)
def test_low_and_high_are_good_or_bad_as_the_indicator_says(lower_is_better, first, last, verdict):
    chart = chart_of(unscaled(lower_is_better=lower_is_better), [value(2020, first), value(2021, last)])
    direction = "lågt är bra" if lower_is_better else "högt är bra"

    assert chart.course_words == f"från {first} (2020), {verdict}"
    assert chart.words == (
        f"Linjediagram: trygghetsindex i Burlövs kommun har gått från {first} (2020) till {last} (2021), vilket är "
        f"{verdict} ({direction}). Värdena står i tabellen."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "Trygghetsindex: inga värden finns."),
        (
            [("2021", "2.03")],
            "Diagram: trygghetsindex i Burlövs kommun var 2,03 år 2021 (skala 0–6, lågt är bra). "
            "Värdena står i tabellen.",
        ),
        (
            [("2020", "2.5"), ("2021", "2.5")],
            "Linjediagram: trygghetsindex i Burlövs kommun var 2,5 både 2020 och 2021 (skala 0–6, lågt är bra). "
            "Värdena står i tabellen.",
        ),
    ],
)
def test_words_of_few_values(values, words):
    assert chart_of(indicator(), [value(int(year), number) for year, number in values]).words == words


def test_years_that_only_others_have_are_missing_too():
    values = [value(2021, "2.03"), value(2022, "2.22"), value(2023, "1.76"), value(2022, "1.57", "LPO Kävlinge")]

    assert "LPO Kävlinge saknar värde för 2021 och 2023." in chart_of(indicator(), values).caption


def test_missing_year_is_told_and_breaks_the_line():
    chart = chart_of(indicator(), [value(2017, "2.44"), value(2018, "2.63"), value(2021, "2.03")])
    points = spec_of(chart, "wide")["data"]["values"]

    assert [(row.year, row.cells[0].text, row.cells[0].is_missing) for row in chart.table.rows] == [
        (2017, "2,44", False),
        (2018, "2,63", False),
        (2019, "saknas", True),
        (2020, "saknas", True),
        (2021, "2,03", False),
    ]
    assert [(point["year"], point["value"], point["part"]) for point in points] == [
        (2017, 2.44, "0.1"),
        (2018, 2.63, "0.1"),
        (2021, 2.03, "0.2"),
    ]
    assert "Burlövs kommun saknar värde för 2019 och 2020." in chart.words


def test_table_has_a_column_for_each_line_and_the_same_decimals():
    chart = chart_of(indicator(), [value(2020, "2"), value(2020, "1.55", "Riket"), value(2021, "2.5")])

    assert chart.table.caption == "Index (0–6, lågt är bra)"
    assert chart.table.columns == ("Burlövs kommun", "Riket")
    assert [[cell.text for cell in row.cells] for row in chart.table.rows] == [["2,00", "1,55"], ["2,50", "saknas"]]


def test_comparisons_stand_the_longest_first_and_at_most_three_are_drawn():
    others = [value(2020, "1", name) for name in ("Svedala", "Eslöv", "Lund", "Riket")]
    chart = chart_of(indicator(), [*others, value(2021, "1", "Riket"), value(2020, "2")])

    assert chart.table.columns == ("Burlövs kommun", "Riket", "Eslöv", "Lund")
    assert "Svedala är inte med i diagrammet." in chart.caption
    assert (chart.latest_words, chart.compared_words) == ("2 (2020)", "Riket 1, Eslöv 1, Lund 1, Svedala 1")


def test_area_is_compared_with_the_municipality():
    area = Area(pk=7, name="Arlöv")
    values = [value(2021, "3", area=area), value(2021, "2"), value(2021, "1", "Riket"), value(2021, "4", sex="men")]

    assert chart_of(indicator(), values, area=area).table.columns == ("Arlöv", "Burlövs kommun")
    assert chart_of(indicator(), values).table.columns == ("Burlövs kommun", "Riket")
    assert chart_of(indicator(), values, sex="men").latest_words == "4 (2021)"


def test_only_others_values_are_not_taken_for_ones_own():
    chart = chart_of(indicator(), [value(2021, "1.5", "Riket")])

    assert (chart.own, chart.latest_words, chart.course_words, chart.compared_words) == (None, "", "", "")
    assert chart.words.startswith("Diagram: trygghetsindex i Riket var 1,5 år 2021")


@pytest.mark.parametrize(
    ("scale", "numbers", "ticks"),
    [
        ((0, 6), ["2.44", "2.63"], [0, 1, 2, 3]),
        ((0, 6), ["5.9"], [0, 2, 4, 6]),
        ((1, 5), ["3.5"], [1, 2, 3, 4]),
        ((0, 7), ["6.9"], [0, 2, 4, 6]),
        (None, ["33", "13"], [0, 10, 20, 30, 40]),
        (None, ["0"], [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (None, ["0.04"], [0, 0.01, 0.02, 0.03, 0.04, 0.05]),
        (None, ["-3.5", "4"], [-4, -2, 0, 2, 4, 6]),
        (None, ["123456"], [0, 50000, 100000, 150000]),
        ((-10, 10), ["2"], [0, 0.5, 1, 1.5, 2, 2.5]),
    ],
)
def test_axis_begins_at_zero_or_the_scales_lowest_and_holds_all_values(scale, numbers, ticks):
    lowest, highest = scale or (None, None)
    chart = chart_of(
        indicator(scale_lowest=lowest, scale_highest=highest),
        [value(2020 + at, number) for at, number in enumerate(numbers)],
    )
    bottom, top = domain_of(chart)

    assert ticks_of(chart) == ticks
    assert bottom == ticks[0]
    assert all(bottom <= float(number) <= top for number in numbers)


def test_words_of_people_are_data_and_never_expressions():
    strange = '\'); datum.x || "${1}" <b>&'
    chart = chart_of(
        indicator(name=strange, unit=strange, source=strange), [value(2020, "1", strange), value(2020, "2")]
    )

    svg = chart.svg

    assert ElementTree.fromstring(svg).attrib["aria-label"] == chart.words
    assert "<b>" not in svg


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_long_names_and_many_years_still_fit(width):
    years = [value(1990 + at, "1234567.89", name) for at in range(36) for name in ("", "N" * 99 + "1", "N" * 99 + "2")]
    spec = spec_of(chart_of(unscaled(unit="u" * 50), years), width)
    names = {point["series"] for point in spec["data"]["values"]}

    assert len(names) == 3
    assert max(map(len, names)) <= 42
    assert len(spec["encoding"]["x"]["axis"]["values"]) <= 12
    assert spec["encoding"]["x"]["axis"]["values"][-1] == 2025
    assert len([point for point in spec["data"]["values"] if point["label"]]) <= 2


def test_svg_shows_axis_title_unit_scale_and_legend():
    svg = chart_of(indicator(), index_values()).svg

    for words in ("Index (0–6, lågt är bra)", "År", "Burlövs kommun", "LPO Kävlinge", "2,16", "1,57"):
        assert f">{words}<" in svg


@pytest.mark.parametrize(
    ("own", "of_values", "ending"),
    [
        ("Polisen", ["Brå"], "Källa: Polisen."),
        ("", ["Kolada, N07403", "Kolada, N07403"], "Källa: Kolada, N07403."),
        ("", ["Brå", "SCB"], "Källa: Brå och SCB."),
        ("", ["https://burlov.se/" + "x" * 60], "(0–6, lågt är bra). Diagrammet visar 0–1,5."),
        ("", ["", ""], "(0–6, lågt är bra). Diagrammet visar 0–1,5."),
    ],
)
def test_caption_names_the_source_that_there_is(own, of_values, ending):
    values = [value(2020 + at, "1", source=source) for at, source in enumerate(of_values)]

    assert chart_of(indicator(source=own), values).caption.endswith(ending)

"""Files of values: what they would change is shown, and what is wrong is told with its row, column and reason."""

import datetime
import json
from decimal import Decimal

import pytest

from agreements.indicator_import import MAX_BYTES, MAX_VALUES, export_values, plan_import
from agreements.models import IndicatorValue
from agreements.operations import load_series, load_values
from tests.factories import TODAY, make_area
from tests.thread_factories import make_indicator, make_value

HEAD = "indikator;år;värde;jämförelse;delområde;kön;källa;anmärkning\n"


@pytest.fixture
def index(agreement):
    """The safety index with the areas Arlöv and Åkarp, and the values that the police have published."""
    make_area(agreement, "Arlöv")
    make_area(agreement, "Åkarp")
    return make_indicator(agreement)


def plan_of(agreement, rows: str, *, name: str = "fil.csv", head: str = HEAD, **more):
    return plan_import((head + rows).encode(), name, agreement=agreement, today=TODAY, **more)


def faults_of(agreement, rows: str, **more) -> list[str]:
    return [str(fault) for fault in plan_of(agreement, rows, **more).faults]


def told(plan) -> list[tuple]:
    return [
        (change.is_new, change.value.year, change.about, *((one.label, one.old, one.new) for one in change.differences))
        for change in plan.changes
    ]


# --- What it would change ---


def test_plan_tells_new_changed_unchanged_and_missing(agreement, index):
    plan = plan_of(
        agreement,
        "Trygghetsindex;2023;1,76;;;;Polisen;\n"
        "trygghetsindex ;2022;2,20;;;;;\n"
        "Trygghetsindex;2019;2,16;;;;;\n"
        "Trygghetsindex;2021;;LPO Kävlinge;;;;\n"
        "Trygghetsindex;2020;;;;;;\n"
        "Trygghetsindex;2023;1,9;;åkarp;kvinnor;;\n",
    )

    assert told(plan) == [
        (True, 2023, "Burlövs kommun", ("värdet", "", "1,76"), ("källa", "", "Polisen")),
        (False, 2022, "Burlövs kommun", ("värdet", "2,22", "2,2")),
        (True, 2023, "Åkarp, kvinnor", ("värdet", "", "1,9")),
    ]
    assert (plan.unchanged_count, plan.missing_count, plan.kept_count, plan.faults) == (1, 1, 1, [])
    assert plan.summary == "Nya värden: 2. Ändrade värden: 1. Oförändrade: 1."


def test_plan_saves_nothing(agreement, index):
    before = list(IndicatorValue.objects.values_list())

    plan_of(agreement, "Trygghetsindex;2022;1,11;;;;;\n")

    assert list(IndicatorValue.objects.values_list()) == before


def test_what_is_compared_with_is_one_however_it_is_spelled(agreement, index):
    plan = plan_of(agreement, "Trygghetsindex;2022;1,57;lpo kävlinge;;;;\nTrygghetsindex;2023;1,54;LPO KÄVLINGE;;;;\n")

    assert plan.unchanged_count == 1
    assert [change.about for change in plan.changes] == ["LPO Kävlinge"]


def test_empty_source_in_the_file_keeps_the_one_that_is_there(agreement, index):
    IndicatorValue.objects.filter(year=2022).update(source="Polisen", note="Svar: 56,2 %")

    plan = plan_of(agreement, "Trygghetsindex;2022;2,3;;;;;\n")

    assert (plan.changes[0].value.source, plan.changes[0].value.note) == ("Polisen", "Svar: 56,2 %")


def test_file_about_one_indicator_need_not_name_it(agreement, index):
    plan = plan_of(agreement, "2023;1,76\n", head="år;värde\n", indicator=index)

    assert told(plan) == [(True, 2023, "Burlövs kommun", ("värdet", "", "1,76"))]


# --- What is refused ---


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Trygghetsindex;2023;56 %;;;;;", "Rad 2, kolumn Värde: Skriv talet utan procenttecken, inte ”56 %”."),
        ("Trygghetsindex;2023;1.76;;;;;", "Rad 2, kolumn Värde: Skriv decimaler med komma, inte med punkt: ”1.76”."),
        ("Trygghetsindex;;1,76;;;;;", "Rad 2, kolumn År: Värde saknas."),
        ("Trygghetsindex;1949;1,76;;;;;", "Rad 2, kolumn År: Året ska ligga mellan 1950 och 2100, inte 1949."),
        ("Trygghetsindex;20233;1,76;;;;;", "Rad 2, kolumn År: Året ska ligga mellan 1950 och 2100, inte 20233."),
        ("Trygghetsindex;2027;1,76;;;;;", "Rad 2, kolumn År: År 2027 har inte varit än."),
        ("Trygghetsindex;2027;;;;;;", "Rad 2, kolumn År: År 2027 har inte varit än."),
        ("Trygghetsindex;2023;6,01;;;;;", "Rad 2, kolumn Värde: Värdet ligger utanför skalan 0–6."),
        ("Trygghetsindex;2023;-1;;;;;", "Rad 2, kolumn Värde: Värdet ligger utanför skalan 0–6."),
        ("Trygghet;2023;1;;;;;", "Rad 2, kolumn Indikator: Indikatorn ”Trygghet” finns inte i överenskommelsen."),
        (
            ";2023;1;;;;;",
            "Rad 2, kolumn Indikator: Raden säger inte vilken indikator den gäller. Välj den när du laddar upp filen.",
        ),
        (
            "Trygghetsindex;2023;1;;Sunnanå;;;",
            "Rad 2, kolumn Delområde: Delområdet ”Sunnanå” finns inte. De som finns: Arlöv, Åkarp.",
        ),
        (
            "Trygghetsindex;2023;1;;;pojkar;;",
            "Rad 2, kolumn Kön: ”pojkar” finns inte. Skriv kvinnor, män eller ingenting.",
        ),
        (
            "Trygghetsindex;2023;1;Riket;Arlöv;;;",
            "Rad 2, kolumn Delområde: Ett värde gäller ett delområde eller en jämförelse, inte båda.",
        ),
        (
            "Trygghetsindex;2023;1;Burlöv;;;;",
            "Rad 2, kolumn Jämförelse: Kommunens egna värden har ingen jämförelse. Ta bort ”Burlöv”.",
        ),
        ("Trygghetsindex;2023;1;76;;;;", "Rad 2, kolumn Jämförelse: Jämförelsen ska vara ett namn, inte ”76”."),
        (
            "Trygghetsindex;2023;1;;;;;\nTrygghetsindex;2023;1;;;;;",
            "Rad 3, kolumn År: Samma värde för 2023 står redan på rad 2.",
        ),
        (
            "Trygghetsindex;2023;1;Riket;;;;\n\nTrygghetsindex;2023;;riket;;;;",
            "Rad 4, kolumn År: Samma värde för 2023 står redan på rad 2.",
        ),
        ("", "Filen har inga rader med värden."),
        (";;;;;;;\n", "Filen har inga rader med värden."),
    ],
)
def test_fault_is_told_with_row_column_and_reason(agreement, index, rows, fault):
    assert faults_of(agreement, rows) == [fault]


def test_all_faults_are_told_and_nothing_is_planned(agreement, index):
    plan = plan_of(agreement, "Trygghetsindex;2023;1,7;;;;;\nX;2022;1;;;;;\nTrygghetsindex;2022;9;;;;;\n")

    assert [(fault.row, fault.column) for fault in plan.faults] == [(3, "Indikator"), (4, "Värde")]
    assert plan.changes == []


def test_personal_number_in_a_note_is_refused(agreement, index):
    faults = plan_of(agreement, "Trygghetsindex;2023;1;;;;;Ring 19811218-9876\n").faults

    assert [(fault.row, fault.column) for fault in faults] == [(2, "Anmärkning")]


def test_wrong_heading_is_told_once_and_not_for_every_row(agreement, index):
    assert faults_of(agreement, "2023;1\n2022;1\n", head="årtal;värde\n", indicator=index) == [
        "Rad 1, kolumn ”årtal”: Okänd kolumn.",
        "Rad 1, kolumn År: Kolumnen saknas.",
    ]


def test_file_about_another_indicator_than_the_chosen_is_refused(agreement, index):
    other = make_indicator(agreement, with_values=False)

    assert faults_of(agreement, "Trygghetsindex;2023;1;;;;;", indicator=other) == [
        "Rad 2, kolumn Indikator: Filen skulle bara gälla Trygghetsindex 2, men raden gäller Trygghetsindex."
    ]


def test_another_agreements_indicators_and_areas_are_unknown(agreement, other_agreement, index):
    make_indicator(other_agreement, name="Lommas eget")
    make_area(other_agreement, "Bjärred")

    assert faults_of(agreement, "Lommas eget;2023;1;;;;;\nTrygghetsindex;2023;1;;Bjärred;;;\n") == [
        "Rad 2, kolumn Indikator: Indikatorn ”Lommas eget” finns inte i överenskommelsen.",
        "Rad 3, kolumn Delområde: Delområdet ”Bjärred” finns inte. De som finns: Arlöv, Åkarp.",
    ]


def test_huge_file_is_refused(agreement, index):
    assert faults_of(agreement, "x" * MAX_BYTES) == ["Filen är för stor, högst 2 MB."]


def test_more_values_than_anybody_waits_for_are_refused(agreement, index):
    rows = "".join(f"Trygghetsindex;2023;1;Plats {number};;;;\n" for number in range(MAX_VALUES + 1))

    assert faults_of(agreement, rows) == ["Filen har 2\u00a0001 värden. Högst 2\u00a0000 läses in åt gången."]


# --- Loading ---


def test_loading_saves_with_history_and_twice_changes_nothing(agreement, index, coordinator):
    content = (HEAD + "Trygghetsindex;2023;1,76;;;;Polisen;\nTrygghetsindex;2022;2,2;;;;;\n").encode()
    arguments = {"agreement": agreement, "content": content, "file_name": "värden.csv", "today": TODAY}

    first = load_values(**arguments, by=coordinator)
    second = load_values(**arguments, by=coordinator)

    added = index.values.get(year=2023)
    assert (added.value, added.source) == (Decimal("1.76"), "Polisen")
    assert index.values.get(year=2022, comparison="").value == Decimal("2.20")
    assert (added.history.get().history_user, added.history.get().history_change_reason) == (
        coordinator,
        "Inläst från värden.csv",
    )
    assert first.summary == "Nya värden: 1. Ändrade värden: 1. Oförändrade: 0."
    assert second.summary == "Nya värden: 0. Ändrade värden: 0. Oförändrade: 2."


def test_exported_values_are_read_back_unchanged(agreement, index):
    make_value(index, 2022, "1.1", area=agreement.areas.first(), sex="women", source="=SUMMA(A1)", note="-1")

    plan = plan_import(export_values(index.values.all()), "fil.csv", agreement=agreement, today=TODAY)

    assert (plan.faults, plan.changes, plan.unchanged_count) == ([], [], index.values.count())


def test_series_of_burlov_come_with_their_sources(agreement, coordinator):
    load_series(agreement, coordinator)
    load_series(agreement, coordinator)

    index, burglaries = agreement.indicators.order_by("-name")
    own = dict(index.values.filter(comparison="").values_list("year", "value"))
    district = set(index.values.filter(comparison="LPO Kävlinge").values_list("year", flat=True))
    assert {year: str(value) for year, value in own.items()} == {
        2017: "2.44",
        2018: "2.63",
        2019: "2.16",
        2020: "2.25",
        2021: "2.03",
        2022: "2.22",
        2023: "1.76",
    }
    assert district == {2017, 2018, 2019, 2020, 2022, 2023}
    assert index.lower_is_better
    assert not index.values.filter(source="").exists()
    assert list(burglaries.values.values_list("year", "value")) == [(2021, Decimal(33)), (2022, Decimal(13))]


# --- Kolada ---


def answer(*posts: dict, **more) -> bytes:
    return json.dumps({"values": list(posts), "count": len(posts)} | more).encode()


def post(code: str, year, *values: tuple, kpi: str = "N07403") -> dict:
    rows = [{"gender": sex, "value": value, "count": 1, "status": ""} for sex, value in values]
    return {"kpi": kpi, "municipality": code, "period": year, "values": rows}


@pytest.fixture
def crimes(agreement):
    return make_indicator(
        agreement, with_values=False, name="Våldsbrott", kolada_id="N07403", scale_lowest=None, scale_highest=None
    )


def kolada_plan(agreement, content: bytes, **more):
    return plan_import(content, "kolada.json", agreement=agreement, today=TODAY, **more)


@pytest.mark.parametrize("more", [{"next_page": None}, {"next_url": None, "previous_url": None}], ids=["v2", "v3"])
def test_koladas_answer_is_read(agreement, crimes, more):
    content = answer(
        post("1231", 2022, ("T", 987.654), ("K", 400), ("M", 587.65)),
        post("1231", "2021", ("T", None)),
        post("0000", 2022, ("T", 800)),
        post("1262", 2022, ("T", 1)),
        post("9999", 2022, ("T", 2)),
        **more,
    )

    plan = kolada_plan(agreement, content)

    assert [(change.about, change.value.year, str(change.value.value)) for change in plan.changes] == [
        ("Burlövs kommun", 2022, "987.65"),
        ("Burlövs kommun, kvinnor", 2022, "400.00"),
        ("Burlövs kommun, män", 2022, "587.65"),
        ("Riket", 2022, "800.00"),
        ("Lomma", 2022, "1.00"),
        ("Kommun med kod 9999", 2022, "2.00"),
    ]
    assert {change.value.source for change in plan.changes} == {"Kolada, N07403"}
    assert (plan.missing_count, plan.faults) == (1, [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "Filen är inte giltig JSON."),
        (b"[" * 100_000, "Filen är inte giltig JSON."),
        (b'{"values": NaN}', "Filen är inte giltig JSON."),
        (b"[]", "Filen är inget svar från Kolada: listan ”values” saknas."),
        (b'{"values": []}', "Svaret från Kolada är tomt. Kontrollera nyckeltal och kommun."),
        (answer(1), "Post 1: ska ha nyckeltal, kommun, år och värden."),
        (answer(post("1231", 2022, kpi="X1")), "Post 1: nyckeltalet ska vara som N07403, inte ”X1”."),
        (answer(post("'; --", 2022)), "Post 1: kommunen ska vara en kod som 1231, inte ”'; --”."),
        (answer(post("1231", "22")), "Post 1: året ska ha fyra siffror, inte ”22”."),
        (answer(post("1231", 2022, ("F", 1))), "Post 1 (N07403, 1231, 2022): kön ska vara T, K eller M, inte ”F”."),
        (
            answer(post("1231", 2022, (["T"], 1))),
            "Post 1 (N07403, 1231, 2022): kön ska vara T, K eller M, inte ”['T']”.",
        ),
        (answer(post("1231", 2022, kpi="\ud800")), "Post 1: nyckeltalet ska vara som N07403, inte ”?”."),
        (
            answer(post("1231", 2022, ("T", 0))).replace(b'"value": 0', b'"value": 1e9999999'),
            "Post 1 (N07403, 1231, 2022): värdet är för stort, ”1E+9999999”.",
        ),
        (b'{"values": [1e99999999999999999999]}', "Filen är inte giltig JSON."),
        (answer(post("1231", 2022, ("T", "1"))), "Post 1 (N07403, 1231, 2022): värdet ska vara ett tal, inte ”1”."),
        (
            answer(post("1231", 2022, ("T", 1e12))),
            "Post 1 (N07403, 1231, 2022): värdet är för stort, ”1000000000000.0”.",
        ),
        (answer(post("1231", 2027, ("T", 1))), "Post 1 (N07403, 1231, 2027): År 2027 har inte varit än."),
        (
            answer(post("1231", 2022, ("T", 1), kpi="N00001")),
            "Ingen indikator har nyckeltalet N00001. Ange det på den indikator som det gäller.",
        ),
        (
            answer(post("1231", 2022, ("T", 1)), post("1231", 2022, ("T", 2))),
            "Post 2 (N07403, 1231, 2022): Samma värde för 2022 står redan på post 1 (N07403, 1231, 2022).",
        ),
    ],
)
def test_what_is_no_answer_of_koladas_is_refused(agreement, crimes, content, fault):
    assert [str(one) for one in kolada_plan(agreement, content).faults] == [fault]


def test_koladas_answer_about_another_indicator_is_refused(agreement, index, crimes):
    content = answer(post("1231", 2022, ("T", 1)))

    assert [str(one) for one in kolada_plan(agreement, content, indicator=index).faults] == [
        "Filen innehåller N07403, men Trygghetsindex har inget nyckeltal angivet."
    ]


def test_unknown_municipality_needs_its_code(agreement, crimes):
    agreement.municipality.name = "Storkommunen"
    content = answer(post("1231", 2022, ("T", 1)))

    refused = kolada_plan(agreement, content)
    told_the_code = kolada_plan(agreement, content, own_code="1231")

    assert "finns inte bland Sveriges kommuner" in str(refused.faults[0])
    assert [change.about for change in told_the_code.changes] == ["Storkommunen"]


def test_today_is_an_argument(agreement, index):
    content = (HEAD + "Trygghetsindex;2026;1;;;;;").encode()

    early = plan_import(content, "fil.csv", agreement=agreement, today=datetime.date(2025, 12, 31))
    late = plan_import(content, "fil.csv", agreement=agreement, today=datetime.date(2026, 1, 1))

    assert [len(early.faults), len(late.faults)] == [1, 0]


@pytest.mark.parametrize("mark", [".", "..", "…", "...", "-", "–", "—", "−", "x", "X", " .. "])
def test_the_marks_of_official_tables_mean_that_a_value_is_missing(agreement, index, mark):
    plan = plan_of(agreement, f"Trygghetsindex;2019;{mark};;;;;")

    assert (plan.faults, plan.changes, plan.missing_count + plan.kept_count) == ([], [], 1)


def test_a_title_above_and_a_source_below_are_passed_over(agreement, index):
    content = "Tabell 1. Anmälda brott;;;;;;;\n\nIndikator;År;Värde\nTrygghetsindex;2019;2,1\nKälla: Brå;;\n"

    plan = plan_import(content.encode("cp1252"), "fil.csv", agreement=agreement, today=TODAY)

    assert plan.faults == []
    assert [(change.value.year, change.value.value) for change in plan.changes] == [(2019, Decimal("2.1"))]

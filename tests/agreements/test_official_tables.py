"""Official tables are read as they are published."""

import io
from decimal import Decimal

import openpyxl
import pytest

from agreements.indicator_import import plan_import
from tests.factories import TODAY, make_area
from tests.thread_factories import make_indicator

pytestmark = pytest.mark.django_db

WIDE = (
    "Tabell 1. Anmälda brott\n\nKommun;2021;2022\n1231 Burlöv;1 234;1,5\n1262 Lomma;7;8\nRiket;..;2,25\n\nKälla: Brå\n"
)
SCB = '"region","kön","2021","2022"\n"1231 Burlöv","män","1.5","2.25"\n"1231 Burlöv","kvinnor","..","3"\n'
LONG = "Kommun\tÅr\tAntal\tPer 100 000 inv\nBurlöv\t2021\t10\t50,5\nBurlöv\t2022\t12\t60,25\n"
CRIMES = "Brottstyp;2021*;2022 (prel.)\nMisshandel;10;11\nInbrott;–;20\n* Reviderad\n"


@pytest.fixture
def crimes(agreement):
    return make_indicator(agreement, name="Anmälda brott", scale_lowest=None, scale_highest=None)


def told(text, crimes, *, row="", encoding="utf-8", name="tabell.csv") -> tuple:
    content = text if isinstance(text, bytes) else text.encode(encoding)
    plan = plan_import(content, name, agreement=crimes.agreement, today=TODAY, indicator=crimes, table_row=row)
    values = sorted((one.value.comparison, one.value.sex, one.value.year, one.value.value) for one in plan.changes)
    return values, plan.missing_count + plan.kept_count, [str(fault) for fault in plan.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_years_as_columns_below_a_title(crimes, encoding):
    assert told(WIDE, crimes, encoding=encoding) == (
        [("", "", 2021, Decimal(1234)), ("", "", 2022, Decimal("1.5")), ("Riket", "", 2022, Decimal("2.25"))],
        1,
        [],
    )


def test_other_municipalities_are_read_when_asked_for(crimes):
    values, _, faults = told(WIDE, crimes, row="Lomma")

    assert faults == []
    assert ("Lomma", "", 2021, Decimal(7)) in values
    assert ("", "", 2021, Decimal(1234)) in values


def test_sexes_and_decimal_points_of_the_statistics_office(crimes):
    assert told(SCB, crimes) == (
        [("", "men", 2021, Decimal("1.5")), ("", "men", 2022, Decimal("2.25")), ("", "women", 2022, Decimal(3))],
        1,
        [],
    )


def test_several_measures_ask_which(crimes):
    assert told(LONG, crimes)[2] == ["Flera rader gäller samma sak. Skriv vilken rad det är: Antal, Per 100 000 inv."]
    assert told(LONG, crimes, row="Antal")[0] == [("", "", 2021, Decimal(10)), ("", "", 2022, Decimal(12))]


def test_rows_that_are_no_places_ask_which(crimes):
    assert told(CRIMES, crimes)[2] == ["Flera rader gäller samma sak. Skriv vilken rad det är: Misshandel, Inbrott."]
    assert told(CRIMES, crimes, row="inbrott") == ([("", "", 2022, Decimal(20))], 1, [])


def test_a_row_that_is_not_there_is_told(crimes):
    assert "Tabellen har ingen rad som heter ”Rån”." in told(CRIMES, crimes, row="Rån")[2]


def test_a_workbook_is_read_like_a_text_file(crimes):
    area = make_area(crimes.agreement, "Norr")
    book = openpyxl.Workbook()
    for row in [["Antal brott"], [], ["Område", 2021, 2022], ["Burlöv", 1.5, ".."], [area.name, 3, 4], ["Källa: Brå"]]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)

    plan = plan_import(target.getvalue(), "tabell.xlsx", agreement=crimes.agreement, today=TODAY, indicator=crimes)

    assert plan.faults == []
    assert [(one.value.area, one.value.year, one.value.value, one.value.source) for one in plan.changes] == [
        (None, 2021, Decimal("1.5"), "Brå"),
        (area, 2021, Decimal(3), "Brå"),
        (area, 2022, Decimal(4), "Brå"),
    ]


def test_a_number_that_can_mean_two_things_is_a_fault(crimes):
    assert told("Kommun;2021\nBurlöv;1.250\n", crimes)[2] == [
        "Rad 2: ”1.250” kan läsas på två sätt. Skriv tusental utan punkt och decimaler med komma."
    ]


def test_the_indicator_has_to_be_chosen(agreement):
    plan = plan_import(WIDE.encode(), "tabell.csv", agreement=agreement, today=TODAY)

    assert [str(fault) for fault in plan.faults] == ["Välj vilken indikator tabellen gäller när du laddar upp filen."]

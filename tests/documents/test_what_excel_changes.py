"""What Excel makes of what was typed, and what its formats show otherwise than it is (ADR 32)."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from documents.workbooks import Column, Sheet, read_table, read_workbook
from documents.workbooks.cells import AS_TEXT
from documents.workbooks.xlsx_cells import shown_as
from tests.documents.packages import inline_row, sheet, xlsx

COLUMNS = (
    Column("name", "Namn", "text"),
    Column("about", "Om", "prose"),
    Column("places", "Platser", "list"),
    Column("count", "Antal", "integer", allow_negative=True),
    Column("cost", "Belopp", "decimal", allow_negative=True),
    Column("value", "Värde", "measure", allow_negative=True),
    Column("ends_on", "Slutar", "date"),
)
SHEET = Sheet("things", "Saker", COLUMNS)
NUMBERS = ["count", "cost", "value"]
WORDS = ["name", "about", "places"]


def read(column, value, number_format=None):
    """The value and the fault of one cell."""
    book = openpyxl.Workbook()
    book.active.title = "Saker"
    book.active.append([one.label for one in COLUMNS])
    place = [one.name for one in COLUMNS].index(column) + 1
    cell = book.active.cell(row=2, column=place, value=value)
    if number_format:
        cell.number_format = number_format
    target = io.BytesIO()
    book.save(target)
    tables, faults = read_workbook(target.getvalue(), "prov.xlsx", [SHEET])
    label = COLUMNS[place - 1].label
    reasons = [str(fault).removeprefix(f"Blad Saker, rad 2, kolumn {label}: ") for fault in faults]
    return tables["things"][0].cells[column], reasons


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize("number_format", ["0%", "0.00%", '#,##0.0" "%', "[Red]0%;[Blue]-0%"])
def test_percent_is_refused_wherever_a_number_is_read(column, number_format):
    reason = "Cellen visas i procent. Skriv talet som det ska stå, utan procentformat."

    assert read(column, 0.15 if column != "count" else 1, number_format) == (None, [reason])


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize(
    ("number_format", "refused"),
    [("[$€-2] #,##0.00", "valuta"), ('"$"#,##0', "valuta"), ("#,##0,", "tusental"), ("0.0,,", "tusental")],
)
def test_other_money_and_scaled_numbers_are_refused(column, number_format, refused):
    value, reasons = read(column, 1250, number_format)

    assert value is None
    assert refused in reasons[0]


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize(
    "number_format", ["#,##0", "0.00", "#,##0 [$kr-41D]", '#,##0.00" kr"', "0.00E+00", "0000", "@"]
)
def test_a_format_that_shows_the_same_number_is_read(column, number_format):
    assert read(column, 1250, number_format) == (1250, [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1\u00a0250", "1250"),
        ("1 250", "1250"),
        ("1\u2009250", "1250"),
        ("1\u202f250\u202f000", "1250000"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("- 5", "-5"),
        ("+7", "7"),
        (" 12 ", "12"),
    ],
)
@pytest.mark.parametrize("column", NUMBERS)
def test_a_number_is_read_as_the_portal_writes_it(column, text, number):
    assert read(column, text) == (Decimal(number), [])


@pytest.mark.parametrize("column", ["cost", "value"])
def test_decimals_are_read_as_the_portal_writes_them(column):
    assert read(column, "1\u00a0250,5") == (Decimal("1250.5"), [])
    assert read(column, "−0,25") == (Decimal("-0.25"), [])


@pytest.mark.parametrize("column", NUMBERS[:2])
@pytest.mark.parametrize("text", ["1.250", "12.500", "1.250.000"])
def test_a_point_that_can_mean_two_things_is_told(column, text):
    reason = f"”{text}” kan läsas på två sätt. Skriv tusental utan punkt (1250) och decimaler med komma (1,25)."

    assert read(column, text) == (None, [reason])


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize("text", ["12 50", "1 2", "1 2500", "12 3456"])
def test_a_space_that_parts_no_thousands_is_no_number(column, text):
    assert read(column, text)[0] is None


@pytest.mark.parametrize("column", WORDS)
@pytest.mark.parametrize(
    ("value", "number_format", "told"),
    [
        (date(2026, 12, 15), None, "Excel har gjort om texten till datumet 2026-12-15."),
        (date(2026, 10, 1), "d mmm", "Excel har gjort om texten till datumet 2026-10-01."),
        (True, None, "Excel har gjort om texten till SANT."),
        (False, None, "Excel har gjort om texten till FALSKT."),
        (0.15, "0%", "Excel har gjort om texten till ett tal i procent, ”0,15”."),
        (
            100000,
            "0.00E+00",
            "Excel har gjort om texten till ett tal med exponent, ”100000”, och siffror",
        ),
        (1.23456789012346e17, None, "Excel har gjort om texten till ett tal med exponent, "),
        (123, "0000", "Cellen visar inledande nollor som inte finns i värdet ”123”."),
        (500, "#,##0 [$kr-41D]", "Excel har gjort om texten till ett belopp, ”500”."),
        ("1,23E+17", None, "Excel har gjort om texten till ett tal med exponent, ”1,23E+17”"),
    ],
)
def test_words_that_excel_has_changed_are_refused_with_how_to_write_them(column, value, number_format, told):
    read_value, reasons = read(column, value, number_format)

    assert read_value is None
    assert reasons[0].startswith(told)
    assert reasons[0].endswith(AS_TEXT)


@pytest.mark.parametrize(("value", "text"), [(305, "305"), (1.1, "1.1"), ("'15", "'15"), ("12-15", "12-15")])
def test_a_plain_number_may_stand_among_words(value, text):
    assert read("name", value) == (text, [])


@pytest.mark.parametrize("column", NUMBERS)
def test_a_date_among_numbers_says_what_excel_did(column):
    reason = "Excel har gjort om talet till datumet 1905-07-13. Välj cellformatet Allmänt och skriv talet på nytt."

    assert read(column, 2021, "yyyy-mm-dd") == (None, [reason])


def test_a_day_shown_as_its_number_is_told():
    reason = "Cellen innehåller talet 46000, Excels nummer på 2025-12-09. Formatera cellen som datum."

    assert read("ends_on", 46000) == (None, [reason])


@pytest.mark.parametrize(
    ("error", "name"),
    [("#NAME?", "#NAMN?"), ("#VALUE!", "#VÄRDEFEL!"), ("#N/A", "#SAKNAS!"), ("#REF!", "#REFERENS!")],
)
def test_an_error_has_its_swedish_name(error, name):
    cells = f'<row r="2"><c r="A2" t="e"><v>{error}</v></c></row>'
    content = xlsx(sheet(inline_row(1, *(one.label for one in COLUMNS)), cells), title="Saker")

    faults = read_workbook(content, "prov.xlsx", [SHEET])[1]

    assert f"Cellen visar felet {name} i stället för ett värde." in str(faults[0])


def test_an_error_in_a_text_file_is_told():
    faults = read_table("Namn;Värde\n#NAMN?;1\n".encode(), "fil.csv", SHEET)[1]

    assert "Excel tar det som börjar med =, + eller - för en formel." in str(faults[0])


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""),
        ("@", ""),
        ("#,##0.00", ""),
        ("0", ""),
        ('0" %"', ""),
        ("0\\%", ""),
        ("0%", "percent"),
        ("00", "padded"),
        ("#,##0,,", "scaled"),
        ("[$kr-41D] #,##0", "money"),
        ("[$-41D]#,##0", ""),
        ("[$€-407]0", "foreign money"),
        ("##0.0E+0", "exponent"),
        ("# ?/?", ""),
    ],
)
def test_number_formats(code, shown):
    assert shown_as(code) == shown

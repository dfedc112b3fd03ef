import io
import time
import tracemalloc
from datetime import date, datetime

import openpyxl
import pytest

from documents.workbooks import Column, Sheet, read_workbook, write_xlsx
from tests.documents.packages import inline_row, sheet, xlsx, zipped

SHEETS = [
    Sheet(
        "things",
        "Saker",
        (
            Column("name", "Namn", "text", required=True),
            Column("count", "Antal", "integer"),
            Column("ends_on", "Slutar", "date"),
            Column("level", "Nivå", "choice", choices={"low": "Låg", "high": "Hög"}),
            Column("is_open", "Öppen", "boolean"),
            Column("places", "Platser", "list"),
        ),
    )
]
HEADER = ["Namn", "Antal", "Slutar", "Nivå", "Öppen", "Platser"]


def workbook(*rows, title="Saker", header=HEADER):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in [header, *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content):
    tables, faults = read_workbook(content, "prov.xlsx", SHEETS)
    return tables["things"], [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        (305, "name", "305"),
        (305.0, "name", "305"),
        (1.1, "name", "1.1"),
        ("7", "count", 7),
        (7, "count", 7),
        (datetime(2026, 7, 1, 13, 30), "ends_on", date(2026, 7, 1)),
        ("2026-07-01", "ends_on", date(2026, 7, 1)),
        ("hög", "level", "high"),
        ("high", "level", "high"),
        (False, "is_open", False),
        ("ja", "is_open", True),
        (1, "is_open", True),
        ("Åkarp; Arlöv;\nBurlöv", "places", ["Åkarp", "Arlöv", "Burlöv"]),
        ("a\\; b; c\\\\", "places", ["a; b", "c\\"]),
    ],
)
def test_cells_are_read_as_their_column_says(cell, column, value):
    names = [one.name for one in SHEETS[0].columns]
    row = [cell if name == column else ("a" if name == "name" else None) for name in names]

    rows, faults = read(workbook(row))

    assert faults == []
    assert rows[0].cells[column] == value


def test_rows_keep_the_numbers_of_the_sheet_and_empty_ones_are_skipped():
    rows, faults = read(workbook(["a"], [None, "  "], [None], ["b"]))

    assert faults == ["Blad Saker, rad 3, kolumn Namn: Värde saknas."]
    assert [row.number for row in rows] == [2, 3, 5]


def test_header_may_use_names_and_stand_in_any_order():
    rows, faults = read(workbook([3, "a"], title="things", header=["count", "NAMN"]))

    assert faults == []
    assert (rows[0].cells["name"], rows[0].cells["count"]) == ("a", 3)


def test_faults_are_told_in_the_words_of_the_sheet():
    content = workbook(
        [None, -1, "2026-02-30", "Mellan", "kanske", None, "utanför"],
        ["b", 1.5, 2026, "#", None],
        header=[*HEADER[:5], "Färg"],
    )

    assert read(content)[1] == [
        "Blad Saker, rad 1, kolumn ”Färg”: Okänd kolumn.",
        "Blad Saker, rad 2, kolumn Namn: Värde saknas.",
        "Blad Saker, rad 2, kolumn Antal: Får inte vara mindre än 0, är -1.",
        "Blad Saker, rad 2, kolumn Slutar: Ska vara ett datum som 2026-11-23, inte ”2026-02-30”.",
        "Blad Saker, rad 2, kolumn Nivå: ”Mellan” finns inte att välja. Välj bland: Låg, Hög.",
        "Blad Saker, rad 2, kolumn Öppen: Ska vara Ja eller Nej, inte ”kanske”.",
        "Blad Saker, rad 2, kolumn G: Värde i en kolumn utan rubrik.",
        "Blad Saker, rad 3, kolumn Antal: Ska vara ett heltal, inte ”1.5”.",
        "Blad Saker, rad 3, kolumn Slutar: Ska vara ett datum som 2026-11-23, inte ”2026”.",
        "Blad Saker, rad 3, kolumn Nivå: ”#” finns inte att välja. Välj bland: Låg, Hög.",
    ]


def test_formula_without_a_value_is_a_fault():
    assert read(workbook(["a", "=1+1"]))[1] == [
        "Blad Saker, rad 2, kolumn Antal: Cellen har en formel utan uträknat värde."
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (workbook(title="Annat"), ["Blad ”Annat”: Okänt blad.", "Blad Saker: Bladet saknas."]),
        (workbook(header=[]), ["Blad Saker: Bladet saknar rubrikrad."]),
        (workbook(header=["Antal"]), ["Blad Saker, rad 1, kolumn Namn: Kolumnen saknas."]),
        (workbook(header=["Namn", "Namn"]), ["Blad Saker, rad 1, kolumn Namn: Kolumnen finns mer än en gång."]),
        (
            workbook(header=["Namn", *(f"K{n}" for n in range(60))]),
            ["Blad Saker: högst 60 kolumner får finnas."],
        ),
        (
            xlsx("<worksheet><sheetData><row", title="Saker"),
            ["Filen är skadad: delen xl/worksheets/sheet1.xml går inte att läsa."],
        ),
        (
            xlsx("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", title="Saker"),
            ["Filen innehåller en dokumenttypsdeklaration, vilket portalen inte läser."],
        ),
        (xlsx("", **{"xl/vbaProject.bin": "x"}), ["Filen innehåller makron. Spara den utan makron och försök igen."]),
        (
            xlsx("", main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            ["Filen innehåller makron. Spara den utan makron och försök igen."],
        ),
        (xlsx("", main_type="application/pdf"), ["Filen är ingen Excelarbetsbok (.xlsx)."]),
        (zipped({"a.txt": "hej"}), ["Filen är ett zip-arkiv, inget Office-dokument."]),
        (xlsx("")[:-40], ["Filen är skadad: den går inte att packa upp."]),
        (
            xlsx("", **{"../../etc/passwd": "x", **{f"{n}": "" for n in range(200)}}),
            ["Filen innehåller för många delar."],
        ),
    ],
)
def test_file_that_is_no_sound_workbook(content, expected):
    assert read(content)[1] == expected


def test_a_lying_dimension_hides_no_rows():
    rows = [inline_row(1, "Namn"), inline_row(2, "a"), inline_row(3, "b")]

    found, faults = read(xlsx(sheet(*rows, before='<dimension ref="A1"/>'), title="Saker"))

    assert faults == []
    assert [row.cells["name"] for row in found] == ["a", "b"]


def test_runs_readings_and_escapes_in_shared_strings():
    strings = (
        "<sst><si><t>Namn</t></si><si><r><t>Trygg </t></r><r><t>_x005F_x0041_väg</t></r>"
        "<rPh><t>läsning</t></rPh></si></sst>"
    )
    rows = '<row r="1"><c t="s"><v>0</v></c></row><row r="2"><c t="s"><v>1</v></c></row>'

    found, faults = read(xlsx(sheet(rows), title="Saker", strings=strings))

    assert faults == []
    assert found[0].cells["name"] == "Trygg _x0041_väg"


@pytest.mark.parametrize(
    "xml",
    [
        "<row r='9999999'/>",
        "<row r='99999999999'/>",
        "<row r='-1'/>",
        inline_row(2, "a") + inline_row(1, "b"),
    ],
)
def test_row_numbers_that_no_sheet_has(xml):
    faults = read(xlsx(sheet(xml), title="Saker"))[1]

    assert faults[-1] == "Filen är skadad: raderna i ett blad är felnumrerade."


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: xlsx("", **{"xl/media/a.bin": b"0" * 60 * 1024**2}),
        lambda: xlsx(sheet("<row><c><v>1</v></c></row>" * 1_500_000), title="Saker"),
        lambda: xlsx(sheet("<row>" + "<c/>" * 10_000_000 + "</row>"), title="Saker"),
        lambda: xlsx(sheet(inline_row(1, "x" * 45_000_000)), title="Saker"),
        lambda: xlsx(sheet(f"<row r='{'1' * 45_000_000}'/>"), title="Saker"),
        lambda: xlsx(sheet(), strings="<sst>" + "<si><t>a</t></si>" * 2_500_000 + "</sst>", title="Saker"),
        lambda: xlsx(sheet(inline_row(1, "Namn"), *(inline_row(n, "a") for n in range(2, 5003))), title="Saker"),
        lambda: xlsx(
            sheet(*(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 50 + '</row>' for n in range(1, 5000))),
            strings=f"<sst><si><t>{'x' * 32_000}</t></si></sst>",
            title="Saker",
        ),
    ],
    ids=["unpacked", "rows", "cells", "text", "attribute", "strings", "5001 rows", "one text"],
)  # fmt: skip
def test_workbook_bomb_costs_little(bomb):
    content = bomb()

    started = time.process_time()
    _, faults = read(content)
    spent = time.process_time() - started

    assert 1 <= len(faults) <= 60
    assert spent < 4, f"{spent:.1f} s"


def test_rows_far_apart_are_read_without_filling_the_gaps():
    rows, faults = read(xlsx(sheet(*(inline_row(1000 * n, "Namn") for n in range(1, 1048))), title="Saker"))

    assert faults == []
    assert (len(rows), rows[-1].number) == (1046, 1_047_000)


def test_workbook_bomb_takes_little_memory():
    content = xlsx(sheet(), strings="<sst>" + "<si><t>a</t></si>" * 2_500_000 + "</sst>", title="Saker")

    tracemalloc.start()
    read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 60 * 1024**2


def test_written_workbook_is_pleasant_to_open():
    row = {"name": "=1+1", "ends_on": date(2026, 7, 1), "level": "high", "is_open": True}
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx({"things": [row]}, SHEETS)))
    cells = book["Saker"]

    assert [cell.value for cell in cells[1]] == HEADER
    assert cells["A1"].font.bold
    assert cells.freeze_panes == "A2"
    assert (cells["A2"].value, cells["A2"].data_type) == ("=1+1", "s")
    assert (cells["C2"].value, cells["C2"].number_format) == (datetime(2026, 7, 1), "yyyy-mm-dd")
    assert [rule.formula1 for rule in cells.data_validations.dataValidation] == ['"Låg,Hög"', '"Ja,Nej"']

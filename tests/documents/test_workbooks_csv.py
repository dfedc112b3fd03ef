"""One table from a text file or a workbook, whatever it is separated by, encoded in or called."""

from decimal import Decimal

import pytest

from documents.workbooks import Column, Sheet, read_table, write_csv
from documents.workbooks.tables import MAX_BYTES, MAX_ROWS
from tests.documents.packages import sheet as sheet_xml
from tests.documents.packages import xlsx

COLUMNS = (
    Column("name", "Namn", "text", required=True, max_length=20),
    Column("year", "År", "integer", required=True),
    Column("value", "Värde", "measure", allow_negative=True, expected=True),
    Column("note", "Anmärkning", "text"),
)
SHEET = Sheet("values", "Mätvärden", COLUMNS)
ROW = {"name": "Ångest", "year": 2023, "value": Decimal("1.76"), "note": None}


def cells_of(content: bytes, name: str = "fil.csv") -> list[dict]:
    rows, faults = read_table(content, name, SHEET)
    assert faults == []
    return [row.cells for row in rows]


def faults_of(content: bytes | str, name: str = "fil.csv") -> list[str]:
    return [
        str(fault) for fault in read_table(content.encode() if isinstance(content, str) else content, name, SHEET)[1]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Namn;År;Värde\nÅngest;2023;1,76\n",
        "namn\tår\tvärde\r\nÅngest\t2023\t1,76\r\n",
        'Namn,År,Värde\nÅngest,2023,"1,76"\n',
        'sep=;\nNamn;År;Värde\n"Ångest";"2023";"1,76"',
        "\n;;\nNamn;År;Värde\n\n Ångest ; 2023 ; 1,76 \n;;\n",
        "år;värde;namn\r2023;1,76;Ångest\r",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_file_is_read(text, encoding):
    assert cells_of(text.encode(encoding)) == [ROW]


def test_rows_keep_the_line_they_begin_on():
    rows, _ = read_table('Namn;År;Värde\n\n"A";2022;1\nB;2023;2'.encode(), "fil.csv", SHEET)

    assert [row.number for row in rows] == [3, 4]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Namn;År;Värde\nA;2023;56 %", ["Rad 2, kolumn Värde: Skriv talet utan procenttecken, inte ”56 %”."]),
        ("Namn;År;Värde\nA;2023;1.76", ["Rad 2, kolumn Värde: Skriv decimaler med komma, inte med punkt: ”1.76”."]),
        ("Namn;År;Värde\nA;;1", ["Rad 2, kolumn År: Värde saknas."]),
        ("Namn;År;Värde\nA;2023,5;1", ["Rad 2, kolumn År: Ska vara ett heltal, inte ”2023,5”."]),
        ("Namn;År\nA;2023", ["Rad 1, kolumn Värde: Kolumnen saknas."]),
        ("Namn;År;Värde;Länk\nA;2023;1;x", ["Rad 1, kolumn ”Länk”: Okänd kolumn."]),
        ("Namn;År;År;Värde\nA;2023;2023;1", ["Rad 1, kolumn År: Kolumnen finns mer än en gång."]),
        ("Namn;År;Värde\nA;2023;1;2", ["Rad 2, kolumn D: Värde i en kolumn utan rubrik."]),
        (
            "Namn,År,Värde,Anmärkning\nA,2023,1,76",
            ["Rad 2, kolumn Värde: Kommatecken skiljer rutorna åt. Ett tal med decimalkomma ska stå inom citattecken."],
        ),
        ('Namn;År;Värde\n"A;2023;1', ["Rad 2: citattecknen går inte ihop, eller en ruta är för lång."]),
        ('Namn;År;Värde\n"A"b;2023;1', ["Rad 2: citattecknen går inte ihop, eller en ruta är för lång."]),
        (f"Namn;År;Värde\n{'A' * 200_000};2023;1", ["Rad 2: citattecknen går inte ihop, eller en ruta är för lång."]),
        (";" * 200, ["Rad 1: högst 60 kolumner får finnas."]),
        (" \n", ["Filen är tom."]),
        (";;\n", ["Filen saknar rubrikrad."]),
        (
            "Namn;År;Värde\nA\x00;2023;1",
            ["Filen är ingen textfil. Spara den som CSV (UTF-8) eller som Excelarbetsbok."],
        ),
        ("Namn;År;Värde\n" + "A;2023;1\n" * (MAX_ROWS + 1), [f"Filen är för stor: högst {MAX_ROWS} rader får finnas."]),
    ],
)
def test_text_file_with_a_fault_is_refused(text, faults):
    assert faults_of(text) == faults


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"\x81\x8d\x8f", "fil.csv", "Filen är ingen textfil. Spara den som CSV (UTF-8) eller som Excelarbetsbok."),
        (b"PK\x03\x04", "fil.csv", "Filen heter .csv men är ingen textfil."),
        (b"%PDF-1.7", "fil.txt", "Filen heter .txt men är ingen textfil."),
        (b"Namn;", "fil.xlsx", "Filen heter .xlsx men innehåller ingen Excelarbetsbok."),
        (b"Namn;", "fil.ods", "Filen ska vara en textfil med semikolon (.csv) eller en Excelarbetsbok (.xlsx)."),
        (b"Namn;", "fil", "Filen ska vara en textfil med semikolon (.csv) eller en Excelarbetsbok (.xlsx)."),
        (b"x" * (MAX_BYTES + 1), "fil.csv", "Filen är för stor, högst 10 MB."),
    ],
)
def test_what_is_no_table_is_refused(content, name, fault):
    assert faults_of(content, name) == [fault]


STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)


def workbook(value: str, title: str = "Blad1") -> bytes:
    head = "".join(f'<c t="inlineStr"><is><t>{label}</t></is></c>' for label in ("Namn", "År", "Värde"))
    text = '<c t="inlineStr"><is><t>Ångest</t></is></c><c><v>2023</v></c>'
    rels = (
        '<Relationships xmlns="x"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
    )
    return xlsx(
        sheet_xml(f'<row r="1">{head}</row>', f'<row r="2">{text}{value}</row>'),
        title=title,
        **{"xl/styles.xml": STYLES, "xl/_rels/workbook.xml.rels": rels},
    )


@pytest.mark.parametrize(
    "value",
    [
        "<c><v>1.76</v></c>",
        "<c><v>1.7600000000000002</v></c>",
        '<c s="2"><v>1.76</v></c>',
        '<c t="inlineStr"><is><t>1,76</t></is></c>',
    ],
)
def test_workbook_is_read_whatever_its_sheet_is_called(value):
    assert cells_of(workbook(value), "fil.xlsx") == [ROW]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (
            '<c s="1"><v>0.562</v></c>',
            "Rad 2, kolumn Värde: Cellen visas i procent. Skriv talet som det ska stå, utan procentformat.",
        ),
        (
            '<c t="inlineStr"><is><t>1.76</t></is></c>',
            "Rad 2, kolumn Värde: Skriv decimaler med komma, inte med punkt: ”1.76”.",
        ),
        ("<c><v>1.765</v></c>", "Rad 2, kolumn Värde: Högst 2 decimaler ryms: ”1,765”."),
        (
            '<c t="e"><v>#DIV/0!</v></c>',
            "Rad 2, kolumn Värde: Cellen visar felet #DIVISION/0! i stället för ett värde. "
            "Rätta formeln, eller skriv värdet självt.",
        ),
        (
            '<c t="b"><v>1</v></c>',
            "Rad 2, kolumn Värde: Excel har gjort om talet till SANT. "
            "Välj cellformatet Allmänt och skriv talet på nytt.",
        ),
    ],
)
def test_workbook_with_a_fault_is_refused(value, fault):
    assert faults_of(workbook(value), "fil.xlsx") == [fault]


def test_written_file_is_read_back_the_same():
    rows = [
        ROW | {"note": 'a; "b"'},
        {"name": "=1+1", "year": 2022, "value": Decimal("-1724.50"), "note": "'citat"},
        {"name": "@x", "year": 2021, "value": None, "note": "-5"},
    ]

    content = write_csv(COLUMNS, rows)

    assert cells_of(content) == [*rows[:2], rows[2]]
    assert content.startswith("\ufeffNamn;År;Värde;Anmärkning\r\n".encode())
    assert "'=1+1;2022;-1724,5;''citat" in content.decode("utf-8-sig")

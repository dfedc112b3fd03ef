"""What both kinds of file have in common, and the properties that hold for any tables."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.workbooks import (
    Column,
    Fault,
    Sheet,
    UnreadableWorkbook,
    read_workbook,
    write_table_xlsx,
    write_xlsx,
    write_yaml,
)

COLUMNS = (
    Column("name", "Namn", "text"),
    Column("about", "Beskrivning", "prose"),
    Column("count", "Antal", "integer"),
    Column("change", "Ändring", "decimal", allow_negative=True),
    Column("starts_on", "Börjar", "date"),
    Column("is_open", "Öppen", "boolean"),
    Column("level", "Nivå", "choice", choices={"low": "Låg", "high": "Hög nivå", "Låg": "Annan"}),
    Column("places", "Platser", "list"),
)
SHEETS = [Sheet("things", "Saker", COLUMNS), Sheet("empty", "Tomt", COLUMNS)]
WRITERS = {".yaml": write_yaml, ".xlsx": write_xlsx}

printable = st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\ufffe\uffff\u2028\u2029\ufeff")
tricky = st.sampled_from(
    [
        "=1+1", "+46", "-", "- a", "@x", "'", '"', "null", "~", "1.10", "007", "1e5", "2026-07-01", "true", "_x0041_",
        "_x0041_x0042_", "_x005F_x0041_", "x005F_", "<r>", "</r>", "<r><t>a</t></r>", "&amp;", "; ", ";", "\\;", "\\",
        ": ", " #", "|", ">", "%", "!tag", "&a", "*a", "{a: 1}", "[a", "😀", "åäö", "http://x", "---", "...", "\t",
    ]
)  # fmt: skip
words = st.lists(st.one_of(tricky, st.text(printable, max_size=8)), max_size=6).map(lambda them: "".join(them).strip())
lines = words.filter(bool)
prose = st.lists(words, min_size=1, max_size=5).map(lambda them: "\n".join(them).strip()).filter(bool)
long_text = st.integers(1, 32_767).map(lambda length: ("å =" * 11_000)[:length].strip())
rows = st.fixed_dictionaries(
    {},
    optional={
        "name": lines,
        "about": prose | long_text,
        "count": st.integers(0, 2**31 - 1),
        "change": st.decimals(-999_999_999, 999_999_999, places=6, allow_nan=False),
        "starts_on": st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "is_open": st.booleans(),
        "level": st.sampled_from(["low", "high", "Låg"]),
        "places": st.lists(lines, min_size=1, max_size=4),
    },
).filter(bool)


def filled(tables):
    return {
        sheet: [{name: value for name, value in row.cells.items() if value is not None} for row in rows]
        for sheet, rows in tables.items()
    }


@pytest.mark.parametrize("suffix", WRITERS)
@settings(max_examples=150, deadline=None)
@given(things=st.lists(rows, max_size=4))
@example(things=[{"name": "<r><t>a</t></r>"}, {"name": "_x0041_x0042_x0043_"}, {"places": ["a; b", ";", "\\;"]}])
@example(things=[{"about": "rad\n\n  inryckt\nslut"}, {"name": "1.10"}, {"name": "null"}, {"change": Decimal("0.1")}])
def test_what_was_written_reads_back_the_same(suffix, things):
    tables = {"things": things, "empty": []}
    content = WRITERS[suffix](tables, SHEETS)

    read, faults = read_workbook(content, f"tabell{suffix}", SHEETS)

    assert faults == []
    assert filled(read) == tables
    assert WRITERS[suffix](tables, SHEETS) == content


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".yaml", ".xlsx"]))
def test_any_bytes_give_a_fault_and_never_an_error(content, suffix):
    _, faults = read_workbook(content, f"x{suffix}", SHEETS)

    assert faults


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0), byte=st.integers(0, 255), suffix=st.sampled_from([".yaml", ".xlsx"]))
def test_a_damaged_file_never_gives_an_error(at, byte, suffix):
    content = bytearray(WRITERS[suffix]({"things": [{"name": "Åtgärd", "count": 3}]}, SHEETS))
    content[at % len(content)] = byte

    read_workbook(bytes(content), f"x{suffix}", SHEETS)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("Aktiviteter", 4, "Slutar", "Fel."), "Blad Aktiviteter, rad 4, kolumn Slutar: Fel."),
        (Fault("Aktiviteter", None, None, "Saknas."), "Blad Aktiviteter: Saknas."),
        (Fault(None, 4, None, "Fel."), "Rad 4: Fel."),
        (Fault(None, None, None, "Filen är tom."), "Filen är tom."),
    ],
)
def test_fault_says_where(fault, words):
    assert str(fault) == words


def test_unreadable_workbook_says_all_its_faults():
    error = UnreadableWorkbook([Fault("A", 1, None, "Ett."), Fault("A", 2, None, "Två.")])

    assert str(error) == "Blad A, rad 1: Ett.\nBlad A, rad 2: Två."
    assert len(error.faults) == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"a;b", "Filen ska vara en Excelarbetsbok (.xlsx) eller YAML (.yaml)."),
        ("a", b"a: []", "Filen ska vara en Excelarbetsbok (.xlsx) eller YAML (.yaml)."),
        ("a.yaml", b"PK\x03\x04", "Filen heter .yaml men innehåller inte YAML."),
        ("a.xlsx", b"things: []", "Filen heter .xlsx men innehåller ingen Excelarbetsbok."),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1", "Filen är skyddad med lösenord eller sparad i ett äldre Excelformat."),
        ("a.yaml", b" \n", "Filen är tom."),
        ("a.yaml", b"a" * (10 * 1024**2 + 1), "Filen är för stor, högst 10 MB."),
    ],
)
def test_file_of_the_wrong_kind(name, content, reason):
    tables, faults = read_workbook(content, name, SHEETS)

    assert [str(fault) for fault in faults] == [reason]
    assert tables == {"things": [], "empty": []}


def test_write_xlsx_refuses_a_text_that_no_cell_holds():
    with pytest.raises(ValueError, match="rad 2"):
        write_xlsx({"things": [{"about": "😀" * 20_000}]}, SHEETS)


def test_write_table_xlsx_reads_back_and_shortens_its_title():
    title = "Åtgärder: allt [2026] som kommunen och polisen gör"
    content = write_table_xlsx(title, COLUMNS, [{"name": "=HYPERLINK(1)"}])

    read, faults = read_workbook(content, "x.xlsx", [Sheet("t", "Åtgärder  allt  2026  som kommu", COLUMNS)])

    assert faults == []
    assert read["t"][0].cells["name"] == "=HYPERLINK(1)"

import time

import pytest

from documents.workbooks import Column, Sheet, read_workbook, write_yaml

SHEETS = [
    Sheet(
        "things",
        "Saker",
        (
            Column("name", "Namn", "text", required=True, max_length=20),
            Column("about", "Beskrivning", "prose"),
            Column("count", "Antal", "integer"),
            Column("price", "Pris", "decimal"),
            Column("ends_on", "Slutar", "date"),
            Column("is_open", "Öppen", "boolean"),
            Column("level", "Nivå", "choice", choices={"low": "Låg", "high": "Hög"}),
            Column("places", "Platser", "list"),
        ),
    )
]


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    tables, faults = read_workbook(content, "prov.yaml", SHEETS)
    return tables["things"], [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("written", "column", "value"),
    [
        ("1.10", "name", "1.10"),
        ("007", "name", "007"),
        ("2026-07-01", "name", "2026-07-01"),
        ("no", "name", "no"),
        ("'null'", "name", "null"),
        ("'  kant  '", "name", "kant"),
        ("7", "count", 7),
        ("'7'", "count", 7),
        ("~", "count", None),
        ("", "count", None),
        ("null", "about", None),
        ("ja", "is_open", True),
        ("false", "is_open", False),
        ("Hög", "level", "high"),
        ("low", "level", "low"),
        ("[a, 'b; c', null]", "places", ["a", "b; c"]),
        ("ensam", "places", ["ensam"]),
        ("[]", "places", None),
    ],
)
def test_scalars_are_read_as_their_column_says(written, column, value):
    name = "" if column == "name" else "name: a, "

    rows, faults = read(f"things: [{{{name}{column}: {written}}}]")

    assert faults == []
    assert rows[0].cells[column] == value


def test_row_holds_every_column_and_its_number():
    rows, faults = read("things:\n- name: a\n- name: b\n")

    assert faults == []
    assert [row.number for row in rows] == [1, 2]
    assert set(rows[0].cells) == {column.name for column in SHEETS[0].columns}


def test_ten_faults_in_one_file_are_all_found():
    rows, faults = read(
        """
things:
  - name: ""
    count: -1
  - name: Ett alldeles för långt namn på en sak
    count: många
    ends_on: 2026-02-30
    price: 1,2,3
  - name: "a\\u0007b"
    is_open: kanske
    level: mellan
    colour: röd
  - bara text
extra: []
"""
    )

    assert faults == [
        "Blad ”extra”: Okänt blad.",
        "Blad things, rad 1, kolumn name: Värde saknas.",
        "Blad things, rad 1, kolumn count: Får inte vara mindre än 0, är -1.",
        "Blad things, rad 2, kolumn name: Texten får vara högst 20 tecken, den är 37: "
        "”Ett alldeles för långt namn på en sak”.",
        "Blad things, rad 2, kolumn count: Ska vara ett heltal, inte ”många”.",
        "Blad things, rad 2, kolumn price: Ska vara ett tal med högst nio siffror och sex decimaler, inte ”1,2,3”.",
        "Blad things, rad 2, kolumn ends_on: Ska vara ett datum som 2026-11-23, inte ”2026-02-30”.",
        "Blad things, rad 3, kolumn ”colour”: Okänd kolumn.",
        "Blad things, rad 3, kolumn name: Texten innehåller ett tecken som inte kan skrivas ut (U+0007).",
        "Blad things, rad 3, kolumn is_open: Ska vara Ja eller Nej, inte ”kanske”.",
        "Blad things, rad 3, kolumn level: ”mellan” finns inte att välja. Välj bland: Låg, Hög.",
        "Blad things, rad 4: Raden ska bestå av kolumner och värden.",
    ]
    assert rows[0].cells["count"] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("things: [{name: a, name: b}]", "rad 1, kolumn ”name”: Kolumnen finns mer än en gång."),
        ("things: []\nthings: []", "Bladet finns mer än en gång."),
        ("{}", "Blad things: Bladet saknas."),
        ("things: hej", "Bladet ska vara en lista med rader."),
        ("things: [{name: [a, b]}]", "Ska vara ett enkelt värde"),
        ("things: [{name: {a: b}}]", "Ska vara ett enkelt värde"),
        ("things: [{name: a, places: [{b: c}]}]", "Listan ska bara innehålla texter."),
        ("things: [{name: &x a}, {name: *x}]", "ankare och alias"),
        ("things: [{name: !!python/object:os.system a}]", "Rad 1: taggar (!) får inte användas."),
        ("things: []\n---\nthings: []", "flera YAML-dokument"),
        ("things: [[[[[[[a]]]]]]]", "för många nivåer"),
        ("- a", "Filen ska ha en nyckel för varje blad: things."),
        ("hej", "Filen ska ha en nyckel för varje blad: things."),
        ("things: [", "Filen är inte giltig YAML"),
        ("things: [{name: a\x07}]", "otillåtna tecken"),
        ("? [a]\n: b\nthings: []", "är inte ett ord"),
        ("things: [{name: a, count: 99999999999}]", "Får vara högst 2147483647"),
        (f"things: [{{name: a, count: {'9' * 6000}}}]", "Ska vara ett heltal"),
        ("things: [{name: a, ends_on: 0001-01-01}]", "Året ska ligga mellan 1900 och 2199, inte 1."),
        ("things: [{name: a, ends_on: 20260701}]", "Ska vara ett datum"),
        ('things: [{name: "a\\nb"}]', "Texten ska stå på en rad"),
        (f"things: [{{name: a, about: {'x' * 100_000}}}]", "högst 32767 tecken, den är 100000"),
        ("things: [" + "{name: a}," * 5001 + "]", "högst 5000 får finnas"),
        ("things: []".encode("utf-16"), "UTF-8"),
    ],
)
def test_fault(text, expected):
    _, faults = read(text)

    assert any(expected in fault for fault in faults), faults


def test_alias_bomb_is_refused_at_once():
    levels = "\n".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))

    started = time.process_time()
    _, faults = read(f"a0: &a0 lol\n{levels}\nthings: [{{name: *a9}}]")

    assert time.process_time() - started < 1
    assert any("ankare och alias" in fault for fault in faults)


def test_very_many_faults_end_in_a_summary():
    _, faults = read("things:\n" + "- name: ''\n" * 900)

    assert len(faults) == 501
    assert faults[-1] == "Filen har minst 500 fel. Resten visas inte."


def test_ten_megabytes_of_nodes_are_refused_quickly():
    started = time.process_time()
    _, faults = read("things: [" + "a," * 5_000_000 + "]")

    assert faults == ["Filen innehåller för mycket för att läsas."]
    assert time.process_time() - started < 10


def test_write_yaml_looks_as_a_person_would_write_it():
    row = {"about": "Första raden.\nAndra raden.", "name": "Trygg väg", "count": None, "places": ["Åkarp", "Arlöv"]}

    assert write_yaml({"things": [row]}, SHEETS).decode() == (
        "things:\n"
        "  - name: Trygg väg\n"
        "    about: |-\n"
        "      Första raden.\n"
        "      Andra raden.\n"
        "    places:\n"
        "      - Åkarp\n"
        "      - Arlöv\n"
    )

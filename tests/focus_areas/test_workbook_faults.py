"""What is wrong in a workbook is told whole: every row, in the words of the file, and nothing is loaded."""

import datetime
from decimal import Decimal

import pytest

from documents.workbooks import Fault
from focus_areas import workbook
from focus_areas.models import Activity
from tests.focus_areas.workbooks import as_xlsx, as_yaml, faults, load, row_counts, tables

pytestmark = pytest.mark.django_db


def with_row(sheet: str, **cells) -> dict:
    return tables(**{sheet: [*tables()[sheet], cells]})


def with_first(sheet: str, **cells) -> dict:
    first, *others = tables()[sheet]
    return tables(**{sheet: [first | cells, *others]})


def test_ten_faults_give_ten_lines_and_nothing_is_loaded():
    day = datetime.date
    faulty = tables(
        organisations=[*tables()["organisations"], {"name": "Polisen", "kind": "police"}],
        groups=[*tables()["groups"], {"name": "Örat", "kind": "situation", "parent": "Rådet"}],
        seats=[{"group": "Styrgruppen", "title": "Chef", "organisation": "KLF", "function": "member"}],
        focus_areas=[*tables()["focus_areas"], {"number": 2, "title": "Trafik"}],
        goals=[
            *tables()["goals"],
            {"focus_area": "1", "statement": "Halvera", "kind": "effect", "baseline": Decimal(4)},
        ],
        activities=[
            *tables()["activities"],
            {"focus_area": "7", "title": "Belysning"},
            {"focus_area": "2", "title": "Tid", "starts_on": day(2024, 5, 1), "ends_on": day(2024, 4, 1)},
            {"focus_area": "2", "title": "Pengar", "funding_amount": Decimal(500)},
        ],
        commitments=[
            {"activity": "Vandringar", "text": "Vandra", "organisation": "SF", "comparison": "at_most"},
            {"activity": "Vandringar", "text": "Vem?"},
        ],
    )
    before = row_counts()

    assert faults(faulty) == [
        "Blad organisations, rad 5, kolumn name: Samma som rad 3.",
        "Blad groups, rad 3, kolumn parent: ”Rådet” finns inte på bladet groups.",
        "Blad seats, rad 1, kolumn organisation: ”KLF” finns inte på bladet organisations.",
        "Blad focus_areas, rad 3, kolumn number: Överenskommelsen har redan ett fokusområde med det numret.",
        "Blad goals, rad 3, kolumn target: Ange målvärdet när ett utgångsvärde är angivet.",
        "Blad activities, rad 3, kolumn focus_area: ”7” finns inte på bladet focus_areas.",
        "Blad activities, rad 4, kolumn ends_on: Slutdatumet kan inte vara före startdatumet.",
        "Blad activities, rad 5, kolumn funding_source: Ange vem som finansierar när ett belopp är angivet.",
        "Blad commitments, rad 1, kolumn planned: Ange antalet (minst 1), eller välj ”utan antal”.",
        "Blad commitments, rad 2, kolumn organisation: Välj en organisation, eller att åtagandet är gemensamt.",
    ]
    assert row_counts() == before


@pytest.mark.parametrize(
    ("faulty", "reason"),
    [
        (with_row("areas", name="Ö" * 101), "Blad areas, rad 3, kolumn name: Texten får vara högst 100 tecken"),
        (
            with_row("areas", name="Nå 850709-9805"),
            "Blad areas, rad 3, kolumn name: Texten innehåller ett personnummer (tecken 4–14). Ta bort det",
        ),
        (with_row("areas", name="Norr"), "Blad areas, rad 3, kolumn name: Samma som rad 1."),
        (with_first("goals", parent="Fler trygga"), "Blad goals, rad 1, kolumn parent: Raderna pekar på varandra"),
        (with_first("groups", parent="Styrgruppen"), "Blad groups, rad 1, kolumn parent: Raderna pekar på varandra"),
        (
            with_first("activities", participants=["SF", "Socialförvaltningen"]),
            "Blad activities, rad 1, kolumn participants: ”Socialförvaltningen” står mer än en gång.",
        ),
        (with_first("activities", areas=["Öster"]), "Blad activities, rad 1, kolumn areas: ”Öster” finns inte"),
        (with_first("activities", title=None), "Blad activities, rad 1, kolumn title: Värde saknas."),
        (
            with_first("activities", follow_up_interval_months=61),
            "Blad activities, rad 1, kolumn follow_up_interval_months: Kontrollera att detta värde är mindre än",
        ),
        (
            with_first("activities", funding_source="X", funding_amount=Decimal(-1)),
            "Blad activities, rad 1, kolumn funding_am",
        ),
        (
            with_row("organisations", name="Gruppen", kind="unit", parent="Polisen / Lokalpolisområde Lund / Enhet"),
            "Blad organisations, rad 5, kolumn parent: ",
        ),
        (with_first("agreement", municipality="Malmö"), "Blad agreement, rad 1, kolumn municipality: ”Malmö” finns"),
        (with_first("agreement", predecessor="KS 1"), "Blad agreement, rad 1, kolumn predecessor: ”KS 1” är ingen"),
        (
            with_first("agreement", starts_on=datetime.date(2024, 2, 1), ends_on=datetime.date(2024, 1, 1)),
            "Blad agreement, rad 1, kolumn ends_on: Sista dagen kan inte vara före den första.",
        ),
        (tables(agreement=[]), "Blad agreement: Bladet ska ha precis en rad."),
        (tables(agreement=tables()["agreement"] * 2), "Blad agreement, rad 2, kolumn title: Bara en överenskommelse"),
    ],
)
def test_fault_is_named_once_with_its_place(faulty, reason):
    found = [line for line in faults(faulty) if "commitments" not in line]

    assert [line[: len(reason)] for line in found[:1]] == [reason]
    assert len(found) == 1 or "activities, rad 1, kolumn title" in reason


def test_organisations_in_a_ring_or_too_deep_are_refused():
    ring = [
        *tables()["organisations"],
        {"name": "A", "kind": "unit", "parent": "B"},
        {"name": "B", "kind": "unit", "parent": "A"},
        {"name": "Enhet", "kind": "unit", "parent": "SF"},
        {"name": "Underenhet", "kind": "unit", "parent": "Enhet"},
    ]

    assert faults(tables(organisations=ring)) == [
        "Blad organisations, rad 5, kolumn parent: Raderna pekar på varandra i en ring.",
        "Blad organisations, rad 6, kolumn parent: Raderna pekar på varandra i en ring.",
        "Blad organisations, rad 8, kolumn parent: Organisationer får ha högst tre nivåer.",
    ]


def test_name_that_several_have_is_refused():
    two = [
        *tables()["organisations"],
        {"name": "Eslövs kommun", "kind": "municipality"},
        {"name": "Socialförvaltningen", "short_name": "SF", "kind": "administration", "parent": "Eslövs kommun"},
    ]

    assert "Blad seats, rad 1, kolumn organisation: ”SF” kan betyda 2 olika på bladet organisations." in faults(
        tables(organisations=two)
    )


def test_places_are_in_the_words_of_the_file():
    faulty = with_first("activities", areas=["Öster"])

    outcome = workbook.load(as_xlsx(faulty), "bok.xlsx")

    assert outcome.faults == [
        Fault("Aktiviteter", 2, "Delområden", "”Öster” finns inte på bladet Delområden."),
    ]


def test_broken_frame_is_told_without_the_rows_below():
    content = as_yaml(tables()).replace(b"organisations:", b"organisationer:", 1)

    assert [str(fault) for fault in workbook.load(content, "bok.yaml").faults] == [
        "Blad ”organisationer”: Okänt blad.",
        "Blad organisations: Bladet saknas.",
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "bok.yaml"),
        (b"\x00\xff\xfe", "bok.yaml"),
        (b"a: &a [*a]", "bok.yaml"),
        (b"!!python/object/apply:os.system ['true']", "bok.yaml"),
        (b"[" * 10_000, "bok.yaml"),
        (b"%PDF-1.7", "bok.xlsx"),
        (b"PK\x03\x04", "bok.xlsx"),
        (b"x" * 11_000_000, "bok.xlsx"),
        (as_yaml(tables()), "bok.csv"),
        (as_yaml(tables()), "bok"),
    ],
)
def test_hostile_file_is_refused(content, name):
    before = row_counts()

    outcome = workbook.load(content, name)

    assert len(outcome.faults) >= 1
    assert (outcome.agreement, outcome.changes.rows) == (None, [])
    assert row_counts() == before


def test_faults_have_an_end():
    many = [{"focus_area": "9", "title": f"Aktivitet {n}"} for n in range(600)]

    found = load(tables(activities=many, commitments=[])).faults

    assert len(found) == 501
    assert str(found[-1]) == "Filen har fler än 500 fel. Resten visas inte."


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            datetime.date(1905, 7, 19),
            "Excel har gjort årtalet 2027 till 19 juli 1905. Skriv hela datumet, som 2027-12-31.",
        ),
        (datetime.date(1923, 5, 1), "1 maj 1923 ligger mer än 40 år från överenskommelsens tid. Rätta årtalet."),
        (datetime.date(2126, 5, 1), "1 maj 2126 ligger mer än 40 år från överenskommelsens tid. Rätta årtalet."),
    ],
)
@pytest.mark.parametrize(
    ("sheet", "column"),
    [("agreement", "starts_on"), ("activities", "ends_on"), ("goals", "due_on"), ("linked_plans", "adopted_on")],
)
def test_a_day_from_another_time_is_a_fault(sheet, column, day, told):
    assert f"Blad {sheet}, rad 1, kolumn {column}: {told}" in faults(with_first(sheet, **{column: day}))


@pytest.mark.parametrize(
    "name", ["Lunds\u00a0kommun", "Lunds  kommun", "lunds kommun", "Lunds\u200b kommun", "Lunds komm\u00adun"]
)
def test_an_organisation_that_looks_like_another_is_the_same(name):
    faulty = tables(organisations=[*tables()["organisations"], {"name": name, "kind": "municipality"}])

    assert "Blad organisations, rad 5, kolumn name: Samma som rad 1." in faults(faulty)


@pytest.mark.parametrize("called", ["So\u0308der", "SÖDER", "Sö\u00adder", "\u00a0Söder "])
def test_names_are_referred_to_however_they_are_spelled(called):
    outcome = load(with_first("activities", areas=[called]))

    assert outcome.faults == []
    assert [area.name for area in Activity.objects.get(title="Fältarbete").areas.all()] == ["Söder"]

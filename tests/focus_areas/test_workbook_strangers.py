"""Workbooks that went through another program, and sheets of somebody's own."""

import io

import openpyxl
import pytest

from focus_areas import workbook
from focus_areas.models import Goal
from tests.focus_areas.workbooks import as_xlsx, load, tables

pytestmark = pytest.mark.django_db


def reworked(change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(tables())))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def loaded(change) -> tuple[list[str], list[str]]:
    outcome = workbook.load(reworked(change), "bok.xlsx")
    return [str(fault) for fault in outcome.faults], outcome.changes.remarks


def test_own_and_hidden_sheets_are_passed_over_in_one_remark():
    def change(book):
        book.create_sheet("Mina anteckningar").append(["Ring Eva"])
        book.create_sheet("Blad1").sheet_state = "hidden"

    assert loaded(change) == (
        [],
        ["Bladen ”Mina anteckningar”, ”Blad1” hör inte till arbetsboken och är inte lästa."],
    )


def test_an_optional_sheet_with_a_slip_of_the_pen_is_a_fault():
    def change(book):
        book["Indikatorer"].title = "Indikatorr"

    assert "Blad ”Indikatorr”: Okänt blad. Menas Indikatorer?" in loaded(change)[0]


def test_a_workbook_from_numbers_is_read():
    def change(book):
        for sheet in book.worksheets:
            sheet.insert_rows(1)
            sheet["A1"] = "Tabell 1"
        book["Delområden"].title = "Delområden - Tabell 1"
        book.create_sheet("Exportöversikt", 0).append(["Det här dokumentet exporterades från Numbers."])

    faults, remarks = loaded(change)

    assert faults == []
    assert remarks[0] == "Det som står över rubrikerna på bladet Organisationer är inte läst."
    assert remarks[-1] == "Bladet ”Exportöversikt” hör inte till arbetsboken och är inte läst."
    assert Goal.objects.count() == 2


def test_a_corrected_title_says_what_it_is_like():
    load(tables())
    goals = tables()["goals"]
    goals[1]["statement"] = "Fyra träffar i år"

    outcome = load(tables(goals=goals, commitments=[]), dry_run=True)

    assert [(row.name, row.similar_to) for row in outcome.changes.new] == [("Fyra träffar i år", "Fyra träffar")]


def test_another_title_is_like_nothing():
    load(tables())

    outcome = load(tables(areas=[{"name": "Väster"}, *tables()["areas"]]), dry_run=True)

    assert [(row.name, row.similar_to) for row in outcome.changes.new] == [("Väster", "")]

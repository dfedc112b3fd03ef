"""A workbook that was fetched on Monday does not take back what others changed on Tuesday."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.history import recording
from agreements.models import Agreement, Indicator
from documents.workbooks import write_xlsx, write_yaml
from documents.workbooks.stamps import made_at_of
from focus_areas import workbook
from focus_areas.models import Goal, PendingWorkbook
from tests.factories import as_person
from tests.focus_areas.workbooks import load, tables

pytestmark = pytest.mark.django_db
WRITERS = {"bok.yaml": write_yaml, "bok.xlsx": write_xlsx}


@pytest.fixture
def lund(db):
    load(tables(), at=timezone.now() - datetime.timedelta(days=3))
    return Agreement.objects.get()


def fetched(agreement, name: str, change=lambda tables: None) -> bytes:
    exported = workbook.export(agreement)
    change(exported)
    return WRITERS[name](exported, workbook.SHEETS, made_at=workbook.newest_change())


def set_in_portal(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    # The tests' clock stands still: later is said outright.
    with recording(at=timezone.now() + datetime.timedelta(minutes=1)):
        thing.save()


def told(rows) -> list[tuple]:
    return [(row.sheet, row.name, change.label, change.old, change.new) for row in rows for change in row.fields]


@pytest.mark.parametrize("name", WRITERS)
def test_file_says_when_it_was_made_and_is_the_same_twice(lund, name):
    content = fetched(lund, name)

    assert made_at_of(content) == workbook.newest_change()
    assert fetched(lund, name) == content
    assert workbook.load(content, name).changes.rows == []


@pytest.mark.parametrize("content", [b"", b"PK", b"# H\xc3\xa4mtad ur portalen igen\n", b"a: b"])
def test_file_without_a_time_has_none(content):
    assert made_at_of(content) is None


@pytest.mark.parametrize("name", WRITERS)
def test_what_was_changed_since_is_marked_and_stands(lund, name):
    content = fetched(lund, name, lambda exported: exported["goals"][0].update(unit="procent"))
    set_in_portal(Indicator.objects.get(), kolada_id="N07403")

    outcome = workbook.load(content, name, expected_agreement=lund)

    assert (outcome.faults, outcome.changes.remarks) == ([], [])
    assert told(outcome.changes.rows) == [("Mål", "Fler trygga", "Enhet", "", "procent")]
    assert told(outcome.changes.kept) == [("Indikatorer", "Trygghetsindex", "Nyckeltal i Kolada", "N07403", "")]
    assert Indicator.objects.get().kolada_id == "N07403"


def test_what_was_changed_since_is_taken_back_when_asked_for(lund):
    content = fetched(lund, "bok.yaml")
    set_in_portal(Indicator.objects.get(), kolada_id="N07403")

    changes = workbook.load(content, "bok.yaml", takes_back=True).changes

    assert changes.takes_back
    assert Indicator.objects.get().kolada_id == ""


def test_every_sheet_is_looked_at(lund):
    content = fetched(lund, "bok.xlsx")
    goal = Goal.objects.get(statement="Fyra träffar")
    set_in_portal(lund, purpose="Ett nytt syfte")
    set_in_portal(lund.municipality, short_name="LK")
    set_in_portal(goal, parent=None)
    goal.focus_area.problems.clear()
    goal.focus_area.save()

    changes = workbook.load(content, "bok.xlsx").changes

    assert changes.rows == []
    assert {sheet for sheet, *_ in told(changes.kept)} == {"Organisationer", "Överenskommelse", "Mål", "Fokusområden"}


def test_a_file_without_a_time_says_so(lund):
    content = write_yaml(workbook.export(lund), workbook.SHEETS)

    outcome = workbook.load(content, "bok.yaml", expected_agreement=lund)

    assert outcome.changes.remarks == [
        "Filen säger inte när den hämtades, så det syns inte vad som har ändrats i portalen sedan dess."
    ]


def test_preview_marks_it_and_lets_the_person_choose(client, agreement, coordinator):
    indicator = Indicator.objects.create(agreement=agreement, name="Trygghetsindex")
    as_person(client, coordinator)
    content = client.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "xlsx"])).content
    set_in_portal(indicator, kolada_id="N07403")
    pending = PendingWorkbook.objects.create(
        agreement=agreement, uploaded_by=coordinator, file_name="bok.xlsx", content=content
    )
    address = reverse("focus_areas:workbook_preview", args=[pending.pk])

    kept = client.get(address)
    over = client.get(address, {"skriv-over": "ja"})
    client.post(
        reverse("focus_areas:workbook_confirm", args=[pending.pk]),
        {"digest": over.context["changes"].digest, "skriv-over": "ja"},
    )

    assert "Ändrat efter att filen hämtades" in kept.content.decode()
    assert "(ändrat efter att filen hämtades)" in over.content.decode()
    indicator.refresh_from_db()
    assert indicator.kolada_id == ""

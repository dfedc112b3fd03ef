"""Minutes as they are written: older pages, autosave, and what others have written meanwhile."""

import pytest

from meetings.models import AgendaItem
from meetings.operations import leading
from tests.meeting_factories import make_agenda_item
from tests.meetings.pages import text, url

# --- Minutes without and with JavaScript ---


def test_minutes_from_an_older_page_are_shown_beside_the_saved_ones(meeting, browser, police_liaison):
    item = make_agenda_item(meeting)
    leading.save_minutes(item=item, text="Polisens text.", base_version=0, base_text="", by=police_liaison)

    response = browser.post(url("minutes_update", item), {"minutes": "Min text.", "version": 0})

    assert response.status_code == 409
    assert "Polisens text." in text(response)
    assert "Min text." in text(response)
    assert AgendaItem.objects.get().minutes == "Polisens text."
    merged = browser.post(
        url("minutes_update", item), {"minutes": "Min text.", "version": 1, "conflict_choice": "merge"}
    )
    assert "Polisens text. Min text." in text(merged)
    browser.post(url("minutes_update", item), {"minutes": "Min text.", "version": 1, "conflict_choice": "replace"})
    assert AgendaItem.objects.get().minutes == "Min text."


def test_autosave_merges_and_says_the_version(meeting, browser, police_liaison):
    item = make_agenda_item(meeting)
    leading.save_minutes(item=item, text="Polisens rad.", base_version=0, base_text="", by=police_liaison)

    response = browser.post(url("minutes_save", item), {"minutes": "Min rad.", "base_version": "0", "base_text": ""})

    assert response.json() == {
        "text": "Polisens rad.\nMin rad.",
        "version": 2,
        "saved_at": "09.00",
        "was_merged": True,
        "went_together": True,
    }


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"minutes": "x" * 10_001}, 422),
        ({"minutes": "Ett \x07 pip"}, 422),
        ({"minutes": "Text", "base_version": "-1"}, 200),
        ({"minutes": "Text", "base_version": "9" * 40}, 200),
        ({"minutes": "Text", "base_version": "hej", "base_text": "y" * 50_000}, 200),
        ({}, 200),
    ],
)
def test_strange_autosaves_do_no_harm(meeting, browser, fields, status):
    item = make_agenda_item(meeting, minutes="Det som stod.", minutes_version=3)

    response = browser.post(url("minutes_save", item), fields)

    assert response.status_code == status
    assert "Det som stod." in AgendaItem.objects.get().minutes


def test_autosave_is_refused_when_the_minutes_are_under_review(opened, browser, coordinator):
    item = make_agenda_item(opened)
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = browser.post(url("minutes_save", item), {"minutes": "Mer.", "base_version": "0", "base_text": ""})

    assert response.status_code == 409
    assert response.json()["errors"] == ["Protokollet är på justering. Ta tillbaka det om något ska ändras."]
    assert AgendaItem.objects.get().minutes == ""


def test_poll_answers_with_what_is_new(meeting, browser, coordinator, police_liaison):
    known, changed = make_agenda_item(meeting, "Känd"), make_agenda_item(meeting, "Ändrad")
    leading.save_minutes(item=changed, text="Nytt.", base_version=0, base_text="", by=police_liaison)

    answer = browser.get(url("minutes_list", meeting), {"har": f"{known.pk}-0,{changed.pk}-0,skräp"}).json()

    assert answer["items"] == [{"item": changed.pk, "text": "Nytt.", "version": 1}]
    assert answer["user"] == coordinator.pk

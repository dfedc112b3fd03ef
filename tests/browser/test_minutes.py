"""Minutes that save themselves: two people at once, a session that ends, a server that does not answer."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from agreements.models import Group
from meetings.models import AgendaItem, Decision, Meeting
from meetings.operations import leading
from tests.factories import as_person, group_of
from tests.meeting_factories import make_agenda_item, make_meeting


@pytest.fixture
def meeting(agreement, coordinator, police_liaison):
    """An opened meeting of the preparation group with one item."""
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))
    make_agenda_item(meeting, "Läget i stort")
    leading.open_meeting(meeting=meeting, by=coordinator)
    return meeting


def area_of(page):
    return page.get_by_label("Anteckningar till Läget i stort")


def saved_minutes() -> str:
    return AgendaItem.objects.get().minutes


def test_two_who_write_at_once_lose_nothing(portal, meeting, coordinator, police_liaison):
    first = portal.open(meeting.get_absolute_url(), user=coordinator)
    second = portal.open(meeting.get_absolute_url(), user=police_liaison)

    # Both write before either has seen the other; the saves are half a second apart, for SQLite's sake.
    area_of(first).press_sequentially("Skolan har lov.", delay=5)
    area_of(second).press_sequentially("Polisen ser fler cyklar.", delay=25)
    expect(first.locator("[data-state]")).to_contain_text("Sparat")
    expect(second.locator("[data-state]")).to_contain_text("Sparat")
    area_of(first).press("End")
    area_of(first).press_sequentially(" Och sedan jul.", delay=5)
    area_of(second).press("ControlOrMeta+End")
    area_of(second).press_sequentially(" De är stulna.", delay=25)
    for page in (first, second):
        expect(page.locator("[data-state]")).to_contain_text("Sparat")

    assert {"Skolan har lov. Och sedan jul.", "Polisen ser fler cyklar. De är stulna."} == set(
        saved_minutes().split("\n")
    )


def test_what_another_writes_appears_without_reloading(portal, meeting, coordinator, police_liaison):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    item = AgendaItem.objects.get()

    leading.save_minutes(item=item, text="Polisens rad.", base_version=0, base_text="", by=police_liaison)

    expect(area_of(page)).to_have_value("Polisens rad.", timeout=15_000)


def test_text_survives_that_the_session_ends(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    Session.objects.all().delete()

    area_of(page).fill("Det här får inte försvinna.")
    expect(page.get_by_text("Du har loggats ut.")).to_be_visible()
    assert saved_minutes() == ""
    # Signed in again in another tab of the same browser.
    session = as_person(Client(), coordinator).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])

    expect(page.locator("[data-state]")).to_contain_text("Sparat", timeout=20_000)
    expect(page.get_by_text("Du har loggats ut.")).to_be_hidden()
    assert saved_minutes() == "Det här får inte försvinna."


def test_text_survives_that_the_page_is_left_before_it_is_saved(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    page.route("**/spara/", lambda route: route.abort())
    area_of(page).fill("Skrivet utan nät.")
    expect(page.get_by_text("Det gick inte att nå portalen.")).to_be_visible()
    portal.complaints.clear()
    page.unroute("**/spara/")

    page.reload()

    expect(page.locator("[data-state]")).to_contain_text("Sparat")
    assert saved_minutes() == "Skrivet utan nät."


def test_personal_number_is_not_saved_and_other_personal_data_need_a_reason(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)

    area_of(page).fill("Det gäller 19900101-2385.")
    expect(page.get_by_role("alert")).to_contain_text("personnummer")
    assert saved_minutes() == ""
    portal.complaints.clear()

    area_of(page).fill("Ring växeln, 040-625 60 00.")
    expect(page.get_by_role("alert")).to_contain_text("040-625 60 00")
    portal.complaints.clear()
    page.get_by_label("Varför behöver uppgiften stå här?").fill("Det är kommunens växel.")
    page.get_by_role("button", name="Spara med skälet").click()

    expect(page.locator("[data-state]")).to_contain_text("Sparat")
    assert saved_minutes() == "Ring växeln, 040-625 60 00."


def test_meeting_is_led_with_the_keyboard_alone(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)

    page.get_by_label("Maja Lind").press("Space")
    expect(page.get_by_text("1 av 2 är här.")).to_be_visible()
    page.get_by_role("link", name="Skriv beslut vid Läget i stort").press("Enter")
    expect(page.get_by_label("Vad beslutades?")).to_be_focused()
    page.keyboard.type("Vandringarna fortsätter.")
    page.get_by_role("button", name="Spara beslutet").press("Enter")
    expect(page.get_by_text("Beslut § 1/2026", exact=True)).to_be_visible()
    page.get_by_role("button", name="Avsluta mötet").press("Enter")
    expect(page.get_by_text("Mötet är avslutat.")).to_be_visible()

    assert Decision.objects.get().text == "Vandringarna fortsätter."
    assert Meeting.objects.get().is_held
    assert list(meeting.attendances.filter(is_present=True).values_list("name", flat=True)) == ["Maja Lind"]


def test_meetings_buttons_wait_for_what_is_not_saved_yet(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)

    area_of(page).fill("Sista raden.")
    page.get_by_role("button", name="Avsluta mötet").press("Enter")
    page.get_by_role("button", name="Ja, avsluta mötet ändå").press("Enter")

    expect(page.get_by_text("Mötet är avslutat.")).to_be_visible()
    assert saved_minutes() == "Sista raden."


def test_what_was_written_when_the_minutes_were_closed_can_be_copied(portal, meeting, coordinator, police_liaison):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    leading.close_meeting(meeting=meeting, by=police_liaison)
    leading.send_for_review(meeting=meeting, by=police_liaison)

    area_of(page).fill("För sent.")
    expect(page.get_by_role("alert")).to_contain_text("Protokollet är på justering.")
    portal.complaints.clear()
    page.reload()

    expect(page.get_by_text("För sent.")).to_be_visible()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_text("För sent.")).to_be_hidden()
    assert saved_minutes() == ""


def test_everybody_is_ticked_at_once_and_the_focus_stays(portal, meeting, coordinator):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)

    page.get_by_role("button", name="Alla är här").press("Enter")
    expect(page.get_by_text("2 av 2 är här.")).to_be_visible()
    page.get_by_label("Erik Holm").press("Space")
    expect(page.get_by_text("1 av 2 är här.")).to_be_visible()

    expect(page.get_by_label("Erik Holm")).to_be_focused()
    assert dict(meeting.attendances.values_list("name", "is_present")) == {"Maja Lind": True, "Erik Holm": False}


def test_minutes_are_saved_without_javascript(portal, meeting, coordinator, police_liaison):
    page = portal.open(meeting.get_absolute_url(), user=coordinator, javascript=False)
    item = AgendaItem.objects.get()
    leading.save_minutes(item=item, text="Polisens rad.", base_version=0, base_text="", by=police_liaison)

    area_of(page).fill("Min rad.")
    page.get_by_role("button", name="Spara anteckningar").click()
    expect(page.get_by_role("heading", name="Någon hann före dig")).to_be_visible()
    portal.complaints.clear()
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("button", name="Spara anteckningar").click()

    expect(page.get_by_text("Anteckningarna är sparade.")).to_be_visible()
    assert saved_minutes() == "Polisens rad.\nMin rad."

"""Örat mot marken as it is held: led from the projector with the keyboard alone, reported to from a phone."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Organisation
from agreements.models import Group, Seat
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, Observation, SituationReport
from tests.browser.conftest import PHONE
from tests.browser.test_walks import press_until
from tests.factories import (
    PASSWORD,
    TODAY,
    group_of,
    make_area,
    make_organisation,
    seat_person,
)
from tests.meeting_factories import make_category, make_event, make_meeting, make_observation, situation_group

TWO_WEEKS = datetime.timedelta(weeks=2)
FAR = 400


@pytest.fixture
def meeting(agreement, coordinator, situation_member) -> Meeting:
    """Today's meeting, after eight that were held; one wave of vandalism since the last, and a meeting to come."""
    group = situation_group(agreement)
    vandalism = make_category(agreement, "Skadegörelse", guidance="Klotter och krossade rutor.")
    make_category(agreement, "Trafik", guidance="Buskörning och farliga platser.")
    make_category(agreement, "Anlagd brand", guidance="Papperskorgar och containrar.")
    make_area(agreement, "Arlöv")
    make_area(agreement, "Åkarp")
    for number in range(8, 0, -1):
        make_meeting(group, TODAY - number * TWO_WEEKS, held=True)
    for days in range(1, 7):
        make_observation(agreement, TODAY - datetime.timedelta(days=days), category=vandalism, place="Burlövs station")
    make_event(agreement, TODAY + datetime.timedelta(days=6))
    make_meeting(group, TODAY + TWO_WEEKS)
    return make_meeting(group, TODAY)


def press_on(page, selector: str, key: str = "Tab") -> None:
    """Go to something with the keyboard, and press Enter there."""
    press_until(page, key, selector, most=FAR)
    page.keyboard.press("Enter")


def test_a_whole_meeting_is_led_with_the_keyboard_alone(portal, agreement, coordinator, situation_member, meeting):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    trend = page.locator("#trender tbody tr").first
    expect(trend).to_contain_text("Skadegörelse")
    # Nobody has reported yet, and the meeting has not begun.
    expect(trend).to_contain_text("Inväntar rapporter")

    # Open.
    press_on(page, "form[action$='/oppna/'] button")
    expect(page.get_by_text("Mötet är öppnat.")).to_be_visible()
    expect(page.locator("#trender tbody tr").first).to_contain_text("Sticker ut")

    # Attendance.
    press_until(page, "Tab", "#narvaro input[type=checkbox]", most=FAR)
    page.keyboard.press("Space")
    expect(page.locator("#narvaro")).to_contain_text("1 av 1 är här.")
    assert Attendance.objects.filter(meeting=meeting, is_present=True).count() == 1

    # Three observations, each written where the one before ended.
    press_on(page, ".page-head a[href='#rapportera']", key="Shift+Tab")
    press_until(page, "Tab", "[name='0-category']")
    for number, (letter, text) in enumerate(
        [("T", "Buskörning vid skolan."), ("A", "Brand i en papperskorg."), ("S", "Klotter i gångtunneln.")], 1
    ):
        page.keyboard.type(letter)
        press_until(page, "Tab", "[name='0-text']")
        page.keyboard.type(text)
        press_on(page, "#spara-iakttagelse")
        expect(page.locator("#sedan")).to_contain_text(text)
        expect(page.locator("[name='0-category']")).to_be_focused()
        assert Observation.objects.count() == 6 + number
    assert set(Observation.objects.values_list("category__name", flat=True)) == {
        "Skadegörelse",
        "Trafik",
        "Anlagd brand",
    }

    # One trend discussed, with what was said of it.
    press_on(page, "#trender tbody tr:first-child summary", key="Shift+Tab")
    press_on(page, "#trender tbody tr:first-child a[href*='diskuterad']")
    expect(page.get_by_role("heading", level=1, name="Diskuterad trend: Skadegörelse")).to_be_visible()
    press_until(page, "Tab", "[name=note]")
    page.keyboard.type("BBAB sätter upp belysning.")
    press_on(page, "main button[type=submit]")
    expect(page.locator("#trender tbody tr").first).to_contain_text("Diskuterad")
    item = AgendaItem.objects.get(meeting=meeting)
    assert item.title == "Trend: Skadegörelse"
    assert "Det sticker ut" in item.minutes
    assert item.minutes.endswith("BBAB sätter upp belysning.")

    # One action point, from the trend.
    press_on(page, "#trender tbody tr:first-child summary")
    press_on(page, "#trender tbody tr:first-child a[href*='atgardspunkt']")
    expect(page.get_by_role("heading", level=1, name="Gör en åtgärdspunkt")).to_be_visible()
    press_until(page, "Tab", "[name=text]")
    page.keyboard.press("End")
    page.keyboard.type("laga belysningen vid stationen")
    press_on(page, "main button[type=submit]")
    expect(page.locator("#atgardspunkter")).to_contain_text("Skadegörelse: laga belysningen vid stationen")
    assert ActionPoint.objects.get().meeting == meeting

    # Close; the next meeting has the open point in it.
    press_on(page, "form[action$='/avsluta/'] button")
    expect(page.get_by_text("Mötet är avslutat.")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.is_held
    press_on(page, "a[rel=next]")
    expect(page.locator("#atgardspunkter")).to_contain_text("Skadegörelse: laga belysningen vid stationen")


@pytest.fixture
def rescuer(agreement):
    """A station officer of the rescue service, in Örat mot marken."""
    rescue_service = make_organisation("Räddningstjänsten Syd", kind=Organisation.Kind.RESCUE_SERVICE)
    agreement.organisations.add(rescue_service)
    return seat_person(
        agreement,
        Seat.Function.MEMBER,
        Group.Kind.SITUATION,
        organisation=rescue_service,
        full_name="Per Brandt",
        title="Stationschef",
    )


THREE = [
    ("Anlagd brand", "Arlöv", "Tre papperskorgar vid torget."),
    ("Anlagd brand", "Åkarp", "Container bakom hallen."),
    ("Trafik", "Arlöv", "Bilar i vägen för brandposten."),
]


def test_a_rescuer_reports_three_observations_on_a_phone(portal, agreement, rescuer, meeting):
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY)
    page = portal.open(reverse("meetings:observation_create", args=[agreement.pk]), user=rescuer, viewport=PHONE)
    before, taps = Observation.objects.count(), 0

    for number, (category, area, text) in enumerate(THREE):
        if number:
            page.get_by_role("button", name="Lägg till en till").tap()
            taps += 1
        block = page.locator("[data-block]").nth(number)
        block.get_by_label(category).tap()
        block.get_by_label(area, exact=True).tap()
        block.get_by_label("Vad har hänt?").tap()
        block.get_by_label("Vad har hänt?").fill(text)
        taps += 3
    page.get_by_role("button", name="Spara", exact=True).tap()
    expect(page.get_by_text("Tre iakttagelser är sparade.")).to_be_visible()

    # Twelve taps and three short lines: well under a minute.
    assert taps + 1 <= 12
    seen = Observation.objects.order_by("pk")[before:]
    assert [(one.category.name, one.area.name, one.text) for one in seen] == THREE
    assert {str(one.source) for one in seen} == {"Räddningstjänsten Syd"}
    assert SituationReport.objects.get().meeting == meeting
    # Text is seen before the style sheet has come.
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.request.get(steering.get_absolute_url()).status == 403


def test_without_script_each_is_saved_by_itself(portal, agreement, rescuer, meeting):
    address = reverse("meetings:observation_create", args=[agreement.pk])
    page = portal.open(address, user=rescuer, viewport=PHONE, javascript=False)
    before = Observation.objects.count()

    page.get_by_label("Anlagd brand").check()
    page.get_by_label("Arlöv", exact=True).check()
    page.get_by_label("Vad har hänt?").fill("Papperskorg vid torget.")
    page.get_by_role("button", name="Spara och lägg till en till").click()
    expect(page.get_by_text("En iakttagelse är sparad.")).to_be_visible()
    expect(page.get_by_label("Anlagd brand")).to_be_checked()
    expect(page.get_by_label("Arlöv", exact=True)).to_be_checked()
    page.get_by_label("Vad har hänt?").fill("Papperskorg vid skolan.")
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.get_by_role("heading", level=1, name="Iakttagelser")).to_be_visible()
    assert Observation.objects.count() == before + 2


def test_nothing_to_report_is_one_tap(portal, agreement, rescuer, meeting, javascript):
    address = reverse("meetings:observation_create", args=[agreement.pk])
    page = portal.open(address, user=rescuer, viewport=PHONE, javascript=javascript)

    page.get_by_role("button", name="Inget att rapportera från Räddningstjänsten Syd").tap()

    expect(page.get_by_text("har rapporterat: inget att rapportera.")).to_be_visible()
    assert SituationReport.objects.get().organisation.name == "Räddningstjänsten Syd"


def test_a_personal_number_is_marked_where_it_stands(portal, agreement, coordinator, meeting):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    form = page.locator("#rapportera")

    form.get_by_label("Kategori").select_option(label="Trafik")
    form.get_by_label("Vad har hänt?").fill("Föraren var 811218-9876.")
    form.get_by_role("button", name="Spara iakttagelse").click()

    expect(form.locator(".error-summary")).to_be_focused()
    expect(form).to_contain_text("personnummer")
    expect(form.get_by_label("Vad har hänt?")).to_have_value("Föraren var 811218-9876.")
    expect(page.get_by_role("heading", level=1, name="Örat mot marken")).to_be_visible()
    assert not Observation.objects.filter(category__name="Trafik").exists()


def write_of_traffic(page):
    form = page.locator("#rapportera")
    form.get_by_label("Kategori").select_option(label="Trafik")
    form.get_by_label("Vad har hänt?").fill("Buskörning vid skolan.")
    form.get_by_role("button", name="Spara iakttagelse").click()


def test_what_was_written_survives_that_the_session_ends(portal, agreement, coordinator, meeting):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    Session.objects.all().delete()

    write_of_traffic(page)
    page.get_by_label("E-post").fill(coordinator.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()

    expect(page.get_by_text("Det du skrev finns kvar")).to_be_visible()
    expect(page.get_by_label("Vad har hänt?")).to_have_value("Buskörning vid skolan.")
    assert not Observation.objects.filter(category__name="Trafik").exists()


def test_a_server_that_does_not_answer_is_told_of(portal, agreement, coordinator, meeting):
    page = portal.open(meeting.get_absolute_url(), user=coordinator)
    page.route("**/iakttagelser/nya/**", lambda route: route.abort())

    write_of_traffic(page)

    expect(page.get_by_text("Det gick inte. Pröva igen, eller ladda om sidan.")).to_be_visible()
    expect(page.get_by_label("Vad har hänt?")).to_have_value("Buskörning vid skolan.")
    portal.complaints.clear()

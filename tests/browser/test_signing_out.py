"""A shared computer: nothing is seen after signing out, and nothing that was written is lost or another's."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from focus_areas.models import LogEntry
from tests.factories import PASSWORD, as_person, make_activity, make_focus_area
from tests.meeting_factories import make_observation

WORDS = "Möte med fastighetsägarna 🚲"


@pytest.fixture
def activity(agreement, coordinator):
    return make_activity(make_focus_area(agreement), by=coordinator)


@pytest.fixture
def log_address(activity):
    return reverse("focus_areas:log_create", args=[activity.pk])


def sign_out(page):
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1, name="Logga in")).to_be_visible()


def sign_in(page, person):
    page.goto(reverse("account_login"))
    page.get_by_label("E-post").fill(person.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/")


def test_back_shows_nothing_after_signing_out(portal, agreement, coordinator, activity):
    observation = make_observation(agreement, text="Klotter i gångtunneln.")
    secrets = {activity.get_absolute_url(): activity.title, observation.get_absolute_url(): observation.text}
    page = portal.open(user=coordinator)
    for address, secret in secrets.items():
        page.goto(address)
        expect(page.get_by_text(secret).first).to_be_visible()
    sign_out(page)

    for _ in range(4):
        page.go_back()
        expect(page.get_by_role("heading", level=1, name="Logga in")).to_be_visible()
        assert not any(secret in page.content() for secret in secrets.values())


def test_text_of_one_tab_survives_signing_out_and_in_in_another(portal, coordinator, log_address):
    first = portal.open(log_address, user=coordinator)
    first.get_by_label("Vad gjordes?").fill(WORDS)
    second = first.context.new_page()
    sign_out(second)
    sign_in(second, coordinator)

    first.get_by_role("button", name="Spara").click()
    expect(first.get_by_text("Det du skrev finns kvar")).to_be_visible()
    # Left by mistake, and reloaded.
    first.goto("/")
    first.get_by_role("link", name="Visa det").click()
    first.get_by_role("link", name=WORDS).click()
    first.reload()
    expect(first.get_by_label("Vad gjordes?")).to_have_value(WORDS)
    first.get_by_role("button", name="Spara").click()

    expect(first.get_by_text(WORDS).first).to_be_visible()
    assert LogEntry.objects.get().text == WORDS
    first.goto("/")
    expect(first.get_by_role("link", name="Visa det")).to_have_count(0)


def test_text_of_one_tab_is_not_shown_to_who_signs_in_in_another(portal, coordinator, police_liaison, log_address):
    first = portal.open(log_address, user=coordinator)
    first.get_by_label("Vad gjordes?").fill(WORDS)
    second = first.context.new_page()
    sign_out(second)
    sign_in(second, police_liaison)

    first.get_by_role("button", name="Spara").click()
    expect(first.get_by_role("heading", level=1, name="Formuläret är någon annans")).to_be_visible()
    for address in (log_address, "/", reverse("interrupted_form")):
        first.goto(address)
        assert WORDS not in first.content()
    assert not LogEntry.objects.exists()

    own = portal.open(user=coordinator)
    sign_out(own)
    sign_in(own, coordinator)
    own.get_by_role("link", name="Visa det").click()
    expect(own.get_by_role("link", name=WORDS)).to_be_visible()
    portal.complaints.clear()


def test_part_of_a_page_says_where_it_stands_that_the_session_has_ended(portal, agreement, coordinator, activity):
    page = portal.open(reverse("focus_areas:action_plan", args=[agreement.pk]), user=coordinator)
    Session.objects.all().delete()

    page.locator("form.filters select").first.select_option(index=1)

    expect(page.get_by_text("Du har loggats ut.")).to_be_visible()
    expect(page.locator("#aktiviteter")).to_contain_text(activity.title)
    session = as_person(Client(), coordinator).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    page.locator("form.filters select").first.select_option(index=0)
    expect(page.get_by_text("Du har loggats ut.")).to_have_count(0)

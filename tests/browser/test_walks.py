"""The three people's moments, as the experience describes them, each with and without JavaScript."""

from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Group
from focus_areas.models import LogEntry, StatusUpdate
from tests.browser.conftest import PHONE
from tests.factories import (
    PASSWORD,
    group_of,
    make_activity,
    make_commitment,
    make_focus_area,
    make_status_update,
    organisation_of,
)


def make_walks(agreement, *, by):
    """An activity that the police lead, with a commitment to count and a first status update."""
    activity = make_activity(
        make_focus_area(agreement, title="Trygga offentliga platser"),
        lead=[organisation_of(agreement, "Polisen")],
        participants=[organisation_of(agreement, "SF")],
        working_group=group_of(agreement, Group.Kind.WORKING),
    )
    make_commitment(activity, text="Trygghetsvandringar", planned=4)
    make_status_update(activity, by=by, text="Två vandringar är gjorda.")
    return activity


def entries(activity) -> list[tuple]:
    return list(activity.log_entries.order_by("pk").values_list("text", "quantity"))


def test_coordinator_logs_logs_again_corrects_and_undoes(portal, agreement, coordinator, javascript):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open(user=coordinator, javascript=javascript)

    # Log from the start page.
    page.get_by_label("Aktivitet och åtagande").select_option(label="Trygghetsvandringar")
    page.get_by_role("textbox", name="Antal").fill("1")
    page.get_by_label("Vad gjordes?").fill("Vi gick genom centrala Arlöv.")
    page.get_by_role("button", name="Spara anteckning").click()
    expect(page.get_by_text("Anteckningen är sparad.")).to_be_visible()
    assert entries(activity) == [("Vi gick genom centrala Arlöv.", 1)]

    # Once more like this.
    page.goto(activity.get_absolute_url())
    page.get_by_role("link", name="Logga en gång till").click()
    page.get_by_role("button", name="Spara anteckning").click()
    expect(page.get_by_text("Anteckningen är sparad.")).to_be_visible()
    assert entries(activity) == [("Vi gick genom centrala Arlöv.", 1)] * 2

    # Correct the first of them.
    first = activity.log_entries.earliest("pk")
    page.goto(activity.get_absolute_url())
    page.locator(f"#anteckning-{first.pk}").get_by_role("link", name="Rätta").click()
    page.locator("[name=quantity]").fill("2")
    page.get_by_role("button", name="Spara anteckning").click()
    expect(page.get_by_text("Anteckningen är rättad.")).to_be_visible()
    assert entries(activity) == [("Vi gick genom centrala Arlöv.", 2), ("Vi gick genom centrala Arlöv.", 1)]

    # Take the correction back in the history.
    page.get_by_role("link", name="Hela historiken, ångra").click()
    changes = page.locator("ol.log > li").filter(has_text="från 1 till 2")
    changes.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    assert entries(activity) == [("Vi gick genom centrala Arlöv.", 1)] * 2
    assert LogEntry.history.filter(history_user=coordinator).count() == 4


def test_police_liaison_changes_a_status_in_two_taps(portal, agreement, coordinator, police_liaison, javascript):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open(user=police_liaison, javascript=javascript, viewport=PHONE)
    card = page.locator(f"#lage-{activity.pk}")

    card.get_by_label("Mindre avvikelse").tap()
    card.get_by_role("button", name="Spara lägesrapport").tap()

    expect(page.get_by_text("Lägesrapporten är sparad.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Läget i dag")).to_be_visible()
    newest = StatusUpdate.objects.newest_first().first()
    assert (newest.assessment, newest.status, newest.text, newest.created_by) == (
        "yellow",
        "ongoing",
        "Två vandringar är gjorda.",
        police_liaison,
    )
    activity.refresh_from_db()
    assert activity.assessment == "yellow"


def test_police_liaison_says_that_nothing_changed_in_one_tap(
    portal, agreement, coordinator, police_liaison, javascript
):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open(user=police_liaison, javascript=javascript, viewport=PHONE)

    page.get_by_role("button", name="Läget är oförändrat").tap()

    expect(page.get_by_text("är bekräftat i dag")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Läget i dag")).to_be_visible()
    assert (
        list(StatusUpdate.objects.filter(activity=activity).values_list("text", "assessment"))
        == [("Två vandringar är gjorda.", "green")] * 2
    )


def test_steering_group_member_signs_in_reads_and_takes_the_report_along(
    portal, agreement, coordinator, steering_member, javascript
):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open(javascript=javascript)

    page.get_by_label("E-post").fill(steering_member.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1, name="Läget i dag")).to_be_visible()

    page.goto(agreement.get_plan_url())
    expect(page.locator("main").get_by_role("row", name=activity.title)).to_contain_text("Enligt plan")

    page.goto(reverse("reports:follow_up_report", args=[agreement.pk]))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with page.expect_download() as download:
        page.locator("main").get_by_text("PDF").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def press_until(page, key: str, selector: str, most: int = 80):
    """Press the key until the focus is where it should be."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{key} never reached {selector}")


def test_everything_is_reached_by_keyboard(portal, agreement, coordinator):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open()

    press_until(page, "Tab", "input[type=email]")
    page.keyboard.type(coordinator.email)
    press_until(page, "Tab", "input[type=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Läget i dag")).to_be_visible()

    # The first thing the keyboard reaches is the way past the menu.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"

    press_until(page, "Tab", "select[name=target]")
    page.keyboard.type("Trygghetsvandringar")
    press_until(page, "Tab", "input[name=quantity]")
    page.keyboard.type("1")
    press_until(page, "Tab", "textarea[name=text]")
    page.keyboard.type("Vi gick genom Åkarp.")
    press_until(page, "Tab", "button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Anteckningen är sparad.")).to_be_visible()
    assert entries(activity) == [("Vi gick genom Åkarp.", 1)]


def test_a_wrong_form_puts_the_focus_on_what_to_correct(portal, agreement, coordinator):
    activity = make_walks(agreement, by=coordinator)
    page = portal.open(reverse("focus_areas:log_create", args=[activity.pk]), user=coordinator)

    page.locator("[name=quantity]").fill("-1")
    page.get_by_label("Vad gjordes?").fill("Vi gick genom Åkarp.")
    page.get_by_role("button", name="Spara anteckning").click()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Vad gjordes?")).to_have_value("Vi gick genom Åkarp.")
    assert entries(activity) == []

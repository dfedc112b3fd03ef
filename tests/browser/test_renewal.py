"""The renewal of the demo agreement to 2027–2030, by the coordinator's own hands, in under three minutes of clicks."""

import hashlib
import time

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from agreements.models import Agreement
from burlov_trygghet.demo.loading import REFERENCE, load_demo
from documents.workbooks import write_yaml
from focus_areas import workbook
from focus_areas.models import Activity, Renewal
from tests.browser.test_walks import press_until

MOST_SECONDS = 180


def checksum(agreement: Agreement) -> str:
    return hashlib.sha256(write_yaml(workbook.export(agreement), workbook.SHEETS)).hexdigest()


def histories(agreement: Agreement) -> tuple[int, int]:
    return agreement.history.count(), Activity.history.filter(focus_area__agreement=agreement).count()


def choices_for(page, activity: Activity):
    """The block of an activity on the page, with its choices and its reason."""
    return page.locator(".update").filter(has=page.get_by_role("heading", name=str(activity), exact=True))


def test_demo_agreement_is_renewed_within_three_minutes(portal, frozen_today):
    load_demo(now=timezone.now())
    old = Agreement.objects.get(reference_number=REFERENCE)
    before = checksum(old), histories(old)
    coordinator = User.objects.get(email="samordnare@burlov.example")
    activities = {activity.title: activity for activity in Activity.objects.of(old).select_related("focus_area")}
    page = portal.open(old.get_absolute_url(), user=coordinator)
    started = time.perf_counter()

    # 1. The period: the suggestion stands.
    page.get_by_role("link", name="Förnya överenskommelsen").click()
    expect(page.get_by_label("Gäller från och med")).to_have_value("2027-01-01")
    expect(page.get_by_label("Gäller till och med")).to_have_value("2030-12-31")
    page.get_by_role("button", name="Börja förnyelsen").click()

    # 2. The activities: one changes, one ends, the rest go on; by keyboard to the first choice.
    page.get_by_role("link", name="Välj för aktiviteterna").click()
    changed = choices_for(page, activities["Trygghetsvandringar"])
    press_until(page, "Tab", f"#{changed.get_by_role('radio').first.get_attribute('id')}", most=200)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Fler stadsdelar än centrala Arlöv.")
    ended = choices_for(page, activities["Avhopparverksamhet"])
    ended.get_by_label("Avslutas").check()
    ended.get_by_label("Skäl").fill("Malmö stad tar över.")
    page.get_by_role("button", name="Fortsätt med alla som inte är avslutade").click()

    # 3. The goals: all go along.
    page.get_by_role("link", name="Välj för målen").click()
    page.get_by_role("button", name="För över alla som inte är valda").click()

    # 4. The seats: the suggestions stand.
    page.get_by_role("link", name="Välj för platserna").click()
    page.get_by_role("button", name="Spara valen").click()

    # 5. The closing statement begins with the period's figures.
    page.get_by_role("link", name="Skriv slutordet").click()
    page.get_by_label("Slutord").press_sequentially("Perioden har lärt oss att mötas ofta.\n\n")
    page.get_by_role("button", name="Spara slutordet").click()

    # 6. The draft.
    page.get_by_role("button", name="Gör utkastet").click()
    expect(page.get_by_text("Utkastet är gjort. Den gamla överenskommelsen är orörd.")).to_be_visible()
    expect(page.get_by_role("link", name=str(activities["Trygghetsvandringar"]))).to_be_visible()
    assert time.perf_counter() - started < MOST_SECONDS

    page.get_by_role("link", name="Öppna utkastet").click()
    draft = Agreement.objects.get(predecessor=old)
    expect(page).to_have_url(portal.url + draft.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_contain_text("2027–2030")
    carried = {activity.carried_over_from.title for activity in Activity.objects.of(draft)}
    assert carried == set(activities) - {"Avhopparverksamhet"}
    assert (str(draft.starts_on), str(draft.ends_on), draft.state) == ("2027-01-01", "2030-12-31", "draft")
    assert "Perioden har lärt oss" in Renewal.objects.get(agreement=old).closing_statement

    # The two periods side by side, and nothing of the old one changed.
    page.goto(reverse("focus_areas:period_comparison", args=[old.pk]))
    expect(page.get_by_role("row", name="3.4 Avhopparverksamhet")).to_contain_text("Malmö stad tar över.")
    assert (checksum(old), histories(old)) == before

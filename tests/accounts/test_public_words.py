"""What residents will read is shown to whoever writes it, where a small count of people is masked there."""

import pytest
from django.urls import reverse

from accounts.models import ConfirmedPersonalData
from focus_areas.models import Activity, CommunicationItem, FocusArea, Goal
from reports.models import Report
from tests.factories import TODAY, as_person, make_activity, make_focus_area
from tests.focus_areas.test_contention import activity_data
from tests.report_factories import make_issued_report, make_report
from tests.reports.draft_forms import written
from tests.thread_factories import make_communication_item, make_communication_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_today")]
TOLD = "3 pojkar fick stöd. Fem skolor var med."
QUESTION = "Invånarna får läsa: <q><mark>Färre än 5 pojkar</mark> fick stöd. Fem skolor var med.</q>"


@pytest.fixture
def browser(client, coordinator):
    return as_person(client, coordinator)


@pytest.fixture
def activity(agreement) -> Activity:
    return make_activity(make_focus_area(agreement), title="Stöd", is_public=True, public_text="Vi ger stöd.")


def seen(response) -> dict[str, str]:
    return {"personal_data_seen": response.context["form"].personal_data.seen}


def test_few_people_in_an_opened_activity_are_asked_about_once_and_kept_as_written(browser, activity, coordinator):
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    form = activity_data(activity, is_public="on", public_text=TOLD)

    asked = browser.post(address, form)

    assert QUESTION in asked.text
    assert "Läs en gång till" in asked.text
    assert "Det här behöver rättas" not in asked.text
    assert asked.text.count("Invånarna får inte läsa hur få människor det är.") == 1
    assert "Personuppgifter i texten" not in asked.text
    assert "Varför behöver uppgiften stå här?" not in asked.text
    activity.refresh_from_db()
    assert activity.public_text == "Vi ger stöd."

    saved = browser.post(address, form | seen(asked))
    activity.refresh_from_db()

    assert saved.status_code == 302
    assert activity.public_text == TOLD
    kept = ConfirmedPersonalData.objects.get()
    assert (kept.kind, kept.field, kept.confirmed_by) == ("small_count", "Det invånarna får läsa", coordinator)
    form = activity_data(activity, is_public="on", public_text=f"{TOLD} Arbetet går vidare.")
    assert browser.post(address, form).status_code == 302


def test_an_answer_holds_for_no_other_count(browser, activity):
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    asked = browser.post(address, activity_data(activity, is_public="on", public_text=TOLD))

    again = browser.post(
        address, activity_data(activity, is_public="on", public_text=f"{TOLD} 2 flickor kom.") | seen(asked)
    )

    assert "<mark>färre än 5 flickor</mark>".lower() in again.text.lower()
    assert again.context["form"].personal_data.asked.startswith("Invånarna får inte läsa hur få")


def test_opening_an_activity_asks_about_what_stood_there(browser, activity):
    Activity.objects.filter(pk=activity.pk).update(is_public=False, public_text=TOLD, title="Stöd till 2 ungdomar")
    activity.refresh_from_db()
    address = reverse("focus_areas:activity_update", args=[activity.pk])

    assert browser.post(address, activity_data(activity, public_text=TOLD)).status_code == 302
    activity.refresh_from_db()
    asked = browser.post(address, activity_data(activity, public_text=TOLD, is_public="on"))

    assert QUESTION in asked.text
    assert "Stöd till <mark>färre än 5 ungdomar</mark>" in asked.text


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [({}, True), ({"direction": "internal"}, False), ({"activity": "inner"}, False), ({"activity": "opened"}, True)],
)
def test_message_is_asked_about_where_residents_read_it(browser, agreement, activity, changes, is_asked):
    inner = make_activity(activity.focus_area, title="Intern")
    if "activity" in changes:
        changes = {"activity": {"inner": inner, "opened": activity}[changes["activity"]].pk}
    address = reverse("focus_areas:communication_item_create", args=[make_communication_plan(agreement).pk])

    answer = browser.post(address, {"direction": "external", "audience": "Alla", "message": TOLD} | changes)

    assert (answer.status_code == 200) == is_asked
    if is_asked:
        assert QUESTION in answer.text
    assert CommunicationItem.objects.exists() != is_asked


def test_title_of_a_focus_area_is_asked_about(browser, agreement):
    agreement.state = "draft"
    agreement.save()
    address = reverse("focus_areas:focus_area_create", args=[agreement.pk])
    form = {"number": "9", "title": "Tre familjer i Arlöv"}

    asked = browser.post(address, form)

    assert "Invånarna får läsa: <q><mark>Färre än 5 familjer</mark> i Arlöv</q>" in asked.text
    assert browser.post(address, form | seen(asked)).status_code == 302
    assert FocusArea.objects.get(number=9).title == "Tre familjer i Arlöv"


@pytest.mark.parametrize("is_public", [True, False])
def test_goal_is_asked_about_where_its_focus_area_is_shown(browser, activity, is_public):
    Activity.objects.filter(pk=activity.pk).update(is_public=is_public)
    address = reverse("focus_areas:goal_create", args=[activity.focus_area_id])

    answer = browser.post(address, {"kind": "effect", "statement": "Högst 2 ungdomar rekryteras"})

    assert ("färre än 5 ungdomar" in answer.text.lower()) == is_public
    assert Goal.objects.exists() != is_public


@pytest.mark.parametrize("kind", [Report.Kind.PUBLIC, Report.Kind.FOLLOW_UP])
def test_words_of_a_report_are_asked_about_where_it_is_for_residents(browser, agreement, activity, kind):
    report = make_report(agreement, kind=kind)
    comment = f"comment_{activity.focus_area_id}"
    words = {"title": "Om 3 pojkar", "summary": TOLD, "conclusions": "Två elever flyttade.", comment: "En enda pojke."}

    answer = browser.post(reverse("reports:report_update", args=[report.pk]), written(report, **words))

    fields = {one.field.name for one in answer.context["form"].personal_data.found} if answer.context else set()
    assert fields == (set(words) if kind == Report.Kind.PUBLIC else set())


def test_reason_of_a_correction_is_asked_about_where_residents_read_it(browser, agreement, coordinator, activity):
    for kind, status in ((Report.Kind.PUBLIC, 200), (Report.Kind.FOLLOW_UP, 302)):
        report = make_issued_report(agreement, by=coordinator, kind=kind)

        answer = browser.post(reverse("reports:report_correct", args=[report.pk]), {"reason": "2 barn saknades."})

        assert answer.status_code == status


def test_told_item_is_asked_about_when_it_turns_outwards(browser, agreement):
    item = make_communication_item(
        make_communication_plan(agreement), direction="internal", message=TOLD, done_on=TODAY
    )
    address = reverse("focus_areas:communication_item_update", args=[item.pk])

    answer = browser.post(address, {"direction": "external", "audience": item.audience, "message": TOLD})

    assert QUESTION in answer.text

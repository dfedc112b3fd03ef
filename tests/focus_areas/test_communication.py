import datetime

import pytest
from django.urls import reverse

from focus_areas.models import CommunicationItem, CommunicationPlan
from tests.factories import TODAY, as_person, make_activity, make_focus_area
from tests.thread_factories import make_communication_item, make_communication_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_today")]


@pytest.fixture
def browser(client, coordinator):
    return as_person(client, coordinator)


@pytest.fixture
def plan(agreement) -> CommunicationPlan:
    return make_communication_plan(agreement)


def item_form(**fields) -> dict:
    return {"direction": "external", "audience": "Boende i Arlöv", "message": "Vandringen är 3 december."} | fields


def test_list_without_a_joint_plan_says_that_it_is_missing(browser, agreement):
    answer = browser.get(reverse("focus_areas:communication_list", args=[agreement.pk]))

    assert "Den gemensamma kommunikationsplanen saknas." in answer.text


def test_first_plan_is_the_joint_one(browser, agreement):
    address = reverse("focus_areas:communication_plan_create", args=[agreement.pk])

    assert browser.get(address).context["form"]["is_joint"].value() is True
    answer = browser.post(address, {"title": "Kommunikationsplan", "is_joint": "on"})

    plan = CommunicationPlan.objects.get()
    assert answer.url == plan.get_absolute_url()
    assert plan.is_joint
    assert plan.history.get().history_user.full_name == "Maja Lind"


def test_second_joint_plan_is_refused_beside_the_field(browser, agreement, plan):
    address = reverse("focus_areas:communication_plan_create", args=[agreement.pk])

    answer = browser.post(address, {"title": "En till", "is_joint": "on"})

    assert answer.context["form"].errors["is_joint"] == ["Parterna har redan en gemensam kommunikationsplan."]


def test_item_is_saved_and_shown_where_it_is_waiting(browser, agreement, plan):
    address = reverse("focus_areas:communication_item_create", args=[plan.pk])

    answer = browser.post(address, item_form(due_on="2026-11-20"))

    item = CommunicationItem.objects.get()
    assert answer.url == f"{plan.get_absolute_url()}#insats-{item.pk}"
    page = browser.get(reverse("focus_areas:communication_list", args=[agreement.pk]))
    assert list(page.context["waiting"]) == [item]
    assert "3 dagar försenad" in page.text


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"done_on": "2026-11-24"}, "done_on", "Dagen har inte varit än."),
        ({"message": ""}, "message", "Fyll i budskap."),
        ({"direction": "sideways"}, "direction", None),
        ({"audience": "x" * 151}, "audience", "Texten får vara högst 150 tecken, den är 151."),
        ({"message": "Ring 19900101-0017"}, "message", None),
    ],
)
def test_item_with_a_fault_is_refused(browser, plan, fields, field, error):
    address = reverse("focus_areas:communication_item_create", args=[plan.pk])

    answer = browser.post(address, item_form(**fields))

    assert list(answer.context["form"].errors) == [field]
    assert error is None or answer.context["form"].errors[field] == [error]
    assert not CommunicationItem.objects.exists()


def test_item_offers_only_the_agreements_own_activities(browser, plan, agreement, other_agreement):
    own = make_activity(make_focus_area(agreement))
    elsewhere = make_activity(make_focus_area(other_agreement))
    address = reverse("focus_areas:communication_item_create", args=[plan.pk])

    answer = browser.post(address, item_form(activity=elsewhere.pk))

    assert "activity" in answer.context["form"].errors
    assert list(answer.context["form"].fields["activity"].queryset) == [own]


def test_finishing_twice_keeps_the_first_day(browser, plan):
    item = make_communication_item(plan, done_on=TODAY - datetime.timedelta(days=2))

    browser.post(reverse("focus_areas:communication_item_finish", args=[item.pk]))

    item.refresh_from_db()
    assert item.done_on == TODAY - datetime.timedelta(days=2)
    assert item.history.count() == 1


def test_finishing_notes_today(browser, plan):
    item = make_communication_item(plan)

    browser.post(reverse("focus_areas:communication_item_finish", args=[item.pk]))

    item.refresh_from_db()
    assert item.done_on == TODAY


def test_plan_with_items_is_not_removed(browser, plan):
    make_communication_item(plan)

    answer = browser.post(reverse("focus_areas:communication_plan_delete", args=[plan.pk]), follow=True)

    assert "Planen har insatser." in answer.text
    assert CommunicationPlan.objects.filter(pk=plan.pk).exists()


def test_empty_plan_is_removed_and_kept_in_history(browser, agreement, plan):
    answer = browser.post(reverse("focus_areas:communication_plan_delete", args=[plan.pk]))

    assert answer.url == reverse("focus_areas:communication_list", args=[agreement.pk])
    assert CommunicationPlan.history.filter(history_type="-").count() == 1


def test_reader_reads_but_finds_no_commands(client, reader, agreement, plan):
    item = make_communication_item(plan)
    browser = as_person(client, reader)

    page = browser.get(plan.get_absolute_url())

    assert item.message in page.text
    assert reverse("focus_areas:communication_item_finish", args=[item.pk]) not in page.text
    assert browser.post(reverse("focus_areas:communication_item_finish", args=[item.pk])).status_code == 403


def test_closed_agreement_takes_no_more_items(browser, agreement, plan):
    agreement.state = "closed"
    agreement.save()

    answer = browser.post(reverse("focus_areas:communication_item_create", args=[plan.pk]), item_form())

    assert answer.status_code == 403
    assert not CommunicationItem.objects.exists()

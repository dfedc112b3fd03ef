"""Plans under other acts, on the agreement's page (Lag 2023:196, 7 §)."""

import datetime

import pytest
from django.urls import reverse

from agreements.models import Agreement, LinkedPlan
from tests.factories import as_person
from tests.thread_factories import make_linked_plan

FILLED_IN = {"title": "ANDTS-plan 2025–2028", "subject": "drugs"}


def page(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


def test_agreement_without_other_plans_shows_the_gap(client, coordinator, agreement):
    response = as_person(client, coordinator).get(agreement.get_absolute_url())

    text = response.content.decode()
    assert "Inga andra planer är angivna." in text
    assert page("linked_plan_create", agreement) in text


def test_reader_sees_the_plans_without_what_changes_them(client, reader, agreement):
    plan = make_linked_plan(agreement, title="ANDTS-plan", adopted_on=datetime.date(2025, 2, 1))

    response = as_person(client, reader).get(agreement.get_absolute_url())

    text = response.content.decode()
    assert "ANDTS-plan" in text
    assert "antagen 1 februari 2025" in text
    assert page("linked_plan_update", plan) not in text


def test_coordinator_adds_a_plan(client, coordinator, agreement):
    response = as_person(client, coordinator).post(
        page("linked_plan_create", agreement), FILLED_IN | {"address": "https://burlov.example/andts"}
    )

    plan = agreement.linkedplans.get()
    assert response.url == f"{agreement.get_absolute_url()}#andra-planer"
    assert (plan.title, plan.subject, plan.address) == (
        "ANDTS-plan 2025–2028",
        LinkedPlan.Subject.DRUGS,
        "https://burlov.example/andts",
    )
    assert plan.history.get().history_user == coordinator


@pytest.mark.parametrize("address", ["javascript:alert(1)", "burlov", "ftp://burlov.example/plan", "https://"])
def test_address_is_one_to_read_a_plan_at(client, coordinator, agreement, address):
    response = as_person(client, coordinator).post(
        page("linked_plan_create", agreement), FILLED_IN | {"address": address}
    )

    assert "address" in response.context["form"].errors
    assert LinkedPlan.objects.count() == 0


def test_same_plan_twice_is_refused(client, coordinator, agreement):
    make_linked_plan(agreement, title=FILLED_IN["title"])

    response = as_person(client, coordinator).post(page("linked_plan_create", agreement), FILLED_IN)

    assert response.context["form"].errors["title"] == ["Planen är redan inlagd."]


def test_plan_is_changed_and_taken_away(client, coordinator, agreement):
    plan = make_linked_plan(agreement)
    as_person(client, coordinator)

    client.post(page("linked_plan_update", plan), FILLED_IN)
    plan.refresh_from_db()
    changed = plan.title
    client.post(page("linked_plan_delete", plan))

    assert changed == FILLED_IN["title"]
    assert LinkedPlan.objects.count() == 0
    assert LinkedPlan.history.filter(id=plan.pk).latest().history_user == coordinator


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "reader"])
def test_only_the_coordinator_changes_plans(request, client, agreement, who):
    plan = make_linked_plan(agreement)
    as_person(client, request.getfixturevalue(who))

    answers = [
        client.post(page("linked_plan_create", agreement), FILLED_IN),
        client.post(page("linked_plan_update", plan), FILLED_IN),
        client.post(page("linked_plan_delete", plan)),
    ]

    assert [response.status_code for response in answers] == [403, 403, 403]
    assert list(LinkedPlan.objects.all()) == [plan]


def test_closed_agreement_keeps_its_plans(client, coordinator, agreement):
    plan = make_linked_plan(agreement)
    agreement.state = Agreement.State.CLOSED
    agreement.save()

    response = as_person(client, coordinator).post(page("linked_plan_delete", plan))

    assert response.status_code == 403
    assert list(LinkedPlan.objects.all()) == [plan]

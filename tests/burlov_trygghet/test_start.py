"""What wants each person today, by what they may do."""

import datetime

import pytest
from django.urls import reverse

from burlov_trygghet.start import UpdateCard
from focus_areas.models import StatusUpdate
from focus_areas.thread_gaps import GapKind
from tests.factories import (
    as_person,
    at,
    make_activity,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_log_entry,
    make_status_update,
    organisation_of,
    seat_person,
)
from tests.thread_factories import make_grant

pytestmark = pytest.mark.django_db
LONG_AGO, LATE, SOON = datetime.date(2026, 9, 1), datetime.date(2026, 11, 12), datetime.date(2026, 12, 14)


@pytest.fixture
def plan(agreement):
    """Two activities: the police's is late and off plan and asks for a decision, SF's has gone silent."""
    area = make_focus_area(agreement)
    neighbours = make_activity(
        area, title="Grannsamverkan", lead=[organisation_of(agreement, "Polisen")], next_follow_up_on=LATE
    )
    walks = make_activity(area, title="Vandringar", lead=[organisation_of(agreement, "SF")], next_follow_up_on=SOON)
    make_status_update(neighbours, "delayed", "red", decision_requested="Mer tid till april")
    make_status_update(walks, "ongoing", "green", written_at=at(LONG_AGO))
    return neighbours, walks


def start(client, person, **query):
    as_person(client, person)
    return client.get(reverse("start"), query)


def test_coordinator_sees_what_is_late_first_and_who_is_silent(client, plan, coordinator):
    neighbours, walks = plan

    response = start(client, coordinator)

    page = response.context["start"]
    assert page.due == [neighbours, walks]
    assert page.overdue_count == 1
    assert page.silent == [walks]
    assert "11 dagar försenad" in response.content.decode()
    assert "1 uppföljning är försenad." in response.content.decode()


def test_coordinator_sees_what_is_to_be_decided_though_leading_too(client, agreement, plan, coordinator):
    make_activity(plan[0].focus_area, title="Företag mot brott", lead=[organisation_of(agreement, "KLF")])

    assert start(client, coordinator).context["start"].decisions == [plan[0]]


def test_finished_activities_want_nothing(client, plan, coordinator):
    for activity in plan:
        make_status_update(activity, "completed", "green")

    page = start(client, coordinator).context["start"]

    assert (page.due, page.silent) == ([], [])


def test_entry_of_today_breaks_the_silence(client, plan, coordinator):
    make_log_entry(plan[1])

    assert start(client, coordinator).context["start"].silent == []


def test_liaison_gets_a_card_for_what_the_police_lead(client, plan, police_liaison):
    neighbours, _ = plan

    response = start(client, police_liaison)

    page = response.context["start"]
    assert [card.activity for card in page.cards] == [neighbours]
    assert page.due == [neighbours]
    assert page.cards[0].form.initial["previous"] == page.cards[0].latest.pk
    assert "Polisen leder" in response.content.decode()


def test_liaison_is_asked_to_approve_until_having_done_so(client, plan, coordinator, police_liaison):
    waiting = make_follow_up(plan[0], approved_for=("municipality",))
    make_follow_up(plan[1], approved_for=("municipality", "police"))

    assert start(client, police_liaison).context["start"].to_approve == [waiting]
    assert start(client, coordinator).context["start"].to_approve == []


def test_steering_member_reads_what_is_off_plan_and_what_to_decide(client, plan, steering_member):
    neighbours, _ = plan

    response = start(client, steering_member)

    page, text = response.context["start"], response.content.decode()
    assert (page.off_plan, page.decisions, page.log_form) == ([neighbours], [neighbours], None)
    assert "1 av 2 aktiviteter går enligt plan." in text
    assert "Mer tid till april" in text
    assert f'<a class="btn btn-primary" href="{reverse("reports:report_list")}">' in text


def test_promises_are_counted_for_each_party(client, plan, steering_member, agreement):
    kept = make_commitment(plan[0], organisation_of(agreement, "Polisen"), planned=1)
    make_commitment(plan[0], organisation_of(agreement, "Polisen"), planned=9)
    make_log_entry(plan[0], commitment=kept, quantity=1)

    page = start(client, steering_member).context["start"]

    assert [(party.heading, party.short) for party in page.promises.parties] == [
        ("Kommunen", "0 av 0"),
        ("Polisen", "1 av 2"),
    ]


def test_new_agreement_wants_nothing_of_who_does_not_plan(client, steering_member):
    response = start(client, steering_member)

    assert "Ingenting just nu" in response.text
    assert "Lagens klockor" not in response.text


@pytest.mark.parametrize("column", ["coordinator", "police_liaison", "preparation_member"])
def test_those_who_plan_see_what_the_law_lacks_and_which_links_are_missing(request, client, agreement, column):
    activity = make_activity(make_focus_area(agreement))
    make_grant(activity, report_due_on=LATE)

    response = start(client, request.getfixturevalue(column))

    thread = response.context["start"].thread
    assert thread.gaps[GapKind.ACTIVITY_WITHOUT_CAUSE] == 1
    assert thread.gap_count == sum(thread.gaps.values())
    assert "lagesbild" in [row.key for row in thread.clocks]
    assert [grant.activity for grant in thread.grants] == [activity]
    assert f"{thread.gap_count} länkar saknas." in response.text
    assert (
        f'href="{reverse("focus_areas:red_thread", args=[agreement.pk])}?lucka=activity_without_cause"' in response.text
    )


def test_person_in_two_agreements_chooses(client, agreement, other_agreement, coordinator):
    seat_person(other_agreement, user=coordinator)

    here = start(client, coordinator, overenskommelse=agreement.pk)
    there = start(client, coordinator, overenskommelse=other_agreement.pk)

    assert (here.context["agreement"], there.context["agreement"]) == (agreement, other_agreement)


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 40])
def test_strange_choice_of_agreement_is_ignored(client, agreement, coordinator, value):
    assert start(client, coordinator, overenskommelse=value).context["agreement"] == agreement


def test_choice_of_an_unseen_agreement_is_not_found(client, coordinator, other_agreement):
    assert start(client, coordinator, overenskommelse=other_agreement.pk).status_code == 404


def test_person_without_a_seat_is_told_whom_to_ask(client, coordinator, agreement):
    coordinator.memberships.update(ends_on=datetime.date(2026, 11, 22))

    response = start(client, coordinator)

    assert response.status_code == 200
    assert "Vänd dig till den brottsförebyggande samordnaren i din kommun" in response.content.decode()


def test_what_was_reported_after_midnight_was_heard_that_day():
    latest = StatusUpdate(created_at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC))

    card = UpdateCard(activity=None, latest=latest, form=None)

    assert card.last_heard_on == datetime.date(2026, 7, 2)

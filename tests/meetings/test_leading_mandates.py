"""Where an activity's mandate comes from, on its page and in the plan."""

import datetime

import pytest
from django.test import Client

from agreements.models import Group
from meetings.mandates import mandated_among
from meetings.operations import leading
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area
from tests.meeting_factories import make_action_point, make_decision, make_meeting


@pytest.fixture
def activity(agreement):
    return make_activity(make_focus_area(agreement), working_group=group_of(agreement, Group.Kind.WORKING))


@pytest.fixture
def mandated(activity, agreement, coordinator):
    """The steering group has decided, and the preparation group has given the assignment."""
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY - datetime.timedelta(days=20), held=True)
    preparation = make_meeting(
        group_of(agreement, Group.Kind.PREPARATION), TODAY - datetime.timedelta(days=10), held=True
    )
    decided = make_decision(steering, "Vandringarna ska fortsätta.")
    return leading.record_decision(
        meeting=preparation,
        text="Arbetsgruppen får i uppdrag att gå.",
        mandated_activity=activity,
        carries_out=decided,
        by=coordinator,
    )


def section(client: Client, activity) -> str:
    page = " ".join(client.get(activity.get_absolute_url()).content.decode().split())
    return page.split('aria-labelledby="uppdrag"')[1].split("</section>")[0]


def test_activity_without_a_decision_is_marked_with_how_to_mend_it(client, activity, reader):
    told = section(as_person(client, reader), activity)

    assert "Utan mandat." in told
    assert "välj aktiviteten när beslutet skrivs in" in told


def test_chain_goes_from_the_steering_group_to_the_convener(client, activity, mandated, coordinator, convener):
    told = section(as_person(client, coordinator), activity)

    places = [
        told.index(words)
        for words in ("Styrgruppen § 1/2026", "Beredningsgruppen § 1/2026", "trygg skola", "Amina Nur")
    ]
    assert places == sorted(places)
    assert "Vandringarna ska fortsätta." in told
    assert mandated.get_absolute_url() in told


def test_words_of_a_decision_are_for_those_who_read_the_meetings(client, activity, mandated, working_group_member):
    told = section(as_person(client, working_group_member), activity)

    assert "Beredningsgruppen § 1/2026" in told
    assert "Arbetsgruppen får i uppdrag att gå." not in told
    assert mandated.get_absolute_url() not in told


def test_decision_that_mandates_the_working_group_mandates_its_activities(client, agreement, activity, coordinator):
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING), held=True)
    make_decision(steering, mandated_group=activity.working_group)

    assert mandated_among([activity]) == {activity.pk}
    assert "Utan mandat" not in section(as_person(client, coordinator), activity)


def test_open_action_points_show_to_those_who_may_read_them(client, agreement, activity, coordinator, reader):
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION), held=True)
    make_action_point(meeting, "Ring skolan", activity=activity)
    done = make_action_point(meeting, "Redan gjort", activity=activity)
    leading.finish_action_point(point=done, by=coordinator)

    for_coordinator = section(as_person(client, coordinator), activity)
    for_reader = section(as_person(client, reader), activity)

    assert ("Ring skolan" in for_coordinator, "Redan gjort" in for_coordinator) == (True, False)
    assert "Ring skolan" not in for_reader


def test_plan_marks_activities_without_mandate_with_one_query_for_all(
    client, agreement, activity, mandated, coordinator, django_assert_num_queries
):
    others = [make_activity(activity.focus_area) for _ in range(3)]
    with django_assert_num_queries(1):
        assert mandated_among([activity, *others]) == {activity.pk}

    page = as_person(client, coordinator).get(agreement.get_plan_url()).content.decode()

    assert page.count("Utan mandat") == 3

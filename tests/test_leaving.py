"""Who leaves hands the work over; people with the same name are told apart; an organisation sees its own points."""

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import reverse

from agreements.models import Group, Seat
from agreements.open_work import left_behind, open_work
from meetings.models import ActionPoint
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_focus_area,
    organisation_of,
    seat_person,
)
from tests.meeting_factories import make_action_point, make_agenda_item, make_meeting

pytestmark = pytest.mark.usefixtures("frozen_today")


@pytest.fixture
def leaving(agreement):
    return seat_person(
        agreement,
        kind=Group.Kind.PREPARATION,
        full_name="Anna Andersson",
        organisation=organisation_of(agreement, "SF"),
    )


@pytest.fixture
def activity(agreement, leaving):
    return make_activity(make_focus_area(agreement), responsible=leaving)


@pytest.fixture
def point(agreement, leaving):
    return ActionPoint.objects.create(
        group=group_of(agreement, Group.Kind.PREPARATION),
        text="Ring skolan",
        responsible=leaving,
        due_on=TODAY,
        created_by=leaving,
    )


def leave(client, coordinator, leaving, **data):
    url = reverse("agreements:person_deactivate", args=[leaving.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        return as_person(client, coordinator).post(url, {"reason_for_change": "Har slutat."} | data)


def test_work_is_listed_and_goes_to_who_is_chosen(
    client, agreement, coordinator, preparation_member, leaving, activity, point
):
    page = as_person(client, coordinator).get(reverse("agreements:person_deactivate", args=[leaving.pk]))

    response = leave(client, coordinator, leaving, work_goes_to=preparation_member.pk)

    activity.refresh_from_db()
    point.refresh_from_db()
    assert {one.thing for one in page.context["work"]} == {activity, point}
    assert response.status_code == 302
    assert (activity.responsible, point.responsible) == (preparation_member, preparation_member)
    assert left_behind(agreement, on=TODAY) == []
    assert mail.outbox == []


def test_work_that_nobody_takes_is_marked_and_told(client, agreement, coordinator, leaving, activity, point):
    leave(client, coordinator, leaving)

    start = as_person(client, coordinator).get(reverse("start")).content.decode()
    assert {one.thing for one in open_work(leaving)} == {activity, point}
    assert "Behöver en ny ansvarig" in start
    assert "Ring skolan" in start
    assert [message.to for message in mail.outbox] == [[coordinator.email]]


def test_ending_a_seat_asks_too(client, agreement, coordinator, preparation_member, leaving, activity):
    url = reverse("agreements:seat_vacate", args=[leaving.memberships.get().seat_id])
    data = {"ends_on": "2026-11-22", "reason_for_change": "Nytt uppdrag.", "work_goes_to": preparation_member.pk}

    as_person(client, coordinator).post(url, data)

    activity.refresh_from_db()
    assert activity.responsible == preparation_member


def test_two_with_the_same_name_are_told_apart(client, agreement, coordinator, leaving, activity):
    twin = seat_person(
        agreement,
        full_name="Anna Andersson",
        title="Polis",
        organisation=organisation_of(agreement, "Polisen"),
        email="anna@polisen.example",
    )
    page = as_person(client, coordinator).get(reverse("focus_areas:activity_update", args=[activity.pk]))

    labels = [label for _, label in page.context["form"].fields["responsible"].choices]
    assert twin.description in labels
    assert leaving.description in labels
    assert twin.description == "Anna Andersson, Polis, Polisen"


@pytest.mark.parametrize(("is_internal", "status"), [(False, 200), (True, 403)])
def test_organisation_sees_its_point_and_never_the_meeting(client, agreement, coordinator, is_internal, status):
    preparation = group_of(agreement, Group.Kind.PREPARATION)
    meeting = make_meeting(preparation)
    item = make_agenda_item(meeting, "Hemlig rubrik", is_internal=is_internal)
    point = make_action_point(meeting, "Laga lampan", agenda_item=item, organisation=organisation_of(agreement, "BBAB"))
    member = seat_person(
        agreement, Seat.Function.MEMBER, Group.Kind.WORKING, organisation=organisation_of(agreement, "BBAB")
    )

    response = as_person(client, member).get(point.get_absolute_url())

    assert response.status_code == status
    assert ("Laga lampan" in response.content.decode()) == (status == 200)
    assert "Hemlig rubrik" not in response.content.decode()
    assert client.get(meeting.get_absolute_url()).status_code == 403

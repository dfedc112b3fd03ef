"""What status updates ask the steering group to decide, put on its agenda with one press."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import Group
from focus_areas.models import Activity
from meetings.models import AgendaItem, Meeting
from meetings.operations.requested_decisions import put_on_agenda
from tests.factories import as_person, group_of, make_activity, make_focus_area, make_status_update
from tests.meeting_factories import make_agenda_item, make_meeting


@pytest.fixture
def activity(agreement) -> Activity:
    activity = make_activity(make_focus_area(agreement))
    make_status_update(activity, decision_requested="Avgöra hur kostnaden fördelas")
    return activity


@pytest.fixture
def meeting(agreement) -> Meeting:
    return make_meeting(group_of(agreement, Group.Kind.STEERING))


def schedule(client, meeting, activity):
    address = reverse("meetings:requested_decision_schedule", args=[meeting.pk])
    return client.post(address, {"activity": getattr(activity, "pk", activity)}, follow=True)


def test_request_goes_to_the_agenda_with_its_activity(client, coordinator, meeting, activity):
    as_person(client, coordinator)

    before = client.get(meeting.get_absolute_url()).content.decode()
    schedule(client, meeting, activity)
    after = client.get(meeting.get_absolute_url()).content.decode()

    item = AgendaItem.objects.get()
    assert (item.title, item.activity, item.group) == ("Avgöra hur kostnaden fördelas", activity, meeting.group)
    assert item.history.get().history_user == coordinator
    assert "Sätt på dagordningen" in before
    assert "Sätt på dagordningen" not in after
    assert "På dagordningen" in after


def test_pressing_twice_makes_one_item(client, coordinator, meeting, activity):
    as_person(client, coordinator)

    for _ in range(2):
        schedule(client, meeting, activity)

    assert AgendaItem.objects.count() == 1


def test_long_request_keeps_all_its_words(coordinator, meeting, activity):
    text = "Avgöra " + "hur kostnaden fördelas " * 12
    make_status_update(activity, decision_requested=text.strip())

    item = put_on_agenda(meeting=meeting, activity=activity, by=coordinator)

    assert len(item.title) <= 150
    assert item.description == text.strip()


def test_what_is_asked_for_no_longer_is_not_scheduled(client, coordinator, meeting, activity):
    make_status_update(activity, text="Löst utan beslut.")
    as_person(client, coordinator)

    response = schedule(client, meeting, activity)

    assert "Aktiviteten begär inget beslut." in response.content.decode()
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("asked_for", ["", "x", "-1", "9" * 30])
def test_strange_activity_is_refused(client, coordinator, meeting, asked_for):
    as_person(client, coordinator)

    response = schedule(client, meeting, asked_for)

    assert response.status_code == 200
    assert not AgendaItem.objects.exists()


def test_other_agreements_activity_is_refused(client, coordinator, meeting, other_agreement):
    stranger = make_activity(make_focus_area(other_agreement))
    make_status_update(stranger, decision_requested="Något annat")
    as_person(client, coordinator)

    schedule(client, meeting, stranger)

    assert not AgendaItem.objects.exists()


def test_only_the_steering_group_is_asked(agreement, coordinator, activity):
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))

    with pytest.raises(ValidationError, match="styrgruppen"):
        put_on_agenda(meeting=meeting, activity=activity, by=coordinator)


def test_item_of_the_activity_counts_whoever_put_it_there(client, coordinator, meeting, activity):
    make_agenda_item(meeting, activity=activity)
    as_person(client, coordinator)

    assert "Sätt på dagordningen" not in client.get(meeting.get_absolute_url()).content.decode()


def test_who_only_reads_the_meeting_sees_the_request_and_no_button(client, preparation_member, meeting, activity):
    as_person(client, preparation_member)

    page = client.get(meeting.get_absolute_url()).content.decode()
    refused = schedule(client, meeting, activity)

    assert "Avgöra hur kostnaden fördelas" in page
    assert "Sätt på dagordningen" not in page
    assert refused.status_code == 403

"""Series and standing items in the administration: the portal's access and its way of saving."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from agreements.models import Group
from meetings.models import AgendaTemplateItem, MeetingSeries
from meetings.operations.planning import generate_meetings
from tests.factories import as_person, at, group_of
from tests.meeting_factories import make_series, make_template_item, situation_group

VALUES = {
    "weekday": "1",
    "interval_weeks": "2",
    "starts_on": "2026-11-24",
    "ends_on": "",
    "start_time": "13:00",
    "end_time": "14:00",
    "place": "Kommunhuset",
    "holiday_rule": "move",
}


def url(model, page: str, *args) -> str:
    return reverse(f"admin:meetings_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


def test_series_changed_in_the_admin_takes_its_meetings_along(admin_client, agreement, system_administrator):
    series = make_series(situation_group(agreement), starts_on=datetime.date(2026, 11, 24))
    now = at(datetime.date(2026, 11, 23))
    generate_meetings(series=series, until=datetime.date(2026, 12, 31), now=now, by=system_administrator)

    admin_client.post(url(MeetingSeries, "change", series.pk), VALUES | {"group": series.group_id})

    assert {meeting.place for meeting in series.meetings.all()} == {"Kommunhuset"}


@pytest.mark.parametrize("make", [make_series, make_template_item])
def test_nothing_is_moved_to_another_group_in_the_admin(admin_client, agreement, make):
    thing = make(situation_group(agreement))
    other = group_of(agreement, Group.Kind.STEERING)

    values = VALUES | {"group": other.pk, "title": "Läget", "position": "1"}
    response = admin_client.post(url(type(thing), "change", thing.pk), values)

    thing.refresh_from_db()
    assert response.status_code == 200
    assert thing.group == situation_group(agreement)


@pytest.mark.parametrize(("who", "count"), [("coordinator", 1), ("outsider", 0), ("steering_member", 0)])
def test_register_shows_series_of_groups_that_the_person_reads(request, client, agreement, who, count):
    person = request.getfixturevalue(who)
    person.is_staff = True
    person.save()
    person.user_permissions.set(Permission.objects.filter(codename="view_meetingseries"))
    make_series(situation_group(agreement))

    response = as_person(client, person).get(url(MeetingSeries, "changelist"))

    assert response.context["cl"].result_count == count


def test_standing_item_is_added_and_removed_in_the_admin(admin_client, agreement):
    group = situation_group(agreement)
    values = {"group": group.pk, "position": "1", "title": "Läget", "description": "", "duration_minutes": "10"}

    admin_client.post(url(AgendaTemplateItem, "add"), values)
    item = group.agenda_template.get()
    admin_client.post(url(AgendaTemplateItem, "delete", item.pk), {"post": "yes"})

    assert not group.agenda_template.exists()

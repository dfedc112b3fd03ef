"""What the minutes say as plain values, and their way to JSON and back."""

import datetime
import json

import pytest

from agreements.models import Group
from meetings.minutes import as_data, collect_minutes, from_data, without_internal
from meetings.models import Attendance
from tests.factories import TODAY, group_of, make_activity, make_focus_area
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_guest, make_meeting


@pytest.fixture
def meeting(agreement, steering_member):
    """A held meeting of the steering group with one of everything, and an older point that is still open."""
    group = group_of(agreement, Group.Kind.STEERING)
    earlier = make_meeting(group, TODAY - datetime.timedelta(days=14), held=True)
    make_action_point(earlier, "Läs lagen")
    meeting = make_meeting(group, held=True)
    seat = group.seats.get(memberships__user=steering_member)
    Attendance.objects.create(
        meeting=meeting,
        role=Attendance.Role.MEMBER,
        seat=seat,
        user=steering_member,
        name="Sara Berg",
        organisation=seat.organisation,
        is_present=True,
    )
    make_guest(meeting)
    item = make_agenda_item(meeting, "Läget", minutes="Vi gick igenom läget.")
    secret = make_agenda_item(meeting, "Bemanning", minutes="Två är sjuka.", is_internal=True)
    activity = make_activity(make_focus_area(agreement))
    make_decision(
        meeting,
        agenda_item=item,
        mandated_group=group_of(agreement, Group.Kind.PREPARATION),
        mandated_activity=activity,
    )
    make_decision(meeting, "Ingen ersättare tas in.", agenda_item=secret)
    make_action_point(meeting, "Ring skolan", agenda_item=item)
    make_action_point(meeting, "Fråga facket", agenda_item=secret)
    return meeting


def test_minutes_say_what_the_meeting_has(meeting):
    content = collect_minutes(meeting)

    assert [one.name for one in content.present] == ["Sara Berg"]
    assert [one.name for one in content.guests] == ["Gäst från skolan"]
    assert [(item.number, item.title) for item in content.items] == [(1, "Läget"), (2, "Bemanning")]
    assert [one.paragraph for one in content.all_decisions] == ["§ 1/2026", "§ 2/2026"]
    assert content.items[0].decisions[0].mandate[0].startswith("Ger uppdrag till ")
    assert [one.text for one in content.all_action_points] == ["Ring skolan", "Fråga facket"]
    assert [(one.text, one.meeting_count) for one in content.followed_along] == [("Läs lagen", 1)]


def test_minutes_come_back_from_json_as_they_were(meeting):
    content = collect_minutes(meeting)

    assert from_data(json.loads(json.dumps(as_data(content)))) == content


def test_minutes_in_an_unknown_format_are_refused():
    with pytest.raises(ValueError, match="format 99"):
        from_data({"format": 99})


def test_internal_items_are_left_out_with_what_was_decided_there(meeting):
    content = without_internal(collect_minutes(meeting))

    assert [(item.number, item.title) for item in content.items] == [(1, "Läget")]
    assert [one.paragraph for one in content.all_decisions] == ["§ 1/2026"]
    assert [one.text for one in content.all_action_points] == ["Ring skolan"]


def test_minutes_are_collected_with_as_many_queries_however_much_there_is(
    meeting, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as first:
        collect_minutes(type(meeting).objects.get(pk=meeting.pk))

    for number in range(3):
        item = make_agenda_item(meeting, f"Punkt {number}")
        make_decision(meeting, "Så blir det.", agenda_item=item)
        make_action_point(meeting, "Gör det", agenda_item=item)
        make_guest(meeting, f"Gäst {number}")

    with django_assert_num_queries(len(first)):
        collect_minutes(type(meeting).objects.get(pk=meeting.pk))


def test_minutes_frozen_before_attendance_could_be_unknown_are_read_as_they_were_approved(agreement):
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION), held=True)
    data = as_data(collect_minutes(meeting))
    del data["unknown"]
    data["absent"] = [{"name": "Erik Holm", "organisation": "Polisen", "seat": "Kommunpolis"}]

    content = from_data(data)

    assert content.unknown == ()
    assert content.is_attendance_noted
    assert [one.name for one in content.absent] == ["Erik Holm"]

"""The meetings before and after one, found without reading other groups' meetings."""

import datetime

import pytest
from django.db import connection

from agreements.models import Group
from meetings.models import Meeting
from tests.factories import TODAY, group_of
from tests.meeting_factories import make_meeting


def days_from(*numbers: int) -> list[datetime.date]:
    return [TODAY + datetime.timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(("number", "beside"), [(0, [1]), (1, [0, 2]), (2, [1])])
def test_nearest_meetings_of_the_group(agreement, other_agreement, number, beside):
    group, other = (group_of(one, Group.Kind.PREPARATION) for one in (agreement, other_agreement))
    meetings = [make_meeting(group, day) for day in days_from(10, 20, 30)]
    for day in days_from(9, 11, 19, 21, 29, 31):
        make_meeting(other, day)

    found = list(Meeting.objects.beside(meetings[number]))

    assert found == [meetings[one] for one in beside]


def test_nothing_beside_a_groups_only_meeting(agreement):
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))

    assert list(Meeting.objects.beside(meeting)) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table of a few rows from end to end")
def test_no_table_is_read_from_end_to_end(agreement):
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))

    plan = Meeting.objects.beside(meeting).explain()

    assert "SEARCH" in plan
    assert "SCAN meetings_meeting" not in plan

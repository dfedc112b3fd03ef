"""Several people at the same meeting at the same moment, on a database that lets them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from agreements.models import Group
from meetings.models import AgendaItem, Decision
from meetings.operations import leading
from tests.factories import group_of
from tests.meeting_factories import make_agenda_item, make_meeting

AT_ONCE = 8


@pytest.fixture
def meeting(transactional_db, agreement, coordinator):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's tests share one connection; PostgreSQL's do not.")
    return leading.open_meeting(meeting=make_meeting(group_of(agreement, Group.Kind.PREPARATION)), by=coordinator)


def at_once(act) -> list:
    def in_thread(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(in_thread, range(AT_ONCE)))


def test_decisions_recorded_at_once_get_a_number_each(meeting, coordinator):
    at_once(lambda number: leading.record_decision(meeting=meeting, text=f"Beslut {number}.", by=coordinator))

    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))


def test_minutes_saved_at_once_have_what_everybody_wrote(meeting, coordinator):
    item = make_agenda_item(meeting)

    at_once(
        lambda number: leading.save_minutes(
            item=item, text=f"Rad {number}.", base_version=0, base_text="", by=coordinator
        )
    )

    saved = AgendaItem.objects.get()
    assert sorted(saved.minutes.split("\n")) == [f"Rad {number}." for number in range(AT_ONCE)]
    assert saved.minutes_version == AT_ONCE


def test_meeting_opened_at_once_has_each_member_once(agreement, meeting, coordinator):
    other = make_meeting(meeting.group, hour=13)

    at_once(lambda number: leading.open_meeting(meeting=other, by=coordinator))

    assert other.attendances.count() == 1

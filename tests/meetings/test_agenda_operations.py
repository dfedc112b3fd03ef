"""Agendas: carrying, shelving, ordering and removing items, and the group's template."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.models import Group
from meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from meetings.operations import agenda
from tests.factories import group_of
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_backlog_item,
    make_decision,
    make_meeting,
    make_template_item,
)

NEXT_TUESDAY = datetime.date(2026, 11, 24)


# --- Items ---


def titles(items) -> list[str]:
    return [item.title for item in items.all()]


@pytest.fixture
def meeting(group):
    return make_meeting(group, NEXT_TUESDAY)


def carry(item, coordinator):
    return agenda.carry_item(item=item, now=timezone.now(), by=coordinator)


def test_carrying_puts_a_new_item_on_the_next_meeting_and_twice_makes_one(group, meeting, coordinator):
    make_meeting(group, datetime.date(2026, 12, 1), state=Meeting.State.CANCELLED, cancelled_because="Ombokat")
    following = make_meeting(group, datetime.date(2026, 12, 8))
    make_agenda_item(following, "Läget")
    item = make_agenda_item(meeting, minutes="Vi hann inte.", duration_minutes=15)

    carried = carry(item, coordinator)
    again = carry(item, coordinator)

    item.refresh_from_db()
    assert carried == again
    assert (carried.meeting, carried.position, carried.minutes, carried.duration_minutes) == (following, 2, "", 15)
    assert (item.outcome, item.minutes, item.meeting) == (AgendaItem.Outcome.CARRIED, "Vi hann inte.", meeting)


def test_carrying_a_standing_item_makes_no_double_and_keeps_what_was_prepared(group, meeting, coordinator):
    following = make_meeting(group, datetime.date(2026, 12, 8))
    standing = make_agenda_item(following, "Läget", description="Statistik.")
    untouched = make_agenda_item(meeting, "Läget")
    prepared = make_agenda_item(meeting, "LÄGET", description="Underlag.", minutes="Vi hann inte.")

    for item in (untouched, untouched, prepared, prepared):
        carried = carry(item, coordinator)
        item.refresh_from_db()
        assert carried == standing
        assert item.is_carried

    standing.refresh_from_db()
    assert (standing.description, standing.minutes) == ("Statistik.\n\nUnderlag.", "")
    assert titles(following.agenda_items) == ["Läget"]


def test_carrying_keeps_words_that_are_only_a_part_of_what_is_there(group, meeting, coordinator):
    following = make_meeting(group, datetime.date(2026, 12, 8))
    standing = make_agenda_item(following, "Läget", description="Diskutera nytt avtal", presenter="Kommunpolis")
    item = make_agenda_item(meeting, "Läget", description="avtal", presenter="polis")

    carry(item, coordinator)

    standing.refresh_from_db()
    assert standing.description == "Diskutera nytt avtal\n\navtal"
    assert standing.presenter == "Kommunpolis, polis"


def test_carrying_whole_lines_and_names_that_are_there_already_adds_nothing(group, meeting, coordinator):
    following = make_meeting(group, datetime.date(2026, 12, 8))
    standing = make_agenda_item(following, "Läget", description="Statistik.\nNytt avtal.", presenter="Anna, Bo")
    item = make_agenda_item(meeting, "Läget", description="Nytt avtal.", presenter="Bo")

    carry(item, coordinator)

    standing.refresh_from_db()
    assert (standing.description, standing.presenter) == ("Statistik.\nNytt avtal.", "Anna, Bo")


def test_carrying_to_an_item_that_has_no_room_makes_one_more_and_loses_nothing(group, meeting, coordinator):
    following = make_meeting(group, datetime.date(2026, 12, 8))
    make_agenda_item(following, "Läget", description="a" * 1500)

    carry(make_agenda_item(meeting, "Läget", description="b" * 1500), coordinator)

    assert [item.description[0] for item in following.agenda_items.all()] == ["a", "b"]


def test_carrying_without_a_next_meeting_goes_to_the_backlog(group, meeting, coordinator):
    make_backlog_item(group, "Äldre punkt", position=4)

    carried = carry(make_agenda_item(meeting), coordinator)

    assert (carried.meeting, carried.position) == (None, 5)


def test_carrying_passes_a_planned_meeting_whose_time_has_gone(group, coordinator):
    earlier = make_meeting(group, datetime.date(2026, 10, 27), held=True)
    make_meeting(group, datetime.date(2026, 11, 10))
    following = make_meeting(group, NEXT_TUESDAY)

    assert carry(make_agenda_item(earlier), coordinator).meeting == following


def test_carrying_from_the_backlog_is_refused(group, coordinator):
    with pytest.raises(ValidationError):
        carry(make_backlog_item(group), coordinator)


def test_shelving_moves_an_untouched_item_and_twice_changes_nothing(group, meeting, coordinator):
    item = make_agenda_item(meeting)

    shelved = agenda.shelve_item(item=item, by=coordinator)
    again = agenda.shelve_item(item=shelved, by=coordinator)

    assert shelved.pk == again.pk == item.pk
    assert AgendaItem.objects.get().meeting is None


def test_shelving_leaves_minutes_with_the_meeting(group, meeting, coordinator):
    item = make_agenda_item(meeting, minutes="Diskuterades.")

    shelved = agenda.shelve_item(item=item, by=coordinator)

    assert (shelved.meeting, shelved.minutes, shelved.carried_from) == (None, "", item)
    assert AgendaItem.objects.get(pk=item.pk).meeting == meeting


def test_scheduling_takes_an_item_to_the_meeting_once(group, meeting, coordinator):
    make_agenda_item(meeting)
    item = make_backlog_item(group)

    for _ in range(2):
        agenda.schedule_item(item=item, meeting=meeting, by=coordinator)

    assert titles(meeting.agenda_items) == ["Läget vid stationen", "Belysning i parken"]


def test_scheduling_to_another_groups_a_held_or_a_cancelled_meeting_is_refused(agreement, group, coordinator):
    item = make_backlog_item(group)
    elsewhere = make_meeting(group_of(agreement, Group.Kind.STEERING), NEXT_TUESDAY)
    held = make_meeting(group, datetime.date(2026, 11, 10), held=True)
    cancelled = make_meeting(group, NEXT_TUESDAY, state=Meeting.State.CANCELLED, cancelled_because="Ombokat")

    for meeting in (elsewhere, held, cancelled):
        with pytest.raises(ValidationError):
            agenda.schedule_item(item=item, meeting=meeting, by=coordinator)

    assert AgendaItem.objects.get().meeting is None


@pytest.mark.parametrize(
    ("position", "expected"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (0, "CAB"), (99, "ABC"), (-5, "CAB")]
)
def test_placing_an_item_numbers_the_agenda_anew_and_twice_is_once(meeting, coordinator, position, expected):
    a, b, c = (make_agenda_item(meeting, title, position=0) for title in "ABC")

    for _ in range(2):
        agenda.place_item(item=c, position=position, by=coordinator)

    assert "".join(titles(meeting.agenda_items)) == expected
    assert list(meeting.agenda_items.values_list("position", flat=True)) == [1, 2, 3]


def test_removing_takes_away_what_nothing_is_written_on(meeting, coordinator):
    agenda.remove_item(item=make_agenda_item(meeting), by=coordinator)

    assert not meeting.agenda_items.exists()


def test_removing_what_is_written_on_or_has_gone_on_is_refused(meeting, coordinator):
    noted = make_agenda_item(meeting, minutes="Sagt.")
    decided, agreed, carried = (make_agenda_item(meeting) for _ in range(3))
    make_decision(meeting, agenda_item=decided)
    make_action_point(meeting, agenda_item=agreed)
    carry(carried, coordinator)

    for item in (noted, decided, agreed, carried):
        with pytest.raises(ValidationError):
            agenda.remove_item(item=item, by=coordinator)

    assert meeting.agenda_items.count() == 4


LOCKED = [
    {"state": Meeting.State.CANCELLED, "cancelled_because": "Ombokat"},
    {"held": True, "minutes_state": Meeting.MinutesState.UNDER_REVIEW},
    {"held": True, "minutes_state": Meeting.MinutesState.APPROVED},
]


@pytest.mark.parametrize("fields", LOCKED)
def test_agenda_of_a_cancelled_or_approved_meeting_does_not_change(group, coordinator, fields):
    if fields.get("minutes_state") == Meeting.MinutesState.APPROVED:
        fields = fields | {"approved_by": coordinator, "approved_at": timezone.now(), "approved_content": {}}
    meeting = make_meeting(group, datetime.date(2026, 11, 10), **fields)
    item = make_agenda_item(meeting)
    attempts = [
        lambda: agenda.add_item(item=AgendaItem(group=group, meeting=meeting, title="Ny"), by=coordinator),
        lambda: agenda.update_item(item=item, by=coordinator),
        lambda: agenda.place_item(item=item, position=1, by=coordinator),
        lambda: agenda.remove_item(item=item, by=coordinator),
        lambda: carry(item, coordinator),
        lambda: agenda.shelve_item(item=item, by=coordinator),
    ]

    for attempt in attempts:
        with pytest.raises(ValidationError):
            attempt()

    assert AgendaItem.objects.get().meeting == meeting


def test_updating_an_item_leaves_its_minutes_alone(meeting, coordinator):
    item = make_agenda_item(meeting, minutes="Det som var.")
    AgendaItem.objects.filter(pk=item.pk).update(minutes="Det som skrevs medan.")
    item.title = "Ny rubrik"

    agenda.update_item(item=item, by=coordinator)

    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Ny rubrik", "Det som skrevs medan.")


# --- The template ---


def test_template_is_made_exactly_as_given_and_unchanged_rows_get_no_history(group, coordinator):
    first, second = make_template_item(group, "Läget", position=1), make_template_item(group, "Övrigt", position=2)

    agenda.set_agenda_template(group=group, items=[first, AgendaTemplateItem(title="Nytt")], by=coordinator)

    assert titles(group.agenda_template) == ["Läget", "Nytt"]
    assert first.history.count() == 1
    assert not AgendaTemplateItem.objects.filter(pk=second.pk).exists()


def test_template_of_more_than_forty_items_is_refused(group, coordinator):
    items = [AgendaTemplateItem(title=f"Punkt {number}") for number in range(41)]

    with pytest.raises(ValidationError):
        agenda.set_agenda_template(group=group, items=items, by=coordinator)

    assert not group.agenda_template.exists()

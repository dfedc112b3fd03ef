"""Opening, attendance, minutes, decisions, action points and approval: what they do and what they refuse."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Group
from meetings.minutes import collect_minutes
from meetings.models import AgendaItem, Attendance, Decision, Meeting
from meetings.operations import leading
from tests.factories import TODAY, group_of, make_activity, make_focus_area, make_seat, organisation_of
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_decision,
    make_guest,
    make_meeting,
)


@pytest.fixture
def meeting(agreement, coordinator, police_liaison):
    """A planned meeting of the preparation group, which has two members and a vacant seat."""
    group = group_of(agreement, Group.Kind.PREPARATION)
    make_seat(group, "Näringslivschef")
    return make_meeting(group)


@pytest.fixture
def held(meeting, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    return leading.close_meeting(meeting=meeting, by=coordinator)


@pytest.fixture
def approved(held, coordinator, police_liaison):
    make_agenda_item(held, minutes="Allt är lugnt.")
    leading.send_for_review(meeting=held, by=coordinator)
    return leading.approve_minutes(meeting=held, by=police_liaison)


def write(item, text, *, base=None, by, **fields):
    base = base or item
    return leading.save_minutes(
        item=item, text=text, base_version=base.minutes_version, base_text=base.minutes, by=by, **fields
    )


# --- Opening, attendance, closing ---


def test_opened_twice_has_each_member_once_and_no_row_for_a_vacant_seat(meeting, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    opened_at = Meeting.objects.get().opened_at

    leading.open_meeting(meeting=meeting, by=coordinator)

    assert list(meeting.attendances.values_list("name", "is_present")) == [("Maja Lind", None), ("Erik Holm", None)]
    assert Meeting.objects.get().opened_at == opened_at
    assert meeting.attendances.first().history.get().history_user == coordinator


def test_those_who_held_a_seat_on_the_day_of_the_meeting_are_its_members(meeting, coordinator, preparation_member):
    preparation_member.memberships.update(ends_on=meeting.day - datetime.timedelta(days=1))

    leading.open_meeting(meeting=meeting, by=coordinator)

    assert not meeting.attendances.filter(user=preparation_member).exists()


def test_cancelled_meeting_is_not_opened(meeting, coordinator):
    Meeting.objects.update(state=Meeting.State.CANCELLED, cancelled_because="Sjukdom")

    with pytest.raises(ValidationError, match="inställt"):
        leading.open_meeting(meeting=meeting, by=coordinator)


def test_meeting_is_not_closed_before_it_is_opened(meeting, coordinator):
    with pytest.raises(ValidationError, match="inte öppnat"):
        leading.close_meeting(meeting=meeting, by=coordinator)

    assert Meeting.objects.get().state == Meeting.State.PLANNED


def test_items_that_were_written_about_count_as_discussed_when_the_meeting_closes(meeting, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    noted = make_agenda_item(meeting, "Noterad", minutes="Så är det.")
    decided = make_agenda_item(meeting, "Beslutad")
    make_decision(meeting, agenda_item=decided)
    untouched = make_agenda_item(meeting, "Orörd")

    leading.close_meeting(meeting=meeting, by=coordinator)

    outcomes = dict(AgendaItem.objects.values_list("pk", "outcome"))
    assert outcomes == {noted.pk: "discussed", decided.pk: "discussed", untouched.pk: "to_do"}


def test_attendance_says_exactly_who_came(meeting, coordinator, police_liaison):
    leading.open_meeting(meeting=meeting, by=coordinator)
    came = meeting.attendances.get(user=coordinator)

    leading.set_attendance(meeting=meeting, present=[came], by=coordinator)

    content = collect_minutes(meeting)
    assert [one.name for one in content.present] == ["Maja Lind"]
    assert [one.name for one in content.absent] == ["Erik Holm"]
    assert content.vacant == ("Näringslivschef, Burlövs kommun",)


def test_substitute_takes_the_place_of_the_member(meeting, coordinator, police_liaison):
    leading.open_meeting(meeting=meeting, by=coordinator)
    seat = meeting.group.seats.get(memberships__user=police_liaison)

    leading.add_substitute(meeting=meeting, seat=seat, name="Eva Krok", by=coordinator)

    assert meeting.attendances.get(role=Attendance.Role.MEMBER, seat=seat).is_present is False
    with pytest.raises(ValidationError, match="finns redan"):
        leading.add_substitute(meeting=meeting, seat=seat, name="Någon till", by=coordinator)


def test_guest_needs_an_organisation_that_takes_part(meeting, coordinator, other_agreement):
    for organisation, message in (
        (None, "Välj organisation"),
        (other_agreement.municipality, "deltar inte i överenskommelsen"),
    ):
        with pytest.raises(ValidationError, match=message):
            leading.add_guest(meeting=meeting, name="Rut Ahl", organisation=organisation, by=coordinator)

    assert not Attendance.objects.exists()


def test_guest_is_entered_once_and_can_be_taken_out_but_a_member_cannot(meeting, agreement, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    school = organisation_of(agreement, "UKF")
    guest = leading.add_guest(meeting=meeting, name="Rut Ahl", organisation=school, by=coordinator)
    with pytest.raises(ValidationError, match="finns redan"):
        leading.add_guest(meeting=meeting, name="rut ahl", organisation=school, by=coordinator)

    leading.remove_attendance(attendance=guest, by=coordinator)

    assert not meeting.attendances.filter(role=Attendance.Role.GUEST).exists()
    with pytest.raises(ValidationError, match="frånvarande"):
        leading.remove_attendance(attendance=meeting.attendances.first(), by=coordinator)


# --- Minutes ---


def test_minutes_that_two_write_at_once_have_what_both_wrote(meeting, coordinator, police_liaison):
    item = make_agenda_item(meeting)
    write(item, "Polisen ser fler cyklar.", by=police_liaison)

    saved = write(item, "Skolan har lov.", by=coordinator)

    assert (saved.text, saved.version, saved.was_merged) == ("Polisen ser fler cyklar.\nSkolan har lov.", 2, True)


def test_minutes_sent_again_after_a_lost_answer_are_not_doubled(meeting, coordinator):
    item = make_agenda_item(meeting)
    write(item, "Skolan har", by=coordinator)

    saved = write(item, "Skolan har lov.", by=coordinator, unconfirmed=["Skolan har", "Skolan har lo"])

    assert (saved.text, saved.was_merged) == ("Skolan har lov.", False)


def test_minutes_of_one_go_are_one_change_in_the_history(meeting, coordinator, police_liaison, frozen_today):
    item = make_agenda_item(meeting)
    for text in ("Ett", "Ett två", "Ett två tre"):
        item = write(item, text, by=coordinator).item
    frozen_today.shift(datetime.timedelta(minutes=6))
    item = write(item, "Ett två tre fyra", by=coordinator).item
    item = write(item, "Ett två tre fyra fem", by=police_liaison).item

    rows = item.history.order_by("history_id").values_list("minutes", "history_user")

    assert list(rows) == [
        ("", None),
        ("Ett två tre", coordinator.pk),
        ("Ett två tre fyra", coordinator.pk),
        ("Ett två tre fyra fem", police_liaison.pk),
    ]
    assert item.minutes_version == 5


def test_too_long_minutes_are_refused_and_what_was_saved_stays(meeting, coordinator):
    item = make_agenda_item(meeting, minutes="Kort.")

    with pytest.raises(ValidationError, match="högst 10000 tecken"):
        write(item, "x" * 10_001, by=coordinator)

    assert AgendaItem.objects.get().minutes == "Kort."


# --- Decisions ---


def test_decisions_get_the_next_number_of_the_groups_year(meeting, coordinator):
    make_decision(make_meeting(meeting.group, datetime.date(2025, 12, 30), held=True))
    leading.open_meeting(meeting=meeting, by=coordinator)

    decisions = [
        leading.record_decision(meeting=meeting, text=f"Beslut {number}.", by=coordinator) for number in (1, 2)
    ]

    assert [decision.paragraph for decision in decisions] == ["§ 1/2026", "§ 2/2026"]


def test_year_of_a_decision_is_the_local_one(meeting, coordinator):
    late = make_meeting(meeting.group, datetime.date(2027, 1, 1), hour=0)
    leading.open_meeting(meeting=late, by=coordinator)

    decision = leading.record_decision(meeting=late, text="Vi börjar om.", by=coordinator)

    assert decision.paragraph == "§ 1/2027"


def test_decision_needs_an_opened_meeting(meeting, coordinator):
    with pytest.raises(ValidationError, match="inte öppnat"):
        leading.record_decision(meeting=meeting, text="Så blir det.", by=coordinator)


def test_decision_mandates_only_what_is_in_the_same_agreement(meeting, coordinator, other_agreement):
    leading.open_meeting(meeting=meeting, by=coordinator)
    strangers = {
        "mandated_group": other_agreement.groups.first(),
        "mandated_activity": make_activity(make_focus_area(other_agreement)),
        "carries_out": make_decision(make_meeting(other_agreement.groups.first(), datetime.date(2026, 1, 7))),
    }

    for name, thing in strangers.items():
        with pytest.raises(ValidationError, match="annan överenskommelse") as error:
            leading.record_decision(meeting=meeting, text="Så blir det.", by=coordinator, **{name: thing})
        assert list(error.value.message_dict) == [name]

    assert not Decision.objects.filter(meeting=meeting).exists()


def test_decision_carries_out_an_earlier_one(meeting, agreement, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    steering = group_of(agreement, Group.Kind.STEERING)
    earlier = make_decision(make_meeting(steering, TODAY - datetime.timedelta(days=7)))
    later = make_decision(make_meeting(steering, TODAY + datetime.timedelta(days=7)))

    decision = leading.record_decision(meeting=meeting, text="Gör så.", carries_out=earlier, by=coordinator)

    assert decision.carries_out == earlier
    with pytest.raises(ValidationError, match="tidigare"):
        leading.record_decision(meeting=meeting, text="Gör så.", carries_out=later, by=coordinator)


# --- Action points ---


def test_action_point_follows_along_to_the_next_meeting(meeting, agreement, coordinator, police_liaison):
    leading.add_action_point(
        meeting=meeting, text="Ring skolan", responsible=police_liaison, due_on=TODAY, by=coordinator
    )

    following = make_meeting(meeting.group, TODAY + datetime.timedelta(days=14))

    assert [(one.text, one.meeting_count) for one in collect_minutes(following).followed_along] == [("Ring skolan", 1)]


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_finished_action_point_does_not_follow_along_and_can_be_reopened(meeting, coordinator, state):
    point = make_action_point(meeting)
    finish = {"done": leading.finish_action_point, "dropped": leading.drop_action_point}[state]
    following = make_meeting(meeting.group, TODAY + datetime.timedelta(days=14))

    point = finish(point=point, outcome="Lampan är bytt.", by=coordinator)

    assert (point.state, point.finished_on, point.finished_by) == (state, TODAY, coordinator)
    assert collect_minutes(following).followed_along == ()
    point = leading.reopen_action_point(point=point, by=coordinator)
    assert (point.is_open, point.outcome, point.finished_on) == (True, "", None)


def test_action_point_needs_somebody_in_the_agreement(meeting, agreement, coordinator, outsider, other_agreement):
    refused = [
        ({}, "Välj vem"),
        ({"responsible": outsider}, "ingen plats"),
        ({"organisation": other_agreement.municipality}, "deltar inte"),
        ({"organisation": agreement.municipality, "due_on": TODAY - datetime.timedelta(days=1)}, "redan varit"),
    ]

    for fields, message in refused:
        with pytest.raises(ValidationError, match=message):
            leading.add_action_point(meeting=meeting, text="Ring skolan", by=coordinator, **{"due_on": TODAY} | fields)

    assert not meeting.action_points.exists()


def test_action_point_is_not_dropped_without_a_reason(meeting, coordinator):
    with pytest.raises(ValidationError, match="varför"):
        leading.drop_action_point(point=make_action_point(meeting), outcome=" ", by=coordinator)


@pytest.mark.parametrize("finish", [leading.finish_action_point, leading.drop_action_point])
def test_second_who_finishes_the_same_action_point_is_told_what_the_first_wrote(
    meeting, coordinator, police_liaison, finish
):
    point = make_action_point(meeting)
    finish(point=point, outcome="Lampan är bytt.", by=coordinator)

    again = finish(point=point, outcome="Lampan är bytt.", by=coordinator)
    with pytest.raises(ValidationError, match="redan avslutad .*Lampan är bytt"):
        finish(point=point, outcome="Stolpen är borta.", by=police_liaison)

    assert (again.outcome, again.finished_by) == ("Lampan är bytt.", coordinator)


# --- Review, approval, addenda ---


def test_minutes_are_approved_by_somebody_else(held, coordinator, police_liaison):
    leading.send_for_review(meeting=held, by=coordinator)
    with pytest.raises(ValidationError, match="Någon annan"):
        leading.approve_minutes(meeting=held, by=coordinator)

    approved = leading.approve_minutes(meeting=held, by=police_liaison)

    assert (approved.is_approved, approved.approved_by) == (True, police_liaison)
    content = collect_minutes(approved)
    assert (content.approved_by, content.approved_at) == ("Erik Holm", approved.approved_at)


def test_minutes_are_approved_by_the_same_person_when_nobody_else_leads(held, coordinator, police_liaison):
    police_liaison.memberships.update(ends_on=TODAY - datetime.timedelta(days=1))
    leading.send_for_review(meeting=held, by=coordinator)

    assert leading.approve_minutes(meeting=held, by=coordinator).is_approved


def test_minutes_under_review_stand_still_until_they_are_taken_back(held, coordinator):
    item = make_agenda_item(held)
    leading.send_for_review(meeting=held, by=coordinator)
    with pytest.raises(ValidationError, match="Ta tillbaka"):
        write(item, "En sak till.", by=coordinator)

    leading.take_back(meeting=held, by=coordinator)

    assert write(item, "En sak till.", by=coordinator).version == 1


def test_minutes_of_a_meeting_that_is_not_over_are_not_reviewed(meeting, coordinator):
    with pytest.raises(ValidationError, match="inte avslutat"):
        leading.send_for_review(meeting=meeting, by=coordinator)
    with pytest.raises(ValidationError, match="kan inte bli justerat"):
        leading.approve_minutes(meeting=meeting, by=coordinator)


def test_nothing_is_written_in_approved_minutes(approved, agreement, coordinator, police_liaison):
    item = approved.agenda_items.get()
    municipality = agreement.municipality
    attempts = [
        lambda: leading.open_meeting(meeting=approved, by=coordinator),
        lambda: leading.close_meeting(meeting=approved, by=coordinator),
        lambda: leading.set_attendance(meeting=approved, present=[], by=coordinator),
        lambda: leading.add_guest(meeting=approved, name="Rut Ahl", organisation=municipality, by=coordinator),
        lambda: leading.add_substitute(meeting=approved, seat=approved.group.seats.first(), name="A", by=coordinator),
        lambda: leading.remove_attendance(attendance=approved.attendances.first(), by=coordinator),
        lambda: write(item, "Något annat.", by=coordinator),
        lambda: leading.unopen_meeting(meeting=approved, by=coordinator),
        lambda: leading.record_decision(meeting=approved, text="Nytt.", by=coordinator),
        lambda: leading.add_action_point(
            meeting=approved, text="Nytt", organisation=municipality, due_on=TODAY, by=coordinator
        ),
    ]
    before = collect_minutes(approved)

    for attempt in attempts:
        with pytest.raises(ValidationError, match="justerat"):
            attempt()
    with pytest.raises(ValidationError, match="kan inte bli öppet"):
        leading.take_back(meeting=approved, by=coordinator)

    assert collect_minutes(Meeting.objects.get(pk=approved.pk)) == before


def test_later_changes_do_not_reach_approved_minutes(approved, agreement, coordinator):
    before = collect_minutes(approved)
    approved.group.name = "Beredningen"
    approved.group.save()
    coordinator.full_name = "Maja Lind Ek"
    coordinator.save()

    assert collect_minutes(Meeting.objects.select_related("group").get(pk=approved.pk)) == before


def test_addendum_is_added_to_approved_minutes_only(held, coordinator, police_liaison):
    with pytest.raises(ValidationError, match="inte justerat"):
        leading.add_addendum(meeting=held, text="Rätt datum är den 3 mars.", by=coordinator)
    leading.send_for_review(meeting=held, by=coordinator)
    leading.approve_minutes(meeting=held, by=police_liaison)

    addendum = leading.add_addendum(meeting=held, text="Rätt datum är den 3 mars.", by=coordinator)

    assert list(held.addenda.values_list("text", "written_by")) == [(addendum.text, coordinator.pk)]


# --- Taking back the opening ---


def test_opening_by_mistake_is_taken_back_whole(opened, coordinator):
    leading.unopen_meeting(meeting=opened, by=coordinator)
    leading.unopen_meeting(meeting=opened, by=coordinator)

    opened.refresh_from_db()
    assert opened.opened_at is None
    assert not opened.attendances.exists()


@pytest.mark.parametrize("begun_by", ["minutes", "decision", "action point", "guest", "attendance"])
def test_meeting_that_has_begun_stays_open(opened, coordinator, begun_by):
    {
        "minutes": lambda: make_agenda_item(opened, minutes="Vi började."),
        "decision": lambda: make_decision(opened),
        "action point": lambda: make_action_point(opened),
        "guest": lambda: make_guest(opened),
        "attendance": lambda: leading.set_attendance(meeting=opened, present=[], by=coordinator),
    }[begun_by]()

    with pytest.raises(ValidationError, match="Det finns"):
        leading.unopen_meeting(meeting=opened, by=coordinator)

    opened.refresh_from_db()
    assert opened.opened_at is not None

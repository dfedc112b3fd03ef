"""What the database itself refuses about meetings, and says in Swedish when a form asks first."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from agreements.models import Group, Seat
from meetings.models import ActionPoint, Attendance, Decision, Meeting, MeetingSeries
from tests.factories import TODAY, at, author, group_of, make_area, make_person, make_seat, organisation_of
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_backlog_item,
    make_category,
    make_decision,
    make_event,
    make_meeting,
    make_observation,
    make_series,
    make_situation_report,
)

YESTERDAY = TODAY - datetime.timedelta(days=1)
EARLIER = at(YESTERDAY)


def make_attendance(group: Group, **fields) -> Attendance:
    return Attendance(
        meeting=make_meeting(group),
        name="Ledamot",
        organisation=group.agreement.municipality,
        **{"role": Attendance.Role.MEMBER, "seat": make_seat(group)} | fields,
    )


# Each breaks one rule: what is made, the field the words stand beside (None for the whole), and the words.
BROKEN = {
    "series ends before it starts": (
        lambda group: make_series(group),
        {"ends_on": datetime.date(2026, 8, 1)},
        "Sista dagen kan inte vara före den första.",
    ),
    "series whose meetings end before they start": (
        lambda group: make_series(group),
        {"end_time": datetime.time(8)},
        "Mötet ska sluta efter att det har börjat.",
    ),
    "series every 0 weeks": (
        lambda group: make_series(group),
        {"interval_weeks": 0},
        "Det ska vara mellan 1 och 52 veckor mellan mötena.",
    ),
    "meeting that ends when it starts": (
        lambda group: make_meeting(group),
        {"ends_at": at(TODAY)},
        "Mötet ska sluta efter att det har börjat.",
    ),
    "meeting cancelled without a reason": (
        lambda group: make_meeting(group),
        {"state": Meeting.State.CANCELLED},
        "Skriv varför mötet ställs in.",
    ),
    "minutes under review of a meeting that is not held": (
        lambda group: make_meeting(group),
        {"minutes_state": Meeting.MinutesState.UNDER_REVIEW},
        "Bara ett genomfört möte har ett protokoll att justera.",
    ),
    "minutes approved by nobody": (
        lambda group: make_meeting(group, held=True),
        {"minutes_state": Meeting.MinutesState.APPROVED},
        "Ett justerat protokoll har namn, tid och innehåll.",
    ),
    "open minutes with an approver's time": (
        lambda group: make_meeting(group, held=True),
        {"approved_at": EARLIER},
        "Ett justerat protokoll har namn, tid och innehåll.",
    ),
    "minutes of an item that waits for a meeting": (
        lambda group: make_backlog_item(group),
        {"minutes": "Vi pratade om det."},
        "En punkt som väntar på ett möte har inga anteckningar.",
    ),
    "decision number 0": (
        lambda group: make_decision(make_meeting(group)),
        {"number": 0},
        "Numret ska vara minst 1.",
    ),
    "action point for nobody": (
        lambda group: make_action_point(make_meeting(group)),
        {"organisation": None},
        "Välj vem eller vilken organisation som är ansvarig.",
    ),
    "action point done by nobody": (
        lambda group: make_action_point(make_meeting(group)),
        {"state": ActionPoint.State.DONE},
        "En avslutad åtgärdspunkt har dag och namn.",
    ),
    "open action point with a last day": (
        lambda group: make_action_point(make_meeting(group)),
        {"finished_on": TODAY},
        "En avslutad åtgärdspunkt har dag och namn.",
    ),
    "observation that ends before it starts": (
        lambda group: make_observation(group.agreement),
        {"occurred_to": YESTERDAY},
        "Sista dagen kan inte vara före den första.",
    ),
    "event that ends before it starts": (
        lambda group: make_event(group.agreement),
        {"ends_on": YESTERDAY},
        "Sista dagen kan inte vara före den första.",
    ),
    "guest in a member's seat": (
        lambda group: make_attendance(group),
        {"role": Attendance.Role.GUEST},
        "Välj vilken plats ersättaren går in för.",
    ),
    "substitute for no seat": (
        lambda group: make_attendance(group),
        {"role": Attendance.Role.SUBSTITUTE, "seat": None},
        "Välj vilken plats ersättaren går in för.",
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_rule_is_said_in_swedish_and_kept_by_the_database(group, rule):
    make, change, words = BROKEN[rule]
    thing = make(group)
    for name, value in change.items():
        setattr(thing, name, value)

    with pytest.raises(ValidationError) as refused:
        thing.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()

    assert refused.value.messages == [words]


def test_decision_that_carries_out_itself(group):
    decision = make_decision(make_meeting(group))
    decision.carries_out = decision

    with pytest.raises(IntegrityError):
        decision.save()


def test_series_has_one_meeting_for_each_of_its_days(group):
    series = make_series(group)
    make_meeting(group, series=series, series_date=TODAY)

    with pytest.raises(IntegrityError):
        make_meeting(group, TODAY + datetime.timedelta(days=1), series=series, series_date=TODAY)


def test_meetings_without_a_series_are_not_counted_as_the_same(group):
    make_meeting(group)
    make_meeting(group)

    assert Meeting.objects.count() == 2


def test_number_is_taken_once_in_a_groups_year(agreement, group):
    decision = make_decision(make_meeting(group))
    make_decision(make_meeting(group_of(agreement, Group.Kind.STEERING)))

    with pytest.raises(IntegrityError):
        make_decision(decision.meeting, number=decision.number)


def test_numbers_begin_anew_with_the_year(group):
    last = make_decision(make_meeting(group, datetime.date(2025, 12, 9)))
    first = make_decision(make_meeting(group, datetime.date(2026, 1, 13)))

    assert [decision.paragraph for decision in (last, first)] == ["§ 1/2025", "§ 1/2026"]


def test_category_is_there_once_whatever_its_capitals(agreement):
    make_category(agreement, "Trafik")

    with pytest.raises(IntegrityError):
        make_category(agreement, "TRAFIK")


def test_other_agreement_may_have_the_same_category(agreement, other_agreement):
    assert make_category(agreement, "Trafik") != make_category(other_agreement, "Trafik")


@pytest.mark.parametrize("name", ["category", "area"])
def test_observation_with_another_agreements_things(agreement, other_agreement, name):
    observation = make_observation(agreement)
    stranger = {"category": make_category, "area": make_area}[name](other_agreement, "Främmande")
    setattr(observation, name, stranger)

    with pytest.raises(ValidationError) as refused:
        observation.full_clean()

    assert refused.value.message_dict == {name: ["Den hör till en annan överenskommelse."]}


def test_organisation_reports_once_to_a_meeting(group):
    meeting = make_meeting(group)
    make_situation_report(meeting)

    with pytest.raises(IntegrityError):
        make_situation_report(meeting)


def test_what_minutes_rest_on_is_not_deleted(group):
    meeting = make_meeting(group)
    decision = make_decision(meeting, agenda_item=make_agenda_item(meeting))

    for thing in (meeting, decision.agenda_item, group):
        with pytest.raises(ProtectedError):
            thing.delete()


# --- What the tables say about themselves ---


def test_point_follows_along_with_the_meetings_that_were_held(group):
    first, second, third = (make_meeting(group, TODAY + datetime.timedelta(days=14 * number)) for number in range(3))
    cancelled = make_meeting(
        group, TODAY + datetime.timedelta(days=7), state=Meeting.State.CANCELLED, cancelled_because="För få kan komma"
    )
    point = make_action_point(first)

    counts = {
        meeting: ActionPoint.objects.open_at(meeting).with_meeting_count(until=meeting.starts_at).get().meeting_count
        for meeting in (first, second, third)
    }

    assert counts == {first: 0, second: 1, third: 2}
    assert point.since == first.day
    assert not ActionPoint.objects.open_at(cancelled).filter(group=point.group, meeting__starts_at__gt=first.starts_at)


def test_point_that_is_finished_stays_with_the_meetings_of_its_time(group):
    first, second, third = (make_meeting(group, TODAY + datetime.timedelta(days=14 * number)) for number in range(3))
    make_action_point(first, state=ActionPoint.State.DONE, finished_on=second.day, finished_by=author())

    assert ActionPoint.objects.open_at(second).count() == 1
    assert ActionPoint.objects.open_at(third).count() == 0


def test_later_meetings_points_are_not_known_earlier(group):
    first, second = (make_meeting(group, TODAY + datetime.timedelta(days=14 * number)) for number in range(2))
    make_action_point(second)

    assert ActionPoint.objects.open_at(first).count() == 0


def test_point_of_another_group_does_not_follow_along(agreement, group):
    make_action_point(make_meeting(group_of(agreement, Group.Kind.STEERING), YESTERDAY))

    assert ActionPoint.objects.open_at(make_meeting(group)).count() == 0


def test_meetings_before_and_after_are_the_groups_own_and_not_cancelled(agreement, group):
    days = [TODAY + datetime.timedelta(days=7 * number) for number in range(-2, 3)]
    earliest, earlier, now, later, latest = (make_meeting(group, day) for day in days)
    make_meeting(group_of(agreement, Group.Kind.STEERING), days[1])
    Meeting.objects.filter(pk__in=[earlier.pk, later.pk]).update(
        state=Meeting.State.CANCELLED, cancelled_because="Inget att ta upp"
    )

    assert list(Meeting.objects.before(now)) == [earliest]
    assert list(Meeting.objects.after(now)) == [latest]


def test_responsible_is_told_in_words(agreement, group):
    person = make_person("Ansvarig", organisation=organisation_of(agreement, "BBAB"))
    meeting = make_meeting(group)

    points = [
        make_action_point(meeting, responsible=person),
        make_action_point(meeting),
        make_action_point(meeting, responsible=person, organisation=organisation_of(agreement, "BBAB")),
    ]

    assert [point.responsible_in_words for point in points] == [
        "Ansvarig",
        str(agreement.municipality),
        f"Ansvarig, {organisation_of(agreement, 'BBAB')}",
    ]


@pytest.mark.parametrize("function", Seat.Function.values)
def test_only_some_functions_lead(agreement, function):
    from meetings.access import LEADING_FUNCTIONS

    assert (function in LEADING_FUNCTIONS) is (function in ("chair", "secretary", "convener"))


def test_weekdays_are_those_of_python():
    assert [datetime.date(2026, 11, 23 + day).weekday() for day in MeetingSeries.Weekday.values] == [0, 1, 2, 3, 4]


def test_decisions_newest_first(group):
    meeting = make_meeting(group)
    decisions = [make_decision(meeting) for _ in range(3)]

    assert list(Decision.objects.newest_first()) == decisions[::-1]

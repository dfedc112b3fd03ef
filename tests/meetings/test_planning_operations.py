"""Series planned ahead, meetings moved and cancelled, agenda items that wait or go on."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.access import Refused
from agreements.models import Agreement, Group
from meetings.models import AgendaItem, Meeting, MeetingSeries
from meetings.operations import agenda, planning
from tests.factories import TODAY, at, group_of
from tests.meeting_factories import (
    make_agenda_item,
    make_meeting,
    make_series,
    make_template_item,
)

NEXT_TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def series(group):
    return make_series(group, starts_on=NEXT_TUESDAY)


def generate(series, coordinator, until="2026-12-31"):
    return planning.generate_meetings(
        series=series, until=datetime.date.fromisoformat(until), now=timezone.now(), by=coordinator
    )


def days(meetings) -> list[str]:
    return [meeting.day.isoformat() for meeting in meetings]


def save(series, coordinator):
    return planning.save_series(series=series, now=timezone.now(), by=coordinator)


# --- Generating ---


def test_generating_makes_the_days_with_time_place_and_usual_agenda(series, group, coordinator):
    make_template_item(group, "Läget", position=1, duration_minutes=20)
    make_template_item(group, "Övrigt", position=2, is_internal=True)

    made = generate(series, coordinator)

    assert days(made) == ["2026-11-24", "2026-12-08", "2026-12-22"]
    assert {timezone.localtime(meeting.starts_at).hour for meeting in made} == {9}
    assert {meeting.place for meeting in made} == {"Medborgarhuset i Arlöv"}
    items = made[0].agenda_items.values_list("position", "title", "duration_minutes", "is_internal", "created_by")
    assert list(items) == [(1, "Läget", 20, False, coordinator.pk), (2, "Övrigt", None, True, coordinator.pk)]
    assert made[0].history.get().history_user == coordinator


def test_generating_asks_no_more_for_a_long_agenda_and_keeps_its_history(
    series, group, coordinator, django_assert_max_num_queries
):
    for position in range(1, 41):
        make_template_item(group, f"Punkt {position}", position=position)

    with django_assert_max_num_queries(40):
        made = generate(series, coordinator)

    items = AgendaItem.objects.filter(meeting__in=made)
    assert items.count() == 3 * 40
    assert {(row.history_type, row.history_user) for row in AgendaItem.history.all()} == {("+", coordinator)}
    assert AgendaItem.history.count() == 3 * 40


def test_generating_twice_makes_nothing_twice(series, coordinator):
    generate(series, coordinator)

    again = generate(series, coordinator)

    assert again == []
    assert series.meetings.count() == 3


def test_generating_after_a_move_and_a_cancelling_makes_neither_again(series, coordinator):
    first, second, _ = generate(series, coordinator)
    planning.move_meeting(
        meeting=first,
        starts_at=at(datetime.date(2026, 12, 3), 13),
        ends_at=at(datetime.date(2026, 12, 3), 14),
        place="Kommunhuset",
        now=timezone.now(),
        by=coordinator,
    )
    planning.cancel_meeting(meeting=second, because="För få kan komma.", now=timezone.now(), by=coordinator)

    assert generate(series, coordinator) == []


def test_generating_keeps_the_hour_when_the_clock_changes(group, coordinator):
    series = make_series(group, starts_on=datetime.date(2027, 3, 16), interval_weeks=2)

    made = generate(series, coordinator, until="2027-04-01")

    assert days(made) == ["2027-03-16", "2027-03-30"]
    assert [meeting.starts_at.astimezone(datetime.UTC).hour for meeting in made] == [8, 7]


def test_generating_moves_from_a_holiday_and_keeps_the_day_of_the_series(group, coordinator):
    series = make_series(group, weekday=MeetingSeries.Weekday.THURSDAY, starts_on=datetime.date(2026, 12, 10))

    made = generate(series, coordinator, until="2026-12-30")

    assert days(made) == ["2026-12-10", "2026-12-28"]
    assert made[1].series_date == datetime.date(2026, 12, 24)


def test_generating_skips_a_holiday_when_the_rule_says_so(group, coordinator):
    series = make_series(
        group,
        weekday=MeetingSeries.Weekday.THURSDAY,
        starts_on=datetime.date(2026, 12, 10),
        holiday_rule=MeetingSeries.HolidayRule.SKIP,
    )

    assert days(generate(series, coordinator, until="2027-01-08")) == ["2026-12-10", "2027-01-07"]


def test_generating_leaves_out_a_time_when_the_group_already_meets(series, group, coordinator):
    make_meeting(group, NEXT_TUESDAY, hour=9)

    planned = planning.plan_days(series=series, until=datetime.date(2026, 12, 8), now=timezone.now())
    made = generate(series, coordinator, until="2026-12-08")

    assert [day.is_new for day in planned] == [False, True]
    assert days(made) == ["2026-12-08"]


def test_generating_makes_nothing_earlier_the_same_day(group, coordinator, frozen_today):
    series = make_series(group, weekday=MeetingSeries.Weekday.MONDAY, starts_on=TODAY, start_time=datetime.time(8))

    assert days(generate(series, coordinator, until="2026-12-07")) == ["2026-12-07"]


@pytest.mark.parametrize("until", ["2026-11-22", "2030-01-01"])
def test_generating_for_a_past_day_or_too_far_ahead_is_refused(series, coordinator, until):
    with pytest.raises(ValidationError):
        generate(series, coordinator, until=until)

    assert series.meetings.count() == 0


def test_generating_in_a_closed_agreement_is_refused(series, agreement, coordinator):
    agreement.state = Agreement.State.CLOSED
    agreement.save()
    series.refresh_from_db()

    with pytest.raises(Refused):
        generate(series, coordinator)


@pytest.mark.parametrize(
    ("agreement_ends", "series_ends", "expected"),
    [
        ("2026-12-31", None, "2026-12-31"),
        (None, None, "2027-11-23"),
        ("2028-12-31", "2027-02-01", "2027-02-01"),
        ("2026-06-30", None, "2027-11-23"),
    ],
)
def test_usual_end_is_the_agreements_end_or_twelve_months(series, agreement_ends, series_ends, expected):
    series.agreement.ends_on = agreement_ends and datetime.date.fromisoformat(agreement_ends)
    series.ends_on = series_ends and datetime.date.fromisoformat(series_ends)

    assert planning.usual_end(series, today=TODAY).isoformat() == expected


# --- A changed series ---


def test_changed_time_and_place_follow_to_untouched_meetings(series, coordinator):
    made = generate(series, coordinator)
    series.start_time, series.end_time, series.place = datetime.time(13), datetime.time(15), "Kommunhuset"

    moved = save(series, coordinator)

    assert days(moved) == days(made)
    meeting = Meeting.objects.get(pk=made[0].pk)
    assert timezone.localtime(meeting.starts_at).hour == 13
    assert (meeting.length_minutes, meeting.place, meeting.sequence) == (120, "Kommunhuset", 1)


def test_changed_weekday_follows_week_by_week_and_nothing_is_made_twice(series, coordinator):
    generate(series, coordinator)
    series.weekday = MeetingSeries.Weekday.WEDNESDAY

    moved = save(series, coordinator)

    assert days(moved) == ["2026-11-25", "2026-12-09", "2026-12-23"]
    assert generate(series, coordinator) == []


def test_changed_series_leaves_what_somebody_has_moved_called_to_or_cancelled(series, coordinator):
    first, second, third = generate(series, coordinator)
    planning.move_meeting(
        meeting=first,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        place="Polishuset",
        now=timezone.now(),
        by=coordinator,
    )
    Meeting.objects.filter(pk=second.pk).update(call_sent_at=timezone.now())
    planning.cancel_meeting(meeting=third, because="Julledigt.", now=timezone.now(), by=coordinator)
    series.start_time = datetime.time(8)

    assert save(series, coordinator) == []


def test_changed_interval_leaves_meetings_in_weeks_that_have_none(series, coordinator):
    made = generate(series, coordinator)
    series.interval_weeks = 4

    moved = save(series, coordinator)

    assert moved == []
    assert [planning.why_off_series(meeting, series) for meeting in made] == [
        "",
        "Serien har inget möte den veckan.",
        "",
    ]


def weeks(meetings) -> list[tuple[int, int]]:
    return [planning.week_of(meeting.series_date) for meeting in meetings]


@pytest.mark.parametrize("interval", [1, 2, 3, 4, 52])
def test_series_keeps_its_weeks_through_every_weekday_and_offers_no_doubles(group, coordinator, interval):
    thursday = datetime.date(2026, 12, 10)
    series = make_series(group, weekday=3, interval_weeks=interval, starts_on=thursday)
    made = generate(series, coordinator, until="2027-03-28" if interval < 52 else "2028-12-31")
    had = weeks(made)
    assert len(had) == {1: 16, 2: 8, 3: 6, 4: 4, 52: 3}[interval]

    for weekday in (2, 0, 4, 1, 3, 4, 2, 1, 0, 3):
        series = MeetingSeries.objects.get(pk=series.pk)
        series.weekday = weekday
        moved = save(series, coordinator)

        meetings = list(series.meetings.order_by("series_date"))
        assert weeks(meetings) == had
        assert len(moved) >= len(had) - 2
        assert {meeting.series_date.weekday() for meeting in meetings} == {weekday}
        assert generate(series, coordinator, until="2027-03-28" if interval < 52 else "2028-12-31") == []


def test_first_day_moved_by_a_week_keeps_the_weeks_of_a_series_with_meetings(series, coordinator):
    generate(series, coordinator)
    series.starts_on += datetime.timedelta(weeks=1)

    change = planning.plan_change(series, now=timezone.now())
    save(series, coordinator)

    assert [(days([one.meeting]), one.reason, one.is_outside) for one in change.staying] == [
        (["2026-11-24"], "Ligger före seriens första dag.", True)
    ]
    assert generate(series, coordinator) == []


def test_first_day_of_a_series_without_meetings_chooses_its_weeks(series, coordinator):
    save(series, coordinator)
    series.starts_on += datetime.timedelta(weeks=1)
    save(series, coordinator)

    assert days(generate(series, coordinator)) == ["2026-12-01", "2026-12-15", "2026-12-29"]


def test_meetings_that_cannot_follow_are_told_with_the_reason(series, group, coordinator):
    first, second, third, fourth, fifth = generate(series, coordinator, until="2027-01-31")
    planning.move_meeting(
        meeting=first,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        place="Polishuset",
        now=timezone.now(),
        by=coordinator,
    )
    Meeting.objects.filter(pk=second.pk).update(call_sent_at=timezone.now())
    planning.cancel_meeting(meeting=third, because="Julledigt.", now=timezone.now(), by=coordinator)
    Meeting.objects.filter(pk=fourth.pk).update(opened_at=timezone.now())
    make_meeting(group, fifth.day + datetime.timedelta(days=1), hour=9)
    series.weekday = MeetingSeries.Weekday.WEDNESDAY

    change = planning.plan_change(series, now=timezone.now())

    assert [one.reason for one in change.staying] == [
        "Mötet har en egen tid eller plats.",
        "Kallelsen är skickad.",
        "Mötet är inställt.",
        "Mötet är öppnat.",
        "Gruppen har redan ett möte på den nya tiden.",
    ]
    assert (change.following, change.outside) == ((), [])


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"ends_on": datetime.date(2026, 12, 10)}, ["2026-11-24", "2026-12-08"]),
        ({"interval_weeks": 4}, ["2026-11-24", "2026-12-22", "2027-01-19"]),
    ],
)
def test_meetings_outside_the_changed_series_are_cancelled_in_one_step(series, coordinator, changes, left):
    made = generate(series, coordinator, until="2027-01-31")
    for meeting in made:
        make_agenda_item(meeting, f"Egen punkt {meeting.pk}")
    for name, value in changes.items():
        setattr(series, name, value)

    planning.save_series(
        series=series, now=timezone.now(), by=coordinator, cancels_outside_because="Mötesserien är ändrad."
    )

    assert days(series.meetings.not_cancelled().order_by("starts_at")) == left
    went_on = AgendaItem.objects.filter(carried_from__isnull=False)
    assert went_on.count() == len(made) - len(left)
    assert not went_on.filter(meeting__state=Meeting.State.CANCELLED).exists()


@pytest.mark.parametrize(
    ("changes", "back"),
    [({"interval_weeks": 4}, {"interval_weeks": 2}), ({"ends_on": datetime.date(2026, 12, 10)}, {"ends_on": None})],
)
@pytest.mark.parametrize("because", ["", "Mötesserien är ändrad."])
def test_nothing_is_asked_about_meetings_that_stand_where_a_changed_series_puts_them(
    series, coordinator, changes, back, because
):
    generate(series, coordinator, until="2027-01-31")
    had = days(series.meetings.order_by("starts_at"))
    for name, value in changes.items():
        setattr(series, name, value)
    planning.save_series(series=series, now=timezone.now(), by=coordinator, cancels_outside_because=because)
    series = MeetingSeries.objects.get(pk=series.pk)
    for name, value in back.items():
        setattr(series, name, value)

    change = planning.plan_change(series, now=timezone.now())

    assert (change.following, change.staying) == ((), ())
    assert save(series, coordinator) == []
    assert days(series.meetings.order_by("starts_at")) == had
    assert generate(series, coordinator, until="2027-01-31") == []


def test_weekly_meeting_moved_for_a_holiday_makes_room_for_the_next(group, coordinator):
    series = make_series(group, weekday=0, interval_weeks=1, starts_on=datetime.date(2026, 12, 7))
    made = generate(series, coordinator)
    series.weekday = MeetingSeries.Weekday.THURSDAY

    moved = save(series, coordinator)

    assert days(moved) == ["2026-12-10", "2026-12-17", "2026-12-28", "2027-01-04"]
    assert len(made) == 4


def test_saving_an_unchanged_series_moves_nothing(series, coordinator):
    made = generate(series, coordinator)

    save(series, coordinator)

    assert Meeting.objects.get(pk=made[0].pk).sequence == 0


# --- Single meetings ---


def new_meeting(group, day=NEXT_TUESDAY, hour=9, length=1):
    return Meeting(group=group, starts_at=at(day, hour), ends_at=at(day, hour) + datetime.timedelta(hours=length))


def test_created_meeting_gets_the_usual_agenda(group, coordinator):
    make_template_item(group, "Läget", position=1)

    meeting = planning.create_meeting(meeting=new_meeting(group), now=timezone.now(), by=coordinator)

    assert [item.title for item in meeting.agenda_items.all()] == ["Läget"]


@pytest.mark.parametrize(
    ("day", "hour", "length", "field"),
    [
        (TODAY - datetime.timedelta(days=1), 9, 1, "day"),
        (datetime.date(2036, 1, 8), 9, 1, "day"),
        (NEXT_TUESDAY, 9, 0, "end_time"),
        (NEXT_TUESDAY, 9, -1, "end_time"),
        (NEXT_TUESDAY, 10, 1, "start_time"),
    ],
)
def test_meeting_that_cannot_be_is_refused_beside_its_field(group, coordinator, day, hour, length, field):
    make_meeting(group, NEXT_TUESDAY, hour=10)

    with pytest.raises(ValidationError) as refused:
        planning.create_meeting(meeting=new_meeting(group, day, hour, length), now=timezone.now(), by=coordinator)

    assert set(refused.value.message_dict) == {field}
    assert Meeting.objects.count() == 1


def test_meeting_right_after_another_and_at_the_same_time_as_another_groups_is_fine(agreement, group, coordinator):
    make_meeting(group, NEXT_TUESDAY, hour=8)
    make_meeting(group, NEXT_TUESDAY, hour=9, state=Meeting.State.CANCELLED, cancelled_because="Ombokat")
    make_meeting(group_of(agreement, Group.Kind.STEERING), NEXT_TUESDAY, hour=9)

    planning.create_meeting(meeting=new_meeting(group), now=timezone.now(), by=coordinator)

    assert group.meetings.count() == 3


def move(meeting, coordinator, day=datetime.date(2026, 12, 1), hour=13, **fields):
    return planning.move_meeting(
        meeting=meeting,
        **{
            "starts_at": at(day, hour),
            "ends_at": at(day, hour) + datetime.timedelta(hours=1),
            "place": meeting.place,
            "now": timezone.now(),
            "by": coordinator,
        }
        | fields,
    )


def test_moving_raises_the_sequence_once_and_keeps_the_uid(group, coordinator, frozen_today):
    meeting = make_meeting(group, NEXT_TUESDAY)
    frozen_today.shift(60)

    move(meeting, coordinator, reason="Lokalen är upptagen.")
    moved = move(meeting, coordinator)

    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.changed_at, meeting.uid) == (1, timezone.now(), moved.uid)
    assert meeting.history.first().history_change_reason == "Lokalen är upptagen."
    assert meeting.history.count() == 2


def test_moving_within_its_own_time_is_no_collision(group, coordinator):
    meeting = make_meeting(group, NEXT_TUESDAY)

    moved = move(
        meeting, coordinator, starts_at=meeting.starts_at, ends_at=meeting.ends_at + datetime.timedelta(hours=1)
    )

    assert moved.length_minutes == 120


def test_place_of_a_meeting_whose_time_has_come_can_change(group, coordinator):
    meeting = make_meeting(group, TODAY, hour=8)

    moved = move(meeting, coordinator, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place="Teams")

    assert moved.place == "Teams"


@pytest.mark.parametrize(
    "fields",
    [
        {"held": True},
        {"opened_at": at(TODAY, 8)},
        {"state": Meeting.State.CANCELLED, "cancelled_because": "Ombokat"},
    ],
)
def test_meeting_that_is_held_under_way_or_cancelled_is_not_moved(group, coordinator, fields):
    meeting = make_meeting(group, TODAY, hour=8, **fields)

    with pytest.raises(ValidationError):
        move(meeting, coordinator)

    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.day) == (0, TODAY)


def test_cancelling_says_why_raises_the_sequence_and_twice_changes_nothing(group, coordinator):
    meeting = make_meeting(group, NEXT_TUESDAY)

    for _ in range(2):
        planning.cancel_meeting(meeting=meeting, because="För få kan komma.", now=timezone.now(), by=coordinator)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because, meeting.sequence) == ("cancelled", "För få kan komma.", 1)
    assert meeting.history.count() == 2


def test_cancelling_without_a_reason_or_a_held_meeting_is_refused(group, coordinator):
    planned, held = make_meeting(group, NEXT_TUESDAY), make_meeting(group, datetime.date(2026, 11, 10), held=True)

    for meeting, because in ((planned, "  "), (held, "Fel dag")):
        with pytest.raises(ValidationError):
            planning.cancel_meeting(meeting=meeting, because=because, now=timezone.now(), by=coordinator)

    assert not Meeting.objects.filter(state=Meeting.State.CANCELLED).exists()


def test_cancelling_takes_own_items_on_and_leaves_the_standing_ones(group, coordinator):
    make_template_item(group, "Läget")
    meeting, following = make_meeting(group, NEXT_TUESDAY), make_meeting(group, datetime.date(2026, 12, 8))
    make_agenda_item(meeting, "Läget")
    own = make_agenda_item(meeting, "Belysning")

    planning.cancel_meeting(meeting=meeting, because="Sjukdom", carries_items=True, now=timezone.now(), by=coordinator)

    assert [(item.title, item.carried_from) for item in following.agenda_items.all()] == [("Belysning", own)]


def cancel(meeting, coordinator):
    planning.cancel_meeting(meeting=meeting, because="Sjukdom", carries_items=True, now=timezone.now(), by=coordinator)


def test_cancelling_takes_what_is_written_on_standing_items_to_those_of_the_next_twice_in_a_row(group, coordinator):
    make_template_item(group, "Läget", position=1, description="Alla berättar.")
    make_template_item(group, "Övrigt", position=2)
    meetings = [
        planning.create_meeting(
            meeting=new_meeting(group, datetime.date(2026, 12, day)), now=timezone.now(), by=coordinator
        )
        for day in (1, 8, 15)
    ]
    item = meetings[0].agenda_items.get(title="Läget")
    item.description, item.presenter, item.is_internal = "Underlag: nytt avtal.", "Kommunpolisen", True
    agenda.update_item(item=item, by=coordinator)
    other = meetings[1].agenda_items.get(title="Läget")
    other.description = "Alla berättar. Ta med statistik."
    agenda.update_item(item=other, by=coordinator)

    cancel(meetings[0], coordinator)
    cancel(meetings[1], coordinator)

    rows = meetings[2].agenda_items.values_list("title", "description", "presenter", "is_internal")
    assert list(rows) == [
        ("Läget", "Alla berättar. Ta med statistik.\n\nUnderlag: nytt avtal.", "Kommunpolisen", True),
        ("Övrigt", "", "", False),
    ]


def test_preparation_that_waited_without_a_next_meeting_goes_into_its_standing_item(group, coordinator):
    make_template_item(group, "Läget")
    meeting = planning.create_meeting(meeting=new_meeting(group), now=timezone.now(), by=coordinator)
    item = meeting.agenda_items.get()
    item.description = "Underlag: nytt avtal."
    agenda.update_item(item=item, by=coordinator)
    cancel(meeting, coordinator)
    waiting = AgendaItem.objects.get(meeting=None)
    later = planning.create_meeting(
        meeting=new_meeting(group, datetime.date(2026, 12, 8)), now=timezone.now(), by=coordinator
    )

    agenda.schedule_item(item=waiting, meeting=later, by=coordinator)

    assert list(later.agenda_items.values_list("title", "description")) == [("Läget", "Underlag: nytt avtal.")]
    assert not AgendaItem.objects.filter(meeting=None).exists()


def test_time_that_the_clock_jumps_over_is_refused():
    with pytest.raises(ValidationError):
        planning.local_moment(datetime.date(2027, 3, 28), datetime.time(2, 30))

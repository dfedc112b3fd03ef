"""What is in the example: who can sign in and do what, and a year that history tells truly."""

import datetime

import pytest

from accounts.models import User
from agreements.access import Role, roles_in
from agreements.models import Agreement, Membership
from burlov_trygghet.demo.cast import CAST
from burlov_trygghet.demo.loading import moment
from focus_areas.models import (
    Activity,
    Commitment,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    LogEntry,
    Reminder,
)
from focus_areas.operations import send_reminders
from meetings.models import ActionPoint, Attendance, Decision, Meeting, MinutesAddendum, Observation
from meetings.situation import meeting_days, situation_group_of, situation_on, spans_until
from privacy.personal_data import find_personal_data
from reports.models import ReportDelivery, ReportReading
from reports.readers import NO_ADDRESS
from tests.factories import at

pytestmark = pytest.mark.django_db

NOW = moment(datetime.date(2026, 11, 23))


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@burlov.example")


def test_demo_gives_each_role_of_the_access_table_to_one_person(demo):
    roles = {character.key: roles_in(person(character.key), demo) for character in CAST if character.signs_in}

    assert roles == {
        "admin": {Role.SYSTEM_ADMINISTRATOR},
        "samordnare": {Role.COORDINATOR, Role.STEERING_GROUP, Role.PREPARATION_GROUP},
        "kommunpolis": {
            Role.POLICE_LIAISON,
            Role.PREPARATION_GROUP,
            Role.SITUATION_GROUP,
            Role.WORKING_GROUP,
        },
        "styrgrupp": {Role.STEERING_GROUP},
        "beredning": {Role.PREPARATION_GROUP},
        "sammankallande": {Role.WORKING_GROUP},
        "arbetsgrupp": {Role.WORKING_GROUP},
        "oratmotmarken": {Role.SITUATION_GROUP},
        "raddningstjanst": {Role.SITUATION_GROUP},
        "lasare": {Role.READER},
        "utomstaende": set(),
    }


def test_demo_people_can_do_what_their_role_can(demo):
    activities = list(Activity.objects.of(demo).in_order())
    everything = [activity.label for activity in activities]

    may_log = {
        character.key: [
            activity.label
            for activity in activities
            if person(character.key).has_perm("focus_areas.log_activity", activity)
        ]
        for character in CAST
        if character.signs_in
    }

    assert may_log == {
        "admin": everything,
        "samordnare": everything,
        "kommunpolis": everything,
        "styrgrupp": [],
        "beredning": everything,
        "sammankallande": ["3.3"],
        "arbetsgrupp": ["3.3"],
        "oratmotmarken": ["1.2", "3.1"],
        "raddningstjanst": [],
        "lasare": [],
        "utomstaende": [],
    }


def test_demo_names_nobody(demo):
    assert {user.full_name for user in User.objects.all()} == {character.name for character in CAST}


def test_demo_marks_the_agreement_and_keeps_what_was_signed(demo):
    assert demo.has_example_work
    assert (demo.reference_number, demo.state) == ("KS/2023:305", Agreement.State.ADOPTED)
    assert FocusArea.objects.filter(agreement=demo).count() == 3
    assert Activity.objects.of(demo).count() == 9


def test_demo_shows_planned_beside_done(demo):
    done = {
        (commitment.activity.label, commitment.who): (commitment.done, commitment.planned)
        for commitment in Commitment.objects.with_done().select_related("activity__focus_area", "organisation")
        if commitment.has_number
    }

    assert done["1.1", "Kommunen"] == (9, 10)
    assert done["1.2", "Kommunen (KLF)"] == (11, 8)
    assert done["2.2", "Gemensamt"] == (0, 1)
    assert done["3.1", "Burlövs Bostäder"] == (None, 1)
    assert done["3.3", "Gemensamt"] == (3, 4)


def test_demo_asks_for_three_decisions(demo):
    asking = Activity.objects.of(demo).with_latest_update().exclude(decision_requested="")

    assert [activity.label for activity in asking.in_order()] == ["2.2", "3.1", "3.4"]


def test_demo_has_follow_ups_in_every_state(demo):
    sides = {
        (follow_up.activity.label, follow_up.followed_up_on.isoformat()): follow_up.approved_sides
        for follow_up in FollowUp.objects.select_related("activity__focus_area").prefetch_related("approvals")
    }

    assert sides["3.3", "2026-06-15"] == {"municipality", "police"}
    assert sides["2.1", "2026-11-10"] == {"municipality"}
    assert sides["3.2", "2026-11-18"] == set()
    assert FollowUpApproval.objects.exclude(dissent="").count() == 1


def test_demo_leaves_two_seats_vacant_after_the_election(demo):
    ended = Membership.objects.filter(ends_on=datetime.date(2026, 11, 15))

    assert sorted(membership.seat.title for membership in ended) == [
        "Kommunstyrelsens ordförande",
        "Oppositionsföreträdare",
    ]


def test_demo_history_says_who_and_when(demo):
    raised = Commitment.objects.get(text="Trygghetsvandringar").history.first()

    assert raised.planned == 4
    assert raised.prev_record.planned == 3
    assert str(raised.history_user) == "Ledamot i beredningsgruppen"
    assert raised.history_date == at(datetime.date(2026, 3, 12), 16)
    assert raised.history_change_reason == "Beredningsgruppens beslut 12 mars 2026, § 4"


def test_demo_history_spans_the_year(demo):
    months = {
        moment.astimezone(NOW.tzinfo).month
        for moment in LogEntry.history.filter(history_date__year=2026).values_list("history_date", flat=True)
    }

    assert months == {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
    assert Agreement.history.earliest("history_date").history_date == at(datetime.date(2025, 11, 3), 8)


# --- Meetings ---


def trends_on(agreement: Agreement, day: datetime.date) -> set[str]:
    """The categories that stand out on a day, with the areas that they stand out in."""
    spans = spans_until(meeting_days(situation_group_of(agreement), until=day), today=day)
    rows = [row for row in situation_on(agreement, spans, day=day, today=day).rows if row.verdict.stands_out]
    return {row.name for row in rows} | {place.name for row in rows for place in row.inside}


def test_demo_has_met_for_a_year(demo):
    held = Meeting.objects.filter(state=Meeting.State.HELD)
    counts_by_group = {str(group): held.filter(group=group).count() for group in demo.groups.all()}

    assert (counts_by_group["Örat mot marken"], counts_by_group["Beredningsgruppen"]) == (26, 10)
    assert counts_by_group["Styrgruppen"] == 4
    assert [str(meeting.cancelled_because) for meeting in Meeting.objects.filter(state=Meeting.State.CANCELLED)] == [
        "Semester. Var och en rapporterar ändå i portalen."
    ]
    assert Meeting.objects.upcoming(at=NOW).first().day == datetime.date(2026, 11, 24)


def test_demo_moves_the_meeting_on_the_holiday(demo):
    moved = Meeting.objects.get(series_date=datetime.date(2026, 1, 6))

    assert (moved.day, moved.is_held) == (datetime.date(2026, 1, 7), True)


def test_demo_approves_all_minutes_but_the_latest(demo):
    waiting = Meeting.objects.filter(state=Meeting.State.HELD).exclude(minutes_state=Meeting.MinutesState.APPROVED)

    assert {str(meeting) for meeting in waiting} == {"Örat mot marken, v. 46", "Beredningsgruppen, v. 43"}
    assert all(meeting.is_under_review for meeting in waiting)
    assert [str(addendum) for addendum in MinutesAddendum.objects.all()] == ["Tillägg till Örat mot marken, v. 44"]


def test_demo_mandates_all_but_two_activities(demo):
    without = Activity.objects.of(demo).filter(mandates__isnull=True)

    assert [activity.label for activity in without.in_order()] == ["3.1", "3.4"]


def test_demo_decisions_have_the_numbers_that_history_tells_of(demo):
    fourth_walk = Decision.objects.get(group__name="Beredningsgruppen", year=2026, number=4)

    assert fourth_walk.meeting.day == datetime.date(2026, 3, 12)
    assert fourth_walk.mandated_activity.label == "3.3"
    assert (str(fourth_walk.carries_out.group), fourth_walk.carries_out.paragraph) == ("Styrgruppen", "§ 1/2026")


def test_demo_has_open_points_of_which_one_is_overdue(demo):
    points = ActionPoint.objects.open().with_meeting_count(until=NOW)

    assert sorted({point.meeting_count for point in points}) == [0, 1, 2, 4]
    assert [point.text for point in points.filter(due_on__lt=NOW.date())] == [
        "Laga lamporna på gångvägen norr om stationen"
    ]


def test_demo_attendance_has_substitutes_and_guests(demo):
    roles = [Attendance.objects.filter(role=role).count() for role in ("substitute", "guest")]

    assert roles == [3, 3]
    assert not Attendance.objects.filter(is_present__isnull=True).exists()


def test_demo_has_two_rises_and_one_mark_by_chance(demo):
    marked = {
        meeting.day: trends
        for meeting in Meeting.objects.filter(group__kind="situation", state=Meeting.State.HELD)
        if (trends := trends_on(demo, meeting.day))
    }

    station = {"Skadegörelse", "Skadegörelse i Burlövs station"}
    assert marked == {
        datetime.date(2026, 3, 31): station,
        datetime.date(2026, 4, 14): station,
        # What chance may be expected to mark in a year of some twenty series.
        datetime.date(2026, 6, 23): {"Nedskräpning", "Nedskräpning i Åkarp"},
        # The fires begin to be more.
        datetime.date(2026, 11, 10): {"Anlagd brand", "Anlagd brand i Arlöv"},
    }
    assert trends_on(demo, NOW.date()) == {"Anlagd brand", "Anlagd brand i Arlöv"}


def test_demo_observations_name_nobody(demo):
    observations = Observation.objects.all()

    assert observations.count() == 378
    assert not [text for text in observations.values_list("text", flat=True) if find_personal_data(text)]


def test_demo_reports_are_sent_to_and_read_by_those_who_could(demo):
    without = ReportDelivery.objects.filter(user__email=None)

    assert set(without.values_list("sent_at", "error")) == {(None, NO_ADDRESS)}
    assert not ReportDelivery.objects.exclude(user__email=None).filter(sent_at=None).exists()
    assert ReportReading.objects.exists()
    assert not ReportReading.objects.filter(user__email=None).exists()


def test_every_late_follow_up_of_the_demo_is_asked_about_once(demo, mailoutbox, django_capture_on_commit_callbacks):
    day = datetime.date(2026, 12, 20)
    late = {one.pk for one in Activity.objects.of(demo).unfinished().filter(next_follow_up_on__lt=day)}
    asked_before = set(Reminder.objects.filter(occasion="follow_up").values_list("activity", "due_on"))

    with django_capture_on_commit_callbacks(execute=True):
        outcome = send_reminders(today=day, site="https://trygghet.example")
    sent = len(mailoutbox)
    with django_capture_on_commit_callbacks(execute=True):
        again = send_reminders(today=day, site="https://trygghet.example")

    asked = set(Reminder.objects.filter(occasion="follow_up").values_list("activity", "due_on"))
    assert late
    assert late <= {activity for activity, _ in asked}
    assert asked - asked_before
    assert outcome.without_recipient == []
    assert (again.wanted, len(mailoutbox)) == ([], sent)

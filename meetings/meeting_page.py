"""What the page of a meeting shows: agenda with what was written, attendance, action points, and what may be done."""

import datetime
from dataclasses import dataclass, field

from agreements.models import Seat
from documents.swedish_dates import clock_range_words
from meetings.access import Capability, may_finish, others_lead
from meetings.minutes import collect_minutes, digest, mandate_in_words, vacant_seats
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting


@dataclass(frozen=True)
class PointRow:
    """An action point with the number of meetings it has been open, and whether the person may finish it."""

    point: ActionPoint
    can_finish: bool = False

    @property
    def open_in_words(self) -> str:
        """“öppen i 3 möten”: how many meetings it has followed along to; nothing at the first."""
        count = self.point.meeting_count
        if not count:
            return ""
        return "öppen i ett möte" if count == 1 else f"öppen i {count} möten"


@dataclass(frozen=True)
class DecisionRow:
    decision: Decision
    mandate: list[str]


@dataclass(frozen=True)
class AgendaRow:
    """An item of the agenda: its number, the time it is planned to, and what was decided there."""

    item: AgendaItem
    number: int
    time: str = ""
    decisions: list[DecisionRow] = field(default_factory=list)
    points: list[PointRow] = field(default_factory=list)


@dataclass(frozen=True)
class AttendanceTable:
    members: list[Attendance]
    substitutes: list[Attendance]
    guests: list[Attendance]
    vacant: list[Seat]

    @property
    def rows(self) -> list[Attendance]:
        return [*self.members, *self.substitutes, *self.guests]

    @property
    def present_count(self) -> int:
        return sum(bool(row.is_present) for row in self.rows)

    @property
    def is_noted(self) -> bool:
        """Whether anybody has said who came."""
        return bool(self.substitutes or self.guests) or any(row.is_present is not None for row in self.members)

    @property
    def seats(self) -> list[Seat]:
        """The seats that a substitute can go in for."""
        taken = {row.seat_id for row in self.substitutes}
        seats = [row.seat for row in self.members] + self.vacant
        return [seat for seat in seats if seat.pk not in taken]


@dataclass(frozen=True)
class Abilities:
    """What the person may do with the meeting now, as it stands and by their seats."""

    can_lead: bool = False
    can_write: bool = False
    can_open: bool = False
    can_close: bool = False
    can_send_for_review: bool = False
    can_take_back: bool = False
    can_approve: bool = False
    can_add_addendum: bool = False
    # Under review, sent by the person, and others lead the group too: one of them approves.
    waits_for_others: bool = False


def abilities(meeting: Meeting, *, user, today: datetime.date) -> Abilities:
    can_lead = user.has_perm(Capability.LEAD_MEETING, meeting) and not meeting.agreement.is_closed
    if not can_lead or meeting.is_cancelled:
        return Abilities(can_lead=can_lead)
    if meeting.is_approved:
        return Abilities(can_lead=True, can_add_addendum=True)
    if meeting.is_under_review:
        waits = meeting.sent_for_review_by_id == user.pk and others_lead(meeting.group, besides=user, on=today)
        return Abilities(can_lead=True, can_take_back=True, can_approve=not waits, waits_for_others=waits)
    return Abilities(
        can_lead=True,
        can_write=True,
        can_open=meeting.is_planned and not meeting.is_under_way,
        can_close=meeting.is_under_way,
        can_send_for_review=meeting.is_held,
    )


def meeting_context(meeting: Meeting, *, user, today: datetime.date) -> dict:
    """All that the meeting's page and its parts need. The number of queries does not grow with the rows.

    Örat mot marken's page takes the same, so that `_attendance.html`, `_agenda.html`, `_decisions.html`,
    `_action_points.html` and `_minutes_state.html` look alike there.
    """
    may = abilities(meeting, user=user, today=today)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "today": today,
        "may": may,
        "can_write": may.can_write,
        "can_lead": may.can_lead,
        "addenda": meeting.addenda.select_related("written_by") if meeting.is_approved else (),
    } | neighbours(meeting)
    if meeting.is_approved or meeting.is_under_review:
        # Read-only, and exactly what is approved or to be approved: not what has become of it since.
        content = collect_minutes(meeting)
        return context | {"minutes": content, "version": digest(content)}
    points = point_rows(meeting, user=user)
    new_points = [row for row in points if row.point.meeting_id == meeting.pk]
    decisions = decision_rows(meeting)
    agenda, attendance = agenda_rows(meeting, decisions=decisions, points=points), attendance_table(meeting)
    is_begun = decisions or new_points or attendance.is_noted or any(row.item.minutes for row in agenda)
    return context | {
        "agenda": agenda,
        "attendance": attendance,
        "can_unopen": may.can_close and not is_begun,
        "decisions": decisions,
        "loose_decisions": [row for row in decisions if row.decision.agenda_item_id is None],
        "new_points": new_points,
        "loose_points": [row for row in new_points if row.point.agenda_item_id is None],
        "followed_along": [row for row in points if row.point.meeting_id != meeting.pk],
    }


def neighbours(meeting: Meeting) -> dict:
    """The group's meetings before and after this one, with one query."""
    found = list(Meeting.objects.beside(meeting).defer("approved_content"))
    return {
        "previous": next((one for one in found if one.starts_at < meeting.starts_at), None),
        "following": next((one for one in found if one.starts_at > meeting.starts_at), None),
    }


def point_rows(meeting: Meeting, *, user) -> list[PointRow]:
    """The points agreed at the meeting, and those from before that were still open on its day; most urgent first."""
    agreed = meeting.action_points.all()
    points = (
        (ActionPoint.objects.open_at(meeting) | agreed)
        .select_related("group__agreement", "meeting", "responsible", "organisation", "activity__focus_area")
        .with_meeting_count(until=meeting.starts_at)
        .by_due_date()
    )
    return [PointRow(point=point, can_finish=may_finish(user, point)) for point in points]


def decision_rows(meeting: Meeting) -> list[DecisionRow]:
    return [
        DecisionRow(decision=decision, mandate=mandate_in_words(decision))
        for decision in meeting.decisions.with_mandate()
    ]


def agenda_rows(meeting: Meeting, *, decisions: list[DecisionRow], points: list[PointRow]) -> list[AgendaRow]:
    """The agenda in order, each item with when it is planned for as long as every item before has a time."""
    rows: list[AgendaRow] = []
    begins: datetime.datetime | None = meeting.starts_at
    for number, item in enumerate(meeting.agenda_items.select_related("activity__focus_area"), 1):
        ends = begins + datetime.timedelta(minutes=item.duration_minutes) if begins and item.duration_minutes else None
        rows.append(
            AgendaRow(
                item=item,
                number=number,
                time=clock_range_words(begins, ends) if begins and ends else "",
                decisions=[row for row in decisions if row.decision.agenda_item_id == item.pk],
                points=[
                    row for row in points if row.point.agenda_item_id == item.pk and row.point.meeting_id == meeting.pk
                ],
            )
        )
        begins = ends
    return rows


def attendance_table(meeting: Meeting) -> AttendanceTable:
    rows = list(meeting.attendances.select_related("seat__organisation", "organisation"))
    return AttendanceTable(
        members=[row for row in rows if row.role == Attendance.Role.MEMBER],
        substitutes=[row for row in rows if row.role == Attendance.Role.SUBSTITUTE],
        guests=[row for row in rows if row.role == Attendance.Role.GUEST],
        vacant=vacant_seats(meeting),
    )

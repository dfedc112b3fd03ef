"""What a meeting's minutes say, as plain values: for the page, the PDF, and to keep when they have been approved.

Approved minutes are read from what was kept then, word for word. Addenda are not part of it; they are read beside it.
"""

import dataclasses
import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agreements.models import Membership, Seat
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting
from meetings.situation.minuted import MinutedTrend, minuted_trends

FORMAT = 1


@dataclass(frozen=True)
class Attendant:
    """Somebody who was there or was missed: name, organisation, and the seat (empty for a guest)."""

    name: str
    organisation: str
    seat: str = ""


@dataclass(frozen=True)
class MinutedDecision:
    paragraph: str
    text: str
    # “Uppdrag till Arbetsgrupp …”, “Gäller aktiviteten …”, “Verkställer § 3/2026 …”; one sentence each.
    mandate: tuple[str, ...] = ()
    # The row's key, so that links to the decision lead to it in the minutes.
    key: int | None = None


@dataclass(frozen=True)
class MinutedActionPoint:
    """Agreed at the meeting (meeting_count is 0), or following along from an earlier one."""

    text: str
    responsible: str
    due_on: datetime.date
    since: datetime.date
    meeting_count: int = 0
    # What was told at the meeting, for a point that was finished that day: “Klar: …”; empty while it is open.
    outcome: str = ""
    is_internal: bool = False


@dataclass(frozen=True)
class MinutedItem:
    number: int
    title: str
    presenter: str = ""
    minutes: str = ""
    is_internal: bool = False
    is_carried: bool = False
    decisions: tuple[MinutedDecision, ...] = ()
    action_points: tuple[MinutedActionPoint, ...] = ()
    key: int | None = None


@dataclass(frozen=True)
class MinutesContent:
    agreement: str
    reference_number: str
    group: str
    group_kind: str
    place: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    present: tuple[Attendant, ...] = ()
    substitutes: tuple[Attendant, ...] = ()
    guests: tuple[Attendant, ...] = ()
    absent: tuple[Attendant, ...] = ()
    # Nobody noted whether they came. Minutes approved before this was told have them among the absent.
    unknown: tuple[Attendant, ...] = ()
    # Seats without a holder that day.
    vacant: tuple[str, ...] = ()
    items: tuple[MinutedItem, ...] = ()
    # Those that belong to no item of the agenda.
    decisions: tuple[MinutedDecision, ...] = ()
    action_points: tuple[MinutedActionPoint, ...] = ()
    # Open points from earlier meetings.
    followed_along: tuple[MinutedActionPoint, ...] = ()
    # Örat mot marken's, as they were judged on the meeting's day.
    trends: tuple[MinutedTrend, ...] = ()
    sent_for_review_by: str = ""
    approved_by: str = ""
    approved_at: datetime.datetime | None = None

    @property
    def is_attendance_noted(self) -> bool:
        return bool(self.present or self.substitutes or self.guests or self.absent)

    @property
    def all_decisions(self) -> tuple[MinutedDecision, ...]:
        """Every decision of the meeting, in the agenda's order."""
        return (*(one for item in self.items for one in item.decisions), *self.decisions)

    @property
    def all_action_points(self) -> tuple[MinutedActionPoint, ...]:
        """Every action point agreed at the meeting, in the agenda's order."""
        return (*(one for item in self.items for one in item.action_points), *self.action_points)


def collect_minutes(meeting: Meeting) -> MinutesContent:
    """Return the minutes: as they were approved, else as they stand now. The number of queries is fixed."""
    if meeting.is_approved:
        return from_data(meeting.approved_content)
    decisions = [(decision.agenda_item_id, minuted_decision(decision)) for decision in meeting.decisions.with_mandate()]
    agreed, followed_along = minuted_points(meeting)
    attendances = list(meeting.attendances.select_related("seat", "organisation"))
    return MinutesContent(
        agreement=str(meeting.agreement),
        reference_number=meeting.agreement.reference_number,
        group=meeting.group.name,
        group_kind=meeting.group.kind,
        place=meeting.place,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        present=attendants(attendances, Attendance.Role.MEMBER, are_present=True),
        substitutes=attendants(attendances, Attendance.Role.SUBSTITUTE, are_present=True),
        guests=attendants(attendances, Attendance.Role.GUEST, are_present=True),
        absent=attendants(attendances, Attendance.Role.MEMBER, are_present=False),
        unknown=tuple(attendant(row) for row in attendances if row.is_present is None),
        vacant=tuple(str(seat) for seat in vacant_seats(meeting)),
        items=tuple(
            minuted_item(item, number, decisions, agreed) for number, item in enumerate(meeting.agenda_items.all(), 1)
        ),
        decisions=tuple(decision for item_id, decision in decisions if item_id is None),
        action_points=tuple(point for item_id, point in agreed if item_id is None),
        followed_along=followed_along,
        trends=minuted_trends(meeting),
        sent_for_review_by=str(meeting.sent_for_review_by or ""),
    )


def attendants(rows: list[Attendance], role: Attendance.Role, *, are_present: bool) -> tuple[Attendant, ...]:
    return tuple(attendant(row) for row in rows if row.role == role and row.is_present is are_present)


def attendant(row: Attendance) -> Attendant:
    return Attendant(name=row.name, organisation=str(row.organisation), seat=row.seat.title if row.seat else "")


def vacant_seats(meeting: Meeting) -> list[Seat]:
    """The group's seats that nobody held on the meeting's day."""
    held = Membership.objects.held(on=meeting.day).filter(seat__group=meeting.group_id)
    seats = meeting.group.seats.exclude(function=Seat.Function.READER)
    return list(seats.exclude(pk__in=held.values("seat")).select_related("organisation"))


def minuted_item(item: AgendaItem, number: int, decisions, points) -> MinutedItem:
    return MinutedItem(
        number=number,
        title=item.title,
        presenter=item.presenter,
        minutes=item.minutes,
        is_internal=item.is_internal,
        is_carried=item.is_carried,
        decisions=tuple(decision for item_id, decision in decisions if item_id == item.pk),
        action_points=tuple(point for item_id, point in points if item_id == item.pk),
        key=item.pk,
    )


def minuted_decision(decision: Decision) -> MinutedDecision:
    return MinutedDecision(
        paragraph=decision.paragraph, text=decision.text, mandate=tuple(mandate_in_words(decision)), key=decision.pk
    )


def mandate_in_words(decision: Decision) -> list[str]:
    """What the decision mandates and carries out, one sentence each."""
    words = []
    if decision.carries_out:
        words.append(f"Verkställer {decision.carries_out.paragraph} av {decision.carries_out.group}.")
    if decision.mandated_group:
        words.append(f"Ger uppdrag till {decision.mandated_group}.")
    if decision.mandated_activity:
        words.append(f"Gäller aktiviteten {decision.mandated_activity}.")
    return words


def minuted_points(
    meeting: Meeting,
) -> tuple[list[tuple[int | None, MinutedActionPoint]], tuple[MinutedActionPoint, ...]]:
    """Those agreed at the meeting, each with its item's key, and those that follow along, most urgent first."""
    points = list(
        (ActionPoint.objects.open_at(meeting) | meeting.action_points.all())
        .select_related("meeting", "responsible", "organisation", "agenda_item")
        .with_meeting_count(until=meeting.starts_at)
        .order_by("pk")
    )
    agreed = [
        (point.agenda_item_id, minuted_point(point, meeting)) for point in points if point.meeting_id == meeting.pk
    ]
    followed = sorted(
        (point for point in points if point.meeting_id != meeting.pk), key=lambda point: (point.due_on, point.pk)
    )
    return agreed, tuple(minuted_point(point, meeting) for point in followed)


def minuted_point(point: ActionPoint, meeting: Meeting) -> MinutedActionPoint:
    is_finished = point.finished_on is not None and point.finished_on <= meeting.day
    return MinutedActionPoint(
        text=point.text,
        responsible=point.responsible_in_words,
        due_on=point.due_on,
        since=point.since,
        meeting_count=point.meeting_count,
        outcome=": ".join(filter(None, [point.get_state_display(), point.outcome])) if is_finished else "",
        is_internal=bool(point.agenda_item and point.agenda_item.is_internal),
    )


def without_internal(content: MinutesContent) -> MinutesContent:
    """The minutes without the items marked internal, and without what was decided there. Numbers stay as they are."""
    return dataclasses.replace(
        content,
        items=tuple(item for item in content.items if not item.is_internal),
        followed_along=tuple(point for point in content.followed_along if not point.is_internal),
    )


# --- As JSON and back ---

KINDS = {
    "present": Attendant,
    "substitutes": Attendant,
    "guests": Attendant,
    "absent": Attendant,
    "unknown": Attendant,
    "items": MinutedItem,
    "decisions": MinutedDecision,
    "action_points": MinutedActionPoint,
    "followed_along": MinutedActionPoint,
    "trends": MinutedTrend,
}
MOMENTS = {"starts_at", "ends_at", "approved_at"}
DAYS = {"due_on", "since"}


def as_data(content: MinutesContent) -> dict[str, Any]:
    """The minutes as JSON holds them: moments with their offset, and the number of the format."""
    return {"format": FORMAT} | _plain(dataclasses.asdict(content))


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def digest(content: MinutesContent) -> str:
    """What tells these very words from all others: who approves them approves what was read, and nothing else."""
    return hashlib.sha256(json.dumps(as_data(content), sort_keys=True).encode()).hexdigest()


def from_data(data: dict[str, Any]) -> MinutesContent:
    """Read what `as_data` wrote.

    Raises:
        ValueError: it was written in a format that is not known here.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"minutes in format {data.get('format')}, not {FORMAT}")
    return _read(MinutesContent, data)


def _read(kind, data: dict[str, Any]):
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: _value(name, value) for name, value in data.items() if name in names})


def _value(name: str, value):
    if value is None:
        return None
    if name in MOMENTS:
        return datetime.datetime.fromisoformat(value)
    if name in DAYS:
        return datetime.date.fromisoformat(value)
    if name in KINDS:
        return tuple(_read(KINDS[name], part) for part in value)
    return tuple(value) if isinstance(value, list) else value

"""Opening and closing a meeting, and who was there."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.history import recording, recording_moment
from accounts.models import Organisation, User
from agreements.models import Membership, Seat
from documents.written_text import comparison_key
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.operations.locks import hold_open
from meetings.operations.participants import require_participants


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Open the meeting, with a row of attendance for each seat held that day; opening twice changes nothing.

    Raises:
        ValidationError: the meeting is cancelled or its minutes are closed.
    """
    held = hold_open(meeting)
    with recording(by=by):
        if held.opened_at is None:
            held.opened_at = recording_moment()
            held.save(update_fields=["opened_at"])
        enter_members(meeting=held)
    return held


@transaction.atomic
def unopen_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Take back the opening of a meeting that was opened by mistake; doing it twice changes nothing.

    Raises:
        ValidationError: something has been written, decided or noted about who came; or the meeting is over.
    """
    held = hold_open(meeting)
    if held.is_held:
        raise ValidationError("Mötet är avslutat.", code="held")
    if held.opened_at is None:
        return held
    if is_begun(held):
        raise ValidationError("Det finns anteckningar, beslut, åtgärdspunkter eller närvaro från mötet.", code="begun")
    with recording(by=by):
        for attendance in held.attendances.all():
            attendance.delete()
        held.opened_at = None
        held.save(update_fields=["opened_at"])
    return held


def is_begun(meeting: Meeting) -> bool:
    """Whether anything has been written about the meeting since it was opened."""
    came = ~Q(role=Attendance.Role.MEMBER) | Q(is_present__isnull=False)
    return (
        meeting.attendances.filter(came).exists()
        or meeting.decisions.exists()
        or meeting.action_points.exists()
        or meeting.agenda_items.exclude(minutes="").exists()
    )


def enter_members(*, meeting: Meeting) -> None:
    """Add the members of the meeting's day that are not in the attendance yet. Whether they came is not known."""
    known = meeting.attendances.filter(role=Attendance.Role.MEMBER).values("seat")
    holdings = (
        Membership.objects.taking_part_in(meeting.group, on=meeting.day)
        .exclude(seat__in=known)
        .select_related("seat__organisation", "user")
    )
    for holding in holdings:
        Attendance.objects.create(
            meeting=meeting,
            role=Attendance.Role.MEMBER,
            seat=holding.seat,
            user=holding.user,
            name=holding.user.full_name,
            organisation=holding.seat.organisation,
        )


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Say that the meeting is over. Items that something was written about count as discussed; others stay to do.

    Raises:
        ValidationError: the meeting has not been opened, is cancelled, or its minutes are closed.
    """
    held = hold_open(meeting)
    if held.is_held:
        return held
    if held.opened_at is None:
        raise ValidationError("Mötet är inte öppnat. Öppna det först.", code="not_opened")
    with recording(by=by):
        held.state, held.closed_at = Meeting.State.HELD, recording_moment()
        held.save(update_fields=["state", "closed_at"])
        written_about = ~Q(minutes="") | Q(decisions__isnull=False) | Q(action_points__isnull=False)
        for item in held.agenda_items.filter(written_about, outcome=AgendaItem.Outcome.TO_DO).distinct():
            set_outcome(item=item, outcome=AgendaItem.Outcome.DISCUSSED)
    return held


def set_outcome(*, item: AgendaItem, outcome: AgendaItem.Outcome) -> None:
    if item.outcome != outcome:
        item.outcome = outcome
        item.save(update_fields=["outcome"])


@transaction.atomic
def set_attendance(*, meeting: Meeting, present: Collection[Attendance], by: User) -> None:
    """Make exactly these present, and everybody else in the attendance absent.

    Raises:
        ValidationError: somebody belongs to another meeting, or the meeting takes in nothing more.
    """
    held = hold_open(meeting)
    if any(attendance.meeting_id != held.pk for attendance in present):
        raise ValidationError("Närvaron hör till ett annat möte.")
    keys = {attendance.pk for attendance in present}
    with recording(by=by):
        for attendance in held.attendances.all():
            is_present = attendance.pk in keys
            if attendance.is_present != is_present:
                attendance.is_present = is_present
                attendance.save(update_fields=["is_present"])


def unknown_attendance(meeting: Meeting) -> list[Attendance]:
    """Those of whom nobody has noted whether they came."""
    return list(meeting.attendances.filter(is_present__isnull=True).select_related("organisation"))


@transaction.atomic
def note_absent(*, meeting: Meeting, absent: Collection[Attendance], by: User) -> None:
    """Note that these did not come.

    Raises:
        ValidationError: the meeting takes in nothing more.
    """
    held = hold_open(meeting)
    keys = [attendance.pk for attendance in absent]
    with recording(by=by):
        for attendance in held.attendances.filter(pk__in=keys).exclude(is_present=False):
            attendance.is_present = False
            attendance.save(update_fields=["is_present"])


@transaction.atomic
def add_substitute(*, meeting: Meeting, seat: Seat, name: str, by: User, user: User | None = None) -> Attendance:
    """Enter who comes instead of a seat's holder; the holder is marked absent.

    Raises:
        ValidationError: the seat is in another group or has a substitute, the name is missing, or the meeting takes
            in nothing more.
    """
    held = hold_open(meeting)
    if seat.group_id != held.group_id:
        raise ValidationError({"seat": "Platsen hör till en annan grupp."})
    attendance = Attendance(
        meeting=held,
        role=Attendance.Role.SUBSTITUTE,
        seat=seat,
        user=user,
        name=name or (user.full_name if user else ""),
        organisation=seat.organisation,
        is_present=True,
    )
    attendance.full_clean()
    with recording(by=by):
        attendance.save()
        for member in held.attendances.filter(role=Attendance.Role.MEMBER, seat=seat).exclude(is_present=False):
            member.is_present = False
            member.save(update_fields=["is_present"])
    return attendance


@transaction.atomic
def add_guest(*, meeting: Meeting, name: str, organisation: Organisation | None, by: User) -> Attendance:
    """Enter a guest from an organisation that takes part in the agreement.

    Raises:
        ValidationError: the organisation is missing or takes no part, the name is missing, the guest is there
            already, or the meeting takes in nothing more.
    """
    held = hold_open(meeting)
    if organisation is None:
        raise ValidationError({"organisation": "Välj organisation."})
    require_participants(held.agreement, [organisation.pk], field="organisation")
    attendance = Attendance(
        meeting=held, role=Attendance.Role.GUEST, name=name, organisation=organisation, is_present=True
    )
    attendance.full_clean()
    there = held.attendances.filter(role=Attendance.Role.GUEST, organisation=organisation)
    if any(comparison_key(guest.name) == comparison_key(name) for guest in there):
        raise ValidationError({"name": "Gästen finns redan i närvaron."})
    with recording(by=by):
        attendance.save()
    return attendance


@transaction.atomic
def remove_attendance(*, attendance: Attendance, by: User) -> None:
    """Take a guest or a substitute out of the attendance. Members of that day stay, present or absent.

    Raises:
        ValidationError: it is a member, or the meeting takes in nothing more.
    """
    hold_open(attendance.meeting)
    if attendance.role == Attendance.Role.MEMBER:
        raise ValidationError("Gruppens ledamöter står kvar. Markera den som inte kom som frånvarande.")
    with recording(by=by):
        attendance.delete()

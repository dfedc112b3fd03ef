"""Writes that touch more than one kind of row, or have consequences. Each says who acts, and is all or nothing."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import Organisation, User
from documents.file_types import recognise, safe_file_name
from focus_areas.models import (
    Activity,
    FollowUp,
    FollowUpApproval,
    LogAttachment,
    LogEntry,
    Participation,
    ProcessLead,
    StatusUpdate,
)

APPROVED = "Uppföljningen är godkänd och kan inte ändras. Dra tillbaka godkännandet först."


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    by: User,
    process_lead: Iterable[Organisation] | None = None,
    participants: Iterable[Organisation] | None = None,
    reason: str = "",
) -> Activity:
    """Save an activity's facts, and who leads and takes part where given (None leaves them as they are)."""
    with recording(by=by, reason=reason):
        activity.save()
        if process_lead is not None:
            set_actors(activity=activity, link=ProcessLead, organisations=process_lead)
        if participants is not None:
            set_actors(activity=activity, link=Participation, organisations=participants)
    return activity


def set_actors(
    *,
    activity: Activity,
    link: type[ProcessLead] | type[Participation],
    organisations: Iterable[Organisation],
) -> bool:
    """Make exactly these organisations lead the activity, or take part in it, in this order. True when that changed."""
    wanted = list(dict.fromkeys(organisations))
    present = {row.organisation_id: row for row in link.objects.filter(activity=activity)}
    changed = False
    for organisation_id, row in present.items():
        if organisation_id not in {organisation.pk for organisation in wanted}:
            row.delete()
            changed = True
    for position, organisation in enumerate(wanted):
        row = present.get(organisation.pk)
        if row is None:
            link.objects.create(activity=activity, organisation=organisation, position=position)
            changed = True
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
            changed = True
    return changed


@transaction.atomic
def log_activity(*, entry: LogEntry, by: User, files: Iterable = ()) -> LogEntry:
    """Save a new or corrected log entry, with new files beside it.

    Raises:
        ValidationError: the day is in the future, or the commitment or area belongs elsewhere.
    """
    if entry.commitment_id and entry.commitment.activity_id != entry.activity_id:
        raise ValidationError({"commitment": "Åtagandet hör till en annan aktivitet."})
    if entry.area_id and entry.area.agreement_id != entry.activity.focus_area.agreement_id:
        raise ValidationError({"area": "Delområdet hör till en annan överenskommelse."})
    with recording(by=by):
        if entry.pk is None:
            entry.created_by = by
        entry.save()
        for file in files:
            attach(entry=entry, file=file)
    return entry


def attach(*, entry: LogEntry, file) -> LogAttachment:
    """Keep a file beside a log entry. Its kind is judged by its content; raises UnacceptableFile for any other kind."""
    file_type = recognise(file)
    file.seek(0)
    return LogAttachment.objects.create(
        log_entry=entry,
        file=file,
        file_name=safe_file_name(file.name),
        content_type=file_type.content_type,
        size=file.size,
    )


@transaction.atomic
def remove_log_entry(*, entry: LogEntry, by: User) -> None:
    """Take a log entry away. Its history stays, and brings it back if need be."""
    with recording(by=by):
        for attachment in entry.attachments.all():
            attachment.delete()
        entry.delete()


@transaction.atomic
def report_status(*, update: StatusUpdate, by: User) -> StatusUpdate:
    """Add a status update; the activity's own status and assessment follow."""
    with recording(by=by, reason=update.reason):
        update.created_by = by
        update.save()
        follow_latest_update(activity=update.activity)
    return update


@transaction.atomic
def report_unchanged(*, activity: Activity, by: User) -> StatusUpdate:
    """Say that things are as they were: the latest update once more, with today's date.

    Raises:
        ValidationError: nothing has been reported yet, so there is nothing to repeat.
    """
    latest = activity.status_updates.newest_first().first()
    if latest is None:
        raise ValidationError("Skriv en första lägesrapport. Det finns ingen att upprepa än.")
    return report_status(
        update=StatusUpdate(
            activity=activity,
            status=latest.status,
            assessment=latest.assessment,
            text=latest.text,
            next_step=latest.next_step,
            reason=latest.reason,
            decision_requested=latest.decision_requested,
        ),
        by=by,
    )


def follow_latest_update(*, activity: Activity) -> None:
    """Set the activity's status and assessment to what its newest status update says; unreported if there is none."""
    latest = activity.status_updates.newest_first().first()
    status = latest.status if latest else Activity.Status.NOT_STARTED
    assessment = latest.assessment if latest else Activity.Assessment.NONE
    if (activity.status, activity.assessment) != (status, assessment):
        activity.status, activity.assessment = status, assessment
        activity.save(update_fields=["status", "assessment"])


@transaction.atomic
def save_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Save a follow-up that nobody has approved, and move the activity's next one.

    Raises:
        ValidationError: one of the sides has approved it.
    """
    if follow_up.pk and as_saved(follow_up).is_locked:
        raise ValidationError(APPROVED)
    with recording(by=by):
        if follow_up.pk is None:
            follow_up.created_by = by
        follow_up.save()
        plan_next_follow_up(follow_up=follow_up)
    return follow_up


def as_saved(follow_up: FollowUp) -> FollowUp:
    """The follow-up as it is now, held: its approvals are asked for anew, not taken from what was fetched before."""
    return FollowUp.objects.select_for_update().get(pk=follow_up.pk)


def plan_next_follow_up(*, follow_up: FollowUp) -> None:
    """Let the activity's newest follow-up decide when the next one is: its own date, else the activity's interval."""
    activity = follow_up.activity
    newest = activity.follow_ups.latest_first().first()
    if newest is None or newest.pk != follow_up.pk:
        return
    next_on = newest.next_on
    if next_on is None and activity.follow_up_interval_months and newest.conclusion != FollowUp.Conclusion.END:
        next_on = months_later(newest.followed_up_on, activity.follow_up_interval_months)
    if activity.next_follow_up_on != next_on:
        activity.next_follow_up_on = next_on
        activity.save(update_fields=["next_follow_up_on"])


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on; the month's last day where that month is shorter."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    for last_day in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, last_day)
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in month {month + 1}")


@transaction.atomic
def approve_follow_up(
    *, follow_up: FollowUp, side: FollowUpApproval.Side, by: User, dissent: str = ""
) -> FollowUpApproval:
    """Approve a follow-up for the municipality or the police; approving twice changes nothing.

    Raises:
        ValidationError: the same person has approved it for the other side.
    """
    saved = as_saved(follow_up)
    if saved.approvals.exclude(side=side).filter(approved_by=by).exists():
        raise ValidationError("Du har godkänt för den andra parten. Båda parter ska godkänna, var för sig.")
    with recording(by=by):
        approval, _ = FollowUpApproval.objects.get_or_create(
            follow_up=follow_up, side=side, defaults={"approved_by": by, "dissent": dissent}
        )
    return approval


@transaction.atomic
def withdraw_approval(*, follow_up: FollowUp, side: FollowUpApproval.Side, by: User) -> None:
    """Take back an approval while the other side has not given theirs.

    Raises:
        ValidationError: both sides have approved; then nothing changes any more.
    """
    saved = as_saved(follow_up)
    if saved.is_approved:
        raise ValidationError("Uppföljningen är godkänd av båda parter och kan inte ändras.")
    with recording(by=by):
        for approval in saved.approvals.filter(side=side):
            approval.delete()

"""Follow-ups: what is planned, what was found, and both sides' approval of it."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Seat
from documents.date_steps import months_later
from focus_areas.models import (
    Activity,
    FollowUp,
    FollowUpApproval,
    PlannedFollowUp,
)

APPROVED = "Uppföljningen är godkänd och kan inte ändras. Dra tillbaka godkännandet först."
ANSWER_APPROVED = "Uppföljningen som svarar mot den är godkänd. Den planerade kan inte ändras."
ANSWERED = "En uppföljning svarar redan mot den. Ändra den uppföljningen först, så att den inte gör det."


@transaction.atomic
def save_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Save a follow-up that nobody has approved, and move the activity's next one.

    Raises:
        ValidationError: one of the sides has approved it, or it answers something planned of another kind or activity.
    """
    saved = as_saved(follow_up) if follow_up.pk else None
    if saved and saved.is_locked:
        raise ValidationError(APPROVED)
    if follow_up.planned_id:
        follow_up.planned = PlannedFollowUp.objects.select_for_update().get(pk=follow_up.planned_id)
    follow_up.clean()
    follow_up.validate_constraints()
    was_newest = saved is not None and is_newest(saved)
    with recording(by=by):
        if saved is None:
            follow_up.created_by = by
        follow_up.save()
        answers_other = follow_up.planned_id != (saved.planned_id if saved else None)
        if answers_other or was_newest or is_newest(follow_up):
            plan_next_follow_up(activity=follow_up.activity)
        if saved and saved.activity_id != follow_up.activity_id:
            plan_next_follow_up(activity=saved.activity)
    return follow_up


def as_saved(follow_up: FollowUp) -> FollowUp:
    """The follow-up as it is now, held: its approvals are asked for anew, not taken from what was fetched before."""
    return FollowUp.objects.select_for_update().get(pk=follow_up.pk)


def is_newest(follow_up: FollowUp) -> bool:
    newest = FollowUp.objects.filter(activity=follow_up.activity_id).latest_first().values_list("pk", flat=True)
    return newest.first() == follow_up.pk


def plan_next_follow_up(*, activity: Activity, gone: datetime.date | None = None) -> None:
    """Set when the activity is followed up next: the first that is planned and waits, else what the newest one says.

    That is its own date, else the activity's interval counted from it. Where nothing is planned and nothing has been
    found, the day that somebody wrote on the activity stands, unless it came from a plan that is `gone`.
    """
    activity.refresh_from_db(fields=["next_follow_up_on", "follow_up_interval_months"])
    next_on = activity.next_follow_up_on
    if waiting := activity.planned_follow_ups.waiting().in_order().first():
        next_on = waiting.due_on
    elif newest := activity.follow_ups.latest_first().first():
        next_on = newest.next_on
        if next_on is None and activity.follow_up_interval_months and newest.conclusion != FollowUp.Conclusion.END:
            next_on = months_later(newest.followed_up_on, activity.follow_up_interval_months)
    elif next_on == gone:
        next_on = None
    if activity.next_follow_up_on != next_on:
        activity.next_follow_up_on = next_on
        activity.save(update_fields=["next_follow_up_on"])


@transaction.atomic
def save_planned_follow_up(*, planned: PlannedFollowUp, by: User) -> PlannedFollowUp:
    """Plan a follow-up or move one, and let the activity's next one follow.

    Raises:
        ValidationError: what answers it has been approved, or is of another kind or activity.
    """
    saved = planned_as_saved(planned) if planned.pk else None
    if saved and saved.is_locked:
        raise ValidationError(ANSWER_APPROVED)
    planned.clean()
    with recording(by=by):
        planned.save()
        activities = {planned.activity_id, saved.activity_id if saved else planned.activity_id}
        for activity in Activity.objects.filter(pk__in=activities):
            plan_next_follow_up(activity=activity, gone=saved and saved.due_on)
    return planned


def planned_as_saved(planned: PlannedFollowUp) -> PlannedFollowUp:
    return PlannedFollowUp.objects.select_for_update().get(pk=planned.pk)


@transaction.atomic
def remove_planned_follow_up(*, planned: PlannedFollowUp, by: User) -> None:
    """Take a planned follow-up away, and let the activity's next one follow.

    Raises:
        ValidationError: a follow-up answers it.
    """
    saved = planned_as_saved(planned)
    refuse_to_remove(saved)
    with recording(by=by):
        saved.delete()
        plan_next_follow_up(activity=saved.activity, gone=saved.due_on)


def refuse_to_remove(planned: PlannedFollowUp) -> None:
    """Raise ValidationError where a follow-up answers it: that would lose what it answered."""
    if planned.is_locked:
        raise ValidationError(ANSWER_APPROVED)
    if planned.answer:
        raise ValidationError(ANSWERED)


@transaction.atomic
def approve_follow_up(
    *, follow_up: FollowUp, side: FollowUpApproval.Side, by: User, seat: Seat | None = None, dissent: str = ""
) -> FollowUpApproval:
    """Approve a follow-up for the municipality or the police, by a seat; approving twice changes nothing.

    Raises:
        ValidationError: the same person has approved it for the other side.
    """
    saved = as_saved(follow_up)
    if saved.approvals.exclude(side=side).filter(approved_by=by).exists():
        raise ValidationError("Du har godkänt för den andra parten. Båda parter ska godkänna, var för sig.")
    with recording(by=by):
        approval, _ = FollowUpApproval.objects.get_or_create(
            follow_up=follow_up, side=side, defaults={"approved_by": by, "seat": seat, "dissent": dissent}
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

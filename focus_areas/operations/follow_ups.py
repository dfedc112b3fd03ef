"""Follow-ups, and both sides' approval of them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from documents.date_steps import months_later
from focus_areas.models import (
    FollowUp,
    FollowUpApproval,
)

APPROVED = "Uppföljningen är godkänd och kan inte ändras. Dra tillbaka godkännandet först."


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

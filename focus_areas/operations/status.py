"""How an activity is going."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from focus_areas.models import (
    Activity,
    StatusUpdate,
)


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

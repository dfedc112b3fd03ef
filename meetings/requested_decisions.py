"""Decisions that status updates ask of the steering group."""

from dataclasses import dataclass

from focus_areas.models import Activity
from meetings.models import Meeting


@dataclass(frozen=True)
class RequestedDecision:
    """What an activity asks the steering group to decide, and whether the meeting's agenda has it."""

    activity: Activity
    text: str
    is_on_agenda: bool


def requested_decisions(meeting: Meeting) -> list[RequestedDecision]:
    """What is asked of the steering group in each activity's newest status update, in the plan's order. Two queries."""
    on_agenda = set(meeting.agenda_items.filter(activity__isnull=False).values_list("activity", flat=True))
    activities = (
        Activity.objects.of(meeting.agreement)
        .with_latest_update()
        .exclude(decision_requested="")
        .select_related("focus_area")
        .in_order()
    )
    return [
        RequestedDecision(activity=activity, text=activity.decision_requested, is_on_agenda=activity.pk in on_agenda)
        for activity in activities
    ]

"""What other rooms show of meetings: a group's next ones, and how much time an agenda takes."""

from django import template
from django.utils import timezone

from agreements.models import Group
from meetings.access import Capability
from meetings.models import Meeting

register = template.Library()

SHOWN = 3


@register.inclusion_tag("meetings/_group_meetings.html", takes_context=True)
def group_meetings(context, group: Group):
    """The group's next meetings with its series, template and backlog, for those who read its meetings."""
    user, now = context["user"], timezone.now()
    if not user.has_perm(Capability.READ_MEETINGS, group):
        return {"can_read": False}
    return {
        "can_read": True,
        "can_lead": user.has_perm(Capability.LEAD_MEETING, group) and not group.agreement.is_closed,
        "group": group,
        "meetings": list(group.meetings.upcoming(at=now).select_related("group")[:SHOWN]),
        "series": list(group.meeting_series.select_related("group").order_by("starts_on", "pk")),
        "standing_count": group.agenda_template.count(),
        "waiting_count": group.agenda_items.backlog().count(),
        "today": timezone.localdate(now),
    }


@register.simple_tag
def agenda_time(meeting: Meeting, planned_minutes: int) -> str:
    """Return "45 av 60 minuter planerade", and by how much an agenda is too long; nothing when no item has a time."""
    if not planned_minutes:
        return ""
    words = f"{planned_minutes} av {meeting.length_minutes} minuter planerade"
    over = planned_minutes - meeting.length_minutes
    return f"{words}, {over} för mycket" if over > 0 else words


@register.filter
def planned_minutes(rows) -> int:
    """The planned minutes together of an agenda's rows, each with its `item`."""
    return sum(row.item.duration_minutes or 0 for row in rows)

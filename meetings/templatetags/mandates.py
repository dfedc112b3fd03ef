"""The mandate of activities, for the pages of the plan, which know nothing of meetings."""

from collections.abc import Iterable

from django import template

from focus_areas.models import Activity
from meetings.mandates import mandate_of, mandated_among

register = template.Library()


@register.inclusion_tag("meetings/_mandate.html", takes_context=True)
def activity_mandate(context, activity: Activity) -> dict:
    """The section that tells where the activity's mandate comes from."""
    return {
        "activity": activity,
        "mandate": mandate_of(activity, user=context["request"].user, today=context["today"]),
        "today": context["today"],
    }


@register.simple_tag
def mandated(activities: Iterable[Activity]) -> set[int]:
    """The keys of those that have a mandate; asked once for a whole table."""
    return mandated_among(activities)

"""What the agreement's page shows of the floor above it."""

from django import template
from django.db.models import Count

from focus_areas.models import Activity

register = template.Library()


@register.inclusion_tag("focus_areas/_focus_area_table.html")
def focus_area_table(agreement, today):
    """Each focus area with how many activities it has, by assessment; two queries."""
    rows = Activity.objects.of(agreement).order_by().values_list("focus_area", "assessment").annotate(Count("pk"))
    counts = {(focus_area, assessment): count for focus_area, assessment, count in rows}
    focus_areas = [
        {
            "focus_area": focus_area,
            "total": sum(counts.get((focus_area.pk, assessment), 0) for assessment in Activity.BEST_FIRST),
            "assessments": [
                (assessment, counts[focus_area.pk, assessment])
                for assessment in Activity.BEST_FIRST
                if (focus_area.pk, assessment) in counts
            ],
        }
        for focus_area in agreement.focus_areas.in_order()
    ]
    return {"focus_areas": focus_areas, "agreement": agreement, "today": today}

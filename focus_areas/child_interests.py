"""The child's best summed up: per focus area what has been assessed, what has not, and what was written of it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from agreements.models import Agreement
from focus_areas.models import Activity, FocusArea


@dataclass(frozen=True)
class AreaOfInterests:
    """A focus area's activities by whether the child's best is assessed. A cancelled one needs no assessment."""

    focus_area: FocusArea
    assessed: list[Activity]
    missing: list[Activity]
    written_on: datetime.date | None

    @property
    def total(self) -> int:
        return len(self.assessed) + len(self.missing)

    @property
    def latest_assessed_on(self) -> datetime.date | None:
        return max((activity.child_impact.assessed_on for activity in self.assessed), default=None)

    @property
    def is_outdated(self) -> bool:
        """An assessment is newer than the summary."""
        latest = self.latest_assessed_on
        return bool(self.focus_area.child_summary and latest and self.written_on and latest > self.written_on)


def child_interests(agreement: Agreement) -> list[AreaOfInterests]:
    """Every focus area with its activities' assessments; three queries."""
    areas = list(agreement.focus_areas.in_order())
    activities = list(Activity.objects.of(agreement).select_related("focus_area", "child_impact").in_order())
    written = summaries_written_on(areas)
    found = []
    for area in areas:
        own = [one for one in activities if one.focus_area_id == area.pk]
        found.append(
            AreaOfInterests(
                area,
                assessed=[one for one in own if hasattr(one, "child_impact")],
                missing=[one for one in own if not hasattr(one, "child_impact") and not is_cancelled(one)],
                written_on=written.get(area.pk),
            )
        )
    return found


def is_cancelled(activity: Activity) -> bool:
    return activity.status == Activity.Status.CANCELLED


def summaries_written_on(areas: list[FocusArea]) -> dict[int, datetime.date]:
    """The day each focus area's summary came to read as it does, from its history; one query."""
    rows = FocusArea.history.filter(id__in=[area.pk for area in areas]).order_by("history_date", "history_id")
    read: dict[int, str] = {}
    written: dict[int, datetime.date] = {}
    for key, summary, moment in rows.values_list("id", "child_summary", "history_date"):
        if summary != read.get(key, ""):
            written[key] = timezone.localdate(moment)
        read[key] = summary
    return written

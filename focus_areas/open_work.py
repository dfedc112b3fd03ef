"""What people are to do with activities: handed over when somebody leaves (ADR 29)."""

from agreements.open_work import WorkKind, register
from focus_areas.models import Activity, CommunicationItem, PlannedFollowUp

OVER = (Activity.Status.COMPLETED, Activity.Status.CANCELLED)

register(
    WorkKind(
        "Ansvarig för aktivitet",
        lambda: Activity.objects.exclude(status__in=OVER).select_related("focus_area__agreement"),
        "responsible",
        "focus_area__agreement",
    ),
    WorkKind(
        "Planerad uppföljning",
        lambda: PlannedFollowUp.objects.waiting().select_related("activity__focus_area__agreement"),
        "responsible",
        "activity__focus_area__agreement",
    ),
    WorkKind(
        "Kommunikationsinsats",
        lambda: CommunicationItem.objects.filter(done_on__isnull=True).select_related("plan__agreement"),
        "responsible",
        "plan__agreement",
    ),
)

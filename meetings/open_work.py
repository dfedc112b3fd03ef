"""What people are to do that meetings have agreed: handed over when somebody leaves (ADR 29)."""

from agreements.open_work import WorkKind, register
from meetings.models import ActionPoint

register(
    WorkKind(
        "Åtgärdspunkt",
        lambda: ActionPoint.objects.open().select_related("group__agreement"),
        "responsible",
        "group__agreement",
    ),
)

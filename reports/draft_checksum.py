"""What people have written and chosen in a draft, as one number: to see that nobody changed it meanwhile."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from reports.models import FocusAreaComment, Report

# Not the reference number and the recipients: those are given when the report is issued.
WRITTEN = (
    "kind",
    "title",
    "starts_on",
    "ends_on",
    "stands_on",
    "focus_area",
    "group",
    "meeting",
    "sections",
    "summary",
    "conclusions",
    "decisions_asked",
    "police_comment",
    "police_commented_by",
    "replaces",
    "correction_reason",
)


def draft_checksum(report: Report) -> str:
    """Return the checksum of what stands in the database now, whatever the instance in hand says."""
    written = Report.objects.values(*WRITTEN).get(pk=report.pk)
    comments = FocusAreaComment.objects.filter(report=report).order_by("focus_area").values_list("focus_area", "text")
    text = json.dumps([written, list(comments)], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

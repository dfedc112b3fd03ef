"""The start page's reports: those sent to me that I have not opened, and drafts that wait for the police's words."""

from dataclasses import dataclass

from django.db.models import Q

from agreements.models import Agreement
from reports.access import Capability
from reports.kinds import KINDS
from reports.models import Report

MOST_REPORTS = 5
# The residents' report has no room for one party's own words.
NOT_COMMENTED = [kind for kind, about in KINDS.items() if about.is_public]


@dataclass(frozen=True)
class ReportsOnStart:
    to_read: list[Report]
    to_comment: list[Report]

    def __bool__(self) -> bool:
        return bool(self.to_read or self.to_comment)


def reports_on_start(*, user, agreement: Agreement) -> ReportsOnStart:
    """Return what waits for the person in an agreement; one query."""
    wanting = Q(pk__in=Report.objects.unread_by(user).values("pk"))
    may_comment = not agreement.is_closed and user.has_perm(Capability.COMMENT_REPORT, agreement)
    if may_comment:
        wanting |= Q(state=Report.State.DRAFT, police_comment="") & ~Q(kind__in=NOT_COMMENTED)
    reports = list(
        Report.objects.filter(wanting, agreement=agreement)
        .select_related("meeting__group")
        .newest_first()[: 2 * MOST_REPORTS]
    )
    can_read = user.has_perm(Capability.READ_REPORT, agreement)
    return ReportsOnStart(
        to_read=[report for report in reports if report.is_issued and can_read][:MOST_REPORTS],
        to_comment=[report for report in reports if report.is_draft][:MOST_REPORTS],
    )

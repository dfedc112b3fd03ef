"""The start page's reports: those sent to me that I have not opened, and drafts that wait for the police's words."""

from dataclasses import dataclass

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from agreements.models import Agreement
from reports.access import Capability
from reports.kinds import KINDS
from reports.models import IssuingJob, Report

MOST_REPORTS = 5
# The residents' report has no room for one party's own words.
NOT_COMMENTED = [kind for kind, about in KINDS.items() if about.is_public]


@dataclass(frozen=True)
class ReportsOnStart:
    to_read: list[Report]
    to_comment: list[Report]
    are_more_to_read: bool = False
    are_more_to_comment: bool = False

    def __bool__(self) -> bool:
        return bool(self.to_read or self.to_comment)


def reports_on_start(*, user, agreement: Agreement) -> ReportsOnStart:
    """Return what waits for the person in an agreement, the newest of each sort; one query."""
    wanting = Q(pk__in=Report.objects.unread_by(user).values("pk"))
    may_comment = not agreement.is_closed and user.has_perm(Capability.COMMENT_REPORT, agreement)
    if may_comment:
        being_issued = Q(issuing_job__state__in=[IssuingJob.State.WAITING, IssuingJob.State.RUNNING])
        wanting |= Q(state=Report.State.DRAFT, police_comment="") & ~Q(kind__in=NOT_COMMENTED) & ~being_issued
    # Many of one sort do not crowd out the other.
    place = Window(RowNumber(), partition_by=F("state"), order_by=[F("ends_on").desc(), F("pk").desc()])
    reports = (
        Report.objects.filter(wanting, agreement=agreement)
        .annotate(place=place)
        .filter(place__lte=MOST_REPORTS + 1)
        .select_related("meeting__group")
        .order_by("place")
    )
    can_read = user.has_perm(Capability.READ_REPORT, agreement)
    to_read, to_comment = [], []
    for report in reports:
        if report.is_draft:
            to_comment.append(report)
        elif can_read:
            to_read.append(report)
    return ReportsOnStart(
        to_read=to_read[:MOST_REPORTS],
        to_comment=to_comment[:MOST_REPORTS],
        are_more_to_read=len(to_read) > MOST_REPORTS,
        are_more_to_comment=len(to_comment) > MOST_REPORTS,
    )

"""The list of issued reports: by the period they are about, with what was asked for and what the meeting decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import JSONField, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from agreements.models import Agreement
from meetings.access import readable_groups
from meetings.models import Decision, Meeting
from reports.corrections import replacement_of
from reports.models import Report

SHOWN = 4
# The decisions that the activities asked for, out of what was frozen: without reading all of it.
FROZEN_REQUESTS = KeyTransform("decisions", KeyTransform("report", Cast("document__data", JSONField())))


def with_requests(reports: QuerySet) -> QuerySet:
    """With `frozen_requests`: None where the data are of a format that keeps them somewhere else."""
    return reports.annotate(frozen_requests=FROZEN_REQUESTS)


@dataclass(frozen=True)
class ReportRow:
    """An issued report, with what it asked for and what the meeting decided where it was taken up."""

    report: Report
    asked: tuple[str, ...]
    decided: tuple[Decision, ...]
    decided_count: int
    # False where the person does not read that group's meetings.
    reads_meeting: bool
    # The correction, once it is issued.
    replacement: Report | None

    @property
    def asked_left_out(self) -> int:
        return max(0, len(self.asked) - SHOWN)

    @property
    def asked_shown(self) -> tuple[str, ...]:
        return self.asked[:SHOWN]

    @property
    def decided_left_out(self) -> int:
        return max(0, self.decided_count - len(self.decided))

    @property
    def meeting(self) -> Meeting | None:
        return self.report.meeting


@dataclass(frozen=True)
class PeriodOfReports:
    words: str
    rows: tuple[ReportRow, ...]


def by_period(reports: Iterable[Report], *, agreement: Agreement, user) -> list[PeriodOfReports]:
    """The reports, read `with_requests`, under the periods they are about, in their order; two queries more in all."""
    reports = list(reports)
    readable = {group.pk for group in readable_groups(user, agreement)}
    meetings = {report.meeting_id for report in reports if report.meeting and report.meeting.group_id in readable}
    decided = defaultdict(list)
    for decision in Decision.objects.filter(meeting__in=meetings).order_by("year", "number", "pk"):
        decided[decision.meeting_id].append(decision)
    rows = [report_row(report, decided[report.meeting_id], reads=report.meeting_id in meetings) for report in reports]
    return [
        PeriodOfReports(words, tuple(of_period))
        for words, of_period in groupby(rows, key=lambda row: row.report.period_words)
    ]


def asked_in(report: Report) -> Iterator[str]:
    """Those of the activities' status reports, then those that the coordinator wrote."""
    for request in report.frozen_requests or ():
        yield f"{request['activity']}: {request['text']}"
    yield from (line.strip() for line in report.decisions_asked.splitlines() if line.strip())


def report_row(report: Report, decisions: list[Decision], *, reads: bool) -> ReportRow:
    replacement = replacement_of(report)
    return ReportRow(
        report=report,
        asked=tuple(asked_in(report)),
        decided=tuple(decisions[:SHOWN]),
        decided_count=len(decisions),
        reads_meeting=reads,
        replacement=replacement if replacement and replacement.is_issued else None,
    )

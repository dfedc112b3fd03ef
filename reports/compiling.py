"""From a report's row to what it says: its kind, its sections and what people have written in it."""

import datetime
from dataclasses import replace

from documents.swedish_dates import date_words
from reports.content import ReportContent, collect
from reports.content.report import Correction, Written
from reports.content.snapshot import local_day
from reports.kinds import chosen_sections
from reports.models import Report


def compile_report(report: Report, *, as_of: datetime.datetime | None = None) -> ReportContent:
    """Gather what a draft says now, or what it says of things as they stood at `as_of`."""
    content = collect(report.agreement, starts_on=report.starts_on, ends_on=report.ends_on, as_of=as_of)
    comments = {comment.focus_area_id: comment.text for comment in report.focus_area_comments.all()}
    return replace(
        content,
        kind=report.kind,
        sections=tuple(section.value for section in chosen_sections(report)),
        written=written_in(report),
        focus_areas=tuple(
            replace(section, comment=comments.get(section.focus_area_id, "")) for section in content.focus_areas
        ),
    )


def written_in(report: Report) -> Written:
    return Written(
        heading=report.title,
        summary=report.summary,
        conclusions=report.conclusions,
        decisions_asked=tuple(line.strip() for line in report.decisions_asked.splitlines() if line.strip()),
        police_comment=report.police_comment,
        police_comment_by=report.police_commented_by.full_name if report.police_commented_by else "",
        correction=correction_of(report),
    )


def correction_of(report: Report) -> Correction | None:
    replaced = report.replaces
    if replaced is None:
        return None
    return Correction(
        title=replaced.title,
        reference_number=replaced.reference_number,
        issued_on=date_words(local_day(replaced.issued_at)),
        reason=report.correction_reason,
    )

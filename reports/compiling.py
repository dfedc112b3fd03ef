"""From a report's row to what it says: its kind, its sections and what people have written in it."""

import datetime
from dataclasses import replace

from documents.swedish_dates import date_words
from reports.content import ReportContent
from reports.content.closing import closing_section
from reports.content.collecting import Gathered, content_of, gather
from reports.content.council import council_section, law_in_short, promised_in_short
from reports.content.grants import effect_lines, grants_section, organisation_lines, problems_section
from reports.content.kinds_snapshot import KindRows, read_for_kind
from reports.content.leaving_out import only
from reports.content.public import public_content
from reports.content.report import Correction, Written
from reports.content.scope import Scope
from reports.content.snapshot import end_of_day, local_day
from reports.content.thread import promised_groups
from reports.kinds import Kind, chosen_sections, kind_of
from reports.models import Report
from reports.previous import facts_and_changes
from reports.recipients import addressed_to


def compile_report(report: Report, *, as_of: datetime.datetime | None = None) -> ReportContent:
    """Gather what a draft says now, or what it says of things as they stood at `as_of`.

    What a kind does not tell, and what has not been chosen, is not in the content: so neither page nor data has it.
    """
    gathered = gather(
        report.agreement,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        as_of=as_of or end_of_day(report.stands_for),
        scope=scope_of(report),
    )
    rows = read_for_kind(report.kind, report.agreement, at=gathered.plan_at)
    sections = chosen_sections(report)
    written = written_in(report)
    comments = {comment.focus_area_id: comment.text for comment in report.focus_area_comments.all()}
    if kind_of(report).is_public:
        return public_content(gathered, rows, sections=sections, written=written, comments=comments)
    content = content_of(gathered, decisions_written=len(written.decisions_asked))
    content = with_what_the_kind_tells(content, gathered, rows, kind=Kind(report.kind))
    facts, since_last = facts_and_changes(report, gathered)
    content = replace(
        content,
        kind=report.kind,
        sections=tuple(section.value for section in sections),
        written=written,
        facts=facts,
        since_last=since_last,
        focus_areas=tuple(
            replace(section, comment=comments.get(section.focus_area_id, "")) for section in content.focus_areas
        ),
    )
    return only(content, kind=Kind(report.kind), sections=sections)


def scope_of(report: Report) -> Scope:
    return Scope(focus_area_id=report.focus_area_id, group_id=report.group_id)


def with_what_the_kind_tells(
    content: ReportContent, gathered: Gathered, rows: KindRows, *, kind: Kind
) -> ReportContent:
    """The content with the parts that only its kind has."""
    snapshot = gathered.snapshot
    if kind == Kind.COUNCIL:
        return replace(
            content,
            council=council_section(gathered),
            promised=promised_in_short(content.promised),
            law=law_in_short(content.law),
        )
    if kind == Kind.CLOSING:
        return replace(content, closing=closing_section(gathered, rows))
    if kind == Kind.PROMISES:
        return replace(content, promised=promised_groups(snapshot, **gathered.period, in_full=True))
    if kind == Kind.GRANT:
        return replace(
            content,
            problems=problems_section(rows, snapshot, on=gathered.on),
            effects=effect_lines(rows, snapshot),
            organisation=organisation_lines(rows, snapshot),
            grants=grants_section(rows, snapshot, on=gathered.on),
        )
    return content


def written_in(report: Report) -> Written:
    return Written(
        heading=report.title,
        summary=report.summary,
        conclusions=report.conclusions,
        decisions_asked=tuple(line.strip() for line in report.decisions_asked.splitlines() if line.strip()),
        police_comment=report.police_comment,
        police_comment_by=report.police_commented_by.full_name if report.police_commented_by else "",
        correction=correction_of(report),
        to=addressed_to(report),
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

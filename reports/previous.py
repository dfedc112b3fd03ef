"""The issued report that “since the last report” compares with, and the comparison."""

import logging
from dataclasses import replace

from django.db.models import F, Q, QuerySet

from documents.swedish_dates import date_words
from reports.content.collecting import Gathered, moment_words
from reports.content.facts import AskedFact, Facts
from reports.content.facts_snapshot import gather_facts
from reports.content.since_last import PreviousReport, SinceLast, since_last
from reports.content.snapshot import end_of_day, local_day
from reports.content.wording import sentence_end
from reports.frozen import UnknownFormat, facts_from_json
from reports.kinds import Section, kind_of
from reports.models import Report

logger = logging.getLogger("reports")


def previous_report(report: Report) -> Report | None:
    """The last issued report of the same kind on the same part of the plan, of no later day, that no other replaces.

    A corrected report is compared with what the one it replaces was compared with; where that has been corrected since,
    with its correction.
    """
    if report.replaces_id is not None:
        return newest_correction(report.replaces.previous_id)
    found = Report.objects.issued().filter(
        ~Q(replaced_by__state=Report.State.ISSUED),
        agreement=report.agreement_id,
        kind=report.kind,
        focus_area=report.focus_area_id,
        group=report.group_id,
        as_of__lte=end_of_day(report.stands_for),
    )
    newest_first = found.exclude(pk=report.pk).order_by("-as_of", "-issued_at", "-pk")
    return with_data(newest_first).first()


def newest_correction(key: int | None) -> Report | None:
    """The report with that key, or what has replaced it since."""
    report = None
    while key is not None:
        either = Q(pk=key) | Q(replaces=key, state=Report.State.ISSUED)
        *_, report = with_data(Report.objects.filter(either)).order_by("issued_at", "pk")
        key = report.pk if report.pk != key else None
    return report


def with_data(reports: QuerySet) -> QuerySet:
    """With `frozen_data`: what each knew, without its PDF, which is large."""
    return reports.annotate(frozen_data=F("document__data"))


def can_compare(report: Report) -> bool:
    """Whether reports of its kind say what has changed, and so keep what the next one compares with."""
    return Section.SINCE_LAST in kind_of(report).possible


def facts_and_changes(report: Report, gathered: Gathered) -> tuple[Facts | None, SinceLast | None]:
    """What the report knows for the next one, and what has changed since the last; neither in kinds that never say so.

    A report on what was promised keeps the promises alone.
    """
    if not can_compare(report):
        return None, None
    facts = gather_facts(gathered)
    facts = replace(facts, asked=facts.asked + written_requests(report))
    if Section.FOCUS_AREAS not in kind_of(report).possible:
        facts = promises_alone(facts)
    previous = previous_report(report)
    before = facts_of(previous) if previous else None
    known = {activity.id for activity in before.activities} if before else set()
    facts = replace(facts, removed=tuple(removal for removal in facts.removed if removal.activity_id in known))
    if Section.SINCE_LAST.value not in report.sections:
        return facts, None
    return facts, since_last(
        before, facts, previous=described(previous) if previous else None, as_of=moment_words(gathered.as_of)
    )


def written_requests(report: Report) -> tuple[AskedFact, ...]:
    lines = (line.strip() for line in report.decisions_asked.splitlines())
    return tuple(AskedFact(None, "", sentence_end(line)) for line in lines if line)


def promises_alone(facts: Facts) -> Facts:
    """Of the activities only what they are called, so that the promises can be named by them."""
    return replace(
        facts,
        activities=tuple(
            replace(
                activity,
                status="",
                status_label="",
                assessment="",
                assessment_label="",
                reason="",
                starts_on=None,
                ends_on=None,
                next_follow_up_on=None,
                followed_up_on=None,
                moves=(),
            )
            for activity in facts.activities
        ),
        goals=(),
        asked=(),
        removed=(),
    )


def facts_of(report: Report) -> Facts | None:
    """What a report that was read `with_data` knew; None where its data are not read by this version of the portal."""
    try:
        return facts_from_json(report.frozen_data or "")
    except UnknownFormat:
        logger.warning("report %s: its data cannot be compared with", report.pk)
        return None


def described(report: Report) -> PreviousReport:
    return PreviousReport(
        report_id=report.pk,
        title=report.title,
        reference_number=report.reference_number,
        issued_on=date_words(local_day(report.issued_at)),
        as_of=moment_words(report.as_of),
    )

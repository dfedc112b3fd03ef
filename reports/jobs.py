"""Work that must not keep a page waiting: issuing a report.

Done by `manage.py db_worker` where BACKGROUND_WORK is on, else at once, in the process that asked. A process that has
drawn a chart must not fork, and neither of them does (documents/charts.py).
"""

import datetime
import hashlib
import logging

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import task

from documents.pdf_pages import page_count
from reports.compiling import compile_report
from reports.content import ReportContent
from reports.content.snapshot import end_of_day
from reports.frozen import to_json
from reports.models import IssuedDocument, IssuingJob, Report
from reports.one_moment import one_moment
from reports.operations.freezing import TakenOver, freeze, note_failure, note_step, refuse_other_draft, take_on
from reports.previous import previous_report
from reports.rendering import render_report_pdf
from reports.status import ReportStatus

logger = logging.getLogger("reports")

Step = IssuingJob.Step
UNEXPECTED = "Något gick fel i portalen. Försök igen. Händer det på nytt, hör av dig till den som sköter portalen."
INTERRUPTED = "Arbetet avbröts innan det var klart. Försök igen."


@task()
def issue_report(report_id: int) -> None:
    """Issue the report that somebody has asked for; run twice, it is issued once."""
    job = take_on(report_id, now=timezone.now())
    if job is None:
        return
    try:
        issue(job)
    except TakenOver:
        logger.warning("issuing report %s: taken over by another process", report_id)
    except ValidationError as error:
        logger.warning("issuing report %s: refused, %s", report_id, " ".join(error.messages))
        note_failure(job, " ".join(error.messages), now=timezone.now())
    except Exception:
        logger.exception("issuing report %s failed", report_id)
        note_failure(job, UNEXPECTED, now=timezone.now())
    except BaseException:
        # The process is told to stop.
        note_failure(job, INTERRUPTED, now=timezone.now())
        raise


def issue(job: IssuingJob) -> None:
    report = Report.objects.select_related("agreement", "replaces", "police_commented_by").get(pk=job.report_id)
    refuse_other_draft(report, job)
    issued_at = timezone.now()
    with one_moment():
        report.previous = previous_report(report)
        content = compile_report(report, as_of=min(end_of_day(report.stands_for), issued_at))
    note_step(job, Step.LAYOUT)
    document = document_of(report, content, job=job, issued_at=issued_at)
    note_step(job, Step.WRITING)
    freeze(job=job, document=document, as_of=content.as_of, issued_at=issued_at, previous=report.previous)
    logger.info("issued report %s: %s pages, %s bytes", report.pk, document.page_count, document.size)


def document_of(
    report: Report, content: ReportContent, *, job: IssuingJob, issued_at: datetime.datetime
) -> IssuedDocument:
    """What the report says as data and as PDF, with their checksums; not saved yet."""
    status = ReportStatus.issued(at=issued_at, by=job.requested_by.full_name, reference_number=report.reference_number)
    data = to_json(content)
    pdf = render_report_pdf(content, status=status)
    return IssuedDocument(
        report=report,
        data=data,
        data_sha256=hashlib.sha256(data.encode()).hexdigest(),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        page_count=page_count(pdf),
        size=len(pdf),
    )

"""The work of issuing, step by step, as rows: taken on, how far it has come, done or failed.

A job is a process's own for as long as its number of attempts is the one that the process took it on with. Who took it
over, when it had stood still too long, is not written over by the first one come back to life.
"""

import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.history import recording
from agreements.access import CLOSED
from agreements.models import Agreement
from reports.draft_checksum import draft_checksum
from reports.models import IssuedDocument, IssuingJob, Report
from reports.models.issuing import FROZEN
from reports.operations.locks import GONE, hold
from reports.operations.reading import deliver

DRAFT_CHANGED = "Utkastet ändrades medan rapporten utfärdades. Läs igenom det igen och utfärda det sedan."


class TakenOver(Exception):
    """Another process has the job by now; this one has nothing more to do."""


def take_on(report_id: int, *, now: datetime.datetime) -> IssuingJob | None:
    """Take on a job that waits; None where another has taken it, or it waits no longer."""
    taken = IssuingJob.objects.filter(pk=report_id, state=IssuingJob.State.WAITING).update(
        state=IssuingJob.State.RUNNING, attempts=F("attempts") + 1, started_at=now
    )
    if not taken:
        return None
    return IssuingJob.objects.select_related("requested_by").get(pk=report_id)


def own(job: IssuingJob):
    return IssuingJob.objects.filter(pk=job.pk, state=IssuingJob.State.RUNNING, attempts=job.attempts)


def note_step(job: IssuingJob, step: IssuingJob.Step) -> None:
    """Let those who wait see how far it has come.

    Raises:
        TakenOver: the job is another's.
    """
    if not own(job).update(step=step):
        raise TakenOver


def note_failure(job: IssuingJob, words: str, *, now: datetime.datetime) -> None:
    own(job).update(state=IssuingJob.State.FAILED, error=words, finished_at=now)


def refuse_other_draft(report: Report | None, job: IssuingJob) -> None:
    """Refuse to issue anything but the very draft that somebody asked for.

    Raises:
        ValidationError: it is gone, issued or changed, or its agreement is closed.
    """
    if report is None:
        raise ValidationError(GONE)
    if report.is_issued:
        raise ValidationError(FROZEN)
    if report.agreement.is_closed:
        raise ValidationError(CLOSED)
    if draft_checksum(report) != job.draft_sha256:
        raise ValidationError(DRAFT_CHANGED)


@transaction.atomic
def freeze(
    *,
    job: IssuingJob,
    document: IssuedDocument,
    as_of: datetime.datetime,
    issued_at: datetime.datetime,
    previous: Report | None,
) -> None:
    """Let the draft be issued with this document, in one transaction; tell the recipients when it is saved.

    Raises:
        TakenOver: the job is another's.
        ValidationError: the draft is not the one that was asked for.
    """
    report = document.report
    by = job.requested_by
    Agreement.objects.select_for_update(no_key=True).get(pk=report.agreement_id)
    held = hold(report)
    if not own(job).select_for_update().exists():
        raise TakenOver
    refuse_other_draft(held, job)
    document.save()
    held.previous = previous
    held.state = Report.State.ISSUED
    held.as_of = as_of
    held.issued_at = issued_at
    held.issued_by = by
    with recording(by=by):
        held.save(update_fields=["previous", "state", "as_of", "issued_at", "issued_by"])
    own(job).update(state=IssuingJob.State.DONE, finished_at=timezone.now(), error="")
    # That a mail could not be sent does not undo what is issued.
    transaction.on_commit(partial(deliver, report=held, by=by, site=settings.SITE_URL), robust=True)

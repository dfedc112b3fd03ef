"""Asking for a report to be issued: what is asked for is kept with the draft, and the work is handed on."""

import datetime
from collections.abc import Collection
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.history import recording
from accounts.models import User
from agreements.access import CLOSED
from agreements.models import Agreement, Group
from reports.draft_checksum import draft_checksum
from reports.jobs import issue_report
from reports.models import IssuingJob, Report
from reports.models.issuing import FROZEN
from reports.operations.locks import GONE, hold, issuing_job_of
from reports.periods import period_faults
from reports.recipients import may_receive

UNDER_WAY = "Rapporten håller redan på att utfärdas."
CHANGED = "Utkastet har ändrats sedan du öppnade sidan. Läs igenom det igen innan du utfärdar rapporten."
NO_NUMBER = "Ange diarienummer för en rapport som utfärdas."
STRANGERS = "Välj bland överenskommelsens egna grupper."


@transaction.atomic
def request_issuing(
    *,
    report: Report,
    reference_number: str,
    recipients: Collection[Group],
    by: User,
    today: datetime.date,
    read: str = "",
) -> IssuingJob:
    """Ask for the draft to be issued as it stands now; the work begins when this is saved.

    Args:
        read: the `draft_checksum` of what the person has read, where that was on a page.

    Raises:
        ValidationError: it cannot be issued, or somebody has asked for it already.
    """
    Agreement.objects.select_for_update(no_key=True).get(pk=report.agreement_id)
    held = hold(report)
    refuse_issuing(held, today=today)
    refuse_details(held, reference_number=reference_number, recipients=recipients)
    checksum = draft_checksum(held)
    if read and read != checksum:
        raise ValidationError(CHANGED)
    with recording(by=by):
        held.reference_number = reference_number
        held.save(update_fields=["reference_number"])
        held.recipients.set(recipients)
    job, _ = IssuingJob.objects.update_or_create(
        report=held,
        defaults={
            "state": IssuingJob.State.WAITING,
            "step": IssuingJob.Step.CONTENT,
            "draft_sha256": checksum,
            "error": "",
            "requested_by": by,
            "requested_at": timezone.now(),
            "started_at": None,
            "finished_at": None,
        },
    )
    transaction.on_commit(partial(issue_report.enqueue, held.pk))
    return job


def refuse_issuing(report: Report | None, *, today: datetime.date) -> None:
    if report is None:
        raise ValidationError(GONE)
    if report.is_issued:
        raise ValidationError(FROZEN)
    if report.agreement.is_closed:
        raise ValidationError(CLOSED)
    if faults := period_faults(report.starts_on, report.ends_on, stands_on=report.stands_on, today=today):
        raise ValidationError(list(faults.values()))
    job = issuing_job_of(report)
    if job is not None and job.is_under_way and not job.stands_still(now=timezone.now()):
        raise ValidationError(UNDER_WAY)


def refuse_details(report: Report, *, reference_number: str, recipients: Collection[Group]) -> None:
    if not reference_number.strip():
        raise ValidationError({"reference_number": NO_NUMBER})
    try:
        Report._meta.get_field("reference_number").run_validators(reference_number)
    except ValidationError as error:
        raise ValidationError({"reference_number": error.messages}) from error
    if not all(may_receive(group, report) for group in recipients):
        raise ValidationError({"recipients": STRANGERS})

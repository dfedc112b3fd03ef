"""What can still be written in a report, asked of the row as it is now and held until it is written."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone

from agreements.access import CLOSED
from reports.models import IssuingJob, Report
from reports.models.issuing import FROZEN

UNDER_WAY = "Rapporten utfärdas just nu. Vänta tills det är klart: går det inte kan utkastet ändras igen."
GONE = "Utkastet har tagits bort av någon annan."


def hold(report: Report) -> Report | None:
    """The report as the one before left it; others who write it wait. Needs a surrounding transaction."""
    return (
        Report.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agreement")
        .filter(pk=report.pk)
        .first()
    )


def hold_draft(report: Report) -> Report:
    """The same, for what is written in a draft.

    Raises:
        ValidationError: it is issued, is being issued or has been taken away, or its agreement is closed.
    """
    held = hold(report)
    if held is None:
        raise ValidationError(GONE)
    if reason := why_locked(held):
        raise ValidationError(reason)
    return held


def why_locked(report: Report) -> str:
    """Why nothing more is written in the report, in words; empty while it is a draft that can be written."""
    if report.is_issued:
        return FROZEN
    if is_being_issued(report):
        return UNDER_WAY
    return CLOSED if report.agreement.is_closed else ""


def is_being_issued(report: Report) -> bool:
    job = issuing_job_of(report)
    return job is not None and job.is_under_way and not job.stands_still(now=timezone.now())


def issuing_job_of(report: Report) -> IssuingJob | None:
    try:
        return report.issuing_job
    except ObjectDoesNotExist:
        return None

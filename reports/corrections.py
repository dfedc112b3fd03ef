"""Which report replaces which."""

from django.core.exceptions import ObjectDoesNotExist

from reports.models import Report


def replacement_of(report: Report) -> Report | None:
    """The correction of a report: issued, or a draft so far."""
    try:
        return report.replaced_by
    except ObjectDoesNotExist:
        return None

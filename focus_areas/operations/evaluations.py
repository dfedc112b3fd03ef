"""What an evaluation found."""

from django.db import transaction

from accounts.history import recording
from accounts.models import User
from focus_areas.models import Finding


@transaction.atomic
def remove_finding(*, finding: Finding, by: User) -> None:
    """Take a finding away. What was advised because of it stays, and its history tells that it had one."""
    with recording(by=by):
        for recommendation in finding.recommendations.all():
            recommendation.finding = None
            recommendation.save(update_fields=["finding"])
        finding.delete()

"""Grants of an agreement's activities: what is to be reported when, and what they sum up to. Reads only."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from agreements.models import Agreement
from documents.written_text import comparison_key
from focus_areas.models import Grant

DUE_WITHIN_DAYS = 30


@dataclass(frozen=True)
class SourceSum:
    """What one source gives, over how many grants."""

    source: str
    count: int
    amount: Decimal


def grants_of(agreement: Agreement) -> QuerySet[Grant]:
    """All grants; what is still to be reported first, by day, then what has no day, then what is reported."""
    grants = Grant.objects.filter(activity__focus_area__agreement=agreement)
    return grants.select_related("activity__focus_area").order_by(
        F("reported_on").asc(nulls_first=True), F("report_due_on").asc(nulls_last=True), "pk"
    )


def grants_due(agreement: Agreement, today: datetime.date) -> QuerySet[Grant]:
    """Grants whose use is to be reported within thirty days, or should have been already."""
    horizon = today + datetime.timedelta(days=DUE_WITHIN_DAYS)
    return grants_of(agreement).filter(reported_on__isnull=True, report_due_on__lte=horizon)


def sums_by_source(grants: list[Grant]) -> list[SourceSum]:
    """One sum for each source, the largest first; a source is the same however its capitals are written."""
    by_source = defaultdict(list)
    for grant in grants:
        by_source[comparison_key(grant.source)].append(grant)
    sums = [SourceSum(own[0].source, len(own), sum(grant.amount for grant in own)) for own in by_source.values()]
    return sorted(sums, key=lambda one: (-one.amount, one.source))

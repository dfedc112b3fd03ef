"""What the law and the agreement ask, what the data shows of it, and what is missing (lagkrav)."""

import datetime

from agreements.models import Agreement
from reports.law.judging import Judgement, judge
from reports.law.reading import read_evidence
from reports.law.rows import Clock, Row, State

__all__ = ["Clock", "Judgement", "Row", "State", "clocks_for_start", "judge", "read_evidence"]


def clocks_for_start(agreement: Agreement, today: datetime.date) -> tuple[Row, ...]:
    """What the start page says of the law: the rows that are not met, what is lacking first; one query."""
    return judge(read_evidence(agreement), today=today).wanting()

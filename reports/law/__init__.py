"""What the law and the agreement ask, what the data shows of it, and what is missing (lagkrav)."""

import datetime

from agreements.models import Agreement
from reports.law.judging import Judgement, judge
from reports.law.reading import read_evidence
from reports.law.rows import Clock, Row, State

__all__ = ["Clock", "Judgement", "Row", "State", "clocks_for_start", "judge", "read_evidence"]


def clocks_for_start(agreement: Agreement, today: datetime.date) -> tuple[Row, ...]:
    """What the start page says of the law: the rows that are not met, what is lacking first; one query.

    Two rows can stand on one clock: the picture's is told by the law's row, the agreement's end by the promise to
    renew it.
    """
    rows = judge(read_evidence(agreement), today=today).wanting()
    is_ending = any(row.key == "fornyelse" for row in rows)
    told_twice = {"lagesbilden-reviderad"} | {
        row.key for row in rows if row.key == "overenskommelse" and row.state is State.SOON and is_ending
    }
    return tuple(row for row in rows if row.key not in told_twice)

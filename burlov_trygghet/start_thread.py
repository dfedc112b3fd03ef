"""What the start page says of the red thread and the law: links that are missing, clocks that want something."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.access import PLANNERS, roles_in
from agreements.models import Agreement
from focus_areas.grants import grants_due
from focus_areas.models import Grant
from focus_areas.red_thread import count_gaps
from focus_areas.thread_gaps import GapKind
from reports.law import Row, clocks_for_start


@dataclass(frozen=True)
class ThreadOnStart:
    """For those who plan together; empty for others."""

    gaps: dict[GapKind, int]
    clocks: Sequence[Row] = ()
    grants: Sequence[Grant] = ()

    def __bool__(self) -> bool:
        return bool(self.gaps or self.clocks or self.grants)

    @property
    def gap_count(self) -> int:
        return sum(self.gaps.values())


def thread_on_start(*, user, agreement: Agreement, today: datetime.date) -> ThreadOnStart:
    """Return what wants the person, if planning is theirs; a fixed number of queries."""
    if agreement.is_closed or not roles_in(user, agreement, on=today) & PLANNERS.keys():
        return ThreadOnStart({})
    return ThreadOnStart(
        gaps=count_gaps(agreement, today=today, reader=user),
        clocks=clocks_for_start(agreement, today),
        grants=list(grants_due(agreement, today)),
    )

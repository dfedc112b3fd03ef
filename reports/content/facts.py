"""What a report knows, for the next one to compare with: plain data with keys, days and numbers, never words alone.

Small counts of people are masked here too, for the data leaves the portal with the report: `done` is then None and
`is_masked` says why.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class DateMove:
    """That one of the days was moved: which, from and to what, when it was written, and why."""

    field: str
    was: datetime.date | None
    now: datetime.date | None
    at: datetime.datetime
    reason: str = ""


@dataclass(frozen=True)
class Removal:
    """That an activity was removed from the plan, when, and why where somebody wrote it."""

    activity_id: int
    at: datetime.datetime
    reason: str = ""


@dataclass(frozen=True)
class ActivityFact:
    id: int
    number: str
    title: str
    focus_area_id: int
    focus_area: str
    status: str
    status_label: str
    assessment: str
    assessment_label: str
    # Why it stands as it does: the newest status update's reason, or its text.
    reason: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    next_follow_up_on: datetime.date | None
    followed_up_on: datetime.date | None
    moves: tuple[DateMove, ...] = ()
    carried_over_from: int | None = None

    @property
    def full_title(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class CommitmentFact:
    """A promise. `outcome` is a value of `focus_areas.forecast.Outcome`; `done_words` is what may be shown."""

    id: int
    activity_id: int
    party: str
    who: str
    text: str
    comparison: str
    planned: int | None
    unit: str
    promise: str
    done: int | None
    done_words: str
    outcome: str
    outcome_label: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    # Whether it is one of those that the report counts: it holds on some day of the period.
    is_counted: bool
    is_masked: bool = False
    moves: tuple[DateMove, ...] = ()


@dataclass(frozen=True)
class GoalFact:
    """A goal and where it stands. `standing` is a value of `focus_areas.progress.Standing`."""

    id: int
    focus_area_id: int
    focus_area: str
    statement: str
    kind: str
    unit: str
    baseline: Decimal | None
    now: Decimal | None
    target: Decimal | None
    now_words: str
    target_words: str
    now_of: str
    standing: str
    standing_label: str
    due_on: datetime.date | None
    moves: tuple[DateMove, ...] = ()
    is_masked: bool = False
    carried_over_from: int | None = None


@dataclass(frozen=True)
class AskedFact:
    """A decision that the report asks for: of an activity, or of the report as a whole where `activity_id` is None."""

    activity_id: int | None
    activity: str
    text: str


@dataclass(frozen=True)
class Facts:
    as_of: datetime.datetime
    activities: tuple[ActivityFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    asked: tuple[AskedFact, ...] = ()
    removed: tuple[Removal, ...] = ()

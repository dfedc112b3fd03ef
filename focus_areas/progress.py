"""Where goals stand, counted from what has been done for the commitments that measure them. Never typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from focus_areas.models import Commitment, Goal


@dataclass(frozen=True)
class GoalProgress:
    """A goal and its value now; `now` is None when nothing measures it or nothing has been reported."""

    goal: Goal
    now: int | None
    is_measured: bool


def goal_progress(goals: QuerySet[Goal]) -> list[GoalProgress]:
    """Add to each goal what its commitments have done, where they count in the goal's own unit; one query more."""
    goals = list(goals)
    measures: dict[int, list[Commitment]] = {}
    for commitment in Commitment.objects.filter(goal__in=goals).with_done():
        measures.setdefault(commitment.goal_id, []).append(commitment)
    return [
        GoalProgress(
            goal=goal,
            now=sum_in_unit(
                goal.unit, ((commitment.unit, commitment.done) for commitment in measures.get(goal.pk, ()))
            ),
            is_measured=any(same_unit(goal.unit, commitment.unit) for commitment in measures.get(goal.pk, ())),
        )
        for goal in goals
    ]


def same_unit(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def sum_in_unit(unit: str, counted: Iterable[tuple[str, int | None]]) -> int | None:
    """Add what is counted in the unit; None when nothing of it has been reported. Units are never added up."""
    done = [count for counted_unit, count in counted if count is not None and same_unit(unit, counted_unit)]
    return sum(done) if done else None

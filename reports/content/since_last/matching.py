"""Which things of two reports are the same: by key, by what they were carried over from, at last by name. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from documents.written_text import comparison_key
from reports.content.facts import ActivityFact, CommitmentFact, Facts, GoalFact

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Pair(Generic[Thing]):
    was: Thing
    now: Thing
    is_entered_anew: bool = False


@dataclass(frozen=True)
class Paired(Generic[Thing]):
    """What is in both, in the later one's order; what has come, and what has gone."""

    both: tuple[Pair[Thing], ...]
    added: tuple[Thing, ...]
    removed: tuple[Thing, ...]


@dataclass(frozen=True)
class Compared:
    before: Facts
    now: Facts
    activities: Paired[ActivityFact]
    commitments: Paired[CommitmentFact]
    goals: Paired[GoalFact]

    @property
    def titles(self) -> dict[int, str]:
        """What the activities are called in the later report."""
        return {activity.id: activity.full_title for activity in self.now.activities}


def compare(before: Facts, now: Facts) -> Compared:
    activities = paired(before.activities, now.activities, name=lambda activity: comparison_key(activity.title))
    later_keys = {pair.was.id: pair.now.id for pair in activities.both}

    def promise_name(commitment: CommitmentFact, activity_id: int | None) -> tuple:
        return activity_id, commitment.who, comparison_key(commitment.text)

    return Compared(
        before=before,
        now=now,
        activities=activities,
        commitments=paired(
            before.commitments,
            now.commitments,
            name=lambda commitment: promise_name(commitment, commitment.activity_id),
            earlier_name=lambda commitment: promise_name(commitment, later_keys.get(commitment.activity_id)),
        ),
        goals=paired(before.goals, now.goals, name=lambda goal: comparison_key(goal.statement)),
    )


def paired(
    before: Sequence[Thing],
    now: Sequence[Thing],
    *,
    name: Callable[[Thing], Hashable],
    earlier_name: Callable[[Thing], Hashable] | None = None,
) -> Paired[Thing]:
    """Pair by key, by what was carried over, and at last by name where only one of that name has gone and come."""
    left = {thing.id: thing for thing in before}
    found: dict[int, Pair[Thing]] = {}
    for later in now:
        if later.id in left:
            found[later.id] = Pair(left.pop(later.id), later)
    for later in now:
        origin = getattr(later, "carried_over_from", None)
        if later.id not in found and origin in left:
            found[later.id] = Pair(left.pop(origin), later)
    gone = by_name(left.values(), earlier_name or name)
    come = by_name((later for later in now if later.id not in found), name)
    for key, (later, *others) in come.items():
        match gone.get(key):
            case [earlier] if not others:
                found[later.id] = Pair(left.pop(earlier.id), later, is_entered_anew=True)
    return Paired(
        both=tuple(found[later.id] for later in now if later.id in found),
        added=tuple(later for later in now if later.id not in found),
        removed=tuple(left.values()),
    )


def by_name(things: Iterable[Thing], name: Callable[[Thing], Hashable]) -> dict[Hashable, list[Thing]]:
    named: dict[Hashable, list[Thing]] = {}
    for thing in things:
        named.setdefault(name(thing), []).append(thing)
    return named

"""Goals with what measures them, and the agreement's own criteria for them."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement
from documents.swedish_words import joined
from focus_areas.models import Commitment, Goal, GoalCriterion
from focus_areas.smarta import Criterion


@transaction.atomic
def save_goal(*, goal: Goal, by: User, commitments: Iterable[Commitment] | None = None) -> Goal:
    """Save a goal, and let exactly these commitments measure it where given (None leaves them as they are)."""
    with recording(by=by):
        goal.save()
        if commitments is not None:
            wanted = {commitment.pk: commitment for commitment in commitments}
            for commitment in goal.commitments.exclude(pk__in=wanted):
                commitment.goal = None
                commitment.save(update_fields=["goal"])
            for commitment in wanted.values():
                if commitment.goal_id != goal.pk:
                    commitment.goal = goal
                    commitment.save(update_fields=["goal"])
    return goal


def what_hangs_on(goal: Goal) -> list[str]:
    """What would be left hanging if the goal were taken away, in words; nothing when it can be."""
    hanging = {
        "delmål": goal.sub_goals,
        "aktiviteter": goal.activities,
        "åtaganden": goal.commitments,
        "mål i nästa överenskommelse": goal.carried_over_to,
    }
    return [name for name, things in hanging.items() if things.exists()]


@transaction.atomic
def remove_goal(*, goal: Goal, by: User) -> None:
    """Take away a goal that nothing hangs on; its history stays.

    Raises:
        ValidationError: something refers to it.
    """
    if hanging := what_hangs_on(goal):
        raise ValidationError(f"Målet kan inte tas bort: det har {joined(hanging)}. Flytta eller ändra dem först.")
    with recording(by=by):
        goal.delete()


@transaction.atomic
def set_goal_criteria(*, agreement: Agreement, criteria: Sequence[Criterion], by: User) -> None:
    """Review the agreement's goals by these criteria, in this order; none at all means the agreement's default ones."""
    with recording(by=by):
        present = {row.check_for: row for row in agreement.goal_criteria.all()}
        wanted = {criterion.check: criterion for criterion in criteria}
        # Names may change places: what no longer has its name goes first, so that no two meet.
        for check, row in list(present.items()):
            if check not in wanted or wanted[check].label != row.label:
                row.delete()
                del present[check]
        for position, criterion in enumerate(criteria):
            row = present.get(criterion.check)
            if row is None:
                GoalCriterion.objects.create(
                    agreement=agreement, position=position, label=criterion.label, check_for=criterion.check
                )
            elif row.position != position:
                row.position = position
                row.save(update_fields=["position"])

"""Where a focus area's goals stand."""

from documents.swedish_dates import date_words
from focus_areas.models import FocusArea, Goal
from reports.content.report import GoalLine
from reports.content.snapshot import Snapshot
from reports.content.wording import number_in_words, shown_count

NOT_MEASURED = "Mäts inte ännu"
NOT_REPORTED = "Inte rapporterat"


def goal_lines(focus_area: FocusArea, snapshot: Snapshot) -> tuple[GoalLine, ...]:
    """The focus area's goals, each with its sub-goals below it."""
    goals = snapshot.goals[focus_area.pk]
    here = {goal.pk for goal in goals}
    lines = []

    def add(goal: Goal, *, depth: int) -> None:
        lines.append(goal_line(goal, snapshot, is_sub_goal=depth > 0))
        for sub_goal in goals:
            if sub_goal.parent_id == goal.pk and depth < len(goals):
                add(sub_goal, depth=depth + 1)

    for goal in goals:
        if goal.parent_id not in here:
            add(goal, depth=0)
    return tuple(lines)


def goal_line(goal: Goal, snapshot: Snapshot, *, is_sub_goal: bool) -> GoalLine:
    target = number_in_words(goal.target)
    return GoalLine(
        statement=goal.statement,
        kind=goal.get_kind_display(),
        baseline=value_shown(goal.baseline, goal.unit) or "–",
        now=now_in_words(goal, snapshot),
        target=f"{target} {goal.unit}".strip() if target else "–",
        due=date_words(goal.due_on) or "–",
        is_sub_goal=is_sub_goal,
    )


def now_in_words(goal: Goal, snapshot: Snapshot) -> str:
    """What has been done of the commitments that measure the goal, where they count the goal's own unit."""
    unit = goal.unit.strip().lower()
    measuring = [
        commitment
        for commitment in snapshot.all_commitments
        if unit and commitment.goal_id == goal.pk and commitment.unit.strip().lower() == unit
    ]
    if not measuring:
        return NOT_MEASURED
    reported = [snapshot.done[commitment.pk] for commitment in measuring if commitment.pk in snapshot.done]
    return shown_count(sum(reported), goal.unit) if reported else NOT_REPORTED


def value_shown(value, unit: str) -> str:
    if value is not None and value == int(value) and value >= 0:
        return shown_count(int(value), unit)
    return number_in_words(value)

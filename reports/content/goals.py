"""Where a focus area's goals stand, and the charts of what they are measured with."""

import datetime

from agreements.indicator_charts import IndicatorChart, chart_of
from documents.swedish_dates import date_words
from documents.swedish_numbers import number_words
from focus_areas.models import FocusArea, Goal
from focus_areas.progress import GoalProgress, where_it_stands
from reports.content.report import GoalLine
from reports.content.snapshot import Snapshot
from reports.content.thread_snapshot import ThreadSnapshot
from reports.content.wording import shown_count


def goal_lines(
    focus_area: FocusArea, snapshot: Snapshot, thread: ThreadSnapshot, *, on: datetime.date
) -> tuple[GoalLine, ...]:
    """The focus area's goals, each with its sub-goals below it."""
    goals = snapshot.goals[focus_area.pk]
    here = {goal.pk for goal in goals}
    lines = []

    def add(goal: Goal, *, depth: int) -> None:
        lines.append(goal_line(goal, snapshot, thread, on=on, is_sub_goal=depth > 0))
        for sub_goal in goals:
            if sub_goal.parent_id == goal.pk and depth < len(goals):
                add(sub_goal, depth=depth + 1)

    for goal in goals:
        if goal.parent_id not in here:
            add(goal, depth=0)
    return tuple(lines)


def goal_line(
    goal: Goal, snapshot: Snapshot, thread: ThreadSnapshot, *, on: datetime.date, is_sub_goal: bool
) -> GoalLine:
    progress = progress_of(goal, snapshot, thread, on=on)
    target = number_words(goal.target)
    return GoalLine(
        statement=goal.statement,
        kind=goal.get_kind_display(),
        baseline=value_shown(goal.baseline, progress.unit) or "–",
        now=value_shown(progress.now, progress.unit) or "–",
        target=f"{target} {progress.unit}".strip() if target else "–",
        due=date_words(goal.due_on) or "–",
        now_of=str(progress.year or ""),
        standing=progress.standing.label,
        is_sub_goal=is_sub_goal,
    )


def progress_of(goal: Goal, snapshot: Snapshot, thread: ThreadSnapshot, *, on: datetime.date) -> GoalProgress:
    goal.indicator = thread.indicators.get(goal.indicator_id)
    counted = [
        (commitment.unit, snapshot.done.get(commitment.pk))
        for of_activity in snapshot.commitments.values()
        for commitment in of_activity
        if commitment.goal_id == goal.pk and commitment.has_number
    ]
    return where_it_stands(goal, values=thread.values.get(goal.indicator_id, ()), counted=counted, on=on)


def goal_charts(focus_area: FocusArea, snapshot: Snapshot, thread: ThreadSnapshot) -> tuple[IndicatorChart, ...]:
    """A chart for each indicator that the focus area's goals are measured with and that has values."""
    used = dict.fromkeys(goal.indicator_id for goal in snapshot.goals[focus_area.pk] if goal.indicator_id)
    charts = (
        chart_of(thread.indicators[key], thread.values.get(key, ()), width="narrow")
        for key in used
        if key in thread.indicators
    )
    return tuple(chart for chart in charts if chart.has_values)


def value_shown(value, unit: str) -> str:
    if value is not None and value == int(value) and value >= 0:
        return shown_count(int(value), unit)
    return number_words(value)

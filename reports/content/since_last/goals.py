"""What has changed of the goals, and where they stand."""

from collections.abc import Iterator

from reports.content.facts import GoalFact
from reports.content.since_last.activities import day_change
from reports.content.since_last.matching import Compared
from reports.content.since_last.told import Change, GoalProgress, Sort


def goal_changes(compared: Compared) -> Iterator[Change]:
    for goal in compared.goals.added:
        yield Change(Sort.GOAL_ADDED, goal.focus_area, goal.statement)
    for goal in compared.goals.removed:
        yield Change(Sort.GOAL_REMOVED, goal.focus_area, goal.statement)
    for pair in compared.goals.both:
        was, now = pair.was, pair.now
        if was.statement != now.statement:
            yield Change(Sort.GOAL_CHANGED, now.focus_area, f"{now.statement}. Löd: ”{was.statement}”")
        if was.target_words != now.target_words:
            words = f"{was.target_words or 'inget'} till {now.target_words or 'inget'}"
            yield Change(Sort.GOAL_CHANGED, now.focus_area, f"{now.statement}. Målvärde: {words}")
        yield from day_change(
            "due_on", f"{now.statement}, senast", was, now, what=now.focus_area, since=compared.before.as_of
        )


def goal_progress(compared: Compared) -> Iterator[GoalProgress]:
    for pair in compared.goals.both:
        was, now = pair.was, pair.now
        if (was.now_words, was.now_of, was.standing) != (now.now_words, now.now_of, now.standing):
            yield GoalProgress(
                focus_area=now.focus_area,
                statement=now.statement,
                was=value_of(was),
                now=value_of(now),
                target=now.target_words or "–",
                standing_was=was.standing_label,
                standing=now.standing_label,
            )


def value_of(goal: GoalFact) -> str:
    """1,76 (2023)"""
    return f"{goal.now_words}{f' ({goal.now_of})' if goal.now_of else ''}" if goal.now_words else "–"

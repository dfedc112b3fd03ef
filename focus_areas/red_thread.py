"""The red thread, read: problem → causes → goals → activities → follow-ups → result, with what is missing.

`read_thread` answers for an agreement or one focus area, `count_gaps` only counts. Both take a fixed number of queries.
What is judged stands in `thread_gaps.py`.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import F

from accounts.models import User
from agreements.access import Capability as AgreementCapability
from agreements.models import Agreement, Problem
from focus_areas.access import Capability
from focus_areas.models import (
    Activity,
    Cause,
    FocusArea,
    FollowUp,
    Goal,
)
from focus_areas.models.follow_ups import FollowUpKind
from focus_areas.progress import GoalProgress, Standing
from focus_areas.thread_gaps import (
    Gap,
    GapKind,
    Step,
    ThreadFacts,
    count_by_kind,
    find_gaps,
)
from focus_areas.thread_rows import ThreadRows, next_due_on, read_rows

# What it takes to mend each kind of gap; the others are the plan's.
MENDING = {
    GapKind.PROBLEM_WITHOUT_ACTIVITY: Capability.CREATE_ACTIVITY,
    GapKind.GOAL_WITHOUT_ACTIVITY: Capability.CREATE_ACTIVITY,
    GapKind.ACTIVITY_WITHOUT_CAUSE: Capability.EDIT_ACTIVITY,
    GapKind.ACTIVITY_WITHOUT_GOAL: Capability.EDIT_ACTIVITY,
    GapKind.FOLLOW_UP_NOT_APPROVED: Capability.FOLLOW_UP,
    GapKind.FOLLOW_UP_NOT_PLANNED: Capability.FOLLOW_UP,
    GapKind.FOLLOW_UP_OVERDUE: Capability.FOLLOW_UP,
}
# A thread with every cause of a thorough analysis could not be followed.
MOST_CAUSES = 4
BEGINNING = (GapKind.AREA_WITHOUT_PROBLEM, GapKind.PROBLEM_WITHOUT_ANALYSIS, GapKind.PROBLEM_WITHOUT_GOAL)
CONCERNING_A_PROBLEM = {
    GapKind.PROBLEM_OUTSIDE,
    GapKind.PROBLEM_WITHOUT_ANALYSIS,
    GapKind.PROBLEM_WITHOUT_GOAL,
    GapKind.PROBLEM_WITHOUT_ACTIVITY,
}


@dataclass(frozen=True)
class ThreadGoal:
    """A goal, where it stands, and what it lacks."""

    progress: GoalProgress
    gaps: tuple[Gap, ...] = ()

    @property
    def goal(self) -> Goal:
        return self.progress.goal


@dataclass(frozen=True)
class ThreadActivity:
    """An activity with its latest follow-up, the next one, and what it lacks."""

    activity: Activity
    follow_up: FollowUp | None = None
    is_approved: bool = False
    gaps: tuple[Gap, ...] = ()

    def gaps_at(self, step: Step) -> list[Gap]:
        return [gap for gap in self.gaps if gap.step == step]

    @property
    def own_gaps(self) -> list[Gap]:
        return self.gaps_at(Step.ACTIVITY)

    @property
    def follow_up_gaps(self) -> list[Gap]:
        return self.gaps_at(Step.FOLLOW_UP)

    @property
    def next_due_on(self) -> datetime.date | None:
        return next_due_on(self.activity)

    @property
    def next_kind(self) -> str:
        """The kind of the follow-up that is planned next, as a word; empty where only the day is known."""
        kind = self.activity.next_planned_kind
        return FollowUpKind(kind).label.lower() if kind and self.next_due_on == self.activity.next_planned_on else ""

    @property
    def has_follow_up_in_sight(self) -> bool:
        return self.follow_up is not None or self.next_due_on is not None

    @property
    def effect(self) -> FollowUp | None:
        """The latest follow-up, where both have approved it and it was about effect."""
        is_effect = self.is_approved and self.follow_up.kind == FollowUpKind.EFFECT
        return self.follow_up if is_effect else None


@dataclass(frozen=True)
class ThreadBlock:
    """One problem's thread in a focus area; without a problem, what is tied to none."""

    problem: Problem | None = None
    is_withheld: bool = False
    causes: tuple[Cause, ...] = ()
    goals: tuple[ThreadGoal, ...] = ()
    activities: tuple[ThreadActivity, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def gap(self, kind: GapKind) -> Gap | None:
        return next((gap for gap in self.gaps if gap.kind == kind), None)

    @property
    def first_causes(self) -> tuple[Cause, ...]:
        return self.causes[:MOST_CAUSES]

    @property
    def causes_left_out(self) -> int:
        return len(self.causes) - len(self.first_causes)

    @property
    def analysis_gap(self) -> Gap | None:
        return self.gap(GapKind.PROBLEM_WITHOUT_ANALYSIS)

    @property
    def goal_gap(self) -> Gap | None:
        return self.gap(GapKind.PROBLEM_WITHOUT_GOAL)

    @property
    def activity_gap(self) -> Gap | None:
        return self.gap(GapKind.PROBLEM_WITHOUT_ACTIVITY)

    @property
    def is_followed_up(self) -> bool:
        """Whether the thread reaches a follow-up, made or planned."""
        return any(row.has_follow_up_in_sight for row in self.activities)

    @property
    def reached_goals(self) -> list[ThreadGoal]:
        return [row for row in self.goals if row.progress.standing == Standing.REACHED]

    @property
    def effects(self) -> list[ThreadActivity]:
        return [row for row in self.activities if row.effect]

    @property
    def has_result(self) -> bool:
        return bool(self.reached_goals or self.effects)

    @property
    def all_gaps(self) -> list[Gap]:
        """Its own and those of what hangs on it."""
        below = [gap for row in (*self.goals, *self.activities) for gap in row.gaps]
        return [*self.gaps, *below]


@dataclass(frozen=True)
class AreaThread:
    focus_area: FocusArea
    blocks: tuple[ThreadBlock, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def problem_gap(self) -> Gap | None:
        return next((gap for gap in self.gaps if gap.kind == GapKind.AREA_WITHOUT_PROBLEM), None)


@dataclass(frozen=True)
class Thread:
    """The whole: focus area by focus area, the problems outside them, and every gap once."""

    agreement: Agreement
    areas: tuple[AreaThread, ...] = ()
    outside: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()
    counts: dict[GapKind, int] = field(default_factory=dict)

    @property
    def first_to_mend(self) -> Gap | None:
        """The first link, from the problem on, that the person can add before anything is done about it."""
        return next((gap for gap in self.gaps if gap.url and gap.kind in BEGINNING), None)

    def only(self, kind: GapKind) -> "Thread":
        """The parts of it that have that kind of gap; counted as before."""
        areas = []
        for area in self.areas:
            blocks = tuple(block for block in area.blocks if any(gap.kind == kind for gap in block.all_gaps))
            if blocks or any(gap.kind == kind for gap in area.gaps):
                areas.append(replace(area, blocks=blocks))
        return replace(self, areas=tuple(areas), outside=self.outside if kind == GapKind.PROBLEM_OUTSIDE else ())


# --- Reading ---


def read_thread(subject: Agreement | FocusArea, *, today: datetime.date, reader: User | None = None) -> Thread:
    """The thread of an agreement or a focus area, for a person; nine queries.

    What stands in working material is withheld from those who may not read it, and from nobody in particular. Only
    the gaps that the person may mend say where.
    """
    rows = read_rows(subject, standing_on=today)
    withheld = withheld_problems(rows, reader)
    facts = rows.facts()
    activities = {activity.pk: activity for activity in rows.activities}
    gaps = tuple(
        replace(gap, may_mend=may_mend(reader, gap, rows.agreement, activities))
        for gap in find_gaps(facts, today=today)
        if not (gap.kind in CONCERNING_A_PROBLEM and gap.problem in withheld)
    )
    return Thread(
        agreement=rows.agreement,
        areas=tuple(put_together(rows, facts, gaps, withheld)),
        outside=tuple(problem for problem in rows.outside if problem.pk not in withheld),
        gaps=gaps,
        counts=count_by_kind(gaps),
    )


def count_gaps(agreement: Agreement, *, today: datetime.date, reader: User | None = None) -> dict[GapKind, int]:
    """How many gaps there are of each kind, without the words around them; five queries."""
    rows = read_rows(agreement)
    withheld = withheld_problems(rows, reader)
    gaps = find_gaps(rows.facts(), today=today)
    return count_by_kind(gap for gap in gaps if not (gap.kind in CONCERNING_A_PROBLEM and gap.problem in withheld))


def withheld_problems(rows: ThreadRows, reader: User | None) -> set[int]:
    """The problems of working material, where the reader may not read it."""
    return {
        problem.pk
        for problem in rows.problems
        if not problem.is_adopted and (reader is None or not reader.has_perm(AgreementCapability.READ_PICTURE, problem))
    }


def may_mend(reader: User | None, gap: Gap, agreement: Agreement, activities: dict[int, Activity]) -> bool:
    if reader is None or agreement.is_closed:
        return False
    return reader.has_perm(MENDING.get(gap.kind, Capability.PLAN), activities.get(gap.activity, agreement))


# --- Putting together ---


def put_together(
    rows: ThreadRows, facts: ThreadFacts, gaps: tuple[Gap, ...], withheld: set[int]
) -> Iterable[AreaThread]:
    """The blocks of each focus area; two queries more: causes and follow-ups."""
    causes = causes_by_problem(problem.pk for problem in rows.problems if problem.pk not in withheld)
    follow_ups = latest_follow_ups(rows.activities)
    of_goal, of_activity = facts.problem_of_goal(), facts.problems_of_activity()
    problems = {problem.pk: problem for problem in rows.problems}
    for area in rows.areas:
        own = [gap for gap in gaps if gap.area == area.pk]
        goals = [
            ThreadGoal(rows.progress[goal.pk], tuple(gap for gap in own if gap.goal == goal.pk))
            for goal in rows.goals
            if goal.focus_area_id == area.pk
        ]
        activities = [
            ThreadActivity(
                activity,
                follow_up=follow_ups.get(activity.latest_follow_up_id),
                is_approved=bool((latest := follow_ups.get(activity.latest_follow_up_id)) and not latest.waits_for),
                gaps=tuple(gap for gap in own if gap.activity == activity.pk),
            )
            for activity in rows.activities
            if activity.focus_area_id == area.pk
        ]
        keys = [key for key in problems if key in rows.problems_of_area[area.pk]]
        blocks = [
            ThreadBlock(
                problem=problems[key],
                is_withheld=key in withheld,
                causes=tuple(causes.get(key, ())),
                goals=tuple(row for row in goals if of_goal[row.goal.pk] == key),
                activities=tuple(row for row in activities if key in of_activity[row.activity.pk]),
                gaps=tuple(gap for gap in own if gap.problem == key),
            )
            for key in keys
        ]
        loose = ThreadBlock(
            goals=tuple(row for row in goals if of_goal[row.goal.pk] not in keys),
            activities=tuple(row for row in activities if not of_activity[row.activity.pk] & set(keys)),
        )
        if loose.goals or loose.activities:
            blocks.append(loose)
        yield AreaThread(area, tuple(blocks), tuple(gap for gap in own if gap.kind == GapKind.AREA_WITHOUT_PROBLEM))


def causes_by_problem(problems: Iterable[int]) -> dict[int, list[Cause]]:
    found = defaultdict(list)
    causes = Cause.objects.filter(analysis__problem__in=list(problems)).annotate(problem_key=F("analysis__problem_id"))
    for cause in causes.order_by("leg", "kind", "pk"):
        found[cause.problem_key].append(cause)
    return found


def latest_follow_ups(activities: Iterable[Activity]) -> dict[int, FollowUp]:
    keys = [activity.latest_follow_up_id for activity in activities if activity.latest_follow_up_id]
    return FollowUp.objects.filter(pk__in=keys).with_signatures().in_bulk()

"""Where the red thread is broken. A judge without a database: facts and a day go in, gaps come out.

The thread is problem → cause → goal → activity → follow-up → result. What a gap is called, why it is one and where it
is mended stands here and nowhere else; `thread_rows.py` reads the facts.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.urls import reverse


class Step(models.TextChoices):
    PROBLEM = "problem", "Problem"
    CAUSE = "cause", "Orsak"
    GOAL = "goal", "Mål"
    ACTIVITY = "activity", "Aktivitet"
    FOLLOW_UP = "follow_up", "Uppföljning"
    RESULT = "result", "Resultat"


class GapKind(models.TextChoices):
    """In the order of the thread."""

    AREA_WITHOUT_PROBLEM = "area_without_problem", "Fokusområde utan problem"
    PROBLEM_OUTSIDE = "problem_outside", "Prioriterat problem i inget fokusområde"
    PROBLEM_WITHOUT_ANALYSIS = "problem_without_analysis", "Problem utan orsaksanalys"
    PROBLEM_WITHOUT_GOAL = "problem_without_goal", "Problem utan mål"
    PROBLEM_WITHOUT_ACTIVITY = "problem_without_activity", "Problem utan åtgärd"
    GOAL_UNMEASURED = "goal_unmeasured", "Mål utan mätning"
    GOAL_WITHOUT_ACTIVITY = "goal_without_activity", "Mål utan aktivitet"
    ACTIVITY_WITHOUT_CAUSE = "activity_without_cause", "Aktivitet utan orsak"
    ACTIVITY_WITHOUT_GOAL = "activity_without_goal", "Aktivitet utan mål"
    FOLLOW_UP_NOT_APPROVED = "follow_up_not_approved", "Aktivitet utan godkänd uppföljning"
    FOLLOW_UP_NOT_PLANNED = "follow_up_not_planned", "Aktivitet utan planerad uppföljning"
    FOLLOW_UP_OVERDUE = "follow_up_overdue", "Försenad uppföljning"

    @property
    def plural(self) -> str:
        """The label beside any other number than one."""
        return PLURALS.get(self, self.label)


@dataclass(frozen=True)
class AreaFacts:
    pk: int
    name: str
    problems: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ProblemFacts:
    pk: int
    title: str
    is_prioritised: bool = False
    cause_count: int = 0


@dataclass(frozen=True)
class GoalFacts:
    pk: int
    statement: str
    area: int
    problem: int | None = None
    parent: int | None = None
    has_target: bool = True
    has_measure: bool = False  # as `progress.has_measure` says

    @property
    def is_measured(self) -> bool:
        return self.has_target and self.has_measure


@dataclass(frozen=True)
class ActivityFacts:
    pk: int
    title: str
    area: int
    cause_count: int = 0
    cause_problems: frozenset[int] = frozenset()
    goals: frozenset[int] = frozenset()
    is_completed: bool = False
    is_cancelled: bool = False
    is_concluded: bool = False  # its latest follow-up said that it is to end
    latest_follow_up: int | None = None
    has_approved_follow_up: bool = False
    next_due_on: datetime.date | None = None


@dataclass(frozen=True)
class ThreadFacts:
    """Everything that the judge needs of an agreement, or of one of its focus areas."""

    areas: tuple[AreaFacts, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    activities: tuple[ActivityFacts, ...] = ()
    outside: tuple[ProblemFacts, ...] = ()

    def problem_of_goal(self) -> dict[int, int | None]:
        """Each goal's problem: its own, else that of the goal it is a part of."""
        by_key = {goal.pk: goal for goal in self.goals}

        def problem_of(goal: GoalFacts) -> int | None:
            passed = set()
            while goal.problem is None and goal.parent in by_key and goal.pk not in passed:
                passed.add(goal.pk)
                goal = by_key[goal.parent]
            return goal.problem

        return {goal.pk: problem_of(goal) for goal in self.goals}

    def with_parts(self) -> dict[int, set[int]]:
        """Each goal with all goals below it: what is done for a part is done for the whole."""
        parts = {goal.pk: {goal.pk} for goal in self.goals}
        parents = {goal.pk: goal.parent for goal in self.goals}
        for goal in parents:
            above, passed = parents[goal], {goal}
            while above in parts and above not in passed:
                parts[above].add(goal)
                passed.add(above)
                above = parents[above]
        return parts

    def measured_goals(self) -> set[int]:
        """The goals that have a target and something that measures it: of their own, or in one of their parts."""
        by_key = {goal.pk: goal for goal in self.goals}
        return {goal for goal, parts in self.with_parts().items() if any(by_key[part].is_measured for part in parts)}

    def problems_of_activity(self) -> dict[int, set[int]]:
        """The problems each activity is tied to, by its causes and its goals."""
        of_goal = self.problem_of_goal()
        return {
            activity.pk: set(activity.cause_problems)
            | {of_goal[goal] for goal in activity.goals if of_goal.get(goal) is not None}
            for activity in self.activities
        }

    def answered_in(self, area: int) -> tuple[set[int | None], set[int]]:
        """The problems that have a goal in the focus area, and those that something is done about there."""
        of_goal, of_activity = self.problem_of_goal(), self.problems_of_activity()
        return (
            {of_goal[goal.pk] for goal in self.goals if goal.area == area},
            {
                problem
                for activity in self.activities
                if activity.area == area and not activity.is_cancelled
                for problem in of_activity[activity.pk]
            },
        )


@dataclass(frozen=True)
class Gap:
    """A link that is missing: what is said about it, and where it is mended by those who may."""

    kind: GapKind
    what: str
    text: str
    action: str
    mended_at: tuple[str, int] | None
    area: int | None = None
    problem: int | None = None
    goal: int | None = None
    activity: int | None = None
    may_mend: bool = field(default=False, compare=False)

    @property
    def step(self) -> Step:
        """The link in the thread where the gap is seen."""
        return STEPS[self.kind]

    @property
    def url(self) -> str:
        """Where the person mends it; empty for those who may only see it."""
        if not self.may_mend or self.mended_at is None:
            return ""
        name, key = self.mended_at
        return reverse(name, args=[key]) + self._asked_for()

    def _asked_for(self) -> str:
        """What the form has filled in, or the field where it opens."""
        return {
            GapKind.PROBLEM_WITHOUT_GOAL: f"?problem={self.problem}",
            GapKind.GOAL_WITHOUT_ACTIVITY: f"?mal={self.goal}",
            GapKind.ACTIVITY_WITHOUT_CAUSE: "#div_id_causes",
            GapKind.ACTIVITY_WITHOUT_GOAL: "#div_id_goals",
        }.get(self.kind, "")


STEPS = {
    GapKind.AREA_WITHOUT_PROBLEM: Step.PROBLEM,
    GapKind.PROBLEM_OUTSIDE: Step.PROBLEM,
    GapKind.PROBLEM_WITHOUT_ANALYSIS: Step.CAUSE,
    GapKind.PROBLEM_WITHOUT_GOAL: Step.GOAL,
    GapKind.PROBLEM_WITHOUT_ACTIVITY: Step.ACTIVITY,
    GapKind.GOAL_UNMEASURED: Step.GOAL,
    GapKind.GOAL_WITHOUT_ACTIVITY: Step.GOAL,
    GapKind.ACTIVITY_WITHOUT_CAUSE: Step.ACTIVITY,
    GapKind.ACTIVITY_WITHOUT_GOAL: Step.ACTIVITY,
    GapKind.FOLLOW_UP_NOT_APPROVED: Step.FOLLOW_UP,
    GapKind.FOLLOW_UP_NOT_PLANNED: Step.FOLLOW_UP,
    GapKind.FOLLOW_UP_OVERDUE: Step.FOLLOW_UP,
}


PLURALS = {
    GapKind.AREA_WITHOUT_PROBLEM: "Fokusområden utan problem",
    GapKind.PROBLEM_OUTSIDE: "Prioriterade problem i inget fokusområde",
    GapKind.ACTIVITY_WITHOUT_CAUSE: "Aktiviteter utan orsak",
    GapKind.ACTIVITY_WITHOUT_GOAL: "Aktiviteter utan mål",
    GapKind.FOLLOW_UP_NOT_APPROVED: "Aktiviteter utan godkänd uppföljning",
    GapKind.FOLLOW_UP_NOT_PLANNED: "Aktiviteter utan planerad uppföljning",
    GapKind.FOLLOW_UP_OVERDUE: "Försenade uppföljningar",
}


def find_gaps(facts: ThreadFacts, *, today: datetime.date) -> list[Gap]:
    """Every gap, in the order of the thread, each once."""
    gaps = [*area_gaps(facts), *problem_gaps(facts), *goal_gaps(facts)]
    for activity in facts.activities:
        gaps += activity_gaps(activity) + follow_up_gaps(activity, today=today)
    order = list(GapKind)
    return sorted(gaps, key=lambda gap: order.index(gap.kind))


def count_by_kind(gaps: Iterable[Gap]) -> dict[GapKind, int]:
    """How many there are of each kind, in the order of the thread; kinds without gaps are left out."""
    counts = Counter(gap.kind for gap in gaps)
    return {kind: counts[kind] for kind in GapKind if counts[kind]}


def area_gaps(facts: ThreadFacts) -> list[Gap]:
    """Focus areas without a problem, and problems that come first in the picture but are in no focus area."""
    found = [
        Gap(
            GapKind.AREA_WITHOUT_PROBLEM,
            area.name,
            "Inget problem ur lägesbilden är valt",
            "Välj problem",
            ("focus_areas:focus_area_update", area.pk),
            area=area.pk,
        )
        for area in facts.areas
        if not area.problems
    ]
    # With several focus areas to choose among there is no one place where it is mended.
    only_area = ("focus_areas:focus_area_update", facts.areas[0].pk) if len(facts.areas) == 1 else None
    return found + [
        Gap(
            GapKind.PROBLEM_OUTSIDE,
            problem.title,
            "Prioriterat men inte med i något fokusområde",
            "Ta in det i fokusområdet",
            only_area,
            problem=problem.pk,
        )
        for problem in facts.outside
        if problem.is_prioritised
    ]


def problem_gaps(facts: ThreadFacts) -> list[Gap]:
    """What the problems of each focus area lack there; the analysis is asked for once."""
    found, analysed = [], set()
    problems = {problem.pk: problem for problem in facts.problems}
    for area in facts.areas:
        with_goal, with_activity = facts.answered_in(area.pk)
        for key in sorted(area.problems & problems.keys()):
            title, at = problems[key].title, {"area": area.pk, "problem": key}
            if not problems[key].cause_count and key not in analysed:
                found.append(
                    Gap(
                        GapKind.PROBLEM_WITHOUT_ANALYSIS,
                        title,
                        "Orsaksanalys saknas",
                        "Börja en orsaksanalys",
                        ("focus_areas:cause_analysis_start", key),
                        **at,
                    )
                )
            analysed.add(key)
            if key not in with_goal:
                mended_at = ("focus_areas:goal_create", area.pk)
                found.append(
                    Gap(GapKind.PROBLEM_WITHOUT_GOAL, title, "Mål saknas", "Formulera ett mål", mended_at, **at)
                )
            if key not in with_activity:
                mended_at = ("focus_areas:activity_create", area.pk)
                found.append(
                    Gap(
                        GapKind.PROBLEM_WITHOUT_ACTIVITY,
                        title,
                        "Problem utan åtgärd",
                        "Lägg till en aktivitet",
                        mended_at,
                        **at,
                    )
                )
    return found


def goal_gaps(facts: ThreadFacts) -> list[Gap]:
    """Goals that nothing measures or nobody works with; a goal with parts is measured and worked with through them."""
    parts, measured = facts.with_parts(), facts.measured_goals()
    worked_with = {goal for activity in facts.activities if not activity.is_cancelled for goal in activity.goals}
    found = []
    for goal in facts.goals:
        at = {"area": goal.area, "goal": goal.pk}
        if goal.pk not in measured:
            text = f"Mål utan mätning: {what_measure_lacks(goal)}"
            mended_at = ("focus_areas:goal_update", goal.pk)
            found.append(Gap(GapKind.GOAL_UNMEASURED, goal.statement, text, "Ange hur det mäts", mended_at, **at))
        if not parts[goal.pk] & worked_with:
            mended_at = ("focus_areas:activity_create", goal.area)
            found.append(
                Gap(
                    GapKind.GOAL_WITHOUT_ACTIVITY,
                    goal.statement,
                    "Mål utan aktivitet",
                    "Lägg till en aktivitet",
                    mended_at,
                    **at,
                )
            )
    return found


def what_measure_lacks(goal: GoalFacts) -> str:
    lacks = []
    if not goal.has_target:
        lacks.append("målvärde saknas")
    if not goal.has_measure:
        lacks.append("varken indikator eller åtagande i målets enhet")
    return ", ".join(lacks)


def activity_gaps(activity: ActivityFacts) -> list[Gap]:
    """Why an activity is done, where nobody has said so. A cancelled one lacks nothing any more."""
    if activity.is_cancelled:
        return []
    at = {"area": activity.area, "activity": activity.pk}
    update = ("focus_areas:activity_update", activity.pk)
    found = []
    if not activity.cause_count:
        kind = GapKind.ACTIVITY_WITHOUT_CAUSE
        found.append(Gap(kind, activity.title, "Aktivitet utan orsak", "Välj orsak", update, **at))
    if not activity.goals:
        kind = GapKind.ACTIVITY_WITHOUT_GOAL
        found.append(Gap(kind, activity.title, "Aktivitet utan mål", "Välj mål", update, **at))
    return found


def follow_up_gaps(activity: ActivityFacts, *, today: datetime.date) -> list[Gap]:
    """A day ahead is enough while nothing has been followed up yet; what has been done must have been followed up."""
    if activity.is_cancelled:
        return []
    at = {"area": activity.area, "activity": activity.pk}
    create = ("focus_areas:follow_up_create", activity.pk)
    found = []
    if activity.latest_follow_up is not None and not activity.has_approved_follow_up:
        kind, mended_at = GapKind.FOLLOW_UP_NOT_APPROVED, ("focus_areas:follow_up_detail", activity.latest_follow_up)
        found.append(Gap(kind, activity.title, "Ingen godkänd uppföljning", "Läs och godkänn", mended_at, **at))
    elif activity.latest_follow_up is None and activity.is_completed and activity.next_due_on is None:
        kind = GapKind.FOLLOW_UP_NOT_APPROVED
        found.append(Gap(kind, activity.title, "Genomförd men inte uppföljd", "Följ upp", create, **at))
    if activity.next_due_on is not None and activity.next_due_on < today:
        kind = GapKind.FOLLOW_UP_OVERDUE
        found.append(Gap(kind, activity.title, "Uppföljningen är försenad", "Följ upp", create, **at))
    if activity.next_due_on is None and not activity.is_completed and not activity.is_concluded:
        kind, mended_at = GapKind.FOLLOW_UP_NOT_PLANNED, ("focus_areas:planned_follow_up_create", activity.pk)
        found.append(Gap(kind, activity.title, "Ingen uppföljning är planerad", "Planera uppföljning", mended_at, **at))
    return found

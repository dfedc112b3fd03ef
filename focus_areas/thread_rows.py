"""What the red thread is read from: focus areas, problems, goals and activities as rows, and as facts for the judge."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from agreements.models import Agreement, Problem, SituationPicture
from focus_areas.models import Activity, Commitment, FocusArea, FollowUp, Goal, PlannedFollowUp
from focus_areas.progress import GoalProgress, goal_progress, has_measure
from focus_areas.thread_gaps import ActivityFacts, AreaFacts, GoalFacts, ProblemFacts, ThreadFacts


@dataclass(frozen=True)
class ThreadRows:
    """What the judge needs, as rows: five queries."""

    agreement: Agreement
    areas: list[FocusArea]
    problems: list[Problem]
    goals: list[Goal]
    activities: list[Activity]
    progress: dict[int, GoalProgress]
    problems_of_area: dict[int, set[int]]
    goals_of_activity: dict[int, set[int]]
    causes_of_activity: dict[int, dict[int, int]]
    units_of_goal: dict[int, set[str]]

    @property
    def outside(self) -> list[Problem]:
        """Prioritised problems of the picture in force that no focus area of the agreement has taken up."""
        return [problem for problem in self.problems if problem.is_outside]

    def facts(self) -> ThreadFacts:
        return ThreadFacts(
            areas=tuple(
                AreaFacts(area.pk, str(area), frozenset(self.problems_of_area[area.pk])) for area in self.areas
            ),
            problems=tuple(problem_facts(problem) for problem in self.problems if not problem.is_outside),
            outside=tuple(problem_facts(problem) for problem in self.outside),
            goals=tuple(goal_facts(goal, counted_units=self.units_of_goal[goal.pk]) for goal in self.goals),
            activities=tuple(
                activity_facts(
                    activity,
                    goals=self.goals_of_activity[activity.pk],
                    causes=self.causes_of_activity[activity.pk],
                )
                for activity in self.activities
            ),
        )


def read_rows(subject: Agreement | FocusArea, *, standing_on: datetime.date | None = None) -> ThreadRows:
    """The rows; with where the goals stand on a day when it is asked for, two queries more."""
    is_whole = isinstance(subject, Agreement)
    agreement = subject if is_whole else subject.agreement
    areas = list(agreement.focus_areas.in_order()) if is_whole else [subject]
    for area in areas:
        area.agreement = agreement
    keys = [area.pk for area in areas]
    activities = list(activities_of(keys))
    by_key = {area.pk: area for area in areas}
    for activity in activities:
        activity.focus_area = by_key[activity.focus_area_id]
    goals = goals_of(keys)
    progress = goal_progress(goals, on=standing_on) if standing_on else []
    links = links_of(keys)
    return ThreadRows(
        agreement=agreement,
        areas=areas,
        problems=list(problems_of(agreement, keys, with_outside=is_whole)),
        goals=[row.goal for row in progress] if standing_on else list(goals),
        activities=activities,
        progress={row.goal.pk: row for row in progress},
        **links,
    )


def problems_of(agreement: Agreement, areas: list[int], *, with_outside: bool) -> QuerySet[Problem]:
    """The problems of these focus areas, and those of the picture in force that stand outside all of them."""
    current = SituationPicture.objects.filter(agreement=agreement).current_first()
    taken_up = FocusArea.problems.through.objects.filter(problem=OuterRef("pk"))
    problems = (
        Problem.objects.filter(situation_picture__agreement=agreement)
        .annotate(
            cause_count=Count("cause_analysis__causes"),
            is_outside=~Exists(taken_up.filter(focusarea__agreement=agreement)),
            is_inside=Exists(taken_up.filter(focusarea__in=areas)),
        )
        .select_related("situation_picture__agreement")
    )
    wanted = Q(is_inside=True)
    if with_outside:
        wanted |= Q(is_outside=True, is_prioritised=True, situation_picture=Subquery(current.values("pk")[:1]))
    return problems.filter(wanted)


def goals_of(areas: list[int]) -> QuerySet[Goal]:
    goals = Goal.objects.filter(focus_area__in=areas).select_related("indicator", "parent")
    return goals.order_by("focus_area", "parent_id", "pk")


def activities_of(areas: list[int]) -> QuerySet[Activity]:
    """Activities with what is known of their follow-ups: the latest, whether one is approved, the next planned."""
    latest = FollowUp.objects.filter(activity=OuterRef("pk")).latest_first()
    approved = FollowUp.objects.filter(activity=OuterRef("pk")).approved()
    planned = PlannedFollowUp.objects.filter(activity=OuterRef("pk")).waiting().order_by("due_on", "pk")
    return (
        Activity.objects.filter(focus_area__in=areas)
        .annotate(
            latest_follow_up_id=Subquery(latest.values("pk")[:1]),
            latest_conclusion=Subquery(latest.values("conclusion")[:1]),
            has_approved_follow_up=Exists(approved),
            next_planned_on=Subquery(planned.values("due_on")[:1]),
            next_planned_kind=Subquery(planned.values("kind")[:1]),
        )
        .in_order()
    )


def links_of(areas: list[int]) -> dict[str, defaultdict]:
    """What is tied to what, in one query: focus areas to problems, activities to goals and causes, goals to units."""
    # PostgreSQL takes two NULLs of a union for text unless they are told to be keys.
    none, no_unit = Cast(None, BigIntegerField()), Value("", output_field=CharField())

    def pairs(name: str, rows: QuerySet, left: str, right: str, problem, counted=no_unit) -> QuerySet:
        return (
            rows.order_by()
            .annotate(link=Value(name), problem_key=problem, counted=counted)
            .values_list("link", left, right, "problem_key", "counted")
        )

    causes = Activity.causes.through.objects.filter(activity__focus_area__in=areas)
    goals = Activity.goals.through.objects.filter(activity__focus_area__in=areas)
    measured = Commitment.objects.filter(activity__focus_area__in=areas, goal__isnull=False)
    counted = Commitment.objects.filter(goal__focus_area__in=areas, planned__isnull=False)
    problems = FocusArea.problems.through.objects.filter(focusarea__in=areas)
    rows = pairs("problem", problems, "focusarea_id", "problem_id", none).union(
        pairs("goal", goals, "activity_id", "goal_id", none),
        pairs("goal", measured, "activity_id", "goal_id", none),
        pairs("cause", causes, "activity_id", "cause_id", F("cause__analysis__problem_id")),
        pairs("unit", counted, "goal_id", "activity_id", none, F("unit")),
    )
    links = {
        "problems_of_area": defaultdict(set),
        "goals_of_activity": defaultdict(set),
        "causes_of_activity": defaultdict(dict),
        "units_of_goal": defaultdict(set),
    }
    for name, left, right, problem, unit in rows:
        match name:
            case "problem":
                links["problems_of_area"][left].add(right)
            case "goal":
                links["goals_of_activity"][left].add(right)
            case "unit":
                links["units_of_goal"][left].add(unit)
            case _:
                links["causes_of_activity"][left][right] = problem
    return links


def next_due_on(activity: Activity) -> datetime.date | None:
    """The day of the next follow-up: what is planned and not yet answered, or the activity's own day."""
    days = [activity.next_planned_on, None if activity.is_finished else activity.next_follow_up_on]
    return min((day for day in days if day is not None), default=None)


def problem_facts(problem: Problem) -> ProblemFacts:
    return ProblemFacts(problem.pk, problem.title, problem.is_prioritised, problem.cause_count)


def goal_facts(goal: Goal, *, counted_units: Iterable[str]) -> GoalFacts:
    return GoalFacts(
        goal.pk,
        goal.statement,
        goal.focus_area_id,
        problem=goal.problem_id,
        parent=goal.parent_id,
        has_target=goal.target is not None,
        has_measure=has_measure(
            has_indicator=goal.indicator_id is not None, unit=goal.unit, counted_units=counted_units
        ),
    )


def activity_facts(activity: Activity, *, goals: Iterable[int], causes: dict[int, int]) -> ActivityFacts:
    return ActivityFacts(
        activity.pk,
        activity.title,
        activity.focus_area_id,
        cause_count=len(causes),
        cause_problems=frozenset(causes.values()),
        goals=frozenset(goals),
        is_completed=activity.status == Activity.Status.COMPLETED,
        is_cancelled=activity.status == Activity.Status.CANCELLED,
        is_concluded=activity.latest_conclusion == FollowUp.Conclusion.END,
        latest_follow_up=activity.latest_follow_up_id,
        has_approved_follow_up=activity.has_approved_follow_up,
        next_due_on=next_due_on(activity),
    )

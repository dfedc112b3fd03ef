"""What part of the plan a report is about: all of it, one focus area, or what one working group answers for."""

from dataclasses import dataclass, replace

from django.db.models import Q

from focus_areas.models import Activity, Goal
from reports.content.snapshot import Snapshot


@dataclass(frozen=True)
class Scope:
    """One focus area's or one group's activities, as they belonged at the moment that is read; by default all."""

    focus_area_id: int | None = None
    group_id: int | None = None

    @property
    def is_everything(self) -> bool:
        return self.focus_area_id is None and self.group_id is None

    @property
    def of_activities(self) -> Q:
        """For rows of activities or of their history."""
        condition = Q()
        if self.focus_area_id is not None:
            condition &= Q(focus_area_id=self.focus_area_id)
        if self.group_id is not None:
            condition &= Q(working_group_id=self.group_id)
        return condition

    def holds(self, activity: Activity) -> bool:
        return (self.focus_area_id is None or activity.focus_area_id == self.focus_area_id) and (
            self.group_id is None or activity.working_group_id == self.group_id
        )

    @property
    def nothing_words(self) -> str:
        """What is said where it holds no activity."""
        if self.group_id is not None:
            return "Arbetsgruppen ansvarar inte för någon aktivitet."
        return "Fokusområdet har inga aktiviteter än." if self.focus_area_id else "Planen har inga aktiviteter än."


EVERYTHING = Scope()


def narrowed(snapshot: Snapshot, scope: Scope) -> Snapshot:
    """The snapshot with the scope's focus areas, activities and goals alone.

    What is promised and logged stays whole: a goal stands where all who count towards it have brought it.
    """
    if scope.is_everything:
        return snapshot
    activities = {
        focus_area.pk: [activity for activity in snapshot.activities[focus_area.pk] if scope.holds(activity)]
        for focus_area in snapshot.focus_areas
    }
    focus_areas = [
        focus_area
        for focus_area in snapshot.focus_areas
        if activities[focus_area.pk] or focus_area.pk == scope.focus_area_id
    ]
    goals = {focus_area.pk: snapshot.goals.get(focus_area.pk, []) for focus_area in focus_areas}
    if scope.group_id is not None:
        own = _goals_of(snapshot, [activity for area in focus_areas for activity in activities[area.pk]])
        goals = {key: [goal for goal in of_area if goal.pk in own] for key, of_area in goals.items()}
    return replace(
        snapshot,
        focus_areas=focus_areas,
        activities={focus_area.pk: activities[focus_area.pk] for focus_area in focus_areas},
        goals=goals,
    )


def _goals_of(snapshot: Snapshot, activities: list[Activity]) -> set[int]:
    """The goals that the activities work towards, and those that what is promised in them counts towards."""
    tied: list[Goal] = [goal for activity in activities for goal in snapshot.activity_goals.get(activity.pk, ())]
    counted = (commitment.goal_id for activity in activities for commitment in snapshot.commitments[activity.pk])
    return {goal.pk for goal in tied} | {key for key in counted if key}

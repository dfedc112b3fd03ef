"""From which decisions an activity has its mandate: the steering group's, the preparation group's, the working group.

Everybody who reads the plan sees which § of which group it is. The words, and the way there, are for those who read
that group's meetings.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from agreements.models import Group, Membership, Seat
from focus_areas.models import Activity
from meetings.access import Capability, may_finish
from meetings.meeting_page import PointRow
from meetings.models import ActionPoint, Decision


@dataclass(frozen=True)
class Step:
    """One decision on the way down to the activity."""

    decision: Decision
    is_readable: bool

    @property
    def text(self) -> str:
        return self.decision.text if self.is_readable else ""


@dataclass(frozen=True)
class Mandate:
    """Where an activity's mandate comes from, and what is still to do for it."""

    # Each from the first decision to the one that names the activity or its working group; the newest first.
    chains: list[list[Step]]
    working_group: Group | None
    convener: str
    points: list[PointRow]

    @property
    def exists(self) -> bool:
        return bool(self.chains)


def mandate_of(activity: Activity, *, user, today: datetime.date) -> Mandate:
    """The activity's mandate as the person may see it; two queries, however long the chains are."""
    chains = chains_to(activity, on=today)
    return Mandate(
        chains=[[Step(decision=decision, is_readable=reads(user, decision)) for decision in chain] for chain in chains],
        working_group=activity.working_group,
        convener=chains[0][-1].convener if chains else "",
        points=open_points(activity, user=user, today=today),
    )


def reads(user, decision: Decision) -> bool:
    return user.has_perm(Capability.READ_MEETINGS, decision.group)


def mandating(activities: Iterable[Activity]):
    """The decisions that mandate the activities or their working groups."""
    groups = {activity.working_group_id for activity in activities} - {None}
    return Decision.objects.filter(
        Q(mandated_activity__in=[activity.pk for activity in activities]) | Q(mandated_group__in=groups)
    )


def chains_to(activity: Activity, *, on: datetime.date) -> list[list[Decision]]:
    """The decisions that mandate the activity, each after the ones that it carries out (at most three steps).

    Each tells who calls the activity's working group together on that day, too.
    """
    conveners = Membership.objects.held(on=on).filter(
        seat__group=activity.working_group_id, seat__function=Seat.Function.CONVENER
    )
    decisions = (
        mandating([activity])
        .select_related(
            "group__agreement",
            "meeting",
            "carries_out__group__agreement",
            "carries_out__meeting",
            "carries_out__carries_out__group__agreement",
            "carries_out__carries_out__meeting",
        )
        .annotate(convener=Coalesce(Subquery(conveners.values("user__full_name")[:1]), Value("")))
        .order_by("-meeting__starts_at", "-number")
    )
    chains = []
    for decision in decisions:
        chain = [decision]
        while len(chain) < 3 and chain[0].carries_out is not None:
            chain.insert(0, chain[0].carries_out)
        chains.append(chain)
    # A decision that another one in the list carries out is told there already.
    carried_out = {step.pk for chain in chains for step in chain[:-1]}
    return [chain for chain in chains if chain[-1].pk not in carried_out]


def open_points(activity: Activity, *, user, today: datetime.date) -> list[PointRow]:
    """The activity's open action points that the person may read: of groups they read, or their own."""
    points = (
        ActionPoint.objects.open()
        .filter(activity=activity)
        .select_related("group__agreement", "meeting", "responsible", "organisation", "agenda_item")
        .by_due_date()
    )
    return [
        PointRow(point=point)
        for point in points
        if user.has_perm(Capability.READ_MEETINGS, point) or may_finish(user, point)
    ]


def mandated_among(activities: Iterable[Activity]) -> set[int]:
    """The keys of the activities that some decision mandates, themselves or through their working group; one query."""
    activities = list(activities)
    named = list(mandating(activities).values_list("mandated_activity", "mandated_group"))
    keys, groups = {activity for activity, _ in named}, {group for _, group in named} - {None}
    return {activity.pk for activity in activities if activity.pk in keys or activity.working_group_id in groups}

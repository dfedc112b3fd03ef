"""The day by which the whole action plan has been followed up (Lag 2023:196, 6 §; see ADR 20)."""

import datetime
from dataclasses import dataclass

from reports.law.evidence import ActivityThen, Evidence


@dataclass(frozen=True)
class PlanFollowedUp:
    """From which day the plan's clock counts, and which activities nobody has followed up since they began."""

    counts_from: datetime.date
    latest_on: datetime.date | None
    oldest: tuple[ActivityThen, ...]
    never: tuple[ActivityThen, ...]


def plan_followed_up(evidence: Evidence, *, on: datetime.date) -> PlanFollowedUp | None:
    """The plan has been followed up on the day when the last of its activities was; None where no plan is decided.

    Counted are the activities that have begun and are not finished: each on the day of its latest follow-up that both
    parties have approved, before its first one on the day it began, at the earliest the day the first plan was decided.
    A new version of the plan follows nothing up.
    """
    decided = evidence.decided_plans(on=on)
    if not decided:
        return None
    first_day = min(plan.decided_on for plan in decided)
    followed_up = [day for activity in evidence.activities for day in activity.followed_up if day <= on]
    latest_on = max(followed_up, default=None)
    under_way = [activity for activity in evidence.activities if is_under_way(activity, on=on)]
    if not under_way:
        return PlanFollowedUp(max(latest_on or first_day, first_day), latest_on, oldest=(), never=())
    counted = {activity: counted_from(activity, first_day, on=on) for activity in under_way}
    counts_from = min(counted.values())
    return PlanFollowedUp(
        counts_from,
        latest_on,
        oldest=tuple(activity for activity, day in counted.items() if day == counts_from),
        never=tuple(activity for activity in under_way if not any(day <= on for day in activity.followed_up)),
    )


def is_under_way(activity: ActivityThen, *, on: datetime.date) -> bool:
    return not activity.is_finished and (activity.starts_on is None or activity.starts_on <= on)


def counted_from(activity: ActivityThen, first_day: datetime.date, *, on: datetime.date) -> datetime.date:
    began_on = max(activity.starts_on or first_day, first_day)
    return max((day for day in activity.followed_up if day <= on), default=began_on)

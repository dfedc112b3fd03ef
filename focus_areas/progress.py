"""Where goals stand, computed from their indicator or from what has been done for their commitments. Never typed.

What measures a goal is said here for all: its page, the red thread, the law's page and the report. The
functions below `goal_progress` are pure: the report calls them with goals and values as they stood.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from agreements.models import IndicatorValue
from documents.written_text import comparison_key
from focus_areas.models import Commitment, Goal

Number = Decimal | int


class Standing(StrEnum):
    """Where a goal stands, in one word. What is not known is told apart from what is not so."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    UNMOVED = "unmoved"
    MOVING_AWAY = "moving_away"
    NOT_REACHED = "not_reached"
    NO_TARGET = "no_target"
    NOT_REPORTED = "not_reported"
    NOT_MEASURED = "not_measured"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Standing.REACHED: "Nått",
    Standing.ON_THE_WAY: "På väg",
    Standing.UNMOVED: "Oförändrat",
    Standing.MOVING_AWAY: "Går åt fel håll",
    Standing.NOT_REACHED: "Inte nått",
    Standing.NO_TARGET: "Målvärde saknas",
    Standing.NOT_REPORTED: "Inte rapporterat",
    Standing.NOT_MEASURED: "Mäts inte än",
}


@dataclass(frozen=True)
class GoalProgress:
    """A goal and its value now; `now` is None when nothing measures it or nothing has been reported.

    `year` is the indicator value's, `share` the part of the way from baseline to target (may be below 0 or above 1).
    """

    goal: Goal
    now: Number | None
    is_measured: bool
    year: int | None = None
    share: Decimal | None = None
    standing: Standing = Standing.NOT_MEASURED
    unit: str = ""

    @property
    def percent(self) -> int | None:
        """How much of the way, for a bar: 0 to 100; None where it cannot be said."""
        return None if self.share is None else round(max(Decimal(0), min(Decimal(1), self.share)) * 100)


def goal_progress(goals: QuerySet[Goal], *, on: datetime.date | None = None) -> list[GoalProgress]:
    """Where each goal stands, by the values up to that day's year; two queries more, however many goals."""
    goals = list(goals.select_related("indicator"))
    counted: dict[int, list[tuple[str, int | None]]] = {}
    for commitment in Commitment.objects.filter(goal__in=goals, planned__isnull=False).with_done():
        counted.setdefault(commitment.goal_id, []).append((commitment.unit, commitment.done))
    values: dict[int, list[IndicatorValue]] = {}
    for value in own_values(goal.indicator_id for goal in goals):
        values.setdefault(value.indicator_id, []).append(value)
    return [
        where_it_stands(goal, values=values.get(goal.indicator_id, ()), counted=counted.get(goal.pk, ()), on=on)
        for goal in goals
    ]


def own_values(indicators: Iterable[int | None]) -> QuerySet[IndicatorValue]:
    """The indicators' values for the whole municipality: no area, no comparison, not one sex alone."""
    ids = {indicator for indicator in indicators if indicator}
    return IndicatorValue.objects.filter(
        indicator__in=ids, comparison="", area__isnull=True, sex=IndicatorValue.Sex.ALL
    ).order_by("year")


# --- Pure: rows in, answers out ---


def where_it_stands(
    goal: Goal,
    *,
    values: Iterable[IndicatorValue] = (),
    counted: Iterable[tuple[str, int | None]] = (),
    on: datetime.date | None = None,
) -> GoalProgress:
    """Judge one goal by its indicator's own values, else by (unit, done) of its commitments with a number."""
    counted = list(counted)
    is_measured = has_measure(
        has_indicator=bool(goal.indicator_id), unit=goal.unit, counted_units=(unit for unit, _ in counted)
    )
    if goal.indicator_id:
        latest = latest_own(values, until=on.year if on else None)
        now, year = (latest.value, latest.year) if latest else (None, None)
    else:
        now, year = sum_in_unit(goal.unit, counted), None
    lower_is_better = bool(goal.indicator_id and goal.indicator.lower_is_better)
    # What is counted for commitments starts from nothing, unless the goal says otherwise.
    baseline = goal.baseline if goal.baseline is not None or goal.indicator_id else Decimal(0)
    return GoalProgress(
        goal=goal,
        now=now,
        is_measured=is_measured,
        year=year,
        share=share_of_the_way(now=now, baseline=baseline, target=goal.target),
        standing=standing(
            now=now,
            baseline=goal.baseline if goal.indicator_id else baseline,
            target=goal.target,
            lower_is_better=lower_is_better,
            is_measured=is_measured,
        ),
        unit=goal.counts_in,
    )


def has_measure(*, has_indicator: bool, unit: str, counted_units: Iterable[str]) -> bool:
    """Whether anything measures a goal: an indicator, or a commitment with a number that counts in the goal's unit."""
    return has_indicator or any(same_unit(unit, counted) for counted in counted_units)


def latest_own(values: Iterable[IndicatorValue], *, until: int | None = None) -> IndicatorValue | None:
    """The newest value of the municipality as a whole, not after the year; what is missing is skipped, not zero."""
    own = [
        value
        for value in values
        if not value.comparison and value.area_id is None and not value.sex and (until is None or value.year <= until)
    ]
    return max(own, key=lambda value: value.year, default=None)


def standing(
    *,
    now: Number | None,
    baseline: Number | None,
    target: Number | None,
    lower_is_better: bool = False,
    is_measured: bool = True,
) -> Standing:
    """The one word. Baseline and target say which way is good; without a baseline the indicator does."""
    if not is_measured:
        return Standing.NOT_MEASURED
    if now is None:
        return Standing.NOT_REPORTED
    if target is None:
        return Standing.NO_TARGET
    is_down = target < baseline if baseline is not None and baseline != target else lower_is_better
    if (now <= target) if is_down else (now >= target):
        return Standing.REACHED
    if baseline is None:
        return Standing.NOT_REACHED
    if now == baseline:
        return Standing.UNMOVED
    return Standing.ON_THE_WAY if (now < baseline) == is_down else Standing.MOVING_AWAY


def share_of_the_way(*, now: Number | None, baseline: Number | None, target: Number | None) -> Decimal | None:
    """How much of the way from baseline to target has been gone; None where one of them is unknown."""
    if now is None or baseline is None or target is None or baseline == target:
        return None
    return (Decimal(now) - Decimal(baseline)) / (Decimal(target) - Decimal(baseline))


def same_unit(one: str, other: str) -> bool:
    return comparison_key(one) == comparison_key(other)


def sum_in_unit(unit: str, counted: Iterable[tuple[str, int | None]]) -> int | None:
    """Add what is counted in the unit; None when nothing of it has been reported. Units are never added up."""
    done = [count for counted_unit, count in counted if count is not None and same_unit(unit, counted_unit)]
    return sum(done) if done else None

"""What differs between two versions of the action plan, in Swedish words. Pure: two plans in, differences out.

Things are the same when they have the same key; words are compared, so that a cause that was copied into a new picture
is the same cause. A new thing counts as one difference, with all that belongs to it, and so does a changed one.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.swedish_dates import date_words
from documents.swedish_numbers import amount_words, number_words
from documents.swedish_words import joined
from focus_areas.plan_contents import (
    ActivityFacts,
    CommitmentFacts,
    FocusAreaFacts,
    GoalFacts,
    PlanContents,
    PlannedFollowUpFacts,
)

NEW, CHANGED, REMOVED = "new", "changed", "removed"
STATE_WORDS = {NEW: "Ny", CHANGED: "Ändrad", REMOVED: "Utgår"}
LONG = 80


@dataclass(frozen=True)
class FieldDifference:
    """One field as it was and as it is; a day that was moved says how far."""

    label: str
    old: str
    new: str
    moved: str = ""

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > LONG or "\n" in self.old + self.new


@dataclass(frozen=True)
class ThingDifference:
    """A thing that is new, changed or removed."""

    state: str
    kind: str
    name: str
    fields: tuple[FieldDifference, ...] = ()

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class SectionDifference:
    """What differs under one focus area, or about the plan as a whole."""

    heading: str
    things: tuple[ThingDifference, ...]


@dataclass(frozen=True)
class PlanDifference:
    sections: tuple[SectionDifference, ...] = ()

    @property
    def things(self) -> list[ThingDifference]:
        return [thing for section in self.sections for thing in section.things]

    @property
    def count(self) -> int:
        return len(self.things)

    def count_of(self, state: str) -> int:
        return sum(thing.state == state for thing in self.things)

    @property
    def summary(self) -> str:
        """2 nya, 5 ändrade och 1 som utgår"""
        counted = (
            (self.count_of(NEW), "ny", "nya"),
            (self.count_of(CHANGED), "ändrad", "ändrade"),
            (self.count_of(REMOVED), "som utgår", "som utgår"),
        )
        return joined(f"{count} {one if count == 1 else several}" for count, one, several in counted if count)


@dataclass(frozen=True)
class Compared:
    """How one field of a kind of thing is compared and told. `same` is what is compared, where words are not enough."""

    label: str
    value: Callable[[Any, PlanContents], Any]
    same: Callable[[Any], Any] | None = field(default=None)


def compare(old: PlanContents, new: PlanContents) -> PlanDifference:
    """What has become new, been changed or been removed from the old plan to the new."""
    sections = [SectionDifference("Planen", tuple(whole_plan(old, new)))]
    before = {focus_area.key: focus_area for focus_area in old.focus_areas}
    after = {focus_area.key: focus_area for focus_area in new.focus_areas}
    activities_before, goals_before = with_area(old, "activities"), with_area(old, "goals")
    activities_after, goals_after = with_area(new, "activities"), with_area(new, "goals")
    removed = [focus_area for key, focus_area in before.items() if key not in after]
    for area in (*new.focus_areas, *removed):
        was, is_now = before.get(area.key), after.get(area.key)
        things = [
            *of_one("Fokusområde", was, is_now, FOCUS_AREA, old, new),
            *in_area("Mål", area.key, goals_before, goals_after, GOAL, old, new),
            *activities_in(area.key, activities_before, activities_after, old, new),
        ]
        sections.append(SectionDifference(area.name, tuple(things)))
    return PlanDifference(tuple(section for section in sections if section.things))


def with_area(contents: PlanContents, kind: str) -> dict[int, tuple[FocusAreaFacts, Any]]:
    """Goals or activities by their key, each with its focus area."""
    return {thing.key: (area, thing) for area in contents.focus_areas for thing in getattr(area, kind)}


def whole_plan(old: PlanContents, new: PlanContents) -> Iterator[ThingDifference]:
    fields = tuple(differing_fields(old, new, PLAN, old, new))
    if fields:
        yield ThingDifference(CHANGED, "Planen", "Lägesbilden som planen vilar på", fields)


def of_one(kind: str, was, is_now, fields, old: PlanContents, new: PlanContents) -> Iterator[ThingDifference]:
    """The difference of one thing; nothing where it is as it was."""
    if was is None:
        yield ThingDifference(NEW, kind, name_of(is_now))
    elif is_now is None:
        yield ThingDifference(REMOVED, kind, name_of(was))
    elif differing := tuple(differing_fields(was, is_now, fields, old, new)):
        yield ThingDifference(CHANGED, kind, name_of(is_now), differing)


def in_area(kind: str, area: int, before, after, fields, old: PlanContents, new: PlanContents):
    """Differences of the things in one focus area; what was moved is told where it stands now."""
    for key, (its_area, thing) in after.items():
        if its_area.key == area:
            was_in, was = before.get(key, (None, None))
            yield from moved_or_same(kind, was_in, was, its_area, thing, fields, old, new)
    for key, (its_area, thing) in before.items():
        if its_area.key == area and key not in after:
            yield ThingDifference(REMOVED, kind, name_of(thing))


def moved_or_same(kind, was_in, was, is_in, is_now, fields, old, new) -> Iterator[ThingDifference]:
    differences = list(of_one(kind, was, is_now, fields, old, new))
    if was is None or was_in.key == is_in.key:
        yield from differences
        return
    moved = FieldDifference("Fokusområde", was_in.name, is_in.name)
    rest = differences[0].fields if differences else ()
    yield ThingDifference(CHANGED, kind, name_of(is_now), (moved, *rest))


def activities_in(area: int, before, after, old: PlanContents, new: PlanContents) -> Iterator[ThingDifference]:
    """Activities, and what is promised and planned in those that were there and still are."""
    yield from in_area("Aktivitet", area, before, after, ACTIVITY, old, new)
    for key, (its_area, activity) in after.items():
        if its_area.key == area and key in before:
            was = before[key][1]
            yield from in_activity("Åtagande", was.commitments, activity.commitments, COMMITMENT, activity, old, new)
            yield from in_activity(
                "Planerad uppföljning",
                was.planned_follow_ups,
                activity.planned_follow_ups,
                FOLLOW_UP,
                activity,
                old,
                new,
            )


def in_activity(kind: str, was: tuple, is_now: tuple, fields, activity: ActivityFacts, old, new):
    before, after = {one.key: one for one in was}, {one.key: one for one in is_now}
    for key in dict.fromkeys((*after, *before)):
        for difference in of_one(kind, before.get(key), after.get(key), fields, old, new):
            name = f"{difference.name} ({activity.name})"
            yield ThingDifference(difference.state, kind, name, difference.fields)


def differing_fields(was, is_now, fields, old: PlanContents, new: PlanContents) -> Iterator[FieldDifference]:
    for one in fields:
        before, after = one.value(was, old), one.value(is_now, new)
        unchanged = one.same(was) == one.same(is_now) if one.same else before == after
        if not unchanged:
            yield FieldDifference(one.label, in_words(before), in_words(after), moved_words(before, after))


def name_of(thing) -> str:
    if isinstance(thing, GoalFacts):
        return thing.statement
    if isinstance(thing, CommitmentFacts | PlannedFollowUpFacts):
        return thing.words
    return thing.name


def in_words(value) -> str:
    if isinstance(value, datetime.date):
        return date_words(value)
    return joined(value) if isinstance(value, tuple) else str(value or "")


def moved_words(before, after) -> str:
    """31 dagar senare; empty for what is no day, and for a day that was not there."""
    if not isinstance(before, datetime.date) or not isinstance(after, datetime.date):
        return ""
    days = abs((after - before).days)
    return f"{days} {'dag' if days == 1 else 'dagar'} {'senare' if after > before else 'tidigare'}"


# --- What is compared, in the order that it is told ---


def statements_of(keys: tuple[int, ...], contents: PlanContents) -> tuple[str, ...]:
    statements = {goal.key: goal.statement for goal in contents.goals}
    return tuple(statements.get(key, "ett borttaget mål") for key in keys)


def keys_of(actors: tuple) -> tuple[int, ...]:
    return tuple(actor.key for actor in actors)


def names_of(actors: tuple) -> tuple[str, ...]:
    return tuple(actor.words for actor in actors)


PLAN = (Compared("Lägesbild", lambda plan, _: plan.picture.words if plan.picture else ""),)
FOCUS_AREA = (
    Compared("Nummer", lambda area, _: str(area.number) if area.number is not None else ""),
    Compared("Rubrik", lambda area, _: area.title),
    Compared("Beskrivning", lambda area, _: area.description),
    Compared("Problem", lambda area, _: tuple(sorted(problem.title for problem in area.problems))),
    Compared("Barnets bästa", lambda area, _: area.child_summary),
)
GOAL = (
    Compared("Mål", lambda goal, _: goal.statement),
    Compared("Slag", lambda goal, _: goal.kind_words),
    Compared(
        "Delmål till",
        lambda goal, plan: statements_of((goal.parent,), plan)[0] if goal.parent else "",
        lambda goal: goal.parent,
    ),
    Compared("Utgångsvärde", lambda goal, _: number_words(goal.baseline)),
    Compared("Målvärde", lambda goal, _: number_words(goal.target)),
    Compared("Enhet", lambda goal, _: goal.unit),
    Compared("Indikator", lambda goal, _: goal.indicator),
    Compared("Senast", lambda goal, _: goal.due_on),
    Compared("Problem", lambda goal, _: goal.problem),
)
ACTIVITY = (
    Compared("Nummer", lambda activity, _: activity.label),
    Compared("Rubrik", lambda activity, _: activity.title),
    Compared("Bakgrund", lambda activity, _: activity.background),
    Compared("Tillvägagångssätt", lambda activity, _: activity.method),
    Compared("Förväntad effekt", lambda activity, _: activity.expected_effect),
    Compared("Nivå", lambda activity, _: activity.level_words),
    Compared("Inriktning", lambda activity, _: activity.approach_words),
    Compared("Målgrupp", lambda activity, _: activity.target_group),
    Compared("Delområden", lambda activity, _: activity.areas),
    Compared("Orsaker", lambda activity, _: tuple(sorted(cause.title for cause in activity.causes))),
    Compared("Mål", lambda activity, plan: statements_of(activity.goals, plan), lambda activity: activity.goals),
    Compared("Leds av", lambda activity, _: names_of(activity.leads), lambda activity: keys_of(activity.leads)),
    Compared("Om processledningen", lambda activity, _: activity.lead_note),
    Compared(
        "Deltar",
        lambda activity, _: names_of(activity.participants),
        lambda activity: keys_of(activity.participants),
    ),
    Compared("Ansvarig", lambda activity, _: activity.responsible),
    Compared("Arbetsgrupp", lambda activity, _: activity.working_group),
    Compared("Startar", lambda activity, _: activity.starts_on),
    Compared("Slutar", lambda activity, _: activity.ends_on),
    Compared("Så följs den upp", lambda activity, _: activity.follow_up_method),
    Compared("Hur ofta", lambda activity, _: activity.interval_words),
    Compared("Finansieras av", lambda activity, _: activity.funding_source),
    Compared(
        "Belopp",
        lambda activity, _: (
            f"{amount_words(activity.funding_amount)} kronor" if activity.funding_amount is not None else ""
        ),
    ),
)
COMMITMENT = (
    Compared("Åtagande", lambda commitment, _: commitment.text),
    Compared(
        "Vem",
        lambda commitment, _: commitment.who,
        lambda commitment: commitment.actor.key if commitment.actor else None,
    ),
    Compared("Hur många", lambda commitment, _: commitment.promise),
    Compared("Från och med", lambda commitment, _: commitment.starts_on),
    Compared("Till och med", lambda commitment, _: commitment.ends_on),
    Compared(
        "Mäter målet",
        lambda commitment, plan: statements_of((commitment.goal,), plan)[0] if commitment.goal else "",
        lambda commitment: commitment.goal,
    ),
)
FOLLOW_UP = (
    Compared("Slag", lambda planned, _: planned.kind_words),
    Compared("Vad", lambda planned, _: planned.what),
    Compared("Hur", lambda planned, _: planned.how),
    Compared("Senast", lambda planned, _: planned.due_on),
    Compared("Ansvarig", lambda planned, _: planned.responsible),
)

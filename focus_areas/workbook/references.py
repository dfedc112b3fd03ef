"""What the rows of a workbook call each other: short names, names, numbers, and paths where names alone do not do."""

from collections.abc import Callable, Hashable
from typing import Any

from documents.workbooks.cells import shortened
from documents.written_text import comparison_key


class NotFound(Exception):
    """A cell names nothing, or more than one thing; the message is the reason, in Swedish."""


class References:
    """Finds things by name within one workbook, and says how to name a thing so that it is found again.

    A thing has several names, given in tiers: a name is looked for in the first tier that knows it. What the
    file itself states goes before what the agreement has already and the file leaves alone.
    """

    def __init__(self, place: str):
        self._place = place
        self._stated: list[dict[str, dict[Hashable, Any]]] = []
        self._left_alone: list[dict[str, dict[Hashable, Any]]] = []

    def add(self, thing: Any, *tiers: tuple[str, ...], is_stated: bool = True) -> None:
        """Let the thing be found by the names in each tier; empty names are passed over."""
        known = self._stated if is_stated else self._left_alone
        known.extend({} for _ in range(len(tiers) - len(known)))
        for tier, names in zip(known, tiers, strict=False):
            for name in filter(None, names):
                tier.setdefault(comparison_key(name), {})[id(thing)] = thing

    def find(self, name: str, *, nearest: Callable[[Any], bool] | None = None) -> Any:
        """Return the one thing with that name; where several have it, the only one that is `nearest`.

        Raises:
            NotFound: if nothing has it, or several things have it.
        """
        for tier in (*self._stated, *self._left_alone):
            if not (found := list(tier.get(comparison_key(name), {}).values())):
                continue
            if len(found) > 1 and nearest is not None:
                found = [thing for thing in found if nearest(thing)] or found
            if len(found) > 1:
                raise NotFound(f"{shortened(name)} kan betyda {len(found)} olika på bladet {self._place}.")
            return found[0]
        raise NotFound(f"{shortened(name)} finns inte på bladet {self._place}.")

    def name_of(self, thing: Any, *names: str, nearest: Callable[[Any], bool] | None = None) -> str:
        """Return the first of the names by which the thing, and nothing else, is found; the last if none does."""
        for name in names:
            try:
                if name and self.find(name, nearest=nearest) is thing:
                    return name
            except NotFound:
                continue
        return names[-1]


def organisation_path(organisation: Any) -> str:
    """Burlövs kommun / Socialförvaltningen: unlike any other organisation's."""
    return " / ".join(above.name for above in reversed(organisation.lineage))


def organisation_tiers(organisation: Any) -> tuple[tuple[str, ...], ...]:
    return (organisation_path(organisation),), (organisation.name, organisation.short_name)


def focus_area_tiers(focus_area: Any) -> tuple[tuple[str, ...], ...]:
    number = "" if focus_area.number is None else str(focus_area.number)
    return (number,), (focus_area.title,), (str(focus_area),)


def goal_tiers(goal: Any) -> tuple[tuple[str, ...], ...]:
    return (goal.statement,), (path_within(goal, goal.statement),)


def activity_tiers(activity: Any) -> tuple[tuple[str, ...], ...]:
    path = path_within(activity, activity.title)
    return (activity.title,), (str(activity), activity.label) if path else (), (path,)


def problem_tiers(problem: Any) -> tuple[tuple[str, ...], ...]:
    return (problem.title,), (problem_path(problem),)


def problem_path(problem: Any) -> str:
    """The picture's title before the problem's; empty where the row's picture could not be found."""
    picture = type(problem).situation_picture.field.get_cached_value(problem, default=None)
    return f"{picture.title} / {problem.title}" if picture else ""


def analysis_tiers(analysis: Any) -> tuple[tuple[str, ...], ...]:
    """An analysis is called what its problem is called."""
    problem = type(analysis).problem.field.get_cached_value(analysis, default=None)
    return problem_tiers(problem) if problem else ()


def cause_tiers(cause: Any) -> tuple[tuple[str, ...], ...]:
    """Its title; after its problem's; after its picture's and its problem's."""
    analysis = type(cause).analysis.field.get_cached_value(cause, default=None)
    names = analysis_tiers(analysis) if analysis else ()
    return (cause.title,), *((f"{name} / {cause.title}",) for (name,) in names if name)


def path_within(thing: Any, name: str) -> str:
    """The name after its focus area's; empty where the row's focus area could not be found."""
    focus_area = type(thing).focus_area.field.get_cached_value(thing, default=None)
    return f"{focus_area.title} / {name}" if focus_area else ""

"""What an action plan says, as plain values that do not change, and the same as canonical JSON. Without a database.

Choices are kept as their stable values, days and numbers as texts. What a later version of the portal adds to these
classes has a default, so that a plan that was frozen before it is read as it was.
"""

import datetime
import hashlib
import json
import types
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from documents.swedish_dates import date_range_words, date_words
from documents.swedish_numbers import amount_words, number_words
from documents.swedish_words import joined
from focus_areas.models import Activity, Goal
from focus_areas.models.commitments import promise_words
from focus_areas.models.follow_ups import FollowUpKind


@dataclass(frozen=True)
class DecisionFacts:
    """The decision that adopted the plan (5 §)."""

    decided_on: datetime.date
    decided_by: str
    paragraph: str = ""
    reference_number: str = ""

    @property
    def words(self) -> str:
        """kommunstyrelsen den 14 december 2026, § 112, KS/2026:412"""
        return ", ".join(
            word
            for word in (f"{self.decided_by} den {date_words(self.decided_on)}", self.paragraph, self.reference_number)
            if word
        )


@dataclass(frozen=True)
class PictureFacts:
    """The situation picture that the plan rests on (4 and 5 §§)."""

    key: int
    title: str
    reference_number: str = ""
    adopted_on: datetime.date | None = None
    adopted_by: str = ""
    paragraph: str = ""

    @property
    def words(self) -> str:
        """Lägesbild hösten 2022, fastställd av kommunstyrelsen den 3 oktober 2022, § 112, KS/2022:523"""
        adopted = ""
        if self.adopted_on:
            by = f" av {self.adopted_by}" if self.adopted_by else ""
            adopted = f"fastställd{by} den {date_words(self.adopted_on)}"
        return ", ".join(word for word in (self.title, adopted, self.paragraph, self.reference_number) if word)


@dataclass(frozen=True)
class ProblemFacts:
    key: int
    title: str
    is_prioritised: bool = False


@dataclass(frozen=True)
class GoalFacts:
    key: int
    kind: str
    statement: str
    parent: int | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    indicator: str = ""
    due_on: datetime.date | None = None
    problem: str = ""

    @property
    def kind_words(self) -> str:
        return label_of(Goal.Kind, self.kind)

    @property
    def measure(self) -> str:
        """från 2,4 till 2,0 index; empty where no target is set."""
        if self.target is None:
            return ""
        start = f"från {number_words(self.baseline)} " if self.baseline is not None else ""
        return f"{start}till {number_words(self.target)} {self.unit}".strip()


@dataclass(frozen=True)
class CauseFacts:
    key: int
    title: str
    problem: str = ""


@dataclass(frozen=True)
class ActorFacts:
    """An organisation that leads, takes part or promises."""

    key: int
    name: str
    short_name: str = ""

    @property
    def words(self) -> str:
        return self.short_name or self.name


@dataclass(frozen=True)
class CommitmentFacts:
    """What one organisation promises, or all jointly (no actor)."""

    key: int
    text: str
    actor: ActorFacts | None = None
    comparison: str = ""
    planned: int | None = None
    unit: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    goal: int | None = None

    @property
    def who(self) -> str:
        return self.actor.words if self.actor else "Gemensamt"

    @property
    def promise(self) -> str:
        """minst 4 vandringar; empty where no number is promised."""
        return promise_words(comparison=self.comparison, planned=self.planned, unit=self.unit)

    @property
    def when(self) -> str:
        return date_range_words(self.starts_on, self.ends_on)

    @property
    def words(self) -> str:
        """SF: vandringar, minst 4 vandringar (1 januari–31 december 2027)"""
        promised = ", ".join(word for word in (self.text, self.promise) if word)
        return f"{self.who}: {promised}{f' ({self.when})' if self.when else ''}"


@dataclass(frozen=True)
class PlannedFollowUpFacts:
    key: int
    kind: str
    what: str
    due_on: datetime.date
    how: str = ""
    responsible: str = ""

    @property
    def kind_words(self) -> str:
        return label_of(FollowUpKind, self.kind)

    @property
    def words(self) -> str:
        """Process senast 1 juni 2027: deltagarnas omdöme. Enkät. Enhetschef, SF"""
        said = ". ".join(word.rstrip(".") for word in (self.what, self.how, self.responsible) if word)
        return f"{self.kind_words} senast {date_words(self.due_on)}: {said}"


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as it was planned: not how it went."""

    key: int
    title: str
    label: str = ""
    background: str = ""
    method: str = ""
    expected_effect: str = ""
    level: str = ""
    approach: str = ""
    target_group: str = ""
    areas: tuple[str, ...] = ()
    leads: tuple[ActorFacts, ...] = ()
    lead_note: str = ""
    participants: tuple[ActorFacts, ...] = ()
    # A role, not a name: the plan outlives the person's time in it. Empty where nobody is responsible.
    responsible: str = ""
    working_group: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    causes: tuple[CauseFacts, ...] = ()
    goals: tuple[int, ...] = ()
    commitments: tuple[CommitmentFacts, ...] = ()
    follow_up_method: str = ""
    follow_up_interval_months: int | None = None
    planned_follow_ups: tuple[PlannedFollowUpFacts, ...] = ()
    funding_source: str = ""
    funding_amount: Decimal | None = None

    @property
    def name(self) -> str:
        return f"{self.label} {self.title}".strip()

    @property
    def when(self) -> str:
        return date_range_words(self.starts_on, self.ends_on)

    @property
    def lead_words(self) -> str:
        names = joined(actor.words for actor in self.leads)
        return f"{names} ({self.lead_note})" if names and self.lead_note else names

    @property
    def participant_words(self) -> str:
        return joined(actor.words for actor in self.participants)

    @property
    def level_words(self) -> str:
        return label_of(Activity.Level, self.level)

    @property
    def approach_words(self) -> str:
        return label_of(Activity.Approach, self.approach)

    @property
    def interval_words(self) -> str:
        if self.follow_up_interval_months is None:
            return ""
        if self.follow_up_interval_months == 1:
            return "Varje månad"
        return f"Var {self.follow_up_interval_months}:e månad"

    @property
    def funding_words(self) -> str:
        amount = f"{amount_words(self.funding_amount)} kronor" if self.funding_amount is not None else ""
        return ", ".join(word for word in (self.funding_source, amount) if word)

    @property
    def actors(self) -> tuple[ActorFacts, ...]:
        promising = (commitment.actor for commitment in self.commitments if commitment.actor)
        return (*self.leads, *self.participants, *promising)


@dataclass(frozen=True)
class FocusAreaFacts:
    key: int
    title: str
    number: int | None = None
    description: str = ""
    child_summary: str = ""
    problems: tuple[ProblemFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    activities: tuple[ActivityFacts, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.number}. {self.title}" if self.number is not None else self.title

    @property
    def short(self) -> str:
        """fokusområde 3; its title where it has no number."""
        return f"fokusområde {self.number}" if self.number is not None else self.title


@dataclass(frozen=True)
class PlanContents:
    """A whole plan: the decision (none in a draft), the picture it rests on, and what is to be done."""

    agreement_title: str = ""
    agreement_reference: str = ""
    title: str = ""
    version: int | None = None
    decision: DecisionFacts | None = None
    picture: PictureFacts | None = None
    focus_areas: tuple[FocusAreaFacts, ...] = ()

    @property
    def activities(self) -> tuple[ActivityFacts, ...]:
        return tuple(activity for focus_area in self.focus_areas for activity in focus_area.activities)

    @property
    def goals(self) -> tuple[GoalFacts, ...]:
        return tuple(goal for focus_area in self.focus_areas for goal in focus_area.goals)

    @property
    def activity_keys(self) -> frozenset[int]:
        return frozenset(activity.key for activity in self.activities)

    @property
    def abbreviations(self) -> list[tuple[str, str]]:
        """The short names that stand in the plan, with what they stand for."""
        actors = (actor for activity in self.activities for actor in activity.actors if actor.short_name)
        return sorted({(actor.short_name, actor.name) for actor in actors if actor.short_name != actor.name})


# --- Words ---


def label_of(choices, value: str) -> str:
    """A choice's Swedish label; the value itself where a later version no longer has the choice."""
    return str(dict(choices.choices).get(value, value)) if value else ""


def plain_number(number: Decimal) -> Decimal:
    """The number without the zeros that end its decimals."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


# --- JSON ---


def as_json(contents: Any) -> Any:
    """The values as what JSON can hold; `contents_from` reads it back as it was."""
    if is_dataclass(contents):
        return {field.name: as_json(getattr(contents, field.name)) for field in fields(contents)}
    if isinstance(contents, tuple):
        return [as_json(one) for one in contents]
    if isinstance(contents, datetime.date):
        return contents.isoformat()
    if isinstance(contents, Decimal):
        return str(plain_number(contents))
    return contents


def contents_from(snapshot: dict) -> PlanContents:
    """Read a frozen plan; what it does not know of has its default."""
    return _read(PlanContents, snapshot)


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is types.UnionType:
        kind = next(one for one in get_args(kind) if one is not types.NoneType)
    if is_dataclass(kind):
        known = _types_of(kind)
        return kind(**{name: _read(known[name], one) for name, one in value.items() if name in known})
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if kind is datetime.date:
        return datetime.date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def canonical(snapshot: dict) -> str:
    """The JSON with its keys in order, no spaces, and the letters as they are."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def checksum(snapshot: dict) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def texts_of(contents: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the plan, with the name of what it stands in."""
    if isinstance(contents, str):
        yield place, contents
    elif isinstance(contents, tuple):
        for one in contents:
            yield from texts_of(one, place)
    elif is_dataclass(contents):
        place = getattr(contents, "name", "") or place
        for field in fields(contents):
            yield from texts_of(getattr(contents, field.name), place)

"""One demand of the law, or one promise of the agreement, judged: what it asks, how it stands, what shows it."""

import datetime
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from agreements.pictures import SOON_DAYS
from documents.swedish_dates import date_words, relative_words


class State(Enum):
    """A word; the shape that goes with it is drawn by the template tag."""

    MET = "Uppfyllt"
    SOON = "Förfaller snart"
    LACKING = "Brist"
    # What the law allows but does not ask for.
    OPTIONAL = "Möjlighet"

    @property
    def key(self) -> str:
        return self.name.lower()


WORST_FIRST = (State.LACKING, State.SOON, State.MET)


@dataclass(frozen=True)
class Link:
    """Words that lead to a page."""

    text: str
    route: str
    key: int
    fragment: str = ""

    @property
    def url(self) -> str:
        return reverse(self.route, args=[self.key]) + self.fragment


@dataclass(frozen=True)
class Mend(Link):
    """A link to where what is missing can be mended, for those with the capability."""

    capability: str = ""


@dataclass(frozen=True)
class Clock:
    """Something that is to be done again before a day."""

    title: str
    last_on: datetime.date
    due_on: datetime.date
    today: datetime.date
    rule: str

    @property
    def state(self) -> State:
        return state_of(self.due_on, self.today)

    @property
    def words(self) -> str:
        return day_words(self.due_on, self.today)

    @property
    def percent(self) -> int:
        """How much of the time has passed; full from the day it is due."""
        length = (self.due_on - self.last_on).days
        passed = (self.today - self.last_on).days
        return 100 if length <= 0 else max(0, min(100, round(100 * passed / length)))


@dataclass(frozen=True)
class Row:
    key: str
    paragraph: str
    title: str
    demand: str
    state: State
    evidence: tuple[Link, ...] = ()
    # What is missing, in whole sentences; a row that is met may have something to add.
    missing: tuple[str, ...] = ()
    mend: Mend | None = None
    clock: Clock | None = None
    # As Brå asks it in the yearly survey, and the day of what shows it.
    question: str = ""
    shown_on: datetime.date | None = None

    @property
    def due_on(self) -> datetime.date | None:
        return self.clock.due_on if self.clock else None

    @property
    def due_words(self) -> str:
        return self.clock.words if self.clock else ""

    @property
    def is_demand(self) -> bool:
        return self.state is not State.OPTIONAL

    @property
    def is_met(self) -> bool:
        return self.state is State.MET


def state_of(due_on: datetime.date, today: datetime.date) -> State:
    """On the day itself it can still be done; from the day after it is late."""
    if today > due_on:
        return State.LACKING
    return State.SOON if (due_on - today).days <= SOON_DAYS else State.MET


def day_words(day: datetime.date, today: datetime.date) -> str:
    """Om 38 dagar, i dag, för 2 år sedan: in days as long as the clock is near, else in longer steps."""
    days = (day - today).days
    if 1 < abs(days) <= SOON_DAYS:
        return f"om {days} dagar" if days > 0 else f"för {-days} dagar sedan"
    return relative_words(day, today)


def worst(*states: State) -> State:
    return min(states, key=WORST_FIRST.index, default=State.MET)


def decided_words(by: str, day: datetime.date, *rest: str) -> str:
    """kommunstyrelsen 27 maj 2024, § 112, KS/2024:1; only what is known of it."""
    return ", ".join(part for part in (f"{by} {date_words(day)}".strip(), *rest) if part)

"""What the groups' meetings say in the example year, and what was reported to them: read from a file per group."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ONE_DAY = datetime.timedelta(days=1)
RECURRING_DAYS = 3
REPORTING_DAYS = (1, 4)


@dataclass(frozen=True)
class Item:
    """An item of an agenda: a usual one, one that is added to a meeting, or one that waits for a meeting."""

    title: str
    day: datetime.date | None = None
    by: str = ""
    text: str = ""
    minutes: int | None = None
    is_internal: bool = False


@dataclass(frozen=True)
class Decided:
    """A decision under an item; `key` is what another one calls it that carries it out."""

    text: str
    item: str
    key: str = ""
    group: str = ""
    activity: str = ""
    carries_out: str = ""


@dataclass(frozen=True)
class Agreed:
    """An action point: for a person of the cast or for an organisation, perhaps done."""

    text: str
    due: datetime.date
    responsible: str = ""
    organisation: str = ""
    activity: str = ""
    done: datetime.date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Substitute:
    instead_of: str
    name: str


@dataclass(frozen=True)
class Guest:
    name: str
    organisation: str


@dataclass(frozen=True)
class Addendum:
    day: datetime.date
    by: str
    text: str


@dataclass(frozen=True)
class Gathering:
    """One meeting. Without minutes it has not been held."""

    day: datetime.date
    created: datetime.date | None = None
    held_on: datetime.date | None = None
    observed_until: datetime.date | None = None
    minutes: dict[str, str] = field(default_factory=dict)
    decisions: list[Decided] = field(default_factory=list)
    points: list[Agreed] = field(default_factory=list)
    extra_items: list[Item] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    substitutes: list[Substitute] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    awaits_approval: bool = False
    addendum: Addendum | None = None
    cancelled: str = ""
    cancelled_on: datetime.date | None = None

    @classmethod
    def read(cls, row: dict) -> "Gathering":
        parts = {"decisions": Decided, "points": Agreed, "extra_items": Item, "guests": Guest}
        values = row | {name: [part(**each) for each in row.get(name, [])] for name, part in parts.items()}
        values["substitutes"] = [Substitute(each["for"], each["name"]) for each in row.get("substitutes", [])]
        values["addendum"] = Addendum(**row["addendum"]) if "addendum" in row else None
        return cls(**values)

    @property
    def is_held(self) -> bool:
        return bool(self.minutes)

    @property
    def meets_on(self) -> datetime.date:
        return self.held_on or self.day


@dataclass(frozen=True)
class Generated:
    """When the coordinator let the series make its meetings, and how far ahead."""

    day: datetime.date
    until: datetime.date


@dataclass(frozen=True)
class Series:
    """Every so many weeks on the weekday of its first day."""

    created: datetime.date
    starts_on: datetime.date
    interval_weeks: int
    holiday_rule: str
    generated: list[Generated]


@dataclass(frozen=True)
class GroupYear:
    """A group's year: how it meets, its usual agenda, and its meetings in order."""

    group: str
    led_by: str
    approved_by: str
    days_until_approved: int
    place: str
    time: tuple[int, int]
    agenda: list[Item]
    backlog: list[Item]
    meetings: list[Gathering]
    points_under: str
    usual_minutes: dict[str, str]
    series: Series | None = None
    created_days_before: int = 0

    @classmethod
    def read(cls, name: str) -> "GroupYear":
        values = yaml.safe_load((HERE / f"meetings_{name}.yaml").read_bytes())
        values["agenda"] = [Item(**row) for row in values["agenda"]]
        values["backlog"] = [Item(**row) for row in values["backlog"]]
        values["meetings"] = [Gathering.read(row) for row in values["meetings"]]
        if series := values.get("series"):
            values["series"] = Series(
                **series | {"generated": [Generated(**generated) for generated in series["generated"]]}
            )
        return cls(**values)


@dataclass(frozen=True)
class Seen:
    """An observation, the day it was reported, and the day of the meeting that it was reported to."""

    category: str
    area: str
    place: str
    first: datetime.date
    last: datetime.date
    time: str
    text: str
    source: str
    severity: str
    recurring: bool
    meeting_day: datetime.date

    @property
    def reported_on(self) -> datetime.date:
        """The next Tuesday or Friday: Tuesdays are also when the group meets."""
        days = (self.last + datetime.timedelta(days=number) for number in range(1, 8))
        return next(day for day in days if day.weekday() in REPORTING_DAYS)


@dataclass(frozen=True)
class Coming:
    """Something ahead that somebody keeps an eye on."""

    written: datetime.date
    by: str
    title: str
    kind: str
    first: datetime.date
    last: datetime.date
    area: str = ""
    place: str = ""
    watched_by: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Situation:
    """What Örat mot marken knows beside its meetings."""

    categories: list[dict]
    seen: list[Seen]
    coming: list[Coming]

    @classmethod
    def read(cls, year: GroupYear) -> "Situation":
        values = yaml.safe_load((HERE / "observations.yaml").read_bytes())
        seen = [seen for number, row in enumerate(values["patterns"]) for seen in observations(number, row, year)]
        return cls(
            categories=values["categories"],
            seen=sorted(seen, key=lambda each: each.reported_on),
            coming=[Coming(**row) for row in values["events"]],
        )


def observations(number: int, pattern: dict, year: GroupYear) -> Iterator[Seen]:
    """Spread a pattern's counts over the days before each meeting; the same days every time the example is loaded.

    The days of two meetings belong to neither period, so that a period counts the same whoever draws its border.
    """
    texts, told = pattern["texts"], 0
    before = year.series.created - ONE_DAY
    for meeting, count in zip(year.meetings, pattern["counts"], strict=False):
        last_day = meeting.observed_until or meeting.meets_on - ONE_DAY
        span = (last_day - before).days
        for turn in range(count):
            first = before + datetime.timedelta(days=1 + (5 * number + turn * span // count) % span)
            length = RECURRING_DAYS if pattern.get("recurring") else 1
            yield Seen(
                category=pattern["category"],
                area=pattern["area"],
                place=pattern["place"],
                first=first,
                last=min(first + datetime.timedelta(days=length - 1), last_day),
                time=pattern["time"],
                text=texts[told % len(texts)],
                source=pattern["source"],
                severity=pattern.get("severity", "low"),
                recurring=pattern.get("recurring", False),
                meeting_day=next(each.day for each in year.meetings if each.day >= meeting.day and not each.cancelled),
            )
            told += 1
        before = meeting.meets_on

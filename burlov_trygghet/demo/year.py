"""What happens in the example year. The words stand in a file per focus area, under each activity's number."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Logged:
    """A log entry, and how long afterwards it was written."""

    activity: str
    by: str
    day: datetime.date
    text: str
    promise: str = ""
    quantity: int | None = None
    people: int | None = None
    area: str = ""
    attachment: str = ""
    days_until_written: int = 1


@dataclass(frozen=True)
class Told:
    """A status update."""

    activity: str
    by: str
    day: datetime.date
    status: str
    assessment: str
    text: str
    next_step: str = ""
    reason: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Found:
    """A follow-up, and who approved it: mappings with `side`, `by`, `day` and perhaps `dissent`."""

    activity: str
    by: str
    day: datetime.date
    kind: str
    findings: str
    conclusion: str
    next_on: datetime.date
    approvals: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Considered:
    """How an activity touches children."""

    activity: str
    by: str
    day: datetime.date
    children_affected: str
    how_heard: str
    consequences: str
    conclusion: str


@dataclass(frozen=True)
class Outcome:
    """What a promise without a number came to, in words."""

    activity: str
    by: str
    day: datetime.date
    promise: str
    text: str


SECTIONS = {
    "log": Logged,
    "status_updates": Told,
    "follow_ups": Found,
    "child_impacts": Considered,
    "outcomes": Outcome,
}


def read_year() -> dict[str, list]:
    """All that happens, by section; the oldest first, and of one day in the order of the plan."""
    year = {section: [] for section in SECTIONS}
    for file in sorted(Path(__file__).parent.glob("focus_area_*.yaml")):
        for activity, sections in yaml.safe_load(file.read_bytes()).items():
            for section, rows in sections.items():
                year[section] += [SECTIONS[section](activity=activity, **row) for row in rows]
    return {section: sorted(rows, key=lambda row: row.day) for section, rows in year.items()}

"""What had been decided, agreed and observed at a moment, read from history in one query whatever the amount."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.history import as_it_stood, history_table
from agreements.models import Agreement, Area, Group
from meetings.models import ActionPoint, AgendaItem, Decision, Meeting, Observation, ObservationCategory

GROUP_FIELDS = ("id", "kind", "name")
MEETING_FIELDS = ("id", "group_id", "starts_at", "state")
ITEM_FIELDS = ("id", "title", "is_internal", "activity_id")
DECISION_FIELDS = (
    "id",
    "group_id",
    "meeting_id",
    "agenda_item_id",
    "year",
    "number",
    "text",
    "mandated_group_id",
    "mandated_activity_id",
    "carries_out_id",
)
POINT_FIELDS = (
    "id",
    "group_id",
    "meeting_id",
    "agenda_item_id",
    "activity_id",
    "text",
    "responsible_id",
    "organisation_id",
    "due_on",
    "state",
    "finished_on",
    "outcome",
    "created_at",
)
NAME_FIELDS = ("id", "name")
OBSERVATION_FIELDS = ("id", "category_id", "area_id", "source_id", "occurred_from")


@dataclass(frozen=True)
class GroupThen:
    id: int
    kind: str
    name: str


@dataclass(frozen=True)
class MeetingThen:
    id: int
    group_id: int
    day: datetime.date
    state: str

    @property
    def is_held(self) -> bool:
        return self.state == Meeting.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == Meeting.State.CANCELLED


@dataclass(frozen=True)
class DecisionThen:
    id: int
    group_id: int
    meeting_id: int
    agenda_item_id: int | None
    year: int
    number: int
    text: str
    mandated_group_id: int | None
    mandated_activity_id: int | None
    carries_out_id: int | None

    @property
    def paragraph(self) -> str:
        return f"§\u00a0{self.number}/{self.year}"


@dataclass(frozen=True)
class PointThen:
    """An action point; `day` is when it was agreed."""

    id: int
    group_id: int
    agenda_item_id: int | None
    activity_id: int | None
    day: datetime.date
    text: str
    responsible_id: int | None
    organisation_id: int | None
    due_on: datetime.date
    state: str
    finished_on: datetime.date | None
    outcome: str

    @property
    def is_open(self) -> bool:
        return self.state == ActionPoint.State.OPEN


@dataclass(frozen=True)
class Observed:
    """An observation, without its words: nobody needs them to count."""

    category_id: int
    area_id: int | None
    source_id: int
    day: datetime.date


@dataclass
class MeetingsSnapshot:
    groups: dict[int, GroupThen]
    meetings: dict[int, MeetingThen]
    item_titles: dict[int, str]
    # Which activity an agenda item is about, where it is about one.
    item_activities: dict[int, int]
    internal_items: set[int]
    decisions: dict[int, DecisionThen]
    points: list[PointThen]
    categories: dict[int, str]
    areas: dict[int, str]
    observed: list[Observed]

    def groups_of(self, *kinds: str) -> list[GroupThen]:
        return [group for kind in kinds for group in self.groups.values() if group.kind == kind]

    @property
    def responsible_ids(self) -> set[int]:
        return {point.responsible_id for point in self.points if point.responsible_id}

    @property
    def organisation_ids(self) -> set[int]:
        return {point.organisation_id for point in self.points if point.organisation_id}


def read_meetings(agreement: Agreement, *, at: datetime.datetime) -> MeetingsSnapshot:
    """Read what is known of groups, meetings, decisions, action points and observations at that moment."""
    of_agreement = Q(agreement_id=agreement.pk)
    ever_groups = history_table(Group).objects.filter(of_agreement).values("id")
    of_groups = Q(group_id__in=ever_groups)
    told_of = (
        Q(id__in=history_table(model).objects.filter(of_groups, agenda_item_id__isnull=False).values("agenda_item_id"))
        for model in (Decision, ActionPoint)
    )
    parts = [
        _rows(Group, at, of_agreement, GROUP_FIELDS),
        _rows(Meeting, at, of_groups, MEETING_FIELDS),
        # Their groups too, though the rest says enough: by group the database finds them without reading all items.
        _rows(AgendaItem, at, of_groups & (next(told_of) | next(told_of)), ITEM_FIELDS),
        _rows(Decision, at, of_groups, DECISION_FIELDS),
        _rows(ActionPoint, at, of_groups, POINT_FIELDS),
        _rows(ObservationCategory, at, of_agreement, NAME_FIELDS),
        _rows(Area, at, of_agreement, NAME_FIELDS),
        _rows(Observation, at, of_agreement, OBSERVATION_FIELDS),
    ]
    found: dict[str, list[dict]] = defaultdict(list)
    for part, row in parts[0].union(*parts[1:], all=True):
        found[part].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["id"])
    meetings = {row["id"]: _meeting(row) for row in found["Meeting"]}
    return MeetingsSnapshot(
        groups={row["id"]: GroupThen(**row) for row in found["Group"]},
        meetings=meetings,
        item_titles={row["id"]: row["title"] for row in found["AgendaItem"]},
        item_activities={row["id"]: row["activity_id"] for row in found["AgendaItem"] if row["activity_id"]},
        internal_items={row["id"] for row in found["AgendaItem"] if row["is_internal"]},
        decisions={row["id"]: DecisionThen(**row) for row in found["Decision"]},
        points=[_point(row, meetings) for row in found["ActionPoint"]],
        categories={row["id"]: row["name"] for row in found["ObservationCategory"]},
        areas={row["id"]: row["name"] for row in found["Area"]},
        observed=[_observed(row) for row in found["Observation"]],
    )


def _rows(model: type[Model], at: datetime.datetime, condition: Q, fields: tuple[str, ...]) -> QuerySet:
    """The model's rows as they stood, each as its name and a JSON object, so that all can be read at once."""
    return (
        as_it_stood(model, at)
        .filter(condition)
        .annotate(part=Value(model.__name__), row=JSONObject(**{field: field for field in fields}))
        .order_by()
        .values_list("part", "row")
    )


def _meeting(row: dict) -> MeetingThen:
    return MeetingThen(row["id"], row["group_id"], _local_day(row["starts_at"]), row["state"])


def _point(row: dict, meetings: dict[int, MeetingThen]) -> PointThen:
    meeting = meetings.get(row.pop("meeting_id"))
    written = _local_day(row.pop("created_at"))
    return PointThen(
        **row
        | {
            "day": meeting.day if meeting else written,
            "due_on": _day(row["due_on"]),
            "finished_on": _if_any(_day, row["finished_on"]),
        }
    )


def _observed(row: dict) -> Observed:
    return Observed(row["category_id"], row["area_id"], row["source_id"], _day(row["occurred_from"]))


def _if_any(read: Callable[[str], datetime.date], text: str | None) -> datetime.date | None:
    return read(text) if text else None


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text[:10])


def _local_day(text: str) -> datetime.date:
    """The day in Sweden of a moment as the database writes it in JSON: in UTC, with or without saying so."""
    moment = datetime.datetime.fromisoformat(text)
    return timezone.localdate(moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC))

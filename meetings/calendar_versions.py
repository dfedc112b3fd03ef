"""How often and when last what a calendar shows was changed: read from the history, however it was changed.

SEQUENCE and LAST-MODIFIED of an event follow all that stands in it, not the meeting's own row alone: its agenda, the
group's name, whether an item is internal. What a calendar never shows, minutes above all, does not count.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from accounts.history import history_table
from agreements.models import Group
from meetings.models import ActionPoint, AgendaItem, Meeting


@dataclass(frozen=True)
class Version:
    """How many times something was changed, and when last; none when it never was."""

    number: int = 0
    at: datetime.datetime | None = None

    def __add__(self, other: "Version") -> "Version":
        moments = [moment for moment in (self.at, other.at) if moment]
        return Version(self.number + other.number, max(moments, default=None))


class EventVersions:
    """The versions of one calendar's events: what SEQUENCE and LAST-MODIFIED are. Two queries, however many they are.

    Action points need `with_versions`.
    """

    def __init__(self, meetings: Collection[Meeting], points: Collection[ActionPoint] = ()):
        self._agendas: dict[int, Version] = defaultdict(Version)
        self._secrecy: dict[int, Version] = defaultdict(Version)
        self._names: dict[int, Version] = defaultdict(Version)
        self._read_items({one.pk for one in meetings}, {one.agenda_item_id for one in points} - {None})
        self._read_groups({one.group_id for one in (*meetings, *points)})

    def of_meeting(self, meeting: Meeting) -> Version:
        own = Version(meeting.sequence, meeting.changed_at)
        return own + self._agendas[meeting.pk] + self._names[meeting.group_id]

    def of_point(self, point: ActionPoint) -> Version:
        own = Version(point.version_count - 1, point.versioned_at)
        return own + self._secrecy[point.agenda_item_id] + self._names[point.group_id]

    def _read_items(self, meetings: set[int], items: set[int]) -> None:
        """The agendas, with what has been moved away or deleted; and whether the points' items are internal."""
        rows = history_table(AgendaItem).objects
        ever_there = rows.filter(meeting_id__in=meetings).values("id")
        columns = ("history_type", "history_date", "meeting_id", "position", "title", "is_internal")
        before: dict[int, tuple] = {}
        for key, kind, at, meeting, position, title, is_internal in (
            rows.filter(Q(id__in=ever_there) | Q(id__in=items)).order_by("id", "history_id").values_list("id", *columns)
        ):
            shown = None if kind == "-" or meeting is None else (meeting, position, "" if is_internal else title)
            shown_before, was_internal = before.get(key, (None, is_internal))
            if shown != shown_before:
                for changed in {one[0] for one in (shown_before, shown) if one}:
                    self._agendas[changed] += Version(1, at)
            if is_internal != was_internal:
                self._secrecy[key] += Version(1, at)
            before[key] = shown, is_internal

    def _read_groups(self, groups: set[int]) -> None:
        before: dict[int, str] = {}
        rows = history_table(Group).objects.filter(id__in=groups).order_by("id", "history_id")
        for key, name, at in rows.values_list("id", "name", "history_date"):
            if before.setdefault(key, name) != name:
                self._names[key] += Version(1, at)
            before[key] = name

"""What is coming: events, free days and breaks from school."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.models import Agreement
from documents.swedish_dates import near_date_range_words
from documents.written_text import comparison_key
from meetings.models import UpcomingEvent
from meetings.situation.spans import ONE_DAY
from meetings.swedish_days import free_days, school_breaks


@dataclass(frozen=True)
class Ahead:
    """Something that is coming: an event of ours, a day that is free by law, or a break from school."""

    starts_on: datetime.date
    ends_on: datetime.date
    days_words: str
    title: str
    note: str = ""
    event: UpcomingEvent | None = None


def events_with_watchers(agreement: Agreement):
    return UpcomingEvent.objects.filter(agreement=agreement).select_related("area").prefetch_related("watched_by")


def looking_ahead(
    events: Iterable[UpcomingEvent], *, first: datetime.date, last: datetime.date, today: datetime.date
) -> list[Ahead]:
    """The events that have a day in common with the time, the free days and the school breaks in it, in order."""
    coming = [
        (event.starts_on, event.ends_on, event.title, note_of(event), event)
        for event in events
        if event.starts_on <= last and event.ends_on >= first
    ]
    known = [comparison_key(title) for _, _, title, _, _ in coming]
    coming += [(*days, "Röd dag eller afton", None) for days in runs_of(free_days(first, last))]
    coming += [
        (one.starts_on, one.ends_on, one.name, f"Skolledigt, {one.note}", None)
        for one in school_breaks(first, last)
        if not any(comparison_key(one.name) in title for title in known)
    ]
    return [
        Ahead(starts_on, ends_on, near_date_range_words(starts_on, ends_on, today), *rest)
        for starts_on, ends_on, *rest in sorted(coming, key=lambda one: one[:3])
    ]


def runs_of(named: Sequence[tuple[datetime.date, str]]) -> list[tuple[datetime.date, datetime.date, str]]:
    """Days that follow on one another as one stretch, with all their names: Julafton, Juldagen, Annandag jul."""
    runs: list[tuple[datetime.date, datetime.date, str]] = []
    for day, name in named:
        if runs and runs[-1][1] + ONE_DAY == day:
            first, _, names = runs.pop()
            runs.append((first, day, f"{names}, {name}"))
        else:
            runs.append((day, day, name))
    return runs


def note_of(event: UpcomingEvent) -> str:
    """Place, who keeps an eye on it, and what to think of, on one line."""
    where = event.place or (str(event.area) if event.area_id else "")
    watched = ", ".join(sorted(str(one) for one in event.watched_by.all()))
    return " · ".join(part for part in (where, watched, event.note) if part)

"""The days between the meetings, which everything is counted by."""

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from agreements.models import Group
from documents.swedish_dates import date_range_words
from meetings.models import Meeting

ONE_DAY = datetime.timedelta(days=1)
USUAL_PERIOD = datetime.timedelta(weeks=2)
YEARS_BACK = 3
# What the year wheel compares needs periods before it to be compared with.
FURTHEST_BACK = datetime.timedelta(days=YEARS_BACK * 366 + 31 * 7)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the one after a meeting up to the next meeting's day."""

    starts_on: datetime.date
    ends_on: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def words(self) -> str:
        return date_range_words(self.starts_on, self.ends_on)


def meeting_days(group: Group, *, until: datetime.date) -> list[datetime.date]:
    """The days of the group's meetings up to a day, cancelled ones apart, oldest first."""
    moments = (
        Meeting.objects.not_cancelled().filter(group=group).order_by("starts_at").values_list("starts_at", flat=True)
    )
    days = dict.fromkeys(timezone.localdate(moment) for moment in moments)
    return [day for day in days if day <= until]


def spans_between(days: Sequence[datetime.date], *, today: datetime.date) -> list[Span]:
    """The periods that end with these meetings (oldest first), as far as they have begun and passed.

    The first has no meeting before it; it gets the usual two weeks.
    """
    spans = []
    before = days[0] - USUAL_PERIOD if days else today
    for day in days:
        if before >= today:
            break
        spans.append(Span(before + ONE_DAY, min(day, today)))
        before = day
    return spans


def spans_until(days: Sequence[datetime.date], *, today: datetime.date) -> list[Span]:
    """The periods up to today, the last one unfinished unless there is a meeting today."""
    return spans_between([*(day for day in days if day < today), today] if days else [], today=today)


def recent_spans(spans: Sequence[Span], *, day: datetime.date) -> list[Span]:
    """Those that can matter on that day: what the year wheel looks at, and what that was compared with."""
    return [span for span in spans if span.starts_on >= day - FURTHEST_BACK]


def number_of_span(spans: Sequence[Span], day: datetime.date) -> int | None:
    """Which of the spans (oldest first) the day lies in; None outside them all."""
    number = bisect_left(spans, day, key=lambda span: span.ends_on)
    return number if number < len(spans) and day in spans[number] else None

"""Örat mot marken's trends as its minutes tell them: counts and words, no observation's text."""

from dataclasses import dataclass

from meetings.models import Meeting
from meetings.situation import (
    Counts,
    categories_of,
    meeting_days,
    recent_spans,
    reporting_to,
    spans_between,
    trend_rows,
)
from meetings.trends import Direction


@dataclass(frozen=True)
class MinutedTrend:
    """What had been heard of a category since the meeting before, against what was to be expected."""

    name: str
    count: int
    expected: str
    direction: str
    stands_out: bool = False

    @property
    def label(self) -> str:
        return Direction(self.direction).label

    @property
    def css_class(self) -> str:
        return Direction(self.direction).css_class


def minuted_trends(meeting: Meeting) -> tuple[MinutedTrend, ...]:
    """Each category's trend on the meeting's day; nothing for other groups."""
    if not meeting.is_situation_meeting:
        return ()
    agreement = meeting.agreement
    days = meeting_days(meeting.group, until=meeting.day)
    spans = recent_spans(spans_between(days, today=meeting.day), day=meeting.day)
    if not spans:
        return ()
    counts = Counts.of(agreement, first=spans[0].starts_on, last=meeting.day)
    rows = trend_rows(counts, spans, categories=categories_of(agreement), areas=[], reporting=reporting_to(meeting))
    return tuple(
        MinutedTrend(
            name=str(row.category),
            count=row.verdict.count,
            expected=row.verdict.expected_words,
            direction=row.verdict.direction.value,
            stands_out=row.verdict.stands_out,
        )
        for row in rows
    )

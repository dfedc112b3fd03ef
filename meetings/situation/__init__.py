"""What Örat mot marken reads: what has happened since last time, which way it is going, and what is coming.

Reads only, each with its queries in one place. "Today" and "now" are arguments. `page.py` and `minuted.py` stand above
the rest and are named where they are used: the one knows forms, the other is what minutes keep.
"""

from meetings.situation.ahead import Ahead, events_with_watchers, looking_ahead, runs_of
from meetings.situation.counts import Counts, areas_of, categories_of
from meetings.situation.group import (
    next_meeting_of,
    organisations_of_group,
    organisations_taking_part,
    own_organisation,
    situation_group_of,
    spoken_for,
)
from meetings.situation.overview import situation_on
from meetings.situation.reporting import Reporting
from meetings.situation.since import reported_to, reporting_to, since_last
from meetings.situation.spans import Span, meeting_days, recent_spans, spans_between, spans_until
from meetings.situation.steps import steps_from
from meetings.situation.trends import TrendRow, trend_rows, trend_title
from meetings.situation.years import weeks_around

__all__ = [
    "Ahead",
    "Counts",
    "Reporting",
    "Span",
    "TrendRow",
    "areas_of",
    "categories_of",
    "events_with_watchers",
    "looking_ahead",
    "meeting_days",
    "next_meeting_of",
    "organisations_of_group",
    "organisations_taking_part",
    "own_organisation",
    "recent_spans",
    "reported_to",
    "reporting_to",
    "runs_of",
    "since_last",
    "situation_group_of",
    "situation_on",
    "spans_between",
    "spans_until",
    "spoken_for",
    "steps_from",
    "trend_rows",
    "trend_title",
    "weeks_around",
]

from meetings.models.calendars import CalendarFeed
from meetings.models.decisions import ActionPoint, Decision
from meetings.models.meetings import AgendaItem, Attendance, Meeting, MinutesAddendum
from meetings.models.observations import (
    Observation,
    ObservationCategory,
    SituationReport,
    UpcomingEvent,
)
from meetings.models.series import AgendaTemplateItem, MeetingSeries

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "AgendaTemplateItem",
    "Attendance",
    "CalendarFeed",
    "Decision",
    "Meeting",
    "MeetingSeries",
    "MinutesAddendum",
    "Observation",
    "ObservationCategory",
    "SituationReport",
    "UpcomingEvent",
]

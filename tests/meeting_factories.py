"""Meetings and what belongs to them, for tests. Fixed values; each can be replaced by keyword."""

import datetime

from accounts.models import User
from agreements.models import Agreement, Group
from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaTemplateItem,
    Attendance,
    Decision,
    Meeting,
    MeetingSeries,
    Observation,
    ObservationCategory,
    SituationReport,
    UpcomingEvent,
)
from tests.factories import TODAY, at, author, group_of, organisation_of


def make_series(group: Group, **fields) -> MeetingSeries:
    """Every second Tuesday at nine from September 2026, moved to the next workday on a holiday."""
    return MeetingSeries.objects.create(
        group=group,
        **{
            "weekday": MeetingSeries.Weekday.TUESDAY,
            "interval_weeks": 2,
            "starts_on": datetime.date(2026, 9, 1),
            "start_time": datetime.time(9),
            "end_time": datetime.time(10),
            "place": "Medborgarhuset i Arlöv",
        }
        | fields,
    )


def make_meeting(group: Group, day: datetime.date = TODAY, *, hour: int = 9, **fields) -> Meeting:
    """A planned meeting of an hour on that day; held=True for one that is over."""
    if fields.pop("held", False):
        fields = {
            "state": Meeting.State.HELD,
            "opened_at": at(day, hour),
            "closed_at": at(day, hour) + datetime.timedelta(hours=1),
        } | fields
    return Meeting.objects.create(
        group=group,
        **{
            "starts_at": at(day, hour),
            "ends_at": at(day, hour) + datetime.timedelta(hours=1),
            "place": "Medborgarhuset i Arlöv",
        }
        | fields,
    )


def make_template_item(group: Group, title: str = "Läget i stort", **fields) -> AgendaTemplateItem:
    return AgendaTemplateItem.objects.create(group=group, title=title, **fields)


def make_agenda_item(meeting: Meeting, title: str = "Läget vid stationen", **fields) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting,
        group=meeting.group,
        **{"title": title, "position": meeting.agenda_items.count() + 1} | fields,
    )


def make_backlog_item(group: Group, title: str = "Belysning i parken", **fields) -> AgendaItem:
    return AgendaItem.objects.create(group=group, title=title, **fields)


def make_guest(meeting: Meeting, name: str = "Gäst från skolan", **fields) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting,
        role=Attendance.Role.GUEST,
        name=name,
        **{"organisation": meeting.agreement.municipality, "is_present": True} | fields,
    )


def make_decision(meeting: Meeting, text: str = "Vandringarna fortsätter under våren.", **fields) -> Decision:
    year = meeting.day.year
    number = Decision.objects.filter(group=meeting.group, year=year).count() + 1
    return Decision.objects.create(
        meeting=meeting, group=meeting.group, text=text, **{"year": year, "number": number} | fields
    )


def make_action_point(meeting: Meeting, text: str = "Laga belysningen", **fields) -> ActionPoint:
    """An open point from the meeting, due a week after it, for the municipality unless somebody else is named."""
    fields = {"due_on": meeting.day + datetime.timedelta(days=7), "created_by": author()} | fields
    if "responsible" not in fields:
        fields.setdefault("organisation", meeting.agreement.municipality)
    return ActionPoint.objects.create(meeting=meeting, group=meeting.group, text=text, **fields)


def make_category(agreement: Agreement, name: str = "Skadegörelse", **fields) -> ObservationCategory:
    number = agreement.observation_categories.count() + 1
    return ObservationCategory.objects.create(agreement=agreement, **{"name": name, "position": number} | fields)


def make_observation(agreement: Agreement, day: datetime.date = TODAY, *, by: User | None = None, **fields):
    """Something small of that day, reported by the housing company, in the first category there is."""
    category = fields.pop("category", None) or agreement.observation_categories.first() or make_category(agreement)
    return Observation.objects.create(
        agreement=agreement,
        category=category,
        **{
            "occurred_from": day,
            "occurred_to": day,
            "text": "Klotter i väntkuren.",
            "source": organisation_of(agreement, "BBAB"),
            "reported_by": by or author(),
        }
        | fields,
    )


def make_situation_report(meeting: Meeting, short_name: str = "BBAB", **fields) -> SituationReport:
    return SituationReport.objects.create(
        meeting=meeting,
        organisation=organisation_of(meeting.agreement, short_name),
        **{"reported_by": author()} | fields,
    )


def make_event(agreement: Agreement, day: datetime.date = TODAY, **fields) -> UpcomingEvent:
    return UpcomingEvent.objects.create(
        agreement=agreement,
        **{
            "title": "Skyltsöndag i Arlövs centrum",
            "kind": UpcomingEvent.Kind.GATHERING,
            "starts_on": day,
            "ends_on": day,
            "created_by": author(),
        }
        | fields,
    )


def situation_group(agreement: Agreement) -> Group:
    """Örat mot marken."""
    return group_of(agreement, Group.Kind.SITUATION)

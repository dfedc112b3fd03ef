"""The meetings of the example: planned ahead, led, minuted and approved; what was reported to them and what came of it.

Each step is the portal's own operation, at the moment it is said to have happened, as for the rest of the example.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from accounts.models import User
from agreements.models import Group
from burlov_trygghet.demo.events import Event, moment
from burlov_trygghet.demo.meeting_year import (
    Agreed,
    Coming,
    Gathering,
    Generated,
    GroupYear,
    Item,
    Seen,
    Situation,
)
from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaTemplateItem,
    Decision,
    Meeting,
    MeetingSeries,
    Observation,
    ObservationCategory,
    UpcomingEvent,
)
from meetings.operations import agenda, leading, planning, situation

if TYPE_CHECKING:
    from burlov_trygghet.demo.loading import Example

SET_UP = datetime.date(2025, 11, 4)
COORDINATOR = "samordnare"
SPEAKERS = {"police": "kommunpolis", "BBAB": "oratmotmarken", "rescue_service": "raddningstjanst"}


class MeetingsOfExample:
    """The part of the example that is about meetings; people, groups, areas and activities are the example's."""

    def __init__(self, example: "Example"):
        self.example = example
        self.situation_year = GroupYear.read("situation")
        self.years = [GroupYear.read("steering"), GroupYear.read("preparation"), self.situation_year]
        self.situation = Situation.read(self.situation_year)
        self.series: dict[str, MeetingSeries] = {}
        self.meetings: dict[tuple[str, datetime.date], Meeting] = {}
        self.categories: dict[str, ObservationCategory] = {}
        self.decisions: dict[str, Decision] = {}
        self.points: dict[Agreed, ActionPoint] = {}

    def events(self) -> Iterator[Event]:
        yield Event(moment(SET_UP, 9, 10), COORDINATOR, self.add_categories)
        for year in self.years:
            yield from self.planning(year)
            for gathering in year.meetings:
                yield from self.happening(year, gathering)
        seen = sorted(self.situation.seen, key=together)
        for (day, source, _), rows in groupby(seen, key=together):
            yield Event(moment(day, 7, 30), reporter(source), partial(self.report, list(rows)))
        for coming in self.situation.coming:
            yield Event(moment(coming.written, 13), coming.by, partial(self.expect, coming))

    def planning(self, year: GroupYear) -> Iterator[Event]:
        yield Event(moment(SET_UP, 9, 20), COORDINATOR, partial(self.set_agenda, year))
        for item in year.backlog:
            yield Event(moment(item.day, 17), item.by, partial(self.shelve, year, item))
        if year.series:
            yield Event(moment(year.series.created, 9, 30), COORDINATOR, partial(self.start_series, year))
            for generated in year.series.generated:
                yield Event(moment(generated.day, 9, 40), COORDINATOR, partial(self.generate, year, generated))
            return
        for gathering in year.meetings:
            usual = max(gathering.day - datetime.timedelta(days=year.created_days_before), SET_UP)
            day = gathering.created or usual
            yield Event(moment(day, 16), COORDINATOR, partial(self.call, year, gathering, day))

    def happening(self, year: GroupYear, gathering: Gathering) -> Iterator[Event]:
        """A meeting from its agenda to its addendum."""
        for item in gathering.extra_items:
            yield Event(moment(item.day, 17), item.by, partial(self.add_item, year, gathering, item))
        if gathering.cancelled:
            yield Event(moment(gathering.cancelled_on, 13), year.led_by, partial(self.cancel, year, gathering))
        if not gathering.is_held:
            return
        begins, ends = year.time
        day = gathering.meets_on
        yield Event(moment(day, begins, 1), year.led_by, partial(self.open, year, gathering))
        yield Event(moment(day, begins, 20), year.led_by, partial(self.write, year, gathering))
        yield Event(moment(day, ends), year.led_by, partial(self.close, year, gathering))
        for agreed in gathering.points:
            if agreed.done:
                yield Event(moment(agreed.done, 16, 30), self.doer(agreed), partial(self.finish, agreed))
        sent_on = day + datetime.timedelta(days=1)
        yield Event(moment(sent_on, 10), year.led_by, partial(self.send_for_review, year, gathering))
        if gathering.awaits_approval:
            return
        approved_on = day + datetime.timedelta(days=year.days_until_approved)
        yield Event(moment(approved_on, 14), year.approved_by, partial(self.approve, year, gathering))
        if addendum := gathering.addendum:
            yield Event(moment(addendum.day, 15), addendum.by, partial(self.add_addendum, year, gathering))

    # --- What happens in each event: before the meetings ---

    def add_categories(self) -> None:
        for row in self.situation.categories:
            category = ObservationCategory(agreement=self.example.agreement, **row)
            self.categories[category.name] = situation.save_category(category=category, by=self.coordinator)

    def set_agenda(self, year: GroupYear) -> None:
        standing = [
            AgendaTemplateItem(
                title=item.title,
                description=item.text,
                duration_minutes=item.minutes,
                is_internal=item.is_internal,
            )
            for item in year.agenda
        ]
        agenda.set_agenda_template(group=self.group(year), items=standing, by=self.coordinator)

    def shelve(self, year: GroupYear, item: Item) -> None:
        agenda.add_item(item=self.agenda_item(item, group=self.group(year)), by=self.people[item.by])

    def start_series(self, year: GroupYear) -> None:
        begins, ends = year.time
        series = MeetingSeries(
            group=self.group(year),
            weekday=year.series.starts_on.weekday(),
            interval_weeks=year.series.interval_weeks,
            starts_on=year.series.starts_on,
            start_time=datetime.time(begins),
            end_time=datetime.time(ends),
            place=year.place,
            holiday_rule=year.series.holiday_rule,
        )
        planning.save_series(series=series, now=moment(year.series.created), by=self.coordinator)
        self.series[year.group] = series

    def generate(self, year: GroupYear, generated: Generated) -> None:
        made = planning.generate_meetings(
            series=self.series[year.group],
            until=generated.until,
            now=moment(generated.day, 9, 40),
            by=self.coordinator,
        )
        self.meetings |= {(year.group, meeting.series_date): meeting for meeting in made}

    def call(self, year: GroupYear, gathering: Gathering, created_on: datetime.date) -> None:
        begins, ends = year.time
        meeting = Meeting(
            group=self.group(year),
            starts_at=moment(gathering.day, begins),
            ends_at=moment(gathering.day, ends),
            place=year.place,
        )
        planning.create_meeting(meeting=meeting, now=moment(created_on), by=self.coordinator)
        self.meetings[year.group, gathering.day] = meeting

    def add_item(self, year: GroupYear, gathering: Gathering, item: Item) -> None:
        meeting = self.meeting(year, gathering)
        added = self.agenda_item(item, group=meeting.group, meeting=meeting)
        agenda.add_item(item=added, by=self.people[item.by])

    def cancel(self, year: GroupYear, gathering: Gathering) -> None:
        planning.cancel_meeting(
            meeting=self.meeting(year, gathering),
            because=gathering.cancelled,
            now=moment(gathering.cancelled_on, 13),
            by=self.people[year.led_by],
        )

    # --- At the meetings ---

    def open(self, year: GroupYear, gathering: Gathering) -> None:
        meeting, by = self.meeting(year, gathering), self.people[year.led_by]
        leading.open_meeting(meeting=meeting, by=by)
        absent = {self.people[key].pk for key in gathering.absent}
        members = list(meeting.attendances.select_related("seat"))
        leading.set_attendance(
            meeting=meeting, present=[member for member in members if member.user_id not in absent], by=by
        )
        for substitute in gathering.substitutes:
            missed = self.people[substitute.instead_of].pk
            seat = next(member.seat for member in members if member.user_id == missed)
            leading.add_substitute(meeting=meeting, seat=seat, name=substitute.name, by=by)
        for guest in gathering.guests:
            leading.add_guest(
                meeting=meeting, name=guest.name, organisation=self.example.organisation(guest.organisation), by=by
            )

    def write(self, year: GroupYear, gathering: Gathering) -> None:
        meeting, by = self.meeting(year, gathering), self.people[year.led_by]
        items = {item.title: item for item in meeting.agenda_items.select_related("meeting")}
        for title, text in (year.usual_minutes | gathering.minutes).items():
            leading.save_minutes(item=items[title], text=text, base_version=0, base_text="", by=by)
        for decided in gathering.decisions:
            decision = leading.record_decision(
                meeting=meeting,
                text=decided.text,
                agenda_item=items[decided.item],
                mandated_group=self.example.groups.get(decided.group),
                mandated_activity=self.example.activities.get(decided.activity),
                carries_out=self.decisions.get(decided.carries_out),
                by=by,
            )
            if decided.key:
                self.decisions[decided.key] = decision
        for agreed in gathering.points:
            self.points[agreed] = leading.add_action_point(
                meeting=meeting,
                text=agreed.text,
                due_on=agreed.due,
                responsible=self.people.get(agreed.responsible),
                organisation=self.example.organisation(agreed.organisation),
                agenda_item=items[year.points_under],
                activity=self.example.activities.get(agreed.activity),
                by=by,
            )

    def close(self, year: GroupYear, gathering: Gathering) -> None:
        leading.close_meeting(meeting=self.meeting(year, gathering), by=self.people[year.led_by])

    # --- After them ---

    def finish(self, agreed: Agreed) -> None:
        leading.finish_action_point(
            point=self.points[agreed], outcome=agreed.outcome, by=self.people[self.doer(agreed)]
        )

    def send_for_review(self, year: GroupYear, gathering: Gathering) -> None:
        leading.send_for_review(meeting=self.meeting(year, gathering), by=self.people[year.led_by])

    def approve(self, year: GroupYear, gathering: Gathering) -> None:
        leading.approve_minutes(meeting=self.meeting(year, gathering), by=self.people[year.approved_by])

    def add_addendum(self, year: GroupYear, gathering: Gathering) -> None:
        addendum = gathering.addendum
        leading.add_addendum(meeting=self.meeting(year, gathering), text=addendum.text, by=self.people[addendum.by])

    # --- Between them: what is seen, and what is coming ---

    def report(self, seen: list[Seen]) -> None:
        first = seen[0]
        source = self.example.organisation(first.source)
        observations = [
            Observation(
                category=self.categories[each.category],
                area=self.example.areas[each.area],
                place=each.place,
                occurred_from=each.first,
                occurred_to=each.last,
                time_of_day=each.time,
                text=each.text,
                source=source,
                severity=each.severity,
                is_recurring=each.recurring,
            )
            for each in seen
        ]
        situation.report_observations(
            agreement=self.example.agreement,
            observations=observations,
            meeting=self.meetings[self.situation_year.group, first.meeting_day],
            by=self.people[reporter(first.source)],
        )

    def expect(self, coming: Coming) -> None:
        event = UpcomingEvent(
            agreement=self.example.agreement,
            title=coming.title,
            kind=coming.kind,
            starts_on=coming.first,
            ends_on=coming.last,
            area=self.example.areas.get(coming.area),
            place=coming.place,
            note=coming.note,
        )
        watched_by = [self.example.organisation(key) for key in coming.watched_by]
        situation.save_event(event=event, watched_by=watched_by, by=self.people[coming.by])

    # --- What short keys stand for ---

    @property
    def people(self) -> dict[str, User]:
        return self.example.people

    @property
    def coordinator(self) -> User:
        return self.people[COORDINATOR]

    def group(self, year: GroupYear) -> Group:
        return self.example.groups[year.group]

    def meeting(self, year: GroupYear, gathering: Gathering) -> Meeting:
        return self.meetings[year.group, gathering.day]

    def doer(self, agreed: Agreed) -> str:
        return agreed.responsible or reporter(agreed.organisation)

    def agenda_item(self, item: Item, *, group: Group, meeting: Meeting | None = None) -> AgendaItem:
        return AgendaItem(
            group=group, meeting=meeting, title=item.title, description=item.text, duration_minutes=item.minutes
        )


def reporter(organisation: str) -> str:
    """Who of the cast speaks for an organisation; the coordinator for those who have nobody of their own."""
    return SPEAKERS.get(organisation, COORDINATOR)


def together(seen: Seen) -> tuple[datetime.date, str, datetime.date]:
    """What is reported in one go: the day, the organisation, and the meeting it is meant for."""
    return seen.reported_on, seen.source, seen.meeting_day

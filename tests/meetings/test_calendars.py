"""Calendars as calendar programs read them: two parsers, and an address that only its secret opens."""

import datetime
import logging

import icalendar
import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Group, Membership
from burlov_trygghet.logs import HideSecretAddresses
from focus_areas.models import Activity
from meetings.calendars import build_calendar, meeting_event
from meetings.models import ActionPoint, AgendaItem, CalendarFeed, Meeting
from meetings.operations import agenda
from meetings.operations.calendars import issue_address
from tests.factories import (
    STOCKHOLM,
    TODAY,
    as_person,
    at,
    author,
    group_of,
    make_activity,
    make_focus_area,
    seat_person,
)
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_meeting, situation_group

PLACE = "Medborgarhuset i Arlöv, sal 3; ingång från gården"
SITE = "https://portal.example"


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def read(data: bytes) -> dict[str, icalendar.Event]:
    """The events by UID, as icalendar reads them."""
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(data).events}


def read_by_other(data: bytes) -> dict[str, vobject.base.Component]:
    """The events by UID, as vobject reads them."""
    calendar = vobject.readOne(data.decode())
    return {event.uid.value: event for event in getattr(calendar, "vevent_list", [])}


def uid_of(meeting: Meeting) -> str:
    return f"{meeting.uid}@burlov-trygghet"


def calendar_of(meeting: Meeting) -> bytes:
    return build_calendar([meeting_event(meeting, site=SITE)])


def feed_address(user, group=None) -> str:
    return reverse("meetings:calendar_feed", args=[issue_address(group=group, by=user)])


# --- One meeting ---


@pytest.mark.parametrize(
    ("date", "offset"),
    [(day(3, 27), 1), (day(3, 30), 2), (day(10, 23), 2), (day(10, 26), 1)],
)
def test_meeting_is_at_nine_in_sweden_on_both_sides_of_the_clock_change(preparation, date, offset):
    meeting = make_meeting(preparation, date)

    data = calendar_of(meeting)

    start = datetime.datetime.combine(date, datetime.time(9), tzinfo=STOCKHOLM)
    event, other = read(data)[uid_of(meeting)], read_by_other(data)[uid_of(meeting)]
    assert f"DTSTART;TZID=Europe/Stockholm:{date:%Y%m%d}T090000".encode() in data
    assert event.start == start
    assert event.end == start + datetime.timedelta(hours=1)
    assert other.dtstart.value == start
    assert other.dtstart.value.utcoffset() == datetime.timedelta(hours=offset)
    assert other.dtend.value == start + datetime.timedelta(hours=1)


def test_calendar_holds_the_rule_of_swedish_time(preparation):
    calendar = icalendar.Calendar.from_ical(calendar_of(make_meeting(preparation)))

    zone = calendar.timezones[0]
    assert zone.tz_name == "Europe/Stockholm"
    for year in (2026, 2027, 2040):
        for month in range(1, 13):
            for number in (1, 25, 28):
                moment = datetime.datetime(year, month, number, 12)
                assert moment.replace(tzinfo=zone.to_tz(lookup_tzid=False)).utcoffset() == (
                    moment.replace(tzinfo=STOCKHOLM).utcoffset()
                )


def test_meeting_says_when_where_and_what_is_on_the_agenda(preparation):
    meeting = make_meeting(preparation, place=PLACE, sequence=2)
    make_agenda_item(meeting, "Läget vid stationen", minutes="Hemligt anteckningsord", description="Hemligt underlag")
    make_agenda_item(meeting, "Hemlig punkt", is_internal=True)
    make_agenda_item(meeting, "Nästa möte; tid, plats 🚓")
    make_decision(meeting, "Hemligt beslut")

    data = calendar_of(meeting)

    event, other = read(data)[uid_of(meeting)], read_by_other(data)[uid_of(meeting)]
    assert event["SUMMARY"] == other.summary.value == "Beredningsgruppen, v. 48"
    assert event["LOCATION"] == other.location.value == PLACE
    assert event["STATUS"] == other.status.value == "CONFIRMED"
    assert event["SEQUENCE"] == 2
    assert event["URL"] == other.url.value == f"{SITE}/moten/{meeting.pk}/"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == meeting.changed_at.replace(microsecond=0)
    assert event["DESCRIPTION"] == other.description.value
    assert event["DESCRIPTION"].splitlines() == [
        "Dagordning",
        "1. Läget vid stationen",
        "3. Nästa möte; tid, plats 🚓",
        "",
        f"{SITE}/moten/{meeting.pk}/",
    ]
    assert "hemlig" not in data.decode().lower()


def test_lines_are_folded_between_characters(preparation):
    title = "Åtgärder för ökad trygghet, längs gång- och cykelvägen 👮🏽‍♀️; " * 2
    meeting = make_meeting(preparation, place="Ö" * 150)
    make_agenda_item(meeting, title.strip())

    data = calendar_of(meeting)

    # Each line is decoded alone: one that was cut within a character would not be text.
    lines = [line.decode() for line in data.split(b"\r\n")]
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) == 75
    assert title.strip() in read(data)[uid_of(meeting)]["DESCRIPTION"]
    assert title.strip() in read_by_other(data)[uid_of(meeting)].description.value
    assert read_by_other(data)[uid_of(meeting)].location.value == "Ö" * 150


def test_line_breaks_in_a_text_make_no_lines_of_the_calendar(preparation):
    meeting = make_meeting(preparation, place="Arlöv\r\nATTENDEE:mailto:x@example.org\rEND:VEVENT\u2028slut")

    data = calendar_of(meeting)

    assert b"\r\nATTENDEE" not in data
    assert len(read(data)) == len(read_by_other(data)) == 1
    assert read(data)[uid_of(meeting)]["LOCATION"] == "Arlöv\nATTENDEE:mailto:x@example.org\nEND:VEVENT\nslut"


def test_meeting_that_moves_keeps_its_uid(preparation):
    meeting = make_meeting(preparation, day(12, 1))
    before = read(calendar_of(meeting))[uid_of(meeting)]
    meeting.starts_at, meeting.ends_at, meeting.sequence = at(day(12, 3), 13), at(day(12, 3), 15), 1
    meeting.save()

    data = calendar_of(meeting)

    after = read(data)[uid_of(meeting)]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before.start, after.start) == (at(day(12, 1), 9), at(day(12, 3), 13))
    assert read_by_other(data)[uid_of(meeting)].dtstart.value == at(day(12, 3), 13)


def test_cancelled_meeting_says_so(preparation):
    meeting = make_meeting(
        preparation, state=Meeting.State.CANCELLED, cancelled_because="Snöstorm på vägarna.", sequence=1
    )

    data = calendar_of(meeting)

    event = read(data)[uid_of(meeting)]
    assert event["STATUS"] == read_by_other(data)[uid_of(meeting)].status.value == "CANCELLED"
    assert event["SUMMARY"] == "Inställt: Beredningsgruppen, v. 48"
    assert event["DESCRIPTION"].splitlines()[0] == "Inställt: Snöstorm på vägarna."


def test_meeting_as_a_file(client, coordinator, preparation):
    meeting = make_meeting(preparation)

    response = as_person(client, coordinator).get(reverse("meetings:meeting_ics", args=[meeting.pk]))

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="mote-beredningsgruppen-2026-11-23.ics"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert icalendar.Calendar.from_ical(response.content)["METHOD"] == "PUBLISH"
    assert list(read(response.content)) == [uid_of(meeting)]


def test_meeting_as_a_file_asks_who_may_read(client, agreement, situation_member, steering_member, outsider):
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING))
    situation = make_meeting(situation_group(agreement))

    def status(person, meeting):
        return as_person(client, person).get(reverse("meetings:meeting_ics", args=[meeting.pk])).status_code

    assert status(situation_member, steering) == 403
    assert status(steering_member, situation) == 403
    assert status(steering_member, steering) == 200
    assert status(outsider, steering) == 404


# --- The addresses ---


def test_personal_feed_has_own_meetings_points_and_follow_ups(client, agreement, coordinator, preparation):
    mine = make_meeting(preparation, day(12, 1))
    long_ago = make_meeting(preparation, day(11, 2, 2025), held=True)
    last_year = make_meeting(preparation, day(12, 10, 2025), held=True)
    others = make_meeting(group_of(agreement, Group.Kind.STEERING), day(12, 2))
    point = make_action_point(mine, "Laga belysningen", responsible=coordinator, due_on=day(12, 8))
    done = make_action_point(
        mine,
        "Redan klart",
        responsible=coordinator,
        state=ActionPoint.State.DONE,
        finished_on=TODAY,
        finished_by=coordinator,
    )
    someone_elses = make_action_point(mine, "Någon annans")
    focus_area = make_focus_area(agreement)
    activity = make_activity(focus_area, responsible=coordinator, next_follow_up_on=day(12, 15))
    finished = make_activity(focus_area, responsible=coordinator, next_follow_up_on=day(12, 16))
    Activity.objects.filter(pk=finished.pk).update(status=Activity.Status.COMPLETED)

    response = client.get(feed_address(coordinator))

    events, others_view = read(response.content), read_by_other(response.content)
    point_uid, activity_uid = (f"atgardspunkt-{point.pk}@burlov-trygghet", f"uppfoljning-{activity.pk}@burlov-trygghet")
    assert set(events) == set(others_view) == {uid_of(mine), uid_of(last_year), point_uid, activity_uid}
    assert {uid_of(long_ago), uid_of(others)}.isdisjoint(events)
    assert not any(str(one.pk) in uid for one in (done, someone_elses) for uid in events if uid.startswith("atgard"))
    assert events[point_uid]["SUMMARY"] == "Klart senast: Laga belysningen"
    assert (events[point_uid].start, events[point_uid].end) == (day(12, 8), day(12, 9))
    assert others_view[point_uid].dtstart.value == day(12, 8)
    assert events[point_uid]["TRANSP"] == "TRANSPARENT"
    assert events[point_uid]["URL"] == f"http://testserver/atgardspunkter/{point.pk}/"
    assert events[activity_uid]["SUMMARY"] == "Följ upp: 1.1 Trygghetsvandringar"
    assert events[activity_uid]["URL"] == f"http://testserver/aktiviteter/{activity.pk}/"


def test_feed_says_how_programs_are_to_treat_it(client, coordinator):
    calendar = icalendar.Calendar.from_ical(client.get(feed_address(coordinator)).content)

    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Mina möten\\, Burlöv trygghet"
    assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"


def test_due_date_that_moves_keeps_its_uid(client, coordinator, preparation):
    point = make_action_point(make_meeting(preparation), responsible=coordinator, due_on=day(12, 8))
    address = feed_address(coordinator)
    uid = f"atgardspunkt-{point.pk}@burlov-trygghet"
    before = read(client.get(address).content)[uid]
    point.due_on = day(12, 22)
    point.save()

    after = read(client.get(address).content)[uid]

    assert (before.start, after.start) == (day(12, 8), day(12, 22))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_point_of_an_internal_item_only_says_that_it_is_there(client, coordinator, preparation):
    meeting = make_meeting(preparation)
    item = make_agenda_item(meeting, "Hemlig punkt", is_internal=True)
    make_action_point(meeting, "Hemligt uppdrag", responsible=coordinator, agenda_item=item)

    data = client.get(feed_address(coordinator)).content

    assert "Klart senast: åtgärdspunkt i Beredningsgruppen" in data.decode().replace("\r\n ", "")
    assert "Heml" not in data.decode()


def test_personal_feed_follows_the_seat(client, agreement, coordinator, preparation):
    person = seat_person(
        agreement, kind=Group.Kind.PREPARATION, starts_on=day(11, 1), ends_on=day(12, 31), full_name="Vera Ny"
    )
    before, during, after = (make_meeting(preparation, one) for one in (day(10, 30), day(11, 1), day(1, 5, 2027)))
    last = make_meeting(preparation, day(12, 31), hour=23)

    events = read(client.get(feed_address(person)).content)

    assert set(events) == {uid_of(during), uid_of(last)}
    assert {uid_of(before), uid_of(after)}.isdisjoint(events)


def test_personal_feed_of_who_only_reads_has_no_meetings(client, reader, preparation):
    make_meeting(preparation)

    assert read(client.get(feed_address(reader)).content) == {}


def test_group_feed_has_that_groups_meetings(client, agreement, coordinator, preparation):
    situation = situation_group(agreement)
    theirs = make_meeting(situation, day(12, 1))
    cancelled = make_meeting(situation, day(12, 15), state=Meeting.State.CANCELLED, cancelled_because="Jul")
    make_meeting(preparation, day(12, 2))

    data = client.get(feed_address(coordinator, situation)).content

    assert {uid: str(event["STATUS"]) for uid, event in read(data).items()} == {
        uid_of(theirs): "CONFIRMED",
        uid_of(cancelled): "CANCELLED",
    }
    assert icalendar.Calendar.from_ical(data)["X-WR-CALNAME"] == "Örat mot marken\\, Burlöv trygghet"


def test_feed_answers_that_nothing_has_changed(client, coordinator, preparation):
    meeting = make_meeting(preparation)
    address = feed_address(coordinator)
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    make_agenda_item(meeting, "Ny punkt")
    changed = client.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def rename(group):
    group.name = "Beredningen"
    group.save()


def delete_first(group):
    AgendaItem.objects.filter(group=group).first().delete()


def shelve_first(group):
    agenda.shelve_item(item=AgendaItem.objects.filter(group=group).first(), by=author())


def make_first_internal(group):
    item = AgendaItem.objects.filter(group=group).first()
    item.is_internal = True
    item.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda group: make_agenda_item(group.meetings.get(), "Ny punkt"),
        delete_first,
        shelve_first,
        make_first_internal,
        rename,
    ],
)
def test_whatever_changes_in_an_event_makes_it_newer(client, coordinator, preparation, frozen_today, change):
    meeting = make_meeting(preparation)
    make_agenda_item(meeting, "Läget")
    addresses = [
        feed_address(coordinator),
        feed_address(coordinator, preparation),
        reverse("meetings:meeting_ics", args=[meeting.pk]),
    ]
    as_person(client, coordinator)
    before = [read(client.get(address).content)[uid_of(meeting)] for address in addresses]
    frozen_today.shift(60)

    change(preparation)

    for address, old in zip(addresses, before, strict=True):
        new = read(client.get(address).content)[uid_of(meeting)]
        assert new["SEQUENCE"] == old["SEQUENCE"] + 1
        assert new["DTSTAMP"].dt == new["LAST-MODIFIED"].dt == old["DTSTAMP"].dt + datetime.timedelta(seconds=60)
        assert (new["SUMMARY"], new["DESCRIPTION"]) != (old["SUMMARY"], old["DESCRIPTION"])


def test_what_a_calendar_does_not_show_makes_no_event_newer(client, coordinator, preparation, frozen_today):
    meeting = make_meeting(preparation)
    item, internal = make_agenda_item(meeting, "Läget"), make_agenda_item(meeting, "Hemlig", is_internal=True)
    address = feed_address(coordinator)
    before = client.get(address).content
    frozen_today.shift(60)

    for one in (item, internal):
        one.minutes = "Allt är lugnt."
        one.save()
    internal.title = "Hemligare"
    internal.save()

    assert client.get(address).content == before


def test_action_point_is_newer_when_the_group_is_renamed_or_its_item_made_internal(
    client, coordinator, preparation, frozen_today
):
    meeting = make_meeting(preparation)
    item = make_agenda_item(meeting, "Läget")
    point = make_action_point(meeting, responsible=coordinator, agenda_item=item)
    address, uid = feed_address(coordinator), f"atgardspunkt-{point.pk}@burlov-trygghet"
    seen = [read(client.get(address).content)[uid]]

    for change in (rename, make_first_internal):
        frozen_today.shift(60)
        change(preparation)
        seen.append(read(client.get(address).content)[uid])

    assert [event["SEQUENCE"] for event in seen] == [0, 1, 2]
    assert seen[0]["DTSTAMP"].dt < seen[1]["DTSTAMP"].dt < seen[2]["DTSTAMP"].dt


def test_feed_is_read_only_and_sets_no_cookie(client, coordinator):
    address = feed_address(coordinator)

    answers = {method: getattr(client, method)(address) for method in ("get", "head", "post", "put", "delete")}

    assert {method: answer.status_code for method, answer in answers.items()} == {
        "get": 200,
        "head": 200,
        "post": 405,
        "put": 405,
        "delete": 405,
    }
    assert answers["head"].content == b""
    assert not client.cookies
    # By how it is compressed alone: not by who asks.
    varies = {method: answer.headers.get("Vary") for method, answer in answers.items()}
    assert varies == dict.fromkeys(answers) | dict.fromkeys(["get", "head"], "Accept-Encoding")


def test_unknown_and_revoked_addresses_are_answered_alike(client, coordinator):
    address = feed_address(coordinator)
    assert client.get(address).status_code == 200
    CalendarFeed.objects.all().delete()

    revoked = client.get(address)
    unknown = client.get(reverse("meetings:calendar_feed", args=["a" * 43]))
    odd = client.get(reverse("meetings:calendar_feed", args=["🚓 å\x00"]))

    assert [answer.status_code for answer in (revoked, unknown, odd)] == [404, 404, 404]
    assert revoked.content == unknown.content == odd.content == b"Kalendern finns inte.\n"
    assert dict(revoked.headers) == dict(unknown.headers)


def test_deactivated_person_has_no_feed(client, coordinator):
    addresses = [feed_address(coordinator), feed_address(coordinator, coordinator.memberships.get().seat.group)]
    coordinator.is_active = False
    coordinator.save()

    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_group_feed_ends_with_the_seat(client, agreement, situation_member):
    group = situation_group(agreement)
    address = feed_address(situation_member, group)
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=situation_member).update(ends_on=TODAY - datetime.timedelta(days=1))

    assert client.get(address).status_code == 404


def test_group_feed_of_another_agreement_does_not_answer(client, other_agreement, coordinator):
    address = feed_address(coordinator, situation_group(other_agreement))

    assert client.get(address).status_code == 404


def test_reading_is_noted_at_most_once_an_hour(client, coordinator, frozen_today):
    address = feed_address(coordinator)
    noted = []
    for minutes in (0, 59, 61):
        frozen_today.move_to(at(TODAY) + datetime.timedelta(minutes=minutes))
        client.get(address)
        noted.append(CalendarFeed.objects.get().read_at)

    assert noted == [at(TODAY), at(TODAY), at(TODAY) + datetime.timedelta(minutes=61)]


def test_queries_of_a_feed_do_not_grow(client, agreement, coordinator, preparation):
    focus_area = make_focus_area(agreement)
    address = feed_address(coordinator)
    counts = []
    for number in range(1, 4):
        meeting = make_meeting(preparation, TODAY + datetime.timedelta(days=number))
        make_agenda_item(meeting, "Läget")
        make_action_point(meeting, responsible=coordinator, agenda_item=make_agenda_item(meeting, "Mer"))
        make_activity(focus_area, responsible=coordinator, next_follow_up_on=TODAY)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert len(set(counts)) == 1
    assert counts[0] <= 9


def test_secret_of_an_address_is_not_logged(client, coordinator):
    secret = issue_address(group=None, by=coordinator)
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(record.getMessage())
    handler.addFilter(HideSecretAddresses())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.post(reverse("meetings:calendar_feed", args=[secret]))
        CalendarFeed.objects.all().delete()
        client.get(reverse("meetings:calendar_feed", args=[secret]))
    finally:
        logger.removeHandler(handler)

    assert records
    assert not any(secret in record for record in records)
    assert "Not Found: /kalender/….ics" in records

"""iCalendar (RFC 5545) from meetings and dates. Pure: what is needed has been fetched, and the clock is not asked.

A calendar goes to programs and services outside the portal. It says when, where, and which items are on the agenda;
never minutes, observations, or items marked internal.

The same content gives the same bytes, so that a program that asks again can be answered that nothing has changed.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vText

from documents.written_text import with_plain_line_breaks
from focus_areas.models import Activity
from meetings.calendar_versions import Version
from meetings.models import ActionPoint, Meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
# What stands after the @ in every UID: fixed, whatever address the portal moves to.
UID_DOMAIN = "burlov-trygghet"
PRODUCT = "-//Burlov trygghet//Moten//SV"
ZONE_NAME = "Europe/Stockholm"
READ_AGAIN_AFTER = datetime.timedelta(hours=1)
ONE_DAY = datetime.timedelta(days=1)


def build_calendar(events: Iterable[Event], *, name: str = "") -> bytes:
    """Return a calendar with the events; with a name, one that programs subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("x-wr-timezone", vText(ZONE_NAME))
        calendar.add("refresh-interval", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(READ_AGAIN_AFTER))
    calendar.add_component(stockholm())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def stockholm() -> Timezone:
    """Swedish time with the rule that has held since 1996; as a rule, because not every program reads lists of days."""
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    for kind, name, month, hour, before, after in (
        (TimezoneStandard, "CET", 10, 3, 2, 1),
        (TimezoneDaylight, "CEST", 3, 2, 1, 2),
    ):
        part = kind()
        last_sunday = {10: 27, 3: 31}[month]
        part.add("dtstart", datetime.datetime(1996, month, last_sunday, hour))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", datetime.timedelta(hours=before))
        part.add("tzoffsetto", datetime.timedelta(hours=after))
        zone.add_component(part)
    return zone


def meeting_event(meeting: Meeting, *, site: str, version: Version | None = None) -> Event:
    """A meeting with its agenda; `site` is the portal's own address, https://host (uses prefetched agenda items).

    Without a version, that of the meeting alone.
    """
    address = site + meeting.get_absolute_url()
    event = new_event(
        f"{meeting.uid}",
        version=version or Version(meeting.sequence, meeting.changed_at),
        address=meeting.online_address or address,
    )
    event.add("summary", text(f"Inställt: {meeting}" if meeting.is_cancelled else str(meeting)))
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", text(meeting.place))
    because = [f"Inställt: {meeting.cancelled_because}"] if meeting.is_cancelled and meeting.cancelled_because else []
    online = [f"Delta digitalt: {meeting.online_address}"] if meeting.online_address else []
    event.add("description", text("\n\n".join([*because, *online, *agenda_in_words(meeting), address])))
    return event


def agenda_in_words(meeting: Meeting) -> list[str]:
    """The titles, numbered as on the meeting's page, without the internal ones; nothing when there are none."""
    titles = [
        f"{number}. {item.title}" for number, item in enumerate(meeting.agenda_items.all(), 1) if not item.is_internal
    ]
    return ["\n".join(["Dagordning", *titles])] if titles else []


def action_point_event(point: ActionPoint, *, site: str, version: Version) -> Event:
    """The day an action point is due. One from an internal item says only that it is there."""
    is_internal = bool(point.agenda_item_id and point.agenda_item.is_internal)
    what = f"åtgärdspunkt i {point.group}" if is_internal else point.text
    address = site + point.get_absolute_url()
    event = due_event(f"atgardspunkt-{point.pk}", version=version, day=point.due_on, address=address)
    event.add("summary", text(f"Klart senast: {what}"))
    event.add("description", text("\n\n".join(filter(None, [f"Åtgärdspunkt i {point.group}.", address]))))
    return event


def follow_up_event(activity: Activity, *, site: str) -> Event:
    """The day when an activity is to be followed up (needs `with_versions`)."""
    address = site + activity.get_absolute_url()
    version = Version(activity.version_count - 1, activity.versioned_at)
    event = due_event(f"uppfoljning-{activity.pk}", version=version, day=activity.next_follow_up_on, address=address)
    event.add("summary", text(f"Följ upp: {activity}"))
    event.add("description", text(f"Aktiviteten ska följas upp.\n\n{address}"))
    return event


def due_event(uid: str, *, version: Version, day: datetime.date, address: str) -> Event:
    """A whole day that takes no time from the person's own; an event, since many calendars show no VTODO."""
    event = new_event(uid, version=version, address=address)
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def new_event(uid: str, *, version: Version, address: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{UID_DOMAIN}")
    event.add("dtstamp", version.at)
    event.add("last-modified", version.at)
    event.add("sequence", version.number)
    event.add("url", address)
    return event


def text(words: str) -> vText:
    """The words with one kind of line break; the library escapes and folds them."""
    return vText(with_plain_line_breaks(words).replace("\u2028", "\n").replace("\u2029", "\n"))

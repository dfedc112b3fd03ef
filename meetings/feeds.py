"""What a calendar address gives whoever holds its secret: looked up, allowed and put together anew at each reading."""

import datetime
import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from icalendar import Event

from accounts.history import history_table
from accounts.models import User
from agreements.access import seats_held
from agreements.models import Agreement, Group, Membership
from focus_areas.models import Activity
from meetings.access import Capability, readable_among
from meetings.calendar_versions import EventVersions
from meetings.calendars import action_point_event, build_calendar, follow_up_event, meeting_event
from meetings.models import ActionPoint, AgendaItem, CalendarFeed, Meeting

HOW_FAR_BACK = datetime.timedelta(days=365)
NOTED_AT_MOST_EVERY = datetime.timedelta(hours=1)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def find_feed(secret: str) -> CalendarFeed | None:
    """The feed with that secret, if its person may still read it; None whichever the reason is.

    Only the secret's hash is compared, so that how long the answer takes says nothing of any secret.
    """
    feed = CalendarFeed.objects.select_related("user", "group__agreement").filter(secret_hash=hash_of(secret)).first()
    return feed if feed and may_read(feed) else None


def may_read(feed: CalendarFeed) -> bool:
    if feed.group is None:
        return feed.user.is_active
    return feed.user.has_perm(Capability.READ_MEETINGS, feed.group)


def note_reading(feed: CalendarFeed, *, at: datetime.datetime) -> None:
    """Remember that the address is in use, at most once an hour."""
    if feed.read_at is None or feed.read_at <= at - NOTED_AT_MOST_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)


def feed_calendar(feed: CalendarFeed, *, site: str, at: datetime.datetime) -> bytes:
    """Return the calendar as it is now, with the meetings of the past year and all that are to come."""
    meetings = Meeting.objects.filter(starts_at__gte=at - HOW_FAR_BACK)
    if feed.group is not None:
        meetings = with_agenda(meetings.filter(group=feed.group))
        return build_calendar(meeting_events(meetings, site=site), name=f"{feed.group}, {settings.PORTAL_NAME}")
    return build_calendar(events_of_person(meetings, feed.user, site=site), name=f"Mina möten, {settings.PORTAL_NAME}")


def meeting_events(meetings: Iterable[Meeting], *, site: str) -> list[Event]:
    """The events of one calendar's meetings (need `with_agenda`), each with the version of all that stands in it."""
    meetings = list(meetings)
    versions = EventVersions(meetings)
    return [meeting_event(meeting, site=site, version=versions.of_meeting(meeting)) for meeting in meetings]


def with_agenda(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those of one calendar, in a fixed order, with their groups and agendas."""
    items = AgendaItem.objects.only("meeting", "position", "title", "is_internal")
    return (
        meetings.select_related("group").prefetch_related(Prefetch("agenda_items", items)).order_by("starts_at", "pk")
    )


def of_person(meetings: QuerySet[Meeting], user: User) -> QuerySet[Meeting]:
    """Those on days when the person has a seat in the group, if the group's meetings are theirs to read today."""
    seated_in = Group.objects.filter(pk__in={seat.group_id for seat in seats_held(user)}).select_related("agreement")
    readable = readable_among(user, seated_in)
    that_day = OuterRef("held_on")
    seats = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=that_day),
        user=user,
        seat__group=OuterRef("group"),
        starts_on__lte=that_day,
    )
    return meetings.filter(group__in=readable).annotate(held_on=TruncDate("starts_at")).filter(Exists(seats))


def events_of_person(meetings: QuerySet[Meeting], user: User, *, site: str) -> list[Event]:
    """The person's own meetings, and the days when their open action points are due or activities followed up."""
    own = list(with_agenda(of_person(meetings, user)))
    points = ActionPoint.objects.visible_to(user).open().filter(responsible=user).select_related("group", "agenda_item")
    points = list(with_versions(points).by_due_date())
    activities = (
        Activity.objects.visible_to(user)
        .unfinished()
        .filter(responsible=user, next_follow_up_on__isnull=False)
        .select_related("focus_area")
    )
    versions = EventVersions(own, points)
    return [
        *(meeting_event(meeting, site=site, version=versions.of_meeting(meeting)) for meeting in own),
        *(action_point_event(point, site=site, version=versions.of_point(point)) for point in points),
        *(follow_up_event(activity, site=site) for activity in with_versions(activities).order_by("pk")),
    ]


def with_versions(things: QuerySet) -> QuerySet:
    """Annotate how many times each thing has been saved, and when last: what SEQUENCE and LAST-MODIFIED need."""
    versions = history_table(things.model).objects.filter(id=OuterRef("pk")).order_by().values("id")
    return things.annotate(
        version_count=Subquery(versions.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField()),
        versioned_at=Subquery(versions.annotate(at=Max("history_date")).values("at")),
    )


def groups_to_follow(user: User) -> list[Group]:
    """The groups whose calendars a person may have: those whose meetings they read, in agreements that go on."""
    agreements = Agreement.objects.visible_to(user).exclude(state=Agreement.State.CLOSED)
    return readable_among(
        user, Group.objects.filter(agreement__in=agreements).select_related("agreement__municipality")
    )

"""Series and their meetings: planned ahead, moved and cancelled. Times are Swedish; who acts is `by`."""

import datetime
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.history import recording, recording_moment
from accounts.models import User
from agreements.access import require_unlocked
from agreements.models import Group
from documents.swedish_dates import day_and_clock_words
from meetings.models import AgendaItem, Meeting, MeetingSeries
from meetings.operations.agenda import carry_item
from meetings.operations.locks import APPROVED, CANCELLED, hold
from meetings.recurrence import Occurrence, Rule, occurrences

MOST_AT_ONCE = 200
ROWS_AT_ONCE = 500
MOST_DAYS_AHEAD = 3 * 366
HELD = "Mötet är genomfört. Bara ett möte som inte har varit kan flyttas eller ställas in."
UNDER_WAY = "Mötet pågår. Det kan inte flyttas eller ställas in."


def local_moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """That time of that day in Sweden.

    Raises:
        ValidationError: the clock is put forward past it that night.
    """
    moment = timezone.make_aware(datetime.datetime.combine(day, time))
    if timezone.localtime(moment.astimezone(datetime.UTC)).time() != time:
        raise ValidationError("Den tiden finns inte: klockan ställs fram den natten.", code="no_such_time")
    return moment


# --- Series ---


@dataclass(frozen=True)
class PlannedDay:
    """A day that a series gives, as the page shows it before anything is made."""

    occurrence: Occurrence
    meeting: Meeting | None = None
    in_the_way: Meeting | None = None

    @property
    def is_new(self) -> bool:
        return not (self.occurrence.is_skipped or self.meeting or self.in_the_way)


def rule_of(series: MeetingSeries) -> Rule:
    return Rule(
        weekday=series.weekday,
        interval_weeks=series.interval_weeks,
        first=series.starts_on,
        last=series.ends_on,
        moves_from_holidays=series.holiday_rule == MeetingSeries.HolidayRule.MOVE,
    )


def times_of(series: MeetingSeries, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    return local_moment(day, series.start_time), local_moment(day, series.end_time)


def week_of(day: datetime.date) -> tuple[int, int]:
    """Year and number of the ISO week. A series has one day in a week at most, so the week tells its meetings apart."""
    year, week, _ = day.isocalendar()
    return year, week


def usual_end(series: MeetingSeries, *, today: datetime.date) -> datetime.date:
    """How far ahead meetings are planned unless somebody says otherwise: twelve months, or the agreement's end."""
    ends = [today + datetime.timedelta(days=365), series.ends_on, series.agreement.ends_on]
    return min(day for day in ends if day and day >= today)


def plan_days(*, series: MeetingSeries, until: datetime.date, now: datetime.datetime) -> list[PlannedDay]:
    """The days from now on, at most 200, each with the meeting that is there already or that is in the way."""
    today = timezone.localdate(now)
    found = list(islice(occurrences(rule_of(series), since=today, until=until), MOST_AT_ONCE))
    made = {week_of(meeting.series_date): meeting for meeting in series.meetings.filter(series_date__isnull=False)}
    others = list(series.group.meetings.not_cancelled().filter(ends_at__gt=now))
    days = []
    for occurrence in found:
        meeting = made.get(week_of(occurrence.series_date))
        in_the_way = None
        if meeting is None and occurrence.day:
            starts_at, ends_at = times_of(series, occurrence.day)
            if starts_at < now:
                continue
            in_the_way = next((one for one in others if one.starts_at < ends_at and one.ends_at > starts_at), None)
        days.append(PlannedDay(occurrence, meeting, in_the_way))
    return days


@transaction.atomic
def generate_meetings(
    *, series: MeetingSeries, until: datetime.date, now: datetime.datetime, by: User
) -> list[Meeting]:
    """Make the series' meetings up to that day, with the group's usual agenda; what is there already is not made again.

    Raises:
        ValidationError: the last day lies in the past or too far ahead.
        Refused: the agreement is closed.
    """
    require_unlocked(series)
    check_last_day(until, today=timezone.localdate(now))
    Group.objects.select_for_update(no_key=True).get(pk=series.group_id)
    made = []
    with recording(by=by):
        for planned in plan_days(series=series, until=until, now=now):
            if not planned.is_new:
                continue
            starts_at, ends_at = times_of(series, planned.occurrence.day)
            meeting = Meeting.objects.create(
                group=series.group,
                series=series,
                series_date=planned.occurrence.series_date,
                starts_at=starts_at,
                ends_at=ends_at,
                place=series.place,
            )
            made.append(meeting)
        copy_usual_agenda(meetings=made, group=series.group, by=by)
    return made


def check_last_day(until: datetime.date, *, today: datetime.date) -> None:
    if until < today:
        raise ValidationError("Dagen har redan varit. Välj en dag framåt.", code="past")
    if (until - today).days > MOST_DAYS_AHEAD:
        raise ValidationError("Möten kan skapas högst tre år framåt.", code="too_far")


def copy_usual_agenda(*, meetings: list[Meeting], group: Group, by: User) -> None:
    """Begin new meetings' agendas with the group's standing items."""
    template = list(group.agenda_template.all())
    items = [
        AgendaItem(
            group=group,
            meeting=meeting,
            position=position,
            title=standing.title,
            description=standing.description,
            duration_minutes=standing.duration_minutes,
            is_internal=standing.is_internal,
            created_by=by,
        )
        for meeting in meetings
        for position, standing in enumerate(template, start=1)
    ]
    # Several years of a long agenda are thousands; all wait who plan in the group.
    bulk_create_with_history(
        items, AgendaItem, batch_size=ROWS_AT_ONCE, default_user=by, default_date=recording_moment()
    )


@transaction.atomic
def save_series(*, series: MeetingSeries, now: datetime.datetime, by: User) -> list[Meeting]:
    """Save a series; when it changes, its coming meetings follow, week by week. Return those that moved.

    A meeting follows only while it stands where the series put it: not one that somebody has moved, that has been
    called to, that has begun or is cancelled, and not onto another meeting or where the series has no day that week.
    """
    before = MeetingSeries.objects.select_for_update().get(pk=series.pk) if series.pk else None
    with recording(by=by):
        series.save()
        if before is None or _same_plan(before, series):
            return []
        untouched = [meeting for meeting in _coming(series, now) if stands_as_planned(meeting, before)]
        return [meeting for meeting in untouched if _follow(meeting, series, now)]


def _same_plan(before: MeetingSeries, after: MeetingSeries) -> bool:
    times = [(one.start_time, one.end_time, one.place) for one in (before, after)]
    return rule_of(before) == rule_of(after) and times[0] == times[1]


def _coming(series: MeetingSeries, now: datetime.datetime) -> list[Meeting]:
    coming = series.meetings.filter(
        starts_at__gt=now,
        state=Meeting.State.PLANNED,
        opened_at__isnull=True,
        call_sent_at__isnull=True,
        series_date__isnull=False,
    )
    return list(coming.select_for_update(no_key=True).order_by("starts_at"))


def occurrence_in_week(series: MeetingSeries, day: datetime.date) -> Occurrence | None:
    """What the series gives in the week of that day."""
    monday = day - datetime.timedelta(days=day.weekday())
    sunday = monday + datetime.timedelta(days=6)
    found = occurrences(rule_of(series), since=monday, until=sunday)
    return next((one for one in found if one.series_date >= monday), None)


def stands_as_planned(meeting: Meeting, series: MeetingSeries) -> bool:
    """Whether the meeting has the day, time and place that the series gives it."""
    occurrence = occurrence_in_week(series, meeting.series_date)
    if occurrence is None or occurrence.day is None:
        return False
    return (meeting.starts_at, meeting.ends_at, meeting.place) == (*times_of(series, occurrence.day), series.place)


def why_off_series(meeting: Meeting, series: MeetingSeries) -> str:
    """In what way a meeting stands elsewhere than its series puts it, in Swedish; nothing when it stands there."""
    if meeting.is_cancelled or meeting.series_date is None:
        return ""
    occurrence = occurrence_in_week(series, meeting.series_date)
    if occurrence is None:
        return "Serien har inget möte den veckan."
    if occurrence.day is None:
        return f"Serien hoppar över {occurrence.reason}."
    starts_at, ends_at = times_of(series, occurrence.day)
    if (meeting.starts_at, meeting.ends_at) != (starts_at, ends_at):
        return f"Flyttat från {day_and_clock_words(starts_at, ends_at).lower()}."
    if meeting.place != series.place:
        return "Annan plats än serien."
    return f"Flyttat för {occurrence.reason}." if occurrence.is_moved else ""


def _follow(meeting: Meeting, series: MeetingSeries, now: datetime.datetime) -> bool:
    occurrence = occurrence_in_week(series, meeting.series_date)
    if occurrence is None or occurrence.day is None:
        return False
    starts_at, ends_at = times_of(series, occurrence.day)
    if (meeting.starts_at, meeting.ends_at, meeting.place) == (starts_at, ends_at, series.place):
        return False
    others = meeting.group.meetings.overlapping(starts_at=starts_at, ends_at=ends_at).exclude(pk=meeting.pk)
    if starts_at < now or others.exists():
        return False
    meeting.series_date = occurrence.series_date
    _put(meeting, starts_at=starts_at, ends_at=ends_at, place=series.place)
    return True


# --- Single meetings ---


@transaction.atomic
def create_meeting(*, meeting: Meeting, now: datetime.datetime, by: User) -> Meeting:
    """Plan one meeting, with the group's usual agenda.

    Raises:
        ValidationError: it lies in the past or too far ahead, ends before it starts, or the group is busy then.
        Refused: the agreement is closed.
    """
    require_unlocked(meeting.group)
    check_times(group=meeting.group, starts_at=meeting.starts_at, ends_at=meeting.ends_at, now=now)
    with recording(by=by):
        meeting.save()
        copy_usual_agenda(meetings=[meeting], group=meeting.group, by=by)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    now: datetime.datetime,
    by: User,
    reason: str = "",
) -> Meeting:
    """Move a meeting that has not begun to another time or place; calendars are told by its sequence number.

    Raises:
        ValidationError: it is held, under way or cancelled; or the new time cannot be, as when one is created.
    """
    held = hold(meeting)
    require_changeable(held)
    if (starts_at, ends_at, place) == (held.starts_at, held.ends_at, held.place):
        return held
    if (starts_at, ends_at) != (held.starts_at, held.ends_at):
        check_times(group=held.group, starts_at=starts_at, ends_at=ends_at, now=now, moved=held)
    with recording(by=by, reason=reason):
        _put(held, starts_at=starts_at, ends_at=ends_at, place=place)
    return held


def _put(meeting: Meeting, *, starts_at: datetime.datetime, ends_at: datetime.datetime, place: str) -> None:
    meeting.starts_at, meeting.ends_at, meeting.place = starts_at, ends_at, place
    meeting.sequence += 1
    meeting.changed_at = recording_moment()
    meeting.save(update_fields=["series_date", "starts_at", "ends_at", "place", "sequence", "changed_at"])


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, because: str, now: datetime.datetime, by: User, carries_items: bool = False
) -> Meeting:
    """Cancel a meeting that has not begun; cancelling twice changes nothing.

    With `carries_items` what somebody put on its agenda goes on to the group's next meeting, or waits in the backlog;
    the standing items do not, since every meeting has them.

    Raises:
        ValidationError: it is held or under way, or no reason is given.
    """
    held = hold(meeting)
    if held.is_cancelled:
        return held
    require_changeable(held)
    if not because.strip():
        raise ValidationError({"cancelled_because": "Skriv varför mötet ställs in."})
    with recording(by=by, reason=because):
        if carries_items:
            for item in own_items(held):
                carry_item(item=item, now=now, by=by)
        held.state = Meeting.State.CANCELLED
        held.cancelled_because = because
        held.sequence += 1
        held.changed_at = recording_moment()
        held.save(update_fields=["state", "cancelled_because", "sequence", "changed_at"])
    return held


def own_items(meeting: Meeting) -> list[AgendaItem]:
    """The items that somebody put on the agenda, without those that every meeting of the group has."""
    standing = set(meeting.group.agenda_template.values_list("title", flat=True))
    return [item for item in meeting.agenda_items.all() if item.title not in standing and not item.is_carried]


def require_changeable(meeting: Meeting) -> None:
    """Refuse to move or cancel what has begun, is over, or is cancelled."""
    require_unlocked(meeting)
    if reason := why_not_changeable(meeting):
        raise ValidationError(reason)


def why_not_changeable(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return CANCELLED
    if meeting.is_approved:
        return APPROVED
    if meeting.is_held:
        return HELD
    return UNDER_WAY if meeting.is_under_way else ""


def check_times(
    *,
    group: Group,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    now: datetime.datetime,
    moved: Meeting | None = None,
) -> None:
    """Refuse a time that has been, that ends before it starts, or when the group already meets."""
    # Compared as moments: two times of one zone would be compared as the clock shows them.
    starts, ends = starts_at.astimezone(datetime.UTC), ends_at.astimezone(datetime.UTC)
    if ends <= starts:
        raise ValidationError({"end_time": "Mötet ska sluta efter att det har börjat."})
    if starts < now:
        raise ValidationError({"day": "Tiden har redan varit. Välj en tid framåt."})
    if (starts - now).days > MOST_DAYS_AHEAD:
        raise ValidationError({"day": "Ett möte kan läggas in högst tre år framåt."})
    others = group.meetings.overlapping(starts_at=starts, ends_at=ends).exclude(pk=moved.pk if moved else None)
    if other := others.first():
        when = day_and_clock_words(other.starts_at, other.ends_at).lower()
        raise ValidationError({"start_time": f"{group} har redan ett möte då: {when}."})

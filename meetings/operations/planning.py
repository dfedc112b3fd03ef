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
from documents.written_text import comparison_key
from meetings.models import AgendaItem, Meeting, MeetingSeries
from meetings.models.series import ends_after_midnight
from meetings.operations.agenda import carry_item, is_prepared
from meetings.operations.locks import APPROVED, CANCELLED, hold
from meetings.recurrence import Occurrence, Rule, monday_of, occurrences

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
        weeks_from=series.weeks_from,
    )


def times_of(series: MeetingSeries, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    return moments_of(day, series.start_time, series.end_time)


def moments_of(
    day: datetime.date, start_time: datetime.time, end_time: datetime.time
) -> tuple[datetime.datetime, datetime.datetime]:
    """When a meeting of that day begins and ends: one late in the evening may end in the night after."""
    ends_on = day + datetime.timedelta(days=1) if ends_after_midnight(start_time, end_time) else day
    return local_moment(day, start_time), local_moment(ends_on, end_time)


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
                online_address=series.online_address,
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


def when_and_where(meeting: Meeting) -> tuple[datetime.datetime, datetime.datetime, str, str]:
    return meeting.starts_at, meeting.ends_at, meeting.place, meeting.online_address


@dataclass(frozen=True)
class FollowingMeeting:
    """A coming meeting that follows its series to another day, time or place."""

    meeting: Meeting
    series_date: datetime.date
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str
    online_address: str

    @property
    def moves(self) -> bool:
        """Not when a holiday puts both days of the series on the same day."""
        return when_and_where(self.meeting) != (
            self.starts_at,
            self.ends_at,
            self.place,
            self.online_address,
        )


@dataclass(frozen=True)
class StayingMeeting:
    """A coming meeting that its series puts elsewhere, or nowhere any more, and that stays; with the reason in Swedish.

    One that is `outside` lies where the series has no meeting any more, and can be cancelled.
    """

    meeting: Meeting
    reason: str
    is_outside: bool = False


@dataclass(frozen=True)
class SeriesChange:
    """What becomes of a series' coming meetings when it is saved."""

    following: tuple[FollowingMeeting, ...] = ()
    staying: tuple[StayingMeeting, ...] = ()

    @property
    def outside(self) -> list[Meeting]:
        return [one.meeting for one in self.staying if one.is_outside]


def settle_weeks(series: MeetingSeries, before: MeetingSeries | None) -> None:
    """Let a series keep the weeks it had, whatever day it has now.

    Only one without meetings takes its weeks from a new first day. A first day that was the first meeting's own goes
    along to an earlier weekday, so that the first meeting can.
    """
    if before is None or (series.starts_on != before.starts_on and not before.meetings.exists()):
        series.weeks_from = None
        series.weeks_from = monday_of(rule_of(series).first_day)
        return
    had = rule_of(before).first_day
    series.weeks_from = before.weeks_from or monday_of(had)
    if series.starts_on == before.starts_on == had and series.weekday < before.weekday:
        series.starts_on -= datetime.timedelta(days=before.weekday - series.weekday)


def plan_change(series: MeetingSeries, *, now: datetime.datetime) -> SeriesChange:
    """What saving the changed series does to its coming meetings; nothing is saved.

    A meeting follows only while it stands where the series put it: not one that somebody has moved, that has been
    called to, that has begun or is cancelled, and not onto another meeting or where the series has no day that week.
    """
    before = MeetingSeries.objects.filter(pk=series.pk).first() if series.pk else None
    settle_weeks(series, before)
    if before is None or _same_plan(before, series):
        return SeriesChange()
    following, staying = [], []
    for meeting in _coming(series, now):
        target = _target_of(meeting, series)
        stands = (meeting.series_date, *when_and_where(meeting))
        if target in (_target_of(meeting, before), stands):
            continue
        reason = "Mötet har börjat." if meeting.starts_at <= now else _why_staying(meeting, before, series)
        if reason or target is None:
            staying.append(StayingMeeting(meeting, reason, is_outside=target is None and _can_be_cancelled(meeting)))
        else:
            following.append(FollowingMeeting(meeting, *target))
    return _without_collisions(following, staying, series, now)


def _same_plan(before: MeetingSeries, after: MeetingSeries) -> bool:
    times = [(one.start_time, one.end_time, one.place, one.online_address) for one in (before, after)]
    return rule_of(before) == rule_of(after) and times[0] == times[1]


def _coming(series: MeetingSeries, now: datetime.datetime) -> list[Meeting]:
    coming = series.meetings.filter(ends_at__gt=now, series_date__isnull=False).exclude(state=Meeting.State.HELD)
    return list(coming.select_related("group").order_by("starts_at", "pk"))


def _target_of(meeting: Meeting, series: MeetingSeries) -> tuple | None:
    """The series' day, times and place for the meeting; None when the series has none that week."""
    occurrence = occurrence_in_week(series, meeting.series_date)
    if occurrence is None or occurrence.day is None:
        return None
    return occurrence.series_date, *times_of(series, occurrence.day), series.place, series.online_address


def _can_be_cancelled(meeting: Meeting) -> bool:
    return meeting.is_planned and not meeting.is_under_way


def _why_staying(meeting: Meeting, before: MeetingSeries, after: MeetingSeries) -> str:
    """Why the meeting cannot follow from one to the other, in Swedish; nothing when it can."""
    if meeting.is_cancelled:
        return "Mötet är inställt."
    if meeting.opened_at:
        return "Mötet är öppnat."
    occurrence = occurrence_in_week(after, meeting.series_date)
    if occurrence is None:
        if after.ends_on and meeting.series_date > after.ends_on:
            return "Ligger efter seriens sista dag."
        return (
            "Ligger före seriens första dag."
            if meeting.series_date < after.starts_on
            else "Serien har inget möte den veckan."
        )
    if occurrence.day is None:
        return f"Serien hoppar över {occurrence.reason}."
    if meeting.call_sent_at:
        return "Kallelsen är skickad."
    return "" if stands_as_planned(meeting, before) else "Mötet har en egen tid eller plats."


def _without_collisions(
    following: list[FollowingMeeting], staying: list[StayingMeeting], series: MeetingSeries, now: datetime.datetime
) -> SeriesChange:
    """Let those stay that would land in the past or on another of the group's meetings, as these will then lie."""
    others = list(series.group.meetings.not_cancelled().filter(ends_at__gt=now))
    while True:
        on_the_move = {one.meeting.pk for one in following}
        taken = [(one.starts_at, one.ends_at) for one in others if one.pk not in on_the_move]
        stopped = [
            StayingMeeting(one.meeting, "Den nya tiden har redan varit.")
            if one.starts_at < now
            else StayingMeeting(one.meeting, "Gruppen har redan ett möte på den nya tiden.")
            for one in following
            if one.starts_at < now or any(starts < one.ends_at and ends > one.starts_at for starts, ends in taken)
        ]
        if not stopped:
            by_time = sorted(staying, key=lambda one: (one.meeting.starts_at, one.meeting.pk))
            return SeriesChange(tuple(following), tuple(by_time))
        staying = [*staying, *stopped]
        left = {one.meeting.pk for one in stopped}
        following = [one for one in following if one.meeting.pk not in left]


@transaction.atomic
def save_series(
    *, series: MeetingSeries, now: datetime.datetime, by: User, cancels_outside_because: str = ""
) -> list[Meeting]:
    """Save a series; when it changes, its coming meetings follow, week by week. Return those that moved.

    The others stay (`plan_change` says which). With a reason, those for which the series has no meeting any more are
    cancelled, and what somebody put on their agendas goes on.
    """
    if series.pk:
        MeetingSeries.objects.select_for_update().get(pk=series.pk)
        Group.objects.select_for_update(no_key=True).get(pk=series.group_id)
    change = plan_change(series, now=now)
    with recording(by=by):
        series.save()
        moved = [one.meeting for one in change.following if one.moves]
        for one in change.following:
            one.meeting.series_date = one.series_date
            if one.moves:
                _put(
                    one.meeting,
                    starts_at=one.starts_at,
                    ends_at=one.ends_at,
                    place=one.place,
                    online_address=one.online_address,
                )
            else:
                one.meeting.save(update_fields=["series_date"])
        if cancels_outside_because:
            # The last first, so that nothing is carried on to a meeting that is cancelled next.
            for meeting in reversed(change.outside):
                cancel_meeting(meeting=meeting, because=cancels_outside_because, carries_items=True, now=now, by=by)
    return moved


def occurrence_in_week(series: MeetingSeries, day: datetime.date) -> Occurrence | None:
    """What the series gives in the week of that day."""
    monday = monday_of(day)
    sunday = monday + datetime.timedelta(days=6)
    found = occurrences(rule_of(series), since=monday, until=sunday)
    return next((one for one in found if one.series_date >= monday), None)


def stands_as_planned(meeting: Meeting, series: MeetingSeries) -> bool:
    """Whether the meeting has the day, time and place that the series gives it."""
    target = _target_of(meeting, series)
    return target is not None and when_and_where(meeting) == target[1:]


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
    if meeting.online_address != series.online_address:
        return "Annan digital adress än serien."
    return f"Flyttat för {occurrence.reason}." if occurrence.is_moved else ""


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
    online_address: str | None = None,
    reason: str = "",
) -> Meeting:
    """Move a meeting that has not begun to another time or place; calendars are told by its sequence number.

    Without an online address it keeps its own.

    Raises:
        ValidationError: it is held, under way or cancelled; or the new time cannot be, as when one is created.
    """
    held = hold(meeting)
    require_changeable(held)
    online_address = held.online_address if online_address is None else online_address
    if (starts_at, ends_at, place, online_address) == when_and_where(held):
        return held
    if (starts_at, ends_at) != (held.starts_at, held.ends_at):
        check_times(group=held.group, starts_at=starts_at, ends_at=ends_at, now=now, moved=held)
    with recording(by=by, reason=reason):
        _put(held, starts_at=starts_at, ends_at=ends_at, place=place, online_address=online_address)
    return held


def _put(
    meeting: Meeting, *, starts_at: datetime.datetime, ends_at: datetime.datetime, place: str, online_address: str
) -> None:
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.place, meeting.online_address = place, online_address
    meeting.sequence += 1
    meeting.changed_at = recording_moment()
    meeting.save(
        update_fields=["series_date", "starts_at", "ends_at", "place", "online_address", "sequence", "changed_at"]
    )


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, because: str, now: datetime.datetime, by: User, carries_items: bool = False
) -> Meeting:
    """Cancel a meeting that has not begun; cancelling twice changes nothing.

    With `carries_items` what somebody put on its agenda goes on to the group's next meeting, or waits in the backlog;
    the standing items do not, since every meeting has them, but what somebody wrote on one goes on to the next one's.

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
    """The items that somebody put on the agenda or has prepared, without what every meeting of the group is given."""
    standing = {comparison_key(one.title): one for one in meeting.group.agenda_template.all()}
    items = meeting.agenda_items.select_related("group")
    return [
        item for item in items if is_prepared(item, standing.get(comparison_key(item.title))) and not item.is_carried
    ]


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

"""The start page's meetings: what I have promised, where I meet next, what I report to, and minutes that wait."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Organisation
from agreements.access import seats_held
from agreements.models import Agreement, Group, Seat
from documents.swedish_dates import clock_range_words
from documents.swedish_words import joined
from focus_areas.access import own_organisations
from meetings.access import Capability, may_finish, readable_groups
from meetings.models import ActionPoint, Meeting
from meetings.situation import organisations_of_group, reported_to

MOST_POINTS = 8
MOST_NAMED = 3


@dataclass(frozen=True)
class ComingMeeting:
    """A group's next meeting; before Örat mot marken also who has reported to it."""

    meeting: Meeting
    may_report: bool = False
    # Whom the person reports for; none of them for one who reports for others.
    own: list[Organisation] = field(default_factory=list)
    has_reported: bool = False
    missing: list[Organisation] = field(default_factory=list)

    @property
    def times(self) -> str:
        return f"kl. {clock_range_words(self.meeting.starts_at, self.meeting.ends_at)}"

    @property
    def report_words(self) -> str:
        """Whether one's own organisation has reported; for who has none in the group, which have not."""
        if not self.may_report:
            return ""
        if self.own:
            who = joined(str(one) for one in self.own)
            return f"{who} har rapporterat." if self.has_reported else f"{who} har inte rapporterat än."
        if not self.missing:
            return "Alla organisationer har rapporterat."
        if len(self.missing) > MOST_NAMED:
            return f"{len(self.missing)} organisationer har inte rapporterat än."
        return f"{joined(str(one) for one in self.missing)} har inte rapporterat än."


@dataclass(frozen=True)
class WaitingMinutes:
    """A held meeting whose minutes are not approved, and what it waits for."""

    meeting: Meeting
    is_own: bool

    @property
    def words(self) -> str:
        if not self.meeting.is_under_review:
            return "Protokollet är inte skickat på justering."
        if self.is_own:
            return "På justering. Någon annan som leder mötena justerar."
        return "På justering. Läs och justera."


@dataclass(frozen=True)
class MeetingsOnStart:
    points: list[ActionPoint]
    has_more_points: bool
    coming: list[ComingMeeting]
    minutes: list[WaitingMinutes]

    def __bool__(self) -> bool:
        """Whether there is anything to show beside the minutes."""
        return bool(self.points or self.coming)

    @property
    def to_report(self) -> ComingMeeting | None:
        """The meeting that the person reports to for an organisation of their own, done or not."""
        return next((coming for coming in self.coming if coming.own), None)


def meetings_on_start(*, user, agreement: Agreement, today: datetime.date, now: datetime.datetime) -> MeetingsOnStart:
    """Collect it with at most six queries."""
    seats = [seat for seat in seats_held(user, on=today) if seat.group.agreement_id == agreement.pk]
    readable = readable_groups(user, agreement)
    led = [group for group in readable if user.has_perm(Capability.LEAD_MEETING, group)]
    own = {seat.group_id for seat in seats}
    points = open_points(user, agreement, seats)
    return MeetingsOnStart(
        points=points[:MOST_POINTS],
        has_more_points=len(points) > MOST_POINTS,
        coming=coming_meetings(
            user, [group for group in readable if group.pk in own or group in led], seats, agreement, now=now
        ),
        minutes=waiting_minutes(user, led),
    )


def open_points(user, agreement: Agreement, seats: list[Seat]) -> list[ActionPoint]:
    """The person's own, and those that only an organisation that they speak for is responsible for; the latest first.

    At most one more than there is room for.
    """
    mine = Q(responsible=user)
    if any(seat.function != Seat.Function.READER for seat in seats):
        mine |= Q(responsible__isnull=True, organisation__in=own_organisations(seats))
    points = (
        ActionPoint.objects.of(agreement)
        .open()
        .filter(mine)
        .select_related("group__agreement", "responsible", "organisation", "agenda_item")
        .by_due_date()[: MOST_POINTS + 1]
    )
    return [point for point in points if may_finish(user, point)]


def coming_meetings(
    user, groups: list[Group], seats: list[Seat], agreement: Agreement, *, now: datetime.datetime
) -> list[ComingMeeting]:
    """The next meeting of each group, the first one first."""
    if not groups:
        return []
    meetings = Meeting.objects.filter(group__in=groups).next_of_each_group(at=now).select_related("group__agreement")
    may_report = user.has_perm(Capability.REPORT_OBSERVATIONS, agreement)
    return [
        situation_meeting(meeting, seats) if meeting.is_situation_meeting and may_report else ComingMeeting(meeting)
        for meeting in meetings
    ]


def situation_meeting(meeting: Meeting, seats: list[Seat]) -> ComingMeeting:
    expected = organisations_of_group(meeting.group)
    reported = reported_to(meeting, expected)["reported"]
    own = [seat.organisation for seat in seats if seat.group_id == meeting.group_id]
    return ComingMeeting(
        meeting,
        may_report=True,
        own=own,
        has_reported=bool(own) and {one.pk for one in own} <= reported,
        missing=[one for one in expected if one.pk not in reported],
    )


def waiting_minutes(user, groups: list[Group]) -> list[WaitingMinutes]:
    """Held meetings of the groups that the person leads, whose minutes are not approved; the oldest first."""
    if not groups:
        return []
    meetings = Meeting.objects.filter(group__in=groups).waiting_for_approval().select_related("group")[:MOST_POINTS]
    return [WaitingMinutes(meeting, is_own=meeting.sent_for_review_by_id == user.pk) for meeting in meetings]

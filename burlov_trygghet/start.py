"""What the start page says: what wants me now, by what I may do. Reads only; the clock is an argument."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from agreements.access import Role, roles_in, seats_held
from agreements.models import Agreement, Seat
from burlov_trygghet.start_gaps import Gap, gaps
from burlov_trygghet.start_meetings import MeetingsOnStart, meetings_on_start
from burlov_trygghet.start_reports import ReportsOnStart, reports_on_start
from burlov_trygghet.start_thread import ThreadOnStart, thread_on_start
from focus_areas.access import APPROVALS, Capability, own_organisations
from focus_areas.forms.log import QuickLogForm
from focus_areas.forms.status import StatusUpdateForm
from focus_areas.models import Activity, FollowUp, FollowUpApproval, StatusUpdate
from focus_areas.promises import Promises, party_headings, promises_of
from focus_areas.views.action_plan import tally_of

FOLLOW_UP_HORIZON_DAYS = 30
LONGEST_LIST = 8


@dataclass(frozen=True)
class UpdateCard:
    """An activity that the person's organisation leads, with what was said last and a form to say how it goes."""

    activity: Activity
    latest: StatusUpdate | None
    form: StatusUpdateForm

    @property
    def last_heard_on(self) -> datetime.date | None:
        return timezone.localdate(self.latest.created_at) if self.latest else None


@dataclass(frozen=True)
class StartPage:
    """Everything on the start page; empty lists for what the person has no part in."""

    agreement: Agreement
    today: datetime.date
    due: list[Activity]
    silent: list[Activity]
    to_approve: list[FollowUp]
    cards: list[UpdateCard]
    led_by: str
    joined: list[Activity]
    off_plan: list[Activity]
    tally: list[dict]
    promises: Promises
    decisions: list[Activity]
    log_form: QuickLogForm | None
    meetings: MeetingsOnStart
    gaps: list[Gap]
    thread: ThreadOnStart
    reports: ReportsOnStart

    @property
    def has_work(self) -> bool:
        """Whether activities or minutes want something of the person."""
        wanting = (self.cards, self.due, self.silent, self.off_plan, self.decisions, self.gaps, self.meetings.minutes)
        return any(wanting) or bool(self.thread) or bool(self.reports)

    @property
    def begins_with_meetings(self) -> bool:
        """Nothing of the plan is the person's to do; what they come for is to report, and to meet."""
        return bool(self.meetings) and (not self.has_work or bool(self.meetings.to_report and not self.cards))

    @property
    def overdue_count(self) -> int:
        return sum(activity.next_follow_up_on < self.today for activity in self.due)

    @property
    def on_plan_count(self) -> int:
        return sum(row["count"] for row in self.tally if row["assessment"] == Activity.Assessment.GREEN)

    @property
    def activity_count(self) -> int:
        return sum(row["count"] for row in self.tally)

    @property
    def days_left(self) -> int | None:
        return self.agreement.days_left(on=self.today)


def start_page(*, user, agreement: Agreement, today: datetime.date, now: datetime.datetime) -> StartPage:
    """Collect a person's start page in an agreement at a moment; the number of queries does not grow with rows."""
    activities = list(
        Activity.objects.of(agreement)
        .select_related("focus_area__agreement")
        .with_actors()
        .with_commitments(on=today)
        .with_latest_update()
        .with_last_heard()
        .in_order()
    )
    follow_up = [activity for activity in activities if user.has_perm(Capability.FOLLOW_UP, activity)]
    report = [activity for activity in activities if user.has_perm(Capability.REPORT_STATUS, activity)]
    seats = [seat for seat in seats_held(user, on=today) if seat.group.agreement_id == agreement.pk]
    own = {organisation.pk for organisation in own_organisations(seats)}
    led = [a for a in report if own & {lead.organisation_id for lead in a.leads.all()} and not a.is_finished]
    loggable = [a for a in activities if not a.is_finished and user.has_perm(Capability.LOG_ACTIVITY, a)]
    is_coordinator = Role.COORDINATOR in roles_in(user, agreement, on=today)
    return StartPage(
        agreement=agreement,
        today=today,
        due=due_for_follow_up(follow_up if is_coordinator else led, today=today),
        silent=silent(follow_up, today=today) if is_coordinator else [],
        to_approve=waiting_for_approval(user, agreement),
        cards=[] if is_coordinator else update_cards(led),
        joined=[] if is_coordinator else [a for a in report if a not in led and own & participant_ids(a)],
        led_by=led_by(seats),
        off_plan=[] if follow_up else [activity for activity in activities if activity.is_off_plan],
        log_form=QuickLogForm(activities=loggable, today=today) if loggable else None,
        tally=tally_of(Counter(activity.assessment for activity in activities)),
        promises=promises_of(
            (one for activity in activities for one in activity.current_commitments),
            agreement,
            headings=party_headings(agreement.parties.select_related("organisation__parent__parent")),
            today=today,
        ),
        # Who has update cards sees there what has been asked for.
        decisions=[a for a in activities if a.decision_requested and (is_coordinator or not led)],
        meetings=meetings_on_start(user=user, agreement=agreement, today=today, now=now),
        gaps=gaps(agreement, activities, today=today) if is_coordinator and not agreement.is_closed else [],
        thread=thread_on_start(user=user, agreement=agreement, today=today),
        reports=reports_on_start(user=user, agreement=agreement),
    )


def led_by(seats: list[Seat]) -> str:
    """Who leads, in a heading: Polisen, the organisation's short name, or Ni where there are several."""
    names = {
        seat.organisation.everyday_name if seat.organisation.is_police else str(seat.organisation) for seat in seats
    }
    return names.pop() if len(names) == 1 else "Ni"


def participant_ids(activity: Activity) -> set[int]:
    return {link.organisation_id for link in activity.participations.all()}


def due_for_follow_up(activities: list[Activity], *, today: datetime.date) -> list[Activity]:
    """Those to be followed up within a month, what is late first."""
    horizon = today + datetime.timedelta(days=FOLLOW_UP_HORIZON_DAYS)
    due = [
        activity
        for activity in activities
        if activity.next_follow_up_on and activity.next_follow_up_on <= horizon and not activity.is_finished
    ]
    return sorted(due, key=lambda activity: activity.next_follow_up_on)[:LONGEST_LIST]


def silent(activities: list[Activity], *, today: datetime.date) -> list[Activity]:
    """Those under way that nobody has said anything about for a month, the quietest first."""
    quiet = [activity for activity in activities if activity.is_silent(on=today)]
    return sorted(quiet, key=lambda activity: activity.last_heard_on)[:LONGEST_LIST]


def waiting_for_approval(user, agreement: Agreement) -> list[FollowUp]:
    """Follow-ups that wait for a side the person signs for, each with what the other side does not agree to."""
    sides = [side for side in FollowUpApproval.Side if user.has_perm(APPROVALS[side], agreement)]
    if not sides:
        return []
    dissents = FollowUpApproval.objects.filter(follow_up=OuterRef("pk")).exclude(dissent="")
    return list(
        FollowUp.objects.filter(activity__focus_area__agreement=agreement)
        .awaiting_any(sides)
        .select_related("activity__focus_area")
        .annotate(
            dissent=Subquery(dissents.values("dissent")[:1]), dissenting_side=Subquery(dissents.values("side")[:1])
        )
        .order_by("followed_up_on")[:LONGEST_LIST]
    )


def update_cards(activities: list[Activity]) -> list[UpdateCard]:
    """One card per activity, each with its latest update; one query."""
    latest_ids = [activity.latest_update_id for activity in activities if activity.latest_update_id]
    latest = {update.activity_id: update for update in StatusUpdate.objects.filter(pk__in=latest_ids)}
    return [
        UpdateCard(
            activity=activity,
            latest=latest.get(activity.pk),
            form=StatusUpdateForm(activity=activity, latest=latest.get(activity.pk)),
        )
        for activity in activities
    ]

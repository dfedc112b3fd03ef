"""How every unfinished activity is followed up: who was heard last, what comes next, what waits to be approved.

Reads only; "today" is an argument, and the number of queries does not grow with activities.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Organisation, User
from agreements.models import Agreement
from focus_areas.models import Activity, FollowUp, FollowUpApproval, LogEntry, Reminder, StatusUpdate
from focus_areas.models.activities import LONG_AGO, ActivityQuerySet

OF_THE_MUNICIPALITY = (Organisation.Kind.ADMINISTRATION, Organisation.Kind.UNIT)
POLICE = "Polisen"


@dataclass(frozen=True)
class OverviewRow:
    """One activity, with what tells how it is followed up."""

    activity: Activity
    today: datetime.date
    heard_on: datetime.date | None
    heard_from: str
    waiting: list[FollowUp]
    reminders: list[Reminder]

    @property
    def next_on(self) -> datetime.date | None:
        return self.activity.next_follow_up_on

    @property
    def is_overdue(self) -> bool:
        return bool(self.next_on and self.next_on < self.today)

    @property
    def is_silent(self) -> bool:
        return self.activity.is_silent(on=self.today)

    @property
    def reminded_on(self) -> datetime.date | None:
        return timezone.localdate(self.reminders[0].sent_at) if self.reminders else None

    @property
    def is_reminded_today(self) -> bool:
        return self.reminded_on == self.today

    @property
    def badness(self) -> tuple:
        """What is worst comes first: the latest, then the quietest, what waits, what has no plan, what comes next."""
        if self.is_overdue:
            return (0, self.next_on)
        if self.is_silent:
            return (1, self.heard_on or LONG_AGO)
        if self.waiting:
            return (2, min(follow_up.followed_up_on for follow_up in self.waiting))
        return (3, LONG_AGO) if self.next_on is None else (4, self.next_on)


@dataclass(frozen=True)
class Overview:
    """Every unfinished activity, the worst first; and all follow-ups to approve, those of finished activities too."""

    rows: list[OverviewRow]
    waiting: list[FollowUp]

    @property
    def overdue_count(self) -> int:
        return sum(row.is_overdue for row in self.rows)

    @property
    def silent_count(self) -> int:
        return sum(row.is_silent for row in self.rows)

    @property
    def waiting_by_side(self) -> list[tuple[FollowUpApproval.Side, int]]:
        """How many follow-ups wait for each side."""
        return [(side, sum(side in one.waits_for for one in self.waiting)) for side in FollowUpApproval.Side]

    @property
    def waiting_of_finished(self) -> list[FollowUp]:
        return [follow_up for follow_up in self.waiting if follow_up.activity.is_finished]


def read_overview(agreement: Agreement, *, today: datetime.date) -> Overview:
    """How the agreement's activities are followed up that day."""
    activities = list(
        with_last_voices(Activity.objects.of(agreement).unfinished())
        .select_related("focus_area__agreement", "responsible")
        .with_actors()
        .in_order()
    )
    people = people_with_organisations(last_voice(activity)[1] for activity in activities)
    waiting, reminders = waiting_for_approval(agreement), reminders_sent(agreement)
    rows, waiting_for = [], defaultdict(list)
    for follow_up in waiting:
        waiting_for[follow_up.activity_id].append(follow_up)
    for activity in activities:
        moment, person_id = last_voice(activity)
        rows.append(
            OverviewRow(
                activity=activity,
                today=today,
                heard_on=timezone.localdate(moment) if moment else None,
                heard_from=voice_of(people[person_id]) if person_id else "",
                waiting=waiting_for[activity.pk],
                reminders=reminders[activity.pk],
            )
        )
    return Overview(rows=sorted(rows, key=lambda row: row.badness), waiting=waiting)


def with_last_voices(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Annotate when somebody last logged and last reported something, and who; and `last_heard_on`."""

    def newest(model, name):
        rows = model.objects.filter(activity=OuterRef("pk")).newest_first()
        return Subquery(rows.values(name)[:1])

    return activities.with_last_heard().annotate(
        last_logged_at=newest(LogEntry, "created_at"),
        last_logged_by=newest(LogEntry, "created_by"),
        last_reported_at=newest(StatusUpdate, "created_at"),
        last_reported_by=newest(StatusUpdate, "created_by"),
    )


def last_voice(activity: Activity) -> tuple[datetime.datetime | None, int | None]:
    """When something was last heard, and from whom (needs `with_last_voices`)."""
    voices = [
        (activity.last_logged_at, activity.last_logged_by),
        (activity.last_reported_at, activity.last_reported_by),
    ]
    return max((voice for voice in voices if voice[0]), key=lambda voice: voice[0], default=(None, None))


def people_with_organisations(ids: Iterable[int | None]) -> dict[int, User]:
    people = User.objects.select_related("organisation__parent__parent")
    return people.in_bulk([pk for pk in set(ids) if pk is not None])


def voice_of(person: User) -> str:
    """Whom was heard: Polisen (LPO Kävlinge), Kommunen (SF), Kommunen, Burlövs Bostäder; else the person's name."""
    organisation = person.organisation
    if organisation is None:
        return person.full_name
    own_name = organisation.name if organisation.short_name == POLICE else str(organisation)
    if organisation.is_police:
        return POLICE if organisation.kind == Organisation.Kind.POLICE else f"{POLICE} ({own_name})"
    if organisation.kind in OF_THE_MUNICIPALITY and organisation.root.kind == Organisation.Kind.MUNICIPALITY:
        return f"{organisation.root.everyday_name} ({own_name})"
    return organisation.everyday_name


def waiting_for_approval(agreement: Agreement) -> list[FollowUp]:
    """The follow-ups that at least one side has not approved, the oldest first."""
    follow_ups = FollowUp.objects.filter(activity__focus_area__agreement=agreement)
    return list(
        follow_ups.awaiting_any(FollowUpApproval.Side)
        .with_signatures()
        .select_related("activity__focus_area")
        .order_by("followed_up_on", "pk")
    )


def reminders_sent(agreement: Agreement) -> dict[int, list[Reminder]]:
    """What has been asked about, by activity, the latest first."""
    found = defaultdict(list)
    reminders = Reminder.objects.filter(activity__focus_area__agreement=agreement)
    for reminder in reminders.select_related("recipient", "sent_by").order_by("-sent_at", "-pk"):
        found[reminder.activity_id].append(reminder)
    return found

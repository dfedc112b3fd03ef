"""Asking people again about activities, before it is late."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement
from documents.mail import MailRound, NotSent
from focus_areas.emails import send_reminder
from focus_areas.models import Activity, Reminder
from focus_areas.models.activities import LONG_AGO
from focus_areas.recipients import NOBODY, Recipients, recipients_in
from focus_areas.reminders import Asked, Asking, occasion_by_hand, occasions

NOT_SENT = "Påminnelsen gick inte att skicka. Försök igen om en stund."


@dataclass
class Wanted:
    """What to ask one person in an agreement about."""

    recipient: User
    askings: list[tuple[Activity, list[Asking]]]


@dataclass(frozen=True)
class Outcome:
    """What a round of reminders came to: how many mails and reminders, and who was not reached."""

    wanted: list[Wanted]
    not_reached: list[User]
    without_recipient: list[Activity]

    @property
    def reached(self) -> list[Wanted]:
        return [one for one in self.wanted if one.recipient not in self.not_reached]


def send_reminders(*, today: datetime.date, site: str, dry_run: bool = False) -> Outcome:
    """Ask those who are to be asked today, one mail each and agreement; a second time the same day asks nobody more."""
    wanted, not_reached, without_recipient = [], [], []
    with MailRound() as mails:
        for agreement in Agreement.objects.in_force(on=today).select_related("municipality"):
            recipients = recipients_in(agreement, on=today)
            found, nobody = what_to_ask(to_ask_about(agreement), recipients, today=today)
            wanted += found
            without_recipient += nobody
            for one in () if dry_run else found:
                answers_to = recipients.coordinator_beside(one.recipient)
                try:
                    ask(one.recipient, one.askings, today=today, site=site, mails=mails, answers_to=answers_to)
                except ValidationError:
                    not_reached.append(one.recipient)
    return Outcome(wanted, not_reached, without_recipient)


def to_ask_about(agreement: Agreement):
    """The agreement's unfinished activities, with what tells whether to ask about them; two queries."""
    activities = Activity.objects.of(agreement).unfinished().with_last_heard().select_related("responsible")
    return activities.select_related("focus_area__agreement").prefetch_related("reminders").in_order()


def what_to_ask(
    activities: Iterable[Activity], recipients: Recipients, *, today: datetime.date
) -> tuple[list[Wanted], list[Activity]]:
    """What to ask each person about today, and the activities about which there is nobody to ask."""
    by_person, nobody = {}, []
    for activity in activities:
        asked = asked_about(activity)
        askings = occasions(
            today=today,
            next_follow_up_on=activity.next_follow_up_on,
            last_heard_on=silent_since(activity),
            asked=asked,
        )
        if not askings:
            continue
        recipient = recipients.of(activity)
        if recipient is None:
            nobody.append(activity)
            continue
        by_person.setdefault(recipient.pk, Wanted(recipient, [])).askings.append((activity, askings))
    return list(by_person.values()), nobody


def asked_about(activity: Activity) -> list[Asked]:
    return [Asked(one.occasion, one.due_on, timezone.localdate(one.sent_at)) for one in activity.reminders.all()]


def silent_since(activity: Activity) -> datetime.date | None:
    """The day from which silence is counted: its first where nothing was ever heard; None for what has not begun."""
    if activity.status == Activity.Status.NOT_STARTED:
        return None
    return activity.starts_on if activity.last_heard_on == LONG_AGO else activity.last_heard_on


@transaction.atomic
def ask(
    recipient: User,
    askings: list[tuple[Activity, list[Asking]]],
    *,
    today: datetime.date,
    site: str,
    mails: MailRound,
    by: User | None = None,
    answers_to: User | None = None,
) -> None:
    """Keep that a person is asked, and mail them once that is kept. What is not mailed is not kept.

    An answer to the mail goes to `answers_to`.

    Raises:
        ValidationError: the mail server did not take it.
    """
    activities = [activity.pk for activity, _ in askings]
    # Who asks at the same time waits here, and finds below what this one has asked.
    list(Activity.objects.select_for_update(of=("self",)).filter(pk__in=activities).order_by("pk"))
    already = defaultdict(set)
    for reminder in Reminder.objects.filter(activity__in=activities):
        already[reminder.activity_id].add((reminder.occasion, reminder.due_on, timezone.localdate(reminder.sent_at)))
    about = []
    for activity, wanted in askings:
        new = [asking for asking in wanted if not was_asked(asking, already[activity.pk], today=today, by=by)]
        if new:
            about.append((activity, [keep(activity, asking, recipient=recipient, by=by) for asking in new]))
    if not about:
        return

    def mail():
        try:
            send_reminder(
                recipient=recipient,
                about=about,
                site=site,
                today=today,
                mails=mails,
                by=by,
                reply_to=answers_to.email if answers_to else None,
            )
        except NotSent as error:
            Reminder.objects.filter(pk__in=[one.pk for _, reminders in about for one in reminders]).delete()
            raise ValidationError(NOT_SENT) from error

    transaction.on_commit(mail)


def was_asked(asking: Asking, already: set, *, today: datetime.date, by: User | None) -> bool:
    """By the round: ever, on that occasion. By hand: today, on any."""
    if by is not None:
        return any(day == today for _, _, day in already)
    return any((occasion, due_on) == (asking.occasion, asking.due_on) for occasion, due_on, _ in already)


def keep(activity: Activity, asking: Asking, *, recipient: User, by: User | None) -> Reminder:
    return Reminder.objects.create(
        activity=activity, occasion=asking.occasion, due_on=asking.due_on, recipient=recipient, sent_by=by
    )


@transaction.atomic
def remind(*, activity: Activity, by: User, today: datetime.date, site: str) -> User:
    """Ask the responsible person about the activity now, else the coordinator; return who was asked.

    Raises:
        ValidationError: there is nobody to ask, nothing to ask about, or it has been asked today.
    """
    activity = to_ask_about(activity.agreement).filter(pk=activity.pk).first()
    if activity is None:
        raise ValidationError("Aktiviteten är avslutad. Det finns inget att påminna om.")
    for asked in sorted(activity.reminders.all(), key=lambda one: one.sent_at):
        if timezone.localdate(asked.sent_at) == today:
            raise ValidationError(f"{asked.recipient} har redan påmints om aktiviteten i dag.")
    asking = occasion_by_hand(
        today=today, next_follow_up_on=activity.next_follow_up_on, last_heard_on=silent_since(activity)
    )
    if asking is None:
        raise ValidationError("Aktiviteten har inte börjat och ingen uppföljning är planerad. Planera en först.")
    recipient = recipients_in(activity.agreement, on=today).of(activity)
    if recipient is None:
        raise ValidationError(NOBODY)
    if recipient == by:
        raise ValidationError("Det är du själv som skulle påminnas: du är ansvarig, eller ingen annan kan nås.")
    mails = MailRound()
    ask(recipient, [(activity, [asking])], today=today, site=site, mails=mails, by=by, answers_to=by)
    transaction.on_commit(mails.hang_up)
    return recipient

"""Who is sent an issued report, and who has read it."""

import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from documents.mail import MailRound, NotSent
from privacy.leaving import PersonalDataLeaving
from reports import emails
from reports.first_page import Asked, decisions_asked
from reports.issued_pages import read_issued
from reports.models import Report, ReportDelivery, ReportReading
from reports.readers import receivers_of

logger = logging.getLogger("reports")

HOLDS_PERSONAL_DATA = "Rubriken eller ett begärt beslut innehåller ett personnummer. Gör en rättad rapport."


@dataclass(frozen=True)
class Delivered:
    """What came of a round of mails."""

    reached: tuple[User, ...] = ()
    not_reached: tuple[User, ...] = ()


def deliver(*, report: Report, by: User, site: str) -> Delivered:
    """Mail the link to everybody in the receiving groups who has not had it, one mail each over one connection.

    Call it outside any transaction, once the report is issued; calling it again reaches those who were not reached,
    and those who have come since. Who is not reached keeps why, and does not keep the others from theirs.
    """
    if not report.is_issued:
        return Delivered()
    receivers = {one.user.pk: one for one in receivers_of(report, on=timezone.localdate())}
    ReportDelivery.objects.bulk_create(
        [ReportDelivery(report=report, user=one.user, group=one.group) for one in receivers.values()],
        ignore_conflicts=True,
    )
    waiting = report.deliveries.filter(user__in=receivers, sent_at=None).select_related("user")
    mailed = []
    for delivery in waiting:
        if reason := receivers[delivery.user_id].why_not_mailed:
            note_not_sent([delivery], reason)
        else:
            mailed.append(delivery)
    reached = send_to(mailed, report=report, by=by, site=site) if mailed else []
    logger.info("report %s mailed to %s of %s", report.pk, len(reached), len(waiting))
    return Delivered(
        reached=tuple(one.user for one in reached),
        not_reached=tuple(one.user for one in waiting if one not in reached),
    )


def send_to(deliveries: Sequence[ReportDelivery], *, report: Report, by: User, site: str) -> list[ReportDelivery]:
    """Send each their mail; return those that went."""
    try:
        context = emails.issued_mail(report=report, asked=what_is_asked(report), site=site, by=by)
    except PersonalDataLeaving:
        note_not_sent(deliveries, HOLDS_PERSONAL_DATA)
        return []
    reached = []
    with MailRound() as mails:
        for delivery in deliveries:
            if not claim(delivery, now=timezone.now()):
                continue
            try:
                emails.send_issued(context, recipient=delivery.user, mails=mails)
            except NotSent as error:
                give_back(delivery, emails.why_not_sent(error))
            else:
                reached.append(delivery)
    return reached


def what_is_asked(report: Report) -> tuple[Asked, ...]:
    """The decisions that the report asks for, as they were frozen; those written in it where that cannot be read."""
    if content := read_issued(report).content:
        return decisions_asked(content)
    return tuple(Asked("", line.strip()) for line in report.decisions_asked.splitlines() if line.strip())


def claim(delivery: ReportDelivery, *, now: datetime.datetime) -> bool:
    """Take on the sending, so that two rounds at once send one mail; False where the other has."""
    return bool(ReportDelivery.objects.filter(pk=delivery.pk, sent_at=None).update(sent_at=now, error=""))


def give_back(delivery: ReportDelivery, reason: str) -> None:
    """Let what was taken on be tried again."""
    ReportDelivery.objects.filter(pk=delivery.pk).update(sent_at=None, error=reason)


def note_not_sent(deliveries: Iterable[ReportDelivery], reason: str) -> None:
    waiting = ReportDelivery.objects.filter(pk__in=[one.pk for one in deliveries], sent_at=None)
    waiting.update(error=reason)


def note_reading(*, report: Report, user: User, now: datetime.datetime) -> None:
    """Count that the person opened the issued report. The page is shown whether that can be kept or not."""
    if not report.is_issued:
        return
    mine = ReportReading.objects.filter(report=report, user=user)
    try:
        with transaction.atomic():
            # Two pages opened at once: whoever comes first makes the row, both are counted.
            if not mine.update(times=F("times") + 1, last_read_at=now):
                first = ReportReading(report=report, user=user, first_read_at=now, last_read_at=now, times=0)
                ReportReading.objects.bulk_create([first], ignore_conflicts=True)
                mine.update(times=F("times") + 1, last_read_at=now)
    except DatabaseError:
        logger.exception("reading of report %s was not kept", report.pk)

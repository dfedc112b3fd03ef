"""The mails about activities: one function each, with a pair of templates in `templates/emails/`."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from documents.mail import MailRound, write_mail
from focus_areas.models import Activity, Reminder

REMINDER = ("emails/reminder_subject.txt", "emails/reminder_body.txt")


def send_reminder(
    *,
    recipient: User,
    about: Sequence[tuple[Activity, Sequence[Reminder]]],
    site: str,
    today: datetime.date,
    mails: MailRound,
    by: User | None = None,
    reply_to: str | None = None,
) -> None:
    """Ask a person about activities, all in one mail.

    Raises:
        NotSent: the mail server did not take it.
    """
    rows = [
        {
            "activity": activity,
            "reminders": reminders,
            "link": site + activity.get_absolute_url(),
            "follow_up_link": site + reverse("focus_areas:follow_up_create", args=[activity.pk]),
        }
        for activity, reminders in about
    ]
    context = {"person": recipient, "rows": rows, "by": by, "today": today, "portal_name": settings.PORTAL_NAME}
    mails.send(write_mail(REMINDER, context, to=recipient.email, reply_to=reply_to))

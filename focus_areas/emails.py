"""The mails about activities: one function each, with a pair of templates in `templates/emails/`."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from focus_areas.models import Activity, Reminder


def send_reminder(
    *,
    recipient: User,
    about: Sequence[tuple[Activity, Sequence[Reminder]]],
    site: str,
    today: datetime.date,
    by: User | None = None,
) -> None:
    """Ask a person about activities, all in one mail. Raises OSError where the mail server does not take it."""
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
    send_mail(
        " ".join(render_to_string("emails/reminder_subject.txt", context).split()),
        render_to_string("emails/reminder_body.txt", context),
        None,
        [recipient.email],
    )

"""The mail about an issued report: a link, never the file, for what is read in the portal stays there."""

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from accounts.models import User
from privacy.leaving import refuse_personal_data
from reports.first_page import Asked
from reports.models import Report

# The reports ask for a handful; who asks for more is read in the report.
DECISIONS_NAMED = 10

NOT_AN_ADDRESS = "E-postservern tog inte emot adressen. Kontrollera den och skicka igen."
NO_ANSWER = "E-postservern svarade inte. Skicka igen om en stund."
NOT_TAKEN = "E-postservern tog inte emot mejlet. Skicka igen om en stund."


def issued_mail(*, report: Report, asked: Sequence[Asked], site: str, by: User) -> dict:
    """What the mail says to everybody.

    Raises:
        PersonalDataLeaving: its title or something that it asks for holds a personal number.
    """
    replaced = report.replaces
    texts = [("Rubrik", report.title), ("Rättelse", report.correction_reason)]
    texts += [("Beslut som begärs", f"{one.activity} {one.text}") for one in asked]
    texts += [("Rubrik", replaced.title)] if replaced else []
    refuse_personal_data(texts, what="Mejlet")
    return {
        "report": report,
        "replaced": replaced,
        "asked": asked[:DECISIONS_NAMED],
        "asked_left_out": max(0, len(asked) - DECISIONS_NAMED),
        "link": site + report.get_absolute_url(),
        "by": by,
        "portal_name": settings.PORTAL_NAME,
    }


def send_issued(context: dict, *, recipient: User, connection: BaseEmailBackend) -> None:
    """Send one person the link. Raises OSError or ValueError where the mail server does not take it."""
    by = context["by"]
    EmailMessage(
        " ".join(render_to_string("emails/report_issued_subject.txt", context).split()),
        render_to_string("emails/report_issued_body.txt", context | {"person": recipient}),
        to=[recipient.email],
        reply_to=[by.email] if by.email else [],
        connection=connection,
    ).send()


def why_not_taken(error: Exception) -> str:
    """What went wrong, as the person who sends it can use it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | ValueError):
        return NOT_AN_ADDRESS
    return NOT_TAKEN

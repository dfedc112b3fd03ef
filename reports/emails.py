"""The mail about an issued report: a link, never the file, for what is read in the portal stays there."""

from collections.abc import Sequence

from django.conf import settings

from accounts.models import User
from documents.mail import MailRound, NotSent, write_mail
from privacy.leaving import refuse_personal_data
from reports.first_page import Asked
from reports.models import Report

# The reports ask for a handful; who asks for more is read in the report.
DECISIONS_NAMED = 10

ISSUED = ("emails/report_issued_subject.txt", "emails/report_issued_body.txt")
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


def send_issued(context: dict, *, recipient: User, mails: MailRound) -> None:
    """Send one person the link.

    Raises:
        NotSent: the mail server did not take it.
    """
    content = context | {"person": recipient}
    mails.send(write_mail(ISSUED, content, to=recipient.email, reply_to=context["by"].email))


def why_not_sent(error: NotSent) -> str:
    """What went wrong, as the person who sends it can use it."""
    if error.is_gone:
        return NO_ANSWER
    return NOT_AN_ADDRESS if error.is_address else NOT_TAKEN

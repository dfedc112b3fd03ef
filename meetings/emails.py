"""The mails about meetings: one function each, with a pair of templates in `templates/emails/`.

Everybody gets a mail of their own, so that nobody's address is shown to the others. What can only be read in the
portal stays there: a mail has the link, not the file.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from documents.mail import MailRound, NotSent, Templates, write_mail
from meetings.models import Meeting
from privacy.leaving import refuse_personal_data

CALL = ("emails/meeting_call_subject.txt", "emails/meeting_call_body.txt")
MINUTES = ("emails/meeting_minutes_subject.txt", "emails/meeting_minutes_body.txt")
NOT_TAKEN = "Mejlet gick inte att skicka. Inget är skickat. Försök igen om en stund."


def send_call(*, meeting: Meeting, recipients: Sequence[User], greeting: str, site: str, by: User) -> list[User]:
    """Call people to a meeting. Returns those whose mail the server did not take.

    Raises:
        ValidationError: the mail holds a personal number, or the server took none.
    """
    titles = [
        f"{number}. {item.title}" for number, item in enumerate(meeting.agenda_items.all(), 1) if not item.is_internal
    ]
    context = {
        "titles": titles,
        "paper_link": site + reverse("meetings:meeting_call_pdf", args=[meeting.pk]),
        "calendar_link": site + reverse("meetings:meeting_ics", args=[meeting.pk]),
    }
    refuse_personal_data([("Dagordning", title) for title in titles], what="Mejlet")
    return send_to_each(CALL, context, meeting, recipients, greeting=greeting, site=site, by=by)


def send_minutes(*, meeting: Meeting, recipients: Sequence[User], greeting: str, site: str, by: User) -> list[User]:
    """Tell people that the minutes are there. Returns those whose mail the server did not take.

    Raises:
        ValidationError: the greeting holds a personal number, or the server took no mail.
    """
    context = {"paper_link": site + reverse("meetings:meeting_minutes_pdf", args=[meeting.pk])}
    return send_to_each(MINUTES, context, meeting, recipients, greeting=greeting, site=site, by=by)


def send_to_each(
    templates: Templates,
    context: dict,
    meeting: Meeting,
    recipients: Sequence[User],
    *,
    greeting: str,
    site: str,
    by: User,
) -> list[User]:
    """Send each their own mail of the templates."""
    refuse_personal_data([("Hälsning", greeting), ("Plats", meeting.place)], what="Mejlet")
    context = context | {
        "meeting": meeting,
        "greeting": greeting,
        "by": by,
        "meeting_link": site + meeting.get_absolute_url(),
        "portal_name": settings.PORTAL_NAME,
    }
    not_reached = []
    with MailRound() as mails:
        for person in recipients:
            mail = write_mail(templates, context | {"person": person}, to=person.email, reply_to=by.email)
            try:
                mails.send(mail)
            except NotSent:
                not_reached.append(person)
    if recipients and len(not_reached) == len(recipients):
        raise ValidationError(NOT_TAKEN)
    return not_reached

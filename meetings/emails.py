"""The mails about meetings: one function each, with a pair of templates in `templates/emails/`.

Everybody gets a mail of their own, so that nobody's address is shown to the others. What can only be read in the
portal stays there: a mail has the link, not the file.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from meetings.models import Meeting
from privacy.leaving import refuse_personal_data

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
    templates = ("emails/meeting_call_subject.txt", "emails/meeting_call_body.txt")
    return send_to_each(templates, context, meeting, recipients, greeting=greeting, site=site, by=by)


def send_minutes(*, meeting: Meeting, recipients: Sequence[User], greeting: str, site: str, by: User) -> list[User]:
    """Tell people that the minutes are there. Returns those whose mail the server did not take.

    Raises:
        ValidationError: the greeting holds a personal number, or the server took no mail.
    """
    context = {"paper_link": site + reverse("meetings:meeting_minutes_pdf", args=[meeting.pk])}
    templates = ("emails/meeting_minutes_subject.txt", "emails/meeting_minutes_body.txt")
    return send_to_each(templates, context, meeting, recipients, greeting=greeting, site=site, by=by)


def send_to_each(
    templates: tuple[str, str],
    context: dict,
    meeting: Meeting,
    recipients: Sequence[User],
    *,
    greeting: str,
    site: str,
    by: User,
) -> list[User]:
    """Send each their own; `templates` are the subject's and the body's."""
    subject_template, body_template = templates
    refuse_personal_data([("Hälsning", greeting), ("Plats", meeting.place)], what="Mejlet")
    context = context | {
        "meeting": meeting,
        "greeting": greeting,
        "by": by,
        "meeting_link": site + meeting.get_absolute_url(),
        "portal_name": settings.PORTAL_NAME,
    }
    subject = " ".join(render_to_string(subject_template, context).split())
    reply_to = [by.email] if by.email else []
    not_reached = []
    connection = get_connection()
    try:
        connection.open()
        for person in recipients:
            body = render_to_string(body_template, context | {"person": person})
            message = EmailMessage(subject, body, to=[person.email], reply_to=reply_to, connection=connection)
            try:
                message.send()
            except OSError:
                not_reached.append(person)
    except OSError as error:
        raise ValidationError(NOT_TAKEN) from error
    finally:
        connection.close()
    if recipients and len(not_reached) == len(recipients):
        raise ValidationError(NOT_TAKEN)
    return not_reached

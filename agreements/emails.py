"""The mails that are sent from here: one function each, with a pair of templates in `templates/emails/`."""

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from documents.mail import NotSent, send_mail, write_mail
from documents.swedish_dates import number_word

INVITATION = ("emails/invitation_subject.txt", "emails/invitation_body.txt")
SECONDS_IN_DAY = 24 * 60 * 60


def send_invitation(*, person: User, by: User, link: str) -> None:
    """Tell a person how to choose a password and sign in.

    Raises:
        ValidationError: the mail server did not take it.
    """
    context = {
        "person": person,
        "by": by,
        "link": link,
        "days": number_word(settings.PASSWORD_RESET_TIMEOUT // SECONDS_IN_DAY),
        "portal_name": settings.PORTAL_NAME,
    }
    try:
        send_mail(write_mail(INVITATION, context, to=person.email, reply_to=by.email))
    except NotSent as error:
        raise ValidationError("Inbjudan gick inte att skicka. Försök igen om en stund.") from error

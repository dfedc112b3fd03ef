"""The mails that are sent from here: one function each, with a pair of templates in `templates/emails/`."""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from agreements.models import Membership, Seat
from documents.mail import NotSent, Templates, send_mail, write_mail
from documents.swedish_dates import number_word

logger = logging.getLogger(__name__)

INVITATION = ("emails/invitation_subject.txt", "emails/invitation_body.txt")
NEW_ADDRESS = ("emails/new_address_subject.txt", "emails/new_address_body.txt")
INVITATION_ANSWER = ("emails/invitation_answer_subject.txt", "emails/invitation_answer_body.txt")
WORK_LEFT = ("emails/work_left_subject.txt", "emails/work_left_body.txt")
NEW_SPEAKER = ("emails/new_speaker_subject.txt", "emails/new_speaker_body.txt")
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


def send_quietly(templates: Templates, context: dict, *, to: list[str]) -> None:
    """Send what nobody waits for an answer to; a mail server that is away is written to the log."""
    if not to:
        return
    context = context | {"portal_name": settings.PORTAL_NAME}
    for address in dict.fromkeys(to):
        try:
            send_mail(write_mail(templates, context, to=address))
        except NotSent:
            logger.exception("A mail was not sent: %s", templates[0])


def tell_of_new_address(*, person: User, old: str | None, new: str | None) -> None:
    """Tell the old address and the new one that one has taken the other's place."""
    to = [address for address in (old, new) if address]
    send_quietly(NEW_ADDRESS, {"person": person, "old": old, "new": new}, to=to)


def coordinators_of(agreements) -> list[str]:
    """The addresses of those who coordinate the agreements today and can sign in."""
    holdings = Membership.objects.held(on=timezone.localdate()).filter(
        seat__group__agreement__in=list(agreements),
        seat__function=Seat.Function.COORDINATOR,
        user__is_active=True,
        user__has_account=True,
    )
    return list(holdings.exclude(user__email=None).values_list("user__email", flat=True).distinct())


def tell_of_answer(*, person: User, memberships: list[Membership], says_yes: bool) -> None:
    """Tell the coordinators that somebody has said yes or no to seats."""
    agreements = {membership.agreement for membership in memberships}
    context = {"person": person, "memberships": memberships, "says_yes": says_yes}
    send_quietly(INVITATION_ANSWER, context, to=coordinators_of(agreements))


def tell_of_work_left(*, person: User, work: list, by: User) -> None:
    """Tell the coordinators of each agreement what lies with somebody who has left."""
    for agreement in {one.agreement for one in work}:
        context = {"person": person, "work": [one for one in work if one.agreement == agreement], "by": by}
        send_quietly(WORK_LEFT, context | {"agreement": agreement}, to=coordinators_of([agreement]))


def tell_of_new_speaker(*, membership: Membership, to: list[str]) -> None:
    """Tell a party's other people that somebody has been given a seat that speaks for them."""
    send_quietly(NEW_SPEAKER, {"membership": membership, "seat": membership.seat}, to=to)

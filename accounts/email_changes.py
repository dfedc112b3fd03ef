"""Another address for somebody who signs in: confirmed with a signed link, and told to both addresses (ADR 28).

Whoever asks for themselves confirms by the new address: they have shown who they are by their password. Whoever asks
for somebody else is answered by the old address: with the address goes the account.
"""

import logging
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.history import recording
from accounts.models import User
from documents.mail import NotSent, Templates, send_mail, write_mail

logger = logging.getLogger(__name__)
SALT = "accounts.email_changes"
CHANGE = ("emails/email_change_subject.txt", "emails/email_change_body.txt")
ASKED = ("emails/email_change_asked_subject.txt", "emails/email_change_asked_body.txt")
CHANGED = ("emails/email_changed_subject.txt", "emails/email_changed_body.txt")
NO_LONGER = "Länken gäller inte längre. Begär ändringen en gång till."


@dataclass(frozen=True)
class EmailChange:
    """A change that has been asked for: whose, from what and to what."""

    person: User
    old: str
    new: str

    @property
    def key(self) -> str:
        return signing.dumps({"person": self.person.pk, "old": self.old, "new": self.new}, salt=SALT)

    @classmethod
    def read(cls, key: str) -> "EmailChange":
        """Read a link's key.

        Raises:
            ValidationError: it is no key of ours, too old, or the address has changed since it was sent.
        """
        try:
            asked = signing.loads(key, salt=SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
        except signing.BadSignature as error:
            raise ValidationError(NO_LONGER) from error
        person = User.objects.filter(pk=asked["person"], email=asked["old"], has_account=True, is_active=True).first()
        if person is None:
            raise ValidationError(NO_LONGER)
        return cls(person=person, old=asked["old"], new=asked["new"])


def ask_for_email_change(*, person: User, new: str, by: User, site_url: str) -> None:
    """Send the link to the address that is to confirm, and word to the other; the same whoever has the new one."""
    change = EmailChange(person=person, old=person.email, new=new)
    link = site_url.rstrip("/") + reverse("email_change_confirm", args=[change.key])
    asks, hears = (change.new, change.old) if by == person else (change.old, change.new)
    context = {"change": change, "by": by}
    transaction.on_commit(lambda: send(CHANGE, context | {"link": link}, to=asks))
    transaction.on_commit(lambda: send(ASKED, context, to=hears))


@transaction.atomic
def confirm_email_change(key: str) -> EmailChange:
    """Let the new address take the old one's place.

    Raises:
        ValidationError: the link no longer holds, or somebody signs in with the new address.
    """
    change = EmailChange.read(key)
    person = User.objects.select_for_update().get(pk=change.person.pk)
    if person.email != change.old:
        raise ValidationError(NO_LONGER)
    person.email = change.new
    if User.objects.others_with_account(person).exists():
        raise ValidationError("Ett annat konto har den nya adressen. Ändringen går inte att göra.")
    # allauth remembers addresses that links have been sent to; an old one must not open the account.
    EmailAddress.objects.filter(user=person).delete()
    with recording(by=person, reason="Bekräftad med en länk"):
        person.save(update_fields=["email"])
    for address in (change.old, change.new):
        transaction.on_commit(lambda to=address: send(CHANGED, {"change": change}, to=to))
    return change


def send(templates: Templates, context: dict, *, to: str) -> None:
    context = context | {"portal_name": settings.PORTAL_NAME}
    try:
        send_mail(write_mail(templates, context, to=to))
    except NotSent:
        logger.exception("A mail was not sent: %s", templates[0])

"""Organisations and people."""

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.history import recording
from accounts.models import Organisation, User
from accounts.password_links import password_path
from agreements.emails import send_invitation, tell_of_answer, tell_of_new_address, tell_of_work_left
from agreements.models import Agreement, Membership
from agreements.open_work import hand_over, open_work
from agreements.people import invitations_to


@transaction.atomic
def add_organisation(*, organisation: Organisation, agreement: Agreement, by: User) -> Organisation:
    """Let an organisation, new or known since before, take part in an agreement."""
    with recording(by=by):
        if organisation.pk is None:
            organisation.save()
        agreement.organisations.add(organisation)
    return organisation


@transaction.atomic
def add_contact(*, person: User, by: User) -> User:
    """Register a person without a password: can sit in a group, but not sign in until invited."""
    person.set_unusable_password()
    with recording(by=by):
        person.save()
    return person


@transaction.atomic
def change_person(*, person: User, fields: list[str], by: User) -> User:
    """Save some fields of a person. With another address, both old and new are told, and what waits must be redone.

    A link that was sent to the old address no longer opens anything, and what the parties have confirmed of the person
    is confirmed anew: it was said of whoever reads the old address.

    Raises:
        ValidationError: the address is changed of somebody who signs in with it.
    """
    saved = User.objects.select_for_update().get(pk=person.pk)
    has_new_address = "email" in fields and person.email != saved.email
    if has_new_address:
        if not has_changeable_email(saved):
            raise ValidationError(f"{person} loggar in med sin e-postadress. Den kan inte ändras här.")
        # allauth remembers addresses that links have been sent to; an old one must not open the account.
        EmailAddress.objects.filter(user=person).delete()
        if saved.invited_at:
            transaction.on_commit(lambda: tell_of_new_address(person=person, old=saved.email, new=person.email))
        User.objects.filter(pk=person.pk).update(invited_at=None)
        person.invited_at = None
    with recording(by=by):
        person.save(update_fields=fields)
        if has_new_address and not by.is_superuser:
            withdraw_confirmations(person=person)
    return person


def withdraw_confirmations(*, person: User) -> None:
    """Let the parties say anew that the person speaks for them. Needs a surrounding recording."""
    for membership in person.memberships.filter(confirmed_for__isnull=False):
        membership.confirmed_for = membership.confirmed_by = membership.confirmed_at = None
        membership.save(update_fields=["confirmed_for", "confirmed_by", "confirmed_at"])


def has_changeable_email(person: User) -> bool:
    """Others may change the address only of people who cannot sign in: with the address goes the account."""
    return not (person.has_account or person.is_staff or person.is_superuser)


def why_not_invite(person: User) -> str:
    """Why a person cannot be invited to sign in, in Swedish; nothing when it is possible."""
    if not person.is_active:
        return f"{person} är inaktiverad och kan inte bjudas in."
    if not person.email:
        return f"{person} har ingen e-postadress att skicka inbjudan till."
    if person.has_usable_password():
        return f"{person} har redan ett lösenord."
    return ""


@transaction.atomic
def invite_person(*, person: User, by: User, site_url: str) -> None:
    """Send a contact the link that lets them choose a password and sign in.

    Raises:
        ValidationError: the person is deactivated, has no address or has a password; or the mail could not be sent.
    """
    if reason := why_not_invite(person):
        raise ValidationError(reason)
    User.objects.filter(pk=person.pk).update(invited_at=timezone.now())
    person.refresh_from_db(fields=["invited_at"])
    link = site_url.rstrip("/") + password_path(person)
    transaction.on_commit(lambda: send_invitation(person=person, by=by, link=link))


@transaction.atomic
def deactivate_person(
    *, person: User, on: datetime.date, reason: str, by: User, work_goes_to: User | None = None
) -> User:
    """Shut a person out from today on, and leave their seats vacant. Nothing is deleted: the history names them.

    What the person was to do goes to `work_goes_to`; without anybody it stays, marked until somebody takes it on.

    Raises:
        ValidationError: the person runs the portal, is oneself, or is deactivated already.
    """
    saved = User.objects.select_for_update().get(pk=person.pk)
    if saved.is_staff or saved.is_superuser:
        raise ValidationError(f"{person} förvaltar portalen och kan inte inaktiveras här.")
    if saved.pk == by.pk:
        raise ValidationError("Du kan inte inaktivera dig själv.")
    if not saved.is_active:
        raise ValidationError(f"{person} är redan inaktiverad.")
    with recording(by=by, reason=reason):
        if work_goes_to is not None:
            hand_over(work=[one for one in open_work(person) if one.can_go_to(work_goes_to)], to=work_goes_to)
        for holding in person.memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)):
            if holding.starts_on > on:
                holding.delete()
                continue
            holding.ends_on = on
            holding.save(update_fields=["ends_on"])
        person.is_active = False
        person.save(update_fields=["is_active"])
    left = open_work(person)
    transaction.on_commit(lambda: tell_of_work_left(person=person, work=left, by=by))
    return person


@transaction.atomic
def accept_invitation(*, contact: User, on: datetime.date, by: User) -> list[Membership]:
    """Let the person take over the seats that the contact holds for them, and the contact's work; then it is done with.

    Raises:
        ValidationError: the seats are the person's no more, or the address is not.
    """
    contact = User.objects.select_for_update().get(pk=contact.pk)
    if not invitations_to(by, on=on).filter(pk=contact.pk).exists():
        raise ValidationError("Inbjudan gäller inte längre.")
    held = list(
        contact.memberships.overlapping(starts_on=on, ends_on=None).select_related("seat__group__agreement", "seat")
    )
    with recording(by=by, reason="Tackade ja till inbjudan"):
        for membership in held:
            membership.user = by
            membership.save(update_fields=["user"])
        hand_over(work=open_work(contact), to=by)
        contact.is_active = False
        contact.save(update_fields=["is_active"])
    transaction.on_commit(lambda: tell_of_answer(person=by, memberships=held, says_yes=True))
    return held


@transaction.atomic
def decline_invitation(*, contact: User, on: datetime.date, by: User) -> None:
    """Say no: the invitation waits no more, and the agreement's coordinators are told."""
    if not invitations_to(by, on=on).filter(pk=contact.pk).exists():
        raise ValidationError("Inbjudan gäller inte längre.")
    held = list(contact.memberships.overlapping(starts_on=on, ends_on=None).select_related("seat__group__agreement"))
    User.objects.filter(pk=contact.pk).update(invited_at=None)
    transaction.on_commit(lambda: tell_of_answer(person=contact, memberships=held, says_yes=False))

"""Organisations and people."""

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.history import recording
from accounts.models import Organisation, User
from accounts.password_links import password_path
from agreements.emails import send_invitation
from agreements.models import Agreement


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
    """Save some fields of a person.

    Raises:
        ValidationError: the address is changed of somebody who signs in with it.
    """
    saved = User.objects.select_for_update().get(pk=person.pk)
    if "email" in fields and person.email != saved.email:
        if not has_changeable_email(saved):
            raise ValidationError(f"{person} loggar in med sin e-postadress. Den kan inte ändras här.")
        # allauth remembers addresses that links have been sent to; an old one must not open the account.
        EmailAddress.objects.filter(user=person).delete()
    with recording(by=by):
        person.save(update_fields=fields)
    return person


def has_changeable_email(person: User) -> bool:
    """Others may change the address only of people who cannot sign in: with the address goes the account."""
    return not (person.has_usable_password() or person.is_staff or person.is_superuser)


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
    link = site_url.rstrip("/") + password_path(person)
    transaction.on_commit(lambda: send_invitation(person=person, by=by, link=link))


@transaction.atomic
def deactivate_person(*, person: User, on: datetime.date, reason: str, by: User) -> User:
    """Shut a person out from today on, and leave their seats vacant. Nothing is deleted: the history names them.

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
        for holding in person.memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)):
            if holding.starts_on > on:
                holding.delete()
                continue
            holding.ends_on = on
            holding.save(update_fields=["ends_on"])
        person.is_active = False
        person.save(update_fields=["is_active"])
    return person

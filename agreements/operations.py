"""Writes that touch more than one kind of row, or have consequences. Each says who acts; whole or not at all."""

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.history import recording
from accounts.models import Organisation, User
from accounts.password_links import password_path
from agreements.emails import send_invitation
from agreements.models import Agreement, AgreementDocument, Membership, Seat
from documents.file_types import recognise, safe_file_name
from documents.swedish_dates import date_words
from documents.swedish_words import joined


def move_agreement(*, agreement: Agreement, to: Agreement.State, by: User) -> Agreement:
    """Take a step in the agreement's life. Needs a surrounding transaction.

    Raises:
        ValidationError: that step is not permitted from where the agreement is.
    """
    agreement.state = Agreement.objects.select_for_update().get(pk=agreement.pk).state
    if to not in Agreement.MOVES[agreement.state]:
        if agreement.state == to:
            raise ValidationError(f"Överenskommelsen är redan {to.label.lower()}.")
        raise ValidationError(
            f"Överenskommelsen är {agreement.get_state_display().lower()} och kan inte bli {to.label.lower()}."
        )
    with recording(by=by):
        agreement.state = to
        agreement.save(update_fields=["state"])
    return agreement


@transaction.atomic
def adopt_agreement(*, agreement: Agreement, by: User) -> Agreement:
    """Adopt a draft: from now on its words, dates and parties do not change (Lag 2023:196, 9 §).

    Raises:
        ValidationError: it is no draft, or it lacks a purpose, a first day or parties.
    """
    missing = [
        words
        for is_missing, words in [
            (not agreement.purpose.strip(), "ett syfte"),
            (agreement.starts_on is None, "en första dag"),
            (not agreement.parties.exists(), "minst en part"),
        ]
        if is_missing
    ]
    if agreement.is_draft and missing:
        raise ValidationError(f"Överenskommelsen kan inte fastställas än. Den saknar {joined(missing)}.")
    return move_agreement(agreement=agreement, to=Agreement.State.ADOPTED, by=by)


@transaction.atomic
def close_agreement(*, agreement: Agreement, by: User) -> Agreement:
    """Close an adopted agreement: it can be read but nothing in it changes any more.

    Raises:
        ValidationError: it is not adopted.
    """
    return move_agreement(agreement=agreement, to=Agreement.State.CLOSED, by=by)


@transaction.atomic
def add_document(*, document: AgreementDocument, file, by: User) -> AgreementDocument:
    """Keep a file with the agreement. Its kind is judged by its content; raises UnacceptableFile for any other kind."""
    file_type = recognise(file)
    file.seek(0)
    document.file = file
    document.file_name = safe_file_name(file.name)
    document.content_type = file_type.content_type
    document.size = file.size
    document.added_by = by
    with recording(by=by):
        document.save()
    return document


@transaction.atomic
def remove_document(*, document: AgreementDocument, by: User) -> None:
    """Take a document away from the agreement. The file is kept: the history refers to it."""
    with recording(by=by):
        document.delete()


@transaction.atomic
def fill_seat(*, seat: Seat, user: User, starts_on: datetime.date, by: User) -> Membership:
    """Let a person hold a seat from a day on; whoever holds it leaves the day before.

    Raises:
        ValidationError: the person holds it already, has been deactivated, or somebody holds it from that day or later.
    """
    Seat.objects.select_for_update().get(pk=seat.pk)
    if not user.is_active:
        raise ValidationError(f"{user} är inaktiverad och kan inte få en plats.")
    with recording(by=by):
        for other in seat.memberships.overlapping(starts_on=starts_on, ends_on=None).select_related("user"):
            if other.user_id == user.pk and other.ends_on is None:
                raise ValidationError(f"{user} har redan platsen.")
            if other.starts_on >= starts_on:
                raise ValidationError(
                    f"{other.user} har platsen från och med {date_words(other.starts_on)}. Välj en senare dag."
                )
            other.ends_on = starts_on - datetime.timedelta(days=1)
            other.save(update_fields=["ends_on"])
        return Membership.objects.create(seat=seat, user=user, starts_on=starts_on)


@transaction.atomic
def vacate_seat(*, seat: Seat, ends_on: datetime.date, reason: str, by: User) -> Membership:
    """End the holder's time in a seat; the seat stays, vacant.

    Raises:
        ValidationError: nobody holds it, or the holder came later than that day.
    """
    Seat.objects.select_for_update().get(pk=seat.pk)
    holding = seat.memberships.select_related("user").first()
    if holding is None or (holding.ends_on and holding.ends_on <= ends_on):
        raise ValidationError("Platsen är redan vakant.")
    if ends_on < holding.starts_on:
        raise ValidationError(
            f"{holding.user} har platsen från och med {date_words(holding.starts_on)}. Välj den dagen eller en senare."
        )
    holding.ends_on = ends_on
    with recording(by=by, reason=reason):
        holding.save(update_fields=["ends_on"])
    return holding


@transaction.atomic
def withdraw_holder(*, seat: Seat, on: datetime.date, by: User) -> Membership:
    """Take back who is to hold a seat next; whoever was to leave for them stays.

    Raises:
        ValidationError: nobody is to come after that day.
    """
    Seat.objects.select_for_update().get(pk=seat.pk)
    coming = seat.memberships.filter(starts_on__gt=on).select_related("user").first()
    if coming is None:
        raise ValidationError("Ingen är på väg att tillträda platsen.")
    last_day = coming.starts_on - datetime.timedelta(days=1)
    with recording(by=by):
        coming.delete()
        for leaving in seat.memberships.filter(ends_on=last_day):
            leaving.ends_on = None
            leaving.save(update_fields=["ends_on"])
    return coming


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

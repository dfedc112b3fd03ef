"""Who holds which seat."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.history import recording
from accounts.models import User
from agreements.access import seats_held
from agreements.emails import tell_of_new_speaker, tell_of_work_left
from agreements.models import Agreement, Membership, Seat
from agreements.models.groups import are_one_side
from agreements.open_work import hand_over, open_work
from documents.swedish_dates import date_words


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
        membership = Membership(seat=seat, user=user, starts_on=starts_on)
        if speaks_for_side(by, seat, on=timezone.localdate()):
            set_confirmed(membership, by=by)
        membership.save()
    if seat.speaks_for.pk != seat.agreement.municipality_id:
        transaction.on_commit(lambda: tell_of_new_speaker(membership=membership, to=others_of_side(membership)))
    return membership


def speaks_for_side(user: User, seat: Seat, *, on: datetime.date) -> bool:
    """Whether the user may say who speaks for the seat's side: by a confirmed seat of it, or as administrator."""
    if user.is_superuser and user.is_active:
        return True
    return any(
        own.is_confirmed
        and own.function != Seat.Function.READER
        and own.group.agreement_id == seat.group.agreement_id
        and are_one_side(own.speaks_for, seat.speaks_for)
        for own in seats_held(user, on=on)
    )


def may_confirm(user: User, membership: Membership, *, on: datetime.date) -> bool:
    """Whether it waits to be confirmed, and the user may do it: never for oneself."""
    if membership.is_confirmed or membership.user_id == user.pk:
        return False
    return speaks_for_side(user, membership.seat, on=on)


def set_confirmed(membership: Membership, *, by: User) -> None:
    membership.confirmed_for = membership.seat.speaks_for
    membership.confirmed_by, membership.confirmed_at = by, timezone.now()


@transaction.atomic
def confirm_holder(*, membership: Membership, on: datetime.date, by: User) -> Membership:
    """Say, for the side that the seat represents, that its holder speaks for it. Twice changes nothing.

    Raises:
        ValidationError: the user does not speak for that side.
    """
    membership = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if membership.is_confirmed:
        return membership
    if not may_confirm(by, membership, on=on):
        raise ValidationError("Bara den som själv företräder parten kan bekräfta platsen, och inte sin egen.")
    set_confirmed(membership, by=by)
    with recording(by=by):
        membership.save(update_fields=["confirmed_for", "confirmed_by", "confirmed_at"])
    return membership


def others_of_side(membership: Membership) -> list[str]:
    """The addresses of those who speak for the same side in the agreement, now or until a moment ago."""
    others = (
        Membership.objects.filter(seat__group__agreement=membership.agreement, user__is_active=True)
        .overlapping(starts_on=timezone.localdate() - datetime.timedelta(days=1), ends_on=None)
        .exclude(user=membership.user_id)
        .exclude(user__email=None)
        .select_related("user", "confirmed_for", "seat__organisation__parent__parent")
    )
    side = membership.seat.speaks_for
    return sorted({one.user.email for one in others if one.is_confirmed and are_one_side(one.confirmed_for, side)})


@transaction.atomic
def vacate_seat(
    *, seat: Seat, ends_on: datetime.date, reason: str, by: User, work_goes_to: User | None = None
) -> Membership:
    """End the holder's time in a seat; the seat stays, vacant, and the holder's work here goes to somebody, or stays.

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
    agreement = Agreement.objects.filter(pk=seat.agreement.pk)
    with recording(by=by, reason=reason):
        holding.save(update_fields=["ends_on"])
        if work_goes_to is not None:
            hand_over(work=open_work(holding.user, agreements=agreement), to=work_goes_to)
    if not holding.user.memberships.overlapping(starts_on=ends_on, ends_on=None).exclude(pk=holding.pk).exists():
        left = open_work(holding.user, agreements=agreement)
        transaction.on_commit(lambda: tell_of_work_left(person=holding.user, work=left, by=by))
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

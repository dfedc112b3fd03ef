"""Who holds which seat."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Membership, Seat
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

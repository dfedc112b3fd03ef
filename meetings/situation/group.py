"""Örat mot marken itself: the group, its meetings, and which organisations it hears from."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation
from agreements.access import roles_in, seats_held
from agreements.models import Agreement, Group, Seat
from meetings.access import COORDINATING
from meetings.models import Meeting

STILL_UNDER_WAY = datetime.timedelta(hours=12)


def situation_group_of(agreement: Agreement) -> Group | None:
    """Örat mot marken; None where the agreement has no such group."""
    return agreement.groups.filter(kind=Group.Kind.SITUATION).select_related("agreement").order_by("pk").first()


def next_meeting_of(group: Group | None, *, at: datetime.datetime) -> Meeting | None:
    """The meeting that is under way, else the next one; None when none is planned."""
    if group is None:
        return None
    coming = Q(ends_at__gte=at) | Q(opened_at__gte=at - STILL_UNDER_WAY)
    return (
        group.meetings.filter(coming, state=Meeting.State.PLANNED)
        .select_related("group__agreement")
        .order_by("starts_at", "pk")
        .first()
    )


def organisations_taking_part(group: Group) -> list[Organisation]:
    """The agreement's organisations, each with `is_in_group`: whether it has a seat in the group, readers apart."""
    seats = group.seats.exclude(function=Seat.Function.READER).filter(organisation=OuterRef("pk"))
    return list(group.agreement.organisations.annotate(is_in_group=Exists(seats)).order_by("name"))


def organisations_of_group(group: Group) -> list[Organisation]:
    """Those of them that have a seat in the group, and so are expected to report."""
    return [one for one in organisations_taking_part(group) if one.is_in_group]


def own_organisation(user, agreement: Agreement) -> Organisation | None:
    """The organisation that the person speaks for: of the seat in Örat mot marken, else of any seat."""
    seats = [seat for seat in seats_held(user) if seat.group.agreement_id == agreement.pk]
    seats.sort(key=lambda seat: seat.group.kind != Group.Kind.SITUATION)
    return seats[0].organisation if seats else None


def spoken_for(user, agreement: Agreement, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Those of the organisations that the person reports for: where they sit, and what that belongs to.

    Who coordinates reports for any of them, as when somebody calls.
    """
    if roles_in(user, agreement) & set(COORDINATING):
        return list(organisations)
    seats = [seat for seat in seats_held(user) if seat.group.agreement_id == agreement.pk]
    own = {one.pk for seat in seats for one in seat.organisation.lineage}
    return [one for one in organisations if one.pk in own]

"""What people are to do, wherever in the portal it is kept: so that nobody leaves and takes it along (ADR 29).

The rooms above say what they keep: each registers a kind, as each registers its table of access.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import models

from accounts.models import User
from agreements.models import Agreement, Membership

# Each gives the rows that are still to be done, of all people.
Reading = Callable[[], models.QuerySet]


@dataclass(frozen=True)
class WorkKind:
    """One sort of work: what it is called, which rows are open, and the field that names who answers for a row."""

    label: str
    read: Reading
    field: str
    agreement_path: str

    def of(self, person: User) -> models.QuerySet:
        return self.read().filter(**{self.field: person})


@dataclass(frozen=True)
class OpenWork:
    """One thing that a person is to do."""

    kind: WorkKind
    thing: models.Model

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def holder(self) -> User:
        return getattr(self.thing, self.kind.field)

    @property
    def agreement(self) -> Agreement:
        return self.thing.agreement

    def can_go_to(self, person: User) -> bool:
        """Whether the person sits in the agreement, or is at home in its municipality."""
        organisation = person.organisation
        if organisation is not None and organisation.home_id == self.agreement.municipality_id:
            return True
        return Membership.objects.filter(user=person, seat__group__agreement=self.agreement).exists()


KINDS: list[WorkKind] = []


def register(*kinds: WorkKind) -> None:
    KINDS.extend(kinds)


def open_work(person: User, *, agreements: models.QuerySet | None = None) -> list[OpenWork]:
    """What the person is to do and has not done, in agreements that are not closed; only in `agreements`, if given."""
    found = []
    for kind in KINDS:
        rows = kind.of(person).exclude(**{f"{kind.agreement_path}__state": Agreement.State.CLOSED})
        if agreements is not None:
            rows = rows.filter(**{f"{kind.agreement_path}__in": agreements.values("pk")})
        found += [OpenWork(kind, thing) for thing in rows]
    return found


def rows_left(kind: WorkKind, agreement: Agreement | models.OuterRef, *, on: datetime.date) -> models.QuerySet:
    """What lies with people who are deactivated, or who had a seat in the agreement and no longer have any."""
    seats = Membership.objects.filter(
        user=models.OuterRef(kind.field), seat__group__agreement=models.OuterRef(kind.agreement_path)
    )
    has_gone = models.Q(**{f"{kind.field}__is_active": False}) | (
        models.Exists(seats) & ~models.Exists(seats.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on)))
    )
    return kind.read().filter(has_gone, **{kind.agreement_path: agreement, f"{kind.field}__isnull": False})


def has_left_behind(*, on: datetime.date) -> models.Q:
    """Whether anything in an agreement waits for somebody new: to annotate agreements with."""
    return reduce(or_, (models.Q(models.Exists(rows_left(kind, models.OuterRef("pk"), on=on))) for kind in KINDS))


def left_behind(agreement: Agreement, *, on: datetime.date) -> list[OpenWork]:
    return [
        OpenWork(kind, thing)
        for kind in KINDS
        for thing in rows_left(kind, agreement, on=on).select_related(kind.field)
    ]


def hand_over(*, work: Iterable[OpenWork], to: User) -> None:
    """Let the person answer for what somebody else was to do. Needs a surrounding recording."""
    for one in work:
        setattr(one.thing, one.kind.field, to)
        one.thing.save(update_fields=[one.kind.field])

"""Who may do what: seats give roles, roles give capabilities. Nothing else does.

The tables here and in the other apps' `access.py` say which role has which capability and how far it reaches.
`user.has_perm("agreements.manage", agreement)` asks them, through django-rules.
"""

import datetime
from collections.abc import Callable

import rules
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from agreements.models import Agreement, Group, Membership, Seat, SituationPicture
from agreements.models.situation_pictures import PicturePart

Reach = Callable[[Seat | None, models.Model], bool]


class Role(models.TextChoices):
    """The columns of the access table. A person has those that their seats give today."""

    COORDINATOR = "coordinator", "brottsförebyggande samordnare"
    POLICE_LIAISON = "police_liaison", "kommunpolis"
    STEERING_GROUP = "steering_group", "styrgruppen"
    PREPARATION_GROUP = "preparation_group", "beredningsgruppen"
    WORKING_GROUP = "working_group", "arbetsgrupp"
    SITUATION_GROUP = "situation_group", "Örat mot marken"
    READER = "reader", "läsare"
    SYSTEM_ADMINISTRATOR = "system_administrator", "systemförvaltare"


class Capability(models.TextChoices):
    """What can be asked for here: its value is the permission's name, its label completes “Du får inte …”."""

    READ = "agreements.read", "läsa överenskommelsen"
    READ_PICTURE = "agreements.read_picture", "läsa lägesbildens arbetsmaterial"
    CHANGE_PICTURE = "agreements.change_picture", "ändra lägesbilden"
    MANAGE = "agreements.manage", "ändra överenskommelsen, grupper, platser, personer och organisationer"


def everywhere(seat: Seat | None, thing: models.Model) -> bool:
    return True


def once_adopted(seat: Seat | None, thing: models.Model) -> bool:
    """A picture that has been adopted; working material is for those who work with it."""
    return isinstance(thing, SituationPicture | PicturePart) and thing.is_adopted


CLOSED = "Överenskommelsen är avslutad. Den kan läsas men inte ändras."
EVERYBODY = dict.fromkeys(Role, everywhere)
# Those who plan the work together: they change the picture, the causes, the goals and the plan.
PLANNERS = {
    Role.COORDINATOR: everywhere,
    Role.POLICE_LIAISON: everywhere,
    Role.PREPARATION_GROUP: everywhere,
    Role.SYSTEM_ADMINISTRATOR: everywhere,
}

GRANTS: dict[str, dict[Role, Reach]] = {
    Capability.READ: EVERYBODY,
    Capability.READ_PICTURE: dict.fromkeys(Role, once_adopted) | PLANNERS,
    Capability.CHANGE_PICTURE: PLANNERS,
    Capability.MANAGE: {
        Role.COORDINATOR: everywhere,
        Role.SYSTEM_ADMINISTRATOR: everywhere,
    },
}

# Who can help a person that is refused; the coordinator unless said otherwise.
HELPERS: dict[str, Role] = {}
LABELS: dict[str, str] = dict(Capability.choices)

GROUP_ROLES = {
    Group.Kind.STEERING: Role.STEERING_GROUP,
    Group.Kind.PREPARATION: Role.PREPARATION_GROUP,
    Group.Kind.WORKING: Role.WORKING_GROUP,
    Group.Kind.SITUATION: Role.SITUATION_GROUP,
}


def roles_of(seat: Seat) -> set[Role]:
    """The roles that a seat gives: by its function, and by the kind of group it is in. A reader only reads.

    Nobody is the police's liaison before the police, or the system administrator for the first one, has confirmed it.
    """
    if seat.function == Seat.Function.READER:
        return {Role.READER}
    roles = {GROUP_ROLES[seat.group.kind]}
    if seat.function == Seat.Function.COORDINATOR:
        roles.add(Role.COORDINATOR)
    if seat.function == Seat.Function.POLICE_LIAISON and seat.is_confirmed:
        roles.add(Role.POLICE_LIAISON)
    return roles


def seats_held(user, *, on: datetime.date | None = None) -> list[Seat]:
    """The seats a person holds on that day (today), with group and organisation; fetched once per person object."""
    day = on or timezone.localdate()
    # Not through __dict__: a request's user is lazy, and has one of its own beside the person's.
    remembered = getattr(user, "_seats_held", None)
    if remembered is None:
        remembered = user._seats_held = {}
    if day not in remembered:
        holdings = (
            Membership.objects.held(on=day)
            .filter(user=user)
            .select_related("seat__group", "seat__organisation__parent__parent", "confirmed_for")
        )
        remembered[day] = [confirmed_seat(holding) for holding in holdings]
    return remembered[day]


def confirmed_seat(holding: Membership) -> Seat:
    """The seat that is held, knowing whether its side has confirmed the holder."""
    holding.seat.is_confirmed = holding.is_confirmed
    return holding.seat


def roles_in(user, agreement: Agreement, *, on: datetime.date | None = None) -> set[Role]:
    """The roles a person has in an agreement on that day (today)."""
    roles = {
        role for seat in seats_held(user, on=on) if seat.group.agreement_id == agreement.pk for role in roles_of(seat)
    }
    return roles | {Role.SYSTEM_ADMINISTRATOR} if user.is_superuser else roles


def grant(capability: str, reaches: dict[Role, Reach]) -> None:
    """Register a capability, so that `user.has_perm(capability, thing)` answers from the table."""

    @rules.predicate(name=capability)
    def has_capability(user, thing):
        if thing is None or not user.is_authenticated or not user.is_active:
            return False
        if user.is_superuser and Role.SYSTEM_ADMINISTRATOR in reaches:
            return True
        return any(
            role in reaches and reaches[role](seat, thing)
            for seat in seats_held(user)
            if seat.group.agreement_id == thing.agreement.pk
            for role in roles_of(seat)
        )

    rules.set_perm(capability, has_capability)


def grant_all(grants: dict[str, dict[Role, Reach]], labels, *, helpers: dict[str, Role] | None = None) -> None:
    """Register an app's whole table, its Swedish labels and who can help."""
    for capability, reaches in grants.items():
        grant(str(capability), reaches)
    LABELS.update(labels)
    HELPERS.update(helpers or {})


class Refused(PermissionDenied):
    """An insider lacks a capability, or the thing is locked. Says so in Swedish, and who can help.

    A thing that is locked, and that the person reads, is what the page of the refusal leads back to.
    """

    def __init__(self, message: str, *, locked: models.Model | None = None):
        super().__init__(message)
        self.message = message
        self.locked = locked


def require(user, capability: str, thing: models.Model) -> None:
    """Raise Refused unless the person has the capability for the thing."""
    if not user.has_perm(capability, thing):
        raise Refused(refusal(capability, thing.agreement))


def refusal(capability: str, agreement: Agreement) -> str:
    """Du får inte …; and who can help, by role and, where the seat is held, by name."""
    helper = HELPERS.get(capability, Role.COORDINATOR)
    holders = (
        Membership.objects.held(on=timezone.localdate())
        .filter(seat__group__agreement=agreement, seat__function=helper.value)
        .select_related("user")
    )
    names = sorted({str(holding.user) for holding in holders})
    who = f"{helper.label} ({', '.join(names)})" if names and names != [helper.label.capitalize()] else helper.label
    return f"Du får inte {LABELS[capability]}. Vänd dig till {who} om det behövs."


def require_unlocked(thing: models.Model) -> None:
    """Raise Refused when the thing, or the agreement it belongs to, can no longer change."""
    if thing.agreement.is_closed:
        raise Refused(CLOSED)


grant_all(GRANTS, LABELS)

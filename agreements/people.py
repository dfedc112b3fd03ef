"""Which people and organisations a person may see and change (ADR 28).

An organisation belongs to the municipality that keeps it, its home. It is seen by those who see an agreement in which
it, or something below it, takes part; and it is changed by its home's coordinators only.

A person is at home where their organisation is. A person is seen by those who see an agreement
- of the person's home, or
- in which the person holds or has held a seat;
and is changed, invited and deactivated by the home's coordinators only.
What no municipality keeps is kept by the system administrator.
"""

import datetime

from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from agreements.access import Capability, Refused, refusal, seats_held
from agreements.models import Agreement, Membership, Seat

SYSTEM_ADMINISTRATOR_HELPS = "Vänd dig till systemförvaltaren om det behövs."


def organisations_in(agreement: Agreement) -> QuerySet[Organisation]:
    """Everybody who takes part in the agreement, its municipality included."""
    return Organisation.objects.filter(Q(pk__in=agreement.organisations.values("pk")) | Q(pk=agreement.municipality_id))


def organisations_visible_to(user: User) -> QuerySet[Organisation]:
    """Those that act in the agreements the person sees, and what they belong to."""
    if user.is_superuser and user.is_active:
        return Organisation.objects.all()
    agreements = Agreement.objects.visible_to(user)
    acting = Organisation.objects.filter(
        Q(pk__in=agreements.values("organisations"))
        | Q(pk__in=agreements.values("municipality"))
        | Q(pk__in=agreements.values("parties__organisation"))
        | Q(pk__in=agreements.values("groups__seats__organisation"))
    )
    return Organisation.objects.filter(
        Q(pk__in=acting.values("pk")) | Q(pk__in=acting.values("parent")) | Q(pk__in=acting.values("parent__parent"))
    )


def people_visible_to(user: User) -> QuerySet[User]:
    """The person, and others as this module's first lines say."""
    if user.is_superuser and user.is_active:
        return User.objects.all()
    agreements = Agreement.objects.visible_to(user)
    seated = Membership.objects.filter(seat__group__agreement__in=agreements)
    at_home = Organisation.objects.with_home().filter(home__in=agreements.values("municipality"))
    return User.objects.filter(
        Q(pk=user.pk) | Q(pk__in=seated.values("user")) | Q(organisation__in=at_home.values("pk"))
    )


def people_to_seat(agreement: Agreement, *, by: User, on: datetime.date) -> QuerySet[User]:
    """Whom a seat in the agreement can be given to at once: its municipality's people, and who sits in it already.

    Anybody else is invited, and answers for themselves; the system administrator seats everybody.
    """
    people = User.objects.filter(is_active=True)
    if by.is_superuser:
        return people
    seated = Membership.objects.held(on=on).filter(seat__group__agreement=agreement)
    at_home = Organisation.objects.kept_by(agreement.municipality_id)
    return people.filter(Q(organisation__in=at_home.values("pk")) | Q(pk__in=seated.values("user")))


def manageable_agreements(user: User) -> list[Agreement]:
    """The agreements that the person sees and may change, newest first; none that is closed."""
    open_ones = Agreement.objects.visible_to(user).exclude(state=Agreement.State.CLOSED)
    return [one for one in open_ones if user.has_perm(Capability.MANAGE, one)]


def agreements_about(person: User, *, seen_by: User) -> QuerySet[Agreement]:
    """The agreements that both concern the person: by a seat, now or before, or by the organisation."""
    organisation = person.organisation
    lineage = [one.pk for one in organisation.lineage] if organisation else []
    seats = Membership.objects.filter(user=person)
    return Agreement.objects.visible_to(seen_by).filter(
        Q(pk__in=seats.values("seat__group__agreement"))
        | Q(pk__in=Agreement.organisations.through.objects.filter(organisation__in=lineage[:1]).values("agreement"))
        | Q(municipality__in=lineage)
    )


def invitations_to(user: User, *, on: datetime.date) -> QuerySet[User]:
    """The contacts that stand for the user: invited to seats with the address that the user signs in with.

    Whoever invited has not been told that the user exists; that shows first when the user says yes.
    """
    if not user.email or not user.has_account:
        return User.objects.none()
    seated = Membership.objects.overlapping(starts_on=on, ends_on=None).exclude(
        seat__group__agreement__state=Agreement.State.CLOSED
    )
    return User.objects.filter(
        email__iexact=user.email,
        has_account=False,
        is_active=True,
        invited_at__isnull=False,
        pk__in=seated.values("user"),
    )


def organisations_to_work_for(agreement: Agreement, *, by: User) -> QuerySet[Organisation]:
    """Where a person who is added can be at home: what takes part and is kept by the agreement's municipality."""
    organisations = organisations_in(agreement)
    if by.is_superuser:
        return organisations
    return organisations.filter(pk__in=Organisation.objects.kept_by(agreement.municipality_id).values("pk"))


def organisations_to_move_to(person: User, *, by: User) -> QuerySet[Organisation]:
    """Where a person can go on working: in the same home. Only the system administrator moves anybody to another."""
    organisations = organisations_visible_to(by)
    if by.is_superuser or person.organisation is None:
        return organisations
    return organisations.filter(pk__in=Organisation.objects.kept_by(person.organisation.home_id).values("pk"))


def manages_home(user: User, organisation: Organisation | None) -> bool:
    """Whether the user coordinates an agreement, closed ones too, of the municipality that keeps the organisation."""
    if user.is_superuser and user.is_active:
        return True
    if organisation is None:
        return False
    own = Agreement.objects.visible_to(user).filter(municipality=organisation.home_id)
    return any(user.has_perm(Capability.MANAGE, one) for one in own)


def why_not_change_person(user: User, person: User) -> str:
    """Why the person may not be changed or invited by this user, in Swedish; nothing when it is allowed."""
    if manages_home(user, person.organisation):
        return ""
    about = list(agreements_about(person, seen_by=user))
    if any(user.has_perm(Capability.MANAGE, one) for one in about):
        return f"{person} ändras bara av samordnaren i sin egen kommun. {SYSTEM_ADMINISTRATOR_HELPS}"
    return refusal(Capability.MANAGE, about[0]) if about else f"Du får inte ändra {person}."


def why_not_change_organisation(user: User, organisation: Organisation) -> str:
    """Why the organisation may not be changed by this user, in Swedish; nothing when it is allowed."""
    if manages_home(user, organisation):
        return ""
    seen = list(Agreement.objects.visible_to(user))
    if any(user.has_perm(Capability.MANAGE, one) for one in seen):
        return (
            f"{organisation.full_name} ändras bara av samordnaren i den kommun som har lagt in den. "
            f"{SYSTEM_ADMINISTRATOR_HELPS}"
        )
    return refusal(Capability.MANAGE, seen[0]) if seen else f"Du får inte ändra {organisation}."


def agreements_to_join(user: User, organisation: Organisation, *, on: datetime.date) -> QuerySet[Agreement]:
    """The agreements that the user may let the organisation take part in; it takes part in none of them yet.

    Its own people may, in the agreements where they sit themselves; so may the system administrator.
    """
    open_ones = Agreement.objects.visible_to(user).exclude(state=Agreement.State.CLOSED)
    open_ones = open_ones.exclude(pk__in=organisation.agreements.values("pk")).exclude(municipality=organisation)
    if user.is_superuser:
        return open_ones
    represented = {one.pk for seat in seats_held(user, on=on) for one in seat.organisation.lineage}
    reads_only = all(seat.function == Seat.Function.READER for seat in seats_held(user, on=on))
    return open_ones if organisation.pk in represented and not reads_only else open_ones.none()


def refuse(reason: str) -> None:
    """Raise Refused when there is a reason to."""
    if reason:
        raise Refused(reason)

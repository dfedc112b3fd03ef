"""Which people and organisations a person may see and change. They can belong to several agreements at once.

An organisation is seen by those who see an agreement in which it, or something below it, takes part.

A person is seen by those who see an agreement
- in which the person holds or has held a seat, or
- whose municipality the person works for, or
- in which the person's organisation takes part, if that organisation takes part nowhere else.
So people of an organisation that several municipalities share, as the police, show where they have a seat and not
elsewhere; nor do another municipality's own people show because it was added to take part here. Whoever added a
contact of such an organisation sees it, so that it can be given its first seat.
"""

import datetime

from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from agreements.access import Capability, Refused, refusal
from agreements.models import Agreement, Membership

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
    added = User.history.model.objects.filter(history_type="+", history_user=user)
    of_municipality = Organisation.objects.with_root().filter(root_id__in=agreements.values("municipality"))
    taking_part = Organisation.objects.filter(pk__in=agreements.values("organisations"))
    shared = Agreement.organisations.through.objects.exclude(agreement__in=agreements)
    others = Agreement.objects.exclude(pk__in=agreements.values("pk"))
    of_others = Organisation.objects.with_root().filter(root_id__in=others.values("municipality"))
    return User.objects.filter(
        Q(pk=user.pk)
        | Q(pk__in=seated.values("user"))
        | Q(organisation__in=of_municipality.values("pk"))
        | Q(
            organisation__in=taking_part.exclude(pk__in=shared.values("organisation")).exclude(
                pk__in=of_others.values("pk")
            )
        )
        | Q(pk__in=added.values("id"), organisation__in=taking_part)
    )


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


def why_not_change_person(user: User, person: User, *, on: datetime.date) -> str:
    """Why the person may not be changed by this user, in Swedish; nothing when it is allowed.

    Whoever changes a person coordinates every agreement in which that person has a seat that day or later, so that one
    municipality does not rename or shut out another's, nor sends an invitation to another's people to itself. Closed
    agreements of one's own municipality are not asked: those who coordinated them may be gone.
    """
    seats = Membership.objects.overlapping(starts_on=on, ends_on=None).filter(user=person)
    about = list(agreements_about(person, seen_by=user))
    own = {one.municipality_id for one in about if user.has_perm(Capability.MANAGE, one)}
    seated_in = list(
        Agreement.objects.filter(pk__in=seats.values("seat__group__agreement")).exclude(
            state=Agreement.State.CLOSED, municipality__in=own
        )
    )
    if not any(user.has_perm(Capability.MANAGE, one) for one in [*seated_in, *about]):
        return refusal(Capability.MANAGE, about[0]) if about else f"Du får inte ändra {person}."
    if not all(user.has_perm(Capability.MANAGE, one) for one in seated_in):
        return f"{person} har en plats även i en överenskommelse som du inte samordnar. {SYSTEM_ADMINISTRATOR_HELPS}"
    return ""


def why_not_change_organisation(user: User, organisation: Organisation) -> str:
    """Why the organisation may not be changed by this user, in Swedish; nothing when it is allowed.

    What is shared belongs to all: only who coordinates every agreement in which it, or something below it, takes
    part may change it. Closed agreements are not asked.
    """
    through = Agreement.organisations.through.objects.filter(
        Q(organisation=organisation)
        | Q(organisation__parent=organisation)
        | Q(organisation__parent__parent=organisation)
    )
    takes_part_in = list(
        Agreement.objects.filter(Q(pk__in=through.values("agreement")) | Q(municipality=organisation)).exclude(
            state=Agreement.State.CLOSED
        )
    )
    seen = set(Agreement.objects.visible_to(user))
    asked = takes_part_in or seen
    allowed = [one for one in asked if user.has_perm(Capability.MANAGE, one)]
    if asked and len(allowed) == len(asked):
        return ""
    if not allowed:
        known = [one for one in asked if one in seen]
        return refusal(Capability.MANAGE, known[0]) if known else f"Du får inte ändra {organisation}."
    return (
        f"{organisation.full_name} deltar även i en överenskommelse som du inte samordnar. {SYSTEM_ADMINISTRATOR_HELPS}"
    )


def refuse(reason: str) -> None:
    """Raise Refused when there is a reason to."""
    if reason:
        raise Refused(reason)

"""Who may do what with focus areas, goals, activities and what is written about them."""

from django.db import models

from accounts.models import Organisation
from agreements.access import PLANNERS, Reach, Role, everywhere, grant_all, roles_of, seats_held
from agreements.models import Seat
from focus_areas.models import Activity, FollowUpApproval


class Capability(models.TextChoices):
    PLAN = "focus_areas.plan", "ändra fokusområden och mål"
    ADOPT_PLAN = "focus_areas.adopt_plan", "lägga in att en åtgärdsplan eller en lägesbild är antagen"
    REMIND = "focus_areas.remind", "påminna om aktiviteter"
    RENEW = "focus_areas.renew", "förnya överenskommelsen"
    CREATE_ACTIVITY = "focus_areas.create_activity", "lägga till aktiviteter"
    EDIT_ACTIVITY = "focus_areas.edit_activity", "ändra aktiviteten"
    LOG_ACTIVITY = "focus_areas.log_activity", "skriva i aktivitetens logg"
    REPORT_STATUS = "focus_areas.report_status", "skriva lägesrapport för aktiviteten"
    FOLLOW_UP = "focus_areas.follow_up", "följa upp aktiviteten"
    APPROVE_FOR_MUNICIPALITY = (
        "focus_areas.approve_for_municipality",
        "godkänna uppföljningar för kommunen",
    )
    APPROVE_FOR_POLICE = "focus_areas.approve_for_police", "godkänna uppföljningar för polisen"


APPROVALS = {
    FollowUpApproval.Side.MUNICIPALITY: Capability.APPROVE_FOR_MUNICIPALITY,
    FollowUpApproval.Side.POLICE: Capability.APPROVE_FOR_POLICE,
}


def activity_of(thing: models.Model) -> Activity | None:
    """The activity that a thing is or belongs to; None for a focus area."""
    if isinstance(thing, Activity):
        return thing
    return getattr(thing, "activity", None)


def in_own_group(seat: Seat | None, thing: models.Model) -> bool:
    """The activity is carried out by the working group that the seat is in."""
    activity = activity_of(thing)
    return bool(seat and activity and activity.working_group_id == seat.group_id)


def where_own_organisation_acts(seat: Seat | None, thing: models.Model) -> bool:
    """The seat's organisation, or one it belongs to, leads the activity or takes part in it."""
    activity = activity_of(thing)
    if not seat or not activity:
        return False
    own = {organisation.pk for organisation in seat.organisation.lineage}
    return any(link.organisation_id in own for link in (*activity.leads.all(), *activity.participations.all()))


def has_working_group_seat(seat: Seat | None, thing: models.Model) -> bool:
    """A new activity has no group yet; its form offers the person's own groups only."""
    return bool(seat)


def for_the_municipality(seat: Seat | None, thing: models.Model) -> bool:
    """The seat speaks for the municipality of the agreement, which has confirmed who holds it."""
    return bool(seat and seat.is_confirmed and seat.speaks_for.pk == thing.agreement.municipality_id)


def for_the_police(seat: Seat | None, thing: models.Model) -> bool:
    """The seat speaks for the police, which have confirmed who holds it."""
    return bool(seat and seat.is_confirmed and seat.speaks_for.is_police)


WORKERS = PLANNERS | {Role.WORKING_GROUP: in_own_group}
REPORTERS = WORKERS | {Role.SITUATION_GROUP: where_own_organisation_acts}

GRANTS: dict[str, dict[Role, Reach]] = {
    Capability.PLAN: PLANNERS,
    Capability.ADOPT_PLAN: {Role.COORDINATOR: everywhere, Role.SYSTEM_ADMINISTRATOR: everywhere},
    Capability.REMIND: PLANNERS,
    Capability.RENEW: {Role.COORDINATOR: everywhere, Role.SYSTEM_ADMINISTRATOR: everywhere},
    Capability.CREATE_ACTIVITY: PLANNERS | {Role.WORKING_GROUP: has_working_group_seat},
    Capability.EDIT_ACTIVITY: WORKERS,
    Capability.LOG_ACTIVITY: REPORTERS,
    Capability.REPORT_STATUS: REPORTERS,
    Capability.FOLLOW_UP: WORKERS,
    # A signature is given by the one who holds the seat; not even a system administrator signs for a party.
    Capability.APPROVE_FOR_MUNICIPALITY: {Role.COORDINATOR: for_the_municipality},
    Capability.APPROVE_FOR_POLICE: {Role.POLICE_LIAISON: for_the_police},
}

grant_all(
    GRANTS,
    Capability.choices,
    helpers={Capability.APPROVE_FOR_POLICE: Role.POLICE_LIAISON},
)


def approving_seat(user, side: str, thing: models.Model) -> Seat | None:
    """The seat by which the person signs for the side; None where nobody has seated them for it."""
    reaches = GRANTS[APPROVALS[side]]
    for seat in seats_held(user):
        if seat.group.agreement_id == thing.agreement.pk and any(
            role in reaches and reaches[role](seat, thing) for role in roles_of(seat)
        ):
            return seat
    return None


def own_organisations(seats: list[Seat]) -> set[Organisation]:
    """The organisations that the seats represent, with all they belong to."""
    return {organisation for seat in seats for organisation in seat.organisation.lineage}

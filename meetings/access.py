"""Who may do what with meetings, decisions, action points and observations."""

import datetime
from collections.abc import Iterable

from django.db import models

from accounts.models import User
from agreements.access import Reach, Role, confirmed_seat, everywhere, grant_all, roles_in, roles_of, seats_held
from agreements.models import Agreement, Group, Membership, Seat
from meetings.models import ActionPoint, Observation


class Capability(models.TextChoices):
    READ_MEETINGS = "meetings.read_meetings", "läsa gruppens möten"
    LEAD_MEETING = "meetings.lead_meeting", "leda gruppens möten och skriva protokoll"
    READ_TRENDS = "meetings.read_trends", "läsa trenderna från Örat mot marken"
    READ_OBSERVATIONS = "meetings.read_observations", "läsa iakttagelserna från Örat mot marken"
    REPORT_OBSERVATIONS = "meetings.report_observations", "rapportera iakttagelser"
    KEEP_CATEGORIES = "meetings.keep_categories", "ändra kategorier och delområden"


LEADING_FUNCTIONS = {Seat.Function.CHAIR, Seat.Function.SECRETARY, Seat.Function.CONVENER}


def group_of(thing: models.Model) -> Group | None:
    """The group that a thing is or belongs to; None for an agreement."""
    return thing if isinstance(thing, Group) else getattr(thing, "group", None) or group_of_meeting(thing)


def group_of_meeting(thing: models.Model) -> Group | None:
    meeting = getattr(thing, "meeting", None)
    return meeting.group if meeting else None


def of_kinds(*kinds: Group.Kind) -> Reach:
    """The group is of one of these kinds."""

    def reaches(seat: Seat | None, thing: models.Model) -> bool:
        group = group_of(thing)
        return group is not None and group.kind in kinds

    return reaches


def in_own_group(seat: Seat | None, thing: models.Model) -> bool:
    """The group is the one that the seat is in."""
    group = group_of(thing)
    return bool(seat and group and seat.group_id == group.pk)


def leads_own_group(seat: Seat | None, thing: models.Model) -> bool:
    """The seat is the chair's, the secretary's or the convener's of that very group."""
    return in_own_group(seat, thing) and seat.function in LEADING_FUNCTIONS


BUT_THE_SITUATION = of_kinds(Group.Kind.STEERING, Group.Kind.PREPARATION, Group.Kind.WORKING)
COORDINATING = {
    Role.COORDINATOR: everywhere,
    Role.POLICE_LIAISON: everywhere,
    Role.SYSTEM_ADMINISTRATOR: everywhere,
}
HEARING = COORDINATING | {
    Role.PREPARATION_GROUP: everywhere,
    Role.SITUATION_GROUP: everywhere,
}

GRANTS: dict[str, dict[Role, Reach]] = {
    Capability.READ_MEETINGS: COORDINATING
    | {
        Role.STEERING_GROUP: BUT_THE_SITUATION,
        Role.PREPARATION_GROUP: everywhere,
        Role.WORKING_GROUP: in_own_group,
        Role.SITUATION_GROUP: in_own_group,
    },
    Capability.LEAD_MEETING: COORDINATING
    | dict.fromkeys(
        (Role.STEERING_GROUP, Role.PREPARATION_GROUP, Role.WORKING_GROUP, Role.SITUATION_GROUP), leads_own_group
    ),
    Capability.READ_TRENDS: HEARING | {Role.STEERING_GROUP: everywhere},
    Capability.READ_OBSERVATIONS: HEARING,
    Capability.REPORT_OBSERVATIONS: HEARING,
    Capability.KEEP_CATEGORIES: {Role.COORDINATOR: everywhere, Role.SYSTEM_ADMINISTRATOR: everywhere},
}

grant_all(GRANTS, Capability.choices)


def readable_groups(user, agreement: Agreement) -> list[Group]:
    """The agreement's groups whose meetings the person may read, with one query for the groups."""
    return readable_among(user, agreement.groups.all())


def readable_among(user, groups: Iterable[Group]) -> list[Group]:
    """Those whose meetings the person may read; of several agreements, give the groups with theirs selected."""
    return [group for group in groups if user.has_perm(Capability.READ_MEETINGS, group)]


def leaders_of(group: Group, *, on: datetime.date) -> list[User]:
    """The people whose seats let them lead the group's meetings on that day; one query."""
    reaches = GRANTS[Capability.LEAD_MEETING]
    holdings = (
        Membership.objects.held(on=on)
        .filter(seat__group__agreement=group.agreement_id)
        .select_related("seat__group", "seat__organisation__parent__parent", "confirmed_for", "user")
    )
    leaders = {
        holding.user
        for holding in holdings
        for role in roles_of(confirmed_seat(holding))
        if role in reaches and reaches[role](holding.seat, group)
    }
    return sorted(leaders, key=lambda user: user.pk)


def others_lead(group: Group, *, besides: User, on: datetime.date) -> bool:
    """Whether somebody else may lead the group's meetings, and can sign in to do it."""
    return any(user.pk != besides.pk and user.can_sign_in for user in leaders_of(group, on=on))


def may_finish(user, point: ActionPoint) -> bool:
    """Who is responsible for an action point may read and close it; so may who leads.

    An organisation's people see what it is to do: the point itself, never the meeting. What was said behind closed
    doors they do not see: an internal item's point is its readers', and the named person's.
    """
    if not user.is_active or point.responsible_id == user.pk:
        return user.is_active and user.has_perm("agreements.read", point)
    if user.has_perm(Capability.LEAD_MEETING, point):
        return True
    seats = [seat for seat in seats_held(user) if seat.group.agreement_id == point.agreement.pk]
    represented = {organisation.pk for seat in seats for organisation in seat.organisation.lineage}
    may_write = any(seat.function != Seat.Function.READER for seat in seats)
    if not (may_write and point.responsible_id is None and point.organisation_id in represented):
        return False
    if point.agenda_item_id is None or user.has_perm(Capability.READ_MEETINGS, point):
        return True
    return not point.agenda_item.is_internal


def may_correct(user, observation: Observation) -> bool:
    """Who reported an observation may change it and take it away; so may those who coordinate."""
    if not user.has_perm(Capability.REPORT_OBSERVATIONS, observation):
        return False
    return observation.reported_by_id == user.pk or bool(roles_in(user, observation.agreement) & set(COORDINATING))

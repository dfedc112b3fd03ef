"""What the person may make of an observation or a trend."""

from agreements.access import seats_held
from agreements.models import Agreement, Group
from focus_areas.access import Capability as PlanCapability
from meetings.access import Capability


def steps_from(user, agreement: Agreement, group: Group | None) -> dict[str, bool]:
    """Which steps the person may take from an observation or a trend."""
    is_open = not agreement.is_closed
    groups = agreement.groups.all()
    return {
        "can_make_point": is_open and group is not None and user.has_perm(Capability.LEAD_MEETING, group),
        "can_make_item": is_open
        and any(user.has_perm(Capability.LEAD_MEETING, one) for one in groups if one.kind == Group.Kind.PREPARATION),
        "can_log": is_open and may_log_somewhere(user, agreement),
    }


def may_log_somewhere(user, agreement: Agreement) -> bool:
    """Whether the form has any chance of an activity to offer; the form itself looks closer."""
    return user.has_perm(PlanCapability.PLAN, agreement) or any(
        seat.group.agreement_id == agreement.pk and seat.group.kind in (Group.Kind.WORKING, Group.Kind.SITUATION)
        for seat in seats_held(user)
    )

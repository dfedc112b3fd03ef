"""An activity's facts, and who leads and takes part."""

from collections.abc import Iterable

from django.db import transaction

from accounts.history import recording
from accounts.models import Organisation, User
from focus_areas.models import (
    Activity,
    Participation,
    ProcessLead,
)


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    by: User,
    process_lead: Iterable[Organisation] | None = None,
    participants: Iterable[Organisation] | None = None,
    reason: str = "",
) -> Activity:
    """Save an activity's facts, and who leads and takes part where given (None leaves them as they are)."""
    with recording(by=by, reason=reason):
        activity.save()
        if process_lead is not None:
            set_actors(activity=activity, link=ProcessLead, organisations=process_lead)
        if participants is not None:
            set_actors(activity=activity, link=Participation, organisations=participants)
    return activity


def set_actors(
    *,
    activity: Activity,
    link: type[ProcessLead] | type[Participation],
    organisations: Iterable[Organisation],
) -> bool:
    """Make exactly these organisations lead the activity, or take part in it, in this order. True when that changed."""
    wanted = list(dict.fromkeys(organisations))
    present = {row.organisation_id: row for row in link.objects.filter(activity=activity)}
    changed = False
    for organisation_id, row in present.items():
        if organisation_id not in {organisation.pk for organisation in wanted}:
            row.delete()
            changed = True
    for position, organisation in enumerate(wanted):
        row = present.get(organisation.pk)
        if row is None:
            link.objects.create(activity=activity, organisation=organisation, position=position)
            changed = True
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
            changed = True
    return changed

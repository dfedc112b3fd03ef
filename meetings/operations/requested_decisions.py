"""What is asked of the steering group, put on its agenda."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from accounts.models import User
from agreements.models import Group
from focus_areas.models import Activity
from meetings.models import AgendaItem, Meeting
from meetings.operations.agenda import add_item
from meetings.requested_decisions import requested_decisions

NOT_REQUESTED = "Aktiviteten begär inget beslut. Ladda om sidan och se efter."
NOT_STEERING = "Beslut begärs av styrgruppen."


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, activity: Activity, by: User) -> AgendaItem:
    """Put the decision that an activity asks for last on the steering group's agenda; doing it twice makes one item.

    Raises:
        ValidationError: the meeting is another group's or takes in no changes, or nothing is asked for.
    """
    if meeting.group.kind != Group.Kind.STEERING:
        raise ValidationError(NOT_STEERING)
    wanted = [one for one in requested_decisions(meeting) if one.activity.pk == activity.pk]
    if not wanted:
        raise ValidationError(NOT_REQUESTED)
    if existing := meeting.agenda_items.filter(activity=activity).first():
        return existing
    text = wanted[0].text
    title = Truncator(text).chars(AgendaItem._meta.get_field("title").max_length)
    item = AgendaItem(
        meeting=meeting,
        group=meeting.group,
        title=title,
        description=f"Begärs i lägesrapporten för {activity}." if title == text else text,
        activity=activity,
    )
    return add_item(item=item, by=by)

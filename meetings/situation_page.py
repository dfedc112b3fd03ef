"""What the page of a meeting of Örat mot marken shows: since last, trends, looking ahead, and the form to report."""

import datetime
import uuid

from meetings.access import Capability
from meetings.forms.observations import ObservationReportForm, Offered
from meetings.models import Meeting
from meetings.situation import (
    discussed_at,
    meeting_days,
    own_organisation,
    since_last,
    situation_on,
    spans_between,
    steps_from,
)


def situation_context(meeting: Meeting, user, today: datetime.date) -> dict:
    """What the page of a meeting of Örat mot marken shows beside its agenda and minutes."""
    agreement = meeting.group.agreement
    previous = Meeting.objects.before(meeting).first()
    spans = spans_between(meeting_days(meeting.group, until=meeting.day), today=today)
    since = since_last(meeting, previous, today=today)
    situation = situation_on(agreement, spans, day=meeting.day, today=today, discussed=discussed_at(meeting))
    can_write = not (agreement.is_closed or meeting.is_locked or meeting.is_cancelled)
    can_report = can_write and user.has_perm(Capability.REPORT_OBSERVATIONS, agreement)
    context = {
        "since": since,
        "situation": situation,
        "can_report": can_report,
        "can_discuss": can_write and not meeting.is_under_review and user.has_perm(Capability.LEAD_MEETING, meeting),
        "today": today,
    } | steps_from(user, agreement, meeting.group)
    if can_report:
        own = own_organisation(user, agreement)
        offered = Offered(
            categories=[category for category in situation.categories if category.is_in_use],
            areas=situation.areas,
            organisations=list(agreement.organisations.order_by("name")),
        )
        context |= {
            "own": own,
            "own_has_reported": own is not None and own.pk in since.reported_by,
            "report_form": ObservationReportForm(offered=offered, today=today, own=own, is_compact=True),
            "report_key": uuid.uuid4(),
        }
    return context

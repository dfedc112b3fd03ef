"""What the page of a meeting of Örat mot marken shows: since last, trends, looking ahead, and the form to report."""

import datetime
import uuid
from collections.abc import Collection

from meetings.access import Capability
from meetings.forms.observations import ObservationReportForm, Offered
from meetings.models import Meeting
from meetings.situation import (
    meeting_days,
    organisations_taking_part,
    own_organisation,
    since_last,
    situation_on,
    spans_between,
    spoken_for,
    steps_from,
)


def situation_context(
    meeting: Meeting, user, today: datetime.date, *, previous: Meeting | None, agenda_titles: Collection[str]
) -> dict:
    """The three parts beside the agenda and the minutes; `agenda_titles` tell which trends have been discussed."""
    agreement = meeting.group.agreement
    spans = spans_between(meeting_days(meeting.group, until=meeting.day), today=today)
    organisations = organisations_taking_part(meeting.group)
    since = since_last(meeting, previous, organisations=organisations, today=today)
    reporting = since.reporting(has_begun=meeting.has_begun)
    situation = situation_on(
        agreement, spans, day=meeting.day, today=today, discussed=agenda_titles, reporting=reporting
    )
    # What is under review stands still: what is heard now is reported to the next meeting.
    can_write = not (agreement.is_closed or meeting.is_locked or meeting.is_cancelled or meeting.is_under_review)
    can_report = can_write and user.has_perm(Capability.REPORT_OBSERVATIONS, agreement)
    context = {
        "since": since,
        "reporting": reporting,
        "situation": situation,
        "can_report": can_report,
        "can_discuss": can_write and user.has_perm(Capability.LEAD_MEETING, meeting),
    } | steps_from(user, agreement, meeting.group)
    if can_report:
        own = own_organisation(user, agreement)
        offered = Offered(
            categories=[category for category in situation.categories if category.is_in_use],
            areas=situation.areas,
            organisations=spoken_for(user, agreement, organisations),
        )
        context |= {
            "own": own,
            "own_has_reported": own is not None and own.pk in since.reported_by,
            "report_form": ObservationReportForm(offered=offered, today=today, own=own, is_compact=True),
            "report_key": uuid.uuid4(),
        }
    return context

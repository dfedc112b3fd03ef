"""What can still be written about a meeting, asked of the row as it is now and held until it is written."""

from django.core.exceptions import ValidationError

from meetings.models import Meeting

APPROVED = "Protokollet är justerat och kan inte ändras. Skriv ett tillägg i stället."
UNDER_REVIEW = "Protokollet är på justering. Ta tillbaka det om något ska ändras."
CANCELLED = "Mötet är inställt."
# The code of an error that says so.
CLOSED = "closed"


def hold(meeting: Meeting) -> Meeting:
    """The meeting as the one before left it; others who write about it wait. Needs a surrounding transaction."""
    return (
        Meeting.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group__agreement")
        .get(pk=meeting.pk)
    )


def hold_open(meeting: Meeting) -> Meeting:
    """The same, for what the minutes say.

    Raises:
        ValidationError: the meeting is cancelled, or its minutes are approved or under review.
    """
    held = hold(meeting)
    refuse_closed(held)
    return held


def refuse_closed(meeting: Meeting) -> None:
    if reason := why_closed(meeting):
        raise ValidationError(reason, code=CLOSED)


def why_closed(meeting: Meeting) -> str | None:
    """Why nothing more is taken in, in words; None while the minutes are open."""
    if meeting.is_cancelled:
        return CANCELLED
    if meeting.is_locked:
        return APPROVED
    return UNDER_REVIEW if meeting.is_under_review else None

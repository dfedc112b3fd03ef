"""Sending the link to a meeting's call or minutes. Mail first, then the note that it was sent: never the reverse."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.history import recording
from accounts.models import User
from meetings import emails
from meetings.models import Meeting
from meetings.operations.locks import hold


@dataclass(frozen=True)
class Sending:
    """What came of it; some of the mails may not have been taken by the server."""

    not_reached: tuple[User, ...] = ()


def why_not_call(meeting: Meeting) -> str:
    """Why no call can be sent, in Swedish; nothing when it can."""
    if meeting.is_cancelled:
        return "Mötet är inställt. Det går inte att kalla till det."
    return "Mötet är genomfört. Det går inte att kalla till det." if meeting.is_held else ""


def why_not_send_minutes(meeting: Meeting) -> str:
    """Why the minutes cannot be sent, in Swedish; nothing when they can."""
    return "" if meeting.is_held else "Mötet är inte genomfört. Det finns inget protokoll att skicka än."


def send_call(*, meeting: Meeting, recipients: Sequence[User], greeting: str = "", site: str, by: User) -> Sending:
    """Call people to a meeting; `site` is the portal's own address. Call it outside any transaction.

    Raises:
        ValidationError: the mail holds a personal number, or the mail server took none; nothing is noted.
    """
    not_reached = emails.send_call(meeting=meeting, recipients=recipients, greeting=greeting, site=site, by=by)
    note_sent(meeting, "call_sent_at", by=by)
    return Sending(tuple(not_reached))


def send_minutes(*, meeting: Meeting, recipients: Sequence[User], greeting: str = "", site: str, by: User) -> Sending:
    """Tell people that the minutes are there to read, approved or not. Call it outside any transaction.

    Raises:
        ValidationError: the greeting holds a personal number, or the mail server took no mail; nothing is noted.
    """
    not_reached = emails.send_minutes(meeting=meeting, recipients=recipients, greeting=greeting, site=site, by=by)
    note_sent(meeting, "minutes_sent_at", by=by)
    return Sending(tuple(not_reached))


@transaction.atomic
def note_sent(meeting: Meeting, field: str, *, by: User) -> None:
    """Note when; also of approved minutes, which say nothing of it."""
    held = hold(meeting)
    setattr(held, field, timezone.now())
    with recording(by=by):
        held.save(update_fields=[field])

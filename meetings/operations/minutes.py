"""The minutes: written by several at once, sent for review, approved; afterwards only addenda."""

import dataclasses
import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.history import recording, recording_moment
from accounts.models import User
from meetings.access import others_lead
from meetings.merging import merge
from meetings.minutes import as_data, collect_minutes
from meetings.models import AgendaItem, Meeting, MinutesAddendum
from meetings.operations.locks import CANCELLED, hold, hold_open

# What one person writes in one go is one change in the history, however many times it was saved.
ONE_GO = datetime.timedelta(minutes=5)

NOT_APPROVED = "Protokollet är inte justerat. Ändra i det i stället."


@dataclass(frozen=True)
class SavedMinutes:
    """An item's minutes as they stand after somebody saved."""

    item: AgendaItem
    # Somebody else had saved meanwhile; and whether the two texts went together by themselves.
    was_merged: bool = False
    went_together: bool = True

    @property
    def text(self) -> str:
        return self.item.minutes

    @property
    def version(self) -> int:
        return self.item.minutes_version


@transaction.atomic
def save_minutes(
    *,
    item: AgendaItem,
    text: str,
    base_version: int,
    base_text: str,
    by: User,
    unconfirmed: Collection[str] = (),
    reason: str = "",
) -> SavedMinutes:
    """Save an item's minutes that were written from `base_text`; put them together with what was saved meanwhile.

    `unconfirmed` are texts that the same writer sent without hearing whether they arrived: when one of them is what
    stands there now, nobody else has written.

    Raises:
        ValidationError: the text, or the two together, is too long; the item has no meeting, or it takes in nothing
            more.
    """
    if item.meeting is None:
        raise ValidationError("Punkten väntar på ett möte och har inga anteckningar.")
    hold_open(item.meeting)
    saved = AgendaItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if saved.meeting_id != item.meeting_id:
        raise ValidationError("Punkten har flyttats från mötet.")
    is_alone = saved.minutes_version == base_version or saved.minutes in unconfirmed
    merged = None if is_alone else merge(base=base_text, mine=text, theirs=saved.minutes)
    new_text = merged.text if merged else text
    if new_text != saved.minutes:
        saved.minutes = new_text
        saved.clean_fields(exclude=[field.name for field in saved._meta.fields if field.name != "minutes"])
        saved.minutes_version += 1
        with recording(by=by, reason=reason):
            store_minutes(item=saved, by=by, reason=reason)
    return SavedMinutes(
        item=saved, was_merged=merged is not None, went_together=merged.went_together if merged else True
    )


def store_minutes(*, item: AgendaItem, by: User, reason: str) -> None:
    """Save the minutes; a row of history that the same person wrote a moment ago is brought up to date."""
    newest = item.history.order_by("-history_date", "-history_id").first()
    moment = recording_moment()
    goes_on = (
        newest is not None
        and newest.history_type == "~"
        and newest.history_user_id == by.pk
        and newest.minutes_version == item.minutes_version - 1
        and newest.minutes_version > 0
        and not (reason or newest.history_change_reason)
        and moment - ONE_GO <= newest.history_date <= moment
    )
    if not goes_on:
        item.save(update_fields=["minutes", "minutes_version"])
        return
    item.skip_history_when_saving = True
    item.save(update_fields=["minutes", "minutes_version"])
    del item.skip_history_when_saving
    newest.minutes, newest.minutes_version, newest.history_date = item.minutes, item.minutes_version, moment
    newest.save(update_fields=["minutes", "minutes_version", "history_date"])


def check_move(meeting: Meeting, state: Meeting.MinutesState) -> None:
    if state not in Meeting.MINUTES_MOVES[meeting.minutes_state]:
        now, wanted = meeting.get_minutes_state_display().lower(), state.label.lower()
        raise ValidationError(f"Protokollet är {now} och kan inte bli {wanted}.", code="move")


@transaction.atomic
def send_for_review(*, meeting: Meeting, by: User) -> Meeting:
    """Send the minutes for review: they stand still until somebody approves them or takes them back.

    Raises:
        ValidationError: the meeting is not over, or the minutes are approved.
    """
    held = hold(meeting)
    if held.is_cancelled:
        raise ValidationError(CANCELLED, code="cancelled")
    if held.is_under_review:
        return held
    if not held.is_held:
        raise ValidationError("Mötet är inte avslutat. Avsluta det innan protokollet skickas på justering.")
    check_move(held, Meeting.MinutesState.UNDER_REVIEW)
    held.minutes_state, held.sent_for_review_by = Meeting.MinutesState.UNDER_REVIEW, by
    with recording(by=by):
        held.save(update_fields=["minutes_state", "sent_for_review_by"])
    return held


@transaction.atomic
def take_back(*, meeting: Meeting, by: User) -> Meeting:
    """Take the minutes back from review, to change something in them.

    Raises:
        ValidationError: they are approved.
    """
    held = hold(meeting)
    if held.minutes_state == Meeting.MinutesState.OPEN:
        return held
    check_move(held, Meeting.MinutesState.OPEN)
    held.minutes_state, held.sent_for_review_by = Meeting.MinutesState.OPEN, None
    with recording(by=by):
        held.save(update_fields=["minutes_state", "sent_for_review_by"])
    return held


@transaction.atomic
def approve_minutes(*, meeting: Meeting, by: User) -> Meeting:
    """Approve the minutes: they are kept word for word, with name and time, and nothing in them changes any more.

    Raises:
        ValidationError: they are not under review; the person sent them for review, and others lead the group too.
    """
    held = hold(meeting)
    if held.is_approved:
        return held
    check_move(held, Meeting.MinutesState.APPROVED)
    moment = recording_moment()
    today = timezone.localdate(moment)
    if held.sent_for_review_by_id == by.pk and others_lead(held.group, besides=by, on=today):
        raise ValidationError(
            "Du skickade protokollet på justering. Någon annan som leder gruppens möten justerar det."
        )
    content = dataclasses.replace(collect_minutes(held), approved_by=str(by), approved_at=moment)
    held.minutes_state, held.approved_by, held.approved_at = Meeting.MinutesState.APPROVED, by, moment
    held.approved_content = as_data(content)
    with recording(by=by):
        held.save(update_fields=["minutes_state", "approved_by", "approved_at", "approved_content"])
    return held


@transaction.atomic
def add_addendum(*, meeting: Meeting, text: str, is_internal: bool = False, by: User) -> MinutesAddendum:
    """Add a correction to approved minutes; they stay as they are, and it stands beside them with name and time.

    Raises:
        ValidationError: the minutes are not approved, so that they can be changed instead; or there is no text.
    """
    held = hold(meeting)
    if not held.is_approved:
        raise ValidationError(NOT_APPROVED)
    addendum = MinutesAddendum(
        meeting=held, text=text, is_internal=is_internal, written_by=by, written_at=recording_moment()
    )
    addendum.full_clean()
    with recording(by=by):
        addendum.save()
    return addendum

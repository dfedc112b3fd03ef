"""Agendas: standing items, items of a meeting, and those that wait in a group's backlog. Who acts is `by`."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.history import recording
from accounts.models import User
from agreements.access import require_unlocked
from agreements.models import Group
from documents.written_text import comparison_key
from meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from meetings.operations.locks import CANCELLED, hold, hold_open

MOST_STANDING_ITEMS = 40
NOT_ON_A_MEETING = "Punkten står inte på något möte."
IN_USE = "Punkten har anteckningar, beslut eller åtgärdspunkter och kan inte tas bort."
GONE_ON = "Punkten har gått vidare och kan inte tas bort."
HELD = "Mötet är genomfört. Välj ett möte som inte har varit."


@transaction.atomic
def set_agenda_template(*, group: Group, items: Iterable[AgendaTemplateItem], by: User) -> list[AgendaTemplateItem]:
    """Make exactly these the group's standing items, in this order. Meetings that exist keep the agendas they have.

    Raises:
        ValidationError: there are more than forty.
    """
    require_unlocked(group)
    wanted = list(items)
    if len(wanted) > MOST_STANDING_ITEMS:
        raise ValidationError(f"Högst {MOST_STANDING_ITEMS} stående punkter får plats.")
    kept = {item.pk for item in wanted}
    present = {item.pk: item for item in group.agenda_template.select_for_update()}
    with recording(by=by):
        for pk, item in present.items():
            if pk not in kept:
                item.delete()
        for position, item in enumerate(wanted, start=1):
            item.group, item.position = group, position
            if item.pk not in present:
                item.pk = None
                item._state.adding = True
                item.save()
            elif _differs(item, present[item.pk]):
                item.save()
    return wanted


def _differs(item: AgendaTemplateItem, other: AgendaTemplateItem) -> bool:
    names = ("position", "title", "description", "duration_minutes", "is_internal")
    return any(getattr(item, name) != getattr(other, name) for name in names)


def last_position(items) -> int:
    return items.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def add_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Put a new item last on its meeting's agenda, or last in the group's backlog.

    Raises:
        ValidationError: the meeting is cancelled, or its minutes are approved or under review.
    """
    require_unlocked(item.group)
    if item.meeting is not None:
        item.meeting = hold_open(item.meeting)
        item.group = item.meeting.group
        others = item.meeting.agenda_items.all()
    else:
        others = item.group.agenda_items.backlog()
    with recording(by=by):
        item.position = last_position(others) + 1
        item.created_by = by
        item.save()
    return item


@transaction.atomic
def update_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Save an item's title, background, time and what else is known before the meeting."""
    _hold(item)
    with recording(by=by):
        # Not the minutes: somebody may be writing them.
        item.save(update_fields=["title", "description", "presenter", "duration_minutes", "is_internal", "activity"])
    return item


def _hold(item: AgendaItem) -> None:
    require_unlocked(item)
    if item.meeting_id is not None:
        hold_open(item.meeting)


@transaction.atomic
def place_item(*, item: AgendaItem, position: int, by: User) -> AgendaItem:
    """Let the item be number `position` (from 1) on its agenda or in the backlog; the others close up.

    Raises:
        ValidationError: the meeting is cancelled, or its minutes are approved or under review.
    """
    _hold(item)
    siblings = (
        item.meeting.agenda_items.all() if item.meeting_id else item.group.agenda_items.backlog().select_for_update()
    )
    order = [one for one in siblings if one.pk != item.pk]
    order.insert(min(max(position, 1), len(order) + 1) - 1, item)
    with recording(by=by):
        for number, one in enumerate(order, start=1):
            if one.position != number:
                one.position = number
                one.save(update_fields=["position"])
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    """Take away an item that nothing has been written on.

    Raises:
        ValidationError: something has, or it has gone on to another meeting; or the meeting takes in no changes.
    """
    _hold(item)
    if _is_written_on(item):
        raise ValidationError(IN_USE)
    if item.carried_to.exists():
        raise ValidationError(GONE_ON)
    with recording(by=by):
        item.delete()


def _is_written_on(item: AgendaItem) -> bool:
    return bool(item.minutes.strip()) or item.decisions.exists() or item.action_points.exists()


def next_meeting(meeting: Meeting, *, now: datetime.datetime) -> Meeting | None:
    """The group's next meeting after this one that is still to be held."""
    return Meeting.objects.after(meeting).filter(ends_at__gt=now, opened_at__isnull=True).first()


@transaction.atomic
def carry_item(*, item: AgendaItem, now: datetime.datetime, by: User) -> AgendaItem:
    """Let an item come up again at the group's next meeting; without one it waits in the backlog.

    A meeting that has the item already, as it has the standing ones, gets no double: what somebody prepared goes into
    that one. What was written at the meeting stays there. Carrying twice makes one.

    Raises:
        ValidationError: the item is on no meeting, or the meeting takes in no changes.
    """
    if item.meeting_id is None:
        raise ValidationError(NOT_ON_A_MEETING)
    if already := item.carried_to.first():
        return already
    _hold(item)
    to = next_meeting(item.meeting, now=now)
    if item.is_carried and to and (already := same_item(to, item)):
        return already
    return _go_on(item, to=to, by=by)


@transaction.atomic
def shelve_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Let an item wait in the group's backlog; what has been written on it stays with the meeting.

    Raises:
        ValidationError: the meeting takes in no changes.
    """
    if item.meeting_id is None:
        return item
    if already := item.carried_to.first():
        return already
    _hold(item)
    if _is_written_on(item):
        return _go_on(item, to=None, by=by)
    with recording(by=by):
        item.position = last_position(item.group.agenda_items.backlog()) + 1
        item.meeting = None
        item.outcome = AgendaItem.Outcome.TO_DO
        item.save(update_fields=["position", "meeting", "outcome"])
    return item


def _go_on(item: AgendaItem, *, to: Meeting | None, by: User) -> AgendaItem:
    """The same item there, or a new one with the same words; the old one says that it has gone on."""
    with recording(by=by):
        there = same_item(to, item) if to else None
        following = there and _prepare_alike(hold_open(to), there, item)
        following = following or add_item(
            item=AgendaItem(
                group=item.group,
                meeting=to,
                title=item.title,
                description=item.description,
                presenter=item.presenter,
                duration_minutes=item.duration_minutes,
                is_internal=item.is_internal,
                activity=item.activity,
                carried_from=item,
            ),
            by=by,
        )
        item.outcome = AgendaItem.Outcome.CARRIED
        item.save(update_fields=["outcome"])
    return following


def same_item(meeting: Meeting, item: AgendaItem) -> AgendaItem | None:
    """The item with that title on the meeting's agenda."""
    title = comparison_key(item.title)
    return next((one for one in meeting.agenda_items.all() if comparison_key(one.title) == title), None)


def is_prepared(item: AgendaItem, standing: AgendaTemplateItem | None) -> bool:
    """Whether somebody has prepared the item: put it there, or written on what the group's usual agenda gave."""
    if standing is None:
        return True
    given = (standing.description, "", standing.duration_minutes, standing.is_internal, None)
    return given != (item.description, item.presenter, item.duration_minutes, item.is_internal, item.activity_id)


def standing_item(item: AgendaItem) -> AgendaTemplateItem | None:
    """The line of the group's usual agenda that the item comes from, by its title."""
    title = comparison_key(item.title)
    return next((one for one in item.group.agenda_template.all() if comparison_key(one.title) == title), None)


def _prepare_alike(meeting: Meeting, there: AgendaItem, item: AgendaItem) -> AgendaItem | None:
    """Write on an item what is prepared on another of the same title; None when both do not fit into one.

    Nothing that is written there goes, and what is internal on either stays internal.
    """
    standing = standing_item(item) or AgendaTemplateItem()
    description = _together(there.description, item.description, given=standing.description, edge="\n", between="\n\n")
    presenter = _together(there.presenter, item.presenter, given="", edge=", ", between=", ")
    limits = {name: AgendaItem._meta.get_field(name).max_length for name in ("description", "presenter")}
    are_about_two = there.activity_id and item.activity_id and there.activity_id != item.activity_id
    if are_about_two or len(description) > limits["description"] or len(presenter) > limits["presenter"]:
        return None
    there.meeting = meeting
    there.description, there.presenter = description, presenter
    if there.duration_minutes == standing.duration_minutes and item.duration_minutes:
        there.duration_minutes = item.duration_minutes
    there.is_internal = there.is_internal or item.is_internal
    there.activity_id = there.activity_id or item.activity_id
    there.carried_from = there.carried_from or item
    there.save(
        update_fields=["description", "presenter", "duration_minutes", "is_internal", "activity", "carried_from"]
    )
    return there


def _together(there: str, coming: str, *, given: str, edge: str, between: str) -> str:
    """Two texts that began as the same given one, as one text. Only whole lines or names count as being there."""
    if coming in (given, "") or _holds(there, coming, edge=edge):
        return there
    if there in (given, "") or _holds(coming, there, edge=edge):
        return coming
    return there + between + (coming.removeprefix(given + edge).strip() if given else coming)


def _holds(text: str, part: str, *, edge: str) -> bool:
    return edge + part + edge in edge + text + edge


@transaction.atomic
def schedule_item(*, item: AgendaItem, meeting: Meeting, by: User) -> AgendaItem:
    """Take an item from the backlog to a meeting of its group; doing it twice changes nothing.

    Raises:
        ValidationError: the meeting is another group's, is held or cancelled, or the item is on another meeting.
    """
    require_unlocked(item)
    if item.meeting_id == meeting.pk:
        return item
    if item.meeting_id is not None:
        raise ValidationError("Punkten står redan på ett möte.")
    if meeting.group_id != item.group_id:
        raise ValidationError({"meeting": "Mötet hör till en annan grupp."})
    held = hold(meeting)
    if held.is_cancelled or held.is_held:
        raise ValidationError({"meeting": CANCELLED if held.is_cancelled else HELD})
    with recording(by=by):
        there = same_item(held, item) if item.carried_from_id else None
        if there and _prepare_alike(held, there, item):
            # Comes from a meeting where it was among the standing items, and this meeting has them too.
            there.carried_from_id = there.carried_from_id if there.carried_from_id != item.pk else item.carried_from_id
            there.save(update_fields=["carried_from"])
            item.delete()
            return there
        item.position = last_position(held.agenda_items.all()) + 1
        item.meeting = held
        item.save(update_fields=["meeting", "position"])
    return item

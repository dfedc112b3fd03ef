"""Action points: who does what until when. They live on after the meeting, also when its minutes are approved."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.history import recording, recording_moment
from accounts.models import Organisation, User
from agreements.models import Agreement, Group
from focus_areas.models import Activity
from meetings.models import ActionPoint, AgendaItem, Meeting
from meetings.operations.locks import hold_open, why_closed
from meetings.operations.participants import require_participants

MOVES = {
    ActionPoint.State.OPEN: {ActionPoint.State.DONE, ActionPoint.State.DROPPED},
    ActionPoint.State.DONE: {ActionPoint.State.OPEN},
    ActionPoint.State.DROPPED: {ActionPoint.State.OPEN},
}


@transaction.atomic
def add_action_point(
    *,
    text: str,
    due_on: datetime.date,
    by: User,
    meeting: Meeting | None = None,
    group: Group | None = None,
    responsible: User | None = None,
    organisation: Organisation | None = None,
    agenda_item: AgendaItem | None = None,
    activity: Activity | None = None,
) -> ActionPoint:
    """Add a point that a group follows until it is finished: agreed at a meeting, or between meetings (group).

    Raises:
        ValidationError: nobody is responsible, or somebody who is not in the agreement; the day has been; something
            named belongs elsewhere; the meeting takes in nothing more.
    """
    if meeting is not None:
        meeting = hold_open(meeting)
        group = meeting.group
    if group is None:
        raise TypeError("an action point needs a meeting or a group")
    point = ActionPoint(
        group=group,
        meeting=meeting,
        agenda_item=agenda_item,
        text=text,
        responsible=responsible,
        organisation=organisation,
        due_on=due_on,
        activity=activity,
        created_by=by,
        created_at=recording_moment(),
    )
    check_action_point(point)
    check_due_on(point)
    with recording(by=by):
        point.save()
    return point


@transaction.atomic
def change_action_point(*, point: ActionPoint, by: User) -> ActionPoint:
    """Save a point's changed words, responsible, day or activity.

    What approved minutes say of it they keep; its words stay as they were minuted.

    Raises:
        ValidationError: it is finished; the words differ, and the minutes are closed; or as when it is added.
    """
    check_change(point)
    with recording(by=by):
        point.save(update_fields=["text", "responsible", "organisation", "due_on", "activity", "agenda_item"])
    return point


def check_change(point: ActionPoint) -> None:
    """Refuse what `change_action_point` refuses, of a point with its new values. Needs a surrounding transaction."""
    saved = as_saved(point)
    if not saved.is_open:
        raise ValidationError("Åtgärdspunkten är avslutad. Öppna den igen om den ska ändras.")
    if saved.meeting and point.text != saved.text and (reason := why_closed(saved.meeting)):
        raise ValidationError({"text": reason})
    check_action_point(point)
    if point.due_on != saved.due_on:
        check_due_on(point)


@transaction.atomic
def finish_action_point(
    *, point: ActionPoint, by: User, outcome: str = "", on: datetime.date | None = None
) -> ActionPoint:
    """Say that it is done, and in words what was done; saying it twice changes nothing.

    Raises:
        ValidationError: it is dropped, or somebody has said of it that it is done in other words.
    """
    return close_point(point=point, state=ActionPoint.State.DONE, by=by, outcome=outcome, on=on)


@transaction.atomic
def drop_action_point(*, point: ActionPoint, by: User, outcome: str, on: datetime.date | None = None) -> ActionPoint:
    """Say that it will not be done, and why.

    Raises:
        ValidationError: there is no reason, it is done, or somebody has dropped it for another reason.
    """
    if not outcome.strip():
        raise ValidationError({"outcome": "Skriv varför åtgärden utgår."})
    return close_point(point=point, state=ActionPoint.State.DROPPED, by=by, outcome=outcome, on=on)


def close_point(
    *, point: ActionPoint, state: ActionPoint.State, by: User, outcome: str, on: datetime.date | None
) -> ActionPoint:
    saved = as_saved(point)
    if saved.state == state and outcome.strip() in ("", saved.outcome):
        return saved
    check_move(saved, state)
    day = on or timezone.localdate(recording_moment())
    if day < saved.since:
        raise ValidationError("Åtgärdspunkten kan inte ha avslutats innan den bestämdes.")
    saved.state, saved.outcome, saved.finished_on, saved.finished_by = state, outcome, day, by
    saved.full_clean()
    with recording(by=by):
        saved.save(update_fields=["state", "outcome", "finished_on", "finished_by"])
    return saved


@transaction.atomic
def reopen_action_point(*, point: ActionPoint, by: User) -> ActionPoint:
    """Open a finished point again; it follows along as before. What was said of it stays in the history."""
    saved = as_saved(point)
    if saved.is_open:
        return saved
    check_move(saved, ActionPoint.State.OPEN)
    saved.state, saved.outcome, saved.finished_on, saved.finished_by = ActionPoint.State.OPEN, "", None, None
    with recording(by=by):
        saved.save(update_fields=["state", "outcome", "finished_on", "finished_by"])
    return saved


def as_saved(point: ActionPoint) -> ActionPoint:
    """The point as it is now, held."""
    return (
        ActionPoint.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group__agreement", "meeting")
        .get(pk=point.pk)
    )


def check_move(point: ActionPoint, state: ActionPoint.State) -> None:
    if state not in MOVES[point.state]:
        how = ": ".join(filter(None, [point.get_state_display().lower(), point.outcome]))
        raise ValidationError(f"Åtgärdspunkten är redan avslutad ({how}).")


def check_action_point(point: ActionPoint) -> None:
    """Refuse what belongs elsewhere, and responsible people or organisations who are not in the agreement."""
    agreement = point.group.agreement
    if point.agenda_item and (
        point.agenda_item.group_id != point.group_id or point.agenda_item.meeting_id != point.meeting_id
    ):
        raise ValidationError({"agenda_item": "Dagordningspunkten hör till ett annat möte."})
    if point.activity and point.activity.agreement.pk != agreement.pk:
        raise ValidationError({"activity": "Aktiviteten hör till en annan överenskommelse."})
    if point.organisation:
        require_participants(agreement, [point.organisation.pk], field="organisation")
    if point.responsible:
        day = timezone.localdate(recording_moment())
        if not Agreement.objects.visible_to(point.responsible, on=day).filter(pk=agreement.pk).exists():
            raise ValidationError({"responsible": "Personen har ingen plats i överenskommelsen i dag."})
    point.full_clean()


def check_due_on(point: ActionPoint) -> None:
    """The day lies ahead; of a meeting that is minuted afterwards, not before the meeting."""
    today = timezone.localdate(recording_moment())
    if point.due_on < (min(point.meeting.day, today) if point.meeting else today):
        raise ValidationError({"due_on": "Dagen har redan varit. Välj en dag framåt."})

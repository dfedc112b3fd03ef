"""Decisions: the next § of the group's year, and what they mandate."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.history import recording
from accounts.models import User
from agreements.models import Group
from focus_areas.models import Activity
from meetings.models import AgendaItem, Decision, Meeting
from meetings.operations.locks import hold_open

ELSEWHERE = "hör till en annan överenskommelse."


@transaction.atomic
def record_decision(
    *,
    meeting: Meeting,
    text: str,
    by: User,
    agenda_item: AgendaItem | None = None,
    mandated_group: Group | None = None,
    mandated_activity: Activity | None = None,
    carries_out: Decision | None = None,
) -> Decision:
    """Record what the meeting decided, with the next § number of the group's year (the year the meeting is held).

    Raises:
        ValidationError: the meeting has not been opened or takes in nothing more; something named belongs elsewhere.
    """
    held = hold_open(meeting)
    if held.opened_at is None and not held.is_held:
        raise ValidationError("Mötet är inte öppnat. Öppna det innan beslut skrivs in.", code="not_opened")
    decision = Decision(
        meeting=held,
        group=held.group,
        agenda_item=agenda_item,
        text=text,
        mandated_group=mandated_group,
        mandated_activity=mandated_activity,
        carries_out=carries_out,
        year=held.day.year,
        number=next_number(group=held.group, year=held.day.year),
    )
    check_decision(decision)
    with recording(by=by):
        decision.save()
    return decision


def next_number(*, group: Group, year: int) -> int:
    """One more than the highest of the group's year; others who want a number wait until this one is saved."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    highest = Decision.objects.filter(group=group, year=year).aggregate(number=Max("number"))["number"]
    return (highest or 0) + 1


@transaction.atomic
def correct_decision(*, decision: Decision, by: User) -> Decision:
    """Save a decision's corrected words, or what it mandates, while the minutes are open. Its number stays.

    Raises:
        ValidationError: the meeting takes in nothing more; something named belongs elsewhere.
    """
    hold_open(decision.meeting)
    check_decision(decision)
    with recording(by=by):
        decision.save(update_fields=["text", "agenda_item", "mandated_group", "mandated_activity", "carries_out"])
    return decision


def check_decision(decision: Decision) -> None:
    """Refuse what belongs to another meeting or agreement, and a decision that carries out a later one."""
    agreement = decision.meeting.agreement
    if decision.agenda_item and decision.agenda_item.meeting_id != decision.meeting_id:
        raise ValidationError({"agenda_item": "Dagordningspunkten hör till ett annat möte."})
    if decision.mandated_group and decision.mandated_group.agreement_id != agreement.pk:
        raise ValidationError({"mandated_group": f"Gruppen {ELSEWHERE}"})
    if decision.mandated_activity and decision.mandated_activity.agreement.pk != agreement.pk:
        raise ValidationError({"mandated_activity": f"Aktiviteten {ELSEWHERE}"})
    if decision.carries_out:
        if decision.carries_out.group.agreement_id != agreement.pk:
            raise ValidationError({"carries_out": f"Beslutet {ELSEWHERE}"})
        if not came_before(decision.carries_out, decision):
            raise ValidationError({"carries_out": "Beslutet som verkställs ska ha fattats tidigare."})
    decision.full_clean()


def came_before(earlier: Decision, decision: Decision) -> bool:
    if earlier.pk == decision.pk:
        return False
    if earlier.meeting_id == decision.meeting_id:
        return earlier.number < decision.number
    return earlier.meeting.starts_at < decision.meeting.starts_at

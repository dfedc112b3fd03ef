"""An activity's whole history, and taking back one change of it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q

from accounts.history import changed_fields, load_pairs, m2m_values, recording
from accounts.models import User
from focus_areas.access import Capability
from focus_areas.models import (
    Activity,
    ChildImpact,
    Commitment,
    FollowUp,
    FollowUpApproval,
    Grant,
    LogAttachment,
    LogEntry,
    Participation,
    PlannedFollowUp,
    ProcessLead,
    StatusUpdate,
)
from focus_areas.operations import follow_latest_update, plan_next_follow_up, refuse_to_remove

# What it takes to take back a change of each kind of thing.
UNDO_NEEDS = {
    Activity: Capability.EDIT_ACTIVITY,
    ProcessLead: Capability.EDIT_ACTIVITY,
    Participation: Capability.EDIT_ACTIVITY,
    Commitment: Capability.EDIT_ACTIVITY,
    ChildImpact: Capability.EDIT_ACTIVITY,
    LogEntry: Capability.EDIT_ACTIVITY,
    LogAttachment: Capability.EDIT_ACTIVITY,
    StatusUpdate: Capability.EDIT_ACTIVITY,
    FollowUp: Capability.FOLLOW_UP,
    PlannedFollowUp: Capability.FOLLOW_UP,
    Grant: Capability.EDIT_ACTIVITY,
}
# Set by status updates and follow-ups; they change back when those are taken back.
FOLLOWING_FIELDS = {"status", "assessment"}


def plan_histories(activity: Activity) -> dict[type[models.Model], Q]:
    """Which history rows tell how the plan for an activity came to be as it is."""
    return {
        Activity: Q(id=activity.pk),
        ProcessLead: Q(activity_id=activity.pk),
        Participation: Q(activity_id=activity.pk),
        Commitment: Q(activity_id=activity.pk),
    }


def all_histories(activity: Activity) -> dict[type[models.Model], Q]:
    """Which history rows belong to an activity: its plan, and everything written about it."""
    entries = LogEntry.history.filter(activity_id=activity.pk).values("id")
    follow_ups = FollowUp.history.filter(activity_id=activity.pk).values("id")
    return plan_histories(activity) | {
        LogEntry: Q(activity_id=activity.pk),
        LogAttachment: Q(log_entry_id__in=entries),
        StatusUpdate: Q(activity_id=activity.pk),
        FollowUp: Q(activity_id=activity.pk),
        FollowUpApproval: Q(follow_up_id__in=follow_ups),
        PlannedFollowUp: Q(activity_id=activity.pk),
        Grant: Q(activity_id=activity.pk),
        ChildImpact: Q(activity_id=activity.pk),
    }


def may_undo(user: User, activity: Activity, model: type[models.Model], record) -> bool:
    """Whether the person may try to take this change back; whether it still can be is found out when they try."""
    if model is Activity and record.history_type != "~":
        return False
    if model not in UNDO_NEEDS or activity.agreement.is_closed:
        return False
    return user.has_perm(UNDO_NEEDS[model], activity)


@transaction.atomic
def undo_change(*, activity: Activity, key: str, by: User) -> str:
    """Take back the change with that key (`<model>-<history id>`); return what to tell the person.

    Raises:
        ValidationError: there is no such change, it may not be taken back, or something later builds on it.
    """
    model, record, before = find_change(activity=activity, key=key)
    if not may_undo(by, activity, model, record):
        raise ValidationError("Den ändringen kan inte ångras.")
    with recording(by=by, reason="Ångrade en tidigare ändring"):
        match record.history_type:
            case "+":
                _take_away(model, record)
            case "-":
                _bring_back(model, record)
            case _:
                _change_back(model, record, before)
        _let_others_follow(model, record, activity)
    return "Ändringen är ångrad."


def find_change(*, activity: Activity, key: str):
    """Return (model, history row, the row before it) for a key; raises ValidationError when there is none."""
    things = all_histories(activity)
    by_name = {model._meta.model_name: model for model in things}
    name, _, history_id = key.rpartition("-")
    model = by_name.get(name)
    if model is None or not history_id.isdecimal() or len(history_id) > 18:
        raise ValidationError("Den ändringen finns inte.")
    if not model.history.model.objects.filter(things[model], history_id=history_id).exists():
        raise ValidationError("Den ändringen finns inte.")
    return load_pairs([(None, int(history_id), name)], things)[0]


def _take_away(model, record) -> None:
    thing = model.objects.select_for_update().filter(pk=record.id).first()
    if thing is None:
        raise ValidationError("Det är redan borttaget.")
    _refuse_if_locked(thing)
    if isinstance(thing, PlannedFollowUp):
        refuse_to_remove(thing)
    try:
        thing.delete()
    except ProtectedError as error:
        raise ValidationError("Något annat bygger på det. Ta bort det först.") from error


def _bring_back(model, record) -> None:
    if model.objects.filter(pk=record.id).exists():
        raise ValidationError("Det är redan tillbaka.")
    thing = record.instance
    thing.full_clean()
    thing.save(force_insert=True)


def _change_back(model, record, before) -> None:
    thing = model.objects.select_for_update().filter(pk=record.id).first()
    if thing is None or before is None:
        raise ValidationError("Det som ändrades finns inte längre.")
    _refuse_if_locked(thing)
    names = [name for name in changed_fields(model, before, record) if name not in FOLLOWING_FIELDS]
    if not names:
        raise ValidationError("Status och bedömning ändras med en ny lägesrapport.")
    later = [name for name in names if _current(thing, name) != _recorded(record, name)]
    if later:
        label = model._meta.get_field(later[0]).verbose_name
        raise ValidationError(f"”{label}” har ändrats igen efter det. Ändra direkt i stället.")
    for name in names:
        model_field = model._meta.get_field(name)
        if not model_field.many_to_many:
            setattr(thing, model_field.attname, getattr(before, model_field.attname))
    thing.full_clean()
    thing.save()
    for name in names:
        if model._meta.get_field(name).many_to_many:
            _choose_again(getattr(thing, name), m2m_values(before, name))


def _choose_again(chosen, keys: set[int]) -> None:
    if chosen.model.objects.filter(pk__in=keys).count() < len(keys):
        raise ValidationError("Något av det som var valt finns inte längre. Ändra direkt i stället.")
    chosen.set(keys)


def _refuse_if_locked(thing) -> None:
    if isinstance(thing, FollowUp) and thing.is_locked:
        raise ValidationError("Uppföljningen är godkänd och kan inte ändras.")
    if isinstance(thing, PlannedFollowUp) and thing.is_locked:
        raise ValidationError("Uppföljningen som svarar mot den är godkänd. Den planerade kan inte ändras.")


def _current(thing, name: str):
    model_field = thing._meta.get_field(name)
    if model_field.many_to_many:
        return set(getattr(thing, name).values_list("pk", flat=True))
    return getattr(thing, model_field.attname)


def _recorded(record, name: str):
    model_field = record.instance_type._meta.get_field(name)
    return m2m_values(record, name) if model_field.many_to_many else getattr(record, model_field.attname)


def _let_others_follow(model, record, activity: Activity) -> None:
    if model is StatusUpdate:
        follow_latest_update(activity=Activity.objects.get(pk=activity.pk))
    if model in (ProcessLead, Participation):
        # A new version of the activity, so that a form opened before this does not write over it.
        Activity.objects.get(pk=activity.pk).save()
    if model in (FollowUp, PlannedFollowUp):
        plan_next_follow_up(activity=activity, gone=record.due_on if model is PlannedFollowUp else None)

"""Writes for Örat mot marken: what was seen, that somebody has reported, what is coming, and the words for it."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.history import recording, recording_moment
from accounts.models import Organisation, User
from agreements.models import Agreement, Area
from meetings.models import (
    AgendaItem,
    Meeting,
    Observation,
    ObservationCategory,
    SituationReport,
    UpcomingEvent,
)
from meetings.operations.agenda import add_item
from meetings.operations.attendance import set_outcome
from meetings.operations.locks import hold_open
from meetings.operations.minutes import save_minutes
from meetings.operations.participants import require_participants
from meetings.situation import trend_title

MOST_AT_ONCE = 20
TOO_MANY = f"Högst {MOST_AT_ONCE} iakttagelser kan sparas på en gång. Ingenting är sparat. Dela upp dem."
NOT_YET = "Dagen har inte varit än. Rapportera det som har hänt."
STRANGE = "Den hör till en annan överenskommelse."
RELATIONS = ("agreement", "category", "area", "source", "reported_by")


@transaction.atomic
def report_observations(
    *, agreement: Agreement, observations: Collection[Observation], meeting: Meeting | None, by: User
) -> list[Observation]:
    """Save up to twenty observations, and that their organisations have reported to the meeting. All or none.

    "Today" is the day of the recording, so that older work can be brought in.

    Raises:
        ValidationError: there are none or too many; one lies in the future or ends before it starts; its category or
            area belongs elsewhere, or is out of use; its source does not take part; the meeting is not for this.
    """
    if len(observations) > MOST_AT_ONCE:
        raise ValidationError(TOO_MANY, code="too_many")
    if not observations:
        raise ValidationError("Skriv minst en iakttagelse, eller välj Inget att rapportera.")
    _require_open_meeting(meeting, agreement)
    require_participants(agreement, (observation.source_id for observation in observations), field="source")
    with recording(by=by):
        for observation in observations:
            observation.agreement = agreement
            observation.reported_by = by
            _check(observation)
            if not observation.category.is_in_use:
                raise ValidationError({"category": f"Kategorin {observation.category} används inte längre."})
            observation.save()
        if meeting is not None:
            for organisation in dict.fromkeys(observation.source for observation in observations):
                _mark_reported(meeting, organisation, by)
    return list(observations)


@transaction.atomic
def report_nothing(*, meeting: Meeting, organisation: Organisation, by: User) -> SituationReport:
    """Say that an organisation has nothing to report to the meeting; saying it twice changes nothing.

    Raises:
        ValidationError: the organisation does not take part, or the meeting is not for this.
    """
    _require_open_meeting(meeting, meeting.agreement)
    require_participants(meeting.agreement, [organisation.pk], field="source")
    with recording(by=by):
        return _mark_reported(meeting, organisation, by)


def _mark_reported(meeting: Meeting, organisation: Organisation, by: User) -> SituationReport:
    report, _ = SituationReport.objects.get_or_create(
        meeting=meeting, organisation=organisation, defaults={"reported_by": by}
    )
    return report


def _require_open_meeting(meeting: Meeting | None, agreement: Agreement) -> None:
    if meeting is None:
        return
    if meeting.group.agreement_id != agreement.pk or not meeting.is_situation_meeting:
        raise ValidationError("Mötet hör inte till Örat mot marken i den här överenskommelsen.")
    if meeting.is_cancelled or meeting.is_locked:
        raise ValidationError("Mötet tar inte emot fler rapporter. Rapportera till nästa möte.")


def _check(observation: Observation) -> None:
    """What holds for every observation, whichever way it came in."""
    today = timezone.localdate(recording_moment())
    observation.clean_fields(exclude=RELATIONS)
    observation.clean()
    if observation.occurred_from > today:
        raise ValidationError({"occurred_from": NOT_YET})
    if observation.occurred_to > today:
        raise ValidationError({"occurred_to": NOT_YET})
    if observation.occurred_to < observation.occurred_from:
        raise ValidationError({"occurred_to": "Sista dagen kan inte vara före den första."})


@transaction.atomic
def change_observation(*, observation: Observation, by: User, reason: str = "") -> Observation:
    """Save a corrected observation. A category that has been put out of use may stay, not be chosen anew.

    Raises:
        ValidationError: as for a new one.
    """
    before = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    require_participants(observation.agreement, [observation.source_id], field="source")
    if observation.category_id != before.category_id and not observation.category.is_in_use:
        raise ValidationError({"category": f"Kategorin {observation.category} används inte längre."})
    with recording(by=by, reason=reason):
        _check(observation)
        observation.save()
    return observation


@transaction.atomic
def remove_observation(*, observation: Observation, by: User, reason: str) -> None:
    """Take an observation away, and keep in its history why.

    Raises:
        ValidationError: nobody said why.
    """
    if not reason.strip():
        raise ValidationError({"reason_for_change": "Skriv varför iakttagelsen tas bort."})
    with recording(by=by, reason=reason):
        observation.delete()


# --- What is coming ---


@transaction.atomic
def save_event(
    *, event: UpcomingEvent, by: User, watched_by: Iterable[Organisation] | None = None, reason: str = ""
) -> UpcomingEvent:
    """Save a new or changed event, and who keeps an eye on it where given (None leaves them as they are).

    Raises:
        ValidationError: its area belongs elsewhere, it ends before it starts, or an organisation does not take part.
    """
    if event.area_id and event.area.agreement_id != event.agreement_id:
        raise ValidationError({"area": STRANGE})
    if event.ends_on < event.starts_on:
        raise ValidationError({"ends_on": "Sista dagen kan inte vara före den första."})
    watchers = None if watched_by is None else list(watched_by)
    if watchers:
        require_participants(event.agreement, [one.pk for one in watchers], field="watched_by")
    with recording(by=by, reason=reason):
        if event.pk is None:
            event.created_by = by
        event.save()
        if watchers is not None:
            event.watched_by.set(watchers)
    return event


@transaction.atomic
def remove_event(*, event: UpcomingEvent, by: User) -> None:
    """Take an event away; its history stays."""
    with recording(by=by):
        event.delete()


# --- The words: categories and areas ---


@transaction.atomic
def save_category(*, category: ObservationCategory, by: User) -> ObservationCategory:
    """Save a new or changed category, last in order unless it has a place. It is put out of use, never taken away."""
    with recording(by=by):
        if not category.position:
            last = category.agreement.observation_categories.aggregate(last=Max("position"))["last"] or 0
            category.position = last + 1
        category.save()
    return category


@transaction.atomic
def save_area(*, area: Area, by: User) -> Area:
    """Save a new area or its new name."""
    with recording(by=by):
        area.save()
    return area


# --- What the meeting says of a trend ---


@transaction.atomic
def discuss_trend(*, meeting: Meeting, name: str, words: str, note: str = "", by: User) -> AgendaItem:
    """Note in the minutes that a trend has been discussed, with its numbers and what was said. Twice makes one item.

    Raises:
        ValidationError: the meeting is cancelled, or its minutes are approved or under review.
    """
    item = meeting.agenda_items.filter(title=trend_title(name)).first()
    if item is None:
        item = AgendaItem(
            group=meeting.group,
            meeting=meeting,
            title=trend_title(name),
            minutes=" ".join(part for part in (words, note.strip()) if part),
            outcome=AgendaItem.Outcome.DISCUSSED,
        )
        return add_item(item=item, by=by)
    hold_open(meeting)
    said = item.minutes.rstrip()
    if note.strip() and not said.endswith(note.strip()):
        item = save_minutes(
            item=item,
            text=f"{said}\n{note.strip()}".strip(),
            base_version=item.minutes_version,
            base_text=item.minutes,
            by=by,
        ).item
    if item.is_to_do:
        with recording(by=by):
            set_outcome(item=item, outcome=AgendaItem.Outcome.DISCUSSED)
    return item

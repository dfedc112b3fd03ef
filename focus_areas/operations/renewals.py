"""A new period from an old one. Nothing of the old agreement is written; what is chosen is kept beside it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement
from documents.swedish_words import joined
from focus_areas.models import Goal, Renewal
from focus_areas.models.renewals import RenewalChoice, SeatChoice
from focus_areas.operations.carrying_over import CarryingOver
from focus_areas.renewal_guide import missing_choices, period_of
from focus_areas.renewal_periods import why_not_period

DONE = "Utkastet till den nya överenskommelsen är redan gjort. Arbeta vidare i det."
SETTLED = "Den nya överenskommelsen är fastställd. Slutordet ändras inte längre."
COLLISION = "Utkastet gick inte att göra, för något i det krockade med vad någon annan sparade. Försök igen."
NUMBER_TAKEN = "Kommunen har redan en överenskommelse med det diarienumret."


def hold_open(renewal: Renewal) -> Renewal:
    """The renewal as it is now, held until the transaction ends.

    Raises:
        ValidationError: its draft has been made.
    """
    saved = Renewal.objects.select_for_update(no_key=True, of=("self",)).select_related("agreement").get(pk=renewal.pk)
    if saved.is_done:
        raise ValidationError(DONE)
    return saved


def refuse_period(renewal: Renewal) -> None:
    """Raises ValidationError, by field, when the period cannot be had or the reference number is taken."""
    agreement = renewal.agreement
    faults = why_not_period(period_of(agreement), period_of(renewal), is_closed=agreement.is_closed)
    taken = Agreement.objects.filter(
        municipality=agreement.municipality_id, reference_number=renewal.reference_number
    ).exclude(reference_number="")
    if taken.exists():
        faults["reference_number"] = NUMBER_TAKEN
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def save_renewal(*, renewal: Renewal, by: User) -> Renewal:
    """Begin a renewal, or change the new period's title, number and days.

    Raises:
        ValidationError: the draft has been made, the days overlap the old period, or the number is taken.
    """
    if renewal.pk:
        hold_open(renewal)
    refuse_period(renewal)
    with recording(by=by):
        if renewal.pk is None:
            renewal.created_by = by
        renewal.save()
    return renewal


@transaction.atomic
def keep_choices(
    *,
    renewal: Renewal,
    model: type[RenewalChoice] | type[SeatChoice],
    link: str,
    choices: dict[models.Model, dict[str, Any]],
    by: User,
) -> int:
    """Keep what was chosen for activities, goals or seats (`link` says which); return how many are new or other.

    Raises:
        ValidationError: the draft has been made, or a thing belongs to another agreement.
    """
    hold_open(renewal)
    saved = {getattr(choice, f"{link}_id"): choice for choice in model.objects.filter(renewal=renewal)}
    changed = 0
    with recording(by=by):
        for thing, values in choices.items():
            if thing.agreement != renewal.agreement:
                raise ValidationError("Valet gäller en annan överenskommelse.")
            choice = saved.get(thing.pk) or model(renewal=renewal, **{link: thing})
            if choice.pk and all(getattr(choice, name) == value for name, value in values.items()):
                continue
            for name, value in values.items():
                setattr(choice, name, value)
            choice.save()
            changed += 1
    return changed


@transaction.atomic
def save_closing_statement(*, renewal: Renewal, by: User) -> Renewal:
    """Save the old period's closing statement; it can be written until the new agreement has been adopted.

    Raises:
        ValidationError: the new agreement has been adopted.
    """
    saved = Renewal.objects.select_for_update(no_key=True, of=("self",)).select_related("successor").get(pk=renewal.pk)
    if is_settled(saved):
        raise ValidationError(SETTLED)
    with recording(by=by):
        renewal.save(update_fields=["closing_statement"])
    return renewal


def is_settled(renewal: Renewal) -> bool:
    """Whether the new agreement has been adopted: then the old period's last word stands."""
    return renewal.is_done and renewal.successor.is_locked


@transaction.atomic
def make_draft(*, renewal: Renewal, by: User, today: datetime.date) -> Agreement:
    """Make the new agreement's draft from what has been chosen, all of it or nothing.

    Raises:
        ValidationError: it has been made already, something has not been chosen, or the period cannot be had.
    """
    saved = hold_open(renewal)
    refuse_period(saved)
    if missing := missing_choices(saved, on=today):
        raise ValidationError(missing)
    refuse_new_goals(saved)
    with recording(by=by, reason=f"Förnyelse av {saved.agreement.reference}."):
        try:
            with transaction.atomic():
                renewal.successor = CarryingOver(saved, by=by, today=today).make()
        except IntegrityError as error:
            raise ValidationError(COLLISION) from error
        renewal.save(update_fields=["successor"])
    return renewal.successor


def refuse_new_goals(renewal: Renewal) -> None:
    """Raises ValidationError when two goals of one focus area would have the same words, or one would not move."""
    choices = {choice.goal_id: choice for choice in renewal.goal_choices.all()}
    seen, twice, still = set(), [], []
    for goal in Goal.objects.filter(focus_area__agreement=renewal.agreement).order_by("pk"):
        choice = choices[goal.pk]
        if choice.choice == RenewalChoice.Choice.END:
            continue
        words = (choice.choice == RenewalChoice.Choice.CHANGE and choice.new_statement) or goal.statement
        if (goal.focus_area_id, words) in seen:
            twice.append(f"”{words}”")
        seen.add((goal.focus_area_id, words))
        if choice.choice == RenewalChoice.Choice.CHANGE and goal.baseline is not None:
            still += [f"”{words}”"] if choice.new_target == goal.baseline else []
    if still:
        raise ValidationError(f"Det nya målvärdet är detsamma som utgångsvärdet för {joined(still)}. Ändra det.")
    if twice:
        raise ValidationError(f"Två mål i samma fokusområde har fått samma lydelse: {joined(twice)}. Ändra ett av dem.")


@transaction.atomic
def delete_renewal(*, renewal: Renewal, by: User) -> None:
    """Throw a renewal away with what was chosen in it.

    Raises:
        ValidationError: its draft has been made.
    """
    saved = hold_open(renewal)
    with recording(by=by):
        saved.delete()

"""Versions of the action plan: begun as a draft, adopted by a decision, and never changed after that (5 and 6 §§)."""

import datetime
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.history import recording, recording_moment
from accounts.models import User
from agreements.access import CLOSED
from agreements.models import Agreement, SituationPicture
from documents.swedish_dates import date_words
from focus_areas.models import ActionPlan
from focus_areas.plan_contents import PlanContents, as_json, checksum, texts_of
from focus_areas.plan_snapshot import decision_of, read_draft
from privacy.leaving import without_personal_data
from privacy.personal_data import find_numbers

DECIDED = "Åtgärdsplanen är antagen och kan inte ändras. Skapa en ny version i stället."


@dataclass(frozen=True)
class Lack:
    """What keeps a plan from being adopted, where it can be mended, and what the link there says."""

    reason: str
    url: str = ""
    action: str = ""


def hold_draft(plan: ActionPlan) -> ActionPlan:
    """The plan as the one before left it; others who write about it wait. Needs a surrounding transaction.

    Raises:
        ValidationError: it has been decided, or taken away, or its agreement has been closed.
    """
    Agreement.objects.select_for_update(no_key=True).filter(pk=plan.agreement_id).order_by().first()
    held = (
        ActionPlan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agreement", "based_on")
        .filter(pk=plan.pk)
        .first()
    )
    if held is None:
        raise ValidationError("Utkastet har tagits bort av någon annan.")
    if held.is_locked:
        raise ValidationError(DECIDED)
    if held.agreement.is_closed:
        raise ValidationError(CLOSED)
    return held


@transaction.atomic
def start_plan(
    *, agreement: Agreement, title: str, by: User, based_on: SituationPicture | None = None, comment: str = ""
) -> ActionPlan:
    """Begin the next version as a draft, which follows the living plan until it is adopted.

    Raises:
        ValidationError: there is a draft already, or the picture belongs to another agreement.
    """
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if agreement.is_closed:
        raise ValidationError(CLOSED)
    refuse_strange_picture(agreement, based_on)
    if agreement.action_plans.filter(state=ActionPlan.State.DRAFT).exists():
        raise ValidationError("Det finns redan ett utkast till ny version.")
    highest = agreement.action_plans.aggregate(version=Max("version"))["version"] or 0
    with recording(by=by):
        return ActionPlan.objects.create(
            agreement=agreement, version=highest + 1, title=title, based_on=based_on, comment=comment
        )


@transaction.atomic
def change_draft(
    *, plan: ActionPlan, title: str, by: User, based_on: SituationPicture | None = None, comment: str = ""
) -> ActionPlan:
    """Change a draft's title, picture or comment.

    Raises:
        ValidationError: it has been adopted, or the picture belongs to another agreement.
    """
    held = hold_draft(plan)
    refuse_strange_picture(held.agreement, based_on)
    held.title, held.based_on, held.comment = title, based_on, comment
    with recording(by=by):
        held.save(update_fields=["title", "based_on", "comment"])
    return held


def refuse_strange_picture(agreement: Agreement, picture: SituationPicture | None) -> None:
    if picture is not None and picture.agreement_id != agreement.pk:
        raise ValidationError({"based_on": "Lägesbilden hör till en annan överenskommelse."})


@transaction.atomic
def delete_draft(*, plan: ActionPlan, by: User) -> None:
    """Take a draft away. The living plan is as it was.

    Raises:
        ValidationError: it has been adopted.
    """
    held = hold_draft(plan)
    with recording(by=by):
        held.delete()


@transaction.atomic
def adopt_plan(
    *,
    plan: ActionPlan,
    decided_on: datetime.date,
    decided_by: str,
    today: datetime.date,
    by: User,
    paragraph: str = "",
    reference_number: str = "",
) -> ActionPlan:
    """Keep that a plan has been decided, and freeze it as it is now; the one that held until then is replaced (5 §).

    Raises:
        ValidationError: it is no draft, something is missing in it, or the day cannot be right.
    """
    held = hold_draft(plan)
    before = ActionPlan.objects.select_for_update(no_key=True).adopted().filter(agreement=held.agreement).first()
    contents = read_draft(held)
    if lacks := lacks_of(held, contents):
        raise ValidationError([lack.reason for lack in lacks])
    if not decided_by.strip():
        raise ValidationError({"decided_by": "Ange vem som beslutade."})
    refuse_day(decided_on, picture=held.based_on, before=before, today=today)
    held.decided_on, held.decided_by = decided_on, decided_by.strip()
    held.paragraph, held.reference_number = paragraph, reference_number
    freeze(held, contents)
    with recording(by=by):
        if before is not None:
            before.state = ActionPlan.State.REPLACED
            before.save(update_fields=["state"])
        held.adopted_entered_by = by
        held.save()
    return held


def freeze(plan: ActionPlan, contents: PlanContents) -> None:
    """Keep the contents with the decision in them, and their checksum."""
    plan.snapshot = as_json(replace(contents, decision=decision_of(plan)))
    plan.sha256 = checksum(plan.snapshot)
    plan.state = ActionPlan.State.ADOPTED
    plan.adopted_at = recording_moment()


def refuse_day(
    day: datetime.date, *, picture: SituationPicture, before: ActionPlan | None, today: datetime.date
) -> None:
    """A decision has been made already, on a picture that was there, after the plan that it replaces."""
    if day > today:
        raise ValidationError({"decided_on": "Dagen har inte varit än."})
    if day < picture.adopted_on:
        words = date_words(picture.adopted_on)
        raise ValidationError({"decided_on": f"Planen vilar på en lägesbild som fastställdes först den {words}."})
    if before is not None and day < before.decided_on:
        words = date_words(before.decided_on)
        raise ValidationError(
            {"decided_on": f"Planen ersätter en som antogs den {words}. Dagen kan inte vara före den."}
        )


def lacks_of(plan: ActionPlan, contents: PlanContents) -> list[Lack]:
    """What must be mended before the plan can be adopted, each with where."""
    return [*lacks_of_picture(plan), *lacks_of_activities(plan, contents), *personal_numbers_in(contents)]


def lacks_of_picture(plan: ActionPlan) -> list[Lack]:
    picture = plan.based_on
    if picture is None:
        url = reverse("focus_areas:plan_update", args=[plan.pk])
        return [Lack("Planen vilar inte på någon lägesbild.", url, "Välj lägesbild")]
    if not picture.is_adopted:
        return [
            Lack("Lägesbilden som planen vilar på är inte fastställd.", picture.get_absolute_url(), "Öppna lägesbilden")
        ]
    return []


def lacks_of_activities(plan: ActionPlan, contents: PlanContents) -> list[Lack]:
    if not contents.activities:
        return [Lack("Planen har inga aktiviteter.", plan.agreement.get_plan_url(), "Lägg till aktiviteter")]
    return [
        Lack(
            f"Aktiviteten {activity.name} har ingen ansvarig.",
            reverse("focus_areas:activity_update", args=[activity.key]),
            "Välj ansvarig",
        )
        for activity in contents.activities
        if not activity.responsible
    ]


def personal_numbers_in(contents: PlanContents) -> list[Lack]:
    """What is frozen can never be taken away again: older texts are read once more."""
    found = (place for place, text in texts_of(contents) if find_numbers(text))
    places = dict.fromkeys(map(without_personal_data, found))
    return [
        Lack(f"Det står ett personnummer eller samordningsnummer under ”{place}”. Ta bort det.") for place in places
    ]

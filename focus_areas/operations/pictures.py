"""Adopting a situation picture, and letting the plan follow along to its problems."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Problem, SituationPicture
from agreements.operations.pictures import hold_draft
from documents.swedish_dates import date_words
from documents.swedish_words import joined
from documents.written_text import comparison_key
from focus_areas.models import Activity, Cause, CauseAnalysis, FocusArea, Goal

# Why everything that rests on a problem or a cause gets another one of the same name.
FOLLOWED_ALONG = "Följer med till den nya lägesbilden"


@transaction.atomic
def adopt_picture(
    *,
    picture: SituationPicture,
    adopted_on: datetime.date,
    adopted_by: str,
    by: User,
    today: datetime.date,
    paragraph: str = "",
    reference_number: str = "",
) -> SituationPicture:
    """Enter that a picture has been adopted: it is locked, and the plan follows along to its problems.

    Focus areas, goals and activities that rest on the one before rest on this one from now on. The old picture keeps
    its problems with their analyses, as they were.

    Raises:
        ValidationError: a part of 4 § is missing, the day is in the future or before the one it supersedes, nobody is
            said to have adopted it, or it is adopted already.
    """
    saved = hold_draft(picture)
    earlier = SituationPicture.objects.filter(agreement=saved.agreement).adopted().newest_first().first()
    saved.supersedes = earlier or saved.supersedes
    refuse_adoption(saved, adopted_on=adopted_on, adopted_by=adopted_by, today=today)
    with recording(by=by):
        saved.state = SituationPicture.State.ADOPTED
        saved.adopted_on, saved.adopted_by, saved.paragraph = adopted_on, adopted_by.strip(), paragraph
        saved.reference_number = reference_number or saved.reference_number
        saved.save()
        with recording(reason=FOLLOWED_ALONG):
            follow_along(picture=saved)
    return saved


def refuse_adoption(
    picture: SituationPicture, *, adopted_on: datetime.date, adopted_by: str, today: datetime.date
) -> None:
    """Raise ValidationError for what stands in the way of adopting working material on that day."""
    if missing := picture.missing_parts:
        raise ValidationError(f"Lägesbilden kan inte fastställas än. Den saknar {joined(missing)} (4 §).")
    if not adopted_by.strip():
        raise ValidationError({"adopted_by": "Skriv vem som fastställde lägesbilden."})
    if adopted_on > today:
        raise ValidationError({"adopted_on": "Dagen ligger i framtiden. Lägg in lägesbilden när den är fastställd."})
    superseded = picture.supersedes
    if superseded and superseded.adopted_on and adopted_on < superseded.adopted_on:
        raise ValidationError(
            {
                "adopted_on": "Dagen är före den då lägesbilden som den ersätter fastställdes, "
                f"{date_words(superseded.adopted_on)}."
            }
        )


def follow_along(*, picture: SituationPicture) -> None:
    """Let what rests on the earlier problems rest on those that carry them on. Needs a surrounding transaction.

    Only the picture's own agreement follows; what an older agreement says stays as it was.
    """
    carried = picture.problems.filter(carried_over_from__isnull=False).select_related("carried_over_from")
    problems = {problem.carried_over_from_id: problem for problem in carried}
    if not problems:
        return
    agreement = picture.agreement
    causes = copy_analyses(problems, used_in=Activity.objects.of(agreement))
    for focus_area in FocusArea.objects.filter(agreement=agreement, problems__in=problems).distinct():
        exchange(focus_area, "problems", problems)
    for goal in Goal.objects.filter(focus_area__agreement=agreement, problem__in=problems):
        goal.problem = problems[goal.problem_id]
        goal.save(update_fields=["problem"])
    for activity in Activity.objects.of(agreement).filter(causes__in=causes).distinct():
        exchange(activity, "causes", causes)


def exchange(thing: FocusArea | Activity, name: str, carried: dict[int, Problem] | dict[int, Cause]) -> None:
    """Let a thing rest on what carries on its problems or causes; one row of its history, not one out and one in."""
    thing.skip_history_when_saving = True
    related = getattr(thing, name)
    related.set([carried.get(one.pk, one) for one in related.all()])
    del thing.skip_history_when_saving
    thing.save(update_fields=["title"])


def copy_analyses(problems: dict[int, Problem], *, used_in) -> dict[int, Cause]:
    """Copy the earlier problems' analyses to the new ones; return for each old cause's key the one that carries it on.

    Where the new problem has been analysed already that analysis stands, and takes in only the causes that activities
    work on. Causes of the same name are one.
    """
    used = set(used_in.filter(causes__isnull=False).values_list("causes", flat=True))
    carried: dict[int, Cause] = {}
    earlier = CauseAnalysis.objects.filter(problem__in=problems).prefetch_related("causes").order_by("pk")
    for analysis in earlier:
        new, is_new = CauseAnalysis.objects.get_or_create(
            problem=problems[analysis.problem_id], defaults={"summary": analysis.summary}
        )
        known = {comparison_key(cause.title): cause for cause in new.causes.all()}
        for cause in sorted(analysis.causes.all(), key=lambda cause: cause.pk):
            if comparison_key(cause.title) in known:
                carried[cause.pk] = known[comparison_key(cause.title)]
            elif is_new or cause.pk in used:
                carried[cause.pk] = copy_cause(cause, analysis=new)
    return carried


def copy_cause(cause: Cause, *, analysis: CauseAnalysis) -> Cause:
    return Cause.objects.create(
        analysis=analysis,
        carried_over_from=cause,
        **{name: getattr(cause, name) for name in ("title", "description", "leg", "kind", "evidence", "source")},
    )

"""Why a problem is there: causes written down, and taken away."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Problem
from documents.written_text import comparison_key
from focus_areas.models import Activity, Cause, CauseAnalysis


@transaction.atomic
def start_cause_analysis(*, problem: Problem, answers: dict[str, Sequence[str]], by: User) -> CauseAnalysis:
    """Begin the problem's analysis, or add to it: each answer becomes a cause on its leg, assumed until it is graded.

    Raises:
        ValidationError: there is no answer, or a cause is there already.
    """
    if not any(answers.values()):
        raise ValidationError("Skriv minst en orsak.")
    with recording(by=by):
        analysis, _ = CauseAnalysis.objects.get_or_create(problem=problem)
        refuse_known(analysis, [title for titles in answers.values() for title in titles])
        for leg, titles in answers.items():
            for title in titles:
                Cause.objects.create(analysis=analysis, leg=leg, title=title)
    return analysis


@transaction.atomic
def add_cause(*, cause: Cause, problem: Problem, by: User) -> Cause:
    """Add one cause; the first one begins the analysis.

    Raises:
        ValidationError: the cause is there already.
    """
    with recording(by=by):
        cause.analysis, _ = CauseAnalysis.objects.get_or_create(problem=problem)
        refuse_known(cause.analysis, [cause.title])
        cause.save()
    return cause


def refuse_known(analysis: CauseAnalysis, titles: Sequence[str], *, but: Cause | None = None) -> None:
    """Refuse causes that the analysis has already, however they are spelled.

    Raises:
        ValidationError: names those that are known.
    """
    known = {comparison_key(cause.title) for cause in analysis.causes.all() if cause != but}
    if again := [title for title in titles if comparison_key(title) in known]:
        raise ValidationError(f"Analysen har redan {quoted(again)}. Ta bort det här, eller ändra den som finns.")


def quoted(titles: Sequence[str]) -> str:
    return ", ".join(f"”{title}”" for title in titles)


@transaction.atomic
def remove_cause(*, cause: Cause, by: User) -> list[Activity]:
    """Take a cause away. The activities that it explained lose it, each with that in its history; return them."""
    with recording(by=by):
        activities = list(cause.activities.select_related("focus_area__agreement").in_order())
        for activity in activities:
            activity.causes.remove(cause)
        cause.delete()
    return activities

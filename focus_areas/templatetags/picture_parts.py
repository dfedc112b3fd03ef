"""What the pictures' pages show of the floor above them: who adopts, and what takes a problem up."""

from django import template
from django.db.models import Count

from agreements.models import Problem, SituationPicture
from focus_areas.access import Capability
from focus_areas.models import Cause, Goal

register = template.Library()


@register.simple_tag(takes_context=True)
def may_adopt_picture(context, picture: SituationPicture) -> bool:
    """Whether the person may enter that the picture is adopted."""
    return context["request"].user.has_perm(Capability.ADOPT_PLAN, picture)


@register.inclusion_tag("focus_areas/_problem_in_plan.html", takes_context=True)
def problem_in_plan(context, problem: Problem) -> dict:
    """Where the plan takes the problem up: focus areas, goals, and how many causes have been found; four queries.

    What rests on the problem that working material carries on will rest on it when it is adopted, and is told of so.
    """
    agreement = problem.agreement
    earlier = problem.carried_over_from if not problem.is_adopted else None
    if earlier and earlier.agreement != agreement:
        earlier = None
    meant = [one for one in (problem, earlier) if one]
    counts = dict(
        Cause.objects.filter(analysis__problem__in=meant)
        .order_by()
        .values_list("analysis__problem")
        .annotate(Count("pk"))
    )
    analysed = next((one for one in meant if one.pk in counts), problem)
    return {
        "problem": problem,
        "earlier": earlier,
        "carried_on": carried_on_in_force(problem),
        "focus_areas": agreement.focus_areas.filter(problems__in=meant).distinct().in_order(),
        "goals": Goal.objects.filter(problem__in=meant, focus_area__agreement=agreement).select_related("focus_area"),
        "analysed": analysed,
        "cause_count": counts.get(analysed.pk, 0),
        "can_plan": context["request"].user.has_perm(Capability.PLAN, problem) and not agreement.is_closed,
    }


def carried_on_in_force(problem: Problem) -> Problem | None:
    """The problem of a later adopted picture that carries this one on; the plan rests on that one."""
    if not problem.is_adopted:
        return None
    later = Problem.objects.filter(carried_over_from=problem, situation_picture__agreement=problem.agreement)
    adopted = later.filter(situation_picture__state=SituationPicture.State.ADOPTED)
    return adopted.select_related("situation_picture").order_by("-situation_picture__adopted_on", "-pk").first()

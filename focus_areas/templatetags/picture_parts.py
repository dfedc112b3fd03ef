"""What the pictures' pages show of the floor above them: who adopts, and what takes a problem up."""

from django import template

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
    """Where the plan takes the problem up: focus areas, goals, and how many causes have been found; three queries."""
    agreement = problem.agreement
    return {
        "problem": problem,
        "focus_areas": problem.focus_areas.filter(agreement=agreement).in_order(),
        "goals": Goal.objects.filter(problem=problem, focus_area__agreement=agreement).select_related("focus_area"),
        "cause_count": Cause.objects.filter(analysis__problem=problem).count(),
        "can_plan": context["request"].user.has_perm(Capability.PLAN, problem) and not agreement.is_closed,
    }

"""What other pages show of a renewal: the way to it, the old period's closing statement, and the annex."""

import datetime

from django import template

from documents.date_steps import years_later
from focus_areas.access import Capability
from focus_areas.models import Renewal

register = template.Library()


@register.inclusion_tag("focus_areas/_agreement_renewal.html", takes_context=True)
def agreement_renewal(context, agreement, today: datetime.date) -> dict:
    """The annex for everybody; for the coordinator the way to the next period when this one ends within a year."""
    renewal = Renewal.objects.filter(agreement=agreement).select_related("successor").first()
    user = context["request"].user
    may_renew = user.has_perm(Capability.RENEW, agreement)
    done = renewal is not None and renewal.is_done
    return {
        "agreement": agreement,
        "renewal": renewal,
        "is_done": done,
        "may_renew": may_renew,
        "is_time": renewal is None and may_renew and is_time_to_renew(agreement, on=today),
        "sees_successor": done and type(agreement).objects.visible_to(user).filter(pk=renewal.successor_id).exists(),
    }


def is_time_to_renew(agreement, *, on: datetime.date) -> bool:
    """It ends within a year, or has ended, and nothing follows it yet; a draft has not begun."""
    if agreement.is_draft:
        return False
    ends_soon = agreement.ends_on is not None and agreement.ends_on <= years_later(on, 1)
    return (agreement.is_closed or ends_soon) and not agreement.successors.exists()

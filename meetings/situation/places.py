"""Places that the meetings keep hearing of."""

from collections.abc import Sequence

from agreements.models import Agreement
from meetings.models import Observation
from meetings.recurring_places import RecurringPlace, Sighting, recurring_places
from meetings.situation.spans import Span, number_of_span

PLACES_WITHIN = 6
MOST_PLACES = 5


def places_that_recur(agreement: Agreement, spans: Sequence[Span]) -> list[RecurringPlace]:
    """Places that were named in several of the last six periods."""
    recent = spans[-PLACES_WITHIN:]
    if not recent:
        return []
    rows = (
        Observation.objects.filter(agreement=agreement, occurred_from__range=(recent[0].starts_on, recent[-1].ends_on))
        .exclude(place="")
        .order_by("-occurred_from", "-pk")
        .values_list("place", "category__name", "occurred_from", "is_recurring")[:2000]
    )
    sightings = (
        Sighting(place, category, number, is_recurring)
        for place, category, day, is_recurring in rows
        if (number := number_of_span(recent, day)) is not None
    )
    return recurring_places(sightings, newest=len(recent) - 1, of_last=PLACES_WITHIN)[:MOST_PLACES]

import pytest

from meetings.recurring_places import RecurringPlace, Sighting, recurring_places


def test_recurring_places_lists_those_seen_in_three_of_the_last_six():
    sightings = [
        Sighting("Burlövs station", "Skadegörelse", 4),
        Sighting("burlövs  station ", "Trafik", 6),
        Sighting("Burlövs  Station", "Skadegörelse", 9),
        Sighting("Dalbyvägen", "Nedskräpning", 8),
        Sighting("Dalbyvägen", "Nedskräpning", 8),
        Sighting("Dalbyvägen", "Nedskräpning", 9),
        Sighting("Lundavägen", "Trafik", 2),
        Sighting("Lundavägen", "Trafik", 3),
        Sighting("Lundavägen", "Trafik", 4),
        Sighting("  ", "Trafik", 7),
        Sighting("", "Trafik", 8),
        Sighting("", "Trafik", 9),
    ]

    places = recurring_places(sightings, newest=9)

    assert places == [RecurringPlace("Burlövs Station", (4, 6, 9), 3, ("Skadegörelse", "Trafik"), False)]
    assert places[0].period_count == 3


def test_recurring_places_needs_two_when_it_is_reported_to_have_happened_before():
    sightings = [
        Sighting("Dalbyvägen", "Nedskräpning", 8, is_recurring=True),
        Sighting("Dalbyvägen", "Nedskräpning", 9),
        Sighting("Åkarp", "Trafik", 9, is_recurring=True),
        *(Sighting("Arlöv", "Brand", period) for period in (5, 6, 7, 8)),
    ]

    places = recurring_places(sightings, newest=9)

    assert [(place.name, place.is_marked) for place in places] == [("Arlöv", False), ("Dalbyvägen", True)]


@pytest.mark.parametrize("period", [-1, 10])
def test_recurring_places_refuses_a_period_that_is_not_there(period):
    with pytest.raises(ValueError, match="is none of 0–9"):
        recurring_places([Sighting("Arlöv", "Brand", period)], newest=9)

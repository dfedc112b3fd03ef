"""Goals cannot be each other's sub-goals, whichever way they are changed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from focus_areas.models import Goal
from tests.factories import as_person, make_focus_area, make_goal


@pytest.fixture
def goals(agreement) -> list[Goal]:
    focus_area = make_focus_area(agreement)
    above = make_goal(focus_area)
    return [above, make_goal(focus_area, parent=above), make_goal(focus_area)]


def test_goal_is_no_sub_goal_of_its_own_sub_goal(goals):
    above, below, _ = goals
    above.parent = below

    with pytest.raises(ValidationError, match="sina egna delmål"):
        above.full_clean()


def test_admin_makes_no_ring(client, system_administrator, goals):
    above, below, _ = goals
    data = {"focus_area": above.focus_area_id, "kind": above.kind, "statement": above.statement, "parent": below.pk}

    response = as_person(client, system_administrator).post(
        reverse("admin:focus_areas_goal_change", args=[above.pk]), data
    )

    assert "parent" in response.context["adminform"].form.errors


def test_goal_can_be_put_below_what_is_in_a_ring(client, coordinator, goals):
    above, below, other = goals
    Goal.objects.filter(pk=above.pk).update(parent=below)
    data = {"kind": other.kind, "statement": "Under en ring", "parent": above.pk}

    response = as_person(client, coordinator).post(reverse("focus_areas:goal_update", args=[other.pk]), data)

    assert response.status_code == 302

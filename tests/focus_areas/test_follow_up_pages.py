"""Following up an activity, approving that from both sides, and weighing what is best for children."""

import pytest
from django.urls import reverse

from focus_areas.models import ChildImpact, FollowUp
from tests.factories import as_person, make_follow_up

pytestmark = pytest.mark.django_db


def test_follow_up_is_approved_by_both_with_dissent(client, activity, coordinator, police_liaison):
    follow_up = make_follow_up(activity)
    as_person(client, coordinator)
    client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "municipality"]))
    wrong_side = client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "police"]))
    as_person(client, police_liaison)
    client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "police"]), {"dissent": "För kort tid."})

    page = client.get(follow_up.get_absolute_url()).content.decode()
    change = client.get(reverse("focus_areas:follow_up_update", args=[follow_up.pk]))

    assert wrong_side.status_code == 403
    assert FollowUp.objects.get().is_approved
    assert "För kort tid." in page
    assert "Godkänd av båda parter." in page
    assert change.status_code == 403


def test_child_impact_is_written_and_then_changed(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:child_impact_update", args=[activity.pk])
    data = {"children_affected": "Elever", "conclusion": "Bra", "assessed_on": "2026-11-20"}

    client.post(address, data)
    client.post(address, data | {"conclusion": "Ännu bättre"})

    impact = ChildImpact.objects.get()
    assert impact.conclusion == "Ännu bättre"
    assert [row.history_user for row in impact.history.all()] == [coordinator, coordinator]

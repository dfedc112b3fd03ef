"""Reporting where an activity stands: the way back, the reason, two at once, and one press when nothing is new."""

import pytest
from django.urls import reverse

from focus_areas.models import StatusUpdate
from tests.factories import as_person, make_status_update

pytestmark = pytest.mark.django_db


def status_data(activity, **changes):
    data = {"assessment": "yellow", "status": "ongoing", "text": "Ett möte är hållet.", "previous": ""} | changes
    return {f"lage-{activity.pk}-{name}": value for name, value in data.items()}


def test_liaison_reports_and_comes_back_to_the_start_page(client, activity, police_liaison):
    as_person(client, police_liaison)
    start = reverse("start")

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity) | {"tillbaka": start}
    )

    activity.refresh_from_db()
    assert response.url == start
    assert (activity.status, activity.assessment) == ("ongoing", "yellow")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_way_back_stays_in_the_portal(client, activity, police_liaison, elsewhere):
    as_person(client, police_liaison)

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity) | {"tillbaka": elsewhere}
    )

    assert response.url == activity.get_absolute_url()


@pytest.mark.parametrize("status", ["delayed", "paused", "cancelled"])
def test_deviating_status_asks_for_the_reason(client, activity, police_liaison, status):
    as_person(client, police_liaison)

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity, status=status)
    )

    assert "Skriv skälet" in " ".join(response.context["form"].errors["reason"])
    assert not StatusUpdate.objects.exists()


def test_second_to_report_is_shown_both_and_chooses(client, activity, police_liaison, coordinator):
    first = make_status_update(activity, "ongoing", "green", by=coordinator, text="Kommunens ord")
    as_person(client, police_liaison)
    address = reverse("focus_areas:status_create", args=[activity.pk])
    late = status_data(activity, text="Polisens ord", previous="")

    shown = client.post(address, late)
    kept = client.post(address, late | {"conflict_choice": "keep"})
    count_after_keeping = StatusUpdate.objects.count()
    resolved = {name: value for name, value in shown.context["posted"]}
    client.post(address, resolved | {"conflict_choice": "replace"})

    page = shown.content.decode()
    assert shown.status_code == 409
    assert "Kommunens ord" in page
    assert "Polisens ord" in page
    assert (kept.status_code, count_after_keeping) == (302, 1)
    assert [update.text for update in StatusUpdate.objects.newest_first()] == ["Polisens ord", first.text]


def test_unchanged_takes_one_press_and_says_so(client, activity, police_liaison):
    make_status_update(activity, "ongoing", "green")
    as_person(client, police_liaison)

    response = client.post(reverse("focus_areas:status_unchanged", args=[activity.pk]), follow=True)

    assert StatusUpdate.objects.count() == 2
    assert "Läget för Grannsamverkan är bekräftat i dag." in response.content.decode()

"""What a form does that is sent twice, sent again with other words, or sent after somebody else's."""

import uuid

import pytest
from django.urls import reverse

from accounts.history import latest_version
from focus_areas.models import LogEntry
from tests.factories import as_person, make_activity, make_focus_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(agreement):
    return make_activity(make_focus_area(agreement))


def test_going_back_and_writing_something_else_saves_that_too(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    form = {"submission_key": str(uuid.uuid4()), "happened_on": "2026-11-20", "text": "Möte i Åkarp."}
    client.post(address, form)

    client.post(address, form)
    client.post(address, form | {"text": "Möte i Arlöv."})

    assert sorted(LogEntry.objects.values_list("text", flat=True)) == ["Möte i Arlöv.", "Möte i Åkarp."]


def test_conflict_calls_the_thing_what_it_is_called_now(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    form = {"title": "Kollegans rubrik", "version": latest_version(activity)}
    client.post(address, form)

    response = client.post(address, form | {"title": "Min rubrik", "target_group": "Unga"})
    page = response.content.decode()

    assert response.status_code == 409
    assert f"sparade {activity.__class__.objects.get(pk=activity.pk)} kl." in page
    assert "valfritt" not in page


def test_history_writes_reasons_and_amounts_as_people_do(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    client.post(
        address,
        {
            "title": activity.title,
            "funding_source": "Kommunen",
            "funding_amount": "60000",
            "reason_for_change": "Nämnden sade ja.",
            "version": latest_version(activity),
        },
    )

    page = client.get(reverse("focus_areas:activity_history", args=[activity.pk])).content.decode()

    assert "belopp i kronor till 60\xa0000" in page
    assert "Skäl: Nämnden sade ja.</p>" in page


def test_merging_shows_what_is_saved_beside_what_was_written(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    form = {"title": activity.title, "version": latest_version(activity)}
    client.post(address, form | {"target_group": "Kollegans målgrupp"})

    page = client.post(
        address,
        form | {"target_group": "Min målgrupp", "version": latest_version(activity), "conflict_choice": "merge"},
    ).content.decode()

    assert "Så här är det sparat nu. Målgrupp: Kollegans målgrupp" in page
    assert 'value="Min målgrupp"' in page

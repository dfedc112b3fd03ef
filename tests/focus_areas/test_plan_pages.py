"""Changing the plan: activities, commitments and focus areas, and what those who may not are told."""

import datetime

import pytest
from django.urls import reverse

from accounts.history import latest_version
from focus_areas.models import Activity, Commitment
from tests.factories import as_person, make_commitment, make_log_entry, organisation_of

pytestmark = pytest.mark.django_db


def activity_form(client, activity):
    page = client.get(reverse("focus_areas:activity_update", args=[activity.pk]))
    form = page.context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else value
    return {name: value for name, value in data.items() if value is not False} | {"version": page.context["version"]}


def test_moved_end_date_needs_a_reason_and_keeps_it(client, activity, coordinator):
    activity.ends_on = datetime.date(2026, 11, 24)
    activity.save()
    as_person(client, coordinator)
    data = activity_form(client, activity) | {"ends_on": "2026-12-01"}
    address = reverse("focus_areas:activity_update", args=[activity.pk])

    refused = client.post(address, data)
    client.post(address, data | {"reason_for_change": "Skolornas studiedag"})

    activity.refresh_from_db()
    assert "Skriv varför datumet flyttas." in refused.context["form"].errors["reason_for_change"]
    assert activity.ends_on == datetime.date(2026, 12, 1)
    assert activity.history.first().history_change_reason == "Skolornas studiedag"


def test_two_people_saving_lose_nothing(client, activity, coordinator, preparation_member):
    as_person(client, coordinator)
    mine = activity_form(client, activity) | {"title": "Min rubrik"}
    activity.title = "Kollegans rubrik"
    activity.save()
    address = reverse("focus_areas:activity_update", args=[activity.pk])

    shown = client.post(address, mine)
    unchanged = Activity.objects.get(pk=activity.pk).title
    client.post(address, mine | {"version": latest_version(activity), "conflict_choice": "replace"})

    page = shown.content.decode()
    assert (shown.status_code, unchanged) == (409, "Kollegans rubrik")
    assert "Min rubrik" in page
    assert "Kollegans rubrik" in page
    assert Activity.objects.get(pk=activity.pk).title == "Min rubrik"


def test_organisation_cannot_both_lead_and_take_part(client, agreement, activity, coordinator):
    police = organisation_of(agreement, "Polisen")
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:activity_update", args=[activity.pk]),
        activity_form(client, activity) | {"participants": [police.pk]},
    )

    assert "Polisen leder redan aktiviteten." in response.context["form"].errors["participants"]


def test_convener_creates_in_own_group_only(client, agreement, convener, activity):
    group = convener.memberships.get().seat.group
    as_person(client, convener)
    address = reverse("focus_areas:activity_create", args=[activity.focus_area_id])

    without_group = client.post(address, {"title": "Ny", "number": 9})
    client.post(address, {"title": "Ny", "number": 9, "working_group": group.pk})

    assert "working_group" in without_group.context["form"].errors
    assert Activity.objects.get(title="Ny").working_group == group


def test_convener_keeps_the_activity_in_own_group(client, convener, activity):
    group = convener.memberships.get().seat.group
    activity.working_group = group
    activity.save()
    as_person(client, convener)

    response = client.post(
        reverse("focus_areas:activity_update", args=[activity.pk]), {"title": "Ny", "working_group": ""}
    )

    activity.refresh_from_db()
    assert "working_group" in response.context["form"].errors
    assert activity.working_group == group


def test_commitment_is_promised_with_number(client, agreement, activity, coordinator):
    as_person(client, coordinator)

    client.post(
        reverse("focus_areas:commitment_create", args=[activity.pk]),
        {
            "text": "Uppstartsmöten",
            "organisation": organisation_of(agreement, "Polisen").pk,
            "comparison": "at_least",
            "planned": "4",
            "unit": "möten",
        },
    )

    assert Commitment.objects.get().promise_in_words == "minst 4 möten"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned": "-1"}, "planned"),
        ({"planned": ""}, "planned"),
        ({"starts_on": "2026-12-31", "ends_on": "2026-01-01"}, "ends_on"),
        ({"is_joint": "on"}, "organisation"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_bad_commitment_is_explained_beside_its_field(client, agreement, activity, coordinator, changes, field):
    as_person(client, coordinator)
    data = {
        "text": "Möten",
        "organisation": organisation_of(agreement, "SF").pk,
        "comparison": "exactly",
        "planned": "4",
    }

    response = client.post(reverse("focus_areas:commitment_create", args=[activity.pk]), data | changes)

    assert field in response.context["form"].errors
    assert not Commitment.objects.exists()


def test_same_commitment_again_is_explained(client, agreement, activity, coordinator):
    existing = make_commitment(activity, organisation_of(agreement, "SF"), text="Möten")
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:commitment_create", args=[activity.pk]),
        {"text": "Möten", "organisation": existing.organisation_id},
    )

    assert "redan det åtagandet" in " ".join(response.context["form"].errors["text"])


def test_locked_focus_area_keeps_its_title(client, activity, coordinator):
    focus_area = activity.focus_area
    before = focus_area.title
    as_person(client, coordinator)

    client.post(
        reverse("focus_areas:focus_area_update", args=[focus_area.pk]),
        {"number": "7", "title": "Något annat", "description": "Ny beskrivning"},
    )

    focus_area.refresh_from_db()
    assert (focus_area.title, focus_area.description) == (before, "Ny beskrivning")


# --- The wrong person ---


WRITING = ["log_create", "status_create", "activity_update", "commitment_create", "follow_up_create"]


@pytest.mark.parametrize("name", WRITING)
def test_reader_is_told_who_can_help(client, activity, coordinator, reader, name):
    as_person(client, reader)

    response = client.post(reverse(f"focus_areas:{name}", args=[activity.pk]), {})

    assert response.status_code == 403
    assert "Du får inte" in response.content.decode()
    assert "brottsförebyggande samordnare" in response.content.decode()


@pytest.mark.parametrize("name", ["activity_detail", "activity_history", "log_list", *WRITING])
def test_outsider_finds_nothing(client, activity, outsider, name):
    as_person(client, outsider)
    address = reverse(f"focus_areas:{name}", args=[activity.pk])

    assert [client.get(address).status_code, client.post(address, {}).status_code] == [404, 404]


def test_reader_sees_no_forms(client, activity, reader):
    make_log_entry(activity)
    as_person(client, reader)

    page = client.get(activity.get_absolute_url()).content.decode()

    assert "Spara anteckning" not in page
    assert "Spara lägesrapport" not in page
    assert "Ta bort" not in page


def test_who_promises_is_not_marked_as_optional(client, activity, coordinator):
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:commitment_create", args=[activity.pk]))

    assert page.context["form"].fields["organisation"].label == "Vem"

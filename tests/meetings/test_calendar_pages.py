"""The page of calendar addresses: making, changing and revoking one's own."""

import datetime

import pytest
from django.urls import reverse

from agreements.models import Group, Membership
from meetings.feeds import hash_of
from meetings.models import CalendarFeed
from meetings.operations.calendars import issue_address
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_person,
)
from tests.meeting_factories import situation_group


def feed_address(user, group=None) -> str:
    return reverse("meetings:calendar_feed", args=[issue_address(group=group, by=user)])


# --- The page ---


def created_address(response) -> str:
    assert response.status_code == 200
    return response.context["address"].removeprefix("http://testserver")


def test_address_is_shown_once_and_only_its_hash_is_kept(client, coordinator):
    as_person(client, coordinator)

    response = client.post(reverse("meetings:calendar_create"))

    address = created_address(response)
    secret = address.removeprefix("/kalender/").removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert len(secret) >= 43
    assert feed.secret_hash == hash_of(secret)
    assert secret in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert secret not in client.get(reverse("meetings:calendar_list")).content.decode()
    assert client.get(address).status_code == 200


def test_address_that_is_changed_stops_the_old_one(client, coordinator, preparation):
    as_person(client, coordinator)
    old = created_address(client.post(reverse("meetings:calendar_create"), {"group": preparation.pk}))

    new = created_address(client.post(reverse("meetings:calendar_create"), {"group": preparation.pk}))

    assert CalendarFeed.objects.count() == 1
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_form_sent_twice_makes_one_address(client, coordinator):
    as_person(client, coordinator)
    key = client.get(reverse("meetings:calendar_list")).context["submission_key"]
    address = created_address(client.post(reverse("meetings:calendar_create"), {"submission_key": key}))

    again = client.post(reverse("meetings:calendar_create"), {"submission_key": key}, follow=True)

    assert "Adressen är redan skapad och visas bara en gång." in again.content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("asked_for", ["situation", "other", "0", "x", "1" * 40, "null\x00"])
def test_address_of_a_group_that_is_not_theirs_is_not_made(
    client, agreement, other_agreement, steering_member, asked_for
):
    groups = {"situation": situation_group(agreement).pk, "other": situation_group(other_agreement).pk}

    response = as_person(client, steering_member).post(
        reverse("meetings:calendar_create"), {"group": groups.get(asked_for, asked_for)}
    )

    assert response.status_code == 404
    assert not CalendarFeed.objects.exists()


def test_address_is_revoked_by_its_owner_only(client, coordinator, steering_member):
    address = feed_address(coordinator)
    revoke = reverse("meetings:calendar_revoke", args=[CalendarFeed.objects.get().pk])

    strange = as_person(client, steering_member).post(revoke)
    still_there = client.get(address).status_code
    own = as_person(client, coordinator).post(revoke, follow=True)

    assert (strange.status_code, still_there) == (404, 200)
    assert "Adressen är återkallad och slutar fungera direkt." in own.content.decode()
    assert client.get(address).status_code == 404


def test_page_offers_what_may_be_followed(client, agreement, other_agreement, steering_member):
    feed_address(steering_member, group_of(agreement, Group.Kind.STEERING))

    response = as_person(client, steering_member).get(reverse("meetings:calendar_list"))

    assert [(row.name, bool(row.feed)) for row in response.context["rows"]] == [
        ("Mina möten och datum", False),
        ("Styrgruppen", True),
        ("Beredningsgruppen", False),
        ("Arbetsgruppen för trygg skola", False),
    ]


def test_page_lets_a_former_member_revoke(client, agreement, situation_member):
    feed_address(situation_member, situation_group(agreement))
    Membership.objects.filter(user=situation_member).update(ends_on=TODAY - datetime.timedelta(days=1))

    response = as_person(client, situation_member).get(reverse("meetings:calendar_list"))

    assert [(row.name, row.can_follow) for row in response.context["rows"]] == [
        ("Mina möten och datum", True),
        ("Örat mot marken", False),
    ]
    assert "Du följer inte längre gruppens möten." in response.content.decode()


def test_page_of_a_person_without_seats(client, db, frozen_today):
    response = as_person(client, make_person("Rut Ensam")).get(reverse("meetings:calendar_list"))

    assert [row.name for row in response.context["rows"]] == ["Mina möten och datum"]

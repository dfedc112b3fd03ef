import datetime

import pytest
from django.urls import reverse

from agreements.models import Agreement, Group, Membership
from agreements.people import why_not_change_person
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_agreement,
    make_groups,
    make_person,
    make_seat,
    organisation_of,
    seat_person,
)


def test_writing_another_municipalitys_name_gives_an_organisation_of_ones_own(
    client, agreement, other_agreement, coordinator
):
    municipality = other_agreement.municipality
    person = make_person("Annas Kollega", organisation=municipality)
    added = {"name": municipality.name, "kind": "municipality"}

    as_person(client, coordinator).post(reverse("agreements:organisation_create", args=[agreement.pk]), added)

    own = agreement.organisations.get(name=municipality.name)
    assert own != municipality
    assert own.keeper == agreement.municipality
    assert client.get(person.get_absolute_url()).status_code == 404
    assert client.get(municipality.get_absolute_url()).status_code == 404


def test_person_who_sits_in_anothers_agreement_is_changed_at_home_and_not_there(
    client, agreement, other_agreement, coordinator, outsider
):
    contact = make_person("Ny Kollega", password=None, organisation=organisation_of(agreement, "SF"))
    seat = make_seat(group_of(other_agreement, Group.Kind.STEERING), organisation=other_agreement.municipality)
    Membership.objects.create(seat=seat, user=contact, starts_on=TODAY)
    url = reverse("agreements:person_update", args=[contact.pk])
    mine = {"full_name": "Ny Namn", "organisation": contact.organisation_id, "email": "ny@burlov.example"}

    there = as_person(client, outsider).post(url, mine)
    contact.refresh_from_db()
    name_then = contact.full_name
    at_home = as_person(client, coordinator).post(url, mine)

    contact.refresh_from_db()
    assert (there.status_code, name_then) == (403, "Ny Kollega")
    assert (at_home.status_code, contact.full_name) == (302, "Ny Namn")


def test_contact_with_a_seat_in_ones_own_closed_agreement_is_changed(agreement, coordinator):
    earlier = make_agreement(
        municipality=agreement.municipality,
        police=organisation_of(agreement, "Polisen"),
        reference_number="KS/2019:1",
        starts_on=datetime.date(2019, 1, 1),
    )
    make_groups(earlier)
    contact = seat_person(earlier, kind=Group.Kind.STEERING, organisation=organisation_of(agreement, "SF"))
    Agreement.objects.filter(pk=earlier.pk).update(state=Agreement.State.CLOSED)

    assert why_not_change_person(coordinator, contact) == ""


@pytest.mark.parametrize("words", ["åsa", "ÖBERG", "sa ö"])
def test_people_are_found_whatever_the_case(client, agreement, coordinator, words):
    person = make_person("Åsa Öberg", organisation=organisation_of(agreement, "SF"))

    page = as_person(client, coordinator).get(reverse("agreements:person_list"), {"q": words}).context["page_obj"]

    assert list(page) == [person]

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


def test_adding_another_municipality_does_not_show_its_people(client, agreement, other_agreement, coordinator):
    municipality = other_agreement.municipality
    other_agreement.organisations.remove(municipality)
    person = make_person("Annas Kollega", organisation=municipality)
    added = {"name": municipality.name, "kind": "municipality"}
    as_person(client, coordinator).post(reverse("agreements:organisation_create", args=[agreement.pk]), added)

    response = client.get(person.get_absolute_url())

    assert municipality in agreement.organisations.all()
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("starts_on", "state"),
    [(datetime.date(2026, 12, 1), Agreement.State.ADOPTED), (datetime.date(2025, 12, 1), Agreement.State.CLOSED)],
)
def test_contact_with_a_seat_in_anothers_agreement_is_not_changed(
    client, agreement, other_agreement, coordinator, starts_on, state
):
    contact = make_person("Ny Kollega", password=None, organisation=organisation_of(agreement, "SF"))
    seat = make_seat(group_of(other_agreement, Group.Kind.STEERING), organisation=other_agreement.municipality)
    Membership.objects.create(seat=seat, user=contact, starts_on=starts_on)
    Agreement.objects.filter(pk=other_agreement.pk).update(state=state)
    mine = {"full_name": "Min egen", "organisation": contact.organisation_id, "email": "min.egen@burlov.example"}

    response = as_person(client, coordinator).post(reverse("agreements:person_update", args=[contact.pk]), mine)

    contact.refresh_from_db()
    assert response.status_code == 403
    assert contact.full_name == "Ny Kollega"


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

    assert why_not_change_person(coordinator, contact, on=TODAY) == ""


@pytest.mark.parametrize("words", ["åsa", "ÖBERG", "sa ö"])
def test_people_are_found_whatever_the_case(client, agreement, coordinator, words):
    person = make_person("Åsa Öberg", organisation=organisation_of(agreement, "SF"))

    page = as_person(client, coordinator).get(reverse("agreements:person_list"), {"q": words}).context["page_obj"]

    assert list(page) == [person]

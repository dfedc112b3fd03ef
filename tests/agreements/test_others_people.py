from django.urls import reverse

from tests.factories import as_person, make_person


def test_adding_another_municipality_does_not_show_its_people(client, agreement, other_agreement, coordinator):
    municipality = other_agreement.municipality
    other_agreement.organisations.remove(municipality)
    person = make_person("Annas Kollega", organisation=municipality)
    added = {"name": municipality.name, "kind": "municipality"}
    as_person(client, coordinator).post(reverse("agreements:organisation_create", args=[agreement.pk]), added)

    response = client.get(person.get_absolute_url())

    assert municipality in agreement.organisations.all()
    assert response.status_code == 404

"""The pages of organisations and people."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from accounts.history import latest_version
from accounts.models import Organisation, User
from agreements.models import Group, Seat
from tests.factories import (
    TODAY,
    as_person,
    make_agreement,
    make_municipality,
    make_organisation,
    make_person,
    make_police,
    organisation_of,
    seat_person,
)


def url(name: str, thing=None) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk] if thing else [])


def listed(client, name, **query) -> list[str]:
    return [str(row) for row in client.get(url(name), query).context["object_list"]]


@pytest.fixture
def contact(agreement):
    """Somebody in SF who cannot sign in."""
    return make_person(
        "Per Åberg",
        password=None,
        email="per@burlov.example",
        title="Förvaltningschef",
        organisation=organisation_of(agreement, "SF"),
    )


@pytest.fixture
def shared_police(agreement):
    """A local police area that is nobody's, and takes part in Burlöv's agreement and in Kävlinge's."""
    police = make_police("Lokalpolisområde Sydväst", short_name="LPO")
    agreement.organisations.add(police)
    make_agreement(
        municipality=make_municipality("Kävlinge kommun"), police=police, title="Kävlinge", reference_number="KÄ/1"
    )
    return police


# --- Organisations ---


def test_organisations_are_listed_as_a_tree(client, agreement, other_agreement, reader):
    agreement.organisations.add(make_organisation("Fältgruppen", parent=organisation_of(agreement, "SF")))
    as_person(client, reader)

    assert listed(client, "organisation_list") == [
        "Burlövs kommun",
        "BBAB",
        "KLF",
        "SF",
        "Fältgruppen",
        "UKF",
        "Polismyndigheten",
        "Polisen",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "social"}, ["SF"]),
        ({"q": "bbab"}, ["BBAB"]),
        ({"slag": "municipality"}, ["Burlövs kommun"]),
        ({"q": "finns inte"}, []),
        ({"slag": "okänt"}, ["Burlövs kommun", "BBAB", "KLF", "SF", "UKF", "Polismyndigheten", "Polisen"]),
    ],
)
def test_organisations_are_searched_and_filtered(client, reader, query, found):
    as_person(client, reader)

    assert listed(client, "organisation_list", **query) == found


def test_organisations_are_paged_and_keep_the_search(client, agreement, reader):
    names = [f"Förening {number:03}" for number in range(60)]
    agreement.organisations.add(*[make_organisation(name, kind="civil_society") for name in names])
    as_person(client, reader)

    page = client.get(url("organisation_list"), {"q": "förening", "sida": "2"})

    assert [str(one) for one in page.context["object_list"]] == names[50:]
    assert "?q=f%C3%B6rening&amp;sida=1" in page.content.decode()
    assert len(listed(client, "organisation_list", q="förening", sida="hej")) == 50


def test_organisation_page_shows_what_it_has_here_only(client, agreement, shared_police, reader):
    here = seat_person(agreement, organisation=shared_police, full_name="Tora Blå")
    elsewhere = seat_person(
        shared_police.agreements.get(reference_number="KÄ/1"), organisation=shared_police, full_name="Kim Grå"
    )
    as_person(client, reader)

    page = client.get(shared_police.get_absolute_url())

    assert [seat.holding.user for seat in page.context["seats"]] == [here]
    assert list(page.context["people"]) == [here]
    assert list(page.context["takes_part_in"]) == [agreement]
    assert f"leds_av={shared_police.pk}" in page.content.decode()
    assert str(elsewhere) not in page.content.decode()


def test_organisation_page_shows_only_children_that_take_part(client, agreement, other_agreement, reader):
    authority = organisation_of(agreement, "Polisen").parent
    as_person(client, reader)

    page = client.get(authority.get_absolute_url())

    assert list(page.context["children"]) == [organisation_of(agreement, "Polisen")]


def organisation_data(**changes) -> dict:
    return {"name": "Räddningstjänsten Syd", "short_name": "RSYD", "kind": "rescue_service", "parent": ""} | changes


def test_organisation_is_added_and_takes_part(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(url("organisation_create", agreement), organisation_data())

    organisation = Organisation.objects.get(name="Räddningstjänsten Syd")
    assert response.url == organisation.get_absolute_url()
    assert organisation in agreement.organisations.all()
    assert organisation.history.get().history_user == coordinator


def test_organisation_that_the_municipality_keeps_is_joined_and_not_doubled(client, agreement, coordinator):
    rescue = make_organisation("Räddningstjänsten Syd", short_name="RTJ", keeper=agreement.municipality)
    as_person(client, coordinator)

    response = client.post(url("organisation_create", agreement), organisation_data(), follow=True)

    assert "var redan inlagd" in response.content.decode()
    assert Organisation.objects.get(name="Räddningstjänsten Syd").short_name == "RTJ"
    assert rescue in agreement.organisations.all()


def test_organisation_that_takes_part_already_is_refused(client, agreement, coordinator):
    as_person(client, coordinator)
    data = organisation_data(name="Socialförvaltningen", parent=agreement.municipality_id)

    response = client.post(url("organisation_create", agreement), data)

    assert response.context["form"].errors == {"name": ["Organisationen deltar redan i överenskommelsen."]}


def test_organisation_is_not_put_under_one_that_is_not_seen(client, agreement, other_agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(
        url("organisation_create", agreement), organisation_data(parent=other_agreement.municipality_id)
    )

    assert set(response.context["form"].errors) == {"parent"}


def test_organisation_is_changed_with_history(client, agreement, coordinator):
    organisation = organisation_of(agreement, "SF")
    as_person(client, coordinator)

    client.post(
        url("organisation_update", organisation),
        organisation_data(
            name="Omsorgsförvaltningen", parent=agreement.municipality_id, version=latest_version(organisation)
        ),
    )

    saved = Organisation.objects.get(pk=organisation.pk)
    assert saved.name == "Omsorgsförvaltningen"
    assert saved.history.first().history_user == coordinator


def test_loop_among_organisations_is_explained(client, agreement, coordinator):
    top, below = agreement.municipality, organisation_of(agreement, "SF")
    as_person(client, coordinator)

    response = client.post(
        url("organisation_update", top),
        organisation_data(name=top.name, parent=below.pk, version=latest_version(top)),
    )

    assert set(response.context["form"].errors) == {"parent"}


def test_shared_organisation_is_refused_with_explanation(client, shared_police, coordinator):
    as_person(client, coordinator)

    for response in (
        client.get(url("organisation_update", shared_police)),
        client.post(url("organisation_update", shared_police), organisation_data()),
    ):
        assert response.status_code == 403
        assert "den kommun som har lagt in den" in response.content.decode()


# --- People ---


def test_people_are_listed_with_seats_today(client, agreement, contact, coordinator, reader, outsider):
    as_person(client, reader)

    page = client.get(url("person_list"))

    assert [(str(one), len(one.holdings_today)) for one in page.context["object_list"]] == [
        ("Ali Hassan", 1),
        ("Maja Lind", 1),
        ("Per Åberg", 0),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "hass"}, ["Ali Hassan"]),
        ({"q": "förvaltningschef"}, ["Per Åberg"]),
        ({"q": "KLF"}, ["Maja Lind"]),
        ({"visa": "med-plats"}, ["Ali Hassan", "Maja Lind"]),
        ({"visa": "utan-plats"}, ["Per Åberg"]),
        ({"visa": "inaktiv"}, ["Gun Fors"]),
        ({"visa": "inaktiv", "q": "maja"}, []),
        ({"q": "x" * 101}, ["Ali Hassan", "Gun Fors", "Maja Lind", "Per Åberg"]),
    ],
)
def test_people_are_searched_and_filtered(client, agreement, contact, coordinator, reader, query, found):
    make_person("Gun Fors", is_active=False, organisation=organisation_of(agreement, "UKF"))
    as_person(client, reader)

    assert listed(client, "person_list", **query) == found


def test_seat_elsewhere_is_not_told(client, agreement, shared_police, reader):
    kavlinge = shared_police.agreements.get(reference_number="KÄ/1")
    tora = seat_person(agreement, organisation=shared_police, full_name="Tora Blå")
    seat_person(kavlinge, Seat.Function.POLICE_LIAISON, Group.Kind.SITUATION, user=tora, organisation=shared_police)
    as_person(client, reader)

    page = client.get(tora.get_absolute_url())

    assert {one.agreement for one in page.context["memberships"]} == {agreement}
    assert "KÄ/1" not in page.content.decode()


def test_address_is_shown_to_who_manages_and_to_oneself(client, contact, coordinator, reader):
    def shows_address(user, person):
        return person.email in as_person(client, user).get(person.get_absolute_url()).content.decode()

    assert shows_address(coordinator, contact)
    assert not shows_address(reader, contact)
    assert shows_address(reader, reader)
    assert not shows_address(reader, coordinator)


def person_data(agreement, **changes) -> dict:
    return {
        "full_name": "Siv Ek",
        "title": "Enhetschef",
        "organisation": organisation_of(agreement, "UKF").pk,
        "email": "Siv.Ek@burlov.example",
    } | changes


def test_person_is_added_as_a_contact(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(url("person_create", agreement), person_data(agreement))

    person = User.objects.get(full_name="Siv Ek")
    assert response.url == person.get_absolute_url()
    assert (person.email, person.can_sign_in) == ("siv.ek@burlov.example", False)
    assert person.history.get().history_user == coordinator
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"organisation": ""}, "organisation"),
        ({"email": "inte en adress"}, "email"),
        ({"email": "PER@burlov.example"}, "email"),
        ({"full_name": "x" * 100_000}, "full_name"),
    ],
)
def test_wrong_person_is_not_added_and_explained(client, agreement, coordinator, contact, changes, field):
    as_person(client, coordinator)

    response = client.post(url("person_create", agreement), person_data(agreement, **changes))

    assert set(response.context["form"].errors) == {field}
    assert not User.objects.filter(title="Enhetschef").exists()


def test_person_cannot_be_given_a_password_or_rights_by_the_form(client, agreement, coordinator):
    as_person(client, coordinator)

    client.post(
        url("person_create", agreement),
        person_data(agreement, password="sju gröna cyklar", is_staff="on", is_superuser="on"),
    )

    person = User.objects.get(full_name="Siv Ek")
    assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)


def test_person_is_added_once_though_the_form_is_sent_twice(client, agreement, coordinator):
    as_person(client, coordinator)
    data = person_data(agreement, email="", submission_key=str(uuid.uuid4()))

    client.post(url("person_create", agreement), data)
    client.post(url("person_create", agreement), data)

    assert User.objects.filter(full_name="Siv Ek").count() == 1


def test_address_of_a_contact_is_changed(client, agreement, coordinator, contact):
    as_person(client, coordinator)

    client.post(url("person_update", contact), person_data(agreement, version=latest_version(contact)))

    saved = User.objects.get(pk=contact.pk)
    assert (saved.full_name, saved.email) == ("Siv Ek", "siv.ek@burlov.example")
    assert saved.history.first().history_user == coordinator


def test_address_of_somebody_who_signs_in_is_not_changed(client, agreement, coordinator, reader):
    as_person(client, coordinator)

    page = client.get(url("person_update", reader))
    client.post(url("person_update", reader), person_data(agreement, version=latest_version(reader)))

    saved = User.objects.get(pk=reader.pk)
    assert "email" not in page.context["form"].fields
    assert (saved.full_name, saved.email) == ("Siv Ek", reader.email)


def test_who_saves_a_person_second_is_shown_both_versions(client, agreement, coordinator, contact):
    as_person(client, coordinator)
    mine = person_data(agreement, title="Rektor", version=latest_version(contact))
    client.post(url("person_update", contact), mine | {"title": "Enhetschef"})

    response = client.post(url("person_update", contact), mine)

    assert response.status_code == 409
    assert User.objects.get(pk=contact.pk).title == "Enhetschef"


def test_invitation_is_sent_by_a_press_of_the_button(client, contact, coordinator, django_capture_on_commit_callbacks):
    as_person(client, coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("person_invite", contact), follow=True)

    [message] = mail.outbox
    assert "http://testserver/konto/nytt-losenord/" in message.body
    assert "En inbjudan är skickad till per@burlov.example." in response.content.decode()


def test_invitation_of_somebody_with_a_password_is_explained(client, coordinator, reader):
    as_person(client, coordinator)

    response = client.post(url("person_invite", reader), follow=True)

    assert "har redan ett lösenord" in response.content.decode()
    assert mail.outbox == []


def test_deactivation_asks_for_a_reason(client, agreement, coordinator, reader):
    as_person(client, coordinator)

    refused = client.post(url("person_deactivate", reader))
    client.post(url("person_deactivate", reader), {"reason_for_change": "Har slutat."})

    saved = User.objects.get(pk=reader.pk)
    assert set(refused.context["form"].errors) == {"reason_for_change"}
    assert not saved.is_active
    assert saved.memberships.get().ends_on == TODAY
    assert as_person(client, coordinator).get(saved.get_absolute_url()).status_code == 200


def test_deactivation_of_who_runs_the_portal_is_explained(client, agreement, coordinator, staff_outsider):
    staff_outsider.organisation = organisation_of(agreement, "SF")
    staff_outsider.save()
    seat_person(agreement, user=staff_outsider)
    as_person(client, coordinator)

    response = client.post(url("person_deactivate", staff_outsider), {"reason_for_change": "Har slutat."})

    assert "förvaltar portalen" in response.content.decode()
    assert User.objects.get(pk=staff_outsider.pk).is_active


# --- Who gets where ---

PERSON_PAGES = ["person_update", "person_invite", "person_deactivate"]


@pytest.mark.parametrize("name", [*PERSON_PAGES, "organisation_update"])
@pytest.mark.parametrize("column", ["reader", "police_liaison", "steering_member"])
def test_who_does_not_manage_is_refused_and_told_who_can_help(
    client, request, agreement, coordinator, contact, column, name
):
    thing = contact if name in PERSON_PAGES else organisation_of(agreement, "SF")
    as_person(client, request.getfixturevalue(column))

    response = client.post(url(name, thing))

    assert response.status_code == 403
    assert "Maja Lind" in response.content.decode()


@pytest.mark.parametrize("name", ["person_detail", *PERSON_PAGES, "organisation_detail", "organisation_update"])
def test_outsider_finds_nothing(client, agreement, contact, outsider, name):
    thing = contact if name.startswith("person") else organisation_of(agreement, "SF")
    as_person(client, outsider)

    assert client.get(url(name, thing)).status_code == 404
    assert client.post(url(name, thing)).status_code == 404


def test_invite_button_is_pressed_and_not_followed(client, contact, coordinator):
    as_person(client, coordinator)

    assert client.get(url("person_invite", contact)).status_code == 405
    assert mail.outbox == []

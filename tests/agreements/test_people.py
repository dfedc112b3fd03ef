"""Who sees and changes which people and organisations."""

import pytest

from accounts.models import Organisation, User
from agreements.models import Agreement, Group, Seat
from agreements.people import (
    agreements_about,
    organisations_visible_to,
    people_visible_to,
    why_not_change_organisation,
    why_not_change_person,
)
from tests.factories import (
    TODAY,
    make_agreement,
    make_municipality,
    make_organisation,
    make_person,
    make_police,
    organisation_of,
    seat_person,
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


@pytest.fixture
def kavlinge(shared_police):
    return Agreement.objects.get(reference_number="KÄ/1")


@pytest.fixture
def kavlinge_coordinator(kavlinge):
    return seat_person(kavlinge, Seat.Function.COORDINATOR, Group.Kind.PREPARATION, full_name="Kajsa Kvist")


def names(people) -> set[str]:
    return {str(person) for person in people}


def test_outsider_sees_nobody_here(coordinator, reader, outsider):
    assert names(people_visible_to(outsider)) == {"Eva Lund"}


def test_person_without_seat_sees_only_themselves_and_no_organisation(coordinator, staff_outsider):
    assert names(people_visible_to(staff_outsider)) == {"Olof Ask"}
    assert list(organisations_visible_to(staff_outsider)) == []


def test_system_administrator_sees_everybody(coordinator, outsider, system_administrator):
    assert set(people_visible_to(system_administrator)) == set(User.objects.all())
    assert set(organisations_visible_to(system_administrator)) == set(Organisation.objects.all())


def test_people_of_the_municipality_are_seen_even_without_a_seat(agreement, reader):
    make_person("Per Åberg", password=None, organisation=organisation_of(agreement, "SF"))
    unit = make_organisation("Fältgruppen", parent=organisation_of(agreement, "SF"))
    make_person("Siv Ek", password=None, organisation=unit)

    assert names(people_visible_to(reader)) == {"Ali Hassan", "Per Åberg", "Siv Ek"}


def test_people_of_an_organisation_only_here_are_seen(agreement, reader):
    make_person("Tora Blå", password=None, organisation=organisation_of(agreement, "Polisen"))

    assert "Tora Blå" in names(people_visible_to(reader))


def test_people_of_a_shared_organisation_are_not_seen_without_a_seat(shared_police, reader, kavlinge_coordinator):
    make_person("Tora Blå", password=None, organisation=shared_police)

    assert "Tora Blå" not in names(people_visible_to(reader))
    assert "Tora Blå" not in names(people_visible_to(kavlinge_coordinator))


@pytest.mark.parametrize("ends_on", [None, TODAY.replace(year=2024)])
def test_people_of_a_shared_organisation_are_seen_where_they_have_or_had_a_seat(
    agreement, shared_police, reader, kavlinge_coordinator, ends_on
):
    seat_person(agreement, organisation=shared_police, full_name="Tora Blå", ends_on=ends_on)

    assert "Tora Blå" in names(people_visible_to(reader))
    assert "Tora Blå" not in names(people_visible_to(kavlinge_coordinator))


def test_organisations_are_those_that_take_part_and_what_they_belong_to(agreement, other_agreement, reader, outsider):
    make_organisation("Ingen annans sak")

    assert {str(one) for one in organisations_visible_to(reader)} == {
        "Burlövs kommun",
        "KLF",
        "SF",
        "UKF",
        "BBAB",
        "Polisen",
        "Polismyndigheten",
    }
    assert agreement.municipality not in organisations_visible_to(outsider)


# --- Changing people ---


def test_coordinator_changes_people_of_own_agreement(coordinator, reader):
    assert why_not_change_person(coordinator, reader) == ""


@pytest.mark.parametrize("column", ["reader", "police_liaison", "preparation_member", "steering_member"])
def test_others_do_not_change_people_and_learn_who_can(request, coordinator, reader, column):
    user = request.getfixturevalue(column)

    assert "Maja Lind" in why_not_change_person(user, reader)


@pytest.mark.parametrize("ends_on", [None, TODAY.replace(year=2025)])
def test_person_with_a_seat_elsewhere_is_changed_at_home_only(
    agreement, kavlinge, coordinator, kavlinge_coordinator, ends_on
):
    tora = seat_person(agreement, organisation=organisation_of(agreement, "Polisen"), full_name="Tora Blå")
    seat_person(kavlinge, user=tora, ends_on=ends_on)

    assert why_not_change_person(coordinator, tora) == ""
    assert "sin egen kommun" in why_not_change_person(kavlinge_coordinator, tora)


def test_person_of_a_shared_organisation_is_changed_by_the_system_administrator_only(
    agreement, shared_police, coordinator, kavlinge_coordinator, system_administrator
):
    tora = seat_person(agreement, organisation=shared_police, full_name="Tora Blå")

    assert "sin egen kommun" in why_not_change_person(coordinator, tora)
    assert why_not_change_person(kavlinge_coordinator, tora) != ""
    assert why_not_change_person(system_administrator, tora) == ""


def test_coordinator_of_one_agreement_who_reads_another_changes_nobody_there(agreement, outsider, reader):
    seat_person(agreement, Seat.Function.READER, Group.Kind.STEERING, user=outsider)
    eva = User.objects.get(pk=outsider.pk)

    assert list(agreements_about(reader, seen_by=eva)) == [agreement]
    assert why_not_change_person(eva, reader) != ""


# --- Changing organisations ---


def test_coordinator_changes_organisations_of_own_agreement(agreement, coordinator):
    assert why_not_change_organisation(coordinator, organisation_of(agreement, "SF")) == ""


def test_reader_does_not_change_organisations_and_learns_who_can(agreement, coordinator, reader):
    assert "Maja Lind" in why_not_change_organisation(reader, organisation_of(agreement, "SF"))


def test_shared_organisation_is_changed_by_the_system_administrator_only(
    shared_police, coordinator, kavlinge_coordinator, system_administrator
):
    for user in (coordinator, kavlinge_coordinator):
        for organisation in (shared_police, shared_police.parent):
            assert "den kommun som har lagt in den" in why_not_change_organisation(user, organisation)
    assert why_not_change_organisation(system_administrator, shared_police) == ""


def test_organisation_that_takes_part_elsewhere_is_changed_at_home_only(
    agreement, kavlinge, coordinator, kavlinge_coordinator
):
    police = organisation_of(agreement, "Polisen")
    kavlinge.organisations.add(police)

    assert why_not_change_organisation(coordinator, police) == ""
    assert "den kommun som har lagt in den" in why_not_change_organisation(kavlinge_coordinator, police)

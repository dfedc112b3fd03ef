import datetime
import uuid

import pytest
from django.urls import reverse

from accounts.history import latest_version
from agreements.models import Group, Membership, Seat
from tests.factories import (
    FIRST_DAY,
    TODAY,
    as_person,
    group_of,
    make_person,
    make_seat,
    organisation_of,
    seat_person,
)

YESTERDAY = TODAY - datetime.timedelta(days=1)


def url(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


@pytest.fixture
def group(agreement):
    return group_of(agreement, Group.Kind.STEERING)


@pytest.fixture
def seat(group):
    return make_seat(group, "Kommundirektör")


@pytest.fixture
def contact(agreement):
    """Somebody in SF who cannot sign in."""
    return make_person(
        "Per Åberg", password=None, email="per@burlov.example", organisation=organisation_of(agreement, "SF")
    )


def seat_data(seat, **changes) -> dict:
    return {
        "title": seat.title,
        "organisation": seat.organisation_id,
        "function": seat.function,
        "is_leading_position": "true",
        "version": latest_version(seat),
    } | changes


def test_page_shows_who_holds_held_and_will_hold_a_seat(client, group, seat, reader, contact):
    sara = make_person("Sara Berg")
    Membership.objects.create(seat=seat, user=sara, starts_on=FIRST_DAY, ends_on=TODAY)
    Membership.objects.create(seat=seat, user=contact, starts_on=TODAY + datetime.timedelta(days=1))
    Membership.objects.create(
        seat=seat, user=make_person("Gun Fors"), starts_on=datetime.date(2020, 1, 1), ends_on=datetime.date(2022, 1, 1)
    )
    as_person(client, reader)

    page = client.get(group.get_absolute_url())

    [row] = page.context["rows"]
    assert row.holding.user == sara
    assert [one.user for one in row.coming] == [contact]
    assert [str(one.user) for one in row.earlier] == ["Gun Fors"]
    assert "1 januari 2020–1 januari 2022" in page.content.decode()
    assert "tillsatt/" not in page.content.decode()


def test_group_is_added_with_history(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(url("group_create", agreement), {"kind": "working", "name": "Trygg centrumgrupp"})

    group = Group.objects.get(name="Trygg centrumgrupp")
    assert response.url == group.get_absolute_url()
    assert group.agreement == agreement
    assert group.history.get().history_user == coordinator


def test_group_with_a_taken_name_is_refused_beside_the_field(client, agreement, coordinator, group):
    as_person(client, coordinator)

    response = client.post(url("group_create", agreement), {"kind": "working", "name": group.name})

    assert response.context["form"].errors == {"name": ["Överenskommelsen har redan en grupp med det namnet."]}
    assert Group.objects.filter(agreement=agreement).count() == 4


def test_group_is_added_once_though_the_form_is_sent_twice(client, agreement, coordinator):
    as_person(client, coordinator)
    data = {"kind": "working", "name": "Trygg centrumgrupp", "submission_key": str(uuid.uuid4())}

    client.post(url("group_create", agreement), data)
    again = client.post(url("group_create", agreement), data)

    assert again.status_code == 302
    assert Group.objects.filter(agreement=agreement).count() == 5


def test_group_cannot_be_set_up_by_what_it_has_set_up_or_by_another_agreements(
    client, agreement, other_agreement, coordinator, group
):
    child = Group.objects.create(agreement=agreement, kind=Group.Kind.WORKING, name="Barn", parent=group)
    grandchild = Group.objects.create(agreement=agreement, kind=Group.Kind.WORKING, name="Barnbarn", parent=child)
    foreign = group_of(other_agreement, Group.Kind.STEERING)
    as_person(client, coordinator)

    for parent in (group, child, grandchild, foreign):
        data = {"kind": group.kind, "name": group.name, "parent": parent.pk, "version": latest_version(group)}
        response = client.post(url("group_update", group), data)
        assert set(response.context["form"].errors) == {"parent"}
    assert Group.objects.get(pk=group.pk).parent is None


def test_seat_is_added_for_an_organisation_that_takes_part(client, agreement, coordinator, group):
    as_person(client, coordinator)

    response = client.post(
        url("seat_create", group),
        {
            "title": "Förvaltningschef",
            "organisation": organisation_of(agreement, "SF").pk,
            "function": "member",
            "is_leading_position": "true",
        },
    )

    seat = Seat.objects.get(title="Förvaltningschef")
    assert response.url == group.get_absolute_url()
    assert (seat.group, seat.is_leading_position) == (group, True)


def test_seat_is_not_added_for_an_organisation_elsewhere(client, other_agreement, coordinator, group):
    as_person(client, coordinator)

    response = client.post(
        url("seat_create", group),
        {"title": "Chef", "organisation": other_agreement.municipality_id, "function": "member"},
    )

    assert set(response.context["form"].errors) == {"organisation"}
    assert not group.seats.exists()


@pytest.mark.parametrize(("sent", "saved"), [("true", True), ("false", False), ("", None)])
def test_leading_position_may_be_unknown(client, coordinator, seat, sent, saved):
    as_person(client, coordinator)

    client.post(url("seat_update", seat), seat_data(seat, is_leading_position=sent))
    page = client.get(url("seat_update", seat))

    assert Seat.objects.get(pk=seat.pk).is_leading_position is saved
    assert f'<option value="{sent}" selected>' in page.content.decode()


def test_who_saves_a_seat_second_is_shown_both_versions(client, coordinator, seat):
    as_person(client, coordinator)
    mine = seat_data(seat, title="Kommunchef")
    client.post(url("seat_update", seat), seat_data(seat, title="Förvaltningschef"))

    response = client.post(url("seat_update", seat), mine)

    assert response.status_code == 409
    assert Seat.objects.get(pk=seat.pk).title == "Förvaltningschef"


def test_same_seat_twice_is_refused_beside_the_field(client, coordinator, group, seat):
    as_person(client, coordinator)

    response = client.post(url("seat_create", group), seat_data(seat))

    assert set(response.context["form"].errors) == {"title"}


# --- Filling and vacating ---


def test_fill_seat_from_the_list(client, coordinator, seat, contact):
    as_person(client, coordinator)

    response = client.post(url("seat_fill", seat), {"user": contact.pk, "starts_on": "2026-11-23"})

    assert response.url == seat.group.get_absolute_url()
    assert seat.memberships.get().user == contact


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_fill_seat_in_a_year_that_must_be_a_slip_is_refused_beside_the_field(client, coordinator, seat, contact, day):
    as_person(client, coordinator)

    response = client.post(url("seat_fill", seat), {"user": contact.pk, "starts_on": day})

    assert response.context["form"].errors == {"starts_on": ["Året ska ligga mellan 1900 och 2199."]}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"user": ""}, "user"),
        ({"user": "", "email": "eva.lund@lomma.example"}, "user"),
        ({"starts_on": ""}, "starts_on"),
    ],
)
def test_fill_seat_with_nobody_or_an_outsider_is_refused(client, coordinator, outsider, seat, contact, data, field):
    as_person(client, coordinator)
    data = {"user": contact.pk} | data

    response = client.post(url("seat_fill", seat), {"starts_on": "2026-11-23"} | data)

    assert set(response.context["form"].errors) == {field}
    assert not seat.memberships.exists()


def test_fill_seat_with_outsider_or_deactivated_by_number_is_refused(client, coordinator, outsider, seat, contact):
    contact.is_active = False
    contact.save()
    as_person(client, coordinator)

    for person in (outsider, contact):
        response = client.post(url("seat_fill", seat), {"user": person.pk, "starts_on": "2026-11-23"})
        assert set(response.context["form"].errors) == {"user"}
    assert not seat.memberships.exists()


def test_fill_seat_before_the_holder_came_explains_and_changes_nothing(client, coordinator, seat, contact):
    Membership.objects.create(seat=seat, user=make_person("Sara Berg"), starts_on=TODAY)
    as_person(client, coordinator)

    response = client.post(url("seat_fill", seat), {"user": contact.pk, "starts_on": "2026-11-01"})

    assert "Sara Berg har platsen från och med 23 november 2026" in response.content.decode()
    assert seat.memberships.count() == 1


def test_vacate_seat_asks_for_a_reason(client, coordinator, seat, contact):
    membership = Membership.objects.create(seat=seat, user=contact, starts_on=FIRST_DAY)
    as_person(client, coordinator)
    data = {"ends_on": "2026-11-22"}

    refused = client.post(url("seat_vacate", seat), data)
    saved = client.post(url("seat_vacate", seat), data | {"reason_for_change": "Nytt mandat efter valet."})
    history = client.get(url("agreement_history", seat.agreement)).content.decode()

    membership.refresh_from_db()
    assert set(refused.context["form"].errors) == {"reason_for_change"}
    assert saved.url == seat.group.get_absolute_url()
    assert membership.ends_on == YESTERDAY
    assert membership.history.first().history_change_reason == "Nytt mandat efter valet."
    assert "Skäl: Nytt mandat efter valet." in history


def test_appointment_is_taken_back_and_the_holder_stays(client, coordinator, seat, contact):
    sara = make_person("Sara Berg")
    Membership.objects.create(seat=seat, user=sara, starts_on=FIRST_DAY)
    as_person(client, coordinator)
    client.post(url("seat_fill", seat), {"user": contact.pk, "starts_on": "2062-11-23"})

    page = client.get(seat.group.get_absolute_url()).content.decode()
    response = client.post(url("seat_withdraw", seat), follow=True)

    assert url("seat_withdraw", seat) in page
    assert f"{contact} tillträder inte längre platsen." in response.content.decode()
    assert [(holding.user, holding.ends_on) for holding in seat.memberships.all()] == [(sara, None)]


def test_taking_back_when_nobody_is_to_come_changes_nothing(client, coordinator, seat, contact):
    Membership.objects.create(seat=seat, user=contact, starts_on=TODAY)
    as_person(client, coordinator)

    response = client.post(url("seat_withdraw", seat), follow=True)

    assert "Ingen är på väg att tillträda platsen." in response.content.decode()
    assert seat.memberships.get().ends_on is None


def test_new_holder_gets_in_and_the_former_one_out(client, agreement, coordinator, reader, contact):
    seat = reader.memberships.get().seat
    as_person(client, coordinator)

    client.post(url("seat_fill", seat), {"user": contact.pk, "starts_on": "2026-11-23"})

    assert as_person(client, reader).get(agreement.get_absolute_url()).status_code == 404
    assert as_person(client, contact).get(agreement.get_absolute_url()).status_code == 200


# --- Who gets where ---

SEAT_PAGES = ["seat_update", "seat_fill", "seat_vacate", "seat_withdraw"]
GROUP_PAGES = ["group_update", "seat_create"]


@pytest.mark.parametrize("name", GROUP_PAGES + SEAT_PAGES)
@pytest.mark.parametrize("column", ["reader", "police_liaison", "steering_member"])
def test_who_does_not_manage_is_refused_and_told_who_can_help(client, request, coordinator, group, seat, column, name):
    as_person(client, request.getfixturevalue(column))
    address = url(name, seat if name in SEAT_PAGES else group)

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 403
        assert "Maja Lind" in response.content.decode()


@pytest.mark.parametrize("name", ["group_detail", *GROUP_PAGES, *SEAT_PAGES])
def test_outsider_finds_nothing(client, group, seat, outsider, name):
    as_person(client, outsider)
    address = url(name, seat if name in SEAT_PAGES else group)

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_group_page_takes_no_post(client, group, coordinator):
    assert as_person(client, coordinator).post(group.get_absolute_url()).status_code == 405


def test_seat_of_another_agreement_is_not_filled_by_its_number(client, agreement, other_agreement, outsider, reader):
    foreign = make_seat(group_of(agreement, Group.Kind.STEERING))
    seat_person(other_agreement, user=outsider)

    response = as_person(client, outsider).post(
        url("seat_fill", foreign), {"user": outsider.pk, "starts_on": "2026-11-23"}
    )

    assert response.status_code == 404
    assert not foreign.memberships.exists()

"""Two municipalities, and everybody who might reach from one into the other. ADR 28 says who may do what."""

import datetime

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import get_resolver, reverse

from accounts.models import Organisation, User
from accounts.password_links import password_path
from agreements.models import Agreement, Group, Membership, Seat
from documents.workbooks import write_yaml
from focus_areas import workbook
from focus_areas.models import FollowUpApproval
from focus_areas.sheets import SHEETS
from tests.factories import (
    PASSWORD,
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_focus_area,
    make_follow_up,
    make_person,
    make_police,
    make_seat,
    organisation_of,
    seat_person,
)

pytestmark = pytest.mark.usefixtures("frozen_today")


def url(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


def send(client, sender: User, page: str, thing, /, **data):
    """Post the form of that page as the sender; mails go out as when it is saved for good."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return as_person(client, sender).post(url(page, thing), data)


def link_in(message) -> str:
    """The path of the link in a mail."""
    return next(word for word in message.body.split() if word.startswith("http")).replace("http://testserver", "")


def open_link_and_choose(client, link: str, password: str = "tolv vandrande getter i regn"):
    """Open a link to choose a password, and choose one."""
    client.logout()
    response = client.get(link, follow=True)
    form_url = response.redirect_chain[-1][0] if response.redirect_chain else link
    return client.post(form_url, {"password1": password, "password2": password}, follow=True)


@pytest.fixture
def contact(agreement) -> User:
    """Burlöv's own contact, without a password."""
    return make_person(
        "Per Åberg", password=None, email="per@burlov.example", organisation=organisation_of(agreement, "SF")
    )


# --- Organisations ---


@pytest.mark.parametrize("by_form", [True, False])
@pytest.mark.parametrize("name", ["Burlövs kommun", "burlövs  kommun", "Polismyndigheten", "Finns ingenstans"])
def test_a_name_that_another_municipality_has_gives_ones_own(
    client, agreement, other_agreement, outsider, name, by_form
):
    theirs = set(Organisation.objects.kept_by(agreement.municipality_id).values_list("pk", flat=True))
    lomma = other_agreement.municipality
    if by_form:
        response = send(client, outsider, "organisation_create", other_agreement, name=name, kind="other")
        refused = response.status_code == 200
    else:
        tables = workbook.export(other_agreement)
        rows = [{"name": name, "kind": "other"}]
        content = write_yaml(tables | {"organisations": [*tables["organisations"], *rows]}, SHEETS)
        refused = bool(workbook.load(content, "bok.yaml", by=outsider, expected_agreement=other_agreement).faults)

    after = set(other_agreement.organisations.values_list("pk", flat=True))
    assert not after & theirs
    if not refused:
        assert {one.home_id for one in other_agreement.organisations.all()} == {lomma.pk}
    assert as_person(client, outsider).get(agreement.municipality.get_absolute_url()).status_code == 404


def test_operator_links_what_is_nobodys_and_never_another_municipalitys(agreement, other_agreement, outsider):
    nobodys = make_police("Lokalpolisområde Sydväst")
    rescue = Organisation.objects.create(name="Räddningstjänsten Syd", keeper=agreement.municipality)
    tables = workbook.export(other_agreement)
    rows = [
        {"name": "Lokalpolisområde Sydväst", "kind": "police_area", "parent": "Polismyndigheten"},
        {"name": "Räddningstjänsten Syd", "kind": "rescue_service"},
    ]
    content = write_yaml(tables | {"organisations": [*tables["organisations"], *rows]}, SHEETS)

    outcome = workbook.load(content, "bok.yaml", expected_agreement=other_agreement)

    assert outcome.faults == []
    assert rescue not in other_agreement.organisations.all()
    assert other_agreement.organisations.get(name="Räddningstjänsten Syd").keeper == other_agreement.municipality
    assert nobodys.home_id == nobodys.parent_id


def test_organisation_is_linked_by_its_own_people_only(client, agreement, other_agreement, outsider, police_liaison):
    police = organisation_of(agreement, "Polisen")
    seat_person(other_agreement, organisation=organisation_of(other_agreement, "Polisen"), user=police_liaison)

    by_outsider = send(client, outsider, "organisation_join", police, agreement=other_agreement.pk)
    by_own = send(
        client, User.objects.get(pk=police_liaison.pk), "organisation_join", police, agreement=other_agreement.pk
    )

    assert by_outsider.status_code == 404
    assert by_own.status_code == 302
    assert police in other_agreement.organisations.all()
    assert send(client, outsider, "organisation_update", police, name="Min", kind="police").status_code == 403


# --- People ---


def test_takeover_of_a_contact_is_not_possible(client, agreement, other_agreement, outsider, contact):
    seat = make_seat(group_of(other_agreement, Group.Kind.STEERING))
    data = {"full_name": "Min", "organisation": contact.organisation_id, "email": "eva@egen.example"}

    answers = [
        send(client, outsider, "seat_fill", seat, user=contact.pk, starts_on="2026-11-23"),
        send(client, outsider, "person_update", contact, **data),
        send(client, outsider, "person_invite", contact),
        send(client, outsider, "person_deactivate", contact, reason_for_change="Slutat."),
        send(client, outsider, "person_email", contact, email="eva@egen.example"),
    ]

    contact.refresh_from_db()
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404]
    assert (contact.email, contact.is_active) == ("per@burlov.example", True)
    assert not seat.memberships.exists()
    assert mail.outbox == []


def test_link_is_worth_nothing_once_the_address_is_another(client, agreement, coordinator, contact):
    send(client, coordinator, "person_invite", contact)
    link = link_in(mail.outbox[-1])
    data = {"full_name": "Per Åberg", "organisation": contact.organisation_id, "email": "per.ny@burlov.example"}

    send(client, coordinator, "person_update", contact, **data)
    open_link_and_choose(client, link)

    contact.refresh_from_db()
    assert not contact.has_account
    assert contact.invited_at is None


@pytest.mark.parametrize("address", ["maja.lind@burlov.example", "ingen@finns.example"])
def test_nobody_learns_who_exists(client, other_agreement, outsider, coordinator, address):
    coordinator.email = "maja.lind@burlov.example"
    coordinator.save()
    police = organisation_of(other_agreement, "Polisen")
    data = {"full_name": "Maja L", "organisation": police.pk, "email": address}

    added = send(client, outsider, "person_create", other_agreement, **data)
    person = User.objects.get(full_name="Maja L")
    page = client.get(added.url).content.decode()
    send(client, outsider, "person_invite", person)
    invited = client.get(added.url).content.decode()
    again = client.get(added.url).content.decode()
    reset = client.post(reverse("account_reset_password"), {"email": address})

    assert added.status_code == 302
    assert f"En inbjudan är skickad till {address}." in invited
    assert "Kontakt, loggar inte in" in page
    assert "Bjud in att logga in" in again
    assert "Maja Lind" not in page + invited + again
    assert [message.to for message in mail.outbox[:1]] == [[address]]
    assert reset.status_code in (302, 405)


def test_invited_elsewhere_answers_oneself(client, agreement, other_agreement, outsider, police_liaison, coordinator):
    police = organisation_of(other_agreement, "Polisen")
    data = {"full_name": "Kommunpolis E", "organisation": police.pk, "email": police_liaison.email}
    send(client, outsider, "person_create", other_agreement, **data)
    stand_in = User.objects.get(full_name="Kommunpolis E")
    seat = make_seat(group_of(other_agreement, Group.Kind.PREPARATION), organisation=police)
    send(client, outsider, "seat_fill", seat, user=stand_in.pk, starts_on="2026-11-23")

    before_invited = as_person(client, police_liaison).get(reverse("agreements:invitation_list")).content.decode()
    send(client, outsider, "person_invite", stand_in)
    link = link_in(mail.outbox[-1])
    answer = open_link_and_choose(client, link).content.decode()
    start = as_person(client, police_liaison).get(reverse("start")).content.decode()
    for_others = send(client, coordinator, "invitation_accept", stand_in)
    by_outsider = send(client, outsider, "invitation_accept", stand_in)
    accepted = send(client, police_liaison, "invitation_accept", stand_in)

    stand_in.refresh_from_db()
    assert seat.title not in before_invited
    assert "Du har redan ett konto" in answer
    assert "Svara på inbjudan" in start
    assert (for_others.status_code, by_outsider.status_code, accepted.status_code) == (404, 404, 302)
    assert seat.memberships.get().user == police_liaison
    assert not stand_in.is_active
    police_liaison.refresh_from_db()
    assert police_liaison.organisation == organisation_of(agreement, "Polisen")
    page = as_person(client, outsider).get(police_liaison.get_absolute_url()).content.decode()
    assert police_liaison.email not in page
    assert send(client, outsider, "person_deactivate", police_liaison, reason_for_change="x").status_code == 403
    assert any("tackar ja" in message.subject for message in mail.outbox)


def test_no_is_an_answer_too(client, other_agreement, outsider, police_liaison):
    police = organisation_of(other_agreement, "Polisen")
    stand_in = make_person("E", password=None, email=police_liaison.email, organisation=police)
    seat_person(other_agreement, organisation=police, user=stand_in)
    send(client, outsider, "person_invite", stand_in)

    declined = send(client, police_liaison, "invitation_decline", stand_in)

    assert declined.status_code == 302
    assert stand_in.memberships.count() == 1
    assert "Svara på inbjudan" not in as_person(client, police_liaison).get(reverse("start")).content.decode()


# --- Another address for somebody who signs in ---


def test_own_new_address_is_confirmed_by_the_new_one_and_told_to_both(client, coordinator):
    old = coordinator.email
    with TestCase.captureOnCommitCallbacks(execute=True):
        as_person(client, coordinator).post(
            reverse("email_change"), {"email": "maja.ny@burlov.example", "password": PASSWORD}
        )
    asked = {message.to[0]: message for message in mail.outbox}
    link = link_in(asked["maja.ny@burlov.example"])
    client.logout()
    opened = client.get(link)
    coordinator.refresh_from_db()
    address_when_opened = coordinator.email
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(link)

    coordinator.refresh_from_db()
    assert opened.status_code == 200
    assert address_when_opened == old
    assert "http" not in asked[old].body
    assert coordinator.email == "maja.ny@burlov.example"
    assert {message.to[0] for message in mail.outbox[2:]} == {old, "maja.ny@burlov.example"}
    assert client.post(link).status_code == 410


def test_address_asked_for_by_others_is_confirmed_by_the_old_one(client, coordinator, police_liaison):
    old = police_liaison.email

    send(client, coordinator, "person_email", police_liaison, email="samordnarens@egen.example")

    told = {message.to[0]: message.body for message in mail.outbox}
    assert "http" in told[old]
    assert "http" not in told["samordnarens@egen.example"]
    police_liaison.refresh_from_db()
    assert police_liaison.email == old
    data = {"full_name": "Erik", "organisation": police_liaison.organisation_id, "email": "samordnarens@egen.example"}
    send(client, coordinator, "person_update", police_liaison, **data)
    police_liaison.refresh_from_db()
    assert police_liaison.email == old


# --- One side, one voice ---


@pytest.fixture
def follow_up(agreement):
    return make_follow_up(make_activity(make_focus_area(agreement)))


def approve(client, user, follow_up, side) -> int:
    path = reverse("focus_areas:follow_up_approve", args=[follow_up.pk, side])
    return as_person(client, User.objects.get(pk=user.pk)).post(path, {"dissent": ""}).status_code


def test_coordinator_alone_signs_for_one_side_only(client, agreement, coordinator, follow_up):
    police = organisation_of(agreement, "Polisen")
    data = {"full_name": "Polis Två", "organisation": police.pk, "email": "eget@brevlada.example"}
    send(client, coordinator, "person_create", agreement, **data)
    own_police = User.objects.get(full_name="Polis Två")
    preparation = group_of(agreement, Group.Kind.PREPARATION)
    send(
        client,
        coordinator,
        "seat_create",
        preparation,
        title="Polis 2",
        organisation=police.pk,
        function="police_liaison",
    )
    seat = Seat.objects.get(title="Polis 2")
    send(client, coordinator, "seat_fill", seat, user=own_police.pk, starts_on="2026-11-23")
    membership = seat.memberships.get()
    send(client, coordinator, "person_invite", own_police)
    open_link_and_choose(client, link_in(mail.outbox[-1]))
    own_police.refresh_from_db()
    send(client, coordinator, "membership_confirm", membership)
    send(client, own_police, "membership_confirm", membership)

    answers = [
        approve(client, coordinator, follow_up, "municipality"),
        approve(client, own_police, follow_up, "police"),
        approve(client, coordinator, follow_up, "police"),
        approve(client, own_police, follow_up, "municipality"),
    ]

    membership.refresh_from_db()
    assert own_police.has_account
    assert membership.confirmed_for is None
    assert answers == [302, 403, 403, 403]
    assert [one.side for one in follow_up.approvals.all()] == ["municipality"]


@pytest.mark.parametrize("change", ["seat_function", "seat_organisation", "organisation_parent", "organisation_kind"])
def test_what_was_confirmed_for_one_side_says_nothing_for_another(client, agreement, coordinator, follow_up, change):
    mate = seat_person(
        agreement, Seat.Function.MEMBER, Group.Kind.PREPARATION, organisation=organisation_of(agreement, "SF")
    )
    seat = mate.memberships.get().seat
    police = organisation_of(agreement, "Polisen")
    data = {"title": seat.title, "organisation": seat.organisation_id, "function": "police_liaison"}
    if change != "seat_function":
        seat.function = Seat.Function.POLICE_LIAISON
        seat.save()
    match change:
        case "seat_function":
            send(client, coordinator, "seat_update", seat, **data)
        case "seat_organisation":
            send(client, coordinator, "seat_update", seat, **data | {"organisation": police.pk})
        case "organisation_parent":
            facts = {"name": "Socialförvaltningen", "short_name": "SF", "kind": "administration"}
            send(client, coordinator, "organisation_update", seat.organisation, **facts, parent=police.parent_id)
        case "organisation_kind":
            facts = {"name": "Burlövs kommun", "kind": "police"}
            send(client, coordinator, "organisation_update", agreement.municipality, **facts)

    assert approve(client, mate, follow_up, "police") == 403
    assert not follow_up.approvals.exists()


def test_police_confirm_their_own_and_are_told(client, agreement, coordinator, police_liaison, follow_up):
    police = organisation_of(agreement, "Polisen")
    mate = make_person("Polis Tre", organisation=police)
    seat = make_seat(
        group_of(agreement, Group.Kind.PREPARATION), organisation=police, function=Seat.Function.POLICE_LIAISON
    )

    with_mail = send(client, coordinator, "seat_fill", seat, user=mate.pk, starts_on="2026-11-23")
    before = approve(client, mate, follow_up, "police")
    page = as_person(client, police_liaison).get(seat.get_absolute_url()).content.decode()
    send(client, police_liaison, "membership_confirm", seat.memberships.get())
    after = approve(client, mate, follow_up, "police")

    approval = follow_up.approvals.get()
    assert with_mail.status_code == 302
    assert [message.to for message in mail.outbox] == [[police_liaison.email]]
    assert "Inte bekräftad" in page
    assert (before, after) == (403, 302)
    assert (approval.side, approval.approved_by, approval.seat) == (FollowUpApproval.Side.POLICE, mate, seat)


def test_first_one_is_confirmed_by_the_system_administrator(client, agreement, coordinator, system_administrator):
    police = organisation_of(agreement, "Polisen")
    seat = make_seat(
        group_of(agreement, Group.Kind.PREPARATION), organisation=police, function=Seat.Function.POLICE_LIAISON
    )
    first = make_person("Polis Ett", organisation=police)
    send(client, coordinator, "seat_fill", seat, user=first.pk, starts_on="2026-11-23")

    by_coordinator = send(client, coordinator, "membership_confirm", seat.memberships.get())
    confirmed_then = seat.memberships.get().is_confirmed
    send(client, system_administrator, "membership_confirm", seat.memberships.get())

    assert by_coordinator.status_code == 403
    assert not confirmed_then
    assert seat.memberships.get().is_confirmed
    assert seat.memberships.get().confirmed_by == system_administrator


def test_another_address_is_another_mailbox_to_confirm(client, agreement, coordinator, police_liaison):
    police = organisation_of(agreement, "Polisen")
    mate = make_person("Polis Tre", password=None, email="tre@polisen.example", organisation=police)
    seat_person(agreement, Seat.Function.POLICE_LIAISON, Group.Kind.PREPARATION, organisation=police, user=mate)
    data = {"full_name": "Polis Tre", "organisation": police.pk, "email": "eget@brevlada.example"}

    send(client, coordinator, "person_update", mate, **data)

    mate.refresh_from_db()
    assert mate.email == "eget@brevlada.example"
    assert not mate.memberships.get().is_confirmed


# --- Every address, every select ---


def mark(agreement: Agreement) -> list[str]:
    """Words that only the agreement's own people may read; they are planted and given back."""
    municipality = agreement.municipality
    Organisation.objects.create(name="Märkförvaltningen Qx", parent=municipality)
    person = make_person("Märta Qxvist", email="marta.qx@burlov.example", organisation=municipality, title="Qxchef")
    seat_person(agreement, user=person)
    make_activity(make_focus_area(agreement), title="Qxaktiviteten")
    return [
        "Märkförvaltningen",
        "Qxvist",
        "Qxchef",
        "Qxaktiviteten",
        "marta.qx",
        agreement.title,
        agreement.reference_number,
    ]


def patterns(resolver=None, namespace="") -> list[str]:
    """The names of all addresses that take one number."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace not in ("admin", "djdt"):
                found += patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name and set(pattern.pattern.converters) == {"pk"}:
            found.append(namespace + pattern.name)
    return found


def keys_of(agreement: Agreement) -> list[int]:
    """The numbers of the agreement's things, as somebody who guesses would try them."""
    return sorted(
        {
            agreement.pk,
            agreement.municipality_id,
            *agreement.groups.values_list("pk", flat=True),
            *Seat.objects.filter(group__agreement=agreement).values_list("pk", flat=True),
            *User.objects.filter(memberships__seat__group__agreement=agreement).values_list("pk", flat=True),
            *agreement.organisations.values_list("pk", flat=True),
        }
    )


@pytest.mark.slow
def test_no_address_shows_the_others_words(client, agreement, other_agreement, outsider, coordinator, police_liaison):
    words = mark(agreement)
    before = set(Membership.objects.values_list("pk", "user", "ends_on", "confirmed_for"))
    as_person(client, outsider)
    leaks = []
    for name in patterns():
        for key in keys_of(agreement):
            for method in (client.get, client.post):
                response = method(reverse(name, args=[key]))
                text = (
                    b"".join(response).decode("utf-8", "ignore")
                    if response.streaming
                    else response.content.decode("utf-8", "ignore")
                )
                is_text = response.headers.get("Content-Type", "").startswith("text/")
                if is_text and response.status_code < 400 and any(word in text for word in words):
                    leaks.append((name, key, response.status_code))
                if response.status_code >= 500:
                    leaks.append((name, key, response.status_code))

    assert leaks == []
    assert set(Membership.objects.values_list("pk", "user", "ends_on", "confirmed_for")) == before


def test_no_select_offers_the_others_things(client, agreement, other_agreement, outsider):
    words = mark(agreement)
    seat = make_seat(group_of(other_agreement, Group.Kind.STEERING))
    activity = make_activity(make_focus_area(other_agreement))
    as_person(client, outsider)
    pages = [
        url("organisation_create", other_agreement),
        url("person_create", other_agreement),
        url("seat_fill", seat),
        url("seat_update", seat),
        url("seat_create", seat.group),
        url("person_update", outsider),
        url("organisation_update", other_agreement.municipality),
        reverse("focus_areas:activity_update", args=[activity.pk]),
        reverse("agreements:person_list"),
        reverse("agreements:organisation_list"),
        reverse("search") + "?q=Qx",
        reverse("start"),
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        text = response.content.decode().replace("?q=Qx", "").replace('value="Qx"', "").replace("”Qx”", "")
        assert not any(word in text for word in words), page


def test_others_numbers_in_any_field_are_refused(client, agreement, other_agreement, outsider, coordinator):
    seat = make_seat(group_of(other_agreement, Group.Kind.STEERING))
    theirs = organisation_of(agreement, "SF")
    answers = [
        send(client, outsider, "person_create", other_agreement, full_name="X", organisation=theirs.pk, email=""),
        send(client, outsider, "seat_update", seat, title="X", organisation=theirs.pk, function="member"),
        send(client, outsider, "seat_create", seat.group, title="Y", organisation=theirs.pk, function="member"),
        send(client, outsider, "seat_fill", seat, user=coordinator.pk, starts_on="2026-11-23"),
        send(client, outsider, "organisation_create", other_agreement, name="X", kind="unit", parent=theirs.pk),
        send(client, outsider, "person_update", outsider, full_name="Eva Lund", organisation=theirs.pk),
    ]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert all(answer.context["form"].errors for answer in answers)
    assert not any("Socialförvaltningen (SF), Burlövs kommun" in answer.content.decode() for answer in answers)


def test_link_of_a_contact_is_bound_to_its_address(contact):
    path = password_path(contact)
    contact.email = "annan@burlov.example"
    contact.save()

    assert password_path(contact) != path
    assert datetime.date(2026, 11, 23) == TODAY

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.factories import PASSWORD, as_person, make_person

MISMATCH = "E-postadressen eller lösenordet stämmer inte."
NEW_PASSWORD = "sju gröna cyklar 88"


@pytest.fixture
def person(db, frozen_today):
    return make_person("Maja Lind", email="maja.lind@burlov.example")


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password} | more)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_in_with_right_password_leads_to_start(client, person):
    response = sign_in(client, person.email)

    assert (response.status_code, response.url) == (302, reverse("start"))
    assert client.session["_auth_user_id"] == str(person.pk)


def test_sign_in_whatever_case_the_address_is_written_in(client, person):
    sign_in(client, "Maja.LIND@Burlov.example")

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password"), [("maja.lind@burlov.example", "fel lösenord"), ("ingen@burlov.example", PASSWORD)]
)
def test_sign_in_with_wrong_password_or_unknown_address_says_the_same(client, person, email, password):
    response = sign_in(client, email, password)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [MISMATCH]
    assert response.content.decode().count(MISMATCH) == 1
    assert not is_signed_in(client)


def test_sign_in_of_deactivated_person_is_refused(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)

    sign_in(client, person.email)

    assert not is_signed_in(client)


def test_session_ends_when_person_is_deactivated(client, person):
    as_person(client, person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    response = client.get(reverse("account_detail"))

    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={reverse('account_detail')}")


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_contact_without_password_cannot_sign_in(client, db, password):
    contact = make_person("Per Åberg", password=None, email="per@burlov.example")

    sign_in(client, contact.email, password)

    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_next_on_another_host_is_not_followed(client, person, address):
    response = sign_in(client, person.email, next=address)

    assert response.url == reverse("start")


def test_next_on_this_host_is_followed(client, person):
    page = client.get(reverse("account_login"), {"next": reverse("account_detail")})
    response = sign_in(client, person.email, next=reverse("account_detail"))

    assert f'value="{reverse("account_detail")}"' in page.content.decode()
    assert response.url == reverse("account_detail")


def test_sign_out_needs_a_post(client, person):
    as_person(client, person)

    page = client.get(reverse("account_logout"))

    assert page.status_code == 200
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_nobody_signs_up_or_handles_addresses_by_themselves(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# --- Forgotten password ---


def ask_for_link(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_forgotten_password_sends_a_link_that_gives_a_new_one(client, person):
    response = ask_for_link(client, person.email)
    [message] = mail.outbox
    path = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    form_page = client.get(path, follow=True)
    saved = client.post(form_page.context["action_url"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert response.url == reverse("account_reset_password_done")
    assert message.to == [person.email]
    assert "Nytt lösenord" in message.subject
    assert "bett om ett nytt lösenord" in message.body
    assert saved.url == reverse("account_reset_password_from_key_done")
    assert User.objects.get(pk=person.pk).check_password(NEW_PASSWORD)
    assert "Länken gäller inte längre" in client.get(path, follow=True).content.decode()


@pytest.mark.parametrize("kind", ["contact", "deactivated", "unknown"])
def test_forgotten_password_sends_nothing_to_who_cannot_sign_in_and_says_the_same(client, db, kind):
    if kind != "unknown":
        password = None if kind == "contact" else PASSWORD
        make_person("Per Åberg", password=password, email="per@burlov.example", is_active=kind != "deactivated")

    response = ask_for_link(client, "per@burlov.example")

    assert response.url == reverse("account_reset_password_done")
    assert mail.outbox == []
    assert not EmailAddress.objects.exists()


def test_too_short_new_password_is_explained(client, person):
    as_person(client, person)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "kort7", "password2": "kort7"},
    )

    assert response.status_code == 200
    assert "12 tecken" in response.content.decode()
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_password_is_changed_by_who_knows_the_old_one(client, person):
    as_person(client, person)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert response.url == reverse("account_detail")
    assert User.objects.get(pk=person.pk).check_password(NEW_PASSWORD)


def test_password_page_does_not_exist_for_who_has_none(client, db):
    as_person(client, make_person("Per Åberg", password=None))

    assert client.get(reverse("account_change_password")).status_code == 404


# --- One's own page ---


def test_account_page_shows_who_i_am_and_my_seats(client, coordinator):
    as_person(client, coordinator)

    page = client.get(reverse("account_detail"))

    [membership] = page.context["memberships"]
    assert membership.user == coordinator
    assert "Maja Lind" in page.content.decode()
    assert "Brottsförebyggande samordnare" in page.content.decode()


def test_account_page_leaves_out_seats_that_have_ended(client, coordinator, today):
    coordinator.memberships.update(ends_on=today.replace(day=1))
    as_person(client, coordinator)

    assert list(client.get(reverse("account_detail")).context["memberships"]) == []


def test_theme_is_kept_and_is_no_part_of_history(client, person):
    as_person(client, person)
    rows = person.history.count()

    response = client.post(reverse("account_detail"), {"theme": "dark"})

    assert response.url == reverse("account_detail")
    assert User.objects.get(pk=person.pk).theme == "dark"
    assert person.history.count() == rows
    assert 'data-bs-theme="dark"' in client.get(reverse("account_detail")).content.decode()


def test_unknown_theme_changes_nothing(client, person):
    as_person(client, person)

    response = client.post(reverse("account_detail"), {"theme": "rosa"})

    assert response.status_code == 200
    assert User.objects.get(pk=person.pk).theme == ""


def test_mail_about_a_new_password_says_that_a_machine_wrote_it(client, person, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": person.email})

    (mail,) = mailoutbox
    assert mail.message()["Auto-Submitted"] == "auto-generated"

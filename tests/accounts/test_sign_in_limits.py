"""Guessing is slow, and no stranger can shut anybody out."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AttemptCount, User
from accounts.sign_in_limits import KNOWN_BROWSER_COOKIE
from tests.factories import PASSWORD, make_person

WRONG = "fel lösenord"


@pytest.fixture
def person(db, frozen_today):
    return make_person("Maja Lind", email="maja.lind@burlov.example")


def sign_in(client, email, password=PASSWORD, address="192.0.2.1"):
    return client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def was_tried(response) -> bool:
    """Whether the password was looked at, rather than the attempt put off."""
    return "För många försök" not in response.content.decode()


def test_sixth_wrong_password_says_when_to_try_again(client, person, frozen_today):
    for _ in range(5):
        assert was_tried(sign_in(client, person.email, WRONG))

    response = sign_in(client, person.email)

    [error] = response.context["form"].non_field_errors()
    assert error.startswith("För många försök härifrån. Försök igen kl. ")
    assert not is_signed_in(client)
    frozen_today.shift(datetime.timedelta(minutes=1))
    assert sign_in(client, person.email).url == reverse("start")


def test_strangers_elsewhere_do_not_shut_the_person_out(client, person):
    for number in range(30):
        for _ in range(5):
            sign_in(Client(), person.email, WRONG, address=f"198.51.100.{number}")

    assert sign_in(client, person.email).url == reverse("start")


def test_right_password_passes_from_a_known_browser_at_the_strangers_own_address(client, person):
    sign_in(client, person.email)
    client.post(reverse("account_logout"))
    for _ in range(8):
        sign_in(Client(), person.email, WRONG)

    assert not is_signed_in(client)
    sign_in(Client(), person.email)
    assert sign_in(client, person.email).url == reverse("start")


def test_known_browser_is_that_persons_until_the_password_changes(client, person):
    other = make_person("Per Åberg", email="per@burlov.example")
    sign_in(client, person.email)
    client.post(reverse("account_logout"))
    for email in (person.email, other.email):
        for _ in range(6):
            sign_in(Client(), email, WRONG)

    assert not was_tried(sign_in(client, other.email))
    changed = User.objects.get(pk=person.pk)
    changed.set_password("lampa tisdag kastanj trumma")
    changed.save()
    assert not was_tried(sign_in(client, person.email, "lampa tisdag kastanj trumma"))


def test_known_browser_gives_no_free_guesses(client, person):
    sign_in(client, person.email)
    client.post(reverse("account_logout"))
    for _ in range(5):
        sign_in(client, person.email, WRONG)

    assert not was_tried(sign_in(client, person.email))


def test_forged_cookie_makes_no_known_browser(client, person):
    for _ in range(5):
        sign_in(client, person.email, WRONG)
    client.cookies[KNOWN_BROWSER_COOKIE] = "W1sxLCAiYSIsICJiIl1d:1:forged"

    assert not was_tried(sign_in(client, person.email))


def test_one_address_guesses_fifteen_times_a_day_at_one_account(client, person, frozen_today):
    tried = 0
    for _ in range(24 * 12):
        while was_tried(sign_in(client, person.email, WRONG)):
            tried += 1
        frozen_today.shift(datetime.timedelta(minutes=5))

    assert tried <= 15


def test_one_address_is_slowed_down_over_all_accounts(client, person):
    tried = sum(was_tried(sign_in(client, f"nummer{number}@burlov.example", WRONG)) for number in range(60))

    assert tried == 50
    assert was_tried(sign_in(client, "annan@burlov.example", WRONG, address="192.0.2.2"))
    assert AttemptCount.objects.count() <= 54


def test_addresses_of_one_ipv6_subscriber_are_one(client, person):
    for number in range(5):
        sign_in(client, person.email, WRONG, address=f"2001:db8::{number + 1}")

    assert not was_tried(sign_in(client, person.email, WRONG, address="2001:db8::ffff"))
    assert was_tried(sign_in(client, person.email, WRONG, address="2001:db8:0:1::1"))


def test_forgotten_password_is_sent_ten_times_a_day_and_slowed_down_by_address(client, person):
    answers = [client.post(reverse("account_reset_password"), {"email": person.email}) for _ in range(21)]

    assert len(mail.outbox) == 10
    assert {answer.status_code for answer in answers[:20]} == {302}
    assert "För många försök härifrån. Försök igen kl." in answers[20].content.decode()


def test_old_password_cannot_be_guessed_by_who_found_the_page_open(client, person):
    client.force_login(person)
    fields = {"password1": "lampa tisdag kastanj trumma", "password2": "lampa tisdag kastanj trumma"}
    for _ in range(5):
        client.post(reverse("account_change_password"), fields | {"oldpassword": WRONG})

    page = client.post(reverse("account_change_password"), fields | {"oldpassword": PASSWORD})

    assert "För många försök. Försök igen kl." in page.context["form"].errors["oldpassword"][0]
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_link_opened_where_another_is_signed_in_asks_first(client, person):
    from accounts.password_links import password_path

    other = make_person("Per Åberg", email="per@burlov.example")
    client.force_login(other)

    page = client.get(password_path(person), follow=True)

    assert "Länken är till någon annan" in page.content.decode()
    assert client.session["_auth_user_id"] == str(other.pk)
    after = client.post(page.request["PATH_INFO"], {"sign_out": "1"}, follow=True)
    assert not is_signed_in(client)
    assert "Välj lösenord" in after.content.decode()

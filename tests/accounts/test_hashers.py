"""How passwords are kept, and how many are reckoned with at once."""

import threading

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import hashers
from documents.costly import Busy, costly_work
from tests.factories import PASSWORD, make_person

ALL = ["accounts.hashers.BoundedArgon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@pytest.fixture(autouse=True)
def _real_hashers(settings):
    settings.PASSWORD_HASHERS = ALL


def sign_in(person, password: str = PASSWORD) -> HttpResponse:
    return Client().post(reverse("account_login"), {"login": person.email, "password": password})


def test_password_is_kept_with_argon2id():
    kept = make_password(PASSWORD)

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, kept)
    assert not check_password("ett annat lösenord", kept)


def test_older_password_is_kept_anew_at_the_next_sign_in(db, settings):
    settings.PASSWORD_HASHERS = ALL[1:]
    person = make_person("Ledamot", password=PASSWORD)
    assert person.password.startswith("pbkdf2_sha256$")
    settings.PASSWORD_HASHERS = ALL

    assert sign_in(person).status_code == 302

    person.refresh_from_db()
    assert person.password.startswith("argon2$")


def test_few_passwords_are_reckoned_with_at_once(monkeypatch):
    monkeypatch.setattr(hashers, "PATIENCE", 0.05)
    for _ in range(hashers.AT_ONCE):
        hashers._places.acquire()
    try:
        with pytest.raises(Busy):
            make_password(PASSWORD)
    finally:
        hashers._places.release(hashers.AT_ONCE)

    assert make_password(PASSWORD)


def test_who_cannot_sign_in_now_is_told_when(db, monkeypatch):
    person = make_person("Ledamot", password=PASSWORD)
    monkeypatch.setattr(hashers, "PATIENCE", 0.05)
    for _ in range(hashers.AT_ONCE):
        hashers._places.acquire()
    try:
        answer = sign_in(person)
    finally:
        hashers._places.release(hashers.AT_ONCE)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Många loggar in just nu." in answer.content.decode()
    assert "Vänta fem sekunder, gå tillbaka" in answer.content.decode()
    assert sign_in(person).status_code == 302


def test_address_has_two_sign_ins_going_on_and_others_have_theirs(db, monkeypatch):
    monkeypatch.setattr("burlov_trygghet.middleware.CostlyMiddleware.PATIENCE", 0.05)
    person = make_person("Ledamot", password=PASSWORD)
    is_held, is_over = threading.Barrier(3), threading.Event()

    def hold():
        with costly_work("address-127.0.0.1", alone=False, at_once=2):
            is_held.wait()
            is_over.wait()

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    is_held.wait()
    refused = sign_in(person)
    from_elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD}
    )
    is_over.set()
    for thread in threads:
        thread.join()

    assert refused.status_code == 429
    assert from_elsewhere.status_code == 302
    assert sign_in(person).status_code == 302

"""The pages for what is not there and what is not allowed: Swedish, and with somewhere to turn."""

import pytest
from django.urls import reverse

from tests.factories import as_person

pytestmark = pytest.mark.django_db


def test_missing_page_says_nothing_in_english(client, coordinator):
    as_person(client, coordinator)

    response = client.get("/aktiviteter/999999/")

    assert response.status_code == 404
    assert "Adressen kan vara fel" in response.content.decode()
    assert "matches" not in response.content.decode()


def test_admin_tells_others_whom_to_ask(client, reader):
    as_person(client, reader)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert "Vänd dig till samordnaren" in response.content.decode()


def test_first_administrator_is_told_how_an_agreement_gets_in(client, system_administrator):
    as_person(client, system_administrator)

    start = client.get("/")
    account = client.get("/konto/")

    assert start.status_code == 200
    assert f'href="{reverse("focus_areas:workbook_new")}"' in start.content.decode()
    assert 'href="/admin/"' in account.content.decode()

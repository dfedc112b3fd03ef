import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def test_signing_in_is_noted_without_a_history_row(client, frozen_today):
    person = make_person("Kommunpolis", email="kommunpolis@person.example")
    rows_before = person.history.count()

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    person.refresh_from_db()
    assert person.last_login is not None
    assert person.history.count() == rows_before

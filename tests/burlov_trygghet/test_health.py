import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse


def test_alive_answers_without_a_database(client):
    response = client.get(reverse("alive"))

    assert (response.status_code, response.content) == (200, b"ok")


def test_alive_is_at_its_fixed_address():
    assert (reverse("alive"), reverse("ready")) == ("/healthz", "/readyz")


@pytest.mark.django_db
def test_ready_answers_when_every_migration_is_there(client):
    response = client.get(reverse("ready"))

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_says_that_migrations_are_waiting(client):
    MigrationRecorder(connection).migration_qs.filter(app="reports").delete()
    MigrationRecorder(connection).migration_qs.filter(app="focus_areas").delete()

    response = client.get(reverse("ready"))

    assert (response.status_code, response.content) == (503, b"migrations are waiting")


def test_ready_says_that_the_database_does_not_answer(client):
    # Outside `django_db` the test database refuses every question.
    response = client.get(reverse("ready"))

    assert (response.status_code, response.content) == (503, b"no database")


@pytest.mark.parametrize("name", ["alive", "ready"])
def test_health_is_not_changed_by_posting(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ["alive", "ready"])
@pytest.mark.django_db
def test_health_is_never_kept_by_caches(client, name):
    assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]

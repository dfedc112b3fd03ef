"""Rows that are kept between tests: each test finds what it asks for, as it was made, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from agreements.models import Agreement, Membership
from tests.factories import make_person
from tests.ground import kept


@kept
def file_name(agreement) -> str:
    return default_storage.save("handling.txt", ContentFile(b"Kvar"))


def spoil(agreement: Agreement) -> None:
    """What the next test must not notice."""
    agreement.title = "Ändrad"
    agreement.save()
    make_person("Siv Skribent")
    Membership.objects.all().delete()


@pytest.mark.parametrize("time", range(2))
def test_test_finds_only_the_agreement_it_asks_for(agreement, time):
    found = agreement.title, Agreement.objects.get().title, User.objects.count(), Membership.objects.count()
    spoil(agreement)

    assert found == ("Samverkansöverenskommelse 2023–2026",) * 2 + (0, 0)


@pytest.mark.parametrize("time", range(2))
def test_test_finds_the_people_it_asks_for(agreement, coordinator, reader, time):
    found = list(User.objects.order_by("pk")), Membership.objects.count(), coordinator.organisation.short_name
    spoil(agreement)

    assert found == ([coordinator, reader], 2, "KLF")


@pytest.mark.parametrize("time", range(2))
def test_test_finds_the_files_it_asks_for(file_name, time):
    with default_storage.open(file_name) as file:
        found = file.read()
    default_storage.delete(file_name)

    assert found == b"Kvar"


def test_person_asked_for_by_name_is_made_then(request, agreement):
    coordinator = request.getfixturevalue("coordinator")

    assert list(User.objects.all()) == [coordinator]


@pytest.mark.parametrize("time", range(2))
def test_empty_database_is_empty(db, time):
    assert not Agreement.objects.exists()
    assert not User.objects.exists()


def test_real_transactions_begin_empty(transactional_db):
    assert not Agreement.objects.exists()

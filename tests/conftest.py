"""What every test stands on: settings for tests, a day that stands still, two agreements and a fixed cast."""

import datetime
import gc
import os

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from agreements.models import Agreement, Group, Seat
from tests.factories import (
    TODAY,
    at,
    make_agreement,
    make_groups,
    make_municipality,
    make_person,
    make_police,
    organisation_of,
    seat_person,
)
from tests.ground import GROUND, kept


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Deal the slow tests out, first in each worker's share, so that none is left alone with one at the end.

    `--dist worksteal` gives each worker an equal part of the list, in order; who is done takes from the others.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    others = [item for item in items if not item.get_closest_marker("slow")]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    share = -(-len(items) // workers)
    items.clear()
    for worker in range(workers):
        first = slow[worker::workers]
        items += first + others[: share - len(first)]
        del others[: share - len(first)]


def pytest_collection_finish(session):
    """Spare the garbage collector what lives as long as the run: it went through a million things again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    GROUND.prepare(item)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of tests; a page that a browser left while it loaded may still hold a connection to it.

    PostgreSQL drops no database that somebody is connected to, so such connections are ended first.
    """
    GROUND.open(django_db_blocker)
    yield
    GROUND.close()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests():
    """No manifest of static files, a cache in memory, and passwords that cost nothing."""
    with override_settings(
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        COSTLY_SHARE=(100_000, 1),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """Its own files for each test, and an empty cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.COSTLY_FOLDER = tmp_path / "costly"
    GROUND.copy_files(settings.MEDIA_ROOT)
    cache.clear()


@pytest.fixture
def today() -> datetime.date:
    return TODAY


@pytest.fixture
def frozen_today():
    """The clock stands still at nine in the morning on the 23rd of November 2026, Swedish time."""
    with time_machine.travel(at(TODAY), tick=False) as traveller:
        yield traveller


@kept
def agreement(db, frozen_today) -> Agreement:
    """Burlöv's agreement: adopted, in force 2023-07-01 to 2026-12-31, two parties, four groups, no activities."""
    agreement = make_agreement()
    make_groups(agreement)
    return agreement


@kept
def other_agreement(db, frozen_today) -> Agreement:
    """Another municipality's agreement, with another part of the police and groups of its own."""
    lomma = make_municipality("Lomma kommun")
    other = make_agreement(
        municipality=lomma,
        police=make_police("Lokalpolisområde Lund", keeper=lomma),
        title="Samverkansöverenskommelse Lomma 2024–2027",
        reference_number="KS/2024:17",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2027, 12, 31),
    )
    make_groups(other)
    return other


# --- The cast: everybody sits in Burlöv's agreement, unless said otherwise ---


@kept
def coordinator(agreement):
    """The municipality's crime prevention coordinator, in the preparation group: may do nearly everything."""
    return seat_person(
        agreement,
        Seat.Function.COORDINATOR,
        Group.Kind.PREPARATION,
        organisation=organisation_of(agreement, "KLF"),
        full_name="Maja Lind",
        title="Brottsförebyggande samordnare",
    )


@kept
def police_liaison(agreement):
    """The police's liaison (kommunpolis), in the preparation group: plans, logs, and approves for the police."""
    return seat_person(
        agreement,
        Seat.Function.POLICE_LIAISON,
        Group.Kind.PREPARATION,
        organisation=organisation_of(agreement, "Polisen"),
        full_name="Erik Holm",
        title="Kommunpolis",
    )


@kept
def steering_member(agreement):
    """The chair of the steering group: reads everything, changes nothing."""
    return seat_person(
        agreement, Seat.Function.CHAIR, Group.Kind.STEERING, full_name="Sara Berg", title="Kommundirektör"
    )


@kept
def preparation_member(agreement):
    """A member of the preparation group from SF: plans, logs and follows up every activity."""
    return seat_person(
        agreement,
        Seat.Function.MEMBER,
        Group.Kind.PREPARATION,
        organisation=organisation_of(agreement, "SF"),
        full_name="Johan Ek",
        title="Enhetschef",
    )


@kept
def convener(agreement):
    """Calls the working group together, from UKF: works with that group's activities only."""
    return seat_person(
        agreement,
        Seat.Function.CONVENER,
        Group.Kind.WORKING,
        organisation=organisation_of(agreement, "UKF"),
        full_name="Amina Nur",
        title="Rektor",
    )


@kept
def working_group_member(agreement):
    """A member of the same working group, from SF: works with that group's activities only."""
    return seat_person(
        agreement,
        Seat.Function.MEMBER,
        Group.Kind.WORKING,
        organisation=organisation_of(agreement, "SF"),
        full_name="Lars Dahl",
        title="Fältsekreterare",
    )


@kept
def situation_member(agreement):
    """Sits in Örat mot marken for the housing company: logs and reports where BBAB leads or takes part."""
    return seat_person(
        agreement,
        Seat.Function.MEMBER,
        Group.Kind.SITUATION,
        organisation=organisation_of(agreement, "BBAB"),
        full_name="Karin Ström",
        title="Förvaltare",
    )


@kept
def reader(agreement):
    """Reads, and nothing else, though the seat is in the preparation group."""
    return seat_person(
        agreement, Seat.Function.READER, Group.Kind.PREPARATION, full_name="Ali Hassan", title="Kommunrevisor"
    )


@kept
def outsider(other_agreement):
    """The coordinator of another municipality's agreement: nothing here exists for them."""
    return seat_person(
        other_agreement,
        Seat.Function.COORDINATOR,
        Group.Kind.PREPARATION,
        full_name="Eva Lund",
        title="Brottsförebyggande samordnare",
    )


@kept
def staff_outsider(db, frozen_today):
    """May open the Django admin, but sits in no group: sees no agreement there either."""
    return make_person("Olof Ask", email="olof.ask@drift.example", is_staff=True)


@kept
def system_administrator(db, frozen_today):
    """A superuser: everything but signing for a party."""
    return make_person("Nina Falk", email="nina.falk@drift.example", is_staff=True, is_superuser=True)

"""Rows that many tests begin with, made once and kept: an agreement, the people in it.

A fixture marked `@kept` makes rows. They are made outside the test's own transaction, one savepoint on another in the
order the test asks for them, and the next test that begins with the same ones finds them there: what a test changes
is rolled back to them. What the next test does not ask for is rolled back before it, so no test sees a row more than
it asks for. What the fixture returns is copied for each test, and so are the files it makes.

A kept fixture takes the database, the clock and other kept fixtures only. Where one cannot be laid before the test (the
first test, one with real transactions, a fixture asked for by its name) it is made in the test, as any other.
"""

import functools
import inspect
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.factories import TODAY, at

SURROUNDINGS = ("db", "frozen_today")
DATABASE = {"db", "transactional_db", "live_server"}
REAL_TRANSACTIONS = {"transactional_db", "live_server"}

# A kept fixture's module and name.
Key = tuple[str, str]
_makers: dict[Key, Callable] = {}


def kept(maker: Callable):
    """A fixture whose rows are kept for the tests that follow."""
    key = maker.__module__, maker.__name__
    _makers[key] = maker

    @pytest.fixture
    @functools.wraps(maker)
    def fixture(**needed):
        return GROUND.values[key] if key in GROUND.values else maker(**needed)

    return fixture


@dataclass(frozen=True)
class Layer:
    """A kept fixture's savepoint and files, and what it and those under it returned."""

    key: Key
    atomic: transaction.Atomic
    folder: Path
    values: bytes


class Ground:
    """The layers that lie in the database now, each in a savepoint on the one before."""

    def __init__(self):
        self.blocker = None
        self.laid: list[Layer] = []
        self.values: dict[Key, object] = {}

    def open(self, blocker) -> None:
        """From now on there is a database."""
        self.blocker = blocker

    def close(self) -> None:
        self.keep(0)
        self.blocker = None

    def prepare(self, item: pytest.Item) -> None:
        """Let exactly those layers lie that the test begins with, and copy what their fixtures return."""
        self.values = {}
        names = set(item.fixturenames)
        marker = item.get_closest_marker("django_db")
        if self.blocker is None or not (marker or "request" in names or names & DATABASE):
            return
        real = names & REAL_TRANSACTIONS or (marker and (marker.args or marker.kwargs))
        if connection.closed_in_transaction:
            # A file that is sent closes the connection when it is read to its end, and PostgreSQL rolls back what lay.
            self.keep(0)
        wanted = [] if real else list(dict.fromkeys(wanted_by(item)))
        same = 0
        while same < min(len(wanted), len(self.laid)) and wanted[same] == self.laid[same].key:
            same += 1
        self.keep(same)
        for key in wanted[same:]:
            self.lay(key, item)
        self.values = self.copies()

    def copies(self) -> dict[Key, object]:
        return pickle.loads(self.laid[-1].values) if self.laid else {}

    def copy_files(self, folder: str) -> None:
        """Put the files of what the test begins with where the test looks for them."""
        for layer in self.laid if self.values else []:
            if any(layer.folder.iterdir()):
                shutil.copytree(layer.folder, folder, dirs_exist_ok=True)

    def lay(self, key: Key, item: pytest.Item) -> None:
        values = self.copies()
        maker = _makers[key]
        needed = {name: values.get(maker_of(name, item)) for name in inspect.signature(maker).parameters}
        folder = Path(tempfile.mkdtemp())
        atomic = transaction.atomic()
        cache.clear()
        with (
            self.blocker.unblock(),
            time_machine.travel(at(TODAY), tick=False),
            override_settings(MEDIA_ROOT=folder),
        ):
            atomic.__enter__()
            try:
                values[key] = maker(**needed)
                connection.check_constraints()
                self.laid.append(Layer(key, atomic, folder, pickle.dumps(values)))
            except BaseException:
                atomic.__exit__(*sys.exc_info())
                raise

    def keep(self, number: int) -> None:
        """Roll back all layers but the lowest ones."""
        while len(self.laid) > number:
            layer = self.laid.pop()
            shutil.rmtree(layer.folder)
            with self.blocker.unblock():
                transaction.set_rollback(True)
                layer.atomic.__exit__(None, None, None)


def wanted_by(item: pytest.Item) -> Iterator[Key]:
    for name in item.fixturenames:
        yield from layers_under(name, item)


def layers_under(name: str, item: pytest.Item) -> list[Key]:
    """The kept fixture of that name, after those it needs; nothing where one of them is not kept."""
    key = maker_of(name, item)
    if key is None:
        return []
    under = []
    for needed in inspect.signature(_makers[key]).parameters:
        if needed not in SURROUNDINGS:
            layers = layers_under(needed, item)
            if not layers:
                return []
            under += layers
    return [*under, key]


def maker_of(name: str, item: pytest.Item) -> Key | None:
    """The kept fixture that the test means by the name: its module's own, or the nearest conftest's."""
    own = item.module.__name__
    if hasattr(item.module, name):
        return (own, name) if (own, name) in _makers else None
    while "." in own:
        own = own.rpartition(".")[0]
        if (f"{own}.conftest", name) in _makers:
            return f"{own}.conftest", name
    return None


GROUND = Ground()

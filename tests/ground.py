"""Rows that many tests begin with, made once and kept: an agreement, the people in it.

A fixture marked `@kept` makes rows. They are made outside the test's own transaction, one savepoint on another in the
order the test asks for them, and the next test that begins with the same ones finds them there: what a test changes
is rolled back to them. What the next test does not ask for is rolled back before it, so no test sees a row more than
it asks for. What the fixture returns is copied for each test.

A kept fixture takes the database, the clock and other kept fixtures only, and keeps nothing in files. Where one cannot
be laid before the test (the first test, one with real transactions, a fixture asked for by its name) it is made in the
test, as any other.
"""

import functools
import inspect
import pickle
import sys
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction

from tests.factories import TODAY, at

SURROUNDINGS = ("db", "frozen_today")
DATABASE = {"db", "transactional_db", "live_server"}
REAL_TRANSACTIONS = {"transactional_db", "live_server"}

_makers: dict[tuple[str, str], Callable] = {}


def kept(maker: Callable):
    """A fixture whose rows are kept for the tests that follow."""
    key = maker.__module__, maker.__name__
    _makers[key] = maker

    @pytest.fixture
    @functools.wraps(maker)
    def fixture(**needed):
        return GROUND.values[key] if key in GROUND.values else maker(**needed)

    return fixture


class Ground:
    """The layers that lie in the database now, each in a savepoint on the one before."""

    def __init__(self):
        self.blocker = None
        self.laid: list[tuple[tuple[str, str], transaction.Atomic, bytes]] = []
        self.values: dict[tuple[str, str], object] = {}

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
        while same < min(len(wanted), len(self.laid)) and wanted[same] == self.laid[same][0]:
            same += 1
        self.keep(same)
        for key in wanted[same:]:
            self.lay(key, item)
        self.values = self.copies()

    def copies(self) -> dict:
        return pickle.loads(self.laid[-1][2]) if self.laid else {}

    def lay(self, key: tuple[str, str], item: pytest.Item) -> None:
        values = self.copies()
        cache.clear()
        layer = transaction.atomic()
        maker = _makers[key]
        needed = {name: values.get(maker_of(name, item)) for name in inspect.signature(maker).parameters}
        with self.blocker.unblock(), time_machine.travel(at(TODAY), tick=False):
            layer.__enter__()
            try:
                values[key] = maker(**needed)
                connection.check_constraints()
                self.laid.append((key, layer, pickle.dumps(values)))
            except BaseException:
                layer.__exit__(*sys.exc_info())
                raise

    def keep(self, number: int) -> None:
        """Roll back all layers but the lowest ones."""
        while len(self.laid) > number:
            _, layer, _ = self.laid.pop()
            with self.blocker.unblock():
                transaction.set_rollback(True)
                layer.__exit__(None, None, None)


def wanted_by(item: pytest.Item) -> Iterator[tuple[str, str]]:
    for name in item.fixturenames:
        yield from layers_under(name, item)


def layers_under(name: str, item: pytest.Item) -> list[tuple[str, str]]:
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


def maker_of(name: str, item: pytest.Item) -> tuple[str, str] | None:
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

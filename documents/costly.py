"""How much costly work goes on at once: one thing for each person or address, and a few in all on this machine.

What is going on is known by locks on files, which the system lets go of when a process ends, however it ends. All the
processes of one machine share them, without asking the database.
"""

import fcntl
import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

# Of people and addresses: two share a lock once in so many, and then one of them waits for the other.
LOCKS = 4096
PAUSE = 0.05
_process = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Costly work that cannot begin now; `seconds` says when to try again.

    `is_own` tells that it is the person's or the address's own doing: other work of theirs goes on, or they have had
    their share.
    """

    def __init__(self, message: str, *, seconds: int, is_own: bool):
        super().__init__(message)
        self.message = message
        self.seconds = seconds
        self.is_own = is_own


OWN = "Du har redan bett portalen om något som tar tid. Det görs klart först."
OTHERS = "Portalen gör något som tar tid åt någon annan. Sedan är det din tur."
SHARE = "Du har bett portalen om mycket som tar tid på kort stund."


@contextmanager
def costly_work(who: str, *, patience: float = 0, alone: bool = True, at_once: int = 1) -> Iterator[None]:
    """Do costly work inside, for somebody (`person-17`, `address-192.0.2.1`).

    Args:
        patience: how many seconds to wait for one's turn, where asking again later is worse.
        alone: whether it is so costly that only settings.COSTLY_AT_ONCE such works go on at once on this machine, one
            in a process, and that it counts against the person's share; else the person alone is limited.
        at_once: how many such works the person may have going on.

    Raises:
        Busy: it cannot begin within that time.
    """
    give_up_at = time.monotonic() + patience
    name = f"{'alone' if alone else 'beside'}-{zlib.crc32(who.encode()) % LOCKS}"
    with ExitStack() as held:
        own = _until(lambda: _any_place(name, at_once), give_up_at)
        if own is None:
            raise Busy(OWN, seconds=2, is_own=True)
        held.enter_context(own)
        if alone:
            if not _process.acquire(timeout=max(0, give_up_at - time.monotonic())):
                raise Busy(OTHERS, seconds=3, is_own=False)
            held.callback(_process.release)
            place = _until(lambda: _any_place("place", settings.COSTLY_AT_ONCE), give_up_at)
            if place is None:
                raise Busy(OTHERS, seconds=3, is_own=False)
            held.enter_context(place)
            _count(own)
        yield


def _any_place(name: str, count: int) -> IO | None:
    places = (_locked(f"{name}-{number}") for number in range(count))
    return next((place for place in places if place is not None), None)


def _until(attempt: Callable[[], IO | None], give_up_at: float) -> IO | None:
    while (lock := attempt()) is None and time.monotonic() < give_up_at:
        time.sleep(PAUSE)
    return lock


def _locked(name: str) -> IO | None:
    """Return the file of that name, locked until it is closed; None where somebody else holds it."""
    folder = Path(settings.COSTLY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    file = os.fdopen(descriptor, "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _count(own: IO) -> None:
    """Note in the person's file that they begin something costly now.

    Raises:
        Busy: they have had their share of the time.
    """
    most, seconds = settings.COSTLY_SHARE
    now = time.time()
    try:
        begun = [moment for moment in json.loads(own.read() or "[]") if now - seconds < moment <= now]
    except ValueError:
        # A machine that lost its power in the middle of a write.
        begun = []
    if len(begun) >= most:
        raise Busy(SHARE, seconds=int(begun[0] + seconds - now) + 1, is_own=True)
    own.seek(0)
    own.truncate()
    json.dump([*begun, now], own)
    own.flush()

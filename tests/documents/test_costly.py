"""How much costly work goes on at once: in a process, between processes, for each person and in all."""

import subprocess
import sys
import threading
from contextlib import ExitStack

import pytest
import time_machine

from documents.costly import Busy, costly_work

# Holds a lock in a process of its own until its standard input ends.
HOLDER = """
import sys
from django.conf import settings
settings.configure(COSTLY_FOLDER=sys.argv[1], COSTLY_AT_ONCE=1, COSTLY_SHARE=(1000, 1))
from documents.costly import costly_work
with costly_work("person-1"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another_process(settings):
    """A process that does costly work for person 1, until it is killed."""
    command = [sys.executable, "-c", HOLDER, str(settings.COSTLY_FOLDER)]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def may_begin(who: str, **how) -> bool:
    try:
        with costly_work(who, **how):
            return True
    except Busy:
        return False


def test_second_of_one_person_waits():
    with costly_work("person-1"), pytest.raises(Busy) as refusal, costly_work("person-1"):
        pass

    assert refusal.value.is_own
    assert refusal.value.seconds == 2
    assert may_begin("person-1")


def test_one_at_a_time_in_a_process_however_many_the_machine_takes(settings):
    settings.COSTLY_AT_ONCE = 5

    with costly_work("person-1"), pytest.raises(Busy) as refusal, costly_work("person-2"):
        pass

    assert not refusal.value.is_own
    assert may_begin("person-2")


@pytest.mark.parametrize(("at_once", "may"), [(1, False), (2, True)])
def test_other_processes_count(settings, another_process, at_once, may):
    settings.COSTLY_AT_ONCE = at_once

    assert may_begin("person-2") is may
    assert not may_begin("person-1")


def test_process_that_is_killed_holds_nothing(another_process):
    another_process.kill()
    another_process.wait()

    assert may_begin("person-1")


def test_work_that_fails_holds_nothing():
    with pytest.raises(ZeroDivisionError), costly_work("person-1"):
        raise ZeroDivisionError

    assert may_begin("person-1")


def test_lesser_work_is_limited_for_the_person_alone():
    with costly_work("person-1", alone=False):
        assert not may_begin("person-1", alone=False)
        assert may_begin("person-2", alone=False)
        assert may_begin("person-1")


def test_so_many_at_once_of_one_address():
    with ExitStack() as held:
        for _ in range(2):
            held.enter_context(costly_work("address-192.0.2.1", alone=False, at_once=2))

        assert not may_begin("address-192.0.2.1", alone=False, at_once=2)
        assert may_begin("address-192.0.2.2", alone=False, at_once=2)


def test_who_is_patient_gets_a_turn():
    work = ExitStack()
    work.enter_context(costly_work("person-1"))
    timer = threading.Timer(0.2, work.close)
    timer.start()

    assert may_begin("person-1", patience=10)
    timer.join()


def test_share_of_time_is_used_up_and_comes_back(settings):
    settings.COSTLY_SHARE = (3, 300)
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as clock:
        for _ in range(3):
            assert may_begin("person-1")
            clock.shift(60)

        with pytest.raises(Busy) as refusal, costly_work("person-1"):
            pass
        assert refusal.value.is_own
        # The first of them was three minutes ago.
        assert refusal.value.seconds == 121
        assert may_begin("person-2")

        clock.shift(121)
        assert may_begin("person-1")


def test_what_was_refused_takes_nothing_of_the_share(settings):
    settings.COSTLY_SHARE = (3, 300)
    with costly_work("person-1"):
        assert not any(may_begin("person-1") for _ in range(10))

    assert [may_begin("person-1") for _ in range(3)] == [True, True, False]

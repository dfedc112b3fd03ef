import gc

import pytest

from documents.uncollected import collection_paused


@pytest.fixture
def collecting():
    """Python collects garbage, as it does in a portal that runs."""
    was_enabled = gc.isenabled()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


def test_collection_paused_until_the_last_is_done(collecting):
    states = []

    with collection_paused():
        with collection_paused():
            states.append(gc.isenabled())
        states.append(gc.isenabled())

    assert [*states, gc.isenabled()] == [False, False, True]


def test_collection_goes_on_after_a_failure(collecting):
    with pytest.raises(ZeroDivisionError), collection_paused():
        _ = 1 / 0

    assert gc.isenabled()


def test_collection_stays_off_where_it_was_off(collecting):
    gc.disable()

    with collection_paused():
        pass

    assert not gc.isenabled()

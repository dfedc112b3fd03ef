"""Work that makes very many objects and throws nearly all of them away at its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_working = 0
_was_enabled = False


@contextmanager
def collection_paused() -> Iterator[None]:
    """Let Python look for garbage in circles first when the work is done.

    WeasyPrint's boxes are alive until the document is written: to go through them time and again finds nothing and took
    a fifth of the time. What is counted out is freed at once all the same. Threads may do such work at the same time;
    the last one done lets the collector go on.
    """
    global _working, _was_enabled
    with _lock:
        if _working == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _working += 1
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if _working == 0 and _was_enabled:
                gc.enable()

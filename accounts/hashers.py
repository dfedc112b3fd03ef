"""How passwords are kept: with Argon2id, a few at a time."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

from documents.costly import Busy

# Half of this machine's smallest likely number of cores; the others serve pages meanwhile.
AT_ONCE = 2
PATIENCE = 5
_places = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id by OWASP's figures (19 MiB, two passes, one lane): a tenth of the time that PBKDF2 takes in Django 5.2,
    and dearer to guess at on graphics cards. At most two at once in a process; who waits too long is told so.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password, salt):
        with _place():
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _place():
            return super().verify(password, encoded)


class _place:
    def __enter__(self):
        if not _places.acquire(timeout=PATIENCE):
            raise Busy("Många loggar in just nu.", seconds=5, is_own=False)

    def __exit__(self, *_):
        _places.release()

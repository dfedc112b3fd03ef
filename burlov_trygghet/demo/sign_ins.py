"""How the cast signs in: new passwords each time, or none."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import User
from burlov_trygghet.demo.cast import CAST

PASSWORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class SignIn:
    """One line of the table that the command prints."""

    role: str
    email: str
    password: str


def sign_ins(*, with_passwords: bool) -> list[SignIn]:
    """Give everybody of the cast who signs in a new password, or none; return what to print.

    History does not follow passwords, so they are written straight to the table.
    """
    lines = [
        SignIn(character.name, character.email, new_password() if with_passwords else "")
        for character in CAST
        if character.signs_in
    ]
    # Hashing is slow by design, and leaves Python's lock alone meanwhile.
    with ThreadPoolExecutor() as pool:
        hashes = list(pool.map(make_password, [line.password or None for line in lines]))
    for line, hashed in zip(lines, hashes, strict=True):
        User.objects.filter(email=line.email).update(password=hashed, has_account=True)
    return lines


def new_password() -> str:
    """Easy to type, and hard enough to guess: about 69 bits."""
    return "-".join("".join(secrets.choice(PASSWORD_CHARACTERS) for _ in range(5)) for _ in range(3))

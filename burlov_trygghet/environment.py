"""Small readers of environment variables that refuse what they do not understand."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_bool(name: str, *, default: bool) -> bool:
    """Return a true/false variable; raise ImproperlyConfigured on any other word."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def read_int(name: str, *, default: int) -> int:
    """Return a whole, non-negative number; raise ImproperlyConfigured on anything else."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def read_list(name: str) -> list[str]:
    """Return a comma-separated variable as a list, empty items left out."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def read_secret(name: str) -> str:
    """Return a secret from the variable, or from the file that `<name>_FILE` points at; empty when neither is set."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")

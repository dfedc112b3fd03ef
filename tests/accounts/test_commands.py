"""A command on a database that is not ready says in one sentence what is missing, and does nothing."""

import importlib
import os
import pkgutil
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.commands import PortalCommand, run_command_line
from accounts.models import User


def run(tmp_path, command: str) -> subprocess.CompletedProcess:
    environment = os.environ | {
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "BACKGROUND_WORK": "true",
    }
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *command.split()],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


def test_commands_on_an_empty_and_on_a_half_migrated_database_say_what_to_do(tmp_path):
    """Ours and Django's own; each starts a process, so few are tried."""
    empty = [run(tmp_path, command) for command in ("load_demo", "createsuperuser")]
    assert run(tmp_path, "migrate agreements 0001 --verbosity 0").returncode == 0
    half = run(tmp_path, "send_reminders")

    for outcome in (*empty, half):
        [line] = outcome.stderr.strip().splitlines()
        assert outcome.returncode == 1
        assert line.startswith("CommandError: Databasen är inte färdig: ")
        assert line.endswith(" migreringar är inte körda. Kör först: manage.py migrate")


def test_first_administrators_password_is_judged_also_when_nobody_is_asked(monkeypatch, db):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "sommaren2026")

    with pytest.raises(SystemExit, match="för lätt att gissa"):
        run_command_line(["manage.py", "createsuperuser", "--no-input", "--email", "a@burlov.example"])

    assert not User.objects.exists()


def test_missing_cache_table_is_told_of_and_made_by_migrate(db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}
    }

    with pytest.raises(CommandError, match="Databasen är inte färdig: cachetabellen saknas"):
        call_command("send_reminders")
    call_command("migrate", verbosity=0)

    assert "cache_entries" in connection.introspection.table_names()
    call_command("send_reminders")


def test_all_of_our_own_commands_ask_for_a_database_that_is_ready():
    ours = {
        config.name for config in apps.get_app_configs() if str(settings.BASE_DIR) == str(os.path.dirname(config.path))
    }
    found = set()
    for app in ours:
        try:
            package = importlib.import_module(f"{app}.management.commands")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(package.__path__):
            command = importlib.import_module(f"{package.__name__}.{module.name}").Command
            assert issubclass(command, PortalCommand), module.name
            found.add(module.name)

    assert {"load_demo", "send_reminders", "verify_reports"} <= found

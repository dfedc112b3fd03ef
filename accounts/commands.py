"""What the portal's management commands have in common: a database that is ready, or one sentence about what is not."""

import os
import sys

import django
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

NOT_MIGRATED = "Databasen är inte färdig: {missing}. Kör först: manage.py migrate"
NO_ANSWER = "Databasen svarar inte. Se efter DATABASE_URL och att databasen är i gång. ({reason})"
# They would ask for a name and a password first, or tell in English that there are migrations, and then fail.
DJANGOS_THAT_NEED_TABLES = {
    "changepassword",
    "clearsessions",
    "createsuperuser",
    "db_worker",
    "dumpdata",
    "loaddata",
    "prune_db_task_results",
}
SWEDISH_COUNT = {True: "en migrering är inte körd", False: "{count} migreringar är inte körda"}


class PortalCommand(BaseCommand):
    """A command that needs the whole database. Without it nothing is done, and it says what is missing."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        """Raise CommandError where Django only prints a notice and goes on."""
        if missing := what_is_missing():
            raise CommandError(missing)


def what_is_missing() -> str:
    """Return one sentence about what the database lacks; empty when it has every table."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        tables = set(connection.introspection.table_names())
    except OperationalError as error:
        return NO_ANSWER.format(reason=str(error).strip().splitlines()[0])
    if count:
        return NOT_MIGRATED.format(missing=SWEDISH_COUNT[count == 1].format(count=count))
    return "" if tables_of_caches() <= tables else NOT_MIGRATED.format(missing="cachetabellen saknas")


def weakness_of_given_password() -> str:
    """Return what is wrong with the first administrator's password in the environment, which Django takes as it is."""
    password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    try:
        if password:
            validate_password(password)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def tables_of_caches() -> set[str]:
    return {cache["LOCATION"] for cache in settings.CACHES.values() if cache["BACKEND"].endswith(".DatabaseCache")}


def run_command_line(arguments: list[str]) -> None:
    """Run a command, Django's own too; where the database is the reason that it cannot, say so in one sentence."""
    if arguments[1:2] and arguments[1] in DJANGOS_THAT_NEED_TABLES and "--help" not in arguments:
        django.setup()
        if missing := what_is_missing():
            sys.exit(f"CommandError: {missing}")
    if arguments[1:2] == ["createsuperuser"] and (weakness := weakness_of_given_password()):
        sys.exit(f"CommandError: DJANGO_SUPERUSER_PASSWORD: {weakness}")
    try:
        execute_from_command_line(arguments)
    except DatabaseError:
        missing = what_is_missing()
        if not missing:
            raise
        sys.exit(f"CommandError: {missing}")

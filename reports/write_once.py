"""Triggers in the database: an issued report and its document are not changed by any way, not even around the portal.

They are put in place after each `migrate`, and not by a migration: SQLite builds a table anew when a column of it
changes, and what is tied to the old one is lost. They look at their own row alone, for the same reason. SQLite refuses
changes only: its way of emptying a test database deletes row by row. PostgreSQL refuses deletions too.
"""

from django.db import connections

ISSUED = "OLD.state = 'issued'"
GUARDED = {"reports_report": ISSUED, "reports_issueddocument": ""}
REFUSAL = "an issued report is written once"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_written_once BEFORE UPDATE ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION reports_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {when}
EXECUTE FUNCTION reports_written_once()
"""


def guard_issued_rows(*, using: str, **kwargs) -> None:
    """Put the triggers in place where the tables are there; run after each `migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & set(GUARDED)
        if tables and connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION.format(refusal=REFUSAL))
        for table in sorted(tables):
            when = f"WHEN ({GUARDED[table]})" if GUARDED[table] else ""
            template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
            cursor.execute(template.format(table=table, when=when, refusal=REFUSAL))

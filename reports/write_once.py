"""Triggers in the database: an issued report and its document are not changed by any way, not even around the portal.

They are put in place after each `migrate`, and not by a migration: SQLite builds a table anew when a column of it
changes, and what is tied to the old one is lost. A trigger that looks at another table stands in the way of that, and
is taken away before. SQLite refuses changes only: `flush`, and with it the tests, deletes row by row there and would be
refused too. PostgreSQL refuses deletions as well: there it empties whole tables.
"""

from django.db import connections

# By table, when a row of it is written once.
GUARDED = {
    "reports_report": "OLD.state = 'issued'",
    "reports_issueddocument": "TRUE",
    "reports_focusareacomment": "(SELECT state FROM reports_report WHERE id = OLD.report_id) = 'issued'",
}
LOOKS_ELSEWHERE = "reports_focusareacomment"
REFUSAL = "an issued report is written once"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_written_once BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
EXECUTE FUNCTION {table}_written_once()
"""


def guard_issued_rows(*, using: str, **kwargs) -> None:
    """Put the triggers in place where the tables are there; run after each `migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & set(GUARDED)
        templates = [_POSTGRESQL_FUNCTION, _POSTGRESQL] if connection.vendor == "postgresql" else [_SQLITE]
        for table in sorted(tables):
            for template in templates:
                cursor.execute(template.format(table=table, condition=GUARDED[table], refusal=REFUSAL))


def let_tables_be_built_anew(*, using: str, **kwargs) -> None:
    """Take away the trigger that SQLite would not find its table for meanwhile; run before each `migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {LOOKS_ELSEWHERE}_written_once")

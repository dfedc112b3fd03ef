"""Processes killed in the middle of issuing, and ten who ask at once: on a real database, with real transactions."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from agreements.models import Group, Seat
from reports.models import IssuedDocument, IssuingJob, Report
from reports.models.issuing import STANDS_STILL_AFTER
from reports.operations.issuing import request_issuing
from reports.verification import faults_of
from tests.factories import TODAY, seat_person
from tests.report_factories import make_report
from tests.reports.dying import ISSUED, POINTS

DUMMY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PATIENCE = 120


def make_short_report(agreement) -> Report:
    return make_report(agreement, kind=Report.Kind.PROMISES, sections=["promised"])


def ask(report: Report, by, number: str = "KS/2026:411") -> None:
    request_issuing(report=report, reference_number=number, recipients=[], by=by, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_killed_process_leaves_a_draft_or_an_issued_report_with_its_document(
    agreement, coordinator, settings, frozen_today, tmp_path
):
    settings.TASKS = DUMMY
    reports = {point: make_short_report(agreement) for point in [*POINTS, ISSUED]}
    for report in reports.values():
        ask(report, coordinator)

    with database_for_others(tmp_path) as address:
        ends = kill_them(reports, address)

    assert ends == dict.fromkeys(reports, -signal.SIGKILL)
    assert {point: state_of(report) for point, report in reports.items()} == dict.fromkeys(
        POINTS, (Report.State.DRAFT, False, IssuingJob.State.RUNNING)
    ) | {ISSUED: (Report.State.ISSUED, True, IssuingJob.State.DONE)}
    assert list(faults_of(Report.objects.get(pk=reports[ISSUED].pk))) == []

    # What was left behind is in nobody's way.
    settings.TASKS = IMMEDIATE
    frozen_today.shift(STANDS_STILL_AFTER)
    ask(reports["all written"], coordinator)

    assert state_of(reports["all written"]) == (Report.State.ISSUED, True, IssuingJob.State.DONE)


def state_of(report: Report) -> tuple[str, bool, str]:
    return (
        Report.objects.get(pk=report.pk).state,
        IssuedDocument.objects.filter(pk=report.pk).exists(),
        IssuingJob.objects.get(pk=report.pk).state,
    )


class database_for_others:
    """The database of the test as other processes reach it: PostgreSQL's own, or SQLite's memory put into a file."""

    def __init__(self, folder: Path):
        self.file = folder / "portal.sqlite3"

    def __enter__(self) -> str:
        if connection.vendor == "postgresql":
            of = connection.settings_dict
            return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
        with closing(sqlite3.connect(self.file)) as file:
            connection.connection.backup(file)
        return f"sqlite:///{self.file}"

    def __exit__(self, *error) -> None:
        """Let the test see what they left."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as file:
                file.backup(connection.connection)


def kill_them(reports: dict[str, Report], address: str) -> dict[str, int]:
    """Start a process for each, all at once; how each of them ended."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "burlov_trygghet.settings",
        "DEBUG": "true",
    }
    processes = {
        point: subprocess.Popen(
            [sys.executable, "-m", "tests.reports.dying", str(report.pk), point],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for point, report in reports.items()
    }
    return {point: process.wait(timeout=PATIENCE) for point, process in processes.items()}


@pytest.mark.django_db(transaction=True)
def test_ten_reports_asked_for_by_ten_people_are_all_issued(agreement, settings):
    settings.TASKS = QUEUE
    people = [
        seat_person(agreement, Seat.Function.COORDINATOR, Group.Kind.PREPARATION, full_name=f"Samordnare {number}")
        for number in range(10)
    ]
    reports = [make_short_report(agreement) for _ in people]
    for number, (report, person) in enumerate(zip(reports, people, strict=True)):
        ask(report, person, f"KS/2026:{number}")
    waiting = set(IssuingJob.objects.values_list("state", flat=True))

    work_through_the_queue()

    assert waiting == {IssuingJob.State.WAITING}
    assert [report.issued_by for report in Report.objects.order_by("pk")] == people
    assert IssuedDocument.objects.values("pdf_sha256").distinct().count() == 10
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def work_through_the_queue() -> None:
    """What `manage.py db_worker --batch` does, without taking over the test runner's signals."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()

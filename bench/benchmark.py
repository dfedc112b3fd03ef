"""Measure the portal's pages and PDFs: time, queries, bytes and memory.

    make bench                                      Burlöv-sized: 9 activities and a year of work
    python bench/benchmark.py --factor 100          a hundred municipalities of that size in the same database
    python bench/benchmark.py --runs 50             more requests for each page
    DATABASE_URL=postgres://… python bench/benchmark.py --factor 100

Without DATABASE_URL a temporary SQLite file is made and thrown away. A given database has to be empty; it is filled and
left as it is. Requests run in this process, one after the other, as the coordinator of the first municipality, warm.
PDFs and workbooks are measured with a tenth of the runs. The processor's time, the least of all runs, says what a page
costs where the machine does other things too. Memory is the highest that the measuring process has used; the database
is filled by another process.
"""

import argparse
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from copying import copy_of

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "agreements", "focus_areas", "meetings", "reports")
COORDINATOR = "samordnare@burlov.example"
REFERENCE = "KS/2023:305"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the portal's pages and PDFs.")
    parser.add_argument("--factor", type=int, default=1, help="how many municipalities of Burlöv's size (1)")
    parser.add_argument("--runs", type=int, default=30, help="requests for each page (30)")
    parser.add_argument("--fill-only", action="store_true", help="fill the database, measure nothing")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        os.environ.setdefault("MEDIA_ROOT", f"{folder}/media")
        set_up_django()
        if options.fill_only:
            fill(options.factor)
            return
        command = [sys.executable, __file__, "--fill-only", "--factor", str(options.factor)]
        started = time.perf_counter()
        subprocess.run(command, check=True)
        print(f"Filled in {time.perf_counter() - started:.1f} s.")
        measure(options)


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burlov_trygghet.settings")
    os.environ.setdefault("DEBUG", "true")
    sys.path.insert(0, str(ROOT))
    warnings.filterwarnings("ignore", message="No directory at")

    import django
    from django.conf import settings

    # DEBUG lends a key and plain http; what is measured is a portal without it.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()


# --- Filling ---


def fill(factor: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from agreements.models import Agreement
    from burlov_trygghet.demo.loading import load_demo

    call_command("migrate", verbosity=0)
    if Agreement.objects.exists():
        sys.exit("The database holds agreements. Give an empty one.")
    load_demo(now=timezone.now())
    with transaction.atomic():
        copy_everything(copies=factor - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_everything(*, copies: int) -> None:
    """Copy every row of ours, history included: each copy's keys are the first one's plus a step of its table's own."""
    from django.apps import apps

    models = [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.pk.get_internal_type() != "UUIDField"
    ]
    rows = {model: list(model._base_manager.all()) for model in models}
    steps = {model: max((row.pk for row in rows[model]), default=0) + 1 for model in models}
    for number in range(1, copies + 1):
        for model in models:
            copied = [copy_of(row, number=number, steps=steps) for row in rows[model]]
            model._base_manager.bulk_create(copied, batch_size=500)


# --- Measuring ---


def pages(agreement) -> list[tuple[str, str]]:
    """What people open most, and what costs most."""
    from django.urls import reverse

    from agreements.models import Group
    from focus_areas.models import Activity
    from meetings.models import Meeting, Observation

    meetings = Meeting.objects.of(agreement).filter(state=Meeting.State.HELD)
    activity = Activity.objects.of(agreement).in_order().first()
    group = agreement.groups.first()
    of_agreement = (
        "agreements:agreement_detail",
        "agreements:agreement_history",
        "focus_areas:action_plan",
        "meetings:observation_list",
        "meetings:trend_list",
        "meetings:event_list",
        "meetings:decision_list",
        "meetings:action_point_list",
        "reports:follow_up_report",
        "reports:law_page",
        "reports:public_reports",
        "agreements:picture_overview",
        "agreements:indicator_list",
        "focus_areas:red_thread",
        "focus_areas:child_interests",
        "focus_areas:follow_up_overview",
        "focus_areas:public_page",
    )
    of_activity = ("focus_areas:activity_detail", "focus_areas:activity_history", "focus_areas:log_list")
    return [
        ("start", reverse("start")),
        *((name, reverse(name, args=[agreement.pk])) for name in of_agreement),
        ("focus_areas:action_plan ?q=", reverse("focus_areas:action_plan", args=[agreement.pk]) + "?q=trygg"),
        ("focus_areas:focus_area_detail", activity.focus_area.get_absolute_url()),
        *((name, reverse(name, args=[activity.pk])) for name in of_activity),
        *opened(agreement),
        ("agreements:group_detail", group.get_absolute_url()),
        ("meetings:meeting_list", reverse("meetings:meeting_list")),
        (
            "meetings:meeting_detail (Örat)",
            meetings.filter(group__kind=Group.Kind.SITUATION).first().get_absolute_url(),
        ),
        (
            "meetings:meeting_detail (steering)",
            meetings.filter(group__kind=Group.Kind.STEERING).first().get_absolute_url(),
        ),
        ("meetings:observation_detail", Observation.objects.filter(agreement=agreement).first().get_absolute_url()),
        ("agreements:person_list", reverse("agreements:person_list")),
        ("agreements:organisation_list", reverse("agreements:organisation_list")),
        ("search", reverse("search") + "?q=trygg"),
    ]


def opened(agreement) -> list[tuple[str, str]]:
    """A goal, a renewal where there is one, and the reports: drafts and issued ones."""
    from django.urls import reverse

    from focus_areas.models import Goal, Renewal
    from reports.models import Report

    goal = Goal.objects.filter(focus_area__agreement=agreement).first()
    renewal = Renewal.objects.first()
    draft = Report.objects.drafts().filter(agreement=agreement).first()
    issued = Report.objects.issued().filter(agreement=agreement).first()
    things = [
        ("focus_areas:goal_detail", goal),
        ("focus_areas:renewal_detail", renewal),
        ("reports:report_detail (draft)", draft),
        ("reports:report_issue", draft),
        ("reports:report_detail (issued)", issued),
    ]
    return [("reports:report_list", reverse("reports:report_list"))] + [
        (name, reverse(name.split()[0], args=[thing.pk])) for name, thing in things if thing
    ]


def files(agreement) -> list[tuple[str, str]]:
    from django.urls import reverse

    from agreements.models import Group
    from meetings.models import Meeting
    from reports.models import Report

    meeting = Meeting.objects.of(agreement).filter(state="held", group__kind=Group.Kind.SITUATION).first()
    issued = Report.objects.issued().filter(agreement=agreement).first()
    kept = [("reports:report_pdf", reverse("reports:report_pdf", args=[issued.pk]))] if issued else []
    return [
        *kept,
        ("meetings:meeting_minutes_pdf", reverse("meetings:meeting_minutes_pdf", args=[meeting.pk])),
        ("meetings:meeting_call_pdf", reverse("meetings:meeting_call_pdf", args=[meeting.pk])),
        ("reports:follow_up_report_pdf", reverse("reports:follow_up_report_pdf", args=[agreement.pk])),
        ("focus_areas:action_plan_export", reverse("focus_areas:action_plan_export", args=[agreement.pk])),
        ("focus_areas:workbook_download", reverse("focus_areas:workbook_download", args=[agreement.pk, "xlsx"])),
    ]


def measure(options) -> None:
    from django.db import connection
    from django.test import Client

    from accounts.models import User
    from agreements.models import Agreement

    agreement = Agreement.objects.filter(reference_number=REFERENCE).earliest("pk")
    client = Client()
    client.force_login(User.objects.get(email=COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    print(f"{connection.vendor}, {Agreement.objects.count()} agreements, {options.runs} runs, one process\n")
    print(f"{'page':34} {'median ms':>10} {'p95 ms':>8} {'cpu ms':>8} {'queries':>8} {'bytes':>9}")
    for name, address in pages(agreement):
        print(line(client, name, address, runs=options.runs), flush=True)
    for name, address in files(agreement):
        print(line(client, name, address, runs=max(3, options.runs // 10)), flush=True)
    print(f"\nHighest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def line(client, name: str, address: str, *, runs: int) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        body = response.getvalue()
    queries = len(captured)
    if response.status_code != 200:
        return f"{name:34} answered {response.status_code}"
    client.get(address).getvalue()
    readings = [timed(client, address) for _ in range(runs)]
    times = sorted(clock for clock, _ in readings)
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    cpu = min(processor for _, processor in readings)
    return f"{name:34} {statistics.median(times):10.1f} {p95:8.1f} {cpu:8.1f} {queries:8} {len(body):9}"


def timed(client, address: str) -> tuple[float, float]:
    """How long somebody waits, and how much of it is the processor's work."""
    started, worked = time.perf_counter(), time.process_time()
    client.get(address).getvalue()
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    main()

"""Ten people ask for ten different reports at once, while others go on reading: who gets what, and how soon.

    scripts/with-postgres python bench/ten_at_once.py
    scripts/with-postgres python bench/ten_at_once.py --seconds 20 --readers 4

The portal as it is run for real: gunicorn with two processes, and one worker for what is done in the background, which
gives way to the pages (nice). The database has to be empty; it is filled with the example. Pages are read all the time
by a few readers, each with a short pause between pages: first with nothing else going on, then from when the ten ask
until the last has its report.
"""

import argparse
import contextlib
import datetime
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COORDINATOR = "samordnare@burlov.example"
PAUSE = 0.1
LONGEST_WAIT = 600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10, help="how long pages are read with nothing going on (10)")
    parser.add_argument("--readers", type=int, default=2, help="how many read pages all the time (2)")
    parser.add_argument("--port", type=int, default=8793)
    parser.add_argument("--work", action="store_true", help="be the worker; for this program's own use")
    options = parser.parse_args()
    set_up_django()
    if options.work:
        work()
        return
    pages, reports, askers = fill()
    with running(options.port):
        measure(options, pages, reports, askers)


def set_up_django(*, background: bool = True) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burlov_trygghet.settings")
    os.environ |= {"DEBUG": "true", "BACKGROUND_WORK": str(background).lower(), "EMAIL_URL": "dummymail://"}
    sys.path.insert(0, str(ROOT))
    warnings.filterwarnings("ignore", message="No directory at")

    import django
    from django.conf import settings

    # DEBUG lends a key and plain http; what is measured is a portal without it.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    django.setup()


def portal(*, background: bool = True):
    """What gunicorn serves."""
    set_up_django(background=background)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def work() -> None:
    from django.core.management import call_command

    os.nice(10)
    call_command("db_worker", reload=False, startup_delay=False, interval=0.2, verbosity=0)


@contextlib.contextmanager
def running(port: int):
    """The portal's processes, for as long as it takes."""
    server = ["-m", "gunicorn", "--chdir", str(ROOT / "bench"), "--workers", "2", "--log-level", "error"]
    commands = [[*server, "--bind", f"127.0.0.1:{port}", "ten_at_once:portal()"], [__file__, "--work"]]
    processes = [subprocess.Popen([sys.executable, *command], cwd=ROOT) for command in commands]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


# --- Ten people and ten reports ---


def fill() -> tuple[list[str], list[int], list[str]]:
    """Fill the database; return the pages to read, the reports to ask for, and the sessions of those who ask."""
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import User
    from agreements.models import Agreement
    from burlov_trygghet.demo.loading import load_demo

    call_command("migrate", verbosity=0)
    if Agreement.objects.exists():
        sys.exit("The database holds agreements. Give an empty one.")
    load_demo(now=timezone.now())
    agreement = Agreement.objects.get(reference_number="KS/2023:305")
    askers = [session_of(make_coordinator(agreement, number)) for number in range(10)]
    reports = [report.pk for report in make_ten(agreement)]
    pages = [session_of(User.objects.get(email=COORDINATOR)), *addresses(agreement)]
    return pages, reports, askers


def make_coordinator(agreement, number: int):
    from accounts.models import User
    from agreements.models import Group, Membership, Seat

    group = agreement.groups.filter(kind=Group.Kind.PREPARATION).first()
    seat = Seat.objects.create(
        group=group,
        title=f"Samordnare {number}",
        function=Seat.Function.COORDINATOR,
        organisation=agreement.municipality,
    )
    user = User.objects.create_user(email=f"samordnare{number}@burlov.example", full_name=f"Samordnare {number}")
    Membership.objects.create(seat=seat, user=user, starts_on=datetime.date(2023, 7, 1))
    return user


def make_ten(agreement) -> list:
    """Two periods, and all the kinds there are."""
    from agreements.models import Group
    from reports.kinds import KINDS
    from reports.models import Report

    kinds = [*KINDS, Report.Kind.FOLLOW_UP, Report.Kind.PROMISES]
    scopes = {
        Report.Kind.FOCUS_AREA: {"focus_area": agreement.focus_areas.first()},
        Report.Kind.WORKING_GROUP: {"group": agreement.groups.filter(kind=Group.Kind.WORKING).first()},
    }
    return [
        Report.objects.create(
            agreement=agreement,
            kind=kind,
            title=f"Rapport {number}",
            starts_on=datetime.date(2026, 1, 1),
            ends_on=datetime.date(2026, 6, 30) if number < len(KINDS) else datetime.date(2026, 8, 31),
            sections=[section.value for section in KINDS[kind].usual],
            **scopes.get(kind, {}),
        )
        for number, kind in enumerate(kinds)
    ]


def session_of(user) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def addresses(agreement) -> list[str]:
    from django.urls import reverse

    return [
        reverse("start"),
        reverse("agreements:agreement_detail", args=[agreement.pk]),
        reverse("focus_areas:action_plan", args=[agreement.pk]),
        reverse("focus_areas:focus_area_detail", args=[agreement.focus_areas.first().pk]),
        reverse("reports:law_page", args=[agreement.pk]),
        reverse("reports:report_list"),
    ]


# --- Reading and asking ---


class Visitor:
    """A browser that is signed in, with one connection of its own."""

    TOKEN = "t" * 32

    def __init__(self, port: int, session: str):
        self.port = port
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={self.TOKEN}",
            "X-CSRFToken": self.TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def fetch(self, address: str, values: dict | None = None) -> tuple[int, float]:
        """The status, and how many seconds it took."""
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urllib.parse.urlencode(values) if values is not None else None
        connection.request("GET" if body is None else "POST", address, body, self.headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, time.perf_counter() - started


class Reader(threading.Thread):
    """Reads page after page until told to stop, and notes when each was asked for and how long it took."""

    def __init__(self, visitor: Visitor, pages: list[str], first: int):
        super().__init__(daemon=True)
        self.visitor, self.pages, self.next = visitor, pages, first
        self.is_done = threading.Event()
        self.times: list[tuple[float, float]] = []

    def run(self):
        while not self.is_done.is_set():
            asked_at = time.perf_counter()
            status, seconds = self.visitor.fetch(self.pages[self.next % len(self.pages)])
            if status != 200:
                raise RuntimeError(f"{self.pages[self.next % len(self.pages)]}: {status}")
            self.times.append((asked_at, seconds))
            self.next += 1
            time.sleep(PAUSE)


def measure(options, pages: list[str], reports: list[int], askers: list[str]) -> None:
    session, *addresses = pages
    visitor = Visitor(options.port, session)
    wait_for(visitor)
    for address in addresses * 2:
        visitor.fetch(address)
    readers = [Reader(Visitor(options.port, session), addresses, number * 3) for number in range(options.readers)]
    for reader in readers:
        reader.start()
    time.sleep(options.seconds)

    asked_at = time.perf_counter()
    asked = ask_all_at_once(options.port, reports, askers)
    waits = wait_for_all(reports, asked_at)
    done_at = time.perf_counter()
    for reader in readers:
        reader.is_done.set()
        reader.join()

    times = [time_ for reader in readers for time_ in reader.times]
    show("Pages, nothing else going on", [seconds for at, seconds in times if at < asked_at])
    show("Pages, ten reports being issued", [seconds for at, seconds in times if asked_at <= at < done_at])
    show("Asking for a report", asked)
    show("Until one's report is issued", waits)
    print(f"All {len(waits)} issued, the last after {max(waits):.1f} s. Cores: {os.cpu_count()}.")


def wait_for(visitor: Visitor) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            if visitor.fetch("/healthz")[0] == 200:
                return
        time.sleep(0.2)
    sys.exit("The portal does not start.")


def ask_all_at_once(port: int, reports: list[int], askers: list[str]) -> list[float]:
    barrier, times = threading.Barrier(len(reports)), []

    def ask(report: int, session: str) -> None:
        visitor = Visitor(port, session)
        barrier.wait()
        values = {"reference_number": f"KS/2026:{report}"}
        status, seconds = visitor.fetch(f"/rapporter/{report}/utfarda/", values)
        if status != 302:
            raise RuntimeError(f"report {report}: {status}")
        times.append(seconds)

    threads = [threading.Thread(target=ask, args=pair) for pair in zip(reports, askers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def wait_for_all(reports: list[int], asked_at: float) -> list[float]:
    """How long each took, from when all were asked for."""
    from reports.models import IssuingJob

    waits: dict[int, float] = {}
    while len(waits) < len(reports) and time.perf_counter() < asked_at + LONGEST_WAIT:
        for pk, state, error in IssuingJob.objects.filter(pk__in=reports).values_list("pk", "state", "error"):
            if state == IssuingJob.State.FAILED:
                sys.exit(f"report {pk}: {error}")
            if state == IssuingJob.State.DONE:
                waits.setdefault(pk, time.perf_counter() - asked_at)
        time.sleep(0.1)
    if len(waits) < len(reports):
        sys.exit(f"Only {len(waits)} of {len(reports)} were issued within {LONGEST_WAIT} s.")
    return list(waits.values())


def show(what: str, seconds: list[float]) -> None:
    milliseconds = sorted(1000 * one for one in seconds)
    p95 = milliseconds[min(len(milliseconds) - 1, round(0.95 * len(milliseconds)))]
    print(
        f"{what:32} {len(milliseconds):5}  median {statistics.median(milliseconds):7.0f} ms"
        f"  p95 {p95:7.0f} ms  longest {milliseconds[-1]:7.0f} ms"
    )


if __name__ == "__main__":
    main()

"""How soon the start page comes while one reader asks for four PDFs at once, and while six strangers try to sign in.

    python bench/costly_at_once.py
    scripts/with-postgres python bench/costly_at_once.py --times 10

The portal as it is run for real: gunicorn with two processes, and no worker. The database has to be empty; it is
filled with the example. The start page is read the whole time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from ten_at_once import COORDINATOR, Reader, Visitor, session_of, set_up_django, show, wait_for

ROOT = Path(__file__).resolve().parent.parent
PDFS = 4
STRANGERS = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="how often the PDFs and the sign-ins are asked for (5)")
    parser.add_argument("--port", type=int, default=8794)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/portal.sqlite3")
        set_up_django(background=False)
        session, pdf = fill()
        with running(options.port):
            measure(options, session, pdf)


def fill() -> tuple[str, str]:
    """Fill the database; return a session and the address of a PDF."""
    from django.core.management import call_command
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from agreements.models import Agreement
    from burlov_trygghet.demo.loading import load_demo

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    load_demo(now=timezone.now())
    agreement = Agreement.objects.get(reference_number="KS/2023:305")
    pdf = reverse("reports:follow_up_report_pdf", args=[agreement.pk])
    return session_of(User.objects.get(email=COORDINATOR)), pdf


@contextmanager
def running(port: int):
    server = ["-m", "gunicorn", "--chdir", str(ROOT / "bench"), "--workers", "2", "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, *server, "--bind", f"127.0.0.1:{port}", "ten_at_once:portal(background=False)"], cwd=ROOT
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def measure(options, session: str, pdf: str) -> None:
    reading = Visitor(options.port, session)
    wait_for(reading)
    for address in ["/", pdf] * 4:
        reading.fetch(address)
    # Wrong passwords: what a stranger can ask for as often as they like.
    wrong = {"login": COORDINATOR, "password": "inte det rätta lösenordet", "csrfmiddlewaretoken": Visitor.TOKEN}
    stranger = Visitor(options.port, "")
    for what, asked in (
        ("nothing else going on", []),
        ("four PDFs for one reader", [lambda: reading.fetch(pdf)] * PDFS),
        ("six strangers sign in", [lambda: stranger.fetch("/konto/logga-in/", wrong)] * STRANGERS),
    ):
        times, answers = [], []
        for _ in range(options.times):
            reader = Reader(reading, ["/"], 0)
            reader.start()
            answers += at_once(asked) if asked else [time.sleep(2)]
            reader.is_done.set()
            reader.join()
            times += [seconds for _, seconds in reader.times]
        show(f"Start page, {what}", times)
        if asked:
            print("    answers:", ", ".join(f"{answers.count(one)} × {one}" for one in sorted(set(answers))))


def at_once(asked: list) -> list[int]:
    """Ask for all in the same instant; return their statuses."""
    barrier, statuses = threading.Barrier(len(asked)), []

    def ask(fetch) -> None:
        barrier.wait()
        statuses.append(fetch()[0])

    threads = [threading.Thread(target=ask, args=[fetch]) for fetch in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


if __name__ == "__main__":
    main()

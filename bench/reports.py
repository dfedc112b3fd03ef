"""How long a report of 12 pages and one of 60 take, and which part of the work takes it.

    make bench
    python bench/reports.py              seconds of the processor; a busy machine counts little
    python bench/reports.py --runs 10    the best of more readings

Each size is made in a process of its own: cold (the first report after a start, no chart drawn before), then warm. The
reports are Burlöv's, on the autumn, with what has changed since the one issued before; the larger has copies of the
focus areas. Seconds are the processor's, the best of the warm runs; "clock" is what somebody waits. The parts: content
(queries, and putting it together), charts, templates, names (looking for personal numbers), layout, and writing the
file with its structure, its data and its numbers.
"""

import argparse
import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass

from benchmark import REFERENCE, set_up_django
from larger_plan import copy_focus_areas

# The whole time of a warm report, as somebody waits for it on idle cores.
TARGETS = {12: 1.0, 60: 5.0}
# How many times over the focus areas are there.
COPIES = {12: 1, 60: 6}
PARTS = ("content", "charts", "templates", "names", "layout", "writing")
LEFT_OUT = {12: {"situation", "law", "plan"}, 60: set()}
TITLE = "Uppföljning för mätning"
PERIOD = datetime.date(2026, 7, 1), datetime.date(2026, 12, 31)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure reports of 12 and 60 pages.")
    parser.add_argument("--runs", type=int, default=5, help="warm runs of each size (5)")
    parser.add_argument("--size", type=int, choices=list(COPIES), help="only this size, in the given database")
    parser.add_argument("--fill-only", action="store_true", help="fill the given database, measure nothing")
    options = parser.parse_args()
    if options.size:
        set_up_django()
        if options.fill_only:
            fill(options.size)
        else:
            measure(options.size, runs=options.runs)
        return
    print(f"\n{'report':14} {'pages':>6} {'total s':>8} {'clock s':>8}", *(f"{part:>9}" for part in PARTS), "memory MB")
    for size in COPIES:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "DATABASE_URL": f"sqlite:///{folder}/report.sqlite3",
                "MEDIA_ROOT": f"{folder}/media",
            }
            command = [sys.executable, __file__, "--size", str(size)]
            subprocess.run([*command, "--fill-only"], check=True, env=environment)
            subprocess.run([*command, "--runs", str(options.runs)], check=True, env=environment)


# --- Filling ---


def fill(size: int) -> None:
    """Write a draft on the autumn; the example has issued reports on what came before."""
    from django.core.management import call_command
    from django.utils import timezone

    from agreements.models import Agreement
    from burlov_trygghet.demo.loading import load_demo
    from reports.kinds import EVERYTHING
    from reports.models import Report

    call_command("migrate", verbosity=0)
    load_demo(now=timezone.now())
    copy_focus_areas(times=COPIES[size])
    Report.objects.create(
        agreement=Agreement.objects.get(reference_number=REFERENCE),
        title=TITLE,
        starts_on=PERIOD[0],
        ends_on=PERIOD[1],
        sections=[section.value for section in EVERYTHING if section.value not in LEFT_OUT[size]],
    )


# --- Measuring ---


@dataclass(frozen=True)
class Reading:
    pages: int
    clock: float
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


class Stopwatch:
    """Adds up the processor's time in some functions; a function's time within another is not the other's."""

    def __init__(self):
        self.seconds: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def part(self, name: str):
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def watch(self, holder, function: str, part: str) -> None:
        original = getattr(holder, function)

        def watched(*args, **kwargs):
            with self.part(part):
                return original(*args, **kwargs)

        setattr(holder, function, watched)

    def _turn(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def measure(size: int, *, runs: int) -> None:
    import weasyprint

    from agreements import indicator_charts
    from reports import rendering

    watch = Stopwatch()
    watch.watch(indicator_charts, "render", "charts")
    watch.watch(rendering, "refuse_personal_data_in_document", "names")
    watch.watch(weasyprint.HTML, "__init__", "layout")
    watch.watch(weasyprint.HTML, "render", "layout")
    watch.watch(weasyprint.Document, "write_pdf", "writing")
    for name, readings in (("cold", [read(watch)]), ("warm", [read(watch) for _ in range(runs)])):
        best = min(readings, key=lambda reading: reading.total)
        print(line(f"{size} pages, {name}", best), flush=True)
    clock = min(reading.clock for reading in readings)
    verdict = "within" if clock <= TARGETS[size] else "OVER"
    print(f"{'':14} shortest wait {clock:.2f} s, {verdict} the {TARGETS[size]:g} s aimed at")


def read(watch: Stopwatch) -> Reading:
    """Make the report once, from the database to the last byte."""
    from reports.compiling import compile_report
    from reports.models import Report
    from reports.rendering import render_report_pdf, working_copy

    report = Report.objects.select_related("agreement").get(title=TITLE)
    watch.seconds.clear()
    began = time.perf_counter()
    with watch.part("content"):
        content = compile_report(report)
    with watch.part("templates"):
        pdf = render_report_pdf(content, status=working_copy(None))
    return Reading(pages_of(pdf), time.perf_counter() - began, dict(watch.seconds))


def pages_of(pdf: bytes) -> int:
    from documents.pdf_pages import page_count

    return page_count(pdf)


def line(name: str, reading: Reading) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = " ".join(f"{reading.seconds.get(part, 0):9.2f}" for part in PARTS)
    return f"{name:14} {reading.pages:6} {reading.total:8.2f} {reading.clock:8.2f} {parts} {memory:9.0f}"


if __name__ == "__main__":
    main()

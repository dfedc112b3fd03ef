"""Issues a report in a process of its own that is killed in the middle of it; test_issuing_killed.py starts it.

    python -m tests.reports.dying REPORT POINT

Killed as by the machine itself: nothing is cleaned up and no transaction ended.
"""

import os
import signal
import sys

JOB, DOCUMENT = 'UPDATE "reports_issuingjob"', 'INSERT INTO "reports_issueddocument"'
# What is sent to the database just before the end, and for which time. Of the job: taken on, two steps, and done.
POINTS = {
    "taken on": (JOB, 1),
    "laid out": (JOB, 3),
    "all written": (JOB, 4),
}
# The first thing asked for when everything is saved: then the mails have not gone.
ISSUED = "issued"


def main(report_id: int, point: str) -> None:
    import django
    from django.conf import settings

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    django.setup()

    import time_machine
    from django.db import connection

    from reports.jobs import issue_report
    from tests.factories import TODAY, at

    with time_machine.travel(at(TODAY)), connection.execute_wrapper(Killer(point, connection)):
        issue_report.call(report_id)


class Killer:
    def __init__(self, point: str, connection):
        self.point = point
        self.connection = connection
        self.times = 0
        self.has_written = False

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.has_written = self.has_written or sql.startswith(DOCUMENT)
        if self.is_now(sql):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def is_now(self, sql: str) -> bool:
        if self.point == ISSUED:
            return self.has_written and not self.connection.in_atomic_block
        what, time = POINTS[self.point]
        self.times += sql.startswith(what)
        return sql.startswith(what) and self.times == time


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

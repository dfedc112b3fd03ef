"""How far the issuing of a report has come, for the page that shows it."""

import datetime
from dataclasses import dataclass

from reports.models import IssuingJob, Report
from reports.operations.locks import issuing_job_of

# So long after, whoever comes to the page is told that it is done.
IS_NEWS_FOR = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class StepLine:
    name: str
    state: str
    is_current: bool = False


@dataclass(frozen=True)
class Progress:
    job: IssuingJob
    stands_still: bool
    is_just_done: bool
    # How many were asked for earlier and wait too.
    before: int

    @property
    def goes_on(self) -> bool:
        return self.job.is_under_way and not self.stands_still

    @property
    def key(self) -> str:
        """Changes when the page has something new to say."""
        return f"{self.job.state}-{self.job.step}-{self.before}"

    @property
    def steps(self) -> list[StepLine]:
        """Each step of the work, with how it stands."""
        names = list(IssuingJob.Step)
        now = -1 if self.job.is_waiting else names.index(self.job.step)
        return [
            StepLine(
                step.label,
                "klart" if number < now else "pågår" if number == now else "väntar",
                is_current=number == now,
            )
            for number, step in enumerate(names)
        ]


def progress_of(report: Report, *, now: datetime.datetime) -> Progress | None:
    """How the work stands; None where nobody has asked for it."""
    job = issuing_job_of(report)
    if job is None:
        return None
    waiting = IssuingJob.objects.filter(state=IssuingJob.State.WAITING, requested_at__lt=job.requested_at)
    return Progress(
        job=job,
        stands_still=job.stands_still(now=now),
        is_just_done=job.is_done and job.finished_at > now - IS_NEWS_FOR,
        before=waiting.count() if job.is_waiting else 0,
    )

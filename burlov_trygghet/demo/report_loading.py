"""The reports of the example: drafted, commented on by the police, issued and read.

The words stand in reports.yaml, everything else a report gathers by itself from the example as it stood. Reports are
issued by the portal's own steps, at the moment that they are said to have been; nobody is mailed.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from burlov_trygghet.demo.events import Event, moment
from meetings.models import Meeting
from reports.compiling import compile_report
from reports.content.snapshot import end_of_day
from reports.draft_checksum import draft_checksum
from reports.jobs import document_of
from reports.models import IssuingJob, Report, ReportDelivery
from reports.operations.drafts import save_comment, save_report, start_report
from reports.operations.freezing import freeze
from reports.operations.reading import note_reading
from reports.previous import previous_report
from reports.readers import NO_ADDRESS, receivers_of

if TYPE_CHECKING:
    from burlov_trygghet.demo.loading import Example

COORDINATOR = "samordnare"
POLICE = "kommunpolis"


class ReportsOfExample:
    """The part of the example that is about reports; people, groups and focus areas are the example's."""

    def __init__(self, example: "Example"):
        self.example = example
        self.reports: dict[str, Report] = {}

    def events(self) -> Iterator[Event]:
        for told in yaml.safe_load((Path(__file__).parent / "reports.yaml").read_bytes())["reports"]:
            yield Event(moment(told["begun"], 9), COORDINATOR, partial(self.draft, told))
            if told.get("commented"):
                yield Event(moment(told["commented"], 14), POLICE, partial(self.comment, told))
            if told.get("issued"):
                yield Event(moment(told["issued"], 11), COORDINATOR, partial(self.issue, told))
            for reader, day in told.get("read_by", {}).items():
                read_at = moment(day, 19)
                yield Event(read_at, reader, partial(self.read, told, reader=reader, at=read_at))

    def draft(self, told: dict) -> None:
        report = start_report(
            report=Report(
                agreement=self.example.agreement,
                kind=told["kind"],
                title=told["title"],
                starts_on=told["starts_on"],
                ends_on=told["ends_on"],
                meeting=self.meeting(told.get("meeting")),
            ),
            by=self.example.people[COORDINATOR],
            today=told["begun"],
        )
        report.summary = told["summary"]
        report.conclusions = told.get("conclusions", "")
        report.decisions_asked = "\n".join(told.get("decisions_asked", []))
        focus_areas = {focus_area.number: focus_area for focus_area in self.example.agreement.focus_areas.all()}
        comments = {focus_areas[number]: text for number, text in told.get("comments", {}).items()}
        self.reports[told["title"]] = save_report(
            report=report, comments=comments, by=self.example.people[COORDINATOR], today=told["begun"]
        )

    def meeting(self, day: datetime.date | None) -> Meeting | None:
        steering = Meeting.objects.filter(group=self.example.groups["steering"])
        return steering.filter(starts_at__date=day).first() if day else None

    def comment(self, told: dict) -> None:
        report = self.reports[told["title"]]
        save_comment(report=report, text=told["police_comment"], by=self.example.people[POLICE])

    def issue(self, told: dict) -> None:
        by, issued_at = self.example.people[COORDINATOR], moment(told["issued"], 11)
        report = Report.objects.select_related("agreement", "police_commented_by").get(
            pk=self.reports[told["title"]].pk
        )
        report.reference_number = told["reference_number"]
        report.save(update_fields=["reference_number"])
        report.recipients.set(self.example.groups[key] for key in told["recipients"])
        job = IssuingJob.objects.create(
            report=report,
            state=IssuingJob.State.RUNNING,
            attempts=1,
            draft_sha256=draft_checksum(report),
            requested_by=by,
            requested_at=issued_at,
            started_at=issued_at,
        )
        previous = previous_report(report)
        content = compile_report(report, as_of=end_of_day(report.ends_on))
        document = document_of(report, content, job=job, issued_at=issued_at)
        freeze(job=job, document=document, as_of=content.as_of, issued_at=issued_at, previous=previous)
        report.refresh_from_db()
        self.note_deliveries(report, at=issued_at)
        self.reports[told["title"]] = report

    def note_deliveries(self, report: Report, *, at: datetime.datetime) -> None:
        """As if the mail had gone to those who have an address: nobody is mailed when the example is loaded."""
        rows = [
            ReportDelivery(report=report, group=one.group, user=one.user, sent_at=at)
            if one.user.email
            else ReportDelivery(report=report, group=one.group, user=one.user, error=NO_ADDRESS)
            for one in receivers_of(report, on=at.date())
        ]
        ReportDelivery.objects.bulk_create(rows)

    def read(self, told: dict, *, reader: str, at: datetime.datetime) -> None:
        note_reading(report=self.reports[told["title"]], user=self.example.people[reader], now=at)

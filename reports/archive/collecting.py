"""What belongs in the package for a period: each thing by the day that is its own.

A report by the day it was issued, minutes by the day of the meeting, a plan and a situation picture by the day of the
decision, a document of the agreement by the day it was put in, a log's attachment by the day of what was done. Tables
have no day: they tell what the register holds when the package is made.

Only what is issued, approved or adopted: drafts, working material and minutes that nobody has approved stay out.
"""

import datetime
import hashlib
from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from agreements.models import Agreement, AgreementDocument, PictureDocument, SituationPicture
from documents.swedish_dates import date_words
from focus_areas.models import ActionPlan, LogAttachment
from focus_areas.plan_contents import canonical, texts_of
from focus_areas.plan_papers import render_plan
from focus_areas.plan_snapshot import contents_of, verify
from meetings.minutes import collect_minutes
from meetings.models import Meeting
from meetings.papers import render_minutes
from privacy.leaving import refuse_personal_data
from reports.archive.items import JSON, Item, Kind
from reports.archive.tables import tables_of
from reports.frozen import refuse_personal_data_in_data
from reports.kinds import kind_of
from reports.models import IssuedDocument, Report
from reports.public_reports import public_title
from reports.titles import named_period

CHANGED = "Filen stämmer inte med den kontrollsumma som sparades {when}."
WHEN_ISSUED = "när rapporten utfärdades"
WHEN_ADOPTED = "när planen antogs"
INTERNAL = "Innehåller punkter som är märkta som interna. Pröva sekretessen innan protokollet lämnas ut."


def items_of(agreement: Agreement, *, starts_on: datetime.date, ends_on: datetime.date) -> Iterator[Item]:
    """Everything in the package in its order, fetched little by little so that it need not all be held."""
    period = (starts_on, ends_on)
    yield from reports(agreement, period)
    yield from minutes(agreement, period)
    yield from plans(agreement, period)
    yield from picture_documents(agreement, period)
    yield from agreement_documents(agreement, period)
    yield from log_attachments(agreement, period)
    yield from tables_of(agreement)


def days_of(agreement: Agreement) -> dict[Kind, list[datetime.date]]:
    """The day of each thing that some period's package would hold; six queries."""
    issued = issued_documents(agreement).values_list("report__issued_at", flat=True)
    met = approved_meetings(agreement).values_list("starts_at", flat=True)
    added = agreement.documents.order_by("added_at").values_list("added_at", flat=True)
    return {
        Kind.REPORT: [timezone.localdate(moment) for moment in issued],
        Kind.MINUTES: [timezone.localdate(moment) for moment in met],
        Kind.PLAN: list(decided_plans(agreement).values_list("decided_on", flat=True)),
        Kind.PICTURE_DOCUMENT: list(
            documents_of_adopted(agreement).values_list("situation_picture__adopted_on", flat=True)
        ),
        Kind.AGREEMENT_DOCUMENT: [timezone.localdate(moment) for moment in added],
        Kind.LOG_ATTACHMENT: list(attachments_of(agreement).values_list("log_entry__happened_on", flat=True)),
    }


# --- What can be in a package, whatever the period ---


def issued_documents(agreement: Agreement):
    return IssuedDocument.objects.filter(report__agreement=agreement).order_by("report__issued_at", "pk")


def approved_meetings(agreement: Agreement):
    approved = Meeting.objects.of(agreement).filter(minutes_state=Meeting.MinutesState.APPROVED)
    return approved.order_by("starts_at", "pk")


def decided_plans(agreement: Agreement):
    return agreement.action_plans.exclude(state=ActionPlan.State.DRAFT).order_by("decided_on", "version")


def documents_of_adopted(agreement: Agreement):
    pictures = SituationPicture.objects.filter(agreement=agreement).adopted()
    return PictureDocument.objects.filter(situation_picture__in=pictures).order_by(
        "situation_picture__adopted_on", "pk"
    )


def attachments_of(agreement: Agreement):
    return LogAttachment.objects.filter(log_entry__activity__focus_area__agreement=agreement).order_by(
        "log_entry__happened_on", "pk"
    )


# --- As items ---


def reports(agreement: Agreement, period: tuple) -> Iterator[Item]:
    documents = issued_documents(agreement).filter(report__issued_at__date__range=period)
    for document in documents.select_related("report__issued_by", "report__replaces").iterator(chunk_size=1):
        report = document.report
        pdf, data = bytes(document.pdf), document.data
        about = {
            "reference_number": report.reference_number,
            "day": timezone.localdate(report.issued_at),
            "body": str(agreement.municipality),
            "issued_by": report.issued_by.full_name,
        }
        # What residents read is called as they read it.
        title = public_title(report) if kind_of(report).is_public else report.title
        words = with_period(report, title)
        name = f"{about['day']} {title} {report.reference_number}"
        replaces = f"Ersätter {report.replaces.reference_number}." if report.replaces else ""
        yield Item(
            kind=Kind.REPORT,
            file_name=f"{name}.pdf",
            title=words,
            read=lambda pdf=pdf: pdf,
            note=notes(replaces, checked(pdf, document.pdf_sha256)),
            **about,
        )
        yield Item(
            kind=Kind.REPORT_DATA,
            file_name=f"{name}.json",
            title=f"{words} (data)",
            read=partial(report_data, data),
            media_type=JSON,
            note=notes(replaces, checked(data.encode(), document.data_sha256)),
            **about,
        )


def with_period(report: Report, title: str) -> str:
    """The report's title and its period, unless the title says it already."""
    says_it = named_period(report.starts_on, report.ends_on) in title
    return title if says_it else f"{title}, {report.period_words}"


def minutes(agreement: Agreement, period: tuple) -> Iterator[Item]:
    meetings = approved_meetings(agreement).filter(starts_at__date__range=period)
    for meeting in meetings.select_related("group__agreement", "approved_by").iterator(chunk_size=20):
        content = collect_minutes(meeting)
        yield Item(
            kind=Kind.MINUTES,
            file_name=f"{meeting.day} {content.group}.pdf",
            title=f"Protokoll från {content.group} den {date_words(meeting.day)}",
            # Printed as of the day it was approved, and by nobody: so that the file is the same whenever it is made.
            read=partial(render_minutes, meeting, on=timezone.localdate(meeting.approved_at)),
            reference_number=content.reference_number,
            day=meeting.day,
            body=content.group,
            issued_by=content.approved_by,
            note=INTERNAL if any(item.is_internal for item in content.items) else "",
        )


def plans(agreement: Agreement, period: tuple) -> Iterator[Item]:
    decided = list(decided_plans(agreement).select_related("agreement", "adopted_entered_by"))
    for plan in decided:
        if not period[0] <= plan.decided_on <= period[1]:
            continue
        later = next((one for one in sorted(decided, key=lambda one: one.version) if one.version > plan.version), None)
        name = f"{plan.decided_on} {plan.title} version {plan.version}"
        about = {
            "reference_number": plan.reference_number,
            "day": plan.decided_on,
            "body": plan.decided_by,
            "issued_by": plan.adopted_entered_by.full_name if plan.adopted_entered_by else "",
            "note": notes(plan.paragraph, "" if verify(plan) else CHANGED.format(when=WHEN_ADOPTED)),
        }
        yield Item(
            kind=Kind.PLAN,
            file_name=f"{name}.pdf",
            title=str(plan),
            read=partial(plan_pdf, plan, later),
            **about,
        )
        yield Item(
            kind=Kind.PLAN_DATA,
            file_name=f"{name}.json",
            title=f"{plan} (data)",
            read=partial(plan_data, plan),
            media_type=JSON,
            **about,
        )


def picture_documents(agreement: Agreement, period: tuple) -> Iterator[Item]:
    documents = documents_of_adopted(agreement).filter(situation_picture__adopted_on__range=period)
    for document in documents.select_related("situation_picture", "added_by").iterator():
        picture = document.situation_picture
        yield Item(
            kind=Kind.PICTURE_DOCUMENT,
            file_name=f"{picture.adopted_on} {document.file_name}",
            title=f"{document.title} ({picture.title})",
            read=partial(stored, document),
            media_type=document.content_type,
            reference_number=picture.reference_number,
            day=picture.adopted_on,
            body=picture.adopted_by,
            issued_by=document.added_by.full_name,
        )


def agreement_documents(agreement: Agreement, period: tuple) -> Iterator[Item]:
    documents = agreement.documents.filter(added_at__date__range=period).order_by("added_at", "pk")
    for document in documents.select_related("added_by").iterator():
        day = timezone.localdate(document.added_at)
        yield Item(
            kind=Kind.AGREEMENT_DOCUMENT,
            file_name=f"{day} {document.file_name}",
            title=document.title,
            read=partial(stored, document),
            media_type=document.content_type,
            reference_number=document.reference_number,
            day=day,
            body=str(agreement.municipality),
            issued_by=document.added_by.full_name,
        )


def log_attachments(agreement: Agreement, period: tuple) -> Iterator[Item]:
    attachments = attachments_of(agreement).filter(log_entry__happened_on__range=period)
    for attachment in attachments.select_related("log_entry__activity", "log_entry__created_by").iterator():
        entry = attachment.log_entry
        yield Item(
            kind=Kind.LOG_ATTACHMENT,
            file_name=f"{entry.happened_on} {attachment.file_name}",
            title=f"{attachment.file_name}, {entry.activity}",
            read=partial(stored, attachment),
            media_type=attachment.content_type,
            day=entry.happened_on,
            body=str(agreement.municipality),
            issued_by=entry.created_by.full_name,
        )


# --- Their bytes ---


def report_data(data: str) -> bytes:
    refuse_personal_data_in_data(data)
    return data.encode()


def plan_pdf(plan: ActionPlan, later: ActionPlan | None) -> bytes:
    return render_plan(plan, contents_of(plan), on=plan.decided_on, replaced_by=later)


def plan_data(plan: ActionPlan) -> bytes:
    """What the plan's checksum is of, letter for letter."""
    refuse_personal_data(texts_of(contents_of(plan)), what="Planens data")
    return canonical(plan.snapshot).encode()


def stored(document: AgreementDocument | PictureDocument | LogAttachment) -> bytes:
    with document.file.open("rb") as file:
        return file.read()


def checked(content: bytes, sha256: str) -> str:
    return "" if hashlib.sha256(content).hexdigest() == sha256 else CHANGED.format(when=WHEN_ISSUED)


def notes(*texts: str) -> str:
    return " ".join(text for text in texts if text)

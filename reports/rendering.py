"""The report as a page and as a PDF: the same templates, the same content."""

import datetime
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement
from documents.pdf import render_pdf
from privacy.leaving import refuse_personal_data_in_document
from reports.content import ReportContent, collect

STYLESHEET = "reports/report.css"


def report_context(report: ReportContent, *, by: User | None, compiled_at: datetime.datetime) -> dict:
    """What the report's templates need beside its content: who put it together, and when."""
    return {
        "report": report,
        "compiled_by": by.full_name if by else "",
        "compiled_at": compiled_at,
        "compiled_on": timezone.localdate(compiled_at),
    }


def render_follow_up_html(
    agreement: Agreement,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    by: User | None = None,
) -> str:
    """Return the report as the document that is printed.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    report = collect(agreement, starts_on=starts_on, ends_on=ends_on, as_of=as_of)
    context = report_context(report, by=by, compiled_at=timezone.localtime())
    html = render_to_string(
        "reports/follow_up_report_pdf.html", context | {"is_print": True, "portal_name": settings.PORTAL_NAME}
    )
    refuse_personal_data_in_document(html)
    return html


def render_follow_up_pdf(
    agreement: Agreement,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    by: User | None = None,
) -> bytes:
    """Return the follow-up report of a period as PDF/UA, as things stood at `as_of` (by default the period's end).

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    return render_pdf(render_follow_up_html(agreement, starts_on, ends_on, as_of, by), stylesheets=[STYLESHEET])


def report_file_name(agreement: Agreement, day: datetime.date) -> str:
    """uppfoljningsrapport-KS-2023-305-2026-06-30.pdf"""
    reference = re.sub(r"[^A-Za-z0-9]+", "-", agreement.reference_number).strip("-") or str(agreement.pk)
    return f"uppfoljningsrapport-{reference}-{day.isoformat()}.pdf"

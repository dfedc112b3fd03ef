"""A report as a page and as a PDF: the same templates, the same content."""

import datetime
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement
from documents.pdf import Attachment, render_pdf
from documents.pdf_pages import page_count
from documents.swedish_dates import date_words
from documents.swedish_words import lower_first
from privacy.leaving import refuse_personal_data_in_document
from reports.content import ReportContent, collect
from reports.figures_csv import figure_files
from reports.first_page import TitleBlock, decisions_asked, first_page, is_long
from reports.frozen import refuse_personal_data_in_data, to_json
from reports.kinds import KINDS, Kind
from reports.parts import contents_of, parts_of
from reports.status import ReportStatus

STYLESHEET = "reports/report.css"
# Who turns the pages of a longer report than this is helped by a list of what is where.
PAGES_WITHOUT_CONTENTS = 8
# How the council's page is set until it is one page: as it is, tighter, without its tables, and as small as it can be.
FITS = ("", "close", "tight", "short", "least")
SHORT_FITS = {"short", "least"}
# As many lines as a contents list on one page has room for.
LINES_OF_CONTENTS = 40
MARGIN_LENGTH = 90

KIND_LINES = {
    Kind.FOLLOW_UP: "Uppföljningsrapport",
    Kind.COUNCIL: "Rapport till kommunfullmäktige",
    Kind.PUBLIC: "Rapport till invånarna",
    Kind.FOCUS_AREA: "Rapport om ett fokusområde",
    Kind.WORKING_GROUP: "Arbetsgruppens rapport",
    Kind.CLOSING: "Slutrapport för avtalsperioden",
    Kind.PROMISES: "Lovat och hållet per part",
    Kind.GRANT: "Underlag för ansökan om bidrag",
}
FILE_NAMES = {
    Kind.FOLLOW_UP: "uppfoljningsrapport",
    Kind.COUNCIL: "rapport-till-fullmaktige",
    Kind.PUBLIC: "rapport-till-invanarna",
    Kind.FOCUS_AREA: "rapport-om-fokusomrade",
    Kind.WORKING_GROUP: "arbetsgruppens-rapport",
    Kind.CLOSING: "slutrapport",
    Kind.PROMISES: "lovat-och-hallet",
    Kind.GRANT: "underlag-for-bidrag",
}
ASKED_OF_STEERING_GROUP = {Kind.FOLLOW_UP, Kind.FOCUS_AREA, Kind.CLOSING, Kind.PROMISES}


# --- What the templates need ---


def report_context(report: ReportContent, *, status: ReportStatus) -> dict:
    """What the report's templates need: its content, its parts in order, and what it says of itself."""
    is_public = KINDS[report.kind].is_public
    stage_words = "" if status.is_issued else status.stage.value.lower()
    top = TitleBlock(
        kind_line=f"{kind_line(report)}{subject_words(report)}{f', {stage_words}' if stage_words else ''}",
        imprint=imprint(report, status, is_public=is_public),
    )
    first = first_page(report, top)
    parts = parts_of(report, first)
    return {
        "report": report,
        "status": status,
        "parts": parts,
        "contents": contents_of(parts),
        "is_public": is_public,
        "kind_line": top.kind_line,
        "heading": report.written.heading or report.title,
        "document_title": document_title(report, status),
        "document_description": (
            f"Uppföljning av {report.short_name} för perioden {report.period_words}, läget den {report.as_of_words}"
        ),
        "is_long_heading": is_long(report.written.heading or report.title),
        "imprint": top.imprint,
        "margins": margins(report, status),
        "first_page": first,
        "decisions_asked": decisions_asked(report),
        "asked_of": "av styrgruppen" if report.kind in ASKED_OF_STEERING_GROUP else "",
    }


def kind_line(report: ReportContent) -> str:
    """Which kind of report it is, as it says on its first page."""
    if report.kind == Kind.FOCUS_AREA and len(report.focus_areas) == 1:
        return f"Rapport om {lower_first(report.focus_areas[0].short_title)}"
    if report.kind == Kind.WORKING_GROUP and report.scope:
        return f"{KIND_LINES[report.kind]}: {report.scope}"
    return KIND_LINES[report.kind]


def subject_words(report: ReportContent) -> str:
    """What the focus area is called, where the report is on one that is known by its number."""
    if report.kind == Kind.FOCUS_AREA and len(report.focus_areas) == 1 and report.focus_areas[0].kicker:
        return f": {lower_first(report.focus_areas[0].title)}"
    return ""


def document_title(report: ReportContent, status: ReportStatus) -> str:
    heading = report.written.heading or f"{kind_line(report)} {report.period_words}"
    return f"{heading}, {status.reference_number or report.reference}"


def imprint(report: ReportContent, status: ReportStatus, *, is_public: bool) -> list[tuple[str, str]]:
    """The period, the day that the report stands for, whom it is for and where it comes from: labels and values."""
    made = f"{date_words(status.on)} av {status.by}" if status.by and not is_public else date_words(status.on)
    rows = [("Period", report.period_words), ("Läget den", report.as_of_words)]
    if report.written.to:
        rows.append(("Till", report.written.to))
    if status.is_issued:
        rows += [("Diarienummer", status.reference_number), ("Utfärdad", made)]
    elif not is_public:
        rows += [("Överenskommelse", report.reference_number or "Diarienummer saknas"), ("Sammanställd", made)]
    return rows


def margins(report: ReportContent, status: ReportStatus) -> dict[str, str]:
    """What stands at the top and at the foot of every page but the first."""
    line = kind_line(report)
    version = (
        f"{status.reference_number}, utfärdad {date_words(status.on)}"
        if status.is_issued
        else f"{status.stage.value}, läget den {report.as_of_words}"
    )
    texts = {
        "header": f"{line} av {report.short_name}" if report.kind == Kind.FOLLOW_UP else f"{line}, {report.reference}",
        "version": version,
        "footer": report.parties or report.agreement_title,
        "example": "Exempel: genomfört arbete, status och datum är påhittade" if report.has_example_work else "",
    }
    return {name: shortened(text) for name, text in texts.items()}


def shortened(text: str) -> str:
    return text if len(text) <= MARGIN_LENGTH else f"{text[: MARGIN_LENGTH - 1].rstrip()}…"


# --- The document ---


def render_report_html(
    report: ReportContent, *, status: ReportStatus, with_contents: bool = False, fit: str = ""
) -> str:
    """Return the report as the document that is printed.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    context = report_context(report, status=status)
    lines = sum(1 + len(entry.entries) for entry in context["contents"])
    html = render_to_string(
        "reports/follow_up_report_pdf.html",
        context
        | {
            "is_print": True,
            "portal_name": settings.PORTAL_NAME,
            "with_contents": with_contents,
            "contents_in_full": lines <= LINES_OF_CONTENTS,
            "fit": fit,
            "is_short": fit in SHORT_FITS,
        },
    )
    refuse_personal_data_in_document(html)
    return html


def render_report_pdf(report: ReportContent, *, status: ReportStatus) -> bytes:
    """Return the report as PDF; the same report with the same status gives the same bytes.

    The file carries what the report was made from as data, and its numbers as tables.

    Whether it is long enough for a contents list is guessed before it is laid out; only where that was wrong is it laid
    out once more.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    files = attachments_of(report, status)
    if report.council:
        return render_one_page(report, status, files)
    with_contents = estimated_pages(report) > PAGES_WITHOUT_CONTENTS
    pdf = laid_out(report, status, files, with_contents=with_contents)
    # The list itself takes a page at most.
    pages = page_count(pdf) - with_contents
    if with_contents != (pages > PAGES_WITHOUT_CONTENTS):
        pdf = laid_out(report, status, files, with_contents=not with_contents)
    return pdf


def render_one_page(report: ReportContent, status: ReportStatus, files: list[Attachment]) -> bytes:
    """Return the council's report as one page, or as few as what people wrote in it allows."""
    for fit in FITS:
        pdf = laid_out(report, status, files, fit=fit)
        if page_count(pdf) == 1:
            break
    return pdf


def laid_out(report: ReportContent, status: ReportStatus, files: list[Attachment], **layout) -> bytes:
    html = render_report_html(report, status=status, **layout)
    return render_pdf(html, stylesheets=[STYLESHEET], attachments=files)


def attachments_of(report: ReportContent, status: ReportStatus) -> list[Attachment]:
    """The files that the PDF carries: the data that the report was made from, and its numbers as tables.

    Raises:
        PersonalDataLeaving: a text in the data holds a personal number.
    """
    data = to_json(report)
    refuse_personal_data_in_data(data)
    return [
        Attachment("data.json", data.encode(), "application/json", "Rapportens innehåll som data", "Source", status.at),
        *(
            Attachment(file.name, file.content, "text/csv", file.description, "Data", status.at)
            for file in figure_files(report)
        ),
    ]


def estimated_pages(report: ReportContent) -> float:
    """About how many pages a report takes, without laying it out."""
    shown = set(report.sections)
    pages = 1.0 + (len(report.written.summary) + len(report.written.conclusions)) / 3500
    if "focus_areas" in shown:
        for focus_area in report.focus_areas:
            pages += 0.25 + len(focus_area.goals) / 14 + len(focus_area.charts) / 3
            pages += sum(0.3 + (len(each.done) + 3 * len(each.follow_ups)) / 40 for each in focus_area.activities)
    if "promised" in shown:
        pages += sum(len(group.lines) for group in report.promised) / 28
    if "situation" in shown and report.situation:
        pages += 0.4 + len(report.situation.trends) / 16 + len(report.situation.points) / 40
    if "decisions" in shown:
        pages += 0.3 + sum(len(group.decisions) for group in report.decided.groups) / 18
    if "child_interests" in shown:
        pages += 0.15 + len(report.child_interests) / 15
    if "law" in shown:
        pages += 1.2
    if "notes" in shown:
        pages += 0.7 + len(report.definitions) / 30
    if "plan" in shown:
        pages += 0.5 + sum(len(focus_area.activities) for focus_area in report.focus_areas) / 9
    return pages


# --- A period that nobody has written a report on ---


def render_follow_up_html(
    agreement: Agreement,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    by: User | None = None,
) -> str:
    """Return the working copy of a period's follow-up report as the document that is printed.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    report = collect(agreement, starts_on=starts_on, ends_on=ends_on, as_of=as_of)
    return render_report_html(report, status=working_copy(by))


def render_follow_up_pdf(
    agreement: Agreement,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    by: User | None = None,
) -> bytes:
    """Return the working copy of a period's follow-up report, as things stood at `as_of` (by default its end).

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    report = collect(agreement, starts_on=starts_on, ends_on=ends_on, as_of=as_of)
    return render_report_pdf(report, status=working_copy(by))


def working_copy(by: User | None) -> ReportStatus:
    return ReportStatus.working_copy(at=timezone.localtime(), by=by.full_name if by else "")


def report_file_name(agreement: Agreement, day: datetime.date, *, kind: str = Kind.FOLLOW_UP) -> str:
    """uppfoljningsrapport-KS-2023-305-2026-06-30.pdf, rapport-till-fullmaktige-…"""
    reference = re.sub(r"[^A-Za-z0-9]+", "-", agreement.reference_number).strip("-") or str(agreement.pk)
    return f"{FILE_NAMES[kind]}-{reference}-{day.isoformat()}.pdf"

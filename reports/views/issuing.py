"""Issuing a report, watching it happen, and what is stored of it afterwards."""

import re

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.generic import TemplateView, View

from agreements.pages import FormPage, SubjectMixin
from documents.swedish_words import counted, joined
from reports.access import Capability
from reports.content.collecting import moment_words
from reports.content.snapshot import end_of_day
from reports.draft_checksum import draft_checksum
from reports.drafting import correction_checks, police_checks, word_checks
from reports.forms.issuing import IssueForm
from reports.issuing_progress import progress_of
from reports.kinds import Section, chosen_sections
from reports.models import Report
from reports.operations.issuing import request_issuing
from reports.operations.locks import is_being_issued, issuing_job_of
from reports.operations.reading import note_reading
from reports.previous import previous_report

MENU = {"menu_current": "reports"}


class ReportIssue(FormPage):
    """What will be frozen, under which number, and to whom it goes."""

    subject_model = Report
    capability = Capability.ISSUE_REPORT
    template_name = "reports/report_issue.html"
    form_class = IssueForm
    heading = "Utfärda rapporten"
    submit_label = "Utfärda rapporten"
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "issuing_job", "replaces", "group")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.subject, "today": self.today}

    def get(self, request, *args, **kwargs):
        return self.way_on() or super().get(request, *args, **kwargs)

    def receive(self, request):
        return self.way_on() or super().receive(request)

    def way_on(self) -> HttpResponse | None:
        """To the report, where it is issued already, or to where one sees it happen."""
        if self.subject.is_issued or is_being_issued(self.subject):
            return HttpResponseRedirect(self.get_success_url())
        return None

    def perform(self, form):
        request_issuing(
            report=self.subject,
            **form.cleaned_data,
            by=self.request.user,
            today=self.today,
            read=self.request.POST.get("read", ""),
        )

    def get_success_url(self):
        return reverse("reports:report_issuing", args=[self.subject.pk])

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def get_context_data(self, **context):
        report = self.subject
        sections = chosen_sections(report)
        compares = Section.SINCE_LAST in sections
        checks = [*word_checks(report), *police_checks(report), *correction_checks(report)]
        return super().get_context_data(
            # Anew each time that the page is shown, so that what somebody writes meanwhile is noticed.
            read=draft_checksum(report),
            stands_for=moment_words(min(end_of_day(report.stands_for), timezone.now())),
            section_names=joined(section.label for section in sections) or "Inget avsnitt är valt",
            compares=compares,
            previous=previous_report(report) if compares else None,
            missing=[check for check in checks if not check.is_done],
            job=issuing_job_of(report),
            **context,
        )


class ReportIssuing(SubjectMixin, TemplateView):
    """How far the issuing has come. Asks again by itself; without JavaScript there is a link."""

    subject_model = Report
    capability = Capability.ISSUE_REPORT
    template_name = "reports/report_issuing.html"
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "issuing_job")

    def get(self, request, *args, **kwargs):
        is_asking_again = "HX-Request" in request.headers
        progress = progress_of(self.subject, now=timezone.now())
        if self.subject.is_issued:
            if progress and progress.is_just_done:
                messages.success(request, "Rapporten är utfärdad.")
                self.tell_of_mails()
            return go(self.subject.get_absolute_url(), by_script=is_asking_again)
        if progress is None:
            return go(reverse("reports:report_issue", args=[self.subject.pk]), by_script=is_asking_again)
        if is_asking_again and not progress.goes_on:
            return go(request.path, by_script=True)
        if is_asking_again and request.GET.get("steg") == progress.key:
            return HttpResponse(status=204)
        return self.render_to_response(self.get_context_data(progress=progress))

    def tell_of_mails(self) -> None:
        """Say that some have not been sent the link, and where the reasons stand."""
        if count := self.subject.deliveries.filter(sent_at=None).exclude(error="").count():
            people = counted(count, "mottagare", "mottagare")
            messages.warning(
                self.request, f"Länken är inte skickad till {people}. Skälen står under Vilka har läst den?"
            )


def go(address: str, *, by_script: bool) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if by_script else HttpResponseRedirect(address)


class StoredFile(SubjectMixin, View):
    """A file as it was stored when the report was issued. A browser may keep it, but asks each time it shows it."""

    subject_model = Report
    capability = Capability.READ_REPORT
    field = ""
    content_type = ""
    ending = ""

    def get_subjects(self):
        issued = super().get_subjects().issued().select_related("agreement__municipality", "document")
        return issued.defer("document__data", "document__pdf")

    def get(self, request, *args, **kwargs):
        etag = quote_etag(getattr(self.subject.document, f"{self.field}_sha256"))
        response = get_conditional_response(request, etag=etag) or self.whole_file()
        response.headers["ETag"] = etag
        return response

    def whole_file(self) -> HttpResponse:
        stored = getattr(self.subject.document, self.field)
        name = stored_file_name(self.subject, self.ending)
        return HttpResponse(
            # PostgreSQL hands bytes over as a view of its memory.
            stored.encode() if isinstance(stored, str) else bytes(stored),
            content_type=self.content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class ReportPdf(StoredFile):
    field = "pdf"
    content_type = "application/pdf"
    ending = "pdf"

    def get(self, request, *args, **kwargs):
        if request.method == "GET":
            note_reading(report=self.subject, user=request.user, now=timezone.now())
        return super().get(request, *args, **kwargs)


class ReportData(StoredFile):
    field = "data"
    content_type = "application/json"
    ending = "json"


def stored_file_name(report: Report, ending: str) -> str:
    """rapport-KS-2026-411-2026-06-30.pdf"""
    number = re.sub(r"[^A-Za-z0-9]+", "-", report.reference_number).strip("-")
    return f"rapport-{number}-{report.ends_on.isoformat()}.{ending}"

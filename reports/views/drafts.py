"""Reports: begun, written, commented on, read, and begun again as corrections."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from agreements.access import Refused, require_unlocked
from agreements.costly_pages import CostlyFileMixin, CostlyMixin
from agreements.forms.pictures import ConfirmForm
from agreements.models import Agreement
from agreements.pages import EditPage, FormPage, SubjectMixin
from documents.swedish_dates import date_words
from focus_areas.models import FocusArea
from reports.access import Capability
from reports.compiling import compile_report
from reports.corrections import replacement_of
from reports.drafting import (
    checks_before_issuing,
    commented_focus_areas,
    has_words_of_replaced,
    missing_words,
    version_of_words,
)
from reports.forms.drafts import CorrectionForm, PoliceCommentForm, ReportForm, ReportStartForm
from reports.forms.periods import FollowUpPeriodForm
from reports.issued_pages import read_issued
from reports.kinds import kind_of
from reports.models import Report
from reports.operations.drafts import (
    COMMENTED,
    NO_PARTYS_OWN,
    NOT_ISSUED,
    delete_report,
    refuse_correction,
    save_comment,
    save_report,
    start_correction,
    start_report,
)
from reports.operations.locks import is_being_issued, issuing_job_of, why_locked
from reports.operations.reading import note_reading
from reports.periods import usual_period
from reports.rendering import render_report_pdf, report_context, report_file_name
from reports.status import ReportStatus

MENU = {"menu_current": "reports"}
STILL_HERE = "Det du skrev är inte sparat men står kvar nedan, så att du kan kopiera det."


@dataclass(frozen=True)
class Action:
    """A button on a draft's page."""

    label: str
    route: str
    report: Report

    @property
    def url(self) -> str:
        return reverse(self.route, args=[self.report.pk])


class ReportMixin(SubjectMixin):
    """A page about a report; a draft is read by those who write it."""

    subject_model = Report
    capability = Capability.READ_REPORT
    extra_context = MENU

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related(
                "agreement__municipality",
                "focus_area",
                "group",
                "meeting__group",
                "issued_by",
                "police_commented_by",
                "replaces",
                "replaced_by",
                "issuing_job",
            )
        )


class DraftMixin(ReportMixin):
    """A page that writes in a draft. What is issued, or is being issued, is not written in."""

    capability = Capability.WRITE_REPORT

    def check_access(self):
        super().check_access()
        if reason := self.why_refused():
            raise Refused(reason, locked=self.subject)

    def why_refused(self) -> str:
        return why_locked(self.subject)


class WritingMixin(DraftMixin):
    """A form that may stand open while the report is issued: it is refused then, and what stands in it is not lost."""

    def why_refused(self):
        return "" if self.request.method == "POST" else super().why_refused()

    def receive(self, request):
        reason = why_locked(self.subject)
        if not reason:
            return super().receive(request)
        form = self.get_form()
        form.add_error(None, f"{reason} {STILL_HERE}")
        return self.render_to_response(self.get_context_data(form=form), status=403)

    def fresh_instance(self):
        """As it is saved; a form writes into the one it is given."""
        return self.get_subject()


# --- Read ---


class ReportDetail(CostlyMixin, ReportMixin, TemplateView):
    """A draft as its writers work with it; an issued report as it was frozen."""

    alone = False

    def get_template_names(self):
        return ["reports/report_detail.html" if self.subject.is_issued else "reports/report_draft.html"]

    def get_context_data(self, **context):
        report = self.subject
        read = self.read_issued if report.is_issued else self.read_draft
        return super().get_context_data(**self.common() | read() | context)

    def common(self) -> dict[str, object]:
        is_open = not self.subject.agreement.is_closed
        return {
            "can_write": is_open and self.may(Capability.WRITE_REPORT),
            "can_issue": is_open and self.may(Capability.ISSUE_REPORT),
            "can_comment": is_open and self.may(Capability.COMMENT_REPORT),
            "replacement": self.readable_replacement(),
        }

    def readable_replacement(self) -> Report | None:
        replacement = replacement_of(self.subject)
        return replacement if replacement and self.request.user.has_perm(Capability.READ_REPORT, replacement) else None

    def read_draft(self) -> dict[str, object]:
        report, now = self.subject, timezone.localtime()
        content = compile_report(report)
        checks = checks_before_issuing(report, content)
        job = issuing_job_of(report)
        return report_context(content, status=ReportStatus.draft(at=now)) | {
            "checks": checks,
            "missing_words": missing_words(checks),
            "job": job,
            "is_being_issued": is_being_issued(report),
            "may_change": not why_locked(report),
            "draft_actions": self.draft_actions(),
        }

    def draft_actions(self) -> list[Action]:
        """The likely next one first: the police's words, the coordinator's, and then to issue it."""
        report = self.subject
        write = Action("Skriv rapporten", "reports:report_update", report)
        actions = [write]
        # The residents' report is not the place for one party's own words (docs/adr/0025).
        if self.may(Capability.COMMENT_REPORT) and not kind_of(report).is_public:
            comment = Action("Kommentera för polisen", "reports:report_police_comment", report)
            actions.insert(1 if report.police_comment else 0, comment)
        if self.may(Capability.ISSUE_REPORT):
            issue = Action("Utfärda rapporten", "reports:report_issue", report)
            is_written = report.summary and report.conclusions and not has_words_of_replaced(report)
            actions.insert(0 if is_written else len(actions), issue)
        return actions

    def read_issued(self) -> dict[str, object]:
        if self.request.method == "GET":
            note_reading(report=self.subject, user=self.request.user, now=timezone.now())
        issued = read_issued(self.subject)
        context = {"issued": issued, "sees_readers": self.may(Capability.SEE_READERS)}
        return context | (report_context(issued.content, status=issued.status) if issued.content else {})


class ReportDraftPdf(CostlyFileMixin, ReportMixin, View):
    """The draft as it would be printed now."""

    capability = Capability.WRITE_REPORT
    as_attachment = False

    def lead_elsewhere(self):
        return HttpResponseRedirect(self.subject.get_absolute_url()) if self.subject.is_issued else None

    def make(self):
        status = ReportStatus.draft(at=timezone.localtime(), by=self.request.user.full_name)
        return render_report_pdf(compile_report(self.subject), status=status)

    def get_file_name(self):
        report = self.subject
        return f"utkast-{report_file_name(report.agreement, report.ends_on, kind=report.kind)}"


# --- Begin ---


class ReportCreate(FormPage):
    subject_model = Agreement
    capability = Capability.WRITE_REPORT
    form_class = ReportStartForm
    template_name = "reports/report_start.html"
    heading = "Ny rapport"
    intro = "Portalen samlar in uppgifterna om perioden. Du skriver det som bara du kan säga."
    submit_label = "Börja skriva"
    success_message = "Utkastet är påbörjat. Det läses av samordnaren och kommunpolisen tills rapporten är utfärdad."
    extra_context = MENU

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": Report(agreement=self.subject),
            "agreement": self.subject,
            "today": self.today,
            "has_own_period": self.own_period.is_valid(),
        }

    @cached_property
    def own_period(self) -> FollowUpPeriodForm:
        """The period that the address asks for, if it does."""
        return FollowUpPeriodForm(self.request.GET, today=self.today)

    def get_initial(self):
        asked = self.request.GET.get("slag")
        kind = asked if asked in Report.Kind.values else Report.Kind.FOLLOW_UP
        usual = usual_period(kind, self.subject, today=self.today)
        own = self.own_period
        starts_on, ends_on = own.period if own.is_valid() else (usual.starts_on, usual.ends_on)
        return super().get_initial() | {
            "kind": kind,
            "starts_on": starts_on,
            "ends_on": ends_on,
        }

    def get_success_url(self):
        return reverse("reports:report_list") + f"?overenskommelse={self.subject.pk}"

    def perform(self, form):
        return start_report(report=form.instance, by=self.request.user, today=self.today)


# --- Write ---


class ReportUpdate(WritingMixin, EditPage):
    form_class = ReportForm
    template_name = "reports/report_form.html"
    heading = "Skriv rapporten"
    intro = "Utkastet läses av samordnaren och kommunpolisen tills rapporten är utfärdad."
    submit_label = "Spara utkastet"
    success_message = "Utkastet är sparat."

    @property
    def focus_areas(self) -> list[FocusArea]:
        return commented_focus_areas(self.subject)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"focus_areas": self.focus_areas, "today": self.today}

    def get_version(self):
        return version_of_words(self.fresh_instance())

    def perform(self, form):
        save_report(report=form.instance, comments=form.comments, by=self.request.user, today=self.today)

    def show_both(self, differences, current):
        newest = (
            self.subject.history.exclude(history_change_reason=COMMENTED)
            .select_related("history_user")
            .order_by("-history_date", "-history_id")
            .first()
        )
        return self.show_versions(
            differences,
            what=self.fresh_instance(),
            saved_by=newest.history_user,
            saved_at=newest.history_date,
            version=current,
        )


class ReportGathered(ReportMixin, TemplateView):
    """What the portal says of the period already, beside the form where the rest is written."""

    capability = Capability.WRITE_REPORT
    template_name = "reports/_gathered.html"

    def get(self, request, *args, **kwargs):
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect(self.subject.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        return super().get_context_data(gathered=compile_report(self.subject), **context)


class PoliceComment(WritingMixin, EditPage):
    """What the police say of the draft, in their own liaison's words."""

    capability = Capability.COMMENT_REPORT
    form_class = PoliceCommentForm
    template_name = "reports/report_form.html"
    heading = "Kommentera rapporten"
    intro = "Det du skriver står i rapporten under rubriken Polisens kommentar, med ditt namn."
    submit_label = "Spara kommentaren"
    success_message = "Kommentaren är sparad."

    def why_refused(self):
        return super().why_refused() or (NO_PARTYS_OWN if kind_of(self.subject).is_public else "")

    def get_version(self):
        saved = self.fresh_instance()
        return int(saved.police_commented_at.timestamp() * 1_000_000) if saved.police_commented_at else 0

    def perform(self, form):
        text = form.cleaned_data["police_comment"]
        save_comment(report=self.subject, text=text, by=self.request.user)


class ReportDelete(DraftMixin, FormPage):
    form_class = ConfirmForm
    template_name = "reports/report_confirm_delete.html"
    heading = "Ta bort utkastet"
    submit_label = "Ta bort utkastet"
    success_message = "Utkastet är borttaget. Att det har funnits står kvar i historiken."

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def get_success_url(self):
        return reverse("reports:report_list") + f"?overenskommelse={self.subject.agreement_id}"

    def perform(self, form):
        delete_report(report=self.subject, by=self.request.user)


# --- Put right ---


class ReportCorrect(ReportMixin, FormPage):
    """An issued report is put right by a new one that replaces it."""

    capability = Capability.WRITE_REPORT
    form_class = CorrectionForm
    template_name = "reports/report_correct.html"
    heading = "Rätta rapporten"
    submit_label = "Börja rättelsen"
    success_message = "Rättelsen är påbörjad som ett utkast. Rapporten gäller tills rättelsen är utfärdad."

    @property
    def intro(self):
        day = date_words(timezone.localdate(self.subject.issued_at))
        return (
            f"”{self.subject}” utfärdades den {day} och ändras inte. Rättelsen börjar som en kopia av dess texter, och "
            "ersätter den när den utfärdas. Båda går att läsa."
        )

    def check_access(self):
        super().check_access()
        if self.subject.is_draft:
            raise Refused(NOT_ISSUED, locked=self.subject)

    def get(self, request, *args, **kwargs):
        replacement = replacement_of(self.subject)
        if replacement is None:
            return super().get(request, *args, **kwargs)
        require_unlocked(self.subject)
        messages.info(request, "Rapporten har redan en rättelse.")
        return HttpResponseRedirect(replacement.get_absolute_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.subject}

    def perform(self, form):
        refuse_correction(self.subject)
        return start_correction(report=self.subject, reason=form.cleaned_data["reason"], by=self.request.user)

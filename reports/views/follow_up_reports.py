import datetime

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from agreements.costly_pages import CostlyFileMixin, CostlyMixin
from agreements.models import Agreement
from agreements.pages import SubjectMixin
from reports.access import Capability
from reports.content import collect
from reports.forms.periods import FollowUpPeriodForm
from reports.periods import usual_periods
from reports.rendering import render_follow_up_pdf, report_context, report_file_name, working_copy
from reports.views.listing import list_context


class ReportMixin(SubjectMixin):
    """A report on one agreement, of the period in the address; without one, the newest of the usual periods."""

    subject_model = Agreement
    capability = Capability.READ_REPORT

    def get_form(self) -> FollowUpPeriodForm:
        today = timezone.localdate()
        chosen = {name: self.request.GET[name] for name in ("fran", "till") if name in self.request.GET}
        return FollowUpPeriodForm(chosen or usual_periods(self.subject, today=today)[0].choices, today=today)


class FollowUpReport(CostlyMixin, ReportMixin, TemplateView):
    alone = False
    template_name = "reports/follow_up_report.html"

    def get(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            return self.ask_again(form)
        starts_on, ends_on = form.period
        report = collect(self.subject, starts_on=starts_on, ends_on=ends_on)
        context = report_context(report, status=working_copy(request.user))
        return self.render_to_response(self.get_context_data(form=form, menu_current="reports", **context))

    def ask_again(self, form):
        return self.response_class(
            self.request, "reports/report_list.html", list_context(self.request, self.subject, form=form), status=400
        )


class FollowUpReportPdf(CostlyFileMixin, ReportMixin, View):
    @cached_property
    def form(self) -> FollowUpPeriodForm:
        return self.get_form()

    def lead_elsewhere(self):
        if self.form.is_valid():
            return None
        page = reverse("reports:follow_up_report", args=[self.subject.pk])
        return HttpResponseRedirect(f"{page}?{self.request.GET.urlencode()}")

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        self.form.full_clean()
        return self.form.period

    def make(self):
        return render_follow_up_pdf(self.subject, *self.period, by=self.request.user)

    def get_file_name(self):
        _, ends_on = self.period
        return report_file_name(self.subject, ends_on)

    def get_refused_url(self):
        return reverse("reports:report_list") + f"?overenskommelse={self.subject.pk}"

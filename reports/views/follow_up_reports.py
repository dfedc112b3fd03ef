import logging

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.models import Agreement
from agreements.pages import SubjectMixin
from privacy.leaving import PersonalDataLeaving
from reports.access import Capability
from reports.content import collect
from reports.forms.periods import FollowUpPeriodForm
from reports.periods import usual_periods
from reports.rendering import render_follow_up_pdf, report_context, report_file_name, working_copy
from reports.views.listing import list_context

logger = logging.getLogger("reports")


class ReportMixin(SubjectMixin):
    """A report on one agreement, of the period in the address; without one, the newest of the usual periods."""

    subject_model = Agreement
    capability = Capability.READ_REPORT

    def get_form(self) -> FollowUpPeriodForm:
        today = timezone.localdate()
        chosen = {name: self.request.GET[name] for name in ("fran", "till") if name in self.request.GET}
        return FollowUpPeriodForm(chosen or usual_periods(self.subject, today=today)[0].choices, today=today)


class FollowUpReport(ReportMixin, TemplateView):
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


class FollowUpReportPdf(ReportMixin, View):
    def get(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            page = reverse("reports:follow_up_report", args=[self.subject.pk])
            return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}")
        starts_on, ends_on = form.period
        try:
            pdf = render_follow_up_pdf(self.subject, starts_on, ends_on, by=request.user)
        except PersonalDataLeaving as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("reports:report_list") + f"?overenskommelse={self.subject.pk}")
        logger.info("follow-up report of agreement %s, %s to %s, %s bytes", self.subject.pk, *form.period, len(pdf))
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{report_file_name(self.subject, ends_on)}"',
                "Cache-Control": "private, no-store",
            },
        )

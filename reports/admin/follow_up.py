"""The follow-up report as an action on the register of agreements, added from the floor above."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from agreements.access import refusal
from agreements.admin import AgreementAdmin
from agreements.models import Agreement
from privacy.leaving import PersonalDataLeaving
from reports.access import Capability
from reports.periods import period_faults
from reports.rendering import render_follow_up_pdf, report_file_name

ACTION = "create_follow_up_report"


class ReportPeriodForm(forms.Form):
    """Which period the report is about: this year so far, unless said otherwise."""

    starts_on = forms.DateField(label="Från och med", widget=AdminDateWidget)
    ends_on = forms.DateField(label="Till och med", widget=AdminDateWidget)

    def clean(self):
        values = super().clean()
        faults = period_faults(values.get("starts_on"), values.get("ends_on"), today=timezone.localdate())
        if faults:
            raise ValidationError(faults)
        return values


@admin.action(description="Skapa uppföljningsrapport (PDF)", permissions=["view"])
def create_follow_up_report(model_admin, request, queryset):
    """Ask for the period, then answer with the PDF of the one agreement that is chosen."""
    agreements = list(queryset[:2])
    if len(agreements) != 1:
        return tell(model_admin, request, "Välj en överenskommelse. Rapporten gäller en i taget.")
    agreement = agreements[0]
    if not request.user.has_perm(Capability.WRITE_REPORT, agreement):
        return tell(model_admin, request, refusal(Capability.WRITE_REPORT, agreement))
    today = timezone.localdate()
    is_answered = "starts_on" in request.POST
    form = ReportPeriodForm(
        request.POST if is_answered else None, initial={"starts_on": today.replace(month=1, day=1), "ends_on": today}
    )
    if not (is_answered and form.is_valid()):
        return TemplateResponse(request, "admin/follow_up_report.html", page(model_admin, request, agreement, form))
    starts_on, ends_on = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
    try:
        pdf = render_follow_up_pdf(agreement, starts_on, ends_on, by=request.user)
    except PersonalDataLeaving as error:
        return tell(model_admin, request, error.message)
    name = report_file_name(agreement, ends_on)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def tell(model_admin, request, message: str) -> None:
    model_admin.message_user(request, message, messages.ERROR)


def page(model_admin, request, agreement: Agreement, form: ReportPeriodForm) -> dict:
    return model_admin.admin_site.each_context(request) | {
        "title": "Skapa uppföljningsrapport",
        "agreement": agreement,
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "action": ACTION,
        "checkbox_name": ACTION_CHECKBOX_NAME,
    }


AgreementAdmin.actions = [*(AgreementAdmin.actions or ()), create_follow_up_report]

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from reports.models import CouncilReport

NOT_YET = "Dagen kan inte vara i framtiden."


class CouncilReportForm(PortalFormMixin, forms.ModelForm):
    """That a report has been handed to the municipal council; the report itself is kept in the diary."""

    fields_set_by_view = ("agreement",)

    class Meta:
        model = CouncilReport
        fields = ["title", "reported_on", "paragraph", "reference_number", "comment"]
        labels = {"title": "Rapport", "paragraph": "Paragraf i fullmäktiges protokoll", "comment": "Om rapporten"}
        help_texts = {"title": "Till exempel Årsrapport 2026.", "reported_on": "Den dag fullmäktige fick rapporten."}

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_reported_on(self):
        day = self.cleaned_data["reported_on"]
        if day > self.today:
            raise ValidationError(NOT_YET)
        return day

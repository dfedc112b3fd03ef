import datetime

from django import forms

from accounts.forms import PortalFormMixin
from reports.periods import period_faults


class FollowUpPeriodForm(PortalFormMixin, forms.Form):
    """Which days a follow-up report is about. Swedish field names: they stand in the address."""

    bounds_years = False

    fran = forms.DateField(label="Från och med")
    till = forms.DateField(label="Till och med")

    def __init__(self, *args, today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        faults = period_faults(cleaned.get("fran"), cleaned.get("till"), today=self.today)
        for name, fault in faults.items():
            self.add_error({"starts_on": "fran", "ends_on": "till"}[name], fault)
        return cleaned

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        return self.cleaned_data["fran"], self.cleaned_data["till"]

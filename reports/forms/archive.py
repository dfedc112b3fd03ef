import datetime

from django import forms

from accounts.forms import PortalFormMixin
from reports.periods import FIRST_DAY, LONGEST_YEARS, years_later


class ArchivePeriodForm(PortalFormMixin, forms.Form):
    """Which days an archive package is for. Swedish field names: they stand in the address."""

    fran = forms.DateField(label="Från och med")
    till = forms.DateField(label="Till och med")

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("fran"), cleaned.get("till")
        if starts_on and starts_on < FIRST_DAY:
            self.add_error("fran", f"Första dagen kan vara tidigast {FIRST_DAY.year}.")
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("till", "Sista dagen kan inte vara före den första.")
        elif starts_on and ends_on and ends_on >= years_later(starts_on, LONGEST_YEARS):
            self.add_error("till", f"Perioden kan vara högst {LONGEST_YEARS} år.")
        return cleaned

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        return self.cleaned_data["fran"], self.cleaned_data["till"]

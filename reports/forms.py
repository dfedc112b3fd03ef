import datetime

from django import forms

from accounts.forms import PortalFormMixin
from documents.swedish_dates import date_words

FIRST_DAY = datetime.date(2000, 1, 1)
LONGEST_YEARS = 10


class FollowUpPeriodForm(PortalFormMixin, forms.Form):
    """Which days a follow-up report is about. Swedish field names: they stand in the address."""

    fran = forms.DateField(label="Från och med")
    till = forms.DateField(label="Till och med")

    def __init__(self, *args, today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_fran(self):
        if self.cleaned_data["fran"] < FIRST_DAY:
            raise forms.ValidationError(f"Första dagen kan vara tidigast {date_words(FIRST_DAY)}.")
        return self.cleaned_data["fran"]

    def clean_till(self):
        if self.cleaned_data["till"] > self.today:
            raise forms.ValidationError(
                f"Sista dagen kan vara senast i dag, {date_words(self.today)}: rapporten visar det som har hänt."
            )
        return self.cleaned_data["till"]

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("fran"), cleaned.get("till")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("till", "Sista dagen kan inte vara före den första.")
        elif starts_on and ends_on and ends_on >= years_later(starts_on, LONGEST_YEARS):
            self.add_error("till", f"Perioden kan vara högst {LONGEST_YEARS} år.")
        return cleaned

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        return self.cleaned_data["fran"], self.cleaned_data["till"]


def years_later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)

"""From an observation or a trend to something that is done: prefilled, so that one step is enough."""

import datetime

from django import forms
from django.core.validators import MaxLengthValidator

from accounts.forms import PortalFormMixin
from accounts.models import Organisation
from agreements.models import Agreement
from documents.fields import TOO_LONG
from focus_areas.forms.log import NEVER_PERSONS
from focus_areas.models import Activity, LogEntry
from meetings.forms.observations import model_field
from meetings.models import ActionPoint, AgendaItem

LONGEST_NOTE = 1000


class StepActionPointForm(PortalFormMixin, forms.Form):
    text = model_field(ActionPoint, "text", label="Vad ska göras?")
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label="Ansvarig organisation")
    due_on = model_field(ActionPoint, "due_on")

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = agreement.organisations.order_by("name")


class StepAgendaItemForm(PortalFormMixin, forms.Form):
    title = model_field(AgendaItem, "title")
    description = model_field(AgendaItem, "description")


class StepLogEntryForm(PortalFormMixin, forms.Form):
    activity = forms.ModelChoiceField(queryset=Activity.objects.none(), label="Aktivitet")
    happened_on = forms.DateField(label="Dag")
    text = model_field(LogEntry, "text", help_text=NEVER_PERSONS)

    def __init__(self, *args, activities: list[Activity], today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.filter(pk__in=[activity.pk for activity in activities])
        self.fields["activity"].choices = [("", "Välj"), *((one.pk, str(one)) for one in activities)]

    def clean_happened_on(self) -> datetime.date:
        happened_on = self.cleaned_data["happened_on"]
        if happened_on > self.today:
            raise forms.ValidationError("Dagen har inte varit än. Logga det som har hänt.")
        return happened_on


class DiscussTrendForm(PortalFormMixin, forms.Form):
    """What the meeting said about a trend; may be empty, that it was discussed is enough."""

    note = model_field(AgendaItem, "minutes", label="Vad kom mötet fram till?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 2
        self.fields["note"].validators.append(MaxLengthValidator(LONGEST_NOTE, TOO_LONG))


class TrendChoiceForm(PortalFormMixin, forms.Form):
    """How far back the trends are shown, and where. All input passes a form, that of addresses too."""

    marks_optional = False
    PERIODS = (6, 13, 26)

    perioder = forms.TypedChoiceField(
        label="Visa", required=False, coerce=int, empty_value=6, choices=[(n, f"{n} perioder") for n in PERIODS]
    )
    omrade = forms.ModelChoiceField(queryset=None, label="Delområde", required=False, empty_label="Alla")

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["omrade"].queryset = agreement.areas.all()


class TrendNameForm(forms.Form):
    """Which trend an address names: a category, and an area where one is meant."""

    kategori = forms.ModelChoiceField(queryset=None)
    omrade = forms.ModelChoiceField(queryset=None, required=False)

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kategori"].queryset = agreement.observation_categories.all()
        self.fields["omrade"].queryset = agreement.areas.all()

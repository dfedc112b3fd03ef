import datetime

from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Agreement
from focus_areas.models import ActionPlan

# From July on it is the next year that is planned.
NEXT_YEAR_FROM_MONTH = 7


def proposed_title(today: datetime.date) -> str:
    """Åtgärdsplan 2027, for the year that is planned now."""
    return f"Åtgärdsplan {today.year + (today.month >= NEXT_YEAR_FROM_MONTH)}"


class ActionPlanForm(PortalFormMixin, forms.ModelForm):
    """A draft's title and what it rests on; what is in it is the living plan."""

    class Meta:
        model = ActionPlan
        fields = ["title", "based_on", "comment"]
        help_texts = {
            "based_on": "Lägesbilden ska vara fastställd när planen antas.",
            "comment": "Till exempel vad som är nytt, eller varför planen ses över.",
        }

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["based_on"].queryset = agreement.situationpictures.newest_first()
        self.fields["based_on"].empty_label = "Ingen än"

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AdoptPlanForm(PortalFormMixin, forms.ModelForm):
    """The decision on a plan."""

    class Meta:
        model = ActionPlan
        fields = ["decided_by", "decided_on", "paragraph", "reference_number"]
        help_texts = {
            "decided_by": "Till exempel styrgruppen eller kommunstyrelsen.",
            "paragraph": "Till exempel ”§ 112”.",
            "reference_number": "Till exempel ”KS/2026:412”.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, message in (("decided_by", "Ange vem som beslutade."), ("decided_on", "Ange beslutsdagen.")):
            field = self.fields[name]
            field.required = True
            field.label = ActionPlan._meta.get_field(name).verbose_name.capitalize()
            field.error_messages["required"] = message

    @property
    def decision(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

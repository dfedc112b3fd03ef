"""What is planned to be followed up, grants to account for, and what the overview of follow-ups shows."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from accounts.models import User
from agreements.forms import PersonChoiceField
from agreements.models import Agreement
from documents.fields import SwedishDecimalField
from focus_areas.follow_up_overview import OverviewRow
from focus_areas.models import Activity, Grant, PlannedFollowUp


def people_of(agreement: Agreement, *, besides: int | None = None):
    """Active people with a seat in the agreement; and whoever is chosen already."""
    seated = User.objects.filter(is_active=True, memberships__seat__group__agreement=agreement)
    return (
        (seated | User.objects.filter(pk=besides)).distinct().select_related("organisation").order_by("full_name", "pk")
    )


class PlannedFollowUpForm(PortalFormMixin, forms.ModelForm):
    """What is to be followed up of an activity, how, when and by whom."""

    fields_set_by_view = ("activity",)

    class Meta:
        model = PlannedFollowUp
        fields = ["kind", "what", "how", "due_on", "responsible"]
        field_classes = {"responsible": PersonChoiceField}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "kind": "Produktion: vad som gjordes. Process: hur det gjordes. Effekt: vad det ledde till.",
            "what": "Till exempel ”antal vandringar och deltagare”.",
            "how": "Till exempel ”enkät före och efter”.",
        }

    def __init__(self, *args, activity: Activity, today: datetime.date, **kwargs):
        self.today = today
        kwargs["instance"] = kwargs.get("instance") or PlannedFollowUp(activity=activity)
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = PlannedFollowUp._meta.get_field("kind").choices
        self.fields["responsible"].queryset = people_of(activity.agreement, besides=self.instance.responsible_id)
        self.fields["responsible"].empty_label = "Aktivitetens ansvariga"

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today and due_on != self.instance.due_on:
            raise ValidationError("Dagen har redan varit. Välj en dag som kommer.")
        return due_on


class GrantForm(PortalFormMixin, forms.ModelForm):
    """Money for an activity from somebody outside, and when its use is to be reported."""

    fields_set_by_view = ("activity",)

    class Meta:
        model = Grant
        fields = ["source", "reference_number", "amount", "starts_on", "ends_on", "report_due_on", "reported_on"]
        field_classes = {"amount": SwedishDecimalField}
        help_texts = {
            "source": "Till exempel Brottsförebyggande rådet.",
            "reported_on": "Fylls i när användningen är redovisad. Då påminner portalen inte längre.",
        }

    def __init__(self, *args, activity: Activity, today: datetime.date, **kwargs):
        self.today = today
        kwargs["instance"] = kwargs.get("instance") or Grant(activity=activity)
        super().__init__(*args, **kwargs)

    def clean_reported_on(self):
        reported_on = self.cleaned_data["reported_on"]
        if reported_on and reported_on > self.today:
            raise ValidationError("Dagen har inte varit än. Fyll i den när redovisningen är gjord.")
        return reported_on


class FollowUpFilterForm(PortalFormMixin, forms.Form):
    """Which activities the overview shows; judged row by row, as the overview has counted them."""

    marks_optional = False

    SHOWN = {
        "": "Alla",
        "forsenade": "Försenad uppföljning",
        "tysta": "Har tystnat",
        "godkannande": "Väntar på godkännande",
    }

    leds_av = forms.ModelChoiceField(queryset=None, label="Leds av", required=False, empty_label="Alla")
    visa = forms.ChoiceField(label="Visa", required=False, choices=list(SHOWN.items()))

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leds_av"].queryset = agreement.organisations.filter(
            led_activities__focus_area__agreement=agreement
        ).distinct()

    @property
    def is_filtered(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def filter(self, rows: list[OverviewRow]) -> list[OverviewRow]:
        """Narrow the rows. Of an unknown value nothing is left."""
        if not self.is_valid():
            return []
        if lead := self.cleaned_data["leds_av"]:
            rows = [row for row in rows if lead in row.activity.lead_organisations]
        match self.cleaned_data["visa"]:
            case "forsenade":
                return [row for row in rows if row.is_overdue]
            case "tysta":
                return [row for row in rows if row.is_silent]
            case "godkannande":
                return [row for row in rows if row.waiting]
        return rows

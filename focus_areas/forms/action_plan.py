import re

from django import forms
from django.db.models import F, OuterRef, Q

from accounts.forms import PortalFormMixin
from agreements.models import Agreement
from focus_areas.models import Activity, ProcessLead

UNASSESSED = "ej-bedomd"


class ActionPlanFilterForm(PortalFormMixin, forms.Form):
    """What the table of activities shows, and in which order. Unknown values are said to be wrong, not guessed at."""

    ORDERS = {
        "nummer": "nummer",
        "-nummer": "nummer, bakifrån",
        "leds-av": "leds av",
        "status": "status",
        "bedomning": "bedömning",
        "uppfoljning": "nästa uppföljning",
        "-uppfoljning": "nästa uppföljning, senast först",
    }

    marks_optional = False

    q = forms.CharField(label="Sök", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    fokusomrade = forms.ModelChoiceField(queryset=None, label="Fokusområde", required=False, empty_label="Alla")
    leds_av = forms.ModelChoiceField(queryset=None, label="Leds av", required=False, empty_label="Alla")
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alla"), *Activity.Status.choices])
    bedomning = forms.ChoiceField(
        label="Bedömning",
        required=False,
        choices=[("", "Alla")]
        + [choice for choice in Activity.Assessment.choices if choice[0]]
        + [(UNASSESSED, Activity.Assessment.NONE.label)],
    )
    sortera = forms.ChoiceField(required=False, choices=list(ORDERS.items()), widget=forms.HiddenInput)

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fokusomrade"].queryset = agreement.focus_areas.in_order()
        self.fields["leds_av"].queryset = agreement.organisations.filter(
            led_activities__focus_area__agreement=agreement
        ).distinct()

    @property
    def is_filtered(self) -> bool:
        return self.is_valid() and any(
            self.cleaned_data.get(name) for name in ("q", "fokusomrade", "leds_av", "status", "bedomning")
        )

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sortera") or "nummer"

    def filter(self, activities):
        """Narrow and order the activities. Of an unknown value nothing is left."""
        if not self.is_valid():
            return activities.none()
        chosen = self.cleaned_data
        if chosen["q"]:
            pattern = re.escape(chosen["q"])
            activities = activities.filter(
                Q(title__iregex=pattern)
                | Q(background__iregex=pattern)
                | Q(method__iregex=pattern)
                | Q(target_group__iregex=pattern)
            )
        if chosen["fokusomrade"]:
            activities = activities.filter(focus_area=chosen["fokusomrade"])
        if chosen["leds_av"]:
            activities = activities.led_by(chosen["leds_av"])
        if chosen["status"]:
            activities = activities.filter(status=chosen["status"])
        if chosen["bedomning"]:
            assessment = "" if chosen["bedomning"] == UNASSESSED else chosen["bedomning"]
            activities = activities.filter(assessment=assessment)
        return self._ordered(activities)

    def _ordered(self, activities):
        by_number = activities.in_order()
        match self.order:
            case "-nummer":
                return by_number.reverse()
            case "leds-av":
                first_lead = ProcessLead.objects.filter(activity=OuterRef("pk")).order_by("position")
                return activities.annotate(first_lead=first_lead.values("organisation__name")[:1]).order_by(
                    F("first_lead").asc(nulls_last=True), "pk"
                )
            case "status":
                return activities.order_by("status", "pk")
            case "bedomning":
                return activities.order_by("-assessment", "pk")
            case "uppfoljning":
                return activities.order_by(F("next_follow_up_on").asc(nulls_last=True), "pk")
            case "-uppfoljning":
                return activities.order_by(F("next_follow_up_on").desc(nulls_last=True), "pk")
            case _:
                return by_number

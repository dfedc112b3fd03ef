from django import forms

from accounts.forms import PortalFormMixin
from accounts.models import User
from agreements.forms import PersonChoiceField
from focus_areas.models import Activity, CommunicationItem, CommunicationPlan


class CommunicationPlanForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = CommunicationPlan
        fields = ["title", "is_joint", "aim", "principles", "starts_on", "ends_on"]
        labels = {"is_joint": "Det här är parternas gemensamma plan"}
        help_texts = {
            "is_joint": "Övriga planer är för enskilda ändamål, till exempel en kampanj eller ett akut läge.",
            "principles": "Vem uttalar sig om vad, och vem stämmer av med vem?",
        }


class CommunicationItemForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("plan",)
    read_by_residents = ("message", "channel")
    opened_to_residents_by = ("direction", "activity")

    class Meta:
        model = CommunicationItem
        fields = ["direction", "audience", "message", "channel", "activity", "responsible", "due_on", "done_on"]
        field_classes = {"responsible": PersonChoiceField}
        widgets = {"direction": forms.RadioSelect}
        help_texts = {
            "audience": "Till exempel boende i Arlöv, butiker, skolans personal.",
            "message": "Insatser utåt som är gjorda kan läsas av alla på sidan för invånare.",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        agreement = self.instance.plan.agreement
        self.fields["direction"].choices = CommunicationItem.Direction.choices
        self.fields["activity"].queryset = (
            Activity.objects.of(agreement).select_related("focus_area__agreement").in_order()
        )
        self.fields["activity"].empty_label = "Ingen särskild aktivitet"
        self.fields["responsible"].queryset = (
            User.objects.filter(is_active=True, memberships__seat__group__agreement=agreement)
            .distinct()
            .select_related("organisation")
            .order_by("full_name", "pk")
        )
        self.fields["responsible"].empty_label = "Ingen utsedd"

    def is_open_to_residents(self) -> bool:
        activity = self.cleaned_data.get("activity")
        is_outwards = self.cleaned_data.get("direction") == CommunicationItem.Direction.EXTERNAL
        return is_outwards and (activity is None or activity.is_public)

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > self.today:
            raise forms.ValidationError("Dagen har inte varit än.")
        return done_on

"""What is coming, and the words that observations are sorted by."""

from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Area
from meetings.models import ObservationCategory, UpcomingEvent


class EventForm(PortalFormMixin, forms.ModelForm):
    """Something that is coming, and who keeps an eye on it."""

    class Meta:
        model = UpcomingEvent
        fields = ["title", "kind", "starts_on", "ends_on", "area", "place", "watched_by", "note"]
        widgets = {"watched_by": forms.CheckboxSelectMultiple}
        labels = {"watched_by": "Vilka håller ögonen på det?"}
        help_texts = {"note": "Till exempel tider, eller vad som hände förra gången. Aldrig om enskilda personer."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agreement = self.instance.agreement
        self.fields["ends_on"].required = False
        self.fields["ends_on"].help_text = "Tomt om det är en enda dag."
        self.fields["area"].queryset = Area.objects.filter(agreement=agreement)
        self.fields["area"].empty_label = "Inget särskilt"
        self.fields["watched_by"].queryset = agreement.organisations.order_by("name")

    def clean(self):
        values = super().clean()
        if values.get("starts_on") and not values.get("ends_on") and "ends_on" not in self.errors:
            values["ends_on"] = values["starts_on"]
        return values


class CategoryForm(PortalFormMixin, forms.ModelForm):
    """A category. One that is not used any more stays with what was reported in it."""

    fields_set_by_view = ("agreement",)

    class Meta:
        model = ObservationCategory
        fields = ["name", "guidance", "position", "is_in_use"]
        help_texts = {
            "position": "Kategorin med lägst nummer står först. Tomt: sist.",
            "guidance": "En rad som står under namnet när någon rapporterar.",
            "is_in_use": "En kategori som inte används kan inte väljas. Det som har rapporterats i den finns kvar.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if not self.instance.pk:
            self.initial["position"] = None

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0


class AreaForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = Area
        fields = ["name"]

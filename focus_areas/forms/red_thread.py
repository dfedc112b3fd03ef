from django import forms

from accounts.forms import PortalFormMixin
from focus_areas.models import FocusArea
from focus_areas.thread_gaps import GapKind


class ThreadFilterForm(PortalFormMixin, forms.Form):
    """The red thread, cut down to where one kind of link is missing."""

    marks_optional = False
    lucka = forms.ChoiceField(
        label="Visa bara",
        required=False,
        choices=GapKind.choices,
        error_messages={"invalid_choice": "Det finns ingen sådan lucka. Här visas hela tråden."},
    )

    @property
    def kind(self) -> GapKind | None:
        chosen = self.is_valid() and self.cleaned_data["lucka"]
        return GapKind(chosen) if chosen else None


class ChildSummaryForm(PortalFormMixin, forms.ModelForm):
    """What the assessments of the child's best come to in a focus area."""

    fields_set_by_view = ("agreement",)

    class Meta:
        model = FocusArea
        fields = ["child_summary"]
        labels = {"child_summary": "Vad säger prövningarna tillsammans?"}
        help_texts = {
            "child_summary": "Hur berörs barn av fokusområdets aktiviteter, hur har de fått komma till tals, "
            "och vad ändrar ni?"
        }

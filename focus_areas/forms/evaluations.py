"""Evaluations: what was examined, what was found on which level, what is advised, and what the parties answer."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from focus_areas.forms.activities import SeveralField
from focus_areas.models import Activity, Evaluation, Finding, Recommendation

NOT_YET = "Dagen har inte varit än. Lämna den tom så länge."


class EvaluationForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = Evaluation
        fields = ["title", "done_by", "done_on", "method", "summary", "document"]
        help_texts = {
            "done_by": "Till exempel ett universitet, en konsult eller kommunen själv.",
            "done_on": "Lämnas tom medan utvärderingen pågår.",
            "method": "Vilka som har intervjuats i sin roll, vilka handlingar som har lästs. Inga namn.",
        }

    def __init__(self, *args, today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = self.instance.agreement.documents.all()
        self.fields["document"].empty_label = "Ingen handling"

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > self.today:
            raise ValidationError(NOT_YET)
        return done_on


class FindingForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("evaluation",)

    class Meta:
        model = Finding
        fields = ["level", "text"]
        widgets = {"level": forms.RadioSelect}
        help_texts = {
            "level": "Strategisk: styrningen. Taktisk: samordningen. Praktisk: arbetet ute i verksamheterna.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = Finding.Level.choices


class RecommendationForm(PortalFormMixin, forms.ModelForm):
    """What is advised, and what the parties answer; no without a reason is no answer."""

    fields_set_by_view = ("evaluation",)

    class Meta:
        model = Recommendation
        fields = ["text", "finding", "answer", "reason", "activities", "done_on"]
        field_classes = {"activities": SeveralField}
        widgets = {"answer": forms.RadioSelect}
        help_texts = {
            "reason": "Behövs när rekommendationen inte genomförs.",
            "activities": "De aktiviteter som genomför rekommendationen.",
        }

    def __init__(self, *args, today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        evaluation = self.instance.evaluation
        self.fields["finding"].queryset = evaluation.findings.all()
        self.fields["finding"].empty_label = "Ingen särskild"
        self.fields["answer"].choices = Recommendation.Answer.choices
        self.fields["activities"].queryset = (
            Activity.objects.of(evaluation.agreement).select_related("focus_area").in_order()
        )

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > self.today:
            raise ValidationError(NOT_YET)
        return done_on

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("done_on") and cleaned.get("answer") == Recommendation.Answer.DECLINED:
            self.add_error("done_on", "Det som inte genomförs kan inte vara genomfört. Ändra svaret eller dagen.")
        return cleaned

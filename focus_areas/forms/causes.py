from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Problem
from documents.fields import ProseFormField
from documents.written_text import comparison_key
from focus_areas.models import Cause, CauseAnalysis
from focus_areas.operations.causes import quoted, refuse_known

MOST_ANSWERS = 20
LONGEST_ANSWER = Cause._meta.get_field("title").max_length
BULLETS = "-–•*· \t"


class CausesField(ProseFormField):
    """A question whose answer is causes, one on each line."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(widget=widget, required=False, max_length=MOST_ANSWERS * (LONGEST_ANSWER + 10), **kwargs)

    def clean(self, value) -> str:
        """The lines, without bullets; each has to be a cause's title. A text still, which the guard reads.

        Raises:
            ValidationError: a line is too long or cannot be kept, or there are too many.
        """
        lines = [" ".join(line.strip().lstrip(BULLETS).split()) for line in super().clean(value).split("\n")]
        titles = [line for line in lines if line]
        if len(titles) > MOST_ANSWERS:
            raise forms.ValidationError(f"Skriv högst {MOST_ANSWERS} orsaker här, nu är de {len(titles)}.")
        for number, title in enumerate(titles, start=1):
            if len(title) > LONGEST_ANSWER:
                raise forms.ValidationError(
                    f"Rad {number} är för lång: {len(title)} tecken av högst {LONGEST_ANSWER}. "
                    "Skriv orsaken kort; beskrivningen kan du lägga till sedan."
                )
            Cause._meta.get_field("title").run_validators(title)
        return "\n".join(titles)


class CauseAnalysisStartForm(PortalFormMixin, forms.Form):
    """Three questions, one for each leg; a cause on each line."""

    marks_optional = False
    LEGS = {"victim": Cause.Leg.VICTIM, "offender": Cause.Leg.OFFENDER, "place": Cause.Leg.PLACE}

    victim = CausesField(
        label="Vem drabbas, och varför just de?",
        help_text="Till exempel: Äldre som bor ensamma öppnar för den som ringer på.",
    )
    offender = CausesField(
        label="Vem begår brottet eller stör, och varför?",
        help_text="Skriv om grupper och drivkrafter, aldrig om enskilda personer.",
    )
    place = CausesField(
        label="Var och när händer det, och vad på platsen gör det möjligt?",
        help_text="Till exempel: Mörka stråk och skymd sikt vid stationen.",
    )

    def __init__(self, *args, problem: Problem, **kwargs):
        super().__init__(*args, **kwargs)
        self.problem = problem

    def clean(self):
        cleaned = super().clean()
        answers = [title for name in self.LEGS for title in self._titles(name)]
        if not answers and not self.errors:
            raise forms.ValidationError("Skriv minst en orsak, under någon av frågorna.")
        self._refuse_twice()
        if analysis := CauseAnalysis.objects.filter(problem=self.problem).first():
            refuse_known(analysis, answers)
        return cleaned

    def _titles(self, name: str) -> list[str]:
        return self.cleaned_data.get(name, "").splitlines()

    def _refuse_twice(self) -> None:
        """The same cause cannot stand on two lines, nor under two questions."""
        met = set()
        for name in self.LEGS:
            again = []
            for title in self._titles(name):
                if comparison_key(title) in met:
                    again.append(title)
                met.add(comparison_key(title))
            if again:
                self.add_error(name, f"{quoted(dict.fromkeys(again))} står redan på en annan rad. Behåll en av dem.")

    def answers(self) -> dict[str, list[str]]:
        return {leg: self._titles(name) for name, leg in self.LEGS.items()}


class CauseForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = Cause
        fields = ["title", "description", "leg", "kind", "evidence", "source"]
        widgets = {"leg": forms.RadioSelect, "kind": forms.RadioSelect, "evidence": forms.RadioSelect}
        labels = {"leg": "Var hör orsaken hemma?", "evidence": "Hur väl vet vi det?"}
        help_texts = {
            "title": "Kort, som den ska stå i fiskbenet.",
            "kind": "En riskfaktor bidrar till problemet, en skyddsfaktor håller det tillbaka.",
            "source": "Till exempel trygghetsmätningen 2023 eller medborgardialogen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leg"].choices = Cause.Leg.choices
        self.fields["kind"].choices = Cause.Kind.choices
        self.fields["evidence"].choices = Cause.Evidence.choices

    def clean_title(self):
        title = self.cleaned_data["title"]
        if self.instance.analysis_id:
            refuse_known(self.instance.analysis, [title], but=self.instance)
        return title


class CauseAnalysisForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("problem",)

    class Meta:
        model = CauseAnalysis
        fields = ["summary"]
        help_texts = {"summary": "Vilka orsaker väger tyngst, och hur hänger de ihop?"}


class CauseDeleteForm(PortalFormMixin, forms.Form):
    """Nothing to fill in: the button is the answer."""

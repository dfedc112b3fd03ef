"""Situation pictures, what belongs to them, and the plans under other acts beside them."""

from django import forms

from accounts.forms import PortalFormMixin, plain_label
from agreements.models import LinkedPlan, PictureDocument, PictureSource, Problem, SituationPicture
from agreements.pictures import JUDGED, SHORT_NAMES, Judged, in_order
from documents.file_types import ACCEPTED_EXTENSIONS, validate_upload

# What a criterion is called in an address.
ORDERS = {
    "vanligt": "is_common",
    "okar": "is_rising",
    "plats": "is_tied_to_place",
    "utsatta": "hits_vulnerable",
    "signalbrott": "is_signal_crime",
    "berorda": "touches_many",
    "foljder": "is_costly",
    "resurser": "has_resources",
    "paverkbart": "can_be_influenced",
}
NOT_JUDGED = "Inte bedömt"


class NewPictureForm(PortalFormMixin, forms.ModelForm):
    """Working material begins with its name; the rest is copied from the last picture, or written on its page."""

    fields_set_by_view = ("agreement", "state")

    class Meta:
        model = SituationPicture
        fields = ["title", "reference_number"]
        help_texts = {"title": "Till exempel ”Lägesbild 2026”."}


class PictureForm(PortalFormMixin, forms.ModelForm):
    """The words of a picture: the three parts that the law asks for (Lag 2023:196, 4 §)."""

    fields_set_by_view = ("agreement",)

    class Meta:
        model = SituationPicture
        fields = ["title", "reference_number", "mapping", "other_information", "analysis"]
        labels = {
            "mapping": "Kartläggning",
            "other_information": "Annat som har betydelse",
            "analysis": "Analys",
        }
        help_texts = {
            "mapping": "Brotten i kommunen: vilka, hur många, var och när, och vad de leder till. Lagens första del.",
            "other_information": "Det som påverkar tryggheten men inte är brott. Lagens andra del.",
            "analysis": "Vad kartläggningen och det övriga betyder tillsammans. Lagens tredje del.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("mapping", "other_information", "analysis")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Working material may wait for them; the law does not let them be left out.
        for name in ("mapping", "other_information", "analysis"):
            self.fields[name].label = plain_label(self.fields[name])


class SourceForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("situation_picture",)

    class Meta:
        model = PictureSource
        fields = ["title", "is_rejected", "comment"]
        labels = {"is_rejected": "Källan prövades men används inte"}
        help_texts = {
            "title": "Till exempel ”Trygghetsmätningen 2023” eller ”Samtal med fältgruppen”.",
            "comment": "En källa som väljs bort behöver ett skäl.",
        }


class ProblemForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("situation_picture",)

    class Meta:
        model = Problem
        fields = [
            "title",
            "description",
            "areas",
            "trend",
            *Problem.CRITERIA,
            *Problem.WEIGHED_WITH,
            "is_prioritised",
            "priority_reason",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "areas": forms.CheckboxSelectMultiple,
        } | dict.fromkeys(JUDGED, forms.RadioSelect)
        labels = {"is_prioritised": "Problemet är prioriterat"}
        help_texts = {
            "title": "Vad, var och när, inte vilka. Till exempel ”Otrygghet kvällstid i centrala Arlöv”.",
            "description": "Vad ni vet om problemet, utan uppgifter om enskilda.",
            "priority_reason": "Varför det går före andra, eller varför det får vänta.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = self.instance.situation_picture.agreement.areas.all()
        if not self.fields["areas"].queryset:
            del self.fields["areas"]
        for name in JUDGED:
            self.fields[name].label = Judged(name, None).question
            self.fields[name].choices = [("", NOT_JUDGED), *reversed(Problem.Judgement.choices)]
        self.fields["trend"].choices = [(value, label) for value, label in Problem.Trend.choices if value] + [
            (Problem.Trend.UNKNOWN.value, Problem.Trend.UNKNOWN.label)
        ]

    def bound(self, names) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def what(self) -> list[forms.BoundField]:
        return self.bound(("title", "description", "areas", "trend"))

    def criteria(self) -> list[forms.BoundField]:
        return self.bound(Problem.CRITERIA)

    def weighed_with(self) -> list[forms.BoundField]:
        return self.bound(Problem.WEIGHED_WITH)

    def priority(self) -> list[forms.BoundField]:
        return self.bound(("is_prioritised", "priority_reason"))


class ProblemOrderForm(PortalFormMixin, forms.Form):
    """In which order the problems are compared; kept in the address."""

    marks_optional = False

    ordna = forms.ChoiceField(
        label="Ordna efter",
        required=False,
        choices=[("", "Prioriterade först"), *((key, SHORT_NAMES[name]) for key, name in ORDERS.items())],
    )

    @property
    def order(self) -> str:
        """The key of the order asked for; nothing for the usual one, and for what is no order."""
        return self.cleaned_data.get("ordna", "") if self.is_valid() else ""

    @property
    def order_words(self) -> str:
        return dict(self.fields["ordna"].choices)[self.order].lower()

    @property
    def columns(self) -> list[dict[str, object]]:
        """What the comparison's columns are called, and the order that each gives."""
        return [{"key": key, "name": SHORT_NAMES[name], "is_chosen": key == self.order} for key, name in ORDERS.items()]

    def sort(self, problems) -> list[Problem]:
        return in_order(problems, ORDERS.get(self.order, ""))


class PictureDocumentForm(PortalFormMixin, forms.ModelForm):
    file = forms.FileField(
        label="Fil",
        validators=[validate_upload],
        help_text="PDF, Word, Excel, JPEG eller PNG, högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_EXTENSIONS)}),
    )

    class Meta:
        model = PictureDocument
        fields = ["title"]


class ConfirmForm(PortalFormMixin, forms.Form):
    """Nothing to fill in: the page says what will happen, and its button does it."""


class LinkedPlanForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = LinkedPlan
        fields = ["title", "subject", "how_connected", "reference_number", "adopted_on", "address"]
        help_texts = {
            "title": "Till exempel ”ANDTS-plan 2025–2028”.",
            "how_connected": "Vad planerna har gemensamt, och vem som håller ihop dem.",
            "address": "Där planen finns att läsa. Börjar med https://.",
        }

import datetime

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from agreements.indicator_import import MAX_BYTES, plan_import
from agreements.models import Agreement, Area, Indicator, IndicatorValue
from documents.fields import LineFormField, SwedishDecimalField
from documents.file_types import safe_file_name

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".json")


class IndicatorForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = Indicator
        fields = [
            "name",
            "description",
            "source",
            "unit",
            "lower_is_better",
            "scale_lowest",
            "scale_highest",
            "kolada_id",
        ]
        field_classes = {"scale_lowest": SwedishDecimalField, "scale_highest": SwedishDecimalField}
        labels = {"name": "Namn", "lower_is_better": "Lågt värde är bra"}
        help_texts = {
            "unit": "Till exempel index, procent eller anmälda brott per 1 000 invånare.",
            "lower_is_better": "Står i diagram och texter, så att ingen läser en nedgång som något dåligt.",
            "scale_lowest": "Om värdena ligger på en skala, som 0 till 6. Värden utanför den tas inte emot.",
            "kolada_id": "Som N07403. Behövs för att läsa in filer från Kolada.",
        }

    def clean_kolada_id(self):
        return self.cleaned_data["kolada_id"].strip().upper()

    def clean(self):
        cleaned = super().clean()
        lowest, highest = cleaned.get("scale_lowest"), cleaned.get("scale_highest")
        if self.instance.pk and lowest is not None and highest is not None and lowest < highest:
            outside = self.instance.values.exclude(value__range=(lowest, highest)).order_by("year").first()
            if outside:
                self.add_error("scale_highest", f"Värdet för {outside.year} ligger utanför den skalan.")
        return cleaned


class IndicatorValueForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("indicator",)

    class Meta:
        model = IndicatorValue
        fields = ["year", "value", "comparison", "area", "sex", "source", "note"]
        field_classes = {"value": SwedishDecimalField}
        help_texts = {
            "value": "Med decimalkomma, som 1,76. Saknas värdet för ett år läggs det inte in alls.",
            "comparison": "Till exempel Riket eller LPO Kävlinge. Tomt för kommunens egna värden.",
            "area": "Tomt för hela kommunen.",
            "source": "Var värdet står, gärna adressen till sidan.",
        }

    def __init__(self, *args, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["area"].queryset = self.instance.indicator.agreement.areas.all()
        self.fields["area"].empty_label = "Hela kommunen"
        self.fields["sex"].choices = IndicatorValue.Sex.choices

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > self.today.year:
            raise ValidationError(f"År {year} har inte varit än.")
        return year


class IndicatorFilterForm(PortalFormMixin, forms.Form):
    """Of what and of whom the chart is; offers only what there are values of."""

    marks_optional = False

    omrade = forms.ModelChoiceField(Area.objects.none(), required=False, label="Delområde", empty_label="Hela kommunen")
    kon = forms.ChoiceField(required=False, label="Kön", choices=IndicatorValue.Sex.choices)

    def __init__(self, *args, values: list[IndicatorValue], **kwargs):
        super().__init__(*args, **kwargs)
        sexes = {value.sex for value in values}
        areas = {value.area_id for value in values if value.area_id}
        self.fields["kon"].choices = [
            (sex, label) for sex, label in IndicatorValue.Sex.choices if sex in sexes or sex == ""
        ]
        self.fields["omrade"].queryset = Area.objects.filter(pk__in=areas)
        self.has_choices = bool(areas) or bool(sexes - {""})

    @property
    def chosen(self) -> dict:
        """What `chart_of` takes; the whole municipality and everybody when nothing sensible is asked for."""
        if not self.is_valid():
            return {}
        return {"area": self.cleaned_data["omrade"], "sex": self.cleaned_data["kon"]}


class IndicatorFileForm(PortalFormMixin, forms.Form):
    """Choose a file of values. One that cannot be read at all is refused here; its rows are for the preview."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        required=False,
        label="Indikator",
        empty_label="Står i filen",
        help_text="Välj en om filen bara gäller den och inte säger det själv.",
    )
    table_row = LineFormField(
        required=False,
        max_length=300,
        label="Rad i tabellen",
        help_text=(
            "Behövs bara för en tabell från till exempel SCB eller Brå där flera rader kan vara den rätta: Inbrott. "
            "Skriv Lomma; Skåne län för att ta med dem som jämförelser."
        ),
    )
    file = forms.FileField(
        label="Fil",
        help_text=f"CSV, Excel (.xlsx) eller Koladas svar (.json), högst {MAX_BYTES // 1024**2} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={
            "empty": "Filen är tom.",
            "missing": "Ingen fil kom fram. Välj den igen.",
            "invalid": "Ingen fil kom fram. Välj den igen.",
        },
    )

    def __init__(self, *args, agreement: Agreement, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement, self.today = agreement, today
        self.fields["indicator"].queryset = agreement.indicators.all()
        self.fields["file"].error_messages["required"] = "Välj en fil."

    def clean_file(self):
        """Read the file once; clean to its name and content."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            megabytes = f"{file.size / 1024**2:.1f}".replace(".", ",")
            raise ValidationError(f"Filen är {megabytes} MB. Den får vara högst {MAX_BYTES // 1024**2} MB.")
        name, content = safe_file_name(file.name), file.read()
        plan = plan_import(
            content,
            name,
            agreement=self.agreement,
            today=self.today,
            indicator=self.cleaned_data.get("indicator"),
            table_row=self.cleaned_data.get("table_row", ""),
        )
        if len(plan.faults) == 1 and plan.faults[0].row is None:
            raise ValidationError(str(plan.faults[0]))
        return name, content

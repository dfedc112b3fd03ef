"""Reporting to Örat mot marken: one or several observations at once, on a phone or at the meeting."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import get_text_list

from accounts.forms import PortalFormMixin
from accounts.models import Organisation
from agreements.forms import ReasonField, holding
from agreements.models import Agreement, Area
from meetings.models import Observation, ObservationCategory
from meetings.operations.situation import MOST_AT_ONCE, NOT_YET, TOO_MANY

NEVER_PERSONS = (
    "Plats, tid och mönster. Skriv aldrig namn, personnummer, registreringsnummer eller annat som pekar ut någon."
)
NO_AREA = "Inget särskilt"
ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5
SAID_BESIDE = "said_beside"


class OneOfField(forms.TypedChoiceField):
    """A choice among things that are at hand already, so that a form of many blocks asks the database nothing."""

    def offer(self, things: Sequence, *, empty: str | None = None, label=str) -> None:
        """Offer these, after an empty choice where one is named."""
        self.coerce = {str(thing.pk): thing for thing in things}.get
        self.empty_value = None
        self.choices = [*([("", empty)] if empty else []), *((thing.pk, label(thing)) for thing in things)]

    def prepare_value(self, value):
        return getattr(value, "pk", value)


@dataclass(frozen=True)
class Offered:
    """What a report is chosen from: the categories in use, the areas, and whom the person reports for. Read once."""

    categories: list[ObservationCategory]
    areas: list[Area]
    organisations: list[Organisation]


def model_field(model: type[models.Model], name: str, **kwargs) -> forms.Field:
    """A model's field in a form that is not the model's: with the model's own checks, and its own words for them."""
    field = model._meta.get_field(name)
    form_field = field.formfield(**kwargs)
    form_field.validators = [one for one in form_field.validators if not isinstance(one, MaxLengthValidator)]
    form_field.validators += [one for one in field.validators if one not in form_field.validators]
    return form_field


class ObservationBlock(PortalFormMixin, forms.Form):
    """One observation: what, where, when, in words. `is_compact` is for a desk, where lists are quicker than taps."""

    TAPPED = ("category", "area", "time_of_day", "severity")

    category = OneOfField(label="Kategori", widget=forms.RadioSelect)
    area = OneOfField(label="Delområde", widget=forms.RadioSelect, required=False)
    place = model_field(Observation, "place")
    occurred_from = forms.DateField(label="Från")
    occurred_to = forms.DateField(label="Till")
    text = model_field(Observation, "text", help_text=NEVER_PERSONS)
    time_of_day = forms.ChoiceField(
        label="Tid på dygnet",
        choices=[("", "Vet inte"), *Observation.TimeOfDay.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    severity = forms.ChoiceField(
        label="Hur allvarligt?", choices=Observation.Severity.choices, widget=forms.RadioSelect
    )
    is_recurring = forms.BooleanField(label="Har hänt där förut", required=False)

    def __init__(self, *args, offered: Offered, today: datetime.date, is_compact: bool = False, **kwargs):
        self.today = today
        usual = {"occurred_from": today, "occurred_to": today, "severity": Observation.Severity.LOW}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if is_compact:
            for name in self.TAPPED:
                self.fields[name].widget = forms.Select()
                self.fields[name].choices = getattr(self.fields[name], "choices", [])
        self.fields["category"].offer(
            offered.categories, empty="Välj" if is_compact else None, label=str if is_compact else with_guidance
        )
        self.fields["area"].offer(offered.areas, empty=NO_AREA)
        self.fields["text"].widget.attrs["rows"] = 2
        self.fields["text"].error_messages["required"] = "Skriv vad som har hänt."
        self.fields["severity"].error_messages["required"] = "Välj hur allvarligt det är."

    def clean(self):
        super().clean()
        check_days(self, self.cleaned_data)
        return self.cleaned_data

    @property
    def yesterday(self) -> datetime.date:
        return self.today - ONE_DAY

    @property
    def weekend(self) -> tuple[datetime.date, datetime.date]:
        """The latest Saturday and Sunday; on a Saturday, that day alone."""
        saturday = self.today - ONE_DAY * ((self.today.weekday() - SATURDAY) % 7)
        return saturday, min(saturday + ONE_DAY, self.today)

    def observation(self, *, agreement: Agreement, source: Organisation) -> Observation:
        values = {name: self.cleaned_data[name] for name in self.base_fields}
        return Observation(agreement=agreement, source=source, **values)


def with_guidance(category: ObservationCategory) -> str:
    """The name, and under it what belongs there."""
    if not category.guidance:
        return category.name
    return format_html('{} <span class="cell-note">{}</span>', category.name, category.guidance)


def check_days(form: forms.BaseForm, values: dict) -> None:
    """The days have been, in the right order; said beside the field."""
    first, last = values.get("occurred_from"), values.get("occurred_to")
    if first and first > form.today:
        form.add_error("occurred_from", NOT_YET)
    elif last and last > form.today:
        form.add_error("occurred_to", NOT_YET)
    elif first and last and last < first:
        form.add_error("occurred_to", "Sista dagen kan inte vara före den första.")


class ObservationReportForm(PortalFormMixin, forms.Form):
    """A report of 1–20 observations from one organisation. The count is looked at before any block is built."""

    organisation = OneOfField(label="Rapporteras av")
    number = forms.IntegerField(label="Antal", widget=forms.HiddenInput, min_value=1, initial=1)

    def __init__(
        self,
        *args,
        offered: Offered,
        today: datetime.date,
        own: Organisation | None = None,
        is_compact: bool = False,
        kept: dict | None = None,
        **kwargs,
    ):
        kwargs["initial"] = {"organisation": own.pk if own else None} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(offered.organisations, empty="Välj", label=lambda one: one.full_name)
        make = partial(ObservationBlock, offered=offered, today=today, is_compact=is_compact)
        self.is_too_many = self.is_bound and self._count_posted() > MOST_AT_ONCE
        if not self.is_bound or self.is_too_many:
            self.blocks = [make(prefix="0", initial=kept)]
        else:
            numbers = [number for number in range(self._count_posted()) if number == 0 or self._is_written(number)]
            self.blocks = [make(self.data, prefix=str(number)) for number in numbers]
        # What a script makes another block of.
        self.pattern = make(prefix="nummer")

    def parts(self):
        return self.blocks

    def _count_posted(self) -> int:
        """The number that is said, or the highest block that is there: whichever is more."""
        said = self.data.get("number", "")
        numbers = [int(said)] if said.isdecimal() and len(said) < 6 else [1]
        prefixes = {name.partition("-")[0] for name in self.data}
        return max(numbers + [int(prefix) + 1 for prefix in prefixes if prefix.isdecimal() and len(prefix) < 6])

    def _is_written(self, number: int) -> bool:
        """A block that was opened and left as it was is no observation."""
        return any(self.data.get(f"{number}-{name}", "").strip() for name in ("category", "text", "place"))

    def clean(self):
        super().clean()
        if self.is_too_many:
            raise ValidationError(TOO_MANY, code="too_many")
        wrong = [str(number) for number, block in enumerate(self.blocks, 1) if not block.is_valid()]
        if wrong and len(self.blocks) > 1:
            raise ValidationError(f"Rätta iakttagelse {get_text_list(wrong, 'och')}.")
        if wrong:
            raise ValidationError("Iakttagelsen går inte att spara än.", code=SAID_BESIDE)
        return self.cleaned_data

    @property
    def general_errors(self) -> list[str]:
        """What is wrong with the report as a whole; not that its only observation is wrong, which says itself how."""
        errors = self.errors.get(NON_FIELD_ERRORS)
        return [error.messages[0] for error in errors.as_data() if error.code != SAID_BESIDE] if errors else []

    def observations(self, *, agreement: Agreement) -> list[Observation]:
        source = self.cleaned_data["organisation"]
        return [block.observation(agreement=agreement, source=source) for block in self.blocks]


class ObservationUpdateForm(PortalFormMixin, forms.ModelForm):
    """Correct an observation."""

    reason_for_change = ReasonField(label="Varför ändras den?", required=False, help_text="Står i historiken.")

    class Meta:
        model = Observation
        fields = [
            "category",
            "area",
            "place",
            "occurred_from",
            "occurred_to",
            "text",
            "time_of_day",
            "severity",
            "is_recurring",
            "source",
        ]
        labels = {"severity": "Hur allvarligt?", "is_recurring": "Har hänt där förut"}
        help_texts = {"text": NEVER_PERSONS}

    def __init__(self, *args, today: datetime.date, sources: list[Organisation], **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        observation = self.instance
        self.fields["category"].queryset = observation.agreement.observation_categories.filter(
            Q(is_in_use=True) | Q(pk=observation.category_id)
        )
        self.fields["area"].queryset = Area.objects.filter(agreement=observation.agreement)
        self.fields["area"].empty_label = NO_AREA
        self.fields["source"].queryset = observation.agreement.organisations.filter(
            Q(pk__in=[one.pk for one in sources]) | Q(pk=observation.source_id)
        ).order_by("name")

    def clean(self):
        super().clean()
        check_days(self, self.cleaned_data)
        return self.cleaned_data


class ObservationDeleteForm(PortalFormMixin, forms.Form):
    reason_for_change = ReasonField(
        label="Varför tas den bort?",
        help_text="Står i historiken, till exempel ”samma händelse var inlagd två gånger”.",
    )


class ObservationFilterForm(PortalFormMixin, forms.Form):
    """Which observations the list shows. Of an unknown value nothing is left, and it is said to be wrong."""

    marks_optional = False

    q = forms.CharField(label="Sök", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kategori = forms.ModelChoiceField(queryset=None, label="Kategori", required=False, empty_label="Alla")
    omrade = forms.ModelChoiceField(queryset=None, label="Delområde", required=False, empty_label="Alla")
    kalla = forms.ModelChoiceField(queryset=None, label="Rapporterad av", required=False, empty_label="Alla")
    fran = forms.DateField(label="Från", required=False)
    till = forms.DateField(label="Till", required=False)

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kategori"].queryset = agreement.observation_categories.order_by("position", "name")
        self.fields["omrade"].queryset = Area.objects.filter(agreement=agreement)
        self.fields["kalla"].queryset = (
            agreement.organisations.filter(observations__agreement=agreement).distinct().order_by("name")
        )

    def clean(self):
        first, last = self.cleaned_data.get("fran"), self.cleaned_data.get("till")
        if first and last and last < first:
            self.add_error("till", "Sista dagen kan inte vara före den första.")
        return self.cleaned_data

    @property
    def is_filtered(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def filter(self, observations):
        """Narrow the observations to those that began within the days."""
        if not self.is_valid():
            return observations.none()
        chosen = self.cleaned_data
        if chosen["q"]:
            observations = observations.filter(holding(chosen["q"], "text", "place"))
        for name, column in (("kategori", "category"), ("omrade", "area"), ("kalla", "source")):
            if chosen[name]:
                observations = observations.filter(**{column: chosen[name]})
        if chosen["fran"]:
            observations = observations.filter(occurred_from__gte=chosen["fran"])
        if chosen["till"]:
            observations = observations.filter(occurred_from__lte=chosen["till"])
        return observations

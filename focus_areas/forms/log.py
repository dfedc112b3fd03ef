import datetime
import re

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from agreements.models import Area
from focus_areas.forms.files import SeveralFilesField
from focus_areas.models import Activity, Commitment, LogEntry

NEVER_PERSONS = "Skriv om platser och händelser, aldrig om enskilda personer."


# Most entries tell of one walk, one meeting, one visit.
MOST_OFTEN = 1


# What people write before a number that is not exact.
ABOUT = re.compile(r"^\s*(?:ca\.?|c:a|cirka|ungefär|omkring|runt)\s*(?=\d)", re.IGNORECASE)


class CountField(forms.IntegerField):
    """A number as people write it: 100, 1 500, or ca 100 (`EntryMixin.clean` notes that it is about)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value):
        return super().to_python("".join(ABOUT.sub("", value).split()) if isinstance(value, str) else value)


class EntryMixin:
    """A day that has been, and a count that belongs to a commitment: what every form for the log asks."""

    def note_about(self) -> None:
        """Let ”ca 100” in the field for the number say the same as the tick beside it; nothing is about without one."""
        written = ABOUT.match(str(self.data.get(self.add_prefix("quantity")) or ""))
        has_number = self.cleaned_data.get("quantity") is not None
        self.cleaned_data["is_about"] = has_number and bool(written or self.cleaned_data.get("is_about"))

    def with_count_for(self, commitment: Commitment | None) -> dict:
        """The cleaned data, with a count where a number was promised and none where nothing is counted towards."""
        if commitment is None:
            self.cleaned_data["quantity"] = None
        elif commitment.has_number and self.cleaned_data.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", "Fyll i hur många, eller välj inget åtagande.")
        self.note_about()
        return self.cleaned_data

    def clean_happened_on(self) -> datetime.date:
        happened_on = self.cleaned_data["happened_on"]
        if happened_on > self.today:
            raise ValidationError("Dagen har inte varit än. Logga det som har hänt.")
        if happened_on.year < 2000:
            raise ValidationError("Kontrollera året.")
        return happened_on


class LogEntryForm(EntryMixin, PortalFormMixin, forms.ModelForm):
    """Log something on one activity, or correct what was logged."""

    files = SeveralFilesField(
        label="Bilagor", required=False, help_text="PDF, Word, Excel, JPEG eller PNG, högst 10 MB var."
    )

    class Meta:
        model = LogEntry
        fields = ["happened_on", "commitment", "quantity", "is_about", "text", "participant_count", "area"]
        field_classes = {"quantity": CountField}
        widgets = {"quantity": CountField.widget}
        help_texts = {"text": NEVER_PERSONS}

    def __init__(self, *args, activity: Activity, today: datetime.date, **kwargs):
        self.today = today
        kwargs["instance"] = kwargs.get("instance") or LogEntry(activity=activity)
        new = {} if kwargs["instance"].pk else {"happened_on": today, "quantity": MOST_OFTEN}
        kwargs["initial"] = new | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = "Antal"
        self.fields["commitment"].queryset = activity.commitments.order_by("pk")
        self.fields["commitment"].empty_label = "Inget åtagande"
        self.fields["area"].queryset = Area.objects.filter(agreement=activity.focus_area.agreement)
        self.fields["area"].empty_label = "Inget särskilt"
        self.fields["text"].widget.attrs["rows"] = 2

    def clean(self):
        return self.with_count_for(super().clean().get("commitment"))


class QuickLogForm(EntryMixin, PortalFormMixin, forms.Form):
    """Log something from the start page: activity and commitment are chosen together, in one list."""

    target = forms.ChoiceField(label="Aktivitet och åtagande")
    happened_on = forms.DateField(label="Dag")
    quantity = CountField(label="Antal", required=False, min_value=0, max_value=1_000_000)
    is_about = LogEntry._meta.get_field("is_about").formfield()
    text = LogEntry._meta.get_field("text").formfield(help_text=NEVER_PERSONS)

    def __init__(self, *args, activities, today: datetime.date, **kwargs):
        self.today = today
        self.targets = {}
        kwargs["initial"] = {"happened_on": today, "quantity": MOST_OFTEN} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = "Antal"
        self.fields["target"].choices = [("", "Välj")] + [
            (str(activity), self._targets_of(activity)) for activity in activities
        ]
        self.fields["text"].widget.attrs["rows"] = 2

    def _targets_of(self, activity: Activity) -> list[tuple[str, str]]:
        options: list[tuple[str, str, Commitment | None]] = [
            (f"c{commitment.pk}", commitment.text, commitment) for commitment in activity.current_commitments
        ]
        options.append((f"a{activity.pk}", f"{activity.title}: inget åtagande", None))
        self.targets |= {key: (activity, commitment) for key, _, commitment in options}
        return [(key, label) for key, label, _ in options]

    def clean(self):
        _, commitment = self.targets.get(super().clean().get("target"), (None, None))
        return self.with_count_for(commitment)

    def entry(self) -> LogEntry:
        activity, commitment = self.targets[self.cleaned_data["target"]]
        return LogEntry(
            activity=activity,
            commitment=commitment,
            happened_on=self.cleaned_data["happened_on"],
            quantity=self.cleaned_data["quantity"],
            is_about=self.cleaned_data["is_about"],
            text=self.cleaned_data["text"],
        )

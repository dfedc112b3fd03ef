"""Drafts of reports: what they are about, and what is written in them."""

import datetime

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html

from accounts.forms import PortalFormMixin, plain_label
from agreements.models import Agreement, Group
from documents.swedish_dates import date_words
from focus_areas.models import FocusArea
from meetings.models import Meeting
from reports.kinds import KINDS, kind_of
from reports.models import FocusAreaComment, Report
from reports.periods import period_faults, usual_period

MEETINGS_OFFERED = 40
PERIOD_HINT = (
    '<p class="form-text">Ändrar du inte dagarna gäller en slutrapport hela avtalsperioden hittills och en rapport '
    "till fullmäktige innevarande år.</p>"
)
TEXT_ROWS = 6

# Which part of the agreement a kind is about.
PARTS = (
    ("focus_area", Report.Kind.FOCUS_AREA, "Välj vilket fokusområde rapporten handlar om."),
    ("group", Report.Kind.WORKING_GROUP, "Välj vilken arbetsgrupp rapporten kommer från."),
)


class MeetingChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.group.name}, {date_words(meeting.day)}"


def meetings_offered(agreement: Agreement, *, chosen: Meeting | None = None):
    """The meetings that a report can be meant for, the latest first: not those of Örat mot marken."""
    meetings = (
        Meeting.objects.of(agreement)
        .not_cancelled()
        .exclude(group__kind=Group.Kind.SITUATION)
        .order_by("-starts_at", "-pk")
    )
    keys = list(meetings.values_list("pk", flat=True)[:MEETINGS_OFFERED])
    if chosen is not None and chosen.pk not in keys:
        keys.append(chosen.pk)
    return Meeting.objects.filter(pk__in=keys).select_related("group").order_by("-starts_at", "-pk")


class PeriodMixin:
    """A form with the first and the last day of a report."""

    bounds_years = False

    def clean(self):
        cleaned = super().clean()
        faults = period_faults(
            cleaned.get("starts_on"), cleaned.get("ends_on"), stands_on=cleaned.get("stands_on"), today=self.today
        )
        for name, fault in faults.items():
            self.add_error(name, fault)
        return cleaned


class ReportStartForm(PeriodMixin, PortalFormMixin, forms.ModelForm):
    """What a new report is about: its kind, its period and, for some kinds, which part of the agreement."""

    fields_set_by_view = ("agreement",)

    meeting = MeetingChoiceField(
        queryset=Meeting.objects.none(),
        label="Till mötet",
        required=False,
        help_text="Där rapporten tas upp. Det kan väljas senare.",
    )

    class Meta:
        model = Report
        fields = ["kind", "focus_area", "group", "starts_on", "ends_on", "meeting"]
        labels = {"kind": "Vad är det för rapport?", "starts_on": "Från och med", "ends_on": "Till och med"}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, agreement: Agreement, today: datetime.date, has_own_period: bool = False, **kwargs):
        self.agreement, self.today, self.has_own_period = agreement, today, has_own_period
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, format_html('{}<span class="cell-note">{}</span>', kind.label, KINDS[kind].purpose))
            for kind in Report.Kind
        ]
        self.fields["focus_area"].queryset = agreement.focus_areas.all()
        self.fields["group"].queryset = agreement.groups.filter(kind=Group.Kind.WORKING)
        self.fields["meeting"].queryset = meetings_offered(agreement)
        for name in ("focus_area", "group"):
            self.fields[name].label = plain_label(self.fields[name])
        self.helper.layout = Layout(
            Div("kind", css_class="choices"),
            Div("focus_area", css_class="of-focus-area"),
            Div("group", css_class="of-group"),
            Div("starts_on", "ends_on", css_class="form-row"),
            *([] if has_own_period else [HTML(PERIOD_HINT)]),
            "meeting",
        )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        for name, of_kind, missing in PARTS:
            if kind != of_kind:
                # It may have been chosen before the kind was changed, and is not seen then.
                cleaned[name] = None
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, missing)
        if kind and not self.has_own_period and not {"starts_on", "ends_on"} & set(self.changed_data):
            period = usual_period(kind, self.agreement, today=self.today)
            cleaned |= {"starts_on": period.starts_on, "ends_on": period.ends_on}
        return cleaned


class ReportForm(PeriodMixin, PortalFormMixin, forms.ModelForm):
    """What is written in a draft: its words, its sections, and a comment on each focus area that it is about."""

    fields_set_by_view = ("agreement", "kind", "focus_area", "group")

    @property
    def read_by_residents(self) -> tuple[str, ...]:
        if not kind_of(self.instance).is_public:
            return ()
        return ("title", "correction_reason", "summary", "conclusions", *map(comment_name, self.focus_areas))

    meeting = MeetingChoiceField(queryset=Meeting.objects.none(), label="Till mötet", required=False)
    sections = forms.MultipleChoiceField(label="Avsnitt", widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = Report
        fields = [
            "title",
            "correction_reason",
            "summary",
            "conclusions",
            "decisions_asked",
            "sections",
            "starts_on",
            "ends_on",
            "stands_on",
            "meeting",
        ]
        labels = {"starts_on": "Från och med", "ends_on": "Till och med", "correction_reason": "Varför den rättas"}
        widgets = dict.fromkeys(("summary", "conclusions"), forms.Textarea(attrs={"rows": TEXT_ROWS})) | {
            "decisions_asked": forms.Textarea(attrs={"rows": 4})
        }
        help_texts = {
            "summary": "Vad bör läsaren veta om bara en minut finns? Några få rader får plats på första sidan.",
            "conclusions": "Håller ni det ni har lovat, och vad behöver ändras?",
        }

    def __init__(self, *args, focus_areas: list[FocusArea], today: datetime.date, **kwargs):
        self.today = today
        self.focus_areas = focus_areas
        super().__init__(*args, **kwargs)
        report, kind = self.instance, kind_of(self.instance)
        self.fields["meeting"].queryset = meetings_offered(report.agreement, chosen=report.meeting)
        self.fields["sections"].choices = [(section.value, section.label) for section in kind.possible]
        if kind.optional:
            names = ", ".join(section.label for section in kind.optional)
            self.fields["sections"].help_text = f"Brukar inte vara med i en sådan rapport: {names}."
        if report.replaces_id is None:
            del self.fields["correction_reason"]
        else:
            reason = self.fields["correction_reason"]
            reason.label, reason.required = plain_label(reason), True
            self._dress(reason)
        if kind.is_public:
            del self.fields["decisions_asked"]
        comments = self.saved_comments()
        for focus_area in focus_areas:
            self.fields[comment_name(focus_area)] = comment_field(focus_area, initial=comments.get(focus_area.pk, ""))
            self._dress(self.fields[comment_name(focus_area)])
        for name, field in self.fields.items():
            if name != "meeting":
                field.label = plain_label(field)
        self.helper.layout = self.laid_out()

    def saved_comments(self) -> dict[int, str]:
        return {comment.focus_area_id: comment.text for comment in self.instance.focus_area_comments.all()}

    def laid_out(self) -> Layout:
        words = [name for name in ("summary", "conclusions", "decisions_asked") if name in self.fields]
        first = [name for name in ("title", "correction_reason") if name in self.fields]
        parts = [*first, Fieldset("Orden", *words)]
        if self.focus_areas:
            parts.append(Fieldset("Om varje fokusområde", *map(comment_name, self.focus_areas)))
        return Layout(
            *parts,
            Fieldset(
                "Vad som är med",
                "sections",
                Div("starts_on", "ends_on", css_class="form-row"),
                "stands_on",
                "meeting",
            ),
        )

    def clean_sections(self) -> list[str]:
        chosen = self.cleaned_data["sections"]
        return [section.value for section in kind_of(self.instance).possible if section.value in chosen]

    @property
    def comments(self) -> dict[FocusArea, str]:
        return {focus_area: self.cleaned_data[comment_name(focus_area)] for focus_area in self.focus_areas}


def comment_name(focus_area: FocusArea) -> str:
    return f"comment_{focus_area.pk}"


def comment_field(focus_area: FocusArea, *, initial: str) -> forms.Field:
    model_field = FocusAreaComment._meta.get_field("text")
    validators = [one for one in model_field.validators if not isinstance(one, MaxLengthValidator)]
    return model_field.formfield(label=str(focus_area), required=False, initial=initial, validators=validators)


class PoliceCommentForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["police_comment"]
        widgets = {"police_comment": forms.Textarea(attrs={"rows": 10})}
        labels = {"police_comment": "Polisens kommentar"}
        help_texts = {"police_comment": "Lämna tomt om polisen inte har något att tillägga."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["police_comment"].label = "Polisens kommentar"


class CorrectionForm(PortalFormMixin, forms.Form):
    """Why an issued report is put right."""

    read_by_residents = ("reason",)

    reason = forms.CharField(
        label="Varför rapporten rättas",
        max_length=Report._meta.get_field("correction_reason").max_length,
        validators=Report._meta.get_field("correction_reason").validators[:],
        help_text="Står överst i den rättade rapporten och vid den gamla.",
        widget=forms.TextInput,
    )

    def __init__(self, *args, report: Report, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report

    def is_open_to_residents(self) -> bool:
        return kind_of(self.report).is_public

from itertools import groupby

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator

from accounts.forms import PortalFormMixin
from accounts.models import Organisation, User
from agreements.forms import PersonChoiceField
from agreements.models import Agreement, Group, SituationPicture
from documents.fields import SwedishDecimalField
from focus_areas.models import Activity, Cause, FocusArea

RESPONSIBLE_NEEDED = "Välj vem som är ansvarig. Åtgärdsplanen är antagen, och då ska varje aktivitet ha någon."


class SeveralField(forms.ModelMultipleChoiceField):
    """Several to choose among; a number too large for the database is no choice, rather than an error."""

    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError as error:
            message = self.error_messages["invalid_choice"]
            raise forms.ValidationError(message, "invalid_choice", {"value": "…"}) from error


class GroupedByProblem(ModelChoiceIterator):
    """Causes as a form offers them: problem by problem."""

    def __iter__(self):
        causes = self.queryset.select_related("analysis__problem").order_by(
            "-analysis__problem__is_prioritised", "analysis__problem", "leg", "kind", "pk"
        )
        for problem, group in groupby(causes, key=lambda cause: cause.analysis.problem):
            yield problem.title, [self.choice(cause) for cause in group]


class OrganisationsField(SeveralField):
    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.full_name


class CausesField(SeveralField):
    """Causes under the problem that they are causes of."""

    iterator = GroupedByProblem


class ActivityForm(PortalFormMixin, forms.ModelForm):
    """An activity's facts; who leads it and who takes part."""

    fields_set_by_view = ("focus_area",)
    read_by_residents = ("title", "public_text")
    opened_to_residents_by = ("is_public",)
    process_lead = OrganisationsField(Organisation.objects.none(), label="Leds av", required=False)
    participants = OrganisationsField(Organisation.objects.none(), label="Deltar", required=False)
    reason_for_change = forms.CharField(
        label="Skäl till ändringen",
        required=False,
        max_length=300,
        help_text="Sparas i historiken. Behövs när start- eller slutdatum flyttas.",
    )

    class Meta:
        model = Activity
        fields = [
            "number",
            "title",
            "background",
            "method",
            "expected_effect",
            "level",
            "approach",
            "target_group",
            "areas",
            "process_lead_note",
            "responsible",
            "working_group",
            "starts_on",
            "ends_on",
            "goals",
            "causes",
            "follow_up_method",
            "follow_up_interval_months",
            "next_follow_up_on",
            "funding_source",
            "funding_amount",
            "is_public",
            "public_text",
        ]
        field_classes = {
            "responsible": PersonChoiceField,
            "areas": SeveralField,
            "goals": SeveralField,
            "causes": CausesField,
            "funding_amount": SwedishDecimalField,
        }
        help_texts = {
            "process_lead_note": "Till exempel ”inledande fas”.",
            "causes": "De orsaker som aktiviteten gör något åt, ur den fastställda lägesbildens orsaksanalyser.",
        }

    def __init__(self, *args, focus_area: FocusArea, groups=None, **kwargs):
        kwargs["instance"] = kwargs.get("instance") or Activity(focus_area=focus_area)
        activity = kwargs["instance"]
        if activity.pk:
            kwargs["initial"] = {
                "process_lead": [lead.organisation_id for lead in activity.leads.all()],
                "participants": [link.organisation_id for link in activity.participations.all()],
            } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._offer_only_what_belongs(focus_area.agreement, groups)
        if activity.pk is None:
            del self.fields["reason_for_change"]
        elif activity.planned_follow_ups.waiting().exists():
            self.fields["next_follow_up_on"].disabled = True
            self.fields["next_follow_up_on"].help_text = "Följer uppföljningsplanen på aktivitetens sida."
        self.helper.layout = self._layout()

    def _offer_only_what_belongs(self, agreement: Agreement, groups) -> None:
        organisations = agreement.organisations.order_by("name")
        self.fields["process_lead"].queryset = organisations
        self.fields["participants"].queryset = organisations
        self.fields["areas"].queryset = agreement.areas.all()
        self.fields["goals"].queryset = self.instance.focus_area.goals.all()
        self.fields["causes"].queryset = self._causes_to_offer(agreement)
        self.fields["responsible"].queryset = (
            User.objects.filter(is_active=True, memberships__seat__group__agreement=agreement)
            .distinct()
            .select_related("organisation")
            .order_by("full_name", "pk")
        )
        if agreement.action_plans.adopted().exists():
            self.fields["responsible"].required = True
            self.fields["responsible"].label = "Ansvarig"
            self.fields["responsible"].empty_label = "Välj"
            self.fields["responsible"].error_messages["required"] = RESPONSIBLE_NEEDED
        offered = agreement.groups.filter(kind=Group.Kind.WORKING)
        if groups is not None:
            offered = offered.filter(pk__in=groups)
            self.fields["working_group"].required = True
            self.fields["working_group"].label = "Arbetsgrupp"
        self.fields["working_group"].queryset = offered

    def _causes_to_offer(self, agreement: Agreement) -> QuerySet[Cause]:
        """Those of the picture that the plan rests on, and those that are chosen already.

        Working material is no choice: an activity and its history are read by everybody.
        """
        picture = SituationPicture.objects.current(agreement)
        offered = Q(analysis__problem__situation_picture=picture)
        if self.instance.pk:
            offered |= Q(pk__in=self.instance.causes.values("pk"))
        return Cause.objects.of(agreement).adopted().filter(offered)

    def is_open_to_residents(self) -> bool:
        return bool(self.cleaned_data.get("is_public"))

    def _layout(self) -> Layout:
        last = ["reason_for_change"] if "reason_for_change" in self.fields else []
        return Layout(
            Fieldset("Vad och varför", Field("number"), "title", "background", "method", "expected_effect"),
            Fieldset("Vem", "process_lead", "process_lead_note", "participants", "responsible", "working_group"),
            Fieldset("Var och för vem", "level", "approach", "target_group", "areas"),
            Fieldset("Den röda tråden", "causes", "goals"),
            Fieldset(
                "När och uppföljning",
                Div("starts_on", "ends_on", css_class="form-row"),
                "follow_up_method",
                Div("follow_up_interval_months", "next_follow_up_on", css_class="form-row"),
            ),
            Fieldset("Pengar och öppenhet", "funding_source", "funding_amount", "is_public", "public_text"),
            *last,
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_public") and not cleaned.get("public_text") and "public_text" not in self.errors:
            self.add_error("public_text", "Skriv det som invånarna får läsa, eller låt aktiviteten vara intern.")
        lead = cleaned.get("process_lead") or []
        if both := [str(organisation) for organisation in cleaned.get("participants") or [] if organisation in lead]:
            self.add_error("participants", f"{', '.join(both)} leder redan aktiviteten.")
        moved = {"starts_on", "ends_on"} & set(self.changed_data) if self.instance.pk else set()
        had_dates = any(self.initial.get(name) for name in moved)
        if moved and had_dates and not cleaned.get("reason_for_change"):
            self.add_error("reason_for_change", "Skriv varför datumet flyttas.")
        return cleaned

    def in_agreed_order(self, name: str) -> list[Organisation]:
        """The chosen organisations: those already there in their order, new ones after them."""
        before = self.initial.get(name, [])
        return sorted(
            self.cleaned_data[name],
            key=lambda organisation: before.index(organisation.pk) if organisation.pk in before else len(before),
        )

    def save_m2m_fields(self) -> None:
        """Save areas, goals and causes; who leads and takes part is saved by the operation, which keeps their order."""
        self.instance.areas.set(self.cleaned_data["areas"])
        self.instance.goals.set(self.cleaned_data["goals"])
        not_shown = self.instance.causes.exclude(pk__in=self.fields["causes"].queryset.values("pk"))
        self.instance.causes.set([*self.cleaned_data["causes"], *not_shown])

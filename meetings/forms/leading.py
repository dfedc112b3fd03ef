import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import Truncator

from accounts.forms import PortalFormMixin
from accounts.models import User
from agreements.forms import PersonChoiceField
from agreements.models import Agreement, Group, Membership
from focus_areas.models import Activity
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, MinutesAddendum

NEVER_PERSONS = "Skriv aldrig om enskilda personer som ärendet rör."


class MinutesForm(PortalFormMixin, forms.ModelForm):
    """One item's minutes."""

    marks_optional = False

    class Meta:
        model = AgendaItem
        fields = ["minutes"]
        widgets = {"minutes": forms.Textarea(attrs={"rows": 8, "autocomplete": "off"})}


class GuestForm(PortalFormMixin, forms.ModelForm):
    """A guest, with the organisation that they come from."""

    class Meta:
        model = Attendance
        fields = ["name", "organisation"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        kwargs["instance"] = Attendance(meeting=meeting, role=Attendance.Role.GUEST)
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = meeting.agreement.organisations.order_by("name")
        self.fields["organisation"].help_text = "Gäster kommer från en organisation som deltar i överenskommelsen."


class SubstituteForm(PortalFormMixin, forms.ModelForm):
    """Who comes instead of a seat's holder."""

    class Meta:
        model = Attendance
        fields = ["seat", "name"]
        labels = {"seat": "Ersätter på platsen"}

    def __init__(self, *args, meeting: Meeting, seats, **kwargs):
        kwargs["instance"] = Attendance(meeting=meeting, role=Attendance.Role.SUBSTITUTE)
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = meeting.group.seats.filter(pk__in=[seat.pk for seat in seats]).select_related(
            "organisation"
        )
        self.fields["seat"].required = True
        self.fields["seat"].error_messages["required"] = "Välj vilken plats ersättaren går in för."
        self.fields["seat"].label = "Ersätter på platsen"


class DecisionForm(PortalFormMixin, forms.ModelForm):
    """What was decided, and whom or what it mandates."""

    class Meta:
        model = Decision
        fields = ["text", "agenda_item", "mandated_group", "mandated_activity", "carries_out"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        labels = {"text": "Vad beslutades?", "agenda_item": "Vid dagordningspunkten"}

    def __init__(self, *args, meeting: Meeting, readable_groups: list[Group], **kwargs):
        kwargs["instance"] = kwargs.get("instance") or Decision(meeting=meeting, group=meeting.group)
        super().__init__(*args, **kwargs)
        agreement = meeting.agreement
        self.fields["agenda_item"].queryset = meeting.agenda_items.all()
        self.fields["agenda_item"].empty_label = "Ingen särskild"
        self.fields["mandated_group"].queryset = agreement.groups.exclude(pk=meeting.group_id)
        self.fields["mandated_group"].empty_label = "Ingen grupp"
        self.fields["mandated_activity"].queryset = activities_of(agreement)
        self.fields["mandated_activity"].empty_label = "Ingen aktivitet"
        # The words of a decision are for those who read that group's meetings.
        self.fields["carries_out"] = EarlierDecisionField(
            queryset=earlier_decisions(meeting, self.instance),
            label="Verkställer beslutet",
            required=False,
            empty_label="Inget tidigare beslut",
        )
        self.fields["carries_out"].readable = {group.pk for group in readable_groups}
        self._dress(self.fields["carries_out"])


class EarlierDecisionField(forms.ModelChoiceField):
    readable: set[int] = set()

    def label_from_instance(self, decision: Decision) -> str:
        name = f"{decision.group}, {decision.paragraph}"
        return f"{name}: {Truncator(decision.text).chars(60)}" if decision.group_id in self.readable else name


def earlier_decisions(meeting: Meeting, decision: Decision):
    """The agreement's decisions of earlier meetings, and earlier ones of this; the newest first, two years back."""
    earlier = Q(meeting__starts_at__lt=meeting.starts_at, year__gte=meeting.day.year - 2)
    same_meeting = Q(meeting=meeting, number__lt=decision.number) if decision.number else Q(meeting=meeting)
    mine = Q(pk=decision.carries_out_id)
    return (
        Decision.objects.of(meeting.agreement)
        .filter(earlier | same_meeting | mine)
        .select_related("group", "meeting")
        .newest_first()
    )


def activities_of(agreement: Agreement):
    return Activity.objects.of(agreement).select_related("focus_area")


class ActionPointForm(PortalFormMixin, forms.ModelForm):
    """Who does what until when."""

    class Meta:
        model = ActionPoint
        fields = ["text", "responsible", "organisation", "due_on", "activity", "agenda_item"]
        field_classes = {"responsible": PersonChoiceField}
        labels = {"text": "Vad ska göras?", "agenda_item": "Vid dagordningspunkten"}
        help_texts = {"text": NEVER_PERSONS}

    def __init__(self, *args, group: Group, meeting: Meeting | None, today: datetime.date, **kwargs):
        kwargs["instance"] = kwargs.get("instance") or ActionPoint(group=group, meeting=meeting)
        super().__init__(*args, **kwargs)
        agreement = group.agreement
        self.fields["responsible"].queryset = people_of(agreement, on=today, also=self.instance.responsible_id)
        self.fields["responsible"].empty_label = "Ingen särskild person"
        self.fields["organisation"].queryset = agreement.organisations.order_by("name")
        self.fields["organisation"].empty_label = "Ingen särskild organisation"
        self.fields["activity"].queryset = activities_of(agreement)
        self.fields["activity"].empty_label = "Ingen aktivitet"
        if meeting is None:
            del self.fields["agenda_item"]
        else:
            self.fields["agenda_item"].queryset = meeting.agenda_items.all()
            self.fields["agenda_item"].empty_label = "Ingen särskild"

    def clean(self):
        cleaned = super().clean()
        is_missing = not cleaned.get("responsible") and not cleaned.get("organisation")
        if is_missing and not {"responsible", "organisation"} & set(self.errors):
            raise ValidationError({"responsible": "Välj vem eller vilken organisation som är ansvarig."})
        return cleaned

    def _get_validation_exclusions(self):
        # Said in clean(), beside the first of the two fields.
        return super()._get_validation_exclusions() | (
            {"responsible", "organisation"} if "responsible" in self.errors else set()
        )


def people_of(agreement: Agreement, *, on: datetime.date, also: int | None = None):
    """The people who hold a seat in the agreement on that day, and the one who is chosen already."""
    held = Membership.objects.held(on=on).filter(seat__group__agreement=agreement)
    people = User.objects.filter(Q(pk__in=held.values("user"), is_active=True) | Q(pk=also))
    return people.select_related("organisation").order_by("full_name", "pk")


class FinishForm(PortalFormMixin, forms.Form):
    """How an action point ended: done, or dropped with a reason."""

    state = forms.ChoiceField(
        label="Hur blev det?",
        choices=[(state.value, state.label) for state in (ActionPoint.State.DONE, ActionPoint.State.DROPPED)],
        widget=forms.RadioSelect,
        initial=ActionPoint.State.DONE,
    )
    outcome = ActionPoint._meta.get_field("outcome").formfield(
        label="Vad blev gjort, eller varför utgår den?", required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == ActionPoint.State.DROPPED and not cleaned.get("outcome"):
            self.add_error("outcome", "Skriv varför åtgärden utgår.")
        return cleaned


class AddendumForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = MinutesAddendum
        fields = ["text", "is_internal"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"is_internal": "Det följer inte med i protokollet utan interna punkter."}

    def __init__(self, *args, meeting: Meeting, **kwargs):
        kwargs["instance"] = MinutesAddendum(meeting=meeting)
        super().__init__(*args, **kwargs)


# --- Filters ---


class DecisionFilterForm(PortalFormMixin, forms.Form):
    marks_optional = False

    grupp = forms.ModelChoiceField(Group.objects.none(), label="Grupp", required=False, empty_label="Alla")
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    q = forms.CharField(label="Sök i texten", required=False, max_length=100)

    def __init__(self, *args, groups: list[Group], years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grupp"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["ar"].choices = [("", "Alla"), *((str(year), str(year)) for year in years)]

    def filter(self, decisions):
        if not self.is_valid():
            return decisions.none() if self.is_bound else decisions
        if group := self.cleaned_data["grupp"]:
            decisions = decisions.filter(group=group)
        if year := self.cleaned_data["ar"]:
            decisions = decisions.filter(year=year)
        if words := self.cleaned_data["q"]:
            decisions = decisions.filter(text__icontains=words)
        return decisions


class ActionPointFilterForm(PortalFormMixin, forms.Form):
    marks_optional = False
    STATES = {"": "Öppna", "avslutade": "Avslutade", "alla": "Alla"}
    OWNERS = {"": "Alla", "mina": "Mina"}

    visa = forms.ChoiceField(label="Visa", required=False, choices=list(STATES.items()))
    vems = forms.ChoiceField(label="Ansvarig", required=False, choices=list(OWNERS.items()))
    grupp = forms.ModelChoiceField(Group.objects.none(), label="Grupp", required=False, empty_label="Alla")

    def __init__(self, *args, groups: list[Group], user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["grupp"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups])

    def filter(self, points):
        if not self.is_valid():
            return points.none() if self.is_bound else points.open()
        if not self.cleaned_data["visa"]:
            points = points.open()
        elif self.cleaned_data["visa"] == "avslutade":
            points = points.exclude(state=ActionPoint.State.OPEN).order_by("-finished_on", "-pk")
        if self.cleaned_data["vems"]:
            points = points.filter(responsible=self.user)
        if group := self.cleaned_data["grupp"]:
            points = points.filter(group=group)
        return points

from django import forms
from django.db.models import Q

from accounts.forms import PortalFormMixin, plain_label
from accounts.models import Organisation
from agreements.models import Problem, SituationPicture
from focus_areas.forms.activities import SeveralField
from focus_areas.models import Activity, ChildImpact, Commitment, FocusArea, FollowUp


class ProblemsField(SeveralField):
    """Problems of the picture in force; those chosen from an older one say which."""

    current_picture: SituationPicture | None = None

    def label_from_instance(self, problem: Problem) -> str:
        is_older = problem.situation_picture_id != getattr(self.current_picture, "pk", None)
        return f"{problem.title} ({problem.situation_picture.title})" if is_older else problem.title


class FocusAreaForm(PortalFormMixin, forms.ModelForm):
    """A focus area. Its number and title are locked once the agreement has been adopted."""

    fields_set_by_view = ("agreement",)
    # Locked when residents can read it: an agreement in force has been adopted.
    read_by_residents = ("title",)

    class Meta:
        model = FocusArea
        fields = ["number", "title", "description", "problems"]
        field_classes = {"problems": ProblemsField}
        labels = {"problems": "Problem som fokusområdet tar sig an"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_problems(self.fields["problems"])
        if self.instance.pk and self.instance.is_locked:
            for name in ("number", "title"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Fastställt med överenskommelsen och kan inte ändras."

    def _offer_problems(self, field: ProblemsField) -> None:
        """Those of the picture that the plan rests on, and those that are chosen already."""
        agreement = self.instance.agreement
        field.current_picture = SituationPicture.objects.current(agreement)
        offered = Q(situation_picture=field.current_picture)
        if self.instance.pk:
            offered |= Q(pk__in=self.instance.problems.values("pk"))
        field.queryset = Problem.objects.filter(offered, situation_picture__agreement=agreement).select_related(
            "situation_picture"
        )
        field.help_text = (
            "Ur lägesbilden. De är början på den röda tråden."
            if field.current_picture
            else "Det finns ingen lägesbild att välja ur än."
        )


class CommitmentForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("activity",)

    class Meta:
        model = Commitment
        fields = [
            "text",
            "organisation",
            "is_joint",
            "comparison",
            "planned",
            "unit",
            "starts_on",
            "ends_on",
            "goal",
            "outcome",
        ]
        help_texts = {
            "text": "Till exempel ”trygghetsvandringar”.",
            "outcome": "För åtaganden som följs upp i ord.",
        }

    reason_for_change = forms.CharField(
        label="Skäl till ändringen", required=False, max_length=300, help_text="Sparas i historiken."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity = self.instance.activity
        self.fields["organisation"].queryset = Organisation.objects.filter(
            agreements=activity.focus_area.agreement
        ).order_by("name")
        self.fields["organisation"].empty_label = "Välj, om det inte är gemensamt"
        # Needed unless it is joint: not as optional as the mark would say.
        self.fields["organisation"].label = plain_label(self.fields["organisation"])
        # What an indicator measures is not counted beside it.
        self.fields["goal"].queryset = activity.focus_area.goals.filter(
            Q(indicator__isnull=True) | Q(pk=self.instance.goal_id)
        )
        self.fields["goal"].empty_label = "Inget mål"
        if self.instance.pk is None:
            del self.fields["reason_for_change"]


class FollowUpForm(PortalFormMixin, forms.ModelForm):
    """What a follow-up found, and which of the planned ones it answers, where any waits."""

    class Meta:
        model = FollowUp
        fields = ["planned", "followed_up_on", "kind", "findings", "conclusion", "next_on"]
        widgets = {"kind": forms.RadioSelect, "conclusion": forms.RadioSelect}
        help_texts = {
            "planned": "Den planerade uppföljning som den här är svaret på.",
            "next_on": "Lämnas den tom räknas den fram från planen eller aktivitetens intervall.",
        }

    def __init__(self, *args, activity: Activity, today, **kwargs):
        self.today = today
        kwargs["instance"] = kwargs.get("instance") or FollowUp(activity=activity)
        kwargs["initial"] = {"followed_up_on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = FollowUp.Kind.choices
        self.fields["conclusion"].choices = FollowUp.Conclusion.choices
        waiting = activity.planned_follow_ups.waiting() | activity.planned_follow_ups.filter(
            pk=self.instance.planned_id
        )
        self.fields["planned"].queryset = waiting.distinct().in_order()
        self.fields["planned"].label_from_instance = lambda planned: f"{planned}: {planned.what}"
        self.fields["planned"].empty_label = "Ingen planerad"

    def clean_followed_up_on(self):
        followed_up_on = self.cleaned_data["followed_up_on"]
        if followed_up_on > self.today:
            raise forms.ValidationError("Dagen har inte varit än.")
        return followed_up_on


class ApprovalForm(PortalFormMixin, forms.Form):
    dissent = forms.CharField(
        label="Avvikande mening",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det ni inte håller med om. Visas tillsammans med uppföljningen.",
    )


class ChildImpactForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = ChildImpact
        fields = ["children_affected", "how_heard", "consequences", "conclusion", "assessed_on"]

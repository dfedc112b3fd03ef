from django import forms

from accounts.forms import PortalFormMixin
from focus_areas.models import Activity, StatusUpdate


class StatusUpdateForm(PortalFormMixin, forms.ModelForm):
    """How it is going. Filled in with what was said last, so that two taps are enough: choose and save."""

    previous = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = StatusUpdate
        fields = ["assessment", "status", "text", "next_step", "reason", "decision_requested"]
        labels = {
            "assessment": "Hur går det?",
            "status": "Status",
            "reason": "Skäl till avvikelsen",
            "decision_requested": "Beslut som begärs av styrgruppen",
        }
        widgets = {"assessment": forms.RadioSelect, "status": forms.RadioSelect}
        help_texts = {"reason": "Behövs när aktiviteten är försenad, pausad eller avbruten."}

    def __init__(self, *args, activity: Activity, latest: StatusUpdate | None, **kwargs):
        self.latest = latest
        kwargs["instance"] = StatusUpdate(activity=activity)
        kwargs["initial"] = self._as_before(latest) | (kwargs.get("initial") or {})
        kwargs.setdefault("prefix", f"lage-{activity.pk}")
        super().__init__(*args, **kwargs)
        self.fields["assessment"].choices = [
            choice for choice in Activity.Assessment.choices if choice[0] != Activity.Assessment.NONE
        ]
        self.fields["assessment"].required = True
        self.fields["assessment"].label = "Hur går det?"
        self.fields["assessment"].error_messages["required"] = "Välj hur det går."
        self.fields["status"].choices = Activity.Status.choices
        for name in ("text", "next_step", "reason"):
            self.fields[name].widget.attrs["rows"] = 2

    @classmethod
    def _as_before(cls, latest: StatusUpdate | None) -> dict:
        if latest is None:
            return {"status": Activity.Status.ONGOING}
        return {name: getattr(latest, name) for name in cls.Meta.fields} | {"previous": latest.pk}

    @property
    def is_behind(self) -> bool:
        """Somebody else reported between the opening of the form and now."""
        return self.cleaned_data.get("previous") != (self.latest.pk if self.latest else None)

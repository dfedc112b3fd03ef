"""The guide's forms: the new period, and one row of fields for each activity, goal or seat there is to choose about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html

from accounts.forms import PortalFormMixin
from agreements.models import Seat
from documents.fields import SwedishDecimalField
from focus_areas.models import Activity, ActivityChoice, FollowUp, Goal, GoalChoice, Renewal, SeatChoice
from focus_areas.operations.renewals import refuse_period
from focus_areas.progress import GoalProgress
from focus_areas.renewal_guide import suggested_activity_choice, suggested_seat_choice
from focus_areas.renewal_periods import Period


class RenewalForm(PortalFormMixin, forms.ModelForm):
    """The new period: what the agreement will be called, and from when to when."""

    class Meta:
        model = Renewal
        fields = ["title", "reference_number", "starts_on", "ends_on"]
        labels = {
            "title": "Den nya överenskommelsens rubrik",
            "starts_on": "Gäller från och med",
            "ends_on": "Gäller till och med",
        }
        help_texts = {"reference_number": "Lämnas tomt tills ärendet har fått ett nummer."}

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for name in self.Meta.fields:
                setattr(self.instance, name, cleaned[name])
            refuse_period(self.instance)
        return cleaned


class ClosingStatementForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = Renewal
        fields = ["closing_statement"]
        labels = {"closing_statement": "Slutord"}
        widgets = {"closing_statement": forms.Textarea(attrs={"rows": 14})}


@dataclass(frozen=True)
class ChoiceRow:
    """One thing with its fields in the form, by their plain names."""

    thing: Any
    fields: dict[str, forms.BoundField]
    note: Any = None

    @property
    def is_open(self) -> bool:
        """Whether anything but the choice has been written, or is wrong: then it is shown, not folded away."""
        return any(field.errors or field.value() for name, field in self.fields.items() if name != "choice")


class RowFields(forms.Form):
    """Fields made for each thing: `choice` of the activity with key 12 is `choice_12`."""

    def __init__(self, *args, things: Iterable[models.Model], saved: dict[int, models.Model], **kwargs):
        self.things, self.saved = list(things), saved
        initial = {
            f"{name}_{thing.pk}": value for thing in self.things for name, value in self.initial_of(thing).items()
        }
        super().__init__(*args, **kwargs | {"initial": initial | (kwargs.get("initial") or {})})
        self.names: dict[int, list[str]] = {}
        for thing in self.things:
            fields = self.fields_for(thing)
            self.names[thing.pk] = list(fields)
            for name, field in fields.items():
                self.fields[f"{name}_{thing.pk}"] = field

    def fields_for(self, thing) -> dict[str, forms.Field]:
        raise NotImplementedError

    def initial_of(self, thing) -> dict[str, Any]:
        """What has been chosen, else what is suggested."""
        raise NotImplementedError

    def note_of(self, thing) -> Any:
        """What the page shows beside the fields."""
        return None

    def rows(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(thing, {name: self[f"{name}_{thing.pk}"] for name in self.names[thing.pk]}, self.note_of(thing))
            for thing in self.things
        ]

    def values_of(self, thing) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"{name}_{thing.pk}") for name in self.names[thing.pk]}

    def add_row_error(self, thing, name: str, message: str) -> None:
        self.add_error(f"{name}_{thing.pk}", message)

    def chosen(self) -> dict[models.Model, dict[str, Any]]:
        """What was chosen for each thing; those without a choice are left out."""
        values = {thing: self.values_of(thing) for thing in self.things}
        return {thing: row for thing, row in values.items() if row["choice"]}


class ChoicesForm(PortalFormMixin, RowFields):
    marks_optional = False


def model_field(model: type[models.Model], name: str, *, label: str, of, **options) -> forms.Field:
    """The model's own form field, so that its length and what it refuses are the same here; named for its thing."""
    described = format_html('{}<span class="visually-hidden"> för {}</span>', label, str(of))
    field = model._meta.get_field(name).formfield(required=False, label=described, **options)
    field.label_without_mark = f"{label}, {of}"
    return field


def radio(choices, *, of) -> forms.ChoiceField:
    label = format_html('I nästa period<span class="visually-hidden">: {}</span>', str(of))
    field = forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
    field.label_without_mark = str(of)
    return field


class ActivityChoicesForm(ChoicesForm):
    """Whether each activity goes on, goes on changed, or ends; a change and an end need their reason."""

    def fields_for(self, activity: Activity) -> dict[str, forms.Field]:
        return {
            "choice": radio(ActivityChoice.Choice.choices, of=activity),
            "reason": model_field(
                ActivityChoice,
                "reason",
                label="Skäl",
                of=activity,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Behövs när aktiviteten ändras eller avslutas.",
            ),
        }

    def initial_of(self, activity: Activity) -> dict[str, Any]:
        if saved := self.saved.get(activity.pk):
            return {"choice": saved.choice, "reason": saved.reason}
        return suggested_activity_choice(activity)

    def note_of(self, activity: Activity) -> str:
        """The latest follow-up's conclusion."""
        return FollowUp.Conclusion(activity.latest_conclusion).label if activity.latest_conclusion else ""

    def clean(self):
        cleaned = super().clean()
        for activity, values in self.chosen().items():
            name = f"reason_{activity.pk}"
            if values["choice"] != ActivityChoice.Choice.CONTINUE and name not in self.errors and not values["reason"]:
                what = "ändras" if values["choice"] == ActivityChoice.Choice.CHANGE else "avslutas"
                self.add_error(name, f"Skriv varför ”{activity}” {what}.")
        return cleaned

    def continue_with_the_rest(self) -> dict[Activity, dict[str, Any]]:
        """The quick start: what has been chosen, and for the rest that what is not finished goes on."""
        rest = {
            activity: {"choice": ActivityChoice.Choice.CONTINUE, "reason": self.values_of(activity)["reason"] or ""}
            for activity in self.things
            if not activity.is_finished
        }
        return rest | self.chosen()


class GoalChoicesForm(ChoicesForm):
    """Whether each goal is carried over as it is, with other words or another target, or not at all."""

    LABELS = {
        "continue": "Förs över",
        "change": "Förs över med ny lydelse eller nytt målvärde",
        "end": "Förs inte över",
    }

    def __init__(self, *args, progress: Iterable[GoalProgress], **kwargs):
        self.progress = {one.goal.pk: one for one in progress}
        super().__init__(*args, things=[one.goal for one in self.progress.values()], **kwargs)

    def fields_for(self, goal: Goal) -> dict[str, forms.Field]:
        return {
            "choice": radio(list(self.LABELS.items()), of=goal),
            "new_statement": model_field(GoalChoice, "new_statement", label="Ny lydelse", of=goal),
            "new_target": model_field(
                GoalChoice,
                "new_target",
                label="Nytt målvärde",
                of=goal,
                help_text=goal.unit,
                form_class=SwedishDecimalField,
            ),
            "reason": model_field(
                GoalChoice, "reason", label="Skäl (valfritt)", of=goal, widget=forms.Textarea(attrs={"rows": 2})
            ),
        }

    def initial_of(self, goal: Goal) -> dict[str, Any]:
        saved = self.saved.get(goal.pk)
        return (
            {name: getattr(saved, name) for name in ("choice", "new_statement", "new_target", "reason")}
            if saved
            else {}
        )

    def note_of(self, goal: Goal) -> GoalProgress:
        return self.progress[goal.pk]

    def clean(self):
        cleaned = super().clean()
        for goal, values in self.chosen().items():
            if values["choice"] != GoalChoice.Choice.CHANGE or self.has_row_error(goal):
                continue
            if goal.baseline is not None and values["new_target"] == goal.baseline:
                message = f"Det nya målvärdet för ”{goal}” är detsamma som utgångsvärdet."
                self.add_row_error(goal, "new_target", message)
            elif not values["new_statement"] and values["new_target"] is None:
                self.add_row_error(goal, "new_statement", f"Skriv en ny lydelse eller ett nytt målvärde för ”{goal}”.")
        return cleaned

    def has_row_error(self, goal: Goal) -> bool:
        return any(f"{name}_{goal.pk}" in self.errors for name in self.names[goal.pk])

    def continue_with_the_rest(self) -> dict[Goal, dict[str, Any]]:
        """The quick start: what has been chosen, and for the rest that the goal is carried over."""
        rest = {goal: self.values_of(goal) | {"choice": GoalChoice.Choice.CONTINUE} for goal in self.things}
        return rest | self.chosen()


class SeatChoicesForm(ChoicesForm):
    """Whether each seat goes along with its holder, vacant, or not at all."""

    def __init__(self, *args, new: Period, **kwargs):
        self.new = new
        super().__init__(*args, **kwargs)

    def fields_for(self, seat: Seat) -> dict[str, forms.Field]:
        return {"choice": radio(self.choices_for(seat), of=seat)}

    def choices_for(self, seat: Seat) -> list[tuple[str, str]]:
        """A vacant seat has no holder to bring along."""
        if seat.holding is None and self.initial_of(seat)["choice"] != SeatChoice.Choice.KEEP:
            return [
                (SeatChoice.Choice.VACATE, "Platsen följer med, vakant"),
                (SeatChoice.Choice.END, SeatChoice.Choice.END.label),
            ]
        return SeatChoice.Choice.choices

    def initial_of(self, seat: Seat) -> dict[str, Any]:
        saved = self.saved.get(seat.pk)
        return {"choice": saved.choice if saved else suggested_seat_choice(seat, new=self.new)}

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from agreements.access import Capability
from agreements.models import Agreement, Problem, SituationPicture
from documents.fields import SwedishDecimalField
from documents.swedish_numbers import number_words
from documents.swedish_words import joined, lower_first
from documents.written_text import comparison_key, plain_line
from focus_areas.models import Commitment, Goal, GoalCriterion
from focus_areas.progress import latest_own, same_unit
from focus_areas.public import opened_activities
from focus_areas.smarta import DEFAULT, Criterion, GoalDraft, GoalReview, review_goal

BOTH_MEASURES = "Välj en indikator eller åtaganden som mått, inte båda."


class MeasuringChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, commitment):
        promise = commitment.promise_in_words
        return f"{commitment.text} ({promise})" if promise else commitment.text


class GoalForm(PortalFormMixin, forms.ModelForm):
    """A goal with its measure: an indicator, whose unit it follows, or the commitments that are counted."""

    fields_set_by_view = ("focus_area",)
    # In the residents' report, where the focus area has an activity that has been opened to them.
    read_by_residents = ("statement",)

    class Meta:
        model = Goal
        fields = ["kind", "statement", "parent", "problem", "indicator", "baseline", "target", "unit", "due_on"]
        labels = {"indicator": "Mäts med en indikator"}
        field_classes = {"baseline": SwedishDecimalField, "target": SwedishDecimalField}
        help_texts = {
            "kind": "Effekt: något blir annorlunda. Process: ett arbetssätt finns. Produktion: så många görs.",
            "statement": "Börja gärna med ett verb: minska, öka, utveckla.",
            "unit": "Med en indikator följer enheten indikatorn.",
            "baseline": "Åtaganden räknas från noll: lämna det tomt då.",
        }

    commitments = MeasuringChoices(
        label="Mäts med det som görs för åtagandena",
        queryset=Commitment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    takes_latest = forms.BooleanField(label="Hämta utgångsvärdet från indikatorns senaste värde", required=False)

    field_order = [
        "kind",
        "statement",
        "parent",
        "problem",
        "indicator",
        "takes_latest",
        "commitments",
        "baseline",
        "target",
        "unit",
        "due_on",
    ]

    def is_open_to_residents(self) -> bool:
        return opened_activities().filter(focus_area=self.instance.focus_area).exists()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        goal, agreement = self.instance, self.instance.focus_area.agreement
        self._offer("parent", goal.focus_area.goals.exclude(pk=goal.pk), "Inget, det är ett övergripande mål")
        self._offer("indicator", agreement.indicators.all(), "Ingen indikator")
        self._offer("problem", offered_problems(agreement, user=user, chosen=goal.problem_id), "Inget problem")
        self.fields["parent"].error_messages["invalid_choice"] = "Välj ett mål i samma fokusområde."
        free = Commitment.objects.filter(activity__focus_area=goal.focus_area)
        self.fields["commitments"].queryset = (
            free.filter(goal__isnull=True) | (free.filter(goal=goal) if goal.pk else free.none())
        ).order_by("activity", "pk")
        if goal.pk:
            self.initial.setdefault("commitments", list(goal.commitments.values_list("pk", flat=True)))
        if not self.fields["commitments"].queryset.exists():
            del self.fields["commitments"]
        if not self.fields["indicator"].queryset.exists():
            del self.fields["takes_latest"]

    def _offer(self, name, queryset, empty_label):
        self.fields[name].queryset = queryset
        self.fields[name].empty_label = empty_label

    def clean(self):
        chosen = super().clean()
        if chosen.get("indicator") and chosen.get("commitments"):
            self.add_error("commitments", BOTH_MEASURES)
        elif indicator := chosen.get("indicator"):
            self._clean_indicator(indicator)
        elif chosen.get("commitments"):
            self._clean_commitments(chosen["commitments"])
        elif chosen.get("takes_latest"):
            self.add_error("indicator", "Välj indikatorn som utgångsvärdet ska hämtas från.")
        self._clean_order()
        return chosen

    def _clean_indicator(self, indicator):
        chosen = self.cleaned_data
        chosen["unit"] = indicator.unit
        if chosen.get("takes_latest"):
            self._take_latest(indicator)
        baseline, target = chosen.get("baseline"), chosen.get("target")
        lowest, highest = indicator.scale_lowest, indicator.scale_highest
        for name, value in (("baseline", baseline), ("target", target)):
            if value is not None and lowest is not None and not lowest <= value <= highest:
                span = f"{number_words(lowest)}–{number_words(highest)}"
                self.add_error(name, f"Värdet ligger utanför indikatorns skala, {span}.")
        if indicator.lower_is_better and baseline is not None and target is not None and target > baseline:
            self.add_error("target", "För indikatorn är lågt bra, men målvärdet är högre än utgångsvärdet.")

    def _take_latest(self, indicator):
        latest = latest_own(indicator.values.all())
        if latest is None:
            self.add_error("takes_latest", "Indikatorn har inget värde än.")
        elif self.cleaned_data.get("baseline") not in (None, latest.value):
            self.add_error("baseline", f"Indikatorns senaste värde är {number_words(latest.value)}. Välj ett av dem.")
        else:
            self.cleaned_data["baseline"] = latest.value

    def _clean_commitments(self, commitments):
        chosen = self.cleaned_data
        if chosen.get("takes_latest"):
            self.add_error("takes_latest", "Det gäller bara när målet mäts med en indikator.")
        if chosen.get("baseline"):
            self.add_error("baseline", "Åtaganden räknas från noll. Lämna utgångsvärdet tomt, eller välj en indikator.")
        new = [one for one in commitments if one.goal_id is None or one.goal_id != self.instance.pk]
        units = list(dict.fromkeys(one.unit.strip().lower() for one in commitments))
        if not chosen.get("unit") and len(units) == 1:
            chosen["unit"] = units[0]
        unit = chosen.get("unit") or ""
        if other := [one for one in new if not same_unit(one.unit, unit)]:
            counted = joined(f"”{one.text}” räknar {one.unit or 'utan enhet'}" for one in other)
            self.add_error("commitments", f"{counted}, och målet {unit or 'utan enhet'}. De går inte att lägga ihop.")

    def _clean_order(self):
        parent, due_on = self.cleaned_data.get("parent"), self.cleaned_data.get("due_on")
        if parent and due_on and parent.due_on and due_on > parent.due_on:
            self.add_error("due_on", "Ett delmål ska vara nått senast samma dag som målet ovanför.")


def offered_problems(agreement: Agreement, *, user, chosen: int | None):
    """The current picture's problems, and the one chosen before; not those of working material one may not read."""
    pictures = [SituationPicture.objects.current(agreement)]
    offered = Problem.objects.filter(
        situation_picture__in=[one for one in pictures if one and user.has_perm(Capability.READ_PICTURE, one)]
    )
    return (offered | Problem.objects.filter(pk=chosen)).order_by("-is_prioritised", "pk")


def review_of_form(form: GoalForm, *, today) -> GoalReview:
    """Review what stands in a goal's form as far as it can be read; what cannot is as if it were not there yet."""
    form.is_valid()
    written = form.cleaned_data
    indicator = written.get("indicator")
    latest = latest_own(indicator.values.all()) if indicator else None
    baseline = latest.value if latest and written.get("takes_latest") else written.get("baseline")
    draft = GoalDraft(
        statement=written.get("statement") or statement_as_written(form),
        kind=written.get("kind") or "",
        baseline=baseline,
        target=written.get("target"),
        unit=written.get("unit") or "",
        due_on=written.get("due_on"),
        has_indicator=indicator is not None,
        has_commitment=bool(written.get("commitments")),
        lower_is_better=indicator.lower_is_better if indicator else None,
        latest=latest.value if latest else None,
        today=today,
    )
    remark = (f"Indikatorns senaste värde är {number_words(latest.value)} ({latest.year}).",) if latest else ()
    return review_goal(draft, criteria_of(form.instance.agreement), remarks=remark)


def statement_as_written(form: GoalForm) -> str:
    """What stands in the field though it cannot be saved; no longer than a goal, for the reviewer reads every word."""
    return form.data.get(form.add_prefix("statement"), "").strip()[: Goal._meta.get_field("statement").max_length]


def review_of_goal(goal: Goal, *, latest, has_commitment: bool, has_owner: bool, today) -> GoalReview:
    """Review a goal as it is saved."""
    draft = GoalDraft(
        statement=goal.statement,
        kind=goal.kind,
        baseline=goal.baseline,
        target=goal.target,
        unit=goal.counts_in,
        due_on=goal.due_on,
        has_indicator=goal.indicator_id is not None,
        has_commitment=has_commitment,
        lower_is_better=goal.indicator.lower_is_better if goal.indicator_id else None,
        latest=latest,
        has_owner=has_owner,
        today=today,
    )
    return review_goal(draft, criteria_of(goal.agreement))


def review_of_saved(goal: Goal, *, today) -> GoalReview:
    """Review a goal as it is saved, with what it is tied to looked up."""
    latest = latest_own(goal.indicator.values.all()) if goal.indicator_id else None
    return review_of_goal(
        goal,
        latest=latest.value if latest else None,
        has_commitment=goal.commitments.exists(),
        has_owner=goal.activities.filter(responsible__isnull=False).exists(),
        today=today,
    )


def criteria_of(agreement: Agreement) -> list[Criterion]:
    """The agreement's own criteria; empty where it has none."""
    return [Criterion(row.label, row.check_for) for row in agreement.goal_criteria.all()]


class GoalCriteriaForm(PortalFormMixin, forms.Form):
    """What the agreement calls each criterion, and in which order; an empty name is not reviewed.

    `seen` is what the criteria were when the page was opened: who saves second is told, and nothing is written over.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.saved = criteria_of(agreement)
        current = {one.check: (number, one.label) for number, one in enumerate(self.saved or DEFAULT, start=1)}
        for check in GoalCriterion.Check.values:
            number, label = current.get(check, (None, ""))
            self.fields[f"label_{check}"] = forms.CharField(
                label="Kriteriet heter",
                max_length=50,
                required=False,
                initial=label,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"place_{check}"] = forms.IntegerField(
                label="Plats i ordningen", min_value=1, max_value=20, required=False, initial=number
            )
            for name in (f"label_{check}", f"place_{check}"):
                self._dress_quietly(self.fields[name])
        self.fields["seen"].initial = self.signature

    def _dress_quietly(self, field):
        """All are optional; saying so at fourteen fields would only be noise."""
        self.marks_optional = False
        self._dress(field)

    @property
    def rows(self) -> list[tuple]:
        """What is looked for, and the two fields about it; for the template."""
        return [
            (description, self[f"label_{check}"], self[f"place_{check}"])
            for check, description in GoalCriterion.Check.choices
        ]

    @property
    def signature(self) -> str:
        return "|".join(f"{one.check}:{one.label}" for one in self.saved)

    def clean(self):
        written = super().clean()
        if written.get("seen", "") != self.signature:
            now = joined(lower_first(one.label) for one in self.saved or DEFAULT)
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.signature
            raise ValidationError(
                f"Någon annan ändrade kriterierna medan du skrev. Nu är de {now}. Spara igen om dina ska gälla."
            )
        named = {}
        for check in GoalCriterion.Check.values:
            label = plain_line(written.get(f"label_{check}") or "")
            if label and comparison_key(label) in named:
                self.add_error(f"label_{check}", "Två kriterier kan inte heta likadant.")
            elif label:
                named[comparison_key(label)] = check
        return written

    @property
    def criteria(self) -> list[Criterion]:
        """In the order asked for; those without a place come last. The default ones unchanged are none of its own."""
        written = self.cleaned_data
        rows = [
            (written.get(f"place_{check}") or 99, number, Criterion(" ".join(label.split()), check))
            for number, check in enumerate(GoalCriterion.Check.values)
            if (label := written.get(f"label_{check}"))
        ]
        chosen = [criterion for *_, criterion in sorted(rows, key=lambda row: row[:2])]
        return [] if tuple(chosen) == DEFAULT else chosen

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from accounts.forms import PortalFormMixin
from agreements.models import Group
from documents.swedish_dates import day_and_clock_words
from focus_areas.models import Activity
from meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from meetings.operations.agenda import MOST_STANDING_ITEMS

EMPTY_ROWS = 3


class StandingItemForm(PortalFormMixin, forms.ModelForm):
    """One row of a group's usual agenda."""

    marks_optional = False  # the table's headings say what a row needs

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(label="Ordning", required=False, min_value=0, max_value=999)

    class Meta:
        model = AgendaTemplateItem
        fields = ["position", "title", "duration_minutes", "is_internal", "description"]
        labels = {"title": "Rubrik", "duration_minutes": "Minuter", "is_internal": "Intern", "description": "Underlag"}
        widgets = {"description": forms.Textarea(attrs={"rows": 1})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = "Skriv en rubrik, eller ta bort raden."


class BaseStandingItems(BaseFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Ta bort"

    def rows_in_order(self) -> list[StandingItemForm]:
        """The rows that stay, by the number that was written; those without one last, as they stand."""
        rows = [row for row in self.forms if row not in self.deleted_forms and (row.has_changed() or row.initial)]
        return sorted(rows, key=lambda row: _number(row.cleaned_data.get("position")))


def _number(position: int | None) -> tuple[bool, int]:
    return position is None, position or 0


StandingItems = formset_factory(
    StandingItemForm,
    formset=BaseStandingItems,
    extra=EMPTY_ROWS,
    can_delete=True,
    max_num=MOST_STANDING_ITEMS,
    absolute_max=MOST_STANDING_ITEMS + EMPTY_ROWS,
    validate_max=True,
)


class AgendaTemplateForm(PortalFormMixin, forms.Form):
    """The whole usual agenda of a group, row by row."""

    def __init__(self, *args, group: Group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        saved = [
            {
                "id": item.pk,
                "position": item.position,
                "title": item.title,
                "duration_minutes": item.duration_minutes,
                "is_internal": item.is_internal,
                "description": item.description,
            }
            for item in group.agenda_template.all()
        ]
        self.rows = StandingItems(self.data if self.is_bound else None, initial=saved, prefix="punkt")

    def clean(self):
        if not self.rows.is_valid():
            raise ValidationError(
                list(self.rows.non_form_errors()) or "Rätta raderna som är markerade. Ingenting är sparat än."
            )
        return super().clean()

    def parts(self):
        return self.rows.forms

    def items(self) -> list[AgendaTemplateItem]:
        found = []
        known = {item.pk for item in self.group.agenda_template.all()}
        for row in self.rows.rows_in_order():
            values = {name: row.cleaned_data[name] for name in StandingItemForm.Meta.fields if name != "position"}
            pk = row.cleaned_data.get("id")
            found.append(AgendaTemplateItem(pk=pk if pk in known else None, group=self.group, **values))
            # A row that is sent twice with the same number changes one item and makes no second of it.
            known.discard(pk)
        return found


class AgendaItemForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["title", "duration_minutes", "presenter", "description", "activity", "is_internal"]
        labels = {
            "title": "Rubrik",
            "duration_minutes": "Tid i minuter",
            "presenter": "Föredragande",
            "description": "Underlag",
            "activity": "Aktivitet",
            "is_internal": "Intern punkt",
        }
        help_texts = {"is_internal": "Kan lämnas utanför kallelsen och protokollet som skickas ut."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agreement = self.instance.group.agreement
        self.fields["activity"].queryset = Activity.objects.of(agreement).select_related("focus_area").in_order()
        self.fields["activity"].empty_label = "Ingen"


class ScheduleItemForm(PortalFormMixin, forms.Form):
    meeting = forms.ModelChoiceField(label="På vilket möte?", queryset=Meeting.objects.none())

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda meeting: day_and_clock_words(
            meeting.starts_at, meeting.ends_at
        )

from collections import Counter

from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Membership
from documents.swedish_words import counted
from reports.models import Report
from reports.recipients import chosen_recipients, possible_recipients


class RecipientsField(forms.ModelMultipleChoiceField):
    """Groups, each with how many people it has today."""

    widget = forms.CheckboxSelectMultiple
    people: Counter = Counter()

    def label_from_instance(self, group):
        return f"{group} – {counted(self.people[group.pk], 'person', 'personer')}"


class IssueForm(PortalFormMixin, forms.Form):
    """What is given when a report is issued: its number and to whom it goes."""

    reference_number = forms.CharField(
        label="Rapportens diarienummer",
        max_length=Report._meta.get_field("reference_number").max_length,
        help_text="Det nummer som rapporten får i diariet, till exempel KS/2026:411. Det står på varje sida.",
    )
    recipients = RecipientsField(
        label="Mottagare",
        queryset=None,
        required=False,
        help_text="De som har en plats i grupperna får ett mejl med en länk när rapporten är utfärdad.",
    )

    def __init__(self, *args, report: Report, today, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["recipients"]
        field.queryset = possible_recipients(report)
        held = Membership.objects.held(on=today).filter(seat__group__in=field.queryset, user__is_active=True)
        field.people = Counter(group for group, _ in held.values_list("seat__group", "user").distinct())
        self.initial.setdefault("reference_number", report.reference_number)
        self.initial.setdefault("recipients", chosen_recipients(report))

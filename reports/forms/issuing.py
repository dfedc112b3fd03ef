from collections import defaultdict
from collections.abc import Collection

from django import forms
from django.utils.html import format_html

from accounts.forms import PortalFormMixin
from agreements.models import Group, Membership, Seat
from documents.swedish_dates import number_word
from documents.swedish_words import counted, joined, upper_first
from reports.models import Report
from reports.readers import why_not_mailed
from reports.recipients import chosen_recipients, possible_recipients

# Of those in a group who get no mail.
NAMED = 5
NOT_REACHED = (
    "Den som saknar e-postadress eller inloggning får ingen länk: lägg in det under Personer, eller lämna rapporten "
    "som PDF."
)


class RecipientsField(forms.ModelMultipleChoiceField):
    """Groups, each with how many people it has today and who of them no mail reaches."""

    widget = forms.CheckboxSelectMultiple
    # By group, and then by person.
    holdings: dict[int, dict[int, Membership]] = {}

    def label_from_instance(self, group):
        held = self.holdings.get(group.pk, {})
        words = f"{group} – {counted(len(held), 'person', 'personer')}"
        unreached = self.unreached_in(group)
        if not unreached:
            return words
        return format_html('{}<span class="cell-note">{}</span>', words, who_gets_no_link(unreached))

    def unreached_in(self, group: Group) -> list[Seat]:
        return [holding.seat for holding in self.holdings.get(group.pk, {}).values() if why_not_mailed(holding.user)]


def who_gets_no_link(seats: Collection[Seat]) -> str:
    """Två får ingen länk: Kommundirektör (Burlövs kommun) och Rektor (UKF)"""
    names = [f"{seat.title} ({seat.organisation})" for seat in seats]
    if (left_out := len(names) - NAMED) > 0:
        names = [*names[:NAMED], f"{left_out} till"]
    return f"{upper_first(number_word(len(seats)))} får ingen länk: {joined(names)}"


def holdings_in(groups, *, on) -> dict[int, dict[int, Membership]]:
    """The people of each group that day, with the first of their seats there; one query."""
    held = Membership.objects.held(on=on).filter(seat__group__in=groups, user__is_active=True)
    found = defaultdict(dict)
    for holding in held.select_related("user", "seat__organisation").order_by("seat_id", "pk"):
        found[holding.seat.group_id].setdefault(holding.user_id, holding)
    return found


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
        field.holdings = holdings_in(field.queryset, on=today)
        if any(why_not_mailed(one.user) for group in field.holdings.values() for one in group.values()):
            field.help_text = f"{field.help_text} {NOT_REACHED}"
        self.initial.setdefault("reference_number", report.reference_number)
        self.initial.setdefault("recipients", chosen_recipients(report))

"""Filters of the list of reports."""

from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Agreement
from reports.models import Report


class ReportFilterForm(PortalFormMixin, forms.Form):
    """Which issued reports are listed. Swedish field names: they stand in the address."""

    marks_optional = False

    overenskommelse = forms.TypedChoiceField(label="Överenskommelse", required=False)
    slag = forms.ChoiceField(label="Slag", required=False)
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, agreement: Agreement, agreements: list[Agreement], **kwargs):
        super().__init__(*args, **kwargs)
        issued = agreement.reports.issued()
        years = [day.year for day in issued.dates("ends_on", "year", order="DESC")]
        kinds = set(issued.order_by().values_list("kind", flat=True).distinct())
        self.fields["ar"].choices = [("", "Alla år"), *((str(year), str(year)) for year in years)]
        self.fields["slag"].choices = [
            ("", "Alla slag"),
            *((kind.value, kind.label) for kind in Report.Kind if kind in kinds),
        ]
        if len(agreements) > 1:
            self.fields["overenskommelse"].choices = [(str(each.pk), str(each)) for each in agreements]
            self.initial.setdefault("overenskommelse", str(agreement.pk))
        else:
            del self.fields["overenskommelse"]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["slag"] or self.cleaned_data["ar"])

    def filter(self, reports):
        """Narrow the list; a choice that is not there is no choice."""
        if not self.is_valid():
            return reports
        if kind := self.cleaned_data["slag"]:
            reports = reports.filter(kind=kind)
        if year := self.cleaned_data["ar"]:
            reports = reports.filter(ends_on__year=year)
        return reports

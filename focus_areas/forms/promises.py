from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import Agreement
from focus_areas.forecast import Outcome
from focus_areas.promises import ORDER, PartyFigures, PromiseRow


class PromiseFilterForm(PortalFormMixin, forms.Form):
    """Which promises the page shows, and in which order. Unknown values are said to be wrong, not guessed at."""

    ORDERS = {
        "part": "part",
        "aktivitet": "aktivitet",
        "-aktivitet": "aktivitet, bakifrån",
        "utfall": "hur det går, sämst först",
        "slutar": "sista dag",
        "-slutar": "sista dag, senast först",
    }

    marks_optional = False

    part = forms.ChoiceField(label="Part", required=False)
    fokusomrade = forms.ModelChoiceField(queryset=None, label="Fokusområde", required=False, empty_label="Alla")
    utfall = forms.ChoiceField(
        label="Hur det går",
        required=False,
        choices=[("", "Alla")] + [(outcome.value, outcome.label) for outcome in ORDER],
    )
    sortera = forms.ChoiceField(required=False, choices=list(ORDERS.items()), widget=forms.HiddenInput)

    def __init__(self, *args, agreement: Agreement, parties: tuple[PartyFigures, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fokusomrade"].queryset = agreement.focus_areas.in_order()
        self.fields["part"].choices = [("", "Alla")] + [(one.party, one.heading) for one in parties]
        self.party_order = {one.party: number for number, one in enumerate(parties)}

    @property
    def is_filtered(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.get(name) for name in ("part", "fokusomrade", "utfall"))

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sortera") or "part"

    def filter(self, rows: tuple[PromiseRow, ...]) -> list[PromiseRow]:
        """Narrow and order the promises. Of an unknown value nothing is left."""
        if not self.is_valid():
            return []
        chosen = self.cleaned_data
        kept = [
            row
            for row in rows
            if chosen["part"] in ("", row.party)
            and (chosen["fokusomrade"] is None or row.focus_area == chosen["fokusomrade"])
            and chosen["utfall"] in ("", row.outcome.value)
        ]
        return self._ordered(kept)

    def _ordered(self, rows: list[PromiseRow]) -> list[PromiseRow]:
        """The rows come in the plan's order, which decides between equals."""
        match self.order:
            case "aktivitet":
                return rows
            case "-aktivitet":
                return rows[::-1]
            case "utfall":
                return sorted(rows, key=lambda row: ORDER.index(Outcome(row.outcome)))
            case "slutar":
                return sorted(rows, key=lambda row: (row.ends_on is None, row.ends_on))
            case "-slutar":
                dated = [row for row in rows if row.ends_on]
                return sorted(dated, key=lambda row: row.ends_on, reverse=True) + [r for r in rows if not r.ends_on]
            case _:
                return sorted(rows, key=lambda row: self.party_order[row.party])

"""Promised and kept across the plan: each commitment with its outcome, and the parties' figures. Two queries."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import Agreement
from focus_areas.forecast import Forecast, Outcome, forecast, period_of
from focus_areas.models import Commitment, FocusArea

JOINT, OTHERS = "gemensamt", "ovriga"
HEADINGS = {JOINT: "Gemensamt", OTHERS: "Övriga"}
# The order in which outcomes are told: what needs somebody first.
ORDER = (
    Outcome.NOT_KEPT,
    Outcome.UNLIKELY,
    Outcome.NOT_REPORTED,
    Outcome.TOO_EARLY,
    Outcome.LIKELY,
    Outcome.KEPT,
    Outcome.IN_WORDS,
)


@dataclass(frozen=True)
class PromiseRow:
    """A commitment with who promised it, the days it holds, and how it is going."""

    commitment: Commitment
    party: str
    heading: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    forecast: Forecast

    @property
    def outcome(self) -> Outcome:
        return self.forecast.outcome

    @property
    def focus_area(self) -> FocusArea:
        return self.commitment.activity.focus_area


@dataclass(frozen=True)
class PartyFigures:
    """One party's promises, counted: a promise is one, whatever it counts."""

    party: str
    heading: str
    outcomes: Counter

    @property
    def promised(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome != Outcome.IN_WORDS)

    @property
    def kept(self) -> int:
        return self.outcomes[Outcome.KEPT]

    @property
    def likely(self) -> int:
        return self.outcomes[Outcome.LIKELY]

    @property
    def unlikely(self) -> int:
        return self.outcomes[Outcome.UNLIKELY]

    @property
    def not_kept(self) -> int:
        return self.outcomes[Outcome.NOT_KEPT]

    @property
    def too_early(self) -> int:
        return self.outcomes[Outcome.TOO_EARLY]

    @property
    def not_reported(self) -> int:
        return self.outcomes[Outcome.NOT_REPORTED]

    @property
    def in_words(self) -> int:
        return self.outcomes[Outcome.IN_WORDS]


@dataclass(frozen=True)
class Promises:
    """The plan's promises in the plan's order, and the parties' figures in the agreement's."""

    rows: tuple[PromiseRow, ...]
    parties: tuple[PartyFigures, ...]


def read_promises(agreement: Agreement, *, today: datetime.date) -> Promises:
    """Every commitment of the agreement, also those whose days have gone."""
    roots = [party.organisation.root for party in agreement.parties.select_related("organisation__parent__parent")]
    headings = {str(root.pk): root.everyday_name for root in roots} | HEADINGS
    commitments = (
        Commitment.objects.filter(activity__focus_area__agreement=agreement)
        .with_done()
        .select_related("activity__focus_area__agreement", "organisation__parent__parent")
        .order_by("activity__focus_area__number", "activity__focus_area", "activity__number", "activity", "pk")
    )
    rows = tuple(promise_row(commitment, agreement, headings=headings, today=today) for commitment in commitments)
    return Promises(rows, tuple(party_figures(rows, headings)))


def promise_row(
    commitment: Commitment, agreement: Agreement, *, headings: dict[str, str], today: datetime.date
) -> PromiseRow:
    starts_on, ends_on = period_of(
        starts_on=commitment.starts_on,
        ends_on=commitment.ends_on,
        agreement_starts_on=agreement.starts_on,
        agreement_ends_on=agreement.ends_on,
    )
    party = party_of(commitment, headings)
    return PromiseRow(
        commitment=commitment,
        party=party,
        heading=headings[party],
        starts_on=starts_on,
        ends_on=ends_on,
        forecast=forecast(
            comparison=commitment.comparison,
            planned=commitment.planned,
            done=commitment.done,
            starts_on=starts_on,
            ends_on=ends_on,
            today=today,
        ),
    )


def party_of(commitment: Commitment, headings: dict[str, str]) -> str:
    """The party that answers for it: a joint promise counts once, under its own heading."""
    if commitment.is_joint:
        return JOINT
    root = str(commitment.organisation.root.pk)
    return root if root in headings else OTHERS


def party_figures(rows: Iterable[PromiseRow], headings: dict[str, str]) -> list[PartyFigures]:
    """The parties in the agreement's order, also who has promised nothing; joint and others where there are any."""
    outcomes: dict[str, Counter] = {party: Counter() for party in headings}
    for row in rows:
        outcomes[row.party][row.outcome] += 1
    return [
        PartyFigures(party, heading, outcomes[party])
        for party, heading in headings.items()
        if outcomes[party] or party not in HEADINGS
    ]

"""Promised and kept across the plan: each commitment with its outcome, and the parties' figures. Two queries."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import Agreement, Party
from focus_areas.forecast import Forecast, Outcome, forecast, over_from, period_of
from focus_areas.models import Commitment, FocusArea
from privacy.small_counts import SMALLEST_SHOWN, counts_people, shown_count

JOINT, OTHERS = "gemensamt", "ovriga"
HEADINGS = {JOINT: "Gemensamt", OTHERS: "Övriga"}
# The order in which outcomes are told: what needs somebody first.
ORDER = (
    Outcome.NOT_KEPT,
    Outcome.UNLIKELY,
    Outcome.NOT_REPORTED,
    Outcome.WORDS_MISSING,
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
class PromiseFigures:
    """Promises, counted: a promise is one, whatever it counts. `over`: those that came to more than promised."""

    outcomes: Counter
    over: int = 0

    @property
    def promised(self) -> int:
        """Those with a number."""
        return self.outcomes.total() - self.in_words

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
        """Those without a number, also where the words are missing."""
        return self.outcomes[Outcome.IN_WORDS] + self.outcomes[Outcome.WORDS_MISSING]

    @property
    def short(self) -> str:
        return f"{self.kept} av {self.promised}"

    @property
    def sentence(self) -> str:
        """3 av 4 löften med antal hållna, varav 1 över, 1 ej redovisat; 1 utan antal. What is none is not said."""
        if not self.promised:
            return f"{self.in_words} {'löfte' if self.in_words == 1 else 'löften'} utan antal" if self.in_words else ""
        many, held = ("löfte", "hållet") if self.promised == 1 else ("löften", "hållna")
        going_on = self.likely + self.unlikely + self.too_early
        said = [f"{self.short} {many} med antal {held}"]
        said += [f"varav {self.over} över"] * bool(self.over)
        said += [f"{self.not_kept} {'inte hållet' if self.not_kept == 1 else 'inte hållna'}"] * bool(self.not_kept)
        said += [f"{self.not_reported} ej {'redovisat' if self.not_reported == 1 else 'redovisade'}"] * bool(
            self.not_reported
        )
        said += [f"{going_on} pågår"] * bool(going_on)
        without = f"; {self.in_words} utan antal" if self.in_words else ""
        return f"{', '.join(said)}{without}"


@dataclass(frozen=True, kw_only=True)
class PartyFigures(PromiseFigures):
    """One party's promises, or those that are joint (once, under a heading of their own)."""

    party: str
    heading: str


@dataclass(frozen=True)
class Promises:
    """The plan's promises in the plan's order, and the parties' figures in the agreement's."""

    rows: tuple[PromiseRow, ...]
    parties: tuple[PartyFigures, ...]

    @property
    def total(self) -> PromiseFigures:
        return total_figures(self.parties)


def read_promises(agreement: Agreement, *, today: datetime.date, current: bool = False) -> Promises:
    """Every commitment of the agreement, also those whose days have gone; or only those that hold that day."""
    headings = party_headings(agreement.parties.select_related("organisation__parent__parent"))
    commitments = (
        Commitment.objects.filter(activity__focus_area__agreement=agreement)
        .with_done()
        .select_related("activity__focus_area__agreement", "organisation__parent__parent")
        .order_by("activity__focus_area__number", "activity__focus_area", "activity__number", "activity", "pk")
    )
    commitments = commitments.current(on=today) if current else commitments
    return promises_of(commitments, agreement, headings=headings, today=today)


def promises_of(
    commitments: Iterable[Commitment],
    agreement: Agreement,
    *,
    headings: dict[str, str],
    today: datetime.date,
    reported: tuple[datetime.date, datetime.date] | None = None,
) -> Promises:
    """Judge commitments that know their activity and what was `done`."""
    rows = tuple(
        promise_row(commitment, agreement, headings=headings, today=today, reported=reported)
        for commitment in commitments
    )
    return Promises(rows, tuple(party_figures(rows, headings)))


def party_headings(parties: Iterable[Party]) -> dict[str, str]:
    """What promises are told under: the parties in the agreement's order, jointly, others."""
    roots = [party.organisation.root for party in parties]
    return {str(root.pk): root.everyday_name for root in roots} | HEADINGS


def promise_row(
    commitment: Commitment,
    agreement: Agreement,
    *,
    headings: dict[str, str],
    today: datetime.date,
    reported: tuple[datetime.date, datetime.date] | None = None,
) -> PromiseRow:
    """Judge a commitment on a day. `reported`: the first and last day of the report's period, for a report."""
    activity = commitment.activity
    starts_on, ends_on = period_of(
        starts_on=commitment.starts_on,
        ends_on=commitment.ends_on,
        activity_starts_on=activity.starts_on,
        activity_ends_on=activity.ends_on,
        agreement_starts_on=agreement.starts_on or agreement.signed_on,
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
            over_on=over_from(ends_on=ends_on, starts_on=starts_on, reported=reported),
            has_words=bool(commitment.outcome),
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
    over: Counter = Counter()
    for row in rows:
        outcomes[row.party][row.outcome] += 1
        over[row.party] += bool(row.forecast.over)
    return [
        PartyFigures(party=party, heading=heading, outcomes=outcomes[party], over=over[party])
        for party, heading in headings.items()
        if outcomes[party] or party not in HEADINGS
    ]


def done_words(commitment: Commitment) -> str:
    """What was done, as it may leave the portal: 3, ca 100, färre än 5; empty where nothing is reported."""
    if commitment.done is None:
        return ""
    shown = shown_count(commitment.done, commitment.unit)
    return f"ca {shown}" if commitment.is_done_about and shown == str(commitment.done) else shown


def outcome_words(row: PromiseRow) -> str:
    """How it goes, as it may leave the portal: without the expected number, or how many too many, of a few people."""
    numbers = (row.commitment.done, row.forecast.expected, row.forecast.over)
    is_masked = counts_people(row.commitment.unit) and any(
        number is not None and 0 < number < SMALLEST_SHOWN for number in numbers
    )
    return row.outcome.label if is_masked else row.forecast.words


def total_figures(parties: Iterable[PartyFigures]) -> PromiseFigures:
    """All parties' promises together, the joint ones once."""
    parties = list(parties)
    return PromiseFigures(sum((one.outcomes for one in parties), Counter()), sum(one.over for one in parties))

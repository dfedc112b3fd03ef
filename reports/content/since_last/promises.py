"""What has changed of the promises, and how each party stands."""

import datetime
from collections.abc import Iterator

from documents.swedish_words import lower_first
from reports.content.facts import CommitmentFact, Facts
from reports.content.since_last.activities import day_change
from reports.content.since_last.matching import Compared
from reports.content.since_last.told import Change, PartyProgress, PromiseProgress, Sort

# The values of focus_areas.forecast.Outcome, as they are frozen.
KEPT, NOT_KEPT = "kept", "not_kept"
IN_WORDS = ("in_words", "words_missing")
# focus_areas.promises.HEADINGS
LAST_HEADINGS = ("Gemensamt", "Övriga")
NOT_REPORTED = "ej redovisat"
PROMISE_DAY_NAMES = {"starts_on": "första dag", "ends_on": "sista dag"}


def commitment_changes(compared: Compared) -> Iterator[Change]:
    """Of activities that are in both reports: what comes and goes with its activity is told with that."""
    titles = compared.titles
    in_both = {pair.now.id for pair in compared.activities.both}
    remaining = {pair.was.id: pair.now.id for pair in compared.activities.both}
    for commitment in compared.commitments.added:
        if commitment.activity_id in in_both:
            yield Change(Sort.PROMISED, titles[commitment.activity_id], promise_words(commitment))
    for commitment in compared.commitments.removed:
        if commitment.activity_id in remaining:
            what = titles[remaining[commitment.activity_id]]
            yield Change(Sort.PROMISE_REMOVED, what, f"{promise_words(commitment)}. {done_sentence(commitment)}")
    for pair in compared.commitments.both:
        what = titles.get(pair.now.activity_id, "")
        yield from changes_of_commitment(pair.was, pair.now, what=what, since=compared.before.as_of)


def changes_of_commitment(
    was: CommitmentFact, now: CommitmentFact, *, what: str, since: datetime.datetime
) -> Iterator[Change]:
    if (was.who, was.text, was.promise) != (now.who, now.text, now.promise):
        yield Change(Sort.PROMISE_CHANGED, what, f"{promise_words(was)}. Nu: {promise_words(now)}.")
    if was.outcome != now.outcome and now.outcome in (KEPT, NOT_KEPT):
        sort = Sort.PROMISE_KEPT if now.outcome == KEPT else Sort.PROMISE_BROKEN
        yield Change(sort, what, f"{promise_words(now)}. {done_sentence(now)}")
    for name, label in PROMISE_DAY_NAMES.items():
        labelled = f"{now.who}, {lower_first(now.text)}, {label}"
        yield from day_change(name, labelled, was, now, what=what, since=since)


def promise_words(commitment: CommitmentFact) -> str:
    """Polisen: Skolbesök, minst 8 besök"""
    return ", ".join(part for part in (f"{commitment.who}: {commitment.text}", commitment.promise) if part)


def done_sentence(commitment: CommitmentFact) -> str:
    return f"Gjort: {commitment.done_words}." if commitment.done_words else "Utfallet är inte redovisat."


def party_progress(compared: Compared) -> Iterator[PartyProgress]:
    """The parties in the order of their promises, joint ones and others last."""
    titles = compared.titles
    headings = dict.fromkeys(
        commitment.party for commitment in (*compared.now.commitments, *compared.before.commitments)
    )
    for heading in sorted(headings, key=lambda heading: heading in LAST_HEADINGS):
        lines = tuple(
            progress_line(pair.was, pair.now, activity=titles.get(pair.now.activity_id, ""))
            for pair in compared.commitments.both
            if pair.now.party == heading and has_moved(pair.was, pair.now)
        )
        if sentence := kept_sentence(compared.before, compared.now, heading):
            yield PartyProgress(heading, sentence, lines)
        elif lines:
            yield PartyProgress(heading, "Åtagandena följs upp i ord.", lines)


def has_moved(was: CommitmentFact, now: CommitmentFact) -> bool:
    return (was.done_words, was.outcome) != (now.done_words, now.outcome)


def progress_line(was: CommitmentFact, now: CommitmentFact, *, activity: str) -> PromiseProgress:
    return PromiseProgress(
        activity=activity,
        who=now.who,
        what=now.text,
        was=was.done_words or NOT_REPORTED,
        now=now.done_words or NOT_REPORTED,
        promise=now.promise or "inget antal",
        outcome_was=was.outcome_label,
        outcome=now.outcome_label,
    )


def kept_sentence(before: Facts, now: Facts, party: str) -> str:
    """Hållna åtaganden med antal: 3 av 5, mot 1 av 4 i förra rapporten."""
    kept, total = kept_of(now, party)
    kept_before, total_before = kept_of(before, party)
    if not total:
        return ""
    said = f"Hållna åtaganden med antal: {kept} av {total}"
    if (kept, total) == (kept_before, total_before):
        return f"{said}, som i förra rapporten."
    return f"{said}, mot {kept_before} av {total_before} i förra rapporten."


def kept_of(facts: Facts, party: str) -> tuple[int, int]:
    numbered = [
        commitment
        for commitment in facts.commitments
        if commitment.party == party and commitment.is_counted and commitment.outcome not in IN_WORDS
    ]
    return sum(commitment.outcome == KEPT for commitment in numbered), len(numbered)

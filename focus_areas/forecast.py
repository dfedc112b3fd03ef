"""Whether a promise with a number will be kept, by the pace so far. Pure: no database, and "today" is an argument.

The pace is what has been done by the days that have gone of the promise's own period, carried on to its last day. It
knows nothing of what is planned, of seasons or of catching up; it says what happens if nothing changes.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from focus_areas.models.commitments import is_kept

# Before a tenth of the period has gone, one thing done more or less would turn the answer.
TOO_EARLY = 0.1


class Outcome(StrEnum):
    """What can be said of a promise today, in the words of the page."""

    KEPT = "kept"
    LIKELY = "likely"
    UNLIKELY = "unlikely"
    NOT_KEPT = "not_kept"
    TOO_EARLY = "too_early"
    NOT_REPORTED = "not_reported"
    IN_WORDS = "in_words"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Outcome.KEPT: "Hållet",
    Outcome.LIKELY: "Väntas hållas",
    Outcome.UNLIKELY: "Väntas inte hållas",
    Outcome.NOT_KEPT: "Inte hållet",
    Outcome.TOO_EARLY: "För tidigt att säga",
    Outcome.NOT_REPORTED: "Utfall saknas",
    Outcome.IN_WORDS: "Följs upp i ord",
}


@dataclass(frozen=True)
class Forecast:
    """The outcome, and how many are expected by the last day: None where no pace can be told."""

    outcome: Outcome
    expected: int | None = None
    planned: int | None = None

    @property
    def words(self) -> str:
        """Väntas inte hållas (väntat 3 av 4)."""
        if self.outcome in (Outcome.LIKELY, Outcome.UNLIKELY):
            return f"{self.outcome.label} (väntat {self.expected} av {self.planned})"
        return self.outcome.label


def forecast(
    *,
    comparison: str,
    planned: int | None,
    done: int | None,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    today: datetime.date,
) -> Forecast:
    """Say how a promise will end. Its days are its own, or the agreement's where it has none (`period_of`).

    - Kept is kept as soon as enough has been done, also while the period goes on and when more is done than promised.
    - After the last day: kept or not; where nothing was ever reported, neither.
    - Before the first day, with less than a tenth gone, or with no known period: too early to say.
    - Nothing reported under way is no pace of zero: the outcome is missing.
    - None done is no pace either while not even one would be due by now: a single report may come on the last day.
    """
    if planned is None:
        return Forecast(Outcome.IN_WORDS)
    if is_kept(comparison=comparison, planned=planned, done=done):
        return Forecast(Outcome.KEPT, planned=planned)
    if ends_on and today > ends_on:
        return Forecast(Outcome.NOT_REPORTED if done is None else Outcome.NOT_KEPT, planned=planned)
    gone = share_gone(starts_on, ends_on, today=today)
    if gone is None or gone < TOO_EARLY:
        return Forecast(Outcome.TOO_EARLY, planned=planned)
    if done is None:
        return Forecast(Outcome.NOT_REPORTED, planned=planned)
    if done == 0 and planned * gone < 1:
        return Forecast(Outcome.TOO_EARLY, planned=planned)
    expected = int(done / gone + 0.5)
    holds = is_kept(comparison=comparison, planned=planned, done=expected)
    return Forecast(Outcome.LIKELY if holds else Outcome.UNLIKELY, expected=expected, planned=planned)


def period_of(
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    agreement_starts_on: datetime.date | None,
    agreement_ends_on: datetime.date | None,
) -> tuple[datetime.date | None, datetime.date | None]:
    """A commitment's own days; the agreement's for each that it lacks, unless that would turn the period around."""
    start, end = starts_on or agreement_starts_on, ends_on or agreement_ends_on
    if start and end and end < start:
        return starts_on, ends_on
    return start, end


def share_gone(starts_on: datetime.date | None, ends_on: datetime.date | None, *, today: datetime.date) -> float | None:
    """How much of the period has gone, today included: 0 before it, 1 on its last day; None for no known period."""
    if starts_on is None or ends_on is None:
        return None
    if today < starts_on:
        return 0.0
    return min(1.0, ((today - starts_on).days + 1) / ((ends_on - starts_on).days + 1))

"""Whether a promise with a number will be kept, by the pace so far. Pure: no database, and "today" is an argument.

The pace is what has been done by the days that have gone of the promise's own period, carried on to its last day. It
knows nothing of what is planned, of seasons or of catching up; it says what happens if nothing changes.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from focus_areas.models.commitments import Commitment, is_kept

# Before a tenth of the period has gone, one thing done more or less would turn the answer.
TOO_EARLY = 0.1
# The last day of a year is 364 days after its first.
A_YEAR, TWO_YEARS = datetime.timedelta(days=364), datetime.timedelta(days=730)


class Outcome(StrEnum):
    """What can be said of a promise today, in the words of the page."""

    KEPT = "kept"
    LIKELY = "likely"
    UNLIKELY = "unlikely"
    NOT_KEPT = "not_kept"
    TOO_EARLY = "too_early"
    NOT_REPORTED = "not_reported"
    IN_WORDS = "in_words"
    WORDS_MISSING = "words_missing"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Outcome.KEPT: "Hållet",
    Outcome.LIKELY: "Väntas hållas",
    Outcome.UNLIKELY: "Väntas inte hållas",
    Outcome.NOT_KEPT: "Inte hållet",
    Outcome.TOO_EARLY: "För tidigt att säga",
    Outcome.NOT_REPORTED: "Utfall ej redovisat",
    Outcome.IN_WORDS: "Följs upp i ord",
    Outcome.WORDS_MISSING: "Utfall ej redovisat",
}


@dataclass(frozen=True)
class Forecast:
    """The outcome, and how many are expected by the last day: None where no pace can be told."""

    outcome: Outcome
    expected: int | None = None
    planned: int | None = None
    # How many more than promised, of what is kept.
    over: int = 0

    @property
    def words(self) -> str:
        """Väntas inte hållas (väntat 3 av 4); Hållet, 1 över."""
        if self.over:
            return f"{self.outcome.label}, {self.over} över"
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
    over_on: datetime.date | None = None,
    has_words: bool = True,
) -> Forecast:
    """Say how a promise will end. Its days are those of `period_of`, `over_on` where they have no end (`over_from`).

    - Kept is kept as soon as enough has been done, also while the period goes on and when more is done than promised.
      *At most* is broken as soon as too much has been done, and kept only when its time is over.
    - When its time is over: kept or not; where nothing was ever reported, neither.
    - Before the first day, with less than a tenth gone, or with no known end: too early to say.
    - Nothing reported under way is no pace of zero: the outcome is missing.
    - None done is no pace either while not even one would be due by now: a single report may come on the last day.
    - What has no number is followed up in words: its outcome is missing when its time is over and there are none.
    """
    over_on = over_from(ends_on=ends_on) or over_on
    is_over = over_on is not None and today >= over_on
    if planned is None:
        is_missing = is_over and done is None and not has_words
        return Forecast(Outcome.WORDS_MISSING if is_missing else Outcome.IN_WORDS)
    is_limit = comparison == Commitment.Comparison.AT_MOST
    if is_kept(comparison=comparison, planned=planned, done=done) and (is_over or not is_limit):
        return Forecast(Outcome.KEPT, planned=planned, over=max(0, done - planned))
    if done is not None and (is_over or (is_limit and done > planned)):
        return Forecast(Outcome.NOT_KEPT, planned=planned)
    if is_over:
        return Forecast(Outcome.NOT_REPORTED, planned=planned)
    gone = share_gone(starts_on, ends_on or over_on, today=today)
    if gone is None or gone < TOO_EARLY:
        return Forecast(Outcome.TOO_EARLY, planned=planned)
    if done is None:
        return Forecast(Outcome.NOT_REPORTED, planned=planned)
    if ends_on is None or (done == 0 and planned * gone < 1 and not is_limit):
        return Forecast(Outcome.TOO_EARLY, planned=planned)
    expected = int(done / gone + 0.5)
    holds = is_kept(comparison=comparison, planned=planned, done=expected)
    return Forecast(Outcome.LIKELY if holds else Outcome.UNLIKELY, expected=expected, planned=planned)


def period_of(
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    activity_starts_on: datetime.date | None = None,
    activity_ends_on: datetime.date | None = None,
    agreement_starts_on: datetime.date | None,
    agreement_ends_on: datetime.date | None,
) -> tuple[datetime.date | None, datetime.date | None]:
    """The days a commitment holds: from its own first day, else the activity's, else the agreement's.

    It ends with whichever of the three ends first; an end before the first day is another period's, and passed over.
    """
    start = starts_on or activity_starts_on or agreement_starts_on
    if start and ends_on and ends_on < start:
        return starts_on, ends_on
    ends = [end for end in (ends_on, activity_ends_on, agreement_ends_on) if end and not (start and end < start)]
    return start, min(ends, default=None)


def over_from(
    *,
    ends_on: datetime.date | None,
    starts_on: datetime.date | None = None,
    reported: tuple[datetime.date, datetime.date] | None = None,
) -> datetime.date | None:
    """The first day on which a promise's time is over; None where nothing tells.

    Where nothing ends it, a promise is one for the year that is reported: a report on a year or more judges it at the
    end of its period (`reported`, its first and last day). Otherwise it is over when two years have gone, for so often
    the law asks for the whole plan to be followed up (6 §): no promise is too early to judge for ever.
    """
    if ends_on:
        return ends_on + datetime.timedelta(days=1)
    if reported and reported[1] - reported[0] >= A_YEAR:
        return reported[1]
    return starts_on + TWO_YEARS if starts_on else None


def share_gone(starts_on: datetime.date | None, ends_on: datetime.date | None, *, today: datetime.date) -> float | None:
    """How much of the period has gone, today included: 0 before it, 1 on its last day; None for no known period."""
    if starts_on is None or ends_on is None:
        return None
    if today < starts_on:
        return 0.0
    return min(1.0, ((today - starts_on).days + 1) / ((ends_on - starts_on).days + 1))

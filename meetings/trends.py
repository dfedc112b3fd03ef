"""Which counts stand out from the past, and which way a series is going. No database: numbers in, words out.

`meetings/baselines.py` says what was to be expected; here the newest period, and two or three together, are held
against it. How unlikely a count has to be follows from a budget of false marks per meeting. docs/TRENDS.md has the
method, its sources and how often it is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from meetings.baselines import Baseline, BaselineRules, History, Observed, common_dispersion

MOST_PER_PERIOD = 1_000_000  # no meeting hears of more; keeps every sum within what the arithmetic is exact for


class Direction(StrEnum):
    """Where a series is going, over the last few periods together; nothing is said before all have reported."""

    WORSENING = "worsening"
    AS_USUAL = "as_usual"
    CALMING = "calming"
    TOO_LITTLE_KNOWN = "too_little_known"
    AWAITED = "awaited"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def css_class(self) -> str:
        """The look's class, which also gives print its arrow."""
        return _CSS_CLASSES[self]


_LABELS = {
    Direction.WORSENING: "Ökar",
    Direction.AS_USUAL: "Som vanligt",
    Direction.CALMING: "Minskar",
    Direction.TOO_LITTLE_KNOWN: "För lite att jämföra med",
    Direction.AWAITED: "Inväntar rapporter",
}
_CSS_CLASSES = {
    Direction.WORSENING: "trend-up",
    Direction.AS_USUAL: "trend-same",
    Direction.CALMING: "trend-down",
    Direction.TOO_LITTLE_KNOWN: "trend-unknown",
    Direction.AWAITED: "trend-unknown",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The operating point, as bench/trend_simulation.py chose it. docs/TRENDS.md shows what others would have given."""

    fewest_periods: int = 6
    # The newest period alone, and together with the one or the two before it: so that a slow rise is found too.
    longest_run: int = 3
    # One false mark in a meeting of sixty series; in a smaller meeting fewer, in a larger one no more.
    false_marks: float = 1.0
    usual_series: int = 60
    # A run is asked about beside the newest period alone: this share of the threshold, and so much of the budget.
    share_of_runs: float = 0.4
    marks_by_runs: float = 0.6
    # For a series that is judged by itself, and the mildest that a meeting of rare things comes to.
    stands_out_at: float = 0.017
    mildest: float = 0.06
    fewest_to_stand_out: int = 3
    direction_at: float = 0.03
    past: BaselineRules = BaselineRules()


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Period:
    """The days between two meetings, both days included, and what was observed in them."""

    starts_on: date
    ends_on: date
    count: int

    def __post_init__(self) -> None:
        if isinstance(self.count, bool) or not isinstance(self.count, int):
            raise ValueError(f"a count is a whole number, not {self.count!r}")
        if not 0 <= self.count <= MOST_PER_PERIOD:
            raise ValueError(f"a count lies between 0 and {MOST_PER_PERIOD}, not {self.count}")
        if self.ends_on < self.starts_on:
            raise ValueError(f"a period ends before it starts: {self.starts_on}–{self.ends_on}")

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the past says about one period. Issued reports keep it: a new field has a default.

    `expected` and `p_value` are None when there are too few periods. `p_value` is how probable at least this count
    was; `compared_with` the number of periods behind. `run` is how many periods stand out together, the newest last (1:
    it does so alone, 0: nothing stands out), with `run_count` observations where `run_expected` were to be expected.
    `upper` is the highest count that would not have stood out, where this one does.
    """

    count: int
    direction: Direction
    stands_out: bool
    expected: float | None
    p_value: float | None
    compared_with: int
    run: int = 0
    run_count: int = 0
    run_expected: float = 0.0
    upper: int | None = None

    @property
    def is_known(self) -> bool:
        return self.direction not in (Direction.TOO_LITTLE_KNOWN, Direction.AWAITED)

    @property
    def is_notable(self) -> bool:
        """Whether a meeting should look at it."""
        return self.stands_out or self.direction == Direction.WORSENING

    @property
    def expected_words(self) -> str:
        """Return "ungefär 2", never more exact than the method is; empty when too little is known."""
        return "" if self.expected is None else roughly(self.expected)

    @property
    def words(self) -> str:
        """Return a sentence that says the number, what was to be expected and whether it stands out."""
        if self.direction == Direction.TOO_LITTLE_KNOWN:
            return f"{self.count} den här gången. För få möten att jämföra med."
        if self.direction == Direction.AWAITED:
            return f"{self.count} hittills. Alla har inte rapporterat, så det går inte att säga något om utvecklingen."
        text = f"{self.count} den här gången, väntat {self.expected_words}."
        if self.run > 1:
            together = f"De {'två' if self.run == 2 else 'tre'} senaste perioderna tillsammans sticker ut"
            return f"{text} {together}: {self.run_count}, väntat {roughly(self.run_expected)}."
        if self.stands_out:
            return f"{text} Det sticker ut: upp till {self.upper} hade inte gjort det."
        return text

    def awaited(self) -> "Verdict":
        """Return it without any judgement: its period is not over, or those who report have not all done so."""
        return replace(self, direction=Direction.AWAITED, stands_out=False, run=0, upper=None)


def roughly(expected: float) -> str:
    return "färre än 1" if expected < 0.75 else f"ungefär {expected:.0f}"


def judge(periods: Sequence[Period], rules: Rules = RULES) -> Verdict:
    """Judge the last of the periods (oldest first) against those before it, by itself.

    Raises:
        ValueError: if there are no periods, or they overlap or come in the wrong order.
    """
    series = JudgedSeries(periods, rules)
    if series.history is not None:
        series.compare()
    return series.verdict(threshold=rules.stands_out_at)


def judge_all(periods: Sequence[Period], *, last: int | None = None, rules: Rules = RULES) -> list[Verdict]:
    """Judge each period as it would have been judged then; with `last`, only that many of the newest.

    Raises:
        ValueError: as `judge`, but no periods give no verdicts.
    """
    if not periods:
        return []
    first = 0 if last is None else max(0, len(periods) - last)
    return [judge(periods[: end + 1], rules) for end in range(first, len(periods))]


def judge_together(
    series: Sequence[Sequence[Period]], *, within: Sequence[int | None] = (), rules: Rules = RULES
) -> list[Verdict]:
    """Judge the last period of each series of a meeting, with the meeting's budget of false marks.

    They borrow strength from each other: how counts vary from all of them, season and recent change from the series
    that they lie within.

    Args:
        series: periods oldest first, the same periods in all of them.
        within: for each series the number of the series that it is a part of (an area's of its category's), or None.

    Raises:
        ValueError: as `judge`.
    """
    judged = [JudgedSeries(periods, rules) for periods in series]
    known = [one for one in judged if one.history is not None]
    dispersion = common_dispersion([one.history for one in known])
    parts = [number for number in within if number is not None]
    for one, whole in zip(judged, within or [None] * len(judged), strict=True):
        if one.history is not None:
            one.compare(
                dispersion=dispersion, whole=judged[whole] if whole is not None else None, of=parts.count(whole)
            )
    threshold = threshold_of(known, rules)
    return [one.verdict(threshold=threshold) for one in judged]


def threshold_of(series: "Sequence[JudgedSeries]", rules: Rules) -> float:
    """Return how improbable a count has to be, so that chance marks as many series as the budget has.

    A rare thing reaches few probabilities: three where nearly nothing is usual happens once in a thousand, two are no
    pattern. What it leaves of the budget is the others'.
    """
    budget = min(rules.false_marks, rules.false_marks * len(series) / rules.usual_series) / (1 + rules.marks_by_runs)
    reached = sorted((share, number) for number, one in enumerate(series) for share in one.reachable(rules.mildest))
    false_marks, threshold, highest = 0.0, 0.0, dict.fromkeys(range(len(series)), 0.0)
    for share, number in reached:
        false_marks += share - highest[number]
        if false_marks > budget:
            return threshold
        highest[number] = threshold = share
    return rules.mildest


class JudgedSeries:
    """A series whose newest period is held against its past.

    The past ends two periods before the newest, where it is long enough: a slow rise would otherwise lift it.
    """

    def __init__(self, periods: Sequence[Period], rules: Rules):
        _require_order(periods)
        self.rules = rules
        self.newest, self.earlier = periods[-1], periods[:-1]
        self.history = self.baseline = None
        self.guarded: Sequence[Period] = ()
        self.threshold = rules.stands_out_at
        if len(self.earlier) < rules.fewest_periods:
            return
        guard = min(rules.longest_run - 1, len(self.earlier) - rules.fewest_periods)
        past = self.earlier[: len(self.earlier) - guard]
        self.guarded = self.earlier[len(past) :]
        observed = [Observed(one.starts_on.toordinal() + (one.days - 1) / 2, one.days, one.count) for one in past]
        self.history = History(observed, self.newest.starts_on, rules.past)

    def compare(self, *, dispersion: float = 1.0, whole: "JudgedSeries | None" = None, of: int = 1) -> None:
        """Say what is to be expected, perhaps with what the whole that the series is one `of` so many parts of says."""
        source = whole.history if whole is not None else self.history
        self.baseline = Baseline.of(
            self.history,
            change=source.change_by(self.newest.starts_on.toordinal()),
            dispersion=dispersion,
            usual_rate=source.rate / of if whole is not None else None,
        )

    def reachable(self, mildest: float) -> list[float]:
        """Return the probabilities, `mildest` or less, that a count of the newest period can have by chance."""
        shares, count = (
            [],
            self.baseline.lowest_count_at(mildest, self.newest.days, at_least=self.rules.fewest_to_stand_out),
        )
        while (share := self.baseline.probability_of_at_least(count, self.newest.days)) > 1e-4 and len(shares) < 12:
            shares.append(share)
            count += 1
        return shares

    def verdict(self, *, threshold: float) -> Verdict:
        self.threshold = threshold
        newest, baseline = self.newest, self.baseline
        if baseline is None:
            return Verdict(newest.count, Direction.TOO_LITTLE_KNOWN, False, None, None, len(self.earlier))
        run = self.run_that_stands_out()
        together = [newest, *reversed(self.guarded)][:run]
        return Verdict(
            count=newest.count,
            direction=self.direction(run),
            stands_out=run > 0,
            expected=baseline.expected(newest.days),
            p_value=baseline.probability_of_at_least(newest.count, newest.days),
            compared_with=len(self.history.observed),
            run=run,
            run_count=sum(one.count for one in together),
            run_expected=baseline.expected(sum(one.days for one in together)) if together else 0.0,
            upper=self.lowest_that_stands_out() - 1 if run else None,
        )

    def run_that_stands_out(self) -> int:
        """Return how many periods up to the newest stand out together; the newest alone goes first.

        A run is looked at where the newest is itself above what was expected, and none before it has stood out alone:
        that was said at its own meeting.
        """
        if self.is_unlikely(self.newest.count, self.newest.days, self.threshold):
            return 1
        if self.newest.count <= self.baseline.expected(self.newest.days):
            return 0
        count, days = self.newest.count, self.newest.days
        for run, one in enumerate(reversed(self.guarded), start=2):
            if self.is_unlikely(one.count, one.days, self.threshold):
                return 0
            count, days = count + one.count, days + one.days
            if self.is_unlikely(count, days, self.threshold * self.rules.share_of_runs):
                return run
        return 0

    def is_unlikely(self, count: int, days: int, probability: float) -> bool:
        enough = count >= self.rules.fewest_to_stand_out
        return enough and self.baseline.probability_of_at_least(count, days) <= probability

    def direction(self, run: int) -> Direction:
        """Look at the newest period and the guarded ones together; the newest must itself point the same way."""
        count = self.newest.count + sum(one.count for one in self.guarded)
        days = self.newest.days + sum(one.days for one in self.guarded)
        expected = self.baseline.expected(self.newest.days)
        if run or (self.newest.count > expected and self.is_unlikely(count, days, self.rules.direction_at)):
            return Direction.WORSENING
        falls = self.baseline.probability_of_at_most(count, days) <= self.rules.direction_at
        return Direction.CALMING if falls and self.newest.count < expected else Direction.AS_USUAL

    def lowest_that_stands_out(self) -> int:
        """Return the lowest count of the newest period that would stand out, alone or with those before it."""
        rules, baseline, days = self.rules, self.baseline, self.newest.days
        lowest = baseline.lowest_count_at(self.threshold, days, at_least=rules.fewest_to_stand_out)
        above_expected = int(baseline.expected(days)) + 1
        before = 0
        for one in reversed(self.guarded):
            if self.is_unlikely(one.count, one.days, self.threshold):
                break
            before, days = before + one.count, days + one.days
            together = baseline.lowest_count_at(
                self.threshold * rules.share_of_runs, days, at_least=rules.fewest_to_stand_out
            )
            lowest = min(lowest, max(together - before, above_expected))
        return lowest


def _require_order(periods: Sequence[Period]) -> None:
    if not periods:
        raise ValueError("there is no period to judge")
    for earlier, later in zip(periods, periods[1:], strict=False):
        if later.starts_on <= earlier.ends_on:
            raise ValueError(f"periods come oldest first and do not overlap: {earlier.ends_on}, {later.starts_on}")

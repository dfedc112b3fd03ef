"""Which counts stand out from the recent past, and which way a series is going. No database: numbers in, words out.

The method is the gamma-Poisson one of outbreak detection: what was seen in 6–13 earlier periods gives a negative
binomial prediction of the newest. docs/TRENDS.md says why, and how often it is wrong.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from documents.written_text import comparison_key

MOST_PER_PERIOD = 1_000_000  # no meeting hears of more; keeps every sum within what the arithmetic is exact for
SHORT_OF_CERTAIN = 1e-12


class Direction(StrEnum):
    """Where a series is going, over the last few periods together."""

    WORSENING = "worsening"
    AS_USUAL = "as_usual"
    CALMING = "calming"
    TOO_LITTLE_KNOWN = "too_little_known"

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
}
_CSS_CLASSES = {
    Direction.WORSENING: "trend-up",
    Direction.AS_USUAL: "trend-same",
    Direction.CALMING: "trend-down",
    Direction.TOO_LITTLE_KNOWN: "trend-unknown",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds, as bench/trend_simulation.py chose them. docs/TRENDS.md shows what others would have given."""

    fewest_periods: int = 6
    most_periods: int = 13  # half a year of meetings every second week
    guard_periods: int = 2  # between the past and the newest, so that a slow rise does not hide itself
    stands_out_at: float = 0.003
    fewest_to_stand_out: int = 3
    direction_at: float = 0.05
    fewest_to_worsen: int = 3
    outlier_residual: float = 2.58
    dispersion_weight: float = 12

    @property
    def reach(self) -> int:
        """How many periods before one can matter to its verdict."""
        return self.guard_periods + self.most_periods


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
    """What the past says about one period.

    `expected` and `p_value` are None when there are too few periods. `p_value` is how probable at least this count
    was; `compared_with` the number of periods behind.
    """

    count: int
    direction: Direction
    stands_out: bool
    expected: float | None
    p_value: float | None
    compared_with: int
    # What `upper` is worked out from when somebody asks: it costs more than all the rest.
    past: "Past | None" = field(default=None, repr=False)
    days: int = 0
    rules: Rules = field(default=RULES, repr=False)

    @property
    def upper(self) -> int | None:
        """The highest count that would not have stood out; None when there are too few periods."""
        if self.past is None:
            return None
        highest = self.past.highest_count_above(self.rules.stands_out_at, self.days)
        return max(highest, self.rules.fewest_to_stand_out - 1)

    @property
    def is_known(self) -> bool:
        return self.direction != Direction.TOO_LITTLE_KNOWN

    @property
    def is_notable(self) -> bool:
        """Whether a meeting should look at it."""
        return self.stands_out or self.direction == Direction.WORSENING

    @property
    def expected_words(self) -> str:
        """Return "ungefär 2", never more exact than the method is; empty when too little is known."""
        if self.expected is None:
            return ""
        return "färre än 1" if self.expected < 0.75 else f"ungefär {self.expected:.0f}"

    @property
    def words(self) -> str:
        """Return a sentence that says the number, what was to be expected and whether it stands out."""
        if not self.is_known:
            return f"{self.count} den här gången. För få möten att jämföra med."
        text = f"{self.count} den här gången, väntat {self.expected_words}."
        if self.stands_out:
            return f"{text} Det sticker ut: upp till {self.upper} hade inte gjort det."
        return text


def judge(periods: Sequence[Period], rules: Rules = RULES) -> Verdict:
    """Judge the last of the periods (oldest first) against those before it.

    Raises:
        ValueError: if there are no periods, or they overlap or come in the wrong order.
    """
    _require_order(periods)
    return _judge_last(periods, rules)


def judge_all(periods: Sequence[Period], *, last: int | None = None, rules: Rules = RULES) -> list[Verdict]:
    """Judge each period as it would have been judged then; with `last`, only that many of the newest.

    Raises:
        ValueError: as `judge`, but no periods give no verdicts.
    """
    if not periods:
        return []
    _require_order(periods)
    first = 0 if last is None else max(0, len(periods) - last)
    return [_judge_last(periods[: end + 1], rules) for end in range(first, len(periods))]


def _require_order(periods: Sequence[Period]) -> None:
    if not periods:
        raise ValueError("there is no period to judge")
    for earlier, later in zip(periods, periods[1:], strict=False):
        if later.starts_on <= earlier.ends_on:
            raise ValueError(f"periods come oldest first and do not overlap: {earlier.ends_on}, {later.starts_on}")


def _judge_last(periods: Sequence[Period], rules: Rules) -> Verdict:
    newest, earlier = periods[-1], periods[:-1]
    if len(earlier) < rules.fewest_periods:
        return Verdict(newest.count, Direction.TOO_LITTLE_KNOWN, False, None, None, len(earlier))
    guard = min(rules.guard_periods, len(earlier) - rules.fewest_periods)
    baseline = earlier[: len(earlier) - guard][-rules.most_periods :]
    past = Past.of([(period.count, period.days) for period in baseline], rules)
    p_value = past.probability_of_at_least(newest.count, newest.days)
    stands_out = newest.count >= rules.fewest_to_stand_out and p_value <= rules.stands_out_at
    return Verdict(
        count=newest.count,
        direction=_direction(past, earlier[len(earlier) - guard :], newest, stands_out, rules),
        stands_out=stands_out,
        expected=past.expected(newest.days),
        p_value=p_value,
        compared_with=len(baseline),
        past=past,
        days=newest.days,
        rules=rules,
    )


def _direction(past: "Past", guarded: Sequence[Period], newest: Period, stands_out: bool, rules: Rules) -> Direction:
    """Look at the newest period and the guarded ones together; the newest must itself point the same way."""
    count = newest.count + sum(period.count for period in guarded)
    days = newest.days + sum(period.days for period in guarded)
    expected = past.expected(newest.days)
    rises = count >= rules.fewest_to_worsen and past.probability_of_at_least(count, days) <= rules.direction_at
    if stands_out or (rises and newest.count > expected):
        return Direction.WORSENING
    if newest.count < expected and past.probability_of_at_most(count, days) <= rules.direction_at:
        return Direction.CALMING
    return Direction.AS_USUAL


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier periods say about the coming: a negative binomial, from counts and days.

    Jeffreys' prior, gamma(½, 0), on the rate per day, and counts that vary `dispersion` times as much as Poisson's.
    """

    count: float
    days: float
    dispersion: float

    @classmethod
    def of(cls, observed: Sequence[tuple[int, int]], rules: Rules = RULES) -> "Past":
        """Sum up pairs of count and days. What stood out already then weighs less, as Farrington and Noufaily do.

        Their residuals are divided by the dispersion. Ours are not: among thirteen counts an old outbreak makes so much
        dispersion of its own that it would hide itself, and the next one with it. Where more than a quarter of the
        periods lie high, they are no exceptions but how the series is, and all weigh the same.
        """
        rate = sum(count for count, _ in observed) / sum(days for _, days in observed)
        residuals = [_anscombe_residual(count, rate * days) for count, days in observed]
        outliers = [residual for residual in residuals if residual > rules.outlier_residual]
        if not outliers or len(outliers) > len(observed) / 4:
            return cls._weighted(observed, [1.0] * len(observed), rules)
        weights = [residual**-2 if residual > rules.outlier_residual else 1.0 for residual in residuals]
        return cls._weighted(observed, weights, rules)

    @classmethod
    def _weighted(cls, observed: Sequence[tuple[int, int]], weights: Sequence[float], rules: Rules) -> "Past":
        total = sum(weight * count for weight, (count, _) in zip(weights, observed, strict=True))
        days = sum(weight * days for weight, (_, days) in zip(weights, observed, strict=True))
        if not total:
            return cls(0, days, 1)
        squares = 0.0
        for weight, (count, period_days) in zip(weights, observed, strict=True):
            fitted = total / days * period_days
            squares += weight * (count - fitted) ** 2 / fitted
        # Thirteen counts tell little about their own spread: the estimate is drawn towards Poisson's.
        freedom = len(observed) - 1
        dispersion = (squares + rules.dispersion_weight) / (freedom + rules.dispersion_weight)
        return cls(total, days, max(1.0, dispersion))

    def expected(self, days: int) -> float:
        return (self.count + 0.5) * days / self.days

    def probability_of_at_least(self, count: int, days: int) -> float:
        if count <= 0:
            return 1.0
        size, success = self._shape(days)
        return _beta_share(1 - success, success, count, size)

    def probability_of_at_most(self, count: int, days: int) -> float:
        size, success = self._shape(days)
        return _beta_share(success, 1 - success, size, count + 1)

    def highest_count_above(self, probability: float, days: int) -> int:
        """Return the highest count that the past makes more probable than this to reach."""
        low, high = 0, 1 + math.ceil(self.expected(days))
        while self.probability_of_at_least(high, days) > probability:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            if self.probability_of_at_least(middle, days) > probability:
                low = middle
            else:
                high = middle
        return low

    def _shape(self, days: int) -> tuple[float, float]:
        """Return the negative binomial's size and success probability for so many days to come.

        Its mean is what is expected, its variance that times dispersion × (1 + days to come / days known).
        """
        spread = self.dispersion * (1 + days / self.days)
        return self.expected(days) / (spread - 1), 1 / spread


def _anscombe_residual(count: int, fitted: float) -> float:
    """Return how far a count lies from what was fitted, in standard deviations of Poisson's."""
    if not fitted:
        return 0.0
    return 1.5 * (count ** (2 / 3) * fitted ** (-1 / 6) - math.sqrt(fitted))


def _beta_share(x: float, rest: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function at x = 1 − rest, which is the negative binomial's tail."""
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    if x < (a + 1) / (a + b + 2):
        return min(1.0, math.exp(logarithm) / (a * _beta_fraction(x, a, b)))
    return max(0.0, 1 - math.exp(logarithm) / (b * _beta_fraction(rest, b, a)))


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction 1 + d₁/(1 + d₂/(1 + …)) of the incomplete beta function, by Lentz's method."""
    value, numerator, denominator = 1.0, 1.0, 0.0
    step = 0
    while True:
        step += 1
        half = step // 2
        if step % 2:
            term = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            term = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        denominator = 1 / (1 + term * denominator or 1e-300)
        numerator = 1 + term / numerator or 1e-300
        change = numerator * denominator
        value *= change
        if abs(change - 1) < SHORT_OF_CERTAIN:
            return value


@dataclass(frozen=True, slots=True)
class Sighting:
    """That something was seen at a place; `period` counts from 0, the oldest, as the periods do."""

    place: str
    category: str
    period: int
    is_recurring: bool = False


@dataclass(frozen=True, slots=True)
class RecurringPlace:
    """A place that the meetings keep hearing of: in which of the last periods, how often, and what about."""

    name: str
    periods: tuple[int, ...]
    count: int
    categories: tuple[str, ...]
    is_marked: bool

    @property
    def period_count(self) -> int:
        return len(self.periods)


def recurring_places(
    sightings: Iterable[Sighting], *, newest: int, at_least: int = 3, of_last: int = 6
) -> list[RecurringPlace]:
    """List places seen in enough of the last periods, those seen in most of them first.

    Enough is `at_least` of `of_last`, or one less (but two) when a report says that it has happened there before.
    Periods count, not reports: one bad night does not recur. Capitals and spaces do not part one place from
    another, the newest spelling is shown, and a sighting without place is passed over.

    Raises:
        ValueError: if a sighting's period is negative or newer than `newest`.
    """
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        if not 0 <= sighting.period <= newest:
            raise ValueError(f"period {sighting.period} is none of 0–{newest}")
        place = comparison_key(sighting.place)
        if place and sighting.period > newest - of_last:
            seen[place].append(sighting)
    places = []
    for rows in seen.values():
        periods = tuple(sorted({row.period for row in rows}))
        is_marked = any(row.is_recurring for row in rows)
        if len(periods) >= (max(2, at_least - 1) if is_marked else at_least):
            newest_name = max(rows, key=lambda row: row.period).place
            categories = Counter(row.category for row in rows).most_common()
            places.append(
                RecurringPlace(
                    name=" ".join(newest_name.split()),
                    periods=periods,
                    count=len(rows),
                    categories=tuple(category for category, _ in sorted(categories, key=lambda c: (-c[1], c[0]))),
                    is_marked=is_marked,
                )
            )
    return sorted(places, key=lambda place: (-place.period_count, -place.count, place.name.casefold()))

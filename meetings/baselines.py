"""What a series of counts leads one to expect of the days to come. No database: numbers in, probabilities out.

The method is the gamma-Poisson one of outbreak detection, on all past periods with exponential forgetting, adjusted
for the season and for how the last months have been. docs/TRENDS.md says why, and how often it is wrong.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

DAYS_OF_A_YEAR = 365.25
SHORT_OF_CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class BaselineRules:
    """How the past is weighed, as bench/trend_simulation.py chose it."""

    # After a year a period weighs half: long enough to know rare things by, short enough to forget what has changed.
    half_life_days: float = 365
    # The same weeks of earlier years are those within so many days of the day, and may change what is expected by as
    # much as so many observations of evidence allow.
    season_reach_days: int = 35
    season_evidence: float = 12
    years_back: int = 3
    # The last four months say how much has changed since the year that the rate is taken from.
    recent_days: int = 126
    recent_evidence: float = 12
    # Noufaily et al. 2013: a count that far above its series is an outbreak of its own and weighs less.
    outlier_residual: float = 2.58
    # So many periods' worth of the other series' dispersion is added to a series' own.
    dispersion_weight: float = 12
    # Season and change are never known exactly: what is expected is off by a seventh (standard deviation), squared.
    unexplained: float = 0.02


@dataclass(frozen=True, slots=True)
class Observed:
    """A past period: its middle day as an ordinal, its days, its count."""

    middle: float
    days: int
    count: int


class History:
    """A series' past periods, oldest first, with what each weighs on the day that is judged.

    Args:
        observed: the periods, oldest first.
        today: the day that they are looked back at from.
    """

    def __init__(self, observed: Sequence[Observed], today: date, rules: BaselineRules = BaselineRules()):
        self.observed = observed
        self.rules = rules
        now = today.toordinal()
        weights = [0.5 ** ((now - one.middle) / rules.half_life_days) for one in observed]
        self.weights = self._with_outliers_weighing_less(weights)
        self.count = sum(weight * one.count for weight, one in zip(self.weights, observed, strict=True))
        self.days = sum(weight * one.days for weight, one in zip(self.weights, observed, strict=True))
        self._middles = [one.middle for one in observed]

    def _with_outliers_weighing_less(self, weights: list[float]) -> list[float]:
        """Let old outbreaks weigh less, unless more than a quarter lie that high: then that is how the series is.

        Farrington and Noufaily divide the residuals by the dispersion. Ours are not divided: a single outbreak among
        few counts makes so much dispersion that it would hide itself, and the next one with it.
        """
        days = sum(weight * one.days for weight, one in zip(weights, self.observed, strict=True))
        rate = sum(weight * one.count for weight, one in zip(weights, self.observed, strict=True)) / days
        outliers = {}
        for number, one in enumerate(self.observed):
            # Two are no outbreak; and most counts need no roots drawn.
            if one.count > 2 and one.count > rate * one.days:
                residual = anscombe_residual(one.count, rate * one.days)
                if residual > self.rules.outlier_residual:
                    outliers[number] = residual
        if not outliers or len(outliers) > len(weights) / 4:
            return weights
        return [
            weight / outliers[number] ** 2 if number in outliers else weight for number, weight in enumerate(weights)
        ]

    @cached_property
    def rate(self) -> float:
        """Observations a day, as all the past has it."""
        return self.count / self.days

    def change_by(self, day: float) -> float:
        """Return how many times the rate is to be expected around a day (an ordinal), by season and by recent months.

        Each is what was seen, over what the rate gives, drawn towards 1 where little was seen.
        """
        newest = self._middles[-1] if self._middles else day
        recent = self._between(newest - self.rules.recent_days, newest)
        expected = sum(self.rate * one.days for one in recent) * self.season(newest - self.rules.recent_days / 2)
        evidence = self.rules.recent_evidence
        change = (sum(one.count for one in recent) + evidence) / (expected + evidence)
        return change * self.season(day)

    def season(self, day: float) -> float:
        """Return how many times the rate came around the same day in earlier years; 1 where there are none."""
        seen = expected = self.rules.season_evidence
        reach = self.rules.season_reach_days
        for years in range(1, self.rules.years_back + 1):
            then = day - years * DAYS_OF_A_YEAR
            weight = 0.5 ** (years - 1)
            for one in self._between(then - reach, then + reach):
                seen += weight * one.count
                expected += weight * self.rate * one.days
        return seen / expected

    def _between(self, first: float, last: float) -> Sequence[Observed]:
        return self.observed[bisect_left(self._middles, first) : bisect_right(self._middles, last)]

    @cached_property
    def spread(self) -> tuple[float, float]:
        """Pearson's weighted sum of squares around the rate, and the periods' weight behind it less one."""
        if not self.count:
            return 0.0, 0.0
        squares = sum(
            weight * (one.count - self.rate * one.days) ** 2 / (self.rate * one.days)
            for weight, one in zip(self.weights, self.observed, strict=True)
        )
        return squares, max(0.0, sum(self.weights) - 1)


def common_dispersion(histories: Sequence[History]) -> float:
    """Return how much more than Poisson's the counts of several series vary, together: 1 or more."""
    spreads = [history.spread for history in histories]
    freedom = sum(weight for _, weight in spreads)
    return max(1.0, sum(squares for squares, _ in spreads) / freedom) if freedom else 1.0


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is to be expected: a negative binomial, from `count` observations in `days` weighted days.

    The rate per day is gamma(count, days); counts vary `dispersion` times as much as Poisson's; `change` is how many
    times the rate is to be expected now, by season and by recent months.
    """

    count: float
    days: float
    dispersion: float = 1.0
    change: float = 1.0
    unexplained: float = 0.0

    @classmethod
    def of(
        cls,
        history: History,
        *,
        change: float,
        dispersion: float = 1.0,
        usual_rate: float | None = None,
    ) -> "Baseline":
        """Sum a history up.

        Args:
            change: how many times the rate is to be expected (`History.change_by`), its own or its category's.
            dispersion: that of all the series judged together (`common_dispersion`), which the own is drawn towards.
            usual_rate: observations a day in series of the same category; half an observation of it is added. Without
                it half an observation is added and no days: Jeffreys' prior, gamma(½, 0).
        """
        squares, freedom = history.spread
        weight = history.rules.dispersion_weight
        own = (squares + weight * dispersion) / (freedom + weight)
        prior_days = 0.5 / usual_rate if usual_rate else 0.0
        return cls(history.count + 0.5, history.days + prior_days, max(1.0, own), change, history.rules.unexplained)

    def expected(self, days: int) -> float:
        """Return how many observations so many days are expected to bring."""
        return self.count * days * self.change / self.days

    def probability_of_at_least(self, count: int, days: int) -> float:
        if count <= 0:
            return 1.0
        size, success = self._shape(days)
        return _beta_share(1 - success, success, count, size)

    def probability_of_at_most(self, count: int, days: int) -> float:
        size, success = self._shape(days)
        return _beta_share(success, 1 - success, size, count + 1)

    def lowest_count_at(self, probability: float, days: int, *, at_least: int) -> int:
        """Return the lowest count from `at_least` on that comes at most with this probability."""
        low, high = at_least - 1, max(at_least, 1 + math.ceil(self.expected(days)))
        while self.probability_of_at_least(high, days) > probability:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            if self.probability_of_at_least(middle, days) > probability:
                low = middle
            else:
                high = middle
        return high

    def _shape(self, days: int) -> tuple[float, float]:
        """Return the negative binomial's size and success probability for so many days to come.

        Its mean μ is what is expected, its variance
        μ × (dispersion × (1 + days to come / days known) + unexplained × μ).
        """
        expected = self.expected(days)
        spread = self.dispersion * (1 + days * self.change / self.days) + self.unexplained * expected
        return expected / (spread - 1), 1 / spread


def anscombe_residual(count: int, fitted: float) -> float:
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

"""How often do the trends' marks cry wolf, and what do they find? Simulated series of meetings, every second week.

    python bench/trend_simulation.py                  the tables of docs/TRENDS.md, in Markdown
    python bench/trend_simulation.py --series 2000    more series of each kind: slower, and surer of small shares

No database and nothing but the standard library; the same seed gives the same tables. Each simulated series has fifteen
periods of past. Steady ones then go on for a year of 26 meetings, all judged: every mark is false. Rising ones go to
the double or the fivefold and stay there: found within 1 is found at the first meeting after the rise.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from meetings.trends import RULES, Direction, Past, Period, Rules, Verdict, judge, judge_all  # noqa: E402

SEED = 20261124
RATES = (0.2, 0.5, 1, 2, 5)
TOWN = {0.2: 10, 0.5: 7, 1: 4, 2: 2, 5: 1}  # eight categories in three areas, by what is heard between two meetings
KINDS = {"steady": "steady", "season": "season ±30 %", "clumped": "season, clumped"}
PAST, YEAR, RISE = 15, 26, 6
THRESHOLDS = (0.01, 0.005, 0.004, 0.003, 0.002, 0.001)
MOST_FALSE, MOST_FALSE_CLUMPED = 4, 20  # per cent of meetings with any false mark in the town; 4 is one a year
CLUMPING = 1.5  # variance over mean

CHANGES = {
    "double": {PAST: 2},
    "fivefold": {PAST: 5},
    "half": {PAST: 0.5},
    "fivefold again": {6: 5, 8: 1, PAST: 5},
}

Series = tuple[int, ...]
Mark = Callable[[Series], bool]
DAYS = [date(2024, 1, 2) + timedelta(days=14 * index) for index in range(PAST + YEAR + 1)]


# --- Simulated counts ---


def draw_poisson(rng: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def simulate(rng: random.Random, rate: float, kind: str, length: int, factors: dict[int, float]) -> list[int]:
    """Return counts around the rate; `factors` multiplies it from that period on."""
    phase, factor, counts = rng.uniform(0, 2 * math.pi), 1.0, []
    for period in range(length):
        factor = factors.get(period, factor)
        mean = rate * factor
        if kind != "steady":
            mean *= 1 + 0.3 * math.sin(2 * math.pi * period / YEAR + phase)
        if kind == "clumped":
            mean = rng.gammavariate(mean / (CLUMPING - 1), CLUMPING - 1)
        counts.append(draw_poisson(rng, mean))
    return counts


def windows(counts: Sequence[int], first: int) -> list[Series]:
    """Return each judged period with the fifteen before it, oldest first."""
    return [tuple(counts[end - PAST : end + 1]) for end in range(first, len(counts))]


class World:
    """Every simulated series, made once so that all methods see the same. Changes are simulated with season."""

    def __init__(self, series: int) -> None:
        rng = random.Random(SEED)
        self.steady = {
            (kind, rate): [
                window for _ in range(series) for window in windows(simulate(rng, rate, kind, PAST + YEAR, {}), PAST)
            ]
            for kind in KINDS
            for rate in RATES
        }
        self.changed = {
            (rate, change): [
                windows(simulate(rng, rate, "season", PAST + RISE, factors), PAST) for _ in range(2 * series)
            ]
            for rate in RATES
            for change, factors in CHANGES.items()
        }

    def false_share(self, mark: Mark, kind: str, rate: float, one_in: int = 1) -> float:
        judged = self.steady[kind, rate][::one_in]
        return sum(map(mark, judged)) / len(judged)

    def town_share(self, mark: Mark, kind: str) -> float:
        """Return the share of meetings at which any series of the town is falsely marked."""
        return 1 - math.prod((1 - self.false_share(mark, kind, rate)) ** number for rate, number in TOWN.items())

    def found_share(self, mark: Mark, rate: float, change: str, within: int) -> float:
        rises = self.changed[rate, change]
        return sum(any(map(mark, rise[:within])) for rise in rises) / len(rises)


# --- Methods ---


@cache
def verdict_on(series: Series) -> Verdict:
    """Return what the portal itself says."""
    return judge(
        [Period(DAYS[index], DAYS[index + 1] - timedelta(days=1), count) for index, count in enumerate(series)]
    )


@cache
def past_of(counts: Series, rules: Rules) -> Past:
    return Past.of([(count, 14) for count in counts], rules)


@cache
def p_value(series: Series, guard: int = RULES.guard_periods, rules: Rules = RULES) -> float:
    """Return the portal's p-value without its dates and words, which would take most of the time."""
    earlier = series[: len(series) - 1 - guard][-rules.most_periods :]
    return past_of(earlier, rules).probability_of_at_least(series[-1], 14)


def tail(threshold: float, guard: int = RULES.guard_periods, rules: Rules = RULES) -> Mark:
    return lambda series: enough(series) and p_value(series, guard, rules) <= threshold


PLAIN = Rules(outlier_residual=math.inf, dispersion_weight=1e12)
HEEDLESS = Rules(outlier_residual=math.inf)


@cache
def poisson_tail(series: Series) -> bool:
    """The mean of thirteen periods taken for the truth."""
    newest, earlier = series[-1], series[-1 - RULES.most_periods : -1]
    mean = sum(earlier) / len(earlier)
    below = sum(math.exp(-mean) * mean**count / math.factorial(count) for count in range(newest))
    return enough(series) and 1 - below <= RULES.stands_out_at


def enough(series: Series) -> bool:
    """All methods are given the same floor; without it EARS marks two after some zeros."""
    return series[-1] >= RULES.fewest_to_stand_out


def deviation(series: Series, end: int, gap: int) -> float:
    """Return EARS' deviation: from the mean of seven periods, in their standard deviations (at least ½)."""
    baseline = series[end - gap - 7 : end - gap]
    mean = sum(baseline) / 7
    variance = sum((count - mean) ** 2 for count in baseline) / 6
    return (series[end] - mean) / max(0.5, math.sqrt(variance))


@cache
def ears_c1(series: Series) -> bool:
    return enough(series) and deviation(series, PAST, 0) > 3


@cache
def ears_c2(series: Series) -> bool:
    return enough(series) and deviation(series, PAST, 2) > 3


@cache
def ears_c3(series: Series) -> bool:
    excess = [deviation(series, end, 2) for end in (PAST, PAST - 1, PAST - 2)]
    # Of the two before, those that gave an alarm of their own are left out.
    return (
        enough(series)
        and sum(max(0.0, value - 1) for index, value in enumerate(excess) if index == 0 or value <= 3) > 2
    )


METHODS: dict[str, Mark] = {
    "EARS C1": ears_c1,
    "EARS C2": ears_c2,
    "EARS C3": ears_c3,
    "Poisson tail": poisson_tail,
    "gamma-Poisson alone": tail(RULES.stands_out_at, 0, PLAIN),  # Jeffreys' prior and thirteen periods
    "… guard, dispersion": tail(RULES.stands_out_at, rules=HEEDLESS),  # old outbreaks weigh as much as anything
    "**the portal's**": tail(RULES.stands_out_at),
}


def goes(direction: Direction) -> Mark:
    return lambda series: verdict_on(series).direction == direction


# --- Tables ---


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---" + "|--:" * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f} %"


def slashed(values: Sequence[str]) -> str:
    return " / ".join(values)


def show_false_marks(world: World) -> None:
    print("### Crying wolf: false marks in a series and year of 26 meetings\n")
    print(f"For each kind of series the rates {slashed([f'{rate:g}' for rate in RATES])} a period.\n")
    rows = []
    for name, mark in METHODS.items():
        cells = [slashed([f"{YEAR * world.false_share(mark, kind, rate):.2f}" for rate in RATES]) for kind in KINDS]
        rows.append([name, *cells])
    table(["method", *KINDS.values()], rows)


def show_town(world: World) -> None:
    series = slashed([f"{number} of {rate:g}" for rate, number in TOWN.items()])
    print("### Meetings with any false mark, in a whole town\n")
    print(f"{sum(TOWN.values())} series (eight categories, three areas): {series}.\n")
    rows = [[name, *(percent(world.town_share(mark, kind), 1) for kind in KINDS)] for name, mark in METHODS.items()]
    table(["method", *KINDS.values()], rows)


def show_found(world: World) -> None:
    print("### Finding: share of rises marked within 1 and within 3 periods\n")
    print("With season ±30 %. “Again”: the past holds two periods of another fivefold rise, which are over.\n")
    rows = []
    for name, mark in METHODS.items():
        for change in ("double", "fivefold", "fivefold again"):
            cells = [
                slashed([percent(world.found_share(mark, rate, change, within)) for within in (1, 3)]) for rate in RATES
            ]
            rows.append([name, change, *cells])
    table(["method", "rise", *(f"rate {rate:g}" for rate in RATES)], rows)


def show_thresholds(world: World) -> None:
    print("### The threshold: the portal's method with others\n")
    rows, chosen = [], None
    for threshold in THRESHOLDS:
        mark = tail(threshold)
        town = [world.town_share(mark, kind) for kind in KINDS]
        if chosen is None and round(100 * max(town[:2])) <= MOST_FALSE and round(100 * town[2]) <= MOST_FALSE_CLUMPED:
            chosen = threshold
        found = [
            slashed([percent(world.found_share(mark, rate, change, 3)) for rate in RATES])
            for change in ("double", "fivefold")
        ]
        rows.append([f"{threshold:g}", *(percent(share, 1) for share in town), *found])
    head = ["p at most", *(f"false, {name}" for name in KINDS.values()), "double within 3", "fivefold within 3"]
    table(head, rows)
    print(
        f"The rule: the mildest of these that falsely marks anything at most at {MOST_FALSE} % of the town's "
        f"meetings when steady and seasonal, and at {MOST_FALSE_CLUMPED} % when clumped (rounded). It gives "
        f"p ≤ {chosen:g}; `meetings/trends.py` has {RULES.stands_out_at:g}.\n"
    )


def show_directions(world: World) -> None:
    print("### The words: how often wrong in unchanged series, how often right\n")
    rows = []
    for direction, label in ((Direction.WORSENING, "*Ökar*"), (Direction.CALMING, "*Minskar*")):
        for kind, kind_name in KINDS.items():
            shares = [percent(world.false_share(goes(direction), kind, rate, one_in=5), 1) for rate in RATES]
            rows.append([f"{label}, unchanged, {kind_name}", *shares])
    for direction, label, change, periods in (
        (Direction.WORSENING, "*Ökar* after a doubling", "double", (1, 3, 6)),
        (Direction.WORSENING, "*Ökar* after a fivefold rise", "fivefold", (1, 3, 6)),
        (Direction.CALMING, "*Minskar* after a halving", "half", (1, 3, 6)),
    ):
        cells = [
            slashed([percent(world.found_share(goes(direction), rate, change, n)) for n in periods]) for rate in RATES
        ]
        rows.append([f"{label}, within {slashed([str(n) for n in periods])}", *cells])
    table(["word", *(f"rate {rate:g}" for rate in RATES)], rows)


def show_short_past(world: World) -> None:
    print("### With a short past\n")
    rows = []
    for earlier in (6, 8, 10, 15):
        guard = min(RULES.guard_periods, earlier - RULES.fewest_periods)
        whole = tail(RULES.stands_out_at, guard)

        def mark(series: Series, earlier: int = earlier, whole: Mark = whole) -> bool:
            return whole(series[-1 - earlier :])

        rows.append(
            [
                str(earlier),
                *(percent(world.town_share(mark, kind), 1) for kind in KINDS),
                slashed([percent(world.found_share(mark, rate, "fivefold", 1)) for rate in RATES]),
            ]
        )
    table(["earlier periods", *(f"false, {name}" for name in KINDS.values()), "fivefold within 1"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulate the trends' marks.")
    parser.add_argument("--series", type=int, default=300, help="series of each kind and rate (300)")
    options = parser.parse_args()

    started = time.perf_counter()
    world = World(options.series)
    print(f"## Trend marks: simulation (seed {SEED}, {options.series} series of each kind)\n")
    show_false_marks(world)
    show_town(world)
    show_found(world)
    show_thresholds(world)
    show_directions(world)
    show_short_past(world)
    require_agreement(world)
    print(f"Simulated in {time.perf_counter() - started:.1f} s; {speed():.1f} ms to judge a row of six bars.")


def require_agreement(world: World) -> None:
    """Stop if the quick marks of the tables are not those of the portal."""
    quick = METHODS["**the portal's**"]
    for judged in world.steady.values():
        for series in judged[::97]:
            if quick(series) != verdict_on(series).stands_out:
                sys.exit(f"The portal marks {series} otherwise than these tables do.")


def speed() -> float:
    """Return the milliseconds it takes to judge the last six of a series of 21 periods."""
    periods = [Period(DAYS[index], DAYS[index + 1] - timedelta(days=1), index % 4) for index in range(21)]
    started = time.perf_counter()
    for _ in range(100):
        judge_all(periods, last=6)
    return 10 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()

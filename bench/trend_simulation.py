"""How often do the trends' marks cry wolf, and what do they find? Simulated meetings of sixty series each.

    python bench/trend_simulation.py                  the tables of docs/TRENDS.md, in Markdown
    python bench/trend_simulation.py --meetings 200   more meetings of each kind: slower, and surer of small shares

No database and nothing but the standard library; the same seed gives the same tables. Every meeting's series are judged
three times: quiet (every mark is false), with outbreaks of three to eight more in the newest period of six series, and
with six series doubled during three periods (found if marked at any of these three meetings).
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from meetings.trends import RULES, Direction, Period, Verdict, judge_together  # noqa: E402

SEED = 20261201
SERIES, CHANGED, YEAR = 60, 6, 26
DOUBLED_FOR = 3
# What is heard of in a town between two meetings: most things seldom.
RATES = (0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 5, 8)
WEIGHTS = (10, 15, 20, 17, 13, 9, 7, 5, 3, 1)
BUSY = (2, 3, 4, 5, 6, 8)
SUMMER = (13, 14)  # the periods of a year in which less is reported
QUIET_IN_SUMMER = 0.6
POISSON_AT = 0.003


@dataclass(frozen=True)
class Kind:
    """A kind of town: how its series vary."""

    name: str
    season: Sequence[float] = (0,)  # how much more and less than usual, in shares
    dispersion: Sequence[float] = (1,)  # variance over mean
    drift: Sequence[float] = (0,)  # change in a year, in shares
    past: int = 78  # periods: three years
    rates: Sequence[float] = RATES
    weights: Sequence[int] = WEIGHTS
    has_summer: bool = False


MIXED = {"season": (0, 0.2, 0.4), "dispersion": (1, 1, 1.3, 1.6), "drift": (-0.3, 0, 0, 0.3), "has_summer": True}
KINDS = (
    Kind("steady"),
    Kind("season ±40 %", season=(0.4,)),
    Kind("clumped (variance 1.5 × mean)", dispersion=(1.5,)),
    Kind("drifting ±30 % a year", drift=(-0.3, 0.3)),
    Kind("all of it, with holidays", **MIXED),
    Kind("all of it, half a year of past", **MIXED, past=13),
    Kind("all of it, five years of past", **MIXED, past=130),
    Kind("all of it, busy series only (2–8)", **MIXED, rates=BUSY, weights=(1,) * len(BUSY)),
)


def draw_poisson(rng: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def means_of(rng: random.Random, kind: Kind, rate: float, *, first: int) -> list[float]:
    """Return what is expected in each period: the past, the judged one, and two more for what lasts.

    `first` is which of a year's periods the past begins with.
    """
    phase, season = rng.uniform(0, 2 * math.pi), rng.choice(kind.season)
    growth = math.log1p(rng.choice(kind.drift)) / YEAR
    means = []
    for period in range(kind.past + DOUBLED_FOR):
        mean = rate * (1 + season * math.sin(2 * math.pi * period / YEAR + phase))
        mean *= math.exp(growth * (period - kind.past))
        means.append(mean * QUIET_IN_SUMMER if kind.has_summer and (first + period) % YEAR in SUMMER else mean)
    return means


@dataclass
class Town:
    """Sixty series of one town: their rates, what was expected of them, and what came."""

    rates: list[float]
    means: list[list[float]]
    counts: list[list[int]]

    @classmethod
    def simulated(cls, rng: random.Random, kind: Kind) -> "Town":
        rates = rng.choices(kind.rates, kind.weights, k=SERIES)
        # Meetings are held all the year round: in summers, and long after them.
        first = rng.randrange(YEAR)
        means = [means_of(rng, kind, rate, first=first) for rate in rates]
        counts = []
        for row in means:
            spread = rng.choice(kind.dispersion) - 1
            clumped = [rng.gammavariate(mean / spread, spread) if spread and mean else mean for mean in row]
            counts.append([draw_poisson(rng, mean) for mean in clumped])
        return cls(rates, means, counts)


Method = Callable[[Sequence[Sequence[int]]], list[Verdict]]
FIRST_DAY = date(2020, 1, 7)


def periods_of(counts: Sequence[int]) -> list[Period]:
    starts = [FIRST_DAY + timedelta(weeks=2 * number) for number in range(len(counts))]
    return [Period(day, day + timedelta(days=13), count) for day, count in zip(starts, counts, strict=True)]


def portal(counts: Sequence[Sequence[int]]) -> list[Verdict]:
    """What the portal says at the meeting."""
    return judge_together([periods_of(row) for row in counts])


def poisson_tail(counts: Sequence[Sequence[int]]) -> list[Verdict]:
    """The mean of thirteen periods taken for the truth, for comparison; it says nothing of directions."""
    verdicts = []
    for row in counts:
        newest, mean = row[-1], sum(row[-14:-1]) / 13
        tail = 1 - sum(math.exp(-mean) * mean**count / math.factorial(count) for count in range(newest))
        marked = newest >= RULES.fewest_to_stand_out and tail <= POISSON_AT
        verdicts.append(Verdict(newest, Direction.AS_USUAL, marked, mean, tail, 13))
    return verdicts


PLAIN = f"Poisson tail, p ≤ {POISSON_AT:g}"
METHODS: dict[str, Method] = {PLAIN: poisson_tail, "**the portal's**": portal}


@dataclass
class Outcome:
    """What a method said of a kind of town."""

    false_marks: list[int] = field(default_factory=list)
    words: list[Direction] = field(default_factory=list)
    outbreaks: list[tuple[float, bool]] = field(default_factory=list)
    # Rate; marked; marked or said to increase.
    doublings: list[tuple[float, bool, bool]] = field(default_factory=list)


def share(values: Sequence[bool]) -> str:
    return f"{100 * sum(values) / len(values):.0f} %" if values else "–"


def try_out(method: Method, kind: Kind, meetings: int) -> Outcome:
    rng, outcome = random.Random(f"{SEED} {kind.name}"), Outcome()
    for _ in range(meetings):
        town = Town.simulated(rng, kind)
        now = kind.past + 1
        quiet = method([row[:now] for row in town.counts])
        outcome.false_marks.append(sum(one.stands_out for one in quiet))
        outcome.words += [one.direction for one in quiet]

        chosen = rng.sample(range(SERIES), CHANGED)
        more = {number: max(3, draw_poisson(rng, 4)) for number in chosen}
        told = method([[*row[: now - 1], row[now - 1] + more.get(at, 0)] for at, row in enumerate(town.counts)])
        outcome.outbreaks += [(town.rates[number], told[number].stands_out) for number in chosen]

        doubled = [list(row) for row in town.counts]
        for number in chosen:
            for period in range(kind.past, kind.past + DOUBLED_FOR):
                doubled[number][period] += draw_poisson(rng, town.means[number][period])
        told_each_time = [method([row[: now + later] for row in doubled]) for later in range(DOUBLED_FOR)]
        for number in chosen:
            verdicts = [told[number] for told in told_each_time]
            outcome.doublings.append(
                (
                    town.rates[number],
                    any(one.stands_out for one in verdicts),
                    any(one.is_notable for one in verdicts),
                )
            )
    return outcome


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---" * 2 + "|--:" * (len(head) - 2) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulate the trends' marks.")
    parser.add_argument("--meetings", type=int, default=40, help="meetings of each kind (40)")
    options = parser.parse_args()

    started = time.perf_counter()
    outcomes = {
        (kind.name, name): try_out(method, kind, options.meetings) for kind in KINDS for name, method in METHODS.items()
    }
    print(f"## Trend marks: simulation (seed {SEED}, {options.meetings} meetings of {SERIES} series of each kind)\n")
    rows = []
    for (kind, name), outcome in outcomes.items():
        wrong = [
            f"{100 * outcome.words.count(word) / len(outcome.words):.1f} %"
            if name != "Poisson tail, p ≤ 0.003"
            else "–"
            for word in (Direction.WORSENING, Direction.CALMING)
        ]
        busy = [(marked, told) for rate, marked, told in outcome.doublings if rate >= 2]
        rows.append(
            [
                kind,
                name,
                f"{sum(outcome.false_marks) / len(outcome.false_marks):.2f}",
                share([found for _, found in outcome.outbreaks]),
                share([marked for marked, _ in busy]),
                share([told for _, told in busy]),
                *wrong,
            ]
        )
    table(
        [
            "town",
            "method",
            "false marks a meeting",
            "outbreaks found",
            "doublings marked (rate ≥ 2)",
            "marked or *Ökar*",
            "*Ökar* wrong",
            "*Minskar* wrong",
        ],
        rows,
    )
    print("### By what is usual in two weeks: the portal's, in the town with all of it\n")
    mixed = outcomes["all of it, with holidays", "**the portal's**"]
    busy = outcomes["all of it, busy series only (2–8)", "**the portal's**"]
    table(
        ["usual", "outbreaks found", "doublings marked", "marked or *Ökar*"],
        [
            [
                f"{rate:g}",
                share([found for usual, found in mixed.outbreaks + busy.outbreaks if usual == rate]),
                share([marked for usual, marked, _ in mixed.doublings + busy.doublings if usual == rate]),
                share([told for usual, _, told in mixed.doublings + busy.doublings if usual == rate]),
            ]
            for rate in RATES
        ],
    )
    print(
        f"Simulated in {time.perf_counter() - started:.1f} s; {speed():.0f} ms to judge a meeting of {SERIES} series."
    )


def speed() -> float:
    """Return the milliseconds that it takes to judge sixty series of three years together."""
    town = Town.simulated(random.Random(SEED), KINDS[0])
    started = time.perf_counter()
    for _ in range(5):
        portal([row[: KINDS[0].past + 1] for row in town.counts])
    return 200 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()

"""Small bar charts as numbers: the template writes them as SVG attributes, so that page and print need no style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.trends import RULES, Direction, Period, Rules, Verdict, judge_all

STEP = 12  # from one bar to the next
BAR_WIDTH = 9
HEIGHT = 36
STUB = 2  # what nothing looks like, so that the meeting is seen to have been there
TALLEST = 26  # leaves room for the mark above
SMALLEST_SCALE = 5  # one or two reports do not fill the chart
MARK_RADIUS = 4
FEWEST_SHOWN, MOST_SHOWN = 6, 26  # a quarter to a year of meetings every second week


@dataclass(frozen=True, slots=True)
class Bar:
    """One meeting period; `mark` is the path of the diamond above a bar that stood out, else empty."""

    x: int
    y: int
    width: int
    height: int
    count: int
    starts_on: date
    ends_on: date
    is_current: bool
    stands_out: bool
    mark: str
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Spark:
    """The bars of one series, the current period last and always at the right edge."""

    width: int
    height: int
    bars: tuple[Bar, ...]

    @property
    def size(self) -> str:
        """The style sheet's word for how wide it is; empty for the usual six bars."""
        return "" if self.width <= 72 else "wide" if self.width <= 96 else "half-year" if self.width <= 156 else "year"

    @property
    def words(self) -> str:
        """Return the chart for those who do not see it."""
        counts = [f"{bar.count}{' hittills' if bar.is_awaited else ''}" for bar in self.bars]
        text = f"{len(self.bars)} perioder, den senaste sist: {', '.join(counts)}"
        marked = [str(bar.count) for bar in self.bars if bar.stands_out]
        return f"{text}. Sticker ut: {', '.join(marked)}." if marked else f"{text}."


@dataclass(frozen=True, slots=True)
class Trend:
    """What a row of the trends shows: the newest period's verdict and the chart of the last ones."""

    verdict: Verdict
    spark: Spark


def trend_of(
    periods: Sequence[Period], *, shown: int = FEWEST_SHOWN, newest: Verdict | None = None, rules: Rules = RULES
) -> Trend:
    """Judge the last `shown` periods, each as it was judged then, and draw them.

    Give all the periods there are: the earlier ones are what the shown ones are compared with. `newest` is what the
    meeting says of the last period, where it was judged together with others.

    Raises:
        ValueError: if there are no periods, they are in disorder, or `shown` is not between six and twenty-six.
    """
    if not periods:
        raise ValueError("there is no period to draw")
    _require_fitting(shown)
    verdicts = judge_all(periods, last=shown, rules=rules)
    if newest is not None:
        verdicts[-1] = newest
    return Trend(verdicts[-1], spark(periods, verdicts, shown=shown))


def spark(periods: Sequence[Period], verdicts: Sequence[Verdict], *, shown: int = FEWEST_SHOWN) -> Spark:
    """Draw the last `shown` periods; `verdicts` are those of the newest periods, oldest first."""
    _require_fitting(shown)
    drawn = list(zip(reversed(periods), reversed(verdicts), strict=False))[:shown]
    scale = max([SMALLEST_SCALE, *(period.count for period, _ in drawn)])
    bars = []
    for back, (period, verdict) in enumerate(drawn):
        x = STEP * (shown - 1 - back)
        height = STUB + round((TALLEST - STUB) * period.count / scale)
        bars.append(
            Bar(
                x=x,
                y=HEIGHT - height,
                width=BAR_WIDTH,
                height=height,
                count=period.count,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                is_current=back == 0,
                stands_out=verdict.stands_out,
                mark=_diamond(x + BAR_WIDTH / 2, HEIGHT - height - MARK_RADIUS - 1) if verdict.stands_out else "",
                is_awaited=verdict.direction == Direction.AWAITED,
            )
        )
    return Spark(width=STEP * shown, height=HEIGHT, bars=tuple(reversed(bars)))


def _require_fitting(shown: int) -> None:
    if not FEWEST_SHOWN <= shown <= MOST_SHOWN:
        raise ValueError(f"{FEWEST_SHOWN}–{MOST_SHOWN} periods are shown, not {shown}")


def _diamond(x: float, y: float) -> str:
    r = MARK_RADIUS
    return f"M{x:g} {y - r:g}l{r} {r}-{r} {r}-{r}-{r}z"

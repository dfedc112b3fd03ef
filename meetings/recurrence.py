"""On which days a series of meetings falls: every so many weeks, with a rule for public holidays. Pure: only dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.swedish_days import next_workday, why_no_workday


@dataclass(frozen=True, slots=True)
class Rule:
    """Every `interval_weeks` on `weekday` (Monday is 0), from the first such day on or after `first`.

    Which weeks have a meeting is counted from the week of `weeks_from`, whatever weekday that is; without it, from the
    first such weekday.
    """

    weekday: int
    interval_weeks: int
    first: date
    last: date | None = None
    moves_from_holidays: bool = True
    weeks_from: date | None = None

    @property
    def step(self) -> timedelta:
        return timedelta(weeks=self.interval_weeks)

    @property
    def first_day(self) -> date:
        """The first day of the series, whatever holiday that is."""
        if self.weeks_from is None:
            return self.first + timedelta(days=(self.weekday - self.first.weekday()) % 7)
        counted_from = monday_of(self.weeks_from) + timedelta(days=self.weekday)
        return counted_from - (counted_from - self.first) // self.step * self.step


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day that the series gives, and the day that the meeting gets: none when it is skipped."""

    series_date: date
    day: date | None
    reason: str = ""

    @property
    def is_moved(self) -> bool:
        return self.day is not None and self.day != self.series_date

    @property
    def is_skipped(self) -> bool:
        return self.day is None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def occurrences(rule: Rule, *, since: date, until: date) -> Iterator[Occurrence]:
    """Those whose day (or, when skipped, whose day in the series) is from `since` to `until`, in order.

    Whole weeks are added to dates, so neither the turn of a year nor a change of the clock has a say.
    """
    last = min(until, rule.last) if rule.last else until
    # One before, which a holiday may have moved into the time that is asked for.
    steps = max((since - rule.first_day) // rule.step - 1, 0)
    series_date = rule.first_day + steps * rule.step
    while series_date <= last:
        found = _occurrence(rule, series_date)
        if since <= (found.day or found.series_date):
            yield found
        if date.max - series_date < rule.step:
            return
        series_date += rule.step


def _occurrence(rule: Rule, series_date: date) -> Occurrence:
    reason = why_no_workday(series_date)
    if not reason:
        return Occurrence(series_date, series_date)
    if not rule.moves_from_holidays:
        return Occurrence(series_date, None, reason)
    day = next_workday(series_date)
    # Not onto or past the next one, and not out of the series.
    if day - series_date >= rule.step or (rule.last and day > rule.last):
        return Occurrence(series_date, None, reason)
    return Occurrence(series_date, day, reason)

"""On which days a series falls: the rule itself, and what must hold for every rule."""

import datetime
from itertools import islice, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.recurrence import Occurrence, Rule, monday_of, occurrences
from meetings.swedish_days import is_workday

TUESDAY, THURSDAY = 1, 3


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def listed(rule: Rule, since: str, until: str) -> list[Occurrence]:
    return list(occurrences(rule, since=day(since), until=day(until)))


def test_series_starts_at_the_next_such_weekday_when_its_first_day_is_another():
    rule = Rule(TUESDAY, 2, day("2026-11-19"))

    assert [one.day for one in listed(rule, "2026-11-01", "2026-12-23")] == [
        day("2026-11-24"),
        day("2026-12-08"),
        day("2026-12-22"),
    ]


def test_series_keeps_its_weeks_across_a_year_of_53():
    rule = Rule(TUESDAY, 2, day("2026-12-08"))

    assert [one.series_date for one in listed(rule, "2026-12-20", "2027-02-01")] == [
        day("2026-12-22"),
        day("2027-01-05"),
        day("2027-01-19"),
    ]


def test_holiday_moves_to_the_next_workday_with_its_name():
    rule = Rule(THURSDAY, 1, day("2026-12-17"))

    assert listed(rule, "2026-12-17", "2027-01-07") == [
        Occurrence(day("2026-12-17"), day("2026-12-17")),
        Occurrence(day("2026-12-24"), day("2026-12-28"), "Julafton"),
        Occurrence(day("2026-12-31"), day("2027-01-04"), "Nyårsafton"),
        Occurrence(day("2027-01-07"), day("2027-01-07")),
    ]


def test_holiday_is_skipped_when_the_rule_says_so():
    rule = Rule(THURSDAY, 1, day("2026-12-24"), moves_from_holidays=False)

    found = listed(rule, "2026-12-24", "2026-12-31")

    assert found == [
        Occurrence(day("2026-12-24"), None, "Julafton"),
        Occurrence(day("2026-12-31"), None, "Nyårsafton"),
    ]
    assert all(one.is_skipped and not one.is_moved for one in found)


def test_holiday_that_would_move_out_of_the_series_is_skipped():
    rule = Rule(THURSDAY, 2, day("2026-12-17"), last=day("2026-12-31"))

    assert listed(rule, "2026-12-20", "2027-03-01") == [Occurrence(day("2026-12-31"), None, "Nyårsafton")]


def test_meeting_moved_into_the_time_asked_for_is_found():
    rule = Rule(THURSDAY, 2, day("2026-12-17"))

    assert listed(rule, "2027-01-02", "2027-01-10") == [Occurrence(day("2026-12-31"), day("2027-01-04"), "Nyårsafton")]


def test_series_that_begins_on_the_last_days_there_are_ends():
    rule = Rule(TUESDAY, 52, datetime.date(9999, 12, 1))

    assert len(list(occurrences(rule, since=datetime.date(9999, 1, 1), until=datetime.date.max))) == 1


RULES = st.builds(
    Rule,
    weekday=st.integers(0, 4),
    interval_weeks=st.integers(1, 52),
    first=st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31)),
    moves_from_holidays=st.booleans(),
)


@given(rule=RULES, days_in=st.integers(-400, 4000), length=st.integers(0, 900))
def test_every_rule_keeps_weekday_interval_order_and_workdays(rule, days_in, length):
    since = rule.first + datetime.timedelta(days=days_in)
    until = since + datetime.timedelta(days=length)

    found = list(occurrences(rule, since=since, until=until))

    assert all(one.series_date.weekday() == rule.weekday for one in found)
    assert all((one.series_date - rule.first_day).days % (7 * rule.interval_weeks) == 0 for one in found)
    assert all(rule.first <= one.series_date <= until for one in found)
    assert all(one.day >= since and is_workday(one.day) for one in found if one.day)
    assert all(later.series_date - earlier.series_date == rule.step for earlier, later in pairwise(found))
    days = [one.day for one in found if one.day]
    assert days == sorted(set(days))
    assert all(one.reason for one in found if one.is_moved or one.is_skipped)
    assert not any(one.is_moved for one in found) or rule.moves_from_holidays


@given(rule=RULES, until=st.integers(0, 1500), cut=st.integers(0, 1500))
def test_asking_in_two_parts_finds_the_same_as_asking_once(rule, until, cut):
    first, last = rule.first, rule.first + datetime.timedelta(days=until)
    middle = rule.first + datetime.timedelta(days=min(cut, until))

    whole = list(occurrences(rule, since=first, until=last))
    early = list(occurrences(rule, since=first, until=middle))
    late = list(occurrences(rule, since=middle, until=last))

    assert set(early) | set(late) == set(whole)


@given(rule=RULES)
def test_no_moved_meeting_reaches_the_next_one(rule):
    until = rule.first + datetime.timedelta(days=800)

    found = list(occurrences(rule, since=rule.first, until=until))

    assert all(one.day < one.series_date + rule.step for one in found if one.day)


@given(
    interval=st.sampled_from([1, 2, 3, 4, 52]),
    weekdays=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    first=st.dates(datetime.date(2024, 1, 1), datetime.date(2028, 12, 31)),
    shift=st.integers(-400, 400),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_weeks_counted_from_a_week_stay_whatever_weekday_and_first_day(interval, weekdays, first, shift):
    rule = Rule(weekdays[0], interval, first)
    weeks_from = monday_of(rule.first_day)
    other = Rule(weekdays[1], interval, first + datetime.timedelta(days=shift), weeks_from=weeks_from)

    found = list(islice(occurrences(other, since=other.first, until=other.first + datetime.timedelta(days=1200)), 20))

    assert {(monday_of(one.series_date) - weeks_from).days % (7 * interval) for one in found} == {0}
    assert {one.series_date.weekday() for one in found} == {weekdays[1]}
    assert datetime.timedelta(0) <= other.first_day - other.first < other.step

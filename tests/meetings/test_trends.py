import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.baselines import BaselineRules
from meetings.trends import (
    MOST_PER_PERIOD,
    RULES,
    Direction,
    Period,
    Rules,
    judge,
    judge_all,
    judge_together,
)

FIRST_DAY = date(2026, 1, 7)
ALARM = {Direction.CALMING: 0, Direction.AS_USUAL: 1, Direction.WORSENING: 2}

counts_of_a_past = st.lists(st.integers(0, 40), min_size=6, max_size=20)


def periods_of(counts, days=14):
    """Periods after one another; `days` is one length or one for each."""
    lengths = [days] * len(counts) if isinstance(days, int) else days
    periods, day = [], FIRST_DAY
    for count, length in zip(counts, lengths, strict=True):
        periods.append(Period(day, day + timedelta(days=length - 1), count))
        day += timedelta(days=length)
    return periods


def test_judge_with_five_earlier_periods_knows_too_little():
    verdict = judge(periods_of([1, 2, 1, 0, 1, 9]))

    assert verdict.direction == Direction.TOO_LITTLE_KNOWN
    assert verdict.direction.label == "För lite att jämföra med"
    assert (verdict.stands_out, verdict.expected, verdict.upper, verdict.p_value) == (False, None, None, None)
    assert verdict.words == "9 den här gången. För få möten att jämföra med."


def test_judge_with_six_earlier_periods_uses_all_of_them_as_the_past():
    verdict = judge(periods_of([1, 1, 1, 1, 1, 1, 1]))

    assert verdict.compared_with == 6
    # Six of one each, half an observation more, a little less for what is months old.
    assert verdict.expected == pytest.approx(1.09, abs=0.01)


def test_judge_keeps_the_two_periods_before_the_newest_out_of_the_past():
    verdict = judge(periods_of([1] * 13 + [5, 5, 1]))

    assert verdict.compared_with == 13
    assert verdict.expected == judge(periods_of([1] * 13 + [0, 0, 1])).expected


def test_judge_lets_a_year_halve_what_a_period_weighs():
    ten_years_ago = judge(periods_of([30] * 9 + [1] * 260)).expected
    a_year_ago = judge(periods_of([30] * 9 + [1] * 26)).expected

    assert ten_years_ago == pytest.approx(1, abs=0.05)
    assert a_year_ago > 1.8


def test_judge_after_nothing_but_zeros_marks_three_but_never_two():
    # Two are improbable enough by themselves, but two reports are no pattern.
    verdicts = [judge(periods_of([0] * 15 + [count])) for count in range(4)]

    assert verdicts[2].p_value < RULES.stands_out_at
    assert [verdict.stands_out for verdict in verdicts] == [False, False, False, True]
    assert [verdict.direction for verdict in verdicts[:3]] == [Direction.AS_USUAL] * 3
    assert verdicts[3].direction == Direction.WORSENING
    assert verdicts[3].words == "3 den här gången, väntat färre än 1. Det sticker ut: upp till 2 hade inte gjort det."
    assert verdicts[0].expected_words == "färre än 1"


def test_judge_expects_what_the_same_weeks_brought_in_earlier_years():
    # Four of twenty-six periods bring five each, the others one: two years, and the third ends before or within them.
    year = [1] * 11 + [5] * 4 + [1] * 11
    before, within = [*year, *year, *year[:9]], [*year, *year, *year[:13]]

    assert judge(periods_of([*before, 5])).stands_out is True
    assert judge(periods_of([*within, 5])).stands_out is False
    assert judge(periods_of([*within, 5])).expected > 1.5 * judge(periods_of([*before, 5])).expected


def test_judge_follows_what_has_changed_in_the_last_months():
    changed = judge(periods_of([1] * 40 + [3] * 9))

    assert changed.expected > judge(periods_of([1] * 40 + [1] * 9)).expected + 0.7


def test_judge_with_an_old_outbreak_in_the_past_still_finds_the_new_one():
    heedless = Rules(past=BaselineRules(outlier_residual=math.inf))
    periods = periods_of([1, 1, 1, 1, 12, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 8])

    assert judge(periods).stands_out is True
    assert judge(periods, heedless).stands_out is False


def test_judge_with_a_period_twice_as_long_expects_twice_as_many():
    after_a_missed_meeting = judge(periods_of([1] * 15 + [4], [14] * 15 + [28]))
    after_a_short_period = judge(periods_of([1] * 15 + [4], [14] * 15 + [7]))

    assert after_a_missed_meeting.expected == pytest.approx(4 * after_a_short_period.expected)
    assert after_a_missed_meeting.stands_out is False
    assert after_a_short_period.stands_out is True


def test_judge_finds_a_slow_rise_that_no_single_period_shows():
    verdict = judge(periods_of([2] * 26 + [5, 5, 5]))

    assert judge(periods_of([2] * 26 + [2, 2, 5])).stands_out is False
    assert (verdict.stands_out, verdict.run, verdict.run_count) == (True, 3, 15)
    assert verdict.words == (
        "5 den här gången, väntat ungefär 2. De tre senaste perioderna tillsammans sticker ut: 15, väntat ungefär 6."
    )


def test_judge_says_of_an_outbreak_that_is_over_nothing_more():
    assert judge(periods_of([1] * 26 + [9, 1])).stands_out is False
    assert judge(periods_of([1] * 26 + [9, 2])).stands_out is False


def test_baseline_of_counts_that_spread_widens_what_is_usual():
    spread, even = (judge(periods_of([*past, 8])) for past in ([0, 6] * 13, [3] * 26))

    assert spread.expected == pytest.approx(even.expected, rel=0.1)
    assert spread.p_value > 2 * even.p_value


# --- Judged together ---


def test_series_of_a_meeting_share_a_budget_of_false_marks():
    rare, usual = periods_of([0, 0, 0, 1, 0, 0] * 5 + [0]), periods_of([2, 1, 3, 2, 2, 1] * 5 + [6])

    among_rare = judge_together([usual, *[rare] * 59])[0]
    among_many = judge_together([usual, *[periods_of([4] * 30 + [4])] * 299])[0]

    assert among_rare.stands_out is True
    assert among_many.stands_out is False


def test_meeting_of_few_series_marks_no_more_of_them():
    series = [periods_of([2, 1, 3, 2, 2, 1] * 5 + [5])] * 4

    assert not any(verdict.stands_out for verdict in judge_together(series))


def test_area_borrows_the_season_of_its_category():
    year = [2] * 11 + [14] * 4 + [2] * 11
    category = periods_of([*year, *year, *year[:13], 14])
    area = periods_of([0, 1] * 32 + [0, 4])

    alone, within = judge(area), judge_together([category, area], within=[None, 0])[1]

    assert alone.stands_out is True
    assert within.expected > 1.5 * alone.expected


def test_verdicts_together_come_in_the_order_of_the_series():
    short, long = periods_of([1, 1, 9]), periods_of([0] * 20 + [7])

    verdicts = judge_together([short, long])

    assert [verdict.direction for verdict in verdicts] == [Direction.TOO_LITTLE_KNOWN, Direction.WORSENING]
    assert judge_together([]) == []


def test_awaited_verdict_says_how_many_so_far_and_nothing_else():
    verdict = judge(periods_of([2] * 20 + [0])).awaited()

    assert (verdict.is_known, verdict.is_notable, verdict.direction.label) == (False, False, "Inväntar rapporter")
    assert verdict.words.startswith("0 hittills.")


@pytest.mark.parametrize(
    ("counts", "direction"),
    [
        ([2] * 26 + [4, 4, 5], Direction.WORSENING),  # none of them stands out alone
        ([2] * 13 + [2, 3, 2], Direction.AS_USUAL),
        ([3] * 26 + [1, 0, 0], Direction.CALMING),
        ([2] * 13 + [7, 6, 0], Direction.AS_USUAL),  # over by now
        ([2] * 13 + [0, 0, 4], Direction.AS_USUAL),  # so is the calm
        ([0] * 16, Direction.AS_USUAL),
        ([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], Direction.AS_USUAL),  # too few for less to mean anything
    ],
)
def test_judge_reads_the_direction_from_the_last_three_periods(counts, direction):
    verdict = judge(periods_of(counts))

    assert verdict.direction == direction
    assert verdict.stands_out is False


def test_judge_that_stands_out_is_worsening():
    verdict = judge(periods_of([2] * 13 + [0, 0, 8]))

    assert verdict.stands_out is True
    assert verdict.direction == Direction.WORSENING


def test_judge_refuses_nothing_and_disorder():
    first, second = periods_of([1, 1])

    with pytest.raises(ValueError, match="no period"):
        judge([])
    with pytest.raises(ValueError, match="oldest first"):
        judge([second, first])
    with pytest.raises(ValueError, match="do not overlap"):
        judge([first, first])


@pytest.mark.parametrize("count", [-1, MOST_PER_PERIOD + 1, 1.5, True, None, "3"])
def test_period_refuses_what_is_no_count(count):
    with pytest.raises(ValueError, match="a count"):
        Period(FIRST_DAY, FIRST_DAY, count)


def test_period_refuses_an_end_before_its_start():
    with pytest.raises(ValueError, match="ends before it starts"):
        Period(FIRST_DAY, FIRST_DAY - timedelta(days=1), 0)


def test_period_of_one_day_has_one_day():
    assert Period(FIRST_DAY, FIRST_DAY, 0).days == 1


def test_judge_all_judges_each_period_as_it_was_then():
    periods = periods_of([1] * 15 + [9, 1, 1])

    verdicts = judge_all(periods)

    assert len(verdicts) == 18
    assert [verdict.is_known for verdict in verdicts] == [False] * 6 + [True] * 12
    assert [index for index, verdict in enumerate(verdicts) if verdict.stands_out] == [15]
    assert verdicts[15] == judge(periods[:16])
    assert judge_all(periods, last=3) == verdicts[-3:]
    assert judge_all(periods, last=30) == verdicts
    assert judge_all([]) == []


@given(counts_of_a_past, st.integers(0, 60))
def test_one_more_in_the_newest_period_is_never_less_alarming(past, count):
    fewer, more = (judge(periods_of([*past, newest])) for newest in (count, count + 1))

    assert more.p_value <= fewer.p_value + 1e-9
    assert more.stands_out >= fewer.stands_out
    assert ALARM[more.direction] >= ALARM[fewer.direction]
    assert more.expected == fewer.expected


@given(counts_of_a_past, st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_more_days_in_the_newest_period_are_never_more_alarming(past, count, days, more_days):
    lengths = [14] * len(past)
    shorter, longer = (judge(periods_of([*past, count], [*lengths, end])) for end in (days, days + more_days))

    assert longer.p_value >= shorter.p_value - 1e-9
    assert longer.stands_out <= shorter.stands_out
    assert ALARM[longer.direction] <= ALARM[shorter.direction]


@given(counts_of_a_past, st.integers(200, 300), st.integers(1, 20))
def test_upper_is_the_last_count_that_does_not_stand_out(past, count, days):
    periods = periods_of([*past, count], [14] * len(past) + [days])

    verdict = judge(periods)

    at_upper, above = (
        judge([*periods[:-1], Period(periods[-1].starts_on, periods[-1].ends_on, number)])
        for number in (verdict.upper, verdict.upper + 1)
    )

    assert (at_upper.stands_out, above.stands_out) == (False, True)


@pytest.mark.parametrize(
    ("earlier", "newest", "stands_out"),
    [
        ([1_000_000] * 15, 1_000_000, False),
        ([990_000, 1_000_000] * 8, 1_000_000, False),
        ([0, 1_000_000] * 8, 0, False),
        ([0] * 15, 1_000_000, True),
        ([1_000_000] * 15, 0, False),
        ([10_000] * 15, 10_400, False),  # what is expected is never known to a twentieth
        ([10_000] * 15, 18_000, True),
    ],
)
def test_judge_with_huge_counts_stays_sensible(earlier, newest, stands_out):
    verdict = judge(periods_of([*earlier, newest]))

    assert verdict.stands_out is stands_out
    assert 0 <= verdict.p_value <= 1


def test_every_direction_has_its_words_and_its_look():
    assert [(direction.label, direction.css_class) for direction in Direction] == [
        ("Ökar", "trend-up"),
        ("Som vanligt", "trend-same"),
        ("Minskar", "trend-down"),
        ("För lite att jämföra med", "trend-unknown"),
        ("Inväntar rapporter", "trend-unknown"),
    ]

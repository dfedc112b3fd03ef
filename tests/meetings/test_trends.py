import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.trends import (
    MOST_PER_PERIOD,
    RULES,
    Direction,
    Past,
    Period,
    RecurringPlace,
    Rules,
    Sighting,
    judge,
    judge_all,
    recurring_places,
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
    assert verdict.expected == pytest.approx(6.5 / 6)
    assert verdict.p_value == pytest.approx(1 - (6 / 7) ** 6.5)


def test_judge_keeps_the_two_periods_before_the_newest_out_of_the_past():
    verdict = judge(periods_of([1] * 13 + [5, 5, 1]))

    assert verdict.compared_with == 13
    assert verdict.expected == pytest.approx(13.5 / 13)


def test_judge_leaves_out_what_is_older_than_thirteen_periods():
    assert judge(periods_of([30] * 9 + [1] * 16)) == judge(periods_of([1] * 16))


def test_judge_after_one_a_period_gives_the_negative_binomial_worked_out_by_hand():
    # Size 13 + ½, success 182 / (182 + 14) = 13/14.
    at_least_one = 1 - (13 / 14) ** 13.5
    at_least_two = at_least_one - 13.5 * (1 / 14) * (13 / 14) ** 13.5

    verdicts = [judge(periods_of([1] * 15 + [count])) for count in (0, 1, 2, 5, 6)]

    assert [verdict.p_value for verdict in verdicts[:3]] == pytest.approx([1, at_least_one, at_least_two])
    assert [verdict.stands_out for verdict in verdicts] == [False, False, False, False, True]
    assert {verdict.upper for verdict in verdicts} == {5}
    assert verdicts[4].words == "6 den här gången, väntat ungefär 1. Det sticker ut: upp till 5 hade inte gjort det."
    assert verdicts[1].words == "1 den här gången, väntat ungefär 1."


def test_judge_after_nothing_but_zeros_marks_three_but_never_two():
    # Size ½, success 13/14: two are improbable enough by themselves, but two reports are no pattern.
    nothing = math.sqrt(13 / 14)

    verdicts = [judge(periods_of([0] * 15 + [count])) for count in range(4)]

    assert verdicts[1].p_value == pytest.approx(1 - nothing)
    assert verdicts[2].p_value == pytest.approx(1 - nothing * (1 + 1 / 28))
    assert verdicts[2].p_value < RULES.stands_out_at
    assert [verdict.stands_out for verdict in verdicts] == [False, False, False, True]
    assert [verdict.direction for verdict in verdicts[:3]] == [Direction.AS_USUAL] * 3
    assert verdicts[3].direction == Direction.WORSENING
    assert verdicts[0].expected_words == "färre än 1"


def test_past_of_counts_that_spread_widens_what_is_usual():
    # Pearson's sum is 6 × (2² / 2) = 12 on 5 degrees of freedom; twelve of Poisson's own are added to both.
    past = Past.of([(0, 14), (4, 14)] * 3)

    assert past == Past(12, 84, pytest.approx(24 / 17))
    # Mean 12½ / 6, variance that × 24/17 × 7/6: success 17/28, size mean / (28/17 − 1).
    assert past.probability_of_at_least(1, 14) == pytest.approx(1 - (17 / 28) ** (12.5 / 6 * 17 / 11))


def test_past_of_an_old_outbreak_lets_it_weigh_less():
    # Rate 27/13 a period; the fifteen lie 5.9 of Poisson's deviations above it.
    rate = 27 / 13
    residual = 1.5 * (15 ** (2 / 3) * rate ** (-1 / 6) - math.sqrt(rate))

    past = Past.of([(1, 14)] * 12 + [(15, 14)])

    assert past.count == pytest.approx(12 + 15 / residual**2)
    assert past.days == pytest.approx(14 * (12 + 1 / residual**2))


def test_judge_with_an_old_outbreak_in_the_past_still_finds_the_new_one():
    heedless = Rules(outlier_residual=math.inf)
    periods = periods_of([1, 1, 1, 1, 12, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9])

    assert judge(periods).stands_out is True
    assert judge(periods, heedless).stands_out is False


def test_judge_with_a_period_twice_as_long_expects_twice_as_many():
    after_a_missed_meeting = judge(periods_of([1] * 15 + [4], [14] * 15 + [28]))
    after_a_short_period = judge(periods_of([1] * 15 + [4], [14] * 15 + [7]))

    assert after_a_missed_meeting.expected == pytest.approx(27 / 13)
    assert after_a_short_period.expected == pytest.approx(13.5 / 26)
    assert after_a_missed_meeting.stands_out is False
    assert after_a_short_period.stands_out is True


def test_judge_counts_days_and_not_periods_in_an_uneven_past():
    uneven = judge(periods_of([1, 2, 1, 0, 1, 2, 1, 1, 3], [14, 28, 14, 7, 7, 28, 14, 14, 14]))

    assert uneven.compared_with == 6
    assert uneven.expected == pytest.approx(7.5 * 14 / 98)


@pytest.mark.parametrize(
    ("counts", "direction"),
    [
        ([2] * 13 + [4, 4, 5], Direction.WORSENING),  # none of them stands out alone
        ([2] * 13 + [2, 3, 2], Direction.AS_USUAL),
        ([2] * 13 + [1, 0, 0], Direction.CALMING),
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
    assert (more.expected, more.upper) == (fewer.expected, fewer.upper)


@given(counts_of_a_past, st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_more_days_in_the_newest_period_are_never_more_alarming(past, count, days, more_days):
    lengths = [14] * len(past)
    shorter, longer = (judge(periods_of([*past, count], [*lengths, end])) for end in (days, days + more_days))

    assert longer.p_value >= shorter.p_value - 1e-9
    assert longer.stands_out <= shorter.stands_out
    assert longer.upper >= shorter.upper
    assert ALARM[longer.direction] <= ALARM[shorter.direction]


@given(counts_of_a_past, st.integers(0, 60), st.integers(1, 40))
def test_upper_is_the_last_count_that_does_not_stand_out(past, count, days):
    periods = periods_of([*past, count], [14] * len(past) + [days])

    verdict = judge(periods)
    at_upper, above = (
        judge([*periods[:-1], Period(periods[-1].starts_on, periods[-1].ends_on, number)])
        for number in (verdict.upper, verdict.upper + 1)
    )

    assert (at_upper.stands_out, above.stands_out) == (False, True)
    assert above.p_value <= RULES.stands_out_at


@pytest.mark.parametrize(
    ("earlier", "newest", "stands_out"),
    [
        ([1_000_000] * 15, 1_000_000, False),
        ([990_000, 1_000_000] * 8, 1_000_000, False),
        ([0, 1_000_000] * 8, 0, False),
        ([0] * 15, 1_000_000, True),
        ([1_000_000] * 15, 0, False),
        ([10_000] * 15, 10_400, True),
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
    ]


def test_recurring_places_lists_those_seen_in_three_of_the_last_six():
    sightings = [
        Sighting("Burlövs station", "Skadegörelse", 4),
        Sighting("burlövs  station ", "Trafik", 6),
        Sighting("Burlövs  Station", "Skadegörelse", 9),
        Sighting("Dalbyvägen", "Nedskräpning", 8),
        Sighting("Dalbyvägen", "Nedskräpning", 8),
        Sighting("Dalbyvägen", "Nedskräpning", 9),
        Sighting("Lundavägen", "Trafik", 2),
        Sighting("Lundavägen", "Trafik", 3),
        Sighting("Lundavägen", "Trafik", 4),
        Sighting("  ", "Trafik", 7),
        Sighting("", "Trafik", 8),
        Sighting("", "Trafik", 9),
    ]

    places = recurring_places(sightings, newest=9)

    assert places == [RecurringPlace("Burlövs Station", (4, 6, 9), 3, ("Skadegörelse", "Trafik"), False)]
    assert places[0].period_count == 3


def test_recurring_places_needs_two_when_it_is_reported_to_have_happened_before():
    sightings = [
        Sighting("Dalbyvägen", "Nedskräpning", 8, is_recurring=True),
        Sighting("Dalbyvägen", "Nedskräpning", 9),
        Sighting("Åkarp", "Trafik", 9, is_recurring=True),
        *(Sighting("Arlöv", "Brand", period) for period in (5, 6, 7, 8)),
    ]

    places = recurring_places(sightings, newest=9)

    assert [(place.name, place.is_marked) for place in places] == [("Arlöv", False), ("Dalbyvägen", True)]


@pytest.mark.parametrize("period", [-1, 10])
def test_recurring_places_refuses_a_period_that_is_not_there(period):
    with pytest.raises(ValueError, match="is none of 0–9"):
        recurring_places([Sighting("Arlöv", "Brand", period)], newest=9)

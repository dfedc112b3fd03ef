"""Where a goal stands, from values alone: no database."""

import datetime
from decimal import Decimal

import pytest

from agreements.models import Indicator, IndicatorValue
from focus_areas.models import Goal
from focus_areas.progress import Standing, latest_own, share_of_the_way, standing, where_it_stands

INDEX = Indicator(pk=1, name="Trygghetsindex", unit="index", lower_is_better=True)
SHARE = Indicator(pk=2, name="Andel trygga", unit="procent")


def value(year: int, number: str, **fields) -> IndicatorValue:
    return IndicatorValue(indicator=INDEX, year=year, value=Decimal(number), **fields)


@pytest.mark.parametrize(
    ("now", "baseline", "target", "lower_is_better", "expected"),
    [
        ("1.80", "2.22", "1.80", True, Standing.REACHED),
        ("1.76", "2.22", "1.80", True, Standing.REACHED),
        ("2.00", "2.22", "1.80", True, Standing.ON_THE_WAY),
        ("2.22", "2.22", "1.80", True, Standing.UNMOVED),
        ("2.30", "2.22", "1.80", True, Standing.MOVING_AWAY),
        ("12", "11", "15", False, Standing.ON_THE_WAY),
        ("10", "11", "15", False, Standing.MOVING_AWAY),
        ("16", "11", "15", False, Standing.REACHED),
        # Baseline and target say which way it goes, whatever the indicator says.
        ("8", "10", "5", False, Standing.ON_THE_WAY),
        ("8", "5", "10", True, Standing.ON_THE_WAY),
        ("1.76", None, "1.80", True, Standing.REACHED),
        ("2.22", None, "1.80", True, Standing.NOT_REACHED),
        ("70", None, "80", False, Standing.NOT_REACHED),
        ("70", None, None, False, Standing.NO_TARGET),
        (None, "70", "80", False, Standing.NOT_REPORTED),
        ("0", "0", "4", False, Standing.UNMOVED),
    ],
)
def test_one_word_for_each_place(now, baseline, target, lower_is_better, expected):
    now, baseline, target = (None if number is None else Decimal(number) for number in (now, baseline, target))

    assert standing(now=now, baseline=baseline, target=target, lower_is_better=lower_is_better) == expected


def test_what_nothing_measures_is_not_measured():
    assert standing(now=None, baseline=None, target=Decimal(4), is_measured=False) == Standing.NOT_MEASURED


@pytest.mark.parametrize(
    ("now", "baseline", "target", "share"),
    [
        (2, 0, 4, "0.5"),
        (6, 0, 4, "1.5"),
        (8, 10, 5, "0.4"),
        (12, 10, 5, "-0.4"),
        (None, 0, 4, None),
        (2, None, 4, None),
        (2, 4, 4, None),
    ],
)
def test_share_of_the_way_goes_either_way(now, baseline, target, share):
    assert share_of_the_way(now=now, baseline=baseline, target=target) == (share and Decimal(share))


def test_latest_is_the_municipalitys_own():
    values = [
        value(2021, "2.03"),
        value(2022, "2.22"),
        value(2023, "1.54", comparison="LPO Kävlinge"),
        value(2023, "1.90", sex="women"),
        value(2023, "1.70", area_id=3),
    ]

    assert latest_own(values).year == 2022
    assert latest_own(values, until=2021).year == 2021
    assert latest_own(values, until=2000) is None


def test_goal_is_judged_as_it_stood():
    goal = Goal(statement="Sänka", indicator=INDEX, baseline=Decimal("2.44"), target=Decimal("1.80"))
    values = [value(2018, "2.63"), value(2022, "2.12")]

    then = where_it_stands(goal, values=values, on=datetime.date(2019, 6, 30))
    now = where_it_stands(goal, values=values, on=datetime.date(2026, 11, 23))

    assert (then.now, then.year, then.standing, then.percent) == (Decimal("2.63"), 2018, Standing.MOVING_AWAY, 0)
    assert (now.now, now.year, now.standing, now.percent) == (Decimal("2.12"), 2022, Standing.ON_THE_WAY, 50)
    assert now.unit == "index"


def test_indicator_without_values_is_not_reported_and_not_zero():
    progress = where_it_stands(Goal(statement="Öka", indicator=SHARE, baseline=70, target=80))

    assert (progress.now, progress.is_measured, progress.standing) == (None, True, Standing.NOT_REPORTED)


@pytest.mark.parametrize(
    ("counted", "now", "is_measured", "expected"),
    [
        ([], None, False, Standing.NOT_MEASURED),
        ([("möten", 9)], None, False, Standing.NOT_MEASURED),
        ([("vandringar", None)], None, True, Standing.NOT_REPORTED),
        ([("vandringar", 0)], 0, True, Standing.UNMOVED),
        ([("vandringar", 2), ("Vandringar ", 1), ("möten", 9)], 3, True, Standing.ON_THE_WAY),
        ([("vandringar", 20)], 20, True, Standing.REACHED),
    ],
)
def test_commitments_count_from_nothing_in_the_goals_unit(counted, now, is_measured, expected):
    progress = where_it_stands(Goal(statement="Gå", target=4, unit="vandringar"), counted=counted)

    assert (progress.now, progress.is_measured, progress.standing) == (now, is_measured, expected)


def test_every_standing_has_a_word():
    assert len({one.label for one in Standing}) == len(Standing)

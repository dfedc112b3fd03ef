"""Swedish holidays by name, workdays, and the school breaks that are only usual."""

import datetime

import pytest

from meetings.swedish_days import (
    free_day_name,
    free_days,
    is_workday,
    next_workday,
    school_breaks,
    why_no_workday,
)

NEW_YEAR, NEW_YEARS_EVE = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_free_days_of_a_year_are_thirteen_holidays_and_three_eves_without_ordinary_sundays():
    found = free_days(NEW_YEAR, NEW_YEARS_EVE)

    assert found == [
        (day("2026-01-01"), "Nyårsdagen"),
        (day("2026-01-06"), "Trettondedag jul"),
        (day("2026-04-03"), "Långfredagen"),
        (day("2026-04-05"), "Påskdagen"),
        (day("2026-04-06"), "Annandag påsk"),
        (day("2026-05-01"), "Första maj"),
        (day("2026-05-14"), "Kristi himmelsfärdsdag"),
        (day("2026-05-24"), "Pingstdagen"),
        (day("2026-06-06"), "Nationaldagen"),
        (day("2026-06-19"), "Midsommarafton"),
        (day("2026-06-20"), "Midsommardagen"),
        (day("2026-10-31"), "Alla helgons dag"),
        (day("2026-12-24"), "Julafton"),
        (day("2026-12-25"), "Juldagen"),
        (day("2026-12-26"), "Annandag jul"),
        (day("2026-12-31"), "Nyårsafton"),
    ]


def test_free_days_cross_the_turn_of_the_year_and_keep_within_bounds():
    found = free_days(day("2026-12-26"), day("2027-01-01"))

    assert found == [
        (day("2026-12-26"), "Annandag jul"),
        (day("2026-12-31"), "Nyårsafton"),
        (day("2027-01-01"), "Nyårsdagen"),
    ]


def test_free_days_of_a_time_that_ends_before_it_begins_are_none():
    assert free_days(NEW_YEARS_EVE, NEW_YEAR) == []


def test_free_day_name_names_both_when_two_fall_on_one_day():
    assert free_day_name(day("2008-05-01")) == "Första maj och Kristi himmelsfärdsdag"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-24", ""),
        ("2026-11-21", "Lördag"),
        ("2026-11-22", "Söndag"),
        ("2026-12-24", "Julafton"),
        ("2026-04-05", "Påskdagen"),
        ("2026-05-15", ""),
    ],
)
def test_why_no_workday_gives_the_holiday_before_the_weekday(text, reason):
    assert why_no_workday(day(text)) == reason
    assert is_workday(day(text)) == (reason == "")


@pytest.mark.parametrize(
    ("text", "following"),
    [("2026-11-24", "2026-11-25"), ("2026-12-23", "2026-12-28"), ("2026-12-31", "2027-01-04")],
)
def test_next_workday_passes_weekends_and_eves(text, following):
    assert next_workday(day(text)) == day(following)


def test_school_breaks_of_a_year_are_the_usual_ones_in_order():
    found = school_breaks(NEW_YEAR, NEW_YEARS_EVE)

    assert [(one.name, one.starts_on, one.ends_on) for one in found] == [
        ("Jullov", day("2025-12-21"), day("2026-01-07")),
        ("Sportlov", day("2026-02-16"), day("2026-02-20")),
        ("Påsklov", day("2026-03-30"), day("2026-04-10")),
        ("Sommarlov", day("2026-06-15"), day("2026-08-15")),
        ("Höstlov", day("2026-10-26"), day("2026-10-30")),
        ("Jullov", day("2026-12-21"), day("2027-01-07")),
    ]


def test_school_breaks_between_two_breaks_are_none():
    assert school_breaks(day("2026-11-02"), day("2026-12-20")) == []


def test_years_that_the_almanac_does_not_know_have_no_easter_break():
    found = school_breaks(datetime.date(2150, 1, 8), datetime.date(2150, 12, 20))

    assert [one.name for one in found] == ["Sportlov", "Sommarlov", "Höstlov"]

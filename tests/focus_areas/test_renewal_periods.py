"""The days and titles of a new period, where dates go in it, and who an election may replace."""

import datetime

import pytest

from focus_areas.renewal_periods import (
    Period,
    continued_days,
    election_between,
    election_day,
    is_elected,
    moved_day,
    moved_days,
    next_period,
    title_of_next,
    why_not_period,
)

day = datetime.date.fromisoformat


def days(text: str) -> tuple:
    """2026-01-01..2026-12-31 as two dates; a missing one is None."""
    return tuple(day(one) if one else None for one in text.split(".."))


OLD = Period(*days("2023-07-01..2026-12-31"))
NEW = Period(*days("2027-01-01..2030-12-31"))
TODAY = day("2026-11-23")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023-07-01..2026-12-31", "2027-01-01..2030-12-31"),
        ("2023-01-01..2026-12-31", "2027-01-01..2030-12-31"),
        ("2024-03-01..2024-05-31", "2024-06-01..2025-05-31"),
        ("2020-03-01..2024-02-28", "2024-02-29..2028-02-28"),
        ("..2026-06-30", "2026-07-01..2030-06-30"),
        ("2023-07-01..", "2027-01-01..2030-12-31"),
        ("..", "2027-01-01..2030-12-31"),
    ],
)
def test_next_period_begins_the_day_after_and_is_as_long_in_whole_years(old, new):
    assert next_period(Period(*days(old)), today=TODAY) == Period(*days(new))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Samverkansöverenskommelse 2023–2026", "Samverkansöverenskommelse 2027–2030"),
        ("Överenskommelse 2023-26, Lomma", "Överenskommelse 2027–2030, Lomma"),
        ("Samverkansöverenskommelse", "Samverkansöverenskommelse 2027–2030"),
    ],
)
def test_title_gets_the_new_years(title, expected):
    assert title_of_next(title, NEW) == expected


def test_title_has_room_for_the_new_years():
    assert len(title_of_next("Ö" * 250, NEW)) == 250


@pytest.mark.parametrize(
    ("new", "is_closed", "field"),
    [
        ("2027-01-01..2030-12-31", False, None),
        ("2026-12-31..2030-12-31", False, "starts_on"),
        ("2026-12-31..2030-12-31", True, None),
        ("2023-07-01..2030-12-31", True, "starts_on"),
        ("2020-01-01..2022-12-31", True, "starts_on"),
        ("2027-01-02..2027-01-01", False, "ends_on"),
    ],
)
def test_period_that_overlaps_or_goes_backwards_cannot_be_had(new, is_closed, field):
    faults = why_not_period(OLD, Period(*days(new)), is_closed=is_closed)

    assert list(faults) == ([field] if field else [])


@pytest.mark.parametrize(
    ("promised", "moved"),
    [
        ("..", ".."),
        ("2026-01-01..2026-12-31", "2027-01-01..2027-12-31"),
        ("2026-07-01..2026-12-31", "2027-07-01..2027-12-31"),
        ("2025-07-01..2026-06-30", "2027-07-01..2028-06-30"),
        ("2024-02-29..2024-03-31", "2027-02-28..2027-03-31"),
        ("2023-07-01..2026-12-31", "2027-01-01..2030-12-31"),
        ("..2026-12-31", "..2030-12-31"),
        ("..2025-05-01", "..2027-05-01"),
        ("2025-03-01..", "2027-01-01.."),
    ],
)
def test_promise_is_moved_to_the_first_year_that_fits(promised, moved):
    assert moved_days(*days(promised), old=OLD, new=NEW) == days(moved)


def test_promise_without_room_in_the_new_period_is_left_undated():
    short = Period(*days("2027-01-01..2027-06-30"))

    assert moved_days(*days("2026-09-01..2026-10-31"), old=OLD, new=short) == (None, None)


@pytest.mark.parametrize(
    ("planned", "continued"),
    [
        ("..", ".."),
        ("2025-11-03..", "2027-01-01.."),
        ("2025-11-03..2026-12-31", "2027-01-01..2030-12-31"),
        ("2025-03-01..2025-05-31", "2027-03-01..2027-05-31"),
        ("..2026-12-31", "..2030-12-31"),
    ],
)
def test_activity_that_ran_to_the_end_begins_with_the_new_period(planned, continued):
    assert continued_days(*days(planned), old=OLD, new=NEW) == days(continued)


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("2026-12-31", "2030-12-31"),
        ("2027-06-30", "2030-12-31"),
        ("2025-06-30", "2027-06-30"),
        ("2024-02-29", "2027-02-28"),
    ],
)
def test_last_day_of_a_goal_is_moved(due, moved):
    assert moved_day(day(due), old=OLD, new=NEW) == day(moved)


def test_goal_without_a_last_day_gets_none():
    assert moved_day(None, old=OLD, new=NEW) is None


@pytest.mark.parametrize(("year", "expected"), [(2018, "2018-09-09"), (2022, "2022-09-11"), (2026, "2026-09-13")])
def test_election_is_the_second_sunday_of_september(year, expected):
    assert election_day(year) == day(expected)


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        ("2023-07-01", "2027-01-01", "2026-09-13"),
        ("2026-11-16", "2027-01-01", None),
        ("2026-09-13", "2027-01-01", None),
        ("2018-01-01", "2027-01-01", "2026-09-13"),
        ("2023-07-01", "2026-09-12", None),
    ],
)
def test_election_between_two_days(after, until, expected):
    assert election_between(day(after), day(until)) == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kommunstyrelsens ordförande", True),
        ("Oppositionsföreträdare", True),
        ("Ordförande i socialnämnden", True),
        ("Kommunalråd", True),
        ("Politisk företrädare", True),
        ("Kommundirektör", False),
        ("Nämndsekreterare", False),
        ("Chef för LPO Kävlinge", False),
        ("Kommunpolis", False),
        ("Polisiär samordnare", False),
    ],
)
def test_elected_seats_are_known_by_their_names(title, expected):
    assert is_elected(title) is expected

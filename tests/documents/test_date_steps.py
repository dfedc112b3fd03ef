import datetime

import pytest

from documents.date_steps import months_later, years_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_later_stays_within_the_month(day, months, later):
    assert months_later(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(later)


def test_years_later_of_a_leap_day_is_28_february():
    assert years_later(datetime.date(2024, 2, 29), 2) == datetime.date(2026, 2, 28)

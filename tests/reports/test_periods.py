import datetime

import pytest

from agreements.models import Agreement
from reports.periods import period_faults, usual_periods, years_later

TODAY = datetime.date(2026, 11, 23)


def labels(agreement: Agreement, today: datetime.date = TODAY) -> list[str]:
    return [period.label for period in usual_periods(agreement, today=today)]


def test_usual_periods_are_those_that_have_begun_within_the_agreement():
    agreement = Agreement(starts_on=datetime.date(2026, 3, 1), ends_on=datetime.date(2027, 12, 31))

    assert labels(agreement) == [
        "Andra halvåret 2026 hittills",
        "Första halvåret 2026",
        "Tredje tertialet 2026 hittills",
        "Andra tertialet 2026",
        "Första tertialet 2026",
        "Hela året 2026 hittills",
        "Sedan överenskommelsen började",
    ]


def test_usual_periods_end_with_the_month_and_never_after_today():
    ends = {period.ends_on for period in usual_periods(Agreement(), today=datetime.date(2026, 12, 31))}

    assert ends == {
        datetime.date(year, month, number)
        for year, month, number in [
            (2026, 12, 31),
            (2026, 6, 30),
            (2025, 12, 31),
            (2025, 6, 30),
            (2026, 8, 31),
            (2026, 4, 30),
        ]
    }


def test_usual_periods_of_an_agreement_that_has_not_begun():
    assert labels(Agreement(starts_on=datetime.date(2030, 1, 1))) == ["Året hittills"]


def test_usual_periods_do_not_go_further_back_than_a_report_can():
    assert "Sedan överenskommelsen började" not in labels(Agreement(starts_on=datetime.date(2010, 1, 1)))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "faulty"),
    [
        ("2026-01-01", "2026-01-01", set()),
        ("2016-11-24", "2026-11-23", set()),
        ("2016-11-23", "2026-11-23", {"ends_on"}),
        ("2016-02-29", "2026-02-27", set()),
        ("2016-02-29", "2026-02-28", {"ends_on"}),
        ("2026-01-02", "2026-01-01", {"ends_on"}),
        ("2026-01-02", "2026-11-24", {"ends_on"}),
        ("1999-12-31", "2000-01-01", {"starts_on"}),
        ("9999-12-31", "2026-01-01", {"ends_on"}),
    ],
)
def test_period_faults(starts_on, ends_on, faulty):
    days = (datetime.date.fromisoformat(day) for day in (starts_on, ends_on))

    assert set(period_faults(*days, today=TODAY)) == faulty


@pytest.mark.parametrize(
    ("stands_on", "faulty"),
    [("2026-06-29", {"stands_on"}), ("2026-06-30", set()), ("2026-11-23", set()), ("2026-11-24", {"stands_on"})],
)
def test_state_is_told_of_a_day_from_the_periods_last_until_today(stands_on, faulty):
    period = datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)

    assert set(period_faults(*period, stands_on=datetime.date.fromisoformat(stands_on), today=TODAY)) == faulty


def test_years_later_on_a_leap_day():
    assert years_later(datetime.date(2024, 2, 29), 1) == datetime.date(2025, 2, 28)
    assert years_later(datetime.date(2024, 2, 29), 4) == datetime.date(2028, 2, 29)

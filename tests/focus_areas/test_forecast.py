"""Whether a promise will be kept, by the pace so far."""

import datetime

import pytest

from focus_areas.forecast import Outcome, forecast, period_of, share_gone

JANUARY, LAST_DAY = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
JULY = datetime.date(2026, 7, 2)


def outcome(done, *, today=JULY, planned=4, comparison="at_least", starts_on=JANUARY, ends_on=LAST_DAY):
    found = forecast(
        comparison=comparison, planned=planned, done=done, starts_on=starts_on, ends_on=ends_on, today=today
    )
    return found.words


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (None, "Utfall ej redovisat"),
        (0, "Väntas inte hållas (väntat 0 av 4)"),
        (1, "Väntas inte hållas (väntat 2 av 4)"),
        (2, "Väntas hållas (väntat 4 av 4)"),
        (3, "Väntas hållas (väntat 6 av 4)"),
        (4, "Hållet"),
        (20, "Hållet, 16 över"),
    ],
)
def test_pace_is_carried_on_to_the_last_day(done, words):
    assert outcome(done) == words


@pytest.mark.parametrize(
    ("today", "done", "words"),
    [
        (datetime.date(2025, 12, 31), None, "För tidigt att säga"),
        (datetime.date(2025, 12, 31), 4, "Hållet"),
        (datetime.date(2026, 1, 1), None, "För tidigt att säga"),
        (datetime.date(2026, 2, 5), 1, "För tidigt att säga"),
        (datetime.date(2026, 2, 6), 1, "Väntas hållas (väntat 10 av 4)"),
        (datetime.date(2026, 2, 6), None, "Utfall ej redovisat"),
        (datetime.date(2026, 12, 31), 3, "Väntas inte hållas (väntat 3 av 4)"),
        (datetime.date(2027, 1, 1), 3, "Inte hållet"),
        (datetime.date(2027, 1, 1), 0, "Inte hållet"),
        (datetime.date(2027, 1, 1), None, "Utfall ej redovisat"),
        (datetime.date(2027, 1, 1), 5, "Hållet, 1 över"),
    ],
)
def test_the_day_decides_what_can_be_said(today, done, words):
    assert outcome(done, today=today) == words


@pytest.mark.parametrize(
    ("planned", "today", "words"),
    [
        (1, datetime.date(2026, 12, 30), "För tidigt att säga"),
        (1, LAST_DAY, "Väntas inte hållas (väntat 0 av 1)"),
        (4, datetime.date(2026, 3, 1), "För tidigt att säga"),
        (4, datetime.date(2026, 4, 3), "Väntas inte hållas (väntat 0 av 4)"),
    ],
)
def test_none_done_is_no_pace_until_one_would_be_due(planned, today, words):
    assert outcome(0, planned=planned, today=today) == words


@pytest.mark.parametrize(("comparison", "words"), [("at_least", "Inte hållet"), ("about", "Hållet")])
def test_about_is_kept_at_nine_tenths(comparison, words):
    assert outcome(9, planned=10, comparison=comparison, today=datetime.date(2027, 1, 1)) == words


def test_exactly_is_kept_by_more():
    assert outcome(5, comparison="exactly") == "Hållet, 1 över"


@pytest.mark.parametrize("done", [None, 3])
def test_promise_without_a_number_has_no_forecast(done):
    assert outcome(done, planned=None, comparison="") == "Följs upp i ord"


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, None), (JANUARY, None), (None, LAST_DAY)])
def test_without_a_period_nothing_is_guessed(starts_on, ends_on):
    assert outcome(3, starts_on=starts_on, ends_on=ends_on) == "För tidigt att säga"


def test_period_of_one_day():
    assert outcome(None, today=JULY, starts_on=JULY, ends_on=JULY) == "Utfall ej redovisat"
    assert outcome(1, today=JULY, starts_on=JULY, ends_on=JULY) == "Väntas inte hållas (väntat 1 av 4)"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((None, None), (datetime.date(2023, 7, 1), LAST_DAY)),
        ((JANUARY, None), (JANUARY, LAST_DAY)),
        ((None, JULY), (datetime.date(2023, 7, 1), JULY)),
        ((JANUARY, JULY), (JANUARY, JULY)),
        ((datetime.date(2027, 3, 1), None), (datetime.date(2027, 3, 1), None)),
        ((None, datetime.date(2022, 3, 1)), (None, datetime.date(2022, 3, 1))),
    ],
)
def test_own_days_go_before_the_agreements(own, expected):
    starts_on, ends_on = own

    period = period_of(
        starts_on=starts_on,
        ends_on=ends_on,
        agreement_starts_on=datetime.date(2023, 7, 1),
        agreement_ends_on=LAST_DAY,
    )

    assert period == expected


def test_agreement_without_days_leaves_the_period_open():
    period = period_of(starts_on=None, ends_on=None, agreement_starts_on=None, agreement_ends_on=None)

    assert period == (None, None)


@pytest.mark.parametrize(
    ("today", "share"),
    [(datetime.date(2025, 12, 31), 0), (JANUARY, 1 / 365), (LAST_DAY, 1), (datetime.date(2027, 6, 1), 1)],
)
def test_share_of_the_period_counts_today(today, share):
    assert share_gone(JANUARY, LAST_DAY, today=today) == share


def test_every_outcome_has_words():
    assert all(outcome.label for outcome in Outcome)

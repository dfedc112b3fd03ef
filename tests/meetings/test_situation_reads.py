"""What Örat mot marken reads: periods, trends, the same weeks before, places that recur and what is coming."""

import datetime
from itertools import pairwise

import pytest

from meetings.models import Observation
from meetings.situation import (
    Counts,
    Span,
    areas_of,
    categories_of,
    events_with_watchers,
    looking_ahead,
    meeting_days,
    next_meeting_of,
    recent_spans,
    runs_of,
    situation_on,
    spans_between,
    spans_until,
    trend_rows,
    weeks_around,
)
from tests.factories import TODAY, at, make_area, organisation_of
from tests.meeting_factories import make_category, make_event, make_meeting, make_observation, situation_group

DAY = datetime.timedelta(days=1)
TWO_WEEKS = datetime.timedelta(weeks=2)


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def test_a_period_is_the_days_after_a_meeting_up_to_the_next():
    spans = spans_between([day(10, 27), day(11, 10), day(11, 24)], today=day(11, 23))

    assert spans == [
        Span(day(10, 14), day(10, 27)),
        Span(day(10, 28), day(11, 10)),
        Span(day(11, 11), day(11, 23)),
    ]


def test_periods_that_have_not_begun_are_none():
    assert spans_between([day(11, 10), day(11, 24), day(12, 8)], today=day(11, 10)) == [Span(day(10, 28), day(11, 10))]
    assert spans_between([], today=TODAY) == []
    assert spans_until([], today=TODAY) == []


def test_without_a_meeting_today_the_last_period_is_under_way():
    assert spans_until([day(11, 10)], today=TODAY)[-1] == Span(day(11, 11), TODAY)
    assert spans_until([day(11, 10), TODAY], today=TODAY)[-1] == Span(day(11, 11), TODAY)


def test_cancelled_meetings_part_nothing(agreement):
    group = situation_group(agreement)
    make_meeting(group, day(11, 10), held=True)
    make_meeting(group, day(11, 17), state="cancelled", cancelled_because="Sjukdom")
    make_meeting(group, day(11, 24))
    make_meeting(group, day(11, 24), hour=13)

    assert meeting_days(group, until=day(11, 24)) == [day(11, 10), day(11, 24)]


def test_the_next_meeting_is_the_one_under_way(agreement):
    group = situation_group(agreement)
    under_way = make_meeting(group, TODAY, hour=7, opened_at=at(TODAY, 7))
    following = make_meeting(group, TODAY + TWO_WEEKS)

    assert next_meeting_of(group, at=at(TODAY, 9)) == under_way
    assert next_meeting_of(group, at=at(TODAY + 2 * DAY)) == following
    assert next_meeting_of(None, at=at(TODAY)) is None


def test_days_that_follow_on_one_another_are_one_stretch():
    days = [(day(12, 24), "Julafton"), (day(12, 25), "Juldagen"), (day(12, 31), "Nyårsafton")]

    assert runs_of(days) == [
        (day(12, 24), day(12, 25), "Julafton, Juldagen"),
        (day(12, 31), day(12, 31), "Nyårsafton"),
    ]


def observe(agreement, category, days, **fields):
    for one in days:
        make_observation(agreement, one, category=category, **fields)


@pytest.fixture
def two_years(agreement) -> list[datetime.date]:
    """The days of two years of meetings every second week, the last one today."""
    days = [TODAY - n * TWO_WEEKS for n in range(52, -1, -1)]
    for one in days[:-1]:
        make_meeting(situation_group(agreement), one, held=True)
    make_meeting(situation_group(agreement), TODAY)
    return days


def test_what_stands_out_comes_first_with_the_area_that_it_stands_out_in(agreement, two_years):
    calm, wave = make_category(agreement, "Trafik"), make_category(agreement, "Anlagd brand")
    make_category(agreement, "Gammal", is_in_use=False)
    arlov = make_area(agreement)
    make_area(agreement, "Åkarp")
    observe(agreement, calm, [one - DAY for one in two_years[-20:]])
    observe(agreement, wave, [TODAY - n * DAY for n in range(6)], area=arlov)
    spans = spans_between(two_years, today=TODAY)
    counts = Counts.of(agreement, first=spans[0].starts_on, last=TODAY)

    rows = trend_rows(counts, spans, categories=categories_of(agreement), areas=areas_of(agreement))

    assert [row.name for row in rows] == ["Anlagd brand", "Trafik"]
    assert rows[0].verdict.stands_out
    assert [one.name for one in rows[0].inside] == ["Anlagd brand i Arlöv"]
    assert [bar.count for bar in rows[0].trend.spark.bars] == [0, 0, 0, 0, 0, 6]
    assert [bar.count for bar in rows[1].trend.spark.bars] == [1, 1, 1, 1, 1, 1]


def test_what_rose_the_same_weeks_last_year_is_told(agreement, two_years):
    fire = make_category(agreement, "Anlagd brand")
    last_year = datetime.date.fromisocalendar(2025, 48, 1)
    observe(agreement, fire, [last_year - n * DAY for n in range(8)])
    make_event(agreement, last_year + 5 * DAY, title="Skyltsöndag 2025")
    spans = spans_between(two_years, today=TODAY)

    before = situation_on(agreement, spans, day=TODAY, today=TODAY)
    observe(agreement, fire, [TODAY - n * DAY for n in range(6)])
    after = situation_on(agreement, spans, day=TODAY, today=TODAY)

    assert [one.words for one in before.patterns] == ["Anlagd brand ökade v. 47–49 förra året."]
    assert [one.words for one in after.patterns] == ["Anlagd brand ökade även v. 47–49 förra året."]
    assert [event.title for event in before.years[0].events] == ["Skyltsöndag 2025"]
    assert before.years[0].counts == [(fire, 8)]


@pytest.mark.parametrize(
    ("today", "years_ago", "first", "weeks"),
    [
        (TODAY, 1, day(11, 17, 2025), (47, 49)),
        (day(12, 31), 1, day(12, 15, 2025), (51, 1)),  # week 53 of 2026
        (day(1, 1, 2027), 1, day(12, 15, 2025), (51, 1)),
        (day(1, 1), 1, day(12, 23, 2024), (52, 2)),
        (day(1, 5), 1, day(12, 30, 2024), (1, 3)),
    ],
)
def test_the_same_weeks_are_found_in_years_of_52_and_53(today, years_ago, first, weeks):
    span = weeks_around(today, years_ago=years_ago)

    assert span.starts_on == first
    assert span.ends_on == first + 20 * DAY
    assert (span.starts_on.isocalendar().week, span.ends_on.isocalendar().week) == weeks


def test_a_place_that_is_named_again_and_again_recurs(agreement, two_years):
    category = make_category(agreement)
    observe(agreement, category, [one - DAY for one in two_years[-4:]], place="Burlövs station")
    observe(agreement, category, [TODAY] * 5, place="En enda kväll")

    places = situation_on(agreement, spans_between(two_years, today=TODAY), day=TODAY, today=TODAY).places

    assert [(one.name, one.count, one.period_count) for one in places] == [("Burlövs station", 4, 4)]


def test_our_own_break_stands_for_the_usual_one(agreement):
    own = make_event(agreement, day(12, 21), ends_on=day(1, 8, 2027), title="Jullovet börjar", place="Alla skolor")
    own.watched_by.set([organisation_of(agreement, "UKF"), organisation_of(agreement, "BBAB")])

    coming = looking_ahead(events_with_watchers(agreement), first=day(12, 1), last=day(12, 31), today=TODAY)

    assert [one.title for one in coming] == [
        "Jullovet börjar",
        "Julafton, Juldagen, Annandag jul",
        "Nyårsafton",
    ]
    assert coming[0].note == "Alla skolor · BBAB, UKF"


def test_periods_do_not_overlap_and_leave_no_day_out(two_years):
    spans = recent_spans(spans_between(two_years, today=TODAY), day=TODAY)

    assert all(later.starts_on - earlier.ends_on == DAY for earlier, later in pairwise(spans))
    assert spans[-1].ends_on == TODAY


def test_an_empty_agreement_says_nothing_wrong(agreement):
    situation = situation_on(agreement, [], day=TODAY, today=TODAY)

    assert (situation.rows, situation.years, situation.patterns, situation.places) == ([], [], [], [])
    assert not Observation.objects.exists()

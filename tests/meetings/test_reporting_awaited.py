"""What is said of a period before everybody has reported it: how many have, and nothing else."""

import datetime

import pytest

from meetings.models import Meeting, SituationReport
from meetings.operations import leading
from meetings.situation import Reporting, organisations_of_group, reporting_to
from meetings.situation.minuted import minuted_trends
from meetings.trends import Direction, Period, judge
from tests.factories import TODAY, as_person, make_seat, organisation_of
from tests.meeting_factories import make_observation
from tests.meetings.pages import url

WITHHELD = Direction.AWAITED


def verdict_on(counts):
    starts = [datetime.date(2026, 1, 7) + datetime.timedelta(weeks=2 * number) for number in range(len(counts))]
    return judge(
        [Period(day, day + datetime.timedelta(days=13), count) for day, count in zip(starts, counts, strict=True)]
    )


RISING, FALLING = verdict_on([1] * 20 + [9]), verdict_on([5] * 20 + [1, 0, 0])


@pytest.fixture
def meeting(fortnights, agreement, category, situation_member) -> Meeting:
    """The coming meeting of three organisations, after half a year with three things heard of every fortnight."""
    for name in ("SF", "UKF"):
        make_seat(fortnights[-1].group, organisation=organisation_of(agreement, name))
    for held in fortnights[:-1]:
        for _ in range(3):
            make_observation(agreement, held.day, category=category)
    return fortnights[-1]


def report_all(meeting, by, but=0):
    organisations = organisations_of_group(meeting.group)
    for organisation in organisations[: len(organisations) - but]:
        SituationReport.objects.create(meeting=meeting, organisation=organisation, reported_by=by)


@pytest.mark.parametrize(
    ("reporting", "rising", "falling"),
    [
        (Reporting(0, 7, has_begun=False), WITHHELD, WITHHELD),
        (Reporting(6, 7, has_begun=False), WITHHELD, WITHHELD),
        (Reporting(7, 7, has_begun=False), Direction.WORSENING, Direction.CALMING),
        # At the meeting what is more is more; what is less may be somebody's silence.
        (Reporting(3, 7, has_begun=True), Direction.WORSENING, WITHHELD),
        (Reporting(7, 7, has_begun=True), Direction.WORSENING, Direction.CALMING),
        (Reporting(0, 0, has_begun=False), WITHHELD, WITHHELD),
        (Reporting(0, 0, has_begun=True), Direction.WORSENING, Direction.CALMING),
    ],
)
def test_verdict_waits_for_those_who_report(reporting, rising, falling):
    assert (reporting.applied_to(RISING).direction, reporting.applied_to(FALLING).direction) == (rising, falling)


def test_too_little_known_stays_so_whoever_has_reported():
    unknown = verdict_on([1, 2])

    assert Reporting(0, 7, has_begun=False).applied_to(unknown) == unknown


@pytest.mark.parametrize("page", ["meeting", "trends"])
def test_page_says_who_has_reported_and_nothing_of_the_running_period(client, agreement, coordinator, meeting, page):
    report_all(meeting, coordinator, but=1)
    address = meeting.get_absolute_url() if page == "meeting" else url("trend_list", agreement)
    reported = reporting_to(meeting)

    text = as_person(client, coordinator).get(address).content.decode()

    assert reported.expected == 3
    assert "2 av 3 har rapporterat." in text
    assert "Inväntar rapporter</span>" in text
    assert 'class="spark-awaited"' in text
    assert "0 hittills" in text
    for word in ("Minskar", "Som vanligt", "Ökar"):
        assert f"</svg>{word}</span>" not in text


def test_page_judges_when_all_have_reported(client, agreement, coordinator, meeting):
    report_all(meeting, coordinator)

    text = as_person(client, coordinator).get(url("trend_list", agreement)).content.decode()

    assert "Inväntar rapporter</span>" not in text
    assert "har rapporterat." not in text


def test_opened_meeting_calls_silence_no_decrease(client, agreement, coordinator, meeting):
    leading.open_meeting(meeting=meeting, by=coordinator)

    text = as_person(client, coordinator).get(meeting.get_absolute_url()).content.decode()

    assert "Färre iakttagelser kan bero på att någon inte har rapporterat" in text
    assert "</svg>Minskar</span>" not in text


def test_minutes_keep_no_decrease_that_was_silence(agreement, coordinator, meeting):
    leading.open_meeting(meeting=meeting, by=coordinator)

    assert {trend.direction for trend in minuted_trends(meeting)}.isdisjoint({"calming"})


def test_first_day_of_a_period_with_nothing_reported_is_not_calm(client, agreement, coordinator, meeting):
    assert meeting.day == TODAY + datetime.timedelta(days=1)

    text = as_person(client, coordinator).get(meeting.get_absolute_url()).content.decode()

    assert "0 av 3 har rapporterat." in text
    assert "</svg>Som vanligt</span>" not in text

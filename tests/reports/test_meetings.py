"""What the report says of Örat mot marken and of decisions: as it stood, and only what may stand there."""

import datetime
import io

import pikepdf
import pytest

from accounts.history import recording
from agreements.models import Agreement, Group
from meetings.models import ActionPoint, Meeting
from reports.content import ReportContent, collect
from reports.rendering import render_follow_up_html, render_follow_up_pdf
from tests.factories import at, author, group_of, make_area, make_groups, organisation_of
from tests.ground import kept
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_category,
    make_decision,
    make_meeting,
    make_observation,
    situation_group,
)
from tests.reports.scenario import ENDS_ON, REGISTERED, STARTS_ON, activity_of, day
from tests.reports.test_pdf import tags, text_of

FIRST_MEETING, TWO_WEEKS = day(1, 13), datetime.timedelta(weeks=2)


@kept
def agreement(plan) -> Agreement:
    """The plan with its four groups, an area and two categories, all there from the beginning."""
    with recording(at=at(REGISTERED)):
        make_groups(plan)
        make_area(plan, "Arlöv")
        make_category(plan, "Skadegörelse")
        make_category(plan, "Anlagd brand")
    return plan


def half_year(agreement: Agreement, **when) -> ReportContent:
    return collect(agreement, **{"starts_on": STARTS_ON, "ends_on": ENDS_ON} | when)


def hold(group: Group, on: datetime.date, **fields) -> Meeting:
    with recording(at=at(on)):
        return make_meeting(group, on, **{"held": True} | fields)


def observe(agreement: Agreement, on: datetime.date, category: str = "Skadegörelse", *, times: int = 1) -> None:
    with recording(at=at(on)):
        for _ in range(times):
            make_observation(
                agreement,
                on,
                category=agreement.observation_categories.get(name=category),
                area=agreement.areas.get(name="Arlöv"),
            )


def meet_every_other_week(agreement: Agreement, counts: list[int]) -> None:
    """A meeting every second Tuesday, with so many observations the day before each."""
    for number, count in enumerate(counts):
        meets_on = FIRST_MEETING + number * TWO_WEEKS
        observe(agreement, meets_on - datetime.timedelta(days=1), times=count)
        hold(situation_group(agreement), meets_on)


# --- Örat mot marken ---


def test_situation_is_left_out_where_there_is_no_such_group(plan):
    assert half_year(plan).situation is None


def test_situation_without_meetings_says_so(agreement):
    section = half_year(agreement).situation

    assert (section.heading, section.sentences) == ("Örat mot marken", ("Inget möte hölls under perioden.",))
    assert (section.trends, section.places, section.points) == ((), (), ())


def test_situation_counts_meetings_and_observations_and_masks_none(agreement):
    meet_every_other_week(agreement, [1, 1])
    hold(
        situation_group(agreement), day(2, 10), held=False, state=Meeting.State.CANCELLED, cancelled_because="Sportlov"
    )

    section = half_year(agreement).situation

    assert section.sentences == (
        "Två möten hölls under perioden, ett ställdes in.",
        "Två iakttagelser rapporterades, av en organisation. Rapporterade iakttagelser är inte anmälda brott.",
    )
    assert [(line.category, line.count) for line in section.trends] == [("Skadegörelse", 2)]
    assert [(place.name, place.count, place.mostly) for place in section.places] == [("Arlöv", 2, "skadegörelse")]


def test_trend_that_stood_out_says_when_and_where(agreement):
    meet_every_other_week(agreement, [1, 1, 1, 1, 1, 1, 1, 1, 8])

    (line,) = half_year(agreement).situation.trends

    assert line.stood_out == "Stack ut vid mötet 5 maj 2026, mest i Arlöv."
    assert line.trend.verdict.stands_out
    assert [bar.count for bar in line.trend.spark.bars] == [1, 1, 1, 1, 1, 1, 1, 1, 8]


def test_trend_compares_with_what_came_before_the_period(agreement):
    meet_every_other_week(agreement, [1, 1, 1, 1, 1, 1, 1, 1, 8])

    (line,) = half_year(agreement, starts_on=day(5, 1)).situation.trends

    assert (line.count, bool(line.stood_out)) == (8, True)


def test_trends_are_as_known_on_the_reports_date(agreement):
    meet_every_other_week(agreement, [1, 2])
    removed = agreement.observations.latest("occurred_from")
    with recording(at=at(day(7, 15))):
        removed.delete()
        make_observation(agreement, day(1, 15))

    assert [line.count for line in half_year(agreement).situation.trends] == [3]
    assert [line.count for line in half_year(agreement, as_of=at(day(8, 1))).situation.trends] == [3]
    assert half_year(agreement, as_of=at(day(1, 20))).situation.sentences[0] == "Ett möte hölls under perioden."


def test_meeting_that_was_closed_later_was_not_held_on_the_reports_date(agreement):
    meeting = hold(situation_group(agreement), day(6, 30), held=False)
    with recording(at=at(day(7, 1))):
        meeting.state = Meeting.State.HELD
        meeting.save()

    assert half_year(agreement).situation.sentences == ("Inget möte hölls under perioden.",)
    assert half_year(agreement, as_of=at(day(7, 2))).situation.sentences[0] == "Ett möte hölls under perioden."


def test_points_of_the_situation_group_are_open_done_or_late(agreement):
    meeting = hold(situation_group(agreement), day(3, 10))
    with recording(at=at(day(3, 10))):
        make_action_point(meeting, "Laga belysningen", due_on=day(4, 1))
        done = make_action_point(meeting, "Rondera tunneln", organisation=organisation_of(agreement, "BBAB"))
    with recording(at=at(day(3, 20))):
        done.state, done.finished_on, done.finished_by = ActionPoint.State.DONE, day(3, 20), author()
        done.outcome = "Åtta kvällar"
        done.save()

    points = half_year(agreement).situation.points

    assert [(point.text, point.state, point.outcome) for point in points] == [
        ("Laga belysningen", "Öppen, klart senast 1 april 2026, försenad.", ""),
        ("Rondera tunneln", "Klar 20 mars 2026.", "Åtta kvällar."),
    ]


def test_points_that_were_finished_later_are_open_on_the_reports_date(agreement):
    meeting = hold(situation_group(agreement), day(6, 16))
    with recording(at=at(day(6, 16))):
        point = make_action_point(meeting, due_on=day(7, 14))
    with recording(at=at(day(7, 2))):
        point.state, point.finished_on, point.finished_by = ActionPoint.State.DONE, day(7, 2), author()
        point.save()

    assert [each.state for each in half_year(agreement).situation.points] == ["Öppen, klart senast 14 juli 2026."]


def test_many_points_are_counted_beyond_the_first(agreement):
    meeting = hold(situation_group(agreement), day(3, 10))
    with recording(at=at(day(3, 10))):
        for number in range(15):
            make_action_point(meeting, f"Åtgärd {number}")

    section = half_year(agreement).situation

    assert (len(section.points), section.points_left_out) == (12, 3)


def test_decision_under_an_item_about_the_group_came_of_it(agreement):
    meeting = hold(group_of(agreement, "preparation"), day(3, 12))
    with recording(at=at(day(3, 12))):
        make_decision(meeting, "Belysningen lagas.", agenda_item=make_agenda_item(meeting, "Från Örat mot marken"))
        make_decision(meeting, "Mallen ändras.", agenda_item=make_agenda_item(meeting, "Övrigt"))

    assert [(line.group, line.text) for line in half_year(agreement).situation.decisions] == [
        (str(meeting.group), "Belysningen lagas.")
    ]


# --- Decisions ---


def test_decisions_say_paragraph_day_and_mandate(agreement):
    steering, preparation = group_of(agreement, "steering"), group_of(agreement, "preparation")
    walks = activity_of(agreement, "Trygghetsvandringar")
    above, below = hold(steering, day(3, 5)), hold(preparation, day(3, 12))
    with recording(at=at(day(3, 12))):
        decided = make_decision(above, "Vandringarna blir fler", mandated_group=preparation)
        make_decision(below, "En fjärde vandring", mandated_activity=walks, carries_out=decided)

    groups = half_year(agreement).decided.groups

    assert [(group.name, [line.paragraph for line in group.decisions]) for group in groups] == [
        (steering.name, ["§\u00a01/2026"]),
        (preparation.name, ["§\u00a01/2026"]),
    ]
    assert groups[0].decisions[0].mandate == (f"Uppdrag till {preparation.name}.",)
    assert groups[1].decisions[0].mandate == (f"Gäller {walks}.", f"Verkställer §\u00a01/2026, {steering.name}.")
    assert (groups[1].decisions[0].day, groups[1].decisions[0].text) == ("12 mars 2026", "En fjärde vandring.")


def test_decisions_are_as_worded_on_the_reports_date(agreement):
    meeting = hold(group_of(agreement, "steering"), day(6, 4))
    with recording(at=at(day(6, 4))):
        decision = make_decision(meeting, "Planen gäller.")
    with recording(at=at(day(7, 4))):
        decision.text = "Planen ändras."
        decision.save()
        make_decision(meeting, "Skrivet efteråt.")

    assert [line.text for line in half_year(agreement).decided.groups[0].decisions] == ["Planen gäller."]


def test_decisions_of_internal_items_and_other_times_are_left_out(agreement):
    steering = group_of(agreement, "steering")
    meeting, earlier = hold(steering, day(6, 4)), hold(steering, datetime.date(2025, 12, 10))
    with recording(at=at(day(6, 4))):
        make_decision(earlier, "Förra året.")
        secret = make_decision(
            meeting, "Bemanningen.", agenda_item=make_agenda_item(meeting, "Personal", is_internal=True)
        )
        make_decision(meeting, "Det som syns.", carries_out=secret)

    (line,) = half_year(agreement).decided.groups[0].decisions

    assert (line.text, line.mandate) == ("Det som syns.", ())


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ((), "Inga åtgärdspunkter är öppna."),
        ((day(7, 10),), "En åtgärdspunkt är öppen."),
        ((day(6, 10),), "En åtgärdspunkt är öppen och försenad."),
        ((day(6, 10), day(7, 10)), "Två åtgärdspunkter är öppna, en är försenad."),
        ((day(6, 10), day(6, 11)), "Två åtgärdspunkter är öppna, två är försenade."),
    ],
)
def test_open_points_are_counted(agreement, due, said):
    meeting = hold(group_of(agreement, "steering"), day(6, 4))
    with recording(at=at(day(6, 4))):
        for number, due_on in enumerate(due):
            make_action_point(meeting, f"Åtgärd {number}", due_on=due_on)

    assert half_year(agreement).decided.groups[0].open_points == said


# --- The whole ---


def test_notes_explain_observations_where_there_are_any(agreement):
    assert "Iakttagelser" not in [note.term for note in half_year(agreement).notes]

    meet_every_other_week(agreement, [1])

    assert "Iakttagelser" in [note.term for note in half_year(agreement).notes]


@pytest.mark.parametrize("times", [1, 4])
def test_collect_asks_as_many_questions_however_many_meetings(agreement, django_assert_num_queries, times):
    meet_every_other_week(agreement, [2] * times)
    for number in range(times):
        meeting = hold(group_of(agreement, "steering"), day(3, 1 + number))
        with recording(at=meeting.starts_at):
            make_decision(meeting, agenda_item=make_agenda_item(meeting))
            make_action_point(meeting, responsible=author())

    with django_assert_num_queries(16):
        half_year(agreement)


def test_pdf_tells_of_meetings(agreement):
    meet_every_other_week(agreement, [1, 1, 1, 1, 1, 1, 1, 8])
    meeting = hold(group_of(agreement, "steering"), day(6, 4))
    with recording(at=at(day(6, 4))):
        make_decision(meeting, "Planen gäller.", mandated_group=group_of(agreement, "preparation"))

    pdf = render_follow_up_pdf(agreement, STARTS_ON, ENDS_ON)

    document = pikepdf.open(io.BytesIO(pdf))
    described = [str(tag.Alt) for tag in tags(document) if tag.S == "/Figure"]
    charts = [words for words in described if "perioder" in words]
    assert charts == ["8 perioder, den senaste sist: 1, 1, 1, 1, 1, 1, 1, 8. Sticker ut: 8."]
    assert "Planen gäller." in text_of(pdf)


def test_report_of_meetings_escapes_what_people_wrote(agreement):
    meeting = hold(situation_group(agreement), day(3, 10))
    with recording(at=at(day(3, 10))):
        make_action_point(meeting, "<script>alert(1)</script>")
        make_decision(meeting, "<b>fet</b> & stark")

    html = render_follow_up_html(agreement, STARTS_ON, ENDS_ON)

    assert "<script>alert(1)" not in html
    assert "&lt;b&gt;fet&lt;/b&gt; &amp; stark" in html

"""What the report says of indicators, promises, the child's best and the law: as it stood on its day."""

import datetime
from decimal import Decimal

import pytest

from accounts.history import recording
from agreements.models import Agreement
from focus_areas.models import ActionPlan
from reports.content import ReportContent, collect
from reports.law import State
from reports.rendering import render_follow_up_html
from tests.factories import at, make_child_impact, make_goal
from tests.reports.scenario import ENDS_ON, STARTS_ON, activity_of, build_burlov, day
from tests.thread_factories import (
    make_cause,
    make_council_report,
    make_indicator,
    make_picture,
    make_plan,
    make_problem,
    make_value,
)

LATER = day(9, 7)


def add_thread(agreement: Agreement) -> None:
    """A picture, a cause, an adopted plan, an indicator and a weighing of the child's best, put in in January."""
    with recording(at=at(day(1, 2))):
        picture = make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
        walks = activity_of(agreement, "Trygghetsvandringar")
        walks.causes.add(make_cause(make_problem(picture), "Mörka stråk"))
        walks.save()
        plan = make_plan(agreement, based_on=picture, paragraph="§ 112", reference_number="KS/2024:118")
        plan.state, plan.snapshot, plan.sha256 = ActionPlan.State.ADOPTED, {}, "0" * 64
        plan.decided_on, plan.decided_by, plan.adopted_at = datetime.date(2024, 5, 27), "Kommunstyrelsen", at(day(1, 2))
        plan.save()
        make_goal(
            walks.focus_area,
            kind="effect",
            statement="Sänka trygghetsindex till 1,8",
            baseline=Decimal("2.22"),
            target=Decimal("1.8"),
            indicator=make_indicator(agreement),
        )
        make_child_impact(activity_of(agreement, "TuBen"), conclusion="Passen ligger på fredagar")


@pytest.fixture
def thread(db, frozen_today) -> Agreement:
    agreement = build_burlov()
    add_thread(agreement)
    return agreement


def half_year(agreement: Agreement) -> ReportContent:
    return collect(agreement, starts_on=STARTS_ON, ends_on=ENDS_ON)


def test_report_shows_where_a_goal_stands_by_its_indicator(thread):
    goal = next(line for line in half_year(thread).focus_areas[2].goals if line.kind == "Effekt")

    assert (goal.baseline, goal.now, goal.now_of, goal.target, goal.standing) == (
        "2,22",
        "2,22",
        "2022",
        "1,8 index",
        "Oförändrat",
    )


def test_report_draws_the_indicators_of_its_goals(thread):
    report = half_year(thread)

    assert [len(focus_area.charts) for focus_area in report.focus_areas] == [0, 0, 1]
    (chart,) = report.focus_areas[2].charts
    assert [row.year for row in chart.table.rows] == [2019, 2020, 2021, 2022]
    assert chart.table.columns == ("Burlövs kommun", "LPO Kävlinge")
    assert chart.table.rows[2].cells[1].text == "saknas"


def test_value_that_came_later_is_not_in_the_report(thread):
    with recording(at=at(LATER)):
        make_value(thread.indicators.get(), 2023, "1.76")

    then, now = half_year(thread), collect(thread, starts_on=STARTS_ON, ends_on=day(9, 30))

    years = [[row.year for row in report.focus_areas[2].charts[0].table.rows][-1] for report in (then, now)]
    assert years == [2022, 2023]


def test_annex_names_causes_and_what_the_plan_stands_for(thread):
    report = half_year(thread)

    walks = next(each for each in report.focus_areas[2].activities if each.title == "Trygghetsvandringar")
    assert walks.plan_causes == ("Mörka stråk",)
    assert report.plan_stands.startswith(
        "Senast antagna version är Åtgärdsplan 2023, version 1 (Kommunstyrelsen 27 maj 2024, § 112, KS/2024:118). "
        "Den vilar på Lägesbild hösten 2022 (KS/2022:523)."
    )


def test_annex_says_that_no_version_is_adopted(burlov):
    assert half_year(burlov).plan_stands == (
        "Ingen version av åtgärdsplanen är antagen. Tabellen visar planen som den var inlagd."
    )


# --- The child's best ---


def test_report_tells_the_childs_best_by_focus_area(thread):
    with recording(at=at(day(2, 2))):
        second = thread.focus_areas.in_order()[1]
        second.child_summary = "Barn som bevittnar våld hörs\ngenom elevhälsan"
        second.save()

    lines = half_year(thread).child_interests

    assert [(line.focus_area, line.weighed, line.summary, line.conclusions) for line in lines] == [
        ("Fokusområde 1", "1 av 2", "", ("1.2 TuBen: Passen ligger på fredagar.",)),
        ("Fokusområde 2", "0 av 2", "Barn som bevittnar våld hörs genom elevhälsan.", ()),
        ("Fokusområde 3", "0 av 5", "", ()),
    ]


# --- Promised and kept ---


def test_report_tells_promised_and_kept_with_a_forecast(burlov):
    groups = {group.heading: group for group in half_year(burlov).promised}

    assert list(groups) == ["Kommunen", "Polisen", "Gemensamt"]
    lines = {line.what: (line.activity, line.promised, line.done, line.outcome) for line in groups["Polisen"].lines}
    assert lines == {
        "Deltar i möten": ("1.1", "ungefär 10 möten", "5", "Väntas hållas (väntat 10 av 10)"),
        "Medverkan vid utbildning": ("2.1", "minst 2 tillfällen", "2", "Hållet"),
        "Deltar i vandringar": ("3.3", "minst 2 vandringar", "3", "Hållet"),
        # Of few people neither how many nor how many are expected is given away.
        "Stöd till den som vill lämna": ("3.4", "minst 5 personer", "färre än 5", "Väntas inte hållas"),
        "Gemensam rutin": ("3.4", "inget antal", "–", "Följs upp i ord"),
        "Uppstartsmöten": ("3.5", "minst 4 möten", "1", "Väntas inte hållas (väntat 2 av 4)"),
    }
    assert groups["Polisen"].sentence == (
        "Två av fem åtaganden med antal är hållna. Ett väntas hållas och två väntas inte hållas. Ett följs upp i ord."
    )


def test_promise_without_a_number_is_told_in_its_own_words(burlov):
    (municipality, *_) = half_year(burlov).promised

    (line,) = (line for line in municipality.lines if line.what == "Utveckla boendedialoger")
    assert (line.promised, line.done, line.outcome) == ("inget antal", "–", "Två dialoger är förberedda.")


def test_party_without_promises_says_so(plan):
    assert [(group.heading, group.sentence) for group in half_year(plan).promised] == [
        ("Kommunen", "Inga åtaganden är registrerade för perioden."),
        ("Polisen", "Inga åtaganden är registrerade för perioden."),
    ]


# --- The law's clocks ---


def test_report_judges_the_law_on_its_own_day(thread):
    with recording(at=at(LATER)):
        make_picture(thread, adopted_on=LATER, title="Lägesbild 2026")
        make_council_report(thread, reported_on=day(6, 15))

    then, now = half_year(thread), collect(thread, starts_on=STARTS_ON, ends_on=day(9, 30))

    lines = [{line.title: line for line in report.law.groups[0].lines} for report in (then, now)]
    picture = "Lägesbilden uppdaterad, 6\u00a0§"
    assert [each[picture].state for each in lines] == [State.LACKING, State.MET]
    assert lines[0][picture].due == "3 oktober 2024, för 2 år sedan"
    assert lines[0][picture].missing == "En ny lägesbild skulle ha fastställts senast 3 oktober 2024, för 2 år sedan."
    assert [each["Rapport till fullmäktige, 13\u00a0§"].state for each in lines] == [State.LACKING, State.MET]


def test_report_leaves_the_possibility_of_cameras_out(thread):
    law, agreed = half_year(thread).law.groups

    assert (len(law.lines), len(agreed.lines)) == (9, 6)
    assert not any("Kameror" in line.title for line in law.lines)


def test_report_is_printed_with_its_new_sections(thread):
    html = render_follow_up_html(thread, STARTS_ON, ENDS_ON)

    for heading in ("Lovat och hållet", "Barnets bästa", "Lagens klockor"):
        assert f">{heading}</h2>" in html
    assert html.count('class="chart"') == 1
    assert "Mörka stråk" in html

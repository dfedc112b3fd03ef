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
from tests.factories import (
    at,
    make_activity,
    make_agreement,
    make_child_impact,
    make_commitment,
    make_focus_area,
    make_goal,
    make_log_entry,
    organisation_of,
)
from tests.reports.scenario import ENDS_ON, REGISTERED, STARTS_ON, day
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


@pytest.fixture
def thread(db, frozen_today) -> Agreement:
    """Two focus areas, three activities, and one of everything in the red thread; in the portal since December."""
    with recording(at=at(REGISTERED)):
        agreement = make_agreement()
        first, second = (make_focus_area(agreement, title=title) for title in ("Ungdomar", "Trygghet"))
        tuben, _ = (make_activity(first, title=title) for title in ("TuBen", "SSPU-gruppen"))
        picture = make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
        walks = make_activity(second, title="Trygghetsvandringar")
        walks.causes.add(make_cause(make_problem(picture), "Mörka stråk"))
        adopt(make_plan(agreement, based_on=picture, paragraph="§ 112", reference_number="KS/2024:118"))
        make_goal(
            second,
            kind="effect",
            statement="Sänka trygghetsindex till 1,8",
            baseline=Decimal("2.22"),
            target=Decimal("1.8"),
            indicator=make_indicator(agreement),
        )
        make_child_impact(tuben, conclusion="Passen ligger på fredagar")
        promise(agreement, tuben, walks)
    return agreement


def adopt(plan: ActionPlan) -> None:
    plan.state, plan.snapshot, plan.sha256 = ActionPlan.State.ADOPTED, {}, "0" * 64
    plan.decided_on, plan.decided_by, plan.adopted_at = datetime.date(2024, 5, 27), "Kommunstyrelsen", at(REGISTERED)
    plan.save()


def promise(agreement: Agreement, tuben, walks) -> None:
    """The police promise three things with a number and one without; the municipality nothing; jointly one."""
    police, year = organisation_of(agreement, "Polisen"), {"starts_on": day(1, 1), "ends_on": day(12, 31)}
    kept = make_commitment(walks, police, text="Deltar i vandringar", planned=2, **year)
    slow = make_commitment(walks, police, text="Uppstartsmöten", planned=4, unit="möten", **year)
    few = make_commitment(tuben, police, text="Stöd till den som vill lämna", planned=9, unit="personer", **year)
    make_commitment(tuben, police, text="Gemensam rutin", planned=None, outcome="Ett utkast finns", **year)
    make_commitment(
        tuben, is_joint=True, text="Fördjupad analys", planned=1, unit="analys", comparison="exactly", **year
    )
    for commitment, quantity in ((kept, 3), (slow, 1), (few, 3)):
        make_log_entry(commitment.activity, commitment=commitment, quantity=quantity, happened_on=day(3, 1))


def half_year(agreement: Agreement, *, ends_on: datetime.date = ENDS_ON) -> ReportContent:
    return collect(agreement, starts_on=STARTS_ON, ends_on=ends_on)


def test_report_shows_goals_and_charts_with_the_values_of_its_day(thread):
    with recording(at=at(LATER)):
        make_value(thread.indicators.get(), 2023, "1.76")

    then, now = (half_year(thread, ends_on=on).focus_areas[1] for on in (ENDS_ON, day(9, 30)))

    (goal,), (chart,) = then.goals, then.charts
    assert (goal.baseline, goal.now, goal.now_of, goal.target, goal.standing) == (
        "2,22",
        "2,22",
        "2022",
        "1,8 index",
        "Oförändrat",
    )
    assert [row.year for row in chart.table.rows] == [2019, 2020, 2021, 2022]
    assert chart.table.columns == ("Burlövs kommun", "LPO Kävlinge")
    assert chart.table.rows[2].cells[1].text == "saknas"
    assert [row.year for row in now.charts[0].table.rows][-1] == 2023
    assert (now.goals[0].now, now.goals[0].standing) == ("1,76", "Nått")


def test_annex_names_causes_and_what_the_plan_stands_for(thread):
    report = half_year(thread)

    assert [activity.plan_causes for activity in report.focus_areas[1].activities] == [("Mörka stråk",)]
    assert report.plan_stands.startswith(
        "Senast antagna version är Åtgärdsplan 2023, version 1 (Kommunstyrelsen 27 maj 2024, § 112, KS/2024:118). "
        "Den vilar på Lägesbild hösten 2022 (KS/2022:523)."
    )


def test_report_without_a_thread_says_what_is_not_there(plan):
    report = half_year(plan)

    assert report.plan_stands == "Ingen version av åtgärdsplanen är antagen. Tabellen visar planen som den var inlagd."
    assert [(group.heading, group.sentence) for group in report.promised] == [
        ("Kommunen", "Inga åtaganden är registrerade för perioden."),
        ("Polisen", "Inga åtaganden är registrerade för perioden."),
    ]
    assert report.law.headline == "Ett av nio krav är uppfyllt."


def test_report_tells_the_childs_best_by_focus_area(thread):
    with recording(at=at(day(2, 2))):
        second = thread.focus_areas.in_order()[1]
        second.child_summary = "Barn som går hem sent\nhörs genom skolan"
        second.save()

    lines = half_year(thread).child_interests

    assert [(line.focus_area, line.weighed, line.summary, line.conclusions) for line in lines] == [
        ("Fokusområde 1", "1 av 2", "", ("1.1 TuBen: Passen ligger på fredagar.",)),
        ("Fokusområde 2", "0 av 1", "Barn som går hem sent hörs genom skolan.", ()),
    ]


def test_report_tells_promised_and_kept_with_a_forecast(thread):
    municipality, police, joint = half_year(thread).promised

    assert municipality.sentence == "Inga åtaganden är registrerade för perioden."
    assert {line.what: (line.activity, line.promised, line.done, line.outcome) for line in police.lines} == {
        "Deltar i vandringar": ("2.1", "minst 2 vandringar", "3", "Hållet, 1 över"),
        "Uppstartsmöten": ("2.1", "minst 4 möten", "1", "Väntas inte hållas (väntat 2 av 4)"),
        # Of few people neither how many nor how many are expected is given away.
        "Stöd till den som vill lämna": ("1.1", "minst 9 personer", "färre än 5", "Väntas inte hållas"),
        "Gemensam rutin": ("1.1", "inget antal", "–", "Ett utkast finns."),
    }
    assert police.sentence == (
        "Ett av tre åtaganden med antal är hållet. Ett kom över det lovade. Två väntas inte hållas. "
        "Ett följs upp i ord."
    )
    assert joint.sentence == "Det enda åtagandet med antal är inte hållet än. Ett är ej redovisat."
    assert [(line.done, line.outcome) for line in joint.lines] == [("ej redovisat", "Utfall ej redovisat")]


def test_report_judges_the_law_on_its_own_day(thread):
    with recording(at=at(LATER)):
        make_picture(thread, adopted_on=LATER, title="Lägesbild 2026")
        make_council_report(thread, reported_on=day(6, 15))

    then, now = (half_year(thread, ends_on=on).law for on in (ENDS_ON, day(9, 30)))

    assert [len(group.lines) for group in then.groups] == [9, 6]
    before, after = ({line.title: line for line in law.groups[0].lines} for law in (then, now))
    picture, council = "Lägesbilden uppdaterad, 6\u00a0§", "Rapport till fullmäktige, 13\u00a0§"
    assert [law[picture].state for law in (before, after)] == [State.LACKING, State.MET]
    assert before[picture].due == "3 oktober 2024, för 2 år sedan"
    assert before[picture].missing == "En ny lägesbild skulle ha fastställts senast 3 oktober 2024, för 2 år sedan."
    assert [law[council].state for law in (before, after)] == [State.LACKING, State.MET]


def test_report_is_printed_with_its_sections_and_charts(thread):
    html = render_follow_up_html(thread, STARTS_ON, ENDS_ON)

    for heading in ("Lovat och hållet", "Barnets bästa", "Lagens klockor"):
        assert f">{heading}</h2>" in html
    assert html.count('<figure class="chart">') == 1
    assert "Mörka stråk" in html

"""What differs between two plans, judged by hand."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from focus_areas.plan_contents import (
    ActivityFacts,
    ActorFacts,
    CauseFacts,
    CommitmentFacts,
    FocusAreaFacts,
    GoalFacts,
    PictureFacts,
    PlanContents,
    PlannedFollowUpFacts,
    ProblemFacts,
)
from focus_areas.plan_differences import compare

SF, POLICE = ActorFacts(1, "Socialförvaltningen", "SF"), ActorFacts(2, "Lokalpolisområde Malmö Norr", "Polisen")
SAFER = GoalFacts(1, "effect", "Fler känner sig trygga", target=Decimal("2.0"), due_on=datetime.date(2026, 12, 31))
WALKED = GoalFacts(2, "production", "Fyra vandringar", parent=1)
PROMISE = CommitmentFacts(1, "vandringar", SF, "at_least", 4, "vandringar")
ENQUIRY = PlannedFollowUpFacts(1, "process", "Deltagarnas omdöme", datetime.date(2026, 6, 1))
WALKS = ActivityFacts(
    1,
    "Trygghetsvandringar",
    "1.1",
    leads=(SF,),
    responsible="Enhetschef, SF",
    starts_on=datetime.date(2026, 1, 1),
    ends_on=datetime.date(2026, 12, 31),
    causes=(CauseFacts(1, "Mörka stråk", "Otrygghet på kvällen"),),
    goals=(1,),
    commitments=(PROMISE,),
    planned_follow_ups=(ENQUIRY,),
)
AREA = FocusAreaFacts(
    1, "Trygghet", 1, problems=(ProblemFacts(1, "Otrygghet på kvällen"),), goals=(SAFER, WALKED), activities=(WALKS,)
)
OTHER = FocusAreaFacts(2, "Ungdomar", 2)
PLAN = PlanContents("Samverkan", "KS/2023:305", focus_areas=(AREA, OTHER), picture=PictureFacts(1, "Lägesbild 2022"))
NIGHTLY = ActivityFacts(2, "Nattvandring", "1.2", commitments=(CommitmentFacts(2, "nätter"),))


def plan(**changes) -> PlanContents:
    """The plan with its first focus area changed."""
    return replace(PLAN, focus_areas=(replace(AREA, **changes), OTHER))


def with_activity(**changes) -> PlanContents:
    return plan(activities=(replace(WALKS, **changes),))


def with_goal(**changes) -> PlanContents:
    return plan(goals=(replace(SAFER, **changes), WALKED))


def told(old: PlanContents, new: PlanContents) -> list[tuple]:
    return [
        (section.heading, thing.state_words, thing.kind, thing.name)
        + tuple((field.label, field.old, field.new, field.moved) for field in thing.fields)
        for section in compare(old, new).sections
        for thing in section.things
    ]


HERE = "1. Trygghet"
ACTIVITY = (HERE, "Ändrad", "Aktivitet", "1.1 Trygghetsvandringar")
GOAL = (HERE, "Ändrad", "Mål", "Fler känner sig trygga")
# What the plan has become, and what is told of it.
CASES = [
    pytest.param(PLAN, [], id="same"),
    pytest.param(
        replace(PLAN, title="Annan rubrik", version=7, agreement_title="Annat"), [], id="its name is no difference"
    ),
    pytest.param(
        replace(PLAN, picture=PictureFacts(2, "Lägesbild 2024", adopted_on=datetime.date(2024, 10, 1))),
        [
            (
                "Planen",
                "Ändrad",
                "Planen",
                "Lägesbilden som planen vilar på",
                ("Lägesbild", "Lägesbild 2022", "Lägesbild 2024, fastställd den 1 oktober 2024", ""),
            )
        ],
        id="another picture",
    ),
    pytest.param(
        plan(activities=(WALKS, NIGHTLY)), [(HERE, "Ny", "Aktivitet", "1.2 Nattvandring")], id="new counts once"
    ),
    pytest.param(
        plan(activities=()), [(HERE, "Utgår", "Aktivitet", "1.1 Trygghetsvandringar")], id="removed counts once"
    ),
    pytest.param(
        with_activity(ends_on=datetime.date(2027, 1, 31)),
        [(*ACTIVITY, ("Slutar", "31 december 2026", "31 januari 2027", "31 dagar senare"))],
        id="moved later",
    ),
    pytest.param(
        with_activity(starts_on=datetime.date(2025, 12, 31)),
        [(*ACTIVITY, ("Startar", "1 januari 2026", "31 december 2025", "1 dag tidigare"))],
        id="moved earlier",
    ),
    pytest.param(
        with_activity(ends_on=None), [(*ACTIVITY, ("Slutar", "31 december 2026", "", ""))], id="day taken away"
    ),
    pytest.param(
        with_activity(leads=(SF, POLICE), responsible=""),
        [(*ACTIVITY, ("Leds av", "SF", "SF och Polisen", ""), ("Ansvarig", "Enhetschef, SF", "", ""))],
        id="another lead and nobody responsible",
    ),
    pytest.param(
        with_activity(leads=(replace(SF, name="Socialtjänsten", short_name="ST"),)), [], id="lead has a new name"
    ),
    pytest.param(
        with_activity(causes=(CauseFacts(9, "Mörka stråk", "Otrygghet på kvällen"),)), [], id="cause copied as it was"
    ),
    pytest.param(
        with_activity(goals=(2,)),
        [(*ACTIVITY, ("Mål", "Fler känner sig trygga", "Fyra vandringar", ""))],
        id="works for another goal",
    ),
    pytest.param(
        with_activity(level="universal", funding_amount=Decimal("60000.00")),
        [(*ACTIVITY, ("Nivå", "", "Generell", ""), ("Belopp", "", "60\N{NO-BREAK SPACE}000 kronor", ""))],
        id="level and money",
    ),
    pytest.param(
        with_goal(statement="Fler vågar gå ut"),
        [(HERE, "Ändrad", "Mål", "Fler vågar gå ut", ("Mål", "Fler känner sig trygga", "Fler vågar gå ut", ""))],
        id="a goal's new words are no change of its activities",
    ),
    pytest.param(
        with_goal(target=Decimal("1.75"), due_on=datetime.date(2027, 12, 31)),
        [
            (
                *GOAL,
                ("Målvärde", "2", "1,75", ""),
                ("Senast", "31 december 2026", "31 december 2027", "365 dagar senare"),
            )
        ],
        id="another target",
    ),
    pytest.param(with_goal(target=Decimal("2.00")), [], id="the same number with more decimals"),
    pytest.param(
        plan(goals=(SAFER,)),
        [(HERE, "Utgår", "Mål", "Fyra vandringar")],
        id="goal removed",
    ),
    pytest.param(
        with_activity(commitments=(replace(PROMISE, planned=6),)),
        [
            (
                HERE,
                "Ändrad",
                "Åtagande",
                "SF: vandringar, minst 6 vandringar (1.1 Trygghetsvandringar)",
                ("Hur många", "minst 4 vandringar", "minst 6 vandringar", ""),
            )
        ],
        id="promise raised",
    ),
    pytest.param(
        with_activity(commitments=(PROMISE, CommitmentFacts(3, "information till boende"))),
        [(HERE, "Ny", "Åtagande", "Gemensamt: information till boende (1.1 Trygghetsvandringar)")],
        id="promise added",
    ),
    pytest.param(
        with_activity(planned_follow_ups=(replace(ENQUIRY, due_on=datetime.date(2026, 7, 1)),)),
        [
            (
                HERE,
                "Ändrad",
                "Planerad uppföljning",
                "Process senast 1 juli 2026: Deltagarnas omdöme (1.1 Trygghetsvandringar)",
                ("Senast", "1 juni 2026", "1 juli 2026", "30 dagar senare"),
            )
        ],
        id="follow-up moved",
    ),
    pytest.param(
        plan(description="Kvällar.", problems=()),
        [
            (
                HERE,
                "Ändrad",
                "Fokusområde",
                HERE,
                ("Beskrivning", "", "Kvällar.", ""),
                ("Problem", "Otrygghet på kvällen", "", ""),
            )
        ],
        id="focus area changed",
    ),
    pytest.param(
        replace(PLAN, focus_areas=(replace(AREA, activities=()), replace(OTHER, activities=(WALKS,)))),
        [
            (
                "2. Ungdomar",
                "Ändrad",
                "Aktivitet",
                "1.1 Trygghetsvandringar",
                ("Fokusområde", "1. Trygghet", "2. Ungdomar", ""),
            )
        ],
        id="activity moved",
    ),
    pytest.param(
        replace(PLAN, focus_areas=(AREA,)),
        [("2. Ungdomar", "Utgår", "Fokusområde", "2. Ungdomar")],
        id="focus area removed",
    ),
]


@pytest.mark.parametrize(("new", "expected"), CASES)
def test_difference_is_told(new, expected):
    assert told(PLAN, new) == expected


@pytest.mark.parametrize(("new", "expected"), CASES)
def test_the_other_way_there_are_as_many_differences(new, expected):
    assert compare(new, PLAN).count == len(expected)


def test_summary_counts_new_changed_and_removed():
    new = plan(activities=(replace(WALKS, title="Vandringar"), NIGHTLY), goals=(SAFER,))

    difference = compare(PLAN, new)

    assert difference.count == 3
    assert difference.summary == "1 ny, 1 ändrad och 1 som utgår"


def test_nothing_and_something_is_all_new():
    difference = compare(PlanContents(), PLAN)

    assert {thing.state for thing in difference.things} == {"new", "changed"}
    assert difference.summary == "5 nya och 1 ändrad"

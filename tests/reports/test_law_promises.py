"""What the agreement itself promises, judged on fixed days."""

from dataclasses import replace

import pytest

from agreements.models import Agreement
from reports.law import State
from reports.law.evidence import AgreementThen, CommunicationPlanThen, FocusAreaThen, GoalThen, RenewalThen
from tests.reports.evidence import ALL_MET, WALKS, day, row_of, with_agreement

MET, SOON, LACKING = State.MET, State.SOON, State.LACKING
VAGUE = GoalThen(2, "Verka för trygghet", is_measured=False)
BURLOV = with_agreement(starts_on=day("2023-07-01"), ends_on=day("2026-12-31"))


@pytest.mark.parametrize(
    ("goals", "shown", "missing"),
    [
        ((), [], ("Inga mål är inlagda.",)),
        (ALL_MET.goals, ["1 av 1 mål mäts"], ()),
        ((*ALL_MET.goals, VAGUE), ["1 av 2 mål mäts"], ("Ett mål mäts inte än.",)),
        ((VAGUE, replace(VAGUE, id=3)), ["0 av 2 mål mäts"], ("Två mål mäts inte än.",)),
    ],
)
def test_goals_can_be_measured(goals, shown, missing):
    row = row_of("mal", replace(ALL_MET, goals=goals))

    assert row.state is (LACKING if missing else MET)
    assert [link.text for link in row.evidence] == shown
    assert row.missing == missing


@pytest.mark.parametrize(
    ("plans", "state", "missing"),
    [
        ((), LACKING, ("Ingen gemensam kommunikationsplan är inlagd.",)),
        ((CommunicationPlanThen(1, "Plan"),), MET, ()),
        ((CommunicationPlanThen(1, "Plan", ends_on=day("2027-01-23")),), MET, ()),
        (
            (CommunicationPlanThen(1, "Plan", ends_on=day("2027-01-22")),),
            SOON,
            ("Kommunikationsplanen går ut 22 januari 2027, om 60 dagar.",),
        ),
        (
            (CommunicationPlanThen(1, "Plan", ends_on=day("2026-11-23")),),
            SOON,
            ("Kommunikationsplanen går ut 23 november 2026, i dag.",),
        ),
        (
            (CommunicationPlanThen(1, "Plan", ends_on=day("2026-11-22")),),
            LACKING,
            ("Kommunikationsplanen gick ut 22 november 2026, i går.",),
        ),
    ],
)
def test_there_is_a_joint_communication_plan(plans, state, missing):
    row = row_of("kommunikationsplan", replace(ALL_MET, joint_plans=plans))

    assert (row.state, row.missing) == (state, missing)


@pytest.mark.parametrize(
    ("fields", "shown", "missing"),
    [
        ({}, ["Prövat i 1 av 1 fokusområden"], ()),
        (
            {"activities": (WALKS, replace(WALKS, id=2, children_weighed_on=None))},
            ["Prövat i 0 av 1 fokusområden"],
            ("Barnets bästa är inte prövat i fokusområde 1.",),
        ),
        (
            {"activities": (), "focus_areas": (FocusAreaThen(1, "fokusområde 1", has_child_summary=True),)},
            ["Prövat i 1 av 1 fokusområden"],
            (),
        ),
        ({"activities": ()}, ["Prövat i 0 av 1 fokusområden"], ("Barnets bästa är inte prövat i fokusområde 1.",)),
        (
            {"focus_areas": tuple(FocusAreaThen(number, f"fokusområde {number}") for number in (2, 3, 4, 5))},
            ["Prövat i 0 av 4 fokusområden"],
            ("Barnets bästa är inte prövat i fokusområde 2, fokusområde 3, fokusområde 4 och en till.",),
        ),
        ({"focus_areas": ()}, [], ("Överenskommelsen har inga fokusområden.",)),
    ],
)
def test_the_childs_best_is_weighed_in_every_focus_area(fields, shown, missing):
    row = row_of("barnets-basta", replace(ALL_MET, **fields))

    assert row.state is (LACKING if missing else MET)
    assert [link.text for link in row.evidence] == shown
    assert row.missing == missing


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ()),
        ({"says_when": False}, ("Det står inte när de följs upp: 1.1 Trygghetsvandringar.",)),
        ({"says_how": False}, ("Det står inte hur de följs upp: 1.1 Trygghetsvandringar.",)),
        ({"says_when": False, "is_finished": True}, ()),
    ],
)
def test_plan_says_when_and_how_each_activity_is_followed_up(fields, missing):
    row = row_of("uppfoljning-planerad", replace(ALL_MET, activities=(replace(WALKS, **fields),)))

    assert (row.state, row.missing) == (LACKING if missing else MET, missing)


def test_plan_without_activities_plans_no_follow_up():
    assert row_of("uppfoljning-planerad", replace(ALL_MET, activities=())).missing == ("Planen har inga aktiviteter.",)


# --- The agreement's end ---

NEXT = AgreementThen(7, "Nästa", "KS/2026:400", state=Agreement.State.DRAFT)
BEGUN = RenewalThen(4, "Överenskommelse 2027–2030")


@pytest.mark.parametrize(
    ("fields", "today", "state", "missing"),
    [
        (
            {},
            "2026-11-23",
            SOON,
            ("Överenskommelsen går ut 31 december 2026, om 38 dagar, och ingen förnyelse är påbörjad.",),
        ),
        (
            {"renewals": (BEGUN,)},
            "2026-11-23",
            SOON,
            ("Överenskommelsen går ut 31 december 2026, om 38 dagar, och förnyelsen är påbörjad men inte klar.",),
        ),
        (
            {"successors": (NEXT,)},
            "2026-11-23",
            SOON,
            ("Överenskommelsen går ut 31 december 2026, om 38 dagar, och förnyelsen är påbörjad men inte klar.",),
        ),
        ({"successors": (replace(NEXT, state=Agreement.State.ADOPTED),)}, "2026-11-23", MET, ()),
        (
            {},
            "2026-11-01",
            SOON,
            ("Överenskommelsen går ut 31 december 2026, om 60 dagar, och ingen förnyelse är påbörjad.",),
        ),
        ({}, "2026-10-31", MET, ()),
        (
            {},
            "2026-12-31",
            SOON,
            ("Överenskommelsen går ut 31 december 2026, i dag, och ingen förnyelse är påbörjad.",),
        ),
        (
            {},
            "2027-01-01",
            LACKING,
            ("Överenskommelsen gick ut 31 december 2026, i går, och ingen förnyelse är påbörjad.",),
        ),
    ],
)
def test_agreement_is_renewed_before_it_ends(fields, today, state, missing):
    row = row_of("fornyelse", replace(BURLOV, **fields), today=day(today))

    assert (row.state, row.missing) == (state, missing)


def test_agreement_without_a_last_day_says_so():
    row = row_of("fornyelse", with_agreement(ends_on=None))

    assert (row.state, row.missing) == (MET, ("Överenskommelsen har ingen sista dag angiven.",))


def test_renewal_that_has_begun_is_where_to_go_on():
    assert (row_of("fornyelse", BURLOV).mend.route, row_of("fornyelse", BURLOV).mend.key) == (
        "focus_areas:renewal_start",
        1,
    )
    mend = row_of("fornyelse", replace(BURLOV, renewals=(BEGUN,))).mend
    assert (mend.route, mend.key) == ("focus_areas:renewal_detail", 4)


def test_adopted_successor_ends_the_warning_of_the_law_too():
    row = row_of("overenskommelse", replace(BURLOV, successors=(replace(NEXT, state=Agreement.State.ADOPTED),)))

    assert (row.state, row.missing) == (MET, ())

"""Where the thread is broken: the judge, without a database."""

import datetime

import pytest

from focus_areas.thread_gaps import (
    ActivityFacts,
    AreaFacts,
    GapKind,
    GoalFacts,
    ProblemFacts,
    Step,
    ThreadFacts,
    count_by_kind,
    find_gaps,
)

TODAY = datetime.date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + datetime.timedelta(days=1), TODAY - datetime.timedelta(days=1)

AREA = AreaFacts(1, "3. Trygghet", frozenset({10}))
PROBLEM = ProblemFacts(10, "Otrygghet", is_prioritised=True, cause_count=1)
GOAL = GoalFacts(20, "Fler känner sig trygga", area=1, problem=10, has_measure=True)
# Whole in every link: tied to cause and goal, followed up and approved, with a day ahead.
ACTIVITY = ActivityFacts(
    30,
    "Trygghetsvandringar",
    area=1,
    cause_count=1,
    cause_problems=frozenset({10}),
    goals=frozenset({20}),
    latest_follow_up=40,
    has_approved_follow_up=True,
    next_due_on=TOMORROW,
)


def changed(thing, **fields):
    return type(thing)(**{**vars(thing), **fields})


def thread(**parts) -> ThreadFacts:
    return ThreadFacts(
        **{"areas": (AREA,), "problems": (PROBLEM,), "goals": (GOAL,), "activities": (ACTIVITY,)} | parts
    )


def kinds(facts: ThreadFacts) -> list[GapKind]:
    return [gap.kind for gap in find_gaps(facts, today=TODAY)]


def test_whole_thread_has_no_gaps():
    assert kinds(thread()) == []


def test_nothing_at_all_has_no_gaps():
    assert kinds(ThreadFacts()) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cause_count": 0, "cause_problems": frozenset()}, [GapKind.ACTIVITY_WITHOUT_CAUSE]),
        ({"goals": frozenset()}, [GapKind.GOAL_WITHOUT_ACTIVITY, GapKind.ACTIVITY_WITHOUT_GOAL]),
        ({"has_approved_follow_up": False}, [GapKind.FOLLOW_UP_NOT_APPROVED]),
        # Nothing made yet, but a day ahead: nothing is missing.
        ({"has_approved_follow_up": False, "latest_follow_up": None}, []),
        (
            {"has_approved_follow_up": False, "latest_follow_up": None, "next_due_on": None},
            [GapKind.FOLLOW_UP_NOT_PLANNED],
        ),
        ({"next_due_on": TODAY}, []),
        ({"next_due_on": YESTERDAY}, [GapKind.FOLLOW_UP_OVERDUE]),
        (
            {"has_approved_follow_up": False, "next_due_on": YESTERDAY},
            [GapKind.FOLLOW_UP_NOT_APPROVED, GapKind.FOLLOW_UP_OVERDUE],
        ),
        ({"next_due_on": None}, [GapKind.FOLLOW_UP_NOT_PLANNED]),
        ({"next_due_on": None, "is_concluded": True}, []),
        ({"next_due_on": None, "is_completed": True}, []),
        (
            {"next_due_on": None, "is_completed": True, "latest_follow_up": None, "has_approved_follow_up": False},
            [GapKind.FOLLOW_UP_NOT_APPROVED],
        ),
        # Carried out, and its effect is to be followed up later.
        ({"is_completed": True, "latest_follow_up": None, "has_approved_follow_up": False}, []),
        # A cancelled one lacks nothing, but then nothing is done about the problem or the goal.
        (
            {"is_cancelled": True, "cause_count": 0, "next_due_on": YESTERDAY, "has_approved_follow_up": False},
            [GapKind.PROBLEM_WITHOUT_ACTIVITY, GapKind.GOAL_WITHOUT_ACTIVITY],
        ),
    ],
)
def test_activity(fields, expected):
    assert kinds(thread(activities=(changed(ACTIVITY, **fields),))) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"has_measure": False}, [GapKind.GOAL_UNMEASURED]),
        ({"has_target": False}, [GapKind.GOAL_UNMEASURED]),
        ({"problem": None}, [GapKind.PROBLEM_WITHOUT_GOAL]),
        ({"problem": 99}, [GapKind.PROBLEM_WITHOUT_GOAL]),
    ],
)
def test_goal(fields, expected):
    assert kinds(thread(goals=(changed(GOAL, **fields),))) == expected


@pytest.mark.parametrize(
    ("has_target", "has_measure", "text"),
    [
        (False, True, "Mål utan mätning: målvärde saknas"),
        (True, False, "Mål utan mätning: varken indikator eller åtagande i målets enhet"),
        (False, False, "Mål utan mätning: målvärde saknas, varken indikator eller åtagande i målets enhet"),
    ],
)
def test_goal_says_what_its_measure_lacks(has_target, has_measure, text):
    goal = changed(GOAL, has_target=has_target, has_measure=has_measure)

    (gap,) = find_gaps(thread(goals=(goal,)), today=TODAY)

    assert (gap.text, gap.step, gap.mended_at) == (text, Step.GOAL, ("focus_areas:goal_update", 20))


def test_goal_is_measured_and_worked_with_through_its_parts():
    whole = GoalFacts(21, "Tryggare Burlöv", area=1, problem=10, has_target=False)
    part = changed(GOAL, parent=21, problem=None)

    assert kinds(thread(goals=(whole, part))) == []


def test_part_of_a_goal_is_tied_to_the_problem_of_the_whole():
    whole = GoalFacts(21, "Tryggare Burlöv", area=1, problem=10, has_measure=True)
    part = changed(GOAL, parent=21, problem=None)
    activity = changed(ACTIVITY, cause_problems=frozenset(), goals=frozenset({20}))

    facts = thread(goals=(whole, part), activities=(activity,))

    assert facts.problems_of_activity() == {30: {10}}
    assert kinds(facts) == []


def test_goals_in_a_ring_are_judged_all_the_same():
    ring = (GoalFacts(1, "Ett", area=1, parent=2), GoalFacts(2, "Två", area=1, parent=1))

    assert GapKind.GOAL_UNMEASURED in kinds(thread(goals=ring))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"problems": (changed(PROBLEM, cause_count=0),)},
            [GapKind.PROBLEM_WITHOUT_ANALYSIS],
        ),
        ({"areas": (changed(AREA, problems=frozenset()),)}, [GapKind.AREA_WITHOUT_PROBLEM]),
        ({"outside": (ProblemFacts(11, "Buskörning", is_prioritised=True),)}, [GapKind.PROBLEM_OUTSIDE]),
        ({"outside": (ProblemFacts(11, "Buskörning"),)}, []),
        (
            {"goals": (), "activities": ()},
            [GapKind.PROBLEM_WITHOUT_GOAL, GapKind.PROBLEM_WITHOUT_ACTIVITY],
        ),
        # An activity in another focus area, tied to the same cause, is not this one's.
        (
            {"activities": (changed(ACTIVITY, area=2, goals=frozenset()),)},
            [GapKind.PROBLEM_WITHOUT_ACTIVITY, GapKind.GOAL_WITHOUT_ACTIVITY, GapKind.ACTIVITY_WITHOUT_GOAL],
        ),
    ],
)
def test_problem_and_focus_area(parts, expected):
    assert kinds(thread(**parts)) == expected


def test_problem_in_two_focus_areas_needs_an_analysis_once_and_goals_in_both():
    areas = (AREA, AreaFacts(2, "4. Handel", frozenset({10})))

    gaps = find_gaps(thread(areas=areas, problems=(changed(PROBLEM, cause_count=0),)), today=TODAY)

    assert [(gap.kind, gap.area) for gap in gaps] == [
        (GapKind.PROBLEM_WITHOUT_ANALYSIS, 1),
        (GapKind.PROBLEM_WITHOUT_GOAL, 2),
        (GapKind.PROBLEM_WITHOUT_ACTIVITY, 2),
    ]


def test_problem_outside_is_mended_in_the_only_focus_area():
    outside = (ProblemFacts(11, "Buskörning", is_prioritised=True),)
    areas = (AREA, AreaFacts(2, "4. Handel", frozenset({10})))

    (with_one,) = find_gaps(thread(outside=outside), today=TODAY)
    with_two = find_gaps(thread(outside=outside, areas=areas), today=TODAY)[0]

    assert with_one.mended_at == ("focus_areas:focus_area_update", 1)
    assert with_two.mended_at is None


def test_gap_shows_the_way_only_to_those_who_may_mend_it():
    facts = thread(problems=(changed(PROBLEM, cause_count=0),))

    (gap,) = find_gaps(facts, today=TODAY)

    assert gap.url == ""
    assert changed(gap, may_mend=True).url == "/problem/10/orsaker/borja/"
    assert (gap.text, gap.action, gap.what) == ("Orsaksanalys saknas", "Börja en orsaksanalys", "Otrygghet")


def test_way_leads_to_what_is_missing():
    facts = thread(goals=(), activities=(changed(ACTIVITY, cause_count=0, goals=frozenset()),))

    ways = {gap.kind: changed(gap, may_mend=True).url for gap in find_gaps(facts, today=TODAY)}

    assert ways[GapKind.PROBLEM_WITHOUT_GOAL] == "/fokusomraden/1/mal/nytt/?problem=10"
    assert ways[GapKind.ACTIVITY_WITHOUT_CAUSE].endswith("/andra/#div_id_causes")
    assert ways[GapKind.ACTIVITY_WITHOUT_GOAL].endswith("/andra/#div_id_goals")


def test_each_kind_has_words_for_one_and_for_several():
    assert (GapKind.FOLLOW_UP_OVERDUE.label, GapKind.FOLLOW_UP_OVERDUE.plural) == (
        "Försenad uppföljning",
        "Försenade uppföljningar",
    )
    assert GapKind.GOAL_UNMEASURED.plural == "Mål utan mätning"


def test_gaps_are_counted_by_kind_in_the_order_of_the_thread():
    activities = (changed(ACTIVITY, pk=31, cause_count=0), changed(ACTIVITY, pk=32, cause_count=0), ACTIVITY)

    counts = count_by_kind(
        find_gaps(thread(activities=activities, goals=(changed(GOAL, has_target=False),)), today=TODAY)
    )

    assert list(counts.items()) == [(GapKind.GOAL_UNMEASURED, 1), (GapKind.ACTIVITY_WITHOUT_CAUSE, 2)]

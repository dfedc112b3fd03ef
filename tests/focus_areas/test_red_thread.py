"""The red thread as it is read and shown: who sees what, and where the links lead."""

import datetime

import pytest
from django.urls import reverse

from focus_areas.models import Activity, Goal
from focus_areas.red_thread import count_gaps, read_thread
from focus_areas.thread_gaps import GapKind
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
    make_status_update,
)
from tests.thread_factories import (
    make_cause,
    make_indicator,
    make_picture,
    make_planned_follow_up,
    make_problem,
)

pytestmark = pytest.mark.django_db
BOTH = ("municipality", "police")


@pytest.fixture
def picture(agreement):
    return make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))


@pytest.fixture
def problem(picture):
    return make_problem(picture, "Otrygghet i centrum", description="Otryggheten är störst på kvällen.")


@pytest.fixture
def focus_area(agreement, problem):
    focus_area = make_focus_area(agreement)
    focus_area.problems.set([problem])
    return focus_area


@pytest.fixture
def whole(agreement, focus_area, problem):
    """A thread without a gap: the activity in it."""
    goal = make_goal(focus_area, problem=problem, indicator=make_indicator(agreement), target=2)
    activity = make_activity(focus_area, title="Trygghetsvandringar")
    activity.causes.set([make_cause(problem, "Mörka stråk")])
    activity.goals.set([goal])
    make_status_update(activity)
    make_follow_up(activity, approved_for=BOTH)
    make_planned_follow_up(activity, kind="effect")
    return activity


def page(client, focus_area) -> str:
    return client.get(focus_area.get_absolute_url()).content.decode()


def test_whole_thread_is_told_from_problem_to_follow_up(agreement, focus_area, problem, whole):
    thread = read_thread(agreement, today=TODAY)

    ((block,),) = [area.blocks for area in thread.areas]
    assert thread.gaps == ()
    assert block.problem == problem
    assert [cause.title for cause in block.causes] == ["Mörka stråk"]
    assert [row.goal.problem for row in block.goals] == [problem]
    ((row),) = block.activities
    assert (row.activity, row.is_approved, row.next_kind) == (whole, True, "effekt")
    assert not block.has_result


@pytest.mark.parametrize("rows", [1, 3])
def test_thread_takes_a_fixed_number_of_queries(agreement, problem, whole, django_assert_max_num_queries, rows):
    for number in range(rows):
        area = make_focus_area(agreement)
        area.problems.set([problem, make_problem(problem.situation_picture)])
        for _ in range(rows):
            goal = make_goal(area, problem=problem, parent=None)
            activity = make_activity(area)
            activity.goals.set([goal])
            activity.causes.set([make_cause(problem, f"Orsak {number} {activity.pk}")])
            make_follow_up(activity, approved_for=BOTH)

    with django_assert_max_num_queries(10):
        read_thread(agreement, today=TODAY)
    with django_assert_max_num_queries(5):
        count_gaps(agreement, today=TODAY)


def test_counting_finds_what_reading_finds(agreement, focus_area, problem):
    make_goal(focus_area)
    make_activity(focus_area)
    make_problem(problem.situation_picture, "Buskörning")

    counts = count_gaps(agreement, today=TODAY)

    assert counts == read_thread(agreement, today=TODAY).counts
    assert counts == {
        GapKind.PROBLEM_OUTSIDE: 1,
        GapKind.PROBLEM_WITHOUT_ANALYSIS: 1,
        GapKind.PROBLEM_WITHOUT_GOAL: 1,
        GapKind.PROBLEM_WITHOUT_ACTIVITY: 1,
        GapKind.GOAL_UNMEASURED: 1,
        GapKind.GOAL_WITHOUT_ACTIVITY: 1,
        GapKind.ACTIVITY_WITHOUT_CAUSE: 1,
        GapKind.ACTIVITY_WITHOUT_GOAL: 1,
        GapKind.FOLLOW_UP_NOT_PLANNED: 1,
    }


def test_commitment_with_a_number_measures_its_goal_and_ties_its_activity(agreement, focus_area, problem):
    goal = make_goal(focus_area, problem=problem, target=4, unit="vandringar")
    activity = make_activity(focus_area)
    make_log_entry(activity, commitment=make_commitment(activity, goal=goal), quantity=4)

    thread = read_thread(focus_area, today=TODAY)

    (block,) = thread.areas[0].blocks
    assert [row.activity for row in block.activities] == [activity]
    assert [row.goal for row in block.reached_goals] == [goal]
    assert {gap.kind for gap in thread.gaps} == {
        GapKind.PROBLEM_WITHOUT_ANALYSIS,
        GapKind.ACTIVITY_WITHOUT_CAUSE,
        GapKind.FOLLOW_UP_NOT_PLANNED,
    }


def test_approved_effect_is_the_result(focus_area, whole):
    make_follow_up(
        whole,
        kind="effect",
        followed_up_on=datetime.date(2026, 11, 2),
        findings="Färre känner oro på vägen hem.",
        approved_for=BOTH,
    )

    (block,) = read_thread(focus_area, today=TODAY).areas[0].blocks

    assert [row.effect.findings for row in block.effects] == ["Färre känner oro på vägen hem."]


@pytest.mark.parametrize("approved_for", [(), ("municipality",)])
def test_effect_that_both_have_not_approved_is_no_result(focus_area, whole, approved_for):
    make_follow_up(whole, kind="effect", followed_up_on=datetime.date(2026, 11, 2), approved_for=approved_for)

    (block,) = read_thread(focus_area, today=TODAY).areas[0].blocks

    assert not block.has_result


def test_what_is_tied_to_no_problem_stands_in_a_block_of_its_own(focus_area, whole):
    loose = make_activity(focus_area, title="Företag mot brott")
    goal = make_goal(focus_area)

    blocks = read_thread(focus_area, today=TODAY).areas[0].blocks

    assert [block.problem is None for block in blocks] == [False, True]
    assert [row.activity for row in blocks[1].activities] == [loose]
    assert [row.goal for row in blocks[1].goals] == [goal]


def test_prioritised_problem_in_no_focus_area_is_of_the_picture_in_force(agreement, problem, focus_area):
    old = make_picture(agreement, adopted_on=datetime.date(2020, 1, 7), title="Lägesbild 2020")
    make_problem(old, "Gammalt")
    make_problem(problem.situation_picture, "Inte prioriterat", is_prioritised=False)
    outside = make_problem(problem.situation_picture, "Buskörning")

    assert read_thread(agreement, today=TODAY).outside == (outside,)


def test_gaps_lead_on_for_those_who_may_mend_them(client, coordinator, focus_area, problem):
    as_person(client, coordinator)

    shown = page(client, focus_area)

    start = reverse("focus_areas:cause_analysis_start", args=[problem.pk])
    assert "Tre länkar saknas i den röda tråden." in shown
    assert f'<a class="btn btn-primary" href="{start}">Börja en orsaksanalys</a>' in shown
    assert reverse("focus_areas:goal_create", args=[focus_area.pk]) in shown
    assert shown.count("btn-primary") == 1


@pytest.mark.parametrize("who", ["reader", "steering_member", "situation_member"])
def test_others_see_the_gaps_without_links(request, client, focus_area, problem, who):
    as_person(client, request.getfixturevalue(who))

    shown = page(client, focus_area)

    assert "Orsaksanalys saknas" in shown
    assert reverse("focus_areas:cause_analysis_start", args=[problem.pk]) not in shown
    assert reverse("focus_areas:goal_create", args=[focus_area.pk]) not in shown


def test_working_group_mends_its_own_activities_only(client, agreement, focus_area, convener):
    own = make_activity(focus_area, title="Vår", working_group=group_of(agreement, "working"))
    other = make_activity(focus_area, title="Deras")
    as_person(client, convener)

    shown = page(client, focus_area)

    assert reverse("focus_areas:activity_update", args=[own.pk]) in shown
    assert reverse("focus_areas:activity_update", args=[other.pk]) not in shown


def test_closed_agreement_shows_gaps_without_links(client, agreement, focus_area, problem, coordinator):
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)

    shown = page(client, focus_area)

    assert "Orsaksanalys saknas" in shown
    assert reverse("focus_areas:cause_analysis_start", args=[problem.pk]) not in shown


def test_working_material_is_withheld_from_those_who_may_not_read_it(client, agreement, reader, coordinator):
    draft = make_problem(make_picture(agreement), "Hemligt utkast", description="Inte för alla.")
    make_cause(draft, "Hemlig orsak")
    focus_area = make_focus_area(agreement)
    focus_area.problems.set([draft])
    whole_thread = reverse("focus_areas:red_thread", args=[agreement.pk])

    seen = {}
    for person in (reader, coordinator):
        as_person(client, person)
        seen[person] = page(client, focus_area) + client.get(whole_thread).content.decode()

    words = ("Hemligt utkast", "Inte för alla", "Hemlig orsak")
    assert [word in seen[coordinator] for word in words] == [True, True, True]
    assert [word in seen[reader] for word in words] == [False, False, False]
    assert "Problem i arbetsmaterial" in seen[reader]


def test_page_of_the_whole_thread_counts_and_filters(client, agreement, focus_area, whole, problem, reader):
    other = make_focus_area(agreement, title="Handel")
    make_problem(problem.situation_picture, "Buskörning")
    as_person(client, reader)
    address = reverse("focus_areas:red_thread", args=[agreement.pk])

    everything = client.get(address)
    outside = client.get(address, {"lucka": "problem_outside"})
    without_problem = client.get(address, {"lucka": "area_without_problem"})
    nothing = client.get(address, {"lucka": "goal_unmeasured"})
    nonsense = client.get(address, {"lucka": "x" * 500})

    assert "<b>2 länkar saknas.</b>" in everything.content.decode()
    assert [area.focus_area for area in everything.context["thread"].areas] == [focus_area, other]
    assert "Buskörning" in outside.content.decode()
    assert outside.context["thread"].areas == ()
    assert [area.focus_area for area in without_problem.context["thread"].areas] == [other]
    assert "Buskörning" not in without_problem.content.decode()
    assert "Inget sådant saknas." in nothing.content.decode()
    assert "Det finns ingen sådan lucka." in nonsense.content.decode()
    assert len(nonsense.context["thread"].areas) == 2


def test_agreement_without_anything_says_so(client, agreement, reader):
    as_person(client, reader)

    response = client.get(reverse("focus_areas:red_thread", args=[agreement.pk]))

    assert "Ingen länk saknas." in response.content.decode()
    assert "Inga fokusområden än" in response.content.decode()


def test_action_plan_leads_to_the_thread(client, agreement, reader):
    as_person(client, reader)

    shown = client.get(reverse("focus_areas:action_plan", args=[agreement.pk])).content.decode()

    assert reverse("focus_areas:red_thread", args=[agreement.pk]) in shown
    assert reverse("focus_areas:child_interests", args=[agreement.pk]) in shown


def test_goals_of_one_unit_only_are_reached(focus_area, problem):
    """Units are never added up: four of something else reach nothing."""
    goal = make_goal(focus_area, problem=problem, target=4, unit="vandringar", kind=Goal.Kind.PRODUCTION)
    activity = make_activity(focus_area, status=Activity.Status.ONGOING)
    commitment = make_commitment(activity, goal=goal, unit="möten")
    make_log_entry(activity, commitment=commitment, quantity=9)

    (block,) = read_thread(focus_area, today=TODAY).areas[0].blocks

    assert block.reached_goals == []

"""Reading the plan: everything in a fixed number of queries, the same JSON each time, and its checksum."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Problem, SituationPicture
from focus_areas.models import ActionPlan
from focus_areas.operations import adopt_plan
from focus_areas.plan_contents import PlanContents, as_json, checksum, contents_from
from focus_areas.plan_snapshot import contents_of, read_plan, verify
from tests.factories import (
    make_activity,
    make_area,
    make_commitment,
    make_focus_area,
    make_goal,
    make_status_update,
    organisation_of,
)
from tests.thread_factories import (
    make_cause,
    make_indicator,
    make_picture,
    make_plan,
    make_planned_follow_up,
    make_problem,
)
from tests.worlds import fill


@pytest.fixture
def picture(agreement) -> SituationPicture:
    return make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))


@pytest.fixture
def problem(picture) -> Problem:
    return make_problem(picture, "Otrygghet på kvällen")


@pytest.fixture
def activity(agreement, problem, coordinator):
    """An activity with one of everything that the plan says of it."""
    focus_area = make_focus_area(agreement)
    focus_area.problems.set([problem])
    goal = make_goal(
        focus_area,
        baseline=Decimal("2.40"),
        target=Decimal("2"),
        unit="index",
        indicator=make_indicator(agreement, name="Trygghetsindex"),
        problem=problem,
        due_on=datetime.date(2026, 12, 31),
    )
    activity = make_activity(
        focus_area,
        title="Trygghetsvandringar",
        lead=[organisation_of(agreement, "SF"), organisation_of(agreement, "Polisen")],
        participants=[organisation_of(agreement, "BBAB")],
        responsible=coordinator,
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
        level="universal",
        approach="both",
        follow_up_interval_months=6,
        funding_source="Länsstyrelsen",
        funding_amount=Decimal("125000.50"),
    )
    activity.areas.set([make_area(agreement, "Åkarp"), make_area(agreement, "Arlöv")])
    activity.goals.set([goal])
    activity.causes.set([make_cause(problem, "Mörka stråk")])
    make_commitment(activity, organisation_of(agreement, "SF"), goal=goal)
    make_planned_follow_up(activity, responsible=coordinator)
    return activity


def adopted(agreement, picture, coordinator, **fields) -> ActionPlan:
    plan = make_plan(agreement, based_on=picture)
    day = {"decided_on": datetime.date(2025, 12, 8), "today": datetime.date(2026, 11, 23)}
    return adopt_plan(plan=plan, by=coordinator, **{"decided_by": "Styrgruppen", "paragraph": "§ 7"} | day | fields)


def test_read_plan_says_what_a_reader_needs(agreement, picture, activity):
    contents = read_plan(agreement, picture=picture)
    (area,) = contents.focus_areas
    (read,) = contents.activities

    assert contents.picture.words == (
        "Lägesbild hösten 2022, fastställd av Kommunstyrelsen den 3 oktober 2022, § 112, KS/2022:523"
    )
    assert [problem.title for problem in area.problems] == ["Otrygghet på kvällen"]
    assert [(goal.measure, goal.indicator, goal.problem) for goal in area.goals] == [
        ("från 2,4 till 2 index", "Trygghetsindex", "Otrygghet på kvällen")
    ]
    assert (read.name, read.lead_words, read.participant_words) == ("1.1 Trygghetsvandringar", "SF och Polisen", "BBAB")
    assert (read.when, read.level_words, read.approach_words) == (
        "1 januari–31 december 2026",
        "Generell",
        "Situationell och social",
    )
    assert (read.areas, read.interval_words) == (("Arlöv", "Åkarp"), "Var 6:e månad")
    assert read.funding_words == "Länsstyrelsen, 125\N{NO-BREAK SPACE}000,50 kronor"
    assert [cause.title for cause in read.causes] == ["Mörka stråk"]
    assert read.goals == (area.goals[0].key,)
    assert [commitment.words for commitment in read.commitments] == ["SF: Trygghetsvandringar 1, minst 4 vandringar"]
    assert contents.abbreviations == [
        ("BBAB", "Burlövs Bostäder"),
        ("Polisen", "Lokalpolisområde Malmö Norr"),
        ("SF", "Socialförvaltningen"),
    ]


def test_plan_names_roles_and_no_person(agreement, activity, coordinator):
    contents = read_plan(agreement)

    assert contents.activities[0].responsible == "Brottsförebyggande samordnare, KLF"
    assert contents.activities[0].planned_follow_ups[0].responsible == "Brottsförebyggande samordnare, KLF"
    assert coordinator.full_name not in json.dumps(as_json(contents), ensure_ascii=False)


def test_role_without_a_title_is_the_seats(agreement, activity, coordinator):
    coordinator.title = ""
    coordinator.save()

    seat = coordinator.memberships.get().seat

    assert read_plan(agreement).activities[0].responsible == f"{seat.title}, KLF"


def test_status_and_log_are_no_part_of_the_plan(agreement, activity, coordinator):
    before = as_json(read_plan(agreement))

    make_status_update(activity, status="delayed", assessment="red", reason="Sjukdom", by=coordinator)

    assert as_json(read_plan(agreement)) == before


def test_finished_activities_are_no_plan_but_beside_an_older_one(agreement, activity, coordinator):
    make_status_update(activity, status="completed", by=coordinator)

    assert read_plan(agreement).activities == ()
    assert len(read_plan(agreement, besides={activity.pk}).activities) == 1


def test_working_material_stays_out_of_the_plan(agreement, activity):
    secret = make_problem(make_picture(agreement), "Hemligt än")
    activity.focus_area.problems.add(secret)
    activity.causes.add(make_cause(secret, "Hemlig orsak"))
    goal = activity.goals.get()
    goal.problem = secret
    goal.save()

    assert "eml" not in json.dumps(as_json(read_plan(agreement)))


def test_reading_takes_as_many_queries_for_three_as_for_one(agreement, coordinator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read_plan(agreement)
        return len(captured)

    fill(agreement, by=coordinator, rows=1)
    one = queries()
    make_activity(make_focus_area(agreement), responsible=coordinator, lead=[organisation_of(agreement, "SF")])
    make_activity(make_focus_area(agreement), participants=[organisation_of(agreement, "UKF")])

    assert queries() == one
    assert one <= 13


def test_contents_survive_json_as_they_were(agreement, picture, activity):
    contents = read_plan(agreement, title="Åtgärdsplan 2027", version=3, picture=picture)

    assert contents_from(json.loads(json.dumps(as_json(contents)))) == contents


def test_older_and_newer_snapshots_are_read():
    older = {"title": "Åtgärdsplan 2026", "focus_areas": [{"key": 1, "title": "Unga", "added_later": [1]}]}

    contents = contents_from(older)

    assert contents.focus_areas[0].name == "Unga"
    assert contents_from({}) == PlanContents()


def test_checksum_is_the_same_in_whatever_order():
    assert checksum({"a": 1, "b": "å"}) == checksum({"b": "å", "a": 1})
    assert checksum({"a": 1}) != checksum({"a": 2})
    # Written by hand: sha256 of {"a":1}
    assert checksum({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_adopted_plan_is_read_as_it_was(agreement, picture, activity, coordinator):
    plan = ActionPlan.objects.get(pk=adopted(agreement, picture, coordinator).pk)
    activity.title = "Något helt annat"
    activity.save()

    contents = contents_of(plan)

    assert contents.activities[0].title == "Trygghetsvandringar"
    assert contents.decision.words == "Styrgruppen den 8 december 2025, § 7"
    assert verify(plan)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda plan: plan.snapshot["focus_areas"][0].update(title="Annat"),
        lambda plan: setattr(plan, "decided_by", "Någon annan"),
        lambda plan: setattr(plan, "decided_on", datetime.date(2020, 1, 1)),
        lambda plan: setattr(plan, "reference_number", "KS/1"),
        lambda plan: setattr(plan, "title", "Annan plan"),
        lambda plan: setattr(plan, "sha256", "0" * 64),
    ],
)
def test_tampering_is_seen(agreement, picture, activity, coordinator, tamper):
    plan = adopted(agreement, picture, coordinator)

    tamper(plan)

    assert not verify(plan)


def test_draft_has_nothing_to_verify(agreement):
    assert not verify(make_plan(agreement))

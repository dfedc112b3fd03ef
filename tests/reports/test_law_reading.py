"""What the law's demands are judged by, read from the database: now, and as it stood."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.history import recording
from agreements.models import Agreement, Group, Seat
from focus_areas.models import ActionPlan
from focus_areas.red_thread import read_thread
from focus_areas.thread_gaps import GapKind
from reports.law import State, clocks_for_start, judge, read_evidence
from reports.models import CouncilReport
from tests.factories import (
    TODAY,
    at,
    group_of,
    make_activity,
    make_child_impact,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_seat,
    organisation_of,
    seat_person,
)
from tests.thread_factories import (
    make_communication_item,
    make_communication_plan,
    make_council_report,
    make_indicator,
    make_linked_plan,
    make_picture,
    make_plan,
    make_planned_follow_up,
    make_renewal,
)
from tests.worlds import fill

BOTH = ("municipality", "police")


def rows_of(agreement: Agreement) -> dict:
    return {row.key: row for row in judge(read_evidence(agreement), today=TODAY).rows}


def adopt(plan: ActionPlan, *, on: datetime.date) -> None:
    ActionPlan.objects.filter(pk=plan.pk).update(
        state=ActionPlan.State.ADOPTED,
        decided_on=on,
        decided_by="Kommunstyrelsen",
        snapshot={},
        sha256="0" * 64,
        adopted_at=at(on),
    )


def test_evidence_takes_one_query_whatever_there_is(agreement, coordinator):
    # The first time, the database is asked what it can.
    read_evidence(agreement)
    with CaptureQueriesContext(connection) as of_nothing:
        read_evidence(agreement)
    fill(agreement, by=coordinator, rows=2)
    with CaptureQueriesContext(connection) as of_much:
        clocks_for_start(agreement, TODAY)

    assert (len(of_nothing), len(of_much)) == (1, 1)


def test_burlov_is_told_what_it_lacks(agreement):
    make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))

    rows = rows_of(agreement)

    assert rows["lagesbild"].state is State.MET
    assert rows["lagesbilden-uppdaterad"].missing == (
        "En ny lägesbild skulle ha fastställts senast 3 oktober 2024, för 2 år sedan.",
    )
    assert rows["fornyelse"].missing == (
        "Överenskommelsen går ut 31 december 2026, om 38 dagar, och ingen förnyelse är påbörjad.",
    )


def test_start_page_tells_each_clock_once(agreement):
    make_picture(agreement, adopted_on=datetime.date(2024, 12, 1))

    rows = clocks_for_start(agreement, TODAY)

    told = [row.key for row in rows if row.state is State.SOON]
    assert told == ["lagesbilden-uppdaterad", "fornyelse"]
    assert [row.state for row in rows] == sorted((row.state for row in rows), key=lambda state: state is State.SOON)


def test_evidence_of_another_agreement_is_not_counted(agreement, other_agreement):
    make_picture(other_agreement, adopted_on=datetime.date(2026, 1, 7))
    make_council_report(other_agreement)
    make_linked_plan(other_agreement)
    make_communication_plan(other_agreement)
    make_goal(make_focus_area(other_agreement))

    evidence = read_evidence(agreement)

    assert evidence.pictures == evidence.council_reports == evidence.linked_plans == evidence.joint_plans == ()
    assert evidence.focus_areas == evidence.goals == ()
    assert {group.name for group in evidence.councils} == {group_of(agreement, Group.Kind.STEERING).name}


def test_picture_lacks_what_is_only_spaces(agreement):
    make_picture(agreement, adopted_on=datetime.date(2026, 1, 7), mapping="  ", analysis="")

    assert read_evidence(agreement).pictures[0].missing_parts == ("kartläggning", "analys")


def test_follow_up_counts_when_both_have_approved_it(agreement):
    activity = make_activity(make_focus_area(agreement))
    make_follow_up(activity, followed_up_on=datetime.date(2026, 5, 4), approved_for=BOTH)
    make_follow_up(activity, followed_up_on=datetime.date(2026, 9, 1), approved_for=("police",))

    assert read_evidence(agreement).activities[0].followed_up == (datetime.date(2026, 5, 4),)


def test_follow_up_is_planned_by_the_activity_or_by_its_plan(agreement):
    focus_area = make_focus_area(agreement)
    bare = make_activity(focus_area, follow_up_method="", next_follow_up_on=None)
    told = make_activity(focus_area, follow_up_method="Enkät", next_follow_up_on=TODAY)
    planned = make_activity(focus_area, follow_up_method="", next_follow_up_on=None)
    make_planned_follow_up(planned)
    answered = make_activity(focus_area, follow_up_method="", next_follow_up_on=None)
    planned_once = make_planned_follow_up(answered)
    make_follow_up(answered, planned=planned_once, kind=planned_once.kind)

    said = {activity.id: (activity.says_when, activity.says_how) for activity in read_evidence(agreement).activities}

    assert said == {
        bare.pk: (False, False),
        told.pk: (True, True),
        planned.pk: (True, True),
        answered.pk: (False, False),
    }


def test_goal_is_measured_with_a_target_and_something_that_measures_it(agreement):
    focus_area = make_focus_area(agreement)
    by_indicator = make_goal(focus_area, statement="Index", target=2, indicator=make_indicator(agreement))
    by_promise = make_goal(focus_area, statement="Vandringar", target=4, unit="vandringar")
    make_commitment(make_activity(focus_area), goal=by_promise)
    whole = make_goal(focus_area, statement="Helheten")
    make_goal(focus_area, statement="Delen", target=1, parent=whole, indicator=by_indicator.indicator)
    other_unit = make_goal(focus_area, statement="Annan enhet", target=4, unit="möten")
    make_commitment(make_activity(focus_area), goal=other_unit, unit="vandringar")
    make_goal(focus_area, statement="Ingenting som mäter", target=4, unit="områden")
    make_goal(focus_area, statement="Utan mått", target=4, unit="")
    make_goal(focus_area, statement="Utan målvärde", target=None, indicator=by_indicator.indicator)

    goals = read_evidence(agreement).goals

    thread = read_thread(agreement, today=TODAY)
    gaps = {gap.goal for gap in thread.gaps if gap.kind == GapKind.GOAL_UNMEASURED}
    assert {goal.statement for goal in goals if goal.is_measured} == {"Index", "Vandringar", "Helheten", "Delen"}
    assert {goal.id for goal in goals if not goal.is_measured} == gaps


def test_seats_know_whose_they_are_and_who_holds_them(agreement):
    group = group_of(agreement, Group.Kind.STEERING)
    group.seats.all().delete()
    klf, police = organisation_of(agreement, "KLF"), organisation_of(agreement, "Polisen")
    seat_person(agreement, Seat.Function.CHAIR, Group.Kind.STEERING, organisation=klf)
    make_seat(group, "Lokalpolisområdeschef", organisation=police, is_leading_position=True)
    make_seat(group, "Revisor", organisation=klf, function=Seat.Function.READER)

    (council,) = read_evidence(agreement).councils

    assert [(seat.function, seat.is_municipal, seat.is_leading_position) for seat in council.seats] == [
        ("chair", True, None),
        ("member", False, True),
    ]
    assert [seat.is_held(on=TODAY) for seat in council.seats] == [True, False]


def test_everything_shows_what_it_should(agreement, coordinator):
    picture = make_picture(agreement, adopted_on=datetime.date(2026, 3, 2))
    activity = make_activity(
        make_focus_area(agreement), is_public=True, next_follow_up_on=TODAY, follow_up_method="Logg"
    )
    make_child_impact(activity)
    adopt(make_plan(agreement, based_on=picture, paragraph="§ 1", reference_number="KS/2026:1"), on=TODAY)
    make_communication_item(make_communication_plan(agreement), done_on=TODAY)
    make_linked_plan(agreement, title="ANDTS-plan")
    make_council_report(agreement)
    make_renewal(agreement)

    rows = rows_of(agreement)

    assert {key for key, row in rows.items() if row.state is State.MET} >= {
        *("lagesbild", "atgardsplan", "lagesbilden-uppdaterad", "planen-uppfoljd", "andra-planer", "samordning"),
        *("fullmaktige", "kommunikationsplan", "barnets-basta", "uppfoljning-planerad"),
    }
    assert rows["mal"].missing == ("Inga mål är inlagda.",)


# --- As it stood ---


def test_evidence_is_read_as_it_stood(agreement):
    with recording(at=at(datetime.date(2026, 5, 4))):
        make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
        report = make_council_report(agreement, reported_on=datetime.date(2026, 5, 1))
    with recording(at=at(datetime.date(2026, 9, 7))):
        make_picture(agreement, adopted_on=datetime.date(2026, 9, 7), title="Lägesbild 2026")
        report.delete()

    then = read_evidence(agreement, at=at(datetime.date(2026, 6, 30)))
    now = read_evidence(agreement)

    assert [picture.title for picture in then.pictures] == ["Lägesbild hösten 2022"]
    assert [report.title for report in then.council_reports] == ["Rapport 1/2026"]
    assert [picture.title for picture in now.pictures] == ["Lägesbild hösten 2022", "Lägesbild 2026"]
    assert now.council_reports == ()


@pytest.mark.parametrize("rows", [1, 2])
def test_evidence_now_is_what_history_says_of_now(agreement, coordinator, rows):
    fill(agreement, by=coordinator, rows=rows)
    CouncilReport.objects.filter(agreement=agreement).first().save()

    assert read_evidence(agreement, at=at(TODAY, 23)) == read_evidence(agreement)

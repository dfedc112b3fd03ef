"""A report on one focus area or one group counts that alone, with activities where they belonged then."""

import datetime

import pytest

from accounts.history import recording
from agreements.models import Agreement, Group
from focus_areas.models import Activity
from reports.compiling import compile_report
from reports.content import ReportContent, collect
from reports.content.scope import Scope
from reports.models import Report
from tests.factories import at, make_child_impact, make_commitment, make_group, make_log_entry
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_meeting
from tests.report_factories import make_report
from tests.reports import scenario
from tests.reports.scenario import ENDS_ON, REGISTERED, STARTS_ON, activity_of, day

DECEMBER = at(REGISTERED, hour=10)


def titles(content: ReportContent) -> list[str]:
    return [activity.title for area in content.focus_areas for activity in area.activities]


def figures(content: ReportContent) -> dict[str, tuple[str, str, str]]:
    return {row.label: (row.now, row.start, row.change) for group in content.figures for row in group.rows}


def of_focus_area(agreement: Agreement, number: int, **when) -> ReportContent:
    scope = Scope(focus_area_id=agreement.focus_areas.get(number=number).pk)
    return collect(agreement, **{"starts_on": STARTS_ON, "ends_on": ENDS_ON} | when, scope=scope)


def of_group(group: Group, **when) -> ReportContent:
    scope = Scope(group_id=group.pk)
    return collect(group.agreement, **{"starts_on": STARTS_ON, "ends_on": ENDS_ON} | when, scope=scope)


def give(activity: Activity, group: Group | None, *, on: datetime.datetime) -> None:
    activity.working_group = group
    with recording(at=on):
        activity.save()


@pytest.fixture
def burlov(plan) -> Agreement:
    """Burlöv's plan with half a year of work; one group has walks and neighbours, another the young.

    The rest of the plan is nobody's.
    """
    with recording(at=DECEMBER):
        outdoors, young = (make_group(plan, name=name) for name in ("Utegruppen", "Unga-gruppen"))
        make_group(plan, Group.Kind.STEERING)
    for title, group in (("Trygghetsvandringar", outdoors), ("Grannsamverkan", outdoors), ("TuBen", young)):
        give(activity_of(plan, title), group, on=DECEMBER)
    scenario.work(plan)
    return plan


@pytest.fixture
def groups(burlov) -> tuple[Group, Group]:
    return burlov.groups.get(name="Utegruppen"), burlov.groups.get(name="Unga-gruppen")


# --- One focus area ---


def test_focus_area_shows_its_own_activities_goals_and_promises(burlov):
    content = of_focus_area(burlov, 1)

    assert content.scope.startswith("1. Genom preventiva")
    assert titles(content) == ["SSPU-gruppen", "TuBen"]
    assert [goal.statement for area in content.focus_areas for goal in area.goals] == [
        "Minska andelen elever i årskurs 9 som provat narkotika",
        "Hålla tio samverkansmöten",
    ]
    assert {line.activity for group in content.promised for line in group.lines} == {"1.1", "1.2"}
    assert [line.focus_area for line in content.child_interests] == ["Fokusområde 1"]


def test_focus_area_counts_itself_alone(burlov):
    content = of_focus_area(burlov, 1)

    assert figures(content) == {
        "Enligt plan": ("1", "1", "0"),
        "Mindre avvikelse": ("1", "0", "+1"),
        "Större avvikelse": ("0", "0", "0"),
        "Ej bedömd": ("0", "1", "−1"),
        "Kommunen": ("0 av 2", "0 av 2", "0"),
        "Polisen": ("0 av 1", "0 av 1", "0"),
        "Gemensamt": ("0 av 1", "0 av 1", "0"),
        "Försenade aktiviteter": ("0", "0", "0"),
        "Försenade uppföljningar": ("0", "0", "0"),
    }
    assert content.summary[0] == "En av två aktiviteter går enligt plan och en har en mindre avvikelse."
    assert content.summary[2] == "Ingen aktivitet är försenad eller har en större avvikelse."
    assert [line.activities for line in content.assessed] == ["1.2 TuBen", "1.1 SSPU-gruppen"]
    assert content.decisions == ()


def test_focus_areas_figures_add_up_to_the_whole_plans(burlov):
    whole = collect(burlov, starts_on=STARTS_ON, ends_on=ENDS_ON)
    parts = [of_focus_area(burlov, number) for number in (1, 2, 3)]

    for label in ("Enligt plan", "Mindre avvikelse", "Större avvikelse", "Försenade aktiviteter"):
        now, start, _ = figures(whole)[label]
        assert sum(int(figures(part)[label][0]) for part in parts) == int(now), label
        assert sum(int(figures(part)[label][1]) for part in parts) == int(start), label


def test_focus_area_without_activities_says_so(plan):
    Activity.objects.filter(focus_area__number=2).delete()
    with recording(at=at(day(2, 1))):
        for activity in Activity.objects.filter(focus_area__number=1):
            activity.delete()

    content = of_focus_area(plan, 1)

    assert content.summary[0] == "Fokusområdet har inga aktiviteter än."
    assert [area.kicker for area in content.focus_areas] == ["Fokusområde 1"]


# --- One group ---


def test_group_shows_what_it_answers_for(groups):
    outdoors, young = groups

    assert titles(of_group(outdoors)) == ["Trygghetsvandringar", "Grannsamverkan"]
    assert titles(of_group(young)) == ["TuBen"]
    assert of_group(young).scope == "Unga-gruppen"
    assert of_group(young).summary[0] == "Den enda aktiviteten har en mindre avvikelse."
    assert figures(of_group(outdoors))["Polisen"] == ("1 av 2", "0 av 2", "+1")


def test_group_shows_what_belonged_to_it_then(burlov, groups):
    outdoors, young = groups
    give(activity_of(burlov, "Grannsamverkan"), young, on=at(day(8, 1)))

    assert titles(of_group(outdoors)) == ["Trygghetsvandringar", "Grannsamverkan"]
    assert titles(of_group(young)) == ["TuBen"]
    assert titles(of_group(outdoors, ends_on=day(9, 30))) == ["Trygghetsvandringar"]
    assert titles(of_group(young, ends_on=day(9, 30))) == ["TuBen", "Grannsamverkan"]


def test_groups_start_is_what_belonged_to_it_when_the_period_began(burlov, groups):
    outdoors, young = groups
    give(activity_of(burlov, "Grannsamverkan"), young, on=at(day(8, 1)))

    content = of_group(young, starts_on=day(7, 1), ends_on=day(9, 30))

    # Grannsamverkan came with the police's promise; at midsummer the group answered for TuBen alone.
    assert figures(content)["Polisen"] == ("0 av 1", "–", "–")
    assert figures(content)["Försenade uppföljningar"] == ("2", "0", "+2")


def test_groups_goals_are_those_of_its_activities_and_stand_where_all_have_brought_them(burlov, groups):
    outdoors, _ = groups
    walks = activity_of(burlov, "Trygghetsvandringar")
    goal = walks.goals.get()
    other = activity_of(burlov, "Livet mellan husen")
    with recording(at=at(day(3, 1))):
        more = make_commitment(other, text="Vandringar på gårdarna", planned=2, unit="vandringar", goal=goal)
    make_log_entry(other, commitment=more, happened_on=day(3, 2), quantity=2, written_at=at(day(3, 3)))

    goals = [goal for area in of_group(outdoors).focus_areas for goal in area.goals]

    assert [(goal.statement, goal.now) for goal in goals] == [("Genomföra fyra trygghetsvandringar", "5")]


def test_groups_child_interests_are_its_own_conclusions(burlov, groups):
    outdoors, _ = groups
    with recording(at=at(day(3, 2))):
        make_child_impact(activity_of(burlov, "Trygghetsvandringar"), conclusion="Barnen får vara med")
        make_child_impact(activity_of(burlov, "Företag mot brott"), conclusion="Inga barn berörs.")

    (line,) = of_group(outdoors).child_interests

    assert line.weighed == "1 av 2"
    assert line.summary == "3.3 Trygghetsvandringar: Barnen får vara med."
    assert line.conclusions == ()


def test_group_that_answers_for_nothing_says_so(burlov):
    with recording(at=DECEMBER):
        group = make_group(burlov, name="Nya gruppen")

    content = of_group(group)

    assert content.summary[0] == "Arbetsgruppen ansvarar inte för någon aktivitet."
    assert content.focus_areas == ()
    assert not content.has_promises


# --- Decisions ---


@pytest.fixture
def decided(burlov, groups) -> None:
    """The steering group decides on the walks, on the young group, and on something else; the young on their own."""
    outdoors, young = groups
    steering = burlov.groups.get(kind=Group.Kind.STEERING)
    with recording(at=at(day(4, 8))):
        meeting = make_meeting(steering, day(4, 7), held=True)
        about = make_agenda_item(meeting, "Vandringarna", activity=activity_of(burlov, "Trygghetsvandringar"))
        make_decision(meeting, "Vandringarna blir fler.", agenda_item=about)
        make_decision(meeting, "De unga får en egen budget.", mandated_group=young)
        make_decision(meeting, "Grannsamverkan prövas.", mandated_activity=activity_of(burlov, "Grannsamverkan"))
        make_decision(meeting, "Nästa möte blir i Åkarp.")
        make_action_point(meeting, "Be om statistik", activity=activity_of(burlov, "TuBen"))
        make_decision(make_meeting(young, day(4, 9), held=True), "Vi träffas varje vecka.")


def decisions(content: ReportContent) -> dict[str, list[str]]:
    return {group.name: [decision.text for decision in group.decisions] for group in content.decided.groups}


def test_decisions_are_those_that_concern_the_group_or_its_activities(groups, decided):
    outdoors, young = groups

    assert decisions(of_group(outdoors)) == {
        "Styrgruppen": ["Vandringarna blir fler.", "Grannsamverkan prövas."],
        "Utegruppen": [],
    }
    assert decisions(of_group(young)) == {
        "Styrgruppen": ["De unga får en egen budget."],
        "Unga-gruppen": ["Vi träffas varje vecka."],
    }
    assert of_group(young).decided.groups[0].open_points == "En åtgärdspunkt är öppen och försenad."
    assert of_group(outdoors).decided.groups[0].open_points == "Inga åtgärdspunkter är öppna."


def test_decisions_of_a_focus_area_are_those_on_its_activities(burlov, decided):
    assert decisions(of_focus_area(burlov, 3)) == {"Styrgruppen": ["Vandringarna blir fler.", "Grannsamverkan prövas."]}
    assert decisions(of_focus_area(burlov, 2)) == {"Styrgruppen": []}


# --- As a report ---


def test_report_takes_its_scope_from_its_row(burlov, groups):
    _, young = groups
    area = burlov.focus_areas.get(number=2)

    on_area = compile_report(make_report(burlov, kind=Report.Kind.FOCUS_AREA, focus_area=area))
    of_young = compile_report(make_report(burlov, kind=Report.Kind.WORKING_GROUP, group=young))

    assert [section.focus_area_id for section in on_area.focus_areas] == [area.pk]
    assert titles(of_young) == ["TuBen"]
    assert {fact.title for fact in of_young.facts.activities} == {"TuBen"}
    assert {fact.focus_area_id for fact in on_area.facts.goals} == {area.pk}

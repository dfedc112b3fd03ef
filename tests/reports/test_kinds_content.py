"""What each kind of report tells, and that what was not chosen is not in its data."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.history import recording
from agreements.models import Group, Problem, Seat
from focus_areas.models import Cause, FollowUp
from reports.compiling import compile_report
from reports.content.report import EVERY_SECTION, DecisionsSection, ReportContent
from reports.frozen import to_json
from reports.kinds import KINDS, Kind, Section, chosen_sections
from reports.models import FocusAreaComment
from tests.factories import TODAY, at, group_of, make_area, make_follow_up, make_group, make_seat, organisation_of
from tests.meeting_factories import make_decision, make_meeting
from tests.report_factories import make_report
from tests.reports.scenario import activity_of, day
from tests.thread_factories import (
    choose_for_all,
    make_cause,
    make_grant,
    make_picture,
    make_planned_follow_up,
    make_problem,
    make_renewal,
)
from tests.worlds import fill


def compiled(agreement, kind: Kind, **fields) -> ReportContent:
    return compile_report(make_report(agreement, kind=kind, **fields))


def test_notes_are_on_what_the_report_tells(burlov):
    area = burlov.focus_areas.get(number=1)
    promises, of_area, whole = (
        [note.term for note in compiled(burlov, kind, **of).notes]
        for kind, of in ((Kind.PROMISES, {}), (Kind.FOCUS_AREA, {"focus_area": area}), (Kind.FOLLOW_UP, {}))
    )

    assert promises == [
        "Läget",
        "Ett åtagande är hållet",
        "Varje åtagande räknas som ett,",
        "Ett åtagandes tid är ute",
        "Prognosen",
        "Antal personer under 5",
    ]
    assert {"Enligt plan:", "Det som gjorts", "Hela åtgärdsplanen är uppföljd"} <= set(of_area) & set(whole)
    assert "Iakttagelser" not in of_area


# --- Follow-up ---


def test_follow_up_tells_everything_of_the_whole_plan(burlov):
    report = make_report(burlov, summary="Ett gott halvår.", decisions_asked="Höj anslaget\n\n Byt dag ")
    area = burlov.focus_areas.get(number=2)
    FocusAreaComment.objects.create(report=report, focus_area=area, text="Analysen behöver mer tid.")

    content = compile_report(report)

    assert content.sections == EVERY_SECTION
    assert content.scope == ""
    assert [section.comment for section in content.focus_areas] == ["", "Analysen behöver mer tid.", ""]
    assert content.written.decisions_asked == ("Höj anslaget", "Byt dag")
    assert len(content.decisions) == 3
    assert content.law is not None
    assert (content.problems, content.effects, content.organisation, content.grants) == (None, (), (), None)
    assert (content.closing, content.council, content.public) == (None, None, None)


# --- The municipal council ---


def test_council_report_is_short_and_tells_what_13_asks_for(burlov):
    with recording(at=at(day(4, 8))):
        steering = make_group(burlov, Group.Kind.STEERING)
        make_decision(make_meeting(steering, day(4, 7), held=True))

    content = compiled(burlov, Kind.COUNCIL)

    assert content.council.agreement == (
        "Burlövs kommun och lokalpolisområde Kävlinge har en samverkansöverenskommelse (KS/2023:305). Den gäller "
        "1 juli 2023–31 december 2026.",
        "Minska brottsligheten och öka tryggheten.",
    )
    assert content.council.done == (
        "32 insatser är dokumenterade under perioden, i sju av planens nio aktiviteter.",
        "Styrgruppen har haft ett möte och fattat ett beslut.",
        "Genom preventiva åtgärder förebygga att ungdomar hamnar i drogberoende, kriminalitet och utanförskap: två "
        "aktiviteter pågår.",
        "Förebygga och minska våld i nära relation och våld mot barn: två aktiviteter, varav en pågår och en är "
        "försenad.",
        "Öka känslan av trygghet och förebygga mängdbrott: fem aktiviteter, varav två pågår, en är försenad, en är "
        "pausad och en är inte påbörjad.",
    )
    assert content.council.goals_sentence == (
        "Inget av två mål med ett uppmätt värde är nått. För två mål finns inget uppmätt värde att jämföra med."
    )
    assert [(goal.statement, goal.now, goal.standing) for goal in content.council.goals] == [
        ("Hålla tio samverkansmöten", "6", "På väg"),
        ("Genomföra fyra trygghetsvandringar", "3", "På väg"),
    ]
    assert content.council.coming == (
        "Åtta aktiviteter ska följas upp, den första 15 september 2026.",
        "Överenskommelsen går ut 31 december 2026.",
    )


def test_council_report_counts_promises_and_law_in_short(burlov):
    content = compiled(burlov, Kind.COUNCIL)

    assert [group.heading for group in content.promised] == ["Kommunen", "Polisen", "Gemensamt"]
    assert all(group.lines == () for group in content.promised)
    assert content.law.headline == "Ett av nio krav är uppfyllt."
    assert all(line.state.name in ("LACKING", "SOON") for group in content.law.groups for line in group.lines)
    assert max(len(group.lines) for group in content.law.groups) <= 4
    # Its one page says what is missing, and the data no more than that.
    assert {(line.shown, line.due) for group in content.law.groups for line in group.lines} == {("", "")}
    assert (content.focus_areas, content.assessed, content.figures, content.summary) == ((), (), (), ())


# --- The period's closing ---


def test_closing_report_tells_what_was_reached(burlov):
    content = compiled(burlov, Kind.CLOSING, ends_on=day(11, 22))

    assert content.summary[1] == content.closing.sentences[1]
    assert content.closing.sentences == (
        "Nio aktiviteter står i planen: fem pågår, två är försenade, en är pausad och en är inte påbörjad.",
        "Inget av två mål med ett uppmätt värde är nått. För två mål finns inget uppmätt värde att jämföra med.",
    )
    assert [(goal.focus_area, goal.statement, goal.now, goal.is_reached) for goal in content.closing.goals] == [
        ("Fokusområde 1", "Minska andelen elever i årskurs 9 som provat narkotika", "–", False),
        ("Fokusområde 1", "Hålla tio samverkansmöten", "6", False),
        ("Fokusområde 2", "Färdigställa en fördjupad analys", "–", False),
        ("Fokusområde 3", "Genomföra fyra trygghetsvandringar", "3", False),
    ]
    assert content.closing.following == "Ingen ny överenskommelse är påbörjad i portalen."
    assert content.closing.statement == ""


def test_closing_report_tells_what_the_next_period_takes_over(burlov):
    with recording(at=at(day(10, 1))):
        renewal = make_renewal(burlov, closing_statement="Vi lärde oss att mötas.")
        choose_for_all(renewal, by=renewal.created_by, choice="end", reason="Prövas på nytt")
        choice = renewal.goal_choices.get(goal__statement="Hålla tio samverkansmöten")
        choice.choice, choice.new_target, choice.reason = "change", Decimal(12), ""
        choice.save()

    closing = compiled(burlov, Kind.CLOSING, ends_on=day(11, 22)).closing

    assert closing.statement == "Vi lärde oss att mötas."
    assert closing.following == (
        "Samverkansöverenskommelse 2027–2030 förbereds och är tänkt att gälla 1 januari 2027–31 december 2030. "
        "Valen nedan är inte slutliga."
    )
    assert [(line.what, line.choice, line.reason) for line in closing.activities][0] == (
        "1.1 SSPU-gruppen",
        "Avslutas",
        "Prövas på nytt.",
    )
    assert [(line.choice, line.new) for line in closing.carried_goals][1] == (
        "Fortsätter ändrad",
        "målvärde 12 möten",
    )


def test_closing_report_shows_the_renewal_as_it_stood(burlov):
    with recording(at=at(day(10, 1))):
        make_renewal(burlov, closing_statement="Vi lärde oss att mötas.")

    closing = compiled(burlov, Kind.CLOSING, ends_on=day(9, 30)).closing

    assert (closing.statement, closing.activities) == ("", ())


# --- Promises in full ---


def test_promises_are_told_in_full_with_forecast_and_reason(burlov):
    content = compiled(burlov, Kind.PROMISES)

    lines = {(line.title, line.what): line for group in content.promised for line in group.lines}
    evenings = lines["TuBen", "Föräldrakvällar"]
    meetings = lines["SSPU-gruppen", "Samverkansmöten"]
    support = lines["Avhopparverksamhet", "Stöd till den som vill lämna"]
    assert (evenings.activity, evenings.promised, evenings.done) == ("1.2", "precis 4 kvällar", "2")
    assert (meetings.outcome, meetings.reason) == ("Väntas hållas (väntat 12 av 10)", "")
    assert (support.done, support.outcome) == ("färre än 5", "Väntas inte hållas")
    assert support.reason == "Kostnadsfördelningen är inte avgjord, så rutinen kan inte fastställas."
    assert content.summary[0] == (
        "3 av 12 löften med antal hållna, varav 1 över, 1 ej redovisat, 8 pågår; 2 utan antal (hållna: kommunen "
        "1 av 5, polisen 2 av 5 och gemensamt 0 av 2)."
    )
    assert [group.heading for group in content.figures] == ["Åtaganden med antal: hållna av lovade"]
    assert (content.focus_areas, content.assessed) == ((), ())


def test_promises_tell_the_steering_group_what_to_decide(burlov):
    content = compiled(burlov, Kind.PROMISES, decisions_asked="Fördela kostnaden.")

    whole = compiled(burlov, Kind.FOLLOW_UP, decisions_asked="Fördela kostnaden.")
    assert content.summary[1:] == whole.summary[-1:]
    assert content.summary[-1].endswith("Styrgruppen behöver fatta fyra beslut.")
    assert content.decisions == whole.decisions != ()


# --- Basis for an application for a grant ---


@pytest.fixture
def grounds(burlov):
    """An adopted picture with two problems, working material of the next, a grant, and a group."""
    with recording(at=at(day(6, 25))):
        places = [make_area(burlov, "Arlöv"), make_area(burlov, "Åkarp")]
        picture = make_picture(burlov, adopted_on=datetime.date(2025, 11, 3))
        make_problem(picture, "Cykelstölder", is_prioritised=False, trend=Problem.Trend.FALLING)
        first = make_problem(
            picture, "Unga säljer narkotika", description="Vid stationen.", priority_reason="Drabbar barn."
        )
        first.areas.set(places)
        cause = make_cause(first, "Få vuxna ute", leg=Cause.Leg.OFFENDER, evidence=Cause.Evidence.RESEARCH)
        cause.analysis.summary = "Kvällarna är långa."
        cause.analysis.save()
        make_cause(first, "Mörk tunnel", leg=Cause.Leg.PLACE)
        draft = make_picture(burlov, supersedes=picture)
        make_cause(make_problem(draft, "Inte fastställt"), "Inte heller")
        area = burlov.focus_areas.get(number=1)
        area.problems.set([first])
        # Who the problem is worked with by is the focus area's history: a row is written when it is saved.
        area.save()
        tuben = activity_of(burlov, "TuBen")
        tuben.expected_effect, tuben.follow_up_method = "Fler kommer", "En enkät"
        tuben.save()
        make_planned_follow_up(tuben, kind="effect", what="Om fler kommer", how="Enkäten", due_on=day(12, 1))
        make_grant(tuben, reference_number="Brå 12", starts_on=day(1, 1), ends_on=day(12, 31), report_due_on=day(5, 1))
        make_grant(tuben, source="Region Skåne", amount=Decimal("50000.50"), reported_on=day(3, 1))
        group = make_group(burlov, name="Fältgruppen", mandate="Finns ute på kvällen.")
        make_seat(group, "Fältchef", organisation=organisation_of(burlov, "SF"), function=Seat.Function.CONVENER)
        make_seat(group, "Revisor", function=Seat.Function.READER)
    make_follow_up(
        tuben, followed_up_on=day(5, 5), kind=FollowUp.Kind.EFFECT, conclusion="adjust", written_at=at(day(5, 6))
    )
    return burlov


def test_grant_basis_tells_problems_and_causes_of_the_adopted_picture(grounds):
    problems = compiled(grounds, Kind.GRANT).problems

    assert problems.stands == (
        "Ur lägesbild hösten 2022, fastställd av kommunstyrelsen 3 november 2025, § 112, KS/2022:523."
    )
    assert [problem.title for problem in problems.problems] == ["Unga säljer narkotika", "Cykelstölder"]
    first = problems.problems[0]
    assert (first.areas, first.trend, first.reason) == ("Arlöv, Åkarp", "Ökar", "Drabbar barn.")
    assert (first.meets, first.meets_partly) == (("Vanligt",), ("Ökar eller avviker",))
    assert first.causes_summary == "Kvällarna är långa."
    assert [(cause.title, cause.leg, cause.evidence) for cause in first.causes] == [
        ("Få vuxna ute", "Gärningsperson", "Forskning"),
        ("Mörk tunnel", "Objekt eller plats", "Erfarenhet i verksamheten"),
    ]
    assert [name[:9] for name in first.focus_areas] == ["1. Genom "]


def test_grant_basis_tells_how_effects_are_followed_up(grounds):
    effects = {line.activity: line for line in compiled(grounds, Kind.GRANT).effects}

    assert len(effects) == 9
    assert effects["1.1 SSPU-gruppen"].is_missing
    line = effects["1.2 TuBen"]
    assert (line.expected, line.how) == ("Fler kommer.", "En enkät.")
    assert line.planned == ("Effekt, senast 1 december 2026: om fler kommer, enkäten.",)
    assert line.done == ("Följd upp 5 maj 2026: justera.",)


def test_grant_basis_tells_what_has_been_granted(grounds):
    grants = compiled(grounds, Kind.GRANT).grants

    assert grants.sentence.replace("\u00a0", " ") == (
        "Två bidrag på sammanlagt 200 000,50 kronor är registrerade. Ett är inte redovisat än."
    )
    assert [(line.source, line.period, line.state) for line in grants.lines] == [
        ("Region Skåne", "", "Redovisat 1 mars 2026"),
        ("Brottsförebyggande rådet", "1 januari–31 december 2026", "Ska redovisas senast 1 maj 2026, försenat"),
    ]


def test_grant_basis_tells_of_groups_and_seats_but_not_of_people(grounds):
    (group,) = compiled(grounds, Kind.GRANT).organisation

    assert (group.name, group.kind, group.mandate) == ("Fältgruppen", "Arbetsgrupp", "Finns ute på kvällen.")
    assert group.seats == ("Fältchef, SF (sammankallande)",)


def test_grant_basis_without_a_picture_or_grants_says_so(burlov):
    content = compiled(burlov, Kind.GRANT)

    assert content.problems.stands.startswith("Ingen lägesbild är fastställd.")
    assert content.grants.sentence == "Inga bidrag är registrerade."
    assert content.organisation == ()


# --- What is not chosen ---

HELD_IN = {
    Section.CLOSING: ("closing",),
    Section.PROBLEMS: ("problems",),
    Section.EFFECTS: ("effects",),
    Section.PROMISED: ("promised",),
    Section.SITUATION: ("situation",),
    Section.DECISIONS: ("decided",),
    Section.CHILD_INTERESTS: ("child_interests",),
    Section.ORGANISATION: ("organisation",),
    Section.GRANTS: ("grants",),
    Section.LAW: ("law",),
    Section.NOTES: ("notes", "definitions", "abbreviations"),
    Section.PLAN: ("plan_stands",),
    Section.SINCE_LAST: ("since_last",),
}


def scopes(agreement) -> dict[Kind, dict]:
    return {
        Kind.FOCUS_AREA: {"focus_area": agreement.focus_areas.first()},
        Kind.WORKING_GROUP: {"group": group_of(agreement, Group.Kind.WORKING)},
    }


def test_report_without_sections_holds_none_of_them(agreement, coordinator):
    fill(agreement, by=coordinator)
    scope = scopes(agreement)

    contents = [compiled(agreement, Kind(kind), sections=[], **scope.get(kind, {})) for kind in KINDS]

    for content in contents:
        left = {name for names in HELD_IN.values() for name in names if getattr(content, name)}
        assert left - {"decided"} == set(), content.kind
        assert content.decided == DecisionsSection(()), content.kind
        assert content.focus_areas == (), content.kind
        assert content.facts is None, content.kind


def test_plan_without_the_focus_areas_tells_nothing_of_how_it_goes(burlov):
    content = compiled(burlov, Kind.FOLLOW_UP, sections=[Section.PLAN])

    (activity,) = [each for area in content.focus_areas for each in area.activities if each.title == "TuBen"]
    assert (activity.plan_who, activity.assessment_label) == ("SF med UKF, Polisen, BBAB", "Mindre avvikelse")
    assert (activity.text, activity.deviation, activity.promises, activity.done) == ("", "", (), ())
    assert all((area.goals, area.charts) == ((), ()) for area in content.focus_areas)


def test_focus_areas_without_the_plan_hold_nothing_of_its_table(burlov):
    content = compiled(burlov, Kind.FOLLOW_UP, sections=[Section.FOCUS_AREAS])

    activities = [activity for area in content.focus_areas for activity in area.activities]
    assert {(each.plan_who, each.plan_when, each.plan_goals, each.plan_causes) for each in activities} == {
        ("", "", (), ())
    }
    assert json.loads(to_json(content))["report"]["plan_stands"] == ""


def test_kinds_hold_only_sections_that_are_possible(agreement):
    for kind in KINDS.values():
        assert set(kind.usual) <= set(kind.possible), kind.kind
        assert list(kind.possible) == [section for section in Section if section in kind.possible], kind.kind


def test_sections_stand_in_the_reports_order(agreement):
    report = make_report(agreement, sections=[Section.LAW, Section.FOCUS_AREAS, "okänt", Section.GRANTS])

    assert chosen_sections(report) == (Section.FOCUS_AREAS, Section.LAW)


# --- Queries ---


def queries(agreement, *, by, rows: int) -> dict[str, int]:
    before = transaction.savepoint()
    fill(agreement, by=by, rows=rows)
    scope = scopes(agreement)
    counts = {}
    for kind in KINDS:
        report = make_report(agreement, kind=kind, ends_on=TODAY, **scope.get(kind, {}))
        with CaptureQueriesContext(connection) as captured:
            compile_report(report)
        counts[kind] = len(captured)
    transaction.savepoint_rollback(before)
    return counts


def test_every_kind_takes_as_many_queries_for_three_rows_as_for_one(agreement, coordinator):
    one, three = (queries(agreement, by=coordinator, rows=rows) for rows in (1, 3))

    assert one == three
    assert max(one.values()) <= 28

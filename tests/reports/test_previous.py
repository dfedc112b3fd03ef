"""Which issued report the next one is compared with, and that only what was frozen is compared."""

import datetime

import pytest

from accounts.history import recording
from focus_areas import operations
from focus_areas.models import Activity
from reports.compiling import compile_report
from reports.content.facts import Facts
from reports.content.since_last import SinceLast
from reports.frozen import from_json, to_json
from reports.models import Report
from reports.previous import previous_report
from tests.factories import (
    at,
    group_of,
    make_activity,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
    make_status_update,
    organisation_of,
)
from tests.report_factories import make_issued_report, make_report
from tests.reports.scenario import day

MARCH, JUNE, NOVEMBER = day(3, 31), day(6, 30), day(11, 20)
ONGOING, DELAYED = Activity.Status.ONGOING, Activity.Status.DELAYED
GREEN, RED = Activity.Assessment.GREEN, Activity.Assessment.RED


@pytest.fixture
def issue(agreement, coordinator):
    """Issue a report that stands for a day: with what it says now, or with nothing."""

    def issue(stands_for: datetime.date, *, said: Report | None = None, **fields) -> Report:
        data = to_json(compile_report(said)) if said else "{}"
        return make_issued_report(
            agreement,
            by=coordinator,
            data=data,
            **{"ends_on": stands_for, "as_of": at(stands_for, hour=23), "issued_at": at(stands_for, hour=23)} | fields,
        )

    return issue


# --- Which one ---


def test_previous_report_is_the_last_of_its_kind(agreement, issue):
    issue(MARCH)
    june = issue(JUNE)
    issue(JUNE, kind=Report.Kind.CLOSING)

    assert previous_report(make_report(agreement, ends_on=NOVEMBER)) == june


def test_previous_report_is_about_the_same_part_of_the_plan(agreement, issue):
    first, second = make_focus_area(agreement), make_focus_area(agreement)
    group = group_of(agreement, "working")
    area = {"kind": Report.Kind.FOCUS_AREA}
    of_first = issue(MARCH, **area, focus_area=first)
    issue(JUNE, **area, focus_area=second)
    of_group = issue(MARCH, kind=Report.Kind.WORKING_GROUP, group=group)

    assert previous_report(make_report(agreement, **area, focus_area=first, ends_on=NOVEMBER)) == of_first
    assert (
        previous_report(make_report(agreement, kind=Report.Kind.WORKING_GROUP, group=group, ends_on=NOVEMBER))
        == of_group
    )


def test_previous_report_is_none_for_the_first(agreement, other_agreement, issue, coordinator):
    make_issued_report(other_agreement, by=coordinator)
    make_report(agreement, ends_on=MARCH)

    assert previous_report(make_report(agreement, ends_on=NOVEMBER)) is None


def test_previous_report_does_not_stand_for_a_later_day(agreement, issue):
    march = issue(MARCH)
    issue(NOVEMBER)

    assert previous_report(make_report(agreement, ends_on=JUNE)) == march


def test_previous_report_of_two_for_the_same_day_is_the_one_issued_last(agreement, issue):
    late = issue(JUNE, issued_at=at(day(9, 2)))
    issue(JUNE, issued_at=at(day(9, 1)))

    assert previous_report(make_report(agreement, ends_on=NOVEMBER)) == late


def test_previous_report_is_the_correction_and_not_what_it_replaced(agreement, issue):
    wrong = issue(JUNE)
    right = issue(JUNE, replaces=wrong, correction_reason="Fel antal.")

    assert previous_report(make_report(agreement, ends_on=NOVEMBER)) == right


def test_previous_report_of_a_correction_is_that_of_the_replaced_one(agreement, issue):
    march = issue(MARCH)
    june = issue(JUNE, previous=march)
    issue(NOVEMBER)
    draft = make_report(agreement, ends_on=JUNE, replaces=june, correction_reason="Fel antal.")

    assert previous_report(draft) == march


def test_previous_report_of_a_correction_follows_corrections_of_the_one_before(agreement, issue):
    march = issue(MARCH)
    june = issue(JUNE, previous=march)
    corrected = issue(MARCH, replaces=march, correction_reason="Fel antal.")
    draft = make_report(agreement, ends_on=JUNE, replaces=june, correction_reason="Fel antal.")

    assert previous_report(draft) == corrected


def test_previous_report_of_the_first_ones_correction_is_none(agreement, issue):
    first = issue(JUNE)
    draft = make_report(agreement, ends_on=JUNE, replaces=first, correction_reason="Fel antal.")

    assert previous_report(draft) is None


def test_draft_of_a_correction_takes_no_place(agreement, issue):
    june = issue(JUNE)
    make_report(agreement, ends_on=JUNE, replaces=june, correction_reason="Fel antal.")

    assert previous_report(make_report(agreement, ends_on=NOVEMBER)) == june


# --- What has changed since it ---


@pytest.fixture
def walks(agreement) -> Activity:
    """Registered on the first of December: walks to be held all year, with a goal and a promise."""
    with recording(at=at(day(12, 1, 2025))):
        focus_area = make_focus_area(agreement)
        walks = make_activity(
            focus_area, title="Trygghetsvandringar", starts_on=day(1, 1), ends_on=day(12, 31), next_follow_up_on=JUNE
        )
        goal = make_goal(focus_area, statement="Fyra vandringar", target=4, unit="vandringar", kind="production")
        make_commitment(walks, text="Vandringar", goal=goal, starts_on=day(1, 1), ends_on=day(12, 31))
    make_status_update(walks, ONGOING, GREEN, written_at=at(day(2, 1)))
    make_log_entry(walks, commitment=walks.commitments.get(), quantity=1, written_at=at(day(2, 2)))
    return walks


def move_end(activity: Activity, to: datetime.date, *, on: datetime.datetime, reason: str) -> None:
    activity.ends_on = to
    with recording(at=on):
        operations.save_activity(activity=activity, by=None, reason=reason)


def now(agreement, **fields) -> SinceLast:
    return compile_report(make_report(agreement, **{"ends_on": NOVEMBER} | fields)).since_last


def told(found: SinceLast) -> list[tuple[str, str, str]]:
    return [(change.label, change.words, change.reason) for change in found.changes]


def test_first_report_says_that_it_is_the_first(agreement, walks):
    found = now(agreement)

    assert found.is_first
    assert found.headline == "Det här är den första rapporten av sitt slag."


def test_report_tells_what_has_changed_since_the_last(agreement, walks, issue):
    issue(JUNE, said=make_report(agreement, ends_on=JUNE))
    make_status_update(walks, DELAYED, RED, reason="Skolorna har studiedag.", written_at=at(day(9, 1)))
    move_end(walks, day(2, 28, 2027), on=at(day(9, 2), hour=10), reason="Skolorna har studiedag")
    move_end(walks, day(3, 31, 2027), on=at(day(9, 2), hour=14), reason="Påsklovet kommer emellan")
    make_log_entry(walks, commitment=walks.commitments.get(), quantity=3, written_at=at(day(10, 2)))
    make_follow_up(walks, written_at=at(day(10, 15)), next_on=day(2, 1, 2027))
    with recording(at=at(day(10, 16))):
        make_activity(walks.focus_area, title="Nattvandring")

    found = now(agreement)

    assert told(found) == [
        ("Ny aktivitet", "Fokusområde 1", ""),
        ("Ny status", "Pågår till försenad", "Skolorna har studiedag."),
        ("Sämre bedömning", "Enligt plan till större avvikelse", "Skolorna har studiedag."),
        (
            "Flyttat datum",
            "Slutdatum: 31 december 2026 till 31 mars 2027",
            "Skolorna har studiedag. Påsklovet kommer emellan.",
        ),
        ("Hållet åtagande", "Kommunen: Vandringar, minst 4 vandringar. Gjort: 4.", ""),
    ]
    assert [(line.was, line.now) for party in found.promises for line in party.lines] == [("1", "4")]
    assert [(goal.was, goal.now, goal.standing_words) for goal in found.goals] == [("1", "4", "Nått (förut: på väg)")]


def test_what_is_written_into_history_later_changes_nothing_of_what_was_frozen(agreement, walks, issue):
    issue(JUNE, said=make_report(agreement, ends_on=JUNE))
    walks.history.all().delete()
    walks.title = "Vandringar"
    with recording(at=at(day(2, 3))):
        walks.save()

    found = now(agreement)

    assert ("Nytt namn", "Hette ”Trygghetsvandringar”", "") in told(found)


def test_removed_activity_is_told_with_its_reason(agreement, walks, issue):
    with recording(at=at(day(2, 1))):
        gone = make_activity(walks.focus_area, title="Nattvandring")
    issue(JUNE, said=make_report(agreement, ends_on=JUNE))
    with recording(at=at(day(9, 1)), reason="Uppgår i vandringarna"):
        gone.delete()

    assert told(now(agreement)) == [
        ("Struken aktivitet", "Status i förra rapporten: ej påbörjad", "Uppgår i vandringarna.")
    ]


def test_report_of_the_same_day_as_the_last_says_that_nothing_has_changed(agreement, walks, issue):
    issue(JUNE, said=make_report(agreement, ends_on=JUNE))

    found = now(agreement, ends_on=JUNE)

    assert (found.is_comparable, found.has_changed) == (True, False)


def test_facts_are_masked_where_they_count_few_people(agreement, walks):
    police = organisation_of(agreement, "Polisen")
    with recording(at=at(day(1, 2))):
        few = make_commitment(walks, police, text="Stöd", planned=9, unit="personer")
        many = make_commitment(walks, police, text="Besök", planned=9, unit="ungdomar")
    make_log_entry(walks, commitment=few, quantity=4, written_at=at(day(2, 5)))
    make_log_entry(walks, commitment=many, quantity=7, written_at=at(day(2, 5)))

    facts = compile_report(make_report(agreement, ends_on=NOVEMBER)).facts

    counts = {fact.text: (fact.done, fact.done_words, fact.is_masked) for fact in facts.commitments}
    assert counts == {
        "Vandringar": (1, "1", False),
        "Stöd": (None, "färre än 5", True),
        "Besök": (7, "7", False),
    }


def test_facts_hold_the_decisions_that_are_asked_for_in_updates_and_in_the_report(agreement, walks):
    make_status_update(walks, ONGOING, GREEN, decision_requested="utse processledning", written_at=at(day(5, 2)))

    facts = compile_report(make_report(agreement, decisions_asked="Anta budgeten\n\nBjuda in skolan.")).facts

    assert [(asked.activity_id, asked.text) for asked in facts.asked] == [
        (walks.pk, "utse processledning."),
        (None, "Anta budgeten."),
        (None, "Bjuda in skolan."),
    ]


@pytest.mark.parametrize("kind", [Report.Kind.PUBLIC, Report.Kind.COUNCIL, Report.Kind.GRANT])
def test_kinds_that_never_compare_keep_no_facts(agreement, walks, kind):
    content = compile_report(make_report(agreement, kind=kind))

    assert (content.facts, content.since_last) == (None, None)


def test_report_on_promises_keeps_nothing_of_how_activities_go(agreement, walks):
    facts = compile_report(make_report(agreement, kind=Report.Kind.PROMISES)).facts

    assert [(fact.title, fact.status, fact.reason, fact.ends_on) for fact in facts.activities] == [
        ("Trygghetsvandringar", "", "", None)
    ]
    assert [fact.text for fact in facts.commitments] == ["Vandringar"]
    assert facts == Facts(facts.as_of, activities=facts.activities, commitments=facts.commitments)


def test_last_report_that_cannot_be_read_does_not_stop_the_next(agreement, walks, issue):
    june = issue(JUNE)

    found = now(agreement)

    assert (found.previous.report_id, found.is_comparable) == (june.pk, False)


def test_comparing_asks_as_many_questions_however_much_has_changed(
    agreement, walks, issue, django_assert_max_num_queries
):
    issue(JUNE, said=make_report(agreement, ends_on=JUNE))
    draft = make_report(agreement, ends_on=NOVEMBER)
    for number in range(5):
        with recording(at=at(day(9, 1))):
            make_activity(walks.focus_area, title=f"Aktivitet {number}")
    with django_assert_max_num_queries(17):
        found = compile_report(draft).since_last

    assert found.count == 5


def test_compiled_report_comes_back_from_what_is_frozen(burlov):
    content = compile_report(make_report(burlov))

    assert from_json(to_json(content)) == content

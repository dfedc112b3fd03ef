"""What the report says, and that it is what was true on its date."""

import datetime

import pytest

from accounts.history import recording
from agreements.models import Agreement
from focus_areas import operations
from focus_areas.models import Activity, Goal
from reports.content import ReportContent, collect
from reports.content.report import ActivitySection
from tests.factories import (
    at,
    make_activity,
    make_agreement,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
    make_status_update,
    organisation_of,
)
from tests.reports.scenario import ENDS_ON, STARTS_ON, activity_of, day

RED, YELLOW, GREEN = Activity.Assessment.RED, Activity.Assessment.YELLOW, Activity.Assessment.GREEN
DELAYED, ONGOING = Activity.Status.DELAYED, Activity.Status.ONGOING


def half_year(agreement: Agreement, **when) -> ReportContent:
    return collect(agreement, **{"starts_on": STARTS_ON, "ends_on": ENDS_ON} | when)


def section(report: ReportContent, title: str) -> ActivitySection:
    found = [each for area in report.focus_areas for each in area.activities if each.title == title]
    assert len(found) == 1, title
    return found[0]


def figures(report: ReportContent) -> dict[str, tuple[str, str, str]]:
    return {row.label: (row.now, row.start, row.change) for group in report.figures for row in group.rows}


# --- As it stood ---


def test_collect_shows_the_status_of_the_reports_date(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    make_status_update(walks, ONGOING, GREEN, text="Allt går bra.", written_at=at(day(5, 4)))
    make_status_update(walks, DELAYED, RED, text="Det har stannat.", written_at=at(day(8, 4)))

    june, november = half_year(plan), half_year(plan, ends_on=day(11, 22))

    assert (section(june, walks.title).status_label, section(june, walks.title).assessment_label) == (
        "Pågår",
        "Enligt plan",
    )
    assert section(june, walks.title).text == "Allt går bra."
    assert section(june, walks.title).deviation == ""
    assert section(november, walks.title).status_label == "Försenad"
    assert section(november, walks.title).deviation == "Resurser saknas."


def test_collect_shows_the_title_and_number_of_the_reports_date(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    walks.title, walks.number = "Trygga vandringar", 9
    with recording(at=at(day(9, 1))):
        walks.save()

    titles = [each.full_title for area in half_year(plan).focus_areas for each in area.activities]
    later = [each.full_title for area in half_year(plan, ends_on=day(9, 2)).focus_areas for each in area.activities]

    assert "3.3 Trygghetsvandringar" in titles
    assert "3.9 Trygga vandringar" in later


def test_collect_shows_who_led_on_the_reports_date(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(9, 1))):
        operations.save_activity(activity=walks, by=None, process_lead=[organisation_of(plan, "SF")], participants=[])

    assert section(half_year(plan), walks.title).actors == "Leds av KLF, med Polisen."
    assert section(half_year(plan, ends_on=day(9, 1)), walks.title).actors == "Leds av SF."


def test_collect_shows_what_was_promised_on_the_reports_date(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(1, 15))):
        commitment = make_commitment(walks, text="Vandringar", planned=4)
    commitment.planned = 6
    with recording(at=at(day(9, 1))):
        commitment.save()

    assert section(half_year(plan), walks.title).promises[0].outcome == (
        "utfall ej redovisat, lovat: minst 4 vandringar"
    )
    later = section(half_year(plan, ends_on=day(9, 1)), walks.title)
    assert later.promises[0].outcome == "utfall ej redovisat, lovat: minst 6 vandringar"


def test_collect_counts_a_log_entry_that_was_removed_later(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(1, 15))):
        commitment = make_commitment(walks, text="Vandringar", planned=4)
    entry = make_log_entry(
        walks, commitment=commitment, quantity=1, happened_on=day(3, 1), text="I Åkarp.", written_at=at(day(3, 2))
    )
    with recording(at=at(day(8, 1))):
        operations.remove_log_entry(entry=entry, by=entry.created_by)

    june, august = (section(half_year(plan, ends_on=end), walks.title) for end in (ENDS_ON, day(8, 2)))

    assert ([line.text for line in june.done], june.promises[0].done) == (["I Åkarp."], "1")
    assert (august.done, august.promises[0].done) == ((), "")


def test_collect_leaves_out_what_was_written_after_the_reports_date(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    make_log_entry(walks, happened_on=day(6, 20), text="Skrivet i efterhand.", written_at=at(day(7, 3)))

    assert section(half_year(plan), walks.title).done == ()
    assert section(half_year(plan, as_of=at(day(7, 5))), walks.title).done[0].text == "Skrivet i efterhand."


def test_collect_says_what_time_it_is_when_the_period_ends_today(burlov):
    report = half_year(burlov, ends_on=day(11, 23))

    assert report.as_of_words == "23 november 2026 kl. 09.00"
    assert half_year(burlov).as_of_words == "30 juni 2026"


def test_collect_knows_a_day_that_ends_at_midnight_in_sweden(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    make_status_update(walks, ONGOING, GREEN, text="Strax före.", written_at=at(ENDS_ON, 23))
    make_status_update(walks, ONGOING, GREEN, text="Strax efter.", written_at=at(day(7, 1), 0))

    assert section(half_year(plan), walks.title).text == "Strax före."


def test_collect_before_registration_uses_the_first_plan_and_says_so(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    make_status_update(walks, ONGOING, YELLOW, text="Redan i oktober.", written_at=at(day(10, 5, 2025)))
    note = "Överenskommelsen lades in i portalen den 1 december 2025. Läget dessförinnan finns inte registrerat."

    report = half_year(plan, starts_on=day(7, 1, 2025), ends_on=day(10, 31, 2025))

    assert report.registration_note == note
    assert [len(area.activities) for area in report.focus_areas] == [2, 2, 5]
    assert section(report, walks.title).text == "Redan i oktober."
    assert section(report, walks.title).assessment == YELLOW
    assert {row.start for group in report.figures for row in group.rows} == {"–"}
    assert note in [said.meaning for said in report.notes]


def test_collect_cannot_compare_with_a_time_before_registration(plan):
    report = half_year(plan, starts_on=day(12, 1, 2025))

    assert report.registration_note == ""
    assert report.figures_note.startswith("Överenskommelsen lades in i portalen den 1 december 2025.")
    assert figures(report)["Ej bedömd"] == ("9", "–", "–")


# --- Promises: kept, and the kinds of "no number" ---


def test_figures_count_promises_kept_and_never_units(burlov):
    assert figures(half_year(burlov)) == {
        "Enligt plan": ("4", "2", "+2"),
        "Mindre avvikelse": ("2", "0", "+2"),
        "Större avvikelse": ("2", "0", "+2"),
        "Ej bedömd": ("1", "7", "−6"),
        "Kommunen": ("1 av 5", "0 av 5", "+1"),
        "Polisen": ("2 av 5", "0 av 5", "+2"),
        "Gemensamt": ("0 av 2", "0 av 2", "0"),
        "Varav över det lovade": ("1", "0", "+1"),
        "Ej redovisade": ("1", "0", "+1"),
        "Utan antal, följs upp i ord": ("2", "2", "0"),
        "Försenade aktiviteter": ("2", "0", "+2"),
        "Försenade uppföljningar": ("1", "0", "+1"),
    }


@pytest.mark.parametrize(
    ("comparison", "planned", "done", "kept"),
    [
        ("at_least", 4, 3, "0 av 1"),
        ("at_least", 4, 4, "1 av 1"),
        ("at_least", 8, 20, "1 av 1"),
        ("exactly", 2, 1, "0 av 1"),
        ("about", 10, 9, "1 av 1"),
        ("about", 10, 8, "0 av 1"),
    ],
)
def test_figures_keep_a_promise_by_its_comparison(plan, comparison, planned, done, kept):
    walks = activity_of(plan, "Trygghetsvandringar")
    commitment = make_commitment(walks, comparison=comparison, planned=planned)
    make_log_entry(walks, commitment=commitment, quantity=done)

    assert figures(collect(plan, starts_on=STARTS_ON, ends_on=day(11, 23)))["Kommunen"][0] == kept


def test_figures_leave_out_promises_for_another_time(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(1, 2))):
        make_commitment(walks, text="I fjol", starts_on=day(1, 1, 2025), ends_on=day(12, 31, 2025))
        make_commitment(walks, text="Utan datum")

    report = half_year(plan)

    assert figures(report)["Kommunen"][0] == "0 av 1"
    assert [promise.what for promise in section(report, walks.title).promises] == ["Utan datum"]


def test_figures_say_nothing_promised_without_zero_of_zero(plan):
    report = half_year(plan)

    assert figures(report)["Kommunen"] == ("inga", "–", "–")
    assert "0 av 0" not in str(report)
    assert "Inga åtaganden är registrerade för perioden." in report.summary


def test_promises_tell_done_none_done_and_not_reported_apart(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(1, 2))):
        zero, silent, exact, words, unknown, more, bare = (
            make_commitment(walks, text="Noll"),
            make_commitment(walks, text="Tyst"),
            make_commitment(walks, text="Precis", comparison="exactly", planned=2),
            make_commitment(walks, text="Ord", planned=None, outcome="Belysningen är bytt"),
            make_commitment(walks, text="Okänt", planned=None),
            make_commitment(walks, text="Fler", planned=8),
            make_commitment(walks, text="Utan löfte", planned=None),
        )
    for commitment, quantity in ((zero, 0), (exact, 1), (more, 20), (bare, 7)):
        make_log_entry(walks, commitment=commitment, quantity=quantity, written_at=at(day(3, 1)))

    said = {
        line.what: (line.done, line.outcome, line.words, line.percent)
        for line in section(half_year(plan), walks.title).promises
    }

    assert said == {
        "Noll": ("0", "av minst 4 vandringar", "", 0),
        "Tyst": ("", "utfall ej redovisat, lovat: minst 4 vandringar", "", None),
        "Precis": ("1", "av precis 2 vandringar", "", 50),
        "Ord": ("", "inget antal lovat.", "Belysningen är bytt.", None),
        "Okänt": ("", "inget antal lovat, utfall ej redovisat", "", None),
        "Fler": ("20", "av minst 8 vandringar, 12 över", "", 100),
        "Utan löfte": ("", "7 gjort, inget antal lovat", "", None),
    }
    assert silent.planned == 4
    assert unknown.planned is None
    assert words.outcome == "Belysningen är bytt"


# --- Small counts ---


def test_done_masks_few_participants_and_few_people(burlov):
    report = half_year(burlov)

    assert section(report, "TuBen").done[-1].text == "Föräldrakväll om stöd i vardagen (färre än 5 deltagare)."
    leavers = section(report, "Avhopparverksamhet")
    assert leavers.done[0].text == "Samtal om stöd (färre än 5 personer)."
    assert (leavers.promises[0].done, leavers.promises[0].outcome, leavers.promises[0].percent) == (
        "färre än 5",
        "av minst 5 personer",
        None,
    )


def test_done_shows_no_participants_and_many(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    for month, participants in ((2, 0), (3, 5)):
        make_log_entry(
            walks, happened_on=day(month, 1), participant_count=participants, text="Vandring.", written_at=at(day(4, 1))
        )

    assert [line.text for line in section(half_year(plan), walks.title).done] == [
        "Vandring (5 deltagare).",
        "Vandring (0 deltagare).",
    ]


def test_goal_masks_few_people(plan):
    leavers = activity_of(plan, "Avhopparverksamhet")
    with recording(at=at(day(1, 2))):
        goal = make_goal(
            leavers.focus_area,
            kind=Goal.Kind.PRODUCTION,
            statement="Stödja fler",
            baseline=2,
            target=10,
            unit="personer",
        )
        commitment = make_commitment(leavers, planned=10, unit="Personer", goal=goal)
    make_log_entry(leavers, commitment=commitment, quantity=3, written_at=at(day(3, 1)))

    (line,) = half_year(plan).focus_areas[2].goals

    assert (line.baseline, line.now, line.target) == ("färre än 5", "färre än 5", "10 personer")


# --- Focus areas and activities ---


def test_goals_are_measured_only_in_their_own_unit(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    with recording(at=at(day(1, 2))):
        goal = make_goal(walks.focus_area, statement="Fyra vandringar", target=4, unit="vandringar")
        other = make_goal(walks.focus_area, statement="Annan enhet", target=4, unit="timmar")
        silent = make_goal(walks.focus_area, statement="Tyst", target=4, unit="möten", parent=goal)
        counted = make_commitment(walks, goal=goal)
        hours = make_commitment(walks, goal=other)
        make_commitment(walks, goal=silent, unit="möten")
    for commitment in (counted, hours):
        make_log_entry(walks, commitment=commitment, quantity=3, written_at=at(day(3, 1)))

    lines = half_year(plan).focus_areas[2].goals

    assert [(line.statement, line.now, line.standing, line.is_sub_goal) for line in lines] == [
        ("Fyra vandringar", "3", "På väg", False),
        ("Tyst", "–", "Inte rapporterat", True),
        ("Annan enhet", "–", "Mäts inte än", False),
    ]


def test_activity_lists_five_log_entries_and_counts_the_rest(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    for month in (1, 2, 3, 4, 5, 6, 7):
        make_log_entry(walks, happened_on=day(month, 1), text=f"Månad {month}", written_at=at(day(6, 2)))

    found = section(half_year(plan), walks.title)

    assert [line.text for line in found.done] == ["Månad 6.", "Månad 5.", "Månad 4.", "Månad 3.", "Månad 2."]
    assert found.done_left_out == 1


def test_activity_shows_follow_ups_of_the_period_with_approvals_and_dissent(burlov):
    walks = activity_of(burlov, "Trygghetsvandringar")
    make_follow_up(walks, followed_up_on=day(8, 1), written_at=at(day(8, 1)))

    (found,) = section(half_year(burlov), walks.title).follow_ups

    assert (found.day, found.kind, found.conclusion) == ("12 maj 2026", "produktion", "Fortsätt")
    assert found.approvals == (
        "Godkänd av kommunen 13 maj 2026 (Maja Samordnare) och godkänd av polisen 14 maj 2026 (Maja Samordnare)."
    )
    assert found.dissents == ("Polisen: Vandringarna bör gå senare på kvällen.",)


def test_deviation_without_reason_is_explained_by_what_was_last_said(plan):
    walks = activity_of(plan, "Trygghetsvandringar")
    make_status_update(walks, ONGOING, YELLOW, written_at=at(day(3, 1)), text="Två av fyra vandringar är gjorda.")

    report = half_year(plan)

    (line,) = [line for line in report.assessed if line.is_off_plan]
    assert (line.activities, line.reason) == ("3.3 Trygghetsvandringar", "Två av fyra vandringar är gjorda.")
    assert section(report, walks.title).deviation == ""


def test_first_page_lists_deviations_first_and_then_the_rest(burlov):
    assert [(line.assessment_label, line.activities, line.status_label) for line in half_year(burlov).assessed] == [
        ("Större avvikelse", "2.2 Våld och misshandel mot barn", "försenad"),
        ("Större avvikelse", "3.4 Avhopparverksamhet", "försenad"),
        ("Mindre avvikelse", "1.2 TuBen", ""),
        ("Mindre avvikelse", "3.1 Livet mellan husen", "pausad"),
        (
            "Enligt plan",
            "1.1 SSPU-gruppen, 2.1 Våld i nära relation och hedersrelaterat våld, 3.2 Företag mot brott, "
            "3.3 Trygghetsvandringar",
            "",
        ),
        ("Ej bedömd", "3.5 Grannsamverkan", ""),
    ]


def test_summary_says_it_in_five_sentences(burlov):
    assert half_year(burlov).summary == (
        "Fyra av nio aktiviteter går enligt plan, två har en mindre avvikelse, två har en större och en är inte "
        "bedömd.",
        "3 av 12 löften med antal hållna, varav 1 över, 1 ej redovisat, 8 pågår; 2 utan antal (hållna: kommunen "
        "1 av 5, polisen 2 av 5 och gemensamt 0 av 2).",
        "Försenade eller med större avvikelse: 2.2 Våld och misshandel mot barn och 3.4 Avhopparverksamhet.",
        "En uppföljning är försenad: 3.5 Grannsamverkan. Inget har hörts på 30 dagar från 3.1 Livet mellan husen.",
        "Överenskommelsen går ut 31 december 2026. Styrgruppen behöver fatta tre beslut.",
    )


def test_decisions_come_from_the_latest_update_only(burlov):
    assert [request.activity for request in half_year(burlov).decisions] == [
        "2.2 Våld och misshandel mot barn",
        "3.1 Livet mellan husen",
        "3.4 Avhopparverksamhet",
    ]

    houses = activity_of(burlov, "Livet mellan husen")
    make_status_update(houses, written_at=at(day(7, 1)))

    later = half_year(burlov, ends_on=day(7, 2)).decisions
    assert "3.1 Livet mellan husen" not in [request.activity for request in later]


def test_plan_names_its_gaps(db, frozen_today):
    agreement = make_agreement()
    make_activity(make_focus_area(agreement))

    (activity,) = collect(agreement, starts_on=day(1, 1), ends_on=day(11, 23)).focus_areas[0].activities

    assert (activity.plan_goals, activity.plan_when, activity.plan_who) == ((), "", "")
    assert activity.plan_lacks_follow_up
    assert activity.actors == "Processledning saknas."


def test_title_names_the_parties(burlov):
    report = half_year(burlov)

    assert report.title == "Samverkan mellan Burlövs kommun och lokalpolisområde Kävlinge"
    assert report.parties == "Burlövs kommun och lokalpolisområde Kävlinge"


def test_abbreviations_are_those_of_the_actors(burlov):
    assert [each.term for each in half_year(burlov).abbreviations] == ["BBAB", "KLF", "Polisen", "SF", "UKF"]


# --- Empty, and large ---


def test_collect_of_an_empty_agreement(db, frozen_today):
    agreement = make_agreement(reference_number="", starts_on=None, ends_on=None)
    agreement.parties.all().delete()

    report = collect(agreement, starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 11, 23))

    assert report.title == agreement.title
    assert report.reference == agreement.title
    assert report.focus_areas == report.assessed == report.decisions == ()
    assert report.summary == (
        "Planen har inga aktiviteter än.",
        "Inga åtaganden är registrerade för perioden.",
        "Överenskommelsen har inget slutdatum registrerat. Inga beslut begärs av styrgruppen.",
    )


def test_collect_asks_as_many_questions_whatever_the_amount(burlov, django_assert_num_queries):
    with django_assert_num_queries(17):
        half_year(burlov)

    with recording(at=at(day(2, 1))):
        area = make_focus_area(burlov, title="Ett till")
        for number in range(5):
            activity = make_activity(area, lead=[burlov.municipality], title=f"Ny {number}")
            activity.goals.add(make_goal(area))
            commitment = make_commitment(activity)
            make_log_entry(activity, commitment=commitment, quantity=1)
            make_status_update(activity)
            make_follow_up(activity, followed_up_on=day(2, 1), approved_for=("police", "municipality"))

    with django_assert_num_queries(17):
        report = half_year(burlov)
    assert len(report.focus_areas[3].activities) == 5

"""Since the last report: two sets of facts, and the changes between them as a person writes them down."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from reports.content.facts import AskedFact, Facts, Removal
from reports.content.since_last import SinceLast, since_last
from tests.reports.scenario import day
from tests.reports.since_last_table import AUTUMN, LAST, NOVEMBER, TABLE, activity, commitment, facts, goal


def compared(before: Facts, now: Facts) -> SinceLast:
    return since_last(before, replace(now, as_of=NOVEMBER), previous=LAST, as_of="20 november 2026")


def rows(found: SinceLast) -> list[tuple[str, str, str, str]]:
    return [(change.label, change.what, change.words, change.reason) for change in found.changes]


@pytest.mark.parametrize(("before", "now", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_since_last_tells_what_the_table_says(before, now, expected):
    found = compared(facts(*before), facts(*now))

    assert rows(found) == expected


def test_since_last_says_why_an_activity_was_removed_where_that_was_written():
    found = compared(
        facts(activity(1, "TuBen")), facts(removed=[Removal(1, at=AUTUMN, reason="Uppgår i Nattvandring")])
    )

    assert rows(found) == [
        ("Struken aktivitet", "1.1 TuBen", "Status i förra rapporten: pågår", "Uppgår i Nattvandring.")
    ]


def test_since_last_pairs_no_activity_with_one_of_two_that_share_its_name():
    before = [activity(1, "Möten")]
    now = [activity(8, "Möten", number="2.1"), activity(9, "Möten", number="3.1")]

    found = compared(facts(*before), facts(*now))

    assert [change.label for change in found.changes] == ["Ny aktivitet", "Ny aktivitet", "Struken aktivitet"]


def test_since_last_follows_promises_through_an_activity_that_was_entered_anew():
    before = [activity(1, "TuBen"), commitment(1, 1, "Pass")]
    now = [activity(9, "TuBen", number="1.1"), commitment(7, 9, "Pass", done=3, done_words="3")]

    found = compared(facts(*before), facts(*now))

    assert [change.label for change in found.changes] == ["Inlagd på nytt"]
    assert [(line.name, line.was, line.now) for line in found.promises[0].lines] == [("1.1 TuBen: pass", "2", "3")]


def test_since_last_tells_each_partys_progress():
    before = [
        activity(1, "TuBen"),
        commitment(1, 1, "Möten", outcome="likely"),
        commitment(2, 1, "Pass", party="Gemensamt", who="Gemensamt"),
        commitment(3, 1, "Besök", party="Polisen", who="Polisen", done=None, done_words="", outcome="not_reported"),
        commitment(4, 1, "Rutin", party="Polisen", who="Polisen", outcome="in_words", promise=""),
        commitment(5, 1, "Förra årets", party="Polisen", outcome="not_kept", is_counted=False),
    ]
    now = [
        activity(1, "TuBen"),
        commitment(1, 1, "Möten", outcome="kept", done=4, done_words="4"),
        commitment(2, 1, "Pass", party="Gemensamt", who="Gemensamt"),
        commitment(3, 1, "Besök", party="Polisen", who="Polisen", done=1, done_words="1", outcome="unlikely"),
        commitment(4, 1, "Rutin", party="Polisen", who="Polisen", outcome="in_words", promise=""),
        commitment(5, 1, "Förra årets", party="Polisen", outcome="not_kept", is_counted=False),
    ]

    found = compared(facts(*before), facts(*now))

    assert [(party.heading, party.sentence) for party in found.promises] == [
        ("Kommunen", "Hållna åtaganden med antal: 1 av 1, mot 0 av 1 i förra rapporten."),
        ("Polisen", "Hållna åtaganden med antal: 0 av 1, som i förra rapporten."),
        ("Gemensamt", "Hållna åtaganden med antal: 0 av 1, som i förra rapporten."),
    ]
    assert [
        (line.what, line.was, line.now, line.promise, line.outcome_words)
        for party in found.promises
        for line in party.lines
    ] == [
        ("Möten", "2", "4", "minst 4 möten", "Hållet (förut: väntas hållas)"),
        ("Besök", "ej redovisat", "1", "minst 4 möten", "Väntas inte hållas (förut: utfall saknas)"),
    ]


def test_since_last_shows_no_small_count_of_people():
    people = {"unit": "personer", "promise": "minst 5 personer", "outcome": "unlikely"}
    masked = {"done": None, "done_words": "färre än 5", "is_masked": True}
    before = [activity(1, "Stöd"), commitment(1, 1, "A", **people, **masked), commitment(2, 1, "B", **people, **masked)]
    now = [
        activity(1, "Stöd"),
        commitment(1, 1, "A", **people, **masked),
        commitment(2, 1, "B", **people, done=7, done_words="7"),
    ]

    found = compared(facts(*before), facts(*now))

    assert [(line.what, line.was, line.now) for line in found.promises[0].lines] == [("B", "färre än 5", "7")]


def test_since_last_tells_where_goals_have_got():
    before = [goal(1, "Tio möten"), goal(2, "Tryggare", now_words="2,22", now_of="2022"), goal(3, "En analys")]
    now = [
        goal(1, "Tio möten", now_words="10", standing="reached", standing_label="Nått"),
        goal(2, "Tryggare", now_words="1,76", now_of="2023"),
        goal(3, "En analys"),
    ]

    found = compared(facts(*before), facts(*now))

    assert [(line.statement, line.was, line.now, line.target, line.standing_words) for line in found.goals] == [
        ("Tio möten", "5", "10", "10 möten", "Nått (förut: på väg)"),
        ("Tryggare", "2,22 (2022)", "1,76 (2023)", "10 möten", "På väg"),
    ]


def test_since_last_says_which_decisions_are_asked_for_again():
    asked = [
        AskedFact(1, "1.1 TuBen", "Flytta slutdatum."),
        AskedFact(2, "1.2 Lov", "Utse processledning."),
        AskedFact(None, "", "Anta budgeten."),
    ]
    now = [AskedFact(1, "1.7 TuBen", "flytta  slutdatum"), AskedFact(2, "1.2 Lov", "Avsluta den.")]

    found = compared(facts(*asked), facts(*now))

    assert [(line.what, line.text, line.words) for line in found.asked] == [
        ("1.1 TuBen", "Flytta slutdatum.", "Begärs igen"),
        ("1.2 Lov", "Utse processledning.", "Begärs inte längre"),
        ("", "Anta budgeten.", "Begärs inte längre"),
    ]


# --- The headline ---


def test_headline_counts_every_kind_of_change():
    before = [activity(1, "A"), activity(2, "B"), activity(3, "C"), activity(4, "D"), commitment(1, 1, "Möten")]
    now = [
        activity(1, "A", status="completed"),
        activity(2, "B", status="delayed", ends_on=day(4, 30, 2027)),
        activity(3, "C", assessment="red"),
        activity(5, "E"),
        commitment(1, 1, "Möten", outcome="kept", done=4, done_words="4"),
    ]

    found = compared(facts(*before), facts(*now))

    assert found.count == 7
    assert found.headline == (
        "Sju ändringar sedan förra rapporten, läget den 30 juni 2026: en ny aktivitet, en struken aktivitet, en "
        "genomförd aktivitet, en ändrad status, en sämre bedömning, ett flyttat datum och ett hållet åtagande. Ett "
        "åtagande har ett nytt utfall."
    )
    assert found.unchanged_words == ""


def test_headline_when_only_numbers_have_moved():
    before = [activity(1, "A"), commitment(1, 1, "Möten"), goal(1, "Tio möten")]
    now = [activity(1, "A"), commitment(1, 1, "Möten", done=3, done_words="3"), goal(1, "Tio möten", now_words="6")]

    found = compared(facts(*before), facts(*now))

    assert found.headline == (
        "Planen är som i förra rapporten, läget den 30 juni 2026. Ett åtagande har ett nytt utfall. Ett mål har ett "
        "nytt läge."
    )
    assert found.unchanged_words == "Inga aktiviteter har tillkommit eller strukits."


def test_headline_when_nothing_has_changed():
    found = compared(facts(activity(1, "A")), facts(activity(1, "A")))

    assert not found.has_changed
    assert found.headline == "Inget har ändrats sedan förra rapporten, läget den 30 juni 2026."


def test_the_first_report_has_nothing_to_compare_with():
    found = since_last(None, facts(activity(1, "A")), previous=None, as_of="20 november 2026")

    assert found.is_first
    assert found.headline == "Det här är den första rapporten av sitt slag."


def test_a_previous_report_without_facts_cannot_be_compared_with():
    found = since_last(None, facts(activity(1, "A")), previous=LAST, as_of="20 november 2026")

    assert (found.is_first, found.is_comparable, found.changes) == (False, False, ())
    assert found.headline == "Den förra rapporten har inga uppgifter som går att jämföra med."


# --- As it is read ---


def shown(found: SinceLast) -> str:
    part = {"anchor": "sedan", "title": "Sedan förra rapporten"}
    html = render_to_string("reports/_since_last.html", {"report": {"since_last": found}, "part": part})
    return " ".join(strip_tags(html).split())


def test_section_of_the_first_report_says_so():
    assert shown(since_last(None, facts(), previous=None, as_of="")) == (
        "Sedan förra rapporten Det här är den första rapporten av sitt slag. Nästa rapport visar vad som har ändrats "
        "sedan den här."
    )


def test_section_where_nothing_has_changed_says_so():
    assert shown(compared(facts(activity(1, "A")), facts(activity(1, "A")))) == (
        "Sedan förra rapporten Jämfört med Uppföljning första halvåret 2026 (KS/2026:411), utfärdad 1 september 2026. "
        "Inget har ändrats mellan 30 juni 2026 och 20 november 2026. Inga aktiviteter har tillkommit eller strukits."
    )


def test_section_names_a_last_report_that_cannot_be_compared_with():
    assert "Den förra är Uppföljning första halvåret 2026 (KS/2026:411), utfärdad 1 september 2026." in shown(
        since_last(None, facts(), previous=LAST, as_of="")
    )


def test_section_shows_changes_progress_goals_and_decisions():
    before = [activity(1, "A<b>"), commitment(1, 1, "Möten"), goal(1, "Tio"), AskedFact(1, "1.1 A<b>", "Anta den.")]
    now = [
        activity(1, "A<b>", status="paused"),
        commitment(1, 1, "Möten", done_words="3"),
        goal(1, "Tio", now_words="7"),
    ]

    html = shown(compared(facts(*before), facts(*now)))

    assert "Ny status 1.1 A&lt;b&gt; Pågår till pausad –" in html
    assert "Kommunen 1.1 A&lt;b&gt;: möten 2 3 minst 4 möten Väntas hållas" in html
    assert "Tio 5 7 10 möten På väg" in html
    assert "Beslut som begärdes i förra rapporten 1.1 A&lt;b&gt;: Anta den. Begärs inte längre." in html

"""Promised and kept: three kinds of nothing, more than promised, and what is never added up."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from focus_areas.models import Commitment
from focus_areas.models.commitments import is_kept
from focus_areas.progress import goal_progress
from focus_areas.promises import read_promises
from focus_areas.templatetags.marks import kept_bar, kept_words
from tests.factories import (
    TODAY,
    as_person,
    make_activity,
    make_commitment,
    make_focus_area,
    make_goal,
    make_log_entry,
    make_organisation,
    organisation_of,
)

pytestmark = pytest.mark.django_db


def log(commitment, quantity):
    return make_log_entry(commitment.activity, commitment=commitment, quantity=quantity)


def with_done(commitment):
    return Commitment.objects.with_done().get(pk=commitment.pk)


@pytest.mark.parametrize(
    ("comparison", "planned", "done", "kept"),
    [
        ("at_least", 4, 4, True),
        ("at_least", 4, 3, False),
        ("at_least", 8, 20, True),
        ("exactly", 4, 4, True),
        ("exactly", 4, 5, True),
        ("exactly", 4, 3, False),
        ("about", 10, 9, True),
        ("about", 10, 8, False),
        ("at_least", 4, 0, False),
        ("at_least", 4, None, False),
        ("", None, 3, False),
        ("number", 2, 3, True),
        ("number", 2, 1, False),
        ("at_most", 3, 3, True),
        ("at_most", 3, 0, True),
        ("at_most", 3, 4, False),
        ("at_most", 3, None, False),
    ],
)
def test_promise_is_kept_by_its_comparison(comparison, planned, done, kept):
    assert is_kept(comparison=comparison, planned=planned, done=done) is kept


def test_done_is_unknown_until_something_is_reported(activity):
    silent, zero, done = (make_commitment(activity) for _ in range(3))
    log(zero, 0)
    log(done, 2)
    log(done, 1)

    assert [with_done(commitment).done for commitment in (silent, zero, done)] == [None, 0, 3]


def test_words_tell_three_kinds_of_nothing_apart(activity):
    unreported = make_commitment(activity)
    zero = make_commitment(activity)
    log(zero, 0)
    in_words = make_commitment(activity, planned=None, outcome="Rutinen finns.")

    texts = [str(kept_words(with_done(commitment))) for commitment in (unreported, zero, in_words)]

    assert texts == [
        "utfall ej redovisat, minst 4 vandringar lovat",
        "<b>0</b> av minst 4 vandringar",
        "Rutinen finns.",
    ]


def test_more_than_promised_is_shown_as_it_is(activity):
    commitment = make_commitment(activity, planned=8)
    log(commitment, 20)

    assert str(kept_words(with_done(commitment))) == "<b>20</b> av minst 8 vandringar, 12 över"
    assert 'width="100" height="6"/></svg>' in kept_bar(20, 8)


def test_promises_are_counted_per_party_and_jointly_once(agreement, activity):
    municipal = make_commitment(activity, organisation_of(agreement, "KLF"), planned=4)
    make_commitment(activity, organisation_of(agreement, "SF"), planned=2, unit="kvällar")
    police = make_commitment(activity, organisation_of(agreement, "Polisen"), planned=None)
    joint = make_commitment(activity, is_joint=True, planned=1)
    log(municipal, 4)
    log(joint, 1)

    promises = read_promises(agreement, today=TODAY)

    assert police.planned is None
    assert [(one.heading, one.promised, one.kept, one.in_words) for one in promises.parties] == [
        ("Kommunen", 2, 1, 0),
        ("Polisen", 0, 0, 1),
        ("Gemensamt", 1, 1, 0),
    ]


def test_promises_of_another_agreement_are_not_counted(agreement, other_agreement, activity):
    make_commitment(make_activity(make_focus_area(other_agreement)))

    assert read_promises(agreement, today=TODAY).total.promised == 0


def test_commitments_are_current_within_their_dates(activity, today):
    current = make_commitment(activity, starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 12, 31))
    undated = make_commitment(activity)
    make_commitment(activity, starts_on=datetime.date(2025, 1, 1), ends_on=datetime.date(2025, 12, 31))

    assert set(Commitment.objects.current(on=today)) == {current, undated}


def test_goal_adds_up_only_its_own_unit(agreement, activity):
    goal = make_goal(activity.focus_area, kind="production", statement="Fyra vandringar", target=4, unit="vandringar")
    unmeasured = make_goal(activity.focus_area)
    walks = make_commitment(activity, goal=goal, unit="vandringar")
    more_walks = make_commitment(activity, goal=goal, unit="Vandringar")
    meetings = make_commitment(activity, goal=goal, unit="möten")
    for commitment, count in ((walks, 2), (more_walks, 1), (meetings, 9)):
        log(commitment, count)

    progress = goal_progress(activity.focus_area.goals.order_by("pk"))

    assert [(row.goal, row.now, row.is_measured, row.standing) for row in progress] == [
        (goal, 3, True, "on_the_way"),
        (unmeasured, None, False, "not_measured"),
    ]


# --- The page ---


@pytest.fixture
def promised(agreement, activity) -> dict[str, Commitment]:
    """One promise of each outcome in the year 2026, by three parties, jointly, and by somebody who is no party."""
    other = make_organisation("Föreningen Fred", kind="civil_society")
    year = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)}
    past = {"starts_on": datetime.date(2025, 1, 1), "ends_on": datetime.date(2025, 12, 31)}
    klf, police = organisation_of(agreement, "KLF"), organisation_of(agreement, "Polisen")
    promises = {
        "kept": make_commitment(activity, klf, text="Vandringar", **year),
        "likely": make_commitment(activity, klf, text="Kvällar", planned=10, unit="kvällar", **year),
        "unlikely": make_commitment(activity, police, text="Möten", unit="möten", **year),
        "not_kept": make_commitment(activity, police, text="Kontroller", **past),
        "not_reported": make_commitment(activity, is_joint=True, text="Patruller", **year),
        "too_early": make_commitment(activity, other, text="Kurser", starts_on=datetime.date(2026, 12, 1)),
        "in_words": make_commitment(activity, police, text="Närvaro", planned=None, outcome="Synliga på torget."),
    }
    for name, count in (("kept", 20), ("likely", 9), ("unlikely", 1), ("not_kept", 0)):
        log(promises[name], count)
    return promises


def page(client, agreement, **query):
    return client.get(reverse("focus_areas:promises", args=[agreement.pk]), query)


def shown(response) -> list[str]:
    return [row.commitment.text for row in response.context["page_obj"].object_list]


def test_page_tells_each_outcome_apart(client, agreement, promised, reader):
    response = page(as_person(client, reader), agreement)

    rows = {row.commitment.pk: row for row in response.context["page_obj"].object_list}
    assert {name: rows[one.pk].outcome.value for name, one in promised.items()} == {name: name for name in promised}
    text = response.content.decode()
    sentence = "1 av 6 löften med antal hållna, varav 1 över, 1 inte hållet, 1 ej redovisat, 3 pågår; 1 utan antal."
    assert f"<b>{sentence}</b>" in text
    assert "Väntas inte hållas (väntat 1 av 4)" in text
    assert "<b>20</b> av minst 4 vandringar, 16 över" in text
    assert "lovat minst 4 vandringar" in text
    assert "Utfall: Synliga på torget." in text


def test_figures_are_promises_never_units(client, agreement, promised, reader):
    response = page(as_person(client, reader), agreement)

    figures = [(one.heading, one.kept, one.promised, one.in_words) for one in response.context["parties"]]
    assert figures == [
        ("Kommunen", 1, 2, 0),
        ("Polisen", 0, 2, 1),
        ("Gemensamt", 0, 1, 0),
        ("Övriga", 0, 1, 0),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"utfall": "kept"}, ["Vandringar"]),
        ({"part": "gemensamt"}, ["Patruller"]),
        ({"part": "ovriga"}, ["Kurser"]),
        ({"utfall": "hittepå"}, []),
        ({"sortera": "utfall"}, ["Kontroller", "Möten", "Patruller", "Kurser", "Kvällar", "Vandringar", "Närvaro"]),
        ({"sortera": "slutar"}, ["Kontroller", "Vandringar", "Kvällar", "Möten", "Patruller", "Kurser", "Närvaro"]),
        ({"sortera": "-aktivitet"}, ["Närvaro", "Kurser", "Patruller", "Kontroller", "Möten", "Kvällar", "Vandringar"]),
        ({}, ["Vandringar", "Kvällar", "Möten", "Kontroller", "Närvaro", "Patruller", "Kurser"]),
    ],
)
def test_page_is_filtered_and_sorted(client, agreement, promised, reader, query, expected):
    assert shown(page(as_person(client, reader), agreement, **query)) == expected


def test_page_is_filtered_by_focus_area(client, agreement, promised, reader):
    elsewhere = make_commitment(make_activity(make_focus_area(agreement)), text="Annat")

    response = page(as_person(client, reader), agreement, fokusomrade=elsewhere.activity.focus_area_id)

    assert shown(response) == ["Annat"]


def test_page_without_promises_says_so(client, agreement, reader):
    text = page(as_person(client, reader), agreement).content.decode()

    assert "Inget lovat än" in text
    assert "inget antal lovat" in text
    assert "0 av 0" not in text


def test_agreement_without_days_or_parties_breaks_nothing(client, agreement, promised, reader):
    agreement.parties.all().delete()
    type(agreement).objects.update(starts_on=None, ends_on=None)

    response = page(as_person(client, reader), agreement)

    assert [one.heading for one in response.context["parties"]] == ["Gemensamt", "Övriga"]


def test_page_takes_the_same_queries_for_more(client, agreement, promised, reader, django_assert_num_queries):
    as_person(client, reader)
    page(client, agreement)
    with CaptureQueriesContext(connection) as few:
        page(client, agreement)
    for number in range(5):
        make_commitment(make_activity(make_focus_area(agreement)), organisation_of(agreement, "SF"), text=str(number))

    with django_assert_num_queries(len(few)):
        page(client, agreement)


def test_workbook_has_what_the_filter_leaves_and_masks_people(client, agreement, activity, promised, reader):
    families = make_commitment(activity, is_joint=True, text="Stöd", unit="familjer")
    log(families, 3)

    response = as_person(client, reader).get(
        reverse("focus_areas:promises_export", args=[agreement.pk]), {"part": "gemensamt"}
    )

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = {row[4]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert set(rows) == {"Patruller", "Stöd"}
    assert rows["Stöd"][8] == "färre än 5"
    assert rows["Stöd"][11] == "Väntas inte hållas"
    assert rows["Patruller"][8] is None
    assert rows["Patruller"][11] == "Utfall ej redovisat"


def test_workbook_with_a_personal_number_does_not_leave(client, agreement, activity, reader):
    promise = make_commitment(activity)
    Commitment.objects.filter(pk=promise.pk).update(outcome="Samtal med 19640823-3234")

    response = as_person(client, reader).get(reverse("focus_areas:promises_export", args=[agreement.pk]))

    assert response.url == reverse("focus_areas:promises", args=[agreement.pk])


def test_outsider_finds_no_promises(client, agreement, outsider):
    as_person(client, outsider)

    assert page(client, agreement).status_code == 404


def test_plan_leads_to_the_promises(client, agreement, reader):
    text = as_person(client, reader).get(agreement.get_plan_url()).content.decode()

    assert reverse("focus_areas:promises", args=[agreement.pk]) in text

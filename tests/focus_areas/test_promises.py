"""Promised and kept: three kinds of nothing, more than promised, and what is never added up."""

import datetime

import pytest

from focus_areas.models import Commitment, PartyPromises
from focus_areas.models.commitments import is_kept
from focus_areas.progress import goal_progress
from focus_areas.templatetags.marks import kept_bar, kept_words
from tests.factories import (
    make_activity,
    make_commitment,
    make_focus_area,
    make_goal,
    make_log_entry,
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
    ],
)
def test_kept_is_the_same_in_python_and_in_the_database(activity, comparison, planned, done, kept):
    commitment = make_commitment(activity, planned=planned, comparison=comparison)
    if done is not None:
        log(commitment, done)

    in_database = Commitment.objects.with_done().with_kept().get(pk=commitment.pk).kept

    assert is_kept(comparison=comparison, planned=planned, done=done) is kept
    assert in_database is kept


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

    assert texts == ["utfall saknas, minst 4 lovat", "<b>0</b> av minst 4", "Rutinen finns."]


def test_more_than_promised_is_shown_as_it_is(activity):
    commitment = make_commitment(activity, planned=8)
    log(commitment, 20)

    assert str(kept_words(with_done(commitment))) == "<b>20</b> av minst 8"
    assert 'width="100" height="6"/></svg>' in kept_bar(20, 8)


def test_promises_are_counted_per_party_and_jointly_once(agreement, activity):
    municipal = make_commitment(activity, organisation_of(agreement, "KLF"), planned=4)
    make_commitment(activity, organisation_of(agreement, "SF"), planned=2, unit="kvällar")
    police = make_commitment(activity, organisation_of(agreement, "Polisen"), planned=None)
    joint = make_commitment(activity, is_joint=True, planned=1)
    log(municipal, 4)
    log(joint, 1)

    counted = Commitment.objects.all().promises_by_party(agreement)

    assert police.planned is None
    assert counted == [
        PartyPromises("Kommunen", promised=2, kept=1),
        PartyPromises("Polisen", promised=0, kept=0, in_words=1),
        PartyPromises("Gemensamt", promised=1, kept=1),
    ]


def test_promises_of_another_agreement_are_not_counted(agreement, other_agreement, activity):
    make_commitment(make_activity(make_focus_area(other_agreement)))

    counted = Commitment.objects.all().promises_by_party(agreement)

    assert sum(party.promised for party in counted) == 0


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

    assert [(row.goal, row.now, row.is_measured) for row in progress] == [
        (goal, 3, True),
        (unmeasured, None, False),
    ]

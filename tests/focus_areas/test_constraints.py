"""What the database itself refuses, and what it says in Swedish."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from focus_areas.models import Activity, ChildImpact, Commitment, FocusArea, FollowUp, Goal, LogEntry, StatusUpdate
from tests.factories import author, make_commitment, make_focus_area

pytestmark = pytest.mark.django_db
EARLY, LATE = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


def refuse(thing, message):
    """The form's check says why; and past every form, the database refuses all the same."""
    with pytest.raises(ValidationError) as caught:
        thing.full_clean()
    assert message in " ".join(caught.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


def test_focus_area_number_is_unique_in_its_agreement(agreement):
    make_focus_area(agreement, number=1)

    refuse(FocusArea(agreement=agreement, number=1, title="Annat"), "fokusområde med det numret")


def test_focus_areas_without_number_are_plain_headings(agreement):
    make_focus_area(agreement, number=None, title="Trafik")
    make_focus_area(agreement, number=None, title="Handel")

    assert [str(area) for area in agreement.focus_areas.in_order()] == ["Trafik", "Handel"]


def test_activity_number_is_unique_in_its_focus_area(activity):
    twin = Activity(focus_area=activity.focus_area, number=activity.number, title="Annan")

    refuse(twin, "aktivitet med det numret")


def test_activity_does_not_end_before_it_starts(activity):
    activity.starts_on, activity.ends_on = LATE, EARLY

    refuse(activity, "Slutdatumet kan inte vara före startdatumet.")


def test_activity_amount_needs_a_source(activity):
    activity.funding_amount = 1000

    refuse(activity, "Ange vem som finansierar")


def test_commitment_is_of_one_or_joint(activity):
    refuse(Commitment(activity=activity, text="Möten"), "Välj en organisation")


def test_commitment_is_not_both_of_one_and_joint(activity, agreement):
    both = Commitment(activity=activity, text="Möten", is_joint=True, organisation=agreement.municipality)

    refuse(both, "Välj en organisation")


def test_commitment_with_a_word_has_a_number(activity):
    half = Commitment(activity=activity, text="Möten", is_joint=True, planned=None, comparison="at_least")

    refuse(half, "Ange antalet (minst 1)")


def test_commitment_with_a_number_and_no_word_is_that_number(activity):
    plain = Commitment(activity=activity, text="Möten", is_joint=True, planned=2, unit="områden")

    plain.full_clean()

    assert (plain.comparison, plain.promise_in_words) == ("number", "2 områden")


def test_commitment_of_nothing_is_refused(activity):
    refuse(Commitment(activity=activity, text="Möten", is_joint=True, planned=0, comparison="exactly"), "lika med 1")


def test_commitment_without_number_is_allowed(activity):
    commitment = make_commitment(activity, planned=None, outcome="Rutinen finns.")

    assert not commitment.has_number


def test_commitment_does_not_end_before_it_starts(activity):
    backwards = Commitment(activity=activity, text="Möten", is_joint=True, starts_on=LATE, ends_on=EARLY)

    refuse(backwards, "Sista dagen kan inte vara före den första.")


def test_joint_commitment_is_there_once_for_the_same_time(activity):
    make_commitment(activity, is_joint=True, text="Vandringar")

    refuse(Commitment(activity=activity, is_joint=True, text="Vandringar"), "redan det åtagandet")


def test_log_entry_quantity_needs_a_commitment(activity):
    entry = LogEntry(activity=activity, happened_on=EARLY, text="Möte", quantity=2, created_by=author())

    refuse(entry, "Välj vilket åtagande antalet räknas mot.")


def test_log_entry_quantity_is_not_negative(activity):
    entry = LogEntry(
        activity=activity,
        commitment=make_commitment(activity),
        happened_on=EARLY,
        text="Möte",
        quantity=-1,
        created_by=author(),
    )

    refuse(entry, "större än eller lika med 0")


@pytest.mark.parametrize("status", ["delayed", "paused", "cancelled"])
def test_status_update_needs_a_reason_when_it_deviates(activity, status):
    update = StatusUpdate(activity=activity, status=status, text="Läget", created_by=author())

    refuse(update, "Skriv skälet")


def test_follow_up_next_is_later(activity):
    follow_up = FollowUp(
        activity=activity,
        followed_up_on=LATE,
        next_on=LATE,
        kind="process",
        findings="Bra",
        conclusion="continue",
        created_by=author(),
    )

    refuse(follow_up, "Nästa uppföljning måste vara efter")


def test_goal_baseline_needs_a_target(agreement):
    goal = Goal(focus_area=make_focus_area(agreement), kind="effect", statement="Minska", baseline=2)

    refuse(goal, "Ange målvärdet")


def test_child_impact_is_written_once_for_an_activity(activity):
    ChildImpact.objects.create(activity=activity, children_affected="Elever", conclusion="Bra", assessed_on=EARLY)

    twin = ChildImpact(activity=activity, children_affected="Elever", conclusion="Bra", assessed_on=EARLY)

    refuse(twin, "finns redan")

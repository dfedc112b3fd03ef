import datetime

import pytest
from django.core.exceptions import ValidationError

from focus_areas import operations
from focus_areas.models import Activity, FollowUp, FollowUpApproval, LogEntry, ProcessLead, StatusUpdate
from tests.factories import (
    make_activity,
    make_area,
    make_commitment,
    make_follow_up,
    make_log_entry,
    make_status_update,
    organisation_of,
)

pytestmark = pytest.mark.django_db
MUNICIPALITY, POLICE = FollowUpApproval.Side.MUNICIPALITY, FollowUpApproval.Side.POLICE


def test_leads_keep_the_order_they_are_named_in(agreement, activity, coordinator):
    ukf, sf = organisation_of(agreement, "UKF"), organisation_of(agreement, "SF")

    operations.save_activity(activity=activity, by=coordinator, process_lead=[ukf, sf])

    assert Activity.objects.with_actors().get().lead_organisations == [ukf, sf]


def test_leads_change_only_where_they_differ(agreement, activity, coordinator):
    ukf, sf, klf = (organisation_of(agreement, name) for name in ("UKF", "SF", "KLF"))
    operations.save_activity(activity=activity, by=coordinator, process_lead=[ukf, sf])
    kept = ProcessLead.objects.get(organisation=ukf)

    operations.save_activity(activity=activity, by=coordinator, process_lead=[ukf, klf])

    assert ProcessLead.objects.get(organisation=ukf) == kept
    assert kept.history.count() == 1
    assert ProcessLead.history.filter(organisation=sf, history_type="-").get().history_user == coordinator


def test_log_entry_of_another_activitys_commitment_is_refused(activity, coordinator):
    elsewhere = make_commitment(make_activity(activity.focus_area))
    entry = LogEntry(activity=activity, commitment=elsewhere, quantity=1, happened_on="2026-11-01", text="Möte")

    with pytest.raises(ValidationError, match="annan aktivitet"):
        operations.log_activity(entry=entry, by=coordinator)

    assert not LogEntry.objects.exists()


def test_log_entry_in_another_agreements_area_is_refused(activity, coordinator, other_agreement):
    entry = LogEntry(activity=activity, area=make_area(other_agreement), happened_on="2026-11-01", text="Möte")

    with pytest.raises(ValidationError, match="annan överenskommelse"):
        operations.log_activity(entry=entry, by=coordinator)

    assert not LogEntry.objects.exists()


def test_status_update_moves_the_activity_and_says_why(activity, police_liaison):
    update = StatusUpdate(activity=activity, status="delayed", assessment="red", text="Dröjer", reason="Sjukdom")

    operations.report_status(update=update, by=police_liaison)

    activity.refresh_from_db()
    newest = activity.history.first()
    assert (activity.status, activity.assessment) == ("delayed", "red")
    assert (newest.history_user, newest.history_change_reason) == (police_liaison, "Sjukdom")


def test_unchanged_repeats_everything_said_last(activity, police_liaison):
    before = make_status_update(activity, "delayed", "red", reason="Sjukdom", decision_requested="Mer tid")

    again = operations.report_unchanged(activity=activity, by=police_liaison)

    assert again.pk != before.pk
    assert (again.status, again.reason, again.decision_requested) == ("delayed", "Sjukdom", "Mer tid")
    assert again.created_by == police_liaison


def test_unchanged_without_anything_to_repeat_is_refused(activity, police_liaison):
    with pytest.raises(ValidationError, match="första lägesrapport"):
        operations.report_unchanged(activity=activity, by=police_liaison)


def test_follow_up_moves_the_next_one(activity, coordinator):
    next_on = datetime.date(2027, 4, 15)

    make_follow_up(activity, by=coordinator, next_on=next_on)

    activity.refresh_from_db()
    assert activity.next_follow_up_on == next_on


def test_follow_up_counts_the_next_one_from_the_interval(activity, coordinator):
    activity.follow_up_interval_months = 6
    activity.save()

    make_follow_up(activity, by=coordinator, followed_up_on=datetime.date(2026, 8, 31))

    activity.refresh_from_db()
    assert activity.next_follow_up_on == datetime.date(2027, 2, 28)


def test_older_follow_up_does_not_move_the_next_one(activity, coordinator):
    make_follow_up(
        activity, followed_up_on=datetime.date(2026, 10, 1), next_on=datetime.date(2027, 4, 1), by=coordinator
    )

    make_follow_up(
        activity, followed_up_on=datetime.date(2026, 3, 1), next_on=datetime.date(2026, 9, 1), by=coordinator
    )

    activity.refresh_from_db()
    assert activity.next_follow_up_on == datetime.date(2027, 4, 1)


def test_approving_twice_is_approving_once(activity, coordinator):
    follow_up = make_follow_up(activity)

    for dissent in ("", "Ändrat mig"):
        operations.approve_follow_up(follow_up=follow_up, side=MUNICIPALITY, by=coordinator, dissent=dissent)

    assert [approval.dissent for approval in follow_up.approvals.all()] == [""]


def test_approved_follow_up_does_not_change(activity, coordinator):
    follow_up = make_follow_up(activity, approved_for=(MUNICIPALITY,))
    follow_up.findings = "Något annat"

    with pytest.raises(ValidationError, match="kan inte ändras"):
        operations.save_follow_up(follow_up=follow_up, by=coordinator)

    follow_up.refresh_from_db()
    assert follow_up.findings == "Vandringarna hålls och åtgärderna följs upp."


def test_one_person_does_not_sign_for_both(activity, coordinator):
    follow_up = make_follow_up(activity)
    operations.approve_follow_up(follow_up=follow_up, side=MUNICIPALITY, by=coordinator)

    with pytest.raises(ValidationError, match="var för sig"):
        operations.approve_follow_up(follow_up=follow_up, side=POLICE, by=coordinator)

    assert [approval.side for approval in follow_up.approvals.all()] == [MUNICIPALITY]


def test_approval_can_be_withdrawn_until_both_have_approved(activity, coordinator, police_liaison):
    follow_up = make_follow_up(activity, approved_for=(MUNICIPALITY,))

    operations.withdraw_approval(follow_up=follow_up, side=MUNICIPALITY, by=coordinator)
    for side, person in ((MUNICIPALITY, coordinator), (POLICE, police_liaison)):
        operations.approve_follow_up(follow_up=follow_up, side=side, by=person)

    with pytest.raises(ValidationError, match="båda parter"):
        operations.withdraw_approval(follow_up=FollowUp.objects.get(pk=follow_up.pk), side=MUNICIPALITY, by=coordinator)
    assert FollowUp.objects.get(pk=follow_up.pk).is_approved


def test_removed_entry_lives_on_in_history(activity, coordinator):
    entry = make_log_entry(activity, by=coordinator)

    operations.remove_log_entry(entry=entry, by=coordinator)

    assert not LogEntry.objects.exists()
    assert [row.history_type for row in LogEntry.history.all()] == ["-", "+"]

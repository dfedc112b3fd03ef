"""Two people at once: what one of them saves while the other's form is already on its way in."""

import uuid

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError

from accounts.history import latest_version
from agreements.access import Refused
from agreements.operations import close_agreement
from focus_areas.models import Activity, FollowUp, FollowUpApproval
from focus_areas.operations import approve_follow_up, save_follow_up, withdraw_approval
from focus_areas.undo import undo_change
from focus_areas.views.activities import ActivityUpdateView
from focus_areas.views.status import StatusUnchangedView
from tests.factories import make_activity, make_focus_area, make_follow_up, make_status_update, organisation_of


@pytest.fixture
def activity(agreement, coordinator) -> Activity:
    lead = organisation_of(agreement, "SF")
    return make_activity(make_focus_area(agreement), lead=[lead], title="Trygghetsvandringar", by=coordinator)


@pytest.fixture
def under_way(rf, coordinator):
    """A view that has fetched its subject, but not begun to save: the moment before the other one saves."""

    def begin(view_class, thing, data=None):
        request = rf.post("/", data or {})
        request.user, request.session = coordinator, {}
        request._messages = FallbackStorage(request)
        view = view_class()
        view.setup(request, pk=thing.pk)
        return view

    return begin


def activity_data(activity: Activity, **fields) -> dict:
    return {
        "title": activity.title,
        "number": activity.number,
        "process_lead": [lead.organisation_id for lead in activity.leads.all()],
        "version": latest_version(activity),
        "submission_key": uuid.uuid4(),
    } | fields


def test_report_made_while_an_activity_is_saved_stands(activity, coordinator, under_way):
    view = under_way(ActivityUpdateView, activity, activity_data(activity))
    make_status_update(activity, by=coordinator, status="delayed", assessment="yellow", reason="Sjukdom")

    view.dispatch(view.request)

    activity.refresh_from_db()
    assert (activity.status, activity.assessment) == ("delayed", "yellow")


def test_nothing_is_saved_in_an_agreement_that_was_closed_meanwhile(agreement, activity, coordinator, under_way):
    view = under_way(ActivityUpdateView, activity, activity_data(activity, title="För sent"))
    close_agreement(agreement=agreement, by=coordinator)

    with pytest.raises(Refused):
        view.dispatch(view.request)

    activity.refresh_from_db()
    assert activity.title == "Trygghetsvandringar"


def test_button_does_nothing_in_an_agreement_that_was_closed_meanwhile(agreement, activity, coordinator, under_way):
    make_status_update(activity, by=coordinator)
    view = under_way(StatusUnchangedView, activity)
    close_agreement(agreement=agreement, by=coordinator)

    with pytest.raises(Refused):
        view.dispatch(view.request)

    assert activity.status_updates.count() == 1


def test_form_with_a_fault_still_meets_what_others_saved(client, activity, coordinator):
    client.force_login(coordinator)
    address = f"{activity.get_absolute_url()}andra/"
    opened = activity_data(activity)
    Activity.objects.get(pk=activity.pk).save()
    with_fault = client.post(address, opened | {"title": ""})

    mended = client.post(address, opened | {"title": "Min rubrik", "version": with_fault.context["version"]})

    assert mended.status_code == 409


def test_undone_lead_counts_as_a_change_of_the_activity(agreement, activity, coordinator):
    version = latest_version(activity)
    added = activity.leads.get().history.get()

    undo_change(activity=activity, key=f"processlead-{added.history_id}", by=coordinator)

    assert latest_version(activity) > version


@pytest.fixture
def follow_up(activity, coordinator) -> FollowUp:
    follow_up = make_follow_up(activity, by=coordinator, findings="Det gick bra.")
    return FollowUp.objects.prefetch_related("approvals").get(pk=follow_up.pk)


def test_follow_up_approved_meanwhile_is_not_saved(follow_up, coordinator, police_liaison):
    approve_follow_up(follow_up=FollowUp.objects.get(), side=FollowUpApproval.Side.POLICE, by=police_liaison)
    follow_up.findings = "Det gick dåligt."

    with pytest.raises(ValidationError, match="godkänd"):
        save_follow_up(follow_up=follow_up, by=coordinator)


def test_approval_is_not_withdrawn_when_the_other_side_approved_meanwhile(follow_up, coordinator, police_liaison):
    for side, by in ((FollowUpApproval.Side.MUNICIPALITY, coordinator), (FollowUpApproval.Side.POLICE, police_liaison)):
        approve_follow_up(follow_up=FollowUp.objects.get(), side=side, by=by)

    with pytest.raises(ValidationError, match="båda parter"):
        withdraw_approval(follow_up=follow_up, side=FollowUpApproval.Side.MUNICIPALITY, by=coordinator)


def test_follow_up_changed_since_it_was_read_is_not_approved(client, follow_up, coordinator):
    client.force_login(coordinator)
    read = client.get(follow_up.get_absolute_url()).context["version"]
    FollowUp.objects.get().save()

    client.post(f"{follow_up.get_absolute_url()}godkann/municipality/", {"dissent": "", "version": read})

    assert not FollowUpApproval.objects.exists()


def test_choice_too_large_for_the_database_is_refused(client, activity, coordinator):
    client.force_login(coordinator)
    huge = "9" * 30

    response = client.post(f"{activity.get_absolute_url()}andra/", {"title": "Ny", "process_lead": huge, "goals": huge})

    assert {"process_lead", "goals"} <= response.context["form"].errors.keys()

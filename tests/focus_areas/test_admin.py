"""Activities and what is written about them, in the administration: the portal's operations, access and locks."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from focus_areas.models import Activity, Commitment, FocusArea, FollowUp, Goal, LogEntry, StatusUpdate
from tests.factories import (
    as_person,
    group_of,
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


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def activity(agreement) -> Activity:
    return make_activity(make_focus_area(agreement), working_group=group_of(agreement, "working"))


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


@pytest.fixture
def convener_client(client, convener):
    """The convener, let into the administration with every one of Django's permissions."""
    convener.is_staff = True
    convener.save()
    convener.user_permissions.set(Permission.objects.all())
    return as_person(client, User.objects.get(pk=convener.pk))


def activity_form(activity: Activity, **changes) -> dict:
    return {
        "focus_area": activity.focus_area_id,
        "number": activity.number,
        "title": activity.title,
        "working_group": activity.working_group_id or "",
        "leads-TOTAL_FORMS": 0,
        "leads-INITIAL_FORMS": 0,
        "participations-TOTAL_FORMS": 0,
        "participations-INITIAL_FORMS": 0,
    } | changes


def follow_up_form(follow_up: FollowUp, **changes) -> dict:
    return {
        "activity": follow_up.activity_id,
        "followed_up_on": follow_up.followed_up_on,
        "kind": follow_up.kind,
        "findings": follow_up.findings,
        "conclusion": follow_up.conclusion,
    } | changes


def test_adopted_focus_area_keeps_number_and_title(admin_client, agreement):
    focus_area = make_focus_area(agreement)

    admin_client.post(
        url(FocusArea, "change", focus_area.pk), {"number": 9, "title": "Annat", "description": "Mer om området."}
    )

    changed = FocusArea.objects.get()
    assert (changed.number, changed.title) == (focus_area.number, focus_area.title)
    assert changed.description == "Mer om området."


def test_status_and_assessment_are_not_changed_here(admin_client, activity):
    make_status_update(activity, Activity.Status.ONGOING, Activity.Assessment.GREEN)

    admin_client.post(
        url(Activity, "change", activity.pk),
        activity_form(activity, title="Nytt", status="completed", assessment="red"),
    )

    activity.refresh_from_db()
    assert (activity.title, activity.status, activity.assessment) == ("Nytt", "ongoing", "green")


@pytest.mark.parametrize("page", ["change", "delete"])
def test_status_updates_and_approvals_are_only_read(admin_client, activity, page):
    update = make_status_update(activity)
    approval = make_follow_up(activity, approved_for=("municipality",)).approvals.get()

    statuses = [
        admin_client.post(url(type(one), page, one.pk), {"post": "yes"}).status_code for one in (update, approval)
    ]

    assert statuses == [403, 403]


@pytest.mark.parametrize("sides", [("municipality",), ("municipality", "police")])
def test_approved_follow_up_does_not_change(admin_client, activity, sides):
    follow_up = make_follow_up(activity, approved_for=sides)

    response = admin_client.post(
        url(FollowUp, "change", follow_up.pk), follow_up_form(follow_up, findings="Något annat.")
    )

    assert response.status_code == 403
    assert FollowUp.objects.get().findings == follow_up.findings


def test_follow_up_moves_the_next_one(admin_client, activity, system_administrator):
    follow_up = make_follow_up(activity)

    admin_client.post(url(FollowUp, "change", follow_up.pk), follow_up_form(follow_up, next_on="2027-03-01"))

    activity.refresh_from_db()
    assert activity.next_follow_up_on == datetime.date(2027, 3, 1)
    assert follow_up.history.first().history_user == system_administrator


def test_log_entry_gets_its_author(admin_client, activity, system_administrator):
    admin_client.post(url(LogEntry, "add"), {"activity": activity.pk, "happened_on": "2026-11-20", "text": "Vandring."})

    entry = LogEntry.objects.get()
    assert entry.created_by == system_administrator
    assert entry.history.get().history_user == system_administrator


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"happened_on": "2026-11-24"}, {"happened_on": ["Dagen kan inte vara i framtiden."]}),
        ({"quantity": -1}, {"quantity": ["Kontrollera att detta värde är större än eller lika med 0."]}),
        ({"quantity": 1}, {"__all__": ["Välj vilket åtagande antalet räknas mot."]}),
    ],
)
def test_log_entry_obeys_the_portals_rules(admin_client, activity, changes, errors):
    response = admin_client.post(
        url(LogEntry, "add"),
        {"activity": activity.pk, "happened_on": "2026-11-20", "text": "Vandring."} | changes,
    )

    assert response.context["adminform"].form.errors == errors
    assert not LogEntry.objects.exists()


def test_log_entry_counts_only_towards_its_own_activity(admin_client, activity):
    elsewhere = make_commitment(make_activity(activity.focus_area))

    response = admin_client.post(
        url(LogEntry, "add"),
        {
            "activity": activity.pk,
            "happened_on": "2026-11-20",
            "text": "Vandring.",
            "commitment": elsewhere.pk,
            "quantity": 1,
        },
    )

    assert response.context["adminform"].form.errors == {"commitment": ["Åtagandet hör till en annan aktivitet."]}


def test_commitment_with_log_entries_is_not_removed(admin_client, activity):
    commitment = make_commitment(activity)
    make_log_entry(activity, commitment=commitment, quantity=1)

    response = admin_client.post(url(Commitment, "delete", commitment.pk), {"post": "yes"})

    assert response.status_code == 200
    assert len(response.context["protected"]) == 1
    assert Commitment.objects.exists()


def test_goal_that_an_activity_works_for_is_not_removed(admin_client, activity):
    goal = make_goal(activity.focus_area)
    activity.goals.add(goal)

    response = admin_client.post(url(Goal, "delete", goal.pk), {"post": "yes"})

    assert response.context["protected"] == [f"aktivitet: {activity}"]
    assert Goal.objects.exists()


def test_removed_log_entry_stays_in_history(admin_client, activity, system_administrator):
    entry = make_log_entry(activity)

    admin_client.post(url(LogEntry, "delete", entry.pk), {"post": "yes"})

    gone = LogEntry.history.filter(id=entry.pk).first()
    assert not LogEntry.objects.exists()
    assert (gone.history_type, gone.history_user) == ("-", system_administrator)


def test_convener_changes_their_own_groups_activity(convener_client, activity):
    response = convener_client.post(url(Activity, "change", activity.pk), activity_form(activity, title="Nytt"))

    activity.refresh_from_db()
    assert response.status_code == 302
    assert activity.title == "Nytt"


def test_convener_does_not_change_another_groups_activity(convener_client, activity):
    other = make_activity(activity.focus_area)

    response = convener_client.post(url(Activity, "change", other.pk), activity_form(other, title="Nytt"))

    assert response.status_code == 403


def test_convener_does_not_give_their_activity_away(convener_client, activity):
    response = convener_client.post(
        url(Activity, "change", activity.pk), activity_form(activity, title="Nytt", working_group="")
    )

    activity.refresh_from_db()
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors() == [
        "Du får inte ändra det här. Vänd dig till den brottsförebyggande samordnaren."
    ]
    assert activity.working_group is not None


def test_status_update_is_seen_by_insiders_only(convener_client, activity, other_agreement):
    here = make_status_update(activity)
    make_status_update(make_activity(make_focus_area(other_agreement)))

    response = convener_client.get(url(StatusUpdate, "changelist"))

    assert list(response.context["cl"].result_list) == [here]


def test_focus_area_is_neither_added_nor_moved_to_an_adopted_agreement(admin_client, agreement):
    police = organisation_of(agreement, "Polisen")
    draft = make_agreement(
        municipality=agreement.municipality, police=police, reference_number="KS/2027:1", in_force=False
    )
    moved = make_focus_area(draft, title="Flyttat")
    data = {"agreement": agreement.pk, "number": "9", "title": "Nytt", "description": ""}

    added = admin_client.post(url(FocusArea, "add"), data)
    admin_client.post(url(FocusArea, "change", moved.pk), data)

    assert "agreement" in added.context["adminform"].form.errors
    assert not agreement.focus_areas.exists()

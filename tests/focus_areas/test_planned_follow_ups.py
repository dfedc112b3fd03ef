"""What is planned to be followed up: the next day follows it, follow-ups answer it, and approval locks it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.history import recording
from focus_areas import operations
from focus_areas.models import FollowUp, FollowUpApproval, PlannedFollowUp
from focus_areas.undo import undo_change
from tests.factories import TODAY, as_person, make_activity, make_focus_area, make_follow_up
from tests.thread_factories import make_planned_follow_up

pytestmark = pytest.mark.django_db

SOON = TODAY + datetime.timedelta(days=10)
LATER = TODAY + datetime.timedelta(days=40)


def plan(activity, by, *, due_on=SOON, kind=FollowUp.Kind.PROCESS) -> PlannedFollowUp:
    planned = PlannedFollowUp(activity=activity, kind=kind, what="Antal vandringar", due_on=due_on)
    return operations.save_planned_follow_up(planned=planned, by=by)


def next_day(activity) -> datetime.date | None:
    activity.refresh_from_db()
    return activity.next_follow_up_on


def approve(follow_up, side, by, dissent="") -> None:
    operations.approve_follow_up(follow_up=follow_up, side=side, by=by, dissent=dissent)


# --- The next one ---


def test_next_follow_up_is_the_first_that_waits(activity, coordinator):
    first = plan(activity, coordinator, due_on=LATER)
    days = [next_day(activity)]
    plan(activity, coordinator, due_on=SOON)
    days.append(next_day(activity))
    first.due_on = TODAY
    operations.save_planned_follow_up(planned=first, by=coordinator)
    days.append(next_day(activity))
    operations.remove_planned_follow_up(planned=first, by=coordinator)
    days.append(next_day(activity))

    assert days == [LATER, SOON, TODAY, SOON]


def test_answered_plan_leaves_the_next_day_to_what_still_waits_and_then_to_the_interval(activity, coordinator):
    activity.follow_up_interval_months = 6
    activity.save()
    soon, later = plan(activity, coordinator), plan(activity, coordinator, due_on=LATER)

    make_follow_up(activity, planned=soon, followed_up_on=TODAY)
    after_first = next_day(activity)
    make_follow_up(activity, planned=later, followed_up_on=TODAY)

    assert after_first == LATER
    assert next_day(activity) == datetime.date(2027, 5, 23)


def test_plan_goes_before_the_day_that_a_follow_up_names(activity, coordinator):
    plan(activity, coordinator, due_on=LATER)

    make_follow_up(activity, followed_up_on=TODAY, next_on=SOON)

    assert next_day(activity) == LATER


def test_removing_the_only_plan_leaves_no_next_day(activity, coordinator):
    planned = plan(activity, coordinator)

    operations.remove_planned_follow_up(planned=planned, by=coordinator)

    assert next_day(activity) is None


def test_correcting_an_older_follow_up_keeps_a_day_that_was_written(activity, coordinator):
    older = make_follow_up(activity, followed_up_on=datetime.date(2026, 1, 5))
    make_follow_up(activity, followed_up_on=datetime.date(2026, 6, 5))
    activity.refresh_from_db()
    activity.next_follow_up_on = SOON
    activity.save()

    older.findings = "Rättad text."
    operations.save_follow_up(follow_up=older, by=coordinator)

    assert next_day(activity) == SOON


def test_written_next_day_must_follow_the_plan(activity, coordinator):
    plan(activity, coordinator)
    activity.refresh_from_db()

    activity.next_follow_up_on = LATER

    with pytest.raises(ValidationError, match="3 december 2026"):
        activity.full_clean()


def test_activity_form_leaves_the_next_day_to_the_plan(client, activity, coordinator):
    plan(activity, coordinator)
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:activity_update", args=[activity.pk]))

    assert page.context["form"].fields["next_follow_up_on"].disabled


def test_undoing_a_plan_moves_the_next_day_back(activity, coordinator):
    planned = plan(activity, coordinator)
    key = f"plannedfollowup-{planned.history.get().history_id}"

    undo_change(activity=activity, key=key, by=coordinator)

    assert not PlannedFollowUp.objects.exists()
    assert next_day(activity) is None


# --- Answering ---


def test_follow_up_answers_what_was_planned_for_its_activity_and_kind(activity, coordinator):
    planned = plan(activity, coordinator)
    other = plan(make_activity(make_focus_area(activity.agreement)), coordinator)

    with pytest.raises(ValidationError, match="annat slag"):
        make_follow_up(activity, planned=planned, kind=FollowUp.Kind.EFFECT)
    with pytest.raises(ValidationError, match="annan aktivitet"):
        make_follow_up(activity, planned=other)

    assert not FollowUp.objects.exists()


def test_planned_follow_up_is_answered_once(activity, coordinator):
    planned = plan(activity, coordinator)
    make_follow_up(activity, planned=planned)

    with pytest.raises(ValidationError, match="svarar redan"):
        make_follow_up(activity, planned=planned)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.bulk_create(
            [
                FollowUp(
                    activity=activity,
                    planned=planned,
                    created_by=coordinator,
                    followed_up_on=TODAY,
                    kind="process",
                    findings="-",
                    conclusion="end",
                )
            ]
        )

    assert planned.follow_ups.count() == 1


def test_kind_of_an_answered_plan_does_not_change(activity, coordinator):
    planned = plan(activity, coordinator)
    make_follow_up(activity, planned=planned)

    planned.kind = FollowUp.Kind.EFFECT
    with pytest.raises(ValidationError, match="annat slag"):
        operations.save_planned_follow_up(planned=planned, by=coordinator)


def test_answered_plan_is_not_removed(activity, coordinator):
    planned = plan(activity, coordinator)
    make_follow_up(activity, planned=planned)

    with pytest.raises(ValidationError, match="svarar redan"):
        operations.remove_planned_follow_up(planned=planned, by=coordinator)
    with pytest.raises(ValidationError, match="svarar redan"):
        undo_change(activity=activity, key=f"plannedfollowup-{planned.history.get().history_id}", by=coordinator)

    assert FollowUp.objects.get().planned == planned


# --- Approved: nothing changes it any more ---


@pytest.fixture
def approved(activity, coordinator) -> FollowUp:
    """A follow-up that answers a plan and that the coordinator has approved, with dissent."""
    follow_up = make_follow_up(activity, planned=plan(activity, coordinator))
    approve(follow_up, FollowUpApproval.Side.MUNICIPALITY, coordinator, "Underlaget är för tunt.")
    return follow_up


def test_operations_refuse_to_change_what_is_approved(approved, coordinator):
    planned = approved.planned
    approved.planned = None
    with pytest.raises(ValidationError, match="godkänd"):
        operations.save_follow_up(follow_up=approved, by=coordinator)
    planned.due_on = LATER
    with pytest.raises(ValidationError, match="godkänd"):
        operations.save_planned_follow_up(planned=planned, by=coordinator)
    with pytest.raises(ValidationError, match="godkänd"):
        operations.remove_planned_follow_up(planned=planned, by=coordinator)

    planned.refresh_from_db()
    assert FollowUp.objects.get().planned == planned
    assert planned.due_on == SOON


def test_undo_refuses_to_change_the_plan_behind_what_is_approved(activity, coordinator):
    planned = plan(activity, coordinator)
    planned.what = "Antal deltagare"
    with recording(by=coordinator):
        planned.save()
    approve(make_follow_up(activity, planned=planned), FollowUpApproval.Side.MUNICIPALITY, coordinator)
    key = f"plannedfollowup-{planned.history.first().history_id}"

    with pytest.raises(ValidationError, match="godkänd"):
        undo_change(activity=activity, key=key, by=coordinator)


def test_pages_refuse_to_change_what_is_approved(client, approved, coordinator):
    as_person(client, coordinator)
    planned = approved.planned
    update = reverse("focus_areas:planned_follow_up_update", args=[planned.pk])

    answers = [
        client.get(update).status_code,
        client.post(update, {"kind": "process", "what": "Nytt", "due_on": "2027-01-01"}).status_code,
        client.post(reverse("focus_areas:planned_follow_up_delete", args=[planned.pk])).status_code,
        client.post(reverse("focus_areas:follow_up_update", args=[approved.pk]), {"planned": ""}).status_code,
    ]

    planned.refresh_from_db()
    assert answers == [403, 403, 302, 403]
    assert planned.what == "Antal vandringar"
    assert FollowUp.objects.get().planned == planned


def test_administration_refuses_to_change_what_is_approved(client, approved, system_administrator):
    as_person(client, system_administrator)
    planned = approved.planned
    pages = [
        reverse("admin:focus_areas_followup_change", args=[approved.pk]),
        reverse("admin:focus_areas_plannedfollowup_change", args=[planned.pk]),
        reverse("admin:focus_areas_plannedfollowup_delete", args=[planned.pk]),
    ]

    answers = [client.post(page, {"post": "yes", "planned": "", "what": "Nytt"}).status_code for page in pages]

    planned.refresh_from_db()
    assert answers == [403, 403, 403]
    assert (planned.what, FollowUp.objects.get().planned) == ("Antal vandringar", planned)


def test_administration_moves_the_next_day_and_keeps_kinds_together(client, activity, system_administrator):
    as_person(client, system_administrator)
    planned = make_planned_follow_up(activity, kind=FollowUp.Kind.EFFECT, due_on=SOON)
    address = reverse("admin:focus_areas_plannedfollowup_change", args=[planned.pk])
    data = {"activity": activity.pk, "kind": "effect", "what": "Trygghet", "due_on": LATER.isoformat()}

    client.post(address, data)
    moved = next_day(activity)
    written = {"activity": activity.pk, "followed_up_on": "2026-11-01", "kind": "process", "planned": planned.pk}
    answer = client.post(reverse("admin:focus_areas_followup_add"), written | {"findings": "Bra.", "conclusion": "end"})

    assert moved == LATER
    assert list(answer.context["adminform"].form.errors) == ["planned"]


def test_withdrawn_approval_opens_the_plan_again(approved, coordinator):
    operations.withdraw_approval(follow_up=approved, side=FollowUpApproval.Side.MUNICIPALITY, by=coordinator)
    planned = approved.planned
    planned.what = "Antal deltagare"

    operations.save_planned_follow_up(planned=planned, by=coordinator)

    planned.refresh_from_db()
    assert planned.what == "Antal deltagare"


# --- Pages ---


def test_plan_is_written_and_shown_on_the_activity(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:planned_follow_up_create", args=[activity.pk])

    response = client.post(
        address, {"kind": "effect", "what": "Upplevd trygghet", "how": "Enkät", "due_on": SOON.isoformat()}
    )
    page = client.get(activity.get_absolute_url()).content.decode()

    planned = PlannedFollowUp.objects.get()
    assert response.headers["Location"] == f"/aktiviteter/{activity.pk}/#uppfoljningsplan"
    assert planned.history.get().history_user == coordinator
    assert 'id="uppfoljningsplan"' in page
    assert "Upplevd trygghet" in page
    assert f"?planerad={planned.pk}" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"due_on": "2026-11-22"}, "due_on"),
        ({"due_on": "i vår"}, "due_on"),
        ({"what": ""}, "what"),
        ({"what": "a" * 251}, "what"),
        ({"kind": "annat"}, "kind"),
        ({"responsible": "999999999999999999999"}, "responsible"),
    ],
)
def test_wrong_plan_says_what_is_wrong(client, activity, coordinator, wrong, field):
    as_person(client, coordinator)
    address = reverse("focus_areas:planned_follow_up_create", args=[activity.pk])

    page = client.post(address, {"kind": "effect", "what": "Trygghet", "due_on": SOON.isoformat()} | wrong)

    assert list(page.context["form"].errors) == [field]
    assert not PlannedFollowUp.objects.exists()


def test_same_kind_is_not_planned_twice_for_a_day(client, activity, coordinator):
    as_person(client, coordinator)
    plan(activity, coordinator)
    address = reverse("focus_areas:planned_follow_up_create", args=[activity.pk])

    page = client.post(address, {"kind": "process", "what": "En gång till", "due_on": SOON.isoformat()})

    assert page.context["form"].errors == {"due_on": ["En sådan uppföljning är redan planerad den dagen."]}


def test_new_follow_up_answers_the_plan_it_was_opened_from(client, activity, coordinator):
    planned = plan(activity, coordinator, kind=FollowUp.Kind.EFFECT)
    as_person(client, coordinator)
    address = reverse("focus_areas:follow_up_create", args=[activity.pk])

    form = client.get(f"{address}?planerad={planned.pk}").context["form"]
    client.post(
        address,
        {
            "planned": planned.pk,
            "followed_up_on": TODAY.isoformat(),
            "kind": "effect",
            "findings": "Fler går ut på kvällen.",
            "conclusion": "continue",
        },
    )
    page = client.get(activity.get_absolute_url()).content.decode()

    assert (form["planned"].value(), form["kind"].value()) == (planned.pk, "effect")
    assert FollowUp.objects.get().planned == planned
    assert "Gjord 23 november 2026" in page


@pytest.mark.parametrize("asked_for", ["", "abc", "0", "99999999999999999999", "-1"])
def test_unknown_plan_in_the_address_is_let_be(client, activity, coordinator, asked_for):
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:follow_up_create", args=[activity.pk]) + f"?planerad={asked_for}")

    assert page.status_code == 200
    assert page.context["form"]["planned"].value() is None


def test_dissent_is_told_wherever_the_follow_up_is(client, approved, police_liaison):
    as_person(client, police_liaison)
    activity = approved.activity
    addresses = [
        reverse("start"),
        activity.get_absolute_url(),
        activity.focus_area.get_absolute_url(),
        approved.get_absolute_url(),
        reverse("focus_areas:follow_up_overview", args=[activity.agreement.pk]),
        reverse("focus_areas:red_thread", args=[activity.agreement.pk]),
    ]

    told = {address: "Underlaget är för tunt." in client.get(address).content.decode() for address in addresses}

    assert told == dict.fromkeys(addresses, True)

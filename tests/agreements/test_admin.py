"""The administration: every register opens, obeys the access table, and keeps what is locked."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from agreements.models import Agreement, AgreementDocument, AgreementSection, Definition, Group, Membership, Party, Seat
from focus_areas.models import LogAttachment, Reminder
from tests.factories import (
    as_person,
    group_of,
    make_activity,
    make_agreement,
    make_area,
    make_child_impact,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_group,
    make_log_entry,
    make_organisation,
    make_person,
    make_status_update,
    organisation_of,
    seat_person,
)
from tests.thread_factories import (
    make_evaluation,
    make_finding,
    make_grant,
    make_planned_follow_up,
    make_recommendation,
)

REGISTERS = [
    model
    for name in ("accounts", "agreements", "focus_areas")
    for model in apps.get_app_config(name).get_models()
    # What somebody was writing is theirs alone, and a count of attempts says nothing to a person.
    if not model.__name__.startswith("Historical") and model.__name__ not in ("InterruptedForm", "AttemptCount")
]
WRITTEN_IN_THE_PORTAL = {
    "ActionPlan",
    "ConfirmedPersonalData",
    "Submission",
    "AgreementDocument",
    "PictureDocument",
    "LogAttachment",
    "StatusUpdate",
    "FollowUpApproval",
    "Renewal",
    "ActivityChoice",
    "GoalChoice",
    "SeatChoice",
    "PendingIndicatorFile",
    "PendingWorkbook",
    "Reminder",
}


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def staffed(user: User) -> User:
    """The same person, let into the administration with every one of Django's permissions."""
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    return User.objects.get(pk=user.pk)


def fill(agreement: Agreement, number: int) -> None:
    """One more of everything in the agreement."""
    by = agreement.parties.first() and make_person(f"Skribent {number}", email=f"skribent{number}@drift.example")
    organisation = make_organisation(f"Förening {number}", kind=Organisation.Kind.CIVIL_SOCIETY)
    agreement.organisations.add(organisation)
    Party.objects.create(agreement=agreement, organisation=organisation)
    AgreementSection.objects.create(agreement=agreement, heading=f"Avsnitt {number}", text="Text.")
    Definition.objects.create(agreement=agreement, term=f"Ord {number}", text="Betydelse.")
    AgreementDocument.objects.create(
        agreement=agreement,
        title=f"Handling {number}",
        file=f"agreements/{number}",
        file_name="handling.pdf",
        content_type="application/pdf",
        size=1,
        added_by=by,
    )
    group = make_group(agreement, Group.Kind.WORKING, name=f"Arbetsgrupp {number}")
    seat_person(agreement, group=group, organisation=organisation, user=by)
    area = make_area(agreement, f"Område {number}")
    focus_area = make_focus_area(agreement)
    goal = make_goal(focus_area)
    activity = make_activity(
        focus_area,
        title=f"Aktivitet {number}",
        lead=[organisation],
        participants=[agreement.municipality],
        responsible=by,
        working_group=group,
    )
    activity.areas.add(area)
    activity.goals.add(goal)
    commitment = make_commitment(activity, organisation, goal=goal)
    entry = make_log_entry(activity, by=by, commitment=commitment, quantity=1, area=area)
    LogAttachment.objects.create(
        log_entry=entry, file=f"log/{number}", file_name="bild.png", content_type="image/png", size=1
    )
    make_status_update(activity, by=by)
    make_follow_up(activity, by=by, approved_for=("municipality", "police"))
    make_child_impact(activity)
    make_planned_follow_up(activity)
    make_grant(activity)
    Reminder.objects.create(activity=activity, occasion=Reminder.Occasion.FOLLOW_UP, recipient=by, sent_by=by)
    evaluation = make_evaluation(agreement)
    make_recommendation(evaluation, finding=make_finding(evaluation)).activities.add(activity)


@pytest.fixture
def full_agreement(agreement) -> Agreement:
    fill(agreement, 1)
    return agreement


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


# --- Every register ---


def test_every_model_has_a_register():
    assert set(REGISTERS) - set(admin.site._registry) == set()


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_register_opens_on_every_page(admin_client, full_agreement, model):
    pages = {
        "list": url(model, "changelist"),
        "search": url(model, "changelist") + "?q=trygg",
        "add": url(model, "add"),
    }
    thing = model.objects.first()
    if thing:
        pages |= {"change": url(model, "change", thing.pk)}
        if hasattr(model, "history"):
            pages |= {"history": url(model, "history", thing.pk)}

    statuses = {name: admin_client.get(page).status_code for name, page in pages.items()}

    assert statuses == dict.fromkeys(pages, 200) | {"add": 403 if model.__name__ in WRITTEN_IN_THE_PORTAL else 200}


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_list_asks_as_much_for_three_rows_as_for_one(admin_client, full_agreement, model):
    page = url(model, "changelist")
    admin_client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as with_few:
        admin_client.get(page)
    fill(full_agreement, 2)
    fill(full_agreement, 3)

    with CaptureQueriesContext(connection) as with_more:
        admin_client.get(page)

    assert len(with_more) == len(with_few)
    assert len(with_more) <= 25


# --- Who is let in ---


def test_administration_sends_strangers_to_the_portals_own_door(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1] == (f"{reverse('account_login')}?next=%2Fadmin%2F", 302)


def test_administration_is_closed_without_staff(client, coordinator):
    response = as_person(client, coordinator).get(reverse("admin:index"), follow=True)

    assert response.status_code == 403


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_staff_without_a_seat_sees_nothing(client, full_agreement, staff_outsider, model):
    as_person(client, staffed(staff_outsider))

    response = client.get(url(model, "changelist"))

    if response.status_code == 200:
        assert [thing for thing in response.context["cl"].result_list if thing != staff_outsider] == []
    else:
        assert response.status_code == 403


def test_staff_without_a_seat_gets_no_page_of_an_agreement(client, full_agreement, staff_outsider):
    as_person(client, staffed(staff_outsider))

    statuses = [
        client.get(url(Agreement, page, full_agreement.pk)).status_code for page in ("change", "history", "delete")
    ]

    assert statuses == [302, 404, 403]


def test_staff_sees_only_their_own_agreement(client, agreement, other_agreement, coordinator):
    as_person(client, staffed(coordinator))

    response = client.get(url(Agreement, "changelist"))

    assert list(response.context["cl"].result_list) == [agreement]


def test_staff_is_offered_only_what_they_see(client, agreement, other_agreement, coordinator):
    as_person(client, staffed(coordinator))

    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "focus_areas", "model_name": "focusarea", "field_name": "agreement", "term": ""},
    )

    assert [int(row["id"]) for row in response.json()["results"]] == [agreement.pk]


def test_staff_needs_djangos_permission_too(client, agreement, coordinator):
    coordinator.is_staff = True
    coordinator.save()

    response = as_person(client, coordinator).get(url(Agreement, "changelist"))

    assert response.status_code == 403


def test_staff_changes_what_the_portal_lets_them_change(client, agreement, coordinator):
    as_person(client, staffed(coordinator))
    area = make_area(agreement)

    response = client.post(url(type(area), "change", area.pk), {"agreement": agreement.pk, "name": "Åkarp"})

    area.refresh_from_db()
    assert response.status_code == 302
    assert area.name == "Åkarp"
    assert area.history.first().history_user == coordinator


def test_staff_that_only_reads_changes_nothing(client, agreement, reader):
    as_person(client, staffed(reader))
    area = make_area(agreement)

    statuses = [
        client.get(url(type(area), "change", area.pk)).status_code,
        client.post(url(type(area), "change", area.pk), {"agreement": agreement.pk, "name": "Åkarp"}).status_code,
        client.get(url(type(area), "add")).status_code,
        client.post(url(type(area), "delete", area.pk), {"post": "yes"}).status_code,
    ]

    area.refresh_from_db()
    assert statuses == [200, 403, 403, 403]
    assert area.name == "Arlöv"


def test_nothing_is_added_to_somebody_elses_agreement(client, agreement, other_agreement, coordinator):
    as_person(client, staffed(coordinator))

    response = client.post(url(Seat, "add"), {"group": group_of(other_agreement, Group.Kind.STEERING).pk})

    assert response.status_code == 200
    assert "group" in response.context["adminform"].form.errors


def test_groups_are_not_tied_across_agreements(admin_client, agreement, other_agreement):
    elsewhere = group_of(other_agreement, Group.Kind.PREPARATION)
    rows = {"seats-TOTAL_FORMS": 0, "seats-INITIAL_FORMS": 0}

    response = admin_client.post(
        url(Group, "add"),
        {"agreement": agreement.pk, "kind": "working", "name": "Ny", "parent": elsewhere.pk} | rows,
    )

    assert response.context["adminform"].form.errors == {"parent": ["Det hör till en annan överenskommelse."]}


# --- Locks, for everybody ---


def agreement_form(agreement: Agreement, **changes) -> dict:
    return {
        "municipality": agreement.municipality_id,
        "title": agreement.title,
        "reference_number": agreement.reference_number,
        "purpose": agreement.purpose,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "organisations": [organisation.pk for organisation in agreement.organisations.all()],
        "parties-TOTAL_FORMS": 0,
        "parties-INITIAL_FORMS": 0,
        "sections-TOTAL_FORMS": 0,
        "sections-INITIAL_FORMS": 0,
    } | changes


def test_adopted_agreement_keeps_its_own_words(admin_client, agreement):
    newcomer = make_organisation("Region Skåne", kind=Organisation.Kind.AUTHORITY)
    taking_part = [*(one.pk for one in agreement.organisations.all()), newcomer.pk]

    admin_client.post(
        url(Agreement, "change", agreement.pk),
        agreement_form(agreement, title="Ett annat", ends_on="2030-01-01", state="draft", organisations=taking_part),
    )

    changed = Agreement.objects.get()
    assert (changed.title, changed.ends_on, changed.state) == (agreement.title, agreement.ends_on, agreement.state)
    assert newcomer in changed.organisations.all()


def test_draft_is_open(admin_client, db):
    draft = make_agreement(in_force=False)

    admin_client.post(url(Agreement, "change", draft.pk), agreement_form(draft, title="Ett annat"))

    draft.refresh_from_db()
    assert draft.title == "Ett annat"
    assert draft.is_draft


@pytest.mark.parametrize("model", [Party, AgreementSection, Definition], ids=lambda model: model.__name__)
def test_what_was_signed_cannot_be_changed_or_removed(admin_client, full_agreement, model):
    thing = model.objects.filter(agreement=full_agreement).first()

    statuses = [
        admin_client.get(url(model, "change", thing.pk)).context["has_change_permission"],
        admin_client.post(url(model, "change", thing.pk), {}).status_code,
        admin_client.post(url(model, "delete", thing.pk), {"post": "yes"}).status_code,
    ]

    assert statuses == [False, 403, 403]
    assert model.objects.filter(pk=thing.pk).exists()


def test_nothing_signed_is_added_to_an_adopted_agreement(admin_client, agreement):
    response = admin_client.post(
        url(AgreementSection, "add"), {"agreement": agreement.pk, "position": 1, "heading": "Nytt", "text": "Text."}
    )

    assert response.context["adminform"].form.non_field_errors() == [
        "Överenskommelsen är fastställd. Det som är undertecknat ändras inte."
    ]
    assert not AgreementSection.objects.exists()


def test_closed_agreement_is_closed_here_too(admin_client, agreement):
    area = make_area(agreement)
    agreement.state = Agreement.State.CLOSED
    agreement.save()

    change = admin_client.post(url(type(area), "change", area.pk), {"agreement": agreement.pk, "name": "Åkarp"})
    add = admin_client.post(url(type(area), "add"), {"agreement": agreement.pk, "name": "Åkarp"})

    assert change.status_code == 403
    assert add.context["adminform"].form.non_field_errors() == [
        "Överenskommelsen är avslutad. Den kan läsas men inte ändras."
    ]


@pytest.mark.parametrize("model", [Agreement, User, Membership], ids=lambda model: model.__name__)
def test_agreements_people_and_memberships_are_never_removed(admin_client, coordinator, model):
    thing = model.objects.first()

    response = admin_client.post(url(model, "delete", thing.pk), {"post": "yes"})

    assert response.status_code == 403
    assert model.objects.filter(pk=thing.pk).exists()


def test_organisation_that_takes_part_is_not_removed(admin_client, agreement):
    organisation = organisation_of(agreement, "BBAB")

    response = admin_client.post(url(Organisation, "delete", organisation.pk), {"post": "yes"})

    assert response.status_code == 200
    assert f"överenskommelse: {agreement}" in response.context["protected"]
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_membership_keeps_its_seat_and_holder(admin_client, agreement, coordinator, reader):
    membership = coordinator.memberships.get()

    admin_client.post(
        url(Membership, "change", membership.pk),
        {"seat": membership.seat_id, "user": reader.pk, "starts_on": "2023-07-01", "ends_on": "2026-11-30"},
    )

    membership.refresh_from_db()
    assert membership.user == coordinator
    assert membership.ends_on.isoformat() == "2026-11-30"


def test_old_version_cannot_be_posted_back(admin_client, agreement):
    version = agreement.history.first()

    response = admin_client.post(f"{url(Agreement, 'history', agreement.pk)}{version.history_id}/", {"title": "Gammal"})

    assert response.status_code in (302, 404)
    assert Agreement.objects.get().title == agreement.title


def test_history_is_told_in_swedish(admin_client, agreement, system_administrator):
    area = make_area(agreement)
    admin_client.post(url(type(area), "change", area.pk), {"agreement": agreement.pk, "name": "Åkarp"})

    response = admin_client.get(url(type(area), "history", area.pk))

    newest = response.context["page_obj"].changes[0]
    assert newest.who == str(system_administrator)
    assert "ändrade namn från ”Arlöv” till ”Åkarp”" in response.content.decode()

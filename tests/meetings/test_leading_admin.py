"""Meetings in the administration: approved minutes change for nobody, and who reads what follows the portal."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from agreements.models import Group
from meetings.minutes import collect_minutes
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, MinutesAddendum
from meetings.operations import leading
from tests.factories import TODAY, as_person, group_of, organisation_of
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_meeting

REGISTERS = [Meeting, AgendaItem, Attendance, Decision, ActionPoint, MinutesAddendum]


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


@pytest.fixture
def meeting(agreement, coordinator, police_liaison):
    """A held meeting of the preparation group with one of everything."""
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))
    leading.open_meeting(meeting=meeting, by=coordinator)
    item = make_agenda_item(meeting, minutes="Allt är lugnt.")
    make_decision(meeting, agenda_item=item)
    make_action_point(meeting, agenda_item=item)
    return leading.close_meeting(meeting=meeting, by=coordinator)


@pytest.fixture
def approved(meeting, coordinator, police_liaison):
    leading.send_for_review(meeting=meeting, by=coordinator)
    approved = leading.approve_minutes(meeting=meeting, by=police_liaison)
    leading.add_addendum(meeting=approved, text="Rätt dag är den 3 mars.", by=coordinator)
    return approved


def decision_form(decision: Decision, **changes) -> dict:
    return {"text": decision.text, "mandated_group": "", "mandated_activity": "", "carries_out": ""} | changes


def point_form(point: ActionPoint, **changes) -> dict:
    return {
        "text": point.text,
        "responsible": "",
        "organisation": point.organisation_id or "",
        "due_on": point.due_on,
        "activity": "",
    } | changes


@pytest.mark.parametrize("model", REGISTERS)
def test_approved_minutes_are_neither_changed_nor_deleted(admin_client, approved, model):
    thing = model.objects.first()
    rows = {register: list(register.objects.order_by("pk").values()) for register in REGISTERS}
    before = collect_minutes(approved)
    fields = {
        "text": "Något annat.",
        "title": "Något annat",
        "minutes": "Något annat.",
        "name": "Någon annan",
        "minutes_state": "open",
        "state": "planned",
        "place": "Annan plats",
        "due_on": "",
    }
    for prefix in ("agenda_items", "attendances", "addenda"):
        fields |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    assert admin_client.get(url(model, "changelist")).status_code == 200
    assert admin_client.get(url(model, "change", thing.pk)).status_code == 200
    admin_client.post(url(model, "change", thing.pk), fields)
    admin_client.post(url(model, "delete", thing.pk), {"post": "yes"})
    admin_client.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": [thing.pk]})

    assert {register: list(register.objects.order_by("pk").values()) for register in REGISTERS} == rows
    assert collect_minutes(Meeting.objects.get(pk=approved.pk)) == before


def test_group_with_approved_minutes_is_not_deleted(admin_client, approved):
    admin_client.post(url(Group, "delete", approved.group_id), {"post": "yes"})

    assert Meeting.objects.get().is_approved


def test_decision_is_corrected_while_the_minutes_are_open(admin_client, meeting, system_administrator):
    decision = Decision.objects.get()

    admin_client.post(url(Decision, "change", decision.pk), decision_form(decision, text="Rättad lydelse."))

    corrected = Decision.objects.get()
    assert (corrected.text, corrected.paragraph) == ("Rättad lydelse.", decision.paragraph)
    assert corrected.history.latest("history_id").history_user == system_administrator


def test_decision_does_not_mandate_a_group_elsewhere(admin_client, meeting, other_agreement):
    decision = Decision.objects.get()
    group = other_agreement.groups.first()

    response = admin_client.post(url(Decision, "change", decision.pk), decision_form(decision, mandated_group=group.pk))

    assert response.status_code == 200
    assert Decision.objects.get().mandated_group is None


def test_words_of_a_minuted_point_stay_but_its_day_moves(admin_client, approved, agreement):
    point = ActionPoint.objects.get()

    admin_client.post(url(ActionPoint, "change", point.pk), point_form(point, text="Något annat", due_on="2027-01-15"))

    changed = ActionPoint.objects.get()
    assert (changed.text, str(changed.due_on)) == (point.text, "2027-01-15")


@pytest.mark.parametrize(
    "fields", [{"organisation": ""}, {"due_on": "2026-01-01"}, {"organisation": "elsewhere"}, {"text": ""}]
)
def test_bad_point_is_refused(admin_client, meeting, other_agreement, fields):
    point = ActionPoint.objects.get()
    if fields.get("organisation") == "elsewhere":
        fields = {"organisation": other_agreement.municipality.pk}

    response = admin_client.post(url(ActionPoint, "change", point.pk), point_form(point, **fields))

    assert response.status_code == 200
    assert ActionPoint.objects.values().get() == ActionPoint.objects.filter(pk=point.pk).values().get()
    assert (ActionPoint.objects.get().organisation, ActionPoint.objects.get().due_on) == (
        point.organisation,
        point.due_on,
    )


def test_registers_show_only_meetings_that_the_person_reads(client, meeting, agreement, convener):
    convener.is_staff = True
    convener.save()
    convener.user_permissions.set(Permission.objects.all())
    as_person(client, User.objects.get(pk=convener.pk))
    own = make_meeting(group_of(agreement, Group.Kind.WORKING), TODAY, held=True)

    for model in REGISTERS:
        assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(Meeting, "change", own.pk)).status_code == 200
    # The admin sends those away who may not see a thing, as if it did not exist.
    assert client.get(url(Meeting, "change", meeting.pk)).status_code == 302
    assert client.get(url(Decision, "change", Decision.objects.get().pk)).status_code == 302


def test_nobody_adds_minutes_past_the_meeting(admin_client, meeting):
    for model in REGISTERS:
        assert admin_client.get(url(model, "add")).status_code == 403


def test_finished_point_is_locked(admin_client, meeting, coordinator, agreement):
    point = leading.finish_action_point(point=ActionPoint.objects.get(), by=coordinator)

    response = admin_client.post(
        url(ActionPoint, "change", point.pk), point_form(point, organisation=organisation_of(agreement, "SF").pk)
    )

    assert response.status_code == 403
    assert ActionPoint.objects.get().organisation == agreement.municipality

"""Örat mot marken in the administration: the portal's access, operations and words."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from meetings.models import Observation, ObservationCategory, SituationReport, UpcomingEvent
from tests.factories import TODAY, as_person, make_organisation, organisation_of
from tests.meeting_factories import (
    make_category,
    make_event,
    make_meeting,
    make_observation,
    make_situation_report,
    situation_group,
)


def url(model, page: str, *args) -> str:
    return reverse(f"admin:meetings_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


def let_in(client, user):
    """Into the administration, with every one of Django's permissions."""
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    return as_person(client, User.objects.get(pk=user.pk))


@pytest.fixture
def things(agreement):
    category = make_category(agreement)
    return {
        ObservationCategory: category,
        Observation: make_observation(agreement, TODAY, category=category),
        SituationReport: make_situation_report(make_meeting(situation_group(agreement))),
        UpcomingEvent: make_event(agreement),
    }


def test_the_registers_open(admin_client, things):
    for model, thing in things.items():
        assert admin_client.get(url(model, "changelist")).status_code == 200
        assert admin_client.get(url(model, "change", thing.pk)).status_code == 200


def test_reports_are_only_read(admin_client, things):
    for model in (Observation, SituationReport):
        assert admin_client.get(url(model, "add")).status_code == 403
        assert admin_client.get(url(model, "delete", things[model].pk)).status_code == 403
    assert admin_client.get(url(ObservationCategory, "delete", things[ObservationCategory].pk)).status_code == 403


def test_a_steering_member_hears_nothing_here_either(client, steering_member, things):
    let_in(client, steering_member)

    for model in (Observation, SituationReport, UpcomingEvent):
        assert url(model, "change", things[model].pk) not in client.get(url(model, "changelist")).content.decode()
        assert client.get(url(model, "change", things[model].pk)).status_code == 302


def test_an_outsider_hears_nothing(client, outsider, things):
    let_in(client, outsider)

    for model, thing in things.items():
        assert client.get(url(model, "change", thing.pk)).status_code == 302


def event_form(event, **changes) -> dict:
    return {
        "agreement": event.agreement_id,
        "title": event.title,
        "kind": event.kind,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
    } | changes


def test_an_event_is_kept_by_the_portals_rules(admin_client, agreement, system_administrator, things):
    event = things[UpcomingEvent]
    address = url(UpcomingEvent, "change", event.pk)

    refused = admin_client.post(address, event_form(event, watched_by=[make_organisation("Bolaget").pk]))
    admin_client.post(address, event_form(event, title="Lucia", watched_by=[organisation_of(agreement, "SF").pk]))

    assert "deltar inte i överenskommelsen" in refused.content.decode()
    event.refresh_from_db()
    assert event.title == "Lucia"
    assert [str(one) for one in event.watched_by.all()] == ["SF"]
    assert event.history.first().history_user == system_administrator


def test_nothing_changes_in_a_closed_agreement(admin_client, agreement, things):
    agreement.state = agreement.State.CLOSED
    agreement.save()

    for model in (ObservationCategory, UpcomingEvent):
        assert admin_client.post(url(model, "change", things[model].pk), {"title": "x"}).status_code == 403

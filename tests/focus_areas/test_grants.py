"""Money from outside: sums in Swedish kronor, and when its use is to be reported."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from focus_areas.grants import grants_due, sums_by_source
from focus_areas.models import Grant
from focus_areas.templatetags.money import kronor
from focus_areas.undo import undo_change
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area
from tests.thread_factories import make_grant

pytestmark = pytest.mark.django_db

GRANT = {"source": "Länsstyrelsen Skåne", "amount": "150000", "report_due_on": "2026-12-15"}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.5", "0,50 kr"),
        ("150000", "150 000 kr"),
        ("150000.00", "150 000 kr"),
        ("87500.50", "87 500,50 kr"),
        ("1234567.89", "1 234 567,89 kr"),
        (None, ""),
    ],
)
def test_amounts_are_written_as_in_swedish(amount, words):
    written = kronor(None if amount is None else Decimal(amount))

    assert written.replace("\u00a0", " ") == words
    assert " " not in written


@pytest.mark.parametrize(
    ("due_in", "reported", "is_due"),
    [(-400, False, True), (0, False, True), (30, False, True), (31, False, False), (5, True, False)],
)
def test_grant_wants_something_within_thirty_days(activity, due_in, reported, is_due):
    grant = make_grant(
        activity,
        report_due_on=TODAY + datetime.timedelta(days=due_in),
        reported_on=TODAY if reported else None,
    )

    assert list(grants_due(activity.agreement, TODAY)) == ([grant] if is_due else [])


def test_grant_without_a_day_and_another_agreements_grant_want_nothing(activity, other_agreement):
    make_grant(activity, report_due_on=None)
    make_grant(make_activity(make_focus_area(other_agreement)))

    assert list(grants_due(activity.agreement, TODAY)) == []


def test_sums_take_a_source_together_however_it_is_written(activity):
    make_grant(activity, source="Länsstyrelsen Skåne", amount=Decimal("100.50"))
    make_grant(activity, source="länsstyrelsen  skåne", amount=Decimal("200"))
    make_grant(activity, source="Brå", amount=Decimal("300.50"))

    sums = [(one.source, one.count, one.amount) for one in sums_by_source(list(Grant.objects.order_by("pk")))]

    assert sums == [("Brå", 1, Decimal("300.50")), ("Länsstyrelsen Skåne", 2, Decimal("300.50"))]


def test_list_tells_what_is_to_be_reported_and_the_sums(client, activity, reader):
    make_grant(activity, source="Brå", amount=Decimal("60000"), report_due_on=TODAY - datetime.timedelta(days=2))
    make_grant(activity, source="Brå", amount=Decimal("40000"), reported_on=TODAY, report_due_on=TODAY)
    make_grant(activity, source="Brå", amount=Decimal("1000"), report_due_on=TODAY)
    as_person(client, reader)

    response = client.get(reverse("focus_areas:grant_list", args=[activity.agreement.pk]))
    page = response.content.decode().replace("\u00a0", " ")

    assert [row["grant"].amount for row in response.context["grants"]] == [60000, 1000, 40000]
    assert "2 dagar försenad" in page
    assert "Redovisat 23 november 2026" in page
    assert "<b>101 000 kr i allt.</b> 1 redovisning är försenad. 1 redovisning ska lämnas inom 30 dagar." in page
    assert "Nytt bidrag" not in page


def test_grant_is_written_changed_taken_away_and_brought_back(client, activity, coordinator):
    as_person(client, coordinator)

    created = client.post(reverse("focus_areas:grant_create", args=[activity.pk]), GRANT)
    grant = Grant.objects.get()
    client.post(reverse("focus_areas:grant_update", args=[grant.pk]), GRANT | {"reported_on": "2026-11-20"})
    grant.refresh_from_db()
    removed = client.post(reverse("focus_areas:grant_delete", args=[grant.pk]))
    was_removed = not Grant.objects.exists()
    undo_change(activity=activity, key=f"grant-{Grant.history.first().history_id}", by=coordinator)

    assert created.headers["Location"] == f"/aktiviteter/{activity.pk}/#bidrag"
    assert grant.reported_on == datetime.date(2026, 11, 20)
    assert removed.headers["Location"] == reverse("focus_areas:grant_list", args=[activity.agreement.pk])
    assert was_removed
    assert Grant.objects.get().amount == 150000
    assert [row.history_user for row in Grant.history.all()] == [coordinator] * 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": ""}, "source"),
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "mycket"}, "amount"),
        ({"amount": "99999999999"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"starts_on": "2026-12-31", "ends_on": "2026-01-01"}, "ends_on"),
        ({"reported_on": "2026-11-24"}, "reported_on"),
        ({"report_due_on": "15 december"}, "report_due_on"),
    ],
)
def test_wrong_grant_says_what_is_wrong(client, activity, coordinator, wrong, field):
    as_person(client, coordinator)

    page = client.post(reverse("focus_areas:grant_create", args=[activity.pk]), GRANT | wrong)

    assert list(page.context["form"].errors) == [field]
    assert not Grant.objects.exists()


def test_working_group_changes_grants_of_its_own_activities(client, activity, working_group_member):
    own = make_activity(activity.focus_area, working_group=group_of(activity.agreement, "working"))
    as_person(client, working_group_member)

    answers = [
        client.post(reverse("focus_areas:grant_create", args=[one.pk]), GRANT).status_code for one in (own, activity)
    ]
    listed = client.get(reverse("focus_areas:grant_list", args=[activity.agreement.pk]))

    assert answers == [302, 403]
    assert listed.context["can_add_to"] == [own]


def test_activity_tells_its_grants(client, activity, reader):
    make_grant(activity, amount=Decimal("60000"), report_due_on=datetime.date(2027, 2, 1))
    make_grant(activity, amount=Decimal("40000"), report_due_on=datetime.date(2027, 1, 1))
    as_person(client, reader)

    page = client.get(activity.get_absolute_url()).content.decode().replace("\u00a0", " ")

    assert ">100 000 kr</a>" in page
    assert "redovisas 1 januari 2027" in page

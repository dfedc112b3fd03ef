"""The administration's action for the follow-up report: one agreement, a period, and those who may write it."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from agreements.models import Agreement
from tests.factories import as_person, make_activity, make_focus_area

REGISTER = reverse("admin:agreements_agreement_changelist")


def ask(client, *agreements: Agreement, **answers):
    return client.post(
        REGISTER,
        {
            "action": "create_follow_up_report",
            ACTION_CHECKBOX_NAME: [agreement.pk for agreement in agreements],
        }
        | answers,
    )


def staffed(user: User) -> User:
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    return User.objects.get(pk=user.pk)


def told(client) -> list[str]:
    return [str(message) for message in client.get(REGISTER).context["messages"]]


def test_action_asks_for_the_period_this_year_so_far(client, system_administrator, agreement, today):
    response = ask(as_person(client, system_administrator), agreement)

    assert response.status_code == 200
    assert response.context["form"].initial == {"starts_on": today.replace(month=1, day=1), "ends_on": today}


def test_action_answers_with_the_pdf(client, system_administrator, agreement):
    make_activity(make_focus_area(agreement))

    response = ask(as_person(client, system_administrator), agreement, starts_on="2026-01-01", ends_on="2026-06-30")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="uppfoljningsrapport-KS-2023-305-2026-06-30.pdf"'
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"starts_on": "2026-06-30", "ends_on": "2026-01-01"}, "ends_on"),
        ({"starts_on": "igår", "ends_on": "2026-01-01"}, "starts_on"),
        ({"starts_on": "", "ends_on": "2026-01-01"}, "starts_on"),
    ],
)
def test_action_explains_a_wrong_period(client, system_administrator, agreement, answers, field):
    response = ask(as_person(client, system_administrator), agreement, **answers)

    assert response["Content-Type"].startswith("text/html")
    assert list(response.context["form"].errors) == [field]


def test_action_is_for_one_agreement(client, system_administrator, agreement, other_agreement):
    response = ask(as_person(client, system_administrator), agreement, other_agreement)

    assert response.status_code == 302
    assert told(client) == ["Välj en överenskommelse. Rapporten gäller en i taget."]


@pytest.mark.parametrize("key", ["coordinator", "police_liaison"])
def test_action_is_open_to_those_who_write_reports(client, request, agreement, key):
    as_person(client, staffed(request.getfixturevalue(key)))

    response = ask(client, agreement)

    assert response.status_code == 200


@pytest.mark.parametrize("key", ["reader", "steering_member", "preparation_member", "situation_member"])
def test_action_refuses_others_in_words_and_gives_no_file(client, request, agreement, key):
    as_person(client, staffed(request.getfixturevalue(key)))

    response = ask(client, agreement, starts_on="2026-01-01", ends_on="2026-06-30")

    assert response.status_code == 302
    assert told(client)[0].startswith("Du får inte skriva rapporter.")


def test_action_does_not_reach_an_agreement_that_is_not_seen(client, coordinator, other_agreement):
    as_person(client, staffed(coordinator))

    response = ask(client, other_agreement, starts_on="2026-01-01", ends_on="2026-06-30")

    assert response.status_code == 302
    assert told(client) == ["Välj en överenskommelse. Rapporten gäller en i taget."]

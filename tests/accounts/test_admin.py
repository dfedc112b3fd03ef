"""People in the administration: who may open what is decided by system administrators alone."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from tests.factories import as_person


def change_url(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_new_person_cannot_sign_in_before_an_invitation(client, system_administrator):
    as_person(client, system_administrator).post(
        reverse("admin:accounts_user_add"), {"full_name": "Ny Person", "email": "NY@burlov.example", "is_active": "on"}
    )

    newcomer = User.objects.get(full_name="Ny Person")
    assert newcomer.email == "ny@burlov.example"
    assert not newcomer.can_sign_in
    assert newcomer.history.get().history_user == system_administrator


@pytest.mark.parametrize("key", ["coordinator", "reader"])
def test_staff_cannot_make_anybody_a_system_administrator(client, request, key, preparation_member):
    user = request.getfixturevalue(key)
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    as_person(client, User.objects.get(pk=user.pk))

    response = client.post(
        change_url(user), {"full_name": user.full_name, "email": user.email, "is_active": "on", "is_superuser": "on"}
    )

    user.refresh_from_db()
    assert response.status_code == 403
    assert not user.is_superuser


def test_password_is_nowhere_in_the_form(client, system_administrator, coordinator):
    response = as_person(client, system_administrator).get(change_url(coordinator))

    assert "password" not in response.context["adminform"].form.fields
    assert coordinator.password not in response.content.decode()


def test_new_address_closes_the_old_one(client, system_administrator, coordinator):
    EmailAddress.objects.create(user=coordinator, email=coordinator.email)

    as_person(client, system_administrator).post(
        change_url(coordinator), {"full_name": "Maja Lind", "email": "ny@burlov.example", "is_active": "on"}
    )

    coordinator.refresh_from_db()
    assert coordinator.email == "ny@burlov.example"
    assert not EmailAddress.objects.exists()


def test_old_password_is_changed_where_guesses_are_counted(client, system_administrator):
    as_person(client, system_administrator)

    for method in (client.get, client.post):
        assert method(reverse("admin:password_change")).url == reverse("account_change_password")


def test_administration_speaks_swedish():
    assert admin.site.index_title == "Register"
    assert not admin.site.is_registered(EmailAddress)


def test_passwords_cannot_be_guessed_at_in_the_list(client, coordinator):
    User.objects.filter(pk=coordinator.pk).update(is_staff=True)
    coordinator.user_permissions.set(Permission.objects.filter(codename="view_user"))
    as_person(client, User.objects.get(pk=coordinator.pk))

    response = client.get(reverse("admin:accounts_user_changelist"), {"password__startswith": "md5"})

    assert response.status_code == 400

from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.history import latest_version
from focus_areas.models import Activity
from tests.factories import as_person, make_activity, make_focus_area


def test_password_is_not_kept(client, db):
    passwords = {"oldpassword": "ett gammalt hemligt", "password1": "ett nytt hemligt", "password2": "ett nytt hemligt"}

    client.post(reverse("account_change_password"), passwords)

    assert [session.get_decoded() for session in Session.objects.all()] == []


def test_kept_form_remembers_which_version_it_was_written_from(client, agreement, coordinator):
    activity = make_activity(make_focus_area(agreement), by=coordinator)
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    opened = latest_version(activity)
    client.post(address, {"title": "Min rubrik", "version": opened})
    Activity.objects.get(pk=activity.pk).save()

    page = as_person(client, coordinator).get(address)

    assert page.context["form"]["title"].value() == "Min rubrik"
    assert page.context["version"] == str(opened)


def test_sign_in_page_says_that_what_was_written_is_kept(client, agreement):
    activity = make_activity(make_focus_area(agreement))

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), {"text": "Möte"}, follow=True)

    assert "Det du skrev finns kvar när du har loggat in igen." in response.content.decode()

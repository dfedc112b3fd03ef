"""What somebody sent when their session had ended is kept for them, and for nobody else."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.history import latest_version
from accounts.interrupted_forms import MOST_KEPT, read, sign_form
from accounts.models import InterruptedForm
from focus_areas.models import Activity
from tests.factories import as_person, make_activity, make_focus_area, make_person

KEPT = "Det du skrev finns kvar"


@pytest.fixture
def activity(agreement, coordinator):
    return make_activity(make_focus_area(agreement), by=coordinator)


@pytest.fixture
def address(activity):
    return reverse("focus_areas:log_create", args=[activity.pk])


def hidden_fields(page) -> dict:
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {
        name: value
        for name, value in found
        if name in ("csrfmiddlewaretoken", "written_by", "submission_key", "kept_form")
    }


def written_by(person, **fields) -> dict:
    return {"written_by": sign_form(person)} | fields


def test_text_is_there_after_signing_in_again_until_it_is_saved(client, coordinator, address):
    page = as_person(client, coordinator).get(address)
    Session.objects.all().delete()

    sent = client.post(address, hidden_fields(page) | {"text": "Möte med fastighetsägarna."}, follow=True)
    assert f"{KEPT} när du har loggat in igen." in sent.content.decode()
    client.force_login(coordinator)
    again, reloaded = client.get(address), client.get(address)

    assert again.context["form"]["text"].value() == "Möte med fastighetsägarna."
    assert "inte sparat än" in again.content.decode()
    assert reloaded.context["form"]["text"].value() == "Möte med fastighetsägarna."
    faulty = client.post(address, hidden_fields(reloaded) | {"text": ""})
    saved = client.post(address, hidden_fields(faulty) | {"text": "Möte.", "happened_on": "2026-03-02"})
    assert saved.status_code == 302
    assert not InterruptedForm.objects.exists()
    assert not client.get(address).context["form"].is_bound


def test_form_that_is_sent_twice_meanwhile_is_kept_once(client, coordinator, address):
    for text in ("Möte", "Möte med fastighetsägarna."):
        client.post(address, written_by(coordinator, text=text, submission_key="a"))

    assert [read(kept)["text"] for kept in InterruptedForm.objects.all()] == ["Möte med fastighetsägarna."]


def test_start_page_leads_to_what_is_kept_and_it_can_be_thrown_away(client, coordinator, police_liaison, address):
    client.post(address, written_by(coordinator, text="Samordnarens egna ord."))
    kept = InterruptedForm.objects.get()
    listed = reverse("interrupted_form")

    as_person(client, police_liaison)
    assert listed not in client.get("/").content.decode()
    assert "Samordnarens egna ord." not in client.get(listed).content.decode()
    client.post(listed, {"kept_form": kept.pk})
    assert InterruptedForm.objects.exists()

    own = Client()
    own.force_login(coordinator)
    assert listed in own.get("/").content.decode()
    assert f'href="{address}">Samordnarens egna ord.' in own.get(listed).content.decode()
    assert own.post(listed, {"kept_form": kept.pk}).url == address
    assert not own.get(address).context["form"].is_bound
    assert listed not in own.get("/").content.decode()


def test_text_is_never_shown_to_another_and_kept_for_its_owner(client, coordinator, police_liaison, address):
    client.post(address, written_by(coordinator, text="Samordnarens egna ord."))

    as_person(client, police_liaison)
    page = client.get(address)
    kept = InterruptedForm.objects.get()
    shown = client.get(reverse("interrupted_form"), {"nr": kept.pk})

    assert "Samordnarens egna ord." not in page.content.decode()
    assert shown.url == "/"
    own = Client()
    own.force_login(coordinator)
    assert "Samordnarens egna ord." in own.get(address).content.decode()


def test_form_of_the_session_before_comes_back_with_a_new_token(coordinator, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    old = hidden_fields(client.get(address))
    client.logout()
    client.force_login(coordinator)

    sent = client.post(address, old | {"text": "Möte med fastighetsägarna."})
    page = client.get(sent.url)

    assert sent.url == address
    assert page.context["form"]["text"].value() == "Möte med fastighetsägarna."
    assert hidden_fields(page)["submission_key"]


def test_form_of_another_is_not_taken_in_and_kept_for_its_owner(coordinator, police_liaison, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(police_liaison)

    answer = client.post(address, written_by(coordinator, text="Samordnarens egna ord."))

    assert answer.status_code == 403
    assert "Formuläret är någon annans" in answer.content.decode()
    assert "Samordnarens egna ord." not in answer.content.decode()
    assert InterruptedForm.objects.get().written_by == coordinator


def test_small_form_of_htmx_leads_to_where_the_text_is(coordinator, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    answer = client.post(address, written_by(coordinator, text="Möte."), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == address


def test_form_without_a_page_of_its_own_is_shown_to_be_sent_again(client, coordinator):
    client.post(reverse("account_detail"), written_by(coordinator, note="Ord på en knapps sida."))
    kept = InterruptedForm.objects.get()
    client.force_login(coordinator)

    page = client.get(reverse("interrupted_form"), {"nr": kept.pk})

    assert "Ord på en knapps sida." in page.content.decode()
    assert f'action="{kept.path}"' in page.content.decode()
    assert client.post(kept.path, hidden_fields(page) | {"theme": "dark"}).status_code == 302
    assert not InterruptedForm.objects.exists()


@pytest.mark.parametrize("text", ["å" * 10_000, "🚲" * 10_000, "• punkt\n" * 1_250])
def test_longest_texts_are_kept(client, coordinator, address, text):
    fields = {name: text for name in ("text", "second", "third")}

    client.post(address, written_by(coordinator, **fields))
    client.force_login(coordinator)

    assert client.get(address).context["form"]["text"].value() == text


def test_files_cannot_follow_along_and_that_is_said(client, coordinator, address):
    client.post(address, written_by(coordinator, text="Se bilden.", file=SimpleUploadedFile("karta.png", b"x")))
    client.force_login(coordinator)

    assert "Filer kunde inte följa med. Välj dem igen: karta.png." in client.get(address).content.decode()


def test_three_hundred_strangers_leave_nothing(client, address):
    for number in range(300):
        client.post(address, {"text": "x" * 1000, "written_by": f"{number}:forged:forged"})

    assert (Session.objects.count(), InterruptedForm.objects.count()) == (0, 0)


def test_what_is_kept_is_bounded_and_forgotten_after_a_day(client, coordinator, address, frozen_today):
    for number in range(MOST_KEPT + 5):
        client.post(address, written_by(coordinator, text=f"Text {number}"))
    assert coordinator.interrupted_forms.count() == MOST_KEPT

    frozen_today.shift(datetime.timedelta(days=1, minutes=1))
    client.force_login(coordinator)

    assert not client.get(address).context["form"].is_bound


def test_nothing_is_kept_for_who_is_deactivated_and_no_password_at_all(client, coordinator, address):
    gone = make_person("Per Åberg", is_active=False)
    passwords = {"oldpassword": "ett gammalt", "password1": "ett nytt", "password2": "ett nytt"}

    client.post(address, written_by(gone, text="Möte"))
    client.post(reverse("account_change_password"), written_by(coordinator, **passwords))

    assert (Session.objects.count(), InterruptedForm.objects.count()) == (0, 0)


def test_kept_form_remembers_which_version_it_was_written_from(client, coordinator, activity):
    address = reverse("focus_areas:activity_update", args=[activity.pk])
    opened = latest_version(activity)
    client.post(address, written_by(coordinator, title="Min rubrik", version=opened))
    Activity.objects.get(pk=activity.pk).save()

    page = as_person(client, coordinator).get(address)

    assert page.context["form"]["title"].value() == "Min rubrik"
    assert page.context["version"] == str(opened)


def test_old_button_is_asked_to_be_pressed_again(coordinator, activity):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    answer = client.post(reverse("account_logout"), written_by(coordinator), follow=True)

    assert "Försök en gång till." in answer.content.decode()
    assert "_auth_user_id" in client.session

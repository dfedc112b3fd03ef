"""What is shown to somebody who is signed in is kept by no browser, and goes when they sign out."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import as_person, make_activity, make_focus_area

NO_STORE = "private, no-store"


@pytest.fixture
def activity(agreement):
    return make_activity(make_focus_area(agreement))


@pytest.mark.parametrize(
    "address", ["/", "/sok/?q=x", "/konto/", "/finns-inte/", "/overenskommelser/999999/", "/tillganglighet/", "/admin/"]
)
def test_pages_faults_and_redirects_are_not_stored(client, coordinator, address):
    response = as_person(client, coordinator).get(address)

    assert response.headers["Cache-Control"] == NO_STORE


def test_downloads_partials_and_refused_forms_are_not_stored(client, agreement, coordinator, activity):
    as_person(client, coordinator)
    strict = Client(enforce_csrf_checks=True)
    as_person(strict, coordinator)

    download = client.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "yaml"]))
    refused = strict.post(reverse("focus_areas:log_create", args=[activity.pk]), {"text": "Möte"})
    partial = client.get(reverse("start"), headers={"HX-Request": "true"})
    button = client.get(reverse("account_logout"))

    assert {one.headers["Cache-Control"] for one in (download, refused, partial, button)} == {NO_STORE}


def test_page_that_asks_to_sign_in_is_not_stored(client, agreement):
    response = client.get(agreement.get_absolute_url())

    assert (response.status_code, response.headers["Cache-Control"]) == (302, NO_STORE)


def test_public_pages_stay_as_they_are(client, agreement):
    accessibility = client.get(reverse("accessibility"))
    residents = client.get(f"/invanare/{agreement.pk}/")

    assert "no-store" not in accessibility.headers.get("Cache-Control", "")
    assert "no-store" not in residents.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["account_logout", "admin:logout"])
def test_sign_out_clears_what_the_browser_kept_but_no_cookies_of_others(client, coordinator, name):
    coordinator.is_staff = True
    coordinator.save()
    response = as_person(client, coordinator).post(reverse(name))

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == NO_STORE


def test_sign_out_of_nobody_clears_nothing(client, db):
    assert "Clear-Site-Data" not in client.post(reverse("account_logout")).headers

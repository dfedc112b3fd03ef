import datetime

import pytest
from django.urls import reverse

from focus_areas.models import Activity
from tests.factories import (
    TODAY,
    make_activity,
    make_focus_area,
    make_log_entry,
    make_status_update,
    organisation_of,
)
from tests.thread_factories import make_communication_item, make_communication_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_today")]

SHOWN = {"is_public": True, "public_text": "Vi går genom centrum tillsammans och ser vad som behöver bli bättre."}


@pytest.fixture
def address(agreement) -> str:
    return reverse("focus_areas:public_page", args=[agreement.pk])


@pytest.fixture
def focus_area(agreement):
    return make_focus_area(agreement, title="Tryggt centrum")


def test_page_shows_what_was_opened_and_nothing_else(client, agreement, focus_area, address, police_liaison):
    activity = make_activity(
        focus_area,
        title="Trygghetsvandringar",
        lead=[organisation_of(agreement, "KLF")],
        responsible=police_liaison,
        background="Inre bakgrund",
        method="Inre metod",
        **SHOWN,
    )
    make_activity(focus_area, title="Avhopparverksamhet")
    make_status_update(activity, text="Inre lägesmening", next_step="Inre nästa steg")
    make_log_entry(activity, text="Inre anteckning", participant_count=3)

    page = client.get(address)

    assert page.status_code == 200
    assert SHOWN["public_text"] in page.text
    assert "Leds av Kommunledningsförvaltningen" in page.text
    assert "Pågår" in page.text
    for inner in ("Avhopparverksamhet", "Inre ", police_liaison.full_name, "Enligt plan", "färre än"):
        assert inner not in page.text


def test_small_counts_are_masked_in_titles_texts_and_what_was_told(client, agreement, address):
    focus_area = make_focus_area(agreement, title="3 familjer i Arlöv")
    make_activity(focus_area, title="Stöd till 2 ungdomar", is_public=True, public_text="3 pojkar fick stöd.")
    plan = make_communication_plan(agreement)
    make_communication_item(plan, direction="external", done_on=TODAY, message="Vi hjälpte 1 person.")

    text = client.get(address).text

    for masked in (
        *("Färre än 5 familjer i Arlöv", "Stöd till färre än 5 ungdomar", "Färre än 5 pojkar fick stöd."),
        "Vi hjälpte färre än 5 personer.",
    ):
        assert masked in text
    for shown in ("3 familjer", "2 ungdomar", "3 pojkar", "1 person"):
        assert shown not in text


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_page_of_an_agreement_not_in_force_is_not_found(client, agreement, focus_area, address, state):
    make_activity(focus_area, **SHOWN)
    agreement.state = state
    agreement.save()

    assert client.get(address).status_code == 404


def test_page_without_opened_activities_is_not_found(client, focus_area, address):
    make_activity(focus_area)

    assert client.get(address).status_code == 404


def test_page_of_no_agreement_is_not_found(client):
    assert client.get(reverse("focus_areas:public_page", args=[987654])).status_code == 404


def test_cancelled_activity_is_not_shown(client, focus_area, address):
    make_activity(focus_area, title="Går vidare", **SHOWN)
    make_status_update(make_activity(focus_area, title="Blev inte av", **SHOWN), Activity.Status.CANCELLED)

    page = client.get(address)

    assert "Går vidare" in page.text
    assert "Blev inte av" not in page.text


def test_change_is_seen_at_once_though_the_page_is_kept(client, focus_area, address):
    activity = make_activity(focus_area, title="Trygghetsvandringar", **SHOWN)
    make_activity(focus_area, title="Grannsamverkan", **SHOWN)
    first = client.get(address)
    activity.is_public = False
    activity.save()

    second = client.get(address)

    assert "Trygghetsvandringar" in first.text
    assert "Trygghetsvandringar" not in second.text
    assert first["ETag"] != second["ETag"]


def test_new_name_of_an_organisation_is_seen_at_once(client, agreement, focus_area, address):
    lead = organisation_of(agreement, "KLF")
    make_activity(focus_area, lead=[lead], **SHOWN)
    client.get(address)
    lead.name = "Trygghetsförvaltningen"
    lead.save()

    assert "Leds av Trygghetsförvaltningen" in client.get(address).text


def test_kept_page_costs_one_question_about_what_changed(client, focus_area, address, django_assert_max_num_queries):
    make_activity(focus_area, **SHOWN)
    client.get(address)

    # The version twice, and the kept page: the cache is a table.
    with django_assert_max_num_queries(4):
        client.get(address)


def test_browser_that_has_the_page_gets_nothing_more(client, focus_area, address):
    make_activity(focus_area, **SHOWN)
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"done_on": TODAY}, True),
        ({"done_on": datetime.date(2025, 11, 24)}, True),
        ({"done_on": datetime.date(2025, 11, 23)}, False),
        ({"done_on": None}, False),
        ({"done_on": TODAY, "direction": "internal"}, False),
    ],
)
def test_what_was_told_outwards_during_the_year_is_shown(client, agreement, focus_area, address, fields, is_shown):
    make_activity(focus_area, **SHOWN)
    make_communication_item(make_communication_plan(agreement), **fields)

    assert ("Vi går en trygghetsvandring i höst." in client.get(address).text) is is_shown


def test_what_was_told_about_an_inner_activity_is_not_shown(client, agreement, focus_area, address):
    make_activity(focus_area, **SHOWN)
    inner = make_activity(focus_area)
    make_communication_item(make_communication_plan(agreement), activity=inner, done_on=TODAY)

    assert "Vi går en trygghetsvandring i höst." not in client.get(address).text


def test_old_personal_number_keeps_the_page_from_being_shown(client, focus_area, address, caplog):
    activity = make_activity(focus_area, **SHOWN)
    Activity.objects.filter(pk=activity.pk).update(public_text="Kontakta 19900101-0017")

    assert client.get(address).status_code == 404
    assert "is not shown" in caplog.text
    assert "19900101" not in caplog.text


def test_activity_opened_without_a_text_is_refused(client, coordinator, focus_area):
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    activity = make_activity(focus_area, lead=[focus_area.agreement.municipality])
    form = {
        "title": activity.title,
        "process_lead": [focus_area.agreement.municipality.pk],
        "is_public": "on",
        "public_text": " ",
    }

    answer = client.post(reverse("focus_areas:activity_update", args=[activity.pk]), form)

    assert answer.context["form"].errors["public_text"] == [
        "Skriv det som invånarna får läsa, eller låt aktiviteten vara intern."
    ]

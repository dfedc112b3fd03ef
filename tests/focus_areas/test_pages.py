"""What the pages of focus areas do for the right person, the wrong person and wrong input."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.history import latest_version
from documents.pdf import render_pdf
from focus_areas.models import Activity, ChildImpact, Commitment, FollowUp, LogAttachment, LogEntry, StatusUpdate
from tests.factories import (
    as_person,
    make_activity,
    make_area,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_log_entry,
    make_status_update,
    organisation_of,
)

pytestmark = pytest.mark.django_db
KEY = "6f0d9c3e-9d53-4f3a-8a1e-6a6f7c0f0a01"


@pytest.fixture
def activity(agreement):
    return make_activity(
        make_focus_area(agreement), title="Grannsamverkan", lead=[organisation_of(agreement, "Polisen")]
    )


def log_data(**changes):
    return {"happened_on": "2026-11-20", "text": "Möte i Åkarp.", "quantity": "", "commitment": ""} | changes


def status_data(activity, **changes):
    data = {"assessment": "yellow", "status": "ongoing", "text": "Ett möte är hållet.", "previous": ""} | changes
    return {f"lage-{activity.pk}-{name}": value for name, value in data.items()}


# --- Logging ---


def test_coordinator_logs_with_count(client, activity, coordinator):
    commitment = make_commitment(activity)
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:log_create", args=[activity.pk]),
        log_data(commitment=commitment.pk, quantity="2", participant_count="14"),
    )

    entry = LogEntry.objects.get()
    assert response.status_code == 302
    assert response.url == entry.get_absolute_url()
    assert (entry.commitment, entry.quantity, entry.participant_count) == (commitment, 2, 14)
    assert (entry.created_by, entry.history.get().history_user) == (coordinator, coordinator)


def test_same_form_twice_logs_once(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])

    client.post(address, log_data(submission_key=KEY))
    response = client.post(address, log_data(submission_key=KEY), follow=True)

    assert LogEntry.objects.count() == 1
    assert "Formuläret skickades två gånger" in response.content.decode()


def test_quick_log_counts_towards_the_chosen_commitment(client, activity, coordinator):
    commitment = make_commitment(activity)
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:quick_log"),
        {"target": f"c{commitment.pk}", "happened_on": "2026-11-20", "quantity": "1", "text": "Vandring"},
    )

    assert LogEntry.objects.get().commitment == commitment
    assert response.status_code == 302


def test_quick_log_refuses_another_agreements_activity(client, activity, coordinator, other_agreement):
    elsewhere = make_activity(make_focus_area(other_agreement))
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:quick_log"),
        {"target": f"a{elsewhere.pk}", "happened_on": "2026-11-20", "text": "Vandring"},
    )

    assert response.status_code == 200
    assert "target" in response.context["form"].errors
    assert not LogEntry.objects.exists()


def test_once_more_like_this_is_filled_in_with_today(client, activity, coordinator, today):
    commitment = make_commitment(activity)
    entry = make_log_entry(activity, commitment=commitment, quantity=1, text="Kvällspass")
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:log_repeat", args=[entry.pk]))
    client.post(
        reverse("focus_areas:log_repeat", args=[entry.pk]),
        log_data(text="Kvällspass", commitment=commitment.pk, quantity="1", happened_on=today),
    )

    form = page.context["form"]
    assert form["text"].value() == "Kvällspass"
    assert form["happened_on"].value() == today
    assert LogEntry.objects.filter(commitment=commitment, text="Kvällspass").count() == 2


def test_entry_is_corrected_and_removed(client, activity, coordinator):
    entry = make_log_entry(activity, by=coordinator)
    as_person(client, coordinator)

    client.post(reverse("focus_areas:log_update", args=[entry.pk]), log_data(text="Rätt ord"))
    entry.refresh_from_db()
    corrected = entry.text
    client.post(reverse("focus_areas:log_delete", args=[entry.pk]))

    assert corrected == "Rätt ord"
    assert not LogEntry.objects.exists()


def test_situation_member_corrects_own_entries_only(client, agreement, situation_member, coordinator):
    own_lead = situation_member.memberships.get().seat.organisation
    activity = make_activity(make_focus_area(agreement), lead=[own_lead])
    mine = make_log_entry(activity, by=situation_member)
    theirs = make_log_entry(activity, by=coordinator)
    as_person(client, situation_member)

    allowed = client.get(reverse("focus_areas:log_update", args=[mine.pk]))
    refused = client.get(reverse("focus_areas:log_update", args=[theirs.pk]))

    assert (allowed.status_code, refused.status_code) == (200, 403)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"quantity": "-1"}, "quantity", "större än eller lika med 0"),
        ({"quantity": "1,5"}, "quantity", "heltal"),
        ({"quantity": "99999999999999999999"}, "quantity", ""),
        ({"happened_on": "2026-11-24"}, "happened_on", "har inte varit än"),
        ({"happened_on": "1999-12-31"}, "happened_on", "Kontrollera året"),
        ({"happened_on": "i går"}, "happened_on", "Skriv ett datum"),
        ({"happened_on": ""}, "happened_on", "Fyll i dag"),
        ({"text": ""}, "text", "Fyll i vad gjordes"),
        ({"text": "   \n "}, "text", "Fyll i vad gjordes"),
        ({"text": "x" * 100_000}, "text", "som mest 4000 tecken (den har 100000)"),
        ({"text": "bomb\x00"}, "text", ""),
        ({"commitment": "999999"}, "commitment", "giltigt alternativ"),
        ({"participant_count": "-3"}, "participant_count", "större än eller lika med 0"),
    ],
)
def test_bad_entry_is_refused_and_nothing_is_lost(client, activity, coordinator, changes, field, message):
    commitment = make_commitment(activity)
    as_person(client, coordinator)
    data = log_data(commitment=commitment.pk, quantity="1") | changes

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), data)

    form = response.context["form"]
    assert response.status_code == 200
    assert message in " ".join(form.errors[field])
    assert form["text"].value() == data["text"]
    assert not LogEntry.objects.exists()
    assert response.content.decode().startswith("<!doctype html>")
    assert "<title>Fel: " in response.content.decode()


def test_ids_of_another_agreement_are_refused(client, activity, coordinator, other_agreement):
    elsewhere = make_commitment(make_activity(make_focus_area(other_agreement)))
    area = make_area(other_agreement)
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:log_create", args=[activity.pk]),
        log_data(commitment=elsewhere.pk, quantity="1", area=area.pk),
    )

    assert set(response.context["form"].errors) == {"commitment", "area"}
    assert not LogEntry.objects.exists()


# --- Attachments ---


def pdf_file(name="protokoll.pdf"):
    html = "<html lang='sv'><head><title>Protokoll</title></head><body><h1>Möte</h1></body></html>"
    return SimpleUploadedFile(name, render_pdf(html), content_type="text/html")


def test_attachment_is_kept_and_served_as_a_download(client, activity, coordinator):
    as_person(client, coordinator)

    client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(files=[pdf_file()]))
    attachment = LogAttachment.objects.get()
    response = client.get(attachment.get_absolute_url())

    assert (attachment.file_name, attachment.content_type) == ("protokoll.pdf", "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="protokoll.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "protokoll" not in attachment.file.name


def test_attachment_is_hidden_from_outsiders(client, activity, coordinator, outsider):
    as_person(client, coordinator)
    client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(files=[pdf_file()]))
    as_person(client, outsider)

    response = client.get(LogAttachment.objects.get().get_absolute_url())

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (lambda: pdf_file("protokoll.docx"), "innehåller en PDF"),
        (lambda: SimpleUploadedFile("tom.pdf", b""), "tom"),
        (lambda: SimpleUploadedFile("sida.pdf", b"<html><script>alert(1)</script>"), "PDF"),
        (lambda: SimpleUploadedFile("stor.pdf", b"%PDF-1.7\n" + b"0" * 40_000_000), "10 MB"),
    ],
)
def test_wrong_file_is_refused(client, activity, coordinator, file, message):
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(files=[file()]))

    assert message in " ".join(response.context["form"].errors["files"])
    assert not LogEntry.objects.exists()
    assert not LogAttachment.objects.exists()


# --- Status ---


def test_liaison_reports_and_comes_back_to_the_start_page(client, activity, police_liaison):
    as_person(client, police_liaison)
    start = reverse("start")

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity) | {"tillbaka": start}
    )

    activity.refresh_from_db()
    assert response.url == start
    assert (activity.status, activity.assessment) == ("ongoing", "yellow")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_way_back_stays_in_the_portal(client, activity, police_liaison, elsewhere):
    as_person(client, police_liaison)

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity) | {"tillbaka": elsewhere}
    )

    assert response.url == activity.get_absolute_url()


@pytest.mark.parametrize("status", ["delayed", "paused", "cancelled"])
def test_deviating_status_asks_for_the_reason(client, activity, police_liaison, status):
    as_person(client, police_liaison)

    response = client.post(
        reverse("focus_areas:status_create", args=[activity.pk]), status_data(activity, status=status)
    )

    assert "Skriv skälet" in " ".join(response.context["form"].errors["reason"])
    assert not StatusUpdate.objects.exists()


def test_second_to_report_is_shown_both_and_chooses(client, activity, police_liaison, coordinator):
    first = make_status_update(activity, "ongoing", "green", by=coordinator, text="Kommunens ord")
    as_person(client, police_liaison)
    address = reverse("focus_areas:status_create", args=[activity.pk])
    late = status_data(activity, text="Polisens ord", previous="")

    shown = client.post(address, late)
    kept = client.post(address, late | {"conflict_choice": "keep"})
    count_after_keeping = StatusUpdate.objects.count()
    resolved = {name: value for name, value in shown.context["posted"]}
    client.post(address, resolved | {"conflict_choice": "replace"})

    page = shown.content.decode()
    assert shown.status_code == 409
    assert "Kommunens ord" in page
    assert "Polisens ord" in page
    assert (kept.status_code, count_after_keeping) == (302, 1)
    assert [update.text for update in StatusUpdate.objects.newest_first()] == ["Polisens ord", first.text]


def test_unchanged_takes_one_press_and_says_so(client, activity, police_liaison):
    make_status_update(activity, "ongoing", "green")
    as_person(client, police_liaison)

    response = client.post(reverse("focus_areas:status_unchanged", args=[activity.pk]), follow=True)

    assert StatusUpdate.objects.count() == 2
    assert "Läget för Grannsamverkan är bekräftat i dag." in response.content.decode()


# --- Changing the plan ---


def activity_form(client, activity):
    page = client.get(reverse("focus_areas:activity_update", args=[activity.pk]))
    form = page.context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else value
    return {name: value for name, value in data.items() if value is not False} | {"version": page.context["version"]}


def test_moved_end_date_needs_a_reason_and_keeps_it(client, activity, coordinator):
    activity.ends_on = datetime.date(2026, 11, 24)
    activity.save()
    as_person(client, coordinator)
    data = activity_form(client, activity) | {"ends_on": "2026-12-01"}
    address = reverse("focus_areas:activity_update", args=[activity.pk])

    refused = client.post(address, data)
    client.post(address, data | {"reason_for_change": "Skolornas studiedag"})

    activity.refresh_from_db()
    assert "Skriv varför datumet flyttas." in refused.context["form"].errors["reason_for_change"]
    assert activity.ends_on == datetime.date(2026, 12, 1)
    assert activity.history.first().history_change_reason == "Skolornas studiedag"


def test_two_people_saving_lose_nothing(client, activity, coordinator, preparation_member):
    as_person(client, coordinator)
    mine = activity_form(client, activity) | {"title": "Min rubrik"}
    activity.title = "Kollegans rubrik"
    activity.save()
    address = reverse("focus_areas:activity_update", args=[activity.pk])

    shown = client.post(address, mine)
    unchanged = Activity.objects.get(pk=activity.pk).title
    client.post(address, mine | {"version": latest_version(activity), "conflict_choice": "replace"})

    page = shown.content.decode()
    assert (shown.status_code, unchanged) == (409, "Kollegans rubrik")
    assert "Min rubrik" in page
    assert "Kollegans rubrik" in page
    assert Activity.objects.get(pk=activity.pk).title == "Min rubrik"


def test_organisation_cannot_both_lead_and_take_part(client, agreement, activity, coordinator):
    police = organisation_of(agreement, "Polisen")
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:activity_update", args=[activity.pk]),
        activity_form(client, activity) | {"participants": [police.pk]},
    )

    assert "Polisen leder redan aktiviteten." in response.context["form"].errors["participants"]


def test_convener_creates_in_own_group_only(client, agreement, convener, activity):
    group = convener.memberships.get().seat.group
    as_person(client, convener)
    address = reverse("focus_areas:activity_create", args=[activity.focus_area_id])

    without_group = client.post(address, {"title": "Ny", "number": 9})
    client.post(address, {"title": "Ny", "number": 9, "working_group": group.pk})

    assert "working_group" in without_group.context["form"].errors
    assert Activity.objects.get(title="Ny").working_group == group


def test_commitment_is_promised_with_number(client, agreement, activity, coordinator):
    as_person(client, coordinator)

    client.post(
        reverse("focus_areas:commitment_create", args=[activity.pk]),
        {
            "text": "Uppstartsmöten",
            "organisation": organisation_of(agreement, "Polisen").pk,
            "comparison": "at_least",
            "planned": "4",
            "unit": "möten",
        },
    )

    assert Commitment.objects.get().promise_in_words == "minst 4 möten"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned": "-1"}, "planned"),
        ({"planned": ""}, "planned"),
        ({"comparison": ""}, "planned"),
        ({"starts_on": "2026-12-31", "ends_on": "2026-01-01"}, "ends_on"),
        ({"is_joint": "on"}, "organisation"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_bad_commitment_is_explained_beside_its_field(client, agreement, activity, coordinator, changes, field):
    as_person(client, coordinator)
    data = {
        "text": "Möten",
        "organisation": organisation_of(agreement, "SF").pk,
        "comparison": "exactly",
        "planned": "4",
    }

    response = client.post(reverse("focus_areas:commitment_create", args=[activity.pk]), data | changes)

    assert field in response.context["form"].errors
    assert not Commitment.objects.exists()


def test_same_commitment_again_is_explained(client, agreement, activity, coordinator):
    existing = make_commitment(activity, organisation_of(agreement, "SF"), text="Möten")
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:commitment_create", args=[activity.pk]),
        {"text": "Möten", "organisation": existing.organisation_id},
    )

    assert "redan det åtagandet" in " ".join(response.context["form"].errors["text"])


def test_locked_focus_area_keeps_its_title(client, activity, coordinator):
    focus_area = activity.focus_area
    before = focus_area.title
    as_person(client, coordinator)

    client.post(
        reverse("focus_areas:focus_area_update", args=[focus_area.pk]),
        {"number": "7", "title": "Något annat", "description": "Ny beskrivning"},
    )

    focus_area.refresh_from_db()
    assert (focus_area.title, focus_area.description) == (before, "Ny beskrivning")


def test_closed_agreement_changes_no_more(client, agreement, activity, coordinator):
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data())

    assert response.status_code == 403
    assert "Överenskommelsen är avslutad" in response.content.decode()
    assert not LogEntry.objects.exists()


# --- Following up ---


def test_follow_up_is_approved_by_both_with_dissent(client, activity, coordinator, police_liaison):
    follow_up = make_follow_up(activity)
    as_person(client, coordinator)
    client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "municipality"]))
    wrong_side = client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "police"]))
    as_person(client, police_liaison)
    client.post(reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "police"]), {"dissent": "För kort tid."})

    page = client.get(follow_up.get_absolute_url()).content.decode()
    change = client.get(reverse("focus_areas:follow_up_update", args=[follow_up.pk]))

    assert wrong_side.status_code == 403
    assert FollowUp.objects.get().is_approved
    assert "För kort tid." in page
    assert "Godkänd av båda parter." in page
    assert change.status_code == 403


def test_child_impact_is_written_and_then_changed(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:child_impact_update", args=[activity.pk])
    data = {"children_affected": "Elever", "conclusion": "Bra", "assessed_on": "2026-11-20"}

    client.post(address, data)
    client.post(address, data | {"conclusion": "Ännu bättre"})

    impact = ChildImpact.objects.get()
    assert impact.conclusion == "Ännu bättre"
    assert [row.history_user for row in impact.history.all()] == [coordinator, coordinator]


# --- The wrong person ---


WRITING = ["log_create", "status_create", "activity_update", "commitment_create", "follow_up_create"]


@pytest.mark.parametrize("name", WRITING)
def test_reader_is_told_who_can_help(client, activity, coordinator, reader, name):
    as_person(client, reader)

    response = client.post(reverse(f"focus_areas:{name}", args=[activity.pk]), {})

    assert response.status_code == 403
    assert "Du får inte" in response.content.decode()
    assert "brottsförebyggande samordnare" in response.content.decode()


@pytest.mark.parametrize("name", ["activity_detail", "activity_history", "log_list", *WRITING])
def test_outsider_finds_nothing(client, activity, outsider, name):
    as_person(client, outsider)
    address = reverse(f"focus_areas:{name}", args=[activity.pk])

    assert [client.get(address).status_code, client.post(address, {}).status_code] == [404, 404]


def test_reader_sees_no_forms(client, activity, reader):
    make_log_entry(activity)
    as_person(client, reader)

    page = client.get(activity.get_absolute_url()).content.decode()

    assert "Spara anteckning" not in page
    assert "Spara lägesrapport" not in page
    assert "Ta bort" not in page


# --- The table ---


def plan(client, agreement, **query):
    return client.get(reverse("focus_areas:action_plan", args=[agreement.pk]), query)


@pytest.fixture
def three(agreement):
    area = make_focus_area(agreement)
    sf, police = organisation_of(agreement, "SF"), organisation_of(agreement, "Polisen")
    walks = make_activity(area, title="Vandringar i Åkarp", lead=[sf])
    neighbours = make_activity(area, title="Grannsamverkan", lead=[police], next_follow_up_on="2026-11-30")
    leaving = make_activity(area, title="Avhoppare", lead=[police, sf])
    make_status_update(leaving, "delayed", "red")
    return walks, neighbours, leaving


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"q": "åKARP"}, [0]),
        ({"q": "finns inte"}, []),
        ({"q": "(["}, []),
        ({"status": "delayed"}, [2]),
        ({"bedomning": "red"}, [2]),
        ({"bedomning": "ej-bedomd"}, [0, 1]),
        ({"sortera": "-nummer"}, [2, 1, 0]),
        ({"sortera": "uppfoljning"}, [1, 0, 2]),
    ],
)
def test_plan_is_filtered_and_sorted(client, agreement, reader, three, query, expected):
    as_person(client, reader)

    response = plan(client, agreement, **query)

    assert list(response.context["page_obj"].object_list) == [three[index] for index in expected]


def test_plan_is_filtered_by_lead(client, agreement, reader, three):
    as_person(client, reader)

    response = plan(client, agreement, leds_av=organisation_of(agreement, "SF").pk)

    assert list(response.context["page_obj"].object_list) == [three[0], three[2]]


@pytest.mark.parametrize(
    "query",
    [{"status": "sönder"}, {"leds_av": "abc"}, {"fokusomrade": "999999"}, {"sortera": "';drop"}, {"q": "x" * 101}],
)
def test_plan_says_that_a_filter_is_wrong(client, agreement, reader, three, query):
    as_person(client, reader)

    response = plan(client, agreement, **query)

    assert response.status_code == 200
    assert list(response.context["page_obj"].object_list) == []
    assert "Det här behöver rättas" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc"])
def test_plan_forgives_a_strange_page_number(client, agreement, reader, three, page):
    as_person(client, reader)

    assert len(plan(client, agreement, sida=page).context["page_obj"].object_list) == 3


def test_plan_is_exported_as_filtered(client, agreement, reader, three):
    as_person(client, reader)

    response = client.get(reverse("focus_areas:action_plan_export", args=[agreement.pk]), {"status": "delayed"})

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[2] for row in rows] == ["Aktivitet", "Avhoppare"]
    assert response["Content-Disposition"] == 'attachment; filename="atgardsplan.xlsx"'

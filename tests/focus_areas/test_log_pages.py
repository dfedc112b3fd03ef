"""What the pages of the log do for the right person and with wrong input, files included."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.pdf import render_pdf
from focus_areas.models import LogAttachment, LogEntry
from tests.factories import as_person, make_activity, make_area, make_commitment, make_focus_area, make_log_entry

pytestmark = pytest.mark.django_db
KEY = "6f0d9c3e-9d53-4f3a-8a1e-6a6f7c0f0a01"


def log_data(**changes):
    return {"happened_on": "2026-11-20", "text": "Möte i Åkarp.", "quantity": "", "commitment": ""} | changes


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


def test_count_without_commitment_is_let_go(client, activity, coordinator):
    as_person(client, coordinator)

    client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(quantity="1"))

    assert LogEntry.objects.get().quantity is None


def test_promised_number_asks_for_a_count_and_words_do_not(client, activity, coordinator):
    counted, in_words = make_commitment(activity), make_commitment(activity, planned=None)
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])

    refused = client.post(address, log_data(commitment=counted.pk))
    client.post(address, log_data(commitment=in_words.pk))

    assert "Fyll i hur många" in " ".join(refused.context["form"].errors["quantity"])
    assert LogEntry.objects.get().commitment == in_words


@pytest.mark.parametrize("name", ["quick_log", "log_create"])
def test_huge_text_is_refused_everywhere(client, activity, coordinator, name):
    as_person(client, coordinator)
    address = reverse(f"focus_areas:{name}", args=[] if name == "quick_log" else [activity.pk])

    response = client.post(address, log_data(target=f"a{activity.pk}", text="x" * 100_000))

    assert "text" in response.context["form"].errors
    assert not LogEntry.objects.exists()


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
        ({"quantity": "-1"}, "quantity", "Skriv minst 0."),
        ({"quantity": "1,5"}, "quantity", "heltal"),
        ({"quantity": "99999999999999999999"}, "quantity", ""),
        ({"happened_on": "2026-11-24"}, "happened_on", "har inte varit än"),
        ({"happened_on": "1999-12-31"}, "happened_on", "Kontrollera året"),
        ({"happened_on": "i går"}, "happened_on", "Skriv ett datum"),
        ({"happened_on": ""}, "happened_on", "Fyll i dag"),
        ({"text": ""}, "text", "Fyll i vad gjordes"),
        ({"text": "   \n "}, "text", "Fyll i vad gjordes"),
        ({"text": "x" * 100_000}, "text", "Texten får vara högst 4000 tecken, den är 100000."),
        ({"text": "bomb\x00"}, "text", ""),
        ({"commitment": "999999"}, "commitment", "giltigt alternativ"),
        ({"participant_count": "-3"}, "participant_count", "Skriv minst 0."),
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


def test_closed_agreement_changes_no_more(client, agreement, activity, coordinator):
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data())

    assert response.status_code == 403
    assert "Överenskommelsen är avslutad" in response.content.decode()
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
    assert response["Content-Security-Policy"] == "sandbox"
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


@pytest.mark.parametrize("name", ["850709-9805.pdf", "Samtal_19850709_9805.pdf", "pnr 850709 9805 protokoll.pdf"])
def test_file_named_by_a_personal_number_is_refused(client, activity, coordinator, name):
    as_person(client, coordinator)

    response = client.post(
        reverse("focus_areas:log_create", args=[activity.pk]), log_data(files=[pdf_file(), pdf_file(name)])
    )

    assert response.context["form"].errors["files"] == [
        "Filens namn innehåller ett personnummer. Döp om filen och välj den igen."
    ]
    assert not LogAttachment.objects.exists()


def test_file_name_that_may_single_somebody_out_is_asked_about(client, activity, coordinator):
    as_person(client, coordinator)
    address, name = reverse("focus_areas:log_create", args=[activity.pk]), "Kevin_Andersson_misstänks.pdf"

    asked = client.post(address, log_data(files=[pdf_file(name)]))

    assert "<mark>Kevin Andersson</mark> misstänks" in asked.text
    assert "välj den en gång till" in asked.text
    assert not LogAttachment.objects.exists()

    seen = asked.context["form"].personal_data.seen
    client.post(address, log_data(files=[pdf_file(name)], personal_data_seen=seen))

    assert LogAttachment.objects.get().file_name == name


@pytest.mark.parametrize("name", ["20250312_0830.pdf", "IMG-20250312-WA0012.pdf", "Protokoll BRÅ 2026-03-12.pdf"])
def test_file_with_an_everyday_name_is_not_refused(client, activity, coordinator, name):
    as_person(client, coordinator)

    address = reverse("focus_areas:log_create", args=[activity.pk])

    response = client.post(address, log_data(files=[pdf_file(name)]))

    # A stamp may be asked about, where its last four fit by chance.
    if response.context:
        assert "files" not in response.context["form"].errors
        found = response.context["form"].personal_data.found
        assert [one.finding.kind for one in found] == ["possible_number"]
    else:
        assert LogAttachment.objects.get().file_name == name

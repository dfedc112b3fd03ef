import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.history import latest_version
from agreements.models import Agreement, AgreementDocument, Group
from tests.factories import as_person, group_of, make_agreement, make_groups, make_seat, seat_person

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HTML = b"<html><script>alert(1)</script></html>"


def url(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


@pytest.fixture
def draft(agreement, coordinator):
    """The next period's agreement, a draft with the same coordinator."""
    draft = make_agreement(
        municipality=agreement.municipality,
        police=agreement.organisations.get(short_name="Polisen"),
        in_force=False,
        title="Samverkansöverenskommelse 2027–2030",
        reference_number="KS/2026:99",
    )
    make_groups(draft)
    seat_person(draft, "coordinator", Group.Kind.PREPARATION, user=coordinator)
    return draft


def form_data(draft, **changes) -> dict:
    fields = {
        "title": draft.title,
        "reference_number": draft.reference_number,
        "purpose": draft.purpose,
        "starts_on": "2027-01-01",
        "ends_on": "2030-12-31",
        "signed_on": "",
        "predecessor": "",
        "version": latest_version(draft),
        "submission_key": str(uuid.uuid4()),
    }
    return fields | changes


def add_document(client, agreement, content=PDF, name="överenskommelse.pdf", **fields):
    return client.post(
        url("document_create", agreement),
        {"title": "Överenskommelsen", "file": SimpleUploadedFile(name, content)} | fields,
    )


# --- Reading ---


def test_list_shows_those_i_have_a_seat_in(client, agreement, other_agreement, reader):
    as_person(client, reader)

    page = client.get(reverse("agreements:agreement_list"))

    assert [row[0] for row in page.context["rows"]] == [agreement]


@pytest.mark.parametrize("name", ["agreement_list", "organisation_list", "person_list"])
def test_lists_explain_to_who_has_no_seat(client, agreement, staff_outsider, name):
    as_person(client, staff_outsider)

    page = client.get(reverse(f"agreements:{name}"))

    assert page.status_code == 404
    assert "ingen plats i någon överenskommelse" in page.content.decode()


def test_page_says_what_it_is_and_which_state_it_is_in(client, agreement, reader):
    as_person(client, reader)

    content = client.get(agreement.get_absolute_url()).content.decode()

    assert "KS/2023:305" in content
    assert "<b>Gäller i 38 dagar till.</b> Perioden är 1 juli 2023–31 december 2026." in content
    assert "Minska brottsligheten och öka tryggheten." in content


def test_page_shows_vacant_seats_as_gaps_that_the_coordinator_fills(client, agreement, coordinator, reader):
    seat = make_seat(group_of(agreement, Group.Kind.STEERING), "Kommundirektör", is_leading_position=True)

    def content(user):
        return as_person(client, user).get(agreement.get_absolute_url()).content.decode()

    assert "Vakant" in content(reader)
    assert url("seat_fill", seat) not in content(reader)
    assert url("seat_fill", seat) in content(coordinator)


def test_reader_is_shown_no_way_to_change(client, agreement, reader):
    as_person(client, reader)

    page = client.get(agreement.get_absolute_url())

    assert not page.context["can_manage"]
    assert "/ny/" not in page.content.decode()
    assert "/faststall/" not in page.content.decode()
    assert "/avsluta/" not in page.content.decode()


def test_history_is_told_with_who_and_paged(client, agreement, coordinator, reader, frozen_today):
    frozen_today.shift(60)
    as_person(client, coordinator)
    for number in range(30):
        client.post(url("group_create", agreement), {"kind": "working", "name": f"Arbetsgrupp {number}", "mandate": ""})

    as_person(client, reader)
    first = client.get(url("agreement_history", agreement))
    second = client.get(url("agreement_history", agreement), {"sida": 2})
    beyond = client.get(url("agreement_history", agreement), {"sida": 999})

    assert [len(first.context["changes"]), first.context["page_obj"].number] == [25, 1]
    assert first.context["changes"][0].sentence == "lade till gruppen ”Arbetsgrupp 29”"
    assert first.context["changes"][0].who == "Maja Lind"
    assert second.context["page_obj"].number == 2
    assert beyond.context["page_obj"].number == beyond.context["page_obj"].paginator.num_pages


# --- Changing a draft ---


def test_draft_is_changed_with_history(client, draft, coordinator):
    as_person(client, coordinator)

    response = client.post(url("agreement_update", draft), form_data(draft, purpose="Färre ska bli utsatta."))

    saved = Agreement.objects.get(pk=draft.pk)
    assert response.url == draft.get_absolute_url()
    assert saved.purpose == "Färre ska bli utsatta."
    assert saved.history.first().history_user == coordinator


def test_adopted_agreement_is_not_changed_and_says_what_to_do(client, agreement, coordinator):
    as_person(client, coordinator)

    for response in (
        client.get(url("agreement_update", agreement)),
        client.post(url("agreement_update", agreement), form_data(agreement, title="Nytt")),
    ):
        assert response.status_code == 403
        assert "görs en ny överenskommelse" in response.content.decode()
    assert Agreement.objects.get(pk=agreement.pk).title == agreement.title


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"starts_on": "igår"}, "starts_on"),
        ({"title": ""}, "title"),
        ({"reference_number": "KS/2023:305"}, "reference_number"),
        ({"purpose": "x" * 100_000}, "purpose"),
    ],
)
def test_wrong_form_changes_nothing_and_explains_beside_the_field(client, draft, coordinator, changes, field):
    as_person(client, coordinator)
    rows = draft.history.count()

    response = client.post(url("agreement_update", draft), form_data(draft, **changes))

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert draft.history.count() == rows


def test_draft_cannot_replace_another_municipalitys_agreement(client, draft, other_agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(url("agreement_update", draft), form_data(draft, predecessor=other_agreement.pk))

    assert set(response.context["form"].errors) == {"predecessor"}


def test_who_saves_second_is_shown_both_versions(client, draft, coordinator, agreement):
    as_person(client, coordinator)
    mine = form_data(draft, purpose="Min text.")
    client.post(url("agreement_update", draft), form_data(draft, purpose="Deras text."))

    response = client.post(url("agreement_update", draft), mine)

    assert response.status_code == 409
    assert "Deras text." in response.content.decode()
    assert "Min text." in response.content.decode()
    assert Agreement.objects.get(pk=draft.pk).purpose == "Deras text."


# --- Adopting and closing ---


def test_adopt_and_then_again_says_that_it_is_done(client, draft, coordinator):
    as_person(client, coordinator)

    client.post(url("agreement_adopt", draft))
    again = client.post(url("agreement_adopt", draft), follow=True)

    assert Agreement.objects.get(pk=draft.pk).is_adopted
    assert "redan fastställd" in again.content.decode()


def test_close_ends_every_change(client, agreement, coordinator):
    as_person(client, coordinator)

    client.post(url("agreement_close", agreement))
    again = client.post(url("agreement_close", agreement), follow=True)
    group_page = client.get(url("group_create", agreement))

    assert Agreement.objects.get(pk=agreement.pk).is_closed
    assert "redan avslutad" in again.content.decode()
    assert group_page.status_code == 403
    assert "avslutad" in group_page.content.decode()
    assert client.get(agreement.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["agreement_adopt", "agreement_close"])
def test_buttons_are_pressed_and_not_followed(client, agreement, coordinator, name):
    as_person(client, coordinator)

    assert client.get(url(name, agreement)).status_code == 405


# --- Who gets where ---

WRITING = ["agreement_update", "document_create", "group_create", "organisation_create", "person_create"]
PRESSING = ["agreement_adopt", "agreement_close"]


@pytest.mark.parametrize("name", WRITING + PRESSING)
@pytest.mark.parametrize("column", ["reader", "police_liaison", "steering_member", "preparation_member", "convener"])
def test_who_does_not_manage_is_refused_and_told_who_can_help(client, request, agreement, coordinator, column, name):
    as_person(client, request.getfixturevalue(column))

    response = client.post(url(name, agreement), {})

    assert response.status_code == 403
    assert "brottsförebyggande samordnare (Maja Lind)" in response.content.decode()


@pytest.mark.parametrize("name", ["agreement_detail", "agreement_history", *WRITING, *PRESSING])
def test_outsider_finds_nothing(client, agreement, outsider, name):
    as_person(client, outsider)

    assert client.get(url(name, agreement)).status_code == 404
    assert client.post(url(name, agreement)).status_code == 404


# --- Documents ---


def test_document_is_added_and_downloaded_as_a_file_that_cannot_run(client, agreement, coordinator, reader):
    as_person(client, coordinator)
    response = add_document(client, agreement, reference_number="KS/2023:305")
    document = AgreementDocument.objects.get()
    as_person(client, reader)

    download = client.get(document.get_absolute_url())

    assert response.url == agreement.get_absolute_url()
    assert (document.added_by, document.reference_number) == (coordinator, "KS/2023:305")
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Type"] == "application/pdf"
    assert download["Content-Disposition"].startswith("attachment;")
    assert download["X-Content-Type-Options"] == "nosniff"
    assert download["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("content", "name"),
    [(HTML, "sida.pdf"), (PDF, "avtal.docx"), (b"", "tom.pdf"), (PDF[:-8], "avbruten.pdf"), (HTML, "sida.html")],
)
def test_file_that_is_not_what_it_says_is_refused(client, agreement, coordinator, content, name):
    as_person(client, coordinator)

    response = add_document(client, agreement, content, name)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert not AgreementDocument.objects.exists()


def test_document_is_added_once_though_the_form_is_sent_twice(client, agreement, coordinator):
    as_person(client, coordinator)
    key = str(uuid.uuid4())

    add_document(client, agreement, submission_key=key)
    again = add_document(client, agreement, submission_key=key)

    assert again.url == agreement.get_absolute_url()
    assert AgreementDocument.objects.count() == 1


def test_document_is_out_of_reach_for_outsiders(client, agreement, coordinator, outsider):
    add_document(as_person(client, coordinator), agreement)
    document = AgreementDocument.objects.get()
    as_person(client, outsider)

    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.post(url("document_delete", document)).status_code == 404


def test_document_is_taken_away_by_who_manages_only(client, agreement, coordinator, reader):
    add_document(as_person(client, coordinator), agreement)
    document = AgreementDocument.objects.get()

    refused = as_person(client, reader).post(url("document_delete", document))
    as_person(client, coordinator).post(url("document_delete", document))

    assert refused.status_code == 403
    assert not AgreementDocument.objects.exists()
    assert client.get(document.get_absolute_url()).status_code == 404
    assert "tog bort handlingen" in client.get(url("agreement_history", agreement)).content.decode()


def test_file_that_is_gone_from_the_disk_gives_a_friendly_page(client, agreement, coordinator):
    add_document(as_person(client, coordinator), agreement)
    document = AgreementDocument.objects.get()
    document.file.storage.delete(document.file.name)

    response = client.get(document.get_absolute_url())

    assert response.status_code == 404
    assert "Filen finns inte kvar." in response.content.decode()

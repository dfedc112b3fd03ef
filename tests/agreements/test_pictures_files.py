"""A picture's attachments: taken in by their content, handed out as downloads, to those who read the picture."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import PictureDocument, SituationPicture
from tests.factories import as_person
from tests.thread_factories import make_picture, make_picture_document

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ADOPTED_ON = datetime.date(2022, 10, 3)


def page(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


def upload(client, picture: SituationPicture, name: str = "Enkät.pdf", content: bytes = PDF):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(page("picture_document_create", picture), {"title": "Enkäten", "file": file})


@pytest.fixture
def draft(agreement) -> SituationPicture:
    return make_picture(agreement)


def test_attachment_is_kept_under_a_name_that_says_nothing(client, preparation_member, draft):
    response = upload(as_person(client, preparation_member), draft)

    document = draft.documents.get()
    assert response.url == draft.get_absolute_url()
    assert (document.title, document.file_name, document.content_type, document.size, document.added_by) == (
        "Enkäten",
        "Enkät.pdf",
        "application/pdf",
        len(PDF),
        preparation_member,
    )
    assert "Enk" not in document.file.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("enkat.pdf", b"<html><script>alert(1)</script>"),
        ("enkat.exe", PDF),
        ("enkat.pdf", b""),
        ("enkat.svg", b"<svg>"),
    ],
)
def test_other_files_are_refused(client, coordinator, draft, name, content):
    response = upload(as_person(client, coordinator), draft, name, content)

    assert "file" in response.context["form"].errors
    assert PictureDocument.objects.count() == 0


def test_attachment_is_handed_out_as_a_download(client, coordinator, draft):
    as_person(client, coordinator)
    upload(client, draft)

    response = client.get(page("picture_document_download", draft.documents.get()))

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''Enk%C3%A4t.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_reader_gets_the_file_once_the_picture_is_adopted(client, reader, coordinator, agreement, draft):
    of_draft = make_picture_document(draft, by=coordinator)
    of_adopted = make_picture_document(make_picture(agreement, adopted_on=ADOPTED_ON), by=coordinator)
    as_person(client, reader)

    answers = [client.get(page("picture_document_download", document)) for document in (of_draft, of_adopted)]

    assert [response.status_code for response in answers] == [403, 200]
    answers[1].close()


def test_attachment_of_an_adopted_picture_stays(client, coordinator, agreement):
    document = make_picture_document(make_picture(agreement, adopted_on=ADOPTED_ON), by=coordinator)
    as_person(client, coordinator)

    answers = [client.post(page("picture_document_delete", document)), upload(client, document.situation_picture)]

    assert [response.status_code for response in answers] == [403, 403]
    assert list(PictureDocument.objects.all()) == [document]


def test_attachment_is_taken_away_but_its_file_is_kept(client, coordinator, draft):
    document = make_picture_document(draft, by=coordinator)

    response = as_person(client, coordinator).post(page("picture_document_delete", document))

    assert response.url == draft.get_absolute_url()
    assert PictureDocument.objects.count() == 0
    assert document.file.storage.exists(document.file.name)

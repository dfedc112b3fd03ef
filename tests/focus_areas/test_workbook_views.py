import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Agreement
from documents.workbooks import write_xlsx, write_yaml
from focus_areas import workbook
from focus_areas.models import Activity, FocusArea, PendingWorkbook
from tests.factories import as_person, make_activity, make_focus_area, make_organisation, organisation_of
from tests.focus_areas.workbooks import row_counts


@pytest.fixture
def plan(agreement) -> Activity:
    """One activity, led by SF, under the agreement's one focus area; the police's authority takes part too."""
    agreement.organisations.add(organisation_of(agreement, "Polisen").parent)
    return make_activity(make_focus_area(agreement), lead=[organisation_of(agreement, "SF")])


@pytest.fixture
def page(agreement) -> str:
    return reverse("focus_areas:workbook", args=[agreement.pk])


def exported(agreement: Agreement, change=lambda tables: None, *, write=write_yaml) -> bytes:
    tables = workbook.export(agreement)
    change(tables)
    return write(tables, workbook.SHEETS)


def a_new_title(tables: dict) -> None:
    tables["activities"].append({"focus_area": "1", "number": 2, "title": "Belysning", "process_lead": ["SF"]})
    tables["activities"][0]["background"] = "Mörka stråk."


def upload(client, page: str, content: bytes, name: str = "plan.yaml"):
    return client.post(page, {"file": SimpleUploadedFile(name, content)})


def preview_of(client, page: str, content: bytes, name: str = "plan.yaml"):
    response = upload(client, page, content, name)
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response.url)


def confirm(client, preview):
    pending = PendingWorkbook.objects.get()
    address = reverse("focus_areas:workbook_confirm", args=[pending.pk])
    return client.post(address, {"digest": preview.context["changes"].digest})


# --- Downloading ---


@pytest.mark.parametrize(
    ("suffix", "write", "content_type"),
    [
        ("yaml", write_yaml, "application/yaml"),
        ("xlsx", write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_download_gives_the_export_as_a_file(client, coordinator, agreement, plan, suffix, write, content_type):
    as_person(client, coordinator)

    response = client.get(reverse("focus_areas:workbook_download", args=[agreement.pk, suffix]))

    assert response.content == write(workbook.export(agreement), workbook.SHEETS, made_at=workbook.newest_change())
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="KS-2023-305.{suffix}"'


def test_download_in_another_format_is_not_found(client, coordinator, agreement):
    as_person(client, coordinator)

    assert client.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "csv"])).status_code == 404


# --- From upload to confirmation ---


@pytest.mark.parametrize(("write", "name"), [(write_yaml, "plan.yaml"), (write_xlsx, "Åtgärder 2026.XLSX")])
def test_upload_is_previewed_and_nothing_is_saved(client, coordinator, agreement, plan, page, write, name):
    as_person(client, coordinator)
    content = exported(agreement, a_new_title, write=write)
    before = row_counts()

    preview = preview_of(client, page, content, name)

    text = preview.content.decode()
    assert row_counts() == before | {"focus_areas.PendingWorkbook": 1, "accounts.Submission": 0}
    assert "Nya rader: 1. Ändrade rader: 1." in text
    assert "1.2 Belysning" in text
    assert "<ins>Mörka stråk.</ins>" in text


def test_confirmation_loads_what_was_shown(client, coordinator, agreement, plan, page):
    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, a_new_title))

    response = confirm(client, preview)

    plan.refresh_from_db()
    newest = plan.history.first()
    assert (response.status_code, response.url) == (302, agreement.get_absolute_url())
    assert plan.background == "Mörka stråk."
    assert [str(one) for one in Activity.objects.with_actors().get(number=2).lead_organisations] == ["SF"]
    assert (newest.history_user, newest.history_change_reason) == (coordinator, "Inläst från plan.yaml")
    assert not PendingWorkbook.objects.exists()


def test_unchanged_file_offers_nothing_to_confirm(client, coordinator, agreement, plan, page):
    as_person(client, coordinator)

    text = preview_of(client, page, exported(agreement)).content.decode()

    assert "Filen ändrar ingenting." in text
    assert "Läs in arbetsboken" not in text


def test_confirmation_after_somebody_else_changed_shows_the_preview_again(client, coordinator, agreement, plan, page):
    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, a_new_title))
    Activity.objects.update(background="Ljusa stråk.")

    response = confirm(client, preview)
    again = client.get(response.url)

    assert Activity.objects.get().background == "Ljusa stråk."
    assert response.url == reverse("focus_areas:workbook_preview", args=[PendingWorkbook.objects.get().pk])
    assert "Något har ändrats sedan du granskade arbetsboken" in again.content.decode()
    assert "<del>Ljusa stråk.</del>" in again.content.decode()
    assert confirm(client, again).url == agreement.get_absolute_url()
    assert Activity.objects.get(number=1).background == "Mörka stråk."


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_confirmation_of_something_never_shown_loads_nothing(client, coordinator, agreement, plan, page, digest):
    as_person(client, coordinator)
    upload(client, page, exported(agreement, a_new_title))
    pending = PendingWorkbook.objects.get()

    client.post(reverse("focus_areas:workbook_confirm", args=[pending.pk]), {"digest": digest})

    assert Activity.objects.count() == 1


def test_faults_are_listed_with_their_places(client, coordinator, agreement, plan, page):
    def spoil(tables):
        tables["activities"][0]["areas"] = ["Öster"]
        tables["focus_areas"][0]["title"] = "Annat"

    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, spoil, write=write_xlsx), "plan.xlsx")

    text = preview.content.decode()
    assert "<b>2 fel behöver rättas.</b>" in text
    assert [(fault.sheet, fault.row, fault.column) for fault in preview.context["page_obj"]] == [
        ("Fokusområden", 2, "Rubrik"),
        ("Aktiviteter", 2, "Delområden"),
    ]
    assert "Läs in arbetsboken" not in text
    assert FocusArea.objects.get().title != "Annat"


def test_many_changes_are_shown_page_by_page(client, coordinator, agreement, plan, page):
    def many(tables):
        tables["activities"] += [{"focus_area": "1", "title": f"Aktivitet {n}"} for n in range(60)]

    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, many))

    assert len(preview.context["page_obj"]) == 50
    assert len(client.get(preview.request["PATH_INFO"], {"sida": 2}).context["page_obj"]) == 10


def test_new_upload_replaces_the_persons_old_one(client, coordinator, agreement, plan, page):
    as_person(client, coordinator)
    upload(client, page, exported(agreement), "en.yaml")
    upload(client, page, exported(agreement), "två.yaml")

    assert [pending.file_name for pending in PendingWorkbook.objects.all()] == ["två.yaml"]


# --- Refusals ---


def test_file_of_another_agreement_is_refused(client, coordinator, agreement, other_agreement, page):
    as_person(client, coordinator)

    preview = preview_of(client, page, exported(other_agreement))

    assert "Filen gäller en annan överenskommelse än den här." in preview.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.xlsx", b"%PDF-1.7", "Filen heter .xlsx men innehåller ingen Excelarbetsbok."),
        ("plan.docx", b"PK\x03\x04", "Filen ska vara en Excelarbetsbok (.xlsx) eller YAML (.yaml)."),
        ("plan.yaml", b"", "Filen är tom."),
        ("plan.yaml", b"- [", "Filen är inte giltig YAML"),
        ("plan.yaml", b"x" * (10 * 1024**2 + 1), "Den får vara högst 10 MB."),
    ],
)
def test_hostile_file_is_refused_in_the_form(client, coordinator, page, name, content, reason):
    as_person(client, coordinator)

    response = upload(client, page, content, name)

    assert response.status_code == 200
    assert reason in response.context["form"].errors["file"][0]
    assert not PendingWorkbook.objects.exists()


def test_form_without_a_file_is_refused(client, coordinator, page):
    as_person(client, coordinator)

    assert client.post(page).context["form"].errors == {"file": ["Välj en fil."]}


def test_forty_megabytes_are_refused(client, coordinator, page):
    as_person(client, coordinator)
    large = io.BytesIO(b"\0" * (40 * 1024**2))
    large.name = "plan.xlsx"

    response = client.post(page, {"file": large})

    assert "Den får vara högst 10 MB." in response.content.decode()
    assert not PendingWorkbook.objects.exists()


def test_closed_agreement_is_downloaded_but_not_changed(client, coordinator, agreement, page):
    Agreement.objects.update(state=Agreement.State.CLOSED)
    as_person(client, coordinator)

    assert "Den går att hämta men inte att ändra." in client.get(page).content.decode()
    assert upload(client, page, exported(agreement)).status_code == 403


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "steering_member", "reader"])
def test_insiders_without_the_capability_are_refused(client, request, agreement, coordinator, page, who):
    as_person(client, request.getfixturevalue(who))
    pending = PendingWorkbook.objects.create(
        agreement=agreement, uploaded_by=coordinator, file_name="plan.yaml", content=b"x"
    )

    answers = [
        client.get(page),
        upload(client, page, b"x"),
        client.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "yaml"])),
        client.get(reverse("focus_areas:workbook_preview", args=[pending.pk])),
        client.post(reverse("focus_areas:workbook_confirm", args=[pending.pk])),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert "Maja Lind" in answers[0].content.decode()


def test_another_persons_upload_is_refused_and_an_outsiders_is_not_found(
    client, agreement, coordinator, outsider, system_administrator
):
    pending = PendingWorkbook.objects.create(
        agreement=agreement, uploaded_by=coordinator, file_name="plan.yaml", content=b"x"
    )
    addresses = [
        reverse("focus_areas:workbook_preview", args=[pending.pk]),
        reverse("focus_areas:workbook", args=[agreement.pk]),
    ]

    as_person(client, system_administrator)
    assert "uppladdad av någon annan" in client.get(addresses[0]).content.decode()

    as_person(client, outsider)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_coordinator_cannot_change_an_organisation_that_others_keep(
    client, coordinator, agreement, other_agreement, page
):
    shared = make_organisation("Räddningstjänsten Norr", short_name="RTJ", keeper=other_agreement.municipality)
    agreement.organisations.add(shared)
    other_agreement.organisations.add(shared)

    def rename(tables):
        row = next(row for row in tables["organisations"] if row["name"] == "Räddningstjänsten Norr")
        row["short_name"] = "Norr"

    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, rename))

    assert [fault.reason for fault in preview.context["page_obj"]] == [
        "Organisationen hålls inte av kommunen och ändras inte härifrån."
    ]


def test_preview_is_tried_once_and_takes_few_queries_after_that(
    client, coordinator, agreement, plan, page, django_assert_max_num_queries
):
    as_person(client, coordinator)
    preview = preview_of(client, page, exported(agreement, a_new_title))

    with django_assert_max_num_queries(15):
        client.get(preview.request["PATH_INFO"])

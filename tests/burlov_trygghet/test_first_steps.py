"""An empty portal, and a person without a seat: no page is a dead end, and each step is a link that works."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Agreement
from documents.workbooks import write_xlsx
from focus_areas import workbook
from tests.factories import as_person, make_person


def links(page) -> set[str]:
    main = page.content.decode().split('<main id="innehall"')[1].split("</main>")[0]
    return set(re.findall(r'(?:href|action)="(/[^"#]*)"', main))


def test_first_page_of_an_empty_portal_leads_the_administrator_on(client, system_administrator):
    page = as_person(client, system_administrator).get("/")

    assert page.status_code == 200
    assert "Kom i gång" in page.content.decode()
    assert reverse("focus_areas:workbook_new") in links(page)
    assert {address: client.get(address).status_code for address in links(page)} == dict.fromkeys(links(page), 200)


@pytest.mark.parametrize("name", ["start", "meetings:meeting_list", "reports:report_list", "search", "account_detail"])
@pytest.mark.parametrize("who", ["administrator", "nobody"])
def test_no_page_is_a_dead_end_without_an_agreement(client, system_administrator, name, who):
    person = system_administrator if who == "administrator" else make_person("Per Åberg")
    page = as_person(client, person).get(reverse(name))

    assert "Sidan finns inte" not in page.content.decode()
    assert name == "account_detail" or links(page) - {"/"}


def test_invited_person_without_a_seat_has_a_button_that_works(client, agreement):
    page = as_person(client, make_person("Per Åberg")).get("/")

    assert page.status_code == 200
    assert "Du har ingen plats än" in page.content.decode()
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_agreement_is_loaded_in_the_browser_once(client, agreement, system_administrator):
    content = write_xlsx(workbook.export(agreement), workbook.SHEETS)
    agreement_count = Agreement.objects.count()
    as_person(client, system_administrator)

    there = client.post(reverse("focus_areas:workbook_new"), {"file": SimpleUploadedFile("a.xlsx", content)})

    assert "Överenskommelsen finns redan" in there.content.decode()
    assert Agreement.objects.count() == agreement_count
    Agreement.objects.filter(pk=agreement.pk).update(title="En annan", reference_number="ANNAN 1")
    loaded = client.post(reverse("focus_areas:workbook_new"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert loaded.status_code == 302
    assert Agreement.objects.count() == agreement_count + 1


def test_loading_a_new_agreement_is_the_administrators(client, coordinator):
    assert as_person(client, coordinator).get(reverse("focus_areas:workbook_new")).status_code == 403

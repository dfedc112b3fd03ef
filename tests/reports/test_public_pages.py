"""What residents can read of reports: the newest version of each, without signing in."""

import datetime

import pytest
from django.urls import reverse

from agreements.models import Agreement
from reports.models import Report
from tests.factories import at, make_activity, make_focus_area
from tests.report_factories import make_issued_report, make_report

SHOWN = {"is_public": True, "public_text": "Vi går genom Arlöv tillsammans."}


@pytest.fixture
def shown_activity(agreement):
    return make_activity(make_focus_area(agreement), **SHOWN)


@pytest.fixture
def address(agreement):
    return reverse("reports:public_reports", args=[agreement.pk])


def issue(agreement, by, **fields) -> Report:
    return make_issued_report(agreement, by=by, **{"kind": Report.Kind.PUBLIC, "title": "Året i Burlöv"} | fields)


def pdf_of(report: Report) -> str:
    return reverse("reports:public_report_pdf", args=[report.pk])


def test_list_shows_the_reports_issued_to_residents(client, agreement, coordinator, shown_activity, address):
    issue(agreement, coordinator, title="Våren i Burlöv")
    issue(agreement, coordinator, title="Styrgruppens rapport", kind=Report.Kind.FOLLOW_UP)
    make_report(agreement, title="Hösten i Burlöv", kind=Report.Kind.PUBLIC)

    page = client.get(address)

    assert page.status_code == 200
    assert "Våren i Burlöv (PDF)" in page.text
    assert "Om 1 januari–30 juni 2026. 1 sida, 1 kB. Diarienummer KS/2026:411." in page.text
    assert "Styrgruppens rapport" not in page.text
    assert "Hösten i Burlöv" not in page.text
    assert coordinator.full_name not in page.text


def test_list_without_reports_says_so(client, shown_activity, address):
    assert "Ingen rapport är utgiven än." in client.get(address).text


def test_pages_for_residents_lead_to_each_other(client, agreement, shown_activity, address):
    page = reverse("focus_areas:public_page", args=[agreement.pk])

    assert f'href="{address}"' in client.get(page).text
    assert f'href="{page}"' in client.get(address).text


def test_pdf_is_the_stored_file(client, agreement, coordinator, shown_activity):
    report = issue(agreement, coordinator, pdf=b"%PDF-1.7\nstored")

    answer = client.get(pdf_of(report))

    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7\nstored")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="rapport-KS-2026-411-2026-06-30.pdf"'
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["ETag"] == f'"{report.document.pdf_sha256}"'
    assert not answer.cookies


def test_browser_that_has_them_gets_nothing_more(client, agreement, coordinator, shown_activity, address):
    report = issue(agreement, coordinator)

    for page in (address, pdf_of(report)):
        tag = client.get(page)["ETag"]
        assert client.get(page, headers={"if-none-match": tag}).status_code == 304


def test_corrected_report_is_replaced(client, agreement, coordinator, shown_activity, address):
    first = issue(agreement, coordinator, title="Med fel", pdf=b"%PDF wrong")
    before = client.get(address)
    second = issue(
        agreement,
        coordinator,
        title="Utan fel",
        pdf=b"%PDF right",
        replaces=first,
        correction_reason="Fel antal.",
        reference_number="KS/2026:500",
        issued_at=at(datetime.date(2026, 10, 1)),
    )

    after = client.get(address)

    assert "Med fel" in before.text
    assert "Med fel" not in after.text
    assert "Utan fel" in after.text
    assert "Rättad: ersätter rapporten med diarienummer KS/2026:411, utfärdad 1 september 2026." in after.text
    assert before["ETag"] != after["ETag"]
    assert client.get(pdf_of(first), headers={"if-none-match": f'"{first.document.pdf_sha256}"'}).url == pdf_of(second)
    assert client.get(pdf_of(first), follow=True).content == b"%PDF right"


def test_draft_of_a_correction_replaces_nothing(client, agreement, coordinator, shown_activity, address):
    first = issue(agreement, coordinator)
    make_report(agreement, kind=Report.Kind.PUBLIC, title="Rättningen", replaces=first, correction_reason="Fel antal.")

    assert "Året i Burlöv" in client.get(address).text
    assert client.get(pdf_of(first)).status_code == 200


@pytest.mark.parametrize("kind", [Report.Kind.FOLLOW_UP, Report.Kind.COUNCIL, Report.Kind.CLOSING])
def test_report_of_another_kind_is_not_for_residents(client, agreement, coordinator, shown_activity, kind):
    assert client.get(pdf_of(issue(agreement, coordinator, kind=kind))).status_code == 404


def test_draft_is_not_for_residents(client, agreement, shown_activity):
    assert client.get(pdf_of(make_report(agreement, kind=Report.Kind.PUBLIC))).status_code == 404


def test_agreement_without_a_page_for_residents_has_no_reports_for_them(
    client, agreement, coordinator, shown_activity, address
):
    report = issue(agreement, coordinator)
    tag = client.get(pdf_of(report))["ETag"]
    shown_activity.is_public = False
    shown_activity.save()

    assert client.get(address).status_code == 404
    assert client.get(pdf_of(report), headers={"if-none-match": tag}).status_code == 404


def test_agreement_that_is_not_in_force_shows_nothing(client, agreement, coordinator, shown_activity, address):
    report = issue(agreement, coordinator)
    Agreement.objects.filter(pk=agreement.pk).update(state=Agreement.State.DRAFT)

    assert client.get(address).status_code == 404
    assert client.get(pdf_of(report)).status_code == 404


def test_list_that_would_show_a_personal_number_is_not_shown(
    client, agreement, coordinator, shown_activity, address, caplog
):
    issue(agreement, coordinator, title="Om 19900101-0017")

    assert client.get(address).status_code == 404
    assert "19900101" not in caplog.text


def test_small_counts_in_titles_are_masked(client, agreement, coordinator, shown_activity, address):
    issue(agreement, coordinator, title="Så hjälpte vi 3 ungdomar")

    assert "Så hjälpte vi färre än 5 ungdomar (PDF)" in client.get(address).text


@pytest.mark.parametrize("many", [1, 4])
def test_list_takes_as_many_queries_for_many_reports(
    client, agreement, coordinator, shown_activity, address, django_assert_max_num_queries, many
):
    for number in range(many):
        issue(agreement, coordinator, title=f"Rapport {number}")

    with django_assert_max_num_queries(9):
        client.get(address)
    with django_assert_max_num_queries(4):
        client.get(address)

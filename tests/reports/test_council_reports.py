"""The register of reports to the council: the same rules as on the portal's pages."""

import datetime
from http import HTTPStatus

from django.contrib import admin
from django.urls import reverse

from reports.models import CouncilReport
from tests.factories import TODAY, as_person
from tests.thread_factories import make_council_report

REPORT = {"title": "Årsrapport", "paragraph": "", "reference_number": "", "comment": ""}


def change_page(report: CouncilReport) -> str:
    return reverse("admin:reports_councilreport_change", args=[report.pk])


def test_register_takes_no_day_that_has_not_come(client, agreement, system_administrator):
    report = make_council_report(agreement)
    tomorrow = TODAY + datetime.timedelta(days=1)

    response = as_person(client, system_administrator).post(
        change_page(report), REPORT | {"agreement": agreement.pk, "reported_on": tomorrow}
    )

    report.refresh_from_db()
    assert CouncilReport in admin.site._registry
    assert "Dagen kan inte vara i framtiden." in response.content.decode()
    assert report.title == "Rapport 1/2026"


def test_register_of_a_closed_agreement_changes_nothing(client, agreement, system_administrator):
    report = make_council_report(agreement)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    response = as_person(client, system_administrator).post(
        change_page(report), REPORT | {"agreement": agreement.pk, "reported_on": TODAY}
    )

    report.refresh_from_db()
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert report.title == "Rapport 1/2026"

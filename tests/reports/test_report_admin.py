"""Reports in the administration: found, read and, while they are drafts, put right; never changed once issued."""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agreements.models import Group
from reports.models import FocusAreaComment, IssuedDocument, IssuingJob, Report, ReportDelivery, ReportReading
from reports.operations.locks import UNDER_WAY
from tests.factories import as_person, group_of, make_focus_area
from tests.report_factories import make_issued_report, make_report
from tests.thread_factories import make_council_report

REGISTERS = [
    model for model in apps.get_app_config("reports").get_models() if not model.__name__.startswith("Historical")
]
# What a person types; the rest is done in the portal.
WORDS = {"title": "Halvåret", "summary": "Ändrad.", "conclusions": "", "decisions_asked": ""}


def url(model, page: str, *args) -> str:
    return reverse(f"admin:reports_{model._meta.model_name}_{page}", args=args)


def staffed(user: User) -> User:
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    return User.objects.get(pk=user.pk)


def fill(agreement, *, by: User) -> Report:
    """One more of everything; return the issued report."""
    make_council_report(agreement, title=f"Årsrapport {agreement.council_reports.count()}")
    draft, issued = make_report(agreement), make_issued_report(agreement, by=by)
    focus_area = make_focus_area(agreement)
    for report in (draft, issued):
        FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Bra.")
    IssuingJob.objects.create(report=issued, state=IssuingJob.State.DONE, requested_by=by, requested_at=timezone.now())
    ReportDelivery.objects.create(report=issued, group=group_of(agreement, Group.Kind.STEERING), user=by)
    ReportReading.objects.create(report=issued, user=by, first_read_at=timezone.now(), last_read_at=timezone.now())
    return issued


@pytest.fixture
def issued(agreement, coordinator) -> Report:
    return fill(agreement, by=coordinator)


@pytest.fixture
def admin_client(client, system_administrator):
    return as_person(client, system_administrator)


def test_every_model_has_a_register():
    assert set(REGISTERS) - set(admin.site._registry) == set()
    assert {Report, FocusAreaComment, IssuedDocument, IssuingJob, ReportDelivery, ReportReading} <= set(REGISTERS)


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_register_opens_on_every_page(admin_client, issued, model):
    thing = model.objects.first()
    pages = {
        "list": url(model, "changelist"),
        "search": url(model, "changelist") + "?q=halv",
        "add": url(model, "add"),
        "change": url(model, "change", thing.pk),
    }

    statuses = {name: admin_client.get(page).status_code for name, page in pages.items()}

    assert statuses == dict.fromkeys(pages, 200) | {"add": 200 if model.__name__ == "CouncilReport" else 403}


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_list_asks_as_much_for_three_rows_as_for_one(admin_client, agreement, coordinator, issued, model):
    page = url(model, "changelist")
    admin_client.get(page)
    with CaptureQueriesContext(connection) as with_one:
        admin_client.get(page)
    fill(agreement, by=coordinator)
    fill(agreement, by=coordinator)
    ReportReading.objects.update(last_read_at=timezone.now())

    with CaptureQueriesContext(connection) as with_three:
        admin_client.get(page)

    assert len(with_three) == len(with_one) <= 25


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_staff_without_a_seat_sees_nothing(client, issued, staff_outsider, model):
    as_person(client, staffed(staff_outsider))

    response = client.get(url(model, "changelist"))

    assert response.status_code == 403 or response.context["cl"].result_count == 0
    assert client.get(url(model, "change", model.objects.first().pk)).status_code in (302, 403)


def test_history_of_an_issued_report_is_for_those_who_write(client, issued, reader, coordinator):
    comment = issued.focus_area_comments.get()
    pages = [url(Report, "history", issued.pk), url(FocusAreaComment, "history", comment.pk)]

    read = [as_person(client, staffed(reader)).get(page).status_code for page in pages]
    written = [as_person(client, staffed(coordinator)).get(page).status_code for page in pages]

    assert (read, written) == ([403, 403], [200, 200])


def test_a_reader_with_staff_sees_issued_reports_and_no_drafts(client, issued, reader):
    as_person(client, staffed(reader))

    listed = client.get(url(Report, "changelist")).context["cl"].result_list
    comments = client.get(url(FocusAreaComment, "changelist")).context["cl"].result_list

    assert list(listed) == [issued]
    assert [comment.report for comment in comments] == [issued]
    assert client.post(url(Report, "change", issued.pk), WORDS).status_code == 403


def test_the_words_of_a_draft_are_put_right(client, agreement, coordinator):
    report = make_report(agreement)
    as_person(client, staffed(coordinator))

    response = client.post(url(Report, "change", report.pk), WORDS | {"kind": "public", "state": "issued"})

    assert response.status_code == 302
    saved = Report.objects.get()
    assert (saved.title, saved.summary, saved.kind, saved.state) == ("Halvåret", "Ändrad.", "follow_up", "draft")
    assert saved.history.latest().history_user == coordinator


@pytest.mark.parametrize("who", ["coordinator", "system_administrator"])
def test_an_issued_report_is_only_read(request, client, issued, who):
    as_person(client, staffed(request.getfixturevalue(who)))
    comment = FocusAreaComment.objects.get(report=issued)

    answers = {
        (model.__name__, page): client.post(
            url(model, page, key), WORDS | {"text": "Ändrad.", "post": "yes"}
        ).status_code
        for model, key in ((Report, issued.pk), (FocusAreaComment, comment.pk), (IssuedDocument, issued.pk))
        for page in ("change", "delete")
    }

    assert answers == dict.fromkeys(answers, 403)
    issued.refresh_from_db()
    comment.refresh_from_db()
    assert (issued.title, comment.text) == ("Uppföljning första halvåret 2026", "Bra.")


def test_a_draft_that_is_being_issued_and_one_in_a_closed_agreement_are_only_read(client, agreement, coordinator):
    under_way, other = make_report(agreement), make_report(agreement)
    IssuingJob.objects.create(report=under_way, requested_by=coordinator, requested_at=timezone.now())
    as_person(client, staffed(coordinator))

    refused = client.post(url(Report, "change", under_way.pk), WORDS).status_code
    agreement.state = agreement.State.CLOSED
    agreement.save()
    closed = client.post(url(Report, "change", other.pk), WORDS).status_code

    assert (refused, closed) == (403, 403)
    assert UNDER_WAY.startswith("Rapporten utfärdas just nu.")
    assert set(Report.objects.values_list("summary", flat=True)) == {""}


def test_the_bytes_of_an_issued_report_are_not_shown(admin_client, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator, data='{"hemligt": 1}', pdf=b"%PDF-1.7 hemligt")

    page = admin_client.get(url(IssuedDocument, "change", report.pk)).content.decode()
    with CaptureQueriesContext(connection) as captured:
        admin_client.get(url(IssuedDocument, "changelist"))

    assert "hemligt" not in page
    assert report.document.pdf_sha256 in page
    assert not any('"reports_issueddocument"."pdf"' in query["sql"] for query in captured)


def test_the_history_of_a_report_is_told(admin_client, agreement):
    report = make_report(agreement)
    report.ends_on = datetime.date(2026, 5, 31)
    report.save()

    page = admin_client.get(url(Report, "history", report.pk)).content.decode()

    assert "ändrade till och med från 30 juni 2026 till 31 maj 2026" in page

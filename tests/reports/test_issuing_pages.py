"""The pages of issuing: what will be frozen, how far it has come, and the stored files."""

import hashlib

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement, Group, Membership
from reports.draft_checksum import draft_checksum
from reports.models import FocusAreaComment, IssuingJob, Report, ReportReading
from reports.models.issuing import STANDS_STILL_AFTER
from reports.operations.drafts import start_correction
from reports.operations.freezing import note_failure, note_step, take_on
from reports.operations.issuing import request_issuing
from tests.factories import FIRST_DAY, TODAY, as_person, group_of, make_focus_area, make_person, make_seat
from tests.report_factories import make_issued_report, make_report

NUMBER = "KS/2026:411"
PDF = b"%PDF-1.7\n"


@pytest.fixture
def report(agreement) -> Report:
    return make_report(agreement, kind=Report.Kind.PROMISES, sections=["promised"])


@pytest.fixture
def work_waits(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def address(report: Report, name: str) -> str:
    return reverse(f"reports:{name}", args=[report.pk])


def posted(report: Report, **changed) -> dict:
    return {"reference_number": NUMBER, "recipients": [], "read": draft_checksum(report)} | changed


def ask(report: Report, by) -> IssuingJob:
    return request_issuing(report=report, reference_number=NUMBER, recipients=[], by=by, today=TODAY)


def seat_titled(title: str, person: User, agreement: Agreement) -> None:
    seat = make_seat(group_of(agreement, Group.Kind.STEERING), title=title, organisation=agreement.municipality)
    Membership.objects.create(seat=seat, user=person, starts_on=FIRST_DAY)


# --- Asking for it ---


def test_page_says_what_will_be_frozen(client, coordinator, agreement):
    report = make_report(agreement)

    page = as_person(client, coordinator).get(address(report, "report_issue"))

    assert page.context["form"]["recipients"].initial == [
        group_of(agreement, Group.Kind.STEERING),
        group_of(agreement, Group.Kind.PREPARATION),
    ]
    text = page.content.decode()
    assert "Beredningsgruppen – en person" in text
    assert "Sammanfattningen är inte skriven." in text
    assert "1 januari–30 juni 2026" in text


def test_page_says_that_a_correction_puts_nothing_right(client, coordinator, agreement):
    issued = make_issued_report(agreement, by=coordinator)
    focus_area = make_focus_area(agreement)
    correction = start_correction(report=issued, reason="Fel antal.", by=coordinator)
    as_person(client, coordinator)

    same = client.get(address(correction, "report_issue")).content.decode()
    comment = FocusAreaComment.objects.create(report=correction, focus_area=focus_area, text="Rättat.")
    commented = client.get(address(correction, "report_issue")).content.decode()
    comment.delete()
    Report.objects.filter(pk=correction.pk).update(stands_on=TODAY)
    later = client.get(address(correction, "report_issue")).content.decode()

    words = "Rättelsens texter, avsnitt och dagar är desamma som i rapporten som den ersätter."
    assert [words in page for page in (same, commented, later)] == [True, False, False]


def test_page_says_whom_no_link_will_reach(client, coordinator, agreement, steering_member):
    report = make_report(agreement)
    as_person(client, coordinator)
    before = client.get(address(report, "report_issue")).content.decode()
    seat_titled("Kommundirektör", make_person("Utan Adress", email=None), agreement)
    seat_titled("Rektor", make_person("Utan Konto", password=None), agreement)

    page = client.get(address(report, "report_issue")).content.decode()

    assert "ingen länk" not in before
    assert "Styrgruppen – tre personer" in page
    assert page.count("får ingen länk:") == 2
    assert "Två får ingen länk: Kommundirektör (Burlövs kommun) och Rektor (Burlövs kommun)" in page
    assert "Den som saknar e-postadress eller inloggning får ingen länk: lägg in det under Personer" in page


def test_those_whom_no_link_will_reach_are_named_up_to_five(client, coordinator, agreement):
    report = make_report(agreement)
    for number in range(7):
        seat_titled(f"Ledamot {number}", make_person(f"Person {number}", email=None), agreement)

    page = as_person(client, coordinator).get(address(report, "report_issue")).content.decode()

    assert "Sju får ingen länk: Ledamot 0 (" in page
    assert "Ledamot 4 (Burlövs kommun) och 2 till" in page
    assert "Ledamot 5" not in page


def test_page_says_what_the_report_is_compared_with(client, coordinator, agreement):
    report = make_report(agreement)
    as_person(client, coordinator)

    first = client.get(address(report, "report_issue")).content.decode()
    previous = make_issued_report(agreement, by=coordinator, title="Uppföljning 2025")
    second = client.get(address(report, "report_issue")).content.decode()

    assert "Ingen, det är den första av sitt slag" in first
    assert f'<a href="{previous.get_absolute_url()}">Uppföljning 2025</a>, KS/2026:411' in second


def test_working_groups_report_goes_to_that_group_of_all_working_groups(client, coordinator, agreement):
    group = group_of(agreement, Group.Kind.WORKING)
    Group.objects.create(agreement=agreement, kind=Group.Kind.WORKING, name="Arbetsgrupp Centrum")
    report = make_report(agreement, kind=Report.Kind.WORKING_GROUP, group=group)

    page = as_person(client, coordinator).get(address(report, "report_issue"))

    assert set(page.context["form"]["recipients"].initial) == {group_of(agreement, Group.Kind.PREPARATION), group}


@pytest.mark.parametrize("who", ["police_liaison", "steering_member", "preparation_member"])
def test_others_than_the_coordinator_are_refused(request, client, report, who):
    as_person(client, request.getfixturevalue(who))

    answers = [client.get(address(report, "report_issue")), client.post(address(report, "report_issue"), {})]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_report_is_issued_by_the_button(client, coordinator, report, django_capture_on_commit_callbacks):
    as_person(client, coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(address(report, "report_issue"), posted(report))
    followed = client.get(address(report, "report_issuing"))

    assert (asked.status_code, asked.url) == (302, address(report, "report_issuing"))
    assert (followed.status_code, followed.url) == (302, report.get_absolute_url())
    assert Report.objects.get(pk=report.pk).is_issued
    assert [str(message) for message in get_messages(followed.wsgi_request)] == ["Rapporten är utfärdad."]


def test_mails_that_were_not_sent_are_told_of(
    client, agreement, coordinator, report, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    groups = [group_of(agreement, Group.Kind.PREPARATION).pk]
    as_person(client, coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(report, "report_issue"), posted(report, recipients=groups))
    followed = client.get(address(report, "report_issuing"))

    assert Report.objects.get(pk=report.pk).is_issued
    assert [str(message) for message in get_messages(followed.wsgi_request)] == [
        "Rapporten är utfärdad.",
        "Länken är inte skickad till en mottagare. Skälen står under Vilka har läst den?",
    ]


def test_number_is_asked_for(client, coordinator, report):
    answer = as_person(client, coordinator).post(address(report, "report_issue"), posted(report, reference_number=""))

    assert answer.context["form"].errors == {"reference_number": ["Fyll i rapportens diarienummer."]}
    assert not IssuingJob.objects.exists()


def test_draft_written_in_meanwhile_is_shown_again_and_can_then_be_issued(client, coordinator, report):
    as_person(client, coordinator)
    old = posted(report)
    Report.objects.filter(pk=report.pk).update(summary="Nytt.")

    refused = client.post(address(report, "report_issue"), old)
    taken = client.post(address(report, "report_issue"), posted(report, read=refused.context["read"]))

    assert "Utkastet har ändrats" in refused.content.decode()
    assert taken.status_code == 302


@pytest.mark.usefixtures("work_waits")
def test_page_leads_to_the_work_that_is_under_way(client, coordinator, report):
    ask(report, coordinator)
    as_person(client, coordinator)

    answers = [client.get(address(report, "report_issue")), client.post(address(report, "report_issue"), {})]

    assert [answer.url for answer in answers] == [address(report, "report_issuing")] * 2


# --- Seeing it happen ---


@pytest.mark.usefixtures("work_waits")
def test_progress_names_the_steps(client, coordinator, report):
    ask(report, coordinator)
    as_person(client, coordinator)

    waiting = client.get(address(report, "report_issuing"))
    note_step(take_on(report.pk, now=timezone.now()), IssuingJob.Step.LAYOUT)
    running = client.get(address(report, "report_issuing"))

    assert "Väntar på sin tur." in waiting.content.decode()
    assert [(step.name, step.state) for step in running.context["progress"].steps] == [
        ("Samlar in uppgifterna", "klart"),
        ("Sätter sidorna", "pågår"),
        ("Sparar rapporten", "väntar"),
    ]


@pytest.mark.usefixtures("work_waits")
def test_progress_says_nothing_new_until_there_is_something(client, coordinator, report):
    ask(report, coordinator)
    job = take_on(report.pk, now=timezone.now())
    as_person(client, coordinator)
    page, asks = address(report, "report_issuing"), {"headers": {"HX-Request": "true"}}
    key = client.get(page).context["progress"].key

    same = client.get(page, {"steg": key}, **asks)
    note_step(job, IssuingJob.Step.LAYOUT)
    changed = client.get(page, {"steg": key}, **asks)
    note_failure(job, "Det gick inte.", now=timezone.now())
    failed = client.get(page, {"steg": key}, **asks)

    assert [same.status_code, changed.status_code] == [204, 200]
    assert failed.headers["HX-Redirect"] == page


@pytest.mark.usefixtures("work_waits")
def test_failure_says_why_and_how_to_try_again(client, coordinator, report):
    ask(report, coordinator)
    note_failure(take_on(report.pk, now=timezone.now()), "Det gick inte.", now=timezone.now())

    page = as_person(client, coordinator).get(address(report, "report_issuing")).content.decode()

    assert "Det gick inte." in page
    assert f'href="{address(report, "report_issue")}"' in page


@pytest.mark.usefixtures("work_waits")
def test_work_that_stands_still_can_be_asked_for_again(client, coordinator, report, frozen_today):
    ask(report, coordinator)
    frozen_today.shift(STANDS_STILL_AFTER)
    as_person(client, coordinator)

    page = client.get(address(report, "report_issuing")).content.decode()
    again = client.post(address(report, "report_issue"), posted(report))

    assert "Arbetet har stannat" in page
    assert again.url == address(report, "report_issuing")
    assert IssuingJob.objects.get(report=report).requested_at == timezone.now()


@pytest.mark.usefixtures("work_waits")
@pytest.mark.parametrize("state", [IssuingJob.State.FAILED, IssuingJob.State.RUNNING])
def test_what_was_not_issued_before_the_agreement_was_closed_is_not_offered_again(
    client, agreement, coordinator, report, frozen_today, state
):
    ask(report, coordinator)
    IssuingJob.objects.update(state=state, error="Försök igen.")
    frozen_today.shift(STANDS_STILL_AFTER)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    page = as_person(client, coordinator).get(address(report, "report_issuing")).content.decode()

    assert "<b>Överenskommelsen är avslutad</b>, så rapporten kan inte utfärdas längre." in page
    assert address(report, "report_issue") not in page
    assert "igen" not in page
    assert f'href="{report.get_absolute_url()}"' in page


def test_progress_of_what_nobody_asked_for_leads_to_asking(client, coordinator, report):
    answer = as_person(client, coordinator).get(address(report, "report_issuing"))

    assert answer.url == address(report, "report_issue")


# --- What is stored ---


def test_pdf_is_the_stored_bytes(client, agreement, coordinator, steering_member):
    report = make_issued_report(agreement, by=coordinator, pdf=PDF)

    answer = as_person(client, steering_member).get(address(report, "report_pdf"))

    assert answer.content == PDF
    assert answer.headers["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rapport-KS-2026-411-2026-06-30.pdf"'
    assert ReportReading.objects.get().user == steering_member


def test_data_are_the_stored_text(client, agreement, coordinator, reader):
    report = make_issued_report(agreement, by=coordinator, data='{"ord":"Å"}')

    answer = as_person(client, reader).get(address(report, "report_data"))

    assert (answer.content.decode(), answer.headers["Content-Type"]) == ('{"ord":"Å"}', "application/json")


def test_file_that_the_browser_has_is_not_sent_or_read_again(client, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator, pdf=PDF)
    as_person(client, coordinator)
    etag = client.get(address(report, "report_pdf")).headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(report, "report_pdf"), headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert not [query["sql"] for query in queries if '"reports_issueddocument"."pdf"' in query["sql"]]


@pytest.mark.parametrize("page", ["report_pdf", "report_detail"])
def test_asking_whether_a_report_is_there_is_not_to_read_it(client, agreement, coordinator, page):
    report = make_issued_report(agreement, by=coordinator, pdf=PDF)

    answer = as_person(client, coordinator).head(address(report, page))

    assert (answer.status_code, ReportReading.objects.exists()) == (200, False)


def test_draft_has_no_files(client, coordinator, report):
    as_person(client, coordinator)

    answers = [client.get(address(report, name)) for name in ("report_pdf", "report_data")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_refused_reader_gets_not_even_a_not_modified(client, agreement, coordinator, situation_member):
    report = make_issued_report(agreement, by=coordinator, pdf=PDF)
    etag = f'"{report.document.pdf_sha256}"'

    answer = as_person(client, situation_member).get(address(report, "report_pdf"), headers={"If-None-Match": etag})

    assert answer.status_code == 403

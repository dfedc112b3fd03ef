"""Asking for a report to be issued, and the work itself: what comes of it, and what does not."""

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from agreements.models import Agreement, Group
from reports.draft_checksum import WRITTEN, draft_checksum
from reports.frozen import from_json
from reports.jobs import INTERRUPTED, UNEXPECTED, issue_report
from reports.models import FocusAreaComment, IssuedDocument, IssuingJob, Report
from reports.models.issuing import FROZEN, STANDS_STILL_AFTER
from reports.operations.drafts import save_comment
from reports.operations.freezing import DRAFT_CHANGED, TakenOver, freeze, note_step, take_on
from reports.operations.issuing import CHANGED, NO_NUMBER, STRANGERS, UNDER_WAY, request_issuing
from reports.operations.locks import UNDER_WAY as LOCKED_MEANWHILE
from tests.factories import TODAY, group_of, make_focus_area
from tests.report_factories import make_issued_report, make_report

NUMBER = "KS/2026:411"
PERSONAL_NUMBER = "811218-9876"


@pytest.fixture
def report(agreement) -> Report:
    return make_report(agreement, kind=Report.Kind.PROMISES, sections=["promised"], summary="Det går framåt.")


@pytest.fixture
def work_waits(settings):
    """Asked for and handed on, but no worker has come to it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def ask(report: Report, by, **changed) -> IssuingJob:
    return request_issuing(
        **{"report": report, "reference_number": NUMBER, "recipients": [], "by": by, "today": TODAY} | changed
    )


def job_of(report: Report) -> IssuingJob:
    return IssuingJob.objects.get(report=report)


# --- What comes of it ---


def test_issued_report_is_frozen_with_its_document(agreement, coordinator, report, django_capture_on_commit_callbacks):
    steering = group_of(agreement, Group.Kind.STEERING)

    with django_capture_on_commit_callbacks(execute=True):
        ask(report, coordinator, recipients=[steering])

    report.refresh_from_db()
    document = report.document
    assert (report.state, report.reference_number) == (Report.State.ISSUED, NUMBER)
    assert (report.issued_by, report.issued_at) == (coordinator, timezone.now())
    assert timezone.localdate(report.as_of) == datetime.date(2026, 6, 30)
    assert list(report.recipients.all()) == [steering]
    assert document.data_sha256 == hashlib.sha256(document.data.encode()).hexdigest()
    assert document.pdf_sha256 == hashlib.sha256(bytes(document.pdf)).hexdigest()
    assert (document.size, bytes(document.pdf)[:5]) == (len(document.pdf), b"%PDF-")
    assert from_json(document.data).written.summary == "Det går framåt."
    assert (job_of(report).state, job_of(report).attempts) == (IssuingJob.State.DONE, 1)
    newest = report.history.first()
    assert (newest.state, newest.history_user) == (Report.State.ISSUED, coordinator)


def test_next_report_remembers_which_it_was_compared_with(
    agreement, coordinator, report, django_capture_on_commit_callbacks
):
    earlier = make_issued_report(
        agreement, by=coordinator, kind=report.kind, as_of=timezone.now() - datetime.timedelta(days=300)
    )

    with django_capture_on_commit_callbacks(execute=True):
        ask(report, coordinator)

    report.refresh_from_db()
    assert (job_of(report).error, report.previous) == ("", earlier)


# --- What cannot be asked for ---


@pytest.mark.parametrize("number", ["", "  "])
def test_report_without_a_number_is_not_issued(agreement, coordinator, report, number):
    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator, reference_number=number)

    assert refused.value.message_dict == {"reference_number": [NO_NUMBER]}


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("KS/2026:411\nBcc: x", "Texten ska stå på en rad."),
        ("KS/2026\x07", "Texten innehåller ett tecken som inte kan skrivas ut (U+0007). Ta bort det."),
        ("\u200b", "Texten har inga tecken som syns. Skriv den på nytt."),
        ("K" * 51, "Texten får vara högst 50 tecken, den är 51."),
    ],
)
def test_number_is_one_line_that_can_be_printed(agreement, coordinator, report, number, why):
    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator, reference_number=number)

    assert refused.value.message_dict == {"reference_number": [why]}
    assert not IssuingJob.objects.exists()


def test_period_that_is_not_over_is_not_issued(agreement, coordinator):
    report = make_report(agreement, ends_on=TODAY + datetime.timedelta(days=1))

    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator)

    assert refused.value.messages[0].startswith("Sista dagen kan vara senast i dag")


def test_closed_agreement_issues_nothing(agreement, coordinator, report):
    agreement.state = Agreement.State.CLOSED
    agreement.save()

    with pytest.raises(ValidationError):
        ask(report, coordinator)

    assert not IssuingJob.objects.exists()


def test_issued_report_is_not_issued_again(agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator)

    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator)

    assert refused.value.messages == [FROZEN]


def test_another_agreements_group_is_no_recipient(coordinator, report, other_agreement):
    stranger = group_of(other_agreement, Group.Kind.STEERING)

    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator, recipients=[stranger])

    assert refused.value.message_dict == {"recipients": [STRANGERS]}


def test_those_who_may_not_read_reports_are_not_sent_them(agreement, coordinator, report):
    with pytest.raises(ValidationError):
        ask(report, coordinator, recipients=[group_of(agreement, Group.Kind.SITUATION)])


def test_draft_that_others_wrote_in_meanwhile_is_read_again(coordinator, report):
    read = draft_checksum(report)
    Report.objects.filter(pk=report.pk).update(conclusions="Nya slutsatser.")

    with pytest.raises(ValidationError) as refused:
        ask(report, coordinator, read=read)

    assert refused.value.messages == [CHANGED]


@pytest.mark.usefixtures("work_waits")
def test_asked_for_twice_it_is_asked_for_once(coordinator, police_liaison, report):
    ask(report, coordinator)

    with pytest.raises(ValidationError) as refused:
        ask(report, police_liaison)

    assert refused.value.messages == [UNDER_WAY]
    assert job_of(report).requested_by == coordinator


# --- What does not come of it ---


@pytest.mark.usefixtures("work_waits")
def test_nobody_writes_in_a_draft_that_is_being_issued(coordinator, police_liaison, report):
    ask(report, coordinator)

    with pytest.raises(ValidationError) as refused:
        save_comment(report=report, text="Vi ser det på ett annat sätt.", by=police_liaison)

    assert refused.value.messages == [LOCKED_MEANWHILE]


@pytest.mark.usefixtures("work_waits")
@pytest.mark.parametrize("change", ["text", "comment"])
def test_draft_that_changed_all_the_same_is_not_issued(agreement, coordinator, report, change):
    ask(report, coordinator)
    if change == "text":
        Report.objects.filter(pk=report.pk).update(summary="Något helt annat.")
    else:
        FocusAreaComment.objects.create(report=report, focus_area=make_focus_area(agreement), text="Nytt.")

    issue_report.call(report.pk)

    job = job_of(report)
    assert (job.state, job.error) == (IssuingJob.State.FAILED, DRAFT_CHANGED)
    assert not IssuedDocument.objects.exists()


def test_personal_number_stops_the_report_and_it_is_issued_when_mended(
    coordinator, report, django_capture_on_commit_callbacks
):
    Report.objects.filter(pk=report.pk).update(summary=f"Kontakta {PERSONAL_NUMBER}.")

    with django_capture_on_commit_callbacks(execute=True):
        ask(report, coordinator)
    failed = job_of(report)
    Report.objects.filter(pk=report.pk).update(summary="Kontakta oss.")
    with django_capture_on_commit_callbacks(execute=True):
        ask(report, coordinator)

    assert failed.state == IssuingJob.State.FAILED
    assert "personnummer" in failed.error
    assert PERSONAL_NUMBER not in failed.error
    assert (job_of(report).state, job_of(report).attempts, job_of(report).error) == (IssuingJob.State.DONE, 2, "")
    assert Report.objects.get(pk=report.pk).is_issued


def test_what_nobody_foresaw_is_told_without_its_insides(
    coordinator, report, django_capture_on_commit_callbacks, caplog
):
    Report.objects.filter(pk=report.pk).update(kind="unheard of")

    with django_capture_on_commit_callbacks(execute=True):
        ask(report, coordinator)

    job = job_of(report)
    assert (job.state, job.error) == (IssuingJob.State.FAILED, UNEXPECTED)
    assert Report.objects.get(pk=report.pk).is_draft
    assert "KeyError" in caplog.text


# --- Several at once, and those who never came back ---


@pytest.mark.usefixtures("work_waits")
def test_job_is_taken_on_by_one(coordinator, report):
    ask(report, coordinator)

    first, second = (take_on(report.pk, now=timezone.now()) for _ in range(2))

    assert first.attempts == 1
    assert second is None


@pytest.mark.usefixtures("work_waits")
@pytest.mark.parametrize("was_begun", [True, False])
def test_job_that_stands_still_can_be_asked_for_again(coordinator, report, frozen_today, was_begun):
    ask(report, coordinator)
    if was_begun:
        take_on(report.pk, now=timezone.now())

    frozen_today.shift(STANDS_STILL_AFTER)
    again = ask(report, coordinator)

    assert (again.state, again.started_at) == (IssuingJob.State.WAITING, None)


@pytest.mark.usefixtures("work_waits")
def test_process_that_comes_back_to_life_writes_nothing_over(coordinator, report, frozen_today):
    ask(report, coordinator)
    slow = take_on(report.pk, now=timezone.now())
    frozen_today.shift(STANDS_STILL_AFTER)
    ask(report, coordinator)
    take_on(report.pk, now=timezone.now())
    now = timezone.now()
    document = IssuedDocument(report=report, data="{}", pdf=b"%PDF-", page_count=1, size=5)

    with pytest.raises(TakenOver):
        note_step(slow, IssuingJob.Step.LAYOUT)
    with pytest.raises(TakenOver):
        freeze(job=slow, document=document, as_of=now, issued_at=now, previous=None)

    assert not IssuedDocument.objects.exists()
    assert (job_of(report).state, job_of(report).attempts) == (IssuingJob.State.RUNNING, 2)


@pytest.mark.usefixtures("work_waits")
def test_worker_that_is_told_to_stop_says_so(coordinator, report):
    """As db_worker does when it is told twice: it leaves in the middle of the work."""
    ask(report, coordinator)

    def leave(execute, sql, *args):
        if FocusAreaComment._meta.db_table in sql:
            raise SystemExit(1)
        return execute(sql, *args)

    with connection.execute_wrapper(leave), pytest.raises(SystemExit):
        issue_report.call(report.pk)

    assert (job_of(report).state, job_of(report).error) == (IssuingJob.State.FAILED, INTERRUPTED)


def test_every_field_of_a_draft_is_watched_or_set_when_it_is_issued():
    set_when_issued = {"reference_number", "previous", "state", "as_of", "issued_at", "issued_by"}
    beside_the_words = {"id", "agreement", "created_at", "police_commented_at"}

    fields = {field.name for field in Report._meta.concrete_fields}

    assert fields - set(WRITTEN) == set_when_issued | beside_the_words

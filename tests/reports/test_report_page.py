"""A report's own page: the draft beside what is left to do, and what was frozen of an issued one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.models import Group
from focus_areas.models import Activity
from reports.models import FocusAreaComment, IssuedDocument, IssuingJob, Report, ReportReading
from reports.models.issuing import STANDS_STILL_AFTER
from reports.operations.drafts import save_comment, start_correction
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_focus_area,
    make_log_entry,
    make_status_update,
)
from tests.meeting_factories import make_meeting
from tests.report_factories import freeze_report, make_issued_report, make_report
from tests.test_query_counts import filled

MOST = 25


def url(name: str, thing) -> str:
    return reverse(f"reports:{name}", args=[thing.pk])


def page_of(client, report) -> str:
    response = client.get(report.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def checks_of(client, report) -> dict[str, bool]:
    checks = client.get(report.get_absolute_url()).context["checks"]
    return {check.text: check.is_done for check in checks}


def actions_of(client, report) -> list[str]:
    return [action.label for action in client.get(report.get_absolute_url()).context["draft_actions"]]


# --- A draft ---


def test_a_new_draft_tells_what_is_left_to_do(coordinating, agreement):
    silent = make_activity(make_focus_area(agreement))

    checks = checks_of(coordinating, make_report(agreement, starts_on=TODAY, ends_on=TODAY))

    assert checks == {
        "Sammanfattningen är inte skriven": False,
        "Slutsatserna är inte skrivna": False,
        "Kommunpolisen har inte kommenterat": False,
        "Kommentar saknas till Fokusområde 1": False,
        "En aktivitet har inte hörts av": False,
        "En aktivitet är inte bedömd": False,
        "Mötet där den tas upp är inte valt": False,
        "Inget beslut begärs av styrgruppen": False,
        "Alla avvikelser har skäl": True,
    }
    assert f'<a href="#aktivitet-{silent.pk}">' in page_of(coordinating, Report.objects.get())


def test_a_finished_draft_has_nothing_left_to_do(coordinating, agreement, coordinator, police_liaison):
    activity = make_activity(make_focus_area(agreement))
    make_status_update(activity, by=coordinator)
    report = make_report(
        agreement,
        starts_on=TODAY,
        ends_on=TODAY,
        summary="Allt går.",
        conclusions="Fortsätt.",
        decisions_asked="Förläng SSPU.",
        meeting=make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY),
    )
    FocusAreaComment.objects.create(report=report, focus_area=activity.focus_area, text="Bra.")
    save_comment(report=report, text="Vi håller med.", by=police_liaison)

    checks = checks_of(coordinating, report)

    assert set(checks.values()) == {True}
    assert "Ett beslut begärs av styrgruppen" in checks
    assert "<b>Allt är klart</b>" in page_of(coordinating, report)


def test_an_activity_that_was_heard_of_is_not_silent_and_a_finished_one_needs_nothing(coordinating, agreement):
    focus_area = make_focus_area(agreement)
    make_log_entry(make_activity(focus_area), happened_on=TODAY)
    make_activity(focus_area, status=Activity.Status.COMPLETED)
    deviating = make_activity(focus_area)
    make_status_update(deviating, assessment=Activity.Assessment.RED)

    checks = checks_of(coordinating, make_report(agreement, starts_on=TODAY, ends_on=TODAY))

    assert "Alla pågående aktiviteter har hörts av under perioden" in checks
    assert checks["En aktivitet är inte bedömd"] is False
    assert checks["En avvikelse saknar skäl"] is False


def test_a_report_to_others_than_the_parties_waits_for_no_police_comment_nor_meeting(coordinating, agreement):
    checks = checks_of(coordinating, make_report(agreement, kind=Report.Kind.GRANT, sections=[]))

    assert checks == {
        "Sammanfattningen är inte skriven": False,
        "Slutsatserna är inte skrivna": False,
        "Inget avsnitt är valt": False,
    }


def test_the_likely_next_action_comes_first(client, agreement, coordinator, police_liaison):
    empty, written = make_report(agreement), make_report(agreement, summary="Allt går.", conclusions="Fortsätt.")
    commented = make_report(agreement, police_comment="Vi håller med.")

    assert actions_of(as_person(client, coordinator), empty) == ["Skriv rapporten", "Utfärda rapporten"]
    assert actions_of(client, written) == ["Utfärda rapporten", "Skriv rapporten"]
    assert actions_of(as_person(client, police_liaison), empty) == ["Kommentera för polisen", "Skriv rapporten"]
    assert actions_of(client, commented) == ["Skriv rapporten", "Kommentera för polisen"]


def test_a_correction_that_nobody_has_written_in_is_written_before_it_is_issued(coordinating, agreement, coordinator):
    issued = make_issued_report(agreement, by=coordinator, summary="Bra.", conclusions="Fortsätt.")
    correction = start_correction(report=issued, reason="Fel antal.", by=coordinator)

    untouched = page_of(coordinating, correction)
    Report.objects.filter(pk=correction.pk).update(summary="Ganska bra.")
    written = page_of(coordinating, correction)

    assert untouched.index(url("report_update", correction)) < untouched.index(url("report_issue", correction))
    assert written.index(url("report_issue", correction)) < written.index(url("report_update", correction))


def test_the_preview_shows_what_people_wrote_and_what_the_portal_gathered(coordinating, agreement, police_liaison):
    activity = make_activity(make_focus_area(agreement), title="Trygg skolväg")
    report = make_report(
        agreement,
        summary="Tre av fyra löften är hållna.",
        conclusions="SSPU behöver en ersättare.",
        decisions_asked="Utse en ersättare.",
    )
    FocusAreaComment.objects.create(report=report, focus_area=activity.focus_area, text="Skolvägen går bra.")
    save_comment(report=report, text="Polisen håller med.", by=police_liaison)

    page = page_of(coordinating, report)

    for words in (
        "Tre av fyra löften är hållna.",
        "SSPU behöver en ersättare.",
        "Utse en ersättare.",
        "Skolvägen går bra.",
        "Polisen håller med.",
        "Erik Holm",
        "Trygg skolväg",
    ):
        assert words in page
    assert page.count("<h1") == 1
    assert page.count("btn-primary") == 1


def test_a_draft_that_is_being_issued_offers_no_writing_and_one_that_failed_says_why(
    coordinating, agreement, coordinator
):
    report = make_report(agreement)
    job = IssuingJob.objects.create(report=report, requested_by=coordinator, requested_at=timezone.now())
    under_way = page_of(coordinating, report)
    IssuingJob.objects.filter(pk=job.pk).update(state=IssuingJob.State.FAILED, error="Minnet tog slut.")
    failed = page_of(coordinating, report)

    assert "Rapporten utfärdas just nu." in under_way
    assert url("report_update", report) not in under_way
    assert "Minnet tog slut." in failed
    assert url("report_update", report) in failed


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (IssuingJob.State.RUNNING, "Arbetet med att utfärda rapporten har stannat."),
        (IssuingJob.State.FAILED, "Rapporten kunde inte utfärdas."),
    ],
)
def test_who_may_not_issue_is_told_how_it_went_and_not_led_to_a_refusal(
    client, agreement, coordinator, police_liaison, state, words
):
    report = make_report(agreement)
    asked_at = timezone.now() - STANDS_STILL_AFTER
    IssuingJob.objects.create(report=report, state=state, requested_by=coordinator, requested_at=asked_at)

    shown = {
        person: as_person(client, person).get(report.get_absolute_url()).content.decode()
        for person in (coordinator, police_liaison)
    }

    assert all(words in page for page in shown.values())
    assert url("report_issuing", report) in shown[coordinator]
    assert url("report_issuing", report) not in shown[police_liaison]


def test_the_drafts_pdf_is_shown_and_not_kept(coordinating, agreement):
    report = make_report(agreement, kind=Report.Kind.PROMISES, sections=[])

    response = coordinating.get(url("report_draft_pdf", report))

    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith('inline; filename="utkast-lovat-och-hallet-')
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not IssuedDocument.objects.exists()


def test_a_personal_number_stops_the_drafts_pdf(coordinating, agreement):
    report = make_report(agreement, kind=Report.Kind.PROMISES, sections=[], summary="Född 19121212-1212.")

    response = coordinating.get(url("report_draft_pdf", report), follow=True)

    assert response.redirect_chain == [(report.get_absolute_url(), 302)]
    assert "personnummer" in response.content.decode()


def test_what_is_gathered_stands_beside_the_form(coordinating, agreement):
    make_activity(make_focus_area(agreement))
    report = make_report(agreement)

    fragment = coordinating.get(url("report_gathered", report), headers={"HX-Request": "true"}).content.decode()
    alone = coordinating.get(url("report_gathered", report))

    assert "Läget den 30 juni 2026." in fragment
    assert "<html" not in fragment
    assert alone.headers["Location"] == report.get_absolute_url()


def test_what_is_gathered_is_asked_for_beside_both_forms(client, agreement, police_liaison):
    report = make_report(agreement)
    as_person(client, police_liaison)

    pages = [client.get(url(name, report)).content.decode() for name in ("report_update", "report_police_comment")]

    assert [f'hx-get="{url("report_gathered", report)}"' in page for page in pages] == [True, True]


# --- An issued report ---


def test_an_issued_report_shows_what_was_frozen_and_not_what_is_true_now(client, agreement, coordinator, reader):
    focus_area = make_focus_area(agreement, title="Trygghet i Arlöv")
    report = freeze_report(make_report(agreement, summary="Tre av fyra löften är hållna."), by=coordinator)
    focus_area.title = "Något helt annat"
    focus_area.save()
    as_person(client, reader)

    page = page_of(client, report)

    assert "Trygghet i Arlöv" in page
    assert "Något helt annat" not in page
    assert "Tre av fyra löften är hållna." in page
    assert "KS/2026:411" in page
    assert "1 september 2026" in page
    assert "Maja Lind" in page
    assert report.document.pdf_sha256 in page
    assert url("report_pdf", report) in page
    assert url("report_correct", report) not in page
    assert url("report_readers", report) not in page


def test_reading_an_issued_report_is_noted_and_reading_a_draft_is_not(client, agreement, coordinator, reader):
    issued = freeze_report(make_report(agreement), by=coordinator)
    page_of(as_person(client, coordinator), make_report(agreement))

    page_of(as_person(client, reader), issued)

    assert [(reading.report, reading.user) for reading in ReportReading.objects.all()] == [(issued, reader)]


def test_the_coordinator_is_led_to_who_has_read_it_and_to_a_correction(coordinating, agreement, coordinator):
    report = freeze_report(make_report(agreement), by=coordinator)

    page = page_of(coordinating, report)

    assert url("report_readers", report) in page
    assert url("report_correct", report) in page
    assert "Innehållet stämmer inte" not in page


def test_data_that_do_not_match_their_checksum_are_told_of(coordinating, agreement, coordinator):
    report = freeze_report(make_report(agreement), by=coordinator, data_sha256="0" * 64)

    assert "Innehållet stämmer inte med sin kontrollsumma." in page_of(coordinating, report)


def test_data_of_an_unknown_format_lead_to_the_pdf(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator, data='{"format": 999}')

    page = page_of(coordinating, report)

    assert "Rapporten läses som PDF" in page
    assert url("report_pdf", report) in page


def test_an_issued_report_of_a_closed_agreement_is_still_read(coordinating, agreement, coordinator):
    report = freeze_report(make_report(agreement), by=coordinator)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    page = page_of(coordinating, report)

    assert "KS/2026:411" in page
    assert url("report_correct", report) not in page


def test_an_issued_reports_draft_pdf_leads_to_the_report(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator)

    assert coordinating.get(url("report_draft_pdf", report)).headers["Location"] == report.get_absolute_url()


# --- Put right ---


def test_a_correction_is_begun_with_a_reason(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator, summary="Fyra av fem.")

    without = coordinating.post(url("report_correct", report), {"reason": ""})
    answered = coordinating.post(url("report_correct", report), {"reason": "Ett antal var fel."})

    correction = Report.objects.get(replaces=report)
    assert dict(without.context["form"].errors) == {"reason": ["Fyll i varför rapporten rättas."]}
    assert answered.headers["Location"] == correction.get_absolute_url()
    assert (correction.summary, correction.correction_reason) == ("Fyra av fem.", "Ett antal var fel.")


@pytest.mark.parametrize(
    ("reason", "words"),
    [("x" * 301, "300"), ("Hon är född 19121212-1212.", "personnummer"), ("två\nrader", "en rad")],
)
def test_a_bad_reason_is_explained(coordinating, agreement, coordinator, reason, words):
    report = make_issued_report(agreement, by=coordinator)

    response = coordinating.post(url("report_correct", report), {"reason": reason})

    assert words in " ".join(response.context["form"].errors["reason"])
    assert not Report.objects.filter(replaces=report).exists()


def test_a_report_that_is_being_corrected_leads_to_the_correction(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator)
    draft = start_correction(report=report, reason="Fel antal.", by=coordinator)

    opened = coordinating.get(url("report_correct", report))
    posted = coordinating.post(url("report_correct", report), {"reason": "Fel igen."})

    assert opened.headers["Location"] == draft.get_absolute_url()
    assert "Rättelsen är redan påbörjad." in posted.content.decode()
    assert Report.objects.filter(replaces=report).count() == 1


def test_a_draft_has_nothing_to_correct(coordinating, agreement):
    report = make_report(agreement)

    assert coordinating.get(url("report_correct", report)).status_code == 403
    assert coordinating.post(url("report_correct", report), {"reason": "Fel."}).status_code == 403


def test_a_correction_is_told_of_on_both_and_only_to_its_writers_while_it_is_a_draft(
    client, agreement, coordinator, reader
):
    report = freeze_report(make_report(agreement), by=coordinator)
    draft = start_correction(report=report, reason="Ett antal var fel.", by=coordinator)
    begun = [page_of(as_person(client, person), report) for person in (coordinator, reader)]
    draft_page = page_of(as_person(client, coordinator), draft)
    issued = freeze_report(draft, by=coordinator, reference_number="KS/2026:412")
    replaced, replacing = (page_of(as_person(client, reader), each) for each in (report, issued))

    assert ["En rättelse är påbörjad." in page for page in begun] == [True, False]
    assert "Det här är en rättelse" in draft_page
    assert "Rapporten är ersatt" in replaced
    assert f'href="{issued.get_absolute_url()}"' in replaced
    assert "Rapporten ersätter" in replacing
    assert f'href="{report.get_absolute_url()}"' in replacing
    assert "Ett antal var fel." in replaced
    assert "Ett antal var fel." in replacing


def test_the_polices_words_from_before_a_correction_are_to_be_looked_at(
    coordinating, agreement, coordinator, police_liaison
):
    report = make_report(agreement)
    save_comment(report=report, text="Vi håller med.", by=police_liaison)
    issued = freeze_report(report, by=coordinator, issued_at=timezone.now())

    draft = start_correction(report=issued, reason="Fel antal.", by=coordinator)

    assert checks_of(coordinating, draft)["Kommunpolisens kommentar är skriven före rättelsen"] is False


# --- How much is asked of the database ---


def test_the_pages_of_a_draft_take_as_many_queries_for_three_rows_as_for_one(client, agreement, coordinator):
    as_person(client, coordinator)
    found = []
    for rows in (1, 3):
        with filled(agreement, by=coordinator, rows=rows) as things:
            draft = Report.objects.drafts().first()
            correction = start_correction(report=things["rapporter"], reason="Fel antal.", by=coordinator)
            found.append(
                {
                    (name, report.replaces_id is None): queries(client, url(name, report))
                    for report in (draft, correction)
                    for name in ("report_detail", "report_update", "report_gathered", "report_delete")
                }
            )

    assert found[0] == found[1]
    assert max(found[1].values()) <= MOST


def queries(client, address: str) -> int:
    headers = {"HX-Request": "true"}
    assert client.get(address, headers=headers).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address, headers=headers)
    return len(captured)

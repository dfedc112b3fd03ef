"""A draft that somebody else writes on, issues or throws away meanwhile."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.forms.drafts import comment_name
from reports.models import FocusAreaComment, IssuingJob, Report
from reports.models.reports import FROZEN
from reports.operations.drafts import NO_PARTYS_OWN
from reports.operations.locks import UNDER_WAY
from tests.factories import as_person, make_focus_area
from tests.report_factories import make_issued_report, make_report
from tests.reports.draft_forms import HALF_YEAR, errors_of, url, version_in, written

# --- Two at once ---


def test_who_saves_second_is_shown_both_versions_and_nothing_is_lost(coordinating, agreement, police_liaison, client):
    focus_area, report = make_focus_area(agreement), make_report(agreement)
    address, name = url("report_update", report), comment_name(focus_area)
    version = version_in(client, address)
    as_person(client, police_liaison).post(address, written(report, summary="Polisens.", version=version))

    second = coordinating.post(
        address, written(report, summary="Samordnarens.", version=version, **{name: "Om området."})
    )
    kept = Report.objects.get().summary
    replaced = coordinating.post(
        address,
        {**dict(second.context["posted"]), "sections": report.sections}
        | {"version": second.context["version"], "conflict_choice": "replace"},
    )

    assert second.status_code == 409
    assert [(one.label, one.theirs, one.mine) for one in second.context["differences"]] == [
        ("Sammanfattning", "Polisens.", "Samordnarens."),
        (str(focus_area), "", "Om området."),
    ]
    assert kept == "Polisens."
    assert replaced.status_code == 302
    assert Report.objects.get().summary == "Samordnarens."
    assert FocusAreaComment.objects.get().text == "Om området."


def test_a_comment_that_somebody_else_wrote_meanwhile_is_shown_too(coordinating, agreement):
    focus_area, report = make_focus_area(agreement), make_report(agreement)
    address = url("report_update", report)
    version = version_in(coordinating, address)
    FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Deras.")

    response = coordinating.post(address, written(report, version=version, **{comment_name(focus_area): "Min."}))

    assert response.status_code == 409
    assert FocusAreaComment.objects.get().text == "Deras."


def test_the_police_comment_and_the_other_words_do_not_stand_in_each_others_way(
    client, agreement, coordinator, police_liaison
):
    report = make_report(agreement)
    of_words, of_police = url("report_update", report), url("report_police_comment", report)
    words_version = version_in(as_person(client, coordinator), of_words)
    police_version = version_in(as_person(client, police_liaison), of_police)

    commented = client.post(of_police, {"police_comment": "Vi håller med.", "version": police_version})
    saved = as_person(client, coordinator).post(of_words, written(report, summary="Klart.", version=words_version))

    assert (commented.status_code, saved.status_code) == (302, 302)
    report.refresh_from_db()
    assert (report.summary, report.police_comment, report.police_commented_by) == (
        "Klart.",
        "Vi håller med.",
        police_liaison,
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_residents_report_takes_no_police_comment(client, agreement, police_liaison, method):
    report = make_report(agreement, kind=Report.Kind.PUBLIC)
    page = getattr(as_person(client, police_liaison), method)(
        url("report_police_comment", report), {"police_comment": "Vi håller med."}
    )

    assert (page.status_code, NO_PARTYS_OWN in page.content.decode()) == (403, True)
    assert Report.objects.get().police_comment == ""


def test_two_police_comments_at_once_are_both_shown(client, agreement, police_liaison):
    report = make_report(agreement)
    address = url("report_police_comment", report)
    version = version_in(as_person(client, police_liaison), address)
    client.post(address, {"police_comment": "Den första.", "version": version})

    response = client.post(address, {"police_comment": "Den andra.", "version": version})

    assert response.status_code == 409
    assert Report.objects.get().police_comment == "Den första."


# --- Locked meanwhile ---


@pytest.mark.parametrize("name", ["report_update", "report_police_comment"])
def test_a_form_that_was_open_when_the_report_was_issued_keeps_what_is_written(
    client, agreement, coordinator, police_liaison, name
):
    issued, under_way = make_issued_report(agreement, by=coordinator), make_report(agreement)
    IssuingJob.objects.create(report=under_way, requested_by=coordinator, requested_at=timezone.now())
    as_person(client, police_liaison)

    for report, reason in ((issued, FROZEN), (under_way, UNDER_WAY)):
        opened = client.get(url(name, report))
        sent = client.post(url(name, report), written(report, summary="Mina ord.", police_comment="Mina ord."))

        assert opened.status_code == 403
        assert reason in opened.content.decode()
        assert sent.status_code == 403
        assert "Mina ord." in sent.content.decode()
        assert errors_of(sent)["__all__"] == [
            f"{reason} Det du skrev är inte sparat men står kvar nedan, så att du kan kopiera det."
        ]
        assert (Report.objects.get(pk=report.pk).summary, Report.objects.get(pk=report.pk).police_comment) == ("", "")


def test_what_is_issued_or_being_issued_is_not_thrown_away(coordinating, agreement, coordinator):
    issued, under_way = make_issued_report(agreement, by=coordinator), make_report(agreement)
    IssuingJob.objects.create(report=under_way, requested_by=coordinator, requested_at=timezone.now())

    answers = [coordinating.post(url("report_delete", report)).status_code for report in (issued, under_way)]

    assert answers == [403, 403]
    assert Report.objects.count() == 2


def test_the_old_address_of_a_draft_leads_to_what_was_issued(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator)

    for name in ("report_update", "report_delete"):
        page = coordinating.get(url(name, report))

        assert (page.status_code, FROZEN in page.content.decode()) == (403, True)
        assert f'href="{report.get_absolute_url()}">Till rapporten</a>' in page.content.decode()


def test_a_draft_is_thrown_away_after_a_question(coordinating, agreement):
    report = make_report(agreement)

    asked = coordinating.get(url("report_delete", report))
    answered = coordinating.post(url("report_delete", report))

    assert f"Utkastet ”{report}” försvinner" in asked.content.decode()
    assert answered.headers["Location"] == reverse("reports:report_list") + f"?overenskommelse={agreement.pk}"
    assert not Report.objects.exists()


def test_a_closed_agreements_drafts_are_read_and_not_written(coordinating, agreement):
    report = make_report(agreement)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    statuses = {
        name: coordinating.post(url(name, report)).status_code
        for name in ("report_update", "report_delete", "report_correct")
    }

    assert statuses == dict.fromkeys(statuses, 403)
    assert coordinating.post(url("report_create", agreement), {"kind": "follow_up"} | HALF_YEAR).status_code == 403
    page = coordinating.get(report.get_absolute_url())
    assert page.status_code == 200
    assert "Överenskommelsen är avslutad." in page.content.decode()
    assert "innan den utfärdas" not in page.content.decode()
    assert "Före utfärdandet" not in page.content.decode()
    assert url("report_update", report) not in page.content.decode()

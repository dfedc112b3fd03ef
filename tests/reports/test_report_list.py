"""The list of reports: by period, with what each asked for and what its meeting decided; drafts for their writers."""

import datetime

from django.urls import reverse
from django.utils import timezone

from agreements.models import Group
from reports.models import IssuingJob, Report
from reports.models.issuing import STANDS_STILL_AFTER
from reports.operations.drafts import start_correction
from reports.views.listing import DRAFTS_SHOWN
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area, make_status_update
from tests.meeting_factories import make_decision, make_meeting
from tests.report_factories import freeze_report, make_issued_report, make_report

LIST = reverse("reports:report_list")


def periods_of(client, **filters) -> dict[str, list[str]]:
    periods = client.get(LIST, filters).context["reports_by_period"]
    return {period.words: [str(row.report) for row in period.rows] for period in periods}


def row_of(client):
    [period] = client.get(LIST).context["reports_by_period"]
    [row] = period.rows
    return row


def test_reports_are_listed_by_period_with_the_latest_first(coordinating, agreement, coordinator):
    year = {"starts_on": datetime.date(2025, 1, 1), "ends_on": datetime.date(2025, 12, 31)}
    make_issued_report(agreement, by=coordinator, title="Uppföljning 2025", **year)
    make_issued_report(agreement, by=coordinator, title="Fullmäktige 2025", kind=Report.Kind.COUNCIL, **year)
    make_issued_report(agreement, by=coordinator, title="Halvåret")

    assert periods_of(coordinating) == {
        "1 januari–30 juni 2026": ["Halvåret"],
        "1 januari–31 december 2025": ["Fullmäktige 2025", "Uppföljning 2025"],
    }


def test_reports_are_narrowed_by_kind_and_year_and_nonsense_narrows_nothing(coordinating, agreement, coordinator):
    year = {"starts_on": datetime.date(2025, 1, 1), "ends_on": datetime.date(2025, 12, 31)}
    make_issued_report(agreement, by=coordinator, title="Uppföljning 2025", **year)
    make_issued_report(agreement, by=coordinator, title="Fullmäktige 2025", kind=Report.Kind.COUNCIL, **year)
    make_issued_report(agreement, by=coordinator, title="Halvåret")

    assert periods_of(coordinating, slag="council") == {"1 januari–31 december 2025": ["Fullmäktige 2025"]}
    assert periods_of(coordinating, ar="2026") == {"1 januari–30 juni 2026": ["Halvåret"]}
    assert periods_of(coordinating, slag="council", ar="2026") == {}
    assert (
        "Ingen rapport stämmer med urvalet"
        in coordinating.get(LIST, {"slag": "council", "ar": "2026"}).content.decode()
    )
    assert len(periods_of(coordinating, slag="rymd", ar="igår", sida="nio")) == 2


def test_each_report_tells_what_it_asked_for_and_what_its_meeting_decided(coordinating, agreement, coordinator):
    meeting = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY - datetime.timedelta(days=20), held=True)
    decisions = [make_decision(meeting, text=f"Styrgruppen beslutar {number}.") for number in range(6)]
    make_issued_report(
        agreement, by=coordinator, meeting=meeting, decisions_asked="Förläng SSPU.\n\nUtse en ersättare.\n"
    )

    row = row_of(coordinating)
    page = coordinating.get(LIST).content.decode()

    assert row.asked == ("Förläng SSPU.", "Utse en ersättare.")
    assert (list(row.decided), row.decided_left_out) == (decisions[:4], 2)
    assert decisions[0].get_absolute_url() in page
    assert "och 2 till" in page


def test_what_the_activities_asked_for_is_told_too(coordinating, agreement, coordinator):
    activity = make_activity(make_focus_area(agreement), title="Trygg skolväg")
    make_status_update(activity, by=coordinator, decision_requested="Förläng till juni")
    freeze_report(make_report(agreement, ends_on=TODAY, decisions_asked="Förläng SSPU."), by=coordinator)

    assert row_of(coordinating).asked == ("1.1 Trygg skolväg: Förläng till juni.", "Förläng SSPU.")


def test_a_meeting_that_is_to_come_and_one_without_decisions_say_so(coordinating, agreement, coordinator):
    steering = group_of(agreement, Group.Kind.STEERING)
    coming = make_meeting(steering, TODAY + datetime.timedelta(days=10))
    report = make_issued_report(agreement, by=coordinator, meeting=coming)
    before = coordinating.get(LIST).content.decode()
    coming.state = coming.State.HELD
    coming.save()
    after = coordinating.get(LIST).content.decode()

    assert report.meeting == coming
    assert "Tas upp" in before
    assert "3 december 2026" in before
    assert "Inget beslut skrevs på mötet" in after


def test_who_does_not_read_the_groups_meetings_is_told_where_it_is_taken_up_only(
    client, agreement, coordinator, working_group_member
):
    meeting = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY - datetime.timedelta(days=20), held=True)
    make_decision(meeting, text="Hemligt beslut.")
    make_issued_report(agreement, by=coordinator, meeting=meeting)

    page = as_person(client, working_group_member).get(LIST).content.decode()

    assert "Hemligt beslut." not in page
    assert "Tas upp av Styrgruppen 3 november 2026" in page


def test_drafts_are_listed_for_their_writers_alone(client, agreement, coordinator, police_liaison, steering_member):
    draft = make_report(agreement, title="Inte klar")
    waiting = make_report(agreement, title="På väg")
    IssuingJob.objects.create(report=waiting, requested_by=coordinator, requested_at=timezone.now())

    for person in (coordinator, police_liaison):
        response = as_person(client, person).get(LIST)

        assert set(response.context["drafts"]) == {draft, waiting}
        assert "Utfärdas just nu" in response.content.decode()
    page = as_person(client, steering_member).get(LIST).content.decode()
    assert "Inte klar" not in page
    assert "Utkast" not in page
    assert reverse("reports:report_create", args=[agreement.pk]) not in page


def test_a_draft_that_was_not_issued_when_somebody_asked_says_so(coordinating, agreement, coordinator):
    asked_at = timezone.now() - STANDS_STILL_AFTER
    for title, state in (("Föll", IssuingJob.State.FAILED), ("Stod still", IssuingJob.State.RUNNING)):
        report = make_report(agreement, title=title)
        IssuingJob.objects.create(report=report, state=state, requested_by=coordinator, requested_at=asked_at)

    page = coordinating.get(LIST).content.decode()

    assert "Kunde inte utfärdas" in page
    assert "Utfärdandet har stannat" in page
    assert "Utfärdas just nu" not in page


def test_the_newest_drafts_are_shown_and_the_rest_led_to(coordinating, agreement):
    for number in range(DRAFTS_SHOWN + 1):
        make_report(agreement, title=f"Utkast {number}")

    first = coordinating.get(LIST)
    every = coordinating.get(LIST, {"utkast": "alla"})

    assert len(first.context["drafts"]) == DRAFTS_SHOWN
    assert '<a href="?utkast=alla">Visa alla utkast</a>' in first.content.decode()
    assert len(every.context["drafts"]) == DRAFTS_SHOWN + 1
    assert "Visa alla utkast" not in every.content.decode()


def test_a_replaced_report_says_by_what_once_that_is_issued(client, agreement, coordinator, reader):
    first = make_issued_report(agreement, by=coordinator, title="Den första")
    start_correction(report=first, reason="Fel antal.", by=coordinator)
    with_draft = as_person(client, reader).get(LIST).content.decode()
    Report.objects.drafts().delete()
    make_issued_report(
        agreement,
        by=coordinator,
        title="Den rättade",
        replaces=first,
        correction_reason="Fel antal.",
        reference_number="KS/2026:412",
    )
    with_correction = client.get(LIST).content.decode()

    assert "Ersatt" not in with_draft
    assert "Ersatt" in with_correction
    assert "KS/2026:412" in with_correction
    assert "ersätter KS/2026:411" in with_correction


def test_another_agreements_reports_are_not_listed(coordinating, other_agreement, outsider):
    make_issued_report(other_agreement, by=outsider, title="Lommas")

    assert periods_of(coordinating) == {}
    assert coordinating.get(LIST, {"overenskommelse": other_agreement.pk}).status_code == 404


def test_the_empty_list_says_what_to_do(client, agreement, coordinator, reader):
    writer = as_person(client, coordinator).get(LIST).content.decode()
    reading = as_person(client, reader).get(LIST).content.decode()

    assert "Inget utkast är påbörjat" in writer
    assert "Skriv ett utkast och utfärda det." in writer
    assert "När samordnaren har utfärdat en rapport läses den här." in reading


def test_a_closed_agreements_reports_are_listed_and_none_is_begun(coordinating, agreement, coordinator):
    make_issued_report(agreement, by=coordinator, title="Halvåret")
    agreement.state = agreement.State.CLOSED
    agreement.save()

    page = coordinating.get(LIST).content.decode()

    assert "Halvåret" in page
    assert reverse("reports:report_create", args=[agreement.pk]) not in page

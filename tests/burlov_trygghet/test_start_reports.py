"""The start page's reports: sent to me and not opened, and drafts that wait for the police's words."""

import pytest
from django.urls import reverse

from agreements.models import Group
from burlov_trygghet.start_reports import MOST_REPORTS
from reports.models import IssuingJob, Report, ReportDelivery
from reports.operations.drafts import save_comment
from reports.operations.reading import note_reading
from tests.factories import TODAY, as_person, at, group_of
from tests.report_factories import make_issued_report, make_report

pytestmark = pytest.mark.django_db


def reports(client, person):
    as_person(client, person)
    return client.get(reverse("start")).context["start"].reports


def sent(report, person):
    group = group_of(report.agreement, Group.Kind.STEERING)
    ReportDelivery.objects.create(report=report, user=person, group=group, sent_at=at(TODAY))
    return report


def test_to_read_is_what_was_sent_to_me_and_not_opened_or_replaced(client, agreement, coordinator, steering_member):
    read, unread, replaced = (
        sent(make_issued_report(agreement, by=coordinator, title=title), steering_member)
        for title in ("Läst", "Oläst", "Ersatt")
    )
    correction = make_issued_report(
        agreement, by=coordinator, title="Rättad", replaces=replaced, correction_reason="Fel antal"
    )
    make_issued_report(agreement, by=coordinator, title="Inte till mig")
    note_reading(report=read, user=steering_member, now=at(TODAY))

    assert reports(client, steering_member).to_read == [unread]
    assert reports(client, coordinator).to_read == []

    sent(correction, steering_member)
    assert reports(client, steering_member).to_read == [correction, unread]


def test_police_are_asked_for_their_words_until_they_are_there(client, agreement, police_liaison, coordinator):
    draft = make_report(agreement, title="Utkastet")

    assert reports(client, police_liaison).to_comment == [draft]
    assert reports(client, coordinator).to_comment == []

    save_comment(report=draft, text="Vi är i fas.", by=police_liaison)
    assert reports(client, police_liaison).to_comment == []


def test_police_are_not_asked_for_words_in_the_residents_report(client, agreement, police_liaison):
    make_report(agreement, kind=Report.Kind.PUBLIC)

    assert reports(client, police_liaison).to_comment == []


def test_police_are_not_asked_for_words_while_a_report_is_issued(client, agreement, police_liaison, coordinator):
    draft = make_report(agreement)
    job = IssuingJob.objects.create(report=draft, requested_by=coordinator, requested_at=at(TODAY))

    assert reports(client, police_liaison).to_comment == []

    IssuingJob.objects.filter(pk=job.pk).update(state=IssuingJob.State.FAILED)
    assert reports(client, police_liaison).to_comment == [draft]


def test_who_issued_a_report_has_not_got_it_to_read(client, agreement, coordinator):
    sent(make_issued_report(agreement, by=coordinator), coordinator)

    assert reports(client, coordinator).to_read == []


def test_many_of_one_sort_leave_room_for_the_other_and_the_rest_is_led_to(
    client, agreement, police_liaison, coordinator
):
    drafts = [make_report(agreement, title=f"Utkast {number}", ends_on=TODAY) for number in range(MOST_REPORTS + 1)]
    unread = [sent(make_issued_report(agreement, by=coordinator), police_liaison) for _ in range(MOST_REPORTS + 1)]

    page = as_person(client, police_liaison).get(reverse("start"))

    shown = page.context["start"].reports
    assert shown.to_comment == drafts[:0:-1]
    assert shown.to_read == unread[:0:-1]
    text = page.content.decode()
    assert text.index("Rapporter att kommentera") < text.index("Rapporter att läsa")
    everything = f"{reverse('reports:report_list')}?overenskommelse={agreement.pk}"
    assert f'href="{everything}#h-utkast"' in text
    assert f'href="{everything}#h-utfardade"' in text


def test_few_lead_nowhere_else(client, agreement, police_liaison, coordinator):
    sent(make_issued_report(agreement, by=coordinator), police_liaison)
    make_report(agreement)

    text = as_person(client, police_liaison).get(reverse("start")).content.decode()

    assert "Rapporter att kommentera" in text
    assert "#h-ut" not in text


def test_page_links_to_both(client, agreement, police_liaison, coordinator):
    draft = make_report(agreement, title="Utkastet")
    issued = sent(make_issued_report(agreement, by=coordinator, title="Den utfärdade"), police_liaison)

    as_person(client, police_liaison)
    text = client.get(reverse("start")).content.decode()

    assert f'<a href="{issued.get_absolute_url()}">Den utfärdade</a>' in text
    assert f'<a href="{reverse("reports:report_police_comment", args=[draft.pk])}">Kommentera Utkastet</a>' in text

import datetime
from http import HTTPStatus

import pytest
from django.urls import reverse

from agreements.models import Group, Seat
from focus_areas.models import Activity
from tests.factories import as_person, make_activity, make_focus_area, make_log_entry, make_status_update, seat_person
from tests.reports.scenario import activity_of, day

LIST = "/rapporter/"
# The session, the person, seats and agreement, and what the content asks.
REPORT_QUERIES = 21
LIST_QUERIES = 10
HALF_YEAR = {"fran": "2026-01-01", "till": "2026-06-30"}


@pytest.fixture
def reading(client, burlov):
    """A client signed in as Burlöv's coordinator."""
    coordinator = seat_person(
        burlov, Seat.Function.COORDINATOR, Group.Kind.PREPARATION, full_name="Maja Lind", title="Samordnare"
    )
    return as_person(client, coordinator)


def page_of(agreement) -> str:
    return reverse("reports:follow_up_report", args=[agreement.pk])


def pdf_of(agreement) -> str:
    return reverse("reports:follow_up_report_pdf", args=[agreement.pk])


# --- Who sees it ---


@pytest.mark.parametrize("path", [page_of, pdf_of, lambda agreement: LIST])
def test_reports_are_not_there_for_outsiders(client, agreement, outsider, staff_outsider, path):
    for person in (staff_outsider, outsider):
        if person == outsider and path(agreement) == LIST:
            continue  # sees the reports of the own agreement
        assert as_person(client, person).get(path(agreement)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", [page_of, pdf_of, lambda agreement: LIST])
def test_reports_are_refused_with_a_reason(client, agreement, situation_member, path):
    response = as_person(client, situation_member).get(path(agreement))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Du får inte läsa rapporten." in response.content.decode()


def test_reports_are_read_by_a_reader(client, agreement, reader):
    assert as_person(client, reader).get(page_of(agreement)).status_code == HTTPStatus.OK


def test_reports_send_strangers_to_sign_in(client, agreement):
    for path in (LIST, page_of(agreement), pdf_of(agreement)):
        assert client.get(path).status_code == HTTPStatus.FOUND


def test_reports_cannot_be_posted_to(client, agreement, coordinator):
    for path in (LIST, page_of(agreement), pdf_of(agreement)):
        assert as_person(client, coordinator).post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


# --- The list ---


def test_report_list_offers_the_usual_periods(client, agreement, coordinator):
    response = as_person(client, coordinator).get(LIST)

    assert [(period.label, period.query) for period in response.context["periods"]][:3] == [
        ("Andra halvåret 2026 hittills", "fran=2026-07-01&till=2026-11-23"),
        ("Första halvåret 2026", "fran=2026-01-01&till=2026-06-30"),
        ("Andra halvåret 2025", "fran=2025-07-01&till=2025-12-31"),
    ]
    assert f'href="{pdf_of(agreement)}?fran=2026-01-01&amp;till=2026-06-30"' in response.content.decode()


def test_report_list_speaks_of_the_agreement_asked_for(client, agreement, other_agreement, system_administrator):
    response = as_person(client, system_administrator).get(LIST, {"overenskommelse": other_agreement.pk})

    assert response.context["agreement"] == other_agreement
    offered = response.context["filter_form"].fields["overenskommelse"].choices
    assert [key for key, _ in offered] == [str(other_agreement.pk), str(agreement.pk)]


# --- The preview ---


def test_report_shows_the_period_asked_for(reading, burlov):
    text = reading.get(page_of(burlov), HALF_YEAR).content.decode()

    assert "<h1>Uppföljningsrapport 1 januari–30 juni 2026</h1>" in text
    assert "Läget den 30 juni 2026" in text
    assert "23 november 2026 av Maja Lind" in text
    assert text.count("<h1") == 1
    assert f'href="{pdf_of(burlov)}?fran=2026-01-01&amp;till=2026-06-30"' in text


def test_report_without_a_period_takes_the_newest_usual_one(client, agreement, coordinator):
    report = as_person(client, coordinator).get(page_of(agreement)).context["report"]

    assert (report.starts_on, report.ends_on) == (datetime.date(2026, 7, 1), datetime.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"fran": "2026-06-30", "till": "2026-01-01"}, "Sista dagen kan inte vara före den första."),
        ({"fran": "igår", "till": "2026-01-01"}, "Skriv ett datum, till exempel 2026-11-23."),
        ({"fran": "2026-02-30", "till": "2026-03-01"}, "Skriv ett datum, till exempel 2026-11-23."),
        ({"fran": "2026-01-01"}, "Fyll i till och med."),
        ({"fran": "2026-01-01", "till": ""}, "Fyll i till och med."),
        (
            {"fran": "2026-01-01", "till": "2026-11-24"},
            "Sista dagen kan vara senast i dag, 23 november 2026: rapporten visar det som har hänt.",
        ),
        ({"fran": "2016-11-23", "till": "2026-11-23"}, "Perioden kan vara högst 10 år."),
        ({"fran": "0001-01-01", "till": "0001-01-02"}, "Första dagen kan vara tidigast 1 januari 2000."),
        ({"fran": "2026-01-01\x00", "till": "2026-01-02"}, "Skriv ett datum, till exempel 2026-11-23."),
        ({"fran": "9" * 5000, "till": "2026-01-02"}, "Skriv ett datum, till exempel 2026-11-23."),
    ],
)
def test_report_explains_a_period_that_cannot_be(client, agreement, coordinator, asked, said):
    response = as_person(client, coordinator).get(page_of(agreement), asked)

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert said in response.content.decode()
    assert "error-summary" in response.content.decode()


def test_report_says_when_work_is_made_up(reading, burlov):
    assert "är påhittade" not in reading.get(page_of(burlov), HALF_YEAR).context["report"].summary
    burlov.has_example_work = True
    burlov.save()

    text = reading.get(page_of(burlov), HALF_YEAR).content.decode()

    assert "Exempel: genomfört arbete, status och datum är påhittade." in text


def test_report_escapes_what_people_wrote(reading, burlov):
    walks = activity_of(burlov, "Trygghetsvandringar")
    make_status_update(walks, text="<script>alert(1)</script>", next_step="<b>fet</b>", decision_requested="<i>beslut")
    make_log_entry(walks, happened_on=day(11, 2), text="<img src=x onerror=alert(1)>")

    text = reading.get(page_of(burlov), {"fran": "2026-01-01", "till": "2026-11-23"}).content.decode()

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>fet" not in text
    assert "<i>beslut" not in text


@pytest.mark.parametrize("more", [0, 2])
def test_report_asks_as_many_questions_for_more_activities(reading, burlov, django_assert_num_queries, more):
    area = make_focus_area(burlov, title="Ett till")
    for number in range(more):
        make_status_update(make_activity(area, lead=[burlov.municipality], title=f"Ny {number}"))
    assert Activity.objects.of(burlov).count() == 9 + more
    reading.get(LIST)

    with django_assert_num_queries(REPORT_QUERIES):
        reading.get(page_of(burlov), HALF_YEAR)


def test_report_list_asks_as_many_questions_with_other_agreements(
    client, agreement, other_agreement, coordinator, system_administrator, django_assert_num_queries
):
    for person, count in ((coordinator, LIST_QUERIES), (system_administrator, LIST_QUERIES - 1)):
        as_person(client, person).get(LIST)
        with django_assert_num_queries(count):
            client.get(LIST)


# --- The file ---


def test_pdf_is_a_private_download_with_a_telling_name(reading, burlov, caplog):
    with caplog.at_level("INFO", logger="agreements"):
        response = reading.get(pdf_of(burlov), HALF_YEAR)

    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == ('attachment; filename="uppfoljningsrapport-KS-2023-305-2026-06-30.pdf"')
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"%PDF")
    (line,) = caplog.messages
    assert line == f"{pdf_of(burlov)}, {len(response.content)} bytes"
    assert "Maja" not in line


def test_pdf_of_an_impossible_period_goes_to_the_page_that_explains(client, agreement, coordinator):
    response = as_person(client, coordinator).get(pdf_of(agreement), {"fran": "2026-06-30", "till": "2026-01-01"})

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == f"{page_of(agreement)}?fran=2026-06-30&till=2026-01-01"

"""Lagkrav as a page and as a file, and the reports to the municipal council."""

import csv
import datetime
import io
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import LinkedPlan
from reports.law import judge
from reports.law.survey import survey_answers, survey_csv
from reports.models import CouncilReport
from tests.factories import TODAY, as_person
from tests.reports.evidence import ALL_MET
from tests.thread_factories import make_council_report, make_linked_plan, make_picture

# The session, the person, seats, the agreement, the evidence, and the reports to the council.
LAW_QUERIES = 6
REPORT = {
    "title": "Årsrapport 2026",
    "reported_on": "2026-11-16",
    "paragraph": "§ 88",
    "reference_number": "KS/2026:77",
    "comment": "Anmäldes.",
}


def page_of(agreement) -> str:
    return reverse("reports:law_page", args=[agreement.pk])


def create_page(agreement) -> str:
    return reverse("reports:council_report_create", args=[agreement.pk])


# --- The page ---


def test_law_page_says_how_it_stands(client, agreement, coordinator):
    make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))

    text = as_person(client, coordinator).get(page_of(agreement)).content.decode()

    assert "En ny lägesbild skulle ha fastställts senast 3 oktober 2024, för 2 år sedan." in text
    assert "Överenskommelsen går ut 31 december 2026, om 38 dagar, och ingen förnyelse är påbörjad." in text
    assert f'<a class="btn btn-primary" href="{reverse("agreements:picture_create", args=[agreement.pk])}">' in text
    assert text.count("btn-primary") == 1


def test_law_page_offers_a_reader_nothing_to_mend(client, agreement, reader):
    make_council_report(agreement)

    response = as_person(client, reader).get(page_of(agreement))

    assert (response.context["mends"], response.context["first_mend"]) == (set(), None)
    assert "btn-primary" not in response.content.decode()
    assert create_page(agreement) not in response.content.decode()


def test_law_page_of_a_closed_agreement_offers_nothing_to_mend(client, agreement, coordinator):
    agreement.state = agreement.State.CLOSED
    agreement.save()

    response = as_person(client, coordinator).get(page_of(agreement))

    assert (response.context["mends"], response.context["can_register"]) == (set(), False)


def test_law_page_takes_as_many_queries_for_three_rows_as_for_one(client, agreement, coordinator):
    as_person(client, coordinator)
    counts = []
    for _ in range(3):
        make_council_report(agreement)
        make_linked_plan(agreement)
        client.get(page_of(agreement))
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(agreement))
        counts.append(len(captured))

    assert counts == [LAW_QUERIES] * 3


# --- The answers to the survey ---


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_survey_answers_each_paragraph():
    text = survey_csv(survey_answers(judge(ALL_MET, today=TODAY))).decode()

    rows = rows_of(text)
    assert text.startswith("\ufeff")
    assert rows[0] == ["Fråga", "Svar", "Det som visar det", "Datum", "Paragraf"]
    assert len(rows) == 10
    assert rows[1] == [
        "Har kommunen en lägesbild med kartläggning, annat som har betydelse och analys?",
        "Ja.",
        "Lägesbild 2026 (KS/2026:1), fastställd 2 mars 2026",
        "2026-03-02",
        "4 §",
    ]
    assert all(question.endswith("?") for question, *_ in rows[1:])


def test_survey_says_what_is_missing(client, agreement, reader):
    response = as_person(client, reader).get(reverse("reports:law_survey", args=[agreement.pk]))

    rows = rows_of(response.content.decode())
    assert response.headers["Content-Disposition"] == 'attachment; filename="lagkrav-2026-11-23.csv"'
    assert rows[1][1:4] == ["Nej. Ingen lägesbild är fastställd.", "", ""]
    assert rows[6][1].startswith("Nej. Överenskommelsen har inga fokusområden.")


@pytest.mark.parametrize("title", ["=1+1", "+46", "-1", "@SUM(A1)"])
def test_survey_makes_no_formula_of_what_is_written(client, agreement, coordinator, title):
    make_linked_plan(agreement, title=title)

    response = as_person(client, coordinator).get(reverse("reports:law_survey", args=[agreement.pk]))

    assert rows_of(response.content.decode())[5][2] == f"'{title}"


def test_survey_with_a_personal_number_does_not_leave(client, agreement, coordinator):
    plan = make_linked_plan(agreement)
    LinkedPlan.objects.filter(pk=plan.pk).update(title="Plan för 19640823-3234")

    response = as_person(client, coordinator).get(reverse("reports:law_survey", args=[agreement.pk]), follow=True)

    assert response.redirect_chain == [(page_of(agreement), HTTPStatus.FOUND)]
    assert "Filen lämnas inte ut" in response.content.decode()


# --- Reports to the council ---


def test_council_report_is_put_in(client, agreement, coordinator):
    response = as_person(client, coordinator).post(create_page(agreement), REPORT)

    report = agreement.council_reports.get()
    assert response.headers["Location"] == f"{page_of(agreement)}#fullmaktige"
    assert (report.title, report.reported_on, report.paragraph, report.comment) == (
        "Årsrapport 2026",
        datetime.date(2026, 11, 16),
        "§ 88",
        "Anmäldes.",
    )
    assert report.history.get().history_user == coordinator


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reported_on": "2026-11-24"}, "Dagen kan inte vara i framtiden."),
        ({"reported_on": "i går"}, "Skriv ett datum, till exempel 2026-11-23."),
        ({"title": ""}, "Fyll i rapport."),
        ({"title": "Rapport 1/2026", "reported_on": "2026-06-15"}, "Rapporten är redan inlagd."),
        ({"title": "Om 19640823-3234"}, "personnummer"),
        ({"comment": "x" * 1001}, "tecken"),
    ],
)
def test_council_report_that_is_wrong_changes_nothing(client, agreement, coordinator, changed, said):
    make_council_report(agreement)

    response = as_person(client, coordinator).post(create_page(agreement), REPORT | changed)

    assert response.status_code == HTTPStatus.OK
    assert said in response.content.decode()
    assert agreement.council_reports.count() == 1


def test_council_report_sent_twice_is_saved_once(client, agreement, coordinator):
    as_person(client, coordinator)
    sent = REPORT | {"submission_key": "7a0d3ab2-6f0c-4b5e-9a37-0d8e3c1b2f4a"}

    for _ in range(2):
        client.post(create_page(agreement), sent)

    assert agreement.council_reports.count() == 1


def test_council_report_is_changed_and_a_colleagues_version_is_shown(client, agreement, coordinator):
    report = make_council_report(agreement)
    address = reverse("reports:council_report_update", args=[report.pk])
    version = as_person(client, coordinator).get(address).context["version"]

    assert client.post(address, REPORT | {"version": version}).status_code == HTTPStatus.FOUND
    late = client.post(address, REPORT | {"title": "En annan", "version": version})

    report.refresh_from_db()
    assert report.title == "Årsrapport 2026"
    assert late.status_code == HTTPStatus.CONFLICT


def test_council_report_is_taken_away(client, agreement, coordinator):
    report = make_council_report(agreement)

    response = as_person(client, coordinator).post(reverse("reports:council_report_delete", args=[report.pk]))

    assert response.headers["Location"] == f"{page_of(agreement)}#fullmaktige"
    assert list(agreement.council_reports.all()) == []
    assert CouncilReport.history.filter(history_type="-").get().history_user == coordinator


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "steering_member", "reader"])
def test_council_reports_are_the_coordinators(request, client, agreement, who):
    report = make_council_report(agreement)
    as_person(client, request.getfixturevalue(who))

    for name in ("council_report_create", "council_report_update", "council_report_delete"):
        key = agreement.pk if name == "council_report_create" else report.pk
        response = client.post(reverse(f"reports:{name}", args=[key]), REPORT)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "Du får inte lägga in rapporter till fullmäktige." in response.content.decode()
    assert [kept.title for kept in agreement.council_reports.all()] == [report.title]

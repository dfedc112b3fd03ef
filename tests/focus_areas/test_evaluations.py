"""Evaluations: findings on three levels, recommendations, and what the parties answer."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from focus_areas.models import Evaluation, Finding, Recommendation
from focus_areas.operations.evaluations import remove_finding
from tests.factories import as_person, make_activity, make_focus_area
from tests.thread_factories import make_evaluation, make_finding, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(agreement) -> Evaluation:
    return make_evaluation(agreement, title="Samverkan 2023–2025")


def test_evaluation_is_written_with_findings_and_advice(client, activity, coordinator):
    agreement = activity.agreement
    as_person(client, coordinator)

    client.post(
        reverse("focus_areas:evaluation_create", args=[agreement.pk]),
        {"title": "Utvärdering 2025", "done_by": "Malmö universitet", "done_on": "2025-05-05"},
    )
    evaluation = Evaluation.objects.get()
    client.post(
        reverse("focus_areas:finding_create", args=[evaluation.pk]),
        {"level": "strategic", "text": "Styrgruppen får sällan underlag i tid."},
    )
    finding = Finding.objects.get()
    response = client.post(
        reverse("focus_areas:recommendation_create", args=[evaluation.pk]),
        {"text": "Skicka underlag tidigare.", "finding": finding.pk, "answer": "", "activities": [activity.pk]},
    )
    page = client.get(evaluation.get_absolute_url()).content.decode()

    recommendation = Recommendation.objects.get()
    assert response.headers["Location"] == recommendation.get_absolute_url()
    assert list(recommendation.activities.all()) == [activity]
    assert recommendation.history.first().history_user == coordinator
    assert "1 rekommendation: 0 besvarade, 0 genomförda." in page
    assert "Strategisk nivå" in page
    assert "av slutsatsen ”Styrgruppen får sällan underlag i tid.”" in page


def test_answers_and_what_is_done_are_counted(client, evaluation, reader):
    make_recommendation(evaluation)
    make_recommendation(evaluation, answer="declined", reason="Tiden räcker inte.")
    make_recommendation(evaluation, answer="partly", done_on=datetime.date(2026, 1, 5))
    make_finding(evaluation)
    make_finding(evaluation)
    as_person(client, reader)

    page = client.get(evaluation.get_absolute_url()).content.decode()
    listed = client.get(reverse("focus_areas:evaluation_list", args=[evaluation.agreement.pk])).context["evaluations"]

    assert "3 rekommendationer: 2 besvarade, 1 genomförd." in page
    assert "Tiden räcker inte." in page
    assert "Svara" not in page
    assert [(one.advised, one.answered, one.done) for one in listed] == [(3, 2, 1)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": "declined"}, "reason"),
        ({"answer": "declined", "reason": "   "}, "reason"),
        ({"answer": "declined", "reason": "Nej.", "done_on": "2026-01-01"}, "done_on"),
        ({"done_on": "2026-11-24"}, "done_on"),
        ({"text": ""}, "text"),
        ({"answer": "kanske"}, "answer"),
        ({"activities": ["99999999999999999999"]}, "activities"),
    ],
)
def test_wrong_answer_says_what_is_wrong(client, evaluation, coordinator, wrong, field):
    recommendation = make_recommendation(evaluation)
    as_person(client, coordinator)

    page = client.post(
        reverse("focus_areas:recommendation_update", args=[recommendation.pk]),
        {"text": "Skriv uppdrag.", "answer": "accepted"} | wrong,
    )

    recommendation.refresh_from_db()
    assert list(page.context["form"].errors) == [field]
    assert recommendation.answer == ""


def test_advice_offers_findings_of_its_own_evaluation_and_activities_of_its_agreement(
    client, evaluation, other_agreement, coordinator
):
    own, other = make_finding(evaluation), make_finding(make_evaluation(evaluation.agreement))
    make_activity(make_focus_area(other_agreement))
    as_person(client, coordinator)

    form = client.get(reverse("focus_areas:recommendation_create", args=[evaluation.pk])).context["form"]

    assert list(form.fields["finding"].queryset) == [own]
    assert list(form.fields["activities"].queryset) == []
    with pytest.raises(ValidationError, match="annan utvärdering"):
        Recommendation(evaluation=evaluation, finding=other, text="Skriv.").full_clean()


def test_finding_that_is_taken_away_leaves_its_advice(client, evaluation, coordinator):
    finding = make_finding(evaluation)
    recommendation = make_recommendation(evaluation, finding=finding)

    remove_finding(finding=finding, by=coordinator)

    recommendation.refresh_from_db()
    assert recommendation.finding is None
    assert recommendation.history.first().history_user == coordinator


def test_parts_are_taken_away_by_those_who_plan(client, evaluation, coordinator, working_group_member):
    finding, recommendation = make_finding(evaluation), make_recommendation(evaluation)
    addresses = [
        reverse("focus_areas:finding_delete", args=[finding.pk]),
        reverse("focus_areas:recommendation_delete", args=[recommendation.pk]),
    ]
    refused = [as_person(client, working_group_member).post(address).status_code for address in addresses]

    taken = [as_person(client, coordinator).post(address).headers["Location"] for address in addresses]

    assert refused == [403, 403]
    assert taken == [evaluation.get_absolute_url()] * 2
    assert (Finding.objects.count(), Recommendation.objects.count()) == (0, 0)


def test_title_is_taken_once_in_an_agreement(client, evaluation, coordinator):
    as_person(client, coordinator)

    page = client.post(
        reverse("focus_areas:evaluation_create", args=[evaluation.agreement.pk]),
        {"title": evaluation.title, "done_on": "2027-01-01"},
    )

    assert set(page.context["form"].errors) == {"title", "done_on"}


def test_plan_links_to_evaluations_grants_and_follow_up(client, agreement, reader):
    as_person(client, reader)

    page = client.get(agreement.get_plan_url()).content.decode()

    for name in ("evaluation_list", "grant_list", "follow_up_overview"):
        assert reverse(f"focus_areas:{name}", args=[agreement.pk]) in page

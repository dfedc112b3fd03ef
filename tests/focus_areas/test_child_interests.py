"""The child's best, summed up focus area by focus area."""

import datetime

import pytest
from django.urls import reverse

from accounts.history import recording
from focus_areas.child_interests import child_interests
from tests.factories import as_person, at, make_activity, make_child_impact, make_focus_area, make_status_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def focus_area(agreement):
    with recording(at=at(datetime.date(2020, 1, 7))):
        return make_focus_area(agreement, title="Barn och unga")


def written(focus_area, summary: str, on: datetime.date):
    focus_area.child_summary = summary
    with recording(at=at(on)):
        focus_area.save()


def test_activities_are_counted_by_whether_they_are_assessed(agreement, focus_area):
    assessed, missing, cancelled = (make_activity(focus_area) for _ in range(3))
    make_child_impact(assessed)
    make_status_update(cancelled, "cancelled")

    (area,) = child_interests(agreement)

    assert (area.assessed, area.missing, area.total) == ([assessed], [missing], 2)


@pytest.mark.parametrize(
    ("written_on", "is_outdated"),
    [(datetime.date(2026, 3, 1), True), (datetime.date(2026, 3, 2), False), (datetime.date(2026, 4, 1), False)],
)
def test_summary_older_than_the_latest_assessment_is_told(agreement, focus_area, written_on, is_outdated):
    make_child_impact(make_activity(focus_area), assessed_on=datetime.date(2026, 3, 2))
    written(focus_area, "Barn berörs på kvällarna.", written_on)

    (area,) = child_interests(agreement)

    assert (area.written_on, area.is_outdated) == (written_on, is_outdated)


def test_other_changes_of_the_focus_area_do_not_make_the_summary_newer(agreement, focus_area):
    make_child_impact(make_activity(focus_area), assessed_on=datetime.date(2026, 3, 2))
    written(focus_area, "Barn berörs på kvällarna.", datetime.date(2026, 2, 1))
    focus_area.description = "Något annat"
    written(focus_area, "Barn berörs på kvällarna.", datetime.date(2026, 5, 1))

    (area,) = child_interests(agreement)

    assert area.is_outdated


def test_nothing_assessed_makes_no_summary_old(agreement, focus_area):
    written(focus_area, "Barn berörs på kvällarna.", datetime.date(2020, 2, 1))

    (area,) = child_interests(agreement)

    assert not area.is_outdated


def test_page_tells_and_leads_to_what_is_missing(client, agreement, focus_area, reader):
    assessed, missing = make_activity(focus_area), make_activity(focus_area)
    make_child_impact(assessed, conclusion="Till barnens bästa.")
    as_person(client, reader)

    shown = client.get(reverse("focus_areas:child_interests", args=[agreement.pk])).content.decode()

    assert "<b>1 av 2 aktiviteter är prövade.</b>" in shown
    assert "Till barnens bästa." in shown
    assert f'href="{missing.get_absolute_url()}#barnets-basta"' in shown
    assert "Ingen sammanfattning är skriven" in shown
    assert reverse("focus_areas:child_summary_update", args=[focus_area.pk]) not in shown


def test_summary_is_written_by_planners(client, agreement, focus_area, police_liaison):
    as_person(client, police_liaison)

    response = client.post(
        reverse("focus_areas:child_summary_update", args=[focus_area.pk]), {"child_summary": "Fler vuxna på plats."}
    )

    focus_area.refresh_from_db()
    page = reverse("focus_areas:child_interests", args=[agreement.pk])
    assert response.url == f"{page}#omrade-{focus_area.pk}"
    assert focus_area.child_summary == "Fler vuxna på plats."


@pytest.mark.parametrize("who", ["reader", "steering_member", "convener"])
def test_summary_is_not_written_by_others(request, client, focus_area, who):
    as_person(client, request.getfixturevalue(who))

    response = client.post(
        reverse("focus_areas:child_summary_update", args=[focus_area.pk]), {"child_summary": "Något"}
    )

    focus_area.refresh_from_db()
    assert (response.status_code, focus_area.child_summary) == (403, "")

"""The action plan's table: filtered, sorted, paged and taken out as a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import as_person, make_activity, make_focus_area, make_status_update, organisation_of

pytestmark = pytest.mark.django_db


def plan(client, agreement, **query):
    return client.get(reverse("focus_areas:action_plan", args=[agreement.pk]), query)


@pytest.fixture
def three(agreement):
    area = make_focus_area(agreement)
    sf, police = organisation_of(agreement, "SF"), organisation_of(agreement, "Polisen")
    walks = make_activity(area, title="Vandringar i Åkarp", lead=[sf])
    neighbours = make_activity(area, title="Grannsamverkan", lead=[police], next_follow_up_on="2026-11-30")
    leaving = make_activity(area, title="Avhoppare", lead=[police, sf])
    make_status_update(leaving, "delayed", "red")
    return walks, neighbours, leaving


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"q": "åKARP"}, [0]),
        ({"q": "finns inte"}, []),
        ({"q": "(["}, []),
        ({"status": "delayed"}, [2]),
        ({"bedomning": "red"}, [2]),
        ({"bedomning": "ej-bedomd"}, [0, 1]),
        ({"sortera": "-nummer"}, [2, 1, 0]),
        ({"sortera": "uppfoljning"}, [1, 0, 2]),
    ],
)
def test_plan_is_filtered_and_sorted(client, agreement, reader, three, query, expected):
    as_person(client, reader)

    response = plan(client, agreement, **query)

    assert list(response.context["page_obj"].object_list) == [three[index] for index in expected]


def test_plan_is_filtered_by_lead(client, agreement, reader, three):
    as_person(client, reader)

    response = plan(client, agreement, leds_av=organisation_of(agreement, "SF").pk)

    assert list(response.context["page_obj"].object_list) == [three[0], three[2]]


@pytest.mark.parametrize(
    "query",
    [{"status": "sönder"}, {"leds_av": "abc"}, {"fokusomrade": "999999"}, {"sortera": "';drop"}, {"q": "x" * 101}],
)
def test_plan_says_that_a_filter_is_wrong(client, agreement, reader, three, query):
    as_person(client, reader)

    response = plan(client, agreement, **query)

    assert response.status_code == 200
    assert list(response.context["page_obj"].object_list) == []
    assert "Det här behöver rättas" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc"])
def test_plan_forgives_a_strange_page_number(client, agreement, reader, three, page):
    as_person(client, reader)

    assert len(plan(client, agreement, sida=page).context["page_obj"].object_list) == 3


def test_plan_is_exported_as_filtered(client, agreement, reader, three):
    as_person(client, reader)

    response = client.get(reverse("focus_areas:action_plan_export", args=[agreement.pk]), {"status": "delayed"})

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[2] for row in rows] == ["Aktivitet", "Avhoppare"]
    assert response["Content-Disposition"] == 'attachment; filename="atgardsplan.xlsx"'

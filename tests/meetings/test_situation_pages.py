"""The pages of Örat mot marken: who sees what, and what is said."""

import datetime

import pytest
from django.urls import reverse

from tests.factories import TODAY, as_person, at, make_area, organisation_of
from tests.meeting_factories import (
    make_category,
    make_event,
    make_meeting,
    make_observation,
    make_situation_report,
    situation_group,
)


def url(name: str, thing) -> str:
    return reverse(f"meetings:{name}", args=[thing.pk])


@pytest.fixture
def fortnights(agreement):
    """Held meetings every second week, the last one thirteen days ago, and one planned for tomorrow."""
    group = situation_group(agreement)
    tomorrow = TODAY + datetime.timedelta(days=1)
    held = [make_meeting(group, tomorrow - datetime.timedelta(weeks=2 * n), held=True) for n in range(12, 0, -1)]
    return [*held, make_meeting(group, tomorrow)]


PAGES = ("observation_list", "observation_create", "event_list", "event_create", "trend_list")


@pytest.mark.parametrize("name", PAGES)
def test_situation_member_reads_and_reports(client, agreement, situation_member, fortnights, name):
    make_category(agreement)
    make_area(agreement)
    make_observation(agreement, TODAY)
    make_event(agreement)

    response = as_person(client, situation_member).get(url(name, agreement))

    assert response.status_code == 200


def test_meeting_page_for_the_coordinator(client, agreement, coordinator, situation_member, fortnights):
    make_category(agreement)
    arlov = make_area(agreement)
    make_observation(agreement, TODAY, area=arlov, place="Burlövs station")
    make_event(agreement)

    response = as_person(client, coordinator).get(fortnights[-1].get_absolute_url())

    assert response.status_code == 200
    print(response.content.decode())

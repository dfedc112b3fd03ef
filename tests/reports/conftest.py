import pytest

from tests.factories import as_person
from tests.ground import kept
from tests.reports.scenario import build_burlov, build_plan


@kept
def burlov(db, frozen_today):
    """Burlöv's plan with half a year of work; today is the 23rd of November 2026."""
    return build_burlov()


@kept
def plan(db, frozen_today):
    """Burlöv's plan as it was registered on the first of December 2025, before any work."""
    return build_plan()


@pytest.fixture
def coordinating(client, coordinator):
    """The coordinator's browser."""
    return as_person(client, coordinator)

import pytest

from tests.reports.scenario import build_burlov, build_plan


@pytest.fixture
def burlov(db, frozen_today):
    """Burlöv's plan with half a year of work; today is the 23rd of November 2026."""
    return build_burlov()


@pytest.fixture
def plan(db, frozen_today):
    """Burlöv's plan as it was registered on the first of December 2025, before any work."""
    return build_plan()

"""What several rooms' tests of the meetings begin with."""

import datetime

import pytest

from agreements.models import Group
from meetings.models import (
    Meeting,
    ObservationCategory,
)
from meetings.operations import leading
from tests.factories import (
    TODAY,
    as_person,
    group_of,
)
from tests.ground import kept
from tests.meeting_factories import (
    make_category,
    make_meeting,
    situation_group,
)

TOMORROW = TODAY + datetime.timedelta(days=1)


@kept
def preparation(agreement) -> Group:
    return group_of(agreement, Group.Kind.PREPARATION)


@kept
def group(agreement) -> Group:
    """Örat mot marken."""
    return situation_group(agreement)


@pytest.fixture
def browser(client, coordinator):
    """The coordinator's browser."""
    return as_person(client, coordinator)


@kept
def meeting(preparation, coordinator, police_liaison) -> Meeting:
    """A planned meeting of the preparation group, which two people lead."""
    return make_meeting(preparation)


@kept
def opened(meeting, coordinator) -> Meeting:
    return leading.open_meeting(meeting=meeting, by=coordinator)


@kept
def fortnights(agreement) -> list[Meeting]:
    """Twelve meetings held every second week, the last one thirteen days ago, and one planned for tomorrow."""
    group = situation_group(agreement)
    held = [make_meeting(group, TOMORROW - datetime.timedelta(weeks=2 * n), held=True) for n in range(12, 0, -1)]
    return [*held, make_meeting(group, TOMORROW)]


@kept
def category(agreement) -> ObservationCategory:
    return make_category(agreement, guidance="Klotter och krossade rutor.")

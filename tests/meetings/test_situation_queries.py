"""The pages of Örat mot marken take few queries, and no more of them when there is more to show."""

import pytest

from meetings.urls import situation
from tests.factories import as_person
from tests.test_query_counts import MOST, filled, queries
from tests.test_url_sweep import routes

NAMES = {f"meetings:{pattern.name}" for pattern in situation.urlpatterns} | {"meetings:meeting_detail"}


@pytest.mark.parametrize("who", ["coordinator", "situation_member"])
def test_three_rows_take_no_more_than_one(request, client, agreement, coordinator, who):
    as_person(client, request.getfixturevalue(who))
    found = {}
    for rows in (1, 3):
        with filled(agreement, by=coordinator, rows=rows) as things:
            for page in routes():
                if page.name in NAMES:
                    found.setdefault(page.name, []).append(queries(client, page.address(things)))
    grown = {name: counts for name, counts in found.items() if counts[0] is not None and counts[1] > counts[0]}

    assert grown == {}
    assert all(counts[1] is None or counts[1] <= MOST for counts in found.values())
    assert len([counts for counts in found.values() if counts[0] is not None]) >= 8

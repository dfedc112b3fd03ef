"""No page needs more than 25 queries, and none needs more of them when there is more to show."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import as_person
from tests.test_url_sweep import Route, routes, status_of
from tests.worlds import fill

MOST = 25
# A file with a sheet for each kind of thing takes a query for each.
MORE_FOR_FILES = {"focus_areas:workbook_download": 32}
NO_PAGES = {
    "agreements:document_download",
    "agreements:picture_document_download",
    "focus_areas:attachment_download",
    "account_logout",
}
EVERYBODY = (
    "coordinator",
    "police_liaison",
    "steering_member",
    "preparation_member",
    "convener",
    "working_group_member",
    "situation_member",
    "reader",
    "system_administrator",
)


@contextmanager
def filled(agreement, *, by, rows: int):
    """The agreement with so many rows of everything, for a while."""
    before = transaction.savepoint()
    yield fill(agreement, by=by, rows=rows)
    transaction.savepoint_rollback(before)


def queries(client, address: str) -> int | None:
    """How many queries the page takes once it is warm; None for what is not a page to look at."""
    client.raise_request_exception = False
    if status_of(client.get(address)) != 200:
        return None
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def counts(client, agreement, *, by, rows: int, pages: list[Route]) -> dict[str, int | None]:
    with filled(agreement, by=by, rows=rows) as things:
        return {page.name: queries(client, page.address(things)) for page in pages}


def pages_to_count() -> list[Route]:
    return [page for page in routes() if "key" not in page.parameters and page.name not in NO_PAGES]


def grown(one: dict, three: dict) -> dict:
    """Pages that take more; a page of history may take fewer, when its first page holds fewer kinds of changes."""
    return {
        name: (count, three[name])
        for name, count in one.items()
        if (count is None) != (three[name] is None) or (count is not None and three[name] > count)
    }


def too_many(found: dict) -> dict:
    return {
        name: count for name, count in found.items() if count is not None and count > MORE_FOR_FILES.get(name, MOST)
    }


@pytest.mark.slow
@pytest.mark.parametrize(("who", "fewest"), [("coordinator", 60), ("situation_member", 30)])
def test_pages_take_no_more_queries_for_three_rows_than_for_one(request, client, agreement, coordinator, who, fewest):
    as_person(client, request.getfixturevalue(who))
    pages = pages_to_count()

    one = counts(client, agreement, by=coordinator, rows=1, pages=pages)
    three = counts(client, agreement, by=coordinator, rows=3, pages=pages)

    assert len([count for count in one.values() if count is not None]) >= fewest
    assert too_many(three) == {}
    assert grown(one, three) == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_start_takes_as_many_queries_for_three_rows_as_for_one(request, client, agreement, coordinator, who):
    as_person(client, request.getfixturevalue(who))
    pages = [page for page in routes() if page.name == "start"]

    one = counts(client, agreement, by=coordinator, rows=1, pages=pages)
    three = counts(client, agreement, by=coordinator, rows=3, pages=pages)

    assert too_many(three) == {}
    assert one == three


@pytest.mark.parametrize("words", ["trygg", "arbetsgrupp", "Föreningen", "a"])
def test_search_takes_as_many_queries_for_three_rows_as_for_one(client, agreement, coordinator, words):
    as_person(client, coordinator)
    found = []
    for rows in (1, 3):
        with filled(agreement, by=coordinator, rows=rows):
            found.append(queries(client, reverse("search") + f"?q={words}"))

    assert found[0] == found[1]
    assert found[1] <= MOST


def test_the_plan_filtered_and_sorted_takes_no_more_queries_for_three_rows(client, agreement, coordinator):
    as_person(client, coordinator)
    found = []
    for rows in (1, 3):
        with filled(agreement, by=coordinator, rows=rows):
            found.append(
                queries(client, reverse("focus_areas:action_plan", args=[agreement.pk]) + "?q=trygg&status=ongoing")
            )

    assert found[0] == found[1]
    assert found[1] <= MOST

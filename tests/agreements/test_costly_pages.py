"""Files and pages that cost much: one at a time, in a queue where there is a worker, each file for its owner alone."""

import datetime
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse

from agreements import costly_pages
from agreements.costly_pages import prepare_file
from documents.costly import costly_work
from documents.models import PreparedFile


@contextmanager
def signed_in(person):
    client = Client()
    client.force_login(person)
    yield client


def hang_up(answer) -> None:
    """Close an answer unread, as a server does, without the test's own connection to the database."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


@pytest.fixture
def browser(coordinator):
    with signed_in(coordinator) as client:
        yield client


@pytest.fixture
def address(agreement) -> str:
    return reverse("focus_areas:annex_pdf", args=[agreement.pk])


@pytest.fixture
def queue(settings, monkeypatch):
    """With a worker that does what it is given when the test says so."""
    waiting: list[str] = []
    settings.BACKGROUND_WORK = True
    monkeypatch.setattr(costly_pages, "prepare_file", SimpleNamespace(enqueue=waiting.append))
    monkeypatch.setattr(costly_pages.transaction, "on_commit", lambda function: function())
    return waiting


# --- Without a worker ---


def test_file_is_made_at_once(browser, address):
    answer = browser.get(address)

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert not PreparedFile.objects.exists()


def test_second_file_of_one_person_tries_again_by_itself(browser, coordinator, address):
    with costly_work(f"person-{coordinator.pk}"):
        answer = browser.get(address)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "2"
    page = answer.content.decode()
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "Sidan försöker igen av sig själv om två sekunder." in page
    assert browser.get(address).status_code == 200


def test_file_waits_for_somebody_elses(browser, address):
    with costly_work("person-0"):
        answer = browser.get(address)

    assert answer.status_code == 503
    assert "Sedan är det din tur." in answer.content.decode()


def test_other_pages_do_not_wait(browser, coordinator, address, agreement):
    with costly_work(f"person-{coordinator.pk}"):
        assert browser.get(reverse("start")).status_code == 200
        assert browser.get(agreement.get_absolute_url()).status_code == 200


def test_who_may_not_read_gets_no_turn(outsider, address):
    with signed_in(outsider) as client, costly_work("person-0"):
        assert client.get(address).status_code == 404


def test_workbook_and_package_take_turns_too(browser, coordinator, agreement):
    package = reverse("reports:archive_package", args=[agreement.pk]) + "?fran=2026-01-01&till=2026-06-30"
    with costly_work(f"person-{coordinator.pk}"):
        assert browser.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "xlsx"])).status_code == 429
        assert browser.get(package).status_code == 429
    answer = browser.get(package)
    assert answer.status_code == 200
    hang_up(answer)
    # Nobody has read it, and still it is let go of.
    answer = browser.get(package)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert browser.get(reverse("focus_areas:workbook_download", args=[agreement.pk, "xlsx"])).status_code == 200


def test_working_copy_is_compiled_once_at_a_time_for_a_person(browser, coordinator, agreement):
    page = reverse("reports:follow_up_report", args=[agreement.pk])
    with costly_work(f"person-{coordinator.pk}", alone=False):
        assert browser.get(page).status_code == 429
    with costly_work("person-0", alone=False), costly_work("person-0"):
        assert browser.get(page).status_code == 200


# --- With a worker ---


def test_file_is_ordered_waited_for_and_fetched(browser, coordinator, address, queue):
    first = browser.get(address)
    (prepared,) = PreparedFile.objects.all()
    assert first.status_code == 302
    assert first.headers["Location"] == f"{address}?fil={prepared.pk}"
    assert queue == [str(prepared.pk)]

    waiting = browser.get(first.headers["Location"])
    assert "Väntar på sin tur." in waiting.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.content.decode()

    prepare_file.func(queue.pop())

    fetched = browser.get(first.headers["Location"])
    assert fetched.status_code == 200
    assert fetched.content.startswith(b"%PDF")
    assert fetched.headers["Cache-Control"] == "private, no-store"
    assert fetched.headers["Content-Disposition"].startswith("attachment; filename=")
    # The next order is a new one: it shows what has been written since.
    assert browser.get(address).headers["Location"] != first.headers["Location"]


def test_script_is_told_when_the_file_is_there(browser, address, queue):
    place = browser.get(address).headers["Location"]
    by_script = {"HX-Request": "true"}
    assert "hamta" not in browser.get(place, headers=by_script).content.decode()

    prepare_file.func(queue.pop())

    assert f'hx-get="{place}&amp;hamta=1" hx-trigger="load"' in browser.get(place, headers=by_script).content.decode()
    assert browser.get(f"{place}&hamta=1", headers=by_script).headers["HX-Redirect"] == place


def test_same_file_asked_for_twice_is_one_order(browser, address, queue):
    places = {browser.get(address).headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert len(queue) == 1


def test_file_is_made_once(browser, address, queue):
    browser.get(address)
    prepare_file.func(queue[0])
    finished = PreparedFile.objects.get().finished_at

    prepare_file.func(queue[0])

    assert PreparedFile.objects.get().finished_at == finished


def test_another_persons_file_is_never_handed_out(browser, address, queue, agreement, steering_member, outsider):
    place = browser.get(address).headers["Location"]
    prepare_file.func(queue.pop())

    with signed_in(steering_member) as client:
        answer = client.get(place)
        # A colleague who may read the same gets an order of their own.
        assert answer.status_code == 302
        assert answer.headers["Location"] != place
    with signed_in(outsider) as client:
        assert client.get(place).status_code == 404
    assert Client().get(place).status_code == 302


def test_file_is_not_handed_out_for_another_address(browser, agreement, other_agreement, address, queue):
    key = browser.get(address).headers["Location"].split("=")[1]
    prepare_file.func(queue.pop())

    workbook = reverse("focus_areas:annex_workbook", args=[agreement.pk])
    assert browser.get(f"{workbook}?fil={key}").status_code == 302
    assert browser.get(reverse("focus_areas:annex_pdf", args=[other_agreement.pk]) + f"?fil={key}").status_code == 404


def test_who_has_lost_the_seat_meanwhile_gets_nothing(browser, coordinator, address, queue, today):
    place = browser.get(address).headers["Location"]
    coordinator.memberships.update(ends_on=today - datetime.timedelta(days=1))

    prepare_file.func(queue.pop())

    assert PreparedFile.objects.get().has_failed
    assert not PreparedFile.objects.get().content
    assert browser.get(place).status_code == 404


def test_reason_is_told_when_it_cannot_be_made(browser, agreement, address, queue, monkeypatch):
    place = browser.get(address).headers["Location"]
    monkeypatch.setattr("focus_areas.views.periods.render_annex", lambda *_, **__: 1 / 0)

    prepare_file.func(queue.pop())

    answer = browser.get(place, follow=True)
    assert answer.redirect_chain == [(agreement.get_absolute_url(), 302)]
    assert costly_pages.UNEXPECTED in answer.content.decode()


def test_person_has_three_on_their_way(browser, agreement, address, queue):
    for number in range(costly_pages.MOST_ON_THEIR_WAY):
        assert browser.get(f"{address}?nr={number}").status_code == 302

    refused = browser.get(f"{address}?nr=more")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "10"
    assert len(queue) == costly_pages.MOST_ON_THEIR_WAY


def test_files_are_gone_after_a_while(browser, coordinator, address, queue, frozen_today):
    place = browser.get(address).headers["Location"]
    prepare_file.func(queue.pop())
    old = PreparedFile.objects.get()

    frozen_today.shift(datetime.timedelta(minutes=11))
    browser.get(f"{address}?nr=2")

    assert not PreparedFile.objects.filter(pk=old.pk).exists()
    again = browser.get(place)
    assert again.status_code == 302
    assert again.headers["Location"] != place


def test_order_that_nobody_finishes_is_made_anew(browser, address, queue, frozen_today):
    place = browser.get(address).headers["Location"]
    PreparedFile.objects.update(state=PreparedFile.State.WORKING, started_at=PreparedFile.objects.get().asked_at)

    frozen_today.shift(datetime.timedelta(minutes=11))

    assert browser.get(address).headers["Location"] != place
    assert len(queue) == 2

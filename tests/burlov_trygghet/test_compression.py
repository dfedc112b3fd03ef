"""What is sent compressed, and what is not."""

import gzip

import pytest
from django.db import connection
from django.urls import reverse

ASKS = {"Accept-Encoding": "gzip, deflate"}


def test_page_is_compressed_for_who_can_read_it(client, coordinator):
    client.force_login(coordinator)

    plain = client.get(reverse("start"))
    packed = client.get(reverse("start"), headers=ASKS)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "<h1" in gzip.decompress(packed.content).decode()
    assert len(packed.content) < len(plain.content) / 2
    assert packed.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]


def test_length_of_a_compressed_page_differs_each_time(client):
    lengths = {len(client.get(reverse("account_login"), headers=ASKS).content) for _ in range(20)}

    assert len(lengths) > 5


def test_what_is_compressed_already_is_sent_as_it_is(client, coordinator, agreement):
    client.force_login(coordinator)

    for route in ("focus_areas:annex_pdf", "focus_areas:annex_workbook"):
        answer = client.get(reverse(route, args=[agreement.pk]), headers=ASKS)

        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own setting")
@pytest.mark.django_db
def test_postgresql_compiles_no_query():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)

"""Charts: drawn once, one picture with a name, and nothing in them that a strict page or a screen reader trips on."""

import re
import threading
from xml.etree import ElementTree

import pikepdf
import pytest
from django.core.cache import cache

from documents import charts
from documents.charts import render
from documents.pdf import render_pdf

SPEC = {
    "width": 200,
    "height": 100,
    "data": {
        "values": [{"year": 2022, "value": 1.5, "who": "Å & <b>"}, {"year": 2023, "value": 1.25, "who": "Å & <b>"}]
    },
    "mark": "line",
    "encoding": {
        "x": {"field": "year", "type": "quantitative"},
        "y": {"field": "value", "type": "quantitative", "axis": {"title": "Index", "format": ".2f"}},
        "color": {"field": "who", "type": "nominal"},
    },
}


@pytest.fixture(autouse=True)
def nothing_drawn():
    charts._kept.cache_clear()


def test_chart_is_one_named_picture():
    root = ElementTree.fromstring(render(SPEC, words="Linjen går från 1,5 till 1,25 & <stannar>."))

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "Linjen går från 1,5 till 1,25 & <stannar>."
    assert (root[0].tag, root[0].text) == (
        "{http://www.w3.org/2000/svg}title",
        "Linjen går från 1,5 till 1,25 & <stannar>.",
    )


def test_chart_survives_characters_that_end_its_engine():
    spec = {**SPEC, "title": "a\x01b", "data": {"values": [{"year": 2022, "value": 1, "who": "a\x0bb\ud83d"}]}}

    root = ElementTree.fromstring(render(spec, words="a\x1fb"))

    assert root.attrib["aria-label"] == "a\ufffdb"


def test_chart_has_attributes_only():
    svg = render(SPEC, words="Ord")
    names = set(re.findall(r"\s([\w:-]+)=", svg))

    assert not names & {"style", "class", "href", "xlink:href", "onload"}
    assert [name for name in names if name.startswith(("aria-", "on", "xmlns:"))] == ["aria-label"]
    assert svg.count("role=") == 1
    assert "<style" not in svg
    assert "<script" not in svg
    assert "<ns0:" not in svg


def test_chart_writes_numbers_in_swedish_and_escapes_what_people_wrote():
    svg = render(SPEC, words="Ord")

    assert "1,50" in svg
    assert "Å &amp; &lt;b&gt;" in svg
    assert "<b>" not in svg


def test_chart_is_drawn_once(monkeypatch):
    drawn = []
    draw = charts._draw
    monkeypatch.setattr(charts, "_draw", lambda spec: drawn.append(spec) or draw(spec))

    first = render(SPEC, words="Ord")
    again = render(dict(reversed(SPEC.items())), words="Ord")
    charts._kept.cache_clear()
    from_cache = render(SPEC, words="Ord")
    cache.clear()
    charts._kept.cache_clear()
    render(SPEC, words="Ord")

    assert first == again == from_cache
    assert len(drawn) == 2


def test_words_are_not_kept_with_the_drawing():
    assert "Ett" in render(SPEC, words="Ett")
    assert "Ett" not in render(SPEC, words="Två")


def test_charts_are_drawn_from_several_threads():
    found = []
    threads = [
        threading.Thread(
            target=lambda height=height: found.append(charts._draw(f'{{"height": {height}, "mark": "bar"}}'))
        )
        for height in (50, 60, 70)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len(set(found)) == 3


def test_chart_fetches_nothing():
    spec = SPEC | {"data": {"url": "https://example.org/values.json"}}

    with pytest.raises(ValueError, match="not allowed"):
        render(spec, words="Ord")


def test_pdf_takes_the_chart_as_a_figure_with_text(tmp_path):
    chart = render(SPEC, words="Linjen går nedåt.")
    pdf = render_pdf(f'<html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1>{chart}</body></html>')

    (tmp_path / "chart.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "chart.pdf") as document:
        texts = [
            str(thing["/Alt"])
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert texts == ["Linjen går nedåt."]

"""What a report says as text, and back again."""

import datetime
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from privacy.leaving import PersonalDataLeaving
from reports.content import ReportContent
from reports.content.facts import ActivityFact, Facts
from reports.content.report import DecisionRequest, Written
from reports.figures_csv import figure_files
from reports.frozen import (
    FORMAT,
    UnknownFormat,
    decoder,
    encoder,
    facts_from_json,
    from_json,
    refuse_personal_data_in_data,
    to_json,
)
from reports.law import State
from tests.reports.content_strategies import REPORTS, parts_of

# Written by hand, and never to be changed: an archive holds such texts. A new format gets a file of its own.
OLD = Path(__file__).parent / "data" / "frozen_format_1.json"

BEFORE_PRECISION = OLD.with_name("frozen_2026_12.json")


def old_report() -> ReportContent:
    return from_json(OLD.read_text(encoding="utf-8"))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(REPORTS)
def test_every_report_comes_back_as_it_was(report):
    text = to_json(report)

    assert from_json(text) == report
    assert to_json(from_json(text)) == text


def test_every_type_that_a_report_holds_can_be_written_and_read():
    kinds = parts_of(ReportContent)

    assert all(encoder(kind) and decoder(kind) for kind in kinds)
    assert {Facts, ActivityFact, State, Decimal, datetime.datetime} <= kinds


def test_a_type_without_a_form_is_refused_and_not_guessed():
    with pytest.raises(TypeError, match="has no form in frozen data"):
        encoder(set[int])


def test_to_json_is_canonical():
    text = to_json(old_report())

    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(text)["format"] == FORMAT
    assert "Örat mot marken" in text


def test_to_json_writes_the_same_moment_the_same_in_every_zone():
    report = old_report()
    stockholm = report.as_of.astimezone(datetime.timezone(datetime.timedelta(hours=2)))

    assert to_json(replace(report, as_of=stockholm)) == to_json(report)
    assert '"as_of":"2026-06-30T21:59:59.999999+00:00"' in to_json(report)


def test_to_json_refuses_a_moment_without_its_zone():
    with pytest.raises(TypeError, match="without its zone"):
        to_json(replace(old_report(), as_of=datetime.datetime(2026, 6, 30)))


def test_to_json_keeps_control_characters_and_every_script():
    said = "\x00\x07\u2028 👮🏽 مرحبا שלום\r\n<b>&"
    report = replace(old_report(), title=said)

    assert from_json(to_json(report)).title == said
    assert "\x00" not in to_json(report)


def test_from_json_reads_what_was_written_before_fields_were_added():
    report = old_report()

    assert report.title == "Samverkan mellan Burlövs kommun och lokalpolisområde Kävlinge"
    assert (report.facts, report.since_last, report.written) == (None, None, Written())
    assert report.assessed[0].reason == ""
    assert report.law.groups[0].lines[0].state is State.MET
    chart = report.focus_areas[0].charts[0]
    assert chart.series[0].values == {2022: Decimal("2.22"), 2023: Decimal("1.76")}
    assert chart.measure == "Index (0–6, lågt är bra)"
    trend = report.situation.trends[0].trend
    assert (trend.verdict.direction.label, trend.spark.bars[0].ends_on) == ("Ökar", datetime.date(2026, 3, 31))


def test_report_of_before_the_word_beside_a_number_was_free_is_read_and_shown_as_it_was():
    """Written by the portal on 1 December 2026, before *antal* and *högst*, and what is *about*, were known."""
    report = from_json(BEFORE_PRECISION.read_text(encoding="utf-8"))

    assert report.promised[0].lines[1].promised == "precis 4 kvällar"
    assert report.promised[2].lines[1].outcome == "Utfall saknas"
    assert {one.comparison for one in report.facts.commitments} == {"", "about", "at_least", "exactly"}
    assert from_json(to_json(report)) == report
    rows = next(file for file in figure_files(report) if file.name == "ataganden.csv").content.decode("utf-8-sig")
    assert "Kommunen;1.2;Föräldrakvällar;precis;4;kvällar;2;Väntas hållas (väntat 4 av 4)" in rows
    shown = render_to_string("reports/_promised.html", {"report": report, "is_print": True})
    assert "precis 4 kvällar" in shown


@dataclass(frozen=True)
class Grown:
    """A type to which a field has been added later."""

    name: str
    added: tuple[int, ...] = (1, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"name": "a"}, Grown("a")),
        ({"name": "a", "added": [3]}, Grown("a", (3,))),
        ({"name": "a", "gone": True}, Grown("a")),
    ],
    ids=["added later", "as it is", "taken away later"],
)
def test_decoder_gives_defaults_and_passes_over_what_has_gone(value, expected):
    assert decoder(Grown)(value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "not JSON",
        '{"format": 99, "report": {}}',
        '{"format": "1", "report": {}}',
        '{"format": [], "report": {}}',
        '{"format": 1, "report": {}}',
        '{"format": 1, "report": []}',
        '{"format": 1, "report": null}',
    ],
)
def test_from_json_refuses_what_it_does_not_know(text):
    with pytest.raises(UnknownFormat):
        from_json(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", "yesterday"), ("ends_on", 5), ("focus_areas", [{"title": "x"}]), ("law", "met"), ("figures", 4)],
)
def test_from_json_refuses_a_value_of_another_kind(name, value):
    envelope = json.loads(to_json(old_report()))
    envelope["report"][name] = value

    with pytest.raises(UnknownFormat):
        from_json(json.dumps(envelope))


def test_facts_from_json_reads_the_facts_alone():
    facts = Facts(as_of=datetime.datetime(2026, 6, 30, 21, tzinfo=datetime.UTC))

    assert facts_from_json(to_json(replace(old_report(), facts=facts))) == facts
    assert facts_from_json(to_json(old_report())) is None


def test_refuse_personal_data_in_data_finds_a_number_that_is_not_printed():
    facts = Facts(as_of=datetime.datetime(2026, 6, 30, tzinfo=datetime.UTC))
    clean = to_json(replace(old_report(), facts=facts))
    decision = DecisionRequest("3.1 Livet mellan husen", "Ring 19811218-9876.")
    told = to_json(replace(old_report(), decisions=(decision,)))

    refuse_personal_data_in_data(clean)
    with pytest.raises(PersonalDataLeaving, match="Dokumentet lämnas inte ut.*under ”3.1 Livet mellan husen”"):
        refuse_personal_data_in_data(told)

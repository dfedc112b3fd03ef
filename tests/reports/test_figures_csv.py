"""The report's numbers as files for a spreadsheet, and that they tell no more than its pages."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from focus_areas.models import Activity
from reports.compiling import compile_report
from reports.content.report import EVERY_SECTION, FigureGroup, FigureRow, GoalLine, PromisedGroup, PromisedLine
from reports.figures_csv import figure_files, number_or_words
from reports.models import Report
from tests.report_factories import make_report
from tests.reports.scenario import activity_of
from tests.reports.test_frozen import old_report

MARK = b"\xef\xbb\xbf"


def tables(content) -> dict[str, list[list[str]]]:
    """The rows of each file, the headings first."""
    return {
        file.name: list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
        for file in figure_files(content)
    }


def test_figure_files_hold_what_the_report_says(burlov):
    content = compile_report(make_report(burlov))

    found = tables(content)

    assert list(found) == [
        "forsta-sidan.csv",
        "aktiviteter.csv",
        "ataganden.csv",
        "mal.csv",
    ]
    assert found["forsta-sidan.csv"][:3] == [
        ["Grupp", "Mått", "Nu", "När perioden började", "Ändring"],
        ["Aktiviteter efter bedömning", "Enligt plan", "4", "2", "2"],
        ["Aktiviteter efter bedömning", "Mindre avvikelse", "2", "0", "2"],
    ]
    assert found["aktiviteter.csv"][0] == [
        *("Fokusområde", "Nummer", "Aktivitet", "Status", "Bedömning", "Start", "Slut", "Nästa uppföljning")
    ]
    assert found["aktiviteter.csv"][2][1:] == [
        *("1.2", "TuBen", "Pågår", "Mindre avvikelse", "2026-01-01", "2026-12-31", "2026-09-15")
    ]
    assert found["ataganden.csv"][:2] == [
        ["Part", "Aktivitet", "Åtagande", "Hur många", "Lovat", "Enhet", "Gjort", "Prognos"],
        ["Kommunen", "1.1", "Samverkansmöten", "minst", "10", "möten", "6", "Väntas hållas (väntat 12 av 10)"],
    ]
    assert found["mal.csv"][2][1:] == [
        *("Hålla tio samverkansmöten", "Produktion", "0", "6", "", "10", "möten", "", "På väg")
    ]


def test_small_counts_of_people_are_masked_as_in_the_report(burlov):
    content = compile_report(make_report(burlov))

    rows = tables(content)["ataganden.csv"]

    assert [row[2:7] for row in rows if row[5] == "personer"] == [
        ["Stöd till den som vill lämna", "minst", "5", "personer", "färre än 5"]
    ]


def test_sections_that_are_not_chosen_have_no_file(burlov):
    content = compile_report(make_report(burlov, sections=["promised", "notes"]))

    assert list(tables(content)) == ["forsta-sidan.csv", "ataganden.csv"]


def test_public_report_tells_only_what_residents_may_read(burlov):
    opened = activity_of(burlov, "Trygghetsvandringar")
    Activity.objects.filter(pk=opened.pk).update(is_public=True)
    opened.refresh_from_db()
    opened.public_text = "Vi går tillsammans."
    opened.save()
    content = compile_report(make_report(burlov, kind=Report.Kind.PUBLIC))

    found = tables(content)

    text = repr(found)
    assert "SSPU-gruppen" not in text
    assert "personer" not in text
    assert all(row[0] for rows in found.values() for row in rows)


def test_figure_files_hold_indicators_and_observations():
    report = replace(old_report(), sections=EVERY_SECTION)

    found = tables(report)

    assert found["indikatorer.csv"] == [
        ["Indikator", "Enhet", "Gäller", "År", "Värde"],
        ["Trygghetsindex", "index", "Burlövs kommun", "2022", "2,22"],
        ["Trygghetsindex", "index", "Burlövs kommun", "2023", "1,76"],
    ]
    assert found["iakttagelser.csv"] == [
        ["Kategori", "Antal", "Utveckling", "Stack ut"],
        ["Skadegörelse", "59", "Ökar", ""],
    ]
    assert found["iakttagelser-per-mote.csv"] == [
        ["Kategori", "Från och med", "Till och med", "Antal", "Stack ut"],
        ["Skadegörelse", "2026-03-18", "2026-03-31", "8", "ja"],
    ]


def test_indicator_that_counts_people_is_masked():
    report = old_report()
    chart = report.focus_areas[0].charts[0]
    chart.indicator.unit = "ungdomar"
    few = replace(chart, series=(replace(chart.series[0], values={2022: Decimal(3), 2023: Decimal(7)}),))
    section = replace(report.focus_areas[0], charts=(few,))

    found = tables(replace(report, focus_areas=(section,), sections=EVERY_SECTION))

    assert [row[3:] for row in found["indikatorer.csv"][1:]] == [["2022", "färre än 5"], ["2023", "7"]]


def test_files_open_in_a_swedish_spreadsheet():
    file = figure_files(old_report())[0]

    assert file.name == "forsta-sidan.csv"
    assert file.content.startswith(MARK)
    assert file.content.decode("utf-8-sig") == (
        "Grupp;Mått;Nu;När perioden började;Ändring\r\nI tid;Försenade aktiviteter;2;0;2\r\n"
    )
    assert file.description == "Första sidans siffror: nu, när perioden började och skillnaden"


def test_nothing_can_run_as_a_formula():
    hostile = FigureGroup("=HYPERLINK(1)", (FigureRow("@SUM(A1)", now="+1", start="-1+1", change="−2"),))
    promised = PromisedGroup("Polisen", "", (PromisedLine("1.1", "=1+1\r\n;x", "minst 4 +möten", "-", "\t=1"),))
    report = replace(old_report(), figures=(hostile,), promised=(promised,), sections=EVERY_SECTION)

    found = tables(report)

    assert found["forsta-sidan.csv"][1] == ["'=HYPERLINK(1)", "'@SUM(A1)", "1", "'-1+1", "-2"]
    assert found["ataganden.csv"][1] == ["Polisen", "1.1", "'=1+1 ;x", "minst", "4", "'+möten", "", "'\t=1"]


def test_goals_targets_are_parted_from_their_units():
    goals = (
        GoalLine("A", "Effekt", baseline="1\u00a0724,5", now="−2,5", target="1\u00a0500 brott", due="–", standing=""),
        GoalLine("B", "Effekt", baseline="–", now="färre än 5", target="–", due="31 december 2026"),
    )
    report = old_report()
    section = replace(report.focus_areas[0], goals=goals)

    rows = tables(replace(report, focus_areas=(section,), sections=EVERY_SECTION))["mal.csv"]

    assert [row[1:] for row in rows[1:]] == [
        ["A", "Effekt", "1724,5", "-2,5", "", "1500", "brott", "", ""],
        ["B", "Effekt", "", "färre än 5", "", "", "", "31 december 2026", ""],
    ]


@pytest.mark.parametrize("text", ["4 av 9", "färre än 5", "inte rapporterat", "99999999999999", "1.5", "12 %"])
def test_words_stay_words(text):
    assert number_or_words(text) == text

"""The report's numbers as tables for a spreadsheet: only what its pages say, so that nothing more leaves with it.

Everything is read from the content, which has been narrowed to the report's kind and sections and where small counts of
people are masked already. Semicolons, UTF-8 with a mark, decimal commas; no cell can run as a formula.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from documents.swedish_numbers import BadNumber, parse_number
from documents.workbooks import Column, write_csv
from privacy.small_counts import shown_count
from reports.content.report import ActivitySection, FocusAreaSection, ReportContent
from reports.kinds import Section

Cell = str | int | Decimal | datetime.date | None

# Dashes and words that stand where there is no value.
NOTHING = {"", "–", "-"}
PROMISE = re.compile(r"(?:(?P<comparison>minst|precis|ungefär|högst) )?(?P<planned>\d+) ?(?P<unit>.*)")
NUMBER_AND_UNIT = re.compile(r"(?P<number>[−-]?\d[\d\u00a0\u202f ]*(?:,\d+)?) ?(?P<unit>\D.*)?")
NUMBER = re.compile(r"[−+-]?\d[\d\u00a0\u202f ]*(,\d+)?")


@dataclass(frozen=True)
class DataFile:
    """A file that goes with the report; `description` says in Swedish what is in it."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Table:
    """One kind of numbers: which sections tell them (any of these), its columns, and its rows."""

    name: str
    description: str
    columns: tuple[str, ...]
    rows: Callable[[ReportContent], Iterable[Sequence[Cell]]]
    sections: frozenset[Section] | None = None


def figure_files(content: ReportContent) -> tuple[DataFile, ...]:
    """One file for each kind of numbers that the report has; none for what it does not say."""
    chosen = {Section(value) for value in content.sections}
    files = []
    for table in TABLES:
        if table.sections is not None and not table.sections & chosen:
            continue
        if rows := list(table.rows(content)):
            files.append(DataFile(f"{table.name}.csv", csv_of(table.columns, rows), table.description))
    return tuple(files)


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Numbers become numbers, in whichever column they stand."""
    return write_csv(
        [Column(name, name, "text") for name in columns],
        ({name: cell for name, cell in zip(columns, row, strict=True)} for row in rows),
    )


# --- The rows ---


def first_page_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for group in content.figures:
        for row in group.rows:
            yield group.heading, row.label, *(number_or_words(each) for each in (row.now, row.start, row.change))


def activity_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    facts = {fact.id: fact for fact in content.facts.activities} if content.facts else {}
    for focus_area, activity in activities_of(content):
        fact = facts.get(key_of(activity))
        days = (fact.starts_on, fact.ends_on, fact.next_follow_up_on) if fact else (None, None, None)
        yield (
            focus_area.full_title,
            activity.number,
            activity.title,
            activity.status_label,
            activity.assessment_label,
            *days,
        )


def public_activity_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for area in content.public.focus_areas if content.public else ():
        for activity in area.activities:
            yield area.title, activity.title, activity.status_label


def promised_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for group in content.promised:
        for line in group.lines:
            found = PROMISE.fullmatch(line.promised)
            yield (
                group.heading,
                line.activity,
                line.what,
                (found["comparison"] or "antal") if found else line.promised,
                int(found["planned"]) if found else None,
                found["unit"] if found else "",
                number_or_words(line.done),
                line.outcome,
            )


def goal_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for section in content.focus_areas:
        for goal in section.goals:
            target, unit = number_and_unit(goal.target)
            yield (
                section.full_title,
                goal.statement,
                goal.kind,
                number_or_words(goal.baseline),
                number_or_words(goal.now),
                number_or_words(goal.now_of),
                target,
                unit,
                "" if goal.due in NOTHING else goal.due,
                goal.standing,
            )


def council_goal_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for goal in content.council.goals if content.council else ():
        target, unit = number_and_unit(goal.target)
        yield goal.statement, number_or_words(goal.now), target, unit, goal.standing


def closing_goal_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for goal in content.closing.goals if content.closing else ():
        target, unit = number_and_unit(goal.target)
        yield (
            goal.focus_area,
            goal.statement,
            number_or_words(goal.baseline),
            number_or_words(goal.now),
            target,
            unit,
            goal.due,
            goal.standing,
        )


def grant_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for grant in content.grants.lines if content.grants else ():
        amount, currency = number_and_unit(grant.amount)
        yield grant.activity, grant.source, grant.reference_number, amount, currency, grant.period, grant.state


def indicator_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    """The series that the charts draw, once each though two focus areas may use the same indicator."""
    seen: set[str] = set()
    for section in content.focus_areas:
        for chart in section.charts:
            if chart.title in seen:
                continue
            seen.add(chart.title)
            unit = chart.indicator.unit
            for series in chart.drawn:
                for year, value in series.values.items():
                    yield chart.title, unit, series.name, year, count_shown(value, unit)


def observation_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for trend in content.situation.trends if content.situation else ():
        yield trend.category, trend.count, trend.trend.verdict.direction.label, trend.stood_out


def observation_period_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for trend in content.situation.trends if content.situation else ():
        for bar in trend.trend.spark.bars:
            yield trend.category, bar.starts_on, bar.ends_on, bar.count, "ja" if bar.stands_out else "nej"


def place_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for place in content.situation.places if content.situation else ():
        yield place.name, place.count, place.mostly


def change_rows(content: ReportContent) -> Iterator[Sequence[Cell]]:
    for change in content.since_last.changes if content.since_last else ():
        yield change.label, change.what, change.words, change.reason


TABLES = (
    Table(
        "forsta-sidan",
        "Första sidans siffror: nu, när perioden började och skillnaden",
        ("Grupp", "Mått", "Nu", "När perioden började", "Ändring"),
        first_page_rows,
    ),
    Table(
        "sedan-forra-rapporten",
        "Ändringarna sedan förra rapporten",
        ("Ändring", "Gäller", "Från och till", "Skäl"),
        change_rows,
        frozenset({Section.SINCE_LAST}),
    ),
    Table(
        "aktiviteter",
        "Aktiviteterna med status, bedömning och datum",
        ("Fokusområde", "Nummer", "Aktivitet", "Status", "Bedömning", "Start", "Slut", "Nästa uppföljning"),
        activity_rows,
        frozenset({Section.FOCUS_AREAS}),
    ),
    Table(
        "aktiviteter",
        "Aktiviteterna och var de står",
        ("Fokusområde", "Aktivitet", "Status"),
        public_activity_rows,
        frozenset({Section.FOCUS_AREAS}),
    ),
    Table(
        "ataganden",
        "Åtagandena, part för part: lovat, gjort och prognos",
        ("Part", "Aktivitet", "Åtagande", "Hur många", "Lovat", "Enhet", "Gjort", "Prognos"),
        promised_rows,
        frozenset({Section.PROMISED}),
    ),
    Table(
        "mal",
        "Målen: utgångsvärde, värdet nu och målvärde",
        (
            *("Fokusområde", "Mål", "Slag", "Utgångsvärde", "Nu", "Nu avser år"),
            *("Målvärde", "Enhet", "Senast", "Läge"),
        ),
        goal_rows,
        frozenset({Section.FOCUS_AREAS}),
    ),
    Table(
        "mal",
        "Målen: värdet nu och målvärde",
        ("Mål", "Nu", "Målvärde", "Enhet", "Läge"),
        council_goal_rows,
    ),
    Table(
        "mal-hela-perioden",
        "Målen under hela avtalsperioden",
        ("Fokusområde", "Mål", "Utgångsvärde", "Nu", "Målvärde", "Enhet", "Senast", "Läge"),
        closing_goal_rows,
        frozenset({Section.CLOSING}),
    ),
    Table(
        "bidrag",
        "Bidragen som finns",
        ("Aktivitet", "Från", "Diarienummer", "Belopp", "Enhet", "Tid", "Läge"),
        grant_rows,
        frozenset({Section.GRANTS}),
    ),
    Table(
        "indikatorer",
        "Indikatorernas värden år för år, som i diagrammen",
        ("Indikator", "Enhet", "Gäller", "År", "Värde"),
        indicator_rows,
        frozenset({Section.FOCUS_AREAS}),
    ),
    Table(
        "iakttagelser",
        "Iakttagelserna under perioden, efter kategori",
        ("Kategori", "Antal", "Utveckling", "Stack ut"),
        observation_rows,
        frozenset({Section.SITUATION}),
    ),
    Table(
        "iakttagelser-per-mote",
        "Iakttagelserna mellan mötena, som i diagrammen",
        ("Kategori", "Från och med", "Till och med", "Antal", "Stack ut"),
        observation_period_rows,
        frozenset({Section.SITUATION}),
    ),
    Table(
        "iakttagelser-per-omrade",
        "Iakttagelserna under perioden, efter delområde",
        ("Delområde", "Antal", "Mest"),
        place_rows,
        frozenset({Section.SITUATION}),
    ),
)


# --- Cells ---


def activities_of(content: ReportContent) -> Iterator[tuple[FocusAreaSection, ActivitySection]]:
    for section in content.focus_areas:
        for activity in section.activities:
            yield section, activity


def key_of(activity: ActivitySection) -> int:
    return int(activity.anchor.rpartition("-")[2])


def number_or_words(text: str) -> Cell:
    """A number where the text is one: “1 724,5”, “+3”, “−2”; nothing where there is a dash; else the words."""
    text = text.strip()
    if text in NOTHING:
        return None
    if not NUMBER.fullmatch(text):
        return text
    try:
        return parse_number(text, decimals=6)
    except BadNumber:
        return text


def number_and_unit(text: str) -> tuple[Cell, str]:
    """“4 vandringar” in two cells."""
    if found := NUMBER_AND_UNIT.fullmatch(text.strip()):
        return number_or_words(found["number"]), found["unit"] or ""
    return number_or_words(text), ""


def count_shown(value: Decimal, unit: str) -> Cell:
    """An indicator that counts people is masked where the count is small."""
    if value == value.to_integral_value() and value >= 0 and not (shown := shown_count(int(value), unit)).isdigit():
        return shown
    return value

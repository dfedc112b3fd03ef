"""Indicators' values in files: our own columns as CSV or Excel, and Kolada's answers. Reads and compares only.

A file is refused as a whole, with every fault and its place. An empty value means that the value is missing: it makes
no row, and it takes none away.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.core.exceptions import ValidationError

from agreements import kolada
from agreements.models import Agreement, Area, Indicator, IndicatorValue
from agreements.models.indicators import FIRST_YEAR, LAST_YEAR
from agreements.official_tables import MISSING_MARKS, OfficialTable, OfficialValue, find_table
from documents.swedish_numbers import number_words
from documents.swedish_words import joined
from documents.workbooks import Column, Fault, Row, Sheet, read_grids, read_table, write_csv
from documents.workbooks.cells import shortened
from documents.workbooks.tables import MAX_FAULTS
from documents.written_text import comparison_key, plain_line

MAX_BYTES = 2 * 1024 * 1024
# Each is saved with its history while somebody waits.
MAX_VALUES = 2_000
COLUMNS = (
    Column("indicator", "Indikator", "text", max_length=150),
    Column("year", "År", "integer", required=True),
    Column("value", "Värde", "measure", allow_negative=True, expected=True, missing_marks=MISSING_MARKS),
    Column("comparison", "Jämförelse", "text", max_length=100),
    Column("area", "Delområde", "text", max_length=100),
    Column("sex", "Kön", "text", max_length=20),
    Column("source", "Källa", "text", max_length=500),
    Column("note", "Anmärkning", "text", max_length=250),
)
SHEET = Sheet("values", "Mätvärden", COLUMNS)
LABELS = {column.name: column.label for column in COLUMNS}
# A table's rows are named in remarks and faults up to so many.
MOST_ROWS_NAMED = 10
COUNTRY_WORDS = frozenset({"riket", "sverige", "hela landet", "hela riket"})
SEX_WORDS = {
    "": IndicatorValue.Sex.ALL,
    "alla": IndicatorValue.Sex.ALL,
    "totalt": IndicatorValue.Sex.ALL,
    "kvinnor": IndicatorValue.Sex.WOMEN,
    "kvinna": IndicatorValue.Sex.WOMEN,
    "k": IndicatorValue.Sex.WOMEN,
    "båda könen": IndicatorValue.Sex.ALL,
    "män och kvinnor": IndicatorValue.Sex.ALL,
    "kvinnor och män": IndicatorValue.Sex.ALL,
    "män": IndicatorValue.Sex.MEN,
    "man": IndicatorValue.Sex.MEN,
    "m": IndicatorValue.Sex.MEN,
}


@dataclass(frozen=True)
class Measured:
    """One value as a file has it; `value` is None where it is missing."""

    row: int | None
    place: str
    indicator: Indicator
    year: int
    value: Decimal | None
    comparison: str = ""
    area: Area | None = None
    sex: str = ""
    source: str = ""
    note: str = ""

    @property
    def key(self) -> tuple:
        return key_of(self.indicator.pk, self.year, self.comparison, self.area and self.area.pk, self.sex)


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class PlannedChange:
    """One value that the file would add or change; `value` is the row as it would be saved."""

    value: IndicatorValue
    differences: tuple[Difference, ...]
    is_new: bool

    @property
    def about(self) -> str:
        """Of what the value is: an area, a comparison or the municipality, and of whom."""
        sex = f", {self.value.get_sex_display().lower()}" if self.value.sex else ""
        return f"{self.value.place}{sex}"


@dataclass(frozen=True)
class ImportPlan:
    """What a file would do to an agreement's values; with faults it does nothing."""

    changes: list[PlannedChange] = field(default_factory=list)
    unchanged_count: int = 0
    missing_count: int = 0
    kept_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def new_count(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def changed_count(self) -> int:
        return len(self.changes) - self.new_count

    @property
    def summary(self) -> str:
        return (
            f"Nya värden: {self.new_count}. Ändrade värden: {self.changed_count}. Oförändrade: {self.unchanged_count}."
        )

    @property
    def digest(self) -> str:
        """What was shown, so that the confirmation does that and nothing else."""
        told = [
            (change.is_new, change.value.indicator_id, change.value.year, change.about, change.differences)
            for change in self.changes
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def key_of(indicator_id: int, year: int, comparison: str, area_id: int | None, sex: str) -> tuple:
    return indicator_id, year, comparison_key(comparison), area_id or 0, sex


def plan_import(
    content: bytes,
    file_name: str,
    *,
    agreement: Agreement,
    today: datetime.date,
    indicator: Indicator | None = None,
    own_code: str | None = None,
    table_row: str = "",
) -> ImportPlan:
    """Read a file and say what it would change in the agreement, or all that is wrong with it.

    Args:
        indicator: the only one that the file is about, where the file does not say it.
        own_code: the municipality's code in Kolada, where its name does not give it.
        table_row: which rows of an official table are meant, parted by semicolons, where the names do not tell.
    """
    if len(content) > MAX_BYTES:
        return ImportPlan(faults=[_whole_file(f"Filen är för stor, högst {MAX_BYTES // 1024**2} MB.")])
    reading = _Reading(agreement, indicator, today)
    if file_name.lower().endswith(".json"):
        measured = reading.read_kolada(content, own_code or kolada.code_of(agreement.municipality.name))
    else:
        measured = reading.read_table(content, file_name, table_row)
    reading.check_once(measured)
    if len(measured) > MAX_VALUES:
        too_many = (
            f"Filen har {number_words(len(measured))} värden. Högst {number_words(MAX_VALUES)} läses in åt gången."
        )
        reading.faults.append(_whole_file(too_many))
    if not reading.faults and not measured:
        reading.faults.append(_whole_file("Filen har inga rader med värden."))
    if reading.faults:
        return ImportPlan(faults=sorted(reading.faults, key=lambda fault: fault.row or 0)[:MAX_FAULTS])
    return replace(compare(measured, reading.existing), remarks=reading.remarks)


def compare(measured: Iterable[Measured], existing: dict[tuple, IndicatorValue]) -> ImportPlan:
    """Hold the file's values against those that are there. What the file leaves empty stays as it is."""
    changes, unchanged, missing, kept = [], 0, 0, 0
    for one in measured:
        there = existing.get(one.key)
        if one.value is None:
            kept, missing = (kept + 1, missing) if there else (kept, missing + 1)
            continue
        value = there or IndicatorValue(
            indicator=one.indicator, year=one.year, comparison=one.comparison, area=one.area, sex=one.sex
        )
        differences = _differences(value, one)
        if not differences:
            unchanged += 1
            continue
        value.value = one.value
        value.source, value.note = one.source or value.source, one.note or value.note
        changes.append(PlannedChange(value, differences, is_new=there is None))
    return ImportPlan(changes, unchanged, missing, kept)


def _differences(value: IndicatorValue, one: Measured) -> tuple[Difference, ...]:
    found = []
    if value.value != one.value:
        found.append(Difference("värdet", number_words(value.value), number_words(one.value)))
    for name in ("source", "note"):
        old, new = getattr(value, name), getattr(one, name)
        if new and old != new:
            found.append(Difference(LABELS[name].lower(), old, new))
    return tuple(found)


def export_values(values: Iterable[IndicatorValue]) -> bytes:
    """Return values as a file that can be read in again."""
    return write_csv(
        COLUMNS,
        (
            {
                "indicator": value.indicator.name,
                "year": value.year,
                "value": value.value,
                "comparison": value.comparison,
                "area": value.area.name if value.area_id else "",
                "sex": value.get_sex_display().lower() if value.sex else "",
                "source": value.source,
                "note": value.note,
            }
            for value in values
        ),
    )


def _whole_file(reason: str) -> Fault:
    return Fault(None, None, None, reason)


class _Reading:
    """Turns what stands in a file into values of this agreement, noting what is wrong."""

    def __init__(self, agreement: Agreement, indicator: Indicator | None, today: datetime.date):
        self.agreement = agreement
        self.only = indicator
        self.today = today
        self.faults: list[Fault] = []
        self.remarks: list[str] = []
        indicators = list(agreement.indicators.all())
        for one in indicators:
            one.agreement = agreement
        self._indicators = {comparison_key(one.name): one for one in indicators}
        self._by_kpi = {one.kolada_id: one for one in indicators if one.kolada_id}
        self._areas = {comparison_key(area.name): area for area in agreement.areas.all()}
        stored = IndicatorValue.objects.filter(indicator__agreement=agreement).select_related("area")
        self.existing: dict[tuple, IndicatorValue] = {}
        # One name of what is compared with, however it is spelled, or one line of the chart becomes two.
        self._comparisons: dict[str, str] = {}
        by_pk = {one.pk: one for one in indicators}
        for value in stored:
            value.indicator = by_pk[value.indicator_id]
            key = key_of(value.indicator_id, value.year, value.comparison, value.area_id, value.sex)
            self.existing[key] = value
            self._comparisons.setdefault(comparison_key(value.comparison), value.comparison)

    # --- Our own columns ---

    def read_table(self, content: bytes, file_name: str, table_row: str) -> list[Measured]:
        rows, faults = read_table(content, file_name, SHEET)
        self.faults += faults
        numbers = {row.number for row in rows}
        if any(fault.row is None or fault.row not in numbers for fault in faults):
            if table := find_table(read_grids(content, file_name)):
                self.faults = []
                return self.read_official(table, table_row)
            # A heading is wrong, or the file: every row would only repeat it.
            self.faults = [fault for fault in faults if fault.row not in numbers]
            return []
        unreadable = {fault.row for fault in faults}
        return [
            measured
            for row in rows
            if any(row.cells.values()) and row.number not in unreadable and (measured := self._measured(row))
        ]

    # --- Official tables ---

    def read_official(self, table: OfficialTable, wanted: str) -> list[Measured]:
        """Take the municipality's own rows, its areas' and the country's, and those that are asked for by name."""
        names = [plain_line(name) for name in wanted.split(";") if name.strip()]
        for name in names:
            if not any(comparison_key(name) in map(comparison_key, one.labels) for one in table.values):
                self.faults.append(_whole_file(f"Tabellen har ingen rad som heter {shortened(name)}."))
        narrowing = {comparison_key(name) for name in names if not self._is_place(name)}
        asked_for = {comparison_key(name) for name in names}
        of_kind = [one for one in table.values if narrowing <= {comparison_key(label) for label in one.labels}]
        has_places = any(self._is_place(label) for one in table.values for label in one.labels)
        measured, left_out = [], {}
        for one in of_kind:
            found = self._official_value(one, table, asked_for, has_places=has_places)
            if found is None:
                left_out[", ".join(one.labels)] = None
            else:
                measured.append((one, found))
        self.faults += [Fault(None, number, None, reason) for number, reason in table.faults]
        if not self.faults and not measured:
            some = ", ".join(list(dict.fromkeys(", ".join(one.labels) for one in of_kind))[:MOST_ROWS_NAMED])
            self.faults.append(
                _whole_file(f"Ingen rad i tabellen gäller kommunen. Skriv vilken rad det är. De första: {some}.")
            )
        self._ask_which(measured)
        rows = list(dict.fromkeys(", ".join(one.labels) for one, _ in measured))
        self.remarks.append(f"Rubrikerna står på rad {table.header}. Det som läses: {joined(rows[:MOST_ROWS_NAMED])}.")
        if left_out:
            some = ", ".join(list(left_out)[:MOST_ROWS_NAMED])
            more = "" if len(left_out) <= MOST_ROWS_NAMED else " …"
            self.remarks.append(f"{len(left_out)} rader i tabellen läses inte: {some}{more}.")
        for _, one in measured if not self.faults else ():
            self._check(one)
        return [] if self.faults else [one for _, one in measured]

    def _official_value(
        self, one: OfficialValue, table: OfficialTable, asked_for: set[str], *, has_places: bool
    ) -> Measured | None:
        """The value as one of this agreement's; None where it is of something that nobody asked for."""
        comparison, area, sex, is_wanted = "", None, "", not has_places
        indicator = self.only
        for label in one.labels:
            key = comparison_key(label)
            if key in SEX_WORDS and key:
                sex = SEX_WORDS[key]
            elif indicator is None and key in self._indicators:
                indicator = self._indicators[key]
            elif self._is_own(label):
                is_wanted = True
            elif key in self._areas:
                area, is_wanted = self._areas[key], True
            elif self._is_place(label):
                is_wanted = key in COUNTRY_WORDS or key in asked_for
                comparison = "Riket" if key in COUNTRY_WORDS else label
        if not is_wanted:
            return None
        if indicator is None:
            reason = "Välj vilken indikator tabellen gäller när du laddar upp filen."
            if all(fault.reason != reason for fault in self.faults):
                self.faults.append(_whole_file(reason))
            return None
        comparison = self._comparisons.setdefault(comparison_key(comparison), comparison)
        place = f"Rad {one.number}, {one.year}"
        return Measured(one.number, place, indicator, one.year, one.value, comparison, area, sex, table.source[:500])

    def _is_own(self, label: str) -> bool:
        own = self.agreement.municipality.name
        code = kolada.code_of(label)
        return comparison_key(label) == comparison_key(own) or (code is not None and code == kolada.code_of(own))

    def _is_place(self, label: str) -> bool:
        key = comparison_key(label)
        return (
            self._is_own(label)
            or key in self._areas
            or key in COUNTRY_WORDS
            or kolada.code_of(label) is not None
            or bool(re.search(r"(?:^region | län$|^lpo |^lokalpolisområde )", key))
        )

    def _ask_which(self, measured: list[tuple[OfficialValue, Measured]]) -> None:
        """Two rows for the same thing differ in what the person has to choose by."""
        first: dict[tuple, OfficialValue] = {}
        for one, value in measured:
            earlier = first.setdefault(value.key, one)
            if earlier.labels != one.labels:
                rows = [other.labels for other, its in measured if its.key == value.key]
                shared = set(rows[0]).intersection(*rows)
                choices = dict.fromkeys(label for labels in rows for label in labels if label not in shared)
                some = ", ".join(list(choices)[:MOST_ROWS_NAMED])
                self.faults.append(_whole_file(f"Flera rader gäller samma sak. Skriv vilken rad det är: {some}."))
                return

    # --- One row of our own columns ---

    def _measured(self, row: Row) -> Measured | None:
        cells = {name: value if value is not None else "" for name, value in row.cells.items()}
        before = len(self.faults)
        indicator = self._indicator_called(cells["indicator"], row.number)
        area = self._area_called(cells["area"], row.number)
        sex = SEX_WORDS.get(comparison_key(cells["sex"]))
        if sex is None:
            self._note(row.number, "sex", f"{shortened(cells['sex'])} finns inte. Skriv kvinnor, män eller ingenting.")
        comparison = self._comparison(cells["comparison"], row.number)
        if comparison and cells["area"]:
            self._note(row.number, "area", "Ett värde gäller ett delområde eller en jämförelse, inte båda.")
        if len(self.faults) > before:
            return None
        measured = Measured(
            row=row.number,
            place=f"Rad {row.number}",
            indicator=indicator,
            year=cells["year"],
            value=row.cells["value"],
            comparison=comparison,
            area=area,
            sex=sex,
            source=cells["source"],
            note=cells["note"],
        )
        self._check(measured)
        return measured

    def _indicator_called(self, name: str, row: int) -> Indicator | None:
        if not name and self.only:
            return self.only
        if not name:
            self._note(
                row, "indicator", "Raden säger inte vilken indikator den gäller. Välj den när du laddar upp filen."
            )
            return None
        found = self._indicators.get(comparison_key(name))
        if found is None:
            self._note(row, "indicator", f"Indikatorn {shortened(name)} finns inte i överenskommelsen.")
        elif self.only and found != self.only:
            self._note(row, "indicator", f"Filen skulle bara gälla {self.only.name}, men raden gäller {found.name}.")
        return found

    def _area_called(self, name: str, row: int) -> Area | None:
        found = self._areas.get(comparison_key(name))
        if name and found is None:
            names = ", ".join(sorted(area.name for area in self._areas.values())) or "inga än"
            self._note(row, "area", f"Delområdet {shortened(name)} finns inte. De som finns: {names}.")
        return found

    def _comparison(self, name: str, row: int | None, place: str = "") -> str:
        if re.fullmatch(r"[0-9.,\s]+", name):
            self._note(row, "comparison", f"Jämförelsen ska vara ett namn, inte {shortened(name)}.", place)
        municipality = self.agreement.municipality.name
        if name and kolada.code_of(name) and kolada.code_of(name) == kolada.code_of(municipality):
            self._note(
                row, "comparison", f"Kommunens egna värden har ingen jämförelse. Ta bort {shortened(name)}.", place
            )
        return self._comparisons.setdefault(comparison_key(name), name)

    # --- Kolada ---

    def read_kolada(self, content: bytes, own_code: str | None) -> list[Measured]:
        try:
            values, faults = kolada.parse_answer(content)
        except kolada.NotKolada as error:
            self.faults.append(_whole_file(str(error)))
            return []
        if own_code is None:
            name = self.agreement.municipality.name
            self.faults.append(
                _whole_file(f"{name} finns inte bland Sveriges kommuner, så dess värden går inte att hitta.")
            )
            return []
        self.faults += [_whole_file(reason) for reason in faults]
        for kpi in dict.fromkeys(value.kpi for value in values):
            self._check_kpi(kpi)
        if self.faults:
            return []
        measured = [
            Measured(
                row=None,
                place=value.place,
                indicator=self.only or self._by_kpi[value.kpi],
                year=value.year,
                value=value.value,
                comparison=self._compared_with(value.municipality, own_code),
                sex=value.sex,
                source=f"{kolada.SOURCE}, {value.kpi}",
            )
            for value in values
        ]
        for one in measured:
            self._check(one)
        return measured

    def _check_kpi(self, kpi: str) -> None:
        if self.only and self.only.kolada_id != kpi:
            known = f"har nyckeltalet {self.only.kolada_id}" if self.only.kolada_id else "har inget nyckeltal angivet"
            self.faults.append(_whole_file(f"Filen innehåller {kpi}, men {self.only.name} {known}."))
        elif kpi not in self._by_kpi:
            self.faults.append(
                _whole_file(f"Ingen indikator har nyckeltalet {kpi}. Ange det på den indikator som det gäller.")
            )

    def _compared_with(self, code: str, own_code: str) -> str:
        if code == own_code:
            return ""
        name = kolada.place_name(code)
        return self._comparisons.setdefault(comparison_key(name), name)

    # --- Both ---

    def _check(self, one: Measured) -> None:
        """What the model would refuse, and what no measurement can be: from a year that has not been."""
        if not FIRST_YEAR <= one.year <= LAST_YEAR:
            self._note(
                one.row, "year", f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}, inte {one.year}.", one.place
            )
        elif one.year > self.today.year:
            self._note(one.row, "year", f"År {one.year} har inte varit än.", one.place)
        value = IndicatorValue(
            indicator=one.indicator,
            year=one.year,
            value=one.value or Decimal(0),
            comparison=one.comparison,
            sex=one.sex,
            source=one.source,
            note=one.note,
        )
        try:
            value.clean_fields(exclude=["indicator", "area", "year"])
            if one.value is not None:
                value.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self._note(one.row, name, " ".join(messages), one.place)

    def check_once(self, measured: Iterable[Measured]) -> None:
        """A value that stands twice has two answers, and nobody knows which is right."""
        first: dict[tuple, Measured] = {}
        for one in measured:
            earlier = first.setdefault(one.key, one)
            if earlier is not one:
                where = earlier.place[:1].lower() + earlier.place[1:]
                self._note(one.row, "year", f"Samma värde för {one.year} står redan på {where}.", one.place)

    def _note(self, row: int | None, column: str, reason: str, place: str = "") -> None:
        if row is None:
            self.faults.append(_whole_file(f"{place}: {reason}"))
        else:
            self.faults.append(Fault(None, row, LABELS.get(column, column), reason))

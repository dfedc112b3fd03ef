"""Indicators' values in files: our own columns as CSV or Excel, and Kolada's answers. Reads and compares only.

A file is refused as a whole, with every fault and its place. An empty value means that the value is missing: it makes
no row, and it takes none away.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from agreements import kolada
from agreements.models import Agreement, Area, Indicator, IndicatorValue
from agreements.models.indicators import FIRST_YEAR, LAST_YEAR
from documents.swedish_numbers import number_words
from documents.workbooks import Column, Fault, Row, Sheet, read_table, write_csv
from documents.workbooks.cells import shortened
from documents.workbooks.tables import MAX_FAULTS
from documents.written_text import comparison_key

MAX_BYTES = 2 * 1024 * 1024
# Each is saved with its history while somebody waits.
MAX_VALUES = 2_000
# How official tables write that there is no value.
MISSING_MARKS = frozenset({".", "..", "...", "…", "-", "–", "—", "−", "x", "X"})
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
SEX_WORDS = {
    "": IndicatorValue.Sex.ALL,
    "alla": IndicatorValue.Sex.ALL,
    "totalt": IndicatorValue.Sex.ALL,
    "kvinnor": IndicatorValue.Sex.WOMEN,
    "kvinna": IndicatorValue.Sex.WOMEN,
    "k": IndicatorValue.Sex.WOMEN,
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
) -> ImportPlan:
    """Read a file and say what it would change in the agreement, or all that is wrong with it.

    Args:
        indicator: the only one that the file is about, where the file does not say it.
        own_code: the municipality's code in Kolada, where its name does not give it.
    """
    if len(content) > MAX_BYTES:
        return ImportPlan(faults=[_whole_file(f"Filen är för stor, högst {MAX_BYTES // 1024**2} MB.")])
    reading = _Reading(agreement, indicator, today)
    if file_name.lower().endswith(".json"):
        measured = reading.read_kolada(content, own_code or kolada.code_of(agreement.municipality.name))
    else:
        measured = reading.read_table(content, file_name)
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
    return compare(measured, reading.existing)


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

    def read_table(self, content: bytes, file_name: str) -> list[Measured]:
        rows, faults = read_table(content, file_name, SHEET)
        self.faults += faults
        numbers = {row.number for row in rows}
        if any(fault.row is None or fault.row not in numbers for fault in faults):
            # A heading is wrong, or the file: every row would only repeat it.
            self.faults = [fault for fault in faults if fault.row not in numbers]
            return []
        unreadable = {fault.row for fault in faults}
        return [
            measured
            for row in rows
            if any(row.cells.values()) and row.number not in unreadable and (measured := self._measured(row))
        ]

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

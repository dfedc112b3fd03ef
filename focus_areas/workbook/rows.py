"""From the rows of one sheet to rows in the database: match, compare, check, save.

Each row meets the thing it names or becomes a new one. All faults of all rows are collected; rows are saved as
they are read, inside a transaction that the caller undoes when there is any fault.
"""

import datetime
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from accounts.history import as_it_stood, history_table, m2m_rows_name, m2m_values
from accounts.models import User
from agreements.models import Agreement
from documents.swedish_dates import date_words
from documents.workbooks import Column, Fault, Row, Sheet
from documents.workbooks.cells import EXCELS_DAY_ZERO, FIRST_YEAR, LAST_YEAR
from documents.workbooks.xlsx_reading import ALIKE
from focus_areas.workbook.changes import Changes, FieldChange, RowChange, in_words
from focus_areas.workbook.identity import identity, identity_of_link, name_key, tidy, unsaved_links
from focus_areas.workbook.references import NotFound, References

# A new title is held against so many that the file leaves alone: each takes some tens of microseconds.
MOST_COMPARED = 300
# So far from the agreement's own time no day in it lies: plans that it builds on are younger than that.
DISTANT_YEARS = 40


@dataclass
class Loading:
    """One workbook on its way in: what has been found so far, and for whom."""

    uses_labels: bool
    by: User | None
    today: datetime.date
    expected_agreement: Agreement | None
    faults: list[Fault]
    # What the row of the agreement calls its municipality: it keeps the organisations that the file adds.
    municipality_called: str = ""
    changes: Changes = field(default_factory=Changes)
    # When the file was made, and whether it may write over what has been changed here since then.
    made_at: datetime.datetime | None = None
    takes_back: bool = False
    agreement: Agreement | None = None
    lock: str = ""
    is_closed: bool = False
    references: dict[str, References] = field(default_factory=dict)
    # By id, for what the file itself adds: an adopted picture comes with its problems, and takes no more after that.
    new_things: set[int] = field(default_factory=set)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the agreement's own time; this year where it says nothing."""
        agreement = self.agreement
        days = [agreement.starts_on, agreement.ends_on] if agreement else []
        years = [day.year for day in days if day and abs(day.year - self.today.year) <= DISTANT_YEARS]
        return min([self.today.year, *years]), max([self.today.year, *years])

    def fault(self, sheet: Sheet, row: int | None, column: str | None, reason: str) -> None:
        """Note a fault with its place in the words of the file: labels in Excel, names in YAML."""
        place = sheet.label if self.uses_labels else sheet.name
        if column is not None and self.uses_labels:
            column = next((one.label for one in sheet.columns if one.name == column), column)
        self.faults.append(Fault(place, row, column, reason))

    def refer(self, sheet: Sheet) -> References:
        place = sheet.label if self.uses_labels else sheet.name
        return self.references.setdefault(sheet.name, References(place))


@dataclass
class Entry:
    """One row, and the thing it is about."""

    row: Row
    thing: Any = None
    is_new: bool = True
    unusable: set[str] = field(default_factory=set)
    # Columns that somebody has changed in the portal after the file was made.
    newer_here: set[str] = field(default_factory=set)
    has_fault: bool = False
    is_duplicate: bool = False
    old_values: dict[str, Any] = field(default_factory=dict)
    new_values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, Any]:
        return self.row.cells


class SheetLoader:
    """Loads one sheet. Subclasses say what identifies a row, what it refers to and what the lock covers."""

    sheet: Sheet
    model: type[models.Model]
    owner = "agreement"
    key: tuple[str, ...]
    # Columns that name a row of another sheet (or, for `parent`, of this one).
    links: dict[str, Sheet] = {}
    lists: dict[str, Sheet] = {}
    # Lists whose order says something; a subclass saves those itself.
    ordered: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    # Columns whose combinations no two rows may share, by the constraint that says so.
    unique: tuple[str, ...] = ()
    numbered = ""

    def __init__(self, loading: Loading, rows: Iterable[Row], unreadable: dict[int, set[str]]):
        self.loading = loading
        self.columns: dict[str, Column] = {column.name: column for column in self.sheet.columns}
        self.fields = {name: self.model._meta.get_field(name) for name in self.columns}
        self.entries = [Entry(row, unusable=set(unreadable.get(row.number, ()))) for row in rows]
        self.references = loading.refer(self.sheet)
        self.left_alone: list[Any] = []

    # --- The way through ---

    def load(self) -> None:
        for entry in self.entries:
            self.note_missing(entry)
            self.resolve(entry)
        self.match()
        for entry in self.entries:
            self.compare(entry)
        for entry in self.entries:
            if not entry.is_duplicate:
                self.references.add(entry.thing, *self.tiers(entry.thing))
            if entry.is_new:
                self.loading.new_things.add(id(entry.thing))
        for thing in self.left_alone:
            self.references.add(thing, *self.tiers(thing), is_stated=False)
        self.resolve_within()
        self.keep_newer()
        for entry in self.entries:
            self.check_lock(entry)
            self.check(entry)
        self.check_unique()
        self.save_all()

    def existing(self) -> Iterable[Any]:
        """What the agreement has of this kind."""
        raise NotImplementedError

    def tiers(self, thing: Any) -> tuple[tuple[str, ...], ...]:
        """What other rows may call it."""
        return ((str(thing),),)

    # --- Faults ---

    def fault(self, entry: Entry, column: str, reason: str) -> None:
        entry.has_fault = True
        self.loading.fault(self.sheet, entry.row.number, column, reason)

    def note_missing(self, entry: Entry) -> None:
        """What is required and is not there has been reported by the reader."""
        entry.unusable |= {
            name for name, column in self.columns.items() if column.required and entry.cells[name] is None
        }
        entry.has_fault = bool(entry.unusable)

    def is_named(self, entry: Entry) -> bool:
        return not entry.unusable.intersection(self.key)

    # --- References ---

    def resolve(self, entry: Entry) -> None:
        """Find what the row refers to on other sheets."""
        for name, sheet in self.links.items():
            if sheet is not self.sheet:
                self.resolve_link(entry, name, sheet)
        for name, sheet in self.lists.items():
            self.resolve_list(entry, name, sheet)

    def resolve_link(self, entry: Entry, name: str, sheet: Sheet) -> None:
        if (called := entry.cells[name]) is None:
            return
        try:
            found = self.loading.refer(sheet).find(called, nearest=self.nearest(entry))
        except NotFound as missing:
            entry.unusable.add(name)
            self.fault(entry, name, str(missing))
        else:
            entry.new_values[name] = found

    def resolve_list(self, entry: Entry, name: str, sheet: Sheet) -> None:
        found = []
        for called in entry.cells[name] or ():
            try:
                thing = self.loading.refer(sheet).find(called, nearest=self.nearest(entry))
            except NotFound as missing:
                entry.unusable.add(name)
                self.fault(entry, name, str(missing))
                continue
            if any(thing is one for one in found):
                entry.unusable.add(name)
                self.fault(entry, name, f"”{called}” står mer än en gång.")
            found.append(thing)
        entry.lists[name] = found

    def nearest(self, entry: Entry):
        """A test for which of several things with the same name the row means; None where there is no telling."""
        return None

    def resolve_within(self) -> None:
        """Find the parents, once every row of the sheet is known."""
        name = next((name for name, sheet in self.links.items() if sheet is self.sheet), None)
        if name is None:
            return
        for entry in self.entries:
            entry.new_values.pop(name, None)
            self.resolve_link(entry, name, self.sheet)
            self.compare_link(entry, name)
        for entry in self.entries:
            if self.is_in_ring(entry, name):
                entry.unusable.add(name)
                self.fault(entry, name, "Raderna pekar på varandra i en ring.")

    def is_in_ring(self, entry: Entry, name: str) -> bool:
        above, steps = getattr(entry.thing, name), 0
        while above is not None and above is not entry.thing and steps <= len(self.entries):
            above, steps = getattr(above, name), steps + 1
        return above is entry.thing

    # --- Matching ---

    def match(self) -> None:
        """Give each row the thing it is about, and note rows about the same thing."""
        known = {self.key_of(thing): thing for thing in self.existing()}
        seen: dict[Hashable, int] = {}
        for entry in self.entries:
            if not self.is_named(entry):
                self.begin(entry)
                continue
            key = self.key_in(entry)
            if key in seen:
                entry.is_duplicate = True
                self.fault(entry, self.key[-1], f"Samma som rad {seen[key]}.")
                self.begin(entry)
                continue
            seen[key] = entry.row.number
            self.begin(entry, known.pop(key, None))
        self.left_alone = list(known.values())

    def begin(self, entry: Entry, thing: Any = None) -> None:
        entry.is_new = thing is None
        entry.thing = self.model() if thing is None else thing
        if self.owner:
            setattr(entry.thing, self.owner, self.loading.agreement)

    def key_in(self, entry: Entry) -> tuple:
        return tuple(
            identity(entry.new_values.get(name)) if name in self.links else name_key(self.plain_value(entry, name))
            for name in self.key
        )

    def key_of(self, thing: Any) -> tuple:
        return tuple(
            identity_of_link(thing, self.fields[name]) if name in self.links else name_key(getattr(thing, name))
            for name in self.key
        )

    def plain_value(self, entry: Entry, name: str) -> Any:
        """A cell's value as the model's field holds it."""
        value = entry.cells[name]
        if value is not None:
            return self.fields[name].to_python(value)
        if self.fields[name].null:
            return value
        return False if isinstance(self.fields[name], models.BooleanField) else ""

    # --- Comparing ---

    def compare(self, entry: Entry) -> None:
        """Put the row's values on its thing, and remember what stood there where that differs."""
        for name in self.columns:
            if name in self.lists or name in entry.unusable:
                continue
            if name in self.links:
                if self.links[name] is not self.sheet:
                    self.compare_link(entry, name)
                continue
            old, new = getattr(entry.thing, name), self.plain_value(entry, name)
            if entry.is_new or tidy(old) != new:
                entry.old_values[name] = old
                entry.new_values[name] = new
                setattr(entry.thing, name, new)
            else:
                entry.new_values.pop(name, None)
        self.compare_lists(entry)

    def compare_lists(self, entry: Entry) -> None:
        for name in self.lists:
            if name in entry.unusable:
                continue
            old, new = self.stored_list(entry, name), entry.lists[name]
            keys = [[identity(one) for one in things] for things in (old, new)]
            if keys[0] != keys[1] if name in self.ordered else set(keys[0]) != set(keys[1]):
                entry.old_values[name], entry.new_values[name] = old, new

    def stored_list(self, entry: Entry, name: str) -> list:
        return [] if entry.is_new else list(getattr(entry.thing, name).all())

    def compare_link(self, entry: Entry, name: str) -> None:
        new = entry.new_values.pop(name, None)
        if name in entry.unusable or (entry.is_new and new is None):
            return
        if entry.is_new or identity_of_link(entry.thing, self.fields[name]) != identity(new):
            entry.old_values[name] = None if entry.is_new else getattr(entry.thing, name)
            entry.new_values[name] = new
        # Also where nothing differs: so that rows meet as the very same objects.
        setattr(entry.thing, name, new)

    # --- What others have changed since the file was made ---

    def keep_newer(self) -> None:
        """Let what the portal got after the file was made stand, unless the file is asked to write over it."""
        differing = {entry.thing.pk: entry for entry in self.entries if not entry.is_new and entry.new_values}
        if self.loading.made_at is None or not differing:
            return
        stood = as_it_stood(self.model, self.loading.made_at).filter(id__in=differing)
        rows = history_table(self.model)
        tracked = [m2m_rows_name(rows, one.name) for one in rows._history_m2m_fields]
        then = {row.id: row for row in stood.prefetch_related(*tracked)}
        for key, entry in differing.items():
            names = [name for name in entry.new_values if name in self.columns]
            entry.newer_here = {name for name in names if self.is_newer_here(entry, name, then.get(key))}
            if entry.newer_here and not self.loading.takes_back:
                self.put_back(entry)

    def is_newer_here(self, entry: Entry, name: str, then: Any) -> bool:
        """Whether a column's value is another than when the file was made; all are, of what was not there yet."""
        if then is None:
            return True
        old = entry.old_values[name]
        if name in self.lists:
            is_tracked = name in {one.name for one in then._history_m2m_fields}
            return is_tracked and m2m_values(then, name) != {one.pk for one in old}
        if name in self.links:
            return getattr(then, self.fields[name].attname) != (old.pk if old else None)
        return tidy(getattr(then, name)) != tidy(old)

    def put_back(self, entry: Entry) -> None:
        """Take the portal's own values again, and note for the preview what the file said instead."""
        order = list(self.columns)
        names = sorted(entry.newer_here, key=order.index)
        fields = tuple(self.field_change(entry, name) for name in names)
        self.loading.changes.kept.append(
            RowChange(self.sheet.label, entry.row.number, self.describe(entry.thing), False, fields)
        )
        for name in names:
            entry.new_values.pop(name)
            old = entry.old_values.pop(name)
            if name not in self.lists:
                setattr(entry.thing, name, old)

    # --- Checking ---

    def check_lock(self, entry: Entry) -> None:
        """What has been adopted does not change; nothing does in a closed agreement."""
        if not self.loading.lock:
            return
        if entry.is_new and (self.locked or self.loading.is_closed):
            self.fault(entry, self.key[-1], self.loading.lock)
        elif not entry.is_new:
            for name in entry.new_values:
                if name in self.locked or self.loading.is_closed:
                    self.fault(entry, name, self.loading.lock)

    def check(self, entry: Entry) -> None:
        """Ask the model what it thinks of a new or changed row."""
        if not entry.new_values:
            return
        self.check_dates(entry)
        stated = set(self.columns) - set(self.links) - set(self.lists) - entry.unusable
        others = {one.name for one in self.model._meta.get_fields()} - stated
        self.collect(entry, entry.thing.clean_fields, exclude=others)
        if not entry.unusable:
            self.collect(entry, entry.thing.clean)
        unknown = entry.unusable | set(unsaved_links(entry.thing))
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                self.collect(entry, constraint.validate, self.model, entry.thing, exclude=unknown)

    def check_dates(self, entry: Entry) -> None:
        """A day from another time than the agreement's is a slip, or what a spreadsheet has made of a year."""
        first, last = self.loading.years
        for name, column in self.columns.items():
            day = entry.new_values.get(name)
            if column.kind != "date" or day is None or first - DISTANT_YEARS <= day.year <= last + DISTANT_YEARS:
                continue
            typed, said = (day - EXCELS_DAY_ZERO).days, date_words(day)
            if FIRST_YEAR <= typed <= LAST_YEAR:
                reason = f"Excel har gjort årtalet {typed} till {said}. Skriv hela datumet, som {typed}-12-31."
            else:
                reason = f"{said} ligger mer än {DISTANT_YEARS} år från överenskommelsens tid. Rätta årtalet."
            self.fault(entry, name, reason)

    def collect(self, entry: Entry, ask, *args, **kwargs) -> None:
        try:
            ask(*args, **kwargs)
        except ValidationError as refusal:
            by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: [refusal]}
            for name, errors in by_field.items():
                for error in errors:
                    column = error.code if name == NON_FIELD_ERRORS else name
                    if column not in entry.unusable:
                        for message in error.messages:
                            self.fault(entry, column if column in self.columns else self.key[-1], message)

    def check_unique(self) -> None:
        """Numbers and headings as they will be when all rows are in: two rows may well trade numbers."""
        for constraint in self.model._meta.constraints:
            if constraint.name not in self.unique:
                continue
            taken = {self.shared_key(thing, constraint) for thing in self.left_alone}
            settled = [entry for entry in self.entries if not entry.new_values]
            for entry in settled + [entry for entry in self.entries if entry.new_values]:
                key = self.shared_key(entry.thing, constraint)
                if entry.is_duplicate or entry.unusable.intersection(constraint.fields) or None in key:
                    continue
                if key in taken:
                    column = constraint.violation_error_code
                    self.fault(entry, column, str(constraint.violation_error_message))
                taken.add(key)

    def shared_key(self, thing: Any, constraint: models.UniqueConstraint) -> tuple:
        fields = [self.model._meta.get_field(name) for name in constraint.fields]
        return tuple(identity_of_link(thing, one) if one.is_relation else getattr(thing, one.name) for one in fields)

    # --- Saving ---

    def save_all(self) -> None:
        self.free_numbers()
        for entry in self.in_saving_order():
            if not entry.has_fault and not entry.unusable and not unsaved_links(entry.thing):
                self.save(entry)
        for entry in self.entries:
            if not entry.has_fault:
                self.record(entry)

    def free_numbers(self) -> None:
        """Empty the numbers that change, so that no row waits for another's; they are set again row by row."""
        moved = [entry.thing.pk for entry in self.entries if not entry.is_new and self.numbered in entry.new_values]
        if moved:
            self.model._default_manager.filter(pk__in=moved).update(**{self.numbered: None})

    def in_saving_order(self) -> list[Entry]:
        """As the rows stand, but what a row belongs to before the row."""
        name = next((name for name, sheet in self.links.items() if sheet is self.sheet), None)
        if name is None:
            return self.entries
        by_thing = {id(entry.thing): entry for entry in self.entries}
        ordered: dict[int, Entry] = {}
        for entry in self.entries:
            line: list[Entry] = []
            while entry is not None and id(entry.thing) not in ordered and entry not in line:
                line.append(entry)
                entry = by_thing.get(id(getattr(entry.thing, name)))
            ordered |= {id(one.thing): one for one in reversed(line)}
        return list(ordered.values())

    def save(self, entry: Entry) -> None:
        if entry.is_new:
            entry.thing.save()
        elif names := [name for name in entry.new_values if name not in self.lists]:
            entry.thing.save(update_fields=names)
        self.save_lists(entry)

    def save_lists(self, entry: Entry) -> None:
        for name in self.lists:
            things = entry.new_values.get(name) if name not in self.ordered else None
            # What has no key has a fault of its own, and then nothing is kept.
            if things is not None and all(one.pk for one in things):
                getattr(entry.thing, name).set(things)

    def record(self, entry: Entry) -> None:
        """Note for the preview what the row changes."""
        if not entry.is_new and not entry.new_values:
            self.loading.changes.unchanged_count += 1
            return
        order = [*self.columns, *entry.new_values]
        names = () if entry.is_new else sorted(entry.new_values, key=order.index)
        fields = tuple(self.field_change(entry, name) for name in names)
        self.loading.changes.rows.append(
            RowChange(
                self.sheet.label,
                entry.row.number,
                self.describe(entry.thing),
                entry.is_new,
                fields,
                self.similar_to(entry) if entry.is_new else "",
            )
        )

    def similar_to(self, entry: Entry) -> str:
        """What the file leaves alone and is called nearly as the new row is; empty where nothing is."""
        name = self.key[-1]
        if name in self.links or not isinstance(value := getattr(entry.thing, name), str):
            return ""
        if len(self.left_alone) > MOST_COMPARED:
            return ""
        names = {name_key(getattr(one, name)): one for one in self.left_alone}
        near = get_close_matches(name_key(value), names, 1, ALIKE)
        return self.describe(names[near[0]]) if near else ""

    def field_change(self, entry: Entry, name: str) -> FieldChange:
        old, new = (in_words(values[name], self.fields[name]) for values in (entry.old_values, entry.new_values))
        return FieldChange(self.columns[name].label, old, new, name in entry.newer_here)

    def describe(self, thing: Any) -> str:
        return str(thing)

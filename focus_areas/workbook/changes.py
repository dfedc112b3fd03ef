"""What loading a workbook changes, told in Swedish for the preview and the command line."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from documents.swedish_dates import date_words


@dataclass(frozen=True)
class FieldChange:
    """One column of one row: what stood there and what the file says."""

    label: str
    old: str
    new: str
    # Whether the portal's value is younger than the file.
    is_newer_here: bool = False


@dataclass(frozen=True)
class RowChange:
    """One row that is new or differs from what the portal has."""

    sheet: str
    row: int
    name: str
    is_new: bool
    fields: tuple[FieldChange, ...] = ()
    # Of a new row: what the portal has already that is called nearly so. A corrected title is a new thing.
    similar_to: str = ""


@dataclass
class Changes:
    """Everything that a workbook adds or changes, and how many rows were as they are already."""

    rows: list[RowChange] = field(default_factory=list)
    unchanged_count: int = 0
    remarks: list[str] = field(default_factory=list)
    # What the file would take back: changed in the portal after the file was made, and kept unless asked for.
    kept: list[RowChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def new(self) -> list[RowChange]:
        return [row for row in self.rows if row.is_new]

    @property
    def changed(self) -> list[RowChange]:
        return [row for row in self.rows if not row.is_new]

    @property
    def takes_back(self) -> bool:
        return any(change.is_newer_here for row in self.rows for change in row.fields)

    @property
    def digest(self) -> str:
        """The same for the same changes: so that what is confirmed is what was shown."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()

    @property
    def summary(self) -> str:
        return f"Nytt: {len(self.new)}. Ändrat: {len(self.changed)}. Oförändrat: {self.unchanged_count}."


def in_words(value: Any, model_field: models.Field) -> str:
    """A field's value as people read it; empty for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, datetime.date):
        return date_words(value)
    if isinstance(value, Decimal):
        return plain_digits(value).replace(".", ",")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)


def plain_digits(number: Decimal) -> str:
    """12.50 as 12.5 and 10.00 as 10."""
    digits = format(abs(number) if number == 0 else number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits

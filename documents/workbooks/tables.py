"""What a workbook may hold: sheets, columns, rows, and the faults that can be found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# A "measure" is a decimal as people write it in Swedish: a point or a percent sign in it is refused.
Kind = Literal["text", "prose", "integer", "decimal", "measure", "date", "boolean", "choice", "list"]

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_FAULTS = 500
# What one cell of a workbook can hold; YAML follows, so that either file can become the other.
MAX_CELL_CHARACTERS = 32_767


@dataclass(frozen=True)
class Column:
    """One column: `name` in YAML, `label` in Excel.

    `choices` maps values to their Swedish labels; `max_length` counts characters, in a list those of each item;
    `decimals` are those of a measure. Of an `expected` column the heading must be there, though cells may be empty.
    `missing_marks` stand for an empty cell.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    choices: Mapping[str, str] | None = None
    max_length: int | None = None
    allow_negative: bool = False
    decimals: int = 2
    expected: bool = False
    missing_marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """One kind of thing: a key of the YAML file, a sheet of the Excel workbook.

    A file may lack an optional sheet, which says nothing of such things.
    """

    name: str
    label: str
    columns: tuple[Column, ...] | list[Column]
    is_optional: bool = False


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file, with its place in the words of that file."""

    sheet: str | None
    row: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        places = [("Blad", self.sheet), ("rad", self.row), ("kolumn", self.column)]
        place = ", ".join(f"{word} {value}" for word, value in places if value is not None)
        return f"{place[0].upper()}{place[1:]}: {self.reason}" if place else self.reason


@dataclass
class Row:
    """One row as read: its number in the file, and a value (or None) for each column of its sheet."""

    number: int
    cells: dict[str, Any]


Tables = dict[str, list[Row]]


class UnreadableWorkbook(Exception):
    """A file that is refused, with all its faults.

    `read_workbook` returns faults and never raises this; it is for callers that find faults of their own.
    """

    def __init__(self, faults: list[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RefusedFile(Exception):
    """Reading stops here: the file as a whole cannot be read. The message is the reason, in Swedish."""


@dataclass
class FaultList:
    """Collects faults; stops the reading when a file has more than anyone will mend by hand.

    `remarks` say what was passed over without harm.
    """

    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, reason: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None):
        """Note a fault.

        Raises:
            RefusedFile: when the file has too many.
        """
        self.faults.append(Fault(sheet, row, column, reason))
        if len(self.faults) >= MAX_FAULTS:
            raise RefusedFile(f"Filen har minst {MAX_FAULTS} fel. Resten visas inte.")

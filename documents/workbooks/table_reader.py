"""From rows of cells to rows of values: the first row that holds headings names the columns.

Above it may stand a title, as in official tables and in what Numbers exports; below the rows, where they are from.
"""

import re
from typing import Any

from documents.workbooks.cells import BadCell, parse_cell, shortened
from documents.workbooks.tables import MAX_COLUMNS, MAX_ROWS, Column, FaultList, RefusedFile, Row, Sheet
from documents.workbooks.xlsx_cells import Cells, UnreadableCell
from documents.written_text import comparison_key

MAX_ROWS_ABOVE = 20
_NOTE = re.compile(
    r"(?:källa|source|anm|not|fotnot|kommentar|uppdaterad|senast uppdaterad|hämtad)\b|\*|[0-9]\)", re.IGNORECASE
)


class TableReader:
    """Reads one sheet row by row; the first row with a known heading is the header."""

    def __init__(self, sheet: Sheet, faults: FaultList, *, has_sheets: bool = True):
        self._sheet = sheet
        # What a fault says of the place: a file with commas has no sheets.
        self._place = sheet.label if has_sheets else None
        self._faults = faults
        self._columns: dict[int, Column] | None = None
        self._rows: list[Row] = []
        # Rows before any known heading: a title, or else all there is.
        self._above: list[tuple[int, Cells]] = []

    @property
    def _where(self) -> str:
        return f"Blad {self._place}: " if self._place else "Filen är för stor: "

    def read_row(self, number: int, cells: Cells) -> None:
        if self._columns is None:
            if len(self._above) < MAX_ROWS_ABOVE and not self._has_headings(cells):
                self._above.append((number, cells))
            else:
                self._begin(number, cells)
        elif not self._place and self._is_note(cells):
            self._faults.remarks.append(f"Rad {number} är ingen rad med värden och är inte läst.")
        elif len(self._rows) >= MAX_ROWS:
            raise RefusedFile(f"{self._where}högst {MAX_ROWS} rader får finnas.")
        else:
            self._rows.append(Row(number, self._read_cells(number, cells)))

    def finish(self) -> list[Row]:
        """Return the rows, and note it if not even the header was there."""
        if self._columns is None and self._above:
            self._read_as_they_stand(self._above)
        if self._columns is None:
            self._note("Bladet saknar rubrikrad." if self._place else "Filen saknar rubrikrad.")
        return self._rows

    def _begin(self, number: int, cells: Cells) -> None:
        """Take the row as the header; what stands above it is a title, if it is no more than that."""
        is_title = not self._place or all(len(row) == 1 for _, row in self._above)
        if not is_title or not self._has_headings(cells):
            self._read_as_they_stand([*self._above, (number, cells)])
            return
        self._columns = self._read_header(number, cells)
        if self._above:
            where = f"på bladet {self._place} " if self._place else ""
            self._faults.remarks.append(f"Det som står över rubrikerna {where}är inte läst.")

    def _read_as_they_stand(self, rows: list[tuple[int, Cells]]) -> None:
        (number, cells), *others = rows
        self._columns = self._read_header(number, cells)
        for number, cells in others:
            self.read_row(number, cells)

    def _has_headings(self, cells: Cells) -> bool:
        """Whether the row names columns: more than one, or all that it holds."""
        names = [str(cell) for cell in cells.values() if not isinstance(cell, UnreadableCell)]
        known = sum(self._column_called(" ".join(name.split())) is not None for name in names)
        return known > 1 or known == len(cells)

    def _is_note(self, cells: Cells) -> bool:
        """Whether a row only says where the table comes from, in its first cell."""
        return len(cells) == 1 and bool(_NOTE.match(str(next(iter(cells.values())))))

    def _read_header(self, number: int, cells: Cells) -> dict[int, Column]:
        if len(cells) > MAX_COLUMNS:
            raise RefusedFile(f"{self._where}högst {MAX_COLUMNS} kolumner får finnas.")
        columns: dict[int, Column] = {}
        for at, cell in cells.items():
            name = "" if isinstance(cell, UnreadableCell) else " ".join(str(cell).split())
            column = self._column_called(name)
            if column is None:
                self._note("Okänd kolumn.", number, shortened(name))
            elif column in columns.values():
                self._note("Kolumnen finns mer än en gång.", number, column.label)
            else:
                columns[at] = column
        for column in self._sheet.columns:
            if (column.required or column.expected) and column not in columns.values():
                self._note("Kolumnen saknas.", number, column.label)
        self._header_places = frozenset(cells)
        return columns

    def _read_cells(self, number: int, cells: Cells) -> dict[str, Any]:
        values: dict[str, Any] = {column.name: None for column in self._sheet.columns}
        for at, column in (self._columns or {}).items():
            try:
                cell = cells.get(at)
                if isinstance(cell, UnreadableCell):
                    raise BadCell(cell.reason)
                values[column.name] = parse_cell(cell, column)
            except BadCell as bad:
                self._note(str(bad), number, column.label)
        if astray := [at for at in cells if at not in self._header_places]:
            self._note("Värde i en kolumn utan rubrik.", number, _column_letters(min(astray)))
        return values

    def _column_called(self, name: str) -> Column | None:
        wanted = comparison_key(name)
        columns = self._sheet.columns
        return next((one for one in columns if wanted in (comparison_key(one.label), comparison_key(one.name))), None)

    def _note(self, reason: str, row: int | None = None, column: str | None = None) -> None:
        self._faults.add(reason, sheet=self._place, row=row, column=column)


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

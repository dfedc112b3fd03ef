"""Tables from Excel workbooks: a header row of labels, then one row for each thing."""

from collections.abc import Sequence
from typing import Any

from documents.office_packages import OfficePackage, UnacceptablePackage
from documents.workbooks.cells import BadCell, parse_cell, shortened
from documents.workbooks.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Column,
    FaultList,
    RefusedFile,
    Row,
    Sheet,
    Tables,
)
from documents.workbooks.xlsx_cells import Cells, UnreadableCell, XlsxBook


def read_xlsx(content: bytes, sheets: Sequence[Sheet], faults: FaultList) -> Tables:
    """Return the tables in an Excel workbook and note each fault.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    try:
        book = XlsxBook(OfficePackage(content))
        tables: Tables = {}
        for title, (kind, part) in book.sheets:
            sheet = _sheet_called(title, sheets)
            if sheet is None or kind != "worksheet":
                faults.add("Okänt blad.", sheet=shortened(title))
            elif sheet.name in tables:
                faults.add("Bladet finns mer än en gång.", sheet=shortened(title))
            else:
                reader = _TableReader(sheet, faults)
                book.read_rows(part, reader.read_row)
                tables[sheet.name] = reader.finish()
    except UnacceptablePackage as error:
        raise RefusedFile(str(error)) from error
    for sheet in sheets:
        if sheet.name not in tables:
            faults.add("Bladet saknas.", sheet=sheet.label)
    return {sheet.name: tables.get(sheet.name, []) for sheet in sheets}


def _sheet_called(title: str, sheets: Sequence[Sheet]) -> Sheet | None:
    wanted = title.strip().casefold()
    return next((one for one in sheets if wanted in (one.label.casefold(), one.name.casefold())), None)


class _TableReader:
    """Reads one sheet row by row; the first row that holds anything is the header."""

    def __init__(self, sheet: Sheet, faults: FaultList):
        self._sheet = sheet
        self._faults = faults
        self._columns: dict[int, Column] | None = None
        self._rows: list[Row] = []

    def read_row(self, number: int, cells: Cells) -> None:
        if self._columns is None:
            self._columns = self._read_header(number, cells)
        elif len(self._rows) >= MAX_ROWS:
            raise RefusedFile(f"Blad {self._sheet.label}: högst {MAX_ROWS} rader får finnas.")
        else:
            self._rows.append(Row(number, self._read_cells(number, cells)))

    def finish(self) -> list[Row]:
        """Return the rows, and note it if not even the header was there."""
        if self._columns is None:
            self._note("Bladet saknar rubrikrad.")
        return self._rows

    def _read_header(self, number: int, cells: Cells) -> dict[int, Column]:
        if len(cells) > MAX_COLUMNS:
            raise RefusedFile(f"Blad {self._sheet.label}: högst {MAX_COLUMNS} kolumner får finnas.")
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
            if column.required and column not in columns.values():
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
        wanted = name.casefold()
        columns = self._sheet.columns
        return next((one for one in columns if wanted in (one.label.casefold(), one.name.casefold())), None)

    def _note(self, reason: str, row: int | None = None, column: str | None = None) -> None:
        self._faults.add(reason, sheet=self._sheet.label, row=row, column=column)


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

"""Tables from Excel workbooks: a header row of labels, then one row for each thing."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from documents.office_packages import OfficePackage, UnacceptablePackage
from documents.workbooks.cells import shortened
from documents.workbooks.table_reader import TableReader
from documents.workbooks.tables import MAX_ROWS, FaultList, RefusedFile, Row, Sheet, Tables
from documents.workbooks.xlsx_cells import Cells, XlsxBook
from documents.written_text import comparison_key

# What Numbers puts after a sheet's title for each of its tables.
_NUMBERS_TABLE = re.compile(r"\s*[-–—]\s*(?:Tabell|Table)\s*1$", re.IGNORECASE)
# How alike titles are that one may be a slip of the pen for the other.
ALIKE = 0.8


def read_xlsx(content: bytes, sheets: Sequence[Sheet], faults: FaultList) -> Tables:
    """Return the tables in an Excel workbook and note each fault.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    try:
        book = XlsxBook(OfficePackage(content))
        tables: Tables = {}
        unknown: list[str] = []
        for title, (kind, part) in book.sheets:
            sheet = _sheet_called(title, sheets)
            if sheet is None or kind != "worksheet":
                unknown.append(title)
            elif sheet.name in tables:
                faults.add("Bladet finns mer än en gång.", sheet=shortened(title))
            else:
                reader = TableReader(sheet, faults)
                book.read_rows(part, reader.read_row)
                tables[sheet.name] = reader.finish()
    except UnacceptablePackage as error:
        raise RefusedFile(str(error)) from error
    missing = [sheet for sheet in sheets if sheet.name not in tables]
    _note_unknown(unknown, missing, faults)
    for sheet in missing:
        if not sheet.is_optional:
            faults.add("Bladet saknas.", sheet=sheet.label)
    return {sheet.name: tables.get(sheet.name, []) for sheet in sheets}


def _note_unknown(titles: Sequence[str], missing: Sequence[Sheet], faults: FaultList) -> None:
    """Pass over sheets of somebody's own in one remark; a fault where one may be a sheet that is missing."""
    own = []
    for title in titles:
        near = get_close_matches(comparison_key(title), [comparison_key(one.label) for one in missing], 1, ALIKE)
        if any(not sheet.is_optional for sheet in missing):
            faults.add("Okänt blad.", sheet=shortened(title))
        elif near:
            meant = next(one.label for one in missing if comparison_key(one.label) == near[0])
            faults.add(f"Okänt blad. Menas {meant}?", sheet=shortened(title))
        else:
            own.append(shortened(title))
    if len(own) == 1:
        faults.remarks.append(f"Bladet {own[0]} hör inte till arbetsboken och är inte läst.")
    elif own:
        faults.remarks.append(f"Bladen {', '.join(own)} hör inte till arbetsboken och är inte lästa.")


def read_xlsx_table(content: bytes, sheet: Sheet, faults: FaultList) -> list[Row]:
    """Return the rows of a workbook's only sheet, or of the one that has the table's name among several.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    try:
        book = XlsxBook(OfficePackage(content))
        found = [(title, part) for title, (kind, part) in book.sheets if kind == "worksheet"]
        named = [(title, part) for title, part in found if _sheet_called(title, [sheet])]
        if len(found) > 1 and len(named) != 1:
            raise RefusedFile(f"Filen har flera blad. Låt det som ska läsas in heta {sheet.label}.")
        if not found:
            raise RefusedFile("Filen har inget blad.")
        reader = TableReader(sheet, faults, has_sheets=False)
        book.read_rows((named or found)[0][1], reader.read_row)
        return reader.finish()
    except UnacceptablePackage as error:
        raise RefusedFile(str(error)) from error


def xlsx_grids(content: bytes) -> Iterator[list[tuple[int, Cells]]]:
    """Yield the rows of each sheet of a workbook.

    Raises:
        RefusedFile: if the file as a whole cannot be read, or a sheet has more rows than a table may have.
    """
    try:
        book = XlsxBook(OfficePackage(content))
        for _, (kind, part) in book.sheets:
            if kind == "worksheet":
                rows: list[tuple[int, Cells]] = []
                book.read_rows(part, lambda number, cells, rows=rows: _keep(rows, number, cells))
                yield rows
    except UnacceptablePackage as error:
        raise RefusedFile(str(error)) from error


def _keep(rows: list[tuple[int, Cells]], number: int, cells: Cells) -> None:
    if len(rows) >= MAX_ROWS:
        raise RefusedFile(f"Filen är för stor: högst {MAX_ROWS} rader får finnas.")
    rows.append((number, cells))


def _sheet_called(title: str, sheets: Sequence[Sheet]) -> Sheet | None:
    wanted = comparison_key(_NUMBERS_TABLE.sub("", title))
    return next((one for one in sheets if wanted in (comparison_key(one.label), comparison_key(one.name))), None)

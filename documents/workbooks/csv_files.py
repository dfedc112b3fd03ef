"""Tables as text with separators, as Excel and statistics offices write them: read with care, and written.

Read are semicolons, tabs and commas, in UTF-8 with or without a mark, in UTF-16 with one, and in Windows' own
encoding. Written is what a Swedish Excel opens with a double click: semicolons, UTF-8 with a mark, decimal commas.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from documents.workbooks.cells import error_reason
from documents.workbooks.table_reader import MAX_ROWS_ABOVE, TableReader
from documents.workbooks.tables import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    Column,
    FaultList,
    RefusedFile,
    Row,
    Sheet,
)
from documents.workbooks.xlsx_cells import Cells, UnreadableCell
from documents.written_text import comparison_key

CONTENT_TYPE = "text/csv; charset=utf-8"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = ";\t,"
_NAMED_SEPARATOR = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)
# A spreadsheet takes what begins so as a formula, and runs it.
_LIKE_FORMULA = re.compile(r"[=+\-@\t\r']")


def read_csv_table(content: bytes, sheet: Sheet, faults: FaultList) -> list[Row]:
    """Return the rows of a text file, with the line each begins on as its number.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    text = _decoded(content)
    if named := _NAMED_SEPARATOR.match(text):
        separator, first_line = named[1], 1
        text = text[named.end() :]
    else:
        separator, first_line = _separator_of(text, sheet), 0
    reader = TableReader(sheet, faults, has_sheets=False)
    measures: dict[int, str] = {}
    for number, cells in _lines(text, separator):
        if any(cells):
            if separator == "," and measures:
                _refuse_split_decimals(cells, measures, number + first_line, faults)
            reader.read_row(
                number + first_line, {at: _read_cell(cell) for at, cell in enumerate(cells, start=1) if cell}
            )
            measures = measures or _measures(cells, sheet)
    return reader.finish()


def csv_grids(content: bytes) -> Iterator[list[tuple[int, Cells]]]:
    """Yield the lines of a text file, parted by each separator that parts any of them.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    text = _decoded(content)
    for separator in _SEPARATORS:
        if separator in text:
            lines = islice(_lines(text, separator), MAX_ROWS)
            yield [
                (number, {at: _read_cell(cell) for at, cell in enumerate(cells, start=1) if cell})
                for number, cells in lines
                if any(cells)
            ]


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the rows as a text file that a Swedish Excel opens as a table. Nothing in it can run as a formula."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.label for column in columns])
    for row in rows:
        writer.writerow([_written(row.get(column.name), column) for column in columns])
    return target.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise RefusedFile("Filen är ingen textfil. Spara den som CSV (UTF-8) eller som Excelarbetsbok.")


def _separator_of(text: str, sheet: Sheet) -> str:
    """The separator that finds the most headings in one of the first lines: above the header may stand a title."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][: MAX_ROWS_ABOVE + 1]
    known = {comparison_key(name) for column in sheet.columns for name in (column.label, column.name)}

    def found(separator: str) -> int:
        rows = [line.split(separator) for line in lines]
        return max((sum(comparison_key(cell.strip(' "')) in known for cell in row) for row in rows), default=0)

    return max(_SEPARATORS, key=found)


def _lines(text: str, separator: str):
    """Each line that the file holds, with the number it begins on."""
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    while True:
        try:
            cells = next(source)
        except StopIteration:
            return
        except csv.Error as error:
            raise RefusedFile(f"Rad {number}: citattecknen går inte ihop, eller en ruta är för lång.") from error
        if len(cells) > MAX_COLUMNS * 2:
            raise RefusedFile(f"Rad {number}: högst {MAX_COLUMNS} kolumner får finnas.")
        if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
            raise RefusedFile(f"Rad {number}: en ruta rymmer högst {MAX_CELL_CHARACTERS} tecken.")
        yield number, [cell.strip() for cell in cells]
        number = source.line_num + 1


def _measures(header: list[str], sheet: Sheet) -> dict[int, str]:
    """The places of the numbers that may have decimals, with their headings."""
    measures = (one for one in sheet.columns if one.kind == "measure")
    names = {comparison_key(name): one.label for one in measures for name in (one.label, one.name)}
    keys = map(comparison_key, header)
    return {at: names[key] for at, key in enumerate(keys) if key in names}


def _refuse_split_decimals(cells: list[str], measures: dict[int, str], number: int, faults: FaultList) -> None:
    """Where commas part the cells, 1,76 without quotation marks would become 1 and 76."""
    for at, label in measures.items():
        if at + 1 < len(cells) and re.fullmatch(r"[+-]?\d+", cells[at]) and re.fullmatch(r"\d+", cells[at + 1]):
            reason = "Kommatecken skiljer rutorna åt. Ett tal med decimalkomma ska stå inom citattecken."
            faults.add(reason, row=number, column=label)


def _read_cell(cell: str) -> str | UnreadableCell:
    reason = error_reason(cell) if cell.startswith("#") else None
    return UnreadableCell(reason) if reason else _without_guard(cell)


def _without_guard(cell: str) -> str:
    """Take away the apostrophe that `write_csv` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and _LIKE_FORMULA.match(cell, 1) else cell


def _written(value: Any, column: Column) -> str:
    if value is None:
        return ""
    # A number is one in a column of text too: a minus sign does not make it a formula.
    if column.kind in ("measure", "decimal", "integer") or isinstance(value, Decimal):
        return format(Decimal(value).normalize(), "f").replace(".", ",")
    if column.kind == "choice":
        value = (column.choices or {}).get(value, value)
    text = " ".join(str(value).splitlines())
    return f"'{text}" if _LIKE_FORMULA.match(text) else text

"""Tables from Excel workbooks: a header row of labels, then one row for each thing."""

from collections.abc import Sequence

from documents.office_packages import OfficePackage, UnacceptablePackage
from documents.workbooks.cells import shortened
from documents.workbooks.table_reader import TableReader
from documents.workbooks.tables import FaultList, RefusedFile, Row, Sheet, Tables
from documents.workbooks.xlsx_cells import XlsxBook
from documents.written_text import comparison_key


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
                reader = TableReader(sheet, faults)
                book.read_rows(part, reader.read_row)
                tables[sheet.name] = reader.finish()
    except UnacceptablePackage as error:
        raise RefusedFile(str(error)) from error
    for sheet in sheets:
        if sheet.name not in tables and not sheet.is_optional:
            faults.add("Bladet saknas.", sheet=sheet.label)
    return {sheet.name: tables.get(sheet.name, []) for sheet in sheets}


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


def _sheet_called(title: str, sheets: Sequence[Sheet]) -> Sheet | None:
    wanted = comparison_key(title)
    return next((one for one in sheets if wanted in (comparison_key(one.label), comparison_key(one.name))), None)

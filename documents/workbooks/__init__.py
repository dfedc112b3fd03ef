"""Tables in files: reads and writes YAML, CSV and Excel workbooks, knowing nothing of what the tables mean."""

from collections.abc import Callable, Sequence
from typing import Any

from documents.workbooks.csv_files import csv_grids, read_csv_table, write_csv
from documents.workbooks.tables import (
    MAX_BYTES,
    Column,
    Fault,
    FaultList,
    RefusedFile,
    Row,
    Sheet,
    Tables,
    UnreadableWorkbook,
)
from documents.workbooks.xlsx_cells import Cells
from documents.workbooks.xlsx_reading import read_xlsx, read_xlsx_table, xlsx_grids
from documents.workbooks.xlsx_writing import write_table_xlsx, write_xlsx
from documents.workbooks.yaml_files import read_yaml, write_yaml

__all__ = [
    "Column",
    "Fault",
    "Row",
    "Sheet",
    "Tables",
    "UnreadableWorkbook",
    "read_grids",
    "read_table",
    "read_workbook",
    "write_csv",
    "write_table_xlsx",
    "write_xlsx",
    "write_yaml",
]

# The first bytes of zip packages, of old Excel files and of PDF.
_BINARY_STARTS = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")


def read_workbook(
    content: bytes, filename: str, sheets: Sequence[Sheet], *, remarks: list[str] | None = None
) -> tuple[Tables, list[Fault]]:
    """Read a .yaml, .yml or .xlsx file and find all its faults in one pass. Never raises.

    What was passed over without harm, such as a sheet of somebody's own, is said in `remarks`, if given.

    Returns:
        The tables (each sheet's rows; a cell with a fault is None) and the faults. A file that cannot be read
        at all gives empty tables and a fault that says why.
    """
    return _read(
        lambda faults: _reader_for(content, filename)(content, sheets, faults),
        {sheet.name: [] for sheet in sheets},
        remarks,
    )


def read_table(content: bytes, filename: str, sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    """Read one table from a .csv, .tsv, .txt or .xlsx file and find all its faults in one pass. Never raises.

    Returns:
        The rows (a cell with a fault is None) and the faults. In a workbook its only sheet is read, whatever it is
        called, or among several the one with the table's name.
    """
    return _read(lambda faults: _table_reader_for(content, filename)(content, sheet, faults), [])


def read_grids(content: bytes, filename: str) -> list[list[tuple[int, Cells]]]:
    """Return a file's rows of cells as they stand, in every way they may be parted: by each separator, on each sheet.

    Nothing is asked of them; a file that cannot be read gives none. Never raises.
    """

    def read(faults: FaultList) -> list:
        reader = _table_reader_for(content, filename)
        return list(xlsx_grids(content) if reader is read_xlsx_table else csv_grids(content))

    return _read(read, [])[0]


def _read(read: Callable[[FaultList], Any], nothing: Any, remarks: list[str] | None = None) -> tuple[Any, list[Fault]]:
    faults = FaultList(remarks=[] if remarks is None else remarks)
    try:
        return read(faults), faults.faults
    except RefusedFile as refused:
        faults.faults.append(Fault(None, None, None, str(refused)))
    except Exception:  # noqa: BLE001 - a file that surprises the parsers is a bad file, not a broken portal
        faults.faults.append(Fault(None, None, None, "Filen är skadad och går inte att läsa."))
    return nothing, faults.faults


def _table_reader_for(content: bytes, filename: str):
    suffix = _checked_suffix(content, filename)
    if suffix in ("csv", "tsv", "txt"):
        if content.startswith(_BINARY_STARTS):
            raise RefusedFile(f"Filen heter .{suffix} men är ingen textfil.")
        return read_csv_table
    if suffix == "xlsx":
        _require_workbook(content)
        return read_xlsx_table
    raise RefusedFile("Filen ska vara en textfil med semikolon (.csv) eller en Excelarbetsbok (.xlsx).")


def _reader_for(content: bytes, filename: str):
    suffix = _checked_suffix(content, filename)
    if suffix in ("yaml", "yml"):
        if content.startswith(_BINARY_STARTS):
            raise RefusedFile(f"Filen heter .{suffix} men innehåller inte YAML.")
        return read_yaml
    if suffix == "xlsx":
        _require_workbook(content)
        return read_xlsx
    raise RefusedFile("Filen ska vara en Excelarbetsbok (.xlsx) eller YAML (.yaml).")


def _checked_suffix(content: bytes, filename: str) -> str:
    if len(content) > MAX_BYTES:
        raise RefusedFile(f"Filen är för stor, högst {MAX_BYTES // 1024**2} MB.")
    if not content.strip():
        raise RefusedFile("Filen är tom.")
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def _require_workbook(content: bytes) -> None:
    if content.startswith(_BINARY_STARTS[1]):
        raise RefusedFile("Filen är skyddad med lösenord eller sparad i ett äldre Excelformat.")
    if not content.startswith(b"PK"):
        raise RefusedFile("Filen heter .xlsx men innehåller ingen Excelarbetsbok.")

"""Tables in files: reads and writes YAML and Excel workbooks, knowing nothing of what the tables mean."""

from collections.abc import Sequence

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
from documents.workbooks.xlsx_reading import read_xlsx
from documents.workbooks.xlsx_writing import write_table_xlsx, write_xlsx
from documents.workbooks.yaml_files import read_yaml, write_yaml

__all__ = [
    "Column",
    "Fault",
    "Row",
    "Sheet",
    "Tables",
    "UnreadableWorkbook",
    "read_workbook",
    "write_table_xlsx",
    "write_xlsx",
    "write_yaml",
]

# The first bytes of zip packages, of old Excel files and of PDF.
_BINARY_STARTS = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")


def read_workbook(content: bytes, filename: str, sheets: Sequence[Sheet]) -> tuple[Tables, list[Fault]]:
    """Read a .yaml, .yml or .xlsx file and find all its faults in one pass. Never raises.

    Returns:
        The tables (each sheet's rows; a cell with a fault is None) and the faults. A file that cannot be read
        at all gives empty tables and a fault that says why.
    """
    faults = FaultList()
    try:
        return _reader_for(content, filename)(content, sheets, faults), faults.faults
    except RefusedFile as refused:
        faults.faults.append(Fault(None, None, None, str(refused)))
    except Exception:  # noqa: BLE001 - a file that surprises the parsers is a bad file, not a broken portal
        faults.faults.append(Fault(None, None, None, "Filen är skadad och går inte att läsa."))
    return {sheet.name: [] for sheet in sheets}, faults.faults


def _reader_for(content: bytes, filename: str):
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    if len(content) > MAX_BYTES:
        raise RefusedFile(f"Filen är för stor, högst {MAX_BYTES // 1024**2} MB.")
    if not content.strip():
        raise RefusedFile("Filen är tom.")
    if suffix in ("yaml", "yml"):
        if content.startswith(_BINARY_STARTS):
            raise RefusedFile(f"Filen heter .{suffix} men innehåller inte YAML.")
        return read_yaml
    if suffix == "xlsx":
        if content.startswith(_BINARY_STARTS[1]):
            raise RefusedFile("Filen är skyddad med lösenord eller sparad i ett äldre Excelformat.")
        if not content.startswith(b"PK"):
            raise RefusedFile("Filen heter .xlsx men innehåller ingen Excelarbetsbok.")
        return read_xlsx
    raise RefusedFile("Filen ska vara en Excelarbetsbok (.xlsx) eller YAML (.yaml).")

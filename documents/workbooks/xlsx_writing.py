"""Tables as Excel workbooks, the same bytes for the same tables."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from documents.workbooks.cells import NO, YES, join_items
from documents.workbooks.stamps import PROPERTY
from documents.workbooks.tables import MAX_CELL_CHARACTERS, MAX_ROWS, Column, Sheet

# A fixed date: the time of writing would make two equal workbooks differ.
CREATED_AT = datetime(2023, 7, 1)
# Earlier dates are not the same day in every program, because Excel counts 29 February 1900.
FIRST_EXCEL_DATE = date(1900, 3, 1)

_WIDTHS = {"prose": 60, "text": 30, "list": 40, "choice": 22, "date": 12, "boolean": 10}
_LIST_RULE_MAX_CHARACTERS = 255
# Two runs that look like Excel's escapes and share an underscore: XlsxWriter sees only the first of them.
_OVERLAPPING_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_CUTS = re.compile(r"(?<=_x)(?=[0-9A-Fa-f]{4}_)|(?<=\A<)")


def write_xlsx(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], sheets: Sequence[Sheet], *, made_at: datetime | None = None
) -> bytes:
    """Return the tables as an Excel workbook, one sheet each, also the empty ones; `made_at` is kept in the file.

    Raises:
        ValueError: if a text is longer than a cell can hold.
    """
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED_AT})
        if made_at is not None:
            book.set_custom_property(PROPERTY, made_at.isoformat(), "text")
        formats = _formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.label), sheet, tables.get(sheet.name, ()), formats)
    return target.getvalue()


def write_table_xlsx(title: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return one list as an Excel workbook; the title becomes the sheet's name, shortened as Excel demands.

    Raises:
        ValueError: if a text is longer than a cell can hold.
    """
    label = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:31].strip(" '") or "Tabell"
    return write_xlsx({"table": rows}, [Sheet("table", label, tuple(columns))])


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "head": book.add_format({**top, "bold": True, "text_wrap": True, "bottom": 1}),
        "date": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        "number": book.add_format(top),
        "text": book.add_format({**top, "text_wrap": True}),
        "run": book.add_format(),
    }


def _write_sheet(target: Any, sheet: Sheet, rows: Sequence[Mapping[str, Any]], formats: dict[str, Any]) -> None:
    target.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        target.set_column(at, at, max(_WIDTHS.get(column.kind, 12), min(len(column.label) + 2, 40)))
        target.write_string(0, at, column.label, formats["head"])
        _offer_choices(target, at, column)
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(sheet.columns):
            _write_cell(target, number, at, row.get(column.name), column, formats)


def _offer_choices(target: Any, at: int, column: Column) -> None:
    labels = [YES, NO] if column.kind == "boolean" else [str(label) for label in (column.choices or {}).values()]
    # Excel keeps a list rule in 255 characters and parts it at commas; longer ones are checked on reading.
    if not labels or len(",".join(labels)) > _LIST_RULE_MAX_CHARACTERS or any("," in label for label in labels):
        return
    target.data_validation(
        1,
        at,
        MAX_ROWS,
        at,
        {
            "validate": "list",
            "source": labels,
            "error_title": "Finns inte att välja",
            "error_message": "Välj ett av värdena i listan.",
        },
    )


def _write_cell(target: Any, row: int, at: int, value: Any, column: Column, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if column.kind in ("integer", "decimal", "measure"):
        target.write_number(row, at, value, formats["number"])
    elif column.kind == "date" and value >= FIRST_EXCEL_DATE:
        target.write_datetime(row, at, value, formats["date"])
    else:
        _write_text(target, row, at, _cell_text(value, column), formats)


def _cell_text(value: Any, column: Column) -> str:
    if column.kind == "list":
        return join_items(value)
    if column.kind == "boolean":
        return YES if value else NO
    if column.kind == "choice":
        # A label that two values share, or that is itself another value, could not be read back.
        choices = column.choices or {}
        label = str(choices.get(value, value))
        readings = [one for one, its in choices.items() if label.casefold() in (one.casefold(), str(its).casefold())]
        return label if readings == [value] else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_text(target: Any, row: int, at: int, text: str, formats: dict[str, Any]) -> None:
    if not text:
        return
    if len(text.encode("utf-16-le")) // 2 > MAX_CELL_CHARACTERS:
        raise ValueError(f"Texten på rad {row + 1} är längre än en cell rymmer.")
    runs = _runs(text)
    if len(runs) == 1:
        target.write_string(row, at, text, formats["text"])
        return
    parts = [part for run in runs for part in (formats["run"], run)]
    if target.write_rich_string(row, at, *parts, formats["text"]) != 0:
        raise ValueError(f"Texten på rad {row + 1} går inte att skriva i en cell.")


def _runs(text: str) -> list[str]:
    """Return the text in the pieces that XlsxWriter writes faithfully, nearly always one.

    It takes text that looks like its own markup as markup, and escapes text like "_x0041_x0042_" only in part;
    cut up, neither is there to be seen.
    """
    is_like_markup = text.startswith("<r>") and text.endswith("</r>")
    return _CUTS.split(text) if is_like_markup or _OVERLAPPING_ESCAPES.search(text) else [text]

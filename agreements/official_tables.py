"""Tables as statistics offices publish them: a title above, sources below, years as columns or rows among them.

They are found by their years, whatever row the headings stand on, and read into rows of (labels, sex, year, value).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from documents.swedish_numbers import plain_digits
from documents.workbooks.cells import Digits, shortened
from documents.workbooks.xlsx_cells import Cells, UnreadableCell
from documents.written_text import comparison_key, plain_line

MISSING_MARKS = frozenset({".", "..", "...", "…", "-", "–", "—", "−", "x", "X"})
MOST_ROWS_ABOVE = 30
YEAR_HEADINGS = frozenset({"år", "year", "period", "tid", "mätår", "redovisningsår"})

_YEAR = re.compile(r"(?:år )?((?:19|20|21)[0-9]{2})(?: ?(?:\*+|[¹²³]|[0-9]\)|\(?(?:prel|p)\.?\)?))?", re.IGNORECASE)
_CODE_BEFORE_NAME = re.compile(r"^[0-9]{2,6}\s+(?=\S)")
_FOOTNOTE = re.compile(r"\s*(?:\*+|[¹²³]+|[0-9]\)|\((?:p|r)\))$")
_SOURCE = re.compile(r"(?:källa|source)\s*:?\s*(.+)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]+)?")
_THREE_AFTER_POINT = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_OTHERWISE_AFTER_POINT = re.compile(r"\.(?:[0-9]{1,2}|[0-9]{4,})$")


@dataclass(frozen=True)
class OfficialValue:
    """One value of a table: on which line, of what (the labels beside it), of which year; None where it is missing."""

    number: int
    labels: tuple[str, ...]
    year: int
    value: Decimal | None


@dataclass(frozen=True)
class OfficialTable:
    """What a table says; `faults` are (line, reason) of values that cannot be read."""

    header: int
    values: list[OfficialValue]
    faults: list[tuple[int, str]]
    source: str = ""


def find_table(grids: Iterable[list[tuple[int, Cells]]]) -> OfficialTable | None:
    """Return the first table with years among the readings of a file; None if there is none."""
    for grid in grids:
        for at, (_, cells) in enumerate(grid[:MOST_ROWS_ABOVE]):
            texts = {place: _text(cell) for place, cell in cells.items()}
            if columns := _wide(texts):
                return _read(grid, at, columns, year_column=None)
            year = next((place for place, text in texts.items() if comparison_key(text) in YEAR_HEADINGS), None)
            if year is not None and len(texts) > 1 and (columns := _measures(grid[at + 1 :], texts, year)):
                return _read(grid, at, columns, year_column=year)
    return None


def _text(cell: object) -> str:
    return "" if isinstance(cell, UnreadableCell) else plain_line(str(cell))


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found else None


def _wide(texts: dict[int, str]) -> dict[int, str]:
    """The columns that are headed by years, all behind the first; empty if the row is no such header."""
    years = {place: text for place, text in texts.items() if _year(text)}
    others = [text for place, text in texts.items() if place not in years]
    rising = [_year(text) for text in years.values()]
    is_header = years and all(not _is_value(text) for text in others)
    return years if is_header and len(set(rising)) == len(rising) and (others or len(years) > 1) else {}


def _measures(rows: list[tuple[int, Cells]], texts: dict[int, str], year: int) -> dict[int, str]:
    """The columns of a table in rows that hold numbers."""
    found = {}
    for place, heading in texts.items():
        below = [_text(cells[place]) for _, cells in rows[:200] if place in cells and year in cells]
        if place != year and below and all(_is_value(text) for text in below) and "kod" not in comparison_key(heading):
            found[place] = heading
    return found


def _is_value(text: str) -> bool:
    plain = plain_digits(_FOOTNOTE.sub("", text))
    return text in MISSING_MARKS or bool(_NUMBER.fullmatch(plain) or _THREE_AFTER_POINT.fullmatch(plain))


def _read(grid: list, at: int, columns: dict[int, str], *, year_column: int | None) -> OfficialTable:
    header, heads = grid[at]
    label_columns = [place for place in heads if place not in columns and place != year_column]
    # A table without a heading over its names has them first all the same.
    label_columns = label_columns or [min(columns) - 1]
    values, faults, source = [], [], ""
    body = grid[at + 1 :]
    has_point = any(
        _OTHERWISE_AFTER_POINT.search(_text(cells.get(place, ""))) for _, cells in body for place in columns
    )
    has_comma = any("," in _text(cells.get(place, "")) for _, cells in body for place in columns)
    above: dict[int, str] = {}
    for number, cells in body:
        if not any(place in cells for place in columns):
            found = next((found for cell in cells.values() if (found := _SOURCE.match(_text(cell)))), None)
            source = source or (found[1] if found else "")
            continue
        # A name that stands once for several rows holds for those below it.
        above |= {place: _text(cells[place]) for place in label_columns if place in cells}
        labels = tuple(_CODE_BEFORE_NAME.sub("", above[place]) for place in label_columns if above.get(place))
        for place, heading in columns.items():
            year = _year(heading) if year_column is None else _year(_text(cells.get(year_column, "")))
            if year is None:
                faults.append(
                    (number, f"Året saknas eller går inte att läsa: {shortened(_text(cells.get(year_column, '')))}.")
                )
                break
            own = labels if year_column is None or len(columns) == 1 else (*labels, heading)
            try:
                value = _value(cells.get(place), has_point=has_point, has_comma=has_comma)
            except ValueError as error:
                faults.append((number, str(error)))
                continue
            values.append(OfficialValue(number, own, year, value))
    return OfficialTable(header, values, faults, source)


def _value(cell: object, *, has_point: bool, has_comma: bool) -> Decimal | None:
    """The value of a cell with at most two decimals, None where it is missing.

    Raises:
        ValueError: it is no number, or may be read in two ways.
    """
    if isinstance(cell, UnreadableCell):
        raise ValueError(cell.reason)
    if isinstance(cell, Digits) and cell.shown_as in ("percent", "scaled"):
        raise ValueError("Cellen visas i procent eller tusental. Skriv talet som det ska stå, i formatet Allmänt.")
    text = "" if cell is None else _text(cell)
    if not text or text in MISSING_MARKS:
        return None
    plain = plain_digits(_FOOTNOTE.sub("", text))
    if not isinstance(cell, Digits) and _THREE_AFTER_POINT.fullmatch(plain):
        if not has_comma and not has_point:
            raise ValueError(
                f"{shortened(text)} kan läsas på två sätt. Skriv tusental utan punkt och decimaler med komma."
            )
        plain = plain.replace(".", "") if has_comma else plain
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"Ska vara ett tal, inte {shortened(text)}.")
    return Decimal(plain.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)

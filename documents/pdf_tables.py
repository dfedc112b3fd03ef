"""Which header cells speak of which cells of a table, by the rules of HTML: for the PDF's structure tree.

Cells are the tree's elements (`role`, `kids`, `parent`, `name` and `source`, the HTML element).
"""

from collections.abc import Iterator
from typing import Any

_WIDEST = 1000


def span_of(cell, name: str) -> int:
    """How many columns or rows a cell takes; 1 unless it says so in plain digits."""
    text = cell.source.get(name, "").strip()
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdigit() else 1


def scope_of(cell) -> str:
    """What a header cell speaks of: col, colgroup, row or rowgroup; by its place, where it does not say."""
    said = cell.source.get("scope", "").strip().lower()
    if said in ("col", "colgroup", "row", "rowgroup"):
        return said
    row = cell.parent
    is_in_head = row.parent is not None and row.parent.role == "THead"
    return "col" if is_in_head or all(one.tag != "td" for one in row.source) else "row"


def header_names(table, *, prefix: str) -> Iterator[tuple[Any, list[str]]]:
    """Name the header cells; give each data cell with the names of those that speak of it, the row's first."""
    cells = list(_placed(table))
    headers: list[tuple[Any, int, int, int, str]] = []
    for cell, group, row, column in cells:
        if cell.role == "TH":
            cell.name = f"{prefix}-{row + 1}-{column + 1}"
            headers.append((cell, group, row, column, scope_of(cell)))
    by_column: dict[int, list[tuple[int, str]]] = {}
    by_row: dict[int, list[str]] = {}
    by_group: dict[int, list[tuple[int, str]]] = {}
    for cell, group, row, column, scope in headers:
        if scope == "rowgroup":
            by_group.setdefault(group, []).append((row, cell.name))
        elif scope == "row":
            for each in range(row, row + span_of(cell, "rowspan")):
                by_row.setdefault(each, []).append(cell.name)
        else:
            for each in range(column, column + span_of(cell, "colspan")):
                by_column.setdefault(each, []).append((row, cell.name))
    for cell, group, row, column in cells:
        if cell.role != "TD":
            continue
        names = [name for start, name in by_group.get(group, []) if start <= row][-1:]
        for each in range(row, row + span_of(cell, "rowspan")):
            names += by_row.get(each, [])
        for each in range(column, column + span_of(cell, "colspan")):
            names += [name for start, name in by_column.get(each, []) if start < row]
        if names:
            yield cell, list(dict.fromkeys(names))


def _placed(table) -> Iterator[tuple[Any, int, int, int]]:
    """Each cell with the number of its group of rows, its row and its first column."""
    number = 0
    taken: dict[int, int] = {}
    for group, row in _rows(table):
        column = 0
        for cell in row.kids:
            if getattr(cell, "role", "") not in ("TH", "TD"):
                continue
            while taken.get(column, 0) > number:
                column += 1
            yield cell, group, number, column
            for each in range(column, column + span_of(cell, "colspan")):
                taken[each] = number + span_of(cell, "rowspan")
            column += span_of(cell, "colspan")
        number += 1


def _rows(table) -> Iterator[tuple[int, Any]]:
    for group, part in enumerate(table.kids):
        rows = [part] if part.role == "TR" else part.kids if part.role in ("THead", "TBody", "TFoot") else ()
        for row in rows:
            yield group, row

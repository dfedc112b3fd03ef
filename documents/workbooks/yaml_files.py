"""Tables as YAML: one key per sheet, a list of mappings under it.

Scalars are judged by how they are written and by their column, never by YAML's own guesses: 1.10 in a text
column is the text "1.10".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import yaml

from documents.workbooks.cells import BadCell, Digits, parse_cell, parse_items, shortened
from documents.workbooks.stamps import yaml_stamp
from documents.workbooks.tables import MAX_ROWS, Column, FaultList, RefusedFile, Row, Sheet, Tables

MAX_DEPTH = 7
MAX_EVENTS = 600_000
LINE_WIDTH = 110

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# libyaml is many times quicker; both give the same events.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Scalar(str):
    """The text of a YAML scalar; `is_null` if it was left empty or written null."""

    is_null = False


_Node = _Scalar | list | tuple  # a mapping is a tuple of (key, node) pairs, so that doubles can be seen


def read_yaml(content: bytes, sheets: Sequence[Sheet], faults: FaultList) -> Tables:
    """Return the tables in a YAML file and note each fault.

    Raises:
        RefusedFile: if the file as a whole cannot be read.
    """
    top = _compose(content, faults)
    if not isinstance(top, tuple):
        names = ", ".join(sheet.name for sheet in sheets)
        raise RefusedFile(f"Filen ska ha en nyckel för varje blad: {names}.")
    found: dict[str, _Node] = {}
    for key, node in top:
        if key in found:
            faults.add("Bladet finns mer än en gång.", sheet=shortened(key))
        elif key not in {sheet.name for sheet in sheets}:
            faults.add("Okänt blad.", sheet=shortened(key))
        found.setdefault(key, node)
    tables: Tables = {}
    for sheet in sheets:
        if sheet.name not in found and not sheet.is_optional:
            faults.add("Bladet saknas.", sheet=sheet.name)
        tables[sheet.name] = _read_sheet(found.get(sheet.name, []), sheet, faults)
    return tables


def _read_sheet(node: _Node, sheet: Sheet, faults: FaultList) -> list[Row]:
    if isinstance(node, _Scalar) and node.is_null:
        return []
    if not isinstance(node, list):
        faults.add("Bladet ska vara en lista med rader.", sheet=sheet.name)
        return []
    if len(node) > MAX_ROWS:
        faults.add(f"Bladet har {len(node)} rader, högst {MAX_ROWS} får finnas.", sheet=sheet.name)
        return []
    rows = []
    for number, row in enumerate(node, start=1):
        if isinstance(row, tuple):
            rows.append(Row(number, _read_row(row, number, sheet, faults)))
        else:
            faults.add("Raden ska bestå av kolumner och värden.", sheet=sheet.name, row=number)
    return rows


def _read_row(pairs: tuple, number: int, sheet: Sheet, faults: FaultList) -> dict[str, Any]:
    columns = {column.name for column in sheet.columns}
    found: dict[str, _Node] = {}
    for key, node in pairs:
        if key in found:
            faults.add("Kolumnen finns mer än en gång.", sheet=sheet.name, row=number, column=shortened(key))
        elif key not in columns:
            faults.add("Okänd kolumn.", sheet=sheet.name, row=number, column=shortened(key))
        found.setdefault(key, node)
    cells: dict[str, Any] = {}
    for column in sheet.columns:
        try:
            cells[column.name] = _read_cell(found.get(column.name), column)
        except BadCell as bad:
            cells[column.name] = None
            faults.add(str(bad), sheet=sheet.name, row=number, column=column.name)
    return cells


def _read_cell(node: _Node | None, column: Column) -> Any:
    if node is None or (isinstance(node, _Scalar) and node.is_null):
        return parse_cell(None, column)
    if isinstance(node, _Scalar):
        if column.kind == "list":
            return parse_items([node], column)
        # A number in YAML has a point for its decimals, and nothing that parts thousands.
        is_number = column.kind == "decimal" and _NUMBER.fullmatch(node)
        return parse_cell(Digits(node) if is_number else str(node), column)
    if column.kind == "list" and isinstance(node, list):
        if not all(isinstance(item, _Scalar) for item in node):
            raise BadCell("Listan ska bara innehålla texter.")
        return parse_items([item for item in node if not item.is_null], column)
    raise BadCell("Ska vara ett enkelt värde, inte en lista eller fler nycklar.")


def _compose(content: bytes, faults: FaultList) -> _Node | None:
    """Return the file's one document as plain nodes, with its anchors, aliases and tags noted as faults."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile("Filen är inte skriven i UTF-8.") from error
    try:
        return _build(yaml.parse(text, Loader=_Loader), faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" på rad {mark.line + 1}, tecken {mark.column + 1}" if mark else ""
        raise RefusedFile(f"Filen är inte giltig YAML: den går inte att tolka{place}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RefusedFile("Filen är inte giltig YAML: den innehåller otillåtna tecken.") from error


def _build(events: Iterator[yaml.Event], faults: FaultList) -> _Node | None:
    stack: list[list] = [[]]
    documents = 0
    for count, event in enumerate(events):
        if count > MAX_EVENTS:
            raise RefusedFile("Filen innehåller för mycket för att läsas.")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise RefusedFile("Filen innehåller flera YAML-dokument. Bara ett får finnas.")
        elif isinstance(event, yaml.NodeEvent):
            _note_tricks(event, faults)
            if isinstance(event, yaml.ScalarEvent):
                scalar = _Scalar(event.value)
                scalar.is_null = not event.style and event.value in _NULLS
                stack[-1].append(scalar)
            elif isinstance(event, yaml.AliasEvent):
                stack[-1].append(_Scalar())
            else:
                stack.append([])
                if len(stack) > MAX_DEPTH:
                    raise RefusedFile(f"Rad {event.start_mark.line + 1}: för många nivåer i varandra.")
        elif isinstance(event, yaml.SequenceEndEvent):
            items = stack.pop()
            stack[-1].append(items)
        elif isinstance(event, yaml.MappingEndEvent):
            items = stack.pop()
            stack[-1].append(_pairs(items, event, faults))
    return stack[0][0] if stack[0] else None


def _pairs(items: list, event: yaml.Event, faults: FaultList) -> tuple:
    keys, nodes = items[::2], items[1::2]
    if not all(isinstance(key, _Scalar) for key in keys):
        faults.add(f"Nyckel före rad {event.end_mark.line + 1} är inte ett ord.")
    return tuple(pair for pair in zip(keys, nodes, strict=True) if isinstance(pair[0], _Scalar))


def _note_tricks(event: yaml.NodeEvent, faults: FaultList) -> None:
    line = event.start_mark.line + 1
    if event.anchor is not None:
        faults.add(f"Rad {line}: ankare och alias (& och *) får inte användas.")
    if getattr(event, "tag", None) is not None:
        faults.add(f"Rad {line}: taggar (!) får inte användas.")


class _Dumper(yaml.SafeDumper):
    """Writes keys in the order given, lists indented, and long texts as literal blocks."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_decimal(dumper: yaml.SafeDumper, number: Any) -> yaml.Node:
    # A tag that the digits do not imply would be written out.
    kind = "float" if "." in number else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


def _plain(value: Any, column: Column) -> Any:
    if column.kind == "decimal":
        return _Decimal(format(value, "f"))
    return list(value) if column.kind == "list" else value


class _Decimal(str):
    """Digits to be written as they stand."""


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Decimal, _represent_decimal)


def write_yaml(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], sheets: Sequence[Sheet], *, made_at: datetime | None = None
) -> bytes:
    """Return the tables as YAML; the same tables always give the same bytes. Empty values are left out."""
    content = {
        sheet.name: [
            {
                column.name: _plain(row[column.name], column)
                for column in sheet.columns
                if row.get(column.name) not in (None, "", [], ())
            }
            for row in tables.get(sheet.name, ())
        ]
        for sheet in sheets
    }
    stamp = b"" if made_at is None else yaml_stamp(made_at)
    return (
        stamp
        + yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, indent=2, width=LINE_WIDTH).encode()
    )

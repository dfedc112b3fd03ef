"""From what stands in a cell to a Python value, and why not.

A raw cell is text, a date or a bool; None and empty text are an empty cell. Numbers come as they are written.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from documents.fields import unprintable_character
from documents.swedish_numbers import BadNumber, parse_number
from documents.workbooks.tables import MAX_CELL_CHARACTERS, Column
from documents.written_text import comparison_key, odd_characters, plain_line, plain_prose, with_plain_line_breaks

MAX_INTEGER = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2199

YES_WORDS = frozenset({"true", "ja", "sant", "yes", "1"})
NO_WORDS = frozenset({"false", "nej", "falskt", "no", "0"})
YES, NO = "Ja", "Nej"

RawCell = str | date | bool | None

_INTEGER = re.compile(r"[+-]?[0-9]{1,12}")
# Fifteen digits is what Excel keeps of a number.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,6})?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LINE_BREAK = re.compile("[\n\u2028\u2029]")
_ITEM = re.compile(r"(?:[^\\;\n]|\\.?)+", re.DOTALL)


class Digits(str):
    """A number out of a cell of numbers: with a point whatever the language; `is_percent` if it is shown in percent."""

    is_percent = False


class BadCell(Exception):
    """The cell cannot be read as its column's kind; the message is the reason, in Swedish."""


def shortened(value: object, length: int = 40) -> str:
    """Return a value as a fault shows it: in quotation marks, on one line, at most `length` characters.

    What in it nobody can see or tell from something else is named after it, or the fault would show what is right.
    """
    words = " ".join(str(value)[: length * 4].split())
    words = "".join(letter if letter.isprintable() else "�" for letter in words)
    quoted = f"”{words}”" if len(words) <= length else f"”{words[: length - 1]}…”"
    odd = odd_characters(str(value)[: length * 4])
    return f"{quoted} (med {', '.join(odd)})" if odd else quoted


def parse_cell(raw: RawCell, column: Column) -> Any:
    """Return the value of a cell, None if it is empty.

    Raises:
        BadCell: if it is empty and must not be, or cannot be read as the column's kind.
    """
    text = raw if isinstance(raw, Digits) and column.kind == "measure" else _as_text(raw)
    if column.kind not in ("text", "prose", "list") and not isinstance(text, Digits):
        text = plain_line(text)
    value = _PARSERS[column.kind](text, column) if text else None
    if value is None and column.required:
        raise BadCell("Värde saknas.")
    return value


def parse_items(items: Iterable[str], column: Column) -> list[str] | None:
    """Return a list column's value from its items, None if there are none.

    Raises:
        BadCell: if an item cannot stand in the list, or the list is empty and must not be.
    """
    texts = [_text(text, column) for item in items if (text := _as_text(item))]
    if len(join_items(texts)) > MAX_CELL_CHARACTERS:
        raise BadCell(f"Listan är för lång, högst {MAX_CELL_CHARACTERS} tecken ryms.")
    if not texts and column.required:
        raise BadCell("Värde saknas.")
    return texts or None


def join_items(items: Iterable[str]) -> str:
    r"""Return a list as one cell: items parted by "; ", with "\" before each ";" and "\" inside an item."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split_items(text: str) -> list[str]:
    r"""Return the items of a cell: parted by ";" or line breaks; "\;" is a semicolon and "\\" a backslash."""
    return [re.sub(r"\\([\\;])", r"\1", item) for item in _ITEM.findall(text)]


def _as_text(raw: RawCell) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, date):
        return raw.isoformat()
    return with_plain_line_breaks(raw).strip()


def _prose(text: str, column: Column) -> str:
    if character := unprintable_character(text):
        raise BadCell(f"Texten innehåller ett tecken som inte kan skrivas ut ({character}).")
    allowed = min(column.max_length or MAX_CELL_CHARACTERS, MAX_CELL_CHARACTERS)
    # Excel counts characters beyond the basic plane, such as emoji, as two.
    length = len(text) if len(text) < MAX_CELL_CHARACTERS // 2 else len(text.encode("utf-16-le")) // 2
    stored_length = len(plain_prose(text))
    if length > MAX_CELL_CHARACTERS or stored_length > allowed:
        raise BadCell(
            f"Texten får vara högst {allowed} tecken, den är {max(length, stored_length)}: {shortened(text)}."
        )
    return text


def _text(text: str, column: Column) -> str:
    text = _prose(text, column)
    if _LINE_BREAK.search(text):
        raise BadCell(f"Texten ska stå på en rad: {shortened(text)}.")
    return text


def _integer(text: str, column: Column) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadCell(f"Ska vara ett heltal, inte {shortened(text)}.")
    number = int(text)
    if number < 0 and not column.allow_negative:
        raise BadCell(f"Får inte vara mindre än 0, är {number}.")
    if abs(number) > MAX_INTEGER:
        raise BadCell(f"Får vara högst {MAX_INTEGER}, är {number}.")
    return number


def _decimal(text: str, column: Column) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise BadCell(f"Ska vara ett tal med högst nio siffror och sex decimaler, inte {shortened(text)}.")
    number = Decimal(text.replace(",", "."))
    if number < 0 and not column.allow_negative:
        raise BadCell(f"Får inte vara mindre än 0, är {shortened(text)}.")
    return number


def _measure(text: str, column: Column) -> Decimal:
    """A number that people compare: what might mean another one than it says is refused."""
    if isinstance(text, Digits):
        if text.is_percent:
            raise BadCell("Cellen visas i procent. Skriv talet som det ska stå, utan procentformat.")
        text = text.replace(".", ",")
        # Excel keeps 1,76 as something very near it.
        whole, comma, part = text.partition(",")
        if len(part) > 9:
            text = format(round(Decimal(f"{whole}.{part}"), 9).normalize(), "f").replace(".", ",")
    try:
        number = parse_number(text, decimals=column.decimals)
    except BadNumber as error:
        raise BadCell(str(error)) from None
    if number < 0 and not column.allow_negative:
        raise BadCell(f"Får inte vara mindre än 0, är {shortened(text)}.")
    return number


def _date(text: str, column: Column) -> date:
    found = _DATE.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise BadCell(f"Ska vara ett datum som 2026-11-23, inte {shortened(text)}.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}, inte {day.year}.")
    return day


def _boolean(text: str, column: Column) -> bool:
    word = comparison_key(text)
    if word not in YES_WORDS | NO_WORDS:
        raise BadCell(f"Ska vara Ja eller Nej, inte {shortened(text)}.")
    return word in YES_WORDS


def _choice(text: str, column: Column) -> str:
    choices = column.choices or {}
    if text in choices:
        return text
    wanted = comparison_key(text)
    for value, label in choices.items():
        if wanted in (comparison_key(value), comparison_key(str(label))):
            return value
    labels = ", ".join(str(label) for label in choices.values())
    raise BadCell(f"{shortened(text)} finns inte att välja. Välj bland: {labels}.")


def _list(text: str, column: Column) -> list[str] | None:
    return parse_items(split_items(text), column)


_PARSERS = {
    "text": _text,
    "prose": _prose,
    "integer": _integer,
    "decimal": _decimal,
    "measure": _measure,
    "date": _date,
    "boolean": _boolean,
    "choice": _choice,
    "list": _list,
}

"""From what stands in a cell to a Python value, and why not.

A raw cell is text, a date or a bool; None and empty text are an empty cell. Numbers come as they are written.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from documents.fields import unprintable_character
from documents.swedish_numbers import BadNumber, parse_number, plain_digits
from documents.workbooks.tables import MAX_CELL_CHARACTERS, Column
from documents.written_text import comparison_key, odd_characters, plain_line, plain_prose, with_plain_line_breaks

MAX_INTEGER = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2199

_NUMBERS = frozenset({"integer", "decimal", "measure"})
_WORDS = frozenset({"text", "prose", "list"})
# Excel keeps a day as a number; these are 1954 to 2119, beyond any year or count that is typed where a day belongs.
EXCELS_DAY_ZERO = date(1899, 12, 30)
FIRST_DAY_NUMBER, LAST_DAY_NUMBER = 20_000, 80_000

YES_WORDS = frozenset({"true", "ja", "sant", "yes", "1"})
NO_WORDS = frozenset({"false", "nej", "falskt", "no", "0"})
YES, NO = "Ja", "Nej"

RawCell = str | date | bool | None
# How a cell of numbers shows what it holds, where that is another way than as a plain number.
ShownAs = Literal["", "percent", "scaled", "money", "foreign money", "exponent", "padded"]

_INTEGER = re.compile(r"[+-]?[0-9]{1,12}")
# Fifteen digits is what Excel keeps of a number.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,6})?")
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}")
_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LINE_BREAK = re.compile("[\n\u2028\u2029]")
_ITEM = re.compile(r"(?:[^\\;\n]|\\.?)+", re.DOTALL)


class Digits(str):
    """A number out of a cell of numbers: with a point whatever the language. `shown_as` says how the cell shows it."""

    shown_as: ShownAs = ""


# What a number column refuses: the cell shows another number, or one of something else, than it holds.
_OTHER_NUMBER_SHOWN: dict[ShownAs, str] = {
    "percent": "Cellen visas i procent. Skriv talet som det ska stå, utan procentformat.",
    "scaled": "Cellen visas i tusental eller miljoner. Skriv hela talet, med cellformatet Allmänt.",
    "foreign money": "Cellen visas i en annan valuta än kronor. Skriv talet i kronor, med cellformatet Allmänt.",
}
# What a column of words refuses: the words that were typed are not what the cell holds any more.
_WORDS_CHANGED: dict[ShownAs, str] = {
    "percent": "Excel har gjort om texten till ett tal i procent, {}.",
    "scaled": "Excel har gjort om texten till talet {}, som visas på ett annat sätt.",
    "foreign money": "Excel har gjort om texten till ett belopp, {}.",
    "money": "Excel har gjort om texten till ett belopp, {}.",
    "exponent": "Excel har gjort om texten till ett tal med exponent, {}, och siffror kan ha försvunnit.",
    "padded": "Cellen visar inledande nollor som inte finns i värdet {}.",
}
AS_TEXT = "Formatera cellen som text, eller börja med en apostrof ('), och skriv det på nytt."


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
    if raw is not None:
        _refuse_changed(raw, column.kind)
    if isinstance(raw, Digits) and column.kind in _NUMBERS:
        text = raw
    else:
        text = _as_text(raw) if column.kind in _WORDS else plain_line(_as_text(raw))
    value = _PARSERS[column.kind](text, column) if text and text not in column.missing_marks else None
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


def _refuse_changed(raw: RawCell, kind: str) -> None:
    """Refuse what a spreadsheet has made of what was typed, and what a cell shows otherwise than it holds it.

    Raises:
        BadCell: saying what the spreadsheet has done and how to write it instead.
    """
    if isinstance(raw, Digits):
        if kind in _NUMBERS and (reason := _OTHER_NUMBER_SHOWN.get(raw.shown_as)):
            raise BadCell(reason)
        if kind in _WORDS and (reason := _WORDS_CHANGED.get(raw.shown_as)):
            raise BadCell(f"{reason.format(shortened(raw.replace('.', ',')))} {AS_TEXT}")
        if kind == "date" and FIRST_DAY_NUMBER <= float(raw) <= LAST_DAY_NUMBER:
            day = EXCELS_DAY_ZERO + timedelta(days=int(float(raw)))
            raise BadCell(f"Cellen innehåller talet {raw}, Excels nummer på {day}. Formatera cellen som datum.")
    elif isinstance(raw, bool):
        if kind not in ("boolean", "choice"):
            _say_what_excel_did(kind, "SANT" if raw else "FALSKT")
    elif isinstance(raw, date):
        if kind != "date":
            _say_what_excel_did(kind, f"datumet {raw}")
    elif kind in _WORDS and _EXPONENT.fullmatch(raw.strip()):
        raise BadCell(f"{_WORDS_CHANGED['exponent'].format(shortened(raw))} {AS_TEXT}")


def _say_what_excel_did(kind: str, made: str) -> None:
    if kind in _NUMBERS:
        raise BadCell(f"Excel har gjort om talet till {made}. Välj cellformatet Allmänt och skriv talet på nytt.")
    if kind == "date":
        raise BadCell(f"Excel har gjort om datumet till {made}. Skriv det på nytt, som 2026-11-23.")
    raise BadCell(f"Excel har gjort om texten till {made}. {AS_TEXT}")


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


def _plain_number(text: str) -> str:
    """Return a number as it is reckoned with: without spaces between thousands, with an ordinary minus sign.

    Raises:
        BadCell: if a point in it may part thousands as well as decimals.
    """
    if isinstance(text, Digits):
        return text
    if _THOUSANDS_OR_DECIMALS.fullmatch(text):
        raise BadCell(
            f"{shortened(text)} kan läsas på två sätt. Skriv tusental utan punkt (1250) och decimaler med komma (1,25)."
        )
    return plain_digits(text)


def _integer(text: str, column: Column) -> int:
    shown, text = shortened(text), _plain_number(text)
    if not _INTEGER.fullmatch(text):
        raise BadCell(f"Ska vara ett heltal, inte {shown}.")
    number = int(text)
    if number < 0 and not column.allow_negative:
        raise BadCell(f"Får inte vara mindre än 0, är {number}.")
    if abs(number) > MAX_INTEGER:
        raise BadCell(f"Får vara högst {MAX_INTEGER}, är {number}.")
    return number


def _decimal(text: str, column: Column) -> Decimal:
    shown, text = shortened(text), _plain_number(text)
    if not _DECIMAL.fullmatch(text):
        raise BadCell(f"Ska vara ett tal med högst nio siffror och sex decimaler, inte {shown}.")
    number = Decimal(text.replace(",", "."))
    if number < 0 and not column.allow_negative:
        raise BadCell(f"Får inte vara mindre än 0, är {shown}.")
    return number


def _measure(text: str, column: Column) -> Decimal:
    """A number that people compare: what might mean another one than it says is refused."""
    if isinstance(text, Digits):
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


ERRORS = {
    "#NAME?": "#NAMN?",
    "#VALUE!": "#VÄRDEFEL!",
    "#REF!": "#REFERENS!",
    "#DIV/0!": "#DIVISION/0!",
    "#NUM!": "#OGILTIGT!",
    "#N/A": "#SAKNAS!",
    "#NULL!": "#SKÄRNING!",
}


def error_reason(error: str) -> str | None:
    """Say what a spreadsheet's error value means for whoever typed it; None if the text is no such value."""
    name = ERRORS.get(error.strip().upper(), error.strip().upper())
    if name not in ERRORS.values():
        return None
    reason = f"Cellen visar felet {name} i stället för ett värde."
    if name == "#NAMN?":
        return f"{reason} Excel tar det som börjar med =, + eller - för en formel. {AS_TEXT}"
    return f"{reason} Rätta formeln, eller skriv värdet självt."


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

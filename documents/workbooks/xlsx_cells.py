"""The cells of an Excel workbook, streamed from its XML.

Written out here because openpyxl, which reads workbooks well, loses text such as "x005F_", pads missing rows
up to whatever row number a file claims, and takes long over a small bomb. Its number formats and dates are used.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from documents.office_packages import WORKBOOK_TYPE, OfficePackage
from documents.workbooks.cells import Digits, RawCell, ShownAs, error_reason
from documents.workbooks.tables import MAX_CELL_CHARACTERS, RefusedFile

MAX_TEXT_CHARACTERS = 10_000_000
LAST_EXCEL_ROW = 1_048_576

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.')
# A currency as Excel writes it in a format, [$kr-41D] or [$€-2]; without a sign it is only a language.
_MONEY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_REFERENCE = re.compile("([A-Z]{1,3})[0-9]{1,7}")


@dataclass(frozen=True)
class UnreadableCell:
    """A cell that holds no value of its own; `reason` says why, in Swedish."""

    reason: str


Cells = dict[int, RawCell | UnreadableCell]


def shown_as(format_code: str) -> ShownAs:
    """How a number format shows its numbers, where that is another way than as a plain number; "" where it is plain."""
    positive = format_code.partition(";")[0]
    money = _MONEY.findall(positive)
    code = _QUOTED.sub("", _BRACKETED.sub("", positive))
    if "%" in code:
        return "percent"
    if money or re.search("[€$£¥]|EUR|USD|GBP|DKK|NOK", _BRACKETED.sub("", positive)):
        swedish = all(re.search(r"kr|SEK", one, re.IGNORECASE) for one in money) and bool(money)
        return "money" if swedish else "foreign money"
    if re.search(r'"\s*(?:kr|SEK)', positive, re.IGNORECASE):
        return "money"
    if re.search(r"[0#?],+(?:$|[^0#?.,])", code):
        return "scaled"
    if re.search(r"E[+-]", code):
        return "exponent"
    return "padded" if re.fullmatch(r"0{2,}", code.strip()) else ""


class XlsxBook:
    """The sheets of a checked workbook, by title."""

    def __init__(self, package: OfficePackage):
        """Read what all sheets share.

        Raises:
            RefusedFile, UnacceptablePackage: if the file is no workbook.
        """
        main = package.main_part(WORKBOOK_TYPE)
        if main is None:
            raise RefusedFile("Filen är ingen Excelarbetsbok (.xlsx).")
        self._package = package
        self._text_left = MAX_TEXT_CHARACTERS
        self._epoch = CALENDAR_WINDOWS_1900
        self._sheet_ids: list[tuple[str, str]] = []
        package.read(main, start=self._note_workbook_tag)
        relations = package.relations(main)
        self.sheets = [(title, relations.get(key, ("", ""))) for title, key in self._sheet_ids]
        by_kind = {kind: part for kind, part in relations.values()}
        self._date_styles, self._shown_as = self._read_styles(by_kind.get("styles"))
        self._strings = self._read_strings(by_kind.get("sharedStrings"))

    def read_rows(self, part: str, on_row: Callable[[int, Cells], None]) -> None:
        """Send each row that holds a value to `on_row`: its number, and its cells by column from 1.

        Raises:
            RefusedFile, UnacceptablePackage: if the sheet cannot be read.
        """
        reader = _SheetReader(self, on_row)
        self._package.read(part, start=reader.start, end=reader.end, text=reader.text)

    def text_cell(self, index: str) -> str | UnreadableCell:
        """Return a shared string."""
        if not index.isascii() or not index.isdigit() or len(index) > 7 or int(index) >= len(self._strings):
            return UnreadableCell("Texten i cellen saknas i filen.")
        string = self._strings[int(index)]
        if isinstance(string, str):
            # Counted at each use: one long text in every cell is a bomb too.
            self.count_text(string)
        return string

    def number_cell(self, digits: str, style: str) -> RawCell | UnreadableCell:
        """Return a number as text, written as a person would, or as a date if it is shown as one."""
        try:
            number = float(digits)
            if style in self._date_styles:
                moment = from_excel(number, self._epoch)
                # A bare time of day comes back as no date at all.
                return _as_date(moment) or UnreadableCell("Cellen visar ett klockslag, inget datum.")
            written = Digits(format(Decimal(repr(number)).normalize(), "f") if abs(number) < 1e15 else digits[:40])
            written.shown_as = self._shown_as.get(style) or ("exponent" if abs(number) >= 1e15 else "")
            return written
        except (ValueError, OverflowError, TypeError):
            return UnreadableCell("Talet i cellen går inte att läsa.")

    def count_text(self, text: str) -> None:
        """Keep account of all text in the file.

        Raises:
            RefusedFile: when it is more than any real workbook holds.
        """
        self._text_left -= len(text)
        if self._text_left < 0:
            raise RefusedFile("Filen innehåller för mycket text för att läsas.")

    def _note_workbook_tag(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            self._sheet_ids.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self._epoch = CALENDAR_MAC_1904

    def _read_styles(self, part: str | None) -> tuple[frozenset[str], dict[str, ShownAs]]:
        """Return the numbers of the cell styles that show a date, and how others show their numbers."""
        if part is None or part not in self._package:
            return frozenset(), {}
        formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        used: list[str] = []
        inside = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag in ("cellXfs", "cellStyleXfs", "dxfs"):
                inside = tag
            elif tag == "numFmt" and inside != "dxfs":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
            elif tag == "xf" and inside == "cellXfs":
                used.append(attributes.get("numFmtId", "0"))

        self._package.read(part, start=start)
        dates = {key for key in set(used) if is_date_format(formats.get(key))}
        shown = {key: shown_as(formats.get(key) or "") for key in set(used)}
        return (
            frozenset(str(at) for at, key in enumerate(used) if key in dates),
            {str(at): shown[key] for at, key in enumerate(used) if shown[key]},
        )

    def _read_strings(self, part: str | None) -> list[str | UnreadableCell]:
        if part is None or part not in self._package:
            return []
        strings: list[str | UnreadableCell] = []
        words = _Text(self.count_text)

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "si":
                words.clear()
            words.start(tag)

        def end(tag: str) -> None:
            words.end(tag)
            if tag == "si":
                strings.append(words.value())

        self._package.read(part, start=start, end=end, text=words.add)
        return strings


@dataclass
class _Text:
    """Gathers the runs of one string; readings of Japanese signs (rPh) are not part of it."""

    count: Callable[[str], None]
    runs: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    is_open: bool = False
    is_aside: bool = False
    length: int = 0

    def clear(self) -> None:
        self.runs, self.run, self.length = [], [], 0
        self.is_open = self.is_aside = False

    def start(self, tag: str) -> None:
        self.is_aside = self.is_aside or tag == "rPh"
        self.is_open = tag == "t" and not self.is_aside

    def add(self, text: str) -> None:
        if self.is_open and self.length <= MAX_CELL_CHARACTERS:
            self.count(text)
            self.length += len(text)
            self.run.append(text)

    def end(self, tag: str) -> None:
        if tag == "t" and self.is_open:
            self.runs.append(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(self.run)))
            self.run, self.is_open = [], False
        elif tag == "rPh":
            self.is_aside = False

    def value(self) -> str | UnreadableCell:
        if self.length > MAX_CELL_CHARACTERS * 8:
            return UnreadableCell(f"Texten är längre än {MAX_CELL_CHARACTERS} tecken.")
        return "".join(self.runs)


class _SheetReader:
    """Turns the XML events of one sheet into rows."""

    def __init__(self, book: XlsxBook, on_row: Callable[[int, Cells], None]):
        self._book = book
        self._on_row = on_row
        self._row = 0
        self._column = 0
        self._cells: Cells = {}
        self._kind = self._style = ""
        self._digits: list[str] = []
        self._has_formula = self._in_value = self._has_value = False
        self._words = _Text(book.count_text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "v":
            self._in_value = self._has_value = True
        elif tag == "f":
            self._has_formula = True
        else:
            self._words.start(tag)

    def text(self, text: str) -> None:
        if self._in_value:
            self._book.count_text(text)
            self._digits.append(text)
        else:
            self._words.add(text)

    def end(self, tag: str) -> None:
        if tag == "v":
            self._in_value = False
        elif tag == "c":
            value = self._cell_value()
            if value is not None and value != "":
                self._cells[self._column] = value
        elif tag == "row":
            if self._cells:
                self._on_row(self._row, self._cells)
            self._cells = {}
        else:
            self._words.end(tag)

    def _start_row(self, attributes: dict[str, str]) -> None:
        claimed = attributes.get("r", str(self._row + 1))
        number = int(claimed) if claimed.isascii() and claimed.isdigit() and len(claimed) < 8 else 0
        if not self._row < number <= LAST_EXCEL_ROW:
            raise RefusedFile("Filen är skadad: raderna i ett blad är felnumrerade.")
        self._row, self._column, self._cells = number, 0, {}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _column_number(found[1]) if found else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._digits = []
        self._has_formula = self._has_value = False
        self._words.clear()

    def _cell_value(self) -> RawCell | UnreadableCell:
        if self._kind == "inlineStr":
            return self._words.value()
        value = "".join(self._digits)
        if not value:
            missing = self._has_formula and self._kind != "str"
            return UnreadableCell("Cellen har en formel utan uträknat värde.") if missing else None
        match self._kind:
            case "s":
                return self._book.text_cell(value)
            case "str":
                return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
            case "b":
                return value.strip() in ("1", "true")
            case "d":
                return value.partition("T")[0]
            case "n":
                return self._book.number_cell(value, self._style)
            case _:
                return UnreadableCell(error_reason(value) or "Cellen visar ett fel i stället för ett värde.")


def _as_date(moment: object) -> date | None:
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

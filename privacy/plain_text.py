"""Text as the guard reads it: one sort of digit, dash and space, no codes, no markup, each place traced back.

What people paste comes from web pages, mails, tables and chats. The same number is then `850709&#45;9805`,
`850709%2D9805`, `<b>850709</b>-9805` or `**850709**-9805`. All detectors read what a reader sees.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

_NOTHING = "\x00"
# Between two cells of a row stands what stands between two words.
_CELL = " "
# Dashes that Unicode does not call dashes: modifier minus, hyphen bullet, minus, box drawing line.
_MORE_DASHES = "\u02d7\u2043\u2212\u2500"
# Every plane that has digits, letters of other widths, dashes, spaces, combining or invisible characters.
_PLANES = (range(0x80, 0x20000), range(0xE0000, 0xE0200))


def _plain_character(character: str) -> str | None:
    if character in _MORE_DASHES:
        return "-"
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Zl" | "Zp":
            return "\n"
        # Soft hyphens, joiners, byte order marks, and accents written as characters of their own.
        case "Cf" | "Mn" | "Me":
            return _NOTHING
        case "Lo":
            return None
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 and compatible != character and compatible.isascii() else None


_PLAIN = {
    code: plain for plane in _PLANES for code in plane if (plain := _plain_character(chr(code))) is not None
} | str.maketrans("\t\v\f\r\x85", "  \n \n")

_ACCENTED = re.compile("[A-Za-z][\u0300-\u0304\u0306-\u030c]")
_SEVERAL = re.compile("[\u2469-\u249b\u33a0-\u33df\ufb00-\ufb06]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,10});")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BETWEEN_CELLS = re.compile(r"</t[dh]>\s*<t[dh](?:\s[^<>]{0,200})?>", re.IGNORECASE)
_NEW_BLOCK = re.compile(r"</?(?:br|p|div|li|tr|td|th|table|ul|ol|h[1-6])(?:[\s/][^<>]{0,200})?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?[A-Za-z][a-z0-9]{0,14}(?:\s[^<>]{0,200})?/?>|<!--[^<>]{0,200}-->|\[/?[a-z]{1,8}(?:=[^\]\n]{0,80})?\]"
)
_MARKDOWN = re.compile(r"\*\*|__|~~|`{1,3}|(?<=\w)\*|\*(?=\w)|\\(?=[-+_.*#()\[\]!])")
# Cells of a table written by hand, and fields of CSV within quotation marks.
_HAND_MADE_CELL = re.compile(r"[ ]{0,3}[|¦][ ]{0,3}|(?<=\w)([\"'])[ ]?[,; ][ ]?\1(?=\w)|(?<=[0-9]);[ ]?(?=[0-9])")
_ONES = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"]
_TEENS = ["tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]
_TENS = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]
_NUMBER_WORDS = (
    {word: str(number) for number, word in enumerate(_ONES + _TEENS)}
    | {
        f"{ten}{one}": f"{number}{digit}"
        for number, ten in enumerate(_TENS, 2)
        for digit, one in enumerate(["", *_ONES[1:]])
    }
    | {"nolla": "0", "en": "1", "etta": "1", "streck": "-", "bindestreck": "-", "minus": "-", "plus": "+"}
)
_OTHER_WORDS = ["nolla", "etta", "en", "bindestreck", "streck", "minus", "plus", *_TEENS]
_NUMBER_WORD = (
    rf"(?=[befmnpstå])(?:(?:{'|'.join(_TENS)})(?:{'|'.join(_ONES[1:])})?|{'|'.join([*_OTHER_WORDS, *_ONES])})"
)
# Somebody who reads a number aloud: noll sju noll, sextiotvå.
_READ_ALOUD = re.compile(
    rf"\b(?:{_NUMBER_WORD})(?:[ ,.\n-]{{1,3}}(?:{_NUMBER_WORD}|[0-9]{{1,2}}(?![0-9]))){{3,}}\b", re.IGNORECASE
)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


def _unquoted(found: re.Match) -> str:
    said = unquote(found[0], errors="ignore")
    return said if said.isprintable() or said.isspace() else found[0]


def _in_digits(found: re.Match) -> str:
    return "".join(_NUMBER_WORDS.get(word.lower(), word) for word in _TOKEN.findall(found[0]))


_Step = tuple[str, re.Pattern, Callable[[re.Match], str]]
# The sign that a text must have for the step to be of any use, what it looks for, and what is written instead.
_CODES: tuple[_Step, ...] = (
    ("%", _PERCENT, _unquoted),
    ("&", _ENTITY, lambda found: html.unescape(found[0])),
    ("", _ACCENTED, lambda found: unicodedata.normalize("NFC", found[0])),
    ("", _SEVERAL, lambda found: unicodedata.normalize("NFKC", found[0])),
)
_MARKUP: tuple[_Step, ...] = (
    ("<", _BETWEEN_CELLS, lambda found: _CELL),
    ("<", _NEW_BLOCK, lambda found: "\n"),
    ("", _TAG, lambda found: ""),
    ("", _MARKDOWN, lambda found: ""),
    ("", _HAND_MADE_CELL, lambda found: _CELL),
    ("", _READ_ALOUD, _in_digits),
)


@dataclass(frozen=True)
class PlainText:
    """The text to search in, and where each of its characters began and ended in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, original: str) -> "PlainText":
        plain = cls(original, range(len(original)), range(1, len(original) + 1))
        plain = plain._after(_CODES)
        text = plain.text.translate(_PLAIN)
        if _NOTHING in text:
            kept = [place for place, character in enumerate(text) if character != _NOTHING]
            starts, ends = [plain.starts[place] for place in kept], [plain.ends[place] for place in kept]
            plain = cls(text.replace(_NOTHING, ""), starts, ends)
        else:
            plain = cls(text, plain.starts, plain.ends)
        return plain._after(_MARKUP)

    def _after(self, steps: tuple[_Step, ...]) -> "PlainText":
        plain = self
        for sign, pattern, written in steps:
            if sign in plain.text and pattern.search(plain.text):
                plain = plain._rewritten(pattern, written)
        return plain

    def _rewritten(self, pattern: re.Pattern, written: Callable[[re.Match], str]) -> "PlainText":
        """The text with each match written otherwise; what is written begins and ends where the match did."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for found in pattern.finditer(self.text):
            start, end = found.span()
            instead = written(found)
            parts += (self.text[done:start], instead)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            starts += [self.starts[start]] * len(instead)
            ends += [self.ends[end - 1]] * len(instead)
            done = end
        parts.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return PlainText("".join(parts), starts, ends)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that is not empty stood in the original."""
        return self.starts[start], self.ends[end - 1]

"""Text as the guard reads it: one sort of digit, dash and space, nothing invisible, each place traced back."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NOTHING = "\x00"
# Dashes that Unicode does not call dashes: modifier minus, hyphen bullet, minus, box drawing line.
_MORE_DASHES = "\u02d7\u2043\u2212\u2500"
# Every plane that has digits, dashes, spaces, combining or invisible characters.
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
    return None


_PLAIN = {
    code: plain for plane in _PLANES for code in plane if (plain := _plain_character(chr(code))) is not None
} | str.maketrans("\t\v\f\r\x85", "  \n \n")


@dataclass(frozen=True)
class PlainText:
    """The text to search in, and where each of its characters stood in the original."""

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, original: str) -> "PlainText":
        text = original.translate(_PLAIN)
        if _NOTHING not in text:
            return cls(text, range(len(text)))
        places = [place for place, character in enumerate(text) if character != _NOTHING]
        return cls(text.replace(_NOTHING, ""), places)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that is not empty stood in the original."""
        return self.places[start], self.places[end - 1] + 1

"""Text that a PDF can hold: every character has a glyph, and none turns the words around it."""

import re
from functools import cache

from documents.pdf_fonts import Fallback, fallbacks_for, own_characters

# Says that a character stood here that cannot be shown.
REPLACEMENT = "\ufffd"

# Control characters, lone surrogates, non-characters and what is for private use: nobody could read them.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U0010ffff]"
    "|[" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)) + "]"
)
# Unseen signs: which way to read (a text could turn what stands after it), byte order, which shape a glyph takes.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u206f\ufeff\ufe00-\ufe0f\u180b-\u180f\u061c]")
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
# Layout leaves these out or makes room for them by itself.
_WITHOUT_GLYPH = set("\t\n\r\u00ad\u200b\u2060")


def printable(html: str) -> tuple[str, list[Fallback]]:
    """Return the document with only characters that can be shown, and the fallback fonts that they need."""
    html = _REFERENCE.sub(_spelled_out, html)
    if set(html) <= _plain_characters():
        return html, []
    html = readable(html)
    needed, missing = fallbacks_for(set(html) - _WITHOUT_GLYPH)
    if missing:
        replacement = "?" if fallbacks_for(REPLACEMENT)[1] else REPLACEMENT
        html = html.translate(dict.fromkeys(map(ord, missing), replacement))
        needed, missing = fallbacks_for(set(html) - _WITHOUT_GLYPH)
    return html, needed


def readable(text: str) -> str:
    """Return the text without characters that nobody could read, whatever the font."""
    return _UNREADABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", _UNSEEN.sub("", text)))


@cache
def _plain_characters() -> frozenset[str]:
    """The characters that need neither care nor another font."""
    careful = (_UNREADABLE, _UNSEEN, _LINE_ENDS)
    usable = own_characters() | _WITHOUT_GLYPH
    return frozenset(one for one in usable if not any(pattern.match(one) for pattern in careful))


def _spelled_out(match: re.Match) -> str:
    """Return the character that a reference in the markup stands for; one that could be markup stays as it is."""
    number = int(match[1], 16) if match[1] else int(match[2])
    if 32 <= number < 127 or number in (9, 10, 13):
        return match[0]
    return chr(number) if 0 < number <= 0x10FFFF else REPLACEMENT

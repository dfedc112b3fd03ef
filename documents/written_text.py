"""Words as people meant them: what programs, keyboards and the clipboard put in without anybody seeing it is taken out.

Two texts that look the same to the eye are stored the same (`plain_line`, `plain_prose`), and names are compared by
`comparison_key`, which also passes over capitals, sorts of dashes and letters of another alphabet that look alike.
"""

import re
import unicodedata

_ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800"
# What takes no ink and may always go: soft hyphen, combining joiner, fillers, zero width space and word joiner,
# direction marks, byte order mark, annotation marks, shorthand and music controls.
_NEVER_SEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
# These shape what stands beside them: a family of emoji is held together by joiners, a flag is spelled in tags.
_SHAPING = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff]+")
_FIRST_JOINED_SCRIPT = "\u0600"
_TAGGED_FLAG = "\U0001f3f4"
_KEYCAP = "\u20e3"

_RUN_OF_SPACES = re.compile(f"[ \t{_ODD_SPACE}]+")
# In prose a hard space stays where it holds a number together: 1 250 kr, § 4.
_IDLE_SPACES = re.compile(
    rf"(?<=\S)(?![\u00a0\u202f]\d|(?<=[\d§])[\u00a0\u202f][^\s{_ODD_SPACE}])[ \t{_ODD_SPACE}]+(?=\S)"
)
_ODD_SPACES = re.compile(f"[{_ODD_SPACE}]")
_SPACES_AT_LINE_END = re.compile(f"[ \t{_ODD_SPACE}]+(?=\n|$)")
_INDENTED = re.compile(f"(?m)^[ \t{_ODD_SPACE}]+")
_SEPARATORS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})

# For comparing only. Letters of other alphabets that are drawn as ours, small as `casefold` leaves them.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict(zip("авеԁһіјкмнорԛѕтухԝ", "abedhijkmhopqstyxw", strict=True)),
        **dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
    }
)


def with_plain_line_breaks(value: str) -> str:
    r"""Return the text with every line break written as \n."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def plain_line(value: str) -> str:
    """Return a text of one line as it is stored: composed letters, nothing invisible, one ordinary space between words.

    A line break inside is left for the field to refuse; empty where there is nothing to see.
    """
    text = _without_invisible(with_plain_line_breaks(value))
    return _RUN_OF_SPACES.sub(" ", text).strip(" \n\u2028\u2029")


def plain_prose(value: str) -> str:
    """Return a text of several lines as it is stored: as `plain_line`, with its lines and indents kept."""
    text = _without_invisible(with_plain_line_breaks(value).translate(_SEPARATORS))
    text = _SPACES_AT_LINE_END.sub("", text)
    text = _INDENTED.sub(lambda found: _ODD_SPACES.sub(" ", found[0]), text)
    return _IDLE_SPACES.sub(" ", text)


def comparison_key(value: str) -> str:
    """Return what two names that people take for the same have in common; never shown, never stored as a text."""
    text = _SHAPING.sub("", _NEVER_SEEN.sub("", value))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.replace("\u2800", " ").translate(_ALIKE).split())


def odd_characters(value: str) -> list[str]:
    """Name, in Swedish, what in a text nobody can see or tell from something else; at most three."""
    found = dict.fromkeys(words for character in value if (words := _odd_words(character)))
    if unicodedata.normalize("NFC", value) != value:
        found["bokstäver i två delar (som a + ˚)"] = None
    if re.search("[a-zåäö]", value, re.IGNORECASE):
        for character in value:
            if (alphabet := _foreign_alphabet(character)) and character.casefold() in map(chr, _ALIKE):
                found[f"{alphabet} {character} (U+{ord(character):04X})"] = None
    return list(found)[:3]


def _without_invisible(text: str) -> str:
    if text.isascii():
        return text
    text = _SHAPING.sub(_kept_shaping, _NEVER_SEEN.sub("", text))
    return unicodedata.normalize("NFC", text)


def _kept_shaping(found: re.Match) -> str:
    """A joiner between letters of a script that needs it or between emoji, and the mark that makes a sign an emoji."""
    text, marks = found.string, found[0]
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if before == _TAGGED_FLAG and marks[0] >= "\U000e0000":
        return marks
    kept = ""
    if marks[0] in "\ufe0e\ufe0f" and (unicodedata.category(before or " ")[0] == "S" or after == _KEYCAP):
        kept, marks = marks[0], marks[1:]
    if marks in ("\u200c", "\u200d") and before >= _FIRST_JOINED_SCRIPT and after >= _FIRST_JOINED_SCRIPT:
        kept += marks
    return kept


def _odd_words(character: str) -> str:
    if character in "\u00a0\u202f\u2007":
        return f"hårt mellanslag (U+{ord(character):04X})"
    if character == "\u00ad":
        return "mjukt bindestreck (U+00AD)"
    if _ODD_SPACES.match(character):
        return f"ovanligt mellanslag (U+{ord(character):04X})"
    if _NEVER_SEEN.match(character) or _SHAPING.match(character):
        return f"osynligt tecken (U+{ord(character):04X})"
    return ""


def _foreign_alphabet(character: str) -> str:
    if "\u0370" <= character <= "\u03ff":
        return "grekiskt"
    return "kyrilliskt" if "\u0400" <= character <= "\u052f" else ""

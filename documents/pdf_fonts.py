"""The fonts of a PDF: Source Sans Pro, and for characters that it lacks a few that Debian has.

Nothing else on the machine is looked at, so a document looks the same everywhere. A fallback font is read only for a
text that needs it. Only this, `pdf.py` and `pdf_markup.py` know WeasyPrint.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

FONT_SCHEME = "font:"
FAMILY = "Source Sans Pro"

_PACKAGE = "font_source_sans_pro"
_WEIGHTS = {300: "SourceSansPro-Light.ttf", 400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}
_SYSTEM_FONTS = Path("/usr/share/fonts")


@dataclass(frozen=True)
class Fallback:
    """A font for what those before it lack. Its width is how Pango is told the order: the nearest to normal first."""

    path: str
    width: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def family(self) -> str:
        return self.file.stem

    @property
    def file(self) -> Path:
        return _SYSTEM_FONTS / self.path


# Letters of many scripts and the sign for what is missing; emoji and symbols; whatever else Unicode has.
FALLBACKS = (
    Fallback("truetype/dejavu/DejaVuSans.ttf", "semi-expanded"),
    Fallback("truetype/ancient-scripts/Symbola_hint.ttf", "expanded"),
    Fallback("opentype/unifont/unifont.otf", "extra-expanded"),
    Fallback("opentype/unifont/unifont_upper.otf", "ultra-expanded"),
)
_BY_NAME = {fallback.name: fallback for fallback in FALLBACKS}


def read_font(name: str) -> bytes | None:
    """Return a font that documents may use; None if there is none of that name."""
    if name in _BY_NAME:
        file = _BY_NAME[name].file
        return file.read_bytes() if file.is_file() else None
    if not re.fullmatch(r"[A-Za-z0-9-]+\.ttf", name):
        return None
    file = resources.files(_PACKAGE) / "files" / name
    return file.read_bytes() if file.is_file() else None


@cache
def characters_of(name: str) -> frozenset[str]:
    """Return the characters that a font can show; none if the font is not installed."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    content = read_font(name)
    if content is None:
        return frozenset()
    with TTFont(BytesIO(content), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def advances_of(weight: int) -> dict[str, float]:
    """Return how far each character of our own font moves the next one, in the font's size."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(read_font(_WEIGHTS[weight])), lazy=True) as font:
        per_em, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): metrics[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}


def own_characters() -> frozenset[str]:
    """The characters that need no fallback font."""
    return characters_of(_WEIGHTS[400])


def fallbacks_for(characters: Iterable[str]) -> tuple[list[Fallback], set[str]]:
    """Return the fonts that these characters need beside our own, and those that no font has."""
    missing = set(characters) - own_characters()
    needed = []
    for fallback in FALLBACKS:
        if missing and (shown := missing & characters_of(fallback.name)):
            needed.append(fallback)
            missing -= shown
    return needed, missing


def font_faces(fallbacks: Iterable[Fallback]) -> str:
    """Return the style sheet that loads our own font and these."""
    faces = [
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{FONT_SCHEME}{name}"); font-weight: {weight}; }}'
        for weight, name in _WEIGHTS.items()
    ]
    faces += [
        f'@font-face {{ font-family: "{one.family}"; src: url("{FONT_SCHEME}{one.name}"); font-stretch: {one.width} }}'
        for one in fallbacks
    ]
    return "\n".join(faces)


@cache
def font_configuration_class() -> type:
    """Return WeasyPrint's font configuration without the machine's fonts and settings."""
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2
    from weasyprint.text.fonts import FontConfiguration

    ffi.cdef("FcConfig * FcConfigCreate (void);")

    class DocumentFonts(FontConfiguration):
        """Knows the fonts that the style sheets load, and no others."""

        def __init__(self):
            super().__init__()
            self._config = fontconfig.FcConfigCreate()
            pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
            fontconfig.FcConfigDestroy(self._config)  # the font map keeps it

    return DocumentFonts

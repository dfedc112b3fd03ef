"""Opening Office files (zip packages of XML) without trusting them.

Every bound is checked before anything is unpacked, and what is unpacked is read in a stream: a bomb costs no
more than the bounds allow.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

MAX_ENTRIES = 200
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_DIRECTORY_BYTES = 256 * 1024
MAX_ELEMENTS = 600_000
MAX_TOKEN_BYTES = 1024 * 1024

CONTENT_TYPES = "[Content_Types].xml"

_CHUNK = 256 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"


class UnacceptablePackage(Exception):
    """The file is no Office package that we open; the message says why, in Swedish."""


class OfficePackage:
    """A checked Office package, whose parts can be read as streams of XML events."""

    def __init__(self, content: bytes):
        """Open the package and check its bounds.

        Raises:
            UnacceptablePackage: if it is damaged, encrypted, too large, holds macros or is no Office file.
        """
        self._elements_left = MAX_ELEMENTS
        self._archive = _open_archive(content)
        self._names = _checked_names(self._archive)
        self.content_types: dict[str, str] = {}
        self.read(CONTENT_TYPES, start=self._note_content_type)
        if any("macroenabled" in kind or "vbaproject" in kind for kind in self._lower_types()):
            raise UnacceptablePackage("Filen innehåller makron. Spara den utan makron och försök igen.")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def main_part(self, content_type: str) -> str | None:
        """Return the name of the part with exactly this content type, or None."""
        parts = [name for name, kind in self.content_types.items() if kind == content_type]
        return parts[0] if len(parts) == 1 and parts[0] in self else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return relation id → (last word of its type, part it leads to), for parts inside the file."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations_part in self:
            self.read(relations_part, start=start)
        return found

    def read(
        self,
        part: str,
        *,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Send a part's XML events to the given functions; tags and attributes come without their prefixes.

        Raises:
            UnacceptablePackage: if the part is missing, is not well-formed or passes a bound.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype

        def count_and_start(tag: str, attributes: dict[str, str]) -> None:
            self._elements_left -= 1
            if self._elements_left < 0:
                raise UnacceptablePackage("Filen innehåller för mycket för att läsas.")
            start(_local(tag), {_local(name): value for name, value in attributes.items()})

        parser.StartElementHandler = count_and_start
        if end:
            parser.EndElementHandler = lambda tag: end(_local(tag))
        if text:
            parser.CharacterDataHandler = text
        try:
            _feed(parser, self._chunks(part))
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise UnacceptablePackage(f"Filen är skadad: delen {part[:60]} går inte att läsa.") from error

    def _note_content_type(self, tag: str, attributes: dict[str, str]) -> None:
        # Defaults count only for the macro check: a main part is always named on its own.
        if tag == "Override":
            self.content_types[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
        elif tag == "Default":
            self.content_types["*." + attributes.get("Extension", "")] = attributes.get("ContentType", "")

    def _lower_types(self) -> Iterator[str]:
        return (kind.lower() for kind in self.content_types.values())

    def _chunks(self, part: str) -> Iterator[bytes]:
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, RuntimeError) as error:
            raise UnacceptablePackage("Filen är skadad och går inte att packa upp.") from error


def _open_archive(content: bytes) -> zipfile.ZipFile:
    damaged = "Filen är skadad: den går inte att packa upp."
    tail_at = content.rfind(_END_OF_DIRECTORY, -(65_535 + 22))
    if not content.startswith(b"PK") or tail_at < 0 or len(content) < tail_at + 22:
        raise UnacceptablePackage(damaged)
    # zipfile reads the whole directory at once, so its size is judged before.
    entries, directory_bytes = struct.unpack_from("<HL", content, tail_at + 10)
    if entries > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES or _ZIP64_LOCATOR in content[-65_600:]:
        raise UnacceptablePackage("Filen innehåller för många delar.")
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise UnacceptablePackage(damaged) from error


def _checked_names(archive: zipfile.ZipFile) -> frozenset[str]:
    entries = archive.infolist()
    names = frozenset(entry.filename for entry in entries)
    if len(entries) > MAX_ENTRIES or len(names) != len(entries):
        raise UnacceptablePackage("Filen innehåller för många delar.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise UnacceptablePackage(f"Filen blir för stor när den packas upp, mer än {MAX_UNPACKED_BYTES // 1024**2} MB.")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnacceptablePackage("Filen är skyddad med lösenord. Spara den utan lösenord och försök igen.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnacceptablePackage("Filen är packad på ett sätt som portalen inte läser.")
    if any(re.search(r"vba(project|data)", name, re.IGNORECASE) for name in names):
        raise UnacceptablePackage("Filen innehåller makron. Spara den utan makron och försök igen.")
    if CONTENT_TYPES not in names:
        raise UnacceptablePackage("Filen är ett zip-arkiv, inget Office-dokument.")
    return names


def _feed(parser: expat.XMLParserType, chunks: Iterator[bytes]) -> None:
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        # Older expat reads an unfinished token again for each chunk, which a very long one makes quadratic.
        if fed - max(parser.CurrentByteIndex, 0) > MAX_TOKEN_BYTES:
            raise UnacceptablePackage("Filen innehåller för mycket för att läsas.")
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise UnacceptablePackage("Filen innehåller en dokumenttypsdeklaration, vilket portalen inte läser.")


def _local(name: str) -> str:
    return name.rpartition(":")[2]

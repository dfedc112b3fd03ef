"""Judging uploaded files by what they contain, not by what they are called."""

import re
import unicodedata
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File

from documents.office_packages import DOCUMENT_TYPE, WORKBOOK_TYPE, OfficePackage, UnacceptablePackage

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_NAME_LENGTH = 120


@dataclass(frozen=True)
class FileType:
    """A kind of file that the portal keeps; the first extension is the usual one."""

    name: str
    extensions: tuple[str, ...]
    content_type: str


PDF = FileType("PDF", (".pdf",), "application/pdf")
JPEG = FileType("JPEG-bild", (".jpg", ".jpeg"), "image/jpeg")
PNG = FileType("PNG-bild", (".png",), "image/png")
DOCX = FileType("Word-dokument", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = FileType("Excelarbetsbok", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

ACCEPTED = (PDF, JPEG, PNG, DOCX, XLSX)
ACCEPTED_EXTENSIONS = tuple(extension for kind in ACCEPTED for extension in kind.extensions)

# Said with its article, as in "innehåller en PDF".
_WITH_ARTICLE = {
    PDF: "en PDF",
    JPEG: "en JPEG-bild",
    PNG: "en PNG-bild",
    DOCX: "ett Word-dokument",
    XLSX: "en Excelarbetsbok",
}
_NOT_ACCEPTED = "Filen ska vara en PDF, en JPEG- eller PNG-bild, ett Word-dokument eller en Excelarbetsbok."
_PDF_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")


class UnacceptableFile(ValidationError):
    """The file is refused; the message says why."""


def validate_upload(file: File) -> None:
    """Refuse a file that is too large, empty or not what it says; a validator for form fields.

    Raises:
        UnacceptableFile: with the reason.
    """
    recognise(file)


def recognise(file: File) -> FileType:
    """Return what kind of file this is, and leave it rewound.

    Raises:
        UnacceptableFile: if it is none of the accepted kinds, or called something else than it is.
    """
    size = file.size
    if not size:
        raise UnacceptableFile("Filen är tom.", code="empty")
    if size > MAX_BYTES:
        raise UnacceptableFile(
            "Filen är %(size)s MB. Den får vara högst %(limit)d MB.",
            code="too_large",
            params={"size": f"{size / 1024**2:.1f}".replace(".", ","), "limit": MAX_BYTES // 1024**2},
        )
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    file.seek(0)
    file_type = _type_of(content)
    extension = PurePosixPath(file.name or "").suffix.lower()
    if extension not in file_type.extensions:
        raise UnacceptableFile(
            "Filen heter %(extension)s men innehåller %(content)s."
            if extension
            else "Filens namn ska sluta med %(expected)s: den innehåller %(content)s.",
            code="wrong_extension",
            params={
                "extension": extension[:20],
                "expected": file_type.extensions[0],
                "content": _WITH_ARTICLE[file_type],
            },
        )
    return file_type


def safe_file_name(name: str) -> str:
    """Return a name that is safe to store and to offer for download.

    Keeps letters such as åäö, and the extension; drops folders, control and direction characters and whatever
    file systems reserve. Gives "fil" if nothing is left.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r'[<>:"|?*]', "_", " ".join(kept.split())).strip(". ")
    if len(plain) > MAX_NAME_LENGTH:
        stem, dot, extension = plain.rpartition(".")
        ending = dot + extension if dot and len(extension) <= 10 else ""
        plain = (stem if ending else plain)[: MAX_NAME_LENGTH - len(ending)].rstrip(". ") + ending
    return plain or "fil"


def _type_of(content: bytes) -> FileType:
    if content.startswith(b"\xff\xd8\xff"):
        return _checked_image(content, JPEG)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _checked_image(content, PNG)
    if content.startswith(b"PK"):
        return _office_type(content)
    if _PDF_HEADER.search(content, 0, 1024):
        if b"%%EOF" not in content[-2048:]:
            raise UnacceptableFile("PDF-filen är skadad: slutet saknas.", code="damaged")
        return PDF
    raise UnacceptableFile(_NOT_ACCEPTED, code="not_accepted")


def _office_type(content: bytes) -> FileType:
    try:
        package = OfficePackage(content)
    except UnacceptablePackage as error:
        raise UnacceptableFile(str(error), code="damaged") from error
    if package.main_part(DOCUMENT_TYPE):
        return DOCX
    if package.main_part(WORKBOOK_TYPE):
        return XLSX
    raise UnacceptableFile(_NOT_ACCEPTED, code="not_accepted")


def _checked_image(content: bytes, file_type: FileType) -> FileType:
    from PIL import Image

    too_many_pixels = UnacceptableFile("Bilden har för många bildpunkter. Spara den mindre.", code="too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG" if file_type is JPEG else "PNG"]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise too_many_pixels
                if file_type is JPEG:
                    # Decoding at an eighth finds a broken file at a small part of the memory.
                    image.draft("RGB", (image.width // 8 or 1, image.height // 8 or 1))
                    image.load()
                else:
                    image.verify()
    except UnacceptableFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many_pixels from None
    except Exception as error:  # noqa: BLE001 - Pillow raises many kinds for broken files
        raise UnacceptableFile("Bilden är skadad och går inte att läsa.", code="damaged") from error
    return file_type

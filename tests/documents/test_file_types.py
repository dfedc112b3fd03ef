import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents import file_types
from documents.file_types import UnacceptableFile, recognise, safe_file_name
from tests.documents.packages import docx, inline_row, sheet, xlsx, zipped

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


def image(kind):
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(target, kind)
    return target.getvalue()


def png_claiming(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I4sI", 0, b"IDAT", zlib.crc32(b"IDAT"))


def upload(name, content):
    return SimpleUploadedFile(name, content)


def reason(name, content):
    with pytest.raises(UnacceptableFile) as caught:
        recognise(upload(name, content))
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("protokoll.PDF", PDF, file_types.PDF),
        ("bild.jpg", image("JPEG"), file_types.JPEG),
        ("bild.jpeg", image("JPEG"), file_types.JPEG),
        ("bild.png", image("PNG"), file_types.PNG),
        ("brev.docx", docx(), file_types.DOCX),
        ("lista.xlsx", xlsx(sheet(inline_row(1, "a"))), file_types.XLSX),
    ],
)
def test_recognise(name, content, expected):
    file = upload(name, content)

    assert recognise(file) is expected
    assert file.read() == content


def test_recognise_pdf_renamed():
    assert reason("brev.docx", PDF) == "Filen heter .docx men innehåller en PDF."
    assert reason("brev", PDF) == "Filens namn ska sluta med .pdf: den innehåller en PDF."


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"", "Filen är tom."),
        ("a.pdf", b"%PDF-1.7 avbruten", "slutet saknas"),
        ("a.pdf", b"x" * 2000 + PDF, "Filen ska vara en PDF"),
        ("a.exe", b"MZ\x90\x00", "Filen ska vara en PDF"),
        ("a.svg", b"<svg onload='alert(1)'/>", "Filen ska vara en PDF"),
        ("a.gif", b"GIF89a", "Filen ska vara en PDF"),
        ("a.jpg", image("JPEG")[:300], "Bilden är skadad"),
        ("a.png", image("PNG")[:60], "Bilden är skadad"),
        ("a.png", png_claiming(60_000, 60_000), "för många bildpunkter"),
        ("a.docx", zipped({"hej.txt": "hej"}), "zip-arkiv"),
        ("a.docx", docx()[:-30], "skadad"),
        ("a.docx", docx(**{"word/vbaProject.bin": "x"}), "makron"),
        ("a.docx", docx("application/vnd.ms-word.document.macroEnabled.main+xml"), "makron"),
        ("a.docx", docx("application/vnd.oasis.opendocument.text"), "Filen ska vara en PDF"),
        ("a.docx", docx(**{"word/bomb.xml": b"0" * 51 * 1024**2}), "för stor när den packas upp"),
        ("a.docx", docx(**{f"word/{n}.xml": "" for n in range(300)}), "för många delar"),
    ],
)
def test_recognise_refuses(name, content, expected):
    assert expected in reason(name, content)


def test_recognise_too_large():
    file = upload("a.pdf", PDF)
    file.size = 40 * 1024**2

    with pytest.raises(UnacceptableFile, match=r"Filen är 40,0 MB\. Den får vara högst 10 MB\."):
        recognise(file)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Protokoll från mötet i Åkarp.pdf", "Protokoll från mötet i Åkarp.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\a.docx", "a.docx"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("bild\u202egnp.exe", "bildgnp.exe"),
        ("A\u030akarp.pdf", "Åkarp.pdf"),
        (".htaccess", "htaccess"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("..", "fil"),
        ("", "fil"),
    ],
)
def test_safe_file_name(name, safe):
    assert safe_file_name(name) == safe


def test_safe_file_name_keeps_the_extension_of_a_long_name():
    safe = safe_file_name("å" * 300 + ".docx")

    assert len(safe) == 120
    assert safe.endswith("å.docx")

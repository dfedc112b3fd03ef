"""What makes a PDF archival: metadata, attached files, fonts of its own, the same bytes every time."""

import datetime
import io

import pikepdf
import pytest

from documents import pdf_fonts
from documents.pdf import Attachment, render_pdf
from documents.pdf_text import printable

PAGE = (
    '<!doctype html><html lang="sv"><head><title>Uppföljning</title><meta name="author" content="Burlöv">'
    '<meta name="dcterms.created" content="2026-06-30"></head><body><h1>Rubrik</h1><p>{text}</p></body></html>'
)
FILES = [
    Attachment("siffror.csv", b"a;b\r\n", "text/csv", "Rapportens siffror", "Data"),
    Attachment(
        "data.json",
        b"{}",
        "application/json",
        "Åtgärder 🚓",
        "Source",
        datetime.datetime(2026, 6, 30, tzinfo=datetime.UTC),
    ),
]


def opened(text: str = "Ord", **options) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(PAGE.format(text=text), **options)))


def fonts_of(text: str) -> list[str]:
    pdf = opened(text)
    return sorted({str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()})


def test_pdf_says_that_it_is_archival_and_accessible():
    pdf = opened()

    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Uppföljning"
        assert metadata["dc:creator"] == ["Burlöv"]
        assert metadata["xmp:CreateDate"] == "2026-06-30"
    assert "/Filter" not in pdf.Root.Metadata
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_pdf_carries_files_with_kind_relation_and_date():
    pdf = opened(attachments=FILES)

    names = list(pdf.Root.Names.EmbeddedFiles.Names)
    assert [str(name) for name in names[::2]] == ["data.json", "siffror.csv"]
    assert [str(one.UF) for one in pdf.Root.AF] == ["data.json", "siffror.csv"]
    data, numbers = names[1::2]
    assert (str(data.AFRelationship), str(data.Desc)) == ("/Source", "Åtgärder 🚓")
    assert data.EF.F.Subtype == "/application/json"
    assert str(data.EF.F.Params.ModDate) == "D:20260630000000Z"
    assert (str(numbers.AFRelationship), bytes(numbers.EF.UF.read_bytes())) == ("/Data", b"a;b\r\n")
    assert numbers.EF.F.Subtype == "/text/csv"
    assert "/ModDate" not in numbers.EF.F.Params


def test_pdf_refuses_two_files_with_one_name():
    with pytest.raises(ValueError, match="same name"):
        render_pdf(PAGE.format(text="x"), attachments=[FILES[0], FILES[0]])


def test_same_html_and_files_give_the_same_bytes_and_others_do_not():
    html = PAGE.format(text="Ord שלום 🚓 <a href='#x'>x</a> <span id='x'>y</span>")

    first = render_pdf(html, attachments=FILES)

    assert first == render_pdf(html, attachments=FILES)
    assert pikepdf.open(io.BytesIO(first)).trailer.ID != pikepdf.open(io.BytesIO(render_pdf(html))).trailer.ID


def test_pdf_embeds_only_the_fonts_that_its_text_needs():
    assert fonts_of("Ett två tre ✓ → ≥") == ["Source-Sans-Pro", "Source-Sans-Pro-Semi-Bold"]
    assert [name for name in fonts_of("שלום العربية") if "Source" not in name] == ["DejaVuSans-Semi-Expanded"]
    assert [name for name in fonts_of("🚓") if "Source" not in name] == ["Symbola_hint-Expanded"]
    assert [name for name in fonts_of("漢") if "Source" not in name] == ["unifont-Extra-Expanded"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ett två", "Ett två"),
        ("a\x00b\x1fc\x7f", "a\ufffdb\ufffdc\ufffd"),
        ("a\ud83db\udc00", "a\ufffdb\ufffd"),
        ("a\ue000b\ufffec\U0010fffd\U0001ffff", "a\ufffdb\ufffdc\ufffd\ufffd"),
        ("vänd \u202e om \u2067", "vänd  om "),
        ("a\ufeffb\ufe0f", "ab"),
        ("a\x0bb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\U00030000b", "a\ufffdb"),
        ("&#128660;&#x202e;&#0;&#xD800;", "🚔\ufffd\ufffd"),
        ("&#x27;&#60;&amp;#128660;", "&#x27;&#60;&amp;#128660;"),
        ("a\u00ad\u200bb\tc\n", "a\u00ad\u200bb\tc\n"),
    ],
)
def test_printable_text_has_a_glyph_for_everything(text, printed):
    assert printable(text)[0] == printed


def test_plain_text_reads_no_fallback_font(monkeypatch):
    pdf_fonts.characters_of.cache_clear()
    read = []
    original = pdf_fonts.read_font
    monkeypatch.setattr(pdf_fonts, "read_font", lambda name: read.append(name) or original(name))
    pdf_fonts.own_characters()
    read.clear()

    printable("Åtgärder i Burlöv – 25 % ✓ → …")

    assert read == []


def test_what_no_installed_font_has_is_a_question_mark_at_worst(monkeypatch, tmp_path):
    pdf_fonts.characters_of.cache_clear()
    monkeypatch.setattr(pdf_fonts, "_SYSTEM_FONTS", tmp_path)

    text, fallbacks = printable("שלום 🚓")
    pdf_fonts.characters_of.cache_clear()

    assert (text, fallbacks) == ("???? ?", [])

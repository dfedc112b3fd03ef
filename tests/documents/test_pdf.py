import io

import pikepdf
import pytest

from documents.pdf import ForbiddenAddress, read_resource, render_pdf

PAGE = """<!doctype html><html lang="sv"><head><title>Uppföljning</title><style>
@font-face {{ font-family: "Source Sans Pro"; src: url("font:SourceSansPro-Regular.ttf") }}
body {{ font-family: "Source Sans Pro" }}</style></head><body><h1>Åtgärder i Burlöv</h1>{body}</body></html>"""
SVG_WITHIN = "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd' width='9' height='9'/></svg>"


def test_render_pdf_is_tagged_swedish_and_embeds_the_font():
    pdf = pikepdf.open(io.BytesIO(render_pdf(PAGE.format(body="<p>Text</p>"))))

    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "sv"
    assert "/StructTreeRoot" in pdf.Root
    fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert fonts
    assert all("Source" in name for name in fonts)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Uppföljning"


def test_render_pdf_gives_the_same_bytes_for_the_same_html():
    html = PAGE.format(body="<p>Text</p>")

    assert render_pdf(html) == render_pdf(html)


def test_render_pdf_uses_static_stylesheets(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.DEBUG = True
    (tmp_path / "prov").mkdir()
    (tmp_path / "prov" / "sida.css").write_text("@page { size: 100px 200px; margin: 0 }")

    pdf = pikepdf.open(io.BytesIO(render_pdf(PAGE.format(body=""), stylesheets=["prov/sida.css"])))

    assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 75, 150]


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="http://127.0.0.1/a.png">',
        '<img alt="x" src="HTTPS://example.se/a.png">',
        '<img alt="x" src="//example.se/a.png">',
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="ftp://example.se/a.png">',
        '<img alt="x" src="a.png">',
        '<img alt="x" src="static:../pyproject.toml">',
        '<img alt="x" src="static:%2e%2e/%2e%2e/etc/hosts.png">',
        '<img alt="x" src="static:/etc/hosts.png">',
        '<img alt="x" src="static:finns/inte.png">',
        '<img alt="x" src="data:text/html,hej">',
        f'<img alt="x" src="data:image/svg+xml,{SVG_WITHIN}">',
        '<style>@import "file:///etc/passwd";</style>',
        "<style>@font-face { font-family: x; src: url(http://example.se/x.ttf) } p { font-family: x }</style>",
        "<style>@font-face { font-family: x; src: url(font:../LICENSE.txt) } p { font-family: x }</style>",
        '<p style="background: url(http://example.se/x.png)">x</p>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<object data="http://example.se/x"></object>',
        '<base href="http://example.se/"><img alt="x" src="static-nothing.png">',
    ],
)
def test_render_pdf_fails_on_a_forbidden_address(body):
    with pytest.raises(ForbiddenAddress):
        render_pdf(PAGE.format(body=body))


def test_render_pdf_does_not_follow_links():
    assert render_pdf(PAGE.format(body='<a href="https://www.bra.se/">Brå</a>')).startswith(b"%PDF")


@pytest.mark.parametrize(
    "url", ["font:LICENSE.txt", "font:../__init__.py", "font:files/SourceSansPro-Regular.ttf", "font:", ""]
)
def test_read_resource_refuses_what_is_no_font(url):
    with pytest.raises(ForbiddenAddress):
        read_resource(url)


def test_read_resource_gives_fonts_and_data():
    assert read_resource("font:SourceSansPro-Regular.ttf")[1] == "font/ttf"
    assert read_resource("data:image/png;base64,AAEC") == (b"\x00\x01\x02", "image/png")

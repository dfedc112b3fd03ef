"""Archival and accessible PDF from HTML (PDF/A-3a and PDF/UA-1), by WeasyPrint, reaching only our own files."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation

from documents.pdf_archive import Attachment, attach, claim_pdf_ua, compress_once
from documents.pdf_fonts import FONT_SCHEME, font_configuration_class, font_faces, read_font
from documents.pdf_markup import parsed, without_glyphs
from documents.pdf_tags import PaintedPages
from documents.pdf_text import printable
from documents.uncollected import collection_paused

STATIC_SCHEME = "static:"

_OWN_RULES = """
/* Our font has no ring, the usual mark for a list within a list. */
ul ul { list-style-type: disc }
/* Measuring a cell of 10,000 characters takes minutes when columns go by what is in them. */
table { table-layout: fixed; width: 100% }
"""
_DATA_IMAGE = re.compile(r"data:(image/(?:png|jpeg|gif|webp|svg\+xml))((?:;[^,;]*)*),", re.IGNORECASE)
_CONTENT_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


class ForbiddenAddress(Exception):
    """A document asked for something that it may not reach, or that is not there; no PDF is made."""


@collection_paused()
def render_pdf(html: str, *, stylesheets: Sequence[str] = (), attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the HTML as one file that is PDF/A-3a and PDF/UA-1; the same HTML and files give the same bytes.

    The document can reach `static:NAME` (also as the static URL), `font:NAME.ttf` and images in `data:`. Its
    language, title and dates are those that the HTML gives. Characters that no font has are shown as U+FFFD.

    Args:
        stylesheets: names of static files, such as "reports/report.css". They load no fonts: every document has ours.

    Raises:
        ForbiddenAddress: if the document asks for anything else.
    """
    from weasyprint import CSS
    from weasyprint.urls import FatalURLFetchingError

    html, fallbacks = printable(without_glyphs(html))
    fetcher = _fetcher_class()()
    fonts = font_configuration_class()()
    painted: PaintedPages

    def finish(document, pdf) -> None:
        painted.tag(pdf)
        claim_pdf_ua(pdf)
        attach(pdf, attachments)
        compress_once(pdf)

    try:
        sheets = [CSS(string=font_faces(fallbacks) + _OWN_RULES, url_fetcher=fetcher, font_config=fonts)]
        sheets += [_style_sheet(name, read_resource(f"{STATIC_SCHEME}{name}")[0].decode()) for name in stylesheets]
        document = parsed(html, base_url=STATIC_SCHEME, url_fetcher=fetcher).render(
            stylesheets=sheets, font_config=fonts, color_profiles={"srgb": _srgb()}
        )
        # PDF/UA has neither a document without a title nor one without a language.
        document.metadata.title = (document.metadata.title or "").strip() or "Utan titel"
        document.metadata.lang = document.metadata.lang or "sv"
        painted = PaintedPages(document)
        pdf = document.write_pdf(
            finisher=finish,
            pdf_variant="pdf/a-3a",
            pdf_identifier=_identifier(html, attachments),
            output_intent="",  # it is `_srgb` already: WeasyPrint leaves the profile's file open
        )
    except FatalURLFetchingError as error:
        # WeasyPrint's own is no `Exception`, so that nothing can swallow it; here it becomes an ordinary one.
        raise ForbiddenAddress(str(error)) from error
    if fetcher.refused:
        # What stands inside an SVG image does not end WeasyPrint's rendering.
        raise ForbiddenAddress(fetcher.refused)
    return pdf


@lru_cache(maxsize=16)
def _style_sheet(name: str, text: str):
    """Return one of our style sheets as WeasyPrint reads it, which takes longer than to use it."""
    from weasyprint import CSS

    return CSS(string=text, base_url=f"{STATIC_SCHEME}{name}", url_fetcher=_fetcher_class()())


def _srgb():
    """Return what the document's colours mean: the profile that WeasyPrint ships."""
    from weasyprint.pdf import ColorProfile

    file = resources.files("weasyprint") / "pdf" / "sRGB2014.icc"
    return ColorProfile(BytesIO(file.read_bytes()), file.name, "relative-colorimetric", (["r"], ["g"], ["b"]))


def _identifier(html: str, attachments: Sequence[Attachment]) -> bytes:
    digest = hashlib.sha256(html.encode())
    for one in attachments:
        digest.update(repr((one.name, one.media_type, one.relationship)).encode())
        digest.update(one.content)
    return digest.hexdigest()[:32].encode()


@cache
def _fetcher_class() -> type:
    """Return the URL fetcher; made when first asked for, because WeasyPrint is slow to import."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticOnlyFetcher(URLFetcher):
        """Answers from `read_resource` alone; any other address ends the rendering."""

        refused = ""

        def fetch(self, url, headers=None):
            try:
                body, content_type = read_resource(url)
            except ForbiddenAddress as error:
                self.refused = str(error)
                raise FatalURLFetchingError(str(error)) from error
            return URLFetcherResponse(url, body, {"Content-Type": content_type})

    return StaticOnlyFetcher


def read_resource(url: str) -> tuple[bytes, str]:
    """Return the bytes and content type of an address that a document may reach.

    Raises:
        ForbiddenAddress: if it may not, or there is nothing there.
    """
    shown = url[:100]
    if url.startswith(FONT_SCHEME):
        return _read_font(url.removeprefix(FONT_SCHEME), shown)
    if url.startswith(STATIC_SCHEME):
        return _read_static(unquote(url.removeprefix(STATIC_SCHEME)), shown)
    if match := _DATA_IMAGE.match(url):
        return _read_data(match, url, shown)
    static_url = settings.STATIC_URL
    if static_url and static_url.startswith("/") and static_url != "/" and url.startswith(static_url):
        return _read_static(unquote(url.removeprefix(static_url)), shown)
    raise ForbiddenAddress(f"Adressen får inte användas i ett dokument: {shown}")


def _read_font(name: str, shown: str) -> tuple[bytes, str]:
    content = read_font(name)
    if content is None:
        raise ForbiddenAddress(f"Typsnittet finns inte: {shown}")
    return content, _CONTENT_TYPES[PurePosixPath(name).suffix]


def _read_static(address: str, shown: str) -> tuple[bytes, str]:
    name = re.split("[?#]", address)[0]
    path = PurePosixPath(name)
    content_type = _CONTENT_TYPES.get(path.suffix.lower())
    if not name or path.is_absolute() or ".." in path.parts or re.search(r"[\\\x00:]", name) or not content_type:
        raise ForbiddenAddress(f"Adressen får inte användas i ett dokument: {shown}")
    try:
        # Collected files first, where there are any: only there do names with a hash exist.
        if settings.STATIC_ROOT and not settings.DEBUG and staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return file.read(), content_type
        if found := finders.find(name):
            with open(found, "rb") as file:
                return file.read(), content_type
    except (SuspiciousOperation, OSError) as error:
        raise ForbiddenAddress(f"Filen går inte att läsa: {shown}") from error
    raise ForbiddenAddress(f"Filen finns inte bland de statiska filerna: {shown}")


def _read_data(match: re.Match, url: str, shown: str) -> tuple[bytes, str]:
    body = unquote_to_bytes(url[match.end() :])
    if match[2].lower().endswith(";base64"):
        try:
            body = base64.b64decode(body, validate=False)
        except ValueError as error:
            raise ForbiddenAddress(f"Bilden i dokumentet är skadad: {shown}") from error
    return body, match[1].lower()

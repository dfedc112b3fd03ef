"""A document's markup as the tree that WeasyPrint lays out, read quickly where it is written well."""

import html
import logging
import re
from functools import cache
from xml.etree import ElementTree

logger = logging.getLogger(__name__)

_XML_NAMES = {"amp", "apos", "gt", "lt", "quot"}
_DOCTYPE = re.compile(r"\A\s*<!doctype html>", re.IGNORECASE)
_GLYPH = re.compile(r'<svg class="glyph".*?</svg>', re.DOTALL)
_NAMELESS_SVG = re.compile(r"<svg(?![^<>]*\sxmlns=)")
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
# Rules of WeasyPrint's own style sheet.
_MARKER = re.compile(r"^::marker\b", re.MULTILINE)
_NOTE_RULE = re.compile(r"^::(?:foot)?note-\w+ .*$", re.MULTILINE)
_VOID = re.compile(r"<(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b([^<>]*?)/?>")


def without_glyphs(text: str) -> str:
    """Return the markup without the small drawings beside words (documents/glyphs.py).

    On paper the same shapes are backgrounds: an inline SVG would be tagged as a figure without text.
    """
    return _GLYPH.sub("", text)


def parsed(text: str, *, base_url: str, url_fetcher):
    """Return WeasyPrint's document for the markup.

    WeasyPrint reads HTML in Python. Where every element is closed, as in all our own templates, expat gives the same
    tree in a twentieth of the time; anything else is left to WeasyPrint, and logged.
    """
    from cssselect2 import ElementWrapper

    tree = _well_formed(text)
    document = _document_class()(string="" if tree is not None else text, base_url=base_url, url_fetcher=url_fetcher)
    if tree is not None:
        document.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        document.etree_element = document.wrapper_element.etree_element
    return document


@cache
def _document_class() -> type:
    """Return the class of our documents; made when first asked for, because WeasyPrint is slow to import."""
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    sheet = CSS(string=_MARKER.sub("li::marker", _NOTE_RULE.sub("", UA)), counter_style=CounterStyle())

    class LeanHTML(HTML):
        """HTML without what WeasyPrint gives every element in case it is a note or an item of a list.

        Six styles for each element, whether or not it is one: a tenth of the time, a third of the objects.
        """

        def _ua_stylesheets(self, forms=False):
            return [sheet]

    return LeanHTML


def _well_formed(text: str) -> ElementTree.Element | None:
    """Return the tree of a document that is XML but for what HTML may leave out, or None.

    What HTML may leave out is an end of elements that are always empty, the name of SVG's language, and the meaning of
    characters' names.
    """
    text = _DOCTYPE.sub("", text)
    text = _VOID.sub(r"<\1\2/>", text)
    text = _NAMELESS_SVG.sub('<svg xmlns="http://www.w3.org/2000/svg"', text)
    text = _REFERENCE.sub(_character, text)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 -- our own templates' markup, texts escaped, no entities
    except ElementTree.ParseError as error:
        logger.info("A document is not well-formed (%s) and is read slowly", error)
        return None


def _character(reference: re.Match) -> str:
    return reference[0] if reference[1] in _XML_NAMES else html.unescape(reference[0])

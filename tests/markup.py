"""How a document's markup is read: by us, and by browsers."""

import io

import tinyhtml5

from documents.pdf_markup import parsed


def tree_of(html):
    return parsed(html, base_url="static:", url_fetcher=None).etree_element


def words_of(element):
    """The tree as nested tuples; white space alone between elements is nothing."""
    attributes = {name: value for name, value in element.attrib.items() if not name.endswith("xmlns")}
    texts = [text if text and text.strip() else "" for text in (element.text, element.tail)]
    return element.tag, attributes, texts, [words_of(child) for child in element]


def as_browsers_read(html):
    return tinyhtml5.parse(io.BytesIO(html.encode()), namespace_html_elements=False, transport_encoding="utf-8")

"""The one place that knows vl-convert: charts as SVG from Vega-Lite specifications, the same for page and PDF.

The first chart in a process starts a JavaScript engine: some 0.4 s and 70 MB; each one after it takes about 30 ms.
Drawing from several threads is safe (the engine takes one at a time). A process that has drawn must not be forked: in
the child the engine never answers. So nothing is drawn while modules are imported.
"""

import hashlib
import json
from functools import cache as once
from functools import lru_cache
from importlib import metadata, resources
from typing import Any
from xml.etree import ElementTree

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from documents.pdf_text import readable

FONT = "Source Sans Pro, sans-serif"
# Changes when charts of old would look another way though their specifications are the same.
VERSION = 1
DAYS_KEPT = 30

_FONT_PACKAGE = "font_source_sans_pro"
_SVG = "http://www.w3.org/2000/svg"
# Dark marks on white, as in print; `portal.css` gives the same colours their shade for dark.
INK, INK_2, ACCENT, QUIET, HAIRLINE = "#16211f", "#4b5a57", "#0a5560", "#74837f", "#d9e1df"
_CONFIG = {
    # What Vega says to screen readers is English and counts marks; the chart has words of its own.
    "aria": False,
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "labelColor": INK_2,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titleColor": INK_2,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "gridColor": HAIRLINE,
    },
    "legend": {"labelFontSize": 14, "labelColor": INK_2, "labelLimit": 0, "title": None},
    "text": {"font": FONT, "fontSize": 13},
}


def render(spec: dict, *, words: str) -> SafeString:
    """Return the chart as inline SVG: one picture whose name is `words`, with attributes only and no styles.

    The same specification is drawn once and then kept, in the process and in the cache.
    """
    drawn = _kept(json.dumps(_readable(spec), sort_keys=True, ensure_ascii=False))
    return _named(drawn, readable(words))


def _readable(value: Any) -> Any:
    """The specification without control characters: the engine ends the whole process when it meets one."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {_readable(key): _readable(one) for key, one in value.items()}
    return [_readable(one) for one in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=256)
def _kept(spec: str) -> str:
    drawn_with = f"{VERSION}:{metadata.version('vl-convert-python')}:{json.dumps(_CONFIG, sort_keys=True)}"
    key = f"chart-{hashlib.sha256(f'{drawn_with}:{spec}'.encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = _draw(spec)
        cache.set(key, svg, DAYS_KEPT * 24 * 60 * 60)
    return svg


def _draw(spec: str) -> str:
    svg = _engine().vegalite_to_svg(
        json.loads(spec), config=_CONFIG, format_locale="sv-SE", allowed_base_urls=["about:blank"]
    )
    return _tidied(svg)


@once
def _engine():
    """Return vl-convert, told of the font that the PDF has, so that texts are as wide on every machine."""
    import vl_convert

    with resources.as_file(resources.files(_FONT_PACKAGE) / "files") as folder:
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def _tidied(svg: str) -> str:
    """Take away what is for scripts, style sheets and screen readers of Vega's own."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        for name in list(element.attrib):
            if name in ("class", "style", "role", "cursor") or name.startswith("aria-"):
                del element.attrib[name]
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _named(svg: str, words: str) -> SafeString:
    """Give the picture its name: `aria-label` for the page, `title` for the PDF."""
    root = ElementTree.fromstring(svg)
    root.set("role", "img")
    root.set("aria-label", words)
    title = ElementTree.Element(f"{{{_SVG}}}title")
    title.text = words
    root.insert(0, title)
    ElementTree.register_namespace("", _SVG)
    return mark_safe(ElementTree.tostring(root, encoding="unicode"))  # noqa: S308 -- drawn here, texts escaped

"""A PDF's structure tree, made from the boxes that WeasyPrint laid out: what a screen reader finds in the document.

WeasyPrint makes a tree of its own, page by page. This one replaces it, because that one starts a paragraph, a list or
a table anew on every page, repeats a table's head as rows, gives header cells no scope, knows no `dl`, and takes page
margins for content (docs/adr/0022-archival-pdf.md). Written in pydyf's objects, as WeasyPrint writes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pydyf

from documents.pdf_tables import header_names, scope_of, span_of

_SVG = "{http://www.w3.org/2000/svg}"
_ROLES = {
    "article": "Art",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dl": "L",
    "figcaption": "Caption",
    "figure": "Div",
    "nav": "Sect",
    "ol": "L",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
_ROLES |= dict.fromkeys(("address", "p", "pre"), "P")
_ROLES |= {f"h{level}": f"H{level}" for level in range(1, 7)}
_NOTES = {"doc-footnote", "doc-endnote"}
# Elements that hold others: words that stand right in one get a paragraph.
_GROUPS = {"Document", "Sect", "Art", "Div", "BlockQuote", "TOCI"}
# Kept though nothing is in them: a row has as many cells as the others.
_KEPT_EMPTY = {"TR", "TH", "TD"}


@dataclass(eq=False)
class Element:
    """A structure element on its way into the file."""

    role: str
    parent: "Element | None" = None
    source: Any = None
    kids: list = field(default_factory=list)
    attributes: dict = field(default_factory=dict)
    alt: str = ""
    language: str = ""
    name: str = ""
    object: pydyf.Dictionary | None = None

    def within(self, role: str, source=None) -> "Element":
        """Return a new last child."""
        child = Element(role, self, source)
        self.kids.append(child)
        return child

    def elements(self) -> Iterator["Element"]:
        """This one and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    @property
    def last(self) -> "Element | None":
        """The last child, if it is an element."""
        kid = self.kids[-1] if self.kids else None
        return kid if isinstance(kid, Element) else None


@dataclass(frozen=True)
class Content:
    """A piece of a page: what was painted between two marks."""

    page: int
    mcid: int


@dataclass(frozen=True)
class LinkArea:
    """Where on a page a link can be pressed."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(frozen=True)
class PaintedPage:
    page: Any
    stream: Any
    marks: dict


class PaintedPages:
    """Notes, while a document's pages are painted, which box became which marked piece of a page.

    WeasyPrint strikes out its own notes when it makes its tree, so they are copied as each page is done.
    """

    def __init__(self, document):
        self._pages: list[PaintedPage] = []
        for page in document.pages:
            page.paint = partial(self._paint, page, page.paint)
        document.make_bookmark_tree = partial(self._make_outline, document, document.make_bookmark_tree)

    def _make_outline(self, document, make_outline: Callable, *args, **named):
        """Make the outline, the last that needs the pages; without them WeasyPrint's own tree is an empty one."""
        outline = make_outline(*args, **named)
        document.pages = []
        return outline

    def _paint(self, page, paint: Callable, stream, scale: float = 1) -> None:
        paint(stream, scale)
        marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        self._pages.append(PaintedPage(page, stream, marks))

    def tag(self, pdf: pydyf.PDF) -> None:
        """Replace the structure tree, once everything else of the document has been made."""
        _take_out_tree(pdf)
        tree = Tree()
        for number, painted in enumerate(self._pages):
            tree.add_page(number, painted)
            _mark_artifacts(painted.stream, tree.artifacts[number])
        _write_tree(pdf, tree)


class Tree:
    """Puts each piece of the pages where its HTML element has its place, whichever page it is on."""

    def __init__(self):
        self.document = Element("Document")
        self.artifacts: list[dict[int, str]] = []
        self._places: dict[Any, Element] = {}
        self._items: dict[Any, Element] = {}
        self._labels: dict[Any, Element] = {}
        self._links: dict[Any, Element] = {}
        self._heads: dict[Any, int] = {}
        self._number, self._page, self._marks, self._contents = 0, None, {}, set()

    def add_page(self, number: int, painted: PaintedPage) -> None:
        self._number, self._page, self._marks = number, painted.page, dict(painted.marks)
        self.artifacts.append({})
        self._visit(painted.page._page_box, self.document, None)
        self.artifacts[number] |= dict.fromkeys(self._marks.values(), "Layout")

    def _visit(self, box, parent: Element, block) -> None:
        """Put a box and what is in it under `parent`; `block` is the HTML element whose paragraph its words are in."""
        box = _really(box)
        if box.is_leader:
            self._leave_out(box, "Layout", parent, block)
        elif box in self._marks:
            self._add_content(box, parent, block)
        elif type(box).__name__ == "MarginBox" or self._is_repeated(box):
            self._leave_out(box, "Pagination", parent, block)
        elif box.element is not None and box.element.get("aria-hidden") == "true":
            self._leave_out(box, "Layout", parent, block)
        else:
            parent, block = self._place_of(box, parent, block)
            for child in box.children:
                self._visit(child, parent, block)

    def _is_repeated(self, box) -> bool:
        """Tell a table's head or foot that comes again on a further page."""
        if box.element_tag not in ("thead", "tfoot"):
            return False
        return self._heads.setdefault(box.element, self._number) != self._number

    def _leave_out(self, box, kind: str, parent: Element, block) -> None:
        """Take what is in a box for no content; but where a link can be pressed, that is a link all the same."""
        box = _really(box)
        if box in self._marks:
            self.artifacts[self._number][self._marks.pop(box)] = kind
        if box.link_annotation is not None:
            self._link(box, parent, block)
        for child in box.children:
            self._leave_out(child, kind, parent, block)

    def _add_content(self, box, parent: Element, block) -> None:
        content = Content(self._number, self._marks.pop(box))
        text = getattr(box, "text", None)
        if text is None and (alt := _words_of_picture(box.element)):
            figure = parent.within("Figure")
            figure.alt = alt
            figure.attributes = {"O": "/Layout", "BBox": self._rectangle(box)}
            figure.kids.append(content)
        elif text is None or not text.strip():
            self.artifacts[self._number][content.mcid] = "Layout"
        else:
            self._holder_of_words(parent, block).kids.append(content)

    def _holder_of_words(self, parent: Element, block) -> Element:
        if parent.role not in _GROUPS:
            return parent
        if (last := parent.last) and last.role == "P" and last.source is block:
            return last
        return parent.within("P", block)

    def _rectangle(self, box) -> pydyf.Array:
        left, top = box.content_box_x(), box.content_box_y()
        sides = left, self._page.height - top - box.height, left + box.width, self._page.height - top
        return pydyf.Array([round(side * 0.75, 2) for side in sides])

    def _place_of(self, box, parent: Element, block) -> tuple[Element, Any]:
        """Return where the contents of a box belong."""
        html, tag = box.element, box.element_tag
        if html is None or tag in ("html", "body"):
            return parent, block
        if box.link_annotation is not None:
            return self._link(box, parent, block), block
        if tag.endswith("::marker"):
            return self._label(html, parent), block
        if "::" in tag:
            return parent, block
        if html not in self._places and (place := self._new_place(html, tag, parent)):
            self._places[html] = place
        if "Inline" not in type(box).__name__:
            block = html
        return self._places.get(html, parent), block

    def _new_place(self, html, tag: str, parent: Element) -> Element | None:
        """Return a new structure element, or None for an HTML element that only gathers others or gives them looks."""
        role = html.get("role", "")
        if role == "doc-toc":
            self._contents.add(html)
        if tag == "li":
            place = self._item(html, parent)
        elif tag in ("dt", "dd"):
            place = _definition(tag, parent)
        elif role in _NOTES:
            place = parent.within("Note", html)
        elif tag in ("ol", "ul") and self._is_contents(html, parent):
            place = parent.within("TOC", html)
        elif tag in _ROLES:
            place = parent.within(_ROLES[tag], html)
        elif html.get("lang"):
            place = parent.within("Div" if parent.role in _GROUPS else "Span", html)
        else:
            return None
        if tag in ("th", "td"):
            place.attributes = _cell_attributes(place)
        place.language = html.get("lang", "")
        return place

    def _is_contents(self, html, parent: Element) -> bool:
        return parent.role == "TOCI" or html in self._contents or parent.source in self._contents

    def _item(self, html, parent: Element) -> Element:
        if parent.role == "TOC":
            self._items[html] = parent.within("TOCI", html)
            return self._items[html]
        self._items[html] = parent.within("LI", html)
        return self._items[html].within("LBody", html)

    def _label(self, html, parent: Element) -> Element:
        if html not in self._items:
            return parent
        if html not in self._labels:
            item = self._items[html]
            self._labels[html] = Element("Lbl", item, html)
            item.kids.insert(0, self._labels[html])
        return self._labels[html]

    def _link(self, box, parent: Element, block) -> Element:
        html = box.element
        if html not in self._links:
            holder = parent.within("Reference") if parent.role == "TOCI" else self._holder_of_words(parent, block)
            self._links[html] = holder.within("Link", html)
        # WeasyPrint says the address; what the link says of itself is better to hear.
        if words := " ".join("".join(html.itertext()).split()):
            box.link_annotation["Contents"] = pydyf.String(words)
        self._links[html].kids.append(LinkArea(self._number, box.link_annotation))
        return self._links[html]


def _really(box):
    """Return the box that a placeholder holds the place of: one that is placed apart from the flow."""
    return getattr(box, "_box", box)


def _definition(tag: str, parent: Element) -> Element:
    """Return the place of a name or its meaning: names that share a meaning, and all its meanings, are one item."""
    last = parent.last
    if last is None or last.role != "LI" or (tag == "dt" and any(kid.role == "LBody" for kid in last.kids)):
        last = parent.within("LI")
    return last.within("Lbl" if tag == "dt" else "LBody")


def _words_of_picture(html) -> str:
    """Return what a picture says to those who do not see it; nothing for an ornament."""
    if html.get("role") in ("none", "presentation"):
        return ""
    words = html.get("aria-label") or html.get("alt")
    if not words and html.tag == f"{_SVG}svg":
        title = html.find(f"{_SVG}title")
        words = title.text if title is not None else ""
    return " ".join((words or "").split())


def _cell_attributes(cell: Element) -> dict:
    attributes: dict = {"O": "/Table"}
    if cell.role == "TH":
        attributes["Scope"] = "/Row" if scope_of(cell).startswith("row") else "/Column"
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if (count := span_of(cell, name)) > 1:
            attributes[key] = count
    return attributes


def _take_out_tree(pdf: pydyf.PDF) -> None:
    """Take WeasyPrint's tree out: the last that it makes but for the metadata."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    first = min(root.number, _object(pdf, root["ParentTree"]).number)
    if pdf.objects[-1] is not metadata:
        raise NotImplementedError("WeasyPrint no longer writes the metadata last, right after the structure tree")
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def _object(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def _mark_artifacts(stream, artifacts: dict[int, str]) -> None:
    """Say in a page's own stream what is no content: margins, repeated table heads, ornaments."""
    if not artifacts:
        return
    for index, item in enumerate(stream.stream):
        if isinstance(item, pydyf.Dictionary) and (kind := artifacts.get(item.get("MCID"))):
            stream.stream[index - 1] = "/Artifact"
            stream.stream[index] = pydyf.Dictionary({"Type": f"/{kind}"})


def _prune(element: Element) -> bool:
    """Drop elements that nothing became of; tell whether this one stays."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)]
    return bool(element.kids) or element.role in _KEPT_EMPTY


def _write_tree(pdf: pydyf.PDF, tree: Tree) -> None:
    _prune(tree.document)
    elements = list(tree.document.elements())
    _name(elements)
    for element in elements:
        element.object = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.role}"})
        pdf.add_object(element.object)
    parents = pydyf.Dictionary()
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "K": elements[0].object.reference})
    for extra in (parents, root):
        pdf.add_object(extra)
    pages = pdf.page_references
    owners: list[dict[int, bytes]] = [{} for _ in pages]
    links: list[tuple[bytes, pydyf.Dictionary]] = []
    for element in elements:
        _fill(element, root, pages, owners, links)
    numbers = pydyf.Array()
    for number, owned in enumerate(owners):
        count = max(owned, default=-1) + 1
        numbers.extend((number, pydyf.Array([owned.get(mcid, "null") for mcid in range(count)])))
    for number, (reference, annotation) in enumerate(links, start=len(pages)):
        annotation["StructParent"] = number
        numbers.extend((number, reference))
    parents["Nums"] = numbers
    root |= {"ParentTree": parents.reference, "ParentTreeNextKey": len(pages) + len(links)}
    if named := sorted((element.name, element.object.reference) for element in elements if element.name):
        names = pydyf.Array(part for name, reference in named for part in (pydyf.String(name), reference))
        root["IDTree"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["StructTreeRoot"] = root.reference


def _name(elements: list[Element]) -> None:
    """Give notes and header cells the names that others know them by."""
    for number, note in enumerate((one for one in elements if one.role == "Note"), 1):
        note.name = f"note-{number}"
    for number, table in enumerate((one for one in elements if one.role == "Table"), 1):
        for cell, names in header_names(table, prefix=f"t{number}"):
            cell.attributes["Headers"] = pydyf.Array(pydyf.String(name) for name in names)


def _fill(
    element: Element,
    root: pydyf.Dictionary,
    pages: tuple[bytes, ...],
    owners: list[dict[int, bytes]],
    links: list[tuple[bytes, pydyf.Dictionary]],
) -> None:
    written = element.object
    written["P"] = element.parent.object.reference if element.parent else root.reference
    kids = pydyf.Array()
    home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(kid.object.reference)
        elif isinstance(kid, LinkArea):
            links.append((written.reference, kid.annotation))
            kids.append(pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": pages[kid.page]}))
        else:
            owners[kid.page][kid.mcid] = written.reference
            elsewhere = {"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.mcid}
            kids.append(kid.mcid if kid.page == home else pydyf.Dictionary(elsewhere))
    if kids:
        written["K"] = kids
    if home is not None:
        written["Pg"] = pages[home]
    if len(element.attributes) > 1:
        written["A"] = pydyf.Dictionary(element.attributes)
    for key, text in (("Alt", element.alt), ("Lang", element.language), ("ID", element.name)):
        if text:
            written[key] = pydyf.String(text)

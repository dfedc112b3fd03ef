"""The structure tree: what a screen reader finds in a document."""

import io

import pikepdf
import pytest

from documents.pdf import render_pdf

PAGE = (
    '<!doctype html><html lang="sv"><head><title>Prov</title><style>@page {{ size: A6; margin: 10mm;'
    ' @top-left {{ content: "Marginal" }} }}</style></head><body><h1>Prov</h1>{body}</body></html>'
)


def opened(body: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(PAGE.format(body=body))))


def outline_of(element: pikepdf.Dictionary) -> list:
    """The tree as nested lists: a tag, then its children; pieces of pages are left out."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    below = [outline_of(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [str(element.S).removeprefix("/"), *below]


def tags(body: str) -> list:
    """What stands after the heading."""
    pdf = opened(body)
    return outline_of(pdf.Root.StructTreeRoot.K)[2:]


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    """Every element with that tag, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if str(element.S) == f"/{tag}":
                found.append(element)
            kids = element.get("/K", [])
            waiting[:0] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


@pytest.mark.parametrize(
    ("body", "tree"),
    [
        ("<p>Ett <b>fett</b> <span>ord</span></p>", [["P"]]),
        ("<section><h2>Två</h2><div>Ord</div></section>", [["Sect", ["H2"], ["P"]]]),
        ("<div>Ett<p>två</p>tre</div>", [["P"], ["P"], ["P"]]),
        ("<ul><li>Ett</li></ul>", [["L", ["LI", ["Lbl"], ["LBody"]]]]),
        (
            "<ol><li>Ett<ul><li>under</li></ul></li></ol>",
            [["L", ["LI", ["Lbl"], ["LBody", ["L", ["LI", ["Lbl"], ["LBody"]]]]]]],
        ),
        ("<ul style='list-style: none'><li>Ett</li></ul>", [["L", ["LI", ["LBody"]]]]),
        (
            "<dl><dt>Namn</dt><dt>Kortnamn</dt><dd>ett</dd><dd>två</dd><dt>Ort</dt><dd>Arlöv</dd></dl>",
            [["L", ["LI", ["Lbl"], ["Lbl"], ["LBody"], ["LBody"]], ["LI", ["Lbl"], ["LBody"]]]],
        ),
        ("<dl><div><dt>Namn</dt><dd>ett</dd></div></dl>", [["L", ["LI", ["Lbl"], ["LBody"]]]]),
        ("<h2 style='position: absolute; width: 1px; overflow: hidden'>Dold</h2><p>Ord</p>", [["H2"], ["P"]]),
        ("<p>Se <a href='https://www.bra.se/'>Brå</a></p>", [["P", ["Link"]]]),
        ("<p role='doc-footnote'>En not</p>", [["Note"]]),
        (
            "<nav role='doc-toc'><h2>Innehåll</h2><ol><li><a href='#a'>Ett</a></li></ol></nav><p id='a'>Ett</p>",
            [["Sect", ["H2"], ["TOC", ["TOCI", ["Lbl"], ["Reference", ["Link"]]]]], ["P"]],
        ),
        ("<p>På <i lang='en'>English</i></p>", [["P", ["Span"]]]),
        ("<p> </p><ul></ul><section></section>", []),
    ],
)
def test_html_becomes_tags(body, tree):
    assert tags(body) == tree


def test_figures_have_words_and_ornaments_are_none():
    svg = '<svg width="9" height="9" {attributes}>{title}<rect width="9" height="9"/></svg>'
    pdf = opened(
        svg.format(attributes="", title="<title>En stapel</title>")
        + svg.format(attributes='role="img" aria-label="En linje"', title="")
        + svg.format(attributes='aria-hidden="true"', title="")
        + svg.format(attributes="", title="")
    )

    figures = elements(pdf, "Figure")

    assert [str(figure.Alt) for figure in figures] == ["En stapel", "En linje"]
    left, bottom, right, top = (float(side) for side in figures[0].A.BBox)
    assert 0 < left < right < float(pdf.pages[0].MediaBox[2])
    # Measured from the page's lower edge: what stands under the heading is in the upper half.
    assert float(pdf.pages[0].MediaBox[3]) / 2 < bottom < top


TABLE = """<table><caption>Vandringar</caption>
<thead><tr><th scope="col">Plats</th><th scope="col">Lovat</th><th scope="colgroup" colspan="2">Gjort</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="4">Kommunen</th></tr>
<tr><th scope="row">Arlöv</th><td>4</td><td>3</td><td rowspan="2">ja</td></tr>
<tr><th scope="row">Åkarp</th><td>2</td><td>2</td></tr></tbody></table>"""


def test_table_cells_have_scope_and_know_their_headers():
    pdf = opened(TABLE)

    heads = {str(head.ID): head for head in elements(pdf, "TH")}
    cells = elements(pdf, "TD")

    assert [str(head.A.Scope) for head in heads.values()] == [*["/Column"] * 3, *["/Row"] * 3]
    assert [int(head.A.get("/ColSpan", 1)) for head in heads.values()] == [1, 1, 2, 4, 1, 1]
    assert [[str(name) for name in cell.A.Headers] for cell in cells] == [
        ["t1-2-1", "t1-3-1", "t1-1-2"],
        ["t1-2-1", "t1-3-1", "t1-1-3"],
        ["t1-2-1", "t1-3-1", "t1-4-1", "t1-1-3"],
        ["t1-2-1", "t1-4-1", "t1-1-2"],
        ["t1-2-1", "t1-4-1", "t1-1-3"],
    ]
    assert int(cells[2].A.RowSpan) == 2
    names = pdf.Root.StructTreeRoot.IDTree.Names
    assert [str(name) for name in list(names)[::2]] == sorted(heads)


def test_table_goes_on_over_pages_and_its_head_is_read_once():
    rows = "".join(f'<tr><th scope="row">Rad {number}</th><td>ord</td></tr>' for number in range(60))
    head = '<thead style="display: table-header-group"><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'

    pdf = opened(f"<table>{head}<tbody>{rows}</tbody></table>")

    assert len(pdf.pages) > 2
    [table] = elements(pdf, "Table")
    assert [part[0] for part in outline_of(table)[1:]] == ["THead", "TBody"]
    assert len(elements(pdf, "TR")) == 61
    for page in pdf.pages:
        marks = [list(one.operands) for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
        kinds = [str(mark[1].get("/Type", "")) for mark in marks if mark[0] == "/Artifact"]
        # The margin's words, and on later pages the two of the table's head.
        assert kinds.count("/Pagination") == (1 if page.index == 0 else 3)


def test_text_and_lists_go_on_over_pages():
    pdf = opened(f"<p>{'Ord ' * 1500}</p><ul>{'<li>Punkt</li>' * 60}</ul>")

    assert len(pdf.pages) > 3
    assert outline_of(pdf.Root.StructTreeRoot.K) == [
        "Document",
        ["H1"],
        ["P"],
        ["L", *[["LI", ["Lbl"], ["LBody"]]] * 60],
    ]


def test_every_marked_piece_has_its_element():
    pdf = opened(TABLE + "<p>Ord <a href='https://www.bra.se/'>Brå är en myndighet</a></p>" * 20)

    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = dict(zip((int(number) for number in list(numbers)[::2]), list(numbers)[1::2], strict=True))
    for page in pdf.pages:
        marks = [one.operands for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
        mcids = [int(properties.MCID) for _, properties in marks if "/MCID" in properties]
        assert mcids
        assert all("/S" in owners[int(page.obj.StructParents)][mcid] for mcid in mcids)
        for annotation in page.obj.get("/Annots", []):
            assert owners[int(annotation.StructParent)].S == "/Link"
            assert str(annotation.Contents) == "Brå är en myndighet"


def test_leaders_are_ornaments_that_can_be_pressed():
    pdf = opened(
        "<style>a::after { content: leader('.') target-counter(attr(href), page) }</style>"
        "<nav role='doc-toc'><ol><li><a href='#a'>Ett</a></li></ol></nav><p id='a' aria-hidden='true'>"
        "<a href='#a'>Prydnad</a></p>"
    )

    link, ornament = elements(pdf, "Link")
    assert [type(kid) is int or str(kid.Type) for kid in link.K] == ["/OBJR", True, "/OBJR", "/OBJR", True]
    assert [str(kid.Type) for kid in ornament.K][0] == "/OBJR"
    marks = [one.operands for one in pikepdf.parse_content_stream(pdf.pages[0]) if str(one.operator) == "BDC"]
    assert sum(str(tag) == "/Artifact" for tag, _ in marks) > 10

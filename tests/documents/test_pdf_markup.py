import logging

import pytest

from documents.glyphs import glyph
from documents.pdf_markup import without_glyphs
from tests.markup import as_browsers_read, tree_of, words_of

# What a document that expat cannot read is logged by.
SLOW = "documents.pdf_markup"
PAGE = '<!doctype html><html lang="sv"><head><title>Uppföljning</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        "<p>Text<br>på två rader</p><hr>",
        "<p>R&amp;D&nbsp;3&ndash;4 &lt;b&gt; &#8211; &aring;</p>",
        '<ul><li>Punkt<svg viewBox="0 0 1 1"><title>Bild</title><path d="M0 0"/></svg></li></ul>',
        '<img alt="Höjd &gt; bredd" src="static:bild.png" />',
    ],
)
def test_what_html_may_leave_out_is_read_as_browsers_read_it(body, caplog):
    caplog.set_level(logging.INFO, SLOW)
    html = PAGE.format(body=body)

    tree = tree_of(html)

    assert words_of(tree) == words_of(as_browsers_read(html))
    assert [record for record in caplog.records if record.name == SLOW] == []


@pytest.mark.parametrize(
    "body", ["<p>Ett<p>Två", "<b>Fet<i>kursiv</b></i>", "<p hidden>Dold</p>", "R & D &odefinierad;"]
)
def test_document_that_is_not_well_formed_is_read_as_browsers_read_it(body, caplog):
    caplog.set_level(logging.INFO, SLOW)
    html = PAGE.format(body=body)

    tree = tree_of(html)

    assert words_of(tree) == words_of(as_browsers_read(html))
    assert len([record for record in caplog.records if record.name == SLOW]) == 1


def test_glyphs_are_not_printed():
    drawing = glyph('<path d="M0 0h16v16z"/>')
    html = PAGE.format(body=f'<p><span>{drawing}Pågår</span></p><svg class="bar"></svg>')

    assert without_glyphs(html) == PAGE.format(body='<p><span>Pågår</span></p><svg class="bar"></svg>')

"""Read a text again before it leaves the portal, in a PDF or a mail: older texts may hold what is refused today."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from django.core.exceptions import ValidationError

from privacy.personal_data import Kind, find_numbers

# A personal number with a letter has so many, of whatever script; a text with fewer need not be read closer.
FEWEST_DIGITS = 9
_DIGITS = re.compile(r"\d")
MOST_PLACES_NAMED = 3
LONGEST_PLACE = 80
HEADINGS = {"h1", "h2", "h3", "h4", "caption"}
# Words on both sides of these belong to different texts; others, as <b>, may stand in the middle of one.
BLOCKS = HEADINGS | {
    *("address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "header", "html", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
}


class PersonalDataLeaving(ValidationError):
    """A text that is about to leave holds a personal number. Says in Swedish what and where, never which."""


def refuse_personal_data_in_document(html: str) -> None:
    """Read everything that a document says, before it is printed.

    Raises:
        PersonalDataLeaving: there is a personal or coordination number in it.
    """
    refuse_personal_data(texts_of(html), what="Dokumentet")


def refuse_personal_data(texts: Iterable[tuple[str, str]], *, what: str) -> None:
    """Read texts, each with the name of its place.

    Raises:
        PersonalDataLeaving: there is a personal or coordination number in one of them.
    """
    found: dict[tuple[str, Kind], None] = {}
    for place, text in texts:
        if len(_DIGITS.findall(text)) < FEWEST_DIGITS:
            continue
        for finding in find_numbers(text):
            found[without_personal_data(place), finding.kind] = None
    if not found:
        return
    named = [f"{kind.with_article} under ”{place}”" if place else kind.with_article for place, kind in found]
    more = [f"{len(named) - MOST_PLACES_NAMED} ställen till"] if len(named) > MOST_PLACES_NAMED else []
    raise PersonalDataLeaving(
        f"{what} lämnas inte ut, för det innehåller {', '.join(named[:MOST_PLACES_NAMED] + more)}. "
        "Ta bort det i portalen och försök igen. Går det inte att ändra, vänd dig till systemförvaltaren."
    )


def without_personal_data(place: str) -> str:
    """The heading without a number that stands in itself, and not too long."""
    for finding in reversed(find_numbers(place)):
        place = f"{place[: finding.start]}…{place[finding.end :]}"
    return place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1]}…"


def texts_of(html: str) -> Iterator[tuple[str, str]]:
    """Every text of a document, with the heading that it stands under."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    heading = ""
    for tag, text in reader.texts:
        if tag in HEADINGS:
            heading = text
        yield heading, text


class _TextReader(HTMLParser):
    """Collects (innermost block, text), with white space as it is shown."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, str]] = []
        self.block = ""
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.end_text()
            self.block = tag
        elif tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end_text()
            self.block = ""

    def handle_data(self, data):
        self.parts.append(data)

    def end_text(self):
        if text := "".join(self.parts).strip():
            self.texts.append((self.block, text))
        self.parts = []

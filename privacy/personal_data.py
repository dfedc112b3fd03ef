"""Find personal data in free text: what must not be saved, and what needs a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from privacy import traces
from privacy.person_numbers import find_person_numbers
from privacy.plain_text import PlainText
from privacy.singling_out import find_singled_out

# So many characters on each side tell where in a text something stands.
AROUND = 40


class Kind(models.TextChoices):
    """A sort of personal data: two are refused, some need a reason to stand in a text, the rest only an answer."""

    PERSONAL_NUMBER = "personal_number", "personnummer"
    COORDINATION_NUMBER = "coordination_number", "samordningsnummer"
    POSSIBLE_NUMBER = "possible_number", "möjligt personnummer"
    TELEPHONE = "telephone", "telefonnummer"
    EMAIL = "email", "e-postadress"
    VEHICLE = "vehicle", "registreringsnummer"
    APARTMENT = "apartment", "adress med lägenhet"
    NAMED = "named", "namn på en person"
    DESCRIBED = "described", "beskrivning av en person"
    NICKNAME = "nickname", "smeknamn"
    ACCOUNT = "account", "konto på nätet"
    DEVICE = "device", "nummer på en uppkoppling eller telefon"
    MONEY = "money", "bankkonto eller Swish"
    FAMILY = "family", "familj på en adress"
    RELATIVE = "relative", "anhörig till någon känd"
    SMALL_COUNT = "small_count", "få personer"

    @property
    def blocks(self) -> bool:
        return self in (Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER)

    @property
    def singles_out(self) -> bool:
        """Whether it may be innocent, so that an answer is enough and no reason has to be written."""
        return self in _SINGLING_OUT

    @property
    def with_article(self) -> str:
        return f"{'en' if self in (Kind.EMAIL, Kind.APARTMENT) else 'ett'} {self.label}"


_SINGLING_OUT = frozenset(list(Kind)[list(Kind).index(Kind.NAMED) :])


@dataclass(frozen=True)
class Finding:
    """Personal data in a text: text[start:end] is what was found."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def blocks(self) -> bool:
        return self.kind.blocks


_TRACES = (
    (Kind.EMAIL, traces.find_emails),
    (Kind.TELEPHONE, traces.find_telephones),
    (Kind.VEHICLE, traces.find_plates),
    (Kind.APARTMENT, traces.find_apartments),
)


def find_personal_data(text: str) -> list[Finding]:
    """Return what a text says about single persons, in the order it stands; no two findings overlap."""
    plain = PlainText.of(text)
    return _findings(text, plain, _spans(plain.text))


def find_numbers(text: str) -> list[Finding]:
    """Return only what no text may be saved with."""
    plain = PlainText.of(text)
    return blocking(_findings(text, plain, _number_spans(plain.text)))


def _findings(text: str, plain: PlainText, spans: Iterable[tuple[Kind, int, int]]) -> list[Finding]:
    taken = bytearray(len(plain.text))
    findings = []
    for kind, start, end in spans:
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            first, last = plain.original_span(start, end)
            findings.append(Finding(kind, first, last, text[first:last]))
    return sorted(findings, key=lambda finding: finding.start)


def _spans(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """Everything that looks like something, the gravest first."""
    yield from _number_spans(plain)
    for kind, find in _TRACES:
        for start, end in find(plain):
            yield kind, start, end
    for name, start, end in find_singled_out(plain):
        yield Kind(name), start, end


def _number_spans(plain: str) -> Iterator[tuple[Kind, int, int]]:
    numbers = list(find_person_numbers(plain))
    for number in sorted(numbers, key=lambda number: not number.is_certain):
        kind = Kind.COORDINATION_NUMBER if number.is_coordination_number else Kind.PERSONAL_NUMBER
        yield kind if number.is_certain else Kind.POSSIBLE_NUMBER, number.start, number.end


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that no text may be saved with."""
    return [finding for finding in findings if finding.blocks]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that a text may be saved with, for a reason."""
    return [finding for finding in findings if not finding.blocks]


def excerpt(text: str, finding: Finding) -> SafeString:
    """Return a finding as HTML, marked, with some whole words around it."""
    start, end = max(0, finding.start - AROUND), finding.end + AROUND
    before, after = text[start : finding.start], text[finding.end : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return format_html("{}<mark>{}</mark>{}", before, finding.text, after)

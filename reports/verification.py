"""Whether an issued report is what was issued: its checksums, its document, and the data that lie in it."""

import hashlib
from collections.abc import Iterator

from django.db.models import Q

from documents.pdf_attached_files import attached_file
from reports.models import IssuedDocument, Report

DATA_FILE = "data.json"
# Documents are large: few at a time in memory.
AT_A_TIME = 5


def reports_to_verify() -> Iterator[Report]:
    """All that are issued, and whatever else has a document."""
    found = Report.objects.filter(Q(state=Report.State.ISSUED) | Q(document__isnull=False))
    return found.select_related("document").order_by("pk").iterator(chunk_size=AT_A_TIME)


def faults_of(report: Report) -> Iterator[str]:
    """What is wrong with an issued report, in Swedish; nothing where it is whole."""
    if not report.is_issued:
        yield "ett utkast har ett utfärdat dokument"
    try:
        document = report.document
    except IssuedDocument.DoesNotExist:
        yield "dokumentet saknas"
        return
    data, pdf = document.data.encode(), bytes(document.pdf)
    if hashlib.sha256(data).hexdigest() != document.data_sha256:
        yield "data stämmer inte med sin kontrollsumma"
    if hashlib.sha256(pdf).hexdigest() != document.pdf_sha256:
        yield "PDF-filen stämmer inte med sin kontrollsumma"
    if len(pdf) != document.size:
        yield "PDF-filen har inte sin rätta storlek"
    yield from faults_of_attached_data(pdf, data)


def faults_of_attached_data(pdf: bytes, data: bytes) -> Iterator[str]:
    try:
        attached = attached_file(pdf, DATA_FILE)
    except ValueError:
        yield "PDF-filen går inte att läsa"
        return
    if attached is None:
        yield f"{DATA_FILE} saknas i PDF-filen"
    elif attached != data:
        yield f"{DATA_FILE} i PDF-filen är inte de data som sparades"

"""An issued report as it is read: from what was frozen, and from nothing else."""

import hashlib
from dataclasses import dataclass

from reports import frozen
from reports.content import ReportContent
from reports.models import IssuedDocument, Report
from reports.status import ReportStatus


@dataclass(frozen=True)
class IssuedPage:
    """What was frozen; without content where this version of the portal cannot read it, and the PDF has to do."""

    document: IssuedDocument
    status: ReportStatus
    content: ReportContent | None
    # Whether the data are those that the checksum was made of.
    is_sound: bool


def read_issued(report: Report) -> IssuedPage:
    # The PDF is large, and is fetched by the address that sends it.
    document = IssuedDocument.objects.defer("pdf").get(pk=report.pk)
    try:
        content = frozen.from_json(document.data)
    except frozen.UnknownFormat:
        content = None
    return IssuedPage(
        document=document,
        status=status_of(report),
        content=content,
        is_sound=hashlib.sha256(document.data.encode()).hexdigest() == document.data_sha256,
    )


def status_of(report: Report) -> ReportStatus:
    return ReportStatus.issued(
        at=report.issued_at, by=report.issued_by.full_name, reference_number=report.reference_number
    )

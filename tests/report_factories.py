"""Rows of reports for tests."""

import datetime
import hashlib

from accounts.models import User
from agreements.models import Agreement
from reports.compiling import compile_report
from reports.frozen import to_json
from reports.kinds import KINDS
from reports.models import IssuedDocument, Report
from tests.factories import at


def make_report(agreement: Agreement, **fields) -> Report:
    """A draft on the first half of 2026, with its kind's usual sections."""
    kind = fields.get("kind", Report.Kind.FOLLOW_UP)
    return Report.objects.create(
        agreement=agreement,
        **{
            "kind": kind,
            "title": "Uppföljning första halvåret 2026",
            "starts_on": datetime.date(2026, 1, 1),
            "ends_on": datetime.date(2026, 6, 30),
            "sections": [section.value for section in KINDS[kind].usual],
        }
        | fields,
    )


def freeze_report(report: Report, *, by: User, pdf: bytes = b"%PDF-1.7\n", data_sha256: str = "", **fields) -> Report:
    """Issue a draft with what it really says now, but with a PDF that nobody set: for tests of pages."""
    data = to_json(compile_report(report))
    Report.objects.filter(pk=report.pk).update(
        **{
            "state": Report.State.ISSUED,
            "reference_number": "KS/2026:411",
            "as_of": at(report.ends_on),
            "issued_at": at(datetime.date(2026, 9, 1)),
            "issued_by": by,
        }
        | fields
    )
    report = Report.objects.get(pk=report.pk)
    make_document(report, data=data, pdf=pdf, data_sha256=data_sha256)
    return report


def make_issued_report(
    agreement: Agreement, *, by: User, data: str = "{}", pdf: bytes = b"%PDF-1.7\n", **fields
) -> Report:
    """An issued report whose document is what is given: for tests of what happens after issuing."""
    report = make_report(
        agreement,
        **{
            "state": Report.State.ISSUED,
            "reference_number": "KS/2026:411",
            "as_of": at(datetime.date(2026, 6, 30)),
            "issued_at": at(datetime.date(2026, 9, 1)),
            "issued_by": by,
        }
        | fields,
    )
    make_document(report, data=data, pdf=pdf)
    return report


def make_document(report: Report, *, data: str, pdf: bytes, data_sha256: str = "") -> IssuedDocument:
    return IssuedDocument.objects.create(
        report=report,
        data=data,
        data_sha256=data_sha256 or hashlib.sha256(data.encode()).hexdigest(),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        page_count=1,
        size=len(pdf),
    )

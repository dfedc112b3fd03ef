"""`verify_reports`: every stored checksum made anew, and the data in each PDF beside the data stored."""

import io

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from reports.models import IssuedDocument, Report
from tests.report_factories import make_issued_report, make_report

DATA = '{"format":1}'


def pdf_with(data: bytes | None) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    if data is not None:
        pdf.attachments["data.json"] = data
    pdf.save(file)
    return file.getvalue()


@pytest.fixture
def report(agreement, coordinator) -> Report:
    return make_issued_report(agreement, by=coordinator, data=DATA, pdf=pdf_with(DATA.encode()))


def verify(**options) -> tuple[str, str, bool]:
    """What it said, what it complained of, and whether all was well."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_reports", stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", False
    return out.getvalue(), err.getvalue(), True


def tamper(report: Report, **values) -> None:
    """Write in the document behind everybody's back, as who owns the database can."""
    table = IssuedDocument._meta.db_table
    with connection.cursor() as cursor:
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_written_once{of_table}")
    models.QuerySet(IssuedDocument).filter(pk=report.pk).update(**values)


def test_whole_report_is_well(report):
    said, complained, is_well = verify()

    assert is_well
    assert said == (
        f"ok   KS/2026:411 Uppföljning första halvåret 2026 (rapport {report.pk})\n"
        "Utfärdade rapporter: 1. Alla stämmer.\n"
    )
    assert complained == ""


def test_drafts_are_not_looked_at(agreement):
    make_report(agreement)

    assert verify() == ("Utfärdade rapporter: 0. Alla stämmer.\n", "", True)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"data": '{"format":2}'}, "data stämmer inte med sin kontrollsumma"),
        ({"pdf": pdf_with(b"{}")}, "PDF-filen stämmer inte med sin kontrollsumma"),
        ({"pdf": pdf_with(b"{}")}, "data.json i PDF-filen är inte de data som sparades"),
        ({"pdf": pdf_with(None)}, "data.json saknas i PDF-filen"),
        ({"pdf": b"%PDF-1.7"}, "PDF-filen går inte att läsa"),
        ({"size": 3}, "PDF-filen har inte sin rätta storlek"),
    ],
)
def test_every_difference_is_found(report, values, fault):
    tamper(report, **values)

    _, complained, is_well = verify(quiet=True)

    assert not is_well
    assert complained.startswith(f"FEL  KS/2026:411 Uppföljning första halvåret 2026 (rapport {report.pk}): ")
    assert fault in complained
    assert complained.endswith("Utfärdade rapporter: 1. Stämmer inte: 1.")


def test_issued_report_without_a_document_is_found(agreement, coordinator):
    report = make_report(agreement)
    issued = make_issued_report(agreement, by=coordinator)
    frozen = {name: getattr(issued, name) for name in ("state", "reference_number", "as_of", "issued_at", "issued_by")}
    Report.objects.filter(pk=report.pk).update(**frozen)

    _, complained, is_well = verify()

    assert not is_well
    assert f"(rapport {report.pk}): dokumentet saknas" in complained

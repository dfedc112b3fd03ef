"""The residents' reports: no sign-in, the same for everybody, kept ready."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from focus_areas.public import has_public_page
from focus_areas.views.residents import kept_by_browsers, kept_page, version_of
from reports import public_reports as reading
from reports.models import IssuedDocument, Report
from reports.views.issuing import stored_file_name


def version_of_list(request, pk: int) -> str:
    return version_of(reading.version_of_list(pk))


@login_not_required
@require_safe
@condition(etag_func=version_of_list)
def public_reports(request, pk: int):
    """The reports that have been issued to residents. 404 unless the agreement has a page for them."""
    return kept_page(
        key=f"public-reports-{pk}-{version_of_list(request, pk)}",
        template="reports/public_reports.html",
        read=lambda: reading.read_public_reports(pk),
    )


def version_of_pdf(request, pk: int) -> str | None:
    """The stored file's checksum; none for what is not shown, so that nobody is told to keep what they have."""
    shown = reading.shown_to_residents().filter(pk=pk).values_list("agreement", "document__pdf_sha256").first()
    return f'"{shown[1]}"' if shown and has_public_page(shown[0]) else None


@login_not_required
@require_safe
@condition(etag_func=version_of_pdf)
def public_report_pdf(request, pk: int):
    """The file as it was stored when the report was issued; a corrected report leads to what replaced it."""
    report = get_object_or_404(reading.issued_to_residents(), pk=pk)
    if not has_public_page(report.agreement_id):
        raise Http404
    newest = reading.newest_version(report)
    if newest != report:
        return HttpResponseRedirect(reverse("reports:public_report_pdf", args=[newest.pk]))
    return kept_by_browsers(stored_pdf(report))


def stored_pdf(report: Report) -> HttpResponse:
    pdf = IssuedDocument.objects.values_list("pdf", flat=True).get(pk=report.pk)
    return HttpResponse(
        bytes(pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{stored_file_name(report, "pdf")}"'},
    )

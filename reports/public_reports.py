"""The reports that residents may read: issued, for them, and the newest version of each."""

import datetime
from dataclasses import dataclass

from django.db.models import F, QuerySet

from agreements.models import Agreement
from documents.swedish_dates import date_range_words, date_words
from documents.swedish_words import joined
from focus_areas.public import has_public_page, newest_change
from privacy.small_counts import mask_small_counts_in_text
from reports.content.collecting import name_in_sentence
from reports.content.snapshot import local_day
from reports.models import Report


@dataclass(frozen=True)
class PublicReport:
    pk: int
    title: str
    period: str
    issued_on: datetime.date
    reference_number: str
    page_count: int
    kilobytes: int
    # What is said of the report that this one has replaced; empty for most.
    correction: str = ""


@dataclass(frozen=True)
class PublicReports:
    agreement_pk: int
    municipality: str
    parties: str
    has_example_work: bool
    reports: tuple[PublicReport, ...]


def issued_to_residents() -> QuerySet[Report]:
    """Also those that have been corrected since."""
    return Report.objects.issued().filter(kind=Report.Kind.PUBLIC)


def shown_to_residents() -> QuerySet[Report]:
    """A report that another has replaced is shown no more: what was wrong in it may have been what it told."""
    return issued_to_residents().exclude(replaced_by__state=Report.State.ISSUED)


def version_of_list(agreement_pk: int) -> tuple:
    """Another one as soon as a report has been issued, or anything that decides whether the list is shown changes."""
    reports = shown_to_residents().filter(agreement=agreement_pk).order_by("pk").values_list("pk", "issued_at")
    return (newest_change(agreement_pk), *reports)


def read_public_reports(agreement_pk: int) -> PublicReports | None:
    """Return the newest first; None unless the agreement has a page for residents."""
    if not has_public_page(agreement_pk):
        return None
    agreement = Agreement.objects.select_related("municipality").get(pk=agreement_pk)
    parties = agreement.parties.select_related("organisation__parent__parent")
    reports = (
        shown_to_residents()
        .filter(agreement=agreement)
        .newest_first()
        .select_related("replaces")
        .annotate(page_count=F("document__page_count"), size=F("document__size"))
    )
    return PublicReports(
        agreement_pk=agreement.pk,
        municipality=agreement.municipality.name,
        parties=joined(name_in_sentence(party.organisation) for party in parties),
        has_example_work=agreement.has_example_work,
        reports=tuple(map(public_report, reports)),
    )


def public_title(report: Report) -> str:
    return mask_small_counts_in_text(report.title)


def public_report(report: Report) -> PublicReport:
    replaced = report.replaces
    return PublicReport(
        pk=report.pk,
        title=public_title(report),
        period=date_range_words(report.starts_on, report.ends_on),
        issued_on=local_day(report.issued_at),
        reference_number=report.reference_number,
        page_count=report.page_count,
        kilobytes=-(-report.size // 1000),
        correction=(
            f"Rättad: ersätter rapporten med diarienummer {replaced.reference_number}, utfärdad "
            f"{date_words(local_day(replaced.issued_at))}."
            if replaced
            else ""
        ),
    )


def newest_version(report: Report) -> Report:
    """The report, or what has been issued in its place."""
    passed = {report.pk}
    while correction := issued_to_residents().filter(replaces=report).exclude(pk__in=passed).first():
        report = correction
        passed.add(report.pk)
    return report

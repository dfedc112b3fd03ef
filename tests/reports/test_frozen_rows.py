"""An issued report and its document are written once; nothing done in the portal afterwards changes a byte of them."""

import itertools

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from agreements.access import Refused
from reports.models import FocusAreaComment, IssuedDocument, IssuingJob, Report
from reports.models.issuing import FROZEN
from reports.operations.issuing import request_issuing
from reports.verification import faults_of
from reports.write_once import GUARDED, REFUSAL, guard_issued_rows, let_tables_be_built_anew
from tests.factories import TODAY, make_focus_area
from tests.report_factories import make_issued_report, make_report
from tests.worlds import fill

OURS = ("accounts", "agreements", "focus_areas", "meetings", "reports")
WRITES = {
    "its state": lambda report: Report.objects.filter(pk=report.pk).update(state=Report.State.DRAFT),
    "its words": lambda report: Report.objects.bulk_update([changed(report)], ["summary"]),
    "its words, below the manager": lambda report: models.QuerySet(Report).filter(pk=report.pk).update(summary="Nytt"),
    "its document": lambda report: models.QuerySet(IssuedDocument).filter(pk=report.pk).update(data="{}"),
    "its comments": lambda report: report.focus_area_comments.update(text="Nytt"),
}
DELETIONS = {
    "its row": lambda report: raw_delete(Report.objects.filter(pk=report.pk)),
    "its document": lambda report: raw_delete(models.QuerySet(IssuedDocument).filter(pk=report.pk)),
    "its comments": lambda report: raw_delete(report.focus_area_comments.all()),
}
REFUSED = {
    "saved": lambda report: changed(report).save(),
    "saved in part": lambda report: changed(report).save(update_fields=["summary"]),
    "deleted": lambda report: report.delete(),
    "document saved": lambda report: report.document.save(),
    "document deleted": lambda report: report.document.delete(),
    "documents updated": lambda report: IssuedDocument.objects.update(data="{}"),
    "documents deleted": lambda report: IssuedDocument.objects.all().delete(),
    "documents updated in bulk": lambda report: IssuedDocument.objects.bulk_update([report.document], ["data"]),
    "documents written over": lambda report: IssuedDocument.objects.bulk_create(
        [report.document], update_conflicts=True, update_fields=["data"], unique_fields=["report"]
    ),
}


def changed(report: Report) -> Report:
    report.summary = "Nytt"
    return report


def raw_delete(rows: models.QuerySet) -> None:
    rows._raw_delete(rows.db)


@pytest.fixture
def report(agreement, coordinator) -> Report:
    """An issued report with a comment on a focus area."""
    report = make_issued_report(agreement, by=coordinator)
    FocusAreaComment.objects.create(report=report, focus_area=make_focus_area(agreement), text="Bra.")
    return report


@pytest.mark.parametrize("way", WRITES)
def test_database_refuses_what_goes_around_the_models(report, way):
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        WRITES[way](report)

    assert Report.objects.get(pk=report.pk).summary == ""
    assert report.focus_area_comments.get().text == "Bra."


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's flush deletes row by row, and would be refused too."
)
@pytest.mark.parametrize("way", DELETIONS)
def test_database_refuses_deletions_around_the_models(report, way):
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        DELETIONS[way](report)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL changes a table where it is.")
def test_no_trigger_looks_for_a_table_while_it_is_built_anew(report):
    let_tables_be_built_anew(using="default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        meanwhile = dict(cursor.fetchall())
    guard_issued_rows(using="default")

    assert set(meanwhile) == {"reports_report", "reports_issueddocument"}
    assert not any(other in sql for table, sql in meanwhile.items() for other in GUARDED if other != table)
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        WRITES["its comments"](report)


@pytest.mark.parametrize("way", REFUSED)
def test_models_refuse_in_swedish(agreement, coordinator, way):
    report = make_issued_report(agreement, by=coordinator)

    with pytest.raises(ValidationError) as refused:
        REFUSED[way](report)

    assert refused.value.messages == [FROZEN]


def test_agreement_with_an_issued_report_is_not_deleted(agreement, coordinator):
    make_issued_report(agreement, by=coordinator)

    with pytest.raises(ProtectedError):
        agreement.delete()


def test_draft_is_written_and_deleted(agreement):
    report = make_report(agreement)

    FocusAreaComment.objects.create(report=report, focus_area=make_focus_area(agreement), text="Bra.")

    changed(report).save()
    Report.objects.filter(pk=report.pk).update(conclusions="Slut")
    report.focus_area_comments.update(text="Bättre.")
    report.delete()

    assert not Report.objects.exists()


def test_changing_everything_else_changes_no_byte(client, agreement, coordinator, django_capture_on_commit_callbacks):
    fill(agreement, by=coordinator)
    report = make_report(agreement, summary="Det går framåt.")
    with django_capture_on_commit_callbacks(execute=True):
        request_issuing(report=report, reference_number="KS/2026:411", recipients=[], by=coordinator, today=TODAY)
    issued = bytes_of(report)

    spoiled = sum(spoil(model) for model in everything_else())

    assert spoiled > 200
    assert bytes_of(report) == issued
    assert list(faults_of(Report.objects.select_related("document").get(pk=report.pk))) == []


def everything_else() -> list[type[models.Model]]:
    own = {Report, IssuedDocument, IssuingJob}
    found = itertools.chain.from_iterable(
        apps.get_app_config(app).get_models(include_auto_created=True) for app in OURS
    )
    return [model for model in found if model not in own]


def bytes_of(report: Report) -> tuple:
    document = models.QuerySet(IssuedDocument).get(pk=report.pk)
    own = Report.objects.values().get(pk=report.pk)
    return own, document.data, bytes(document.pdf), document.data_sha256, document.pdf_sha256


def spoil(model: type[models.Model]) -> int:
    """Write something else in every text of every row, then take away every row that can be; how much was done."""
    texts = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices and not field.primary_key
    ]
    done = 0
    for row in model._base_manager.all():
        for way in (lambda row=row: write_over(row, texts), lambda row=row: row.delete()):
            done += tried(way)
    return done


def write_over(row: models.Model, texts: list[str]) -> None:
    rows = models.QuerySet(type(row)).filter(pk=row.pk)
    if texts:
        rows.update(**{name: "x" for name in texts})


def tried(way) -> bool:
    try:
        with transaction.atomic():
            way()
    except (DatabaseError, ValidationError, Refused, ProtectedError):
        return False
    return True

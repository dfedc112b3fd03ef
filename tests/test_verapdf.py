"""Every kind of document that the portal makes is PDF/A-3a and PDF/UA-1, whatever stands in it."""

import logging
from itertools import count

import pytest
from django.apps import apps

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement, Group
from documents.fields import LineField, ProseField
from documents.pdf import Attachment, render_pdf
from focus_areas.annex import render_annex
from focus_areas.models import ActionPlan
from focus_areas.plan_papers import render_plan
from focus_areas.plan_snapshot import read_draft
from meetings.models import Meeting
from meetings.papers import render_call, render_minutes
from reports.compiling import compile_report
from reports.kinds import KINDS
from reports.models import FocusAreaComment, Report
from reports.rendering import render_report_pdf
from reports.status import ReportStatus
from tests.factories import TODAY, at, group_of, make_activity, make_focus_area
from tests.hostile import HOSTILE, LONG, UNKEPT
from tests.meeting_factories import make_meeting
from tests.report_factories import make_report
from tests.thread_factories import make_plan
from tests.verapdf import accepted, verdicts
from tests.worlds import fill

pytestmark = pytest.mark.slow

STATUS = ReportStatus.issued(at=at(TODAY), by="Maja Lind", reference_number="KS/2026:411")
PAGE = '<!doctype html><html lang="sv"><head><title>{text}</title></head><body><h1>{text}</h1>{body}</body></html>'
BODY = """<p>{text} <a href="https://www.bra.se/">{text}</a></p><ul><li>{text}<ul><li>{text}</li></ul></li></ul>
<dl><dt>{text}</dt><dd>{text}</dd></dl><table><caption>{text}</caption><thead><tr><th scope="col">{text}</th></tr>
</thead><tbody><tr><td>{text}</td></tr></tbody></table><img alt="{text}" src="{picture}">"""
CELL = "<table><tr><th>Rad</th><td>{text}</td></tr></table>"
PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
)


@pytest.fixture
def _read_quickly(caplog):
    """No template of ours leaves an element open, whatever stands in it (documents/pdf_markup.py)."""
    caplog.set_level(logging.INFO, "documents.pdf_markup")
    yield
    assert [record.message for record in caplog.get_records("call") if record.name == "documents.pdf_markup"] == []


def reports_of(agreement: Agreement, **written) -> dict[str, bytes]:
    """One report of each kind."""
    focus_area = agreement.focus_areas.first() or make_focus_area(agreement)
    pdfs = {}
    for kind in Report.Kind:
        scope = {
            Report.Kind.FOCUS_AREA: {"focus_area": focus_area},
            Report.Kind.WORKING_GROUP: {"group": group_of(agreement, Group.Kind.WORKING)},
        }.get(kind, {})
        ends_on = TODAY if kind == Report.Kind.CLOSING else TODAY.replace(month=6, day=30)
        report = make_report(agreement, kind=kind, ends_on=ends_on, **scope, **written)
        if written:
            for number, each in enumerate(agreement.focus_areas.all()):
                comment = HOSTILE[number % len(HOSTILE)]
                FocusAreaComment.objects.create(report=report, focus_area=each, text=comment)
        # Whatever the kind can hold.
        report.sections = [section.value for section in KINDS[kind].possible]
        pdfs[f"report-{kind}"] = render_report_pdf(compile_report(report), status=STATUS)
    return pdfs


def papers_of(agreement: Agreement, meeting: Meeting, plan: ActionPlan, by: User) -> dict[str, bytes]:
    return {
        "call": render_call(meeting, on=TODAY, by=by),
        "minutes": render_minutes(meeting, on=TODAY, by=by),
        "plan": render_plan(plan, read_draft(plan), on=TODAY, by=by),
        "annex": render_annex(agreement, on=TODAY, by=by),
    }


def held_meeting(agreement: Agreement) -> Meeting:
    return Meeting.objects.of(agreement).filter(decisions__isnull=False, state=Meeting.State.HELD).first()


def spoil(agreement: Agreement) -> None:
    """Put hostile words into every text that people can write, as it stands and as it stood."""
    number = count()
    ours = [
        model for name in ("agreements", "focus_areas", "meetings") for model in apps.get_app_config(name).get_models()
    ]
    for model in ours:
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, LineField | ProseField) and not field.choices and (field.max_length or 0) >= 20
        ]
        if not fields or not hasattr(model, "history"):
            continue
        for row in model._base_manager.all():
            words = {
                field.name: hostile_words(next(number), field.max_length, row.pk)
                for field in fields
                if getattr(row, field.name)
            }
            model._base_manager.filter(pk=row.pk).update(**words)
            model.history.model.objects.filter(**{model._meta.pk.attname: row.pk}).update(**words)


def hostile_words(number: int, room: int, pk: int) -> str:
    """The next hostile text with the row's number, so that no two rows have the same name; now and then a long one."""
    words = LONG[number % len(LONG)] if number % 150 == 75 else HOSTILE[number % len(HOSTILE)]
    return f"{words[: room - 7]} {pk}"


@pytest.mark.usefixtures("_read_quickly")
def test_documents_of_an_agreement_with_everything_are_archival_and_accessible(agreement, coordinator, tmp_path):
    fill(agreement, by=coordinator)
    plan = agreement.action_plans.first()

    pdfs = reports_of(agreement) | papers_of(agreement, held_meeting(agreement), plan, coordinator)

    assert verdicts(pdfs, tmp_path) == accepted(pdfs)


@pytest.mark.usefixtures("_read_quickly")
def test_documents_of_an_empty_agreement_are_archival_and_accessible(agreement, coordinator, tmp_path):
    plan = make_plan(agreement)
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION), place="")

    pdfs = papers_of(agreement, meeting, plan, coordinator) | reports_of(agreement)

    assert verdicts(pdfs, tmp_path) == accepted(pdfs)


@pytest.mark.usefixtures("_read_quickly")
def test_documents_of_hostile_texts_are_archival_and_accessible(agreement, coordinator, tmp_path):
    fill(agreement, by=coordinator)
    with recording(by=coordinator, at=at(TODAY)):
        for _ in range(4):
            make_activity(agreement.focus_areas.first())
    spoil(agreement)
    agreement.refresh_from_db()
    coordinator.full_name = HOSTILE[1]
    written = {
        "summary": HOSTILE[0],
        "conclusions": LONG[0][:4000],
        "decisions_asked": "\n".join(HOSTILE),
        "police_comment": HOSTILE[2],
    }

    plan = agreement.action_plans.first()
    pdfs = papers_of(agreement, held_meeting(agreement), plan, coordinator) | reports_of(agreement, **written)

    assert verdicts(pdfs, tmp_path) == accepted(pdfs)


def test_any_text_is_archival_and_accessible(tmp_path):
    pages = [(text, BODY) for text in [*HOSTILE[:3], *UNKEPT]] + [(text, CELL) for text in LONG]

    pdfs = {
        f"text-{number}": render_pdf(
            PAGE.format(text=text[:150], body=body.format(text=text, picture=PICTURE)),
            attachments=[Attachment("Ö & <.csv", b"a;b", "text/csv", text[:100])],
        )
        for number, (text, body) in enumerate(pages)
    }

    assert verdicts(pdfs, tmp_path) == accepted(pdfs)

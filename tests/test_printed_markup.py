from documents.pdf_markup import without_glyphs
from focus_areas.annex import annex_html
from focus_areas.plan_papers import plan_html
from focus_areas.plan_snapshot import read_draft
from meetings.models import Meeting
from meetings.papers import call_html, minutes_html
from reports.compiling import compile_report
from reports.models import Report
from reports.rendering import render_report_html
from reports.status import ReportStatus
from tests.factories import TODAY, at
from tests.markup import as_browsers_read, tree_of, words_of
from tests.report_factories import make_report
from tests.worlds import fill


def test_own_documents_are_the_tree_that_browsers_read(agreement, coordinator):
    fill(agreement, by=coordinator)
    plan = agreement.action_plans.first()
    meeting = Meeting.objects.of(agreement).filter(state=Meeting.State.HELD).first()
    status = ReportStatus.issued(at=at(TODAY), by="Maja Lind", reference_number="KS/2026:411")
    kinds = [Report.Kind.FOLLOW_UP, Report.Kind.COUNCIL, Report.Kind.PUBLIC, Report.Kind.GRANT]

    documents = [
        annex_html(agreement, on=TODAY),
        plan_html(plan, read_draft(plan), on=TODAY),
        call_html(meeting, on=TODAY),
        minutes_html(meeting, on=TODAY),
        *(render_report_html(compile_report(make_report(agreement, kind=kind)), status=status) for kind in kinds),
    ]

    for html in map(without_glyphs, documents):
        assert words_of(tree_of(html)) == words_of(as_browsers_read(html))

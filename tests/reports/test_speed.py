"""What keeps reports quick: as many questions whatever the amount, and nothing drawn twice."""

from documents import charts
from reports.compiling import compile_report
from reports.models import FocusAreaComment
from reports.rendering import render_report_html, working_copy
from tests.factories import (
    make_activity,
    make_agreement,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
    make_status_update,
)
from tests.report_factories import make_report
from tests.thread_factories import make_indicator


def add_area(agreement, number: int):
    """A focus area with one of everything that a report tells of."""
    area = make_focus_area(agreement, title=f"Fokusområde {number}")
    goal = make_goal(area, indicator=make_indicator(agreement))
    activity = make_activity(area, lead=[agreement.municipality], title=f"Aktivitet {number}")
    activity.goals.add(goal)
    commitment = make_commitment(activity)
    make_log_entry(activity, commitment=commitment, quantity=1)
    make_status_update(activity)
    make_follow_up(activity, approved_for=("police", "municipality"))
    return area


def test_compiling_asks_as_many_questions_for_three_of_everything(db, frozen_today, django_assert_num_queries):
    agreement = make_agreement()
    report = make_report(agreement)
    FocusAreaComment.objects.create(report=report, focus_area=add_area(agreement, 1), text="Det går bra.")

    with django_assert_num_queries(16):
        compile_report(report)
    for number in (2, 3):
        FocusAreaComment.objects.create(report=report, focus_area=add_area(agreement, number), text="Det går bra.")
    with django_assert_num_queries(16):
        content = compile_report(report)

    assert [len(area.charts) for area in content.focus_areas] == [1, 1, 1]


def test_report_made_again_draws_no_chart_anew(db, frozen_today, monkeypatch):
    agreement = make_agreement()
    add_area(agreement, 1)
    report = make_report(agreement)
    # What another test has drawn lies in this process, and not in this test's database.
    charts._kept.cache_clear()
    first = render_report_html(compile_report(report), status=working_copy(None))
    # As in another process: what is kept is in the database, and the engine that draws may not start.
    charts._kept.cache_clear()
    monkeypatch.setattr(charts, "_engine", lambda: 1 / 0)

    again = render_report_html(compile_report(report), status=working_copy(None))

    assert "<svg" in again
    assert again == first

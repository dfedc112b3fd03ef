"""What is exported loads into an empty database and is exported again as the very same bytes."""

import datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import Agreement, Group
from documents.workbooks import write_xlsx, write_yaml
from focus_areas import workbook
from focus_areas.models import Activity, FocusArea
from reports.write_once import GUARDED
from tests.factories import make_activity, make_agreement, make_commitment, make_focus_area, make_goal, make_groups
from tests.focus_areas.workbooks import as_xlsx, as_yaml, load, tables
from tests.worlds import fill

pytestmark = pytest.mark.django_db

FORMATS = [(as_yaml, "bok.yaml"), (as_xlsx, "bok.xlsx")]


OURS = ("accounts", "agreements", "focus_areas", "meetings", "reports")


def empty_database() -> None:
    """Everything gone, as in a database of its own (histories and issued reports stay; nothing reads them here)."""
    for model in apps.get_models(include_auto_created=True):
        if (
            model._meta.app_label in OURS
            and not hasattr(model, "history_object")
            and model._meta.db_table not in GUARDED
        ):
            # Without asking what refers to what: it all goes, and references are checked at the end.
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)


def assert_comes_back(agreement: Agreement) -> None:
    """Each format loads into an empty database, and both are then written as they were."""
    exported = workbook.export(agreement)
    written = {name: write(exported) for write, name in FORMATS}
    for name, content in written.items():
        with transaction.atomic():
            empty_database()
            outcome = workbook.load(content, name)
            assert outcome.faults == []
            again = workbook.export(Agreement.objects.get())
            assert {other: write(again) for write, other in FORMATS} == written
            assert workbook.load(content, name).changes.rows == []
            transaction.set_rollback(True)


def test_small_workbook_comes_back():
    load(tables())

    assert_comes_back(Agreement.objects.get())


def test_agreement_made_in_the_portal_comes_back(agreement, coordinator):
    fill(agreement, by=coordinator, rows=3)

    assert_comes_back(agreement)


def test_export_names_things_by_path_where_a_name_is_not_enough(db):
    agreement = make_agreement()
    make_groups(agreement)
    first, second = make_focus_area(agreement, number=None), make_focus_area(agreement, number=None, title="2")
    for focus_area in (first, second):
        goal = make_goal(focus_area, statement="Samma mål", baseline=Decimal("-1.50"), target=Decimal("10.00"))
        activity = make_activity(focus_area, number=None, title="Samma rubrik")
        activity.goals.add(goal)
        make_commitment(activity, is_joint=True)
    make_goal(first, statement="Delmål", parent=first.goals.get())

    exported = workbook.export(agreement)

    assert [row["activity"] for row in exported["commitments"]] == [
        "Trygghet i område 1 / Samma rubrik",
        "2 / Samma rubrik",
    ]
    assert [row["goals"] for row in exported["activities"]] == [["Samma mål"], ["Samma mål"]]
    assert [(str(row["baseline"]), str(row["target"])) for row in exported["goals"][::2]] == [("-1.5", "10")] * 2
    assert [row["parent"] for row in exported["goals"]] == [None, "Samma mål", None]
    assert_comes_back(agreement)


def test_groups_and_goals_come_back_when_the_parent_was_made_last(agreement):
    groups = list(agreement.groups.order_by("pk"))
    Group.objects.filter(pk=groups[0].pk).update(parent=groups[-1])
    focus_area = make_focus_area(agreement)
    child, parent = make_goal(focus_area), make_goal(focus_area)
    type(child).objects.filter(pk=child.pk).update(parent=parent)

    assert_comes_back(agreement)


def export_queries(agreement: Agreement) -> int:
    with CaptureQueriesContext(connection) as captured:
        workbook.export(Agreement.objects.get(pk=agreement.pk))
    return len(captured)


def test_export_takes_as_many_queries_for_three_rows_as_for_one(agreement, coordinator):
    fill(agreement, by=coordinator, rows=1)
    one = export_queries(agreement)
    for _ in range(3):
        make_activity(FocusArea.objects.first(), lead=[agreement.municipality])

    assert export_queries(agreement) == one


# --- Whatever people write ---

WORDS = st.text(alphabet="aåÖx ;:#'\"\\-_~<>&=+@é😀", min_size=1, max_size=12).filter(lambda text: text.strip())
PROSE = st.text(alphabet="aÖ \n\t;:#'\"|>-", max_size=25)
DAYS = st.none() | st.dates(datetime.date(1999, 1, 1), datetime.date(2060, 1, 1))
AMOUNTS = st.none() | st.decimals(-9999, 9999, places=2)


def named(strategy, *, most: int = 3):
    return st.lists(strategy, min_size=1, max_size=most, unique_by=lambda text: text.strip())


@st.composite
def workbooks(draw) -> dict:
    """The tables of some agreement: any words, any dates, any of the things that may be left out."""
    units, areas, goals, titles = (draw(named(WORDS)) for _ in range(4))
    unit_names = [f"E{unit}" for unit in units]
    organisations = [
        {"name": "K", "kind": "municipality"},
        *({"name": name, "kind": "unit", "parent": "K", "short_name": draw(st.sampled_from(["", f"S{n}"]))}
          for n, name in enumerate(unit_names)),
    ]  # fmt: skip
    focus_areas = [
        {"number": draw(st.sampled_from([None, n])), "title": f"F{draw(WORDS)}{n}", "description": draw(PROSE)}
        for n in (1, 2)
    ]
    focus_area = st.sampled_from([row["title"].strip() for row in focus_areas])
    activities = [
        {
            "focus_area": draw(focus_area),
            "title": f"A{title}",
            "process_lead": draw(st.lists(st.sampled_from(unit_names), unique=True)),
            "areas": draw(st.lists(st.sampled_from([f"D{area}" for area in areas]), unique=True)),
            "background": draw(PROSE),
            "level": draw(st.sampled_from(["", *Activity.Level.values])),
            "next_follow_up_on": draw(DAYS),
            "is_public": draw(st.booleans()),
        }
        for title in titles
    ]
    return {
        "organisations": organisations,
        "agreement": [{"municipality": "K", "title": "T", "purpose": draw(PROSE), "starts_on": draw(DAYS)}],
        "areas": [{"name": f"D{area}"} for area in areas],
        "focus_areas": focus_areas,
        "goals": [
            {
                "focus_area": draw(focus_area),
                "statement": f"M{goal}",
                "kind": "effect",
                "target": (target := draw(AMOUNTS)),
                # A goal that is reached where it begins is refused.
                "baseline": draw(AMOUNTS.filter(lambda amount, target=target: amount != target))
                if target is not None
                else None,
            }
            for goal in goals
        ],
        "activities": activities,
        "commitments": [
            {"activity": row["title"], "organisation": unit_names[0], "text": draw(WORDS), "outcome": draw(PROSE)}
            for row in activities
        ],
    }


@given(some=workbooks(), first=st.sampled_from(FORMATS))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_workbook_comes_back(some, first):
    write, name = first
    with transaction.atomic():
        outcome = workbook.load(write(some), name)
        assert [str(fault) for fault in outcome.faults] == []
        assert_comes_back(outcome.agreement)
        transaction.set_rollback(True)


def test_written_files_are_those_of_the_two_writers():
    exported = workbook.export(load(tables()).agreement)

    assert write_yaml(exported, workbook.SHEETS).startswith(b"organisations:\n  - name: Lunds kommun\n")
    assert write_xlsx(exported, workbook.SHEETS).startswith(b"PK")

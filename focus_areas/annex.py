"""An agreement's annex: its focus areas with goals and activities, as PDF and as a workbook, in any state."""

import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from accounts.models import User
from agreements.models import Agreement
from documents.pdf import render_pdf
from documents.workbooks import Column, Sheet, write_xlsx
from focus_areas.models import Activity, FocusArea, Goal
from privacy.leaving import refuse_personal_data, refuse_personal_data_in_document

STYLESHEETS = ("reports/report.css", "focus_areas/annex.css")
SHEETS = (
    Sheet(
        "focus_areas",
        "Fokusområden",
        (
            Column("number", "Nummer", "integer"),
            Column("title", "Fokusområde", "text"),
            Column("description", "Beskrivning", "prose"),
        ),
    ),
    Sheet(
        "goals",
        "Mål",
        (
            Column("focus_area", "Fokusområde", "text"),
            Column("statement", "Mål", "prose"),
            Column("kind", "Slag", "text"),
            Column("parent", "Delmål till", "text"),
            Column("baseline", "Utgångsvärde", "decimal"),
            Column("target", "Målvärde", "decimal"),
            Column("unit", "Enhet", "text"),
            Column("due_on", "Senast", "date"),
        ),
    ),
    Sheet(
        "activities",
        "Aktiviteter",
        (
            Column("number", "Nummer", "text"),
            Column("focus_area", "Fokusområde", "text"),
            Column("title", "Aktivitet", "text"),
            Column("background", "Bakgrund", "prose"),
            Column("method", "Tillvägagångssätt", "prose"),
            Column("lead", "Leds av", "text"),
            Column("participants", "Deltar", "text"),
            Column("goals", "Mål", "prose"),
            Column("starts_on", "Startar", "date"),
            Column("ends_on", "Slutar", "date"),
        ),
    ),
)


def focus_areas_of(agreement: Agreement) -> list[FocusArea]:
    """The focus areas in order, each with `annex_goals` and `annex_activities`; a fixed number of queries."""
    focus_areas = list(agreement.focus_areas.in_order())
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(focus_area__agreement=agreement).select_related("parent").order_by("pk"):
        goals.setdefault(goal.focus_area_id, []).append(goal)
    activities: dict[int, list[Activity]] = {}
    planned = Activity.objects.of(agreement).select_related("focus_area").with_actors().prefetch_related("goals")
    for activity in planned.in_order():
        activities.setdefault(activity.focus_area_id, []).append(activity)
    for focus_area in focus_areas:
        focus_area.annex_goals = goals.get(focus_area.pk, [])
        focus_area.annex_activities = activities.get(focus_area.pk, [])
    return focus_areas


def annex_html(agreement: Agreement, *, on: datetime.date, by: User | None = None) -> str:
    parties = agreement.parties.select_related("organisation")
    context = {
        "agreement": agreement,
        "parties": [party.organisation.name for party in parties],
        "focus_areas": focus_areas_of(agreement),
        "printed_on": on,
        "printed_by": by.full_name if by else "",
        "portal_name": settings.PORTAL_NAME,
    }
    return render_to_string("focus_areas/annex_pdf.html", context)


def render_annex(agreement: Agreement, *, on: datetime.date, by: User | None = None) -> bytes:
    """Return the annex as PDF/UA; a draft's says that it is one.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    html = annex_html(agreement, on=on, by=by)
    refuse_personal_data_in_document(html)
    return render_pdf(html, stylesheets=STYLESHEETS)


def annex_tables(agreement: Agreement) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {sheet.name: [] for sheet in SHEETS}
    for focus_area in focus_areas_of(agreement):
        tables["focus_areas"].append(
            {"number": focus_area.number, "title": focus_area.title, "description": focus_area.description}
        )
        tables["goals"] += [goal_row(goal, focus_area) for goal in focus_area.annex_goals]
        tables["activities"] += [activity_row(activity, focus_area) for activity in focus_area.annex_activities]
    return tables


def goal_row(goal: Goal, focus_area: FocusArea) -> dict[str, Any]:
    return {
        "focus_area": str(focus_area),
        "statement": goal.statement,
        "kind": goal.get_kind_display(),
        "parent": str(goal.parent or ""),
        "baseline": goal.baseline,
        "target": goal.target,
        "unit": goal.unit,
        "due_on": goal.due_on,
    }


def activity_row(activity: Activity, focus_area: FocusArea) -> dict[str, Any]:
    return {
        "number": activity.label,
        "focus_area": str(focus_area),
        "title": activity.title,
        "background": activity.background,
        "method": activity.method,
        "lead": ", ".join(map(str, activity.lead_organisations)),
        "participants": ", ".join(map(str, activity.participant_organisations)),
        "goals": "\n".join(goal.statement for goal in activity.goals.all()),
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
    }


def write_annex(agreement: Agreement) -> bytes:
    """Return the annex as an Excel workbook.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    tables = annex_tables(agreement)
    labels = {sheet.name: sheet.label for sheet in SHEETS}
    refuse_personal_data(
        (
            (labels[name], value)
            for name, rows in tables.items()
            for row in rows
            for value in row.values()
            if isinstance(value, str)
        ),
        what="Arbetsboken",
    )
    return write_xlsx(tables, SHEETS)


def annex_name(agreement: Agreement, suffix: str) -> str:
    """bilaga-ks-2023-305.pdf, utkast-bilaga-….pdf"""
    reference = slugify(agreement.reference.replace("/", "-").replace(":", "-"))[:60] or str(agreement.pk)
    return f"{'utkast-' if agreement.is_draft else ''}bilaga-{reference}.{suffix}"

"""A version of the action plan as files: PDF/UA in Brå's columns, and a workbook."""

import datetime
import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import User
from documents.pdf import render_pdf
from documents.swedish_dates import date_words
from documents.workbooks import Column, Sheet, write_xlsx
from focus_areas.models import ActionPlan
from focus_areas.plan_contents import ActivityFacts, FocusAreaFacts, GoalFacts, PlanContents, texts_of
from privacy.leaving import refuse_personal_data, refuse_personal_data_in_document

STYLESHEETS = ("reports/report.css", "focus_areas/plan.css")


@dataclass(frozen=True)
class PlanRow:
    """An activity as a row of Brå's table, with the goals that it works for."""

    activity: ActivityFacts
    goals: tuple[GoalFacts, ...]


@dataclass(frozen=True)
class PlanBlock:
    """A focus area with its goals and rows."""

    focus_area: FocusAreaFacts
    rows: tuple[PlanRow, ...]


def blocks_of(contents: PlanContents) -> list[PlanBlock]:
    goals = {goal.key: goal for goal in contents.goals}
    return [
        PlanBlock(
            focus_area,
            tuple(
                PlanRow(activity, tuple(goals[key] for key in activity.goals if key in goals))
                for activity in focus_area.activities
            ),
        )
        for focus_area in contents.focus_areas
    ]


def state_words(plan: ActionPlan, *, replaced_by: ActionPlan | None = None) -> str:
    """What a version is, in a sentence: a draft, what holds, or what did and what came after."""
    if plan.is_draft:
        return "Utkast. Planen är inte antagen än."
    adopted = f"Antagen av {plan.decided_by} den {date_words(plan.decided_on)}."
    if plan.is_adopted:
        return f"{adopted} Den gäller."
    if replaced_by is None:
        return f"{adopted} Den är ersatt."
    return f"{adopted} Den ersattes den {date_words(replaced_by.decided_on)} av version {replaced_by.version}."


def render_plan(
    plan: ActionPlan,
    contents: PlanContents,
    *,
    on: datetime.date,
    by: User | None = None,
    replaced_by: ActionPlan | None = None,
) -> bytes:
    """Return the version as PDF/UA; without `by` it does not say who fetched it, and when.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    html = plan_html(plan, contents, on=on, by=by, replaced_by=replaced_by)
    refuse_personal_data_in_document(html)
    return render_pdf(html, stylesheets=STYLESHEETS)


def plan_html(
    plan: ActionPlan,
    contents: PlanContents,
    *,
    on: datetime.date,
    by: User | None = None,
    replaced_by: ActionPlan | None = None,
) -> str:
    context = {
        "plan": plan,
        "contents": contents,
        "blocks": blocks_of(contents),
        "state": state_words(plan, replaced_by=replaced_by),
        "version": "Utkast" if plan.is_draft else f"Antagen den {date_words(plan.decided_on)}",
        "printed_on": on,
        "printed_by": by.full_name if by else "",
        "is_example": plan.agreement.has_example_work,
        "is_print": True,
        "portal_name": settings.PORTAL_NAME,
    }
    return render_to_string("focus_areas/plan_pdf.html", context)


def plan_file_name(plan: ActionPlan, suffix: str) -> str:
    """atgardsplan-KS-2023-305-version-2.pdf, or …-version-3-utkast.pdf"""
    reference = re.sub(r"[^A-Za-z0-9]+", "-", plan.agreement.reference_number).strip("-") or str(plan.agreement_id)
    return f"atgardsplan-{reference}-version-{plan.version}{'-utkast' if plan.is_draft else ''}.{suffix}"


# --- The workbook ---

ABOUT = Sheet("about", "Om planen", (Column("what", "Uppgift", "text"), Column("words", "Innehåll", "prose")))
PLAN = Sheet(
    "plan",
    "Åtgärdsplan",
    (
        Column("focus_area", "Fokusområde", "text"),
        Column("causes", "Orsak", "prose"),
        Column("title", "Åtgärd", "text"),
        Column("goals", "Operativa mål", "prose"),
        Column("starts_on", "Startar", "date"),
        Column("ends_on", "Slutar", "date"),
        Column("lead", "Leds av", "text"),
        Column("participants", "Deltar", "text"),
        Column("responsible", "Ansvarig", "text"),
        Column("working_group", "Arbetsgrupp", "text"),
        Column("follow_up", "Så följs den upp", "prose"),
        Column("interval", "Hur ofta", "text"),
        Column("background", "Bakgrund", "prose"),
        Column("method", "Tillvägagångssätt", "prose"),
        Column("expected_effect", "Förväntad effekt", "prose"),
        Column("level", "Nivå", "text"),
        Column("approach", "Inriktning", "text"),
        Column("areas", "Delområden", "text"),
        Column("target_group", "Målgrupp", "text"),
        Column("funding_source", "Finansieras av", "text"),
        Column("funding_amount", "Belopp i kronor", "decimal"),
    ),
)
GOALS = Sheet(
    "goals",
    "Mål",
    (
        Column("focus_area", "Fokusområde", "text"),
        Column("statement", "Mål", "prose"),
        Column("kind", "Slag", "text"),
        Column("baseline", "Utgångsvärde", "decimal"),
        Column("target", "Målvärde", "decimal"),
        Column("unit", "Enhet", "text"),
        Column("indicator", "Indikator", "text"),
        Column("due_on", "Senast", "date"),
        Column("problem", "Problem", "text"),
    ),
)
COMMITMENTS = Sheet(
    "commitments",
    "Åtaganden",
    (
        Column("activity", "Aktivitet", "text"),
        Column("who", "Vem", "text"),
        Column("text", "Åtagande", "text"),
        Column("promise", "Hur många", "text"),
        Column("starts_on", "Från och med", "date"),
        Column("ends_on", "Till och med", "date"),
    ),
)
SHEETS = (ABOUT, PLAN, GOALS, COMMITMENTS)
# What a cell can hold, with room to spare.
LONGEST_CELL = 32_000


def plan_workbook(plan: ActionPlan, contents: PlanContents, *, replaced_by: ActionPlan | None = None) -> bytes:
    """Return the version as an Excel workbook.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    refuse_personal_data(texts_of(contents), what="Arbetsboken")
    about = [
        ("Åtgärdsplan", f"{plan.title}, version {plan.version}"),
        ("Överenskommelse", " ".join(filter(None, (contents.agreement_title, contents.agreement_reference)))),
        ("Läge", state_words(plan, replaced_by=replaced_by)),
        ("Beslut", contents.decision.words if contents.decision else ""),
        ("Vilar på lägesbilden", contents.picture.words if contents.picture else ""),
        ("Kontrollsumma (SHA-256)", plan.sha256),
    ]
    tables = {
        "about": [{"what": what, "words": words} for what, words in about if words],
        "plan": [plan_row(block.focus_area, row) for block in blocks_of(contents) for row in block.rows],
        "goals": [goal_row(area, goal) for area in contents.focus_areas for goal in area.goals],
        "commitments": [
            commitment_row(activity, one) for activity in contents.activities for one in activity.commitments
        ],
    }
    return write_xlsx(tables, SHEETS)


def lines(words) -> str:
    return "\n".join(words)[:LONGEST_CELL]


def plan_row(focus_area: FocusAreaFacts, row: PlanRow) -> dict:
    activity = row.activity
    planned = (one.words for one in activity.planned_follow_ups)
    return {
        "focus_area": focus_area.name,
        "causes": lines(cause.title for cause in activity.causes),
        "title": activity.name,
        "goals": lines(goal.statement for goal in row.goals),
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "lead": activity.lead_words,
        "participants": activity.participant_words,
        "responsible": activity.responsible,
        "working_group": activity.working_group,
        "follow_up": lines(word for word in (activity.follow_up_method, *planned) if word),
        "interval": activity.interval_words,
        "background": activity.background,
        "method": activity.method,
        "expected_effect": activity.expected_effect,
        "level": activity.level_words,
        "approach": activity.approach_words,
        "areas": ", ".join(activity.areas),
        "target_group": activity.target_group,
        "funding_source": activity.funding_source,
        "funding_amount": activity.funding_amount,
    }


def goal_row(focus_area: FocusAreaFacts, goal: GoalFacts) -> dict:
    return {
        "focus_area": focus_area.name,
        "statement": goal.statement,
        "kind": goal.kind_words,
        "baseline": goal.baseline,
        "target": goal.target,
        "unit": goal.unit,
        "indicator": goal.indicator,
        "due_on": goal.due_on,
        "problem": goal.problem,
    }


def commitment_row(activity: ActivityFacts, commitment) -> dict:
    return {
        "activity": activity.name,
        "who": commitment.who,
        "text": commitment.text,
        "promise": commitment.promise,
        "starts_on": commitment.starts_on,
        "ends_on": commitment.ends_on,
    }

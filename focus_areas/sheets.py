"""The sheets of an agreement's workbook that hold the plan, and all the sheets in their order.

Not in the workbook: people and who holds seats, what has been logged, reported and followed up, versions of the plan,
files, communication and evaluations.
"""

from agreements.sheets import AGREEMENT_SHEETS, column_for
from documents.workbooks import Sheet
from focus_areas.models import Activity, Cause, CauseAnalysis, Commitment, FocusArea, Goal

FOCUS_AREAS = Sheet(
    "focus_areas",
    "Fokusområden",
    (
        column_for(FocusArea, "number"),
        column_for(FocusArea, "title", required=True),
        column_for(FocusArea, "description"),
        column_for(FocusArea, "problems"),
        column_for(FocusArea, "child_summary"),
    ),
)

CAUSE_ANALYSES = Sheet(
    "cause_analyses",
    "Orsaksanalyser",
    (
        column_for(CauseAnalysis, "problem", required=True),
        column_for(CauseAnalysis, "summary"),
    ),
    is_optional=True,
)

CAUSES = Sheet(
    "causes",
    "Orsaker",
    (
        column_for(Cause, "analysis", label="Problem", required=True),
        column_for(Cause, "title", required=True),
        column_for(Cause, "leg", required=True),
        column_for(Cause, "kind", required=True),
        column_for(Cause, "evidence", required=True),
        column_for(Cause, "description"),
        column_for(Cause, "source"),
    ),
    is_optional=True,
)

GOALS = Sheet(
    "goals",
    "Mål",
    (
        column_for(Goal, "focus_area", required=True),
        column_for(Goal, "statement", required=True),
        column_for(Goal, "kind", required=True),
        column_for(Goal, "parent"),
        column_for(Goal, "baseline", allow_negative=True),
        column_for(Goal, "target", allow_negative=True),
        column_for(Goal, "unit"),
        column_for(Goal, "due_on"),
        column_for(Goal, "problem"),
        column_for(Goal, "indicator"),
    ),
)

ACTIVITIES = Sheet(
    "activities",
    "Aktiviteter",
    (
        column_for(Activity, "focus_area", required=True),
        column_for(Activity, "number"),
        column_for(Activity, "title", required=True),
        column_for(Activity, "process_lead", label="Leds av"),
        column_for(Activity, "process_lead_note"),
        column_for(Activity, "participants"),
        column_for(Activity, "level"),
        column_for(Activity, "approach"),
        column_for(Activity, "areas"),
        column_for(Activity, "target_group"),
        column_for(Activity, "background"),
        column_for(Activity, "method"),
        column_for(Activity, "expected_effect"),
        column_for(Activity, "working_group"),
        column_for(Activity, "starts_on"),
        column_for(Activity, "ends_on"),
        column_for(Activity, "follow_up_method"),
        column_for(Activity, "follow_up_interval_months"),
        column_for(Activity, "next_follow_up_on"),
        column_for(Activity, "goals"),
        column_for(Activity, "causes"),
        column_for(Activity, "funding_source"),
        column_for(Activity, "funding_amount"),
        column_for(Activity, "is_public"),
        column_for(Activity, "public_text"),
    ),
)

COMMITMENTS = Sheet(
    "commitments",
    "Åtaganden",
    (
        column_for(Commitment, "activity", required=True),
        column_for(Commitment, "organisation", label="Organisation"),
        column_for(Commitment, "is_joint"),
        column_for(Commitment, "text", required=True),
        column_for(Commitment, "comparison"),
        column_for(Commitment, "planned"),
        column_for(Commitment, "unit"),
        column_for(Commitment, "starts_on"),
        column_for(Commitment, "ends_on"),
        column_for(Commitment, "outcome"),
        column_for(Commitment, "goal"),
    ),
)

PLAN_SHEETS = (CAUSE_ANALYSES, CAUSES, FOCUS_AREAS, GOALS, ACTIVITIES, COMMITMENTS)
SHEETS = AGREEMENT_SHEETS + PLAN_SHEETS

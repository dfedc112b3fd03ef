"""What only some kinds of report ask for, as it stood: one query for each kind, whatever the amount."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from agreements.models import Agreement, Area, Group, Problem, Seat, SituationPicture
from focus_areas.models import (
    Activity,
    ActivityChoice,
    Cause,
    CauseAnalysis,
    FocusArea,
    GoalChoice,
    Grant,
    PlannedFollowUp,
    Renewal,
)
from reports.models import Report
from reports.tables import Found, Tables, read_together

Row = dict[str, Any]
JUDGED = (*Problem.CRITERIA, *Problem.WEIGHED_WITH)


@dataclass
class KindRows:
    """The rows by the name of their table, and those of one kind by what they belong to."""

    found: Found = field(default_factory=lambda: defaultdict(list))

    def rows(self, part: str) -> list[Row]:
        return self.found[part]

    def by(self, part: str, key: str) -> dict[int, list[Row]]:
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in self.found[part]:
            groups[row[key]].append(row)
        return groups


def read_for_kind(kind: str, agreement: Agreement, *, at: datetime.datetime) -> KindRows:
    """Read what the kind asks for beside what all do; nothing for most kinds."""
    parts = PARTS.get(kind)
    return KindRows(read_together(parts(Tables(at), agreement))) if parts else KindRows()


def grant_parts(tables: Tables, agreement: Agreement) -> Iterator[QuerySet]:
    of_agreement = Q(agreement_id=agreement.pk)
    of_problems = Q(situation_picture_id__in=tables.ids(SituationPicture, of_agreement))
    of_areas = Q(focus_area_id__in=tables.ids(FocusArea, of_agreement))
    of_activities = Q(activity_id__in=tables.ids(Activity, of_areas))
    of_groups = Q(group_id__in=tables.ids(Group, of_agreement))
    of_analyses = Q(problem_id__in=tables.ids(Problem, of_problems))
    yield tables.rows(
        SituationPicture,
        of_agreement & Q(state=SituationPicture.State.ADOPTED),
        *("title", "reference_number", "adopted_on", "adopted_by", "paragraph"),
    )
    # How a problem was judged is a number from 0 to 2; names that begin with is_ are read as yes or no.
    judged = {f"judged_{name}": F(name) for name in JUDGED}
    yield tables.rows(
        Problem,
        of_problems,
        *("situation_picture_id", "title", "description", "trend", "is_prioritised", "priority_reason"),
        **judged,
    )
    yield tables.linked(Problem, of_problems, "areas")
    yield tables.linked(FocusArea, of_agreement, "problems")
    yield tables.rows(Area, of_agreement, "name")
    yield tables.rows(CauseAnalysis, of_analyses, "problem_id", "summary")
    yield tables.rows(
        Cause,
        Q(analysis_id__in=tables.ids(CauseAnalysis, of_analyses)),
        *("analysis_id", "title", "description", "leg", "kind", "evidence", "source"),
    )
    yield tables.rows(
        Grant,
        of_activities,
        *("activity_id", "source", "reference_number", "amount", "starts_on", "ends_on"),
        *("report_due_on", "reported_on"),
    )
    yield tables.rows(PlannedFollowUp, of_activities, "activity_id", "kind", "what", "how", "due_on")
    yield tables.rows(Group, of_agreement, "kind", "name", "mandate")
    yield tables.rows(Seat, of_groups, "group_id", "title", "organisation_id", "function")


def closing_parts(tables: Tables, agreement: Agreement) -> Iterator[QuerySet]:
    of_agreement = Q(agreement_id=agreement.pk)
    of_renewal = Q(renewal_id__in=tables.ids(Renewal, of_agreement))
    yield tables.rows(
        Renewal, of_agreement, "title", "reference_number", "starts_on", "ends_on", "closing_statement", "successor_id"
    )
    yield tables.rows(ActivityChoice, of_renewal, "activity_id", "choice", "reason")
    yield tables.rows(GoalChoice, of_renewal, "goal_id", "choice", "reason", "new_statement", "new_target")


def public_parts(tables: Tables, agreement: Agreement) -> Iterator[QuerySet]:
    """Where the activities are, as it stood, and which of them residents may read about today, in which words."""
    of_areas = Q(focus_area_id__in=tables.ids(FocusArea, Q(agreement_id=agreement.pk)))
    yield tables.linked(Activity, of_areas, "areas")
    yield Tables().rows(
        Activity,
        Q(focus_area__agreement_id=agreement.pk, is_public=True),
        "public_text",
        part="Activity.now",
    )


PARTS = {
    Report.Kind.GRANT: grant_parts,
    Report.Kind.CLOSING: closing_parts,
    Report.Kind.PUBLIC: public_parts,
}


def decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))

"""The red thread as it stood, and what the law's demands were judged by: one query whatever the amount."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from agreements.models import Agreement, Indicator, IndicatorValue, Problem, SituationPicture
from focus_areas.models import Activity, Cause, ChildImpact, FocusArea
from reports.law.evidence import Evidence
from reports.law.reading import evidence_of, evidence_parts
from reports.tables import Tables, read_together

INDICATOR_FIELDS = ("name", "source", "unit", "scale_lowest", "scale_highest", "lower_is_better")
VALUE_FIELDS = ("indicator_id", "year", "value", "comparison", "area_id", "sex")


@dataclass(frozen=True)
class ThreadSnapshot:
    evidence: Evidence
    indicators: dict[int, Indicator]
    values: dict[int, list[IndicatorValue]]
    # By activity: its goals' and its causes' keys or titles, and what weighing the child's best came to.
    goal_keys: dict[int, list[int]]
    causes: dict[int, list[str]]
    child_conclusions: dict[int, str]


def read_thread(agreement: Agreement, *, at: datetime.datetime) -> ThreadSnapshot:
    """Read it as it stood at a moment, for the agreement as it was then."""
    tables = Tables(at)
    of_agreement = Q(agreement_id=agreement.pk)
    of_areas = Q(focus_area_id__in=tables.ids(FocusArea, of_agreement))
    # The report is read by everybody; working material is not.
    adopted_problems = Problem.objects.filter(
        situation_picture__agreement=agreement, situation_picture__state=SituationPicture.State.ADOPTED
    )
    goals, causes = (tables.linked(Activity, of_areas, name) for name in ("goals", "causes"))
    found = read_together(
        [
            *evidence_parts(agreement, tables),
            goals,
            causes,
            tables.rows(Cause, Q(analysis__problem__in=adopted_problems), "title"),
            tables.rows(Indicator, of_agreement, *INDICATOR_FIELDS),
            tables.rows(IndicatorValue, Q(indicator_id__in=tables.ids(Indicator, of_agreement)), *VALUE_FIELDS),
            tables.rows(
                ChildImpact,
                Q(activity_id__in=tables.ids(Activity, of_areas)),
                *("activity_id", "conclusion"),
                part="ChildImpact.conclusion",
            ),
        ]
    )
    titles = {row["id"]: row["title"] for row in found["Cause"]}
    return ThreadSnapshot(
        evidence=evidence_of(found, agreement),
        indicators={row["id"]: _indicator(row, agreement) for row in found["Indicator"]},
        values=_values(found["IndicatorValue"]),
        goal_keys=_linked(found["Activity.goals"]),
        causes={
            activity: [titles[key] for key in keys if key in titles]
            for activity, keys in _linked(found["Activity.causes"]).items()
        },
        child_conclusions={row["activity_id"]: row["conclusion"] for row in found["ChildImpact.conclusion"]},
    )


def _linked(rows: list[dict]) -> dict[int, list[int]]:
    links: dict[int, list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["to_id"]):
        links[row["from_id"]].append(row["to_id"])
    return links


def _indicator(row: dict, agreement: Agreement) -> Indicator:
    numbers = {name: _decimal(row[name]) for name in ("scale_lowest", "scale_highest")}
    return Indicator(**row | numbers | {"lower_is_better": bool(row["lower_is_better"])}, agreement=agreement)


def _values(rows: list[dict]) -> dict[int, list[IndicatorValue]]:
    values: dict[int, list[IndicatorValue]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["year"], row["id"])):
        values[row["indicator_id"]].append(IndicatorValue(**row | {"value": _decimal(row["value"])}))
    return values


def _decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))

"""An agreement as the tables of its workbook, in an order that a load into an empty database gives back."""

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from agreements import sheets as agreement_sheets
from agreements.models import Agreement, IndicatorValue, PictureSource, Problem, Seat
from documents.workbooks import Column, Sheet
from focus_areas import sheets
from focus_areas.models import Activity, Cause, CauseAnalysis, Commitment, FocusArea, Goal
from focus_areas.workbook.changes import plain_digits
from focus_areas.workbook.identity import tidy
from focus_areas.workbook.references import (
    References,
    activity_tiers,
    analysis_tiers,
    cause_tiers,
    focus_area_tiers,
    goal_tiers,
    organisation_path,
    organisation_tiers,
    path_within,
    problem_tiers,
)

Rows = list[dict[str, Any]]


def export(agreement: Agreement) -> dict[str, Rows]:
    """Return the agreement's tables, one for each sheet; `write_yaml` and `write_xlsx` make files of them."""
    return Export(agreement).tables()


class Export:
    """One agreement, fetched with one query for each kind of thing, and what its things are called."""

    def __init__(self, agreement: Agreement):
        self.agreement = agreement
        self.parties = list(agreement.parties.order_by("pk"))
        self.groups = parents_first(agreement.groups.order_by("pk"))
        group_order = {group.pk: place for place, group in enumerate(self.groups)}
        seats = Seat.objects.filter(group__agreement=agreement).order_by("pk")
        self.seats = sorted(seats, key=lambda seat: group_order[seat.group_id])
        self.areas = sorted(agreement.areas.all(), key=lambda area: area.name)
        self.pictures = list(agreement.situationpictures.order_by("pk"))
        of_picture = {"situation_picture__agreement": agreement}
        self.sources = list(
            PictureSource.objects.filter(**of_picture).select_related("situation_picture").order_by("pk")
        )
        self.problems = list(
            Problem.objects.filter(**of_picture)
            .select_related("situation_picture")
            .prefetch_related("areas")
            .order_by("situation_picture_id", "pk")
        )
        self.indicators = list(agreement.indicators.order_by("name"))
        self.indicator_values = list(
            IndicatorValue.objects.filter(indicator__agreement=agreement)
            .select_related("indicator", "area")
            .order_by("indicator__name", "comparison", "area__name", "sex", "year")
        )
        self.analyses = list(
            CauseAnalysis.objects.filter(problem__situation_picture__agreement=agreement)
            .select_related("problem__situation_picture")
            .order_by("problem__situation_picture_id", "problem_id")
        )
        self.causes = list(
            Cause.objects.of(agreement)
            .select_related("analysis__problem__situation_picture")
            .order_by("analysis__problem__situation_picture_id", "analysis__problem_id", "pk")
        )
        self.focus_areas = list(FocusArea.objects.filter(agreement=agreement).in_order().prefetch_related("problems"))
        self.goals = self.fetch_goals()
        self.activities = list(
            Activity.objects.of(agreement)
            .in_order()
            .select_related("focus_area")
            .prefetch_related("leads", "participations", "areas", "goals", "causes")
        )
        self.commitments = self.fetch_commitments()
        self.organisations = self.fetch_organisations()
        self.name_everything()

    def fetch_goals(self) -> list[Goal]:
        order = {focus_area.pk: place for place, focus_area in enumerate(self.focus_areas)}
        goals = Goal.objects.filter(focus_area__agreement=self.agreement).select_related("focus_area").order_by("pk")
        return parents_first(sorted(goals, key=lambda goal: order[goal.focus_area_id]))

    def fetch_commitments(self) -> list[Commitment]:
        order = {activity.pk: place for place, activity in enumerate(self.activities)}
        commitments = Commitment.objects.filter(activity__in=list(order)).order_by("pk")
        return sorted(commitments, key=lambda commitment: order[commitment.activity_id])

    def fetch_organisations(self) -> dict[int, Organisation]:
        """Everybody who takes part or is named, and what they belong to."""
        named = {self.agreement.municipality_id}
        named |= set(self.agreement.organisations.values_list("pk", flat=True))
        named |= {row.organisation_id for row in (*self.parties, *self.seats)}
        named |= {row.organisation_id for row in self.commitments if row.organisation_id}
        for activity in self.activities:
            named |= {row.organisation_id for row in (*activity.leads.all(), *activity.participations.all())}
        found: dict[int, Organisation] = {}
        for organisation in Organisation.objects.filter(pk__in=named).with_parents():
            found |= {one.pk: one for one in organisation.lineage if one.pk not in found}
        return dict(sorted(found.items(), key=lambda item: [above.name for above in reversed(item[1].lineage)]))

    def name_everything(self) -> None:
        """Let each thing be found by its names, as a load of the file would."""
        self.references = {sheet.name: References(sheet.label) for sheet in sheets.SHEETS}
        kinds: list[tuple[Sheet, Iterable[Any], Callable]] = [
            (agreement_sheets.ORGANISATIONS, self.organisations.values(), organisation_tiers),
            (agreement_sheets.PICTURES, self.pictures, lambda picture: ((picture.title,), (str(picture),))),
            (agreement_sheets.PROBLEMS, self.problems, problem_tiers),
            (sheets.CAUSE_ANALYSES, self.analyses, analysis_tiers),
            (sheets.CAUSES, self.causes, cause_tiers),
            (sheets.FOCUS_AREAS, self.focus_areas, focus_area_tiers),
            (sheets.GOALS, self.goals, goal_tiers),
            (sheets.ACTIVITIES, self.activities, activity_tiers),
        ]
        for sheet, things, tiers in kinds:
            for thing in things:
                self.references[sheet.name].add(thing, *tiers(thing))
        self.goals_by_key = {goal.pk: goal for goal in self.goals}
        self.focus_areas_by_key = {focus_area.pk: focus_area for focus_area in self.focus_areas}
        self.activities_by_key = {activity.pk: activity for activity in self.activities}
        self.pictures_by_key = {picture.pk: picture for picture in self.pictures}
        self.problems_by_key = {problem.pk: problem for problem in self.problems}
        self.analyses_by_key = {analysis.pk: analysis for analysis in self.analyses}
        self.indicators_by_key = {indicator.pk: indicator for indicator in self.indicators}
        self.groups_by_key = {group.pk: group for group in self.groups}

    # --- What things are called ---

    def organisation(self, key: int | None) -> str | None:
        if key is None:
            return None
        one = self.organisations[key]
        names = one.short_name, one.name, organisation_path(one)
        return self.references[agreement_sheets.ORGANISATIONS.name].name_of(one, *names)

    def organisation_list(self, links: Iterable[Any]) -> list[str | None]:
        return [
            self.organisation(link.organisation_id) for link in sorted(links, key=lambda one: (one.position, one.pk))
        ]

    def group(self, key: int | None) -> str | None:
        return self.groups_by_key[key].name if key else None

    def named(self, sheet: Sheet, one: Any, tiers: Callable) -> str:
        names = [name for names in tiers(one) for name in names]
        return self.references[sheet.name].name_of(one, *names)

    def picture(self, key: int | None) -> str | None:
        if key is None:
            return None
        one = self.pictures_by_key.get(key)
        return one and self.references[agreement_sheets.PICTURES.name].name_of(one, one.title, str(one))

    def problem(self, key: int | None) -> str | None:
        one = self.problems_by_key.get(key)
        return one and self.named(agreement_sheets.PROBLEMS, one, problem_tiers)

    def focus_area(self, key: int) -> str:
        one = self.focus_areas_by_key[key]
        (number,), (title,), (both,) = focus_area_tiers(one)
        return self.references[sheets.FOCUS_AREAS.name].name_of(one, number, title, both)

    def goal(self, key: int | None, focus_area_id: int) -> str | None:
        if key is None:
            return None
        one = self.goals_by_key[key]
        names = one.statement, path_within(one, one.statement)
        return self.references[sheets.GOALS.name].name_of(
            one, *names, nearest=lambda thing: thing.focus_area_id == focus_area_id
        )

    def activity(self, key: int) -> str:
        one = self.activities_by_key[key]
        names = one.title, str(one), path_within(one, one.title)
        return self.references[sheets.ACTIVITIES.name].name_of(one, *names)

    # --- The tables ---

    def tables(self) -> dict[str, Rows]:
        agreement = self.agreement
        everything: list[tuple[Sheet, Iterable[Any], Callable[[Any], dict[str, Any]]]] = [
            (agreement_sheets.ORGANISATIONS, self.organisations.values(), self.organisation_links),
            (agreement_sheets.AGREEMENT, [agreement], self.agreement_links),
            (agreement_sheets.SECTIONS, agreement.sections.order_by("position", "pk"), no_links),
            (agreement_sheets.DEFINITIONS, agreement.definitions.order_by("pk"), no_links),
            (agreement_sheets.PARTIES, self.parties, self.party_links),
            (agreement_sheets.AREAS, self.areas, no_links),
            (agreement_sheets.GROUPS, self.groups, self.group_links),
            (agreement_sheets.SEATS, self.seats, self.seat_links),
            (agreement_sheets.LINKED_PLANS, agreement.linkedplans.order_by("title"), no_links),
            (agreement_sheets.PICTURES, self.pictures, self.picture_links),
            (agreement_sheets.SOURCES, self.sources, self.source_links),
            (agreement_sheets.PROBLEMS, self.problems, self.problem_links),
            (agreement_sheets.INDICATORS, self.indicators, self.indicator_links),
            (agreement_sheets.INDICATOR_VALUES, self.indicator_values, self.indicator_value_links),
            (sheets.CAUSE_ANALYSES, self.analyses, self.analysis_links),
            (sheets.CAUSES, self.causes, self.cause_links),
            (sheets.FOCUS_AREAS, self.focus_areas, self.focus_area_links),
            (sheets.GOALS, self.goals, self.goal_links),
            (sheets.ACTIVITIES, self.activities, self.activity_links),
            (sheets.COMMITMENTS, self.commitments, self.commitment_links),
        ]
        return {
            sheet.name: [row_of(thing, sheet, links(thing)) for thing in things] for sheet, things, links in everything
        }

    def organisation_links(self, one: Organisation) -> dict[str, Any]:
        return {"parent": self.organisation(one.parent_id)}

    def agreement_links(self, one: Agreement) -> dict[str, Any]:
        predecessor = one.predecessor.reference if one.predecessor else None
        return {"municipality": self.organisation(one.municipality_id), "predecessor": predecessor}

    def party_links(self, one: Any) -> dict[str, Any]:
        return {"organisation": self.organisation(one.organisation_id)}

    def group_links(self, one: Any) -> dict[str, Any]:
        return {"parent": self.group(one.parent_id)}

    def seat_links(self, one: Seat) -> dict[str, Any]:
        return {"group": self.group(one.group_id), "organisation": self.organisation(one.organisation_id)}

    def picture_links(self, one: Any) -> dict[str, Any]:
        return {"supersedes": self.picture(one.supersedes_id)}

    def source_links(self, one: PictureSource) -> dict[str, Any]:
        return {"situation_picture": self.picture(one.situation_picture_id), "is_rejected": one.is_rejected or None}

    def problem_links(self, one: Problem) -> dict[str, Any]:
        return {
            "situation_picture": self.picture(one.situation_picture_id),
            "areas": sorted(area.name for area in one.areas.all()),
            "is_prioritised": one.is_prioritised or None,
        }

    def indicator_links(self, one: Any) -> dict[str, Any]:
        return {"lower_is_better": one.lower_is_better or None}

    def indicator_value_links(self, one: IndicatorValue) -> dict[str, Any]:
        return {"indicator": one.indicator.name, "area": one.area.name if one.area else None}

    def analysis_links(self, one: CauseAnalysis) -> dict[str, Any]:
        return {"problem": self.problem(one.problem_id)}

    def cause_links(self, one: Cause) -> dict[str, Any]:
        analysis = self.analyses_by_key[one.analysis_id]
        return {"analysis": self.named(sheets.CAUSE_ANALYSES, analysis, analysis_tiers)}

    def focus_area_links(self, one: FocusArea) -> dict[str, Any]:
        own = {problem.pk for problem in one.problems.all()}
        return {"problems": [self.problem(problem.pk) for problem in self.problems if problem.pk in own]}

    def goal_links(self, one: Goal) -> dict[str, Any]:
        return {
            "problem": self.problem(one.problem_id),
            "indicator": self.indicators_by_key[one.indicator_id].name if one.indicator_id else None,
            "focus_area": self.focus_area(one.focus_area_id),
            "parent": self.goal(one.parent_id, one.focus_area_id),
        }

    def activity_links(self, one: Activity) -> dict[str, Any]:
        goals = {goal.pk for goal in one.goals.all()}
        causes = {cause.pk for cause in one.causes.all()}
        return {
            "focus_area": self.focus_area(one.focus_area_id),
            "process_lead": self.organisation_list(one.leads.all()),
            "participants": self.organisation_list(one.participations.all()),
            "areas": sorted(area.name for area in one.areas.all()),
            "working_group": self.group(one.working_group_id),
            "goals": [self.goal(goal.pk, one.focus_area_id) for goal in self.goals if goal.pk in goals],
            "causes": [self.named(sheets.CAUSES, cause, cause_tiers) for cause in self.causes if cause.pk in causes],
            # Said only where it is so: an empty cell means no.
            "is_public": one.is_public or None,
        }

    def commitment_links(self, one: Commitment) -> dict[str, Any]:
        focus_area_id = self.activities_by_key[one.activity_id].focus_area_id
        return {
            "activity": self.activity(one.activity_id),
            "organisation": self.organisation(one.organisation_id),
            "is_joint": one.is_joint or None,
            "goal": self.goal(one.goal_id, focus_area_id),
        }


def no_links(thing: Any) -> dict[str, Any]:
    return {}


def row_of(thing: Any, sheet: Sheet, links: dict[str, Any]) -> dict[str, Any]:
    return {
        column.name: links[column.name] if column.name in links else plain_in(column, getattr(thing, column.name))
        for column in sheet.columns
    }


def plain_in(column: Column, value: Any) -> Any:
    """Choices are told by their keys, also those that the database keeps as numbers."""
    return str(value) if column.kind == "choice" and isinstance(value, int) else plain(value)


def plain(value: Any) -> Any:
    """A value as a file gives it back: no empty text, no zeros after the last decimal, a date and not a moment."""
    if isinstance(value, Decimal):
        return Decimal(plain_digits(value))
    if isinstance(value, datetime.datetime):
        return value.date()
    return tidy(value) if value != "" else None


def parents_first(things: Iterable[Any]) -> list[Any]:
    """The things in their order, but each after its parent and beside its brothers and sisters."""
    things = list(things)
    keys = {thing.pk for thing in things}
    children: dict[int | None, list[Any]] = {}
    for thing in things:
        children.setdefault(thing.parent_id if thing.parent_id in keys else None, []).append(thing)
    ordered: list[Any] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        ordered.append(waiting.pop())
        waiting.extend(reversed(children.get(ordered[-1].pk, [])))
    return ordered

"""The red thread of the example: its picture, indicators, causes, adopted plan, communication and evaluation.

The words stand in thread.yaml. Each step is the portal's own, at the moment it is said to have happened.
"""

import datetime
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from agreements.models import Indicator, LinkedPlan, PictureSource, Problem, SituationPicture
from agreements.operations.indicators import load_series
from burlov_trygghet.demo.events import Event, moment
from focus_areas.models import (
    ActionPlan,
    Activity,
    Cause,
    CauseAnalysis,
    CommunicationItem,
    CommunicationPlan,
    Evaluation,
    Finding,
    Grant,
    PlannedFollowUp,
    Recommendation,
)
from focus_areas.operations import pictures, plans
from reports.models import CouncilReport

if TYPE_CHECKING:
    from burlov_trygghet.demo.loading import Example

COORDINATOR = "samordnare"
MEASURED_ON = datetime.date(2025, 11, 6)
ANALYSED_ON = datetime.date(2025, 11, 18)
PLANNED_ON = datetime.date(2025, 12, 11)
SUMMED_UP_ON = datetime.date(2026, 9, 8)
LINKED_ON = datetime.date(2025, 11, 7)


class ThreadOfExample:
    """The part of the example that ties the plan to the picture; people, areas and activities are the example's."""

    def __init__(self, example: "Example"):
        self.example = example
        self.picture: SituationPicture | None = None
        self.plan: ActionPlan | None = None
        self.problems: dict[str, Problem] = {}
        self.causes: dict[str, Cause] = {}

    @cached_property
    def told(self) -> dict:
        return yaml.safe_load((Path(__file__).parent / "thread.yaml").read_bytes())

    def events(self) -> Iterator[Event]:
        yield from self.before_the_plan()
        yield from self.the_plan()
        for evaluated in [self.told["evaluation"]]:
            yield self.event(evaluated["registered"], 13, partial(self.evaluate, evaluated))
        for report in self.told["council_reports"]:
            yield self.event(report["registered"], 9, partial(self.report_to_council, report))
        for grant in self.told["grants"]:
            yield self.event(grant["registered"], 14, partial(self.receive_grant, grant))
            if grant.get("reported_on"):
                yield self.event(grant["reported_on"], 15, partial(self.account_for_grant, grant))
        for plan in self.told["communication"]:
            yield from self.communicating(plan)
        yield self.event(SUMMED_UP_ON, 10, self.sum_up_for_children)

    def event(self, day: datetime.date, hour: int, do, *, by: str = COORDINATOR, reason: str = "") -> Event:
        return Event(moment(day, hour), by, do, reason)

    def before_the_plan(self) -> Iterator[Event]:
        picture = self.told["picture"]
        yield self.event(picture["registered"], 8, self.describe)
        yield self.event(picture["registered"], 16, self.adopt_picture)
        yield self.event(MEASURED_ON, 9, self.measure)
        yield self.event(LINKED_ON, 9, self.link_plans)
        yield self.event(ANALYSED_ON, 13, self.analyse, by="beredning")

    def the_plan(self) -> Iterator[Event]:
        plan, following = self.told["plan"], self.told["next_plan"]
        yield self.event(plan["created"], 10, partial(self.draft_plan, plan))
        yield self.event(PLANNED_ON, 9, self.plan_follow_ups)
        yield self.event(plan["adopted"], 9, self.adopt_plan)
        yield self.event(following["created"], 10, partial(self.draft_plan, following))

    def communicating(self, plan: dict) -> Iterator[Event]:
        kept: list[CommunicationPlan] = []
        yield self.event(plan["registered"], 11, partial(self.plan_communication, plan, kept))
        for item in plan["items"]:
            if item.get("done_on"):
                tell = partial(self.note_as_told, kept, item)
                yield self.event(item["done_on"], 16, tell, by=item["responsible"])

    # --- Picture, indicators and causes ---

    def describe(self) -> None:
        told = self.told["picture"]
        words = {name: told[name] for name in ("title", "reference_number", "mapping", "other_information", "analysis")}
        self.picture = SituationPicture.objects.create(agreement=self.example.agreement, **words)
        for source in told["sources"]:
            PictureSource.objects.create(situation_picture=self.picture, **source)
        focus_areas = {area.number: area for area in self.example.agreement.focus_areas.all()}
        for found in told["problems"]:
            problem = self.problems[found["key"]] = self.find_problem(found)
            problem.areas.set([self.example.areas[name] for name in found.get("areas", ())])
            if number := found.get("focus_area"):
                focus_areas[number].problems.add(problem)

    def adopt_picture(self) -> None:
        told = self.told["picture"]
        self.picture = pictures.adopt_picture(
            picture=self.picture,
            today=told["registered"],
            by=self.example.people[COORDINATOR],
            **{name: told[name] for name in ("adopted_on", "adopted_by", "paragraph", "reference_number")},
        )

    def measure(self) -> None:
        load_series(self.example.agreement, self.example.people[COORDINATOR])

    def find_problem(self, found: dict) -> Problem:
        return Problem.objects.create(
            situation_picture=self.picture,
            title=found["title"],
            description=found["description"],
            trend=found["trend"],
            is_prioritised=found.get("is_prioritised", True),
            priority_reason=found["reason"],
            **dict(zip(Problem.CRITERIA, found["judged"], strict=True)),
            **dict(zip(Problem.WEIGHED_WITH, found["weighed"], strict=True)),
        )

    def analyse(self) -> None:
        for key, analysed in self.told["causes"].items():
            analysis = CauseAnalysis.objects.create(problem=self.problems[key], summary=analysed["summary"])
            for row in analysed["rows"]:
                facts = {name: value for name, value in row.items() if name != "key"}
                self.causes[row["key"]] = Cause.objects.create(analysis=analysis, **facts)

    def link_plans(self) -> None:
        for plan in self.told["linked_plans"]:
            LinkedPlan.objects.create(agreement=self.example.agreement, **plan)

    # --- What the example's own planning asks for ---

    def problem_of_goal(self, key: str) -> Problem | None:
        return self.problems.get(self.told["goal_problems"].get(key, ""))

    def indicator_of_goal(self, key: str) -> Indicator | None:
        name = self.told["goal_indicators"].get(key)
        return self.example.agreement.indicators.get(name=name) if name else None

    def tie(self, activity: Activity, label: str) -> None:
        """Aim the activity at its causes."""
        activity.causes.set([self.causes[key] for key in self.told["activity_causes"].get(label, ())])

    def public_text(self, label: str) -> str:
        return self.told["public_texts"].get(label, "")

    # --- The plan ---

    def draft_plan(self, told: dict) -> None:
        self.plan = plans.start_plan(
            agreement=self.example.agreement,
            title=told["title"],
            comment=told["comment"],
            based_on=self.picture,
            by=self.example.people[COORDINATOR],
        )

    def adopt_plan(self) -> None:
        told = self.told["plan"]
        plans.adopt_plan(
            plan=self.plan,
            today=told["adopted"],
            by=self.example.people[COORDINATOR],
            **{name: told[name] for name in ("decided_on", "decided_by", "paragraph", "reference_number")},
        )

    def plan_follow_ups(self) -> None:
        for label, rows in self.told["planned_follow_ups"].items():
            for row in rows:
                facts = row | {"responsible": self.example.people[row["responsible"]]}
                PlannedFollowUp.objects.create(activity=self.example.activities[label], **facts)

    # --- What else the year held ---

    def sum_up_for_children(self) -> None:
        for focus_area in self.example.agreement.focus_areas.filter(number__in=self.told["child_summaries"]):
            focus_area.child_summary = self.told["child_summaries"][focus_area.number]
            focus_area.save(update_fields=["child_summary"])

    def report_to_council(self, told: dict) -> None:
        facts = {name: told[name] for name in ("title", "reported_on", "paragraph")}
        CouncilReport.objects.create(agreement=self.example.agreement, **facts)

    def receive_grant(self, told: dict) -> None:
        facts = {name: told[name] for name in ("source", "amount", "starts_on", "ends_on", "report_due_on")}
        Grant.objects.create(activity=self.example.activities[told["activity"]], **facts)

    def account_for_grant(self, told: dict) -> None:
        grant = Grant.objects.get(activity=self.example.activities[told["activity"]], source=told["source"])
        grant.reported_on = told["reported_on"]
        grant.save(update_fields=["reported_on"])

    def evaluate(self, told: dict) -> None:
        words = {name: told[name] for name in ("title", "done_by", "method", "summary")}
        evaluation = Evaluation.objects.create(agreement=self.example.agreement, **words)
        for found in told["findings"]:
            finding = Finding.objects.create(evaluation=evaluation, level=found["level"], text=found["text"])
            advice = Recommendation.objects.create(
                evaluation=evaluation,
                finding=finding,
                text=found["advice"],
                answer=found["answer"],
                reason=found.get("reason", ""),
                done_on=found.get("done_on"),
            )
            advice.activities.set([self.example.activities[label] for label in found.get("activities", ())])

    def plan_communication(self, told: dict, kept: list[CommunicationPlan]) -> None:
        words = {
            name: told[name]
            for name in ("title", "is_joint", "aim", "principles", "starts_on", "ends_on")
            if name in told
        }
        plan = CommunicationPlan.objects.create(agreement=self.example.agreement, **words)
        kept.append(plan)
        for item in told["items"]:
            facts = {name: item[name] for name in ("direction", "audience", "message", "channel", "due_on")}
            CommunicationItem.objects.create(
                plan=plan,
                activity=self.example.activities.get(item.get("activity")),
                responsible=self.example.people[item["responsible"]],
                **facts,
            )

    def note_as_told(self, kept: list[CommunicationPlan], told: dict) -> None:
        item = kept[0].items.get(message=told["message"])
        item.done_on = told["done_on"]
        item.save(update_fields=["done_on"])

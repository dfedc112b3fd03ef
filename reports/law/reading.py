"""Reads what shows that the law's demands are met: one query, now or as things stood at a moment."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from agreements.models import (
    Agreement,
    Group,
    LinkedPlan,
    Membership,
    Party,
    Seat,
    SituationPicture,
)
from focus_areas.models import (
    ActionPlan,
    Activity,
    ChildImpact,
    Commitment,
    CommunicationItem,
    CommunicationPlan,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    Goal,
    PlannedFollowUp,
    Renewal,
)
from focus_areas.progress import has_measure
from focus_areas.thread_gaps import GoalFacts, ThreadFacts
from reports.law.evidence import (
    ActivityThen,
    AgreementThen,
    CommunicationPlanThen,
    CouncilReportThen,
    Evidence,
    FocusAreaThen,
    GoalThen,
    GroupThen,
    LinkedPlanThen,
    PictureThen,
    PlanThen,
    RenewalThen,
    SeatThen,
)
from reports.models import CouncilReport
from reports.tables import Found, Tables, read_together, written

PICTURE_PARTS = {
    "mapping_length": "kartläggning",
    "other_information_length": "annat som har betydelse",
    "analysis_length": "analys",
}


def read_evidence(agreement: Agreement, *, at: datetime.datetime | None = None) -> Evidence:
    """What the data shows, now or as it stood at a moment. One query whatever the amount."""
    return evidence_of(read_together(evidence_parts(agreement, Tables(at))), agreement)


def evidence_parts(agreement: Agreement, tables: Tables) -> Iterator[QuerySet]:
    """The tables that the evidence is in, to be read together."""
    of_agreement = Q(agreement_id=agreement.pk)
    of_areas = Q(focus_area_id__in=tables.ids(FocusArea, of_agreement))
    of_activities = Q(activity_id__in=tables.ids(Activity, of_areas))
    of_groups = Q(group_id__in=tables.ids(Group, of_agreement))
    yield tables.rows(
        Agreement,
        Q(predecessor_id=agreement.pk),
        *("title", "reference_number", "state", "starts_on", "ends_on", "signed_on"),
    )
    yield tables.rows(Party, of_agreement, "signed_on")
    yield tables.rows(
        SituationPicture,
        of_agreement,
        *("title", "reference_number", "adopted_on"),
        mapping_length=written("mapping"),
        other_information_length=written("other_information"),
        analysis_length=written("analysis"),
    )
    yield tables.rows(
        ActionPlan,
        of_agreement,
        *("version", "title", "state", "based_on_id", "decided_on", "decided_by", "paragraph", "reference_number"),
    )
    yield tables.rows(LinkedPlan, of_agreement, "title")
    yield tables.rows(Group, of_agreement, "kind", "name")
    yield tables.rows(Seat, of_groups, "group_id", "title", "organisation_id", "function", "is_leading_position")
    yield tables.rows(Membership, Q(seat_id__in=tables.ids(Seat, of_groups)), "seat_id", "starts_on", "ends_on")
    yield tables.rows(Organisation, Q(), "name", "short_name", "parent_id")
    yield tables.rows(FocusArea, of_agreement, "number", "title", child_summary_length=written("child_summary"))
    yield tables.rows(
        Activity,
        of_areas,
        *("focus_area_id", "number", "title", "status", "is_public", "starts_on", "next_follow_up_on"),
        follow_up_method_length=written("follow_up_method"),
    )
    yield tables.rows(PlannedFollowUp, of_activities, "activity_id", "due_on", how_length=written("how"))
    yield tables.rows(FollowUp, of_activities, "activity_id", "followed_up_on", "planned_id")
    yield tables.rows(FollowUpApproval, Q(follow_up_id__in=tables.ids(FollowUp, of_activities)), "follow_up_id", "side")
    yield tables.rows(ChildImpact, of_activities, "activity_id", "assessed_on")
    yield tables.rows(Goal, of_areas, "focus_area_id", "parent_id", "statement", "target", "unit", "indicator_id")
    yield tables.rows(Commitment, of_activities & Q(goal_id__isnull=False, planned__isnull=False), "goal_id", "unit")
    yield tables.rows(CommunicationPlan, of_agreement, "title", "is_joint", "starts_on", "ends_on")
    yield tables.rows(
        CommunicationItem,
        Q(
            plan_id__in=tables.ids(CommunicationPlan, of_agreement),
            direction=CommunicationItem.Direction.EXTERNAL,
            done_on__isnull=False,
        ),
        "done_on",
    )
    yield tables.rows(CouncilReport, of_agreement, "title", "reported_on", "paragraph", "reference_number")
    yield tables.rows(Renewal, of_agreement, "title")


def evidence_of(found: Found, agreement: Agreement) -> Evidence:
    """Put the rows together; the agreement itself is as it was given."""
    seats = _seats(found, municipality=agreement.municipality_id)
    return Evidence(
        agreement=AgreementThen(
            id=agreement.pk,
            title=agreement.title,
            reference_number=agreement.reference_number,
            state=agreement.state,
            has_purpose=bool(agreement.purpose.strip()),
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            signed_on=agreement.signed_on,
        ),
        parties_signed=tuple(row["signed_on"] for row in found["Party"]),
        focus_areas=tuple(_focus_area(row) for row in sorted(found["FocusArea"], key=_by_number)),
        activities=_activities(found),
        goals=_goals(found),
        pictures=tuple(_picture(row) for row in found["SituationPicture"]),
        plans=tuple(PlanThen(**row) for row in found["ActionPlan"]),
        linked_plans=tuple(LinkedPlanThen(**row) for row in found["LinkedPlan"]),
        councils=tuple(
            GroupThen(row["id"], row["name"], tuple(seat for seat in seats if seat.group_id == row["id"]))
            for row in found["Group"]
            if row["kind"] == Group.Kind.STEERING
        ),
        coordinators=tuple(seat for seat in seats if seat.function == Seat.Function.COORDINATOR),
        joint_plans=tuple(
            CommunicationPlanThen(row["id"], row["title"], row["starts_on"], row["ends_on"])
            for row in found["CommunicationPlan"]
            if row["is_joint"]
        ),
        told_residents_on=tuple(row["done_on"] for row in found["CommunicationItem"]),
        council_reports=tuple(CouncilReportThen(**row) for row in found["CouncilReport"]),
        renewals=tuple(RenewalThen(**row) for row in found["Renewal"]),
        successors=tuple(AgreementThen(**row) for row in found["Agreement"]),
    )


def _by_number(row: dict) -> tuple:
    return (row["number"] is None, row["number"] or 0, row["id"])


def _grouped(rows: list[dict], key: str) -> dict[int, list[dict]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _picture(row: dict) -> PictureThen:
    missing = tuple(name for length, name in PICTURE_PARTS.items() if not row[length])
    return PictureThen(row["id"], row["title"], row["reference_number"], row["adopted_on"], missing)


def _focus_area(row: dict) -> FocusAreaThen:
    name = row["title"] if row["number"] is None else f"fokusområde {row['number']}"
    return FocusAreaThen(row["id"], name, has_child_summary=bool(row["child_summary_length"]))


def _activities(found: Found) -> tuple[ActivityThen, ...]:
    """In the order of the plan, each with what is known of its follow-ups."""
    areas = {row["id"]: row for row in found["FocusArea"]}
    sides = _grouped(found["FollowUpApproval"], "follow_up_id")
    follow_ups = _grouped(found["FollowUp"], "activity_id")
    planned = _grouped(found["PlannedFollowUp"], "activity_id")
    answered = {row["planned_id"] for row in found["FollowUp"]}
    weighed = {row["activity_id"]: row["assessed_on"] for row in found["ChildImpact"]}
    activities = []
    for row in sorted(
        (row for row in found["Activity"] if row["focus_area_id"] in areas),
        key=lambda row: (_by_number(areas[row["focus_area_id"]]), _by_number(row)),
    ):
        area = areas[row["focus_area_id"]]
        numbers = (area["number"], row["number"])
        label = "" if None in numbers else f"{numbers[0]}.{numbers[1]} "
        waiting = [plan for plan in planned[row["id"]] if plan["id"] not in answered]
        activities.append(
            ActivityThen(
                id=row["id"],
                focus_area_id=area["id"],
                name=f"{label}{row['title']}",
                is_finished=row["status"] in Activity.FINISHED,
                is_public=row["is_public"],
                starts_on=row["starts_on"],
                followed_up=tuple(
                    follow_up["followed_up_on"]
                    for follow_up in follow_ups[row["id"]]
                    if {approval["side"] for approval in sides[follow_up["id"]]} == set(FollowUpApproval.Side)
                ),
                says_when=row["next_follow_up_on"] is not None or bool(waiting),
                says_how=bool(row["follow_up_method_length"]) or any(plan["how_length"] for plan in waiting),
                children_weighed_on=weighed.get(row["id"]),
            )
        )
    return tuple(activities)


def _goals(found: Found) -> tuple[GoalThen, ...]:
    """The goals, each with whether it is measured: by the same rule as on its page and in the red thread."""
    units = _grouped(found["Commitment"], "goal_id")
    facts = ThreadFacts(
        goals=tuple(
            GoalFacts(
                row["id"],
                row["statement"],
                row["focus_area_id"],
                parent=row["parent_id"],
                has_target=row["target"] is not None,
                has_measure=has_measure(
                    has_indicator=row["indicator_id"] is not None,
                    unit=row["unit"],
                    counted_units=(commitment["unit"] for commitment in units[row["id"]]),
                ),
            )
            for row in found["Goal"]
        )
    )
    measured = facts.measured_goals()
    return tuple(GoalThen(goal.pk, goal.statement, is_measured=goal.pk in measured) for goal in facts.goals)


def _seats(found: Found, *, municipality: int) -> list[SeatThen]:
    """The seats for taking part; those who only read are no members of a group."""
    organisations = {row["id"]: row for row in found["Organisation"]}
    held = _grouped(found["Membership"], "seat_id")
    return [
        SeatThen(
            id=row["id"],
            group_id=row["group_id"],
            title=row["title"],
            organisation=_organisation_name(organisations.get(row["organisation_id"])),
            is_municipal=municipality in _lineage(row["organisation_id"], organisations),
            function=row["function"],
            is_leading_position=row["is_leading_position"],
            holdings=tuple((holding["starts_on"], holding["ends_on"]) for holding in held[row["id"]]),
        )
        for row in found["Seat"]
        if row["function"] != Seat.Function.READER
    ]


def _organisation_name(row: dict | None) -> str:
    return (row["short_name"] or row["name"]) if row else "okänd organisation"


def _lineage(key: int | None, organisations: dict[int, dict]) -> list[int]:
    """The organisation and those it belongs to; stops at a ring."""
    above: list[int] = []
    while key is not None and key not in above:
        above.append(key)
        key = organisations[key]["parent_id"] if key in organisations else None
    return above

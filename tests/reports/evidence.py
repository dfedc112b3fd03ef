"""Evidence for tests of the law's demands: an agreement that meets all of them on the 23rd of November 2026."""

import datetime
from dataclasses import replace

from agreements.models import Seat
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
    SeatThen,
)
from reports.law.judging import judge
from reports.law.rows import Row

TODAY = datetime.date(2026, 11, 23)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


HELD = ((day("2023-07-01"), None),)
CHAIR = SeatThen(1, 1, "Kommundirektör", "KLF", True, Seat.Function.CHAIR, holdings=HELD)
POLICE = SeatThen(2, 1, "Lokalpolisområdeschef", "LPO Kävlinge", False, is_leading_position=True, holdings=HELD)
COORDINATOR = SeatThen(3, 2, "Samordnare", "KLF", True, Seat.Function.COORDINATOR, holdings=HELD)
COUNCIL = GroupThen(1, "Styrgruppen", (CHAIR, POLICE))
PICTURE = PictureThen(1, "Lägesbild 2026", "KS/2026:1", day("2026-03-02"))
PLAN = PlanThen(
    1,
    1,
    "Åtgärdsplan",
    based_on_id=1,
    decided_on=day("2026-04-13"),
    decided_by="Kommunstyrelsen",
    paragraph="§ 48",
    reference_number="KS/2026:2",
)
WALKS = ActivityThen(
    1,
    1,
    "1.1 Trygghetsvandringar",
    is_public=True,
    followed_up=(day("2026-09-15"),),
    says_when=True,
    says_how=True,
    children_weighed_on=day("2026-03-02"),
)
REPORT = CouncilReportThen(1, "Rapport 1/2026", day("2026-06-15"), "§ 61")
ALL_MET = Evidence(
    agreement=AgreementThen(
        1,
        "Samverkansöverenskommelse",
        "KS/2025:305",
        starts_on=day("2026-01-01"),
        ends_on=day("2029-12-31"),
        signed_on=day("2025-12-10"),
    ),
    parties_signed=(day("2025-12-10"), day("2025-12-10")),
    focus_areas=(FocusAreaThen(1, "fokusområde 1"),),
    activities=(WALKS,),
    goals=(GoalThen(1, "Fyra vandringar om året", is_measured=True),),
    pictures=(PICTURE,),
    plans=(PLAN,),
    linked_plans=(LinkedPlanThen(1, "ANDTS-plan"),),
    councils=(COUNCIL,),
    coordinators=(COORDINATOR,),
    joint_plans=(CommunicationPlanThen(1, "Kommunikationsplan"),),
    told_residents_on=(day("2026-10-01"),),
    council_reports=(REPORT,),
)


def with_agreement(**fields) -> Evidence:
    return replace(ALL_MET, agreement=replace(ALL_MET.agreement, **fields))


def row_of(key: str, evidence: Evidence = ALL_MET, *, today: datetime.date = TODAY) -> Row:
    return next(row for row in judge(evidence, today=today).rows if row.key == key)

"""What the data shows about the law's demands and the agreement's promises: plain values, without models."""

import datetime
from dataclasses import dataclass

from agreements.models import Agreement, Seat
from focus_areas.models import ActionPlan

Day = datetime.date | None


@dataclass(frozen=True)
class AgreementThen:
    id: int
    title: str
    reference_number: str = ""
    state: str = Agreement.State.ADOPTED
    has_purpose: bool = True
    starts_on: Day = None
    ends_on: Day = None
    signed_on: Day = None

    @property
    def name(self) -> str:
        return f"Överenskommelsen {self.reference_number}" if self.reference_number else self.title


@dataclass(frozen=True)
class PictureThen:
    """A situation picture; `adopted_on` is empty for working material."""

    id: int
    title: str
    reference_number: str = ""
    adopted_on: Day = None
    missing_parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.title} ({self.reference_number})" if self.reference_number else self.title


@dataclass(frozen=True)
class PlanThen:
    id: int
    version: int
    title: str
    state: str = ActionPlan.State.ADOPTED
    based_on_id: int | None = None
    decided_on: Day = None
    decided_by: str = ""
    paragraph: str = ""
    reference_number: str = ""

    @property
    def is_decided(self) -> bool:
        return self.state != ActionPlan.State.DRAFT


@dataclass(frozen=True)
class SeatThen:
    """A seat, whose it is, and from when to when it was held."""

    id: int
    group_id: int
    title: str
    organisation: str
    is_municipal: bool
    function: str = Seat.Function.MEMBER
    is_leading_position: bool | None = None
    holdings: tuple[tuple[datetime.date, Day], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.title}, {self.organisation}"

    def is_held(self, *, on: datetime.date) -> bool:
        return any(start <= on and (end is None or end >= on) for start, end in self.holdings)


@dataclass(frozen=True)
class GroupThen:
    id: int
    name: str
    seats: tuple[SeatThen, ...] = ()


@dataclass(frozen=True)
class ActivityThen:
    """An activity: when both parties had approved a follow-up of it, and what is said of the next ones."""

    id: int
    focus_area_id: int
    name: str
    is_finished: bool = False
    is_public: bool = False
    starts_on: Day = None
    followed_up: tuple[datetime.date, ...] = ()
    says_when: bool = False
    says_how: bool = False
    children_weighed_on: Day = None


@dataclass(frozen=True)
class FocusAreaThen:
    id: int
    name: str
    has_child_summary: bool = False


@dataclass(frozen=True)
class GoalThen:
    id: int
    statement: str
    is_measured: bool


@dataclass(frozen=True)
class LinkedPlanThen:
    id: int
    title: str


@dataclass(frozen=True)
class CommunicationPlanThen:
    id: int
    title: str
    starts_on: Day = None
    ends_on: Day = None


@dataclass(frozen=True)
class CouncilReportThen:
    id: int
    title: str
    reported_on: datetime.date
    paragraph: str = ""
    reference_number: str = ""


@dataclass(frozen=True)
class RenewalThen:
    id: int
    title: str


@dataclass(frozen=True)
class Evidence:
    agreement: AgreementThen
    parties_signed: tuple[Day, ...] = ()
    focus_areas: tuple[FocusAreaThen, ...] = ()
    activities: tuple[ActivityThen, ...] = ()
    goals: tuple[GoalThen, ...] = ()
    pictures: tuple[PictureThen, ...] = ()
    plans: tuple[PlanThen, ...] = ()
    linked_plans: tuple[LinkedPlanThen, ...] = ()
    councils: tuple[GroupThen, ...] = ()
    coordinators: tuple[SeatThen, ...] = ()
    joint_plans: tuple[CommunicationPlanThen, ...] = ()
    told_residents_on: tuple[datetime.date, ...] = ()
    council_reports: tuple[CouncilReportThen, ...] = ()
    renewals: tuple[RenewalThen, ...] = ()
    successors: tuple[AgreementThen, ...] = ()

    # --- What holds on a day: nothing that is dated later counts ---

    def picture(self, *, on: datetime.date) -> PictureThen | None:
        """The picture adopted last."""
        adopted = [picture for picture in self.pictures if picture.adopted_on and picture.adopted_on <= on]
        return max(adopted, key=lambda picture: (picture.adopted_on, picture.id), default=None)

    @property
    def working_material(self) -> PictureThen | None:
        return next((picture for picture in self.pictures if picture.adopted_on is None), None)

    def decided_plans(self, *, on: datetime.date) -> list[PlanThen]:
        """The versions that had been decided, the newest last."""
        decided = [plan for plan in self.plans if plan.is_decided and plan.decided_on and plan.decided_on <= on]
        return sorted(decided, key=lambda plan: plan.version)

    def plan(self, *, on: datetime.date) -> PlanThen | None:
        """The version decided last."""
        return next(reversed(self.decided_plans(on=on)), None)

    @property
    def plan_draft(self) -> PlanThen | None:
        return next((plan for plan in self.plans if not plan.is_decided), None)

    def picture_behind(self, plan: PlanThen) -> PictureThen | None:
        return next((picture for picture in self.pictures if picture.id == plan.based_on_id), None)

    def council_report(self, *, on: datetime.date) -> CouncilReportThen | None:
        reported = [report for report in self.council_reports if report.reported_on <= on]
        return max(reported, key=lambda report: (report.reported_on, report.id), default=None)

    def signed_on(self) -> Day:
        """When the agreement was signed: its own day, else that of the last party, when all have one."""
        if self.agreement.signed_on:
            return self.agreement.signed_on
        days = [day for day in self.parties_signed if day]
        return max(days) if days and len(days) == len(self.parties_signed) else None

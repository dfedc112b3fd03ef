"""Reads the living plan as plain values, in a fixed number of queries, and a decided one as it was frozen."""

from collections.abc import Collection

from django.db.models import Prefetch, Q

from accounts.models import Organisation, User
from agreements.models import Agreement, Membership, Problem, SituationPicture
from focus_areas.models import ActionPlan, Activity, Cause, Commitment, FocusArea, Goal, PlannedFollowUp
from focus_areas.plan_contents import (
    ActivityFacts,
    ActorFacts,
    CauseFacts,
    CommitmentFacts,
    DecisionFacts,
    FocusAreaFacts,
    GoalFacts,
    PictureFacts,
    PlanContents,
    PlannedFollowUpFacts,
    ProblemFacts,
    checksum,
    contents_from,
)

WORKING_MATERIAL = "Arbetsmaterial till lägesbild"


def contents_of(plan: ActionPlan) -> PlanContents:
    """What a version says: a decided one as it was frozen, a draft as the living plan is now."""
    return read_draft(plan) if plan.is_draft else contents_from(plan.snapshot)


def read_draft(plan: ActionPlan, *, besides: Collection[int] = ()) -> PlanContents:
    """The living plan under a version's title, resting on its picture."""
    return read_plan(plan.agreement, title=plan.title, version=plan.version, picture=plan.based_on, besides=besides)


def read_living_beside(plan: ActionPlan) -> PlanContents:
    """The living plan, to be compared with a decided version: with what has been finished of it since."""
    return read_draft(plan, besides=contents_of(plan).activity_keys)


def verify(plan: ActionPlan) -> bool:
    """Whether a decided plan still is what was decided: its contents have their checksum, and its row says the same."""
    if plan.snapshot is None:
        return False
    contents = contents_from(plan.snapshot)
    is_same = (contents.decision, contents.title, contents.version) == (decision_of(plan), plan.title, plan.version)
    return is_same and checksum(plan.snapshot) == plan.sha256


def decision_of(plan: ActionPlan) -> DecisionFacts | None:
    if plan.decided_on is None:
        return None
    return DecisionFacts(plan.decided_on, plan.decided_by, plan.paragraph, plan.reference_number)


def read_plan(
    agreement: Agreement,
    *,
    title: str = "",
    version: int | None = None,
    picture: SituationPicture | None = None,
    besides: Collection[int] = (),
) -> PlanContents:
    """The plan as it is now: what is left to do. Finished activities are no plan any more, but for those in `besides`.

    Problems and causes of a picture that is still working material are left out: not everybody may read it.
    """
    focus_areas = list(
        agreement.focus_areas.in_order().prefetch_related(
            Prefetch("problems", adopted_problems()),
            Prefetch("goals", Goal.objects.select_related("indicator", "problem__situation_picture").order_by("pk")),
            Prefetch("activities", planned_activities(besides), to_attr="planned_activities"),
        )
    )
    roles = Roles(agreement, focus_areas)
    return PlanContents(
        agreement_title=agreement.title,
        agreement_reference=agreement.reference_number,
        title=title,
        version=version,
        picture=picture_facts(picture) if picture else None,
        focus_areas=tuple(focus_area_facts(focus_area, roles) for focus_area in focus_areas),
    )


def adopted_problems():
    return Problem.objects.filter(situation_picture__state=SituationPicture.State.ADOPTED).order_by(
        "-is_prioritised", "title", "pk"
    )


def planned_activities(besides: Collection[int]):
    """The activities with all that the plan says of them."""
    causes = Cause.objects.filter(analysis__problem__in=adopted_problems().order_by())
    return (
        Activity.objects.filter(~Q(status__in=Activity.FINISHED) | Q(pk__in=besides))
        .select_related("responsible__organisation", "working_group")
        .with_actors()
        .prefetch_related(
            "areas",
            Prefetch("goals", Goal.objects.order_by("pk")),
            Prefetch("causes", causes.select_related("analysis__problem").order_by("title", "pk")),
            Prefetch("commitments", Commitment.objects.select_related("organisation").order_by("pk")),
            Prefetch(
                "planned_follow_ups",
                PlannedFollowUp.objects.select_related("responsible__organisation").order_by("due_on", "pk"),
            ),
        )
        .in_order()
    )


class Roles:
    """Those who are responsible, by what they are and not by name: Enhetschef, SF."""

    def __init__(self, agreement: Agreement, focus_areas: list[FocusArea]):
        people = {
            person
            for focus_area in focus_areas
            for activity in focus_area.planned_activities
            for person in (activity.responsible, *(one.responsible for one in activity.planned_follow_ups.all()))
            if person
        }
        seats = Membership.objects.filter(user__in=people, seat__group__agreement=agreement).order_by("starts_on", "pk")
        self.seat_titles = dict(seats.values_list("user", "seat__title"))

    def words(self, person: User | None) -> str:
        if person is None:
            return ""
        role = person.title or self.seat_titles.get(person.pk) or "Utsedd person"
        return f"{role}, {person.organisation}" if person.organisation else role


# --- From rows to facts ---


def picture_facts(picture: SituationPicture) -> PictureFacts:
    """What the plan says of its picture; of working material not even what it is called, for everybody reads this."""
    if not picture.is_adopted:
        return PictureFacts(key=picture.pk, title=WORKING_MATERIAL)
    return PictureFacts(
        key=picture.pk,
        title=picture.title,
        reference_number=picture.reference_number,
        adopted_on=picture.adopted_on,
        adopted_by=picture.adopted_by,
        paragraph=picture.paragraph,
    )


def focus_area_facts(focus_area: FocusArea, roles: Roles) -> FocusAreaFacts:
    return FocusAreaFacts(
        key=focus_area.pk,
        title=focus_area.title,
        number=focus_area.number,
        description=focus_area.description,
        child_summary=focus_area.child_summary,
        problems=tuple(
            ProblemFacts(problem.pk, problem.title, problem.is_prioritised) for problem in focus_area.problems.all()
        ),
        goals=tuple(goal_facts(goal) for goal in focus_area.goals.all()),
        activities=tuple(activity_facts(activity, roles) for activity in focus_area.planned_activities),
    )


def goal_facts(goal: Goal) -> GoalFacts:
    has_adopted_problem = goal.problem is not None and goal.problem.is_adopted
    return GoalFacts(
        key=goal.pk,
        kind=goal.kind,
        statement=goal.statement,
        parent=goal.parent_id,
        baseline=goal.baseline,
        target=goal.target,
        unit=goal.unit,
        indicator=goal.indicator.name if goal.indicator else "",
        due_on=goal.due_on,
        problem=goal.problem.title if has_adopted_problem else "",
    )


def activity_facts(activity: Activity, roles: Roles) -> ActivityFacts:
    return ActivityFacts(
        key=activity.pk,
        title=activity.title,
        label=activity.label,
        background=activity.background,
        method=activity.method,
        expected_effect=activity.expected_effect,
        level=activity.level,
        approach=activity.approach,
        target_group=activity.target_group,
        areas=tuple(sorted(area.name for area in activity.areas.all())),
        leads=tuple(map(actor_facts, activity.lead_organisations)),
        lead_note=activity.process_lead_note,
        participants=tuple(map(actor_facts, activity.participant_organisations)),
        responsible=roles.words(activity.responsible),
        working_group=activity.working_group.name if activity.working_group else "",
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        causes=tuple(
            CauseFacts(cause.pk, cause.title, cause.analysis.problem.title) for cause in activity.causes.all()
        ),
        goals=tuple(goal.pk for goal in activity.goals.all()),
        commitments=tuple(map(commitment_facts, activity.commitments.all())),
        follow_up_method=activity.follow_up_method,
        follow_up_interval_months=activity.follow_up_interval_months,
        planned_follow_ups=tuple(planned_follow_up_facts(one, roles) for one in activity.planned_follow_ups.all()),
        funding_source=activity.funding_source,
        funding_amount=activity.funding_amount,
    )


def actor_facts(organisation: Organisation) -> ActorFacts:
    return ActorFacts(organisation.pk, organisation.name, organisation.short_name)


def commitment_facts(commitment: Commitment) -> CommitmentFacts:
    return CommitmentFacts(
        key=commitment.pk,
        text=commitment.text,
        actor=actor_facts(commitment.organisation) if commitment.organisation else None,
        comparison=commitment.comparison,
        planned=commitment.planned,
        unit=commitment.unit,
        starts_on=commitment.starts_on,
        ends_on=commitment.ends_on,
        goal=commitment.goal_id,
    )


def planned_follow_up_facts(planned: PlannedFollowUp, roles: Roles) -> PlannedFollowUpFacts:
    return PlannedFollowUpFacts(
        key=planned.pk,
        kind=planned.kind,
        what=planned.what,
        due_on=planned.due_on,
        how=planned.how,
        responsible=roles.words(planned.responsible),
    )

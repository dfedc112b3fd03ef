"""Making an agreement's draft from the one before it. Only rows of the new agreement are written."""

import datetime
from typing import Any

from django.db import models
from simple_history.utils import bulk_create_with_history

from accounts.history import recording_moment
from accounts.models import User
from agreements.models import Agreement, Group, IndicatorValue, Membership, Party, Seat, SituationPicture
from agreements.operations.pictures import copy_picture
from focus_areas.models import (
    Activity,
    Cause,
    Commitment,
    FocusArea,
    Goal,
    GoalChoice,
    Participation,
    ProcessLead,
    Renewal,
    SeatChoice,
)
from focus_areas.models.activities import LONG_AGO
from focus_areas.models.renewals import RenewalChoice
from focus_areas.operations.activities import set_actors
from focus_areas.renewal_guide import period_of
from focus_areas.renewal_periods import continued_days, moved_day, moved_days
from focus_areas.workbook.exporting import parents_first

LAST_YEARS_PROMISES = datetime.timedelta(days=364)


def copy_of(thing: models.Model, **changes: Any) -> Any:
    """A new row like the other, but for its key and what is said here; saved, with its history."""
    values = {
        field.attname: getattr(thing, field.attname)
        for field in thing._meta.concrete_fields
        if not field.primary_key and field.name not in changes
    }
    copy = type(thing)(**values, **changes)
    copy.save()
    return copy


class CarryingOver:
    """One renewal while its draft is made: for each old thing's key, the new thing. Needs a surrounding transaction."""

    def __init__(self, renewal: Renewal, *, by: User, today: datetime.date):
        self.renewal, self.by, self.today = renewal, by, today
        self.old = renewal.agreement
        self.periods = {"old": period_of(self.old), "new": period_of(renewal)}
        self.holders: set[int] = set()
        self.groups: dict[int, Group] = {}
        self.areas: dict[int, Any] = {}
        self.indicators: dict[int, Any] = {}
        self.problems: dict[int, Any] = {}
        self.causes: dict[int, Cause] = {}
        self.focus_areas: dict[int, FocusArea] = {}
        self.goals: dict[int, Goal] = {}

    def make(self) -> Agreement:
        self.new = self.make_agreement()
        self.make_groups()
        self.make_seats()
        self.make_indicators()
        self.make_picture()
        self.make_focus_areas()
        self.make_goals()
        self.make_activities()
        self.make_communication_plan()
        return self.new

    def make_agreement(self) -> Agreement:
        """The agreement's own words, its parties without their signatures, and what it is measured by."""
        old, renewal = self.old, self.renewal
        new = copy_of(
            old,
            title=renewal.title,
            reference_number=renewal.reference_number,
            starts_on=renewal.starts_on,
            ends_on=renewal.ends_on,
            signed_on=None,
            predecessor=old,
            state=Agreement.State.DRAFT,
        )
        new.organisations.set(old.organisations.all())
        for party in old.parties.select_related("organisation"):
            Party.objects.create(agreement=new, organisation=party.organisation)
        for parts in (old.sections, old.definitions, old.linkedplans, old.goal_criteria):
            for part in parts.all():
                copy_of(part, agreement=new)
        self.areas = {area.pk: copy_of(area, agreement=new) for area in old.areas.all()}
        return new

    # --- Who ---

    def make_groups(self) -> None:
        for group in parents_first(self.old.groups.order_by("pk")):
            self.groups[group.pk] = copy_of(group, agreement=self.new, parent=self.groups.get(group.parent_id))

    def make_seats(self) -> None:
        """The seats that go along; their holders from today, so that they can work on the draft."""
        choices = dict(self.renewal.seat_choices.values_list("seat", "choice"))
        seats = Seat.objects.filter(group__agreement=self.old).select_related("organisation")
        for seat in seats.with_holder(on=self.today).order_by("pk"):
            if choices[seat.pk] == SeatChoice.Choice.END:
                continue
            new = copy_of(seat, group=self.groups[seat.group_id])
            holding = seat.holding
            if choices[seat.pk] == SeatChoice.Choice.KEEP and holding and holding.user.is_active:
                Membership.objects.create(
                    seat=new,
                    user=holding.user,
                    starts_on=self.today,
                    confirmed_for=holding.confirmed_for,
                    confirmed_by=holding.confirmed_by,
                    confirmed_at=holding.confirmed_at,
                )
                self.holders.add(holding.user_id)

    # --- What is known ---

    def make_indicators(self) -> None:
        """Every indicator with its whole series."""
        for indicator in self.old.indicators.all():
            self.indicators[indicator.pk] = copy_of(indicator, agreement=self.new)
        values = IndicatorValue.objects.filter(indicator__agreement=self.old).order_by("pk")
        copies = [
            IndicatorValue(
                **{field.name: getattr(value, field.name) for field in plain_fields(IndicatorValue)},
                indicator=self.indicators[value.indicator_id],
                area=self.areas.get(value.area_id),
            )
            for value in values
        ]
        bulk_create_with_history(
            copies, IndicatorValue, batch_size=200, default_user=self.by, default_date=recording_moment()
        )

    def make_picture(self) -> None:
        """The current picture as working material, with the analysis of its problems' causes."""
        picture = SituationPicture.objects.current(self.old)
        if picture is None:
            return
        _, self.problems = copy_picture(picture=picture, agreement=self.new, by=self.by)
        causes = Cause.objects.filter(analysis__problem__in=self.problems).select_related("analysis").order_by("pk")
        analyses: dict[int, Any] = {}
        for problem in picture.problems.filter(cause_analysis__isnull=False).select_related("cause_analysis"):
            analysis = problem.cause_analysis
            analyses[analysis.pk] = copy_of(analysis, problem=self.problems[problem.pk])
        for cause in causes:
            self.causes[cause.pk] = copy_of(cause, analysis=analyses[cause.analysis_id], carried_over_from=cause)

    # --- What is to be done ---

    def make_focus_areas(self) -> None:
        """All of them: what the parties work on together is for them to change in the draft, not for the guide."""
        for focus_area in self.old.focus_areas.in_order().prefetch_related("problems"):
            new = copy_of(focus_area, agreement=self.new, child_summary="", carried_over_from=focus_area)
            self.focus_areas[focus_area.pk] = new
            set_any(new.problems, self.problems, focus_area.problems.all())

    def make_goals(self) -> None:
        choices = {choice.goal_id: choice for choice in self.renewal.goal_choices.all()}
        goals = Goal.objects.filter(focus_area__agreement=self.old).order_by("pk")
        for goal in parents_first(goals):
            choice = choices[goal.pk]
            if choice.choice == GoalChoice.Choice.END:
                continue
            is_changed = choice.choice == GoalChoice.Choice.CHANGE
            self.goals[goal.pk] = copy_of(
                goal,
                focus_area=self.focus_areas[goal.focus_area_id],
                parent=self.goals.get(goal.parent_id),
                problem=self.problems.get(goal.problem_id),
                indicator=self.indicators.get(goal.indicator_id),
                statement=(is_changed and choice.new_statement) or goal.statement,
                target=choice.new_target if is_changed and choice.new_target is not None else goal.target,
                due_on=moved_day(goal.due_on, **self.periods),
                carried_over_from=goal,
            )

    def make_activities(self) -> None:
        ended = self.renewal.activity_choices.filter(choice=RenewalChoice.Choice.END)
        activities = (
            Activity.objects.of(self.old)
            .exclude(pk__in=ended.values("activity"))
            .with_actors()
            .prefetch_related("areas", "goals", "causes", "commitments")
            .order_by("pk")
        )
        for activity in activities:
            self.make_activity(activity)

    def make_activity(self, activity: Activity) -> None:
        """The plan for it, from the beginning: nothing has been done in the new period, and no money promised."""
        starts_on, ends_on = continued_days(activity.starts_on, activity.ends_on, **self.periods)
        new = copy_of(
            activity,
            focus_area=self.focus_areas[activity.focus_area_id],
            working_group=self.groups.get(activity.working_group_id),
            responsible=activity.responsible if activity.responsible_id in self.holders else None,
            starts_on=starts_on,
            ends_on=ends_on,
            status=Activity.Status.NOT_STARTED,
            assessment=Activity.Assessment.NONE,
            next_follow_up_on=None,
            funding_source="",
            funding_amount=None,
            is_public=False,
            carried_over_from=activity,
        )
        set_any(new.areas, self.areas, activity.areas.all())
        set_any(new.goals, self.goals, activity.goals.all())
        set_any(new.causes, self.causes, activity.causes.all())
        set_actors(activity=new, link=ProcessLead, organisations=activity.lead_organisations)
        set_actors(activity=new, link=Participation, organisations=activity.participant_organisations)
        for commitment in newest_promises(activity.commitments.all()):
            self.make_commitment(commitment, activity=new)

    def make_commitment(self, commitment: Commitment, *, activity: Activity) -> None:
        starts_on, ends_on = moved_days(commitment.starts_on, commitment.ends_on, **self.periods)
        same = activity.commitments.filter(
            organisation=commitment.organisation_id, text=commitment.text, starts_on=starts_on
        )
        if not same.exists():
            copy_of(
                commitment,
                activity=activity,
                starts_on=starts_on,
                ends_on=ends_on,
                outcome="",
                goal=self.goals.get(commitment.goal_id),
            )

    def make_communication_plan(self) -> None:
        """The parties' joint plan, without its items: they have been told, or belong to the old period."""
        for plan in self.old.communication_plans.filter(is_joint=True):
            starts_on, ends_on = continued_days(plan.starts_on, plan.ends_on, **self.periods)
            copy_of(plan, agreement=self.new, starts_on=starts_on, ends_on=ends_on)


def plain_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation]


def set_any(relation, new_by_old: dict[int, Any], old_things) -> None:
    """Let a many-to-many field hold what became of the old things; untouched where nothing did."""
    if found := [new_by_old[thing.pk] for thing in old_things if thing.pk in new_by_old]:
        relation.set(found)


def newest_promises(commitments) -> list[Commitment]:
    """Of a promise that was given anew each year, the last year's."""
    by_promise: dict[tuple, list[Commitment]] = {}
    for commitment in commitments:
        by_promise.setdefault((commitment.organisation_id, commitment.text), []).append(commitment)
    newest = []
    for given in by_promise.values():
        latest = max(commitment.starts_on or LONG_AGO for commitment in given)
        newest += [one for one in given if (one.starts_on or LONG_AGO) >= latest - LAST_YEARS_PROMISES]
    return sorted(newest, key=lambda commitment: commitment.pk)

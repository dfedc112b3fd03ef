"""Bringing the example in: Burlöv's agreement, the cast, the plan for 2026, and then the year, day by day.

Everything goes through the portal's own operations, at the moment it is said to have happened, so that history and
reports of earlier dates are as true as the example is. What would happen later than now is left out.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.history import recording
from accounts.models import Organisation, User
from agreements.models import Agreement, Area, Group, Seat
from agreements.operations import fill_seat, vacate_seat
from burlov_trygghet.demo import plan, year
from burlov_trygghet.demo.cast import CAST, VACATED_AFTER_ELECTION, Character, Place
from burlov_trygghet.demo.events import Event, moment
from burlov_trygghet.demo.files import example_file
from burlov_trygghet.demo.meeting_loading import MeetingsOfExample
from burlov_trygghet.demo.report_loading import ReportsOfExample
from burlov_trygghet.demo.thread_loading import ThreadOfExample
from focus_areas import operations
from focus_areas.access import approving_seat
from focus_areas.models import (
    Activity,
    ChildImpact,
    Commitment,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    Goal,
    LogEntry,
    StatusUpdate,
)
from focus_areas.workbook import load

AGREEMENT_FILE = Path(settings.BASE_DIR) / "agreements" / "data" / "burlov-2023-2026.yaml"
REFERENCE = "KS/2023:305"
TAKEN_INTO_USE = datetime.date(2025, 11, 3)


class CannotLoadDemo(Exception):
    """The example cannot be brought in; says why."""


@transaction.atomic
def load_demo(*, now: datetime.datetime) -> bool:
    """Bring the example in, once. False when it was there already: then nothing is added.

    Raises:
        CannotLoadDemo: the agreement holds work that is not the example, or its file cannot be loaded.
    """
    known = Agreement.objects.referred_to_as(REFERENCE).first()
    if known and known.has_example_work:
        return False
    if known and LogEntry.objects.filter(activity__focus_area__agreement=known).exists():
        raise CannotLoadDemo(f"{known} innehåller redan eget arbete. Exemplen läggs bara i en tom portal.")
    first_moment = min(moment(TAKEN_INTO_USE, 8), now)
    with recording(at=first_moment):
        Example(load_agreement(at=first_moment), now=now).bring_in(at=first_moment)
    return True


def load_agreement(*, at: datetime.datetime) -> Agreement:
    outcome = load(AGREEMENT_FILE.read_bytes(), AGREEMENT_FILE.name, at=at)
    if outcome.faults:
        raise CannotLoadDemo(f"{AGREEMENT_FILE.name} kan inte läsas in: {outcome.faults[0]}")
    return outcome.agreement


class Example:
    """The example while it is being brought in: what its short keys stand for."""

    def __init__(self, agreement: Agreement, *, now: datetime.datetime):
        self.agreement = agreement
        self.now = now
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation | None] = {}
        self.areas: dict[str, Area] = {}
        self.groups: dict[str, Group] = {}
        self.goals: dict[str, Goal] = {}
        self.promises: dict[str, Commitment] = {}
        self.activities: dict[str, Activity] = {}
        self.thread = ThreadOfExample(self)

    def bring_in(self, *, at: datetime.datetime) -> None:
        for character in CAST:
            self.people[character.key] = self.register(character, at=at)
        with recording(by=self.people["admin"]):
            self.agreement.has_example_work = True
            self.agreement.save(update_fields=["has_example_work"])
            self.add_working_groups()
            for character in CAST:
                for place in character.places:
                    self.seat(self.people[character.key], place)
        self.activities = {
            activity.label: activity
            for activity in Activity.objects.of(self.agreement).select_related("focus_area__agreement")
        }
        for event in sorted(self.events(), key=lambda event: event.at):
            if event.at <= self.now:
                with recording(by=self.people[event.by], reason=event.reason, at=event.at):
                    event.do()

    # --- People, groups and seats ---

    def organisation(self, key: str) -> Organisation | None:
        """By short name, or name without one; the municipality, the police and the rescue service by what they are."""
        if key not in self.organisations:
            self.organisations[key] = self.find_organisation(key)
        return self.organisations[key]

    def find_organisation(self, key: str) -> Organisation | None:
        if key == "municipality":
            return self.agreement.municipality
        if key == "police":
            return Organisation.objects.get(
                kind=Organisation.Kind.POLICE_AREA, pk__in=self.agreement.parties.values("organisation")
            )
        if key == "rescue_service":
            return self.agreement.organisations.get(kind=Organisation.Kind.RESCUE_SERVICE)
        return self.agreement.organisations.get(Q(short_name=key) | Q(short_name="", name=key)) if key else None

    def register(self, character: Character, *, at: datetime.datetime) -> User:
        is_administrator = character.is_system_administrator
        with recording(by=self.people.get("admin")):
            return User.objects.create_user(
                email=character.email,
                full_name=character.name,
                organisation=self.organisation(character.organisation),
                is_staff=is_administrator,
                is_superuser=is_administrator,
                joined_at=at,
            )

    def add_working_groups(self) -> None:
        self.groups = {group.kind: group for group in self.agreement.groups.all()}
        for name, mandate in plan.WORKING_GROUPS.items():
            self.groups[name] = Group.objects.create(
                agreement=self.agreement,
                kind=plan.WORKING_GROUP_KIND,
                name=name,
                mandate=mandate,
                parent=self.groups[Group.Kind.PREPARATION],
            )

    def seat(self, person: User, place: Place) -> None:
        group, organisation = self.groups[place.group], self.organisation(place.organisation)
        vacant = group.seats.filter(organisation=organisation, memberships__isnull=True)
        seat = vacant.filter(title__startswith=place.title).first() or Seat.objects.create(
            group=group, title=place.title, organisation=organisation, function=place.function
        )
        fill_seat(seat=seat, user=person, starts_on=place.starts_on, by=self.people["admin"])

    # --- The year ---

    def events(self) -> Iterator[Event]:
        yield from self.planning()
        yield from self.changes_of_plan()
        happens = year.read_year()
        for logged in happens["log"]:
            day = logged.day + datetime.timedelta(days=logged.days_until_written)
            yield Event(moment(day, 14), logged.by, partial(self.log, logged))
        for told in happens["status_updates"]:
            yield Event(moment(told.day, 15), told.by, partial(self.tell, told))
        for found in happens["follow_ups"]:
            yield from self.following_up(found)
        for considered in happens["child_impacts"]:
            yield Event(moment(considered.day, 13), considered.by, partial(self.consider, considered))
        for came in happens["outcomes"]:
            change = partial(self.change_promise, came.promise, outcome=came.text)
            yield Event(moment(came.day, 16), came.by, change)
        yield from self.thread.events()
        yield from MeetingsOfExample(self).events()
        yield from ReportsOfExample(self).events()

    def planning(self) -> Iterator[Event]:
        decided = datetime.date(2025, 12, 10)
        yield Event(moment(datetime.date(2025, 11, 4)), "samordnare", self.add_areas)
        yield Event(moment(decided, 10), "samordnare", self.add_goals)
        yield Event(moment(decided, 11), "samordnare", self.plan_activities, "Åtgärdsplanen för 2026")
        for promise in plan.PROMISES:
            yield Event(moment(promise.decided, 12), "samordnare", partial(self.promise, promise), promise.reason)

    def changes_of_plan(self) -> Iterator[Event]:
        raised = moment(datetime.date(2026, 3, 12), 16)
        reason = "Beredningsgruppens beslut 12 mars 2026, § 4"
        yield Event(raised, "beredning", partial(self.change_promise, "vandringar", planned=4), reason)
        yield Event(raised, "beredning", partial(self.raise_goal, "vandringar", 4), reason)
        yield Event(
            moment(datetime.date(2026, 8, 27), 10),
            "beredning",
            partial(self.move_end, "2.2", datetime.date(2026, 12, 31)),
            "Statistiken kom inte i juni som planerat",
        )
        yield Event(
            moment(datetime.date(2026, 10, 23), 11),
            "kommunpolis",
            self.correct_participants,
            "Två av deltagarna hade inte räknats",
        )
        yield Event(moment(datetime.date(2026, 11, 16), 9), "samordnare", self.vacate_seats, "Nytt mandat efter valet")

    def following_up(self, found: year.Found) -> Iterator[Event]:
        kept: list[FollowUp] = []
        yield Event(moment(found.day, 11), found.by, partial(self.follow_up, found, kept))
        for approval in found.approvals:
            approve = partial(self.approve, kept, approval["side"], approval["by"], approval.get("dissent", ""))
            yield Event(moment(approval["day"], 15), approval["by"], approve)

    # --- What happens in each event ---

    def add_areas(self) -> None:
        for name in plan.AREAS:
            self.areas[name], _ = Area.objects.get_or_create(agreement=self.agreement, name=name)

    def add_goals(self) -> None:
        focus_areas = {area.number: area for area in FocusArea.objects.filter(agreement=self.agreement)}
        for goal in plan.GOALS:
            self.goals[goal.key] = Goal.objects.create(
                focus_area=focus_areas[goal.focus_area],
                kind=goal.kind,
                statement=goal.statement,
                baseline=goal.baseline,
                target=goal.target,
                unit=goal.unit,
                due_on=goal.due_on,
                parent=self.goals.get(goal.parent),
                problem=self.thread.problem_of_goal(goal.key),
                indicator=self.thread.indicator_of_goal(goal.key),
            )

    def plan_activities(self) -> None:
        for label, facts in plan.FACTS.items():
            activity = self.activities[label]
            activity.responsible = self.people[facts.responsible]
            activity.expected_effect = activity.expected_effect or facts.effect
            activity.follow_up_method = facts.follow_up_method
            activity.follow_up_interval_months = facts.months
            activity.next_follow_up_on = activity.next_follow_up_on or facts.next_on
            activity.target_group = activity.target_group or facts.target_group
            activity.approach = activity.approach or facts.approach
            activity.starts_on, activity.ends_on = plan.YEAR_STARTS, facts.ends_on
            activity.working_group = self.groups.get(facts.working_group)
            activity.is_public = facts.is_public
            activity.public_text = self.thread.public_text(label)
            if facts.funding:
                activity.funding_source, activity.funding_amount = facts.funding
            operations.save_activity(activity=activity, by=self.people["samordnare"])
            activity.areas.set([self.areas[name] for name in facts.areas])
            activity.goals.set([self.goals[key] for key in facts.goals])
            self.thread.tie(activity, label)

    def promise(self, promise: plan.Promise) -> None:
        is_joint = promise.by == "joint"
        self.promises[promise.key] = Commitment.objects.create(
            activity=self.activities[promise.activity],
            organisation=None if is_joint else self.organisation(promise.by),
            is_joint=is_joint,
            text=promise.text,
            comparison=promise.comparison,
            planned=promise.planned,
            unit=promise.unit,
            starts_on=promise.starts_on,
            ends_on=plan.YEAR_ENDS,
            goal=self.goals.get(promise.goal),
        )

    def change_promise(self, key: str, **values) -> None:
        promise = self.promises[key]
        for name, value in values.items():
            setattr(promise, name, value)
        promise.save(update_fields=list(values))

    def raise_goal(self, key: str, target: int) -> None:
        goal = self.goals[key]
        goal.target = target
        goal.save(update_fields=["target"])

    def move_end(self, label: str, ends_on: datetime.date) -> None:
        activity = self.activities[label]
        activity.ends_on = ends_on
        activity.save(update_fields=["ends_on"])

    def correct_participants(self) -> None:
        entry = LogEntry.objects.get(
            activity=self.activities["3.3"], happened_on=datetime.date(2026, 10, 20), participant_count=16
        )
        entry.participant_count = 18
        entry.save(update_fields=["participant_count"])

    def vacate_seats(self) -> None:
        for key in VACATED_AFTER_ELECTION:
            for holding in self.people[key].memberships.select_related("seat"):
                vacate_seat(
                    seat=holding.seat,
                    ends_on=datetime.date(2026, 11, 15),
                    reason="Nytt mandat efter valet",
                    by=self.people["samordnare"],
                )

    def log(self, logged: year.Logged) -> None:
        entry = LogEntry(
            activity=self.activities[logged.activity],
            commitment=self.promises.get(logged.promise),
            happened_on=logged.day,
            text=logged.text,
            quantity=logged.quantity,
            participant_count=logged.people,
            area=self.areas.get(logged.area),
        )
        files = [example_file(logged.attachment, logged)] if logged.attachment else []
        operations.log_activity(entry=entry, by=self.people[logged.by], files=files)

    def tell(self, told: year.Told) -> None:
        update = StatusUpdate(
            activity=self.activities[told.activity],
            status=told.status,
            assessment=told.assessment,
            text=told.text,
            next_step=told.next_step,
            reason=told.reason,
            decision_requested=told.decision,
        )
        operations.report_status(update=update, by=self.people[told.by])

    def follow_up(self, found: year.Found, kept: list[FollowUp]) -> None:
        follow_up = FollowUp(
            activity=self.activities[found.activity],
            followed_up_on=found.day,
            kind=found.kind,
            findings=found.findings,
            conclusion=found.conclusion,
            next_on=found.next_on,
        )
        kept.append(operations.save_follow_up(follow_up=follow_up, by=self.people[found.by]))

    def approve(self, kept: list[FollowUp], side: str, by: str, dissent: str) -> None:
        operations.approve_follow_up(
            follow_up=kept[0],
            side=FollowUpApproval.Side(side),
            by=self.people[by],
            seat=approving_seat(self.people[by], side, kept[0]),
            dissent=dissent,
        )

    def consider(self, considered: year.Considered) -> None:
        ChildImpact.objects.create(
            activity=self.activities[considered.activity],
            children_affected=considered.children_affected,
            how_heard=considered.how_heard,
            consequences=considered.consequences,
            conclusion=considered.conclusion,
            assessed_on=considered.day,
        )

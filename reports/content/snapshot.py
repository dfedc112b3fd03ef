"""The rows behind a report, as they stood at a moment: read from history, a fixed number of queries, linked in memory.

The plan (agreement, organisations, activities, commitments) is read at `plan_at`, what was logged and reported at
`work_at`. They differ only for a report on a time before the agreement was registered in the portal.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.history import as_it_stood, history_table
from accounts.models import Organisation, User
from agreements.models import Agreement, Definition, Group, Party, Seat
from focus_areas.models import (
    Activity,
    Commitment,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    Goal,
    LogEntry,
    Participation,
    ProcessLead,
    StatusUpdate,
)
from reports.tables import Tables, as_part, read_together

ANY = Q()


def end_of_day(day: datetime.date) -> datetime.datetime:
    """The last moment of a day in Sweden."""
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(midnight) - datetime.timedelta(microseconds=1)


def local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)


@dataclass(frozen=True)
class Registered:
    """The agreement's own history rows, oldest first; few, so all are read at once."""

    rows: list

    @classmethod
    def of(cls, agreement: Agreement) -> "Registered":
        rows = history_table(Agreement).objects.filter(id=agreement.pk).order_by("history_date", "history_id")
        return cls(list(rows))

    @property
    def first_at(self) -> datetime.datetime | None:
        return self.rows[0].history_date if self.rows else None

    def at(self, moment: datetime.datetime):
        """The row that held at a moment; the first one for any moment before it."""
        held = [row for row in self.rows if row.history_date <= moment]
        return held[-1] if held else self.rows[0]


@dataclass
class Snapshot:
    agreement: Agreement
    organisations: dict[int, Organisation]
    taking_part: list[Organisation]
    parties: list[Party]
    focus_areas: list[FocusArea]
    goals: dict[int, list[Goal]]
    activities: dict[int, list[Activity]]
    activity_goals: dict[int, list[Goal]]
    leads: dict[int, list[Organisation]]
    participants: dict[int, list[Organisation]]
    commitments: dict[int, list[Commitment]]
    done: dict[int, int]
    log_entries: dict[int, list[LogEntry]]
    status_updates: dict[int, list[StatusUpdate]]
    follow_ups: dict[int, list[FollowUp]]
    approvals: dict[int, list[FollowUpApproval]]
    people: dict[int, str]
    definitions: list[Definition]

    @property
    def all_activities(self) -> list[Activity]:
        return [activity for focus_area in self.focus_areas for activity in self.activities[focus_area.pk]]

    @property
    def all_commitments(self) -> list[Commitment]:
        return [commitment for activity in self.all_activities for commitment in self.commitments[activity.pk]]

    def latest_update(self, activity: Activity) -> StatusUpdate | None:
        return self.status_updates[activity.pk][0] if self.status_updates[activity.pk] else None

    def last_heard_on(self, activity: Activity) -> datetime.date | None:
        """The latest day that somebody logged or reported something: when it was written, not when it happened."""
        written = [row.created_at for row in self.log_entries[activity.pk] + self.status_updates[activity.pk]]
        return local_day(max(written)) if written else None


@dataclass
class EarlierState:
    """What the first page compares with: activities, and commitments that know what had been logged for them."""

    activities: list[Activity]
    commitments: list[Commitment]


def read_snapshot(
    registered: Registered,
    *,
    plan_at: datetime.datetime,
    work_at: datetime.datetime,
    goal_keys: Mapping[int, Collection[int]],
    more_people: Collection[int] = (),
    more_organisations: Collection[int] = (),
) -> Snapshot:
    """Read it all; of people those who approved something, of organisations those that are named, and more of both.

    `goal_keys` are the activities' goals.
    """
    agreement = registered.at(plan_at).instance
    focus_areas = sorted(_instances(as_it_stood(FocusArea, plan_at).filter(agreement_id=agreement.pk)), key=_by_number)
    by_id = {focus_area.pk: focus_area for focus_area in focus_areas}
    goals = _instances(as_it_stood(Goal, plan_at).filter(focus_area_id__in=by_id).order_by("id"))
    activities = sorted(_instances(as_it_stood(Activity, plan_at).filter(focus_area_id__in=by_id)), key=_by_number)
    for activity in activities:
        activity.focus_area = by_id[activity.focus_area_id]
    of_activities = {"activity_id__in": [activity.pk for activity in activities]}
    parties, definitions, taking_part, actors, holders = _of_plan(agreement, at=plan_at, of_activities=of_activities)
    commitments = _instances(as_it_stood(Commitment, plan_at).filter(**of_activities).order_by("id"))
    log_entries = _instances(as_it_stood(LogEntry, work_at).filter(**of_activities).order_by("-happened_on", "-id"))
    updates = _instances(as_it_stood(StatusUpdate, work_at).filter(**of_activities).order_by("-created_at", "-id"))
    follow_ups = _instances(as_it_stood(FollowUp, work_at).filter(**of_activities).order_by("followed_up_on", "id"))
    approvals = _instances(
        as_it_stood(FollowUpApproval, work_at)
        .filter(follow_up_id__in=[follow_up.pk for follow_up in follow_ups])
        .order_by("side")
    )
    organisations = _organisations(
        plan_at,
        {party.organisation_id for party in parties}
        | {actor.organisation_id for actor in actors}
        | {commitment.organisation_id for commitment in commitments if commitment.organisation_id}
        | taking_part
        | holders
        | set(more_organisations)
        | {agreement.municipality_id},
    )
    for thing in [*parties, *commitments]:
        thing.organisation = organisations.get(thing.organisation_id)
    done = _done((entry.commitment_id, entry.quantity, entry.is_about) for entry in log_entries)
    tell_done(commitments, activities, done)
    if agreement.municipality_id in organisations:
        agreement.municipality = organisations[agreement.municipality_id]
    goal_by_id = {goal.pk: goal for goal in goals}
    return Snapshot(
        agreement=agreement,
        organisations=organisations,
        taking_part=[organisations[key] for key in taking_part],
        parties=parties,
        focus_areas=focus_areas,
        goals=_grouped(goals, "focus_area_id"),
        activities=_grouped(activities, "focus_area_id"),
        activity_goals={
            activity.pk: [goal_by_id[key] for key in goal_keys.get(activity.pk, ()) if key in goal_by_id]
            for activity in activities
        },
        leads=_organisations_of(actors, ProcessLead, organisations),
        participants=_organisations_of(actors, Participation, organisations),
        commitments=_grouped(commitments, "activity_id"),
        done={key: number for key, (number, _) in done.items()},
        log_entries=_grouped(log_entries, "activity_id"),
        status_updates=_grouped(updates, "activity_id"),
        follow_ups=_grouped(follow_ups, "activity_id"),
        approvals=_grouped(approvals, "follow_up_id"),
        people=_people(work_at, {approval.approved_by_id for approval in approvals} | set(more_people)),
        definitions=definitions,
    )


def read_earlier_state(agreement: Agreement, *, at: datetime.datetime, of_activities: Q = ANY) -> EarlierState:
    """Of the activities that met the condition then."""
    ever_in_agreement = history_table(FocusArea).objects.filter(agreement_id=agreement.pk).values("id")
    stood = as_it_stood(Activity, at).filter(of_activities, focus_area_id__in=ever_in_agreement)
    activities = _instances(stood)
    of_these = {"activity_id__in": [activity.pk for activity in activities]}
    commitments = _instances(as_it_stood(Commitment, at).filter(**of_these))
    logged = as_it_stood(LogEntry, at).filter(**of_these, quantity__isnull=False).order_by()
    sums = logged.values("commitment_id", "is_about").annotate(total=Sum("quantity"))
    tell_done(commitments, activities, _done(sums.values_list("commitment_id", "total", "is_about")))
    return EarlierState(activities=activities, commitments=commitments)


class _Actor(NamedTuple):
    part: str
    activity_id: int
    organisation_id: int
    position: int
    id: int


def _of_plan(
    agreement: Agreement, *, at: datetime.datetime, of_activities: dict
) -> tuple[list[Party], list[Definition], set[int], list[_Actor], set[int]]:
    """The parties, the words that are defined, the keys of the organisations that take part, and who leads and takes
    part in the activities, in the order the agreement names them; then the keys of the organisations that the groups'
    seats and the commitments have named at any time. All in one query.
    """
    tables, of_agreement = Tables(at), Q(agreement_id=agreement.pk)
    links = (ProcessLead, Participation)
    of_groups = Q(group_id__in=tables.ids(Group, of_agreement))
    holders = [
        as_part(rows.filter(organisation_id__isnull=False), "holder", id="organisation_id")
        for rows in (
            history_table(Seat).objects.filter(of_groups),
            history_table(Commitment).objects.filter(**of_activities),
        )
    ]
    found = read_together(
        [
            tables.rows(Party, of_agreement, "organisation_id"),
            tables.rows(Definition, of_agreement, "term", "text", "source"),
            tables.linked(Agreement, Q(id=agreement.pk), "organisations"),
            *(tables.rows(link, Q(**of_activities), "activity_id", "organisation_id", "position") for link in links),
            *holders,
        ]
    )
    actors = [_Actor(part=link.__name__, **row) for link in links for row in found[link.__name__]]
    return (
        [Party(agreement=agreement, **row) for row in found["Party"]],
        [Definition(agreement=agreement, **row) for row in found["Definition"]],
        {row["to_id"] for row in found["Agreement.organisations"]},
        sorted(actors, key=lambda actor: actor[3:]),
        {row["id"] for row in found["holder"]},
    )


def _instances(rows: models.QuerySet) -> list:
    return [row.instance for row in rows]


def _by_number(thing) -> tuple:
    """As the agreement numbers them; what has no number comes last."""
    return (thing.number is None, thing.number or 0, thing.pk)


def _grouped(things: Iterable, key: str) -> dict[int, list]:
    groups = defaultdict(list)
    for thing in things:
        groups[getattr(thing, key)].append(thing)
    return groups


def _organisations_of(actors: list[_Actor], link: type[models.Model], organisations: dict) -> dict[int, list]:
    groups = defaultdict(list)
    for actor in actors:
        if actor.part == link.__name__:
            groups[actor.activity_id].append(organisations[actor.organisation_id])
    return groups


def _done(counts: Iterable[tuple[int | None, int | None, bool]]) -> dict[int, tuple[int, bool]]:
    """What has been logged for each commitment, and whether that is about; what is not reported is not in it.

    Given are commitment, number, and whether the number is about.
    """
    done: dict[int, tuple[int, bool]] = {}
    for commitment, number, is_about in counts:
        if commitment and number is not None:
            so_far, was_about = done.get(commitment, (0, False))
            done[commitment] = so_far + number, was_about or is_about
    return done


def tell_done(
    commitments: Iterable[Commitment], activities: Iterable[Activity], done: dict[int, tuple[int, bool]]
) -> None:
    """Let the commitments know their activity and what was done, as `CommitmentQuerySet.with_done` does."""
    by_id = {activity.pk: activity for activity in activities}
    for commitment in commitments:
        commitment.activity = by_id[commitment.activity_id]
        commitment.done, commitment.is_done_about = done.get(commitment.pk, (None, False))


def _organisations(moment: datetime.datetime, wanted: set[int]) -> dict[int, Organisation]:
    """The wanted organisations, and what they belong to, by key.

    One that was registered later than what refers to it has its name of today.
    """
    history = history_table(Organisation).objects
    # An organisation has two above it at most.
    above = history.filter(id__in=wanted, parent_id__isnull=False).values("parent_id")
    farther_above = history.filter(id__in=above, parent_id__isnull=False).values("parent_id")
    named = Q(id__in=wanted) | Q(id__in=above) | Q(id__in=farther_above)
    found = {one.pk: one for one in _instances(as_it_stood(Organisation, moment).filter(named))}
    if missing := wanted - set(found):
        for one in Organisation.objects.filter(pk__in=missing).with_parents():
            for registered_later in one.lineage:
                found.setdefault(registered_later.pk, registered_later)
    for organisation in found.values():
        organisation.parent = found.get(organisation.parent_id)
    return found


def _people(moment: datetime.datetime, wanted: set[int]) -> dict[int, str]:
    """What people were called at the moment; one registered later has the first name that was written down."""
    rows = history_table(User).objects.filter(id__in=wanted).order_by("history_date", "history_id")
    names: dict[int, str] = {}
    for key, name, written_at in rows.values_list("id", "full_name", "history_date"):
        if key not in names or written_at <= moment:
            names[key] = name
    return names

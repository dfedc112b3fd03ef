"""A report's facts, from the rows as they stood and from the history of their days: one query whatever the amount."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.db.models import F, Value

from accounts.history import history_table
from agreements.models import Agreement
from documents.swedish_numbers import number_words
from focus_areas.models import Activity, Commitment, FocusArea, Goal
from focus_areas.promises import PromiseRow, done_words, party_headings, promise_row
from privacy.small_counts import SMALLEST_SHOWN
from reports.content.activities import overlaps, reason_for
from reports.content.collecting import Gathered
from reports.content.facts import ActivityFact, AskedFact, CommitmentFact, DateMove, Facts, GoalFact, Removal
from reports.content.goals import progress_of, value_shown
from reports.content.snapshot import Snapshot
from reports.content.thread_snapshot import ThreadSnapshot
from reports.content.wording import clipped, counts_people, sentence_end

REASON_LENGTH = 160
# The days whose moves are told.
DAYS: dict[type[models.Model], tuple[str, ...]] = {
    Activity: ("starts_on", "ends_on", "next_follow_up_on"),
    Commitment: ("starts_on", "ends_on"),
    Goal: ("due_on",),
}
SLOTS = ("day_1", "day_2", "day_3")


class HistoryRow(NamedTuple):
    kind: str
    key: int
    at: datetime.datetime
    history_id: int
    history_type: str
    reason: str | None
    day_1: datetime.date | None
    day_2: datetime.date | None
    day_3: datetime.date | None

    @property
    def days(self) -> tuple[datetime.date | None, ...]:
        return self[-len(SLOTS) :]


@dataclass(frozen=True)
class DayHistory:
    """When days were moved, by kind of thing and key, and which activities have been removed."""

    moves: dict[tuple[str, int], tuple[DateMove, ...]]
    removals: tuple[Removal, ...]

    def of(self, thing: models.Model) -> tuple[DateMove, ...]:
        return self.moves.get((type(thing).__name__, thing.pk), ())


def read_day_history(agreement: Agreement, *, until: datetime.datetime) -> DayHistory:
    """Read how the plan's days have been moved, and which of its activities have been removed, up to a moment."""
    focus_areas = history_table(FocusArea).objects.filter(agreement_id=agreement.pk).values("id")
    activities = history_table(Activity).objects.filter(focus_area_id__in=focus_areas).values("id")
    first, *others = (
        history_rows(Activity).filter(focus_area_id__in=focus_areas, history_date__lte=until),
        history_rows(Commitment).filter(activity_id__in=activities, history_date__lte=until),
        history_rows(Goal).filter(focus_area_id__in=focus_areas, history_date__lte=until),
    )
    by_thing: dict[tuple[str, int], list[HistoryRow]] = defaultdict(list)
    for row in map(HistoryRow._make, first.union(*others, all=True)):
        by_thing[row.kind, row.key].append(row)
    for rows in by_thing.values():
        rows.sort(key=lambda row: (row.at, row.history_id))
    names = {model.__name__: days for model, days in DAYS.items()}
    moves = {thing: tuple(moves_in(rows, names[thing[0]])) for thing, rows in by_thing.items()}
    return DayHistory(
        moves=moves,
        removals=tuple(
            Removal(key, at=rows[-1].at, reason=rows[-1].reason or "")
            for (kind, key), rows in sorted(by_thing.items())
            if kind == Activity.__name__ and rows[-1].history_type == "-"
        ),
    )


def history_rows(model: type[models.Model]) -> models.QuerySet:
    days = (*DAYS[model], *[None] * len(SLOTS))[: len(SLOTS)]
    slots = {
        slot: F(day) if day else Value(None, output_field=models.DateField())
        for slot, day in zip(SLOTS, days, strict=True)
    }
    named = history_table(model).objects.order_by().annotate(part=Value(model.__name__), **slots)
    return named.values_list(
        "part", "id", "history_date", "history_id", "history_type", "history_change_reason", *SLOTS
    )


def moves_in(rows: list[HistoryRow], fields: Collection[str]) -> Iterator[DateMove]:
    """Each time a day became another: a thing that is removed and added back is compared with what it was."""
    for earlier, later in zip(rows, rows[1:], strict=False):
        if later.history_type == "-":
            continue
        for field, was, now in zip(fields, earlier.days, later.days, strict=False):
            if was != now:
                yield DateMove(field, was=was, now=now, at=later.at, reason=later.reason or "")


# --- The facts ---


def gather_facts(gathered: Gathered) -> Facts:
    """What the report knows of its part of the plan; one query more."""
    snapshot, thread = gathered.snapshot, gathered.thread
    history = read_day_history(gathered.agreement, until=gathered.plan_at)
    headings = party_headings(snapshot.parties)
    return Facts(
        as_of=gathered.as_of,
        activities=tuple(activity_fact(activity, snapshot, history) for activity in snapshot.all_activities),
        commitments=tuple(
            commitment_fact(
                promise_row(
                    commitment,
                    snapshot.agreement,
                    headings=headings,
                    today=gathered.on,
                    reported=(gathered.starts_on, gathered.ends_on),
                ),
                is_counted=overlaps(commitment, gathered.starts_on, gathered.ends_on),
                moves=history.of(commitment),
            )
            for commitment in snapshot.all_commitments
        ),
        goals=tuple(
            goal_fact(goal, focus_area, snapshot, thread, moves=history.of(goal), on=gathered.on)
            for focus_area in snapshot.focus_areas
            for goal in snapshot.goals[focus_area.pk]
        ),
        asked=tuple(asked_facts(snapshot)),
        removed=history.removals,
    )


def activity_fact(activity: Activity, snapshot: Snapshot, history: DayHistory) -> ActivityFact:
    update = snapshot.latest_update(activity)
    reason = reason_for(activity, update) or (update.text if update else "")
    follow_ups = snapshot.follow_ups[activity.pk]
    return ActivityFact(
        id=activity.pk,
        number=activity.label,
        title=activity.title,
        focus_area_id=activity.focus_area_id,
        focus_area=activity.focus_area.name,
        status=activity.status,
        status_label=activity.get_status_display(),
        assessment=activity.assessment,
        assessment_label=activity.get_assessment_display(),
        reason=sentence_end(clipped(reason, REASON_LENGTH)),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        next_follow_up_on=activity.next_follow_up_on,
        followed_up_on=max((follow_up.followed_up_on for follow_up in follow_ups), default=None),
        moves=history.of(activity),
        carried_over_from=activity.carried_over_from_id,
    )


def commitment_fact(row: PromiseRow, *, is_counted: bool, moves: tuple[DateMove, ...]) -> CommitmentFact:
    commitment, done, unit = row.commitment, row.commitment.done, row.commitment.unit
    is_masked = done is not None and is_small(done, unit)
    return CommitmentFact(
        id=commitment.pk,
        activity_id=commitment.activity_id,
        party=row.heading,
        who=commitment.who,
        text=commitment.text,
        comparison=commitment.comparison,
        planned=commitment.planned,
        unit=unit,
        promise=commitment.promise_in_words,
        done=None if is_masked else done,
        done_words=done_words(commitment),
        outcome=row.outcome.value,
        outcome_label=row.outcome.label,
        starts_on=commitment.starts_on,
        ends_on=commitment.ends_on,
        is_counted=is_counted,
        is_masked=is_masked,
        moves=moves,
    )


def goal_fact(
    goal: Goal,
    focus_area: FocusArea,
    snapshot: Snapshot,
    thread: ThreadSnapshot,
    *,
    moves: tuple[DateMove, ...],
    on: datetime.date,
) -> GoalFact:
    progress = progress_of(goal, snapshot, thread, on=on)
    baseline, now = (plain_number(value, progress.unit) for value in (goal.baseline, progress.now))
    return GoalFact(
        id=goal.pk,
        focus_area_id=focus_area.pk,
        focus_area=focus_area.name,
        statement=goal.statement,
        kind=goal.kind,
        unit=progress.unit,
        baseline=baseline,
        now=now,
        target=goal.target,
        now_words=value_shown(progress.now, progress.unit),
        target_words=f"{number_words(goal.target)} {progress.unit}".strip() if goal.target is not None else "",
        now_of=str(progress.year or ""),
        standing=progress.standing.value,
        standing_label=progress.standing.label,
        due_on=goal.due_on,
        moves=moves,
        is_masked=now is None and progress.now is not None,
        carried_over_from=goal.carried_over_from_id,
    )


def plain_number(value: Decimal | int | None, unit: str) -> Decimal | None:
    """The number itself, where it is not a small count of people."""
    return None if value is None or is_small(value, unit) else Decimal(value)


def is_small(count: Decimal | int, unit: str) -> bool:
    return counts_people(unit) and 0 < count < SMALLEST_SHOWN


def asked_facts(snapshot: Snapshot) -> Iterator[AskedFact]:
    for activity in snapshot.all_activities:
        update = snapshot.latest_update(activity)
        if update and update.decision_requested:
            yield AskedFact(activity.pk, str(activity), sentence_end(update.decision_requested))

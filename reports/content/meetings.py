"""What a report says of Örat mot marken and of the groups' decisions."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from agreements.models import Group
from documents.swedish_dates import date_words, near_date_words, number_word
from documents.swedish_words import counted, joined, lower_first, upper_first
from meetings.charts import FEWEST_SHOWN, MOST_SHOWN, Trend, spark
from meetings.models import ActionPoint
from meetings.situation import Counts, Span, spans_between
from meetings.trends import Period, Verdict, judge_all
from reports.content.activities import names
from reports.content.meetings_snapshot import DecisionThen, GroupThen, MeetingsSnapshot, Observed, PointThen
from reports.content.report import (
    DecisionGroup,
    DecisionLine,
    DecisionsSection,
    PlaceLine,
    PointLine,
    SituationSection,
    TrendLine,
)
from reports.content.scope import EVERYTHING, Scope
from reports.content.snapshot import Snapshot
from reports.content.wording import sentence_end

POINTS_SHOWN = 12
DECIDING = (Group.Kind.STEERING, Group.Kind.PREPARATION)


# --- Örat mot marken ---


def situation_section(
    then: MeetingsSnapshot, snapshot: Snapshot, *, starts_on: datetime.date, ends_on: datetime.date, on: datetime.date
) -> SituationSection | None:
    """What the period's meetings heard of, and what came of it; None where the agreement has no such group."""
    group = next(iter(then.groups_of(Group.Kind.SITUATION)), None)
    if group is None:
        return None
    last = min(ends_on, on)
    days = sorted(
        {
            meeting.day
            for meeting in then.meetings.values()
            if meeting.group_id == group.id and not meeting.is_cancelled and meeting.day <= last
        }
    )
    spans = spans_between(days, today=last)
    counts = Counts((seen.category_id, seen.area_id, seen.day, 1) for seen in then.observed if seen.day <= last)
    decisions, points = came_of(group, then, starts_on=starts_on, ends_on=last)
    return SituationSection(
        heading=group.name,
        sentences=tuple(situation_sentences(group, then, starts_on=starts_on, ends_on=last)),
        trends=tuple(trend_lines(then, counts, spans, starts_on=starts_on, ends_on=last)),
        trends_until=date_words(spans[-1].ends_on) if spans else "",
        places=tuple(place_lines(then, starts_on=starts_on, ends_on=last)),
        decisions=tuple(decision_line(decision, then, snapshot, group_of=then.groups) for decision in decisions),
        points=tuple(point_line(point, snapshot, on=on) for point in points[:POINTS_SHOWN]),
        points_left_out=max(0, len(points) - POINTS_SHOWN),
    )


def situation_sentences(
    group: GroupThen, then: MeetingsSnapshot, *, starts_on: datetime.date, ends_on: datetime.date
) -> Iterable[str]:
    meetings = [
        meeting
        for meeting in then.meetings.values()
        if meeting.group_id == group.id and starts_on <= meeting.day <= ends_on
    ]
    held = sum(meeting.is_held for meeting in meetings)
    cancelled = sum(meeting.is_cancelled for meeting in meetings)
    if held:
        stopped = f", {number_word(cancelled, neuter=True)} ställdes in" if cancelled else ""
        yield f"{upper_first(counted(held, 'möte', 'möten', neuter=True))} hölls under perioden{stopped}."
    else:
        stopped = f" {upper_first(counted(cancelled, 'möte', 'möten', neuter=True))} ställdes in." if cancelled else ""
        yield f"Inget möte hölls under perioden.{stopped}"
    observed = in_period(then, starts_on, ends_on)
    if observed:
        sources = len({row.source_id for row in observed})
        yield (
            f"{upper_first(counted(len(observed), 'iakttagelse', 'iakttagelser'))} rapporterades, av "
            f"{counted(sources, 'organisation', 'organisationer')}. Rapporterade iakttagelser är inte anmälda brott."
        )
    elif held:
        yield "Inga iakttagelser rapporterades för perioden."


def in_period(then: MeetingsSnapshot, starts_on: datetime.date, ends_on: datetime.date) -> list[Observed]:
    return [row for row in then.observed if starts_on <= row.day <= ends_on]


def trend_lines(
    then: MeetingsSnapshot,
    counts: Counts,
    spans: list[Span],
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> list[TrendLine]:
    """One line for each category with observations in the period: what stood out first, then by how many."""
    if not spans or spans[-1].ends_on < starts_on:
        return []
    totals = Counter(row.category_id for row in in_period(then, starts_on, ends_on))
    judged = sum(span.ends_on >= starts_on for span in spans)
    shown = min(MOST_SHOWN, max(FEWEST_SHOWN, judged))
    lines = []
    for category_id, total in totals.items():
        periods = counts.periods(spans, category_id)
        verdicts = judge_all(periods, last=max(judged, shown))
        stood_out = standing_out(periods[-judged:], verdicts[-judged:])
        where = places_of(then, counts, spans, category_id, stood_out)
        lines.append(
            TrendLine(
                category=then.categories.get(category_id, ""),
                count=total,
                trend=Trend(verdicts[-1], spark(periods, verdicts, shown=shown)),
                stood_out=stood_out_words(stood_out, where),
            )
        )
    return sorted(lines, key=lambda line: (not line.stood_out, -line.count, line.category))


def standing_out(periods: list[Period], verdicts: list[Verdict]) -> list[Period]:
    return [period for period, verdict in zip(periods, verdicts, strict=True) if verdict.stands_out]


def places_of(
    then: MeetingsSnapshot, counts: Counts, spans: list[Span], category_id: int, stood_out: list[Period]
) -> list[str]:
    """The areas in which the category stood out in one of the same periods."""
    if not stood_out:
        return []
    ends = {period.ends_on for period in stood_out}
    names_of_areas = []
    for area_id, name in then.areas.items():
        periods = counts.periods(spans, category_id, area_id)
        if any(period.ends_on in ends for period in standing_out(periods, judge_all(periods))):
            names_of_areas.append(name)
    return names_of_areas


def stood_out_words(stood_out: list[Period], where: list[str]) -> str:
    """Stack ut vid mötena 31 mars och 14 april 2026, i Burlövs station."""
    if not stood_out:
        return ""
    days = [period.ends_on for period in stood_out]
    words = joined([*(near_date_words(day, days[-1]) for day in days[:-1]), date_words(days[-1])])
    meetings = "mötet" if len(days) == 1 else "mötena"
    return f"Stack ut vid {meetings} {words}{f', mest i {joined(where)}' if where else ''}."


def place_lines(then: MeetingsSnapshot, *, starts_on: datetime.date, ends_on: datetime.date) -> list[PlaceLine]:
    """How much was heard of each area, and of what; the most first."""
    by_area: dict[int | None, Counter] = defaultdict(Counter)
    for row in in_period(then, starts_on, ends_on):
        by_area[row.area_id][then.categories.get(row.category_id, "")] += 1
    lines = [
        PlaceLine(
            name=then.areas.get(area_id, "Utan delområde"),
            count=kinds.total(),
            mostly=joined(lower_first(kind) for kind, _ in kinds.most_common(2)),
        )
        for area_id, kinds in by_area.items()
    ]
    return sorted(lines, key=lambda line: (-line.count, line.name))


def came_of(
    group: GroupThen, then: MeetingsSnapshot, *, starts_on: datetime.date, ends_on: datetime.date
) -> tuple[list[DecisionThen], list[PointThen]]:
    """What the group itself decided and agreed, and what others did under an item that is about the group."""

    def is_about(group_id: int, item_id: int | None) -> bool:
        return group_id == group.id or group.name.lower() in then.item_titles.get(item_id, "").lower()

    decisions = [
        decision
        for decision in decisions_between(then, starts_on, ends_on)
        if is_about(decision.group_id, decision.agenda_item_id)
    ]
    points = [
        point
        for point in then.points
        if starts_on <= point.day <= ends_on
        and point.agenda_item_id not in then.internal_items
        and is_about(point.group_id, point.agenda_item_id)
    ]
    return decisions, sorted(
        points, key=lambda point: (not point.is_open, point.due_on if point.is_open else point.day)
    )


def point_line(point: PointThen, snapshot: Snapshot, *, on: datetime.date) -> PointLine:
    organisation = snapshot.organisations.get(point.organisation_id)
    who = [snapshot.people.get(point.responsible_id, ""), *(names([organisation]) if organisation else [])]
    if point.is_open:
        late = ", försenad" if point.due_on < on else ""
        state = f"Öppen, klart senast {date_words(point.due_on)}{late}"
    else:
        done = "Klar" if point.state == ActionPoint.State.DONE else "Utgår"
        state = f"{done} {date_words(point.finished_on)}"
    return PointLine(
        text=point.text,
        who=", ".join(name for name in who if name),
        state=f"{state}.",
        outcome=sentence_end(point.outcome),
    )


# --- Decisions ---


def decisions_section(
    then: MeetingsSnapshot,
    snapshot: Snapshot,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    on: datetime.date,
    scope: Scope = EVERYTHING,
) -> DecisionsSection:
    """What the steering and the preparation group decided in the period, and their open action points.

    Of a part of the plan: what concerns its activities or its group, and what the group itself decided.
    """
    last = min(ends_on, on)
    decided = decisions_between(then, starts_on, last)
    points = list(then.points)
    if not scope.is_everything:
        concerned = {activity.pk for activity in snapshot.all_activities}
        decided = [decision for decision in decided if concerns(decision, then, concerned, scope)]
        points = [point for point in points if point_concerns(point, then, concerned, scope)]
    return DecisionsSection(
        groups=tuple(
            DecisionGroup(
                name=group.name,
                decisions=tuple(
                    decision_line(decision, then, snapshot) for decision in decided if decision.group_id == group.id
                ),
                open_points=open_points_sentence(group, points, on=on),
            )
            for group in [*then.groups_of(*DECIDING), *own_group(then, scope)]
        )
    )


def own_group(then: MeetingsSnapshot, scope: Scope) -> list[GroupThen]:
    group = then.groups.get(scope.group_id)
    return [group] if group and group.kind not in DECIDING else []


def concerns(decision: DecisionThen, then: MeetingsSnapshot, concerned: set[int], scope: Scope) -> bool:
    """Whether a decision mandates the part or its group, was made under an item about it, or by the group itself."""
    return (
        decision.mandated_activity_id in concerned
        or then.item_activities.get(decision.agenda_item_id) in concerned
        or (scope.group_id is not None and scope.group_id in (decision.mandated_group_id, decision.group_id))
    )


def point_concerns(point: PointThen, then: MeetingsSnapshot, concerned: set[int], scope: Scope) -> bool:
    return (
        point.activity_id in concerned
        or then.item_activities.get(point.agenda_item_id) in concerned
        or (scope.group_id is not None and point.group_id == scope.group_id)
    )


def decisions_between(then: MeetingsSnapshot, starts_on: datetime.date, ends_on: datetime.date) -> list[DecisionThen]:
    """In the order they were made; not those under items that are kept internal."""
    found = [
        decision
        for decision in then.decisions.values()
        if decision.meeting_id in then.meetings
        and starts_on <= then.meetings[decision.meeting_id].day <= ends_on
        and decision.agenda_item_id not in then.internal_items
    ]
    return sorted(
        found, key=lambda decision: (then.meetings[decision.meeting_id].day, decision.group_id, decision.number)
    )


def decision_line(
    decision: DecisionThen,
    then: MeetingsSnapshot,
    snapshot: Snapshot,
    *,
    group_of: dict[int, GroupThen] | None = None,
) -> DecisionLine:
    """With `group_of` the line also says which group decided."""
    who = group_of[decision.group_id].name if group_of and decision.group_id in group_of else ""
    return DecisionLine(
        paragraph=decision.paragraph,
        day=date_words(then.meetings[decision.meeting_id].day),
        group=who,
        text=sentence_end(decision.text),
        mandate=tuple(mandate_sentences(decision, then, snapshot)),
    )


def mandate_sentences(decision: DecisionThen, then: MeetingsSnapshot, snapshot: Snapshot) -> Iterable[str]:
    if group := then.groups.get(decision.mandated_group_id):
        yield f"Uppdrag till {group.name}."
    for activity in snapshot.all_activities:
        if activity.pk == decision.mandated_activity_id:
            yield f"Gäller {activity}."
    carried_out = then.decisions.get(decision.carries_out_id)
    if carried_out and carried_out.agenda_item_id not in then.internal_items:
        group = then.groups.get(carried_out.group_id)
        yield f"Verkställer {carried_out.paragraph}{f', {group.name}' if group else ''}."


def open_points_sentence(group: GroupThen, points: Iterable[PointThen], *, on: datetime.date) -> str:
    points = [point for point in points if point.group_id == group.id and point.is_open]
    if not points:
        return "Inga åtgärdspunkter är öppna."
    late = sum(point.due_on < on for point in points)
    are = "åtgärdspunkt är öppen" if len(points) == 1 else "åtgärdspunkter är öppna"
    said = f"{upper_first(counted(len(points), are, are))}"
    if not late:
        return f"{said}."
    if len(points) == 1:
        return f"{said} och försenad."
    return f"{said}, {counted(late, 'är försenad', 'är försenade')}."

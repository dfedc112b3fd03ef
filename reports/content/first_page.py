"""What the first page says: the summary's five sentences, who is on plan and who is not, figures, decisions."""

import datetime
from collections import Counter
from dataclasses import dataclass

from documents.swedish_dates import date_words, number_word
from documents.swedish_words import counted, joined, lower_first, upper_first
from focus_areas.models import Activity, Commitment
from focus_areas.models.activities import SILENT_AFTER_DAYS
from focus_areas.promises import Promises, party_headings, promises_of
from reports.content.activities import deviates, overlaps, reason_for
from reports.content.report import AssessedLine, DecisionRequest, FigureGroup, FigureRow
from reports.content.scope import EVERYTHING, Scope
from reports.content.snapshot import EarlierState, Snapshot
from reports.content.wording import change_in_words, clipped, sentence_end

NOT_KNOWN = "–"
REASON_LENGTH = 110
NAMES_SHOWN = 4
LINES_SHOWN = 8
WORST_FIRST = [Activity.Assessment.RED, Activity.Assessment.YELLOW, Activity.Assessment.NONE, Activity.Assessment.GREEN]


@dataclass(frozen=True)
class Counted:
    """A state in figures."""

    assessments: Counter
    promises: Promises
    delayed: list[Activity]
    overdue: list[Activity]


def count(
    *,
    activities: list[Activity],
    commitments: list[Commitment],
    snapshot: Snapshot,
    period: tuple[datetime.date, datetime.date],
    on: datetime.date,
) -> Counted:
    return Counted(
        assessments=Counter(activity.assessment for activity in activities),
        promises=promises_of(
            commitments,
            snapshot.agreement,
            headings=party_headings(snapshot.parties),
            today=on,
            reported=period,
        ),
        delayed=[activity for activity in activities if activity.status == Activity.Status.DELAYED],
        overdue=[
            activity
            for activity in activities
            if not activity.is_finished and activity.next_follow_up_on and activity.next_follow_up_on < on
        ],
    )


def commitments_in_period(commitments: list[Commitment], starts_on, ends_on) -> list[Commitment]:
    return [commitment for commitment in commitments if overlaps(commitment, starts_on, ends_on)]


def earlier_commitments(earlier: EarlierState, snapshot: Snapshot, starts_on, ends_on) -> list[Commitment]:
    """The period's commitments as they stood when it began, each under the organisation as it is known now."""
    for commitment in earlier.commitments:
        commitment.organisation = snapshot.organisations.get(commitment.organisation_id)
    return commitments_in_period(earlier.commitments, starts_on, ends_on)


# --- Figures ---


def figures(now: Counted, start: Counted | None) -> tuple[FigureGroup, ...]:
    groups = [
        FigureGroup("Aktiviteter efter bedömning", tuple(assessment_rows(now, start))),
        FigureGroup("Åtaganden med antal: hållna av lovade", tuple(promise_rows(now, start))),
        FigureGroup(
            "I tid",
            (
                counted_row("Försenade aktiviteter", len(now.delayed), start and len(start.delayed)),
                counted_row("Försenade uppföljningar", len(now.overdue), start and len(start.overdue)),
            ),
        ),
    ]
    return tuple(group for group in groups if group.rows)


def assessment_rows(now: Counted, start: Counted | None):
    for assessment in Activity.BEST_FIRST:
        earlier = start.assessments[assessment] if start else None
        yield counted_row(assessment.label, now.assessments[assessment], earlier, assessment=assessment.value)


def promise_rows(now: Counted, start: Counted | None):
    earlier = {party.heading: party for party in start.promises.parties} if start else {}
    for party in now.promises.parties:
        before = earlier.get(party.heading)
        comparable = bool(before and before.promised and party.promised)
        yield FigureRow(
            label=party.heading,
            now=party.short if party.promised else "inga",
            start=before.short if before and before.promised else NOT_KNOWN,
            change=change_in_words(party.kept, before.kept) if comparable else NOT_KNOWN,
        )
    total, before = now.promises.total, start.promises.total if start else None
    for label, number, earlier_number in (
        ("Varav över det lovade", total.over, before and before.over),
        ("Inte hållna", total.not_kept, before and before.not_kept),
        ("Ej redovisade", total.not_reported, before and before.not_reported),
        ("Utan antal, följs upp i ord", total.in_words, before and before.in_words),
    ):
        if number:
            yield counted_row(label, number, earlier_number)


def counted_row(label: str, now: int, start: int | None, *, assessment: str | None = None) -> FigureRow:
    return FigureRow(
        label=label,
        now=str(now),
        start=NOT_KNOWN if start is None else str(start),
        change=NOT_KNOWN if start is None else change_in_words(now, start),
        assessment=assessment,
    )


# --- On plan, and not ---


def assessed_lines(snapshot: Snapshot) -> tuple[tuple[AssessedLine, ...], int]:
    """One line for each activity that is not on plan, then those that are; and how many there was no room for."""
    activities = snapshot.all_activities
    off_plan = sorted(
        (activity for activity in activities if deviates(activity)),
        key=lambda activity: WORST_FIRST.index(activity.assessment),
    )
    lines = [off_plan_line(activity, snapshot) for activity in off_plan[:LINES_SHOWN]]
    for assessment in (Activity.Assessment.GREEN, Activity.Assessment.NONE):
        same = [activity for activity in activities if activity.assessment == assessment and not deviates(activity)]
        if same:
            lines.append(AssessedLine(assessment.value, assessment.label, ", ".join(str(each) for each in same)))
    return tuple(lines), max(0, len(off_plan) - LINES_SHOWN)


def off_plan_line(activity: Activity, snapshot: Snapshot) -> AssessedLine:
    update = snapshot.latest_update(activity)
    reason = reason_for(activity, update) or (update.text if update else "")
    troubled = activity.status in Activity.NEEDS_REASON
    return AssessedLine(
        assessment=activity.assessment,
        assessment_label=activity.get_assessment_display(),
        activities=str(activity),
        is_off_plan=True,
        reason=sentence_end(clipped(reason, REASON_LENGTH)),
        status=activity.status if troubled else "",
        status_label=activity.get_status_display().lower() if troubled else "",
    )


def decision_requests(snapshot: Snapshot) -> tuple[DecisionRequest, ...]:
    requests = []
    for activity in snapshot.all_activities:
        update = snapshot.latest_update(activity)
        if update and update.decision_requested:
            requests.append(DecisionRequest(str(activity), sentence_end(update.decision_requested)))
    return tuple(requests)


# --- The summary ---


def summary(
    now: Counted, snapshot: Snapshot, *, on: datetime.date, decision_count: int, scope: Scope = EVERYTHING
) -> tuple[str, ...]:
    return (
        assessment_sentence(now.assessments, nothing_words=scope.nothing_words),
        promise_sentence(now),
        # Of a plan without activities nothing more is to be said.
        *(
            (behind_sentence(now, snapshot), follow_up_sentence(now, snapshot, on=on))
            if snapshot.all_activities
            else ()
        ),
        end_sentence(snapshot, on=on, decision_count=decision_count),
    )


def assessment_sentence(assessments: Counter, *, nothing_words: str) -> str:
    """Fyra av nio aktiviteter går enligt plan, tre har en mindre avvikelse och två har en större."""
    total = assessments.total()
    if not total:
        return nothing_words
    green, yellow, red, none = (assessments[value] for value in Activity.BEST_FIRST)
    if none == total:
        return (
            f"Ingen av {counted(total, 'aktivitet', 'aktiviteter')} är bedömd än."
            if total > 1
            else ("Den enda aktiviteten är inte bedömd än.")
        )
    if total == 1:
        only = next(assessments.elements())
        return (
            "Den enda aktiviteten går enligt plan."
            if only == Activity.Assessment.GREEN
            else (f"Den enda aktiviteten har en {Activity.Assessment(only).label.lower()}.")
        )
    of_total = f"av {counted(total, 'aktivitet', 'aktiviteter')}"
    parts = [f"{upper_first(number_word(green)) if green else 'Ingen'} {of_total} går enligt plan"]
    if yellow:
        parts.append(f"{number_word(yellow)} har en mindre avvikelse")
    if red:
        parts.append(f"{number_word(red)} har en större{'' if yellow else ' avvikelse'}")
    if none:
        parts.append(f"{number_word(none)} är inte {'bedömd' if none == 1 else 'bedömda'}")
    return f"{joined(parts)}."


def promise_sentence(now: Counted) -> str:
    """3 av 4 löften med antal hållna, varav 1 över; 1 utan antal (hållna: kommunen 2 av 3 och polisen 1 av 1)."""
    numbered = [party for party in now.promises.parties if party.promised]
    sentence = now.promises.total.sentence
    if not sentence:
        return "Inga åtaganden är registrerade för perioden."
    if len(numbered) < 2:
        return f"{sentence}."
    listed = joined(f"{lower_first(party.heading)} {party.short}" for party in numbered)
    return f"{sentence} (hållna: {listed})."


def behind_sentence(now: Counted, snapshot: Snapshot) -> str:
    behind = [
        activity
        for activity in snapshot.all_activities
        if activity.assessment == Activity.Assessment.RED or activity.status == Activity.Status.DELAYED
    ]
    if not behind:
        return "Ingen aktivitet är försenad eller har en större avvikelse."
    return f"Försenade eller med större avvikelse: {named(behind)}."


def follow_up_sentence(now: Counted, snapshot: Snapshot, *, on: datetime.date) -> str:
    silent = silent_activities(snapshot, on=on)
    if not now.overdue and not under_way(snapshot):
        return "Inga uppföljningar är försenade, och ingen aktivitet pågår."
    if not now.overdue and not silent:
        return (
            "Inga uppföljningar är försenade, och alla pågående aktiviteter har hörts av de senaste "
            f"{SILENT_AFTER_DAYS} dagarna."
        )
    late = (
        f"{upper_first(counted(len(now.overdue), 'uppföljning', 'uppföljningar'))} är "
        f"{'försenad' if len(now.overdue) == 1 else 'försenade'}: {named(now.overdue)}."
        if now.overdue
        else "Inga uppföljningar är försenade."
    )
    if not silent:
        return late
    return f"{late} Inget har hörts på {SILENT_AFTER_DAYS} dagar från {named(silent)}."


def silent_activities(snapshot: Snapshot, *, on: datetime.date) -> list[Activity]:
    """As `ActivityQuerySet.silent`: under way, and nothing logged or reported for so many days."""
    limit = on - datetime.timedelta(days=SILENT_AFTER_DAYS)
    return [
        activity for activity in under_way(snapshot) if (snapshot.last_heard_on(activity) or datetime.date.min) < limit
    ]


def under_way(snapshot: Snapshot) -> list[Activity]:
    return [
        activity
        for activity in snapshot.all_activities
        if not activity.is_finished and activity.status != Activity.Status.NOT_STARTED
    ]


def end_sentence(snapshot: Snapshot, *, on: datetime.date, decision_count: int) -> str:
    asked = (
        f"Styrgruppen behöver fatta {counted(decision_count, 'beslut', 'beslut', neuter=True)}."
        if decision_count
        else "Inga beslut begärs av styrgruppen."
    )
    ends_on = snapshot.agreement.ends_on
    if ends_on is None:
        return f"Överenskommelsen har inget slutdatum registrerat. {asked}"
    if ends_on < on:
        return f"Överenskommelsen gick ut {date_words(ends_on)}. {asked}"
    if ends_on == on:
        return f"Överenskommelsen går ut {date_words(ends_on)}, samma dag som läget gäller. {asked}"
    return f"Överenskommelsen går ut {date_words(ends_on)}. {asked}"


def named(activities: list[Activity]) -> str:
    """The activities' numbers and titles; only the first few where they are many."""
    names = [str(activity) for activity in activities]
    if len(names) <= NAMES_SHOWN:
        return joined(names)
    left = len(names) - NAMES_SHOWN
    return f"{', '.join(names[:NAMES_SHOWN])} och {number_word(left)} till"

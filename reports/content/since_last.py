"""What has changed since the last report: from what the two reports knew, never from today's tables. Pure.

Things are the same by their key; else by what they were carried over from; else, where one has gone and one of the same
name has come in the same place, the same one entered anew. Numbers and names may change without that.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Generic, TypeVar

from documents.swedish_dates import date_range_words, date_words
from documents.swedish_words import counted, joined, lower_first, upper_first
from reports.content.facts import ActivityFact, AskedFact, CommitmentFact, DateMove, Facts, GoalFact
from reports.content.wording import clipped, sentence_end

FIRST = "Det här är den första rapporten av sitt slag."
NO_REASON = "Inget skäl är angivet."
NOT_COMPARABLE = "Den förra rapporten har inga uppgifter som går att jämföra med."

# The values of focus_areas.models.Activity.Status, Assessment and focus_areas.forecast.Outcome, as they are frozen.
COMPLETED, CANCELLED = "completed", "cancelled"
BEST_FIRST = ("green", "yellow", "red")
KEPT, NOT_KEPT = "kept", "not_kept"
IN_WORDS = "in_words"
# focus_areas.promises.HEADINGS
LAST_HEADINGS = ("Gemensamt", "Övriga")
NOT_REPORTED = "inte rapporterat"
REASON_LENGTH = 160

DAY_NAMES = {
    "starts_on": "Startdatum",
    "ends_on": "Slutdatum",
    "next_follow_up_on": "Nästa uppföljning",
}
ASKED_WHY = ("starts_on", "ends_on")
PROMISE_DAY_NAMES = {"starts_on": "första dag", "ends_on": "sista dag"}

Thing = TypeVar("Thing")


class Sort(Enum):
    """A kind of change, in the order they are told: its words in the table, and counted as one and as many."""

    ADDED = ("Ny aktivitet", "ny aktivitet", "nya aktiviteter")
    ADDED_BACK = ("Inlagd på nytt", "aktivitet inlagd på nytt", "aktiviteter inlagda på nytt")
    REMOVED = ("Struken aktivitet", "struken aktivitet", "strukna aktiviteter")
    FINISHED = ("Genomförd", "genomförd aktivitet", "genomförda aktiviteter")
    CANCELLED = ("Avbruten", "avbruten aktivitet", "avbrutna aktiviteter")
    STATUS = ("Ny status", "ändrad status", "ändrade statusar")
    WORSE = ("Sämre bedömning", "sämre bedömning", "sämre bedömningar")
    BETTER = ("Bättre bedömning", "bättre bedömning", "bättre bedömningar")
    ASSESSED = ("Ny bedömning", "ny bedömning", "nya bedömningar")
    MOVED = ("Flyttat datum", "flyttat datum", "flyttade datum")
    DATED = ("Nytt datum", "nytt datum", "nya datum")
    RENAMED = ("Nytt namn", "nytt namn", "nya namn")
    RENUMBERED = ("Nytt nummer", "nytt nummer", "nya nummer")
    ELSEWHERE = ("Annat fokusområde", "byte av fokusområde", "byten av fokusområde")
    PROMISED = ("Nytt åtagande", "nytt åtagande", "nya åtaganden")
    PROMISE_KEPT = ("Hållet åtagande", "hållet åtagande", "hållna åtaganden")
    PROMISE_BROKEN = ("Inte hållet åtagande", "åtagande som inte hölls", "åtaganden som inte hölls")
    PROMISE_CHANGED = ("Ändrat åtagande", "ändrat åtagande", "ändrade åtaganden")
    PROMISE_REMOVED = ("Struket åtagande", "struket åtagande", "strukna åtaganden")
    GOAL_ADDED = ("Nytt mål", "nytt mål", "nya mål")
    GOAL_CHANGED = ("Ändrat mål", "ändrat mål", "ändrade mål")
    GOAL_REMOVED = ("Struket mål", "struket mål", "strukna mål")

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def key(self) -> str:
        return self.name.lower().replace("_", "-")

    def counted(self, number: int) -> str:
        return counted(number, *self.value[1:], neuter=self in NEUTER)


NEUTER = {
    Sort.MOVED,
    Sort.DATED,
    Sort.RENAMED,
    Sort.RENUMBERED,
    Sort.ELSEWHERE,
    Sort.PROMISED,
    Sort.PROMISE_KEPT,
    Sort.PROMISE_BROKEN,
    Sort.PROMISE_CHANGED,
    Sort.PROMISE_REMOVED,
    Sort.GOAL_ADDED,
    Sort.GOAL_CHANGED,
    Sort.GOAL_REMOVED,
}


@dataclass(frozen=True)
class Change:
    """One row of the table: what kind, of what, from what to what in words, and why where that was written."""

    sort: Sort
    what: str
    words: str
    reason: str = ""

    @property
    def label(self) -> str:
        return self.sort.label


@dataclass(frozen=True)
class PromiseProgress:
    """A commitment for which more has been done, or whose outcome is another, than in the last report."""

    activity: str
    who: str
    what: str
    was: str
    now: str
    promise: str
    outcome_was: str
    outcome: str

    @property
    def name(self) -> str:
        """1.1 SSPU-gruppen: samverkansmöten"""
        return f"{self.activity}: {lower_first(self.what)}" if self.activity else self.what

    @property
    def outcome_words(self) -> str:
        if self.outcome == self.outcome_was or not self.outcome_was:
            return self.outcome
        return f"{self.outcome} (förut: {lower_first(self.outcome_was)})"


@dataclass(frozen=True)
class PartyProgress:
    """One party's commitments since the last report."""

    heading: str
    sentence: str
    lines: tuple[PromiseProgress, ...] = ()


@dataclass(frozen=True)
class GoalProgress:
    """A goal whose value or standing is another than in the last report."""

    focus_area: str
    statement: str
    was: str
    now: str
    target: str
    standing_was: str
    standing: str

    @property
    def standing_words(self) -> str:
        if self.standing == self.standing_was or not self.standing_was:
            return self.standing
        return f"{self.standing} (förut: {lower_first(self.standing_was)})"


@dataclass(frozen=True)
class AskedLine:
    """A decision that the last report asked for, and whether this one asks for it again."""

    what: str
    text: str
    is_asked_again: bool

    @property
    def words(self) -> str:
        return "Begärs igen" if self.is_asked_again else "Begärs inte längre"


@dataclass(frozen=True)
class PreviousReport:
    """The issued report that is compared with. `report_id` is its key in the portal."""

    report_id: int
    title: str
    reference_number: str
    issued_on: str
    as_of: str

    @property
    def name(self) -> str:
        return f"{self.title} ({self.reference_number})" if self.reference_number else self.title


@dataclass(frozen=True)
class SinceLast:
    """Without a previous report it is the first one. With one that has no facts nothing can be compared."""

    previous: PreviousReport | None = None
    is_comparable: bool = False
    as_of: str = ""
    changes: tuple[Change, ...] = ()
    promises: tuple[PartyProgress, ...] = ()
    goals: tuple[GoalProgress, ...] = ()
    asked: tuple[AskedLine, ...] = ()

    @property
    def is_first(self) -> bool:
        return self.previous is None

    @property
    def count(self) -> int:
        return len(self.changes)

    @property
    def progress_count(self) -> int:
        """Commitments of which more has been done, or whose outcome is another."""
        return sum(len(party.lines) for party in self.promises)

    @property
    def has_changed(self) -> bool:
        return bool(self.changes or self.progress_count or self.goals)

    @property
    def period_words(self) -> str:
        """mellan 29 maj 2026 och 20 november 2026"""
        return f"mellan {self.previous.as_of} och {self.as_of}" if self.previous else ""

    @property
    def headline(self) -> str:
        """Sju ändringar sedan förra rapporten: en ny aktivitet, två genomförda aktiviteter och fyra flyttade datum."""
        if self.previous is None:
            return FIRST
        if not self.is_comparable:
            return NOT_COMPARABLE
        if not self.has_changed:
            return f"Inget har ändrats sedan förra rapporten, läget den {self.previous.as_of}."
        said = []
        if self.changes:
            numbers = Counter(change.sort for change in self.changes)
            listed = joined(sort.counted(numbers[sort]) for sort in Sort if numbers[sort])
            said.append(
                f"{upper_first(counted(self.count, 'ändring', 'ändringar'))} sedan förra rapporten, läget den "
                f"{self.previous.as_of}: {listed}."
            )
        else:
            said.append(f"Planen är som i förra rapporten, läget den {self.previous.as_of}.")
        if number := self.progress_count:
            moved = counted(number, "åtagande", "åtaganden", neuter=True)
            said.append(f"{upper_first(moved)} har ett nytt utfall.")
        if number := len(self.goals):
            said.append(f"{upper_first(counted(number, 'mål', 'mål', neuter=True))} har ett nytt läge.")
        return " ".join(said)

    @property
    def unchanged_words(self) -> str:
        """What did not happen, said out loud: no activities were added or removed."""
        sorts = {change.sort for change in self.changes}
        if sorts & {Sort.ADDED, Sort.ADDED_BACK, Sort.REMOVED}:
            return ""
        return "Inga aktiviteter har tillkommit eller strukits."


def since_last(before: Facts | None, now: Facts, *, previous: PreviousReport | None, as_of: str) -> SinceLast:
    """Compare what the last report knew with what this one knows; `as_of` is this one's day in words."""
    if previous is None:
        return SinceLast()
    if before is None:
        return SinceLast(previous=previous)
    compared = compare(before, now)
    found = [*activity_changes(compared), *commitment_changes(compared), *goal_changes(compared)]
    order = list(Sort)
    return SinceLast(
        previous=previous,
        is_comparable=True,
        as_of=as_of,
        changes=tuple(sorted(found, key=lambda change: order.index(change.sort))),
        promises=tuple(party_progress(compared)),
        goals=tuple(goal_progress(compared)),
        asked=tuple(asked_lines(before, now)),
    )


# --- Which are the same ---


@dataclass(frozen=True)
class Pair(Generic[Thing]):
    was: Thing
    now: Thing
    is_entered_anew: bool = False


@dataclass(frozen=True)
class Paired(Generic[Thing]):
    """What is in both, in the later one's order; what has come, and what has gone."""

    both: tuple[Pair[Thing], ...]
    added: tuple[Thing, ...]
    removed: tuple[Thing, ...]


@dataclass(frozen=True)
class Compared:
    before: Facts
    now: Facts
    activities: Paired[ActivityFact]
    commitments: Paired[CommitmentFact]
    goals: Paired[GoalFact]

    @property
    def titles(self) -> dict[int, str]:
        """What the activities are called in the later report."""
        return {activity.id: activity.full_title for activity in self.now.activities}


def compare(before: Facts, now: Facts) -> Compared:
    activities = paired(before.activities, now.activities, name=lambda activity: activity.title.casefold())
    later_keys = {pair.was.id: pair.now.id for pair in activities.both}

    def promise_name(commitment: CommitmentFact, activity_id: int | None) -> tuple:
        return activity_id, commitment.who, commitment.text.casefold()

    return Compared(
        before=before,
        now=now,
        activities=activities,
        commitments=paired(
            before.commitments,
            now.commitments,
            name=lambda commitment: promise_name(commitment, commitment.activity_id),
            earlier_name=lambda commitment: promise_name(commitment, later_keys.get(commitment.activity_id)),
        ),
        goals=paired(before.goals, now.goals, name=lambda goal: goal.statement.casefold()),
    )


def paired(
    before: Sequence[Thing],
    now: Sequence[Thing],
    *,
    name: Callable[[Thing], Hashable],
    earlier_name: Callable[[Thing], Hashable] | None = None,
) -> Paired[Thing]:
    """Pair by key, by what was carried over, and at last by name where only one of that name has gone and come."""
    left = {thing.id: thing for thing in before}
    found: dict[int, Pair[Thing]] = {}
    for later in now:
        if later.id in left:
            found[later.id] = Pair(left.pop(later.id), later)
    for later in now:
        origin = getattr(later, "carried_over_from", None)
        if later.id not in found and origin in left:
            found[later.id] = Pair(left.pop(origin), later)
    gone = by_name(left.values(), earlier_name or name)
    come = by_name((later for later in now if later.id not in found), name)
    for key, (later, *others) in come.items():
        match gone.get(key):
            case [earlier] if not others:
                found[later.id] = Pair(left.pop(earlier.id), later, is_entered_anew=True)
    return Paired(
        both=tuple(found[later.id] for later in now if later.id in found),
        added=tuple(later for later in now if later.id not in found),
        removed=tuple(left.values()),
    )


def by_name(things: Iterable[Thing], name: Callable[[Thing], Hashable]) -> dict[Hashable, list[Thing]]:
    named: dict[Hashable, list[Thing]] = {}
    for thing in things:
        named.setdefault(name(thing), []).append(thing)
    return named


# --- Activities ---


def activity_changes(compared: Compared) -> Iterator[Change]:
    for activity in compared.activities.added:
        promises = sum(commitment.activity_id == activity.id for commitment in compared.now.commitments)
        words = [activity.focus_area, date_range_words(activity.starts_on, activity.ends_on)]
        if promises:
            words.append(counted(promises, "åtagande", "åtaganden", neuter=True))
        yield Change(Sort.ADDED, activity.full_title, ", ".join(word for word in words if word))
    for activity in compared.activities.removed:
        removal = next((removal for removal in compared.now.removed if removal.activity_id == activity.id), None)
        was = f"Status i förra rapporten: {lower_first(activity.status_label)}"
        yield Change(Sort.REMOVED, activity.full_title, was, reason_words(removal.reason if removal else ""))
    for pair in compared.activities.both:
        yield from changes_of_activity(pair, since=compared.before.as_of)


def changes_of_activity(pair: Pair[ActivityFact], *, since: datetime.datetime) -> Iterator[Change]:
    was, now = pair.was, pair.now
    what = now.full_title
    if pair.is_entered_anew:
        yield Change(Sort.ADDED_BACK, what, "Ströks och lades in igen")
    if was.title != now.title:
        yield Change(Sort.RENAMED, what, f"Hette ”{was.title}”")
    if was.focus_area_id != now.focus_area_id and was.focus_area != now.focus_area:
        yield Change(Sort.ELSEWHERE, what, f"{was.focus_area} till {lower_first(now.focus_area)}")
    elif was.number != now.number:
        yield Change(Sort.RENUMBERED, what, f"{was.number or 'Inget nummer'} till {now.number or 'inget nummer'}")
    if was.status != now.status:
        sort = {COMPLETED: Sort.FINISHED, CANCELLED: Sort.CANCELLED}.get(now.status, Sort.STATUS)
        yield Change(sort, what, f"{was.status_label} till {lower_first(now.status_label)}", now.reason)
    if was.assessment != now.assessment:
        words = f"{was.assessment_label} till {lower_first(now.assessment_label)}"
        yield Change(sort_of_assessment(was.assessment, now.assessment), what, words, now.reason)
    for name, label in DAY_NAMES.items():
        if name == "next_follow_up_on" and follows_of_itself(was, now):
            continue
        for change in day_change(name, label, was, now, what=what, since=since):
            # The portal asks why these two are moved.
            is_asked = change.sort is Sort.MOVED and name in ASKED_WHY
            yield replace(change, reason=NO_REASON) if is_asked and not change.reason else change


def sort_of_assessment(was: str, now: str) -> Sort:
    if was not in BEST_FIRST or now not in BEST_FIRST:
        return Sort.ASSESSED
    return Sort.WORSE if BEST_FIRST.index(now) > BEST_FIRST.index(was) else Sort.BETTER


def follows_of_itself(was: ActivityFact, now: ActivityFact) -> bool:
    """The next follow-up is another because one was held, or because the activity has ended: nobody moved it."""
    return was.followed_up_on != now.followed_up_on or now.status in (COMPLETED, CANCELLED)


def day_change(name: str, label: str, was, now, *, what: str, since: datetime.datetime) -> Iterator[Change]:
    """From the day that the last report had to the day of this one, with the reasons of every move between them."""
    first, last = getattr(was, name), getattr(now, name)
    if first == last:
        return
    reason = reasons_of(now.moves, name, since=since)
    if first is None:
        yield Change(Sort.DATED, what, f"{label}: {date_words(last)}", reason)
    elif last is None:
        yield Change(Sort.MOVED, what, f"{label}: {date_words(first)}, nu inget", reason)
    else:
        yield Change(Sort.MOVED, what, f"{label}: {date_words(first)} till {date_words(last)}", reason)


def reasons_of(moves: Iterable[DateMove], name: str, *, since: datetime.datetime) -> str:
    """In the order they were written; the same reason once."""
    return " ".join(
        dict.fromkeys(
            reason_words(move.reason) for move in moves if move.field == name and move.at > since and move.reason
        )
    )


def reason_words(reason: str) -> str:
    return sentence_end(clipped(reason, REASON_LENGTH))


# --- Promises ---


def commitment_changes(compared: Compared) -> Iterator[Change]:
    """Of activities that are in both reports: what comes and goes with its activity is told with that."""
    titles = compared.titles
    in_both = {pair.now.id for pair in compared.activities.both}
    remaining = {pair.was.id: pair.now.id for pair in compared.activities.both}
    for commitment in compared.commitments.added:
        if commitment.activity_id in in_both:
            yield Change(Sort.PROMISED, titles[commitment.activity_id], promise_words(commitment))
    for commitment in compared.commitments.removed:
        if commitment.activity_id in remaining:
            what = titles[remaining[commitment.activity_id]]
            yield Change(Sort.PROMISE_REMOVED, what, f"{promise_words(commitment)}. {done_sentence(commitment)}")
    for pair in compared.commitments.both:
        what = titles.get(pair.now.activity_id, "")
        yield from changes_of_commitment(pair.was, pair.now, what=what, since=compared.before.as_of)


def changes_of_commitment(
    was: CommitmentFact, now: CommitmentFact, *, what: str, since: datetime.datetime
) -> Iterator[Change]:
    if (was.who, was.text, was.promise) != (now.who, now.text, now.promise):
        yield Change(Sort.PROMISE_CHANGED, what, f"{promise_words(was)}. Nu: {promise_words(now)}.")
    if was.outcome != now.outcome and now.outcome in (KEPT, NOT_KEPT):
        sort = Sort.PROMISE_KEPT if now.outcome == KEPT else Sort.PROMISE_BROKEN
        yield Change(sort, what, f"{promise_words(now)}. {done_sentence(now)}")
    for name, label in PROMISE_DAY_NAMES.items():
        labelled = f"{now.who}, {lower_first(now.text)}, {label}"
        yield from day_change(name, labelled, was, now, what=what, since=since)


def promise_words(commitment: CommitmentFact) -> str:
    """Polisen: Skolbesök, minst 8 besök"""
    return ", ".join(part for part in (f"{commitment.who}: {commitment.text}", commitment.promise) if part)


def done_sentence(commitment: CommitmentFact) -> str:
    return f"Gjort: {commitment.done_words}." if commitment.done_words else "Utfallet är inte rapporterat."


def party_progress(compared: Compared) -> Iterator[PartyProgress]:
    """The parties in the order of their promises, joint ones and others last."""
    titles = compared.titles
    headings = dict.fromkeys(
        commitment.party for commitment in (*compared.now.commitments, *compared.before.commitments)
    )
    for heading in sorted(headings, key=lambda heading: heading in LAST_HEADINGS):
        lines = tuple(
            progress_line(pair.was, pair.now, activity=titles.get(pair.now.activity_id, ""))
            for pair in compared.commitments.both
            if pair.now.party == heading and has_moved(pair.was, pair.now)
        )
        if sentence := kept_sentence(compared.before, compared.now, heading):
            yield PartyProgress(heading, sentence, lines)
        elif lines:
            yield PartyProgress(heading, "Åtagandena följs upp i ord.", lines)


def has_moved(was: CommitmentFact, now: CommitmentFact) -> bool:
    return (was.done_words, was.outcome) != (now.done_words, now.outcome)


def progress_line(was: CommitmentFact, now: CommitmentFact, *, activity: str) -> PromiseProgress:
    return PromiseProgress(
        activity=activity,
        who=now.who,
        what=now.text,
        was=was.done_words or NOT_REPORTED,
        now=now.done_words or NOT_REPORTED,
        promise=now.promise or "inget antal",
        outcome_was=was.outcome_label,
        outcome=now.outcome_label,
    )


def kept_sentence(before: Facts, now: Facts, party: str) -> str:
    """Hållna åtaganden med antal: 3 av 5, mot 1 av 4 i förra rapporten."""
    kept, total = kept_of(now, party)
    kept_before, total_before = kept_of(before, party)
    if not total:
        return ""
    said = f"Hållna åtaganden med antal: {kept} av {total}"
    if (kept, total) == (kept_before, total_before):
        return f"{said}, som i förra rapporten."
    return f"{said}, mot {kept_before} av {total_before} i förra rapporten."


def kept_of(facts: Facts, party: str) -> tuple[int, int]:
    numbered = [
        commitment
        for commitment in facts.commitments
        if commitment.party == party and commitment.is_counted and commitment.outcome != IN_WORDS
    ]
    return sum(commitment.outcome == KEPT for commitment in numbered), len(numbered)


# --- Goals ---


def goal_changes(compared: Compared) -> Iterator[Change]:
    for goal in compared.goals.added:
        yield Change(Sort.GOAL_ADDED, goal.focus_area, goal.statement)
    for goal in compared.goals.removed:
        yield Change(Sort.GOAL_REMOVED, goal.focus_area, goal.statement)
    for pair in compared.goals.both:
        was, now = pair.was, pair.now
        if was.statement != now.statement:
            yield Change(Sort.GOAL_CHANGED, now.focus_area, f"{now.statement}. Löd: ”{was.statement}”")
        if was.target_words != now.target_words:
            words = f"{was.target_words or 'inget'} till {now.target_words or 'inget'}"
            yield Change(Sort.GOAL_CHANGED, now.focus_area, f"{now.statement}. Målvärde: {words}")
        yield from day_change(
            "due_on", f"{now.statement}, senast", was, now, what=now.focus_area, since=compared.before.as_of
        )


def goal_progress(compared: Compared) -> Iterator[GoalProgress]:
    for pair in compared.goals.both:
        was, now = pair.was, pair.now
        if (was.now_words, was.now_of, was.standing) != (now.now_words, now.now_of, now.standing):
            yield GoalProgress(
                focus_area=now.focus_area,
                statement=now.statement,
                was=value_of(was),
                now=value_of(now),
                target=now.target_words or "–",
                standing_was=was.standing_label,
                standing=now.standing_label,
            )


def value_of(goal: GoalFact) -> str:
    """1,76 (2023)"""
    return f"{goal.now_words}{f' ({goal.now_of})' if goal.now_of else ''}" if goal.now_words else "–"


# --- Decisions ---


def asked_lines(before: Facts, now: Facts) -> Iterator[AskedLine]:
    """What was asked for last time; whether it was decided is for the decisions' own section to say."""
    still = {asked_key(asked) for asked in now.asked}
    for asked in before.asked:
        yield AskedLine(asked.activity, asked.text, is_asked_again=asked_key(asked) in still)


def asked_key(asked: AskedFact) -> tuple:
    return asked.activity_id, " ".join(asked.text.casefold().split()).rstrip(".")

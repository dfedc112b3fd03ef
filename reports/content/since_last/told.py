"""What is told of the changes since the last report: plain data, and its words."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from documents.swedish_words import counted, joined, lower_first, upper_first

FIRST = "Det här är den första rapporten av sitt slag."
NOT_COMPARABLE = "Den förra rapporten har inga uppgifter som går att jämföra med."


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

"""The SMARTA reviewer: reads a goal as it is written and says, letter by letter, what is missing. It never refuses.

Pure: no database and no clock. It reads words, not meaning; ADR 17 says what it gets wrong.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from documents.swedish_numbers import number_words
from documents.swedish_words import joined, lower_first
from focus_areas import smarta_words as words
from focus_areas.smarta_words import Wording, read_wording

# A longer way than this from where one starts makes the reviewer ask; two fifths is what few of the real goals exceed.
LONG_LEAP = Decimal("0.4")
MANY_WORDS = 30


class Verdict(StrEnum):
    OK = "ok"
    MISSING = "missing"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        return {"ok": "Klart", "missing": "Saknas", "unsure": "Går inte att säga"}[self]


@dataclass(frozen=True)
class Criterion:
    """One letter: what the agreement calls it, and what is looked for under it (`GoalCriterion.Check`)."""

    label: str
    check: str


# The agreement's own words, in its order.
DEFAULT = (
    Criterion("Specifika", "specific"),
    Criterion("Mätbara", "measurable"),
    Criterion("Avgränsade", "bounded"),
    Criterion("Realistiska", "realistic"),
    Criterion("Tidsatta", "timed"),
)


@dataclass(frozen=True)
class GoalDraft:
    """A goal as far as it has been written. `latest` is the indicator's value now; `today` lets a past day be seen."""

    statement: str
    kind: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    due_on: datetime.date | None = None
    has_indicator: bool = False
    has_commitment: bool = False
    lower_is_better: bool | None = None
    latest: Decimal | None = None
    has_owner: bool = False
    today: datetime.date | None = None


@dataclass(frozen=True)
class LetterReview:
    """What the reviewer says about one letter."""

    label: str
    verdict: Verdict
    advice: str

    @property
    def letter(self) -> str:
        return self.label[:1].upper()


@dataclass(frozen=True)
class GoalReview:
    """All letters, and what was noticed about the verbs."""

    letters: tuple[LetterReview, ...]
    weak_verbs: tuple[str, ...] = ()
    movement_verbs: tuple[str, ...] = ()
    # What the page adds of its own, such as an indicator's latest value.
    remarks: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One sentence, to be read aloud while the goal is being written."""
        done = sum(one.verdict == Verdict.OK for one in self.letters)
        missing = [lower_first(one.label) for one in self.letters if one.verdict == Verdict.MISSING]
        sentence = f"{done} av {len(self.letters)} kriterier är klara."
        return f"{sentence} Det saknas för {joined(missing)}." if missing else sentence

    @property
    def verb_remarks(self) -> tuple[str, ...]:
        remarks = []
        if self.weak_verbs:
            named = joined(f"”{lower_first(verb)}”" for verb in self.weak_verbs)
            remarks.append(
                f"Svagt: {named} säger inte vad som blir annorlunda. Pröva minska, öka, utveckla eller höja."
            )
        if self.movement_verbs:
            named = joined(f"”{lower_first(verb)}”" for verb in self.movement_verbs)
            remarks.append(f"Bra: {named} säger åt vilket håll det ska gå.")
        return tuple(remarks)


def review_goal(
    goal: GoalDraft, criteria: Iterable[Criterion] = DEFAULT, *, remarks: tuple[str, ...] = ()
) -> GoalReview:
    """Judge a goal by each of the agreement's criteria; the default ones where it has none."""
    wording = read_wording(goal.statement)
    letters = []
    for criterion in tuple(criteria) or DEFAULT:
        verdict, advice = CHECKS[criterion.check](goal, wording)
        letters.append(LetterReview(criterion.label, verdict, advice))
    return GoalReview(tuple(letters), wording.weak, wording.movement, remarks)


Judgement = tuple[Verdict, str]


def is_specific(goal: GoalDraft, wording: Wording) -> Judgement:
    if not wording.words:
        return Verdict.MISSING, "Skriv vad som ska bli annorlunda, och för vem eller var."
    if wording.weak and wording.movement:
        start = lower_first(wording.weak[0])
        return Verdict.UNSURE, f"Stryk ”{start}” och börja med ”{lower_first(wording.movement[0])}”: då syns ändringen."
    if wording.weak:
        return Verdict.MISSING, f"”{lower_first(wording.weak[0])}” talar om arbetet. Skriv vad som ska bli annorlunda."
    whom = wording.says_whom_or_where or goal.has_indicator
    if wording.is_done_or_not or wording.has_doing:
        return Verdict.OK, "Det framgår vad som ska göras."
    if wording.movement:
        if whom:
            return Verdict.OK, "Det framgår vad som ska ändras, och för vem eller var."
        return Verdict.UNSURE, "Det framgår vad som ska ändras, men inte för vem eller var."
    if wording.is_vague:
        return Verdict.UNSURE, "Det framgår att något ska göras, men inte vad, för vem eller var."
    if wording.has_soft:
        return Verdict.UNSURE, "Skriv vad som ska bli fler, färre, högre eller lägre om det lyckas."
    if wording.has_state and whom:
        return Verdict.OK, "Det framgår hur det ska vara, och för vem eller var."
    if wording.words < 3:
        return Verdict.MISSING, "Skriv en hel mening med ett verb: vad ska bli annorlunda, och för vem eller var?"
    return Verdict.UNSURE, "Börja med ett verb, så syns vad som ska ändras, och säg för vem eller var."


def is_measurable(goal: GoalDraft, wording: Wording) -> Judgement:
    if goal.target is not None:
        if goal.has_indicator or goal.has_commitment:
            return Verdict.OK, "Det finns ett mått och ett målvärde."
        if goal.unit:
            return Verdict.OK, "Det framgår hur mycket. Välj också en indikator eller ett åtagande som mäter det."
        return Verdict.UNSURE, "Målvärdet finns, men inte vad som räknas. Ange enhet eller välj en indikator."
    if goal.has_indicator:
        return Verdict.MISSING, "Indikatorn finns. Ange också målvärdet."
    if wording.numbers or wording.share is not None:
        return Verdict.OK, "Det framgår hur mycket. Skriv talen i fälten också, så räknas läget fram."
    if wording.is_done_or_not:
        return Verdict.OK, "Det går att se om det är gjort eller inte."
    if wording.has_doing and wording.has(words.RHYTHM):
        return Verdict.OK, "Det framgår hur ofta, och det går att räkna."
    if goal.has_commitment:
        return Verdict.MISSING, "Åtagandet finns. Ange också målvärdet."
    if wording.has(words.MEASURE):
        return Verdict.UNSURE, "Måttet är nämnt, men inte hur mycket. Ange utgångsvärde och målvärde."
    if wording.has(words.NOBODY_OR_ALL):
        return Verdict.UNSURE, "Ingen och alla går att räkna om det står hur det mäts. Välj ett mått."
    return Verdict.MISSING, "Ange ett målvärde, och en indikator eller ett åtagande som mäter det."


def is_bounded(goal: GoalDraft, wording: Wording) -> Judgement:
    if wording.words < 3 and not wording.movement:
        return Verdict.UNSURE, "Meningen är för kort för att det ska synas vad som ingår."
    if wording.goals_joined:
        return Verdict.MISSING, "Meningen har två mål. Skriv ett mål av vart och ett, gärna det ena som delmål."
    if wording.things_joined:
        return Verdict.UNSURE, f"”{wording.things_joined}” kan vara två mål. Räcker ett mått till båda?"
    if wording.has(words.BROAD):
        return Verdict.UNSURE, "Det rymmer mycket. Vilken sorts brott, plats eller grupp gäller det först?"
    if wording.words > MANY_WORDS:
        return Verdict.UNSURE, "Meningen är lång. Går den att korta till en sak?"
    return Verdict.OK, "Målet håller sig till en sak."


def is_accepted(goal: GoalDraft, wording: Wording) -> Judgement:
    if goal.has_commitment:
        return Verdict.OK, "De som ska göra det har lovat det i ett åtagande."
    return Verdict.UNSURE, "Står de som ska göra det bakom målet? Ta upp det i beredningsgruppen."


def is_realistic(goal: GoalDraft, wording: Wording) -> Judgement:
    baseline, target = values_of(goal, wording)
    if reached(goal, baseline, target):
        return Verdict.UNSURE, f"Senaste värdet är {number_words(goal.latest)}: målet är redan nått. Vad är nästa mål?"
    if is_contradicted(goal, wording, baseline, target):
        return Verdict.UNSURE, "Orden och talen pekar åt olika håll. Vilket är rätt?"
    if wording.has(words.ABSOLUTE):
        return Verdict.UNSURE, "Ingen, alla och aldrig är svåra att nå. Finns det ett mål på vägen dit?"
    leap = wording.share
    if baseline is not None and target is not None and baseline != 0:
        leap = abs(target - baseline) / abs(baseline)
    elif goal.has_commitment and goal.target is not None:
        return Verdict.OK, "De som ska göra det har lovat det i ett åtagande."
    if leap is None:
        return Verdict.UNSURE, "Ange utgångsvärdet, så går det att se hur långt det är till målet."
    if leap > LONG_LEAP:
        return Verdict.UNSURE, f"Det är en ändring med {round(leap * 100)} procent. Har något liknande lyckats förut?"
    return Verdict.OK, f"Vägen från utgångsvärdet är en ändring med {round(leap * 100)} procent."


def is_timed(goal: GoalDraft, wording: Wording) -> Judgement:
    if goal.due_on is not None:
        if goal.today is not None and goal.due_on < goal.today:
            return Verdict.UNSURE, "Dagen har redan varit. Ska målet ha en ny?"
        return Verdict.OK, "Det finns en sista dag."
    text = words.START_YEAR.sub(" ", wording.text)
    if words.YEAR.search(text) or words.DUE_DAY.search(text):
        return Verdict.OK, "Det framgår när. Skriv dagen i fältet också, så påminner portalen."
    if wording.has(words.SOME_DAY):
        return Verdict.MISSING, "Det står att det ska ske någon gång. Ange en sista dag."
    if wording.has(words.RHYTHM):
        return Verdict.UNSURE, "Det framgår hur ofta, men inte till när. Ange en sista dag."
    if wording.has(words.SOMETIME):
        return Verdict.UNSURE, "Tiden är nämnd, men inte vilken dag. Ange en sista dag."
    return Verdict.MISSING, "Ange en sista dag."


def is_owned(goal: GoalDraft, wording: Wording) -> Judgement:
    if goal.has_commitment or goal.has_owner:
        return Verdict.OK, "Det finns någon som svarar för det som leder till målet."
    if wording.has(words.ACTORS):
        return Verdict.OK, "Det framgår vem som ansvarar."
    return Verdict.MISSING, "Säg vem som ansvarar: en förvaltning, polisen eller en funktion."


CHECKS = {
    "specific": is_specific,
    "measurable": is_measurable,
    "bounded": is_bounded,
    "accepted": is_accepted,
    "realistic": is_realistic,
    "timed": is_timed,
    "owned": is_owned,
}


def values_of(goal: GoalDraft, wording: Wording) -> tuple[Decimal | None, Decimal | None]:
    """Where the goal starts and ends: by its fields, else by its words."""
    if goal.baseline is None and goal.target is None and wording.from_to:
        return wording.from_to
    return goal.baseline, goal.target


def is_down(goal: GoalDraft, baseline: Decimal | None, target: Decimal | None) -> bool:
    if baseline is not None and target is not None:
        return target < baseline
    return bool(goal.lower_is_better)


def reached(goal: GoalDraft, baseline: Decimal | None, target: Decimal | None) -> bool:
    if goal.latest is None or target is None:
        return False
    return goal.latest <= target if is_down(goal, baseline, target) else goal.latest >= target


def is_contradicted(goal: GoalDraft, wording: Wording, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Minska, but the numbers go up; öka, but they go down where low is not good."""
    if baseline is None or target is None or not wording.movement:
        return False
    verb = wording.movement[0].casefold()
    if verb.startswith(("minsk", "sänk", "halver", "kort", "färre", "lägre")):
        return target > baseline
    return verb.startswith(("öka", "höj", "fler", "högre")) and target < baseline and not goal.lower_is_better

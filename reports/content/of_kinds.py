"""What only some kinds of report say, beside what all of them can: plain data, without models and without HTML."""

from dataclasses import dataclass

# --- Basis for an application for a grant ---


@dataclass(frozen=True)
class CauseLine:
    """A likely cause of a problem; `leg` and `kind` as the fishbone names them, `evidence` how well it is known."""

    title: str
    leg: str
    kind: str
    evidence: str
    description: str = ""
    source: str = ""


@dataclass(frozen=True)
class ProblemLine:
    title: str
    description: str
    areas: str
    trend: str
    is_prioritised: bool
    reason: str
    # The criteria of Brå's that it meets, in words, and those that it meets in part.
    meets: tuple[str, ...]
    meets_partly: tuple[str, ...]
    causes_summary: str
    causes: tuple[CauseLine, ...]
    # The focus areas that work with it.
    focus_areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProblemsSection:
    """What the adopted situation picture found; `stands` says which picture, or that there is none."""

    stands: str
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True)
class EffectLine:
    """How one activity's effect is followed up: what is expected, how it is seen, what is planned and what is done."""

    activity: str
    expected: str
    how: str
    planned: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        return not (self.expected or self.how or self.planned or self.done)


@dataclass(frozen=True)
class GroupLine:
    """A group: what it is for, and which seats it has, never who holds them."""

    name: str
    kind: str
    mandate: str
    seats: tuple[str, ...]


@dataclass(frozen=True)
class GrantLine:
    activity: str
    source: str
    reference_number: str
    amount: str
    period: str
    state: str


@dataclass(frozen=True)
class GrantsSection:
    sentence: str
    lines: tuple[GrantLine, ...]


# --- The period's closing ---


@dataclass(frozen=True)
class ReachedGoal:
    focus_area: str
    statement: str
    baseline: str
    now: str
    target: str
    due: str
    standing: str
    is_reached: bool


@dataclass(frozen=True)
class CarriedLine:
    """What becomes of an activity or a goal in the next period, why, and the new words or target of a goal."""

    what: str
    choice: str
    reason: str = ""
    new: str = ""


@dataclass(frozen=True)
class ClosingSection:
    """What the period reached, its last word, and what the next period takes over."""

    sentences: tuple[str, ...]
    goals: tuple[ReachedGoal, ...]
    statement: str
    # What the next agreement is called and when it holds; what is said where none has been begun.
    following: str
    activities: tuple[CarriedLine, ...]
    carried_goals: tuple[CarriedLine, ...]


# --- The report to the municipal council ---


@dataclass(frozen=True)
class CouncilGoal:
    statement: str
    now: str
    target: str
    standing: str


@dataclass(frozen=True)
class CouncilSection:
    """One page: what the agreement is, what was done, where the goals stand, and what comes next."""

    agreement: tuple[str, ...]
    done: tuple[str, ...]
    goals_sentence: str
    goals: tuple[CouncilGoal, ...]
    goals_left_out: int
    coming: tuple[str, ...]


# --- The residents' extract ---


@dataclass(frozen=True)
class PublicActivity:
    """An activity in the words written for residents; who leads it by organisation, never by person."""

    title: str
    text: str
    status: str
    status_label: str
    led_by: str
    areas: str


@dataclass(frozen=True)
class PublicArea:
    anchor: str
    title: str
    goals: tuple[str, ...]
    activities: tuple[PublicActivity, ...]
    comment: str = ""


@dataclass(frozen=True)
class PublicPromises:
    """How many of its promises with a number a party has kept: the number of promises, never what they count."""

    heading: str
    sentence: str


@dataclass(frozen=True)
class PublicSection:
    municipality: str
    focus_areas: tuple[PublicArea, ...]
    promised: tuple[PublicPromises, ...]

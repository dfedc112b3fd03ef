"""What a follow-up report says: plain data, without models and without HTML."""

import datetime
from dataclasses import dataclass

from agreements.indicator_charts import IndicatorChart
from meetings.charts import Trend
from reports.content.facts import Facts
from reports.content.of_kinds import (
    ClosingSection,
    CouncilSection,
    EffectLine,
    GrantsSection,
    GroupLine,
    ProblemsSection,
    PublicSection,
)
from reports.content.since_last import SinceLast
from reports.law import State

# The values of `reports.kinds.Section`: what a report holds where nothing else is chosen.
EVERY_SECTION = (
    "since_last",
    "focus_areas",
    "promised",
    "situation",
    "decisions",
    "child_interests",
    "law",
    "notes",
    "plan",
)
SHORT_LINES = 10
FEW_LINES = 4


def lines_of(text: str, *, width: int = 80) -> int:
    """About how many printed lines a text takes."""
    return -(-len(text) // width)


@dataclass(frozen=True)
class FigureRow:
    """One measure on the first page: now, when the period began, and the difference. All of it in words."""

    label: str
    now: str
    start: str
    change: str
    assessment: str | None = None

    @property
    def is_assessment(self) -> bool:
        return self.assessment is not None


@dataclass(frozen=True)
class FigureGroup:
    heading: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class AssessedLine:
    """One line of the first page's list: an activity that is not on plan, or all those that are."""

    assessment: str
    assessment_label: str
    activities: str
    is_off_plan: bool = False
    reason: str = ""
    status: str = ""
    status_label: str = ""


@dataclass(frozen=True)
class DecisionRequest:
    activity: str
    text: str


@dataclass(frozen=True)
class GoalLine:
    statement: str
    kind: str
    baseline: str
    now: str
    target: str
    due: str
    # The year of the indicator's value, and where the goal stands in a word.
    now_of: str = ""
    standing: str = ""
    is_sub_goal: bool = False


@dataclass(frozen=True)
class PromiseLine:
    """One commitment: who promised what, and what came of it. `percent` only where a number can be drawn."""

    who: str
    what: str
    outcome: str
    done: str = ""
    words: str = ""
    percent: int | None = None

    @property
    def lines(self) -> int:
        return lines_of(f"{self.who}{self.what}{self.words}", width=35)


@dataclass(frozen=True)
class DoneLine:
    day: str
    text: str


@dataclass(frozen=True)
class FollowUpLine:
    day: str
    kind: str
    conclusion: str
    findings: str
    approvals: str
    dissents: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActivitySection:
    anchor: str
    number: str
    title: str
    status: str
    status_label: str
    assessment: str
    assessment_label: str
    actors: str
    last_heard: str
    text: str
    deviation: str
    next_step: str
    promises: tuple[PromiseLine, ...]
    done: tuple[DoneLine, ...]
    done_left_out: int
    follow_ups: tuple[FollowUpLine, ...]
    plan_causes: tuple[str, ...]
    plan_goals: tuple[str, ...]
    plan_when: str
    plan_who: str
    plan_follow_up: str
    plan_lacks_follow_up: bool
    # Nothing was heard of it in the period.
    is_silent: bool = False

    @property
    def full_title(self) -> str:
        return f"{self.number} {self.title}".strip()

    # A block that stands beside its marks is never split between two pages: only what is short stands there.

    @property
    def has_short_promises(self) -> bool:
        return self.is_short or sum(promise.lines for promise in self.promises) <= FEW_LINES

    @property
    def is_short(self) -> bool:
        texts = [self.text, self.deviation, self.next_step]
        texts += [line.text for line in self.done]
        for follow_up in self.follow_ups:
            texts += [follow_up.day, f"{follow_up.findings} {follow_up.approvals}", *follow_up.dissents]
        lines = sum(lines_of(text) for text in texts) + sum(promise.lines for promise in self.promises)
        return lines <= SHORT_LINES


@dataclass(frozen=True)
class FocusAreaSection:
    focus_area_id: int
    anchor: str
    kicker: str
    title: str
    goals: tuple[GoalLine, ...]
    # What the goals are measured with.
    charts: tuple[IndicatorChart, ...]
    activities: tuple[ActivitySection, ...]
    # What the coordinator says of it in this report.
    comment: str = ""

    @property
    def short_title(self) -> str:
        return self.kicker or self.title

    @property
    def full_title(self) -> str:
        return f"{self.kicker}: {self.title}" if self.kicker else self.title


@dataclass(frozen=True)
class TrendLine:
    """A category of observations in the period, with the chart of its last meetings and the verdict at the last one."""

    category: str
    count: int
    trend: Trend
    stood_out: str = ""


@dataclass(frozen=True)
class PlaceLine:
    """An area: how many observations, and of what kinds mostly. Never a place nearer than that."""

    name: str
    count: int
    mostly: str


@dataclass(frozen=True)
class DecisionLine:
    paragraph: str
    day: str
    text: str
    group: str = ""
    mandate: tuple[str, ...] = ()


@dataclass(frozen=True)
class PointLine:
    text: str
    who: str
    state: str
    outcome: str = ""


@dataclass(frozen=True)
class SituationSection:
    """Örat mot marken: how often it met, what it heard of, and what came of it."""

    heading: str
    sentences: tuple[str, ...]
    trends: tuple[TrendLine, ...]
    trends_until: str
    places: tuple[PlaceLine, ...]
    decisions: tuple[DecisionLine, ...]
    points: tuple[PointLine, ...]
    points_left_out: int = 0


@dataclass(frozen=True)
class DecisionGroup:
    name: str
    decisions: tuple[DecisionLine, ...]
    open_points: str


@dataclass(frozen=True)
class DecisionsSection:
    groups: tuple[DecisionGroup, ...]

    @property
    def has_decisions(self) -> bool:
        return any(group.decisions for group in self.groups)


@dataclass(frozen=True)
class PromisedLine:
    """A commitment across the plan: promised, done, and how it will end if nothing changes."""

    activity: str
    what: str
    promised: str
    done: str
    outcome: str
    # Only where promises are told in full: the activity's title, what is said of the outcome, and why it is so.
    title: str = ""
    words: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PromisedGroup:
    """What one party promised, or what is promised jointly."""

    heading: str
    sentence: str
    lines: tuple[PromisedLine, ...]


@dataclass(frozen=True)
class ChildLine:
    """The child's best in one focus area: weighed in how many of its activities, and what it came to."""

    focus_area: str
    weighed: str
    summary: str
    conclusions: tuple[str, ...] = ()


@dataclass(frozen=True)
class LawLine:
    title: str
    state: State
    due: str
    shown: str
    missing: str


@dataclass(frozen=True)
class LawGroup:
    heading: str
    lines: tuple[LawLine, ...]


@dataclass(frozen=True)
class LawSection:
    headline: str
    rest: str
    groups: tuple[LawGroup, ...]


@dataclass(frozen=True)
class Term:
    """A word and what it means: a definition of the agreement's, or an abbreviation."""

    term: str
    meaning: str
    source: str = ""


@dataclass(frozen=True)
class Correction:
    """Which issued report this one replaces, and why."""

    title: str
    reference_number: str
    issued_on: str
    reason: str


@dataclass(frozen=True)
class Written:
    """What people wrote in a report, beside what the portal gathered."""

    heading: str = ""
    summary: str = ""
    conclusions: str = ""
    decisions_asked: tuple[str, ...] = ()
    police_comment: str = ""
    police_comment_by: str = ""
    correction: Correction | None = None
    # Whom the report is for.
    to: str = ""


@dataclass(frozen=True)
class ReportContent:
    agreement_id: int
    title: str
    parties: str
    agreement_title: str
    reference_number: str
    starts_on: datetime.date
    ends_on: datetime.date
    as_of: datetime.datetime
    as_of_words: str
    period_words: str
    has_example_work: bool
    registration_note: str
    summary: tuple[str, ...]
    assessed: tuple[AssessedLine, ...]
    assessed_left_out: int
    figures: tuple[FigureGroup, ...]
    start_words: str
    figures_note: str
    decisions: tuple[DecisionRequest, ...]
    focus_areas: tuple[FocusAreaSection, ...]
    situation: SituationSection | None
    decided: DecisionsSection
    promised: tuple[PromisedGroup, ...]
    child_interests: tuple[ChildLine, ...]
    law: LawSection | None
    plan_stands: str
    definitions: tuple[Term, ...]
    abbreviations: tuple[Term, ...]
    notes: tuple[Term, ...]
    # All parties' promises together, in a sentence.
    promised_total: str = ""
    # `Report.Kind` and `reports.kinds.Section`, as their values: what kind of report it is, and what is in it.
    kind: str = "follow_up"
    sections: tuple[str, ...] = EVERY_SECTION
    written: Written = Written()
    # The focus area's or the group's name, for a report on one of them alone.
    scope: str = ""
    # What only some kinds say; empty in the others, and where the section is not chosen.
    problems: ProblemsSection | None = None
    effects: tuple[EffectLine, ...] = ()
    organisation: tuple[GroupLine, ...] = ()
    grants: GrantsSection | None = None
    closing: ClosingSection | None = None
    council: CouncilSection | None = None
    public: PublicSection | None = None
    # What the next report compares with, and what has changed since the last one.
    facts: Facts | None = None
    since_last: SinceLast | None = None

    @property
    def reference(self) -> str:
        return self.reference_number or self.agreement_title

    @property
    def short_name(self) -> str:
        """What the page header calls the agreement."""
        return f"samverkansöverenskommelsen {self.reference_number}" if self.reference_number else self.agreement_title

    @property
    def has_activities(self) -> bool:
        return any(focus_area.activities for focus_area in self.focus_areas)

    @property
    def has_promises(self) -> bool:
        return any(group.lines for group in self.promised)

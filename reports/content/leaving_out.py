"""Takes out of a report what its kind does not tell and what was not chosen: from the data, not only from the pages."""

from collections.abc import Collection
from dataclasses import fields, replace

from reports.content import annex
from reports.content.report import ActivitySection, DecisionsSection, FigureGroup, FocusAreaSection, ReportContent, Term
from reports.kinds import Kind, Section

# Which fields of the content belong to which section; what is left of a section that is not chosen.
EMPTY: dict[Section, dict] = {
    Section.CLOSING: {"closing": None},
    Section.PROBLEMS: {"problems": None},
    Section.EFFECTS: {"effects": ()},
    Section.PROMISED: {"promised": (), "promised_total": ""},
    Section.SITUATION: {"situation": None},
    Section.DECISIONS: {"decided": DecisionsSection(())},
    Section.CHILD_INTERESTS: {"child_interests": ()},
    Section.ORGANISATION: {"organisation": ()},
    Section.GRANTS: {"grants": None},
    Section.LAW: {"law": None},
    Section.NOTES: {"notes": (), "definitions": (), "abbreviations": ()},
    Section.PLAN: {"plan_stands": ""},
}
# The first page of a report on the work: the others tell of something else there.
ON_THE_WORK = {Kind.FOLLOW_UP, Kind.FOCUS_AREA, Kind.WORKING_GROUP, Kind.CLOSING}
# What the next report compares with is kept where something that is chosen tells it: for most kinds, and for promises.
TELLING_FACTS = (
    {Section.SINCE_LAST, Section.FOCUS_AREAS},
    {Section.SINCE_LAST, Section.PROMISED},
)
# How things were counted is told with what was counted; the first page of ON_THE_WORK tells what the first row is on.
NOTES_ON: tuple[tuple[tuple[Term, ...], set[Section]], ...] = (
    ((*annex.ASSESSED_SO, *annex.FOLLOWED_UP_SO), {Section.FOCUS_AREAS, Section.PLAN, Section.LAW}),
    (annex.DONE_SO, {Section.FOCUS_AREAS}),
    (annex.OBSERVED_SO, {Section.SITUATION}),
    (annex.DECIDED_SO, {Section.SITUATION, Section.DECISIONS}),
)
PROMISES_HEADING = "Åtaganden"
PLAN_FIELDS = {
    "plan_causes": (),
    "plan_goals": (),
    "plan_when": "",
    "plan_who": "",
    "plan_follow_up": "",
    "plan_lacks_follow_up": False,
}


def only(content: ReportContent, *, kind: Kind, sections: Collection[Section]) -> ReportContent:
    """The content with what the kind tells on its first page and the chosen sections."""
    out: dict = {}
    for section, empty in EMPTY.items():
        if section not in sections:
            out |= empty
    if not {Section.FOCUS_AREAS, Section.PLAN} & set(sections):
        out["focus_areas"] = ()
    elif Section.FOCUS_AREAS not in sections:
        out["focus_areas"] = tuple(map(plan_alone, content.focus_areas))
    elif Section.PLAN not in sections:
        out["focus_areas"] = tuple(map(without_plan, content.focus_areas))
    if Section.NOTES in sections:
        out["notes"] = notes_on(content.notes, kind, sections)
    if Section.SINCE_LAST not in sections:
        out["since_last"] = None
    if not TELLING_FACTS[kind == Kind.PROMISES] & set(sections):
        out["facts"] = None
    out |= first_page_out(content, kind)
    if kind == Kind.CLOSING and Section.CLOSING in sections:
        # How many of the goals were reached is what the period is judged by.
        out["summary"] = (content.summary[0], content.closing.sentences[-1], *content.summary[1:])
    return replace(content, **out)


def first_page_out(content: ReportContent, kind: Kind) -> dict:
    if kind in ON_THE_WORK:
        return {}
    out: dict = {"assessed": (), "assessed_left_out": 0, "figures": (), "figures_note": ""}
    if kind == Kind.PROMISES:
        # What is kept, and what the steering group is to decide.
        figures = promises_figures(content)
        return out | {"figures": figures, "summary": (content.summary[1], content.summary[-1])}
    return out | {"decisions": ()} | {"summary": content.summary[:2] if kind == Kind.GRANT else (), "start_words": ""}


def notes_on(notes: tuple[Term, ...], kind: Kind, sections: Collection[Section]) -> tuple[Term, ...]:
    """The notes on what the report tells."""
    needless = [terms for terms, telling in NOTES_ON if not telling & set(sections)]
    if kind in ON_THE_WORK and NOTES_ON[0][0] in needless:
        needless.remove(NOTES_ON[0][0])
    left_out = {note for terms in needless for note in terms}
    return tuple(note for note in notes if note not in left_out)


def promises_figures(content: ReportContent) -> tuple[FigureGroup, ...]:
    return tuple(group for group in content.figures if group.heading.startswith(PROMISES_HEADING))


def without_plan(section: FocusAreaSection) -> FocusAreaSection:
    return replace(section, activities=tuple(replace(activity, **PLAN_FIELDS) for activity in section.activities))


def plan_alone(section: FocusAreaSection) -> FocusAreaSection:
    """The activities as the plan's table shows them, and nothing of how they go."""
    return replace(section, goals=(), charts=(), comment="", activities=tuple(map(plan_row, section.activities)))


SHOWN_IN_PLAN = {"anchor", "number", "title", "assessment", "assessment_label", *PLAN_FIELDS}


def plan_row(activity: ActivitySection) -> ActivitySection:
    emptied = {
        field.name: type(getattr(activity, field.name))()
        for field in fields(ActivitySection)
        if field.name not in SHOWN_IN_PLAN
    }
    return replace(activity, **emptied)

"""What there is room for on a report's first page, which is to answer in a minute: the rest stands further in.

Lengths are in millimetres as `report.css` sets them, from the number of characters: near enough to know what fits, and
the same for the page in the browser.
"""

from dataclasses import dataclass, field

from documents.swedish_words import counted
from reports.content.report import AssessedLine, FigureGroup, ReportContent
from reports.content.wording import clipped

ROOM = 262
# The title's line, the headings, the tables' heads, and what is between them.
FRAME = 82
LEFT_OUT = 7
FEW_ASSESSED, FEWEST_ASSESSED = 4, 2
FEWEST_DECISIONS = 3
# A decision's text where there is room, and where there is little.
LONG_DECISION, SHORT_DECISION = 260, 110
LONGEST_SUMMARY = 700
LONG_HEADING = 90


@dataclass(frozen=True)
class Asked:
    """A decision that is asked for; `activity` is empty for one that the coordinator wrote."""

    activity: str
    text: str


@dataclass(frozen=True)
class FirstPage:
    summary: str
    assessed: tuple[AssessedLine, ...]
    # In words: ”Ytterligare tre aktiviteter”.
    assessed_left_out: str
    figures: tuple[tuple[FigureGroup, ...], ...]
    since_last: str
    decisions: tuple[Asked, ...]
    # In words: ”tre beslut till”.
    decisions_left_out: str = ""
    has_whole_decisions: bool = True
    # The kinds that tell of the work have a page of their own for it; in the others the text goes on after it.
    stands_alone: bool = True


def first_page(report: ReportContent) -> FirstPage:
    """Show what fits: decisions and the worst deviations, then the written summary, more deviations, changes."""
    asked = decisions_asked(report)
    figures = in_columns(report.figures)
    if not report.assessed and not asked:
        return FirstPage(report.written.summary, (), "", figures, since_last_words(report), (), stands_alone=False)
    off_plan = [line for line in report.assessed if line.is_off_plan]
    others = [line for line in report.assessed if not line.is_off_plan]
    page = Page(
        ROOM - fixed(report) - height_of_figures(figures) - sum(map(height_of_line, others)),
        deviations=report.assessed_left_out + len(off_plan),
    )
    page.lines = off_plan[:FEW_ASSESSED]
    page.decisions = shortened(asked, LONG_DECISION)
    if page.room < 0:
        page.decisions = shortened(asked, SHORT_DECISION)
    while page.room < 0 and len(page.decisions) > FEWEST_DECISIONS:
        page.decisions.pop()
    while page.room < 0 and len(page.lines) > FEWEST_ASSESSED:
        page.lines.pop()
    written = report.written.summary
    if len(written) <= LONGEST_SUMMARY and page.room >= height_of_text(written):
        page.summary = written
    for line in off_plan[len(page.lines) :]:
        page.lines.append(line)
        if page.room < 0:
            page.lines.pop()
            break
    changed = since_last_words(report)
    left_out = len(asked) - len(page.decisions)
    return FirstPage(
        summary=page.summary,
        assessed=(*page.lines, *others),
        assessed_left_out=left_out_words(report.assessed_left_out + len(off_plan) - len(page.lines)),
        figures=figures,
        since_last=changed if page.room >= height_of_sentence(changed) else "",
        decisions=tuple(page.decisions),
        decisions_left_out=counted(left_out, "beslut", "beslut", neuter=True) if left_out else "",
        has_whole_decisions=tuple(page.decisions) == asked,
    )


@dataclass
class Page:
    """What has been put on the page so far, in `height` millimetres."""

    height: float
    deviations: int
    lines: list[AssessedLine] = field(default_factory=list)
    decisions: list[Asked] = field(default_factory=list)
    summary: str = ""

    @property
    def room(self) -> float:
        taken = sum(map(height_of_line, self.lines)) + sum(map(height_of_decision, self.decisions))
        if self.summary:
            taken += height_of_text(self.summary)
        if self.deviations > len(self.lines):
            taken += LEFT_OUT
        return self.height - taken


def shortened(asked: tuple[Asked, ...], length: int) -> list[Asked]:
    return [Asked(each.activity, clipped(each.text, length)) for each in asked]


def left_out_words(number: int) -> str:
    return f"Ytterligare {counted(number, 'aktivitet', 'aktiviteter')}" if number else ""


def decisions_asked(report: ReportContent) -> tuple[Asked, ...]:
    """Those of the activities' status reports, then those that the coordinator wrote."""
    return (
        *(Asked(request.activity, request.text) for request in report.decisions),
        *(Asked("", text) for text in report.written.decisions_asked),
    )


def since_last_words(report: ReportContent) -> str:
    """What has changed since the last report, in one sentence; nothing where there is none to compare with."""
    since = report.since_last
    return since.headline if since and since.is_comparable else ""


def in_columns(groups: tuple[FigureGroup, ...]) -> tuple[tuple[FigureGroup, ...], ...]:
    """Two columns about as long as each other; one where there is one group."""
    columns: tuple[list[FigureGroup], list[FigureGroup]] = ([], [])
    for group in groups:
        min(columns, key=height_of_column).append(group)
    return tuple(tuple(column) for column in columns if column)


# --- How much room things take ---


def rows(text: str, *, width: int) -> int:
    return sum(-(-len(line) // width) for line in text.splitlines()) or 1


def fixed(report: ReportContent) -> float:
    """What every first page has: the title, what is said of the report, and the sentences."""
    heading = report.written.heading or report.title
    height = FRAME + (6.3 * rows(heading, width=60) if is_long(heading) else 9.3 * rows(heading, width=42))
    height += sum(map(height_of_sentence, report.summary))
    if report.written.heading:
        height += 1 + 5.6 * rows(report.title, width=85)
    if correction := report.written.correction:
        height += 6 + 4.1 * rows(correction.title + correction.reason + " " * 60, width=105)
    if report.has_example_work:
        height += 6.5
    if report.registration_note:
        height += 3 + 5.1 * rows(report.registration_note, width=100)
    return height


def is_long(heading: str) -> bool:
    """Whether the report's heading is set smaller, so that it does not take half the page."""
    return len(heading) > LONG_HEADING


def height_of_sentence(sentence: str) -> float:
    return 0.6 + 4.5 * rows(sentence, width=103)


def height_of_text(text: str) -> float:
    return 2 + 4.8 * rows(text, width=100) + 1.5 * text.count("\n\n")


def height_of_line(line: AssessedLine) -> float:
    if not line.is_off_plan:
        return 1.2 + 3.6 * rows(line.activities, width=95)
    name = f"{line.activities} ({line.status_label})" if line.status_label else line.activities
    return 1.2 + 3.6 * max(rows(name, width=29), rows(line.reason, width=68))


def height_of_decision(asked: Asked) -> float:
    return 0.6 + 4.6 * rows(f"{asked.activity}: {asked.text}", width=100)


def height_of_column(column) -> float:
    return sum(5.8 + sum(4.8 if len(row.label) < 24 else 8.4 for row in group.rows) for group in column)


def height_of_figures(columns) -> float:
    return max(map(height_of_column, columns), default=0)

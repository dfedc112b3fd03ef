"""What there is room for on a report's first page, which is to answer in a minute: the rest stands further in.

Lengths are in millimetres as `report.css` sets them, and lines are counted in the font itself: so what is chosen fits,
and is the same for the page in the browser.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from documents.swedish_words import counted
from documents.text_width import MM_PER_POINT, lines_of
from reports.content.report import AssessedLine, FigureGroup, ReportContent
from reports.content.wording import clipped

# The page within its margins is 263 mm high; a little is left for what is rounded.
ROOM = 261
WIDTH = 166
# The rule above the title and the room under it; the heading of the summary; a table's caption, head and margin; the
# panel of decisions without them; the room around a table's row.
TITLE_RULE, SUMMARY_HEADING, TABLE_FRAME, DECISIONS_PANEL, ROW = 5.5, 13.9, 11.1, 12.9, 1.2
FIGURE_LABEL = 32.5
LEFT_OUT = 7.2
LEFT_OUT_DECISIONS = 5.7
FEW_ASSESSED = 4
# Down to so many decisions and deviations, before the page gives up more of them.
FEWEST = ((3, 2), (3, 1), (1, 0))
# A decision's text where there is room, and where there is little.
LONG_DECISION, SHORT_DECISION = 260, 110
LONGEST_SUMMARY = 700
LONG_HEADING = 90
# So many characters are one line of the table.
ONE_LINE = 90


@dataclass(frozen=True)
class Asked:
    """A decision that is asked for; `activity` is empty for one that the coordinator wrote."""

    activity: str
    text: str


@dataclass(frozen=True)
class TitleBlock:
    """What stands with the heading: the kind of report, and its period, day and number as labels and values."""

    kind_line: str = ""
    imprint: Sequence[tuple[str, str]] = (("", ""),) * 5


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


def first_page(report: ReportContent, top: TitleBlock = TitleBlock()) -> FirstPage:
    """Show what fits: decisions and the worst deviations, then the written summary, more deviations, changes."""
    asked = decisions_asked(report)
    figures = in_columns(report.figures)
    if report.council or not (report.assessed or asked):
        # The council's whole report is one page, and nothing follows where the rest could stand.
        changed = since_last_words(report)
        return FirstPage(report.written.summary, (), "", figures, changed, asked, stands_alone=False)
    off_plan = [line for line in report.assessed if line.is_off_plan]
    page = Page(
        ROOM - fixed(report, top) - height_of_figures(figures),
        deviations=report.assessed_left_out + len(off_plan),
        asked=asked,
        others=[line for line in report.assessed if not line.is_off_plan],
    )
    page.lines = off_plan[:FEW_ASSESSED]
    page.decisions = shortened(asked, LONG_DECISION)
    if page.room < 0:
        page.decisions = shortened(asked, SHORT_DECISION)
    for fewest_decisions, fewest_lines in FEWEST:
        while page.room < 0 and len(page.decisions) > fewest_decisions:
            page.decisions.pop()
        while page.room < 0 and len(page.lines) > fewest_lines:
            page.lines.pop()
    if page.room < 0:
        page.others = [replace(line, activities=clipped(line.activities, ONE_LINE)) for line in page.others]
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
        assessed=(*page.lines, *page.others),
        assessed_left_out=left_out_words(report.assessed_left_out + len(off_plan) - len(page.lines)),
        figures=figures,
        since_last=changed if page.room >= height_of_sentence(changed) else "",
        decisions=tuple(page.decisions),
        decisions_left_out=counted(left_out, "beslut", "beslut", neuter=True) if left_out else "",
        has_whole_decisions=page.has_whole_decisions,
        stands_alone=bool(report.assessed),
    )


@dataclass
class Page:
    """What has been put on the page so far, in `height` millimetres."""

    height: float
    deviations: int
    asked: tuple[Asked, ...]
    # Those on plan, and not judged: a line for each kind.
    others: list[AssessedLine]
    lines: list[AssessedLine] = field(default_factory=list)
    decisions: list[Asked] = field(default_factory=list)
    summary: str = ""

    @property
    def has_whole_decisions(self) -> bool:
        return self.decisions == [Asked(each.activity, on_one_line(each.text)) for each in self.asked]

    @property
    def room(self) -> float:
        taken = height_of_assessed([*self.lines, *self.others]) + height_of_decisions(self.decisions)
        if not self.has_whole_decisions:
            taken += LEFT_OUT_DECISIONS
        if self.summary:
            taken += height_of_text(self.summary)
        if self.deviations > len(self.lines):
            taken += LEFT_OUT
        return self.height - taken


def on_one_line(text: str) -> str:
    return " ".join(text.split())


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


def height_of_lines(
    text: str, *, width: float, points: float = 10, leading: float = 1.45, weight: int = 400, bold: str = ""
) -> float:
    return lines_of(text, width=width, points=points, weight=weight, bold=bold) * points * leading * MM_PER_POINT


def fixed(report: ReportContent, top: TitleBlock) -> float:
    """What every first page has: the title, what is said of the report, and the sentences."""
    height = TITLE_RULE + 1.5 + height_of_lines(top.kind_line, width=WIDTH, weight=600)
    height += height_of_heading(report.written.heading or report.title)
    if report.written.heading:
        height += 1 + height_of_lines(f"{report.title} ({report.reference_number})", width=WIDTH, points=11)
    height += 4 + height_of_imprint(top.imprint)
    if correction := report.written.correction:
        text = f", ”{correction.title}”, utfärdad {correction.issued_on}. Rättad: {correction.reason}"
        bold = f"Ersätter {correction.reference_number}"
        height += 5 + height_of_lines(text, width=159, points=9, leading=1.3, bold=bold)
    if report.has_example_work:
        height += 2 + height_of_lines("Exempel", width=WIDTH)
    if report.registration_note:
        height += 2 + height_of_lines(report.registration_note, width=WIDTH)
    height += SUMMARY_HEADING
    if report.summary:
        height += 1.7 + sum(map(height_of_sentence, report.summary))
    if report.figures and report.figures_note:
        height += 2 + height_of_lines(report.figures_note, width=WIDTH)
    return height


def is_long(heading: str) -> bool:
    """Whether the report's heading is set smaller, so that it does not take half the page."""
    return len(heading) > LONG_HEADING


def height_of_heading(heading: str) -> float:
    if is_long(heading):
        return height_of_lines(heading, width=WIDTH, points=15, leading=1.2, weight=300)
    return height_of_lines(heading, width=150, points=22, leading=1.2, weight=300)


def height_of_imprint(imprint: Sequence[tuple[str, str]]) -> float:
    """Three beside each other, then the number, and when and by whom."""
    first, second = imprint[:3], imprint[3:]
    height = height_of_row([value for _, value in first], (52, 46, 60))
    if second:
        height += 1.5 + height_of_row([value for _, value in second], (52, 110) if len(second) > 1 else (WIDTH,))
    return height


def height_of_row(values: Sequence[str], widths: Sequence[float]) -> float:
    return 4.4 + max(height_of_lines(value, width=width) for value, width in zip(values, widths, strict=False))


def height_of_sentence(sentence: str) -> float:
    return 0.8 + height_of_lines(sentence, width=163, leading=1.3)


def height_of_text(text: str) -> float:
    paragraphs = [each for each in re.split(r"\n\s*\n", text.strip()) if each]
    return sum(1.2 + height_of_lines(paragraph, width=WIDTH, leading=1.35) for paragraph in paragraphs)


def height_of_assessed(lines: Sequence[AssessedLine]) -> float:
    return TABLE_FRAME + sum(map(height_of_line, lines)) if lines else 0


def height_of_line(line: AssessedLine) -> float:
    if not line.is_off_plan:
        return ROW + height_in_table(line.activities, width=137.5)
    name = f"{line.activities} ({line.status_label})" if line.status_label else line.activities
    return ROW + max(height_in_table(name, width=45.5), height_in_table(line.reason, width=87.5))


def height_in_table(text: str, *, width: float) -> float:
    return height_of_lines(text, width=width, points=8.5, leading=1.2)


def height_of_decisions(decisions: Sequence[Asked]) -> float:
    """The panel's frame and heading, and a line for those that are not told in full."""
    return DECISIONS_PANEL + sum(map(height_of_decision, decisions)) if decisions else 0


def height_of_decision(asked: Asked) -> float:
    return 0.5 + height_of_lines(asked.text, width=154, points=9, bold=f"{asked.activity}:" if asked.activity else "")


def height_of_figures(columns: Sequence[Sequence[FigureGroup]]) -> float:
    width = FIGURE_LABEL if len(columns) > 1 else WIDTH / 2
    return TABLE_FRAME + max(height_of_column(column, width=width) for column in columns) if columns else 0


def height_of_column(column: Sequence[FigureGroup], *, width: float = FIGURE_LABEL) -> float:
    return sum(5.8 + sum(ROW + height_in_table(row.label, width=width) for row in group.rows) for group in column)

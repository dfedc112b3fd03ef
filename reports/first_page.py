"""What there is room for on a report's first page, which is to answer in a minute: the rest stands further in.

Lengths are in millimetres as `report.css` sets them, from the number of characters: near enough to know what fits, and
the same for the page in the browser.
"""

from dataclasses import dataclass

from documents.swedish_words import counted
from reports.content.report import AssessedLine, FigureGroup, ReportContent
from reports.content.wording import clipped

ROOM = 262
# Above and between the texts: the title's line, the headings, the tables' heads.
FRAME = 60
FEWEST_ASSESSED = 4
FEWEST_DECISIONS = 3
LONGEST_DECISION = 260
LONGEST_SUMMARY = 700


@dataclass(frozen=True)
class Asked:
    """A decision that is asked for; `activity` is empty for one that the coordinator wrote."""

    activity: str
    text: str


@dataclass(frozen=True)
class FirstPage:
    summary: str
    assessed: tuple[AssessedLine, ...]
    assessed_left_out: int
    figures: tuple[tuple[FigureGroup, ...], ...]
    decisions: tuple[Asked, ...]
    # In words: ”tre beslut till”.
    decisions_left_out: str = ""
    has_whole_decisions: bool = True
    # The kinds that tell of the work have a page of their own for it; in the others the text goes on after it.
    stands_alone: bool = True


def first_page(report: ReportContent) -> FirstPage:
    """Leave out what there is no room for: first the written summary, then lines of deviations, last decisions."""
    asked = decisions_asked(report)
    figures = in_columns(report.figures)
    if not report.assessed and not asked:
        return FirstPage(report.written.summary, (), 0, figures, (), stands_alone=False)
    shown = tuple(Asked(each.activity, clipped(each.text, LONGEST_DECISION)) for each in asked)
    room = ROOM - FRAME - fixed(report) - height_of_figures(figures)
    room -= sum(map(height_of_decision, shown))

    # A page that few deviations and the decisions fill has no room for more than them.
    off_plan = [line for line in report.assessed if line.is_off_plan]
    others = [line for line in report.assessed if not line.is_off_plan]
    room -= sum(map(height_of_line, others + off_plan[:FEWEST_ASSESSED]))
    lines = off_plan[:FEWEST_ASSESSED]
    summary = report.written.summary if len(report.written.summary) <= LONGEST_SUMMARY else ""
    if summary and room >= height_of_text(summary):
        room -= height_of_text(summary)
    else:
        summary = ""
    for line in off_plan[FEWEST_ASSESSED:]:
        if room < height_of_line(line):
            break
        room -= height_of_line(line)
        lines.append(line)
    while room < 0 and len(shown) > FEWEST_DECISIONS:
        room += height_of_decision(shown[-1])
        shown = shown[:-1]
    left_out = len(asked) - len(shown)
    return FirstPage(
        summary=summary,
        assessed=(*lines, *others),
        assessed_left_out=report.assessed_left_out + len(off_plan) - len(lines),
        figures=figures,
        decisions=shown,
        decisions_left_out=counted(left_out, "beslut", "beslut", neuter=True) if left_out else "",
        has_whole_decisions=shown == asked,
    )


def decisions_asked(report: ReportContent) -> tuple[Asked, ...]:
    """Those of the activities' status reports, then those that the coordinator wrote."""
    return (
        *(Asked(request.activity, request.text) for request in report.decisions),
        *(Asked("", text) for text in report.written.decisions_asked),
    )


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
    heading = report.written.heading or report.title
    height = 9.3 * rows(heading, width=46) + 5.5 * sum(0.15 + rows(sentence, width=100) for sentence in report.summary)
    if report.written.heading:
        height += 6 * rows(report.title, width=80)
    if report.written.correction:
        correction = report.written.correction
        height += 7 + 4.2 * rows(correction.title + correction.reason + " " * 60, width=115)
    if report.has_example_work:
        height += 6
    if report.registration_note:
        height += 5.5 * rows(report.registration_note, width=100)
    return height


def height_of_text(text: str) -> float:
    return 5 * rows(text, width=100) + 1.5 * text.count("\n\n") + 2


def height_of_line(line: AssessedLine) -> float:
    wide = max(rows(line.activities + line.status_label, width=36), rows(line.reason, width=68))
    return 1.2 + 3.7 * (wide if line.is_off_plan else rows(line.activities, width=105))


def height_of_decision(asked: Asked) -> float:
    return 0.6 + 4.7 * rows(f"{asked.activity}: {asked.text}", width=105)


def height_of_column(column) -> float:
    return sum(6.5 + sum(4.8 if len(row.label) < 25 else 8.5 for row in group.rows) for group in column)


def height_of_figures(columns) -> float:
    return max(map(height_of_column, columns), default=0)

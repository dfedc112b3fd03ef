"""What a report is made of, in its order: for the contents, the headings and the templates alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.content.report import FocusAreaSection, ReportContent
from reports.first_page import FirstPage
from reports.kinds import Section


@dataclass(frozen=True)
class Entry:
    """A heading that the contents lead to."""

    anchor: str
    title: str
    entries: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the report after its first page: `template` shows it, under the heading `title`."""

    template: str
    anchor: str
    title: str
    entries: tuple[Entry, ...] = ()


TITLES = {
    Section.SINCE_LAST: ("sedan", "Sedan förra rapporten"),
    Section.CLOSING: ("perioden", "Det som nåddes, och det som förs vidare"),
    Section.PROBLEMS: ("problem", "Problem och orsaker"),
    Section.FOCUS_AREAS: ("fokusomraden", "Fokusområden"),
    Section.EFFECTS: ("effekt", "Så följs effekten upp"),
    Section.PROMISED: ("lovat", "Lovat och hållet"),
    Section.SITUATION: ("lagesbild", "Örat mot marken"),
    Section.DECISIONS: ("beslut", "Beslut"),
    Section.CHILD_INTERESTS: ("barnets-basta", "Barnets bästa"),
    Section.ORGANISATION: ("organisation", "Organisationen"),
    Section.GRANTS: ("bidrag", "Bidrag som finns"),
    Section.LAW: ("lagen", "Lagens klockor"),
    Section.NOTES: ("raknat", "så har vi räknat"),
    Section.PLAN: ("bilaga", "åtgärdsplanen"),
}
ANNEXES = (Section.NOTES, Section.PLAN)


def parts_of(report: ReportContent, first_page: FirstPage) -> tuple[Part, ...]:
    """The parts that follow the first page; those that have nothing to say are left out."""
    return (*written_parts(report, first_page), *(section_part(section, report) for section in shown_sections(report)))


def written_parts(report: ReportContent, first_page: FirstPage) -> Iterator[Part]:
    """What people wrote, before what the portal gathered."""
    written = report.written
    if not first_page.has_whole_decisions:
        yield Part("reports/_decisions_asked.html", "beslut-som-begars", "Beslut som begärs")
    if written.summary and not first_page.summary:
        yield Part("reports/_written_summary.html", "samordnarens-sammanfattning", "Samordnarens sammanfattning")
    if written.conclusions:
        yield Part("reports/_conclusions.html", "slutsatser", "Slutsatser")
    if written.police_comment:
        yield Part("reports/_police_comment.html", "polisens-kommentar", "Polisens kommentar")


def shown_sections(report: ReportContent) -> list[Section]:
    return [section for section in map(Section, report.sections) if has_something(section, report)]


def has_something(section: Section, report: ReportContent) -> bool:
    """Whether the section is to be there; most say in words that there is nothing."""
    if section is Section.SINCE_LAST:
        return getattr(report, "since_last", None) is not None
    if section is Section.SITUATION:
        return report.situation is not None
    return True


def section_part(section: Section, report: ReportContent) -> Part:
    anchor, title = TITLES[section]
    template = f"reports/_{section.value}.html"
    if section is Section.FOCUS_AREAS:
        return Part(template, anchor, title, tuple(map(focus_area_entry, report.focus_areas)))
    if section is Section.SITUATION:
        title = report.situation.heading
    if section in ANNEXES:
        title = f"{annex_name(section, report)}: {title}"
    return Part(template, anchor, title)


def focus_area_entry(section: FocusAreaSection) -> Entry:
    return Entry(
        section.anchor,
        section.full_title,
        tuple(Entry(activity.anchor, activity.full_title) for activity in section.activities),
    )


def annex_name(section: Section, report: ReportContent) -> str:
    """Bilaga, or which of them where there are several."""
    annexes = [each for each in shown_sections(report) if each in ANNEXES]
    return f"Bilaga {annexes.index(section) + 1}" if len(annexes) > 1 else "Bilaga"


def contents_of(parts: tuple[Part, ...]) -> tuple[Entry, ...]:
    """The contents' lines: the focus areas stand each for itself, the other parts under their titles."""
    lines = []
    for part in parts:
        lines += part.entries or [Entry(part.anchor, part.title)]
    return tuple(lines)

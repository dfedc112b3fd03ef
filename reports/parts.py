"""What a report is made of, in its order: for the contents, the headings and the templates alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.content.report import FocusAreaSection, ReportContent
from reports.first_page import FirstPage
from reports.kinds import Kind, Section


@dataclass(frozen=True)
class Entry:
    """A heading that the contents lead to."""

    anchor: str
    title: str
    entries: tuple["Entry", ...] = ()
    short: str = ""

    @property
    def short_title(self) -> str:
        """What there is room for beside the report on the page."""
        return self.short or self.title


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
    Section.ORGANISATION: ("organisationen", "Organisationen"),
    Section.GRANTS: ("bidrag", "Bidrag som finns"),
    Section.LAW: ("lagen", "Lagens klockor"),
    Section.NOTES: ("raknat", "så har vi räknat"),
    Section.PLAN: ("bilaga", "åtgärdsplanen"),
}
TEMPLATES = {
    Section.SINCE_LAST: "reports/_since_last.html",
    Section.CLOSING: "reports/_closing.html",
    Section.PROBLEMS: "reports/_problems.html",
    Section.FOCUS_AREAS: "reports/_focus_areas.html",
    Section.EFFECTS: "reports/_effects.html",
    Section.PROMISED: "reports/_promised.html",
    Section.SITUATION: "reports/_situation.html",
    Section.DECISIONS: "reports/_decisions.html",
    Section.CHILD_INTERESTS: "reports/_child_interests.html",
    Section.ORGANISATION: "reports/_organisation.html",
    Section.GRANTS: "reports/_grants.html",
    Section.LAW: "reports/_law.html",
    Section.NOTES: "reports/_notes.html",
    Section.PLAN: "reports/_plan.html",
}
# What a public report shows in its own way.
PUBLIC_TEMPLATES = {
    Section.FOCUS_AREAS: "reports/_public_focus_areas.html",
    Section.PROMISED: "reports/_public_promised.html",
}
CONCLUSIONS = "slutsatser"
ANNEXES = (Section.NOTES, Section.PLAN)


def parts_of(report: ReportContent, first_page: FirstPage) -> tuple[Part, ...]:
    """The parts that follow the first page; those that have nothing to say are left out."""
    if report.council:
        # The conclusions are among the page's own headings.
        written = (part for part in written_parts(report, first_page) if part.anchor != CONCLUSIONS)
        return (*written, council_part(report))
    return (*written_parts(report, first_page), *(section_part(section, report) for section in shown_sections(report)))


def council_part(report: ReportContent) -> Part:
    """The council's report is one page: its sections are headings on it."""
    entries = [
        Entry(CONCLUSIONS, "Slutsatser") if report.written.conclusions else None,
        Entry("det-ar-gjort", "Det här är gjort"),
        Entry("malen", "Målen") if report.council.goals_sentence or report.council.goals else None,
        Entry("lovat", "Lovat och hållet") if report.promised else None,
        Entry("lagen", "Lagens krav") if report.law else None,
        Entry("kommer", "Det som kommer"),
    ]
    return Part("reports/_council.html", "det-ar-gjort", "Det här är gjort", tuple(filter(None, entries)))


def written_parts(report: ReportContent, first_page: FirstPage) -> Iterator[Part]:
    """What people wrote, before what the portal gathered."""
    written = report.written
    if not first_page.has_whole_decisions:
        yield Part("reports/_decisions_asked.html", "beslut-som-begars", "Beslut som begärs")
    if written.summary and not first_page.summary:
        yield Part("reports/_written_summary.html", "samordnarens-sammanfattning", "Samordnarens sammanfattning")
    if written.conclusions:
        yield Part("reports/_conclusions.html", CONCLUSIONS, "Slutsatser")
    if written.police_comment:
        yield Part("reports/_police_comment.html", "polisens-kommentar", "Polisens kommentar")


def shown_sections(report: ReportContent) -> list[Section]:
    return [section for section in map(Section, report.sections) if has_something(section, report)]


# What a section says where it is chosen, for those that may have nothing to say; the others say so in words.
MAY_BE_MISSING = {
    Section.SINCE_LAST: "since_last",
    Section.CLOSING: "closing",
    Section.PROBLEMS: "problems",
    Section.SITUATION: "situation",
    Section.GRANTS: "grants",
    Section.LAW: "law",
}


def has_something(section: Section, report: ReportContent) -> bool:
    field = MAY_BE_MISSING.get(section)
    return field is None or getattr(report, field) is not None


def section_part(section: Section, report: ReportContent) -> Part:
    anchor, title = TITLES[section]
    if section is Section.SITUATION:
        title = report.situation.heading
    if section in ANNEXES:
        title = f"{annex_name(section, report)}: {title}"
    return Part(template_of(section, report), anchor, title, section_entries(section, report))


def template_of(section: Section, report: ReportContent) -> str:
    if report.public:
        return PUBLIC_TEMPLATES[section]
    if section is Section.PROMISED and report.kind == Kind.PROMISES:
        return "reports/_promised_in_full.html"
    return TEMPLATES[section]


def section_entries(section: Section, report: ReportContent) -> tuple[Entry, ...]:
    if section is not Section.FOCUS_AREAS:
        return ()
    if report.public:
        return tuple(Entry(area.anchor, area.title) for area in report.public.focus_areas)
    return tuple(map(focus_area_entry, report.focus_areas))


def focus_area_entry(section: FocusAreaSection) -> Entry:
    return Entry(
        section.anchor,
        section.full_title,
        tuple(Entry(activity.anchor, activity.full_title) for activity in section.activities),
        short=section.short_title,
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

"""What each kind of report is made of: its sections, to whom it goes, and whether it may leave the portal."""

from dataclasses import dataclass

from django.db import models

from agreements.models import Group
from reports.models import Report

Kind = Report.Kind


class Section(models.TextChoices):
    """A part of a report that can be chosen; the order here is the order in the report."""

    SINCE_LAST = "since_last", "Sedan förra rapporten"
    CLOSING = "closing", "Vad perioden nådde, och vad nästa tar vid"
    PROBLEMS = "problems", "Problem och orsaker"
    FOCUS_AREAS = "focus_areas", "Fokusområdena med mål och aktiviteter"
    EFFECTS = "effects", "Så följs effekten upp"
    PROMISED = "promised", "Lovat och hållet"
    SITUATION = "situation", "Örat mot marken"
    DECISIONS = "decisions", "Beslut"
    CHILD_INTERESTS = "child_interests", "Barnets bästa"
    ORGANISATION = "organisation", "Organisationen"
    GRANTS = "grants", "Bidrag som finns"
    LAW = "law", "Lagens klockor"
    NOTES = "notes", "Så har vi räknat"
    PLAN = "plan", "Åtgärdsplanen som tabell"


@dataclass(frozen=True)
class KindOfReport:
    """A kind: what it can hold, what it holds unless something else is chosen, and which groups it usually goes to."""

    kind: Kind
    purpose: str
    usual: tuple[Section, ...]
    possible: tuple[Section, ...]
    recipients: tuple[Group.Kind, ...] = ()
    # Read by anybody: nothing internal, and small counts of people masked everywhere.
    is_public: bool = False

    @property
    def optional(self) -> tuple[Section, ...]:
        return tuple(section for section in self.possible if section not in self.usual)


# What a report on the whole plan holds; the rest belongs to single kinds.
EVERYTHING = (
    Section.SINCE_LAST,
    Section.FOCUS_AREAS,
    Section.PROMISED,
    Section.SITUATION,
    Section.DECISIONS,
    Section.CHILD_INTERESTS,
    Section.LAW,
    Section.NOTES,
    Section.PLAN,
)
# What a report on one focus area or one group can hold.
OF_A_PART = (
    Section.SINCE_LAST,
    Section.FOCUS_AREAS,
    Section.PROMISED,
    Section.DECISIONS,
    Section.CHILD_INTERESTS,
    Section.NOTES,
    Section.PLAN,
)


def in_order(*sections: Section) -> tuple[Section, ...]:
    return tuple(section for section in Section if section in sections)


KINDS: dict[str, KindOfReport] = {
    kind.kind: kind
    for kind in (
        KindOfReport(
            Kind.FOLLOW_UP,
            "Till styrgruppen: vad som är gjort av det som lovats, vad som har ändrats sedan förra gången, och vad "
            "som behöver beslutas.",
            usual=EVERYTHING,
            possible=EVERYTHING,
            recipients=(Group.Kind.STEERING, Group.Kind.PREPARATION),
        ),
        KindOfReport(
            Kind.COUNCIL,
            "Till kommunfullmäktige, på en sida: det brottsförebyggande arbetet under året (13 §).",
            usual=(Section.PROMISED, Section.LAW),
            possible=(Section.PROMISED, Section.LAW),
        ),
        KindOfReport(
            Kind.PUBLIC,
            "Till invånarna: vad som görs i kommunen (12 §). Inget internt, och små antal personer visas inte.",
            usual=(Section.FOCUS_AREAS, Section.PROMISED),
            possible=(Section.FOCUS_AREAS, Section.PROMISED),
            is_public=True,
        ),
        KindOfReport(
            Kind.FOCUS_AREA,
            "Om ett enda fokusområde, med mål, aktiviteter och åtaganden.",
            usual=(
                Section.SINCE_LAST,
                Section.FOCUS_AREAS,
                Section.PROMISED,
                Section.DECISIONS,
                Section.CHILD_INTERESTS,
                Section.NOTES,
            ),
            possible=OF_A_PART,
            recipients=(Group.Kind.STEERING, Group.Kind.PREPARATION),
        ),
        KindOfReport(
            Kind.WORKING_GROUP,
            "Arbetsgruppens egen rapport om de aktiviteter som den ansvarar för.",
            usual=(Section.SINCE_LAST, Section.FOCUS_AREAS, Section.PROMISED, Section.DECISIONS, Section.NOTES),
            possible=OF_A_PART,
            recipients=(Group.Kind.WORKING, Group.Kind.PREPARATION),
        ),
        KindOfReport(
            Kind.CLOSING,
            "När avtalsperioden är slut: hela perioden, vad som nåddes och vad nästa period bör ta vid.",
            usual=(Section.CLOSING, *EVERYTHING[1:]),
            possible=in_order(*EVERYTHING, Section.CLOSING),
            recipients=(Group.Kind.STEERING, Group.Kind.PREPARATION, Group.Kind.WORKING),
        ),
        KindOfReport(
            Kind.PROMISES,
            "Åtagandena, part för part: vad kommunen, polisen och de gemensamt har lovat och gjort.",
            usual=(Section.PROMISED, Section.NOTES),
            possible=(Section.SINCE_LAST, Section.PROMISED, Section.NOTES),
            recipients=(Group.Kind.STEERING,),
        ),
        KindOfReport(
            Kind.GRANT,
            "Underlag till en ansökan om Brås bidrag: problem, orsaker, mål och åtgärder, och vad som redan görs.",
            usual=(
                Section.PROBLEMS,
                Section.FOCUS_AREAS,
                Section.EFFECTS,
                Section.ORGANISATION,
                Section.GRANTS,
                Section.LAW,
                Section.NOTES,
            ),
            possible=(
                Section.PROBLEMS,
                Section.FOCUS_AREAS,
                Section.EFFECTS,
                Section.PROMISED,
                Section.CHILD_INTERESTS,
                Section.ORGANISATION,
                Section.GRANTS,
                Section.LAW,
                Section.NOTES,
                Section.PLAN,
            ),
        ),
    )
}


def kind_of(report: Report) -> KindOfReport:
    return KINDS[report.kind]


def chosen_sections(report: Report) -> tuple[Section, ...]:
    """The sections of a report, in the report's order; those that its kind cannot hold are left out."""
    return tuple(section for section in kind_of(report).possible if section.value in report.sections)

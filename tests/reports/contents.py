"""A report's content written by hand, for tests of how it is shown: no database."""

import datetime
from zoneinfo import ZoneInfo

from reports.content.report import (
    ActivitySection,
    AssessedLine,
    DecisionRequest,
    DecisionsSection,
    FigureGroup,
    FigureRow,
    FocusAreaSection,
    GoalLine,
    LawSection,
    PromisedGroup,
    PromisedLine,
    PromiseLine,
    ReportContent,
    Term,
    Written,
)
from reports.status import ReportStatus

AS_OF = datetime.datetime(2026, 6, 30, 23, 59, 59, tzinfo=ZoneInfo("Europe/Stockholm"))
ISSUED_AT = datetime.datetime(2026, 9, 1, 9, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
DRAFT = ReportStatus.draft(at=ISSUED_AT, by="Maja Lind")
WORKING_COPY = ReportStatus.working_copy(at=ISSUED_AT, by="Maja Lind")
ISSUED = ReportStatus.issued(at=ISSUED_AT, by="Maja Lind", reference_number="KS/2026:411")


def activity_section(number: str = "1.1", **fields) -> ActivitySection:
    return ActivitySection(
        **{
            "anchor": f"aktivitet-{number.replace('.', '')}",
            "number": number,
            "title": "Grannsamverkan",
            "status": "ongoing",
            "status_label": "Pågår",
            "assessment": "yellow",
            "assessment_label": "Mindre avvikelse",
            "actors": "Leds av Polisen.",
            "last_heard": "Senast hört av 12 juni 2026.",
            "text": "Ett av fyra uppstartsmöten är hållet.",
            "deviation": "Få kontaktombud.",
            "next_step": "Två möten i september.",
            "promises": (PromiseLine("Polisen", "uppstartsmöten", "av minst 4 möten", done="1", percent=25),),
            "done": (),
            "done_left_out": 0,
            "follow_ups": (),
            "plan_causes": ("Svag tillit",),
            "plan_goals": ("Fler områden",),
            "plan_when": "1 januari–31 december 2026",
            "plan_who": "Polisen med KLF",
            "plan_follow_up": "1 september 2026",
            "plan_lacks_follow_up": False,
        }
        | fields
    )


def focus_area_section(number: int = 1, *, activities: int = 1, **fields) -> FocusAreaSection:
    return FocusAreaSection(
        **{
            "focus_area_id": number,
            "anchor": f"fokusomrade-{number}",
            "kicker": f"Fokusområde {number}",
            "title": "Öka känslan av trygghet",
            "goals": (GoalLine("Fler områden", "Process", "11", "12", "15", "31 december 2026", standing="På väg"),),
            "charts": (),
            "activities": tuple(activity_section(f"{number}.{place + 1}") for place in range(activities)),
        }
        | fields
    )


def report_content(*, areas: int = 1, **fields) -> ReportContent:
    """A follow-up of half a year: one activity that is not on plan, one promise, one decision asked for."""
    return ReportContent(
        **{
            "agreement_id": 1,
            "title": "Samverkan mellan Burlövs kommun och lokalpolisområde Kävlinge",
            "parties": "Burlövs kommun och lokalpolisområde Kävlinge",
            "agreement_title": "Samverkansöverenskommelse 2023–2026",
            "reference_number": "KS/2023:305",
            "starts_on": datetime.date(2026, 1, 1),
            "ends_on": datetime.date(2026, 6, 30),
            "as_of": AS_OF,
            "as_of_words": "30 juni 2026",
            "period_words": "1 januari–30 juni 2026",
            "has_example_work": False,
            "registration_note": "",
            "summary": ("Den enda aktiviteten har en mindre avvikelse.",),
            "assessed": (AssessedLine("yellow", "Mindre avvikelse", "1.1 Grannsamverkan", True, "Få kontaktombud."),),
            "assessed_left_out": 0,
            "figures": (
                FigureGroup("Aktiviteter efter bedömning", (FigureRow("Mindre avvikelse", "1", "0", "+1", "yellow"),)),
                FigureGroup("Åtaganden med antal: hållna av lovade", (FigureRow("Polisen", "0 av 1", "0 av 1", "0"),)),
            ),
            "start_words": "31 december 2025",
            "figures_note": "",
            "decisions": (DecisionRequest("1.1 Grannsamverkan", "Flytta slutdatum till 30 april 2027."),),
            "focus_areas": tuple(focus_area_section(number + 1) for number in range(areas)),
            "situation": None,
            "decided": DecisionsSection(()),
            "promised": (
                PromisedGroup(
                    "Polisen",
                    "Inget av ett åtagande är hållet.",
                    (PromisedLine("1.1", "Uppstartsmöten", "minst 4 möten", "1", "Väntas inte hållas"),),
                ),
            ),
            "child_interests": (),
            "law": LawSection("Inget krav är uppfyllt.", "", ()),
            "plan_stands": "Ingen version av planen är antagen.",
            "definitions": (),
            "abbreviations": (),
            "notes": (Term("Läget", "är det som stod registrerat."),),
        }
        | fields
    )


def written(**fields) -> Written:
    return Written(**{"heading": "Uppföljning första halvåret 2026"} | fields)

"""What a draft's pages read: what can be commented on, which words are saved, and what is left to do before issuing."""

import zlib
from dataclasses import dataclass

from agreements.models import Group
from documents.swedish_words import counted, joined, upper_first
from focus_areas.models import Activity, FocusArea
from reports.content import ReportContent
from reports.content.report import ActivitySection
from reports.kinds import Section, kind_of
from reports.models import Report
from reports.operations.drafts import WRITTEN

OFF_PLAN = {Activity.Assessment.YELLOW, Activity.Assessment.RED}
FINISHED = {Activity.Status.COMPLETED, Activity.Status.CANCELLED}
# To these the report is about both parties' work, so that the police should have had their say.
TO_THE_PARTIES = {Group.Kind.STEERING, Group.Kind.PREPARATION}
NAMED = 5
# As many characters as people can write in a report that is one page, beside what the portal gathers.
LONGEST_ON_ONE_PAGE = 3500


def commented_focus_areas(report: Report) -> list[FocusArea]:
    """The focus areas that a comment can be written on: those that the report is about."""
    if Section.FOCUS_AREAS not in kind_of(report).possible:
        return []
    focus_areas = report.agreement.focus_areas.in_order()
    if report.focus_area_id:
        focus_areas = focus_areas.filter(pk=report.focus_area_id)
    if report.group_id:
        focus_areas = focus_areas.filter(activities__working_group=report.group_id).distinct()
    return list(focus_areas)


def version_of_words(report: Report) -> int:
    """A number that changes with what the form writes, and with nothing else: not with the police's comment."""
    comments = report.focus_area_comments.order_by("focus_area_id").values_list("focus_area_id", "text")
    words = [getattr(report, "meeting_id" if name == "meeting" else name) for name in WRITTEN]
    return zlib.crc32(repr((words, list(comments))).encode())


def has_words_of_replaced(report: Report) -> bool:
    """Whether a correction says, so far, what the report says that it replaces; comments on focus areas apart."""
    if report.replaces is None:
        return False
    copied = [name for name in WRITTEN if name != "correction_reason"]
    return all(getattr(report, name) == getattr(report.replaces, name) for name in copied)


@dataclass(frozen=True)
class Check:
    """One thing to look at before issuing: what there is or what is missing, and where it is mended."""

    text: str
    is_done: bool
    # The field of the form, or the anchors in the preview, that it is about.
    field: str = ""
    activities: tuple[ActivitySection, ...] = ()
    left_out: int = 0
    is_for_police: bool = False


def checks_before_issuing(report: Report, content: ReportContent) -> list[Check]:
    """What is missing, first, and then what is done. Nothing of it stops the issuing: the coordinator judges."""
    checks = [
        *word_checks(report),
        *length_checks(report),
        *police_checks(report),
        *comment_checks(content),
        *activity_checks(content),
        *meeting_checks(report, content),
    ]
    return sorted(checks, key=lambda check: check.is_done)


def missing_words(checks: list[Check]) -> str:
    """Tre saker att se över; nothing where all is done."""
    missing = sum(not check.is_done for check in checks)
    return f"{upper_first(counted(missing, 'sak', 'saker'))} att se över" if missing else ""


def word_checks(report: Report) -> list[Check]:
    checks = [
        Check(
            "Sammanfattningen är skriven" if report.summary else "Sammanfattningen är inte skriven",
            bool(report.summary),
            "summary",
        ),
        Check(
            "Slutsatserna är skrivna" if report.conclusions else "Slutsatserna är inte skrivna",
            bool(report.conclusions),
            "conclusions",
        ),
    ]
    if not report.sections:
        checks.append(Check("Inget avsnitt är valt", False, "sections"))
    return checks


def length_checks(report: Report) -> list[Check]:
    """The council's report is one page, and nothing that is written in it is left out."""
    written = (report.summary, report.conclusions, report.decisions_asked, report.police_comment)
    if report.kind != Report.Kind.COUNCIL or sum(map(len, written)) <= LONGEST_ON_ONE_PAGE:
        return []
    return [Check("Texterna är längre än vad som ryms på en sida. Korta dem", False, "summary")]


def police_checks(report: Report) -> list[Check]:
    if not TO_THE_PARTIES & set(kind_of(report).recipients):
        return []
    if not report.police_comment:
        return [Check("Kommunpolisen har inte kommenterat", False, is_for_police=True)]
    if report.replaces_id and report.police_commented_at <= report.replaces.issued_at:
        return [Check("Kommunpolisens kommentar är skriven före rättelsen", False, is_for_police=True)]
    return [Check("Kommunpolisen har kommenterat", True, is_for_police=True)]


def correction_checks(report: Report) -> list[Check]:
    """A correction that puts nothing right."""
    if not has_words_of_replaced(report):
        return []
    mine, replaced = (
        {(comment.focus_area_id, comment.text) for comment in one.focus_area_comments.all()}
        for one in (report, report.replaces)
    )
    same = "Rättelsens texter, avsnitt och dagar är desamma som i rapporten som den ersätter"
    return [Check(same, False)] if mine == replaced else []


def comment_checks(content: ReportContent) -> list[Check]:
    if Section.FOCUS_AREAS not in content.sections or not content.focus_areas:
        return []
    without = [area for area in content.focus_areas if not area.comment]
    if not without:
        return [Check("Varje fokusområde har en kommentar", True)]
    names = joined(area.short_title for area in without[:NAMED])
    more = f" och {len(without) - NAMED} till" if len(without) > NAMED else ""
    return [Check(f"Kommentar saknas till {names}{more}", False, f"comment_{without[0].focus_area_id}")]


def activity_checks(content: ReportContent) -> list[Check]:
    if Section.FOCUS_AREAS not in content.sections:
        return []
    activities = [activity for area in content.focus_areas for activity in area.activities]
    going_on = [activity for activity in activities if activity.status not in FINISHED]
    return [
        check_of_activities(
            [activity for activity in going_on if activity.is_silent],
            missing=("aktivitet har inte hörts av", "aktiviteter har inte hörts av"),
            done="Alla pågående aktiviteter har hörts av under perioden",
        ),
        check_of_activities(
            [activity for activity in going_on if activity.assessment == Activity.Assessment.NONE],
            missing=("aktivitet är inte bedömd", "aktiviteter är inte bedömda"),
            done="Alla pågående aktiviteter är bedömda",
        ),
        check_of_activities(
            [activity for activity in activities if activity.assessment in OFF_PLAN and not activity.deviation],
            missing=("avvikelse saknar skäl", "avvikelser saknar skäl"),
            done="Alla avvikelser har skäl",
        ),
    ]


def check_of_activities(activities: list[ActivitySection], *, missing: tuple[str, str], done: str) -> Check:
    if not activities:
        return Check(done, True)
    return Check(
        upper_first(counted(len(activities), *missing)),
        False,
        activities=tuple(activities[:NAMED]),
        left_out=max(0, len(activities) - NAMED),
    )


def meeting_checks(report: Report, content: ReportContent) -> list[Check]:
    if Group.Kind.STEERING not in kind_of(report).recipients:
        return []
    asked = len(content.decisions) + len(content.written.decisions_asked)
    meeting = (
        Check("Mötet där den tas upp är valt", True, "meeting")
        if report.meeting_id
        else Check("Mötet där den tas upp är inte valt", False, "meeting")
    )
    decisions = (
        Check(f"{upper_first(counted(asked, 'beslut', 'beslut', neuter=True))} begärs av styrgruppen", True)
        if asked
        else Check("Inget beslut begärs av styrgruppen", False, "decisions_asked")
    )
    return [meeting, decisions]

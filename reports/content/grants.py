"""The basis for an application for a grant: problems and causes, how effects are seen, the organisation, the money."""

import datetime
from collections.abc import Iterable

from accounts.models import Organisation
from agreements.models import Group, Problem, Seat
from agreements.pictures import SHORT_NAMES
from documents.swedish_dates import date_range_words, date_words
from documents.swedish_numbers import amount_words
from documents.swedish_words import counted, lower_first, upper_first
from focus_areas.models import Activity, Cause, FollowUp
from focus_areas.models.follow_ups import FollowUpKind
from reports.content.kinds_snapshot import KindRows, Row, decimal
from reports.content.of_kinds import (
    CauseLine,
    EffectLine,
    GrantLine,
    GrantsSection,
    GroupLine,
    ProblemLine,
    ProblemsSection,
)
from reports.content.snapshot import Snapshot
from reports.content.wording import sentence_end
from reports.law.rows import decided_words

NO_PICTURE = "Ingen lägesbild är fastställd. Utan den saknas det som ansökan ska vila på."
GROUP_ORDER = tuple(Group.Kind.values)


# --- Problems and causes, from the adopted picture ---


def problems_section(rows: KindRows, snapshot: Snapshot, *, on: datetime.date) -> ProblemsSection:
    """The findings of the picture adopted last; what is working material is not told."""
    adopted = [row for row in rows.rows("SituationPicture") if row["adopted_on"] and row["adopted_on"] <= on]
    picture = max(adopted, key=lambda row: (row["adopted_on"], row["id"]), default=None)
    if picture is None:
        return ProblemsSection(NO_PICTURE, ())
    found = [row for row in rows.rows("Problem") if row["situation_picture_id"] == picture["id"]]
    found.sort(key=lambda row: (not row["is_prioritised"], row["id"]))
    decision = decided_words(
        picture["adopted_by"], picture["adopted_on"], picture["paragraph"], picture["reference_number"]
    )
    return ProblemsSection(
        f"Ur {lower_first(picture['title'])}, fastställd av {lower_first(decision)}."
        if picture["adopted_by"]
        else f"Ur {lower_first(picture['title'])}, fastställd {decision}.",
        tuple(problem_line(row, rows, snapshot) for row in found),
    )


def problem_line(row: Row, rows: KindRows, snapshot: Snapshot) -> ProblemLine:
    area_names = {area["id"]: area["name"] for area in rows.rows("Area")}
    areas = [area_names[link["to_id"]] for link in rows.by("Problem.areas", "from_id")[row["id"]]]
    analysis = next(iter(rows.by("CauseAnalysis", "problem_id")[row["id"]]), None)
    causes = rows.by("Cause", "analysis_id")[analysis["id"]] if analysis else []
    legs = list(Cause.Leg.values)
    working_with = {link["from_id"] for link in rows.rows("FocusArea.problems") if link["to_id"] == row["id"]}
    return ProblemLine(
        title=row["title"],
        description=row["description"],
        areas=", ".join(sorted(areas)),
        trend=Problem.Trend(row["trend"]).label,
        is_prioritised=row["is_prioritised"],
        reason=row["priority_reason"],
        meets=judged(row, Problem.Judgement.YES),
        meets_partly=judged(row, Problem.Judgement.PARTLY),
        causes_summary=analysis["summary"] if analysis else "",
        causes=tuple(
            cause_line(cause)
            for cause in sorted(causes, key=lambda cause: (legs.index(cause["leg"]), cause["kind"], cause["id"]))
        ),
        focus_areas=tuple(str(area) for area in snapshot.focus_areas if area.pk in working_with),
    )


def judged(row: Row, answer: Problem.Judgement) -> tuple[str, ...]:
    return tuple(SHORT_NAMES[name] for name in Problem.CRITERIA if row[f"judged_{name}"] == answer)


def cause_line(row: Row) -> CauseLine:
    return CauseLine(
        title=row["title"],
        leg=Cause.Leg(row["leg"]).label,
        kind=Cause.Kind(row["kind"]).label,
        evidence=Cause.Evidence(row["evidence"]).label,
        description=row["description"],
        source=row["source"],
    )


# --- How effects are followed up ---


def effect_lines(rows: KindRows, snapshot: Snapshot) -> tuple[EffectLine, ...]:
    """One for each activity: also those of which nothing is said, for that is what an application must mend."""
    planned = rows.by("PlannedFollowUp", "activity_id")
    return tuple(
        EffectLine(
            activity=str(activity),
            expected=sentence_end(activity.expected_effect),
            how=sentence_end(activity.follow_up_method),
            planned=tuple(map(planned_words, sorted(planned[activity.pk], key=lambda row: row["due_on"]))),
            done=tuple(done_words(snapshot.follow_ups[activity.pk])),
        )
        for activity in snapshot.all_activities
    )


def planned_words(row: Row) -> str:
    """Effekt, senast 1 maj 2027: enkät till boende, samma frågor som 2024."""
    how = f", {lower_first(row['how'])}" if row["how"] else ""
    kind = FollowUpKind(row["kind"]).label
    return sentence_end(f"{kind}, senast {date_words(row['due_on'])}: {lower_first(row['what'])}{how}")


def done_words(follow_ups: Iterable[FollowUp]) -> Iterable[str]:
    for follow_up in follow_ups:
        if follow_up.kind == FollowUpKind.EFFECT:
            conclusion = lower_first(follow_up.get_conclusion_display())
            yield f"Följd upp {date_words(follow_up.followed_up_on)}: {conclusion}."


# --- Who does it ---


def organisation_lines(rows: KindRows, snapshot: Snapshot) -> tuple[GroupLine, ...]:
    seats = rows.by("Seat", "group_id")
    groups = sorted(rows.rows("Group"), key=lambda row: (GROUP_ORDER.index(row["kind"]), row["id"]))
    return tuple(
        GroupLine(
            name=group["name"],
            kind=Group.Kind(group["kind"]).label,
            mandate=group["mandate"],
            seats=tuple(
                seat_words(seat, snapshot.organisations)
                for seat in seats[group["id"]]
                if seat["function"] != Seat.Function.READER
            ),
        )
        for group in groups
    )


def seat_words(row: Row, organisations: dict[int, Organisation]) -> str:
    """Kommundirektör, KLF (ordförande)."""
    organisation = organisations.get(row["organisation_id"])
    name = f"{row['title']}, {organisation}" if organisation else row["title"]
    function = lower_first(Seat.Function(row["function"]).label)
    if row["function"] == Seat.Function.MEMBER or function in row["title"].lower():
        return name
    return f"{name} ({function})"


# --- The money ---


def grants_section(rows: KindRows, snapshot: Snapshot, *, on: datetime.date) -> GrantsSection:
    activities = {activity.pk: activity for activity in snapshot.all_activities}
    grants = sorted(
        (row for row in rows.rows("Grant") if row["activity_id"] in activities),
        key=lambda row: (row["starts_on"] or datetime.date.min, row["id"]),
    )
    return GrantsSection(grants_sentence(grants), tuple(grant_line(row, activities, on=on) for row in grants))


def grants_sentence(grants: list[Row]) -> str:
    """Två bidrag på sammanlagt 300 000 kronor är beviljade."""
    if not grants:
        return "Inga bidrag är registrerade."
    total = amount_words(sum(decimal(row["amount"]) for row in grants))
    many = upper_first(counted(len(grants), "bidrag", "bidrag", neuter=True))
    waiting = sum(row["reported_on"] is None for row in grants)
    still = f" {upper_first(counted(waiting, 'är inte redovisat', 'är inte redovisade', neuter=True))} än."
    said = f"{many} på {'sammanlagt ' if len(grants) > 1 else ''}{total} kronor är "
    return f"{said}{'registrerade' if len(grants) > 1 else 'registrerat'}.{still if waiting else ''}"


def grant_line(row: Row, activities: dict[int, Activity], *, on: datetime.date) -> GrantLine:
    return GrantLine(
        activity=str(activities[row["activity_id"]]),
        source=row["source"],
        reference_number=row["reference_number"],
        amount=f"{amount_words(decimal(row['amount']))} kr",
        period=date_range_words(row["starts_on"], row["ends_on"]),
        state=grant_state(row, on=on),
    )


def grant_state(row: Row, *, on: datetime.date) -> str:
    if row["reported_on"]:
        return f"Redovisat {date_words(row['reported_on'])}"
    if row["report_due_on"] is None:
        return "Inte redovisat, ingen sista dag angiven"
    late = ", försenat" if row["report_due_on"] < on else ""
    return f"Ska redovisas senast {date_words(row['report_due_on'])}{late}"

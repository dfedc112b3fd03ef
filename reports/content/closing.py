"""What a period reached, goal by goal, and what the next one takes over."""

from collections import Counter

from documents.swedish_dates import date_range_words, number_word
from documents.swedish_numbers import number_words
from documents.swedish_words import counted, joined, upper_first
from focus_areas.models import Activity
from focus_areas.models.renewals import RenewalChoice
from focus_areas.progress import Standing
from focus_areas.renewal_guide import JUDGED
from reports.content.collecting import Gathered
from reports.content.goals import goal_lines
from reports.content.kinds_snapshot import KindRows, Row, decimal
from reports.content.of_kinds import CarriedLine, ClosingSection, ReachedGoal
from reports.content.report import GoalLine
from reports.content.wording import sentence_end

NOT_BEGUN = "Ingen ny överenskommelse är påbörjad i portalen."
NOT_CHOSEN = "Inte valt än"
ENDS = (
    (Activity.Status.COMPLETED, "är genomförd", "är genomförda"),
    (Activity.Status.ONGOING, "pågår", "pågår"),
    (Activity.Status.DELAYED, "är försenad", "är försenade"),
    (Activity.Status.PAUSED, "är pausad", "är pausade"),
    (Activity.Status.CANCELLED, "är avbruten", "är avbrutna"),
    (Activity.Status.NOT_STARTED, "är inte påbörjad", "är inte påbörjade"),
)
JUDGED_LABELS = {standing.label for standing in JUDGED}


def closing_section(gathered: Gathered, rows: KindRows) -> ClosingSection:
    renewal = next(iter(rows.rows("Renewal")), None)
    goals = reached_goals(gathered)
    return ClosingSection(
        sentences=(activities_sentence(gathered.snapshot.all_activities), goals_sentence(goals)),
        goals=goals,
        statement=renewal["closing_statement"] if renewal else "",
        following=following_words(gathered, renewal),
        activities=carried_activities(gathered, rows) if renewal else (),
        carried_goals=carried_goals(gathered, rows) if renewal else (),
    )


# --- What was reached ---


def all_goal_lines(gathered: Gathered) -> list[tuple[str, GoalLine]]:
    """Every goal where it stands, with the name of its focus area."""
    snapshot = gathered.snapshot
    return [
        (area.name, line)
        for area in snapshot.focus_areas
        for line in goal_lines(area, snapshot, gathered.thread, on=gathered.on)
    ]


def reached_goals(gathered: Gathered) -> tuple[ReachedGoal, ...]:
    return tuple(
        ReachedGoal(
            focus_area=area,
            statement=line.statement,
            baseline=line.baseline,
            now=f"{line.now} ({line.now_of})" if line.now_of else line.now,
            target=line.target,
            due=line.due,
            standing=line.standing,
            is_reached=line.standing == Standing.REACHED.label,
        )
        for area, line in all_goal_lines(gathered)
    )


def goals_sentence(goals: tuple[ReachedGoal, ...]) -> str:
    """Två av tre mål med ett uppmätt värde är nådda. För ett mål finns inget uppmätt värde att jämföra med."""
    return goals_in_words([goal.standing for goal in goals])


def goals_in_words(standings: list[str]) -> str:
    if not standings:
        return "Inga mål är registrerade."
    judged = [standing for standing in standings if standing in JUDGED_LABELS]
    reached = sum(standing == Standing.REACHED.label for standing in judged)
    said = []
    if len(judged) == 1:
        said.append(f"Det enda målet med ett uppmätt värde är {'' if reached else 'inte '}nått.")
    elif judged:
        many = upper_first(number_word(reached, neuter=True)) if reached else "Inget"
        are = "nådda" if reached > 1 else "nått"
        said.append(f"{many} av {number_word(len(judged))} mål med ett uppmätt värde är {are}.")
    if unmeasured := len(standings) - len(judged):
        goals = counted(unmeasured, "mål", "mål", neuter=True)
        said.append(f"För {goals} finns inget uppmätt värde att jämföra med.")
    return " ".join(said)


def activities_sentence(activities: list[Activity]) -> str:
    """Av nio aktiviteter i planen är två genomförda och sju pågår."""
    if not activities:
        return "Planen har inga aktiviteter."
    counts = Counter(activity.status for activity in activities)
    said = joined(
        f"{number_word(counts[status])} {one if counts[status] == 1 else several}"
        for status, one, several in ENDS
        if counts[status]
    )
    total = upper_first(counted(len(activities), "aktivitet", "aktiviteter"))
    return f"{total} står i planen: {said}."


# --- What the next period takes over ---


def following_words(gathered: Gathered, renewal: Row | None) -> str:
    adopted = next((then for then in gathered.thread.evidence.successors if then.state == "adopted"), None)
    if adopted:
        period = date_range_words(adopted.starts_on, adopted.ends_on)
        return f"{adopted.name} följer efter{f' och gäller {period}' if period else ''}. Den är fastställd."
    if renewal is None:
        return NOT_BEGUN
    period = date_range_words(renewal["starts_on"], renewal["ends_on"])
    state = "Ett utkast finns." if renewal["successor_id"] else "Valen nedan är inte slutliga."
    return f"{renewal['title']} förbereds och är tänkt att gälla {period}. {state}"


def carried_activities(gathered: Gathered, rows: KindRows) -> tuple[CarriedLine, ...]:
    chosen = {row["activity_id"]: row for row in rows.rows("ActivityChoice")}
    return tuple(carried_line(str(activity), chosen.get(activity.pk)) for activity in gathered.snapshot.all_activities)


def carried_goals(gathered: Gathered, rows: KindRows) -> tuple[CarriedLine, ...]:
    chosen = {row["goal_id"]: row for row in rows.rows("GoalChoice")}
    return tuple(
        carried_line(goal.statement, chosen.get(goal.pk), unit=goal.unit)
        for area in gathered.snapshot.focus_areas
        for goal in gathered.snapshot.goals[area.pk]
    )


def carried_line(what: str, row: Row | None, *, unit: str = "") -> CarriedLine:
    if row is None:
        return CarriedLine(what, NOT_CHOSEN)
    target = number_words(decimal(row.get("new_target")))
    new = [row.get("new_statement") or "", f"målvärde {target} {unit}".strip() if target else ""]
    return CarriedLine(
        what=what,
        choice=RenewalChoice.Choice(row["choice"]).label,
        reason=sentence_end(row["reason"]),
        new=", ".join(part for part in new if part),
    )

"""What the report says of the law's clocks, the child's best, and what was promised and kept."""

import datetime
from dataclasses import replace

from documents.swedish_dates import date_words, number_word
from documents.swedish_words import counted, joined, upper_first
from focus_areas.forecast import Outcome
from focus_areas.models import FocusArea
from focus_areas.promises import (
    PartyFigures,
    PromiseRow,
    done_words,
    outcome_words,
    party_figures,
    party_headings,
    promise_row,
)
from reports.content.activities import overlaps, reason_for
from reports.content.report import (
    ChildLine,
    LawGroup,
    LawLine,
    LawSection,
    PromisedGroup,
    PromisedLine,
)
from reports.content.scope import EVERYTHING, Scope
from reports.content.snapshot import Snapshot
from reports.content.thread_snapshot import ThreadSnapshot
from reports.content.wording import clipped, sentence_end
from reports.law import Row, judge
from reports.law.evidence import Evidence
from reports.law.rows import decided_words

CONCLUSION_LENGTH = 200


# --- The law's clocks ---


def law_section(evidence: Evidence, *, on: datetime.date) -> LawSection:
    """As it stood, judged on the report's day."""
    judgement = judge(evidence, today=on)
    return LawSection(
        headline=judgement.headline,
        rest=judgement.rest,
        groups=(
            LawGroup("Lag (2023:196)", tuple(law_line(row, row.paragraph) for row in judgement.demands)),
            LawGroup("Överenskommelsens egna löften", tuple(law_line(row, "") for row in judgement.promises)),
        ),
    )


def law_line(row: Row, paragraph: str) -> LawLine:
    return LawLine(
        title=", ".join(part for part in (row.title, paragraph) if part),
        state=row.state,
        due=f"{date_words(row.due_on)}, {row.due_words}" if row.due_on else "",
        shown="; ".join(link.text for link in row.evidence),
        missing=" ".join(row.missing),
    )


def plan_stands(evidence: Evidence, *, on: datetime.date) -> str:
    """Which adopted version and which picture the plan in the annex stands for."""
    plan = evidence.plan(on=on)
    if plan is None:
        return "Ingen version av åtgärdsplanen är antagen. Tabellen visar planen som den var inlagd."
    decision = decided_words(plan.decided_by, plan.decided_on, plan.paragraph, plan.reference_number)
    picture = evidence.picture_behind(plan)
    rests = f" Den vilar på {picture.name}." if picture else " Det är inte angivet vilken lägesbild den vilar på."
    return (
        f"Senast antagna version är {plan.title}, version {plan.version} ({decision}).{rests} Tabellen visar planen "
        "som den var inlagd, också det som har ändrats sedan dess."
    )


# --- The child's best ---


def child_line(
    focus_area: FocusArea, snapshot: Snapshot, thread: ThreadSnapshot, *, scope: Scope = EVERYTHING
) -> ChildLine:
    """A group's report says what came of its own activities, and not what is summed up of the whole focus area."""
    activities = snapshot.activities[focus_area.pk]
    weighed = [activity for activity in activities if activity.pk in thread.child_conclusions]
    summary = " ".join(focus_area.child_summary.split())
    conclusions = tuple(
        f"{activity}: {sentence_end(clipped(thread.child_conclusions[activity.pk], CONCLUSION_LENGTH))}"
        for activity in weighed
    )
    if scope.group_id is not None:
        summary, conclusions = " ".join(conclusions), ()
    return ChildLine(
        focus_area=focus_area.name,
        weighed=f"{len(weighed)} av {len(activities)}" if activities else "inga aktiviteter",
        summary=sentence_end(summary),
        conclusions=() if summary else conclusions,
    )


# --- Promised and kept ---


def promised_groups(
    snapshot: Snapshot,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    on: datetime.date,
    in_full: bool = False,
) -> tuple[PromisedGroup, ...]:
    """What each party promised for the period, jointly and others last, with a forecast to the promise's end.

    In full also the activities' titles, what is said of the outcomes, and why what is not kept is not.
    """
    rows = promise_rows(snapshot, starts_on=starts_on, ends_on=ends_on, on=on)
    return tuple(
        PromisedGroup(
            heading=party.heading,
            sentence=party_sentence(party),
            lines=tuple(
                line_in_full(row, snapshot) if in_full else promised_line(row)
                for row in rows
                if row.party == party.party
            ),
        )
        for party in party_figures(rows, party_headings(snapshot.parties))
    )


def promise_rows(
    snapshot: Snapshot, *, starts_on: datetime.date, ends_on: datetime.date, on: datetime.date
) -> list[PromiseRow]:
    """The promises that hold on some day of the period, each with how it is going, in the plan's order."""
    headings = party_headings(snapshot.parties)
    rows = []
    for activity in snapshot.all_activities:
        for commitment in snapshot.commitments[activity.pk]:
            if overlaps(commitment, starts_on, ends_on):
                rows.append(
                    promise_row(
                        commitment, snapshot.agreement, headings=headings, today=on, reported=(starts_on, ends_on)
                    )
                )
    return rows


def party_sentence(party: PartyFigures) -> str:
    """Tre av sex åtaganden med antal är hållna. Två väntas hållas och ett väntas inte hållas."""
    if not party.promised and not party.in_words:
        return "Inga åtaganden är registrerade för perioden."
    if not party.promised:
        return f"{upper_first(counted(party.in_words, 'åtagande', 'åtaganden', neuter=True))} följs upp i ord."
    total = counted(party.promised, "åtagande", "åtaganden", neuter=True)
    kept = upper_first(number_word(party.kept, neuter=True)) if party.kept else "Inget"
    said = [f"{kept} av {total} med antal är {'hållna' if party.kept > 1 else 'hållet'}."]
    if party.promised == 1:
        said = [f"Det enda åtagandet med antal är {'hållet' if party.kept else 'inte hållet än'}."]
    coming = [
        f"{number_word(number, neuter=True)} {words}"
        for number, words in (
            (party.likely, "väntas hållas"),
            (party.unlikely, "väntas inte hållas"),
            (party.not_kept, "hölls inte"),
            (party.too_early, "är det för tidigt att säga något om"),
            (party.not_reported, "är ej redovisat" if party.not_reported == 1 else "är ej redovisade"),
        )
        if number
    ]
    if party.over:
        said.append(f"{upper_first(number_word(party.over, neuter=True))} kom över det lovade.")
    if coming:
        said.append(f"{upper_first(joined(coming))}.")
    if party.in_words:
        said.append(f"{upper_first(number_word(party.in_words, neuter=True))} följs upp i ord.")
    return " ".join(said)


def promised_line(row: PromiseRow) -> PromisedLine:
    """Planned beside done, and how it will end if nothing changes; small counts of people are not given away."""
    commitment = row.commitment
    done, outcome = done_words(commitment) or "ej redovisat", outcome_words(row)
    if not commitment.has_number:
        outcome = sentence_end(commitment.outcome) or outcome
        done = done_words(commitment) or "–"
    return PromisedLine(
        activity=commitment.activity.label,
        what=commitment.text,
        promised=commitment.promise_in_words or "inget antal",
        done=done,
        outcome=outcome,
    )


# What is asked about: why it is not kept, will not be, or is not known.
NEEDS_WHY = (Outcome.NOT_KEPT, Outcome.UNLIKELY, Outcome.NOT_REPORTED, Outcome.WORDS_MISSING)


def line_in_full(row: PromiseRow, snapshot: Snapshot) -> PromisedLine:
    activity = row.commitment.activity
    is_told = not row.commitment.has_number
    return replace(
        promised_line(row),
        title=activity.title,
        words="" if is_told else sentence_end(row.commitment.outcome),
        reason=sentence_end(reason_for(activity, snapshot.latest_update(activity))) if row.outcome in NEEDS_WHY else "",
    )

"""The report to the municipal council: one page on what the agreement is, what was done, and what comes next (13 §)."""

import datetime
import re
from collections import Counter
from dataclasses import replace

from agreements.models import Group
from documents.swedish_dates import date_range_words, date_words, number_word
from documents.swedish_words import counted, joined, upper_first
from focus_areas.models import Activity
from focus_areas.progress import Standing
from reports.content.closing import ENDS, JUDGED_LABELS, all_goal_lines, goals_in_words
from reports.content.collecting import Gathered
from reports.content.meetings import decisions_between
from reports.content.of_kinds import CouncilGoal, CouncilSection
from reports.content.report import LawGroup, LawSection, PromisedGroup
from reports.content.wording import clipped, sentence_end
from reports.law import State

PURPOSE_LENGTH = 240
TITLE_LENGTH = 140
AREAS_SHOWN = 5
GOALS_SHOWN = 5
LAW_LINES_SHOWN = 4
# What tells most of how the work goes: a goal that has come somewhere before one that nothing is known of.
BEST_TOLD = (
    Standing.REACHED,
    Standing.MOVING_AWAY,
    Standing.ON_THE_WAY,
    Standing.UNMOVED,
    Standing.NOT_REACHED,
)


def council_section(gathered: Gathered) -> CouncilSection:
    lines = [line for _, line in all_goal_lines(gathered)]
    order = [standing.label for standing in BEST_TOLD]
    told = sorted(
        (line for line in lines if line.standing in JUDGED_LABELS), key=lambda line: order.index(line.standing)
    )
    return CouncilSection(
        agreement=tuple(agreement_sentences(gathered)),
        done=tuple(done_sentences(gathered)),
        goals_sentence=goals_in_words([line.standing for line in lines]),
        goals=tuple(
            CouncilGoal(
                statement=clipped(line.statement, TITLE_LENGTH),
                now=f"{line.now} ({line.now_of})" if line.now_of else line.now,
                target=line.target,
                standing=line.standing,
            )
            for line in told[:GOALS_SHOWN]
        ),
        goals_left_out=max(0, len(told) - GOALS_SHOWN),
        coming=tuple(coming_sentences(gathered)),
    )


# --- What the agreement is ---


def agreement_sentences(gathered: Gathered):
    agreement = gathered.agreement
    number = f" ({agreement.reference_number})" if agreement.reference_number else ""
    period = date_range_words(agreement.starts_on, agreement.ends_on)
    signed = f", undertecknad {date_words(agreement.signed_on)}" if agreement.signed_on else ""
    who = upper_first(gathered.parties)
    if len(gathered.snapshot.parties) > 1:
        yield (f"{who} har en samverkansöverenskommelse{number}{signed}{f'. Den gäller {period}' if period else ''}.")
    else:
        yield f"{agreement.title}{number}{signed}{f' gäller {period}' if period else ''}."
    if agreement.purpose.strip():
        yield sentence_end(first_sentences(agreement.purpose, PURPOSE_LENGTH))


def first_sentences(text: str, length: int) -> str:
    """The whole sentences there is room for; the beginning of the first where it is too long itself."""
    text = " ".join(text.split())
    ends = [found.start() + 1 for found in re.finditer(r"[.!?](?=\s+[A-ZÅÄÖ])", text) if found.start() < length]
    if len(text) <= length:
        return text
    return text[: ends[-1]] if ends else clipped(text, length)


# --- What was done ---


def done_sentences(gathered: Gathered):
    """The work in figures, then how each focus area stands."""
    snapshot = gathered.snapshot
    activities = snapshot.all_activities
    first, last = gathered.starts_on, min(gathered.ends_on, gathered.on)
    logged = {
        activity.pk: sum(first <= entry.happened_on <= last for entry in snapshot.log_entries[activity.pk])
        for activity in activities
    }
    active = sum(map(bool, logged.values()))
    entries = sum(logged.values())
    if entries:
        yield (
            f"{upper_first(counted(entries, 'insats', 'insatser'))} är dokumenterade under perioden, i "
            f"{'alla' if active == len(activities) else number_word(active)} av planens "
            f"{counted(len(activities), 'aktivitet', 'aktiviteter')}."
            if entries > 1
            else "En insats är dokumenterad under perioden."
        )
    elif activities:
        yield "Inga insatser är dokumenterade för perioden."
    decided = decided_sentence(gathered, first, last)
    if decided:
        yield decided
    for focus_area in snapshot.focus_areas[:AREAS_SHOWN]:
        of_area = snapshot.activities[focus_area.pk]
        yield f"{clipped(focus_area.title, TITLE_LENGTH)}: {statuses_in_words(of_area)}."
    left = len(snapshot.focus_areas) - AREAS_SHOWN
    if left > 0:
        yield f"{upper_first(counted(left, 'fokusområde', 'fokusområden', neuter=True))} till finns i planen."


def statuses_in_words(activities: list[Activity]) -> str:
    """två aktiviteter, varav en är genomförd och en pågår"""
    if not activities:
        return "inga aktiviteter än"
    counts = Counter(activity.status for activity in activities)
    many = counted(len(activities), "aktivitet", "aktiviteter")
    told = [(counts[status], one, several) for status, one, several in ENDS if counts[status]]
    if len(told) == 1:
        number, one, several = told[0]
        return f"{many} {one if number == 1 else several}"
    said = joined(f"{number_word(number)} {one if number == 1 else several}" for number, one, several in told)
    return f"{many}, varav {said}"


def decided_sentence(gathered: Gathered, first: datetime.date, last: datetime.date) -> str:
    """Styrgruppen mötte fyra gånger och fattade tre beslut."""
    meetings = gathered.meetings
    group = next(iter(meetings.groups_of(Group.Kind.STEERING)), None)
    if group is None:
        return ""
    held = sum(
        meeting.is_held and meeting.group_id == group.id and first <= meeting.day <= last
        for meeting in meetings.meetings.values()
    )
    decided = sum(decision.group_id == group.id for decision in decisions_between(meetings, first, last))
    if not held and not decided:
        return ""
    met = counted(held, "möte", "möten", neuter=True)
    return f"{group.name} har haft {met} och fattat {counted(decided, 'beslut', 'beslut', neuter=True)}."


# --- Promised, and the law, in short ---


def promised_in_short(groups: tuple[PromisedGroup, ...]) -> tuple[PromisedGroup, ...]:
    """The sentence of each party; what each promise is stands in the whole report."""
    return tuple(replace(group, lines=()) for group in groups)


def law_in_short(law: LawSection) -> LawSection:
    """How many demands are met, and the first of those that are not."""
    unmet = [line for group in law.groups[:1] for line in group.lines if line.state in (State.LACKING, State.SOON)]
    unmet.sort(key=lambda line: line.state is not State.LACKING)
    # There is no room for what shows the rest, so it is not in the data either.
    unmet = [replace(line, shown="", due="") for line in unmet]
    groups = (LawGroup(law.groups[0].heading, tuple(unmet[:LAW_LINES_SHOWN])),) if unmet else ()
    return replace(law, groups=groups)


# --- What comes ---


def coming_sentences(gathered: Gathered):
    snapshot, on = gathered.snapshot, gathered.on
    days = sorted(
        activity.next_follow_up_on
        for activity in snapshot.all_activities
        if activity.next_follow_up_on and activity.next_follow_up_on >= on and not activity.is_finished
    )
    if days:
        many = upper_first(counted(len(days), "aktivitet", "aktiviteter"))
        yield f"{many} ska följas upp, den första {date_words(days[0])}."
    renewals = gathered.thread.evidence.renewals
    ends_on = gathered.agreement.ends_on
    if ends_on:
        went = "gick" if ends_on < on else "går"
        after = " En ny överenskommelse förbereds." if renewals and ends_on >= on else ""
        yield f"Överenskommelsen {went} ut {date_words(ends_on)}.{after}"
    else:
        yield "Överenskommelsen har inget slutdatum registrerat."

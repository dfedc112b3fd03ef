"""What the report says about one activity."""

import datetime
from collections.abc import Collection

from accounts.models import Organisation
from documents.swedish_dates import date_range_words, date_words
from documents.swedish_words import joined, lower_first, upper_first
from focus_areas.models import Activity, Commitment, FollowUp, FollowUpApproval, LogEntry, StatusUpdate
from focus_areas.promises import done_words
from privacy.small_counts import SMALLEST_SHOWN, mask_small_count
from reports.content.report import ActivitySection, DoneLine, FollowUpLine, PromiseLine
from reports.content.snapshot import Snapshot, local_day
from reports.content.wording import clipped, counts_people, sentence_end, shown_count

LOG_LINES = 5
LOG_LENGTH = 300
FINDINGS_LENGTH = 800
NEEDS_NO_DEVIATION = (Activity.Assessment.NONE, Activity.Assessment.GREEN)


def deviates(activity: Activity) -> bool:
    """Not on plan: assessed so, or delayed, paused or cancelled."""
    return activity.assessment not in NEEDS_NO_DEVIATION or activity.status in Activity.NEEDS_REASON


def overlaps(commitment: Commitment, starts_on: datetime.date, ends_on: datetime.date) -> bool:
    """Whether the commitment holds on some day of the period; an undated one always does."""
    return (commitment.starts_on is None or commitment.starts_on <= ends_on) and (
        commitment.ends_on is None or commitment.ends_on >= starts_on
    )


def activity_section(
    activity: Activity,
    snapshot: Snapshot,
    *,
    causes: Collection[str] = (),
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> ActivitySection:
    update = snapshot.latest_update(activity)
    entries = [entry for entry in snapshot.log_entries[activity.pk] if starts_on <= entry.happened_on <= ends_on]
    commitments = [
        commitment for commitment in snapshot.commitments[activity.pk] if overlaps(commitment, starts_on, ends_on)
    ]
    follow_ups = [
        follow_up for follow_up in snapshot.follow_ups[activity.pk] if starts_on <= follow_up.followed_up_on <= ends_on
    ]
    units = {commitment.pk: commitment.unit for commitment in snapshot.commitments[activity.pk]}
    return ActivitySection(
        anchor=f"aktivitet-{activity.pk}",
        number=activity.label,
        title=activity.title,
        status=activity.status,
        status_label=activity.get_status_display(),
        assessment=activity.assessment,
        assessment_label=activity.get_assessment_display(),
        actors=actors_sentence(activity, snapshot),
        last_heard=last_heard_sentence(snapshot.last_heard_on(activity)),
        text=update.text if update else "",
        deviation=reason_for(activity, update),
        next_step=update.next_step if update else "",
        promises=tuple(promise_line(commitment) for commitment in commitments),
        done=tuple(done_line(entry, units.get(entry.commitment_id, "")) for entry in entries[:LOG_LINES]),
        done_left_out=max(0, len(entries) - LOG_LINES),
        follow_ups=tuple(
            follow_up_line(follow_up, snapshot.approvals[follow_up.pk], snapshot.people) for follow_up in follow_ups
        ),
        plan_causes=tuple(causes),
        plan_goals=tuple(plan_goals(activity, snapshot)),
        plan_when=date_range_words(activity.starts_on, activity.ends_on),
        plan_who=plan_who(activity, snapshot),
        plan_follow_up=date_words(activity.next_follow_up_on),
        plan_lacks_follow_up=activity.next_follow_up_on is None and not activity.is_finished,
        is_silent=not was_heard_of(snapshot.last_heard_on(activity), starts_on),
    )


def reason_for(activity: Activity, update: StatusUpdate | None) -> str:
    """Why the activity is not on plan; nothing for one that is."""
    return update.reason if update and deviates(activity) else ""


def names(organisations: list[Organisation]) -> list[str]:
    """Polisen for the police, short names where there are any: the annex says what they stand for."""
    return [
        organisation.everyday_name if organisation.kind in Organisation.everyday_names else str(organisation)
        for organisation in organisations
    ]


def actors_sentence(activity: Activity, snapshot: Snapshot) -> str:
    """Leds av UKF och SF, med Polisen och KLF."""
    leads, others = names(snapshot.leads[activity.pk]), names(snapshot.participants[activity.pk])
    note = f" ({activity.process_lead_note})" if activity.process_lead_note else ""
    led = f"Leds av {joined(leads)}{note}" if leads else f"Processledning saknas{note}"
    return f"{led}, med {joined(others)}." if others else f"{led}."


def plan_who(activity: Activity, snapshot: Snapshot) -> str:
    """UKF, SF med Polisen; nothing where nobody is named."""
    leads, others = (", ".join(names(who[activity.pk])) for who in (snapshot.leads, snapshot.participants))
    note = f" ({activity.process_lead_note})" if activity.process_lead_note else ""
    return upper_first(f"{leads}{note}{' med ' if others else ''}{others}".strip())


def was_heard_of(day: datetime.date | None, starts_on: datetime.date) -> bool:
    return day is not None and day >= starts_on


def last_heard_sentence(day: datetime.date | None) -> str:
    return f"Senast hört av {date_words(day)}." if day else "Inget är rapporterat än."


def plan_goals(activity: Activity, snapshot: Snapshot) -> list[str]:
    return [goal.statement for goal in snapshot.activity_goals.get(activity.pk, [])]


def promise_line(commitment: Commitment) -> PromiseLine:
    """Promised and done. Nothing promised in numbers, nothing done, and nothing reported are three different things."""
    words = sentence_end(commitment.outcome) if commitment.outcome else ""
    who, unit, done, shown = commitment.who, commitment.unit, commitment.done, done_words(commitment)
    if not commitment.has_number:
        if done is not None:
            outcome = f"{shown} {unit or 'gjort'}, inget antal lovat"
        else:
            outcome = "inget antal lovat." if words else "inget antal lovat, utfall ej redovisat"
        return PromiseLine(who, commitment.text, outcome, words=words)
    promised = commitment.promise_in_words
    if done is None:
        return PromiseLine(who, commitment.text, f"utfall ej redovisat, lovat: {promised}", words=words)
    is_masked = shown not in (str(done), f"ca {done}")
    percent = None if is_masked else min(100, round(100 * done / commitment.planned))
    over = done - commitment.planned
    told_over = f", {over} över" if over > 0 and not (counts_people(unit) and over < SMALLEST_SHOWN) else ""
    return PromiseLine(who, commitment.text, f"av {promised}{told_over}", done=shown, words=words, percent=percent)


def done_line(entry: LogEntry, unit: str) -> DoneLine:
    counts = []
    if entry.quantity is not None and (entry.quantity > 1 or counts_people(unit)):
        # One or none is what the entry itself tells; "1 möten" would only be bad Swedish.
        shown = shown_count(entry.quantity, unit)
        about = "ca " if entry.is_about and shown == str(entry.quantity) else ""
        counts.append(f"{about}{shown} {unit or 'gjort'}")
    if entry.participant_count is not None:
        counts.append(f"{mask_small_count(entry.participant_count)} deltagare")
    text = sentence_end(clipped(entry.text, LOG_LENGTH))
    if counts:
        text = f"{text.removesuffix('.')} ({joined(counts)})."
    return DoneLine(day=date_words(entry.happened_on), text=text)


def follow_up_line(follow_up: FollowUp, approvals: list[FollowUpApproval], people: dict[int, str]) -> FollowUpLine:
    by_side = {approval.side: approval for approval in approvals}
    said = []
    for side in FollowUpApproval.Side:
        approval = by_side.get(side)
        party = lower_first(side.label)
        if approval is None:
            said.append(f"inte godkänd av {party} än")
        else:
            who = people.get(approval.approved_by_id, "")
            day = date_words(local_day(approval.approved_at))
            said.append(f"godkänd av {party} {day}{f' ({who})' if who else ''}")
    dissents = tuple(
        f"{approval.get_side_display()}: {sentence_end(approval.dissent)}" for approval in approvals if approval.dissent
    )
    return FollowUpLine(
        day=date_words(follow_up.followed_up_on),
        kind=follow_up.get_kind_display().lower(),
        conclusion=follow_up.get_conclusion_display(),
        findings=sentence_end(clipped(follow_up.findings, FINDINGS_LENGTH)),
        approvals=upper_first(sentence_end(joined(said))),
        dissents=dissents,
    )

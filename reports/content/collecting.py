"""Puts a report together from the rows as they stood."""

import datetime

from django.utils import timezone

from accounts.models import Organisation
from agreements.models import Agreement
from documents.swedish_dates import clock_words, date_range_words, date_words
from documents.swedish_words import joined, lower_first
from focus_areas.models import Activity, FocusArea
from reports.content import annex, first_page
from reports.content.activities import activity_section
from reports.content.goals import goal_charts, goal_lines
from reports.content.meetings import decisions_section, situation_section
from reports.content.meetings_snapshot import read_meetings
from reports.content.report import FocusAreaSection, ReportContent
from reports.content.snapshot import (
    Registered,
    Snapshot,
    end_of_day,
    local_day,
    read_earlier_state,
    read_snapshot,
)
from reports.content.thread import child_line, law_section, plan_stands, promised_groups
from reports.content.thread_snapshot import ThreadSnapshot, read_thread


def collect(
    agreement: Agreement,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
) -> ReportContent:
    """Return what a report on a period says: everything as it stood at `as_of`, by default the period's end.

    A time before the agreement was registered in the portal shows the plan as first registered, and says so. The number
    of queries is the same whatever the amount of data.
    """
    now = timezone.now()
    as_of = min(as_of or end_of_day(ends_on), now)
    as_of_day = local_day(as_of)
    registered = Registered.of(agreement)
    is_registered = registered.first_at is not None and registered.first_at <= as_of
    plan_at = as_of if is_registered else min(end_of_day(local_day(registered.first_at)), now)
    meetings = read_meetings(agreement, at=as_of)
    thread = read_thread(registered.at(plan_at).instance, at=plan_at)
    snapshot = read_snapshot(
        registered,
        plan_at=plan_at,
        work_at=as_of,
        goal_keys=thread.goal_keys,
        more_people=meetings.responsible_ids,
    )
    for indicator in thread.indicators.values():
        indicator.agreement = snapshot.agreement
    if not is_registered:
        take_status_from_updates(snapshot)

    before = end_of_day(starts_on - datetime.timedelta(days=1))
    starts_registered = registered.first_at <= before
    current = first_page.count(
        activities=snapshot.all_activities,
        commitments=first_page.commitments_in_period(snapshot.all_commitments, starts_on, ends_on),
        done=snapshot.done,
        snapshot=snapshot,
        on=as_of_day,
    )
    start = count_start(snapshot, starts_on, ends_on, before) if starts_registered else None
    decisions = first_page.decision_requests(snapshot)
    assessed, assessed_left_out = first_page.assessed_lines(snapshot)
    period = {"starts_on": starts_on, "ends_on": ends_on, "on": as_of_day}
    situation = situation_section(meetings, snapshot, **period)
    parties = joined(name_in_sentence(party.organisation) for party in snapshot.parties)
    stood = snapshot.agreement
    registration_note = "" if is_registered else registration_words(registered.first_at)
    return ReportContent(
        agreement_id=stood.pk,
        title=f"Samverkan mellan {parties}" if len(snapshot.parties) > 1 else stood.title,
        parties=parties,
        agreement_title=stood.title,
        reference_number=stood.reference_number,
        starts_on=starts_on,
        ends_on=ends_on,
        as_of=as_of,
        as_of_words=moment_words(as_of),
        period_words=date_range_words(starts_on, ends_on),
        has_example_work=agreement.has_example_work,
        registration_note=registration_note,
        summary=first_page.summary(current, snapshot, on=as_of_day, decision_count=len(decisions)),
        assessed=assessed,
        assessed_left_out=assessed_left_out,
        figures=first_page.figures(current, start),
        start_words=date_words(local_day(before)),
        figures_note="" if starts_registered or registration_note else registration_words(registered.first_at),
        decisions=decisions,
        focus_areas=tuple(
            focus_area_section(focus_area, snapshot, thread, **period) for focus_area in snapshot.focus_areas
        ),
        situation=situation,
        decided=decisions_section(meetings, snapshot, **period),
        promised=promised_groups(snapshot, **period),
        child_interests=tuple(child_line(focus_area, snapshot, thread) for focus_area in snapshot.focus_areas),
        law=law_section(thread.evidence, on=as_of_day),
        plan_stands=plan_stands(thread.evidence, on=as_of_day),
        definitions=annex.definitions(snapshot),
        abbreviations=annex.abbreviations(snapshot),
        notes=annex.notes(
            as_of_words=moment_words(as_of),
            as_of_day=as_of_day,
            ends_on=ends_on,
            registration_note=registration_note,
            has_examples=agreement.has_example_work,
            has_observations=situation is not None and bool(situation.places),
        ),
    )


def count_start(snapshot: Snapshot, starts_on, ends_on, before: datetime.datetime) -> first_page.Counted:
    earlier = read_earlier_state(snapshot.agreement, at=before)
    return first_page.count(
        activities=earlier.activities,
        commitments=first_page.earlier_commitments(earlier, snapshot, starts_on, ends_on),
        done=earlier.done,
        snapshot=snapshot,
        on=local_day(before),
    )


def take_status_from_updates(snapshot: Snapshot) -> None:
    """Let the status be what had been reported by then, where the plan itself was registered later."""
    for activity in snapshot.all_activities:
        update = snapshot.latest_update(activity)
        activity.status = update.status if update else Activity.Status.NOT_STARTED
        activity.assessment = update.assessment if update else Activity.Assessment.NONE


def focus_area_section(
    focus_area: FocusArea,
    snapshot: Snapshot,
    thread: ThreadSnapshot,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    on: datetime.date,
) -> FocusAreaSection:
    return FocusAreaSection(
        focus_area_id=focus_area.pk,
        anchor=f"fokusomrade-{focus_area.pk}",
        kicker=f"Fokusområde {focus_area.number}" if focus_area.number is not None else "",
        title=focus_area.title,
        goals=goal_lines(focus_area, snapshot, thread, on=on),
        charts=goal_charts(focus_area, snapshot, thread),
        activities=tuple(
            activity_section(
                activity, snapshot, causes=thread.causes.get(activity.pk, ()), starts_on=starts_on, ends_on=ends_on
            )
            for activity in snapshot.activities[focus_area.pk]
        ),
    )


def name_in_sentence(organisation: Organisation) -> str:
    """The name inside a sentence: ”lokalpolisområde Kävlinge”, but ”Burlövs kommun”."""
    name = organisation.name
    return lower_first(name) if name.startswith(("Lokalpolisområde", "Polisområde")) else name


def registration_words(first_at: datetime.datetime) -> str:
    return (
        f"Överenskommelsen lades in i portalen den {date_words(local_day(first_at))}. Läget dessförinnan finns inte "
        "registrerat."
    )


def moment_words(moment: datetime.datetime) -> str:
    """The day, with the time of day where it is not the day's end."""
    day = local_day(moment)
    if moment >= end_of_day(day) - datetime.timedelta(minutes=1):
        return date_words(day)
    return f"{date_words(day)} kl. {clock_words(moment)}"

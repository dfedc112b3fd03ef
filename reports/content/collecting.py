"""Puts a report together from the rows as they stood."""

import datetime
from dataclasses import dataclass

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
from reports.content.meetings_snapshot import MeetingsSnapshot, read_meetings
from reports.content.report import FocusAreaSection, ReportContent
from reports.content.scope import EVERYTHING, Scope, narrowed
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
from reports.content.wording import sentence_end


@dataclass(frozen=True)
class Gathered:
    """What a report is put together from: the rows as they stood, narrowed to its scope, with its period and day."""

    snapshot: Snapshot
    thread: ThreadSnapshot
    meetings: MeetingsSnapshot
    starts_on: datetime.date
    ends_on: datetime.date
    as_of: datetime.datetime
    plan_at: datetime.datetime
    first_at: datetime.datetime
    scope: Scope
    has_example_work: bool
    is_registered: bool

    @property
    def on(self) -> datetime.date:
        return local_day(self.as_of)

    @property
    def period(self) -> dict[str, datetime.date]:
        return {"starts_on": self.starts_on, "ends_on": self.ends_on, "on": self.on}

    @property
    def agreement(self) -> Agreement:
        """As it stood."""
        return self.snapshot.agreement

    @property
    def parties(self) -> str:
        return joined(name_in_sentence(party.organisation) for party in self.snapshot.parties)

    @property
    def title(self) -> str:
        return f"Samverkan mellan {self.parties}" if len(self.snapshot.parties) > 1 else self.agreement.title

    @property
    def registration_note(self) -> str:
        return "" if self.is_registered else registration_words(self.first_at)


def collect(
    agreement: Agreement,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    scope: Scope = EVERYTHING,
) -> ReportContent:
    """Return what a report on a period says: everything as it stood at `as_of`, by default the period's end.

    With a scope: of one focus area or one group's activities alone. A time before the agreement was registered in the
    portal shows the plan as first registered, and says so. The number of queries is the same whatever the amount of
    data.
    """
    return content_of(gather(agreement, starts_on=starts_on, ends_on=ends_on, as_of=as_of, scope=scope))


def gather(
    agreement: Agreement,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.datetime | None = None,
    scope: Scope = EVERYTHING,
) -> Gathered:
    """Read what `collect` needs."""
    now = timezone.now()
    as_of = min(as_of or end_of_day(ends_on), now)
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
        more_organisations=meetings.organisation_ids,
    )
    for indicator in thread.indicators.values():
        indicator.agreement = snapshot.agreement
    if not is_registered:
        take_status_from_updates(snapshot)
    return Gathered(
        snapshot=narrowed(snapshot, scope),
        thread=thread,
        meetings=meetings,
        starts_on=starts_on,
        ends_on=ends_on,
        as_of=as_of,
        plan_at=plan_at,
        first_at=registered.first_at,
        scope=scope,
        has_example_work=agreement.has_example_work,
        is_registered=is_registered,
    )


def content_of(gathered: Gathered, *, decisions_written: int = 0) -> ReportContent:
    """Everything that can be said of it; what a report leaves out is taken away afterwards.

    Args:
        decisions_written: how many decisions are asked for beside those of the status reports.
    """
    snapshot, thread, meetings = gathered.snapshot, gathered.thread, gathered.meetings
    starts_on, ends_on, scope, period = gathered.starts_on, gathered.ends_on, gathered.scope, gathered.period
    before = end_of_day(starts_on - datetime.timedelta(days=1))
    starts_registered = gathered.first_at <= before
    current = count_current(gathered)
    start = count_start(snapshot, starts_on, ends_on, before, scope) if starts_registered else None
    decisions = first_page.decision_requests(snapshot)
    assessed, assessed_left_out = first_page.assessed_lines(snapshot)
    situation = situation_section(meetings, snapshot, **period)
    stood = gathered.agreement
    registration_note = gathered.registration_note
    return ReportContent(
        agreement_id=stood.pk,
        title=gathered.title,
        parties=gathered.parties,
        agreement_title=stood.title,
        reference_number=stood.reference_number,
        starts_on=starts_on,
        ends_on=ends_on,
        as_of=gathered.as_of,
        as_of_words=moment_words(gathered.as_of),
        period_words=date_range_words(starts_on, ends_on),
        has_example_work=gathered.has_example_work,
        registration_note=registration_note,
        summary=first_page.summary(
            current, snapshot, on=gathered.on, decision_count=len(decisions) + decisions_written, scope=scope
        ),
        assessed=assessed,
        assessed_left_out=assessed_left_out,
        figures=first_page.figures(current, start),
        start_words=date_words(local_day(before)),
        figures_note="" if starts_registered or registration_note else registration_words(gathered.first_at),
        decisions=decisions,
        focus_areas=tuple(
            focus_area_section(focus_area, snapshot, thread, **period) for focus_area in snapshot.focus_areas
        ),
        situation=situation,
        decided=decisions_section(meetings, snapshot, **period, scope=scope),
        promised=promised_groups(snapshot, **period),
        promised_total=sentence_end(current.promises.total.sentence),
        child_interests=tuple(
            child_line(focus_area, snapshot, thread, scope=scope) for focus_area in snapshot.focus_areas
        ),
        law=law_section(thread.evidence, on=gathered.on),
        plan_stands=plan_stands(thread.evidence, on=gathered.on),
        definitions=annex.definitions(snapshot),
        abbreviations=annex.abbreviations(snapshot),
        notes=annex.notes(
            as_of_words=moment_words(gathered.as_of),
            as_of_day=gathered.on,
            ends_on=ends_on,
            registration_note=registration_note,
            has_examples=gathered.has_example_work,
            has_observations=situation is not None and bool(situation.places),
        ),
        scope=scope_name(gathered),
    )


def scope_name(gathered: Gathered) -> str:
    """The focus area's or the group's name as it was; empty where the report is about the whole plan."""
    if gathered.scope.group_id is not None:
        group = gathered.meetings.groups.get(gathered.scope.group_id)
        return group.name if group else ""
    if gathered.scope.focus_area_id is not None:
        return ", ".join(str(focus_area) for focus_area in gathered.snapshot.focus_areas)
    return ""


def count_current(gathered: Gathered) -> first_page.Counted:
    snapshot = gathered.snapshot
    return first_page.count(
        activities=snapshot.all_activities,
        commitments=first_page.commitments_in_period(snapshot.all_commitments, gathered.starts_on, gathered.ends_on),
        snapshot=snapshot,
        period=(gathered.starts_on, gathered.ends_on),
        on=gathered.on,
    )


def count_start(snapshot: Snapshot, starts_on, ends_on, before: datetime.datetime, scope: Scope) -> first_page.Counted:
    """Of what belonged to the scope then."""
    earlier = read_earlier_state(snapshot.agreement, at=before, of_activities=scope.of_activities)
    return first_page.count(
        activities=earlier.activities,
        commitments=first_page.earlier_commitments(earlier, snapshot, starts_on, ends_on),
        snapshot=snapshot,
        period=(starts_on, ends_on),
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

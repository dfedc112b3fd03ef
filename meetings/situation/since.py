"""What has been reported since the last meeting, and by whom."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Organisation
from documents.swedish_dates import near_date_range_words, number_word
from documents.swedish_words import counted, joined, upper_first
from meetings.models import Meeting, Observation, SituationReport
from meetings.situation.group import organisations_of_group
from meetings.situation.reporting import Reporting
from meetings.situation.spans import ONE_DAY, Span

MOST_SIGHTINGS = 200
SHOWN_AT_FIRST = 6
SHOWN_OF_EACH = 2


@dataclass(frozen=True)
class Since:
    """What was reported for a meeting: grouped by category, the newest group and the newest in it first."""

    previous: Meeting | None
    span: Span | None
    observations: list[Observation]
    organisations: list[Organisation]
    reported: set[int]
    reported_by: set[int]

    @property
    def count_words(self) -> str:
        """Return "Nio iakttagelser"; "Minst 200 …" where there are more than the page takes."""
        count = len(self.observations)
        if count >= MOST_SIGHTINGS:
            return f"Minst {count} iakttagelser"
        return upper_first(counted(count, "iakttagelse", "iakttagelser")) if count else "Inga iakttagelser"

    @property
    def first_shown(self) -> list[Observation]:
        """The newest of each category, so that one category does not hide the others."""
        seen: Counter[int] = Counter()
        first = []
        for row in self.observations:
            seen[row.category_id] += 1
            if seen[row.category_id] <= SHOWN_OF_EACH and len(first) < SHOWN_AT_FIRST:
                first.append(row)
        return first

    @property
    def more_shown(self) -> list[Observation]:
        first = {row.pk for row in self.first_shown}
        return [row for row in self.observations if row.pk not in first]

    @property
    def missing(self) -> list[Organisation]:
        return [one for one in self.organisations if one.pk not in self.reported]

    def reporting(self, *, has_begun: bool) -> Reporting:
        """How far the reporting to the meeting has come."""
        done = len(self.organisations) - len(self.missing)
        return Reporting(reported=done, expected=len(self.organisations), has_begun=has_begun)

    @property
    def missing_words(self) -> str:
        """Return "KLF, Polisen och SF"; nothing where all or none have reported."""
        is_all = len(self.missing) == len(self.organisations)
        return "" if is_all else joined(str(one) for one in self.missing)

    @property
    def reported_words(self) -> str:
        """Return "Sju av åtta organisationer har rapporterat."."""
        all_of_them = len(self.organisations)
        if not all_of_them:
            return ""
        done = all_of_them - len(self.missing)
        if done == all_of_them:
            return "Alla organisationer har rapporterat." if done > 1 else "Organisationen har rapporterat."
        words = f"{number_word(done)} av {number_word(all_of_them)} organisationer har rapporterat."
        return "Ingen organisation har rapporterat än." if not done else upper_first(words)


def since_last(
    meeting: Meeting, previous: Meeting | None, *, organisations: list[Organisation], today: datetime.date
) -> Since:
    """The observations of the meeting's period, and those that came in after the meeting that they belonged to."""
    day = meeting.day
    happened = Q(occurred_from__lte=day)
    if previous is not None:
        over = previous.closed_at or previous.ends_at
        came_late = Q(occurred_from__lte=previous.day, reported_at__gt=over)
        if meeting.closed_at:
            came_late &= Q(reported_at__lte=meeting.closed_at)
        happened &= Q(occurred_from__gt=previous.day) | came_late
    rows = list(
        Observation.objects.filter(happened, agreement=meeting.group.agreement_id)
        .select_related("category", "area", "source")
        .latest_first()[:MOST_SIGHTINGS]
    )
    for row in rows:
        row.days_words = near_date_range_words(row.occurred_from, row.occurred_to, today)
        row.came_late = previous is not None and row.occurred_from <= previous.day
    newest_of: dict[int, int] = {}
    for number, row in enumerate(rows):
        newest_of.setdefault(row.category_id, number)
    rows.sort(key=lambda row: newest_of[row.category_id])
    in_group = [one for one in organisations if one.is_in_group]
    return Since(
        previous=previous,
        span=Span(previous.day + ONE_DAY, day) if previous else None,
        observations=rows,
        organisations=in_group,
        **reported_to(meeting, in_group),
    )


def reporting_to(meeting: Meeting) -> Reporting:
    """How far the group's organisations have come with reporting to a meeting."""
    organisations = organisations_of_group(meeting.group)
    reported = reported_to(meeting, organisations)["reported"]
    return Reporting(reported=len(reported), expected=len(organisations), has_begun=meeting.has_begun)


def reported_to(meeting: Meeting, organisations: Iterable[Organisation]) -> dict[str, set[int]]:
    """Which of the group's organisations have reported, themselves or through a part of them; and which said it."""
    reports = SituationReport.objects.filter(meeting=meeting).select_related("organisation__parent__parent")
    lineages = {one.pk for report in reports for one in report.organisation.lineage}
    return {
        "reported": {one.pk for one in organisations if one.pk in lineages},
        "reported_by": {report.organisation_id for report in reports},
    }

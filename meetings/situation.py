"""What Örat mot marken reads: what has happened since last time, which way it is going, and what is coming.

Reads only, each with its queries in one place. "Today" and "now" are arguments.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import Organisation
from agreements.access import roles_in, seats_held
from agreements.models import Agreement, Area, Group, Seat
from documents.swedish_dates import date_range_words, date_words, near_date_words, number_word
from focus_areas.access import Capability as PlanCapability
from meetings.access import COORDINATING, Capability
from meetings.charts import Trend, trend_of
from meetings.models import AgendaItem, Meeting, Observation, ObservationCategory, SituationReport, UpcomingEvent
from meetings.swedish_days import free_days, school_breaks
from meetings.trends import Direction, Period, RecurringPlace, Sighting, Verdict, judge, recurring_places

ONE_DAY = datetime.timedelta(days=1)
USUAL_PERIOD = datetime.timedelta(weeks=2)
STILL_UNDER_WAY = datetime.timedelta(hours=12)
LOOKING_AHEAD = datetime.timedelta(weeks=6)
YEARS_BACK = 3
# What the year wheel compares needs periods before it to be compared with.
FURTHEST_BACK = datetime.timedelta(days=YEARS_BACK * 366 + 31 * 7)
SHOWN = 6
PLACES_WITHIN = 6
MOST_PLACES = 5
MOST_SIGHTINGS = 200
SHOWN_AT_FIRST = 6
SHOWN_OF_EACH = 2
LONGEST_WORD = 20


# --- Groups and meetings ---


def situation_group_of(agreement: Agreement) -> Group | None:
    """Örat mot marken; None where the agreement has no such group."""
    return agreement.groups.filter(kind=Group.Kind.SITUATION).select_related("agreement").order_by("pk").first()


def next_meeting_of(group: Group | None, *, at: datetime.datetime) -> Meeting | None:
    """The meeting that is under way, else the next one; None when none is planned."""
    if group is None:
        return None
    coming = Q(ends_at__gte=at) | Q(opened_at__gte=at - STILL_UNDER_WAY)
    return (
        group.meetings.filter(coming, state=Meeting.State.PLANNED)
        .select_related("group__agreement")
        .order_by("starts_at", "pk")
        .first()
    )


def organisations_taking_part(group: Group) -> list[Organisation]:
    """The agreement's organisations, each with `is_in_group`: whether it has a seat in the group, readers apart."""
    seats = group.seats.exclude(function=Seat.Function.READER).filter(organisation=OuterRef("pk"))
    return list(group.agreement.organisations.annotate(is_in_group=Exists(seats)).order_by("name"))


def organisations_of_group(group: Group) -> list[Organisation]:
    """Those of them that have a seat in the group, and so are expected to report."""
    return [one for one in organisations_taking_part(group) if one.is_in_group]


# --- Periods: the days between meetings ---


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the one after a meeting up to the next meeting's day."""

    starts_on: datetime.date
    ends_on: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def words(self) -> str:
        return date_range_words(self.starts_on, self.ends_on)


def meeting_days(group: Group, *, until: datetime.date) -> list[datetime.date]:
    """The days of the group's meetings up to a day, cancelled ones apart, oldest first."""
    moments = (
        Meeting.objects.not_cancelled().filter(group=group).order_by("starts_at").values_list("starts_at", flat=True)
    )
    days = dict.fromkeys(timezone.localdate(moment) for moment in moments)
    return [day for day in days if day <= until]


def spans_between(days: Sequence[datetime.date], *, today: datetime.date) -> list[Span]:
    """The periods that end with these meetings (oldest first), as far as they have begun and passed.

    The first has no meeting before it; it gets the usual two weeks.
    """
    spans = []
    before = days[0] - USUAL_PERIOD if days else today
    for day in days:
        if before >= today:
            break
        spans.append(Span(before + ONE_DAY, min(day, today)))
        before = day
    return spans


def spans_until(days: Sequence[datetime.date], *, today: datetime.date) -> list[Span]:
    """The periods up to today, the last one unfinished unless there is a meeting today."""
    return spans_between([*(day for day in days if day < today), today] if days else [], today=today)


def recent_spans(spans: Sequence[Span], *, day: datetime.date) -> list[Span]:
    """Those that can matter on that day: what the year wheel looks at, and what that was compared with."""
    return [span for span in spans if span.starts_on >= day - FURTHEST_BACK]


def days_in_words(first: datetime.date, last: datetime.date, today: datetime.date) -> str:
    """Return "13–21 november", "29 oktober–3 november" or one day; with the year when it is not this one."""
    if first == last:
        return near_date_words(first, today)
    end = near_date_words(last, today)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{date_words(first).rsplit(' ', 1)[0]}–{end}"
    return f"{date_words(first)}–{date_words(last)}"


# --- Trends ---


AGENDA_WORDS = "Trend: "


def trend_title(name: str) -> str:
    """The agenda item that says that a trend has been discussed."""
    return Truncator(AGENDA_WORDS + name).chars(AgendaItem._meta.get_field("title").max_length)


@dataclass(frozen=True)
class TrendRow:
    """One category, in one area or in all: its counts with their verdict, and the areas that stand out in it."""

    category: ObservationCategory
    area: Area | None
    trend: Trend
    inside: "tuple[TrendRow, ...]" = ()
    is_discussed: bool = False

    @property
    def verdict(self) -> Verdict:
        return self.trend.verdict

    @property
    def name(self) -> str:
        return f"{self.category} i {self.area}" if self.area else str(self.category)

    @property
    def has_long_word(self) -> bool:
        """Whether a word has to be broken wherever it may, to fit beside the chart."""
        words = [self.name, *(str(one.area) for one in self.inside)]
        return any(len(word) > LONGEST_WORD for name in words for word in name.split())

    @property
    def title(self) -> str:
        """What it is called on the agenda once it has been discussed."""
        return trend_title(self.name)

    @property
    def is_notable(self) -> bool:
        return self.verdict.stands_out or self.verdict.direction == Direction.WORSENING

    @property
    def key(self) -> str:
        return f"{self.category.pk}-{self.area.pk}" if self.area else str(self.category.pk)

    @property
    def query(self) -> str:
        """What names the row in an address."""
        return f"kategori={self.category.pk}" + (f"&omrade={self.area.pk}" if self.area else "")


class Counts:
    """How many observations there were each day, per category and area. One query, then only arithmetic."""

    def __init__(self, agreement: Agreement, *, first: datetime.date, last: datetime.date):
        self.by_day: dict[int, list[tuple[datetime.date, int | None, int]]] = defaultdict(list)
        rows = (
            Observation.objects.filter(agreement=agreement, occurred_from__range=(first, last))
            .order_by()
            .values_list("category", "area", "occurred_from")
            .annotate(count=Count("pk"))
        )
        for category_id, area_id, day, count in rows:
            self.by_day[category_id].append((day, area_id, count))

    def periods(self, spans: Sequence[Span], category_id: int, area_id: int | None = None) -> list[Period]:
        """The category's count in each of the periods, in one area or in all."""
        totals: Counter[int] = Counter()
        index_of = {day: number for number, span in enumerate(spans) for day in days_of(span)}
        for day, where, count in self.by_day[category_id]:
            if area_id in (None, where) and day in index_of:
                totals[index_of[day]] += count
        return [Period(span.starts_on, span.ends_on, totals[number]) for number, span in enumerate(spans)]

    def areas(self, category_id: int, *, since: datetime.date) -> set[int]:
        """Where the category has been seen since a day."""
        return {area_id for day, area_id, _ in self.by_day[category_id] if area_id is not None and day >= since}

    def between(self, first: datetime.date, last: datetime.date) -> dict[int, int]:
        """Each category's count from one day to another."""
        totals = {
            category_id: sum(count for day, _, count in rows if first <= day <= last)
            for category_id, rows in self.by_day.items()
        }
        return {category_id: total for category_id, total in totals.items() if total}


def days_of(span: Span) -> Iterable[datetime.date]:
    return (
        span.starts_on + datetime.timedelta(days=number) for number in range((span.ends_on - span.starts_on).days + 1)
    )


def trend_rows(
    counts: Counts,
    spans: Sequence[Span],
    *,
    categories: Sequence[ObservationCategory],
    areas: Sequence[Area],
    area: Area | None = None,
    shown: int = SHOWN,
    discussed: Iterable[str] = (),
) -> list[TrendRow]:
    """Each category's trend, what stands out first. A category out of use is there while it has counts.

    `discussed` are the titles of the trends that a meeting has discussed.
    """
    if not spans:
        return []
    shown_since = spans[-shown:][0].starts_on
    discussed = set(discussed)
    rows = []
    for category in categories:
        periods = counts.periods(spans, category.pk, area.pk if area else None)
        if not category.is_in_use and not any(period.count for period in periods[-shown:]):
            continue
        inside = []
        seen_in = counts.areas(category.pk, since=shown_since) if area is None else set()
        for place in areas:
            if place.pk in seen_in:
                inside.append(
                    trend_row(counts.periods(spans, category.pk, place.pk), category, place, shown, discussed)
                )
        notable = [row for row in inside if row.is_notable]
        rows.append(trend_row(periods, category, area, shown, discussed, inside=notable))
    order = [Direction.WORSENING, Direction.CALMING, Direction.AS_USUAL, Direction.TOO_LITTLE_KNOWN]
    return sorted(rows, key=lambda row: (not row.verdict.stands_out, order.index(row.verdict.direction)))


def trend_row(
    periods: Sequence[Period],
    category: ObservationCategory,
    area: Area | None,
    shown: int,
    discussed: set[str],
    *,
    inside: Sequence[TrendRow] = (),
) -> TrendRow:
    row = TrendRow(category, area, trend_of(periods, shown=shown), tuple(inside))
    return replace(row, is_discussed=row.title in discussed)


# --- The year wheel: the same weeks in earlier years ---


@dataclass(frozen=True)
class EarlierYear:
    """What was observed and what there was in the same weeks, one or more years ago."""

    year: int
    years_ago: int
    first_week: int
    last_week: int
    counts: list[tuple[ObservationCategory, int]]
    stood_out: list[ObservationCategory]
    events: list[UpcomingEvent]

    @property
    def when(self) -> str:
        """Return "förra året" or "2024"."""
        return "förra året" if self.years_ago == 1 else str(self.year)

    @property
    def weeks(self) -> str:
        return f"v. {self.first_week}–{self.last_week}"


@dataclass(frozen=True)
class Pattern:
    """A category that rose in the same weeks before, and whether it does so now."""

    category: ObservationCategory
    year: EarlierYear
    rises_now: bool

    @property
    def words(self) -> str:
        also = "även " if self.rises_now else ""
        return f"{self.category} ökade {also}{self.year.weeks} {self.year.when}."


def weeks_around(day: datetime.date, *, years_ago: int) -> Span:
    """The same ISO week so many years ago, with the one before and the one after. Week 53 becomes week 52."""
    year, week, _ = day.isocalendar()
    monday = datetime.date.fromisocalendar(year - years_ago, min(week, 52), 1)
    return Span(monday - datetime.timedelta(weeks=1), monday + datetime.timedelta(days=13))


def earlier_years(
    day: datetime.date,
    counts: Counts,
    spans: Sequence[Span],
    categories: Sequence[ObservationCategory],
    events: Sequence[UpcomingEvent],
) -> list[EarlierYear]:
    """The years that have something to tell, the latest first."""
    found = []
    for years_ago in range(1, YEARS_BACK + 1):
        weeks = weeks_around(day, years_ago=years_ago)
        seen = counts.between(weeks.starts_on, weeks.ends_on)
        year = EarlierYear(
            year=day.isocalendar().year - years_ago,
            years_ago=years_ago,
            first_week=weeks.starts_on.isocalendar().week,
            last_week=weeks.ends_on.isocalendar().week,
            counts=[(category, seen[category.pk]) for category in categories if category.pk in seen],
            stood_out=[
                category
                for category in categories
                if category.pk in seen and rose_during(counts.periods(spans, category.pk), weeks)
            ],
            events=[event for event in events if event.starts_on <= weeks.ends_on and event.ends_on >= weeks.starts_on],
        )
        if year.counts or year.events:
            found.append(year)
    return found


def rose_during(periods: Sequence[Period], weeks: Span) -> bool:
    """Whether a period that lay mostly within these weeks was judged to rise then."""
    return any(
        judge(periods[: number + 1]).direction == Direction.WORSENING
        for number, period in enumerate(periods)
        if period.count and period.starts_on + (period.ends_on - period.starts_on) / 2 in weeks
    )


def patterns(years: Sequence[EarlierYear], rows: Sequence[TrendRow]) -> list[Pattern]:
    """What rose in the same weeks before: last year's, and of older years what rises now too."""
    rising = {row.category for row in rows if row.is_notable}
    told: set[ObservationCategory] = set()
    found = []
    for year in years:
        for category in year.stood_out:
            if category not in told and (year.years_ago == 1 or category in rising):
                told.add(category)
                found.append(Pattern(category, year, category in rising))
    return found


# --- Recurring places ---


def places_that_recur(agreement: Agreement, spans: Sequence[Span]) -> list[RecurringPlace]:
    """Places that were named in several of the last six periods."""
    recent = spans[-PLACES_WITHIN:]
    if not recent:
        return []
    rows = (
        Observation.objects.filter(agreement=agreement, occurred_from__range=(recent[0].starts_on, recent[-1].ends_on))
        .exclude(place="")
        .order_by("-occurred_from", "-pk")
        .values_list("place", "category__name", "occurred_from", "is_recurring")[:2000]
    )
    number_of = {day: number for number, span in enumerate(recent) for day in days_of(span)}
    sightings = (
        Sighting(place, category, number_of[day], is_recurring)
        for place, category, day, is_recurring in rows
        if day in number_of
    )
    return recurring_places(sightings, newest=len(recent) - 1, of_last=PLACES_WITHIN)[:MOST_PLACES]


# --- Since last ---


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
        if count == 1:
            return "En iakttagelse"
        if count >= MOST_SIGHTINGS:
            return f"Minst {count} iakttagelser"
        return f"{number_word(count).capitalize()} iakttagelser" if count else "Inga iakttagelser"

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

    @property
    def missing_words(self) -> str:
        """Return "KLF, Polisen och SF"; nothing where all or none have reported."""
        names = [str(one) for one in self.missing]
        if not names or len(names) == len(self.organisations):
            return ""
        return " och ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

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
        return "Ingen organisation har rapporterat än." if not done else words[0].upper() + words[1:]


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
        row.days_words = days_in_words(row.occurred_from, row.occurred_to, today)
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


def reported_to(meeting: Meeting, organisations: Iterable[Organisation]) -> dict[str, set[int]]:
    """Which of the group's organisations have reported, themselves or through a part of them; and which said it."""
    reports = SituationReport.objects.filter(meeting=meeting).select_related("organisation__parent__parent")
    lineages = {one.pk for report in reports for one in report.organisation.lineage}
    return {
        "reported": {one.pk for one in organisations if one.pk in lineages},
        "reported_by": {report.organisation_id for report in reports},
    }


# --- Looking ahead ---


@dataclass(frozen=True)
class Ahead:
    """Something that is coming: an event of ours, a day that is free by law, or a break from school."""

    starts_on: datetime.date
    ends_on: datetime.date
    days_words: str
    title: str
    note: str = ""
    event: UpcomingEvent | None = None


def events_with_watchers(agreement: Agreement):
    return UpcomingEvent.objects.filter(agreement=agreement).select_related("area").prefetch_related("watched_by")


def looking_ahead(
    events: Iterable[UpcomingEvent], *, first: datetime.date, last: datetime.date, today: datetime.date
) -> list[Ahead]:
    """The events that have a day in common with the time, the free days and the school breaks in it, in order."""
    coming = [
        (event.starts_on, event.ends_on, event.title, note_of(event), event)
        for event in events
        if event.starts_on <= last and event.ends_on >= first
    ]
    known = [title.casefold() for _, _, title, _, _ in coming]
    coming += [(*days, "Röd dag eller afton", None) for days in runs_of(free_days(first, last))]
    coming += [
        (one.starts_on, one.ends_on, one.name, f"Skolledigt, {one.note}", None)
        for one in school_breaks(first, last)
        if not any(one.name.casefold() in title for title in known)
    ]
    return [
        Ahead(starts_on, ends_on, days_in_words(starts_on, ends_on, today), *rest)
        for starts_on, ends_on, *rest in sorted(coming, key=lambda one: one[:3])
    ]


def runs_of(named: Sequence[tuple[datetime.date, str]]) -> list[tuple[datetime.date, datetime.date, str]]:
    """Days that follow on one another as one stretch, with all their names: Julafton, Juldagen, Annandag jul."""
    runs: list[tuple[datetime.date, datetime.date, str]] = []
    for day, name in named:
        if runs and runs[-1][1] + ONE_DAY == day:
            first, _, names = runs.pop()
            runs.append((first, day, f"{names}, {name}"))
        else:
            runs.append((day, day, name))
    return runs


def note_of(event: UpcomingEvent) -> str:
    """Place, who keeps an eye on it, and what to think of, on one line."""
    where = event.place or (str(event.area) if event.area_id else "")
    watched = ", ".join(sorted(str(one) for one in event.watched_by.all()))
    return " · ".join(part for part in (where, watched, event.note) if part)


# --- What the person may do from here ---


def own_organisation(user, agreement: Agreement) -> Organisation | None:
    """The organisation that the person speaks for: of the seat in Örat mot marken, else of any seat."""
    seats = [seat for seat in seats_held(user) if seat.group.agreement_id == agreement.pk]
    seats.sort(key=lambda seat: seat.group.kind != Group.Kind.SITUATION)
    return seats[0].organisation if seats else None


def spoken_for(user, agreement: Agreement, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Those of the organisations that the person reports for: where they sit, and what that belongs to.

    Who coordinates reports for any of them, as when somebody calls.
    """
    if roles_in(user, agreement) & set(COORDINATING):
        return list(organisations)
    seats = [seat for seat in seats_held(user) if seat.group.agreement_id == agreement.pk]
    own = {one.pk for seat in seats for one in seat.organisation.lineage}
    return [one for one in organisations if one.pk in own]


def steps_from(user, agreement: Agreement, group: Group | None) -> dict[str, bool]:
    """Which steps the person may take from an observation or a trend."""
    is_open = not agreement.is_closed
    groups = agreement.groups.all()
    return {
        "can_make_point": is_open and group is not None and user.has_perm(Capability.LEAD_MEETING, group),
        "can_make_item": is_open
        and any(user.has_perm(Capability.LEAD_MEETING, one) for one in groups if one.kind == Group.Kind.PREPARATION),
        "can_log": is_open and may_log_somewhere(user, agreement),
    }


def may_log_somewhere(user, agreement: Agreement) -> bool:
    """Whether the form has any chance of an activity to offer; the form itself looks closer."""
    return user.has_perm(PlanCapability.PLAN, agreement) or any(
        seat.group.agreement_id == agreement.pk and seat.group.kind in (Group.Kind.WORKING, Group.Kind.SITUATION)
        for seat in seats_held(user)
    )


# --- The whole page ---


def categories_of(agreement: Agreement) -> list[ObservationCategory]:
    return list(agreement.observation_categories.order_by("position", "name"))


def areas_of(agreement: Agreement) -> list[Area]:
    return list(Area.objects.filter(agreement=agreement))


@dataclass(frozen=True)
class Situation:
    """What the three parts of the page say for one day: trends, the year wheel, places and what is coming."""

    rows: list[TrendRow]
    years: list[EarlierYear]
    patterns: list[Pattern]
    places: list[RecurringPlace]
    ahead: list[Ahead]
    categories: list[ObservationCategory]
    areas: list[Area]


def situation_on(
    agreement: Agreement,
    spans: Sequence[Span],
    *,
    day: datetime.date,
    today: datetime.date,
    discussed: Iterable[str] = (),
) -> Situation:
    """Read what is needed once, and compare."""
    categories, areas = categories_of(agreement), areas_of(agreement)
    spans = recent_spans(spans, day=day)
    events = list(
        events_with_watchers(agreement)
        .filter(ends_on__gte=day - FURTHEST_BACK, starts_on__lte=day + LOOKING_AHEAD)
        .order_by("starts_on", "pk")
    )
    first = spans[0].starts_on if spans else day
    counts = Counts(agreement, first=max(first, day - FURTHEST_BACK), last=day)
    rows = trend_rows(counts, spans, categories=categories, areas=areas, discussed=discussed)
    years = earlier_years(day, counts, spans, categories, events)
    return Situation(
        rows=rows,
        years=years,
        patterns=patterns(years, rows),
        places=places_that_recur(agreement, spans),
        ahead=looking_ahead(events, first=day, last=day + LOOKING_AHEAD, today=today),
        categories=categories,
        areas=areas,
    )

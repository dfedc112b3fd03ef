"""The residents' extract (12 §): built from what may be public and from nothing else.

Nothing is taken out of a finished report here; every word is put in, one by one. What residents may read about is
decided today: an activity that has been made internal since, or whose text has been written anew, is not shown as it
was. Counts of people below five are masked in everything that somebody has written.
"""

from collections.abc import Collection
from dataclasses import replace

from documents.swedish_dates import date_range_words, date_words, number_word
from documents.swedish_words import counted, joined, upper_first
from focus_areas.models import Activity, FocusArea
from focus_areas.promises import PartyFigures, party_figures, party_headings, total_figures
from privacy.small_counts import mask_small_counts_in_text
from reports.content.collecting import Gathered, moment_words
from reports.content.kinds_snapshot import KindRows
from reports.content.of_kinds import PublicActivity, PublicArea, PublicPromises, PublicSection
from reports.content.report import DecisionsSection, ReportContent, Written
from reports.content.thread import promise_rows
from reports.content.wording import sentence_end
from reports.kinds import Section
from reports.models import Report


def public_content(
    gathered: Gathered, rows: KindRows, *, sections: Collection[Section], written: Written, comments: dict[int, str]
) -> ReportContent:
    stood = gathered.agreement
    areas = public_areas(gathered, rows, comments=comments)
    has_areas, has_promises = Section.FOCUS_AREAS in sections, Section.PROMISED in sections
    promised, total = public_promises(gathered)
    return ReportContent(
        agreement_id=stood.pk,
        title=gathered.title,
        parties=gathered.parties,
        agreement_title=stood.title,
        reference_number=stood.reference_number,
        starts_on=gathered.starts_on,
        ends_on=gathered.ends_on,
        as_of=gathered.as_of,
        as_of_words=moment_words(gathered.as_of),
        period_words=date_range_words(gathered.starts_on, gathered.ends_on),
        has_example_work=gathered.has_example_work,
        registration_note=gathered.registration_note,
        summary=tuple(summary_sentences(gathered, areas if has_areas else ())),
        assessed=(),
        assessed_left_out=0,
        figures=(),
        start_words="",
        figures_note="",
        decisions=(),
        focus_areas=(),
        situation=None,
        decided=DecisionsSection(()),
        promised=(),
        promised_total=total if has_promises else "",
        child_interests=(),
        law=None,
        plan_stands="",
        definitions=(),
        abbreviations=(),
        notes=(),
        kind=Report.Kind.PUBLIC.value,
        sections=tuple(section.value for section in sections),
        written=public_written(written),
        public=PublicSection(
            municipality=stood.municipality.name,
            focus_areas=areas if has_areas else (),
            promised=promised if has_promises else (),
        ),
    )


def public_written(written: Written) -> Written:
    """What was written for the residents: not the decisions asked for, and nobody's name or comment."""
    correction = written.correction
    return Written(
        heading=masked(written.heading),
        summary=masked(written.summary),
        conclusions=masked(written.conclusions),
        to=written.to,
        correction=replace(correction, title=masked(correction.title), reason=masked(correction.reason))
        if correction
        else None,
    )


def masked(text: str) -> str:
    return mask_small_counts_in_text(text)


# --- What is done ---


def public_areas(gathered: Gathered, rows: KindRows, *, comments: dict[int, str]) -> tuple[PublicArea, ...]:
    """The focus areas with an activity that residents may read about, as the portal's page for them shows them."""
    opened = {row["id"]: row["public_text"] for row in rows.rows("Activity.now") if row["public_text"].strip()}
    places = rows.by("Activity.areas", "from_id")
    snapshot = gathered.snapshot
    areas = []
    for focus_area in snapshot.focus_areas:
        shown = [
            public_activity(activity, opened[activity.pk], gathered, [link["to_id"] for link in places[activity.pk]])
            for activity in snapshot.activities[focus_area.pk]
            if is_shown(activity) and activity.pk in opened
        ]
        if shown:
            areas.append(public_area(focus_area, gathered, shown, comment=comments.get(focus_area.pk, "")))
    return tuple(areas)


def is_shown(activity: Activity) -> bool:
    """As it stood: open to residents, with words for them, and not called off."""
    return activity.is_public and bool(activity.public_text.strip()) and activity.status != Activity.Status.CANCELLED


def public_area(
    focus_area: FocusArea, gathered: Gathered, activities: list[PublicActivity], *, comment: str
) -> PublicArea:
    return PublicArea(
        anchor=f"fokusomrade-{focus_area.pk}",
        title=masked(focus_area.title),
        goals=tuple(masked(goal.statement) for goal in gathered.snapshot.goals[focus_area.pk]),
        activities=tuple(activities),
        comment=masked(comment),
    )


def public_activity(activity: Activity, text: str, gathered: Gathered, places: list[int]) -> PublicActivity:
    leads = dict.fromkeys(organisation.name for organisation in gathered.snapshot.leads[activity.pk])
    names = gathered.meetings.areas
    return PublicActivity(
        title=masked(activity.title),
        text=masked(text),
        status=activity.status,
        status_label=activity.get_status_display(),
        led_by=joined(leads),
        areas=joined(names[key] for key in places if key in names),
    )


# --- What was promised ---


def public_promises(gathered: Gathered) -> tuple[tuple[PublicPromises, ...], str]:
    """How many promises each party has kept, and all together: the period's, without saying what they are."""
    rows = promise_rows(gathered.snapshot, **gathered.period)
    parties = party_figures(rows, party_headings(gathered.snapshot.parties))
    told = tuple(PublicPromises(party.heading, kept_sentence(party)) for party in parties)
    return told, sentence_end(total_figures(parties).sentence)


def kept_sentence(party: PartyFigures) -> str:
    """Tre av sex åtaganden med antal är hållna. Ett följs upp i ord."""
    if not party.promised and not party.in_words:
        return "Inga åtaganden är registrerade för perioden."
    said = []
    if party.promised:
        total = counted(party.promised, "åtagande", "åtaganden", neuter=True)
        kept = upper_first(number_word(party.kept, neuter=True)) if party.kept else "Inget"
        said.append(f"{kept} av {total} med antal är {'hållna' if party.kept > 1 else 'hållet'}.")
    if party.promised == 1:
        said = [f"Det enda åtagandet med antal är {'hållet' if party.kept else 'inte hållet än'}."]
    if party.in_words:
        said.append(f"{upper_first(counted(party.in_words, 'åtagande', 'åtaganden', neuter=True))} följs upp i ord.")
    return " ".join(said)


# --- In short ---


def summary_sentences(gathered: Gathered, areas: tuple[PublicArea, ...]):
    activities = [activity for area in areas for activity in area.activities]
    if activities:
        done = sum(activity.status == Activity.Status.COMPLETED for activity in activities)
        many = upper_first(counted(len(activities), "aktivitet", "aktiviteter"))
        said = f"{many} beskrivs här."
        if done:
            said += f" {upper_first(number_word(done))} är {'genomförd' if done == 1 else 'genomförda'}."
        yield said
    ends_on = gathered.agreement.ends_on
    if ends_on:
        holds = "gick ut" if ends_on < gathered.on else "gäller till och med"
        yield f"Överenskommelsen {holds} {date_words(ends_on)}."

"""The residents' report says what may be public, and nothing else: not in its pages, its data or its files."""

import dataclasses
import datetime
import re
import subprocess

import pytest

from accounts.history import recording
from focus_areas.models import Activity, Commitment, FocusArea, LogEntry
from reports.compiling import compile_report
from reports.content.report import DecisionsSection, ReportContent
from reports.figures_csv import figure_files
from reports.frozen import to_json
from reports.kinds import Section
from reports.models import FocusAreaComment, Report
from reports.rendering import render_report_html, render_report_pdf
from reports.status import ReportStatus
from tests.factories import (
    TODAY,
    at,
    make_activity,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
)
from tests.report_factories import make_report
from tests.reports.planting import plant
from tests.worlds import fill

# What may come out, field by field.
PUBLIC = {
    "accounts.Organisation.name",
    "agreements.Agreement.title",
    "agreements.Agreement.reference_number",
    "agreements.Area.name",
    "focus_areas.FocusArea.title",
    "focus_areas.Goal.statement",
    "focus_areas.Activity.title",
    "focus_areas.Activity.public_text",
    "reports.FocusAreaComment.text",
}
ALWAYS_SAID = {
    *("agreement_id", "title", "parties", "agreement_title", "reference_number", "starts_on", "ends_on", "as_of"),
    *("as_of_words", "period_words", "has_example_work", "registration_note", "summary", "kind", "sections"),
    *("written", "public", "promised_total"),
}
EMPTY = ((), None, "", 0, DecisionsSection(()))
SMALL_COUNT = re.compile(r"(?<![\d,])[1-4] (\w+ )?(ungdomar|unga|barn|familjer|personer|elever)", re.IGNORECASE)
ISSUED = ReportStatus.issued(at=at(datetime.date(2026, 11, 23)), by="Qz1z Utfärdare", reference_number="KS/2026:9")


def make_public_report(agreement, **fields) -> Report:
    return make_report(
        agreement,
        **{"kind": Report.Kind.PUBLIC, "title": "Året i Burlöv", "ends_on": TODAY} | fields,
    )


def everything_of(content: ReportContent) -> dict[str, str]:
    """All that leaves with the report, as texts: data, tables, page, and what can be read and searched in the PDF."""
    pdf = render_report_pdf(content, status=ISSUED)
    return {
        "data": to_json(content),
        "csv": "\n".join(file.name + file.description + file.content.decode() for file in figure_files(content)),
        "html": render_report_html(content, status=ISSUED),
        "pdf": poppler("pdftotext", "-layout", "-", "-", pdf=pdf),
        "pdf's metadata": poppler("pdfinfo", "-", pdf=pdf) + poppler("pdfinfo", "-meta", "-", pdf=pdf),
    }


def poppler(*command: str, pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def world(agreement, coordinator):
    """Something in every room, a focus area that is opened to nobody, and an activity that has been called off."""
    things = fill(agreement, by=coordinator)
    with recording(at=at(datetime.date(2026, 9, 2))):
        inner = make_focus_area(agreement, title="Qz2z Inre")
        make_goal(inner, statement="Qz3z Inre mål")
        make_activity(inner, title="Qz4z Inre aktivitet", public_text="Qz5z Inte öppnad", is_public=False)
        open_area = agreement.focus_areas.first()
        make_activity(open_area, number=8, title="Qz6z Intern", public_text="Qz7z", is_public=False)
        make_activity(
            open_area,
            number=9,
            title="Qz8z Avbruten",
            public_text="Qz9z Avbruten",
            is_public=True,
            status=Activity.Status.CANCELLED,
        )
        make_follow_up(
            things["aktiviteter"], by=coordinator, followed_up_on=datetime.date(2026, 8, 20), approved_for=("police",)
        )
    return things


def test_nothing_internal_leaves_with_the_residents_report(agreement, coordinator, police_liaison, world):
    marks = plant(public=PUBLIC)
    # A count that is told apart from dates and numbers of pages would not be small: there is to be none at all.
    LogEntry.objects.update(participant_count=3)
    report = make_public_report(
        agreement,
        summary="Ett gott år.",
        decisions_asked="Qz20z Höj anslaget",
        police_comment="Qz21z Polisens ord",
        police_commented_by=police_liaison,
        police_commented_at=at(datetime.date(2026, 11, 20)),
    )
    inner = FocusArea.objects.get(title="Qz2z Inre")
    FocusAreaComment.objects.create(report=report, focus_area=inner, text="Qz22z Om det inre")
    content = compile_report(report)

    found = {name: re.findall(r"Qz\d+z", text) for name, text in everything_of(content).items()}

    assert {name: [marks.get(mark, mark) for mark in those] for name, those in found.items() if those} == {}


def test_marks_do_come_out_where_they_may(agreement, world):
    """The test above would also pass if nothing were planted: the same words are found in the steering group's."""
    marks = plant(public=PUBLIC)
    content = compile_report(make_report(agreement, ends_on=TODAY))

    found = {marks[mark] for mark in re.findall(r"Qz\d+z", to_json(content)) if mark in marks}

    assert {label.replace("Historical", "") for label in found} >= {
        "focus_areas.StatusUpdate.text",
        "focus_areas.StatusUpdate.decision_requested",
        "focus_areas.FollowUp.findings",
        "focus_areas.LogEntry.text",
        "focus_areas.Commitment.text",
        "focus_areas.FocusArea.child_summary",
        "meetings.Decision.text",
        "meetings.ActionPoint.text",
        "accounts.User.full_name",
    }


def test_public_report_holds_nothing_but_what_is_listed(agreement, world):
    content = compile_report(make_public_report(agreement))

    filled = {field.name for field in dataclasses.fields(content) if getattr(content, field.name) not in EMPTY}

    assert filled <= ALWAYS_SAID


def test_public_report_shows_what_is_open(agreement, world):
    content = compile_report(make_public_report(agreement))

    (area,) = content.public.focus_areas
    (activity,) = area.activities
    assert area.title == agreement.focus_areas.first().title
    assert area.goals == ("Fler känner sig trygga, mål 1",)
    assert (activity.title, activity.text, activity.status_label) == (
        "Trygghetsvandringar",
        "Vi går genom centrum tillsammans.",
        "Pågår",
    )
    assert activity.led_by == "Lokalpolisområde Malmö Norr och Socialförvaltningen"
    assert activity.areas == "Arlöv"
    assert [party.heading for party in content.public.promised] == ["Kommunen", "Polisen"]
    assert content.public.promised[0].sentence == "Det enda åtagandet med antal är inte hållet än."


def test_small_counts_of_people_are_masked_wherever_they_are_written(agreement):
    with recording(at=at(datetime.date(2026, 3, 2))):
        area = make_focus_area(agreement, title="Stöd till 3 familjer")
        make_goal(area, statement="Nå fyra unga och minst 12 barn")
        activity = make_activity(
            area,
            title="Samtal med två utsatta ungdomar",
            is_public=True,
            public_text="I höst träffade vi 4 elever, 2–3 personer i taget, och 25 barn. Två möten hölls.",
        )
        promised = make_commitment(activity, planned=3, unit="ungdomar", text="Nå tre ungdomar")
    make_log_entry(
        activity,
        commitment=promised,
        quantity=2,
        participant_count=4,
        happened_on=datetime.date(2026, 4, 1),
        written_at=at(datetime.date(2026, 4, 1)),
    )
    report = make_public_report(agreement, title="Om 3 unga", summary="Bara 2 av 12 barn.", conclusions="Fyra elever.")
    FocusAreaComment.objects.create(report=report, focus_area=area, text="Vi nådde 1 barn.")

    content = compile_report(report)
    texts = everything_of(content)

    assert {name: SMALL_COUNT.findall(text) for name, text in texts.items() if SMALL_COUNT.search(text)} == {}
    (shown,) = content.public.focus_areas
    assert shown.title == "Stöd till färre än 5 familjer"
    assert shown.goals == ("Nå färre än 5 unga och minst 12 barn",)
    assert shown.comment == "Vi nådde färre än 5 barn."
    assert shown.activities[0].title == "Samtal med färre än 5 utsatta ungdomar"
    assert shown.activities[0].text == (
        "I höst träffade vi färre än 5 elever, färre än 5 personer i taget, och 25 barn. Två möten hölls."
    )
    assert content.written.heading == "Om färre än 5 unga"
    assert content.written.summary == "Färre än 5 av 12 barn."


# --- As it stood, and as residents may read it today ---


def test_public_report_shows_the_status_of_its_day_and_todays_words(plan):
    area = plan.focus_areas.first()
    with recording(at=at(datetime.date(2026, 3, 2))):
        activity = make_activity(area, title="Öppen", is_public=True, public_text="De första orden.")
    activity.public_text, activity.status = "De nya orden.", Activity.Status.COMPLETED
    with recording(at=at(datetime.date(2026, 8, 1))):
        activity.save()

    content = compile_report(make_public_report(plan, ends_on=datetime.date(2026, 6, 30)))

    (shown,) = content.public.focus_areas[0].activities
    assert (shown.text, shown.status_label) == ("De nya orden.", "Ej påbörjad")


@pytest.mark.parametrize("was_open", [True, False])
def test_what_was_not_open_then_or_is_not_open_now_is_not_shown(plan, was_open):
    area = plan.focus_areas.first()
    with recording(at=at(datetime.date(2026, 3, 2))):
        activity = make_activity(area, title="Öppen", is_public=was_open, public_text="Vi går.")
    activity.is_public = not was_open
    with recording(at=at(datetime.date(2026, 8, 1))):
        activity.save()

    content = compile_report(make_public_report(plan, ends_on=datetime.date(2026, 6, 30)))

    assert content.public.focus_areas == ()


# --- Sections ---


def test_section_that_is_not_chosen_is_not_in_the_data(agreement, world):
    activities = compile_report(make_public_report(agreement, sections=[Section.FOCUS_AREAS]))
    promises = compile_report(make_public_report(agreement, sections=[Section.PROMISED]))

    assert activities.public.promised == ()
    assert activities.public.focus_areas
    assert promises.public.focus_areas == ()
    assert promises.public.promised
    assert "Trygghetsvandring" not in to_json(promises)


def test_internal_promises_count_but_are_not_told(agreement):
    with recording(at=at(datetime.date(2026, 3, 2))):
        inner = make_activity(make_focus_area(agreement), title="Inre")
        make_commitment(inner, text="Inre löfte", unit="besök")
    assert Commitment.objects.count() == 1

    content = compile_report(make_public_report(agreement))

    assert content.public.promised[0].sentence == "Det enda åtagandet med antal är inte hållet än."
    assert "Inre" not in to_json(content)

"""Promises of seven municipalities, entered as workbooks: what the portal counts beside what is counted by hand.

The facts are those that the municipalities and the police have published; the words are the tests' own. What a document
does not say (an end, a word beside a number, an outcome) is left empty here too.
"""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.history import recording
from agreements.models import Agreement
from focus_areas import workbook
from focus_areas.models import Commitment
from focus_areas.promises import read_promises
from reports.content import collect
from tests.factories import as_person, at, make_log_entry, seat_person

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "municipalities"
D = datetime.date


@dataclass
class Municipality:
    """A document: what was done by the day it is judged, how each promise then stands, and all together."""

    file: str
    on: datetime.date
    sentence: str
    outcomes: dict[str, str]
    # Of the promise with these words: so many, on a day of its time.
    done: dict[str, int] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    happened_on: datetime.date = D(2017, 3, 1)


MUNICIPALITIES = (
    Municipality("landskrona-2018", D(2026, 12, 1), "1 löfte utan antal", {"Korta": "Utfall ej redovisat"}),
    Municipality("lomma-2024", D(2026, 12, 1), "", {}),
    Municipality(
        "kavlinge-2017",
        D(2026, 12, 1),
        "3 av 6 löften med antal hållna, varav 1 över, 1 inte hållet, 2 ej redovisade; 1 utan antal",
        {
            "Uppstartsmöten": "Hållet, 1 över",
            "Informationstillfällen": "Hållet",
            "Trygghetsskapande": "Utfall ej redovisat",
            "Trafikinsats": "Inte hållet",
            "Besök": "Hållet",
            "Trygghetsvandringar": "Utfall ej redovisat",
            "Närvaro": "Utfall ej redovisat",
        },
        {"Uppstartsmöten": 3, "Informationstillfällen": 2, "Trafikinsats": 50, "Besök": 24},
    ),
    Municipality(
        "solvesborg-2022",
        D(2026, 12, 1),
        "1 av 3 löften med antal hållna, 1 inte hållet, 1 ej redovisat; 1 utan antal",
        {
            "Riktade insatser mot": "Hållet",
            "Forum": "Utfall ej redovisat",
            "Modellen": "Utfall ej redovisat",
            "Riktade insatser": "Inte hållet",
        },
        {"Riktade insatser mot": 4, "Riktade insatser": 0},
        happened_on=D(2024, 5, 2),
    ),
    Municipality(
        "solvesborg-2018",
        D(2026, 12, 1),
        "0 av 1 löfte med antal hållet, 1 inte hållet; 1 utan antal",
        {"Trafikkontroller": "Inte hållet", "Stöd": "Följs upp i ord"},
        {"Trafikkontroller": 38},
        about=("Trafikkontroller",),
        happened_on=D(2018, 9, 1),
    ),
    # The first quarter's report: on the way. A year later: not kept, and nothing was told of the meetings.
    Municipality(
        "svedala-2017",
        D(2017, 3, 31),
        "0 av 2 löften med antal hållna, 1 ej redovisat, 1 pågår; 1 utan antal",
        {"Polistid": "Väntas hållas (väntat 6083 av 4000)", "Uppstartsmöten": "Utfall ej redovisat"},
        {"Polistid": 1500},
        about=("Polistid",),
    ),
    Municipality(
        "svedala-2017",
        D(2018, 1, 1),
        "0 av 2 löften med antal hållna, 1 inte hållet, 1 ej redovisat; 1 utan antal",
        {"Polistid": "Inte hållet", "Uppstartsmöten": "Utfall ej redovisat", "Bekymringssamtal": "Följs upp i ord"},
        {"Polistid": 1500},
        about=("Polistid",),
    ),
    Municipality(
        "svedala-2019",
        D(2019, 10, 1),
        "1 av 2 löften med antal hållna, varav 1 över, 1 pågår",
        {"Farttavlor": "Hållet, 2 över", "Trafikfarliga": "Väntas hållas (väntat 8 av 6)"},
        {"Farttavlor": 6, "Trafikfarliga": 4},
        happened_on=D(2019, 9, 1),
    ),
    Municipality(
        "burlov-2018",
        D(2026, 12, 1),
        "1 av 1 löfte med antal hållet, varav 1 över; 3 utan antal",
        {"Trygghetsvandringar": "Hållet, 1 över", "Synlighet": "Utfall ej redovisat"},
        {"Trygghetsvandringar": 3},
        happened_on=D(2018, 10, 1),
    ),
)


def load(name: str) -> Agreement:
    """Load the file; it names only the sheets that the document fills."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    empty = (f"{sheet.name}: []" for sheet in workbook.SHEETS if f"\n{sheet.name}:" not in f"\n{text}")
    outcome = workbook.load("\n".join((text, *empty)).encode(), f"{name}.yaml")
    assert outcome.faults == []
    return Agreement.objects.get()


def promise(start: str) -> Commitment:
    return Commitment.objects.filter(text__startswith=start).order_by("text").first()


def log_what_was_done(told: Municipality) -> None:
    for start, number in told.done.items():
        one = promise(start)
        make_log_entry(
            one.activity,
            commitment=one,
            quantity=number,
            is_about=start in told.about,
            happened_on=told.happened_on,
            written_at=at(told.happened_on),
        )


@pytest.mark.parametrize("told", MUNICIPALITIES, ids=lambda told: f"{told.file} on {told.on}")
def test_promises_are_counted_as_by_hand(told):
    agreement = load(told.file)
    log_what_was_done(told)

    promises = read_promises(agreement, today=told.on)

    assert promises.total.sentence == told.sentence
    by_key = {row.commitment.pk: row for row in promises.rows}
    assert {start: by_key[promise(start).pk].forecast.words for start in told.outcomes} == told.outcomes


def test_joint_promises_are_counted_once_under_their_own_heading():
    agreement = load("kavlinge-2017")

    parties = read_promises(agreement, today=D(2026, 12, 1)).parties

    assert [(one.heading, one.promised, one.in_words) for one in parties] == [
        ("Kommunen", 0, 0),
        ("Polisen", 2, 1),
        ("Gemensamt", 4, 0),
    ]


def test_a_plain_number_stands_without_a_word_on_page_and_in_report(client):
    with recording(at=at(D(2018, 2, 1))):
        agreement = load("burlov-2018")
    log_what_was_done(MUNICIPALITIES[-1])
    person = seat_person(agreement)

    page = as_person(client, person).get(reverse("focus_areas:promises", args=[agreement.pk])).text
    report = collect(agreement, starts_on=D(2018, 3, 1), ends_on=D(2019, 4, 1))

    assert "<b>3</b> av 2 vandringar, 1 över" in page
    assert "1 av 1 löfte med antal hållet, varav 1 över; 3 utan antal." in page
    assert "precis" not in page.split("</form>")[1].split("<details")[0]
    line = next(line for group in report.promised for line in group.lines if line.what == "Trygghetsvandringar")
    assert (line.promised, line.done, line.outcome) == ("2 vandringar", "3", "Hållet, 1 över")
    assert report.promised_total == "1 av 1 löfte med antal hållet, varav 1 över; 3 utan antal."
    assert report.summary[1] == report.promised_total
    assert "har hörts av" not in " ".join(report.summary)


def test_a_report_on_a_year_judges_what_nothing_ends():
    with recording(at=at(D(2017, 1, 2))):
        agreement = load("kavlinge-2017")

    report = collect(agreement, starts_on=D(2017, 1, 1), ends_on=D(2017, 12, 31))

    assert {line.outcome for group in report.promised for line in group.lines} == {"Utfall ej redovisat"}
    assert report.promised_total == "0 av 6 löften med antal hållna, 6 ej redovisade; 1 utan antal."


def test_a_plan_without_activities_says_nothing_of_who_was_heard():
    with recording(at=at(D(2024, 3, 2))):
        agreement = load("lomma-2024")

    report = collect(agreement, starts_on=D(2024, 3, 1), ends_on=D(2024, 12, 31))

    assert "hörts av" not in " ".join(report.summary)
    assert report.summary[0] == "Planen har inga aktiviteter än."


def test_an_outcome_can_be_about():
    agreement = load("svedala-2017")
    log_what_was_done(MUNICIPALITIES[6])

    rows = {row.commitment.text: row for row in read_promises(agreement, today=D(2018, 1, 1)).rows}

    hours = rows["Polistid för förebyggande arbete"].commitment
    assert (hours.done, hours.is_done_about, hours.promise_in_words) == (1500, True, "4000 timmar")

"""Pictures, problems, indicators and causes in a workbook: what an adopted picture refuses, and other faults."""

import datetime

import pytest
import yaml

from agreements.models import Agreement, IndicatorValue, PictureSource, Problem, SituationPicture
from focus_areas import workbook
from focus_areas.models import Activity, Cause, FocusArea, Goal
from tests.focus_areas.workbooks import faults, load, tables

pytestmark = pytest.mark.django_db

OPTIONAL = {sheet.name for sheet in workbook.SHEETS if sheet.is_optional}
DRAFT = "Lägesbild 2024"
ADOPTED_PLACE = "Lägesbilden är fastställd och kan inte ändras. Gör en ny version i portalen."


def changed(sheet: str, place: int, **cells) -> dict:
    """The tables with some cells of one row written anew."""
    some = tables()
    some[sheet][place] |= cells
    return some


def test_load_ties_the_plan_to_its_picture():
    load(tables())

    adopted, draft = SituationPicture.objects.order_by("pk")
    assert (adopted.state, adopted.adopted_on) == ("adopted", datetime.date(2022, 10, 3))
    assert (draft.state, draft.supersedes) == ("draft", adopted)
    problem = Problem.objects.get(title="Mörka stråk")
    assert (problem.is_common, problem.is_rising, problem.is_prioritised) == (2, None, True)
    assert [area.name for area in problem.areas.all()] == ["Norr"]
    assert Goal.objects.get(statement="Fler trygga").problem == problem
    assert Goal.objects.get(statement="Fler trygga").indicator.name == "Trygghetsindex"
    assert Activity.objects.get(title="Fältarbete").causes.get() == Cause.objects.get()
    assert [one.situation_picture for one in FocusArea.objects.get(number=1).problems.all()] == [adopted]
    assert IndicatorValue.objects.get(sex="women").area.name == "Norr"


@pytest.mark.parametrize(
    ("some", "place"),
    [
        (changed("situation_pictures", 0, mapping="Annat"), "Blad situation_pictures, rad 1, kolumn mapping"),
        (
            changed("situation_pictures", 0, adopted_on=datetime.date(2023, 1, 1)),
            "Blad situation_pictures, rad 1, kolumn adopted_on",
        ),
        (changed("situation_pictures", 0, state="draft"), "Blad situation_pictures, rad 1, kolumn state"),
        (changed("problems", 0, is_common="1"), "Blad problems, rad 1, kolumn is_common"),
        (changed("problems", 0, areas=["Söder"]), "Blad problems, rad 1, kolumn areas"),
        (changed("problems", 0, title="Ljusa stråk"), "Blad problems, rad 1, kolumn title"),
        (changed("picture_sources", 1, comment="Annat"), "Blad picture_sources, rad 2, kolumn comment"),
        (
            tables(picture_sources=[{"situation_picture": "Lägesbild 2022", "title": "Nytt rykte"}]),
            "Blad picture_sources, rad 1, kolumn title",
        ),
    ],
)
def test_adopted_picture_is_not_changed_from_a_file(some, place):
    load(tables())
    before = (SituationPicture.objects.count(), Problem.objects.count(), PictureSource.objects.count())

    assert f"{place}: {ADOPTED_PLACE}" in faults(some)
    assert (SituationPicture.objects.count(), Problem.objects.count(), PictureSource.objects.count()) == before


def test_working_material_is_changed_from_a_file_but_not_adopted_there():
    load(tables())

    assert load(changed("situation_pictures", 1, mapping="Ny text")).faults == []
    assert SituationPicture.objects.get(title=DRAFT).mapping == "Ny text"
    assert faults(changed("situation_pictures", 1, state="adopted", adopted_on=datetime.date(2024, 9, 1))) == [
        "Blad situation_pictures, rad 2, kolumn state: En lägesbild fastställs på sin sida, inte i filen."
    ]


@pytest.mark.parametrize(
    ("some", "fault"),
    [
        (
            tables(situation_pictures=[*tables()["situation_pictures"], {"title": "En till"}]),
            "Blad situation_pictures, rad 3, kolumn state: "
            "En överenskommelse har högst ett arbetsmaterial till lägesbild.",
        ),
        (
            changed("situation_pictures", 0, adopted_on=None),
            "Blad situation_pictures, rad 1, kolumn adopted_on: Ange vilken dag lägesbilden fastställdes.",
        ),
        (
            changed("problems", 1, situation_picture=DRAFT),
            "Blad problems, rad 3, kolumn title: Samma som rad 2.",
        ),
        (
            changed("causes", 0, analysis="Klotter"),
            "Blad causes, rad 1, kolumn analysis: ”Klotter” finns inte på bladet cause_analyses.",
        ),
        (
            changed("goals", 0, problem="Klotter"),
            "Blad goals, rad 1, kolumn problem: ”Klotter” kan betyda 2 olika på bladet problems.",
        ),
        (
            changed("indicator_values", 0, area="Öster"),
            "Blad indicator_values, rad 1, kolumn area: ”Öster” finns inte på bladet areas.",
        ),
        (
            changed("indicator_values", 2, comparison="Länet"),
            "Blad indicator_values, rad 3, kolumn area: Ett värde gäller ett delområde eller en jämförelse, inte båda.",
        ),
        (
            changed("indicator_values", 1, comparison=None),
            "Blad indicator_values, rad 2, kolumn year: Samma som rad 1.",
        ),
        (
            changed("indicator_values", 0, year=2099),
            "Blad indicator_values, rad 1, kolumn year: År 2099 har inte varit än.",
        ),
        (
            changed("situation_pictures", 0, adopted_on=datetime.date(2190, 1, 1)),
            "Blad situation_pictures, rad 1, kolumn adopted_on: "
            "Dagen ligger i framtiden. Lägg in lägesbilden när den är fastställd.",
        ),
    ],
)
def test_fault_is_told_where_it_stands(some, fault):
    assert fault in faults(some)
    assert not SituationPicture.objects.exists()


def test_file_from_before_there_were_pictures_says_nothing_of_them():
    load(tables())
    before = workbook.export(Agreement.objects.get())
    older = {
        name: rows for name, rows in tables(goals=[], activities=[], focus_areas=[]).items() if name not in OPTIONAL
    }

    outcome = workbook.load(yaml.safe_dump(older, allow_unicode=True).encode(), "gammal.yaml")

    assert (outcome.faults, outcome.changes.rows) == ([], [])
    assert workbook.export(Agreement.objects.get()) == before

"""Working material: begun, copied, changed and thrown away; and that nothing adopted changes."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from agreements.models import PictureSource, Problem, SituationPicture
from agreements.operations.pictures import (
    ADOPTED_PICTURE,
    DRAFT_EXISTS,
    copy_picture,
    delete_picture,
    remove_part,
    save_part,
    save_picture,
    save_problem,
    start_picture,
)
from agreements.references import ties_of
from focus_areas.models import Goal
from tests.factories import make_activity, make_area, make_focus_area, make_goal
from tests.thread_factories import (
    make_cause,
    make_picture,
    make_picture_document,
    make_plan,
    make_problem,
    make_source,
)

ADOPTED_ON = datetime.date(2022, 10, 3)


@pytest.fixture
def adopted(agreement, coordinator) -> SituationPicture:
    """An adopted picture with a judged problem in Arlöv, two sources and a file."""
    picture = make_picture(agreement, adopted_on=ADOPTED_ON)
    problem = make_problem(
        picture, "Öppen narkotikahandel", is_signal_crime=2, priority_reason="Syns mycket och ökar.", is_costly=None
    )
    problem.areas.set([make_area(agreement, "Arlöv")])
    make_source(picture, title="Anmälda brott")
    make_source(picture, title="En webbenkät", is_rejected=True, comment="För få svar.")
    make_picture_document(picture, by=coordinator)
    return picture


# --- Beginning ---


def test_first_picture_is_saved_as_it_was_written(agreement, coordinator):
    picture = start_picture(
        picture=SituationPicture(agreement=agreement, title="Lägesbild 2026", mapping="Brotten."), by=coordinator
    )

    assert (picture.title, picture.mapping, picture.state, picture.supersedes) == (
        "Lägesbild 2026",
        "Brotten.",
        SituationPicture.State.DRAFT,
        None,
    )
    assert picture.history.get().history_user == coordinator


def test_next_picture_is_a_copy_of_the_adopted_one(agreement, adopted, coordinator):
    draft = start_picture(
        picture=SituationPicture(agreement=agreement, title="Lägesbild 2026", reference_number="KS/2026:1"),
        by=coordinator,
    )

    assert (draft.title, draft.reference_number, draft.supersedes) == ("Lägesbild 2026", "KS/2026:1", adopted)
    assert (draft.mapping, draft.other_information, draft.analysis) == (
        adopted.mapping,
        adopted.other_information,
        adopted.analysis,
    )
    assert (draft.is_adopted, draft.adopted_on, draft.adopted_by, draft.paragraph) == (False, None, "", "")
    assert [(source.title, source.is_rejected, source.comment) for source in draft.sources.all()] == [
        ("Anmälda brott", False, "Gav antal och platser."),
        ("En webbenkät", True, "För få svar."),
    ]
    assert draft.documents.count() == 0
    assert adopted.documents.count() == 1


def test_copied_problem_keeps_its_judgement_and_points_back(agreement, adopted, coordinator):
    old = adopted.problems.get()

    _, carried = copy_picture(picture=adopted, agreement=agreement, by=coordinator)

    new = carried[old.pk]
    assert new.carried_over_from == old
    assert {name: getattr(new, name) for name in (*Problem.CRITERIA, *Problem.WEIGHED_WITH)} == {
        name: getattr(old, name) for name in (*Problem.CRITERIA, *Problem.WEIGHED_WITH)
    }
    assert (new.title, new.trend, new.is_prioritised, new.priority_reason) == (
        "Öppen narkotikahandel",
        Problem.Trend.RISING,
        True,
        "Syns mycket och ökar.",
    )
    assert [area.name for area in new.areas.all()] == ["Arlöv"]
    assert Problem.objects.filter(situation_picture=adopted).get() == old


def test_copy_into_another_agreement_maps_areas_by_name(adopted, agreement, other_agreement, coordinator):
    old = adopted.problems.get()
    old.areas.add(make_area(agreement, "Åkarp"))
    there = make_area(other_agreement, "Arlöv")

    draft, carried = copy_picture(picture=adopted, agreement=other_agreement, by=coordinator)

    areas = list(carried[old.pk].areas.order_by("name"))
    assert draft.agreement == other_agreement
    assert [area.name for area in areas] == ["Arlöv", "Åkarp"]
    assert areas[0] == there
    assert {area.agreement for area in areas} == {other_agreement}
    assert agreement.areas.count() == 2


def test_copy_of_working_material_supersedes_what_that_one_does(agreement, adopted, other_agreement, coordinator):
    working, _ = copy_picture(picture=adopted, agreement=agreement, by=coordinator)

    draft, _ = copy_picture(picture=working, agreement=other_agreement, by=coordinator)

    assert draft.supersedes == adopted


@pytest.mark.parametrize("with_adopted", [True, False])
def test_second_draft_is_refused(agreement, coordinator, with_adopted):
    if with_adopted:
        make_picture(agreement, adopted_on=ADOPTED_ON)
    make_picture(agreement)

    with pytest.raises(ValidationError) as refusal:
        start_picture(picture=SituationPicture(agreement=agreement, title="En till"), by=coordinator)

    assert refusal.value.messages == [DRAFT_EXISTS]
    assert agreement.situationpictures.filter(title="En till").count() == 0


# --- Locks ---


def test_nothing_of_an_adopted_picture_is_changed(adopted, coordinator):
    problem, source, document = adopted.problems.get(), adopted.sources.first(), adopted.documents.get()
    writes = [
        lambda: save_picture(picture=adopted, by=coordinator),
        lambda: delete_picture(picture=adopted, by=coordinator),
        lambda: save_part(part=source, by=coordinator),
        lambda: save_part(part=PictureSource(situation_picture=adopted, title="Ny"), by=coordinator),
        lambda: save_problem(problem=problem, areas=[], by=coordinator),
        lambda: save_problem(problem=Problem(situation_picture=adopted, title="Nytt"), areas=[], by=coordinator),
        lambda: remove_part(part=problem, by=coordinator),
        lambda: remove_part(part=source, by=coordinator),
        lambda: remove_part(part=document, by=coordinator),
    ]

    for write in writes:
        with pytest.raises(ValidationError) as refusal:
            write()
        assert refusal.value.messages == [ADOPTED_PICTURE]

    assert (adopted.problems.count(), adopted.sources.count(), adopted.documents.count()) == (1, 2, 1)
    assert [area.name for area in problem.areas.all()] == ["Arlöv"]


def test_picture_adopted_a_moment_ago_is_locked(agreement, coordinator):
    draft = make_picture(agreement)
    fetched_before = SituationPicture.objects.get(pk=draft.pk)
    draft.state, draft.adopted_on = SituationPicture.State.ADOPTED, ADOPTED_ON
    draft.save()
    fetched_before.mapping = "Skrivs över"

    with pytest.raises(ValidationError):
        save_picture(picture=fetched_before, by=coordinator)

    assert SituationPicture.objects.get(pk=draft.pk).mapping == "Anmälda brott minskar utom i centrala Arlöv."


def test_area_of_another_agreement_is_refused(agreement, other_agreement, coordinator):
    problem = make_problem(make_picture(agreement))

    with pytest.raises(ValidationError) as refusal:
        save_problem(problem=problem, areas=[make_area(other_agreement, "Lomma hamn")], by=coordinator)

    assert refusal.value.messages == ["Delområdet hör till en annan överenskommelse."]
    assert problem.areas.count() == 0


# --- Throwing away ---


def test_working_material_is_thrown_away_with_its_parts(agreement, adopted, coordinator):
    draft, _ = copy_picture(picture=adopted, agreement=agreement, by=coordinator)

    delete_picture(picture=draft, by=coordinator)

    assert list(agreement.situationpictures.all()) == [adopted]
    assert Problem.objects.count() == 1
    assert SituationPicture.history.filter(id=draft.pk).latest().history_user == coordinator


def test_picture_that_a_plan_rests_on_stays(agreement, coordinator):
    draft = make_picture(agreement)
    make_plan(agreement, based_on=draft, title="Åtgärdsplan 2027")

    with pytest.raises(ValidationError) as refusal:
        delete_picture(picture=draft, by=coordinator)

    assert refusal.value.messages == [
        "Lägesbilden kan inte tas bort så länge det här hänvisar dit: åtgärdsplanen ”Åtgärdsplan 2027, version 1”."
    ]
    assert SituationPicture.objects.filter(pk=draft.pk).exists()


def test_problem_that_goals_and_activities_hang_on_stays(agreement, coordinator):
    problem = make_problem(make_picture(agreement), "Inbrott")
    cause = make_cause(problem, "Skymd sikt")
    focus_area = make_focus_area(agreement, title="Trygghet", number=3)
    focus_area.problems.add(problem)
    goal = make_goal(focus_area, problem=problem, statement="Minska inbrotten")
    activity = make_activity(focus_area, title="Grannsamverkan", number=1)
    activity.causes.add(cause)

    with pytest.raises(ValidationError) as refusal:
        remove_part(part=problem, by=coordinator)

    assert refusal.value.messages == [
        "Problemet kan inte tas bort så länge det här hänvisar dit: "
        f"aktiviteten ”{activity}”, fokusområdet ”{focus_area}”, målet ”{goal}”."
    ]
    assert ties_of(problem.situation_picture).kept_by == [activity, focus_area, goal]
    assert Goal.objects.get(pk=goal.pk).problem == problem


def test_problem_nothing_hangs_on_goes_with_its_analysis(agreement, coordinator):
    problem = make_problem(make_picture(agreement))
    problem.areas.add(make_area(agreement, "Arlöv"))
    make_cause(problem)
    make_cause(problem)

    ties = ties_of(problem)
    remove_part(part=problem, by=coordinator)

    assert (ties.kept_by, ties.taken_along) == ([], [("orsaker", 2), ("orsaksanalyser", 1)])
    assert Problem.objects.count() == 0


def test_copy_does_not_keep_the_working_material_it_came_from(agreement, other_agreement, coordinator):
    draft = make_picture(agreement)
    make_problem(draft)
    _, carried = copy_picture(picture=draft, agreement=other_agreement, by=coordinator)

    delete_picture(picture=draft, by=coordinator)

    (copy,) = carried.values()
    copy.refresh_from_db()
    assert copy.carried_over_from is None


def test_part_of_an_adopted_picture_is_not_taken_into_working_material(agreement, adopted, coordinator):
    source = adopted.sources.get(title="Anmälda brott")
    source.situation_picture = make_picture(agreement)

    for write in (save_part, remove_part):
        with pytest.raises(ValidationError, match="fastställd"):
            write(part=source, by=coordinator)

    assert adopted.sources.filter(title="Anmälda brott").exists()


def test_picture_that_somebody_took_away_is_told_of(agreement, coordinator):
    picture = make_picture(agreement)
    SituationPicture.objects.get(pk=picture.pk).delete()

    with pytest.raises(ValidationError, match="tagits bort av någon annan"):
        save_picture(picture=picture, by=coordinator)

"""The situation picture's pages: what they say, who reads working material, and that what is adopted stands."""

import datetime

import pytest
from django.urls import reverse

from agreements.models import PictureSource, Problem, SituationPicture
from agreements.operations.pictures import ADOPTED_PICTURE, DRAFT_EXISTS
from tests.factories import as_person, make_area
from tests.thread_factories import make_picture, make_problem, make_source

ADOPTED_ON = datetime.date(2022, 10, 3)


def page(name: str, thing) -> str:
    return reverse(f"agreements:{name}", args=[thing.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def adopted(agreement) -> SituationPicture:
    return make_picture(agreement, adopted_on=ADOPTED_ON)


@pytest.fixture
def draft(agreement) -> SituationPicture:
    return make_picture(agreement, mapping="", analysis="")


# --- Which one holds ---


def test_overview_says_which_picture_holds_and_that_the_next_is_overdue(client, reader, agreement, adopted):
    response = as_person(client, reader).get(page("picture_overview", agreement))

    text = text_of(response)
    assert "Fastställd 3 oktober 2022 av Kommunstyrelsen, § 112." in text
    assert "Skulle ha uppdaterats senast 3 oktober 2024, för 2 år sedan." in text
    assert 'class="due due-over"' in text


def test_overview_without_a_picture_says_so(client, coordinator, agreement):
    response = as_person(client, coordinator).get(page("picture_overview", agreement))

    text = text_of(response)
    assert "Ingen lägesbild är fastställd." in text
    assert page("picture_create", agreement) in text


def test_overview_hides_working_material_from_a_reader(client, reader, agreement, adopted, draft):
    make_problem(draft, "Hemligt problem")

    response = as_person(client, reader).get(page("picture_overview", agreement))

    assert response.context["versions"] == [adopted]
    assert response.context["draft"] is None
    assert draft.title not in text_of(response)


@pytest.mark.parametrize("who", ["coordinator", "police_liaison", "preparation_member"])
def test_overview_shows_working_material_to_those_who_work_with_it(request, client, agreement, adopted, draft, who):
    as_person(client, request.getfixturevalue(who))

    response = client.get(page("picture_overview", agreement))

    assert response.context["versions"] == [draft, adopted]


@pytest.mark.parametrize("who", ["reader", "steering_member", "convener", "situation_member"])
def test_working_material_is_refused_to_others(request, client, draft, who):
    problem = make_problem(draft, "Hemligt problem")
    as_person(client, request.getfixturevalue(who))

    answers = [client.get(page("picture_detail", draft)), client.get(page("problem_detail", problem))]

    for response in answers:
        assert response.status_code == 403
        assert "Hemligt problem" not in text_of(response)
        assert "Du får inte läsa lägesbildens arbetsmaterial." in text_of(response)


def test_adopted_picture_is_read_by_a_reader(client, reader, adopted):
    problem = make_problem(adopted, "Inbrott")
    as_person(client, reader)

    answers = [client.get(page("picture_detail", adopted)), client.get(page("problem_detail", problem))]

    assert [response.status_code for response in answers] == [200, 200]
    assert ["Ändra" in text_of(response) for response in answers] == [False, False]


# --- What it says ---


def test_missing_parts_are_gaps_with_a_way_to_fill_them(client, coordinator, draft):
    response = as_person(client, coordinator).get(page("picture_detail", draft))

    text = text_of(response)
    assert "Det som saknas är kartläggning och analys." in text
    assert f'{page("picture_update", draft)}#id_mapping">Skriv kartläggningen' in text
    assert f'{page("picture_update", draft)}#id_analysis">Skriv analysen' in text
    assert "Annat som har betydelse saknas" not in text


def test_copy_tells_which_parts_are_not_rewritten(client, coordinator, agreement, adopted):
    draft = make_picture(agreement, supersedes=adopted, mapping="Brotten 2026.")

    response = as_person(client, coordinator).get(page("picture_detail", draft))

    assert "Oförändrat sedan förra lägesbilden är annat som har betydelse och analys." in text_of(response)
    assert [part.is_unchanged for part in response.context["parts"]] == [False, True, True]
    assert not response.context["is_rewritten"]


def test_sources_used_and_rejected_are_told_apart(client, coordinator, draft):
    used = make_source(draft, title="Anmälda brott")
    rejected = make_source(draft, title="Webbenkät", is_rejected=True, comment="För få svar.")

    response = as_person(client, coordinator).get(page("picture_detail", draft))

    assert (response.context["used"], response.context["rejected"]) == ([used], [rejected])
    assert "För få svar." in text_of(response)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Prioriterat", "Vanligt", "Obedömt"]),
        ("?ordna=vanligt", ["Vanligt", "Prioriterat", "Obedömt"]),
        ("?ordna=signalbrott", ["Prioriterat", "Vanligt", "Obedömt"]),
        ("?ordna='; drop table", ["Prioriterat", "Vanligt", "Obedömt"]),
    ],
)
def test_problems_are_sorted_as_the_address_says(client, coordinator, draft, order, expected):
    empty = {"is_common": None, "is_rising": None, "is_prioritised": False}
    make_problem(draft, "Obedömt", **empty)
    make_problem(draft, "Vanligt", **empty | {"is_common": 2})
    make_problem(draft, "Prioriterat", **empty | {"is_common": 0, "is_signal_crime": 1, "is_prioritised": True})

    response = as_person(client, coordinator).get(page("picture_detail", draft) + order)

    assert [row["problem"].title for row in response.context["problems"]] == expected


def test_sum_counts_the_seven_criteria_in_words(client, coordinator, draft):
    make_problem(draft, is_common=2, is_rising=1, is_costly=2, has_resources=2, can_be_influenced=1)

    response = as_person(client, coordinator).get(page("picture_detail", draft))

    assert [row["sum"] for row in response.context["problems"]] == ["2 ja, 1 delvis"]


def test_new_version_shows_how_its_problems_differ(client, coordinator, agreement, adopted):
    draft = make_picture(agreement, supersedes=adopted)
    kept, gone = make_problem(adopted, "Inbrott", is_prioritised=False), make_problem(adopted, "Klotter")
    carried = make_problem(draft, "Bostadsinbrott", carried_over_from=kept, is_common=0)
    new = make_problem(draft, "Bedrägerier")

    response = as_person(client, coordinator).get(page("picture_detail", draft))

    differences = response.context["differences"]
    assert (differences.new, differences.gone) == ([new], [gone])
    (raised,) = differences.raised
    assert (raised.problem, raised.changes) == (carried, ["hette ”Inbrott”", "vanligt: ja blev nej"])
    assert "vanligt: ja blev nej" in text_of(response)


# --- Writing ---


def test_first_picture_is_begun(client, coordinator, agreement):
    response = as_person(client, coordinator).post(page("picture_create", agreement), {"title": "Lägesbild 2026"})

    picture = agreement.situationpictures.get()
    assert (picture.title, picture.state) == ("Lägesbild 2026", SituationPicture.State.DRAFT)
    assert response.url == picture.get_absolute_url()


def test_second_draft_is_refused_in_plain_swedish(client, coordinator, agreement, draft):
    as_person(client, coordinator)

    shown = client.get(page("picture_create", agreement))
    sent = client.post(page("picture_create", agreement), {"title": "En till"})

    assert shown.url == draft.get_absolute_url()
    assert DRAFT_EXISTS in text_of(sent)
    assert list(agreement.situationpictures.all()) == [draft]


def test_parts_are_written(client, preparation_member, draft):
    response = as_person(client, preparation_member).post(
        page("picture_update", draft),
        {"title": "Lägesbild", "mapping": "Brotten.", "other_information": "Annat.", "analysis": "Därför."},
    )

    draft.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert (draft.mapping, draft.other_information, draft.analysis) == ("Brotten.", "Annat.", "Därför.")
    assert draft.history.latest().history_user == preparation_member


def test_who_saves_second_is_shown_both_versions(client, coordinator, draft):
    address = page("picture_update", draft)
    version = as_person(client, coordinator).get(address).context["version"]
    draft.mapping = "En kollega skrev."
    draft.save()

    response = client.post(address, {"title": draft.title, "mapping": "Jag skrev.", "version": version})

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "En kollega skrev." in text_of(response)
    assert draft.mapping == "En kollega skrev."


def test_rejected_source_needs_its_reason(client, coordinator, draft):
    response = as_person(client, coordinator).post(
        page("source_create", draft), {"title": "Webbenkät", "is_rejected": "on"}
    )

    assert response.context["form"].errors == {"comment": ["Skriv varför källan valdes bort."]}
    assert PictureSource.objects.count() == 0


def test_problem_is_written_with_its_judgement(client, coordinator, agreement, draft):
    area = make_area(agreement, "Arlöv")

    response = as_person(client, coordinator).post(
        page("problem_create", draft),
        {
            "title": "Öppen narkotikahandel",
            "areas": [area.pk],
            "trend": "rising",
            "is_common": "2",
            "is_rising": "0",
            "is_costly": "",
            "is_prioritised": "on",
            "priority_reason": "Syns mest.",
        },
    )

    problem = draft.problems.get()
    assert response.url == draft.get_absolute_url()
    assert (problem.is_common, problem.is_rising, problem.is_costly, problem.is_prioritised) == (2, 0, None, True)
    assert list(problem.areas.all()) == [area]


@pytest.mark.parametrize("value", ["3", "-1", "ja", "2.0"])
def test_judgement_is_one_of_three(client, coordinator, draft, value):
    response = as_person(client, coordinator).post(
        page("problem_create", draft), {"title": "Inbrott", "is_common": value}
    )

    assert "is_common" in response.context["form"].errors
    assert Problem.objects.count() == 0


def test_same_problem_twice_is_refused(client, coordinator, draft):
    make_problem(draft, "Inbrott")

    response = as_person(client, coordinator).post(page("problem_create", draft), {"title": "Inbrott"})

    assert response.context["form"].errors["title"] == ["Lägesbilden har redan ett problem med den rubriken."]


# --- Locks ---


@pytest.mark.parametrize("name", ["picture_update", "picture_delete", "source_create", "problem_create"])
def test_adopted_picture_is_refused_on_every_page(client, coordinator, adopted, name):
    as_person(client, coordinator)

    answers = [client.get(page(name, adopted)), client.post(page(name, adopted), {"title": "Ny"})]

    for response in answers:
        assert response.status_code == 403
        assert ADOPTED_PICTURE in text_of(response)


@pytest.mark.parametrize("name", ["problem_update", "problem_delete"])
def test_problem_of_an_adopted_picture_is_refused(client, coordinator, adopted, name):
    problem = make_problem(adopted, "Inbrott")

    response = as_person(client, coordinator).post(page(name, problem), {"title": "Något annat"})

    assert response.status_code == 403
    assert Problem.objects.get().title == "Inbrott"


def test_source_of_an_adopted_picture_is_not_taken_away(client, coordinator, adopted):
    source = make_source(adopted)

    response = as_person(client, coordinator).post(page("source_delete", source))

    assert response.status_code == 403
    assert PictureSource.objects.get() == source


# --- Throwing away ---


def test_working_material_is_taken_away_after_a_question(client, coordinator, agreement, draft):
    make_problem(draft)
    as_person(client, coordinator)

    asked = client.get(page("picture_delete", draft))
    response = client.post(page("picture_delete", draft))

    assert asked.context["ties"].taken_along == [("problem", 1)]
    assert response.url == page("picture_overview", agreement)
    assert agreement.situationpictures.count() == 0

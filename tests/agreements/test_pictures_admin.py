"""The pictures' registers: working material is for those who work with it, and what is adopted stands."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agreements.models import PictureDocument, PictureSource, Problem, SituationPicture
from agreements.operations.pictures import DRAFT_EXISTS
from focus_areas.models import Goal
from tests.factories import as_person, make_focus_area, make_goal
from tests.thread_factories import make_picture, make_picture_document, make_problem, make_source

ADOPTED_ON = datetime.date(2022, 10, 3)
MODELS = (SituationPicture, Problem, PictureSource, PictureDocument)


def url(model, page: str, *args) -> str:
    return reverse(f"admin:agreements_{model._meta.model_name}_{page}", args=args)


def staffed(user: User) -> User:
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())
    return User.objects.get(pk=user.pk)


def with_parts(picture: SituationPicture, *, by) -> dict[type, object]:
    parts = [picture, make_problem(picture), make_source(picture), make_picture_document(picture, by=by)]
    return {type(part): part for part in parts}


@pytest.mark.parametrize("who", ["coordinator", "system_administrator"])
def test_adopted_picture_and_its_parts_are_only_read(request, client, agreement, coordinator, who):
    things = with_parts(make_picture(agreement, adopted_on=ADOPTED_ON), by=coordinator)
    as_person(client, staffed(request.getfixturevalue(who)))

    answers = {
        model.__name__: (
            client.get(url(model, "change", thing.pk)).status_code,
            client.post(url(model, "change", thing.pk), {"title": "Ändrat"}).status_code,
            client.post(url(model, "delete", thing.pk), {"post": "yes"}).status_code,
        )
        for model, thing in things.items()
    }

    assert answers == {model.__name__: (200, 403, 403) for model in MODELS}
    assert [model.objects.get().title for model in MODELS] == [thing.title for thing in things.values()]


def test_part_is_not_moved_into_an_adopted_picture(client, agreement, coordinator, system_administrator):
    adopted = make_picture(agreement, adopted_on=ADOPTED_ON)
    source = make_source(make_picture(agreement))
    as_person(client, system_administrator)

    response = client.post(
        url(PictureSource, "change", source.pk),
        {"situation_picture": adopted.pk, "title": source.title, "comment": source.comment},
    )

    assert "Lägesbilden är fastställd" in response.content.decode()
    assert adopted.sources.count() == 0


def test_part_of_a_picture_adopted_while_its_form_is_checked_is_refused(agreement, system_administrator):
    problem = Problem.objects.select_related("situation_picture").get(pk=make_problem(make_picture(agreement)).pk)
    SituationPicture.objects.update(state=SituationPicture.State.ADOPTED, adopted_on=ADOPTED_ON)

    with pytest.raises(ValidationError, match="Lägesbilden är fastställd"):
        admin.site.get_model_admin(Problem).check_rules(system_administrator, problem, {})


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite lets one write at a time anyway")
@pytest.mark.parametrize("page", ["change", "delete"])
def test_agreement_is_held_before_a_thing_is_fetched_to_be_saved(client, agreement, system_administrator, page):
    picture = make_picture(agreement)
    as_person(client, system_administrator)

    with CaptureQueriesContext(connection) as queries:
        client.post(url(SituationPicture, page, picture.pk), {"title": "", "post": "yes"})

    held = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert ['FROM "agreements_agreement"' in held[0], 'FROM "agreements_situationpicture"' in held[1]] == [True, True]


def test_reader_with_staff_sees_no_working_material(client, agreement, reader, coordinator):
    adopted = with_parts(make_picture(agreement, adopted_on=ADOPTED_ON), by=coordinator)
    with_parts(make_picture(agreement), by=coordinator)
    as_person(client, staffed(reader))

    seen = {model: list(client.get(url(model, "changelist")).context["cl"].result_list) for model in MODELS}

    assert seen == {model: [thing] for model, thing in adopted.items()}


def test_second_draft_is_refused(client, agreement, system_administrator):
    make_picture(agreement)
    as_person(client, system_administrator)

    response = client.post(url(SituationPicture, "add"), {"agreement": agreement.pk, "title": "En till"})

    assert DRAFT_EXISTS in response.content.decode()
    assert SituationPicture.objects.count() == 1


def test_problem_that_a_goal_hangs_on_is_kept(client, agreement, system_administrator):
    problem = make_problem(make_picture(agreement))
    goal = make_goal(make_focus_area(agreement), problem=problem)
    as_person(client, system_administrator)

    client.post(url(Problem, "delete", problem.pk), {"post": "yes"})

    assert Goal.objects.get(pk=goal.pk).problem == problem


def test_picture_is_not_moved_to_another_agreement(client, agreement, other_agreement, system_administrator):
    picture = make_picture(agreement)
    as_person(client, system_administrator)

    response = client.post(
        url(SituationPicture, "change", picture.pk), {"agreement": other_agreement.pk, "title": picture.title}
    )

    assert "flyttas inte till en annan" in response.content.decode()
    picture.refresh_from_db()
    assert picture.agreement == agreement

"""Names that look alike are one name, on whatever way they come in (ADR 32)."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Organisation
from agreements.models import Area, Group, Indicator
from documents.stored_texts import rewrite_stored_texts
from focus_areas.models import Activity
from meetings.models import ObservationCategory
from tests.factories import as_person, make_activity, make_focus_area, make_log_entry

pytestmark = pytest.mark.django_db

ÅKARP = ["Åkarp", unicodedata.normalize("NFD", "Åkarp"), "åkarp", "ÅKARP", "Å\u00adkarp", " Åkarp\u00a0", "Åkаrp"]


@pytest.mark.parametrize("name", ÅKARP)
@pytest.mark.parametrize("model", [Area, Group, Indicator, ObservationCategory])
def test_a_second_name_that_looks_like_the_first_is_refused(agreement, model, name):
    model.objects.create(agreement=agreement, name="Åkarp")

    with pytest.raises(ValidationError) as caught:
        model(agreement=agreement, name=name).full_clean()

    assert "name" in {error.code for error in caught.value.error_dict["__all__"]}


@pytest.mark.parametrize("name", ["Åkarp\u00a0", unicodedata.normalize("NFD", "Åkarp"), "Å\u00adkarp"])
def test_the_database_itself_refuses_what_cannot_be_told_apart(agreement, name):
    Area.objects.create(agreement=agreement, name="Åkarp")

    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(agreement=agreement, name=name)


def test_a_thing_is_no_look_alike_of_itself_nor_of_another_agreements(agreement, other_agreement):
    area = Area.objects.create(agreement=agreement, name="Åkarp")

    area.name = "åkarp"
    area.full_clean()
    Area(agreement=other_agreement, name="Åkarp").full_clean()


def test_what_is_saved_without_a_form_is_stored_and_remembered_as_plain(agreement):
    area = Area.objects.create(agreement=agreement, name=unicodedata.normalize("NFD", "Åkarp\u200b  väst"))

    assert area.name == "Åkarp väst"
    assert Area.objects.get(name=unicodedata.normalize("NFD", "Åkarp väst")) == area
    assert area.history.get().name == "Åkarp väst"


@pytest.mark.parametrize(
    "name", ["Social\u00adförvaltningen", unicodedata.normalize("NFD", "Socialförvaltningen"), "socialförvaltningen"]
)
def test_organisation_form_adds_the_one_that_is_there(client, agreement, coordinator, name):
    assert agreement.municipality.children.filter(name="Socialförvaltningen").exists()
    before = Organisation.objects.count()
    as_person(client, coordinator)

    client.post(
        reverse("agreements:organisation_create", args=[agreement.pk]),
        {"name": name, "kind": "administration", "parent": agreement.municipality_id, "submission_key": "1"},
    )

    assert Organisation.objects.count() == before


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        (unicodedata.normalize("NFD", "Åtgärd på Åkarps torg"), "åtgärd åkarps"),
        ("Åtgärd på Åkarps torg", unicodedata.normalize("NFD", "ÅTGÄRD")),
        ("Grann\u00adsamverkan", "Grannsamverkan"),
        ("Grannsamverkan", "Grann\u00adsamverkan"),
        ("Bidrag på 1\u00a0250 kr", "1 250"),
        ("Bidrag på 1 250 kr", "1\u00a0250"),
    ],
)
def test_search_finds_the_same_words_however_they_are_written(client, agreement, reader, stored, asked):
    entry = make_log_entry(make_activity(make_focus_area(agreement)), text=stored)
    as_person(client, reader)

    response = client.get(reverse("search"), {"q": asked})

    assert {hits.heading: hits.things for hits in response.context["hits"]}["Logg"] == [entry]


def test_stored_texts_are_rewritten_and_twins_left(agreement, django_assert_num_queries):
    from django.apps import apps
    from django.db import connection

    decomposed = unicodedata.normalize("NFD", "Åkarp")
    area = Area.objects.create(agreement=agreement, name="Arlöv")
    twin = Area.objects.create(agreement=agreement, name="Åkarp")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_area SET name = %s WHERE id = %s", [f"{decomposed} norra", area.pk])
        cursor.execute("INSERT INTO agreements_area (name, agreement_id) VALUES (%s, %s)", [decomposed, agreement.pk])

    rewrite_stored_texts(apps, "agreements")

    area.refresh_from_db()
    twin.refresh_from_db()
    assert (area.name, twin.name) == ("Åkarp norra", "Åkarp")
    assert Area.objects.filter(agreement=agreement).count() == 3


def test_activity_titles_are_compared_within_their_focus_area(agreement):
    focus_area = make_focus_area(agreement)
    make_activity(focus_area, title="Vandringar i Åkarp")
    again = Activity(focus_area=focus_area, title="vandringar i\u00a0åkarp")

    with pytest.raises(ValidationError, match="redan en aktivitet med den rubriken"):
        again.validate_constraints()

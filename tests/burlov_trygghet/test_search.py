"""Everything I may see, and nothing else."""

import pytest
from django.urls import reverse

from tests.factories import as_person, make_activity, make_focus_area, make_log_entry

pytestmark = pytest.mark.django_db


def search(client, words):
    return client.get(reverse("search"), {"q": words})


def found(response):
    return {hits.heading: hits.things for hits in response.context["hits"]}


@pytest.mark.parametrize("words", ["åkarp", "ÅKARP", "karp vand"])
def test_words_are_found_whatever_their_case(client, agreement, reader, words):
    activity = make_activity(make_focus_area(agreement), title="Vandringar i Åkarp")
    as_person(client, reader)

    assert found(search(client, words))["Aktiviteter"] == [activity]


def test_other_agreements_stay_hidden(client, agreement, other_agreement, reader):
    activity = make_activity(make_focus_area(other_agreement), title="Hemlig vandring")
    make_log_entry(activity, text="Hemlig anteckning")
    as_person(client, reader)

    assert found(search(client, "hemlig")) == {}


def test_log_entry_says_which_activity_it_belongs_to(client, agreement, reader):
    activity = make_activity(make_focus_area(agreement), title="Kvällspass")
    make_log_entry(activity, text="Belysningen lagades")
    as_person(client, reader)

    response = search(client, "belysningen")

    assert list(found(response)) == ["Logg"]
    assert "<p>Kvällspass</p>" in response.content.decode()


def test_long_log_entry_is_shortened_visibly_after_a_day_in_words(client, agreement, reader):
    entry = make_log_entry(make_activity(make_focus_area(agreement)), text="Belysningen " + "lagades " * 20)
    as_person(client, reader)

    page = search(client, "belysningen").content.decode()

    assert str(entry).startswith("2 november 2026: Belysningen lagades")
    assert str(entry).endswith("…")
    assert str(entry) in page


@pytest.mark.parametrize("words", ["(", "[a-", "\\", "%", "'; drop table", "*" * 100])
def test_characters_with_a_meaning_are_searched_for_as_they_are(client, agreement, reader, words):
    make_activity(make_focus_area(agreement), title="Vandringar")
    as_person(client, reader)

    response = search(client, words)

    assert response.status_code == 200
    assert "Aktiviteter" not in found(response)


@pytest.mark.parametrize("words", ["x", "x" * 101])
def test_too_short_and_too_long_is_explained(client, reader, words):
    as_person(client, reader)

    response = search(client, words)

    assert "q" in response.context["form"].errors
    assert response.context["hits"] == []


def test_long_list_is_cut_and_says_so(client, agreement, reader):
    area = make_focus_area(agreement)
    for number in range(12):
        make_activity(area, title=f"Kvällspass {number}")
    as_person(client, reader)

    response = search(client, "kvällspass")

    assert len(found(response)["Aktiviteter"]) == 10
    assert "Fler finns." in response.content.decode()

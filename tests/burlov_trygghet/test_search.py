"""Everything I may see, and nothing else."""

import pytest
from django.urls import reverse

from tests.factories import as_person, group_of, make_activity, make_focus_area, make_log_entry
from tests.meeting_factories import (
    make_action_point,
    make_decision,
    make_event,
    make_meeting,
    make_observation,
    situation_group,
)

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


# --- Meetings ---


@pytest.fixture
def minuted(agreement):
    """A meeting of each kind about lamps: the steering group's, and Örat mot marken's with an observation."""
    steering = make_meeting(group_of(agreement, "steering"), held=True, place="Kommunhuset")
    situation = make_meeting(situation_group(agreement), held=True, place="Kommunhuset")
    return {
        "steering": steering,
        "situation": situation,
        "decision": make_decision(steering, "Lampor köps in."),
        "decided on": make_action_point(steering, "Beställ lampor"),
        "agreed": make_action_point(situation, "Byt lampor vid stationen"),
        "observation": make_observation(agreement, text="Lampor är sönder."),
        "event": make_event(agreement, title="Nya lampor i tunneln"),
    }


def test_coordinator_finds_what_meetings_said(client, minuted, coordinator):
    as_person(client, coordinator)

    assert found(search(client, "lampor")) == {
        "Beslut": [minuted["decision"]],
        "Åtgärdspunkter": [minuted["decided on"], minuted["agreed"]],
        "Iakttagelser": [minuted["observation"]],
        "Händelser": [minuted["event"]],
    }
    assert set(found(search(client, "kommunhuset"))["Möten"]) == {minuted["steering"], minuted["situation"]}


@pytest.mark.parametrize("words", ["marken v. 48", "MARKEN vecka 48", "v48 marken"])
def test_meetings_are_found_by_group_and_week(client, minuted, coordinator, words):
    as_person(client, coordinator)

    assert found(search(client, words))["Möten"] == [minuted["situation"]]
    assert "Möten" not in found(search(client, words.replace("48", "47")))


@pytest.mark.parametrize("words", ["v. 0", "v. 99", "vecka 000", "v."])
def test_weeks_that_are_none_are_searched_for_without_fault(client, minuted, coordinator, words):
    as_person(client, coordinator)

    assert search(client, words).status_code == 200


def test_situation_member_finds_nothing_of_the_steering_group(client, minuted, situation_member):
    as_person(client, situation_member)

    hits = found(search(client, "lampor"))

    assert "Beslut" not in hits
    assert hits["Åtgärdspunkter"] == [minuted["agreed"]]
    assert hits["Iakttagelser"] == [minuted["observation"]]
    assert found(search(client, "kommunhuset"))["Möten"] == [minuted["situation"]]


def test_steering_member_finds_no_observations(client, minuted, steering_member):
    as_person(client, steering_member)

    hits = found(search(client, "lampor"))

    assert set(hits) == {"Beslut", "Åtgärdspunkter"}
    assert hits["Åtgärdspunkter"] == [minuted["decided on"]]


def test_reader_finds_nothing_of_meetings(client, minuted, reader):
    as_person(client, reader)

    assert found(search(client, "lampor")) == {}


def test_who_is_responsible_finds_the_point(client, minuted, reader):
    point = make_action_point(minuted["steering"], "Ordna lampor", responsible=reader)
    as_person(client, reader)

    assert found(search(client, "lampor")) == {"Åtgärdspunkter": [point]}

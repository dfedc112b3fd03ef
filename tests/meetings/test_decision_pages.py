"""Decisions and action points: written at their item, corrected, finished, listed."""

import datetime

import pytest

from accounts.interrupted_forms import sign_form
from agreements.models import Group
from meetings.models import ActionPoint, Decision
from meetings.operations import leading
from tests.factories import as_person, group_of
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_meeting
from tests.meetings.pages import text, url

# --- Decisions and action points ---


def test_decision_is_written_in_place_at_its_item(opened, browser, agreement):
    item = make_agenda_item(opened)
    place = url("decision_create", opened) + f"?punkt={item.pk}"
    form = text(browser.get(place, headers={"HX-Request": "true"}))
    assert form.startswith('<div class="results"')
    assert f'hx-post="{place}"' in form

    empty = browser.post(place, {"text": "", "agenda_item": item.pk}, headers={"HX-Request": "true"})
    done = browser.post(
        place,
        {"text": "Vi fortsätter.", "agenda_item": item.pk, "mandated_group": group_of(agreement, "working").pk},
        headers={"HX-Request": "true"},
    )

    assert "Fyll i vad beslutades." in text(empty)
    assert "Beslut § 1/2026" in text(done)
    assert "Ger uppdrag till Arbetsgruppen för trygg skola." in text(done)
    assert Decision.objects.get().agenda_item == item


def test_decision_sent_again_after_signing_in_leaves_nothing_behind(opened, browser, coordinator):
    place = url("decision_create", opened)
    browser.logout()
    browser.post(place, {"text": "Vi fortsätter."}, headers={"HX-Request": "true"})
    as_person(browser, coordinator)

    browser.post(place, {"text": "Vi fortsätter."}, headers={"HX-Request": "true"})

    assert Decision.objects.count() == 1
    assert "Vi fortsätter.</textarea>" not in text(browser.get(place, headers={"HX-Request": "true"}))


def test_text_kept_when_the_session_ended_is_shown_though_the_minutes_were_closed(opened, browser, coordinator):
    place = url("decision_create", opened)
    browser.logout()
    browser.post(place, {"text": "Vi fortsätter.", "written_by": sign_form(coordinator)})
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    as_person(browser, coordinator)

    response = browser.get(place)

    assert "Vi fortsätter.</textarea>" in text(response)


def test_decision_form_sent_twice_makes_one_decision(opened, browser):
    fields = {"text": "Vi fortsätter.", "submission_key": "7a1c1d2e-0000-4000-8000-000000000001"}

    for _ in range(2):
        browser.post(url("decision_create", opened), fields)

    assert Decision.objects.count() == 1


def test_decision_is_corrected_until_the_minutes_are_reviewed(opened, browser, coordinator):
    decision = make_decision(opened)
    browser.post(url("decision_update", decision), {"text": "Rättad lydelse."})
    assert Decision.objects.get().text == "Rättad lydelse."
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = browser.post(url("decision_update", decision), {"text": "Något annat."})

    assert "Protokollet är på justering" in text(response)
    assert Decision.objects.get().text == "Rättad lydelse."


def test_action_point_is_written_changed_finished_and_reopened(opened, browser, agreement, police_liaison):
    item = make_agenda_item(opened)
    browser.post(
        url("action_point_create", opened),
        {"text": "Ring skolan", "responsible": police_liaison.pk, "due_on": "2026-11-30", "agenda_item": item.pk},
    )
    point = ActionPoint.objects.get()
    browser.post(
        url("action_point_update", point),
        {"text": "Ring skolan", "responsible": police_liaison.pk, "due_on": "2026-12-07", "agenda_item": item.pk},
    )
    browser.post(url("action_point_finish", point), {"state": "dropped", "outcome": "Skolan ringde."})
    dropped = ActionPoint.objects.get()
    browser.post(url("action_point_reopen", point))

    assert (dropped.state, dropped.outcome, dropped.due_on) == ("dropped", "Skolan ringde.", datetime.date(2026, 12, 7))
    assert ActionPoint.objects.get().is_open


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": ""}, "Fyll i vad ska göras."),
        ({"organisation": ""}, "Välj vem eller vilken organisation som är ansvarig."),
        ({"due_on": "2026-11-22"}, "Dagen har redan varit."),
        ({"due_on": "igår"}, "Skriv ett datum"),
        ({"text": "x" * 301}, "300 tecken"),
    ],
)
def test_bad_action_point_is_refused(opened, browser, agreement, fields, message):
    good = {"text": "Ring skolan", "organisation": agreement.municipality.pk, "due_on": "2026-11-30"}

    response = browser.post(url("action_point_create", opened), good | fields)

    assert message in text(response)
    assert not ActionPoint.objects.exists()


def test_action_point_is_finished_by_who_is_responsible_and_by_nobody_else(
    opened, client, working_group_member, convener
):
    point = make_action_point(opened, responsible=working_group_member)

    refused = as_person(client, convener).post(url("action_point_finish", point), {"state": "done"})
    as_person(client, working_group_member)
    assert client.get(url("action_point_detail", point)).status_code == 200
    client.post(url("action_point_finish", point), {"state": "done"})

    assert refused.status_code == 403
    assert ActionPoint.objects.get().finished_by == working_group_member
    # The meeting itself is still not for them.
    assert client.get(url("meeting_detail", opened)).status_code == 403


def test_lists_show_only_what_the_person_may_read(opened, agreement, client, working_group_member, coordinator):
    make_decision(opened, "Beslut i beredningsgruppen.")
    make_action_point(opened, "Punkt i beredningsgruppen")
    make_action_point(opened, "Punkt för mig", responsible=working_group_member)
    working = make_meeting(group_of(agreement, Group.Kind.WORKING), held=True)
    make_decision(working, "Beslut i arbetsgruppen.")
    as_person(client, working_group_member)

    decisions = text(client.get(url("decision_list", agreement)))
    points = text(client.get(url("action_point_list", agreement)))

    assert "Beslut i arbetsgruppen." in decisions
    assert "Beslut i beredningsgruppen." not in decisions
    assert "Punkt för mig" in points
    assert "Punkt i beredningsgruppen" not in points
    assert f'name="tillbaka" value="{url("action_point_list", agreement)}"' in points


def test_lists_are_filtered(opened, agreement, browser, coordinator):
    make_decision(opened, "Om lampor.")
    make_decision(make_meeting(group_of(agreement, Group.Kind.STEERING), held=True), "Om pengar.")
    mine = make_action_point(opened, "Min punkt", responsible=coordinator)
    make_action_point(opened, "Kommunens punkt")
    leading.finish_action_point(point=mine, by=coordinator)

    by_word = text(browser.get(url("decision_list", agreement), {"q": "lampor"}))
    by_group = text(browser.get(url("decision_list", agreement), {"grupp": group_of(agreement, "steering").pk}))
    opened_points = text(browser.get(url("action_point_list", agreement)))
    my_finished = text(browser.get(url("action_point_list", agreement), {"visa": "avslutade", "vems": "mina"}))

    assert ("Om lampor." in by_word, "Om pengar." in by_word) == (True, False)
    assert ("Om lampor." in by_group, "Om pengar." in by_group) == (False, True)
    assert ("Min punkt" in opened_points, "Kommunens punkt" in opened_points) == (False, True)
    assert ("Min punkt" in my_finished, "Kommunens punkt" in my_finished) == (True, False)


@pytest.mark.parametrize("query", ["?grupp=x", "?ar=abc", "?grupp=999999", "?sida=x", "?visa=allt", "?q=" + "x" * 500])
def test_strange_filters_are_taken_calmly(opened, agreement, browser, query):
    for name in ("decision_list", "action_point_list"):
        assert browser.get(url(name, agreement) + query).status_code == 200


@pytest.mark.parametrize("name", ["decision_create", "action_point_create", "guest_create", "substitute_create"])
def test_forms_are_not_offered_when_the_minutes_are_closed(opened, browser, coordinator, name):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = browser.get(url(name, opened))

    assert response.status_code == 403
    assert "Protokollet är på justering. Ta tillbaka det om något ska ändras." in text(response)


def test_form_that_was_open_when_the_minutes_were_closed_keeps_what_was_written(opened, browser, coordinator):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = browser.post(url("decision_create", opened), {"text": "Vi fortsätter."})

    assert "Protokollet är på justering." in text(response)
    assert "Vi fortsätter.</textarea>" in text(response)
    assert not Decision.objects.exists()

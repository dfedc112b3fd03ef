"""The meeting's page, and everything that is written from it."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Group
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting
from meetings.operations import leading
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area, make_seat, organisation_of
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_guest, make_meeting


@pytest.fixture
def meeting(agreement, coordinator, police_liaison):
    """A planned meeting of the preparation group."""
    return make_meeting(group_of(agreement, Group.Kind.PREPARATION))


@pytest.fixture
def opened(meeting, coordinator):
    leading.open_meeting(meeting=meeting, by=coordinator)
    return meeting


@pytest.fixture
def lead(client, coordinator) -> Client:
    return as_person(client, coordinator)


def url(name: str, thing) -> str:
    return reverse(f"meetings:{name}", args=[thing.pk])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def version_on(response) -> str:
    """Which words the button on the page approves."""
    return re.search(r'name="version" value="(\w+)"', response.content.decode())[1]


# --- From planned to approved ---


def test_meeting_is_led_from_opening_to_approval(meeting, lead, police_liaison):
    item = make_agenda_item(meeting)
    page = url("meeting_detail", meeting)
    assert "Öppna mötet" in text(lead.get(page))

    lead.post(url("meeting_open", meeting))
    assert "Avsluta mötet" in text(lead.get(page))
    lead.post(url("minutes_update", item), {"minutes": "Allt är lugnt.", "version": 0})
    lead.post(url("meeting_close", meeting))
    assert "Skicka på justering" in text(lead.get(page))
    lead.post(url("minutes_send_for_review", meeting))
    assert "Någon annan som leder gruppens möten justerar det" in text(lead.get(page))
    as_person(lead, police_liaison)
    assert "Justera protokollet" in text(lead.get(page))
    lead.post(url("minutes_approve", meeting), {"version": ""})
    assert not Meeting.objects.get().is_approved
    lead.post(url("minutes_approve", meeting), {"version": version_on(lead.get(page))})

    approved = text(lead.get(page))
    assert "<b>Justerat</b> av Erik Holm den 23 november 2026 kl. 09.00" in approved
    assert "Allt är lugnt." in approved
    assert "<textarea" not in approved


def test_only_the_words_that_were_read_are_approved(opened, lead, coordinator, police_liaison, agreement):
    point = make_action_point(opened)
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    as_person(lead, police_liaison)
    read = version_on(lead.get(url("meeting_detail", opened)))
    point.organisation = organisation_of(agreement, "SF")
    leading.change_action_point(point=point, by=coordinator)

    response = lead.post(url("minutes_approve", opened), {"version": read}, follow=True)

    assert "Protokollet har ändrats sedan du läste det." in text(response)
    assert Meeting.objects.get().is_under_review


def test_page_says_what_follows_along(meeting, lead):
    earlier = make_meeting(meeting.group, TODAY - datetime.timedelta(days=28), held=True)
    make_meeting(meeting.group, TODAY - datetime.timedelta(days=14), held=True)
    point = make_action_point(earlier, "Laga belysningen")

    page = text(lead.get(url("meeting_detail", meeting)))

    assert "Laga belysningen" in page
    assert "öppen i 2 möten" in page
    lead.post(url("action_point_finish", point), {"state": "done", "meeting": meeting.pk})
    assert ActionPoint.objects.get(pk=point.pk).state == ActionPoint.State.DONE


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("coordinator", 200),
        ("preparation_member", 200),
        ("steering_member", 200),
        ("working_group_member", 403),
        ("situation_member", 403),
        ("reader", 403),
        ("outsider", 404),
    ],
)
def test_meeting_page_is_for_those_who_read_the_groups_meetings(meeting, client, request, person, status):
    as_person(client, request.getfixturevalue(person))

    assert client.get(url("meeting_detail", meeting)).status_code == status


WRITES = [
    ("meeting_open", {}),
    ("meeting_close", {}),
    ("attendance_update", {"all": "1"}),
    ("guest_create", {"name": "Rut Ahl"}),
    ("substitute_create", {"name": "Rut Ahl"}),
    ("decision_create", {"text": "Så blir det."}),
    ("action_point_create", {"text": "Gör så."}),
    ("minutes_send_for_review", {}),
    ("minutes_take_back", {}),
    ("minutes_approve", {}),
    ("addendum_create", {"text": "Tillägg."}),
]


@pytest.mark.parametrize(("name", "fields"), WRITES)
def test_member_who_does_not_lead_changes_nothing(meeting, client, preparation_member, name, fields):
    as_person(client, preparation_member)
    before = Meeting.objects.values().get()

    response = client.post(url(name, meeting), fields)

    assert response.status_code == 403
    assert Meeting.objects.values().get() == before
    assert not Attendance.objects.exists()


def test_page_needs_as_many_queries_however_much_there_is(
    opened, agreement, lead, django_assert_num_queries, django_assert_max_num_queries
):
    page = url("meeting_detail", opened)
    earlier = make_meeting(opened.group, TODAY - datetime.timedelta(days=14), held=True)
    activity = make_activity(make_focus_area(agreement))

    def grow(number):
        item = make_agenda_item(opened, f"Punkt {number}", activity=activity)
        make_decision(opened, agenda_item=item, mandated_activity=activity, mandated_group=opened.group)
        make_action_point(opened, agenda_item=item, activity=activity, organisation=organisation_of(agreement, "SF"))
        make_action_point(earlier, activity=activity)
        make_guest(opened, f"Gäst {number}")
        make_seat(opened.group)

    grow(1)
    lead.get(page)
    with django_assert_max_num_queries(25) as first:
        lead.get(page)
    for number in range(2, 5):
        grow(number)

    with django_assert_num_queries(len(first)):
        lead.get(page)


# --- Attendance ---


def test_boxes_change_only_what_was_ticked_or_cleared(opened, lead, coordinator, police_liaison, preparation_member):
    leading.open_meeting(meeting=opened, by=coordinator)
    first, second, third = opened.attendances.order_by("pk")
    # Somebody else has ticked the third since this page was shown.
    leading.set_attendance(meeting=opened, present=[third], by=police_liaison)

    lead.post(url("attendance_update", opened), {"present": [first.pk], "was": []})

    assert set(opened.attendances.filter(is_present=True)) == {first, third}
    lead.post(url("attendance_update", opened), {"present": [third.pk], "was": [first.pk, third.pk]})
    assert set(opened.attendances.filter(is_present=True)) == {third}


def test_boxes_in_place_answer_with_the_attendance(opened, lead):
    response = lead.post(url("attendance_update", opened), {"all": "1"}, headers={"HX-Request": "true"})

    assert "2 av 2 är här" in text(response)
    assert "Närvaron är sparad. Kl. 09.00." in text(response)
    assert "Närvaron är sparad" not in text(lead.get(url("meeting_detail", opened)))


def test_guest_without_organisation_is_refused(opened, lead):
    response = lead.post(url("guest_create", opened), {"name": "Rut Ahl", "organisation": ""})

    assert "Välj organisation." in text(response)
    assert not opened.attendances.filter(role=Attendance.Role.GUEST).exists()


def test_guest_of_an_organisation_elsewhere_is_refused(opened, lead, other_agreement):
    response = lead.post(
        url("guest_create", opened), {"name": "Rut Ahl", "organisation": other_agreement.municipality.pk}
    )

    assert response.status_code == 200
    assert not opened.attendances.filter(role=Attendance.Role.GUEST).exists()


def test_substitute_and_guest_are_entered_and_taken_out(opened, lead, agreement):
    seat = opened.attendances.first().seat
    lead.post(url("substitute_create", opened), {"name": "Rut Ahl", "seat": seat.pk})
    lead.post(url("guest_create", opened), {"name": "Bo Persson", "organisation": organisation_of(agreement, "UKF").pk})
    page = text(lead.get(url("meeting_detail", opened)))
    assert f"Ersätter {seat.title}" in page
    assert "Gäst, UKF" in page

    for attendance in opened.attendances.exclude(role=Attendance.Role.MEMBER):
        lead.post(url("attendance_delete", attendance))

    assert not opened.attendances.exclude(role=Attendance.Role.MEMBER).exists()


# --- Decisions and action points ---


def test_decision_is_written_in_place_at_its_item(opened, lead, agreement):
    item = make_agenda_item(opened)
    place = url("decision_create", opened) + f"?punkt={item.pk}"
    form = text(lead.get(place, headers={"HX-Request": "true"}))
    assert form.startswith('<div class="results"')
    assert f'hx-post="{place}"' in form

    empty = lead.post(place, {"text": "", "agenda_item": item.pk}, headers={"HX-Request": "true"})
    done = lead.post(
        place,
        {"text": "Vi fortsätter.", "agenda_item": item.pk, "mandated_group": group_of(agreement, "working").pk},
        headers={"HX-Request": "true"},
    )

    assert "Fyll i vad beslutades." in text(empty)
    assert "Beslut § 1/2026" in text(done)
    assert "Ger uppdrag till Arbetsgruppen för trygg skola." in text(done)
    assert Decision.objects.get().agenda_item == item


def test_decision_sent_again_after_signing_in_leaves_nothing_behind(opened, lead, coordinator):
    place = url("decision_create", opened)
    lead.logout()
    lead.post(place, {"text": "Vi fortsätter."}, headers={"HX-Request": "true"})
    as_person(lead, coordinator)

    lead.post(place, {"text": "Vi fortsätter."}, headers={"HX-Request": "true"})

    assert Decision.objects.count() == 1
    assert "Vi fortsätter.</textarea>" not in text(lead.get(place, headers={"HX-Request": "true"}))


def test_text_kept_when_the_session_ended_is_shown_though_the_minutes_were_closed(opened, lead, coordinator):
    place = url("decision_create", opened)
    lead.logout()
    lead.post(place, {"text": "Vi fortsätter."})
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    as_person(lead, coordinator)

    response = lead.get(place)

    assert "Vi fortsätter.</textarea>" in text(response)


def test_decision_form_sent_twice_makes_one_decision(opened, lead):
    fields = {"text": "Vi fortsätter.", "submission_key": "7a1c1d2e-0000-4000-8000-000000000001"}

    for _ in range(2):
        lead.post(url("decision_create", opened), fields)

    assert Decision.objects.count() == 1


def test_decision_is_corrected_until_the_minutes_are_reviewed(opened, lead, coordinator):
    decision = make_decision(opened)
    lead.post(url("decision_update", decision), {"text": "Rättad lydelse."})
    assert Decision.objects.get().text == "Rättad lydelse."
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = lead.post(url("decision_update", decision), {"text": "Något annat."})

    assert "Protokollet är på justering" in text(response)
    assert Decision.objects.get().text == "Rättad lydelse."


def test_action_point_is_written_changed_finished_and_reopened(opened, lead, agreement, police_liaison):
    item = make_agenda_item(opened)
    lead.post(
        url("action_point_create", opened),
        {"text": "Ring skolan", "responsible": police_liaison.pk, "due_on": "2026-11-30", "agenda_item": item.pk},
    )
    point = ActionPoint.objects.get()
    lead.post(
        url("action_point_update", point),
        {"text": "Ring skolan", "responsible": police_liaison.pk, "due_on": "2026-12-07", "agenda_item": item.pk},
    )
    lead.post(url("action_point_finish", point), {"state": "dropped", "outcome": "Skolan ringde."})
    dropped = ActionPoint.objects.get()
    lead.post(url("action_point_reopen", point))

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
def test_bad_action_point_is_refused(opened, lead, agreement, fields, message):
    good = {"text": "Ring skolan", "organisation": agreement.municipality.pk, "due_on": "2026-11-30"}

    response = lead.post(url("action_point_create", opened), good | fields)

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


def test_lists_are_filtered(opened, agreement, lead, coordinator):
    make_decision(opened, "Om lampor.")
    make_decision(make_meeting(group_of(agreement, Group.Kind.STEERING), held=True), "Om pengar.")
    mine = make_action_point(opened, "Min punkt", responsible=coordinator)
    make_action_point(opened, "Kommunens punkt")
    leading.finish_action_point(point=mine, by=coordinator)

    by_word = text(lead.get(url("decision_list", agreement), {"q": "lampor"}))
    by_group = text(lead.get(url("decision_list", agreement), {"grupp": group_of(agreement, "steering").pk}))
    opened_points = text(lead.get(url("action_point_list", agreement)))
    my_finished = text(lead.get(url("action_point_list", agreement), {"visa": "avslutade", "vems": "mina"}))

    assert ("Om lampor." in by_word, "Om pengar." in by_word) == (True, False)
    assert ("Om lampor." in by_group, "Om pengar." in by_group) == (False, True)
    assert ("Min punkt" in opened_points, "Kommunens punkt" in opened_points) == (False, True)
    assert ("Min punkt" in my_finished, "Kommunens punkt" in my_finished) == (True, False)


@pytest.mark.parametrize("query", ["?grupp=x", "?ar=abc", "?grupp=999999", "?sida=x", "?visa=allt", "?q=" + "x" * 500])
def test_strange_filters_are_taken_calmly(opened, agreement, lead, query):
    for name in ("decision_list", "action_point_list"):
        assert lead.get(url(name, agreement) + query).status_code == 200


@pytest.mark.parametrize("name", ["decision_create", "action_point_create", "guest_create", "substitute_create"])
def test_forms_are_not_offered_when_the_minutes_are_closed(opened, lead, coordinator, name):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = lead.get(url(name, opened))

    assert response.status_code == 403
    assert "Protokollet är på justering. Ta tillbaka det om något ska ändras." in text(response)


def test_form_that_was_open_when_the_minutes_were_closed_keeps_what_was_written(opened, lead, coordinator):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = lead.post(url("decision_create", opened), {"text": "Vi fortsätter."})

    assert "Protokollet är på justering." in text(response)
    assert "Vi fortsätter.</textarea>" in text(response)
    assert not Decision.objects.exists()


# --- History, addenda ---


def test_history_tells_what_was_written(opened, lead, coordinator):
    item = make_agenda_item(opened)
    leading.save_minutes(item=item, text="Allt är lugnt.", base_version=0, base_text="", by=coordinator)

    page = text(lead.get(url("meeting_history", opened)))

    assert "Maja Lind satte anteckningar till ”Allt är lugnt.”" in page
    assert "Maja Lind satte öppnat till" in page


def test_addendum_shows_beside_the_approved_minutes(opened, lead, coordinator, police_liaison):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    leading.approve_minutes(meeting=opened, by=police_liaison)

    lead.post(url("addendum_create", opened), {"text": "Rätt datum är den 3 mars."})

    page = text(lead.get(url("meeting_detail", opened)))
    assert "Rätt datum är den 3 mars." in page
    assert "Maja Lind, 23 november 2026 kl. 09.00" in page


# --- Minutes without and with JavaScript ---


def test_minutes_from_an_older_page_are_shown_beside_the_saved_ones(meeting, lead, police_liaison):
    item = make_agenda_item(meeting)
    leading.save_minutes(item=item, text="Polisens text.", base_version=0, base_text="", by=police_liaison)

    response = lead.post(url("minutes_update", item), {"minutes": "Min text.", "version": 0})

    assert response.status_code == 409
    assert "Polisens text." in text(response)
    assert "Min text." in text(response)
    assert AgendaItem.objects.get().minutes == "Polisens text."
    merged = lead.post(url("minutes_update", item), {"minutes": "Min text.", "version": 1, "conflict_choice": "merge"})
    assert "Polisens text. Min text." in text(merged)
    lead.post(url("minutes_update", item), {"minutes": "Min text.", "version": 1, "conflict_choice": "replace"})
    assert AgendaItem.objects.get().minutes == "Min text."


def test_autosave_merges_and_says_the_version(meeting, lead, police_liaison):
    item = make_agenda_item(meeting)
    leading.save_minutes(item=item, text="Polisens rad.", base_version=0, base_text="", by=police_liaison)

    response = lead.post(url("minutes_save", item), {"minutes": "Min rad.", "base_version": "0", "base_text": ""})

    assert response.json() == {
        "text": "Polisens rad.\nMin rad.",
        "version": 2,
        "saved_at": "09.00",
        "was_merged": True,
        "went_together": True,
    }


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"minutes": "x" * 10_001}, 422),
        ({"minutes": "Ett \x07 pip"}, 422),
        ({"minutes": "Text", "base_version": "-1"}, 200),
        ({"minutes": "Text", "base_version": "9" * 40}, 200),
        ({"minutes": "Text", "base_version": "hej", "base_text": "y" * 50_000}, 200),
        ({}, 200),
    ],
)
def test_strange_autosaves_do_no_harm(meeting, lead, fields, status):
    item = make_agenda_item(meeting, minutes="Det som stod.", minutes_version=3)

    response = lead.post(url("minutes_save", item), fields)

    assert response.status_code == status
    assert "Det som stod." in AgendaItem.objects.get().minutes


def test_autosave_is_refused_when_the_minutes_are_under_review(opened, lead, coordinator):
    item = make_agenda_item(opened)
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)

    response = lead.post(url("minutes_save", item), {"minutes": "Mer.", "base_version": "0", "base_text": ""})

    assert response.status_code == 409
    assert response.json()["errors"] == ["Protokollet är på justering. Ta tillbaka det om något ska ändras."]
    assert AgendaItem.objects.get().minutes == ""


def test_poll_answers_with_what_is_new(meeting, lead, coordinator, police_liaison):
    known, changed = make_agenda_item(meeting, "Känd"), make_agenda_item(meeting, "Ändrad")
    leading.save_minutes(item=changed, text="Nytt.", base_version=0, base_text="", by=police_liaison)

    answer = lead.get(url("minutes_list", meeting), {"har": f"{known.pk}-0,{changed.pk}-0,skräp"}).json()

    assert answer["items"] == [{"item": changed.pk, "text": "Nytt.", "version": 1}]
    assert answer["user"] == coordinator.pk


# --- Buttons ---


def test_opening_by_mistake_can_be_taken_back_from_the_page(client, meeting, coordinator):
    as_person(client, coordinator)
    client.post(reverse("meetings:meeting_open", args=[meeting.pk]))

    page = client.get(meeting.get_absolute_url()).content.decode()
    client.post(reverse("meetings:meeting_unopen", args=[meeting.pk]))

    assert "Ångra öppnandet" in page
    assert "Öppna mötet" in client.get(meeting.get_absolute_url()).content.decode()


def test_address_of_a_button_opened_as_a_page_leads_to_the_meeting(client, meeting, coordinator):
    response = as_person(client, coordinator).get(reverse("meetings:meeting_open", args=[meeting.pk]))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert f'href="{meeting.get_absolute_url()}"' in response.content.decode()

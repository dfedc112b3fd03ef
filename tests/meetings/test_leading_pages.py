"""The meeting's page: opening, attendance, approval, history and addenda."""

import datetime
import re

import pytest
from django.urls import reverse

from meetings.models import ActionPoint, Attendance, Meeting
from meetings.operations import leading
from tests.factories import TODAY, as_person, make_activity, make_focus_area, make_seat, organisation_of
from tests.meeting_factories import make_action_point, make_agenda_item, make_decision, make_guest, make_meeting
from tests.meetings.pages import text, url


def version_on(response) -> str:
    """Which words the button on the page approves."""
    return re.search(r'name="version" value="(\w+)"', response.content.decode())[1]


# --- From planned to approved ---


def test_meeting_is_led_from_opening_to_approval(meeting, browser, police_liaison):
    item = make_agenda_item(meeting)
    page = url("meeting_detail", meeting)
    assert "Öppna mötet" in text(browser.get(page))

    browser.post(url("meeting_open", meeting))
    assert "Avsluta mötet" in text(browser.get(page))
    browser.post(url("attendance_update", meeting), {"all": "1"})
    browser.post(url("minutes_update", item), {"minutes": "Allt är lugnt.", "version": 0})
    browser.post(url("meeting_close", meeting))
    assert "Skicka på justering" in text(browser.get(page))
    browser.post(url("minutes_send_for_review", meeting))
    assert "Någon annan som leder gruppens möten justerar det" in text(browser.get(page))
    as_person(browser, police_liaison)
    assert "Justera protokollet" in text(browser.get(page))
    browser.post(url("minutes_approve", meeting), {"version": ""})
    assert not Meeting.objects.get().is_approved
    browser.post(url("minutes_approve", meeting), {"version": version_on(browser.get(page))})

    approved = text(browser.get(page))
    assert "<b>Justerat</b> av Erik Holm den 23 november 2026 kl. 09.00" in approved
    assert "Allt är lugnt." in approved
    assert "<textarea" not in approved


def test_only_the_words_that_were_read_are_approved(opened, browser, coordinator, police_liaison, agreement):
    point = make_action_point(opened)
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    as_person(browser, police_liaison)
    read = version_on(browser.get(url("meeting_detail", opened)))
    point.organisation = organisation_of(agreement, "SF")
    leading.change_action_point(point=point, by=coordinator)

    response = browser.post(url("minutes_approve", opened), {"version": read}, follow=True)

    assert "Protokollet har ändrats sedan du läste det." in text(response)
    assert Meeting.objects.get().is_under_review


def test_page_says_what_follows_along(meeting, browser):
    earlier = make_meeting(meeting.group, TODAY - datetime.timedelta(days=28), held=True)
    make_meeting(meeting.group, TODAY - datetime.timedelta(days=14), held=True)
    point = make_action_point(earlier, "Laga belysningen")

    page = text(browser.get(url("meeting_detail", meeting)))

    assert "Laga belysningen" in page
    assert "öppen i 2 möten" in page
    browser.post(url("action_point_finish", point), {"state": "done", "meeting": meeting.pk})
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
    opened, agreement, browser, django_assert_num_queries, django_assert_max_num_queries
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
    browser.get(page)
    with django_assert_max_num_queries(25) as first:
        browser.get(page)
    for number in range(2, 5):
        grow(number)

    with django_assert_num_queries(len(first)):
        browser.get(page)


# --- Attendance ---


def test_boxes_change_only_what_was_ticked_or_cleared(opened, browser, coordinator, police_liaison, preparation_member):
    leading.open_meeting(meeting=opened, by=coordinator)
    first, second, third = opened.attendances.order_by("pk")
    # Somebody else has ticked the third since this page was shown.
    leading.set_attendance(meeting=opened, present=[third], by=police_liaison)

    browser.post(url("attendance_update", opened), {"present": [first.pk], "was": []})

    assert set(opened.attendances.filter(is_present=True)) == {first, third}
    browser.post(url("attendance_update", opened), {"present": [third.pk], "was": [first.pk, third.pk]})
    assert set(opened.attendances.filter(is_present=True)) == {third}


def test_boxes_in_place_answer_with_the_attendance(opened, browser):
    response = browser.post(url("attendance_update", opened), {"all": "1"}, headers={"HX-Request": "true"})

    assert "2 av 2 är här" in text(response)
    assert "Närvaron är sparad. Kl. 09.00." in text(response)
    assert "Närvaron är sparad" not in text(browser.get(url("meeting_detail", opened)))


def test_guest_without_organisation_is_refused(opened, browser):
    response = browser.post(url("guest_create", opened), {"name": "Rut Ahl", "organisation": ""})

    assert "Välj organisation." in text(response)
    assert not opened.attendances.filter(role=Attendance.Role.GUEST).exists()


def test_guest_of_an_organisation_elsewhere_is_refused(opened, browser, other_agreement):
    response = browser.post(
        url("guest_create", opened), {"name": "Rut Ahl", "organisation": other_agreement.municipality.pk}
    )

    assert response.status_code == 200
    assert not opened.attendances.filter(role=Attendance.Role.GUEST).exists()


def test_substitute_and_guest_are_entered_and_taken_out(opened, browser, agreement):
    seat = opened.attendances.first().seat
    browser.post(url("substitute_create", opened), {"name": "Rut Ahl", "seat": seat.pk})
    browser.post(
        url("guest_create", opened), {"name": "Bo Persson", "organisation": organisation_of(agreement, "UKF").pk}
    )
    page = text(browser.get(url("meeting_detail", opened)))
    assert f"Ersätter {seat.title}" in page
    assert "Gäst, UKF" in page

    for attendance in opened.attendances.exclude(role=Attendance.Role.MEMBER):
        browser.post(url("attendance_delete", attendance))

    assert not opened.attendances.exclude(role=Attendance.Role.MEMBER).exists()


def answer(browser, address, response, chosen, **fields):
    return browser.post(address, {"question": response.context["question"].key, "answer": chosen} | fields, follow=True)


def test_attendance_nobody_noted_is_asked_about_and_never_becomes_absence(opened, browser, police_liaison):
    asked = browser.post(url("meeting_close", opened))
    assert "Närvaron är inte antecknad, och det kommer att stå så i protokollet." in text(asked)
    assert not Meeting.objects.get().is_held
    answer(browser, url("meeting_close", opened), asked, "ja")
    asked = browser.post(url("minutes_send_for_review", opened))
    assert "Närvaron är inte antecknad" in text(asked)
    answer(browser, url("minutes_send_for_review", opened), asked, "ja")
    as_person(browser, police_liaison)
    page = browser.get(url("meeting_detail", opened))
    assert "Närvaron är inte antecknad." in text(page)
    assert "Inte närvarande" not in text(page)

    browser.post(url("minutes_approve", opened), {"version": version_on(page)})

    content = Meeting.objects.get().approved_content
    assert (content["present"], content["absent"]) == ([], [])
    assert [one["name"] for one in content["unknown"]] == ["Maja Lind", "Erik Holm"]
    assert "Närvaron är inte antecknad." in text(browser.get(url("meeting_detail", opened)))


def test_those_nobody_noted_are_named_and_can_be_noted_absent_in_one_step(opened, browser):
    seat = opened.attendances.first().seat
    browser.post(url("substitute_create", opened), {"name": "Rut Ahl", "seat": seat.pk})

    asked = browser.post(url("meeting_close", opened))
    assert "Närvaron är inte antecknad för alla." in text(asked)
    assert "Erik Holm" in text(asked)
    answer(browser, url("meeting_close", opened), asked, "franvarande")

    assert Meeting.objects.get().is_held
    assert dict(opened.attendances.values_list("name", "is_present")) == {
        "Maja Lind": False,
        "Erik Holm": False,
        "Rut Ahl": True,
    }


def test_question_is_asked_anew_when_what_it_is_about_has_changed(opened, browser):
    asked = browser.post(url("meeting_close", opened))
    browser.post(url("substitute_create", opened), {"name": "Rut Ahl", "seat": opened.attendances.first().seat_id})

    again = answer(browser, url("meeting_close", opened), asked, "ja")

    assert "Närvaron är inte antecknad för alla." in text(again)
    assert not Meeting.objects.get().is_held


def test_meeting_before_its_day_is_opened_closed_and_approved_only_after_a_question(
    group, browser, coordinator, police_liaison
):
    meeting = make_meeting(group, TODAY + datetime.timedelta(days=2))
    for name, is_done in (
        ("meeting_open", lambda: Meeting.objects.get().opened_at),
        ("meeting_close", lambda: Meeting.objects.get().is_held),
    ):
        asked = browser.post(url(name, meeting))
        assert "Mötet är onsdag 25 november 2026. Den dagen har inte kommit än." in text(asked)
        assert not is_done()
        answer(browser, url(name, meeting), asked, "ja")
        assert is_done()
    leading.send_for_review(meeting=meeting, by=coordinator)
    as_person(browser, police_liaison)
    version = version_on(browser.get(url("meeting_detail", meeting)))

    asked = browser.post(url("minutes_approve", meeting), {"version": version})

    assert "Den dagen har inte kommit än." in text(asked)
    assert not Meeting.objects.get().is_approved
    answer(browser, url("minutes_approve", meeting), asked, "ja", version=version)
    assert Meeting.objects.get().is_approved


# --- History, addenda ---


def test_history_tells_what_was_written(opened, browser, coordinator):
    item = make_agenda_item(opened)
    leading.save_minutes(item=item, text="Allt är lugnt.", base_version=0, base_text="", by=coordinator)

    page = text(browser.get(url("meeting_history", opened)))

    assert "Maja Lind satte anteckningar till ”Allt är lugnt.”" in page
    assert "Maja Lind satte öppnat till" in page


def test_addendum_shows_beside_the_approved_minutes(opened, browser, coordinator, police_liaison):
    leading.close_meeting(meeting=opened, by=coordinator)
    leading.send_for_review(meeting=opened, by=coordinator)
    leading.approve_minutes(meeting=opened, by=police_liaison)

    browser.post(url("addendum_create", opened), {"text": "Rätt datum är den 3 mars."})

    page = text(browser.get(url("meeting_detail", opened)))
    assert "Rätt datum är den 3 mars." in page
    assert "Maja Lind, 23 november 2026 kl. 09.00" in page


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

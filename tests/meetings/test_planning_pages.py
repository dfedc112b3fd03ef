"""The pages of planning: who gets in, what they refuse, and that pressing twice is pressing once."""

import datetime

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from agreements.models import Agreement, Group
from meetings.models import AgendaItem, Meeting, MeetingSeries
from tests.factories import TODAY, as_person, at, group_of
from tests.meeting_factories import (
    make_agenda_item,
    make_backlog_item,
    make_meeting,
    make_series,
)
from tests.meetings.pages import errors, said

TUESDAY = datetime.date(2026, 11, 24)
SERIES = {
    "weekday": "1",
    "interval_weeks": "2",
    "start_time": "09:00",
    "end_time": "10:00",
    "place": "Medborgarhuset",
    "starts_on": "2026-11-24",
    "ends_on": "",
    "holiday_rule": "move",
}


@pytest.fixture
def meeting(group):
    return make_meeting(group, TUESDAY)


# --- Who gets in ---


def addresses(group, meeting) -> dict[str, str]:
    """Every page of planning, with the group's own things in them."""
    series, item, waiting = make_series(group), make_agenda_item(meeting), make_backlog_item(group)
    of_group = {name: reverse(f"meetings:{name}", args=[group.pk]) for name in ("backlog",)}
    writing = {
        **{
            name: reverse(f"meetings:{name}", args=[group.pk])
            for name in ("meeting_create", "series_create", "agenda_template_update", "backlog_item_create")
        },
        **{
            name: reverse(f"meetings:{name}", args=[meeting.pk])
            for name in ("meeting_update", "meeting_cancel", "agenda_item_create")
        },
        **{name: reverse(f"meetings:{name}", args=[series.pk]) for name in ("series_update", "series_generate")},
        "agenda_item_update": reverse("meetings:agenda_item_update", args=[item.pk]),
        "agenda_item_schedule": reverse("meetings:agenda_item_schedule", args=[waiting.pk]),
    }
    reading = of_group | {"series_detail": reverse("meetings:series_detail", args=[series.pk])}
    return {"reading": reading, "writing": writing}


@pytest.mark.parametrize(
    ("who", "kind", "reads", "writes"),
    [
        ("coordinator", Group.Kind.STEERING, 200, 200),
        ("police_liaison", Group.Kind.STEERING, 200, 200),
        ("steering_member", Group.Kind.STEERING, 200, 200),
        ("steering_member", Group.Kind.SITUATION, 403, 403),
        ("preparation_member", Group.Kind.SITUATION, 200, 403),
        ("situation_member", Group.Kind.SITUATION, 200, 403),
        ("situation_member", Group.Kind.STEERING, 403, 403),
        ("convener", Group.Kind.WORKING, 200, 200),
        ("convener", Group.Kind.PREPARATION, 403, 403),
        ("working_group_member", Group.Kind.WORKING, 200, 403),
        ("reader", Group.Kind.PREPARATION, 403, 403),
        ("system_administrator", Group.Kind.SITUATION, 200, 200),
        ("outsider", Group.Kind.SITUATION, 404, 404),
    ],
)
def test_pages_of_planning_let_in_those_who_read_and_those_who_lead(
    request, client, agreement, who, kind, reads, writes
):
    group = group_of(agreement, kind)
    pages = addresses(group, make_meeting(group, TUESDAY))
    as_person(client, request.getfixturevalue(who))

    reading = {name: client.get(address).status_code for name, address in pages["reading"].items()}
    writing = {name: client.get(address).status_code for name, address in pages["writing"].items()}

    assert reading == dict.fromkeys(reading, reads)
    assert writing == dict.fromkeys(writing, writes)


@pytest.mark.parametrize("name", ["carry", "shelve", "delete"])
@pytest.mark.parametrize(("who", "status"), [("situation_member", 403), ("reader", 403), ("outsider", 404)])
def test_buttons_of_an_item_refuse_who_does_not_lead(request, client, meeting, name, who, status):
    item = make_agenda_item(meeting)
    as_person(client, request.getfixturevalue(who))

    response = client.post(reverse(f"meetings:agenda_item_{name}", args=[item.pk]))

    assert response.status_code == status
    assert AgendaItem.objects.get().outcome == AgendaItem.Outcome.TO_DO


def test_buttons_of_an_item_are_not_pages(browser, meeting):
    item = make_agenda_item(meeting)

    for name in ("carry", "shelve", "delete"):
        assert browser.get(reverse(f"meetings:agenda_item_{name}", args=[item.pk])).status_code == 405


def test_closed_agreement_is_read_and_not_planned(browser, agreement, group, meeting):
    pages = addresses(group, meeting)
    agreement.state = Agreement.State.CLOSED
    agreement.save()

    assert {browser.get(address).status_code for address in pages["reading"].values()} == {200}
    assert {browser.get(address).status_code for address in pages["writing"].values()} == {403}


# --- The list ---


def test_list_puts_each_groups_next_meeting_first(browser, agreement, group):
    next_one = make_meeting(group, TUESDAY)
    make_meeting(group, datetime.date(2026, 12, 8))
    make_meeting(group, TODAY, hour=7, held=True)
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING), datetime.date(2026, 12, 3))
    make_agenda_item(next_one, duration_minutes=50)
    make_agenda_item(next_one, duration_minutes=25)

    response = browser.get(reverse("meetings:meeting_list"))

    rows = response.context["next_meetings"]
    assert [row.meeting for row in rows] == [next_one, steering, None, None]
    assert rows[0].meeting.item_count == 2
    assert "75 av 60 minuter planerade, 15 för mycket" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("coordinator", {"steering", "preparation", "working", "situation"}),
        ("steering_member", {"steering", "preparation", "working"}),
        ("working_group_member", {"working"}),
        ("situation_member", {"situation"}),
        ("reader", set()),
    ],
)
def test_list_shows_only_groups_that_the_person_reads(request, client, agreement, who, kinds):
    for group in agreement.groups.all():
        make_meeting(group, TUESDAY)
        make_meeting(group, datetime.date(2026, 10, 6), held=True)
    as_person(client, request.getfixturevalue(who))

    response = client.get(reverse("meetings:meeting_list"))

    assert {group.kind for group in response.context["groups"]} == kinds
    assert {meeting.group.kind for meeting in response.context["first_coming"]} == kinds
    assert {meeting.group.kind for meeting in response.context["page_obj"].object_list} == kinds


def test_list_of_another_agreement_is_not_found(client, agreement, outsider):
    as_person(client, outsider)

    address = reverse("meetings:meeting_list")

    assert client.get(address, {"overenskommelse": agreement.pk}).status_code == 404
    assert client.get(address).status_code == 200


def shown(response) -> list[Meeting]:
    return list(response.context["page_obj"].object_list)


def test_list_is_filtered_by_state_group_and_year(browser, agreement, group, coordinator):
    steering = group_of(agreement, Group.Kind.STEERING)
    coming = make_meeting(group, TUESDAY)
    cancelled = make_meeting(group, datetime.date(2026, 12, 8), state="cancelled", cancelled_because="Sjukdom")
    unapproved = make_meeting(group, datetime.date(2026, 10, 13), held=True)
    approved = make_meeting(
        steering,
        datetime.date(2025, 10, 14),
        held=True,
        minutes_state="approved",
        approved_by=coordinator,
        approved_at=timezone.now(),
        approved_content={},
    )
    address = reverse("meetings:meeting_list")

    assert shown(browser.get(address)) == [unapproved, approved]
    assert shown(browser.get(address, {"visa": "kommande"})) == [coming, cancelled]
    assert shown(browser.get(address, {"visa": "tidigare"})) == [unapproved, approved]
    assert shown(browser.get(address, {"visa": "ojusterade"})) == [unapproved]
    assert shown(browser.get(address, {"visa": "installda"})) == [cancelled]
    assert shown(browser.get(address, {"grupp": steering.pk})) == [approved]
    assert shown(browser.get(address, {"ar": "2025"})) == [approved]


@pytest.mark.parametrize(
    "query", ["visa=allt", "grupp=x", "grupp=999999", "ar=-1", "ar=99999999999999999999", "sida=x", "sida=999"]
)
def test_list_asked_for_nonsense_shows_everything(browser, group, query):
    held = make_meeting(group, datetime.date(2026, 10, 13), held=True)

    response = browser.get(reverse("meetings:meeting_list") + f"?{query}")

    assert shown(response) == [held]


def test_empty_list_says_what_to_do(browser):
    response = browser.get(reverse("meetings:meeting_list"))

    assert "Inga möten än" in response.content.decode()
    assert "Planera möten" in response.content.decode()


def test_group_page_shows_its_meetings_to_those_who_read_them(client, group, meeting, situation_member, reader):
    address = group.get_absolute_url()

    seen = as_person(client, situation_member).get(address).content.decode()
    unseen = as_person(client, reader).get(address).content.decode()

    assert meeting.get_absolute_url() in seen
    assert reverse("meetings:backlog", args=[group.pk]) in seen
    assert reverse("meetings:meeting_create", args=[group.pk]) not in seen
    assert meeting.get_absolute_url() not in unseen


# --- Series ---


def test_new_series_leads_to_the_days_that_can_be_made(browser, group):
    response = browser.post(reverse("meetings:series_create", args=[group.pk]), SERIES)

    series = MeetingSeries.objects.get()
    assert response.headers["Location"] == reverse("meetings:series_generate", args=[series.pk])
    assert (series.group, series.weekday, series.start_time) == (group, 1, datetime.time(9))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_time": "09:00"}, "end_time"),
        ({"end_time": "08:00"}, "end_time"),
        ({"start_time": "25:00"}, "start_time"),
        ({"interval_weeks": "0"}, "interval_weeks"),
        ({"interval_weeks": "53"}, "interval_weeks"),
        ({"interval_weeks": "9" * 30}, "interval_weeks"),
        ({"weekday": "6"}, "weekday"),
        ({"weekday": ""}, "weekday"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"ends_on": "2026-11-01"}, "ends_on"),
        ({"starts_on": "2026-11-25", "ends_on": "2026-11-27"}, "ends_on"),
        ({"place": "x" * 151}, "place"),
        ({"place": "Rum\x00 1"}, "place"),
        ({"holiday_rule": "aldrig"}, "holiday_rule"),
    ],
)
def test_series_with_bad_values_is_refused_beside_the_field(browser, group, changes, field):
    response = browser.post(reverse("meetings:series_create", args=[group.pk]), SERIES | changes)

    assert set(errors(response)) == {field}
    assert not MeetingSeries.objects.exists()


def test_time_written_with_a_dot_is_understood(browser, group):
    browser.post(reverse("meetings:series_create", args=[group.pk]), SERIES | {"start_time": "8.30"})

    assert MeetingSeries.objects.get().start_time == datetime.time(8, 30)


def test_days_are_shown_before_they_are_made_with_reasons(browser, group):
    series = make_series(group, weekday=3, starts_on=datetime.date(2026, 12, 10))
    make_meeting(group, datetime.date(2026, 12, 10))

    response = browser.get(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-31"})

    page = response.content.decode()
    assert "gruppen har redan" in page
    assert "torsdag 24 december 2026: Julafton" in " ".join(page.split())
    assert response.context["new_count"] == 1
    assert not series.meetings.exists()


def test_series_that_skips_holidays_names_them(browser, group):
    series = make_series(group, weekday=3, starts_on=datetime.date(2026, 12, 10), holiday_rule="skip")

    response = browser.get(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-31"})

    assert "<b>Hoppas över:</b> Julafton" in response.content.decode()


def test_days_are_made_once_however_often_the_button_is_pressed(browser, group):
    series = make_series(group, starts_on=TUESDAY)
    address = reverse("meetings:series_generate", args=[series.pk])

    first = browser.post(address, {"until": "2026-12-31"}, follow=True)
    second = browser.post(address, {"until": "2026-12-31"}, follow=True)

    assert said(first) == "3 möten är skapade."
    assert said(second) == "Alla möten fanns redan. Inget nytt är skapat."
    assert series.meetings.count() == 3


@pytest.mark.parametrize("until", ["", "2026-11-01", "2190-01-01", "snart", "2026-13-01", "9" * 400])
def test_nonsense_for_a_last_day_is_refused_and_makes_nothing(browser, group, until):
    series = make_series(group)
    address = reverse("meetings:series_generate", args=[series.pk])

    shown, sent = browser.get(address, {"until": until}), browser.post(address, {"until": until})

    assert shown.status_code == 200
    assert set(errors(sent)) == {"until"}
    assert not series.meetings.exists()


def test_changed_series_says_how_many_meetings_followed(browser, group):
    series = make_series(group, starts_on=TUESDAY)
    browser.post(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-31"})

    response = browser.post(reverse("meetings:series_update", args=[series.pk]), SERIES | {"weekday": "2"}, follow=True)

    assert said(response) == "3 möten är skapade. Serien är sparad. 3 kommande möten följde med."
    assert {meeting.day.weekday() for meeting in series.meetings.all()} == {2}


def test_meetings_that_a_changed_series_leaves_behind_are_asked_about(browser, group):
    series = make_series(group, starts_on=TUESDAY)
    browser.post(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-31"})
    address = reverse("meetings:series_update", args=[series.pk])
    shorter = SERIES | {"ends_on": "2026-12-01"}

    asked = browser.post(address, shorter)

    text = asked.content.decode()
    assert "Två kommande möten kan inte följa med." in text
    assert "Ligger efter seriens sista dag." in text
    assert MeetingSeries.objects.get().ends_on is None

    wrong = browser.post(address, shorter | {"question": "gammal", "answer": "stall-in"})
    assert wrong.context["question"].key == asked.context["question"].key
    response = browser.post(
        address, shorter | {"question": asked.context["question"].key, "answer": "stall-in"}, follow=True
    )

    assert "Två möten är inställda." in said(response)
    assert MeetingSeries.objects.get().ends_on == datetime.date(2026, 12, 1)
    assert {meeting.cancelled_because for meeting in series.meetings.cancelled()} == {"Mötesserien är ändrad."}
    assert series.meetings.not_cancelled().count() == 1


# --- Single meetings ---

TIMES = {"day": "2026-12-01", "start_time": "13:00", "end_time": "14:30", "place": "Kommunhuset"}


def test_new_meeting_is_at_swedish_time(browser, group, coordinator):
    browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES)

    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.length_minutes) == (at(datetime.date(2026, 12, 1), 13), 90)
    assert (meeting.group, meeting.place) == (group, "Kommunhuset")
    assert meeting.history.get().history_user == coordinator


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "2026-11-20"}, "day"),
        ({"day": "2040-01-02"}, "day"),
        ({"day": ""}, "day"),
        ({"end_time": "13:00"}, "end_time"),
        ({"end_time": "12:00"}, "end_time"),
        ({"start_time": "klockan ett"}, "start_time"),
        # That night the clock goes from two to three.
        ({"day": "2027-03-28", "start_time": "02:30", "end_time": "03:30"}, "start_time"),
        ({"day": "2027-03-28", "start_time": "01:30", "end_time": "02:30"}, "end_time"),
        ({"day": "2026-11-24", "start_time": "09:30", "end_time": "10:30"}, "start_time"),
        ({"place": "y" * 500}, "place"),
    ],
)
def test_meeting_with_bad_values_is_refused_beside_the_field(browser, group, meeting, changes, field):
    response = browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES | changes)

    assert set(errors(response)) == {field}
    assert Meeting.objects.count() == 1


def test_meeting_sent_twice_is_made_once(browser, group):
    address = reverse("meetings:meeting_create", args=[group.pk])
    form = TIMES | {"submission_key": "3f2b1c52-6a1a-4d53-9f21-6f1f0f0e9a11"}

    browser.post(address, form)
    browser.post(address, form)

    assert Meeting.objects.count() == 1


def test_moved_meeting_keeps_its_series_day_and_tells_calendars(browser, group):
    series = make_series(group, starts_on=TUESDAY)
    browser.post(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-11-30"})
    meeting = series.meetings.get()

    response = browser.post(reverse("meetings:meeting_update", args=[meeting.pk]), TIMES)

    meeting.refresh_from_db()
    assert response.headers["Location"] == meeting.get_absolute_url()
    assert (meeting.starts_at, meeting.series_date, meeting.sequence) == (
        at(datetime.date(2026, 12, 1), 13),
        TUESDAY,
        1,
    )


@pytest.mark.parametrize(
    ("day", "said"), [("2026-12-25", "Det är juldagen."), ("2026-12-05", "Det är lördag."), ("2026-12-01", "")]
)
def test_moving_to_a_day_off_says_which(browser, meeting, day, said):
    address = reverse("meetings:meeting_update", args=[meeting.pk])

    page = browser.post(address, TIMES | {"day": day}, follow=True).content.decode()

    assert said in page
    assert ("Det är" in page) is bool(said)


def test_form_to_move_shows_the_time_as_the_clock_does(browser, meeting):
    response = browser.get(reverse("meetings:meeting_update", args=[meeting.pk]))

    page = response.content.decode()
    assert 'value="2026-11-24"' in page
    assert 'value="09:00"' in page


def test_meeting_that_two_move_at_once_shows_both(browser, meeting):
    address = reverse("meetings:meeting_update", args=[meeting.pk])
    version = browser.get(address).context["version"]
    browser.post(address, TIMES | {"version": version})

    response = browser.post(address, TIMES | {"day": "2026-12-02", "version": version})

    assert response.status_code == 409
    assert Meeting.objects.get().day == datetime.date(2026, 12, 1)


@pytest.mark.parametrize("name", ["meeting_update", "meeting_cancel"])
@pytest.mark.parametrize(
    "fields",
    [
        {"held": True},
        {"opened_at": at(TODAY, 8)},
        {"state": Meeting.State.CANCELLED, "cancelled_because": "Ombokat"},
    ],
)
def test_meeting_that_has_begun_or_is_over_has_no_form_to_change_it(browser, group, name, fields):
    meeting = make_meeting(group, TODAY, hour=8, **fields)

    response = browser.get(reverse(f"meetings:{name}", args=[meeting.pk]))

    assert response.status_code == 403
    assert "Mötet" in response.content.decode()


def test_cancelled_meeting_needs_a_reason_and_keeps_it(browser, meeting):
    address = reverse("meetings:meeting_cancel", args=[meeting.pk])

    refused = browser.post(address, {"cancelled_because": " "})
    browser.post(address, {"cancelled_because": "För få kan komma."})
    browser.post(address, {"cancelled_because": "Igen."})

    meeting.refresh_from_db()
    assert errors(refused) == {"cancelled_because": ["Skriv varför mötet ställs in."]}
    assert (meeting.state, meeting.cancelled_because, meeting.sequence) == ("cancelled", "För få kan komma.", 1)


# --- The digital address, and over midnight ---

TEAMS = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_19900101-2385%40thread.v2/0?context=%7b%22Tid%22%3a%22"
    + "a" * 300
)


def test_meeting_has_a_digital_address_that_is_a_link_and_told_to_calendars(browser, group):
    browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES | {"online_address": TEAMS})

    meeting = Meeting.objects.get()
    assert meeting.online_address == TEAMS
    page = browser.get(meeting.get_absolute_url()).content.decode()
    assert f'<a href="{escape(TEAMS)}" rel="noopener noreferrer">Delta digitalt' in page
    event = icalendar.Calendar.from_ical(
        browser.get(reverse("meetings:meeting_ics", args=[meeting.pk])).content
    ).events[0]
    assert event["URL"] == TEAMS
    assert f"Delta digitalt: {TEAMS}" in event["DESCRIPTION"]

    browser.post(reverse("meetings:meeting_update", args=[meeting.pk]), TIMES | {"online_address": ""})
    meeting.refresh_from_db()
    assert (meeting.online_address, meeting.sequence) == ("", 1)


@pytest.mark.parametrize(
    ("pasted", "place"),
    [
        (TEAMS, ""),
        (f"Rum 3, Teams: <{TEAMS}>", "Rum 3, Teams"),
        (f"{TEAMS} (Teams)", "Teams"),
        (f"Rum 3 ({TEAMS})", "Rum 3"),
        (f"{TEAMS}, Rum 3", "Rum 3"),
        (f"Rum 3. Länk: {TEAMS}.", "Rum 3. Länk"),
        (f"Länk ({TEAMS}).", "Länk"),
    ],
)
def test_link_pasted_into_the_place_is_moved(browser, group, pasted, place):
    response = browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES | {"place": pasted}, follow=True)

    assert "Länken i Plats står nu i Digital adress." in said(response)
    meeting = Meeting.objects.get()
    assert (meeting.place, meeting.online_address) == (place, TEAMS)


@pytest.mark.parametrize(
    "address",
    ["http://teams.example/x", "javascript:alert(1)", "ftp://x.example", "https://", "https://a.se/" + "x" * 2000],
)
def test_address_that_is_no_https_link_is_refused_beside_its_field(browser, group, address):
    response = browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES | {"online_address": address})

    assert set(errors(response)) == {"online_address"}


def test_series_gives_its_digital_address_to_its_meetings(browser, group):
    browser.post(reverse("meetings:series_create", args=[group.pk]), SERIES | {"place": TEAMS})
    series = MeetingSeries.objects.get()
    assert (series.place, series.online_address) == ("", TEAMS)
    browser.post(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-31"})
    assert set(series.meetings.values_list("online_address", flat=True)) == {TEAMS}

    changed = SERIES | {"place": "", "online_address": "https://zoom.example/j/1"}
    browser.post(reverse("meetings:series_update", args=[series.pk]), changed)

    assert set(series.meetings.values_list("online_address", "sequence")) == {("https://zoom.example/j/1", 1)}


def test_meeting_and_series_may_end_after_midnight(browser, group):
    night = {"start_time": "22.00", "end_time": "00.30"}
    browser.post(reverse("meetings:meeting_create", args=[group.pk]), TIMES | night)
    browser.post(reverse("meetings:series_create", args=[group.pk]), SERIES | night)
    series = MeetingSeries.objects.get()
    browser.post(reverse("meetings:series_generate", args=[series.pk]), {"until": "2026-12-10"})

    meetings = list(Meeting.objects.order_by("starts_at"))
    assert [(meeting.day.isoformat(), meeting.length_minutes) for meeting in meetings] == [
        ("2026-11-24", 150),
        ("2026-12-01", 150),
        ("2026-12-08", 150),
    ]
    page = browser.get(meetings[0].get_absolute_url()).content.decode()
    assert "kl. 22.00–00.30" in page
    browser.post(
        reverse("meetings:meeting_update", args=[meetings[1].pk]), TIMES | {"start_time": "23:00", "end_time": "01:00"}
    )
    assert Meeting.objects.get(pk=meetings[1].pk).length_minutes == 120

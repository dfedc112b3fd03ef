"""The start page's meetings: my points, my next meetings, whom I report for, minutes that wait, and what is left."""

import datetime

import pytest
from django.urls import reverse

from meetings.models import ActionPoint, Meeting
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_focus_area,
    make_seat,
    organisation_of,
)
from tests.meeting_factories import make_action_point, make_meeting, make_situation_report, situation_group

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + datetime.timedelta(days=1)
NEXT_WEEK = TODAY + datetime.timedelta(days=7)
LAST_WEEK = TODAY - datetime.timedelta(days=7)


def start(client, person):
    as_person(client, person)
    return client.get(reverse("start"))


def meetings(client, person):
    return start(client, person).context["start"].meetings


# --- Action points ---


def test_points_are_my_own_and_my_organisations_with_the_overdue_first(client, agreement, situation_member):
    meeting = make_meeting(situation_group(agreement), LAST_WEEK, held=True)
    bbab = organisation_of(agreement, "BBAB")
    later = make_action_point(meeting, "Byt lås", organisation=bbab, due_on=NEXT_WEEK)
    late = make_action_point(meeting, "Ring fastighetsägaren", responsible=situation_member, due_on=LAST_WEEK)
    make_action_point(meeting, "Någon annans", organisation=organisation_of(agreement, "SF"))

    response = start(client, situation_member)

    assert response.context["start"].meetings.points == [late, later]
    text = response.content.decode()
    assert f'action="{reverse("meetings:action_point_finish", args=[late.pk])}"' in text
    assert 'Klar<span class="visually-hidden">: Byt lås</span>' in text


def test_points_of_a_colleague_are_not_mine(client, agreement, coordinator, situation_member):
    meeting = make_meeting(situation_group(agreement), LAST_WEEK, held=True)
    make_action_point(meeting, organisation=organisation_of(agreement, "BBAB"), responsible=coordinator)

    assert meetings(client, situation_member).points == []


def test_finished_points_are_gone(client, agreement, situation_member):
    meeting = make_meeting(situation_group(agreement), LAST_WEEK, held=True)
    point = make_action_point(meeting, responsible=situation_member)
    as_person(client, situation_member)

    response = client.post(
        reverse("meetings:action_point_finish", args=[point.pk]), {"state": "done", "tillbaka": reverse("start")}
    )

    assert response.url == reverse("start")
    point.refresh_from_db()
    assert point.state == ActionPoint.State.DONE
    assert meetings(client, situation_member).points == []


def test_reader_has_no_points_of_the_organisation(client, agreement, reader):
    make_action_point(make_meeting(group_of(agreement, "steering"), LAST_WEEK, held=True))

    assert meetings(client, reader).points == []


def test_many_points_say_that_there_are_more(client, agreement, situation_member):
    meeting = make_meeting(situation_group(agreement), LAST_WEEK, held=True)
    for number in range(9):
        make_action_point(meeting, f"Åtgärd {number}", responsible=situation_member)

    response = start(client, situation_member)

    assert len(response.context["start"].meetings.points) == 8
    assert "Visa alla åtgärdspunkter" in response.content.decode()


# --- Coming meetings ---


def test_coming_are_the_next_meetings_of_my_groups(client, agreement, preparation_member):
    preparation = group_of(agreement, "preparation")
    make_meeting(preparation, LAST_WEEK, held=True)
    following = make_meeting(preparation, TOMORROW)
    make_meeting(preparation, NEXT_WEEK)
    make_meeting(group_of(agreement, "steering"), TOMORROW)
    make_meeting(preparation, TODAY, hour=15, state=Meeting.State.CANCELLED, cancelled_because="Sjukdom")

    assert [coming.meeting for coming in meetings(client, preparation_member).coming] == [following]


def test_who_leads_all_groups_sees_all_their_meetings(client, agreement, coordinator, police_liaison):
    first = make_meeting(group_of(agreement, "steering"), TOMORROW)
    second = make_meeting(situation_group(agreement), NEXT_WEEK)

    for person in (coordinator, police_liaison):
        assert [coming.meeting for coming in meetings(client, person).coming] == [first, second]


def test_meeting_of_today_is_there_until_it_ends(client, agreement, situation_member, frozen_today):
    meeting = make_meeting(situation_group(agreement), TODAY, hour=9)

    assert [coming.meeting for coming in meetings(client, situation_member).coming] == [meeting]

    frozen_today.shift(datetime.timedelta(hours=2))

    assert meetings(client, situation_member).coming == []


def test_reader_sees_no_meetings(client, agreement, reader):
    make_meeting(group_of(agreement, "steering"), TOMORROW)

    response = start(client, reader)

    assert response.context["start"].meetings.coming == []
    assert "Nästa möte" not in response.content.decode()


# --- Reporting ---


def test_situation_member_is_asked_to_report_first_of_all(client, agreement, situation_member):
    make_meeting(situation_group(agreement), TOMORROW)

    text = start(client, situation_member).content.decode()

    address = reverse("meetings:observation_create", args=[agreement.pk])
    assert f'<a class="btn btn-primary" href="{address}">Rapportera iakttagelser</a>' in text
    assert "Burlövs Bostäder har inte rapporterat än." in text or "BBAB har inte rapporterat än." in text
    assert text.index("Kommande möten") < text.index("Håller vi det vi lovat?")


def test_who_has_reported_is_told_so(client, agreement, situation_member):
    make_situation_report(make_meeting(situation_group(agreement), TOMORROW), "BBAB")

    response = start(client, situation_member)

    (coming,) = response.context["start"].meetings.coming
    assert (coming.has_reported, coming.report_words) == (True, "BBAB har rapporterat.")
    assert 'class="btn btn-primary" href="/overenskommelser' not in response.content.decode()


def test_coordinator_sees_who_has_not_reported(client, agreement, coordinator):
    group = situation_group(agreement)
    for short_name in ("BBAB", "SF"):
        make_seat(group, organisation=organisation_of(agreement, short_name))
    make_situation_report(make_meeting(group, TOMORROW), "BBAB")

    (coming,) = meetings(client, coordinator).coming

    assert coming.report_words.endswith("har inte rapporterat än.")
    assert "BBAB" not in coming.report_words


def test_steering_member_is_not_asked_to_report(client, agreement, steering_member):
    make_meeting(situation_group(agreement), TOMORROW)

    assert "Rapportera iakttagelser" not in start(client, steering_member).content.decode()


# --- Minutes ---


def test_minutes_wait_for_who_leads(client, agreement, coordinator, situation_member):
    group = situation_group(agreement)
    unsent = make_meeting(group, LAST_WEEK, held=True)
    mine = make_meeting(
        group,
        TODAY,
        hour=7,
        held=True,
        minutes_state=Meeting.MinutesState.UNDER_REVIEW,
        sent_for_review_by=coordinator,
    )

    found = meetings(client, coordinator).minutes

    assert [(waiting.meeting, waiting.words) for waiting in found] == [
        (unsent, "Protokollet är inte skickat på justering."),
        (mine, "På justering. Någon annan som leder mötena justerar."),
    ]
    assert meetings(client, situation_member).minutes == []


def test_other_leader_is_asked_to_approve(client, agreement, coordinator, police_liaison):
    make_meeting(
        situation_group(agreement),
        LAST_WEEK,
        held=True,
        minutes_state=Meeting.MinutesState.UNDER_REVIEW,
        sent_for_review_by=coordinator,
    )

    assert [waiting.words for waiting in meetings(client, police_liaison).minutes] == ["På justering. Läs och justera."]


# --- What is left to fill in ---


def test_new_coordinator_is_told_what_to_fill_in(client, agreement, coordinator):
    area = make_focus_area(agreement)
    bare = {"starts_on": None, "responsible": None, "next_follow_up_on": None}
    activities = [make_activity(area, title=f"Aktivitet {number}", **bare) for number in range(5)]

    response = start(client, coordinator)

    words = [(gap.words, gap.left_out) for gap in response.context["start"].gaps[:3]]
    assert words == [
        ("Fem aktiviteter saknar startdag", 2),
        ("Fem aktiviteter saknar ansvarig person", 2),
        ("Fem aktiviteter saknar dag för nästa uppföljning", 2),
    ]
    text = response.content.decode()
    assert f'<a href="{activities[0].get_absolute_url()}">{activities[0]}</a>' in text
    assert "Ingenting just nu" not in text


def test_seats_without_holders_are_counted_by_group(client, agreement, coordinator):
    group = group_of(agreement, "situation")
    make_seat(group, organisation=organisation_of(agreement, "SF"))
    make_seat(group, organisation=organisation_of(agreement, "BBAB"))

    gaps = start(client, coordinator).context["start"].gaps

    assert [(gap.words, gap.things) for gap in gaps] == [("Två platser utan innehavare", [group])]


def test_others_are_not_asked_to_fill_in(client, agreement, police_liaison):
    make_activity(make_focus_area(agreement), starts_on=None)

    assert start(client, police_liaison).context["start"].gaps == []


def test_closed_agreement_asks_for_nothing_to_be_filled_in(client, agreement, coordinator):
    make_activity(make_focus_area(agreement), starts_on=None)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    assert start(client, coordinator).context["start"].gaps == []

"""The overview: who was heard last, what comes next, what waits to be approved, and what is worst first."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Organisation, User
from focus_areas.follow_up_overview import read_overview, voice_of
from focus_areas.models import FollowUp, Reminder
from tests.factories import (
    TODAY,
    as_person,
    at,
    make_activity,
    make_focus_area,
    make_follow_up,
    make_log_entry,
    make_status_update,
    organisation_of,
)

pytestmark = pytest.mark.django_db


def day(offset: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=offset)


@pytest.fixture
def focus_area(agreement):
    return make_focus_area(agreement)


def under_way(focus_area, title, *, by, heard_ago=1, **fields):
    activity = make_activity(focus_area, title=title, **fields)
    make_status_update(activity, by=by, written_at=at(day(-heard_ago)))
    return activity


def show(client, agreement, query=""):
    return client.get(reverse("focus_areas:follow_up_overview", args=[agreement.pk]) + query)


def titles(response) -> list[str]:
    return [row.activity.title for row in response.context["page_obj"].object_list]


def test_worst_comes_first(agreement, focus_area, coordinator):
    due = {"by": coordinator}
    under_way(focus_area, "Snart", next_follow_up_on=day(5), **due)
    under_way(focus_area, "Utan plan", **due)
    make_follow_up(under_way(focus_area, "Väntar", next_follow_up_on=day(50), **due), by=coordinator, next_on=day(50))
    under_way(focus_area, "Tyst länge", heard_ago=90, **due)
    under_way(focus_area, "Tyst", heard_ago=31, **due)
    under_way(focus_area, "Sen", next_follow_up_on=day(-1), **due)
    under_way(focus_area, "Senast av alla", next_follow_up_on=day(-100), **due)
    make_status_update(make_activity(focus_area, title="Klar", next_follow_up_on=day(-9)), status="completed")

    rows = read_overview(agreement, today=TODAY).rows

    assert [row.activity.title for row in rows] == [
        "Senast av alla",
        "Sen",
        "Tyst länge",
        "Tyst",
        "Väntar",
        "Utan plan",
        "Snart",
    ]


def test_last_voice_is_the_latest_of_log_and_report(agreement, focus_area, coordinator, police_liaison):
    activity = under_way(focus_area, "Grannsamverkan", by=coordinator, heard_ago=40)
    make_log_entry(activity, by=police_liaison, written_at=at(day(-21)), happened_on=day(-60))

    row = read_overview(agreement, today=TODAY).rows[0]

    assert (row.heard_from, row.heard_on) == ("Polisen (Lokalpolisområde Malmö Norr)", day(-21))


def test_page_says_who_was_heard_and_when(client, agreement, focus_area, police_liaison, reader):
    under_way(focus_area, "Grannsamverkan", by=police_liaison, heard_ago=21)
    make_activity(focus_area, title="Avhopparverksamhet")
    as_person(client, reader)

    page = " ".join(show(client, agreement).content.decode().split())

    assert "Polisen (Lokalpolisområde Malmö Norr) för 3 veckor sedan" in page
    assert "Ingen än" in page
    assert "Påminn<" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "police_area", "name": "LPO Kävlinge"}, "Polisen (LPO Kävlinge)"),
        ({"kind": "police", "name": "Polismyndigheten"}, "Polisen"),
        ({"kind": "municipality", "name": "Burlövs kommun"}, "Kommunen"),
        ({"kind": "administration", "name": "Socialförvaltningen", "short_name": "SF"}, "Kommunen (SF)"),
        ({"kind": "housing_company", "name": "Burlövs Bostäder", "short_name": "BBAB"}, "Burlövs Bostäder"),
        ({"kind": "administration", "name": "Region Skåne"}, "Region Skåne"),
    ],
)
def test_voice_names_the_organisation(fields, words):
    municipality = Organisation(kind="municipality", name="Burlövs kommun")
    organisation = Organisation(**fields)
    if organisation.short_name:
        organisation.parent = municipality

    assert voice_of(User(full_name="Erik Holm", organisation=organisation)) == words


def test_voice_without_an_organisation_is_the_persons_own():
    assert voice_of(User(full_name="Erik Holm")) == "Erik Holm"


def test_filters_narrow_and_unknown_values_are_said_to_be_wrong(client, agreement, focus_area, coordinator):
    police = organisation_of(agreement, "Polisen")
    under_way(focus_area, "Sen", by=coordinator, next_follow_up_on=day(-1), lead=[police])
    under_way(focus_area, "Tyst", by=coordinator, heard_ago=31)
    make_follow_up(under_way(focus_area, "Väntar", by=coordinator))
    as_person(client, coordinator)

    shown = {
        query: titles(show(client, agreement, query))
        for query in (f"?leds_av={police.pk}", "?visa=forsenade", "?visa=tysta", "?visa=godkannande", "?visa=allt")
    }
    wrong = show(client, agreement, "?leds_av=99999999999999999999&visa=allt")

    assert list(shown.values()) == [["Sen"], ["Sen"], ["Tyst"], ["Väntar"], []]
    assert set(wrong.context["filter_form"].errors) == {"leds_av", "visa"}


def test_approvals_wait_for_each_side_also_of_what_is_finished(client, agreement, focus_area, coordinator, reader):
    both = under_way(focus_area, "Väntar", by=coordinator)
    make_follow_up(both, by=coordinator)
    make_follow_up(both, by=coordinator, approved_for=("municipality",))
    make_follow_up(both, by=coordinator, approved_for=("municipality", "police"))
    finished = make_activity(focus_area, title="Klar")
    make_follow_up(finished, by=coordinator, conclusion=FollowUp.Conclusion.END, approved_for=("police",))
    make_status_update(finished, status="completed")
    as_person(client, reader)

    overview = read_overview(agreement, today=TODAY)
    page = show(client, agreement).content.decode()

    assert [(str(side), count) for side, count in overview.waiting_by_side] == [("municipality", 2), ("police", 2)]
    assert [len(row.waiting) for row in overview.rows] == [2]
    assert "som är avslutad, väntar på kommunen." in page


def test_reminders_are_shown_and_the_button_rests_for_the_day(client, agreement, focus_area, coordinator):
    activity = under_way(focus_area, "Grannsamverkan", by=coordinator, next_follow_up_on=day(3))
    as_person(client, coordinator)
    button = reverse("focus_areas:activity_remind", args=[activity.pk])

    before = show(client, agreement).content.decode()
    for days_ago in (9, 0):
        Reminder.objects.create(
            activity=activity,
            occasion=Reminder.Occasion.FOLLOW_UP,
            due_on=day(3),
            recipient=coordinator,
            sent_at=at(day(-days_ago)),
        )
    after = show(client, agreement).content.decode()

    assert button in before
    assert button not in after
    assert "2 påminnelser i allt" in after
    assert "senast 26 november 2026" in after


def test_empty_overview_says_so(client, agreement, reader):
    as_person(client, reader)

    assert "Inget att följa upp" in show(client, agreement).content.decode()


def test_closed_agreement_reminds_nobody(client, agreement, focus_area, coordinator):
    activity = under_way(focus_area, "Grannsamverkan", by=coordinator, next_follow_up_on=day(3))
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)
    button = reverse("focus_areas:activity_remind", args=[activity.pk])

    assert button not in show(client, agreement).content.decode()
    assert client.post(button).status_code == 403

"""The pages of Örat mot marken: who sees what, what is taken in, and what is turned away."""

import csv
import datetime
import io
import uuid

import pytest
from django.urls import reverse

from agreements.models import Area, Group
from focus_areas.models import LogEntry
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Meeting,
    Observation,
    UpcomingEvent,
)
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_area,
    make_focus_area,
    organisation_of,
)
from tests.meeting_factories import (
    make_category,
    make_event,
    make_meeting,
    make_observation,
    make_situation_report,
    situation_group,
)
from tests.meetings.pages import YESTERDAY, url

TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def meeting(fortnights) -> Meeting:
    return fortnights[-1]


# --- Who sees what ---

READS = ("observation_list", "event_list")
WRITES = ("observation_create", "event_create")
KEEPS = ("category_list", "category_create", "area_create")


@pytest.mark.parametrize(
    ("who", "reads", "trends", "writes", "keeps"),
    [
        ("coordinator", 200, 200, 200, 200),
        ("police_liaison", 200, 200, 200, 403),
        ("preparation_member", 200, 200, 200, 403),
        ("situation_member", 200, 200, 200, 403),
        ("steering_member", 403, 200, 403, 403),
        ("convener", 403, 403, 403, 403),
        ("reader", 403, 403, 403, 403),
        ("outsider", 404, 404, 404, 404),
        ("system_administrator", 200, 200, 200, 200),
    ],
)
def test_who_opens_which_page(request, client, agreement, category, fortnights, who, reads, trends, writes, keeps):
    as_person(client, request.getfixturevalue(who))

    def answers(names):
        return {client.get(url(name, agreement)).status_code for name in names}

    assert answers(READS) == {reads}
    assert answers(["trend_list"]) == {trends}
    assert answers(WRITES) == {writes}
    assert answers(KEEPS) == {keeps}


def test_a_steering_member_reads_trends_and_no_word_of_what_was_seen(
    client, agreement, category, steering_member, meeting
):
    seen = make_observation(
        agreement, TODAY, category=category, area=make_area(agreement), place="Burlövs station", text="Krossat glas."
    )
    as_person(client, steering_member)

    trends = client.get(url("trend_list", agreement)).content.decode()

    assert "Skadegörelse" in trends
    assert "Burlövs station" not in trends
    assert "Krossat glas" not in trends
    assert client.get(seen.get_absolute_url()).status_code == 403
    refused = client.get(meeting.get_absolute_url())
    assert refused.status_code == 403
    assert "Trenderna därifrån får du läsa" in refused.content.decode()
    assert f'href="{url("trend_list", agreement)}"' in client.get(reverse("meetings:meeting_list")).content.decode()
    for name in ("observation_update", "observation_delete", "observation_action_point", "observation_log_entry"):
        assert client.get(url(name, seen)).status_code == 403


def test_a_situation_member_does_not_read_the_steering_groups_meeting(client, agreement, situation_member):
    steering = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY)

    assert as_person(client, situation_member).get(steering.get_absolute_url()).status_code == 403


# --- Reading, correcting ---


def test_the_list_is_narrowed_by_the_address(client, agreement, category, situation_member):
    arlov = make_area(agreement)
    traffic = make_category(agreement, "Trafik")
    make_observation(agreement, TODAY, category=category, area=arlov, text="Klotter Å.")
    make_observation(agreement, YESTERDAY, category=traffic, text="Buskörning.")
    as_person(client, situation_member)

    def found(query):
        return [one.text for one in client.get(url("observation_list", agreement) + query).context["page_obj"]]

    assert found("") == ["Klotter Å.", "Buskörning."]
    assert found(f"?kategori={traffic.pk}") == ["Buskörning."]
    assert found(f"?omrade={arlov.pk}") == ["Klotter Å."]
    assert found(f"?fran={TODAY}&till={TODAY}") == ["Klotter Å."]
    assert found(f"?kalla={organisation_of(agreement, 'BBAB').pk}") == ["Klotter Å.", "Buskörning."]
    assert found("?q=klotter å") == ["Klotter Å."]
    assert found("?kategori=999") == []
    assert found("?fran=i går") == []
    assert found("?fran=2026-11-23&till=2026-11-01") == []


def test_the_list_is_exported(client, agreement, category, situation_member):
    make_observation(agreement, TODAY, category=category, text="=HYPERLINK(1)", place="+46")
    as_person(client, situation_member)

    as_csv = client.get(url("observation_list", agreement) + "?format=csv")
    as_xlsx = client.get(url("observation_list", agreement) + "?format=xlsx")

    rows = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Kategori"
    assert rows[1][2] == "'+46"
    assert rows[1][6] == "'=HYPERLINK(1)"
    assert as_xlsx.content.startswith(b"PK")
    for file in (as_csv, as_xlsx):
        assert "attachment" in file["Content-Disposition"]
        assert file["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("who", "status"),
    [("situation_member", 200), ("coordinator", 200), ("police_liaison", 200), ("preparation_member", 403)],
)
def test_who_corrects_an_observation(request, client, agreement, category, situation_member, who, status):
    observation = make_observation(agreement, TODAY, category=category, by=situation_member)
    as_person(client, request.getfixturevalue(who))

    assert client.get(url("observation_update", observation)).status_code == status
    assert client.get(url("observation_delete", observation)).status_code == status


def test_an_observation_is_corrected_with_its_history(client, agreement, category, situation_member):
    observation = make_observation(agreement, TODAY, category=category, by=situation_member)
    data = {
        "submission_key": uuid.uuid4(),
        "category": category.pk,
        "occurred_from": YESTERDAY,
        "occurred_to": TODAY,
        "text": "Klotter i två väntkurer.",
        "severity": "medium",
        "source": observation.source_id,
        "reason_for_change": "Det var två.",
    }

    answer = as_person(client, situation_member).post(url("observation_update", observation), data, follow=True)

    observation.refresh_from_db()
    assert (observation.text, observation.occurred_from) == ("Klotter i två väntkurer.", YESTERDAY)
    assert "Det var två." in answer.content.decode()


def test_an_observation_is_taken_away_for_a_reason(client, agreement, category, situation_member):
    observation = make_observation(agreement, TODAY, category=category, by=situation_member)
    as_person(client, situation_member)

    client.post(url("observation_delete", observation), {"submission_key": uuid.uuid4(), "reason_for_change": ""})
    assert Observation.objects.exists()
    answer = client.post(
        url("observation_delete", observation), {"submission_key": uuid.uuid4(), "reason_for_change": "Dubblett"}
    )

    assert answer.url == url("observation_list", agreement)
    assert not Observation.objects.exists()


# --- The meeting's page ---


def test_the_meeting_tells_what_has_happened_and_who_has_reported(client, agreement, category, coordinator, meeting):
    situation_seat(agreement, "BBAB")
    situation_seat(agreement, "Polisen")
    make_observation(agreement, TODAY, category=category, place="Burlövs station", is_recurring=True)
    make_observation(agreement, TODAY - datetime.timedelta(days=40), category=category, text="För länge sedan.")
    make_situation_report(meeting)

    page = as_person(client, coordinator).get(meeting.get_absolute_url())

    words = " ".join(page.content.decode().split())
    assert "<b>En iakttagelse sedan förra mötet</b> 10 november." in words or "iakttagelser sedan förra mötet" in words
    assert "En av två organisationer har rapporterat. Det saknas från Polisen." in words
    assert "Skadegörelse, Burlövs station" in words
    assert "återkommande" in words
    assert "inte anmälda brott" in words


def situation_seat(agreement, short_name):
    group = situation_group(agreement)
    return group.seats.create(title=f"Plats för {short_name}", organisation=organisation_of(agreement, short_name))


def test_what_came_in_after_the_last_meeting_is_marked(client, agreement, category, coordinator, fortnights):
    last = fortnights[-2]
    before, day = last.day - datetime.timedelta(days=3), datetime.timedelta(days=1)
    make_observation(agreement, before, category=category, text="I tid.", reported_at=last.closed_at - day)
    make_observation(agreement, before, category=category, text="För sent.", reported_at=last.closed_at + day)

    since = as_person(client, coordinator).get(fortnights[-1].get_absolute_url()).context["since"]

    assert [(one.text, one.came_late) for one in since.observations] == [("För sent.", True)]


def test_a_trend_that_was_discussed_stands_in_the_minutes_once(client, agreement, category, coordinator, meeting):
    make_observation(agreement, TODAY, category=category)
    address = url("trend_discuss", meeting) + f"?kategori={category.pk}"
    as_person(client, coordinator)

    for note in ("BBAB sätter upp kameror.", "Tas upp igen."):
        client.post(address, {"submission_key": uuid.uuid4(), "note": note})

    item = AgendaItem.objects.get(meeting=meeting)
    assert item.title == "Trend: Skadegörelse"
    assert item.outcome == AgendaItem.Outcome.DISCUSSED
    assert item.minutes.startswith("1 hittills.")
    assert item.minutes.endswith("BBAB sätter upp kameror.\nTas upp igen.")
    assert client.get(meeting.get_absolute_url()).context["situation"].rows[0].is_discussed


@pytest.mark.parametrize("query", ["", "?kategori=x", "?kategori=99999", "?kategori=1&omrade=x"])
def test_a_trend_that_is_none_is_not_found(client, agreement, category, coordinator, meeting, query):
    as_person(client, coordinator)

    assert client.get(url("trend_discuss", meeting) + query).status_code == 404
    assert client.get(url("trend_action_point", agreement) + query).status_code == 404


def test_only_who_leads_discusses(client, agreement, category, situation_member, meeting):
    address = url("trend_discuss", meeting) + f"?kategori={category.pk}"

    assert as_person(client, situation_member).get(address).status_code == 403


# --- One step ---


def test_an_observation_becomes_an_action_point_at_the_meeting(client, agreement, category, coordinator, meeting):
    observation = make_observation(agreement, TODAY, category=category, place="Burlövs station")
    as_person(client, coordinator)
    form = client.get(url("observation_action_point", observation)).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"submission_key": uuid.uuid4()}

    client.post(url("observation_action_point", observation), data | {"text": f"{data['text']}laga rutan"})

    point = ActionPoint.objects.get()
    assert point.text == "Skadegörelse, Burlövs station, 23 november: laga rutan"
    assert (point.meeting, point.organisation) == (meeting, observation.source)
    assert point.due_on == TOMORROW + datetime.timedelta(days=14)


def test_a_trend_becomes_an_item_for_the_preparation_group(client, agreement, category, coordinator, meeting):
    make_observation(agreement, TODAY, category=category)
    address = url("trend_agenda_item", agreement) + f"?kategori={category.pk}"
    as_person(client, coordinator)

    def send():
        form = client.get(address).context["form"]
        client.post(address, {name: form[name].value() for name in form.fields} | {"submission_key": uuid.uuid4()})
        return AgendaItem.objects.latest("pk")

    waiting = send()
    planned = make_meeting(group_of(agreement, Group.Kind.PREPARATION), TOMORROW)
    scheduled = send()

    assert (waiting.title, waiting.meeting) == ("Skadegörelse", None)
    assert "Från Örat mot marken. Skadegörelse: 1 hittills." in waiting.description
    assert scheduled.meeting == planned


def test_an_observation_is_logged_where_ones_own_organisation_acts(
    client, agreement, category, situation_member, coordinator
):
    mine = make_activity(
        make_focus_area(agreement), title="Trygga trapphus", participants=[organisation_of(agreement, "BBAB")]
    )
    make_activity(mine.focus_area, title="Någon annans")
    observation = make_observation(agreement, TODAY, category=category)
    address = url("observation_log_entry", observation)
    form = as_person(client, situation_member).get(address).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"submission_key": uuid.uuid4()}

    client.post(address, data | {"activity": mine.pk})
    refused = client.post(address, data | {"activity": mine.pk + 1, "submission_key": uuid.uuid4()})

    assert [str(choice[1]) for choice in form.fields["activity"].choices][1:] == [str(mine)]
    entry = LogEntry.objects.get()
    assert (entry.activity, entry.created_by, entry.happened_on) == (mine, situation_member, TODAY)
    assert refused.context["form"].errors


@pytest.mark.parametrize("name", ["observation_agenda_item", "observation_log_entry", "observation_action_point"])
def test_what_was_observed_does_not_go_along_to_those_who_may_not_read_it(
    client, agreement, category, coordinator, name
):
    make_activity(make_focus_area(agreement))
    observation = make_observation(agreement, TODAY, category=category, place="Stationen", text="Krossat glas i kuren.")

    page = as_person(client, coordinator).get(url(name, observation)).context["form"]

    suggested = " ".join(str(field.value() or "") for field in page)
    assert "Stationen" in suggested
    assert "Krossat glas" not in suggested


def test_a_member_makes_no_action_point(client, agreement, category, situation_member, meeting):
    observation = make_observation(agreement, TODAY, category=category)
    as_person(client, situation_member)

    assert client.get(url("observation_action_point", observation)).status_code == 403
    assert client.get(url("observation_agenda_item", observation)).status_code == 403
    assert client.get(url("trend_action_point", agreement) + f"?kategori={category.pk}").status_code == 403


# --- What is coming, and the words ---


def test_an_event_is_added_changed_and_taken_away(client, agreement, situation_member):
    as_person(client, situation_member)
    data = {
        "submission_key": uuid.uuid4(),
        "title": "Skyltsöndag",
        "kind": "gathering",
        "starts_on": "2026-11-29",
        "ends_on": "",
        "watched_by": [organisation_of(agreement, "Polisen").pk],
    }

    client.post(url("event_create", agreement), data)
    event = UpcomingEvent.objects.get()
    client.post(url("event_update", event), data | {"title": "Skyltsöndagen", "submission_key": uuid.uuid4()})
    page = client.get(url("event_list", agreement)).content.decode()

    assert event.ends_on == datetime.date(2026, 11, 29)
    assert "Skyltsöndagen" in page
    assert "Julafton, Juldagen, Annandag jul" in page
    client.post(url("event_delete", event))
    assert not UpcomingEvent.objects.exists()


def test_a_wrong_event_is_explained(client, agreement, other_agreement, situation_member):
    as_person(client, situation_member)
    data = {"submission_key": uuid.uuid4(), "title": "Lucia", "kind": "other", "starts_on": "2026-12-13"}

    for wrong in ({"ends_on": "2026-12-01"}, {"area": make_area(other_agreement).pk}, {"kind": "x"}, {"title": ""}):
        assert client.post(url("event_create", agreement), data | wrong).context["form"].errors

    assert not UpcomingEvent.objects.exists()


def test_a_category_is_put_out_of_use(client, agreement, category, coordinator):
    make_observation(agreement, TODAY, category=category)
    as_person(client, coordinator)

    client.post(url("category_update", category), {"submission_key": uuid.uuid4(), "name": "Skadegörelse"})

    category.refresh_from_db()
    assert not category.is_in_use
    assert Observation.objects.count() == 1


def test_a_category_and_an_area_have_one_name_each(client, agreement, category, coordinator):
    make_area(agreement, "Arlöv")
    make_category(agreement, "Trafik")
    as_person(client, coordinator)

    again = client.post(url("category_create", agreement), {"submission_key": uuid.uuid4(), "name": "TRAFIK"})
    area = client.post(url("area_create", agreement), {"submission_key": uuid.uuid4(), "name": "Arlöv"})
    client.post(url("area_create", agreement), {"submission_key": uuid.uuid4(), "name": "Tågarp"})

    assert again.context["form"].errors["name"] == ["Kategorin finns redan."]
    assert area.context["form"].errors["name"] == ["Delområdet finns redan."]
    assert [one.name for one in Area.objects.filter(agreement=agreement)] == ["Arlöv", "Tågarp"]


def test_a_closed_agreement_takes_nothing_in(client, agreement, category, coordinator, meeting):
    observation = make_observation(agreement, TODAY, category=category, by=coordinator)
    event = make_event(agreement)
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)

    for name, thing in (
        ("observation_create", agreement),
        ("observation_update", observation),
        ("observation_delete", observation),
        ("event_create", agreement),
        ("event_update", event),
        ("category_update", category),
        ("area_create", agreement),
    ):
        assert client.get(url(name, thing)).status_code == 403
    assert client.post(url("nothing_to_report", meeting)).status_code == 403
    assert client.get(meeting.get_absolute_url()).status_code == 200

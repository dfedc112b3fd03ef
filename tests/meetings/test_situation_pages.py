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
    ObservationCategory,
    SituationReport,
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

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


def url(name: str, thing) -> str:
    return reverse(f"meetings:{name}", args=[thing.pk])


@pytest.fixture
def fortnights(agreement) -> list[Meeting]:
    """Twelve meetings held every second week, the last one thirteen days ago, and one planned for tomorrow."""
    group = situation_group(agreement)
    held = [make_meeting(group, TOMORROW - datetime.timedelta(weeks=2 * n), held=True) for n in range(12, 0, -1)]
    return [*held, make_meeting(group, TOMORROW)]


@pytest.fixture
def meeting(fortnights) -> Meeting:
    return fortnights[-1]


@pytest.fixture
def category(agreement) -> ObservationCategory:
    return make_category(agreement, guidance="Klotter och krossade rutor.")


def report(agreement, category, *blocks, **fields) -> dict:
    """What the form posts: each block over what is usual."""
    data = {
        "submission_key": uuid.uuid4(),
        "organisation": organisation_of(agreement, "BBAB").pk,
        "number": len(blocks) or 1,
    }
    for number, block in enumerate(blocks or [{}]):
        usual = {
            "category": category.pk,
            "area": "",
            "place": "",
            "occurred_from": YESTERDAY,
            "occurred_to": YESTERDAY,
            "text": "Klotter i väntkuren.",
            "time_of_day": "",
            "severity": "low",
        }
        data |= {f"{number}-{name}": value for name, value in (usual | block).items()}
    return data | fields


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


# --- Reporting ---


def test_three_observations_are_reported_at_once(client, agreement, category, situation_member, meeting):
    data = report(agreement, category, {}, {"text": "Krossat glas.", "place": "Dalbyvägen"}, {"severity": "high"})

    answer = as_person(client, situation_member).post(url("observation_create", agreement), data, follow=True)

    assert Observation.objects.count() == 3
    assert SituationReport.objects.get().meeting == meeting
    assert "Tre iakttagelser är sparade. BBAB har rapporterat till mötet 24 november." in answer.content.decode()


def test_the_form_sent_twice_is_received_once(client, agreement, category, situation_member, meeting):
    data = report(agreement, category)
    as_person(client, situation_member)

    for _ in range(2):
        client.post(url("observation_create", agreement), data)

    assert Observation.objects.count() == 1


def test_a_block_that_was_left_empty_is_no_observation(client, agreement, category, situation_member, meeting):
    data = report(agreement, category, {}, {"category": "", "text": "", "place": ""}, {"text": "Den tredje."})

    as_person(client, situation_member).post(url("observation_create", agreement), data)

    assert Observation.objects.count() == 2


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"occurred_from": TOMORROW, "occurred_to": TOMORROW}, "Dagen har inte varit än."),
        ({"occurred_from": TODAY, "occurred_to": YESTERDAY}, "Sista dagen kan inte vara före den första."),
        ({"occurred_from": "i går"}, "Skriv ett datum"),
        ({"category": ""}, "Välj kategori."),
        ({"category": "99999"}, "Välj ett giltigt alternativ"),
        ({"area": "x"}, "Välj ett giltigt alternativ"),
        ({"text": ""}, "Skriv vad som har hänt."),
        ({"text": "x" * 501}, "högst 500 tecken"),
        ({"text": "noll\x07tecken"}, "ett tecken som inte kan skrivas ut"),
        ({"place": "två\u2028rader"}, "ska stå på en rad"),
        ({"severity": "katastrof"}, "Välj ett giltigt alternativ"),
        ({"text": "Ring 811218-9876."}, "personnummer"),
    ],
)
def test_a_wrong_block_is_explained_and_nothing_is_saved(
    client, agreement, category, situation_member, meeting, block, words
):
    data = report(agreement, category, {"text": "Den första är rätt."}, block)

    answer = as_person(client, situation_member).post(url("observation_create", agreement), data)

    assert not Observation.objects.exists()
    assert not SituationReport.objects.exists()
    page = answer.content.decode()
    assert words in page
    assert "Rätta iakttagelse 2." in page
    assert "Den första är rätt." in page


def test_what_belongs_to_another_agreement_cannot_be_chosen(
    client, agreement, other_agreement, category, situation_member, meeting
):
    as_person(client, situation_member)
    strangers = [
        report(agreement, category, {"category": make_category(other_agreement).pk}),
        report(agreement, category, {"area": make_area(other_agreement).pk}),
        report(agreement, category, organisation=organisation_of(other_agreement, "SF").pk),
        report(agreement, make_category(agreement, "Gammal", is_in_use=False)),
    ]

    for data in strangers:
        assert client.post(url("observation_create", agreement), data).context["form"].errors

    assert not Observation.objects.exists()


def test_a_member_reports_for_the_own_organisation_and_the_coordinator_for_any(
    client, agreement, category, situation_member, coordinator, meeting
):
    police = organisation_of(agreement, "Polisen").pk

    refused = as_person(client, situation_member).post(
        url("observation_create", agreement), report(agreement, category, organisation=police)
    )
    as_person(client, coordinator).post(
        url("observation_create", agreement), report(agreement, category, organisation=police)
    )

    assert refused.context["form"].errors["organisation"]
    assert [one.source_id for one in Observation.objects.all()] == [police]


def test_five_hundred_at_once_are_turned_away(
    client, agreement, category, situation_member, meeting, django_assert_max_num_queries
):
    as_person(client, situation_member)
    data = {"submission_key": uuid.uuid4(), "organisation": organisation_of(agreement, "BBAB").pk, "number": 1}
    many = data | {f"{number}-text": "Klotter." for number in range(500)}

    for posted in (many, data | {"number": 500}, data | {"499-text": "Klotter."}):
        with django_assert_max_num_queries(30):
            answer = client.post(url("observation_create", agreement), posted)
        assert answer.status_code == 422
        assert "Högst 20 iakttagelser" in answer.content.decode()

    assert not Observation.objects.exists()


def test_five_hundred_whole_ones_are_more_than_is_taken_in(client, agreement, category, situation_member, meeting):
    answer = as_person(client, situation_member).post(
        url("observation_create", agreement), report(agreement, category, *[{}] * 500)
    )

    assert answer.status_code == 400
    assert "Ingenting är sparat." in answer.content.decode()
    assert not Observation.objects.exists()


def test_a_meeting_that_was_cancelled_meanwhile_says_so(client, agreement, category, situation_member, meeting):
    address = url("observation_create", agreement) + f"?mote={meeting.pk}"
    meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, "Sjukdom"
    meeting.save()

    answer = as_person(client, situation_member).post(address, report(agreement, category))

    assert "Mötet tar inte emot fler rapporter." in answer.content.decode()
    assert not Observation.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "-1", "tre", "²", "9" * 400])
def test_a_number_of_blocks_that_is_none_does_no_harm(client, agreement, category, situation_member, meeting, number):
    data = report(agreement, category, number=number)

    answer = as_person(client, situation_member).post(url("observation_create", agreement), data)

    assert answer.status_code in (200, 302)
    assert Observation.objects.count() <= 1


def test_without_script_the_next_one_begins_where_the_last_one_was(
    client, agreement, category, situation_member, meeting
):
    area = make_area(agreement)
    data = report(agreement, category, {"area": area.pk}, mer="1")

    answer = as_person(client, situation_member).post(url("observation_create", agreement), data, follow=True)

    block = answer.context["form"].blocks[0]
    assert (block["category"].value(), block["area"].value()) == (str(category.pk), str(area.pk))
    assert answer.context["form"]["organisation"].value() == str(organisation_of(agreement, "BBAB").pk)


def test_the_form_starts_with_ones_own_organisation_and_today(client, agreement, category, situation_member, meeting):
    page = as_person(client, situation_member).get(url("observation_create", agreement))

    form = page.context["form"]
    assert form["organisation"].value() == organisation_of(agreement, "BBAB").pk
    assert form.blocks[0]["occurred_from"].value() == TODAY
    assert "Aldrig namn, personnummer, registreringsnummer" in page.content.decode()
    assert "Klotter och krossade rutor." in page.content.decode()


def test_a_report_from_the_meetings_page_goes_to_that_meeting(client, agreement, category, coordinator, meeting):
    data = report(agreement, category)

    answer = as_person(client, coordinator).post(url("observation_create", agreement) + f"?mote={meeting.pk}", data)

    assert answer.url == meeting.get_absolute_url()
    assert SituationReport.objects.get().meeting == meeting


@pytest.mark.parametrize("value", ["0", "x", "999999", "9" * 30, "-1", "²"])
def test_a_meeting_that_is_none_is_not_found(client, agreement, category, coordinator, meeting, value):
    as_person(client, coordinator)

    assert client.get(url("observation_create", agreement) + f"?mote={value}").status_code == 404


def test_a_meeting_of_another_group_or_agreement_is_not_found(
    client, agreement, other_agreement, category, coordinator, meeting
):
    as_person(client, coordinator)
    others = [make_meeting(group_of(agreement, Group.Kind.STEERING)), make_meeting(situation_group(other_agreement))]

    for other in others:
        assert client.get(url("observation_create", agreement) + f"?mote={other.pk}").status_code == 404


def test_reporting_without_a_planned_meeting_works(client, agreement, category, situation_member):
    answer = as_person(client, situation_member).post(
        url("observation_create", agreement), report(agreement, category), follow=True
    )

    assert "En iakttagelse är sparad." in answer.content.decode()
    assert not SituationReport.objects.exists()


def test_nothing_to_report_is_one_tap(client, agreement, situation_member, meeting):
    for _ in range(2):
        answer = as_person(client, situation_member).post(url("nothing_to_report", meeting), follow=True)

    assert "BBAB har rapporterat: inget att rapportera." in answer.content.decode()
    assert SituationReport.objects.get().organisation == organisation_of(agreement, "BBAB")


def test_a_member_says_it_only_for_the_own_organisation(client, agreement, situation_member, coordinator, meeting):
    police = organisation_of(agreement, "Polisen").pk

    refused = as_person(client, situation_member).post(url("nothing_to_report", meeting), {"organisation": police})
    led = as_person(client, coordinator).post(url("nothing_to_report", meeting), {"organisation": police})

    assert (refused.status_code, led.status_code) == (403, 302)
    assert [one.organisation_id for one in SituationReport.objects.all()] == [police]


def test_nothing_to_report_belongs_to_orat_mot_marken(client, agreement, coordinator):
    other = make_meeting(group_of(agreement, Group.Kind.PREPARATION))

    assert as_person(client, coordinator).post(url("nothing_to_report", other)).status_code == 404
    for value in ("x", "999999", "9" * 40):
        situation = make_meeting(situation_group(agreement), TODAY + datetime.timedelta(days=len(value)))
        assert client.post(url("nothing_to_report", situation), {"organisation": value}).status_code == 404


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
    assert item.minutes.startswith("1 den här gången")
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
    assert "Från Örat mot marken. Skadegörelse: 1 den här gången" in waiting.description
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

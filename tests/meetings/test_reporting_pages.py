"""Reporting observations: several at once, from the meeting's page, and that nothing has happened."""

import datetime
import uuid

import pytest

from agreements.models import Group
from meetings.models import (
    Meeting,
    Observation,
    SituationReport,
)
from tests.factories import (
    TODAY,
    as_person,
    group_of,
    make_area,
    organisation_of,
)
from tests.meeting_factories import (
    make_category,
    make_meeting,
    situation_group,
)
from tests.meetings.pages import YESTERDAY, report, url

TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def meeting(fortnights) -> Meeting:
    return fortnights[-1]


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

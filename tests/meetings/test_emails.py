"""The mails with the link to a call or to minutes: who gets them, what they say, and what happens when they fail."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from agreements.models import Agreement
from meetings.models import Meeting
from tests.factories import TODAY, as_person, at, seat_person
from tests.meeting_factories import make_agenda_item, make_meeting

PERSONAL_NUMBER = "811218-9876"


class DeadServer(EmailBackend):
    """A mail server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("no mail server here")


class PickyServer(EmailBackend):
    """A mail server that does not know one of them."""

    def send_messages(self, messages):
        if any("erik.holm" in message.to[0] for message in messages):
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def meeting(preparation, coordinator, police_liaison) -> Meeting:
    """A meeting to come, with an agenda and three members: two with an address, one without."""
    seat_person(preparation.agreement, group=preparation, full_name="Ove Utan", email=None, password=None)
    meeting = make_meeting(preparation)
    make_agenda_item(meeting, "Läget vid stationen")
    make_agenda_item(meeting, "Hemlig punkt", is_internal=True)
    return meeting


@pytest.fixture
def held(preparation, coordinator, police_liaison) -> Meeting:
    return make_meeting(preparation, held=True)


def address(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def filled_in(client, page: str, **fields) -> dict:
    """What a browser would send of the page, with some fields written."""
    response = client.get(page)
    form = response.context["form"]
    return {
        "submission_key": response.context["submission_key"],
        "recipients": form["recipients"].value(),
        "greeting": "",
    } | fields


def test_call_goes_to_each_member_alone(client, coordinator, police_liaison, meeting):
    as_person(client, coordinator)
    page = address("call_send", meeting)

    response = client.post(page, filled_in(client, page, greeting="Välkomna!"), follow=True)

    assert "Kallelsen är skickad till två personer." in response.content.decode()
    assert sorted(message.recipients() for message in mail.outbox) == [[police_liaison.email], [coordinator.email]]
    first = next(message for message in mail.outbox if message.to == [police_liaison.email])
    assert first.subject == "Kallelse: Beredningsgruppen 23 november 2026"
    assert first.reply_to == [coordinator.email]
    assert first.attachments == []
    for said in (
        "Hej Erik Holm!\n\nVälkomna!\n\nMaja Lind kallar till möte med Beredningsgruppen.",
        "Tid: Måndag 23 november 2026 kl. 09.00–10.00",
        "Plats: Medborgarhuset i Arlöv",
        "Dagordning\n1. Läget vid stationen\n",
        f"http://testserver/moten/{meeting.pk}/kallelse.pdf",
        f"http://testserver/moten/{meeting.pk}/mote.ics",
    ):
        assert said in first.body
    assert "Hemlig" not in first.body
    assert coordinator.email not in first.body
    meeting.refresh_from_db()
    assert meeting.call_sent_at == at(TODAY)
    assert meeting.history.first().history_user == coordinator


def test_page_says_who_has_no_address_and_when_it_was_sent(client, coordinator, meeting):
    Meeting.objects.update(call_sent_at=at(TODAY, 7))

    page = as_person(client, coordinator).get(address("call_send", meeting)).content.decode()

    assert "Saknar e-postadress och får inget mejl: Ove Utan." in page
    assert "Kallelsen skickades senast den 23 november 2026 kl. 07.00." in page


def test_minutes_go_with_a_link_and_nothing_of_what_they_say(client, coordinator, held):
    make_agenda_item(held, "Läget", minutes="Det som sades")
    as_person(client, coordinator)
    page = address("minutes_send", held)

    response = client.post(page, filled_in(client, page), follow=True)

    assert "Protokollet är skickat till två personer." in response.content.decode()
    assert {message.subject for message in mail.outbox} == {"Protokoll: Beredningsgruppen 23 november 2026"}
    for message in mail.outbox:
        assert "Det är inte justerat än och kan ändras." in message.body
        assert f"http://testserver/moten/{held.pk}/protokoll.pdf" in message.body
        assert "Det som sades" not in message.body
    held.refresh_from_db()
    assert held.minutes_sent_at == at(TODAY)
    assert held.call_sent_at is None


def test_approved_minutes_can_be_sent(client, coordinator, police_liaison, held):
    Meeting.objects.filter(pk=held.pk).update(
        minutes_state=Meeting.MinutesState.APPROVED,
        approved_by=police_liaison,
        approved_at=at(TODAY),
        approved_content={"format": 1},
    )
    as_person(client, coordinator)
    page = address("minutes_send", held)

    client.post(page, filled_in(client, page))

    assert "Det är justerat." in mail.outbox[0].body
    held.refresh_from_db()
    assert held.minutes_sent_at == at(TODAY)
    assert held.approved_content == {"format": 1}


def test_form_sent_twice_sends_one_mail(client, coordinator, meeting):
    as_person(client, coordinator)
    page = address("call_send", meeting)
    data = filled_in(client, page)
    client.post(page, data)

    again = client.post(page, data, follow=True)

    assert len(mail.outbox) == 2
    assert "Det var redan sparat. Formuläret skickades två gånger." in again.content.decode()


def test_dead_mail_server_leaves_nothing_marked_and_the_form_can_be_sent_again(client, coordinator, meeting, settings):
    as_person(client, coordinator)
    page = address("call_send", meeting)
    data = filled_in(client, page, greeting="Välkomna!")
    settings.EMAIL_BACKEND = "tests.meetings.test_emails.DeadServer"

    response = client.post(page, data)

    assert response.status_code == 200
    assert "Mejlet gick inte att skicka. Inget är skickat. Försök igen om en stund." in response.content.decode()
    assert "Välkomna!" in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.call_sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(page, data)
    meeting.refresh_from_db()
    assert len(mail.outbox) == 2
    assert meeting.call_sent_at == at(TODAY)


def test_who_was_not_reached_is_named(client, coordinator, meeting, settings):
    as_person(client, coordinator)
    page = address("call_send", meeting)
    data = filled_in(client, page)
    settings.EMAIL_BACKEND = "tests.meetings.test_emails.PickyServer"

    response = client.post(page, data, follow=True)

    assert "Kallelsen är skickad till en person." in response.content.decode()
    assert "Mejlet gick inte att skicka till Erik Holm. Försök igen med bara dem." in response.content.decode()
    assert [message.to for message in mail.outbox] == [[coordinator.email]]


@pytest.mark.parametrize("fields", [{"recipients": []}, {"recipients": ["stranger"]}, {"recipients": ["x"]}])
def test_only_members_get_it(client, coordinator, outsider, meeting, fields):
    as_person(client, coordinator)
    page = address("call_send", meeting)
    chosen = [outsider.pk if one == "stranger" else one for one in fields["recipients"]]

    response = client.post(page, filled_in(client, page, recipients=chosen))

    assert response.status_code == 200
    assert "recipients" in response.context["form"].errors
    assert mail.outbox == []


def test_call_with_a_personal_number_on_the_agenda_does_not_leave(client, coordinator, meeting):
    make_agenda_item(meeting, f"Om {PERSONAL_NUMBER}")
    as_person(client, coordinator)
    page = address("call_send", meeting)

    response = client.post(page, filled_in(client, page))

    assert "Mejlet lämnas inte ut, för det innehåller ett personnummer under ”Dagordning”." in response.content.decode()
    assert mail.outbox == []


def test_greeting_is_read_by_the_guard(client, coordinator, meeting):
    as_person(client, coordinator)
    page = address("call_send", meeting)

    response = client.post(page, filled_in(client, page, greeting=f"Hälsa {PERSONAL_NUMBER}"))

    assert response.status_code == 200
    assert "greeting" in response.context["form"].errors
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("call_send", {"state": Meeting.State.CANCELLED, "cancelled_because": "Sjukdom"}),
        ("call_send", {"held": True}),
        ("minutes_send", {}),
        ("minutes_send", {"state": Meeting.State.CANCELLED, "cancelled_because": "Sjukdom"}),
    ],
)
def test_paper_that_has_no_use_is_not_sent(client, coordinator, preparation, name, fields):
    meeting = make_meeting(preparation, **fields)

    response = as_person(client, coordinator).post(address(name, meeting), {"recipients": [coordinator.pk]})

    assert response.status_code == 403
    assert "Mötet är" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["call_send", "minutes_send"])
def test_only_who_leads_sends(client, preparation_member, reader, outsider, meeting, held, name):
    thing = meeting if name == "call_send" else held

    statuses = [
        as_person(client, person).post(address(name, thing)).status_code
        for person in (preparation_member, reader, outsider)
    ]

    assert statuses == [403, 403, 404]
    assert mail.outbox == []


def test_closed_agreement_sends_nothing(client, coordinator, meeting):
    Agreement.objects.filter(pk=meeting.agreement.pk).update(state=Agreement.State.CLOSED)

    assert as_person(client, coordinator).get(address("call_send", meeting)).status_code == 403

"""Who is sent an issued report, who has read it, and what waits to be read."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from agreements.models import Group, Seat
from reports.models import ReportDelivery, ReportReading
from reports.operations.reading import HOLDS_PERSONAL_DATA, Delivered, claim, deliver, note_reading
from reports.readers import CANNOT_SIGN_IN, NO_ADDRESS, readers_of
from tests.factories import TODAY, as_person, at, group_of, seat_person
from tests.report_factories import make_issued_report, make_report

SITE = "https://trygghet.example"
YESTERDAY = TODAY - datetime.timedelta(days=1)


class RefusingBackend(EmailBackend):
    """A mail server that knows no address with “okänd” in it, and counts how often it was called."""

    opened = 0

    def open(self):
        if not getattr(self, "is_open", False):
            self.is_open = True
            RefusingBackend.opened += 1
            return True
        return False

    def close(self):
        self.is_open = False

    def send_messages(self, messages):
        for message in messages:
            if "okand" in message.to[0]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user")})
        return super().send_messages(messages)


class SilentBackend(EmailBackend):
    """A mail server that is not there, and counts how often somebody tried."""

    tries = 0

    def open(self):
        SilentBackend.tries += 1
        raise ConnectionRefusedError


@pytest.fixture
def steering(agreement, steering_member) -> Group:
    return group_of(agreement, Group.Kind.STEERING)


@pytest.fixture
def report(agreement, coordinator, steering):
    report = make_issued_report(agreement, by=coordinator, decisions_asked="Fler vandringar\n\nMer belysning")
    report.recipients.set([steering])
    return report


def errors(report) -> dict[str, str]:
    return {one.user.full_name: one.error for one in report.deliveries.select_related("user")}


# --- Sending ---


def test_mail_says_what_the_report_is_and_asks_for(report, coordinator, steering_member):
    delivered = deliver(report=report, by=coordinator, site=SITE)

    assert delivered == Delivered(reached=(steering_member,))
    (sent,) = mail.outbox
    assert sent.subject == "Ny rapport: Uppföljning första halvåret 2026 (KS/2026:411)"
    assert sent.to == [steering_member.email]
    assert sent.reply_to == [coordinator.email]
    assert sent.attachments == []
    assert f"{SITE}/rapporter/{report.pk}/" in sent.body
    for words in (
        "Period: 1 januari–30 juni 2026",
        "Utfärdad: 1 september 2026 av Maja Lind",
        "1. Fler vandringar\n2. Mer belysning\n",
    ):
        assert words in sent.body
    assert "ersätter" not in sent.body


def test_correction_says_what_it_replaces(agreement, coordinator, steering, report):
    correction = make_issued_report(
        agreement, by=coordinator, replaces=report, correction_reason="Fel antal vandringar", reference_number="KS/2"
    )
    correction.recipients.set([steering])

    deliver(report=correction, by=coordinator, site=SITE)

    assert mail.outbox[0].subject == "Rättad rapport: Uppföljning första halvåret 2026 (KS/2)"
    assert (
        "Den ersätter Uppföljning första halvåret 2026 (KS/2026:411), utfärdad 1 september 2026. "
        "Skälet: Fel antal vandringar" in mail.outbox[0].body
    )
    assert "Rapporten begär inget beslut." in mail.outbox[0].body


def test_each_person_in_the_groups_today_is_mailed_once(agreement, coordinator, report, steering_member):
    preparation = group_of(agreement, Group.Kind.PREPARATION)
    report.recipients.add(preparation)
    seat_person(agreement, group=preparation, user=steering_member)
    seat_person(agreement, full_name="Slutade Igår", ends_on=YESTERDAY)
    seat_person(agreement, full_name="Inte Kvar", is_active=False)
    seat_person(agreement, kind=Group.Kind.SITUATION, full_name="Hör Inte Hit")

    deliver(report=report, by=coordinator, site=SITE)
    deliver(report=report, by=coordinator, site=SITE)

    assert sorted(message.to[0] for message in mail.outbox) == sorted([coordinator.email, steering_member.email])


def test_group_whose_members_may_not_read_reports_gets_nothing(agreement, coordinator, report, situation_member):
    report.recipients.set([group_of(agreement, Group.Kind.SITUATION)])

    delivered = deliver(report=report, by=coordinator, site=SITE)

    assert delivered == Delivered()
    assert mail.outbox == []
    assert not ReportDelivery.objects.exists()


def test_draft_is_sent_to_nobody(agreement, coordinator, steering):
    draft = make_report(agreement)
    draft.recipients.set([steering])

    assert deliver(report=draft, by=coordinator, site=SITE) == Delivered()
    assert mail.outbox == []


def test_who_cannot_be_mailed_is_noted_and_the_others_are_reached(
    agreement, coordinator, report, steering_member, settings
):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    RefusingBackend.opened = 0
    seat_person(agreement, full_name="Okänd Adress", email="okand@burlov.example")
    seat_person(agreement, full_name="Utan Adress", email=None)
    seat_person(agreement, full_name="Utan Konto", password=None)
    last = seat_person(agreement, full_name="Sist Ilistan")

    delivered = deliver(report=report, by=coordinator, site=SITE)

    assert delivered.reached == (steering_member, last)
    assert errors(report) == {
        "Sara Berg": "",
        "Okänd Adress": "E-postservern tog inte emot adressen. Kontrollera den och skicka igen.",
        "Utan Adress": NO_ADDRESS,
        "Utan Konto": CANNOT_SIGN_IN,
        "Sist Ilistan": "",
    }
    assert ReportDelivery.objects.filter(report=report, sent_at=None).count() == 3
    # One for all, and one anew after the refusal.
    assert RefusingBackend.opened == 2


def test_server_that_does_not_answer_is_called_once(agreement, coordinator, report, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SilentBackend"
    SilentBackend.tries = 0
    seat_person(agreement, full_name="En Till")

    delivered = deliver(report=report, by=coordinator, site=SITE)

    assert delivered.reached == ()
    assert set(errors(report).values()) == {"E-postservern svarade inte. Skicka igen om en stund."}
    assert SilentBackend.tries == 1


def test_two_rounds_at_once_send_one_mail(report, steering, steering_member):
    delivery = ReportDelivery.objects.create(report=report, user=steering_member, group=steering)

    assert [claim(delivery, now=at(TODAY)), claim(delivery, now=at(TODAY))] == [True, False]


def test_personal_number_does_not_leave_in_a_mail(agreement, coordinator, steering):
    report = make_issued_report(agreement, by=coordinator, title="Om 19811218-9876")
    report.recipients.set([steering])

    deliver(report=report, by=coordinator, site=SITE)

    assert mail.outbox == []
    assert set(errors(report).values()) == {HOLDS_PERSONAL_DATA}


# --- Reading ---


def test_reading_is_counted_once_for_each_time(report, steering_member):
    first, last = at(TODAY, 9), at(TODAY, 15)

    note_reading(report=report, user=steering_member, now=first)
    note_reading(report=report, user=steering_member, now=at(TODAY, 11))
    note_reading(report=report, user=steering_member, now=last)

    reading = ReportReading.objects.get()
    assert (reading.user, reading.times, reading.first_read_at, reading.last_read_at) == (
        steering_member,
        3,
        first,
        last,
    )


def test_reading_is_kept_in_one_query_after_the_first(report, steering_member, django_assert_num_queries):
    note_reading(report=report, user=steering_member, now=at(TODAY))

    with django_assert_num_queries(3):  # a savepoint, the row, and the savepoint's end
        note_reading(report=report, user=steering_member, now=at(TODAY))


def test_draft_has_no_readers(agreement, coordinator):
    note_reading(report=make_report(agreement), user=coordinator, now=at(TODAY))

    assert not ReportReading.objects.exists()


# --- The page ---


def test_readers_are_told_apart(agreement, coordinator, report, police_liaison, steering_member):
    deliver(report=report, by=coordinator, site=SITE)
    new = seat_person(agreement, Seat.Function.MEMBER, full_name="Ny Ledamot")
    note_reading(report=report, user=steering_member, now=at(TODAY))
    note_reading(report=report, user=police_liaison, now=at(TODAY))

    readers = readers_of(report, on=TODAY)

    assert [row.user for row in readers.read] == [steering_member, police_liaison]
    assert [row.user for row in readers.unread] == [new]
    assert (readers.receiver_count, readers.receivers_who_read, readers.waiting_count) == (2, 1, 1)


def test_who_issued_the_report_is_no_reader_of_it(agreement, coordinator, report, steering_member):
    seat_person(agreement, user=coordinator)
    deliver(report=report, by=coordinator, site=SITE)
    note_reading(report=report, user=coordinator, now=at(TODAY))

    assert [row.user for row in readers_of(report, on=TODAY).rows] == [steering_member]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("police_liaison", 200),
        ("steering_member", 403),
        ("reader", 403),
        ("outsider", 404),
    ],
)
def test_readers_are_shown_to_coordinator_and_liaison(request, client, report, who, status):
    as_person(client, request.getfixturevalue(who))

    response = client.get(reverse("reports:report_readers", args=[report.pk]))

    assert response.status_code == status


def test_page_tells_who_has_read_and_sends_to_the_rest(client, agreement, coordinator, report, steering_member):
    deliver(report=report, by=coordinator, site=SITE)
    note_reading(report=report, user=steering_member, now=at(TODAY))
    new = seat_person(agreement, full_name="Ny Ledamot")
    as_person(client, coordinator)
    address = reverse("reports:report_readers", args=[report.pk])

    before = client.get(address).content.decode()
    response = client.post(reverse("reports:report_deliver", args=[report.pk]), follow=True)
    again = client.post(reverse("reports:report_deliver", args=[report.pk]), follow=True)

    assert "<b>1 av 2</b>" in before
    assert "23 november 2026, 09.00" in before
    assert "Skicka till 1 som inte har fått länken" in before
    assert response.redirect_chain == [(address, 302)]
    assert "Länken är skickad till en person." in response.content.decode()
    assert "Alla mottagare har redan fått länken." in again.content.decode()
    assert [message.to for message in mail.outbox] == [[steering_member.email], [new.email]]


def test_draft_has_no_page_of_readers(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.get(reverse("reports:report_readers", args=[make_report(agreement).pk]))

    assert response.status_code == 404


def test_page_asks_as_often_for_many_as_for_one(client, agreement, coordinator, report, django_assert_max_num_queries):
    as_person(client, coordinator)
    for number in range(8):
        seat_person(agreement, full_name=f"Ledamot {number}")
    deliver(report=report, by=coordinator, site=SITE)

    with django_assert_max_num_queries(17):
        client.get(reverse("reports:report_readers", args=[report.pk]))

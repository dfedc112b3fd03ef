"""Asked again before it is late: the rules, the daily round, and the button."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse

from focus_areas import operations
from focus_areas.models import Activity, Reminder
from focus_areas.reminders import Asked, Asking, occasion_by_hand, occasions
from tests.factories import (
    TODAY,
    as_person,
    at,
    make_activity,
    make_focus_area,
    make_follow_up,
    make_log_entry,
    make_person,
    make_status_update,
)

FOLLOW_UP, SILENT = Reminder.Occasion.FOLLOW_UP, Reminder.Occasion.SILENT
SITE = "https://trygghet.example"


def day(offset: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=offset)


# --- The rules ---


@pytest.mark.parametrize(
    ("due_in", "expected"),
    [(8, []), (7, [FOLLOW_UP]), (1, [FOLLOW_UP]), (0, [FOLLOW_UP]), (-1, [FOLLOW_UP]), (-400, [FOLLOW_UP])],
)
def test_follow_up_is_asked_about_from_seven_days_before_it_is_due(due_in, expected):
    found = occasions(today=TODAY, next_follow_up_on=day(due_in), last_heard_on=TODAY, asked=[])

    assert [one.occasion for one in found] == expected


@pytest.mark.parametrize(
    ("heard_ago", "expected"),
    [(0, []), (20, []), (21, [SILENT]), (30, [SILENT]), (31, [SILENT]), (300, [SILENT])],
)
def test_silence_is_asked_about_from_the_twenty_first_day(heard_ago, expected):
    found = occasions(today=TODAY, next_follow_up_on=None, last_heard_on=day(-heard_ago), asked=[])

    assert [one.occasion for one in found] == expected


def test_both_are_asked_about_at_once():
    found = occasions(today=TODAY, next_follow_up_on=day(3), last_heard_on=day(-22), asked=[])

    assert found == [Asking(FOLLOW_UP, day(3)), Asking(SILENT, day(8))]


@pytest.mark.parametrize(("asked_ago", "is_asked_again"), [(0, False), (6, False), (7, True)])
def test_nobody_is_asked_again_within_a_week(asked_ago, is_asked_again):
    asked = [Asked(SILENT, day(-40), day(-asked_ago))]

    found = occasions(today=TODAY, next_follow_up_on=day(2), last_heard_on=None, asked=asked)

    assert bool(found) is is_asked_again


def test_each_occasion_is_asked_about_once():
    asked = [Asked(FOLLOW_UP, day(0), day(-7)), Asked(SILENT, day(1), day(-8))]

    found = occasions(today=TODAY, next_follow_up_on=day(0), last_heard_on=day(-29), asked=asked)
    moved = occasions(today=TODAY, next_follow_up_on=day(5), last_heard_on=day(-29), asked=asked)

    assert found == []
    assert moved == [Asking(FOLLOW_UP, day(5))]


@pytest.mark.parametrize(
    ("due_in", "heard_ago", "expected"),
    [
        (None, None, None),
        (None, 2, SILENT),
        (40, None, FOLLOW_UP),
        (40, 5, FOLLOW_UP),
        (40, 25, SILENT),
        (3, 25, FOLLOW_UP),
        (-10, 60, FOLLOW_UP),
    ],
)
def test_by_hand_asks_about_what_is_most_pressing(due_in, heard_ago, expected):
    found = occasion_by_hand(
        today=TODAY,
        next_follow_up_on=None if due_in is None else day(due_in),
        last_heard_on=None if heard_ago is None else day(-heard_ago),
    )

    assert (found and found.occasion) == expected


# --- The daily round ---


@pytest.fixture
def due_activity(agreement, police_liaison) -> Activity:
    """Due for follow-up in four days; the police liaison is responsible, and something was heard yesterday."""
    activity = make_activity(
        make_focus_area(agreement), title="Grannsamverkan", responsible=police_liaison, next_follow_up_on=day(4)
    )
    make_status_update(activity, by=police_liaison, written_at=at(day(-1)))
    return activity


def send(callbacks, **arguments):
    with callbacks(execute=True):
        return operations.send_reminders(**{"today": TODAY, "site": SITE} | arguments)


def test_responsible_is_asked_with_links_and_once(
    django_capture_on_commit_callbacks, due_activity, police_liaison, mailoutbox
):
    for _ in range(2):
        send(django_capture_on_commit_callbacks)

    reminder = Reminder.objects.get()
    assert (reminder.activity, reminder.recipient, reminder.occasion) == (due_activity, police_liaison, FOLLOW_UP)
    assert (reminder.due_on, reminder.sent_by) == (day(4), None)
    assert [mail.to for mail in mailoutbox] == [[police_liaison.email]]
    assert mailoutbox[0].subject == "Påminnelse: Grannsamverkan"
    assert "Den ska följas upp senast 27 november 2026, om 4 dagar." in mailoutbox[0].body
    assert f"{SITE}/aktiviteter/{due_activity.pk}/uppfoljningar/ny/" in mailoutbox[0].body


def test_one_mail_tells_a_person_of_all(django_capture_on_commit_callbacks, due_activity, police_liaison, mailoutbox):
    quiet = make_activity(due_activity.focus_area, title="Avhopparverksamhet", responsible=police_liaison)
    make_status_update(quiet, by=police_liaison, written_at=at(day(-22)))

    send(django_capture_on_commit_callbacks)

    assert Reminder.objects.count() == 2
    assert [mail.subject for mail in mailoutbox] == ["Påminnelse: 2 aktiviteter"]
    assert "Ingen har skrivit om den på ett tag. Skriv hur det går, senast 1 december 2026:" in mailoutbox[0].body


def test_round_asks_about_as_many_with_as_few_queries(
    django_assert_num_queries, agreement, due_activity, coordinator, police_liaison
):
    for _ in range(3):
        make_activity(due_activity.focus_area, responsible=police_liaison, next_follow_up_on=day(2))

    with django_assert_num_queries(4):
        outcome = operations.send_reminders(today=TODAY, site=SITE, dry_run=True)

    assert [len(wanted.askings) for wanted in outcome.wanted] == [4]


@pytest.mark.parametrize("why", ["none", "inactive", "without_mail", "without_seat"])
def test_coordinator_is_asked_where_the_responsible_cannot_be(
    django_capture_on_commit_callbacks, due_activity, coordinator, police_liaison, why
):
    if why == "none":
        due_activity.responsible = None
    elif why == "without_seat":
        due_activity.responsible = make_person()
    else:
        police_liaison.is_active = why != "inactive"
        police_liaison.email = None if why == "without_mail" else police_liaison.email
        police_liaison.save()
    due_activity.save()

    send(django_capture_on_commit_callbacks)

    assert Reminder.objects.get().recipient == coordinator


def test_nobody_to_ask_is_told(due_activity, police_liaison):
    due_activity.responsible = None
    due_activity.save()

    outcome = operations.send_reminders(today=TODAY, site=SITE)

    assert outcome.without_recipient == [due_activity]
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_agreement_that_is_not_in_force_asks_nobody(due_activity, state):
    agreement = due_activity.agreement
    agreement.state = state
    agreement.save()

    assert operations.send_reminders(today=TODAY, site=SITE).wanted == []


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_finished_activity_is_not_asked_about(due_activity, status):
    make_status_update(due_activity, status=status)

    assert operations.send_reminders(today=TODAY, site=SITE).wanted == []


def test_what_is_not_mailed_is_not_kept(monkeypatch, settings, django_capture_on_commit_callbacks, due_activity):
    settings.EMAIL_BACKEND = "tests.focus_areas.test_reminders.RefusingBackend"

    with pytest.raises(ValidationError, match="gick inte att skicka"):
        send(django_capture_on_commit_callbacks)

    assert not Reminder.objects.exists()


class RefusingBackend(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


# --- Late ---


def asked_in_a_quarter(run_on) -> Counter:
    """How often each occasion is asked about in 100 days, of which the round runs on some."""
    asked = []
    for number in range(100):
        today = day(number)
        if run_on(number):
            for _ in range(2):
                found = occasions(today=today, next_follow_up_on=day(10), last_heard_on=day(0), asked=asked)
                asked += [Asked(one.occasion, one.due_on, today) for one in found]
    return Counter((one.occasion, one.due_on) for one in asked)


@pytest.mark.parametrize(
    "run_on",
    [
        lambda number: True,
        lambda number: number % 7 == 0,
        lambda number: number % 30 == 29,
        lambda number: number in (0, 40),
        lambda number: number == 99,
        lambda number: not 3 <= number <= 25,
    ],
    ids=["daily", "weekly", "monthly", "twice", "at last", "three weeks away"],
)
def test_days_without_the_round_lose_nothing_and_double_nothing(run_on):
    assert asked_in_a_quarter(run_on) == {(FOLLOW_UP, day(10)): 1, (SILENT, day(30)): 1}


def test_overdue_follow_up_is_asked_about_once(
    django_capture_on_commit_callbacks, due_activity, police_liaison, mailoutbox
):
    due_activity.next_follow_up_on = day(-12)
    due_activity.save()

    for offset in (0, 0, 1, 8):
        send(django_capture_on_commit_callbacks, today=day(offset))

    assert [mail.to for mail in mailoutbox] == [[police_liaison.email]]
    assert "Den skulle ha följts upp 11 november 2026." in mailoutbox[0].body


def test_answered_follow_up_is_not_asked_about(due_activity, police_liaison):
    due_activity.next_follow_up_on = day(-12)
    due_activity.save()
    make_follow_up(due_activity, by=police_liaison, followed_up_on=day(-1))

    wanted = operations.send_reminders(today=day(0), site=SITE, dry_run=True).wanted

    assert [asking.occasion for one in wanted for _, askings in one.askings for asking in askings] == []


def test_activity_under_way_that_was_never_heard_of_is_silent_from_its_first_day(agreement, police_liaison):
    quiet = make_activity(
        make_focus_area(agreement), responsible=police_liaison, starts_on=day(-100), status=Activity.Status.ONGOING
    )

    (wanted,) = operations.send_reminders(today=day(0), site=SITE, dry_run=True).wanted

    assert wanted.askings == [(quiet, [Asking(SILENT, day(-70))])]


def test_answer_to_a_reminder_goes_to_the_coordinator(
    django_capture_on_commit_callbacks, due_activity, coordinator, mailoutbox
):
    send(django_capture_on_commit_callbacks)

    (mail,) = mailoutbox
    assert mail.reply_to == [coordinator.email]
    assert mail.message()["Auto-Submitted"] == "auto-generated"


# --- The command ---


def test_command_tells_what_is_overdue(due_activity):
    due_activity.next_follow_up_on = day(-12)
    due_activity.save()

    assert run("--dry-run") == "Skulle påminna Erik Holm: 1.1 Grannsamverkan (försenad uppföljning)\n"


def run(*arguments) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_command_tells_whom_it_would_ask_and_changes_nothing(due_activity, mailoutbox):
    said = run("--dry-run")

    assert said == "Skulle påminna Erik Holm: 1.1 Grannsamverkan (uppföljning)\n"
    assert not Reminder.objects.exists()
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_command_sends_once_a_day(due_activity, mailoutbox, settings):
    settings.SITE_URL = "https://trygghet.example/"

    said = [run(), run(), run("--today", "2026-11-24")]

    assert said == [
        "Påminde Erik Holm: 1.1 Grannsamverkan (uppföljning)\n",
        "Ingen behöver påminnas.\n",
        "Ingen behöver påminnas.\n",
    ]
    assert len(mailoutbox) == 1
    assert f"https://trygghet.example/aktiviteter/{due_activity.pk}/" in mailoutbox[0].body


@pytest.mark.django_db(transaction=True)
def test_command_says_who_was_not_reached(due_activity, settings):
    settings.EMAIL_BACKEND = "tests.focus_areas.test_reminders.RefusingBackend"

    with pytest.raises(CommandError, match="Erik Holm"):
        run()

    assert not Reminder.objects.exists()


def test_command_refuses_what_is_no_date(db):
    with pytest.raises(CommandError, match="inget datum"):
        run("--today", "i morgon")


# --- The button ---


def press(client, activity, callbacks=None):
    address = reverse("focus_areas:activity_remind", args=[activity.pk])
    if callbacks is None:
        return client.post(address, follow=True)
    with callbacks(execute=True):
        return client.post(address, follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_button_asks_and_says_who(
    client, django_capture_on_commit_callbacks, due_activity, coordinator, police_liaison, mailoutbox
):
    as_person(client, coordinator)

    first = press(client, due_activity, django_capture_on_commit_callbacks)
    second = press(client, due_activity, django_capture_on_commit_callbacks)

    reminder = Reminder.objects.get()
    assert (reminder.recipient, reminder.sent_by) == (police_liaison, coordinator)
    assert said(first) == [f"Erik Holm påminns om 1.1 Grannsamverkan med ett mejl till {police_liaison.email}."]
    assert said(second) == ["Erik Holm har redan påmints om aktiviteten i dag."]
    assert len(mailoutbox) == 1
    assert "Maja Lind påminner dig om en aktivitet" in mailoutbox[0].body
    assert f"http://testserver/aktiviteter/{due_activity.pk}/" in mailoutbox[0].body


def test_button_refuses_when_nobody_can_be_asked(client, due_activity, preparation_member):
    due_activity.responsible = None
    due_activity.save()
    as_person(client, preparation_member)

    assert said(press(client, due_activity))[0].startswith("Ingen kan påminnas.")
    assert not Reminder.objects.exists()


def test_button_does_not_ask_oneself(client, due_activity, police_liaison):
    as_person(client, police_liaison)

    assert said(press(client, due_activity))[0].startswith("Det är du själv")


def test_button_does_not_ask_about_what_is_finished_or_has_no_plan(client, agreement, due_activity, coordinator):
    unplanned = make_activity(due_activity.focus_area)
    make_status_update(due_activity, status="completed")
    as_person(client, coordinator)

    assert said(press(client, due_activity)) == ["Aktiviteten är avslutad. Det finns inget att påminna om."]
    assert said(press(client, unplanned))[0].startswith("Aktiviteten har inte börjat")


def test_member_of_a_working_group_does_not_remind(client, due_activity, working_group_member):
    as_person(client, working_group_member)

    assert press(client, due_activity).status_code == 403


def test_silence_ends_when_somebody_writes(django_capture_on_commit_callbacks, due_activity, police_liaison):
    due_activity.next_follow_up_on = None
    due_activity.save()
    make_log_entry(due_activity, by=police_liaison, written_at=at(day(0)))

    outcome = send(django_capture_on_commit_callbacks, today=day(20))
    later = operations.send_reminders(today=day(21), site=SITE, dry_run=True)

    assert outcome.wanted == []
    assert [wanted.recipient for wanted in later.wanted] == [police_liaison]

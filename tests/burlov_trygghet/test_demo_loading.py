"""Loading the example: once, up to now, and a sign-in for each role."""

import datetime
import io
import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import User
from agreements.models import Membership
from burlov_trygghet.demo.cast import CAST
from burlov_trygghet.demo.loading import load_demo, moment
from focus_areas.models import Activity, LogAttachment, LogEntry, StatusUpdate
from meetings.models import Meeting, Observation
from tests.factories import make_activity, make_focus_area, make_log_entry

pytestmark = pytest.mark.django_db

NOW = moment(datetime.date(2026, 11, 23))
SIGN_IN_LINE = re.compile(r"^(.+?)\s{2,}(\S+@burlov\.example)\s{2,}(\S+)$", re.MULTILINE)


def run_command() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def counts() -> dict[str, int]:
    """How many rows every table of the portal has, history included."""
    return {
        model._meta.label: model.objects.count()
        for name in ("accounts", "agreements", "focus_areas", "meetings")
        for model in apps.get_app_config(name).get_models()
    }


def test_demo_leaves_out_what_has_not_happened_yet(frozen_today):
    may_day = moment(datetime.date(2026, 5, 1))

    load_demo(now=may_day)

    assert LogEntry.objects.filter(happened_on__gt=may_day.date()).count() == 0
    assert LogEntry.objects.exists()
    assert Activity.objects.get(title="Livet mellan husen").status == Activity.Status.ONGOING
    assert not StatusUpdate.history.filter(history_date__gt=may_day).exists()
    assert not Membership.objects.filter(ends_on__isnull=False).exists()
    assert not Meeting.objects.filter(closed_at__gt=may_day).exists()
    assert not Observation.objects.filter(reported_at__gt=may_day).exists()
    assert Meeting.objects.upcoming(at=may_day).exists()


def test_demo_attaches_real_files(demo):
    kinds = LogAttachment.objects.values_list("content_type", flat=True)

    assert set(kinds) == {"application/pdf", "image/png"}
    assert all(attachment.file.size == attachment.size for attachment in LogAttachment.objects.all())


def test_demo_loaded_twice_adds_nothing(demo):
    before = counts()

    added = load_demo(now=NOW)

    assert added is False
    assert counts() == before


def test_demo_is_refused_where_somebody_has_worked(agreement):
    make_log_entry(make_activity(make_focus_area(agreement)))

    with pytest.raises(CommandError, match="innehåller redan eget arbete"):
        run_command()

    assert not User.objects.filter(email__endswith="@burlov.example").exists()


def test_command_prints_a_sign_in_for_each_role_in_debug(client, settings, frozen_today):
    settings.DEBUG = True

    lines = SIGN_IN_LINE.findall(run_command())

    assert [(role, email) for role, email, _ in lines] == [
        (character.name, character.email) for character in CAST if character.signs_in
    ]
    assert all(client.login(username=email, password=password) for _, email, password in lines)


def test_command_renews_passwords_and_adds_nothing(settings, frozen_today):
    settings.DEBUG = True
    first = SIGN_IN_LINE.findall(run_command())
    before = counts()

    again = SIGN_IN_LINE.findall(run_command())

    assert counts() == before
    assert not {password for *_, password in first} & {password for *_, password in again}


def test_command_gives_no_passwords_outside_debug(settings, frozen_today):
    settings.DEBUG = False

    output = run_command()

    assert "Inga lösenord" in output
    assert not SIGN_IN_LINE.search(output)
    assert not any(user.has_usable_password() for user in User.objects.all())

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.history import recording
from focus_areas import operations
from focus_areas.models import Activity, FollowUp, LogEntry, StatusUpdate
from focus_areas.undo import undo_change
from tests.factories import (
    as_person,
    make_activity,
    make_area,
    make_commitment,
    make_follow_up,
    make_log_entry,
    make_status_update,
)

pytestmark = pytest.mark.django_db


def key_of(thing, **wanted):
    row = thing.history.filter(**wanted).first()
    return f"{thing._meta.model_name}-{row.history_id}"


def rename(activity, title, by):
    activity.title = title
    with recording(by=by):
        activity.save()


def test_change_is_taken_back(activity, coordinator):
    rename(activity, "Grannstöd", coordinator)

    undo_change(activity=activity, key=key_of(activity, history_type="~"), by=coordinator)

    activity.refresh_from_db()
    newest = activity.history.first()
    assert activity.title == "Grannsamverkan"
    assert (newest.history_user, newest.history_change_reason) == (coordinator, "Ångrade en tidigare ändring")


def test_change_that_was_changed_again_is_left_alone(activity, coordinator):
    rename(activity, "Grannstöd", coordinator)
    key = key_of(activity, title="Grannstöd")
    rename(activity, "Grannhjälp", coordinator)

    with pytest.raises(ValidationError, match="ändrats igen"):
        undo_change(activity=activity, key=key, by=coordinator)

    activity.refresh_from_db()
    assert activity.title == "Grannhjälp"


def test_undoing_one_field_keeps_a_later_change_of_another(activity, coordinator):
    rename(activity, "Grannstöd", coordinator)
    key = key_of(activity, title="Grannstöd")
    activity.target_group = "Boende i Åkarp"
    activity.save()

    undo_change(activity=activity, key=key, by=coordinator)

    activity.refresh_from_db()
    assert (activity.title, activity.target_group) == ("Grannsamverkan", "Boende i Åkarp")


def test_areas_are_taken_back(agreement, activity, coordinator):
    arlov, akarp = make_area(agreement, "Arlöv"), make_area(agreement, "Åkarp")
    activity.areas.set([arlov])
    activity.areas.set([arlov, akarp])

    undo_change(activity=activity, key=key_of(activity), by=coordinator)

    assert list(activity.areas.all()) == [arlov]


def test_new_entry_is_taken_away_and_brought_back(activity, coordinator):
    entry = make_log_entry(activity, by=coordinator)
    key = key_of(entry, history_type="+")

    undo_change(activity=activity, key=key, by=coordinator)
    assert not LogEntry.objects.exists()
    removed = LogEntry.history.filter(history_type="-").get()
    undo_change(activity=activity, key=f"logentry-{removed.history_id}", by=coordinator)

    assert LogEntry.objects.get().pk == entry.pk


def test_status_report_taken_back_lets_the_one_before_count(activity, coordinator):
    make_status_update(activity, "ongoing", "green")
    mistake = make_status_update(activity, "delayed", "red")

    undo_change(activity=activity, key=key_of(mistake), by=coordinator)

    activity.refresh_from_db()
    assert (activity.status, activity.assessment) == ("ongoing", "green")
    assert StatusUpdate.objects.count() == 1


def test_commitment_with_logged_work_is_not_taken_away(activity, coordinator):
    commitment = make_commitment(activity)
    make_log_entry(activity, commitment=commitment, quantity=1)

    with pytest.raises(ValidationError, match="bygger på det"):
        undo_change(activity=activity, key=key_of(commitment), by=coordinator)


def test_approved_follow_up_is_not_taken_away(activity, coordinator):
    follow_up = make_follow_up(activity, approved_for=("municipality",))

    with pytest.raises(ValidationError, match="godkänd"):
        undo_change(activity=activity, key=key_of(follow_up), by=coordinator)

    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("key", ["", "activity", "activity-0", "user-1", "logentry-abc", "activity-" + "9" * 30])
def test_key_of_nothing_is_refused(activity, coordinator, key):
    with pytest.raises(ValidationError, match="finns inte"):
        undo_change(activity=activity, key=key, by=coordinator)


def test_change_of_another_activity_is_refused(activity, coordinator):
    other = make_activity(activity.focus_area)
    rename(other, "Annat", coordinator)

    with pytest.raises(ValidationError, match="finns inte"):
        undo_change(activity=activity, key=key_of(other), by=coordinator)


def test_history_page_tells_in_sentences_and_undoes(client, activity, coordinator):
    rename(activity, "Grannstöd", coordinator)
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:activity_history", args=[activity.pk]))
    key = key_of(activity, history_type="~")
    response = client.post(reverse("focus_areas:change_undo", args=[activity.pk, key]), follow=True)

    assert f"{coordinator} ändrade rubrik från ”Grannsamverkan” till ”Grannstöd”" in page.content.decode()
    assert "Ändringen är ångrad." in response.content.decode()
    assert Activity.objects.get(pk=activity.pk).title == "Grannsamverkan"


def test_reader_sees_history_without_undo(client, activity, coordinator, reader):
    rename(activity, "Grannstöd", coordinator)
    as_person(client, reader)

    page = client.get(reverse("focus_areas:activity_history", args=[activity.pk]))
    response = client.post(reverse("focus_areas:change_undo", args=[activity.pk, key_of(activity)]))

    assert "Ångra" not in page.content.decode()
    assert response.status_code == 403
    activity.refresh_from_db()
    assert activity.title == "Grannstöd"


def test_joining_organisation_is_told_by_name(client, agreement, activity, coordinator):
    operations.save_activity(activity=activity, by=coordinator, process_lead=[agreement.municipality])
    as_person(client, coordinator)

    page = client.get(reverse("focus_areas:activity_history", args=[activity.pk]))

    assert "lade till processledningen ”Burlövs kommun”" in page.content.decode()

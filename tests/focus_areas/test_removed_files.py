from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.history import latest_version
from focus_areas.models import LogAttachment, LogEntry
from focus_areas.operations import remove_log_entry
from focus_areas.undo import undo_change
from tests.factories import make_activity, make_focus_area, make_log_entry
from tests.worlds import attach


def test_file_of_a_removed_log_entry_comes_back_after_it(agreement, coordinator):
    activity = make_activity(make_focus_area(agreement), by=coordinator)
    entry = make_log_entry(activity, by=coordinator)
    attachment = attach(entry)
    remove_log_entry(entry=entry, by=coordinator)

    for model in (LogEntry, LogAttachment):
        removed = model.history.get(history_type="-")
        undo_change(activity=activity, key=f"{model._meta.model_name}-{removed.history_id}", by=coordinator)

    back = LogAttachment.objects.get()
    assert (back.log_entry_id, back.file.name) == (removed.log_entry_id, attachment.file.name)


def test_file_left_out_of_two_versions_is_said_to_be(client, agreement, coordinator):
    entry = make_log_entry(make_activity(make_focus_area(agreement), by=coordinator), by=coordinator)
    mine = {"happened_on": "2026-11-01", "text": "Mina ord", "version": latest_version(entry)}
    LogEntry.objects.get().save()
    client.force_login(coordinator)

    response = client.post(
        reverse("focus_areas:log_update", args=[entry.pk]),
        mine | {"files": SimpleUploadedFile("karta.pdf", b"%PDF-1.7\n%%EOF")},
    )

    assert response.status_code == 409
    assert "Filerna du valde följer inte med." in response.content.decode()

"""What was done: log entries and the files beside them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from documents.file_types import recognise, safe_file_name
from focus_areas.models import (
    LogAttachment,
    LogEntry,
)


@transaction.atomic
def log_activity(*, entry: LogEntry, by: User, files: Iterable = ()) -> LogEntry:
    """Save a new or corrected log entry, with new files beside it.

    Raises:
        ValidationError: the day is in the future, or the commitment or area belongs elsewhere.
    """
    if entry.commitment_id and entry.commitment.activity_id != entry.activity_id:
        raise ValidationError({"commitment": "Åtagandet hör till en annan aktivitet."})
    if entry.area_id and entry.area.agreement_id != entry.activity.focus_area.agreement_id:
        raise ValidationError({"area": "Delområdet hör till en annan överenskommelse."})
    with recording(by=by):
        if entry.pk is None:
            entry.created_by = by
        entry.save()
        for file in files:
            attach(entry=entry, file=file)
    return entry


def attach(*, entry: LogEntry, file) -> LogAttachment:
    """Keep a file beside a log entry. Its kind is judged by its content; raises UnacceptableFile for any other kind."""
    file_type = recognise(file)
    file.seek(0)
    return LogAttachment.objects.create(
        log_entry=entry,
        file=file,
        file_name=safe_file_name(file.name),
        content_type=file_type.content_type,
        size=file.size,
    )


@transaction.atomic
def remove_log_entry(*, entry: LogEntry, by: User) -> None:
    """Take a log entry away. Its history stays, and brings it back if need be."""
    with recording(by=by):
        for attachment in entry.attachments.all():
            attachment.delete()
        entry.delete()

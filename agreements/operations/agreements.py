"""An agreement's course from draft to closed, and its documents."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement, AgreementDocument
from documents.file_types import recognise, safe_file_name
from documents.swedish_words import joined


def move_agreement(*, agreement: Agreement, to: Agreement.State, by: User) -> Agreement:
    """Take a step in the agreement's life. Needs a surrounding transaction.

    Raises:
        ValidationError: that step is not permitted from where the agreement is.
    """
    agreement.state = Agreement.objects.select_for_update().get(pk=agreement.pk).state
    if to not in Agreement.MOVES[agreement.state]:
        if agreement.state == to:
            raise ValidationError(f"Överenskommelsen är redan {to.label.lower()}.")
        raise ValidationError(
            f"Överenskommelsen är {agreement.get_state_display().lower()} och kan inte bli {to.label.lower()}."
        )
    with recording(by=by):
        agreement.state = to
        agreement.save(update_fields=["state"])
    return agreement


@transaction.atomic
def adopt_agreement(*, agreement: Agreement, by: User) -> Agreement:
    """Adopt a draft: from now on its words, dates and parties do not change (Lag 2023:196, 9 §).

    Raises:
        ValidationError: it is no draft, or it lacks a purpose, a first day or parties.
    """
    missing = [
        words
        for is_missing, words in [
            (not agreement.purpose.strip(), "ett syfte"),
            (agreement.starts_on is None, "en första dag"),
            (not agreement.parties.exists(), "minst en part"),
        ]
        if is_missing
    ]
    if agreement.is_draft and missing:
        raise ValidationError(f"Överenskommelsen kan inte fastställas än. Den saknar {joined(missing)}.")
    return move_agreement(agreement=agreement, to=Agreement.State.ADOPTED, by=by)


@transaction.atomic
def close_agreement(*, agreement: Agreement, by: User) -> Agreement:
    """Close an adopted agreement: it can be read but nothing in it changes any more.

    Raises:
        ValidationError: it is not adopted.
    """
    return move_agreement(agreement=agreement, to=Agreement.State.CLOSED, by=by)


@transaction.atomic
def add_document(*, document: AgreementDocument, file, by: User) -> AgreementDocument:
    """Keep a file with the agreement. Its kind is judged by its content; raises UnacceptableFile for any other kind."""
    file_type = recognise(file)
    file.seek(0)
    document.file = file
    document.file_name = safe_file_name(file.name)
    document.content_type = file_type.content_type
    document.size = file.size
    document.added_by = by
    with recording(by=by):
        document.save()
    return document


@transaction.atomic
def remove_document(*, document: AgreementDocument, by: User) -> None:
    """Take a document away from the agreement. The file is kept: the history refers to it."""
    with recording(by=by):
        document.delete()

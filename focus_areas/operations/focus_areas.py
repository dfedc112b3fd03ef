"""Focus areas of a draft agreement that turn out not to be needed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from accounts.history import recording
from accounts.models import User
from documents.swedish_words import joined
from focus_areas.models import FocusArea


@transaction.atomic
def remove_focus_area(*, focus_area: FocusArea, by: User) -> None:
    """Take away a focus area that nothing stands in; its history stays.

    Raises:
        ValidationError: the agreement is adopted, or goals or activities stand in it, or the next agreement has it, or
            something else tells of it.
    """
    if focus_area.is_locked:
        raise ValidationError("Överenskommelsen är fastställd. Dess fokusområden kan inte bli färre.")
    hanging = {
        "mål": focus_area.goals,
        "aktiviteter": focus_area.activities,
        "en efterföljare i nästa överenskommelse": focus_area.carried_over_to,
    }
    if found := [name for name, things in hanging.items() if things.exists()]:
        raise ValidationError(f"Fokusområdet kan inte tas bort: det har {joined(found)}. Flytta dem först.")
    with recording(by=by):
        try:
            focus_area.delete()
        except (ProtectedError, RestrictedError) as error:
            things = getattr(error, "protected_objects", None) or error.restricted_objects
            names = joined(sorted(f"{thing.definite_name} ”{thing}”" for thing in things))
            raise ValidationError(f"Fokusområdet kan inte tas bort: {names} hänvisar till det.") from None

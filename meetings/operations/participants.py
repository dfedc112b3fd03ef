"""Who can be named at a meeting: the organisations that take part in the agreement."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from agreements.models import Agreement


def require_participants(agreement: Agreement, organisation_ids: Iterable[int], *, field: str) -> None:
    """Refuse organisations that take no part in the agreement, beside the field; one query."""
    taking_part = set(agreement.organisations.values_list("pk", flat=True))
    if not taking_part.issuperset(organisation_ids):
        raise ValidationError({field: "Organisationen deltar inte i överenskommelsen."})

"""What hangs on a thing that somebody wants to take away, on whatever floor it lives."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector


@dataclass(frozen=True)
class Ties:
    """What refers to a thing, and so keeps it; and what would be taken away together with it, by name and number."""

    kept_by: list[models.Model]
    taken_along: list[tuple[str, int]]


def ties_of(thing: models.Model) -> Ties:
    """Find what refers to the thing or to its parts, and what its parts are.

    A copy that points back at what it was copied from does not keep it.
    """
    collector = Collector(using=router.db_for_write(type(thing)), origin=thing)
    try:
        collector.collect([thing])
    except ProtectedError as error:
        return Ties(_in_order(error.protected_objects), [])
    kept_by = [
        row
        for (field, _), groups in collector.field_updates.items()
        if field.name != "carried_over_from"
        for group in groups
        for row in group
    ]
    kept_by += [row for rows in collector.fast_deletes for row in _choosing(rows, collector)]
    counts = Counter(row._meta.model for rows in collector.data.values() for row in rows if row != thing)
    along = sorted((str(model._meta.verbose_name_plural), number) for model, number in counts.items())
    return Ties(_in_order(kept_by), [(name, number) for name, number in along if number])


def refuse_while_referred_to(thing: models.Model) -> None:
    """Raise ValidationError when something refers to the thing or to its parts, and say what."""
    if kept_by := ties_of(thing).kept_by:
        names = ", ".join(f"{row.definite_name} ”{row}”" for row in kept_by)
        name = thing.definite_name.capitalize()
        raise ValidationError(f"{name} kan inte tas bort så länge det här hänvisar dit: {names}.")


def _choosing(rows: models.QuerySet, collector: Collector) -> list[models.Model]:
    """The things on whose own forms what is taken away has been chosen: the owners of many-to-many rows."""
    owner = rows.model._meta.auto_created
    if not owner or owner in collector.data:
        return []
    to_owner = next(field for field in rows.model._meta.fields if field.related_model is owner)
    return list(owner._base_manager.filter(pk__in=rows.values(to_owner.attname)))


def _in_order(things) -> list[models.Model]:
    """The things by kind, each once, with what their names and addresses are made of: one query for each kind."""
    keys: dict[type[models.Model], set] = {}
    for thing in things:
        keys.setdefault(thing._meta.model, set()).add(thing.pk)
    return [
        thing
        for model in sorted(keys, key=lambda model: model._meta.label)
        for thing in model._base_manager.filter(pk__in=keys[model]).select_related().order_by("pk")
    ]

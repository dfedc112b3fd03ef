"""When a thing of a file and a thing of the database are the same, also before the first is saved."""

from typing import Any

from django.db import models

from documents.written_text import comparison_key, plain_prose


def tidy(value: Any) -> Any:
    """A stored value as a file would give it back."""
    return plain_prose(value).strip() if isinstance(value, str) else value


def name_key(value: Any) -> Any:
    """What rows are met by: a name however it is spelled, any other value as it is."""
    return comparison_key(value) if isinstance(value, str) else value


def identity(thing: models.Model | None) -> tuple | None:
    """What tells a thing from another, also before it is saved."""
    if thing is None:
        return None
    return ("saved", thing.pk) if thing.pk else ("unsaved", id(thing))


def identity_of_link(thing: models.Model, link: models.Field) -> tuple | None:
    key = getattr(thing, link.attname)
    if key is not None:
        return ("saved", key)
    return identity(link.get_cached_value(thing, default=None))


def unsaved_links(thing: models.Model) -> list[str]:
    """The relations of a thing that lead to something that is not in the database, because its own row has a fault."""
    return [
        one.name
        for one in thing._meta.fields
        if one.is_relation and getattr(thing, one.attname) is None and leads_nowhere(thing, one)
    ]


def leads_nowhere(thing: models.Model, link: models.Field) -> bool:
    other = link.get_cached_value(thing, default=None)
    return not link.null if other is None else other.pk is None

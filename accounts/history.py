"""Who changed what, when and why: recording it, reading it as it stood, and telling it in Swedish.

The rows are django-simple-history's. `recording` says who acts and why for everything saved inside it;
`as_it_stood` reads a table at a moment; `Change` tells one row as a sentence.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.dispatch import receiver
from django.template.defaultfilters import floatformat
from django.utils import formats, timezone
from django.utils.text import Truncator
from simple_history.signals import pre_create_historical_record

from documents.swedish_dates import date_words


@dataclass(frozen=True)
class Recording:
    by: models.Model | None
    reason: str
    at: datetime.datetime | None


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(*, by=None, reason: str = "", at: datetime.datetime | None = None) -> Iterator[None]:
    """Sign every history row written inside with who, why and, where older work is brought in, when."""
    outer = _recording.get()
    token = _recording.set(
        Recording(
            by=by or (outer.by if outer else None),
            reason=reason or (outer.reason if outer else ""),
            at=at or (outer.at if outer else None),
        )
    )
    try:
        yield
    finally:
        _recording.reset(token)


def recording_moment() -> datetime.datetime:
    """The moment that history rows get now: the real one, unless older work is being brought in."""
    current = _recording.get()
    return current.at if current and current.at else timezone.now()


@receiver(pre_create_historical_record)
def sign_history_row(sender, history_instance, **kwargs):
    current = _recording.get()
    if current is None:
        return
    if current.by is not None:
        history_instance.history_user = current.by
    if current.reason:
        history_instance.history_change_reason = current.reason
    if current.at is not None:
        history_instance.history_date = current.at


def note_sign_in(sender, user, **kwargs):
    """Keep when a person last signed in, without a history row for it."""
    type(user).objects.filter(pk=user.pk).update(last_login=timezone.now())


@cache
def history_table(model: type[models.Model]) -> type[models.Model]:
    """The model of the history rows. Asked through `model.history`, simple-history makes a class each time."""
    return model.history.model


def as_it_stood(model: type[models.Model], moment: datetime.datetime) -> models.QuerySet:
    """Return history rows of `model`, one for each thing that existed at `moment`, as it was then.

    simple-history's own `as_of` returns two rows where two were written in the same instant; this one takes the last.
    """
    rows = history_table(model).objects
    latest = (
        rows.filter(id=OuterRef("id"), history_date__lte=moment)
        .order_by("-history_date", "-history_id")
        .values("history_id")[:1]
    )
    return rows.filter(history_id=Subquery(latest)).exclude(history_type="-")


def latest_version(thing: models.Model) -> int:
    """The number of the newest history row of a thing; what a form carries to notice that somebody else saved."""
    return thing.history.order_by("-history_date", "-history_id").values_list("history_id", flat=True).first() or 0


# --- Telling it ---


@dataclass(frozen=True)
class FieldChange:
    """One field's change: its Swedish label and the two values in words."""

    name: str
    label: str
    old: str
    new: str
    is_long: bool

    @property
    def sentence(self) -> str:
        if self.is_long:
            return f"skrev {self.label}" if not self.old else f"ändrade {self.label}"
        if not self.old:
            return f"satte {self.label} till {self.new}"
        if not self.new:
            return f"tog bort {self.label} ({self.old})"
        return f"ändrade {self.label} från {self.old} till {self.new}"


@dataclass(frozen=True)
class Change:
    """One history row, told."""

    record: models.Model
    model: type[models.Model]
    fields: list[FieldChange] = field(default_factory=list)
    can_undo: bool = False

    @property
    def at(self) -> datetime.datetime:
        return self.record.history_date

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.record.history_date)

    @property
    def who(self) -> str:
        return str(self.record.history_user) if self.record.history_user else "Portalen"

    @property
    def reason(self) -> str:
        return self.record.history_change_reason or ""

    @property
    def key(self) -> str:
        return f"{self.model._meta.model_name}-{self.record.history_id}"

    @property
    def sentence(self) -> str:
        noun = self.model.definite_name
        named = f"{noun} ”{self.record.history_object_name}”" if self.record.history_object_name else noun
        if self.record.history_type == "+":
            return f"lade till {named}"
        if self.record.history_type == "-":
            return f"tog bort {named}"
        changes = "; ".join(change.sentence for change in self.fields)
        return f"{changes} ({named})" if self.record.history_object_name else changes

    @property
    def long_fields(self) -> list[FieldChange]:
        return [change for change in self.fields if change.is_long]


# What says nothing to a reader: keys, and what the portal counts to notice two who write at once or a moved meeting.
SILENT_FIELDS = {"id", "minutes_version", "sequence", "changed_at"}
LONG_TEXT = 80


def changed_fields(model: type[models.Model], old, new) -> list[str]:
    """The names of the fields whose values differ between two history rows, many-to-many included."""
    names = [
        f.name
        for f in history_table(model).tracked_fields
        if f.name not in SILENT_FIELDS and getattr(old, f.attname) != getattr(new, f.attname)
    ]
    return names + [f.name for f in old._history_m2m_fields if m2m_values(old, f.name) != m2m_values(new, f.name)]


def m2m_rows_name(history_model: type[models.Model], name: str) -> str:
    """What the rows of a many-to-many field are called from a history row.

    simple-history's own attribute, named as the field, cannot be prefetched; the rows' foreign key backwards can.
    """
    return f"{history_model._meta.model_name}_{name}_set"


def m2m_values(record, name: str) -> set[int]:
    """The primary keys that a many-to-many field of a history row held (uses the prefetched rows)."""
    m2m_field = record.instance_type._meta.get_field(name)
    attname = m2m_field.remote_field.through._meta.get_field(m2m_field.m2m_reverse_field_name()).attname
    return {getattr(row, attname) for row in getattr(record, m2m_rows_name(type(record), name)).all()}


class Labels:
    """Names of the things that history rows point at, fetched once per kind of thing.

    A kind of thing that not everybody reads has `for_history` on its queryset and `name_in_history` on its model.
    """

    def __init__(self):
        self._wanted: dict[type[models.Model], set[Any]] = {}
        self._names: dict[tuple[type[models.Model], Any], str] = {}

    def want(self, model, key):
        if key is not None:
            self._wanted.setdefault(model, set()).add(key)

    def fetch(self):
        for model, keys in self._wanted.items():
            things = model._default_manager.filter(pk__in=keys)
            for thing in things.for_history() if hasattr(things, "for_history") else things:
                self._names[model, thing.pk] = getattr(thing, "name_in_history", "") or str(thing)

    def name(self, model, key) -> str:
        if key is None:
            return ""
        return self._names.get((model, key), f"{model._meta.verbose_name} som inte finns kvar")


def value_in_words(model_field, record, labels: Labels) -> str:
    if model_field.many_to_many:
        keys = m2m_values(record, model_field.name)
        return ", ".join(sorted(labels.name(model_field.related_model, key) for key in keys))
    value = getattr(record, model_field.attname)
    if model_field.is_relation:
        return labels.name(model_field.related_model, value)
    if value is None or value == "":
        return ""
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value)).lower()
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime.datetime):
        return formats.date_format(timezone.localtime(value), "j F Y H:i")
    if isinstance(value, datetime.date):
        return date_words(value)
    if isinstance(value, Decimal):
        return floatformat(value, "-2g")
    if not isinstance(value, str):
        return formats.localize(value)
    return f"”{value}”"


def tell(pairs: Iterable[tuple[type[models.Model], Any, Any]], *, undoable=lambda model, record: False) -> list[Change]:
    """Tell (model, history row, the row before it or None) as Changes; rows that changed nothing are left out."""
    labels = Labels()
    rows = []
    for model, record, before in pairs:
        names = changed_fields(model, before, record) if record.history_type == "~" and before else []
        if record.history_type == "~" and not names:
            continue
        rows.append((model, record, before, names))
        for name in names:
            _want_labels(labels, model, name, before, record)
        for name in getattr(model, "history_name_fields", ()):
            _want_labels(labels, model, name, record)
    labels.fetch()
    return [_change(row, labels, undoable) for row in rows]


def _want_labels(labels: Labels, model, name: str, *records):
    model_field = model._meta.get_field(name)
    if not model_field.is_relation:
        return
    for record in records:
        if model_field.many_to_many:
            for key in m2m_values(record, name):
                labels.want(model_field.related_model, key)
        else:
            labels.want(model_field.related_model, getattr(record, model_field.attname))


def _change(row, labels: Labels, undoable) -> Change:
    model, record, before, names = row
    name_in_words = " ".join(
        part.strip("”")
        for name in getattr(model, "history_name_fields", ())
        if (part := value_in_words(model._meta.get_field(name), record, labels))
    )
    record.history_object_name = Truncator(name_in_words).chars(LONG_TEXT)
    fields = []
    for name in names:
        model_field = model._meta.get_field(name)
        old, new = (value_in_words(model_field, version, labels) for version in (before, record))
        is_long = max(len(old), len(new)) > LONG_TEXT
        fields.append(FieldChange(name, str(model_field.verbose_name), old, new, is_long))
    return Change(record=record, model=model, fields=fields, can_undo=undoable(model, record))


def histories_of(things: dict[type[models.Model], Q]):
    """Return one queryset over many history tables: (history_date, history_id, model_name), newest first.

    `things` gives for each model which of its history rows are meant.
    """
    parts = [
        history_table(model)
        .objects.filter(condition)
        .annotate(model_name=models.Value(model._meta.model_name))
        .values_list("history_date", "history_id", "model_name")
        .order_by()
        for model, condition in things.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-history_date", "-history_id")


def load_pairs(rows, things: dict[type[models.Model], Q]) -> list[tuple[type[models.Model], Any, Any]]:
    """Fetch the history rows that `histories_of` named, each with the one before it: one query per kind of thing."""
    by_name = {model._meta.model_name: model for model in things}
    wanted: dict[type[models.Model], set[int]] = {}
    for _, history_id, model_name in rows:
        wanted.setdefault(by_name[model_name], set()).add(history_id)
    found = {}
    for model, ids in wanted.items():
        table = history_table(model).objects
        touched = table.filter(history_id__in=ids).values("id")
        versions = (
            table.filter(things[model], id__in=touched)
            .select_related("history_user")
            .prefetch_related(*(m2m_rows_name(table.model, f.name) for f in table.model._history_m2m_fields))
            .order_by("id", "history_date", "history_id")
        )
        before = None
        for record in versions:
            same_thing = before is not None and before.id == record.id
            found[model, record.history_id] = (model, record, before if same_thing else None)
            before = record
    return [found[by_name[model_name], history_id] for _, history_id, model_name in rows]

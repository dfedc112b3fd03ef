"""Rows of many tables in one query, as they are now or as they stood: each as its table's name and a JSON object."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject, Length, Trim

from accounts.history import as_it_stood, history_table, m2m_rows_name

Found = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tables:
    """Where rows are read: in the tables themselves or, with a moment, in their history."""

    at: datetime.datetime | None = None

    def rows(
        self, model: type[Model], condition: Q, *fields: str, part: str = "", **worked_out: Expression
    ) -> QuerySet:
        """The rows that meet the condition, with these fields, to be read together with those of other tables."""
        table = as_it_stood(model, self.at) if self.at else model._base_manager.all()
        named = {"id": "id"} | {field: field for field in fields}
        return as_part(table.filter(condition), part or model.__name__, **named, **worked_out)

    def linked(self, model: type[Model], condition: Q, name: str) -> QuerySet:
        """What the rows pointed at with a many-to-many field, as it stood; the part is called Model.field."""
        history = history_table(model)
        links = getattr(history, m2m_rows_name(history, name)).rel.related_model
        held = as_it_stood(model, self.at).filter(condition).values("history_id")
        to = model._meta.get_field(name).m2m_reverse_field_name()
        return as_part(
            links.objects.filter(history_id__in=held),
            f"{model.__name__}.{name}",
            id="m2m_history_id",
            from_id=f"{model._meta.model_name}_id",
            to_id=f"{to}_id",
        )

    def ids(self, model: type[Model], condition: Q) -> QuerySet:
        """The keys of the rows that meet the condition; in history of those that ever did."""
        table = history_table(model).objects if self.at else model._base_manager.all()
        return table.filter(condition).order_by().values("id")


def as_part(rows: QuerySet, part: str, **fields: str | Expression) -> QuerySet:
    """Each row as the name of its part and a JSON object."""
    return rows.annotate(part=Value(part), row=JSONObject(**fields)).order_by().values_list("part", "row")


def written(field: str) -> Expression:
    """How many characters a text has, spaces around it apart: none when nothing is written."""
    return Length(Trim(field))


def read_together(parts: Iterable[QuerySet]) -> Found:
    """Read all the parts in one query; of each table its rows, as values, in the order they were made."""
    first, *others = parts
    found: Found = defaultdict(list)
    for part, row in first.union(*others, all=True):
        found[part].append({name: value_of(name, value) for name, value in row.items()})
    for rows in found.values():
        rows.sort(key=lambda row: row["id"])
    return found


def value_of(name: str, value: Any) -> Any:
    """Days and yes or no have no JSON of their own; their fields are known by their names."""
    if name.endswith("_on") and value is not None:
        return datetime.date.fromisoformat(value[:10])
    if name.startswith("is_") and value is not None:
        return bool(value)
    return value

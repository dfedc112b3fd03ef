"""Copies of rows, for databases larger than the demo's."""

import uuid


def copy_of(row, *, number: int, steps: dict):
    """The row of the numbered copy: the same, but for keys, and names that have to be unique.

    A key is the first one's plus a step of its table's own; a key to a table without a step stays as it is.
    """
    model = type(row)
    values = {}
    for field in model._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value is not None:
            if field.primary_key:
                value += number * steps[model]
            elif field.is_relation:
                value += number * steps.get(field.related_model, 0)
            # A history row carries its thing's key as a plain number.
            elif field.name == "id":
                value += number * steps.get(getattr(model, "instance_type", None), 0)
            elif field.get_internal_type() == "UUIDField":
                value = uuid.uuid5(value, str(number))
            elif field.name == "email":
                value = f"{number}.{value}"
            elif field.name == "name" and getattr(row, "parent_id", True) is None:
                value = f"{value} {number}"
        values[field.attname] = value
    return model(**values)

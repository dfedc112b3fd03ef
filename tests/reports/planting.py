"""Marks every text that anybody has written in the portal, so that a test can see which of them come out somewhere."""

from collections.abc import Iterator
from contextlib import suppress

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat

APPS = ("accounts", "agreements", "focus_areas", "meetings", "reports")
# An issued report is never written again, and its drafts are marked by the test itself.
FROZEN = {"reports.report", "reports.historicalreport", "reports.issueddocument"}
SHORTEST = 20


def plant(*, public: set[str]) -> dict[str, str]:
    """Write a mark of its own into every text field of every row, history included; return the field by its mark.

    `public` names the fields that are left as they are: "focus_areas.Activity.public_text".
    """
    marks = {}
    for number, (model, field) in enumerate(texts(public), start=100):
        mark = f"Qz{number}z"
        marks[mark] = f"{model._meta.label}.{field.name}"
        # With the key, for some texts are unique.
        marked = Concat(Value(mark), Cast(F("pk"), CharField()), output_field=type(field)())
        write(model, {field.name: marked})
    return marks


def write(model: type[models.Model], values: dict) -> None:
    """Into every row, apart from those where the database wants nothing written."""
    try:
        with transaction.atomic():
            model._base_manager.update(**values)
    except IntegrityError:
        for key in model._base_manager.values_list("pk", flat=True):
            with suppress(IntegrityError), transaction.atomic():
                model._base_manager.filter(pk=key).update(**values)


def texts(public: set[str]) -> Iterator[tuple[type[models.Model], models.Field]]:
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.label_lower in FROZEN:
                continue
            plain = model._meta.label.replace("Historical", "")
            for field in model._meta.concrete_fields:
                if is_written(field) and f"{plain}.{field.name}" not in public:
                    yield model, field


def is_written(field: models.Field) -> bool:
    if not isinstance(field, CharField | TextField) or field.choices or field.primary_key:
        return False
    return field.max_length is None or field.max_length >= SHORTEST

"""For migrations: give the texts that are stored already the form that they would be stored in today (ADR 32)."""

from django.db import IntegrityError, transaction

from documents.fields import WrittenTextMixin, stored_as


def rewrite_stored_texts(apps, app_label: str) -> None:
    """Write each row of an app's words again where that changes them; history stays as it was.

    Two rows that would become the same are left as they are: somebody has to say which one is right.
    """
    for model in apps.get_app_config(app_label).get_models():
        texts = [one for one in model._meta.fields if isinstance(one, WrittenTextMixin)]
        if not texts or model.__name__.startswith("Historical"):
            continue
        names = [one.attname for one in texts]
        for key, *values in list(model._base_manager.values_list("pk", *names).order_by()):
            stored = [stored_as(one.plain, value) for one, value in zip(texts, values, strict=True)]
            if stored != values:
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=key).update(**dict(zip(names, stored, strict=True)))
                except IntegrityError:
                    continue

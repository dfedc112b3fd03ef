"""No two names that people would take for the same: by the key that the whole portal compares names by."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import Lower

from documents.written_text import comparison_key


class UniqueName(models.UniqueConstraint):
    """A name that is unique among the things with the same `within`, however it is spelled.

    Names are stored without what cannot be seen, so the database compares all but capitals letter by letter; of
    capitals it knows as many as its own LOWER does. `validate` compares by `comparison_key` on every database.
    """

    def __init__(self, *, within: tuple[str, ...] = (), named: str, **kwargs):
        super().__init__(*within, Lower(named), **kwargs)
        self.within, self.named = tuple(within), named

    def deconstruct(self):
        path, _, kwargs = super().deconstruct()
        return path, (), kwargs | {"within": self.within, "named": self.named}

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Compare with every other name in the same place; a field that is excluded leaves nothing to judge.

        Raises:
            ValidationError: with the constraint's own code and message.
        """
        scope = {name: getattr(instance, model._meta.get_field(name).attname) for name in self.within}
        if {*self.within, self.named}.intersection(exclude or ()) or None in scope.values():
            return
        name = getattr(instance, self.named)
        if not name or not self.applies_to(instance, exclude, using):
            return
        others = model._default_manager.using(using).filter(**scope)
        if self.condition is not None:
            others = others.filter(self.condition)
        if instance.pk is not None and not instance._state.adding:
            others = others.exclude(pk=instance.pk)
        wanted = comparison_key(name)
        if any(comparison_key(other) == wanted for other in others.values_list(self.named, flat=True).order_by()):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def applies_to(self, instance, exclude, using) -> bool:
        return self.condition is None or self.condition.check(
            instance._get_field_expression_map(meta=instance._meta, exclude=exclude or ()), using=using
        )

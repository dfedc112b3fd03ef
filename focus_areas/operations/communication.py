"""What is told, and that it has been told."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording
from accounts.models import User
from focus_areas.models import CommunicationItem, CommunicationPlan


@transaction.atomic
def finish_item(*, item: CommunicationItem, on: datetime.date, by: User) -> CommunicationItem:
    """Note that it has been told; a second time changes nothing."""
    if item.done_on is None:
        with recording(by=by):
            item.done_on = on
            item.save(update_fields=["done_on"])
    return item


@transaction.atomic
def remove_item(*, item: CommunicationItem, by: User) -> None:
    with recording(by=by):
        item.delete()


@transaction.atomic
def remove_plan(*, plan: CommunicationPlan, by: User) -> None:
    """Take away a plan that holds nothing.

    Raises:
        ValidationError: there is something in it.
    """
    if plan.items.exists():
        raise ValidationError("Planen har insatser. Ta bort dem först, eller låt planen stå kvar.")
    with recording(by=by):
        plan.delete()

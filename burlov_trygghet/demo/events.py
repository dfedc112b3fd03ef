"""Moments of the example, and what somebody does at them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Event:
    """Something that somebody does at a moment of the example."""

    at: datetime.datetime
    by: str
    do: Callable[[], object]
    reason: str = ""


def moment(day: datetime.date, hour: int = 9, minute: int = 0) -> datetime.datetime:
    """A moment of that day in Swedish time."""
    return datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=timezone.get_default_timezone())

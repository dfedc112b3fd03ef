"""Who is sent an issued report, and who has read it."""

import datetime

from accounts.models import User
from reports.models import Report


def deliver(*, report: Report, by: User, site: str) -> None:
    """Placeholder."""


def note_reading(*, report: Report, user: User, now: datetime.datetime) -> None:
    """Placeholder."""

"""What a printed report says of itself: a copy to work with, a draft, or issued and never changed."""

import datetime
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone


class Stage(Enum):
    """How far a report has come; the value is what stands on it."""

    WORKING_COPY = "Arbetsexemplar"
    DRAFT = "Utkast"
    ISSUED = "Utfärdad"


@dataclass(frozen=True)
class ReportStatus:
    """Whether a report is issued, and then its number; when it was put together or issued, and by whom."""

    stage: Stage
    at: datetime.datetime
    by: str = ""
    # The report's own, which it has when it is issued; the agreement's stands in the content.
    reference_number: str = ""

    @classmethod
    def working_copy(cls, *, at: datetime.datetime, by: str = "") -> "ReportStatus":
        """A report of a period that nobody writes in: put together when it is asked for, and not kept."""
        return cls(Stage.WORKING_COPY, at, by)

    @classmethod
    def draft(cls, *, at: datetime.datetime, by: str = "") -> "ReportStatus":
        return cls(Stage.DRAFT, at, by)

    @classmethod
    def issued(cls, *, at: datetime.datetime, by: str, reference_number: str) -> "ReportStatus":
        return cls(Stage.ISSUED, at, by, reference_number)

    @property
    def is_issued(self) -> bool:
        return self.stage is Stage.ISSUED

    @property
    def on(self) -> datetime.date:
        return timezone.localdate(self.at)

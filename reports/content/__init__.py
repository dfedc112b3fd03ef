"""What a follow-up report says, collected as it stood on the report's date."""

from reports.content.collecting import collect
from reports.content.report import ReportContent

__all__ = ["ReportContent", "collect"]

from reports.models.council_reports import CouncilReport
from reports.models.issuing import IssuedDocument, IssuingJob
from reports.models.reading import ReportDelivery, ReportReading
from reports.models.reports import FocusAreaComment, Report

__all__ = [
    "CouncilReport",
    "FocusAreaComment",
    "IssuedDocument",
    "IssuingJob",
    "Report",
    "ReportDelivery",
    "ReportReading",
]

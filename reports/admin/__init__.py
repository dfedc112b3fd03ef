"""Reports in the administration: those to the council, those that are issued, and the working copy's action."""

from reports.admin.council_reports import CouncilReportAdmin
from reports.admin.follow_up import create_follow_up_report
from reports.admin.reports import ReportAdmin

__all__ = ["CouncilReportAdmin", "ReportAdmin", "create_follow_up_report"]

from focus_areas.models.activities import Activity, Participation, ProcessLead
from focus_areas.models.commitments import Commitment, PartyPromises
from focus_areas.models.focus_areas import FocusArea, Goal
from focus_areas.models.follow_ups import ChildImpact, FollowUp, FollowUpApproval
from focus_areas.models.log import LogAttachment, LogEntry, StatusUpdate
from focus_areas.models.workbooks import PendingWorkbook

__all__ = [
    "Activity",
    "ChildImpact",
    "Commitment",
    "FocusArea",
    "FollowUp",
    "FollowUpApproval",
    "Goal",
    "LogAttachment",
    "LogEntry",
    "Participation",
    "PartyPromises",
    "PendingWorkbook",
    "ProcessLead",
    "StatusUpdate",
]

from focus_areas.models.action_plans import ActionPlan
from focus_areas.models.activities import Activity, Participation, ProcessLead
from focus_areas.models.causes import Cause, CauseAnalysis
from focus_areas.models.commitments import Commitment
from focus_areas.models.communication import CommunicationItem, CommunicationPlan
from focus_areas.models.evaluations import Evaluation, Finding, Grant, Recommendation
from focus_areas.models.focus_areas import FocusArea, Goal, GoalCriterion
from focus_areas.models.follow_ups import ChildImpact, FollowUp, FollowUpApproval, PlannedFollowUp, Reminder
from focus_areas.models.log import LogAttachment, LogEntry, StatusUpdate
from focus_areas.models.renewals import ActivityChoice, GoalChoice, Renewal, SeatChoice
from focus_areas.models.workbooks import PendingWorkbook

__all__ = [
    "ActionPlan",
    "Activity",
    "ActivityChoice",
    "Cause",
    "CauseAnalysis",
    "ChildImpact",
    "Commitment",
    "CommunicationItem",
    "CommunicationPlan",
    "Evaluation",
    "Finding",
    "FocusArea",
    "FollowUp",
    "FollowUpApproval",
    "Goal",
    "GoalChoice",
    "GoalCriterion",
    "Grant",
    "LogAttachment",
    "LogEntry",
    "Participation",
    "PendingWorkbook",
    "PlannedFollowUp",
    "ProcessLead",
    "Recommendation",
    "Reminder",
    "Renewal",
    "SeatChoice",
    "StatusUpdate",
]

"""Writes that touch more than one kind of row, or have consequences. Each says who acts, and is all or nothing."""

from focus_areas.operations.activities import save_activity, set_actors
from focus_areas.operations.follow_ups import (
    APPROVED,
    approve_follow_up,
    as_saved,
    plan_next_follow_up,
    refuse_to_remove,
    remove_planned_follow_up,
    save_follow_up,
    save_planned_follow_up,
    withdraw_approval,
)
from focus_areas.operations.goals import remove_goal, save_goal, set_goal_criteria, what_hangs_on
from focus_areas.operations.log import attach, log_activity, remove_log_entry
from focus_areas.operations.plans import DECIDED, adopt_plan, change_draft, delete_draft, start_plan
from focus_areas.operations.reminders import remind, send_reminders
from focus_areas.operations.status import follow_latest_update, report_status, report_unchanged

__all__ = [
    "APPROVED",
    "DECIDED",
    "adopt_plan",
    "approve_follow_up",
    "as_saved",
    "attach",
    "change_draft",
    "delete_draft",
    "follow_latest_update",
    "log_activity",
    "plan_next_follow_up",
    "refuse_to_remove",
    "remind",
    "remove_goal",
    "remove_log_entry",
    "remove_planned_follow_up",
    "report_status",
    "report_unchanged",
    "save_activity",
    "save_follow_up",
    "save_goal",
    "save_planned_follow_up",
    "send_reminders",
    "set_actors",
    "set_goal_criteria",
    "start_plan",
    "what_hangs_on",
    "withdraw_approval",
]

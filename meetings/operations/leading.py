"""What is written while a meeting is led, in one place to import from."""

from meetings.operations.action_points import (
    add_action_point,
    change_action_point,
    drop_action_point,
    finish_action_point,
    reopen_action_point,
)
from meetings.operations.attendance import (
    add_guest,
    add_substitute,
    close_meeting,
    open_meeting,
    remove_attendance,
    set_attendance,
    unopen_meeting,
)
from meetings.operations.decisions import correct_decision, record_decision
from meetings.operations.minutes import (
    add_addendum,
    approve_minutes,
    save_minutes,
    send_for_review,
    take_back,
)

__all__ = [
    "add_action_point",
    "add_addendum",
    "add_guest",
    "add_substitute",
    "approve_minutes",
    "change_action_point",
    "close_meeting",
    "correct_decision",
    "drop_action_point",
    "finish_action_point",
    "open_meeting",
    "record_decision",
    "remove_attendance",
    "reopen_action_point",
    "save_minutes",
    "send_for_review",
    "set_attendance",
    "take_back",
    "unopen_meeting",
]

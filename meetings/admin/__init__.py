"""Meetings in the administration, one module for each room."""

from meetings.admin import leading, planning, situation

__all__ = ["leading", "planning", "situation"]

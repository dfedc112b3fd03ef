"""Meetings in the administration, one module for each room."""

from meetings.admin import leading, situation

__all__ = ["leading", "situation"]

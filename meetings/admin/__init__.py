"""Meetings in the administration, one module for each room."""

from meetings.admin import situation

__all__ = ["situation"]

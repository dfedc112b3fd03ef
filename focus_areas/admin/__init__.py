"""Focus areas and the work in them in the administration, one module for each room."""

from focus_areas.admin import activities, communication

__all__ = ["activities", "communication"]

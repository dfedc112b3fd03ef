"""Focus areas and the work in them in the administration, one module for each room."""

from focus_areas.admin import activities, causes, communication, evaluations, follow_ups, goals, plans, renewals

__all__ = ["activities", "causes", "communication", "evaluations", "follow_ups", "goals", "plans", "renewals"]

"""Focus areas, goals, the action plan's activities, what was done and how it was followed up."""

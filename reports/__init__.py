"""Follow-up reports: what they say, and how they are made."""

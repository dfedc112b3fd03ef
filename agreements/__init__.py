"""Agreements, their parties and groups, who sits in them, and so who may do what."""

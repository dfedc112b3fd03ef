"""Example work for trying the portal out: one sign-in per role and most of a year, made up from beginning to end."""

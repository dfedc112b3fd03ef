"""Keeps what leaves the portal from pointing out single persons."""

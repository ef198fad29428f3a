"""Circles and their boards."""

SENTENCES: dict[str, str] = {}

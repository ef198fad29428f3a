"""Profiles, connections and blocks."""

SENTENCES: dict[str, str] = {}

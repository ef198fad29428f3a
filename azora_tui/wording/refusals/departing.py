"""Taking everything along, and leaving."""

SENTENCES: dict[str, str] = {}

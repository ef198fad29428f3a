"""Help for who is stuck."""

SENTENCES: dict[str, str] = {}

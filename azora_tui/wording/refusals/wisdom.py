"""What earlier learners left at a lesson."""

SENTENCES: dict[str, str] = {}

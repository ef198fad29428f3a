"""What can stand in the way of a question."""

from azora_tui.errors import AzoraError


class UnwritableError(AzoraError):
    """A question that `::: quiz` has no words for; the message says what stands in the way."""

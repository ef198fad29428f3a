"""What went wrong, as a sentence."""


def sentence(error: Exception) -> str:
    """An error's words with a full stop; those of the wire contract come without."""
    words = str(error)
    return words if words.endswith((".", "?", "…")) else f"{words}."

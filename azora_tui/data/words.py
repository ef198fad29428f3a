"""What is searched by the words in a folded text."""

from collections.abc import Sequence


def having_words(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A condition that `search_text` holds every one of the folded `words`, "" for none, and its parameters."""
    parameters = {f"word{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    return " AND ".join(f"search_text LIKE :{name} ESCAPE '\\'" for name in parameters), parameters


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

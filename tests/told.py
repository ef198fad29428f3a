"""Errors that say just what a test wants to see again."""

from typing import TypeVar

from azora_tui.errors import AzoraError

E = TypeVar("E", bound=AzoraError)


def told(kind: type[E], sentence: str) -> E:
    """An error of a kind, with a sentence of the test's own in place of a code's."""

    class Told(kind):  # type: ignore[valid-type, misc]  # a subclass of what is given
        def __str__(self) -> str:
            return sentence

    error: E = Told("unforeseen", log="")
    return error

"""One page in which something was not foreseen, beside all the others that can be read."""

from collections.abc import Callable
from typing import TypeVar

from azora_tui.errors import AzoraError
from azora_tui.formats.imported import ImportReport

T = TypeVar("T")


def read_page(make: Callable[[], T], words: Callable[[], T], report: ImportReport, where: str, what: str) -> T:
    """What `make` gives; where it fails, what `words` gives, with a row that names `what` could not be read.

    Raises what says that the whole import ends: every `AzoraError`, and what is no `Exception`.
    """
    try:
        return make()
    except AzoraError:
        raise
    except Exception as error:
        why = f"something in it was not foreseen here ({type(error).__name__}); only its words were taken"
        report.skip(where, what, why)
        return words()

"""What went wrong, as a sentence: what happened, what it means for one's data, what to do."""

from collections.abc import Callable, Mapping
from functools import cache

from azora_tui.wording.numbers import counted

Value = str | int | float
Says = str | Callable[[Mapping[str, Value]], str]


def message(code: str, values: Mapping[str, Value]) -> str:
    """The sentence of a code with its values; some errors of importers are a part of one, for their report."""
    says = sentences()[code]
    return says.format(**values) if isinstance(says, str) else says(values)


@cache
def sentences() -> dict[str, Says]:
    """Every code and what it says: with the names of its values in braces, or a function of them."""
    from azora_tui.wording.refusals import accounts, commands, credentials, imports, learning, news, storage

    subjects = (accounts, commands, credentials, imports, learning, news, storage)
    return {code: says for subject in subjects for code, says in subject.SENTENCES.items()} | _COMPOSED


def _too_many_guesses(values: Mapping[str, Value]) -> str:
    wait = counted(int(values["seconds"]), "second")
    return f"There were too many wrong passwords for this e-mail. Try again in {wait}."


def _log_size(values: Mapping[str, Value]) -> str:
    size = int(values["size"])
    return f"The log has {counted(size, 'entry', 'entries')}. Give a size from 1 to {size}."


def _attempts_used_up(values: Mapping[str, Value]) -> str:
    allowed = values["attempts"]
    used = "1 attempt, which is used" if allowed == 1 else f"{allowed} attempts, and yours are used"
    passed = "You have passed it." if values["passed"] else "The lesson can still be completed at its end."
    return f"This quiz allows {used}. Your best score is {values['best']} %. {passed}"


_COMPOSED: dict[str, Says] = {
    "too_many_guesses": _too_many_guesses,
    "log_size_out_of_range": _log_size,
    "attempts_used_up": _attempts_used_up,
}

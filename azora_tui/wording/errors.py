"""What went wrong, as a sentence: what happened, what it means for one's data, what to do."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from azora_tui.wording.numbers import counted

Value = str | int | float
Says = str | Callable[[Mapping[str, Value]], str]


def message(code: str, values: Mapping[str, Value]) -> str:
    """The sentence of a code with its values; some errors of importers are a part of one, for their report."""
    says = _says(code)
    return says.format(**values) if isinstance(says, str) else says(values)


def _says(code: str) -> Says:
    """What most people are told is found without the sentences of all other subjects."""
    from azora_tui.wording.refusals import learning

    return learning.SENTENCES.get(code) or sentences()[code]


@cache
def sentences() -> dict[str, Says]:
    """Every code and what it says: with the names of its values in braces, or a function of them."""
    from azora_tui.wording.refusals import (
        accounts,
        circles,
        commands,
        credentials,
        departing,
        helping,
        imports,
        learning,
        news,
        profiles,
        storage,
        tasks,
        teaching,
        together,
        wisdom,
    )

    subjects = (
        accounts, circles, commands, credentials, departing, helping, imports, learning, news, profiles, storage, tasks,
        teaching, together, wisdom,
    )  # fmt: skip
    return {code: says for subject in subjects for code, says in subject.SENTENCES.items()} | _COMPOSED


def _too_many_guesses(values: Mapping[str, Value]) -> str:
    wait = counted(int(values["seconds"]), "second")
    return f"There were too many wrong passwords for this e-mail. Try again in {wait}."


def _role_changed(values: Mapping[str, Value]) -> str:
    from azora_tui.wording.people import with_article

    role = with_article(str(values["role"]))
    return f"You are {role} of this school now, so this sign-in has ended. Your work is safe. Sign in again to go on."


def _log_size(values: Mapping[str, Value]) -> str:
    size = int(values["size"])
    return f"The log has {counted(size, 'entry', 'entries')}. Give a size from 1 to {size}."


def _attempts_used_up(values: Mapping[str, Value]) -> str:
    allowed = values["attempts"]
    used = "1 attempt, which is used" if allowed == 1 else f"{allowed} attempts, and yours are used"
    passed = "You have passed it." if values["passed"] else "The lesson can still be completed at its end."
    return f"This quiz allows {used}. Your best score is {values['best']} %. {passed}"


def _not_open_yet(values: Mapping[str, Value]) -> str:
    return f"Enrolment opens on {_day(values)}."


def _over(values: Mapping[str, Value]) -> str:
    return f"Enrolment closed on {_day(values)}."


def _day(values: Mapping[str, Value]) -> str:
    from azora_tui.wording.dates import day_of_year

    return day_of_year(date.fromisoformat(str(values["day"])), date.fromisoformat(str(values["today"])))


def _window_reversed(values: Mapping[str, Value]) -> str:
    from azora_tui.wording.dates import day_of_year

    opens, closes = (date.fromisoformat(str(values[name])) for name in ("opens", "closes"))
    return (
        f"Enrolment would close on {day_of_year(closes)}, before it opens on {day_of_year(opens)}. Nothing was changed."
    )


def _key_wait(values: Mapping[str, Value]) -> str:
    wait = counted(int(values["minutes"]), "minute")
    return f"There were too many wrong keys. Try again in {wait}, and ask who teaches the course for the right one."


_HELD_UP = {
    "new": "nothing is handed in yet",
    "draft": "your draft is not handed in yet",
    "handed in": "it waits for an answer",
    "returned": "it came back to you",
}


def _lesson_held_up(values: Mapping[str, Value]) -> str:
    titles, states = str(values["tasks"]).split("\n"), str(values["states"]).split("\n")
    each = [f"{title} ({_HELD_UP[state]})" for title, state in zip(titles, states, strict=True)]
    is_or_are = "is" if len(each) == 1 else "are"
    return (
        f"This lesson counts once {' and '.join(each)} {is_or_are} accepted. That you are done is kept, and the lesson"
        " completes by itself then."
    )


_COMPOSED: dict[str, Says] = {
    "too_many_guesses": _too_many_guesses,
    "enrollment_not_open_yet": _not_open_yet,
    "enrollment_over": _over,
    "enrollment_key_wait": _key_wait,
    "window_reversed": _window_reversed,
    "role_changed": _role_changed,
    "log_size_out_of_range": _log_size,
    "attempts_used_up": _attempts_used_up,
    "lesson_held_up": _lesson_held_up,
}

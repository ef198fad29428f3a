"""Asking a question on the command line: what is typed, what is taken for an answer, and what is told of it."""

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from azora_tui.commands import output
from azora_tui.commands.prompts import at_terminal
from azora_tui.errors import RefusedError
from azora_tui.glyphs import Glyphs
from azora_tui.models.quizzes import Answer, Question, QuestionKind, Response

T = TypeVar("T")

_MAX_LINE_LENGTH = 16_384
_ASK_FOR_HINT = "?"
_PLACES = re.compile(r"[0-9]{1,4}(?:[\s,;]+[0-9]{1,4})*")
_HOW = {
    QuestionKind.SINGLE: "choose one by its number",
    QuestionKind.MULTIPLE: "choose all that are right by their numbers, such as 1 3",
    QuestionKind.TEXT: "write the answer",
    QuestionKind.NUMBER: "write a number",
}


def ask_line(prompt: str) -> str | None:
    """A line that was typed or handed in; None at the end. The prompt is for a person at a terminal, where ctrl+c is
    the end too: what was answered before it is kept, and said to be."""
    if not at_terminal():
        return next_line()
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line: str | None = None
    with suppress(KeyboardInterrupt):
        line = next_line()
    if line is None:
        sys.stderr.write("\n")  # what comes next does not belong to the prompt
    return line


def next_line() -> str | None:
    """A line that was typed or handed in; None at the end."""
    if sys.stdin is None:
        return None
    line = sys.stdin.buffer.readline(_MAX_LINE_LENGTH)
    return output.one_line(line.decode("utf-8", "replace").rstrip("\r\n")) if line else None


def given(question: Question, line: str) -> Response:
    """What a line says to a question; raises `RefusedError` where its options have no such numbers."""
    if not question.kind.has_options:
        return line.strip()
    if line.strip() and not _PLACES.fullmatch(line.strip()):
        raise RefusedError("option_number_needed", options=len(question.options))
    return tuple(sorted({int(word) - 1 for word in re.findall(r"[0-9]+", line)}))


def asks_for_hint(question: Question, line: str, hint_used: bool) -> bool:
    asked = line.strip() == _ASK_FOR_HINT and _ASK_FOR_HINT not in question.accepted
    return asked and bool(question.hint) and not hint_used


def ask_answer(
    question: Question,
    take: Callable[[str, bool], T],
    *,
    hint_used: bool = False,
    open_hint: Callable[[], None] = lambda: None,
) -> T | None:
    """What `take` makes of the line that answers a question, and of whether the hint was used; None at the end.

    `hint_used` is whether it was looked at before an interruption, and `open_hint` hears that it is looked at now.
    At a terminal, what `take` refuses is said, and the question asked again; elsewhere its `RefusedError` is raised.
    """
    while True:
        line = ask_line("Your answer: ")
        if line is None:
            return None
        if asks_for_hint(question, line, hint_used):
            hint_used = True
            say_hint(question)
            open_hint()
            continue
        try:
            return take(line, hint_used)
        except RefusedError as error:
            if not at_terminal():
                raise
            output.complain(str(error))


def say_question(question: Question, place: str = "", *, hint_used: bool = False) -> None:
    """How to answer, what is asked, and the options; `place` says which question it is."""
    how = f"{place}{_HOW[question.kind]}."
    output.say_wrapped(how[0].upper() + how[1:])
    say_markdown(question.prompt)
    for number, option in enumerate(question.options, 1):
        say_markdown(option.text, first=f"{number:>3}. ")
    if hint_used:
        say_hint(question)
    elif question.hint:
        output.say_wrapped("A hint comes with ? as the answer.")


def say_hint(question: Question) -> None:
    say_markdown(f"Hint: {question.hint}")


def say_answer(question: Question, answer: Answer, glyphs: Glyphs) -> None:
    """The sign and the feedback of what was chosen, and what is right."""
    sign = glyphs.done if answer.correct else glyphs.locked
    wrong = "Not quite these." if question.kind is QuestionKind.MULTIPLE else "Not this one."
    words = "Right." if answer.correct else wrong
    places = () if isinstance(answer.given, str) else answer.given
    if question.kind is QuestionKind.SINGLE and (feedback := question.options[places[0]].feedback):
        say_markdown(feedback, first=f"{sign} ")
    else:
        output.say_wrapped(f"{sign} {words}")
        for place in places:
            option = question.options[place]
            own = glyphs.done if option.correct else glyphs.locked
            say_markdown(option.feedback or option.text, first=f"{own} {place + 1}. ")
    if not answer.correct and question.kind.has_options:
        output.say_wrapped("Right: " + ", ".join(str(place + 1) for place in question.right_options) + ".")
    elif not answer.correct:
        output.say_wrapped(f"Right: {question.right_words}.")
    if question.feedback:
        say_markdown(question.feedback)


def say_markdown(text: str, first: str = "") -> None:
    from azora_tui.commands.lesson_text import lesson_text  # no other command needs the Markdown parser

    rest = " " * len(first)
    lines = lesson_text(text, output.width() - len(first)).split("\n")
    output.say("\n".join((rest if number else first) + line for number, line in enumerate(lines)))

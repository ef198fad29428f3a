"""Questions written as our `::: quiz`, so that `read_quiz` reads just these questions again.

`read_quiz` is the one reader. Whatever is written here has been read back and compared before it is given out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from azora_tui.formats.markdown import parse, parse_inline, plain_text
from azora_tui.formats.number_answers import RightNumbers, read_numbers, tidied, written
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.words import from_words
from azora_tui.models.quizzes import PASS_PERCENT, Option, Question, QuestionKind, Quiz
from azora_tui.text import clean, fold

_SAID = re.compile(r"(?m)^([ \t]*)(hint|answer|outcomes)(?=:)", re.IGNORECASE)
_TRAILING_BRACES = re.compile(r"(?<!\\)\{(?=[^{}]*\}\s*\Z)")


def write_quiz(quiz: Quiz) -> str:
    """A quiz as one `::: quiz`, or as several where two questions would run into each other.

    Raises `UnwritableError` for a question that cannot be written as it is; see `fitted`.
    """
    opening = _opening(quiz)
    together = _div(opening, "\n\n".join(map(_written, quiz.questions)))
    if read_quiz(together) == quiz:
        return together
    apart = "\n".join(_div(opening, _written(question)) for question in quiz.questions)
    if read_quiz(apart) == quiz:
        return apart
    raise UnwritableError("words_are_signs")


def fitted(question: Question) -> Question:
    """The same question in words that can be written: as it is or, where its layout stands in the way, in plain words.

    Raises `UnwritableError` for one that nobody could answer right, or whose answer cannot be written.
    """
    wanted = _tidied(question)
    for candidate in _candidates(wanted):
        try:
            write_quiz(Quiz((candidate,)))
        except UnwritableError:
            continue
        return candidate
    raise UnwritableError("answers_hold_signs")


def _candidates(wanted: Question) -> Iterator[Question]:
    yield wanted
    yield _in_plain_words(wanted)


def _opening(quiz: Quiz) -> str:
    said = [".quiz"]
    if quiz.pass_percent != PASS_PERCENT:
        said.append(f"pass={quiz.pass_percent}")
    if quiz.attempts is not None:
        said.append(f"attempts={quiz.attempts}")
    return "quiz" if len(said) == 1 else "{" + " ".join(said) + "}"


def _div(opening: str, inside: str) -> str:
    return f"::: {opening}\n\n{inside}\n\n:::\n"


def _written(question: Question) -> str:
    parts = [_with_id(question)]
    if question.hint:
        parts.append(f"hint: {question.hint}")
    if question.outcomes:
        parts.append(f"outcomes: {', '.join(map(str, question.outcomes))}")
    if question.kind.has_options:
        parts.append("\n".join(_option(option) for option in question.options))
    else:
        parts.append(f"answer: {_answer(question)}")
    if question.feedback:
        parts.append(_quote(question.feedback))
    return "\n\n".join(parts)


def _with_id(question: Question) -> str:
    """The prompt, with the id at the end of its last paragraph at the top; what follows that belongs to it too."""
    lines = question.prompt.split("\n")
    for token in reversed(parse(question.prompt).tokens):
        if token.type == "paragraph_open" and token.level == 0 and token.map:
            last = token.map[1] - 1
            return "\n".join([*lines[:last], f"{lines[last].rstrip()} {{#{question.id}}}", *lines[last + 1 :]])
    raise UnwritableError("asks_nothing")


def _option(option: Option) -> str:
    mark = "x" if option.correct else " "
    text = f"- [{mark}] " + option.text.replace("\n", "\n  ")
    if option.feedback:
        apart = "\n\n" if "\n\n" in option.text else "\n"
        text += apart + _quote(option.feedback, "  ")
    return re.sub(r"(?m)^[ \t]+$", "", text)


def _answer(question: Question) -> str:
    if question.kind is QuestionKind.TEXT:
        return " | ".join(question.accepted)
    return written(RightNumbers(question.accepted, question.tolerance, question.ranges))


def _quote(text: str, before: str = "") -> str:
    return "\n".join(f"{before}> {line}".rstrip() for line in text.split("\n"))


def _tidied(question: Question) -> Question:
    """Without blanks that mean nothing, and with an answer of the kind that will be read."""
    options = tuple(Option(_block(option.text), option.correct, _block(option.feedback)) for option in question.options)
    kind = question.kind
    right = RightNumbers(question.accepted, question.tolerance, question.ranges)
    if kind.has_options:
        number = sum(option.correct for option in options)
        if not number:
            raise UnwritableError("no_option_right")
        kind = QuestionKind.SINGLE if number == 1 else QuestionKind.MULTIPLE
    elif kind is QuestionKind.TEXT:
        right = right._replace(accepted=tuple(_unique(_line(word) for word in question.accepted)))
        if numbers := read_numbers(right.accepted):
            kind, right = QuestionKind.NUMBER, numbers
        if not right.accepted:
            raise UnwritableError("names_no_answer")
    else:
        right = tidied(right)
    return replace(
        question,
        kind=kind,
        prompt=_SAID.sub(_entity, _TRAILING_BRACES.sub(r"\\{", _block(question.prompt))),
        options=options,
        **right._asdict(),
        hint=_line(question.hint),
        feedback=_block(question.feedback),
    )


def _entity(match: re.Match[str]) -> str:
    """A word at the beginning of a line that would be taken for a hint or an answer, written so that it is not."""
    word = match[2]
    return f"{match[1]}&#{ord(word[0])};{word[1:]}"


def _in_plain_words(question: Question) -> Question:
    return replace(
        question,
        prompt=_SAID.sub(_entity, from_words(spoken(question.prompt))) or "?",
        options=tuple(
            Option(from_words(spoken(option.text)) or "…", option.correct, from_words(spoken(option.feedback)))
            for option in question.options
        ),
        hint=from_words(spoken(question.hint)),
        feedback=from_words(spoken(question.feedback)),
    )


def spoken(markdown: str) -> str:
    """The words of Markdown on one line, without its layout."""
    document = parse(clean(markdown))
    words: list[str] = []
    for token in document.tokens:
        if token.type == "inline":
            words.append(plain_text(parse_inline(token.content, document)))
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
    return " ".join(" ".join(words).split())


def _block(text: str) -> str:
    lines = [line.rstrip() for line in clean(text).strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _line(text: str) -> str:
    return " ".join(clean(text, keep_newlines=False).split())


def _unique(words: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for word in words:
        if fold(word).strip():
            found.setdefault(word, word)
    return list(found)

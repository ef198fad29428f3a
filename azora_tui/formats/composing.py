"""Lessons put together of text and questions, so that the quiz asks just these questions."""

from collections.abc import Iterable
from dataclasses import replace

from azora_tui.formats.imported import ImportReport, check_answerable, joined, placeholder, sealed
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import fitted, spoken, write_quiz
from azora_tui.formats.words import from_text, from_words
from azora_tui.models.quizzes import Question, Quiz

Part = str | Question

CAPITALS = "capitals make no difference in an answer here"
"""Why the difference between capitals and small letters was not taken."""


def compose(parts: Iterable[Part], report: ImportReport, where: str, *, attempts: int | None = None) -> str:
    """The content of a lesson: text as it is, questions that follow each other as one quiz.

    A question that cannot be written, or not be answered right, stands there as words, with a row in the report.
    """
    made: list[str] = []
    run: list[Question] = []
    kept: list[Question] = []
    for part in parts:
        if isinstance(part, str):
            if not part.strip():
                continue
            made += _quiz(run, attempts)
            run = []
            made.append(sealed(part))
            continue
        try:
            check_answerable(part)
            made_of = fitted(part)
            check_answerable(replace(made_of, kind=part.kind))
            run.append(made_of)
            kept.append(made_of)
        except UnwritableError as error:
            made += _quiz(run, attempts)
            run = []
            report.lose_question(where, spoken(part.prompt), str(error))
            made.append(as_words(part, str(error)))
    made += _quiz(run, attempts)
    content = joined(made)
    asked = read_quiz(content)
    if (asked.questions if asked else ()) == tuple(kept):
        return content
    # Some text reads as a quiz of its own: shown as plain words, it asks nothing.
    return joined(each if each.startswith("::: ") and read_quiz(each) else from_text(each) for each in made)


def as_words(question: Question, why: str) -> str:
    """What stands in a lesson for a question that could not be taken: what was asked, what to choose from, and its
    hint and solution as a part that can be opened."""
    options = "\n".join(f"- {option.text.replace(chr(10), chr(10) + '  ')}" for option in question.options)
    known = "\n\n".join(filter(None, (said_when("Hint", question.hint), sealed(question.feedback))))
    solution = f"::: solution\n\n{known}\n\n:::" if known else ""
    inside = "\n\n".join(part for part in (question.prompt, options, solution) if part.strip())
    return placeholder("a question", why, sealed(inside))


def as_text(parts: Iterable[Part]) -> str:
    """The words of parts that could not be put together: nothing in them is a quiz or markup any more."""
    return joined(from_text(part if isinstance(part, str) else part.prompt) for part in parts)


def said_when(when: str, feedback: str) -> str:
    """Feedback that is not for everybody, with for whom it is; a question's own is shown whatever was answered."""
    if not feedback.strip():
        return ""
    begins_in_words = feedback[0].isalnum() or feedback[0] in "*“\"'("
    return f"*{from_words(when)}:*" + (" " if begins_in_words else "\n\n") + feedback


def _quiz(questions: list[Question], attempts: int | None) -> list[str]:
    return [write_quiz(Quiz(tuple(questions), attempts=attempts))] if questions else []

"""Lessons put together of text and questions, so that the quiz asks just these questions."""

from collections.abc import Iterable

from azora_tui.formats.imported import Report, joined, placeholder, sealed
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_writing import UnwritableError, fitted, spoken, write_quiz
from azora_tui.formats.words import from_text
from azora_tui.quiz_models import Question, Quiz

Part = str | Question


def compose(parts: Iterable[Part], report: Report, where: str, *, attempts: int | None = None) -> str:
    """The content of a lesson: text as it is, questions that follow each other as one quiz.

    A question that cannot be written stands there as words, with a row in the report.
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
            run.append(fitted(part))
            kept.append(run[-1])
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
    """What stands in a lesson for a question that could not be taken: what was asked, and what to choose from."""
    options = "\n".join(f"- {option.text.replace(chr(10), chr(10) + '  ')}" for option in question.options)
    inside = "\n\n".join(part for part in (question.prompt, options) if part.strip())
    return placeholder("a question", why, sealed(inside))


def _quiz(questions: list[Question], attempts: int | None) -> list[str]:
    return [write_quiz(Quiz(tuple(questions), attempts=attempts))] if questions else []

"""The questions of a course as GIFT: a category for each lesson, texts as Markdown."""

import re
from collections.abc import Iterator

from azora_tui.formats.number_answers import number_text, read_range
from azora_tui.formats.quiz import read_quiz
from azora_tui.models.course_sources import CourseSource
from azora_tui.models.quizzes import Option, Question, QuestionKind

_SIGNS = re.compile(r"[~=#{}:\\]")


def write_gift(course: CourseSource) -> tuple[str, int]:
    """(the document, how many questions it asks)."""
    parts = [f"// {_line(course.title)}"]
    count = 0
    for lesson in course.lessons:
        quiz = read_quiz(lesson.content)
        if quiz is not None:
            parts.append(
                f"$CATEGORY: {_line(course.title).replace('/', '//')}/{_line(lesson.title).replace('/', '//')}"
            )
            parts += [_question(question) for question in quiz.questions]
            count += len(quiz.questions)
    return "\n\n".join(parts) + "\n", count


def _question(question: Question) -> str:
    lines = [f"// [id:{question.id}]"]
    if question.hint:
        lines.append(f"// hint: {_line(question.hint)}")  # GIFT has no hints; a comment hurts nobody
    general = f"\n####{_escaped(question.feedback)}" if question.feedback else ""
    answers = "\n".join(_answers(question))
    return "\n".join(
        [*lines, f"::{_escaped(question.id)}::[markdown]{_escaped(question.prompt)} {{", answers + general, "}"]
    )


def _answers(question: Question) -> Iterator[str]:
    match question.kind:
        case QuestionKind.SINGLE:
            # Right answers alone would be read as words to be written.
            alone = all(option.correct for option in question.options)
            for option in question.options:
                yield _choice("=" if option.correct and not alone else "~", "%100%" if alone else "", option)
        case QuestionKind.MULTIPLE:
            share = f"{100 / len(question.right_options):.5f}".rstrip("0").rstrip(".")
            for option in question.options:
                yield _choice("~", f"%{share}%" if option.correct else "%-100%", option)
        case QuestionKind.TEXT:
            for word in question.accepted:
                said = _escaped(word).replace("*", "\\*")  # alone it stands for anything
                yield f"={'%100%' if word.startswith('%') else ''}{said}"
            if len(question.accepted) > 1 and all("->" in word for word in question.accepted):
                yield "=%0%*"  # arrows in all of them would be read as pairs to match
        case QuestionKind.NUMBER:
            numbers = [_number(each, question.tolerance) for each in question.ranges or question.accepted]
            yield f"#{numbers[0]}" if len(numbers) == 1 else "\n".join(("#", *(f"={each}" for each in numbers)))


def _choice(sign: str, weight: str, option: Option) -> str:
    weight = weight or (
        "%100%" if sign == "=" and option.text.startswith("%") else "%0%" if option.text.startswith("%") else ""
    )
    feedback = f"#{_escaped(option.feedback)}" if option.feedback else ""
    return f"{sign}{weight}{_escaped(option.text)}{feedback}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _number(accepted: str, tolerance: str) -> str:
    """A right number with its tolerance. GIFT has no ranges that leave an end out."""
    if span := read_range(accepted):
        return f"{number_text(span.low)}..{number_text(span.high)}"
    number, _, own = accepted.partition("±")
    return f"{_point(number.strip())}:{_point(own.strip() or tolerance)}"


def _point(number: str) -> str:
    return number.replace(",", ".").replace("−", "-")


def _line(text: str) -> str:
    return " ".join(text.split())

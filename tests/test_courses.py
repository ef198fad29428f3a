"""What a learner could use to pass a quiz of the bundled courses without having read the lesson."""

from collections import Counter
from pathlib import Path

import pytest

import azora_tui
from azora_tui.formats.quiz import read_quiz
from azora_tui.lms.grading import percent
from azora_tui.models.quizzes import QuestionKind, Quiz

COURSES = sorted((Path(azora_tui.__file__).parent / "courses").glob("*/"))


def quizzes(course: Path) -> list[Quiz]:
    found = [read_quiz(lesson.read_text(encoding="utf-8")) for lesson in sorted(course.glob("*.md"))]
    return [quiz for quiz in found if quiz is not None]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_the_place_of_an_option_does_not_give_it_away(course: Path) -> None:
    questions = [question for quiz in quizzes(course) for question in quiz.questions]
    single = Counter(each.right_options for each in questions if each.kind is QuestionKind.SINGLE)
    assert max(single.values()) <= single.total() / 2
    several = [each.right_options for each in questions if each.kind is QuestionKind.MULTIPLE]
    assert sum(right == tuple(range(len(right))) for right in several) <= len(several) / 2


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_the_longest_option_is_not_the_right_one_most_of_the_time(course: Path) -> None:
    longest = []
    for quiz in quizzes(course):
        for question in quiz.questions:
            if question.kind is QuestionKind.SINGLE:
                lengths = [len(option.text) for option in question.options]
                longest.append(lengths.index(max(lengths)) in question.right_options)
    assert sum(longest) <= len(longest) * 0.6


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_one_slip_does_not_fail_a_quiz(course: Path) -> None:
    for quiz in quizzes(course):
        assert percent(len(quiz.questions) - 1, len(quiz.questions)) >= quiz.pass_percent

"""What a learner could use to pass a quiz of the bundled courses without having read the lesson."""

import re
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


_NUMBER_WORDS = {2: "two", 3: "three", 4: "four"}


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_a_question_with_several_right_options_says_how_many(course: Path) -> None:
    several = [each for quiz in quizzes(course) for each in quiz.questions if each.kind is QuestionKind.MULTIPLE]
    untold = [
        each.id
        for each in several
        if f" {_NUMBER_WORDS[len(each.right_options)]}" not in each.prompt.replace("\n", " ")
    ]
    assert several
    assert not untold


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_no_question_asks_for_a_year(course: Path) -> None:
    asked = [question.prompt for quiz in quizzes(course) for question in quiz.questions]
    assert not [prompt for prompt in asked if re.search(r"(?i)\b(in )?(which|what) year\b", prompt)]


def test_a_lesson_says_what_its_own_words_mean() -> None:
    text = (COURSES[0].parent / "ubuntu-philosophy/ubuntu-and-technology.md").read_text(encoding="utf-8")
    assert text.index("*review sheet*") < text.index("the review sheet"), "it is introduced before it is used"

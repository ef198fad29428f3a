"""Reading quizzes: what is a question, what it accepts, and what is passed over."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.formats.course import read_course
from azora_tui.formats.quiz import read_quiz
from azora_tui.lms import grading
from azora_tui.lms.bundled import SLUGS
from azora_tui.models.quizzes import Option, Question, QuestionKind
from azora_tui.text import clean

COURSES = Path(__file__).parents[2] / "azora_tui" / "courses"
LESSONS = [(slug, lesson) for slug in SLUGS for lesson in read_course(COURSES / slug).lessons]

EVERY_KIND = """\
Prose.

::: {.quiz pass=60 attempts=3}

Which is *closest*? {#closest}

hint: Look at the prefix.

- [x] A person is a person
  through others.
  > Yes. It is
  > "through people".
- [ ] The group matters more.
  > Not this one.

Choose two. {#two}

- [x] one
- [ ] two
- [x] three

> Both are odd.

Which word? {#word}

answer: penumbra | the penumbra

How many? {#many}

answer: 21 ± 0.5

> Count again.

:::
"""


def test_every_kind_of_question() -> None:
    quiz = read_quiz(EVERY_KIND)
    assert quiz is not None
    assert (quiz.pass_percent, quiz.attempts) == (60, 3)
    assert quiz.questions == (
        Question(
            "closest",
            QuestionKind.SINGLE,
            "Which is *closest*?",
            (
                Option("A person is a person\nthrough others.", True, 'Yes. It is\n"through people".'),
                Option("The group matters more.", False, "Not this one."),
            ),
            hint="Look at the prefix.",
        ),
        Question(
            "two",
            QuestionKind.MULTIPLE,
            "Choose two.",
            (Option("one", True), Option("two", False), Option("three", True)),
            feedback="Both are odd.",
        ),
        Question("word", QuestionKind.TEXT, "Which word?", accepted=("penumbra", "the penumbra")),
        Question("many", QuestionKind.NUMBER, "How many?", accepted=("21",), tolerance="0.5", feedback="Count again."),
    )


def asked(inside: str) -> Question:
    quiz = read_quiz(f"::: quiz\n\n{inside}\n\n:::\n")
    assert quiz is not None
    return quiz.questions[0]


@pytest.mark.parametrize(
    ("answer", "kind", "accepted", "tolerance"),
    [
        ("4", QuestionKind.NUMBER, ("4",), "0"),
        ("4 ± 0", QuestionKind.NUMBER, ("4",), "0"),
        ("-1.5 +- 0.25", QuestionKind.NUMBER, ("-1.5",), "0.25"),
        ("1,5 +/- 0,5", QuestionKind.NUMBER, ("1,5",), "0,5"),
        ("3 | three", QuestionKind.TEXT, ("3", "three"), "0"),
        ("a|b", QuestionKind.TEXT, ("a|b",), "0"),
        ("PATH | $PATH", QuestionKind.TEXT, ("PATH", "$PATH"), "0"),
        ("*", QuestionKind.TEXT, ("*",), "0"),
    ],
)
def test_what_an_answer_line_accepts(
    answer: str, kind: QuestionKind, accepted: tuple[str, ...], tolerance: str
) -> None:
    question = asked(f"What? {{#q}}\n\nanswer: {answer}")
    assert (question.kind, question.accepted, question.tolerance) == (kind, accepted, tolerance)


def test_what_follows_a_question_belongs_to_it_and_what_follows_an_answer_to_the_next() -> None:
    quiz = read_quiz(
        "::: quiz\n\nLook at this.\n\n"
        "What does it print? {#print}\n\n```python\nprint(1)\n```\n\n| a |\n|---|\n| 1 |\n\n"
        "- [x] `1`\n\n  ```\n  1\n  ```\n- [ ] 2\n\n```sh\nls\n```\n\nAnd this? {#this}\n\nanswer: files\n\n:::\n"
    )
    assert quiz is not None
    first, second = quiz.questions
    assert first.prompt == "Look at this.\n\nWhat does it print?\n\n```python\nprint(1)\n```\n\n| a |\n|---|\n| 1 |"
    assert first.options[0].text == "`1`\n\n```\n1\n```"
    assert second.prompt == "```sh\nls\n```\n\nAnd this?"


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "Without an id?\n\n- [x] yes",
        "Nothing is right. {#q}\n\n- [ ] no\n- [ ] no",
        "No answer. {#q}",
        "An empty one. {#q}\n\nanswer:",
        "No tasks. {#q}\n\n- yes\n- no",
        "Nothing but marks. {#q}\n\nanswer: \u0301",
    ],
)
def test_what_nobody_can_answer_right_is_no_question(inside: str) -> None:
    assert read_quiz(f"::: quiz\n\n{inside}\n\n:::\n") is None


@pytest.mark.parametrize("source", ["", "Text", "```\n::: quiz\n\nA? {#a}\n\n- [x] b\n\n:::\n```", "A quiz ::: no"])
def test_a_lesson_without_a_quiz_has_none(source: str) -> None:
    assert read_quiz(source) is None


@pytest.mark.parametrize(
    ("attributes", "pass_percent", "attempts"),
    [
        ("", 80, None),
        ("pass=100", 100, None),
        ("pass=0", 0, None),
        ('pass="75%"', 75, None),
        ("pass=101", 80, None),
        ("pass=most", 80, None),
        ("attempts=2", 80, 2),
        ("attempts=0", 80, None),
        ("attempts=-1 pass=50", 50, None),
    ],
)
def test_an_attribute_without_sense_is_as_if_it_were_not_there(
    attributes: str, pass_percent: int, attempts: int | None
) -> None:
    quiz = read_quiz(f"::: {{.quiz {attributes}}}\n\nA? {{#a}}\n\n- [x] b\n\n:::\n")
    assert quiz is not None
    assert (quiz.pass_percent, quiz.attempts) == (pass_percent, attempts)


def test_several_quizzes_of_a_lesson_are_one_and_an_id_is_asked_once() -> None:
    part = "::: {{.quiz {0}}}\n\n{1}? {{#{1}}}\n\n- [x] yes\n\nTwice? {{#twice}}\n\n- [x] {1}\n\n:::\n\n"
    quiz = read_quiz(part.format("pass=50", "a") + part.format("pass=90 attempts=2", "b"))
    assert quiz is not None
    assert [question.id for question in quiz.questions] == ["a", "twice", "b"]
    assert quiz.questions[1].options[0].text == "a"
    assert (quiz.pass_percent, quiz.attempts) == (50, 2)


WORDS = st.sampled_from(
    ["::: quiz", ":::", "", "A? {#a}", "B {#b .c}", "- [x] r", "- [ ] w", "  > f", "> f", "answer: 1 ± 1", "hint: h",
     "1. [x] n", "```", "| a |", "|---|", "- ", "> - [x] q", "  - [x] in"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=9), max_size=25).map("\n".join))
def test_whatever_is_written_each_question_has_an_id_and_can_be_answered_right(source: str) -> None:
    quiz = read_quiz(clean(f"::: quiz\n{source}"))
    for question in quiz.questions if quiz else ():
        assert question.id
        given_answer = question.right_options if question.kind.has_options else question.accepted[0]
        assert grading.is_right(question, given_answer)
    assert quiz is None or len({question.id for question in quiz.questions}) == len(quiz.questions)


@pytest.mark.parametrize(("slug", "lesson"), LESSONS, ids=lambda each: getattr(each, "id", each))
def test_every_bundled_lesson_has_a_quiz_worth_doing(slug: str, lesson: object) -> None:
    content: str = lesson.content  # type: ignore[attr-defined]
    quiz = read_quiz(content)
    assert quiz is not None
    assert 3 <= len(quiz.questions) <= 5
    assert content.count("\nanswer: ") + content.count("- [x]") >= len(quiz.questions)
    for question in quiz.questions:
        assert question.prompt
        assert "{#" not in question.prompt
        if question.kind.has_options:
            assert len(question.options) >= 3
            assert all(option.feedback for option in question.options)
        else:
            assert question.feedback, "who is wrong is told why"


@pytest.mark.parametrize("slug", SLUGS)
def test_ids_are_unique_in_a_bundled_course_and_no_question_is_lost(slug: str) -> None:
    lessons = read_course(COURSES / slug).lessons
    ids = [question.id for lesson in lessons if (quiz := read_quiz(lesson.content)) for question in quiz.questions]
    assert len(ids) == len(set(ids))
    written = [
        line for lesson in lessons for line in lesson.content.split("\n") if line.endswith("}") and " {#" in line
    ]
    assert len(ids) == len([line for line in written if not line.startswith(("#", ":::"))])


def test_colons_without_end_take_no_time() -> None:
    assert read_quiz(":" * 1_000_000) is None

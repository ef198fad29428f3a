"""Reading quizzes: what is a question, what it accepts, and what is passed over."""

from pathlib import Path

import pytest
from hypothesis import event, given, target
from hypothesis import strategies as st

from azora_tui.formats.course import read_course
from azora_tui.formats.markdown import parse
from azora_tui.formats.quiz import find_questions, read_quiz
from azora_tui.lms import grading
from azora_tui.lms.bundled import SLUGS
from azora_tui.models.quizzes import Option, Question, QuestionKind, Quiz
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


# Quizzes as docs/courses.md describes them, written here and not by the writer that the program has.

LINES = st.text("abc de,é", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
BESIDE = st.sampled_from(
    ["", "```python\nprint(1)\n\n::: quiz\n```", "| a |\n|---|\n| 1 |", "Go on, then:", "> ::: no"]
)
NUMBERS = st.tuples(st.sampled_from(["", "-", "−", "+"]), st.integers(0, 999), st.sampled_from(["", ".5", ",25"])).map(
    lambda parts: "".join(map(str, parts))
)


def quoted(feedback: str, indent: str = "") -> str:
    return "\n".join(f"{indent}> {line}" for line in feedback.split("\n"))


@st.composite
def options(draw: st.DrawFn) -> tuple[tuple[Option, ...], str]:
    """Options, and the task list that they are."""
    made, written = [], []
    bullet = draw(st.sampled_from(["- ", "* ", "1. "]))
    for _ in range(draw(st.integers(1, 4))):
        lines = draw(st.lists(LINES, min_size=1, max_size=2))
        correct = draw(st.booleans())
        said = draw(st.just("") | st.lists(LINES, min_size=1, max_size=2).map("\n".join))
        made.append(Option("\n".join(lines), correct, said))
        indent = " " * len(bullet)
        mark = draw(st.sampled_from("xX")) if correct else " "
        written.append(f"{bullet}[{mark}] " + f"\n{indent}".join(lines))
        if said:
            written.append(quoted(said, indent))
    return tuple(made), "\n".join(written)


@st.composite
def asked_questions(draw: st.DrawFn, number: int, last: bool) -> tuple[Question | None, str]:
    """A question and how it is written; None for one that nobody could answer right, or that has no id."""
    identifier = draw(st.sampled_from([f"q{number}", f"{number}-é_b"]))
    prompt = draw(st.lists(LINES, min_size=1, max_size=3))
    beside = draw(BESIDE.filter(lambda text: not text.startswith(">")))
    hint, feedback = draw(st.just("") | LINES), draw(st.just("") | LINES)
    parts = ["\n\n".join([*prompt[:-1], f"{prompt[-1]} {{#{identifier}}}"])]
    asked = "\n\n".join([*prompt, beside] if beside else prompt)
    if beside:
        parts.append(beside)
    if hint:
        parts.append(f"{draw(st.sampled_from(['hint', 'Hint']))}: {hint}")
    # What follows a question without an answer belongs to it, so that only the last of a div can be one.
    kind = draw(st.sampled_from(["options", "options", "words", "number", *(["nothing"] if last else [])]))
    event(kind)
    question: Question | None = None
    if kind == "options":
        chosen, written = draw(options())
        parts.append(written)
        right = sum(option.correct for option in chosen)
        if right:
            many = QuestionKind.MULTIPLE if right > 1 else QuestionKind.SINGLE
            question = Question(identifier, many, asked, chosen, hint=hint, feedback=feedback)
    elif kind == "words":
        words = draw(st.lists(LINES.filter(lambda word: word not in (",", "")), min_size=1, max_size=3))
        parts.append(f"answer: {' | '.join(words)}")
        question = Question(identifier, QuestionKind.TEXT, asked, accepted=tuple(words), hint=hint, feedback=feedback)
    elif kind == "number":
        number_said = draw(NUMBERS)
        tolerance = draw(st.sampled_from(["0", "1", "0.5", "2,5"]))
        sign = draw(st.sampled_from(["±", "+-", "+/-"]))
        parts.append(f"Answer: {number_said}" + (f" {sign} {tolerance}" if tolerance != "0" else ""))
        question = Question(identifier, QuestionKind.NUMBER, asked, (), (number_said,), tolerance, hint, feedback)
    if feedback:
        parts.append(quoted(feedback))
    return question, "\n\n".join(parts)


@st.composite
def lessons(draw: st.DrawFn) -> tuple[tuple[Question, ...], int, int | None, str]:
    """What a lesson asks, its pass mark and attempts, and the lesson."""
    expected: list[Question] = []
    parts = [draw(st.sampled_from(["Prose.", "# Heading", "- [x] no option", "A? {#no-question}"]))]
    said: dict[str, int] = {}
    number = 0
    for _ in range(draw(st.integers(1, 2))):
        attributes = draw(
            st.fixed_dictionaries({}, optional={"pass": st.integers(0, 100), "attempts": st.integers(1, 9)})
        )
        said = {**attributes, **said}
        inside = []
        asks = draw(st.integers(1, 3))
        for place in range(asks):
            number += 1
            question, written = draw(asked_questions(number, place == asks - 1))
            inside.append(written)
            expected += [question] if question else []
        opening = "quiz" if not attributes else "{.quiz " + " ".join(f"{k}={v}" for k, v in attributes.items()) + "}"
        colons = ":" * draw(st.integers(3, 5))
        parts += [f"{colons} {opening}\n\n" + "\n\n".join(inside) + f"\n\n{colons}", "Between."]
    return tuple(expected), said.get("pass", 80), said.get("attempts"), "\n\n".join(parts)


@given(lessons())
def test_what_is_written_is_what_is_asked_and_can_be_answered_right(
    lesson: tuple[tuple[Question, ...], int, int | None, str],
) -> None:
    expected, pass_percent, attempts, source = lesson
    event(f"{len(expected)} questions")
    quiz = read_quiz(clean(source))
    if not expected:
        assert quiz is None
        return
    assert quiz == Quiz(expected, pass_percent, attempts)
    for question in quiz.questions:
        right = question.right_options if question.kind.has_options else question.accepted[-1]
        assert grading.is_right(question, right)
        if question.kind.has_options and len(question.options) > 1:
            others = tuple(place for place, option in enumerate(question.options) if not option.correct)
            assert not grading.is_right(question, others)


BLOCKS = st.sampled_from(
    ["::: quiz", ":::", "A? {#a}", "B {#b .c}", "- [x] r\n- [ ] w\n  > f", "> f", "answer: 1 ± 1", "answer: x | y", "hint: h",
     "1. [x] n", "```", "| a |\n|---|", "- ", "> - [x] q", "- a\n  - [x] in", "<!--", "-->", "C? {#a}", "answer:", "::: callout"]
)  # fmt: skip


@given(st.lists(BLOCKS | st.text(max_size=9), max_size=25).map("\n\n".join))
def test_whatever_follows_a_question_each_has_an_id_and_can_be_answered_right(after: str) -> None:
    source = clean(f"::: quiz\n\nFirst? {{#first}}\n\n- [x] yes\n- [ ] no\n\n{after}")
    quiz = read_quiz(source)
    assert quiz is not None
    target(len(quiz.questions))
    event(f"{len(quiz.questions)} questions")
    ids = [question.id for question in quiz.questions]
    assert ids[0] == "first"
    assert len(set(ids)) == len(ids)
    for question in quiz.questions:
        assert f"#{question.id}" in source
        given_answer = question.right_options if question.kind.has_options else question.accepted[0]
        assert grading.is_right(question, given_answer)


# What is meant as a question, also where nobody could answer it


def found(inside: str) -> list[tuple[str, int, bool]]:
    """(id, line, whether it can be answered) of all that is meant as a question in a quiz."""
    source = f"::: quiz\n{inside}\n:::\n"
    tokens = parse(source).tokens
    return [
        (each.id, each.line, each.question is not None) for each in find_questions(tokens[1:-1], source.split("\n"))
    ]


def test_each_question_is_found_with_the_line_on_which_it_begins() -> None:
    inside = "\nBefore.\n\nA? {#a}\n\n- [x] r\n\nB? {#b}\n\nC? {#c}\n\nanswer: x"
    assert found(inside) == [("a", 2, True), ("b", 8, False), ("c", 10, True)]


@pytest.mark.parametrize(
    ("inside", "lost"),
    [
        ("\nA?\n\n- [x] r", [("", 2, False)]),
        ("\nA?\n\nanswer: x", [("", 2, False)]),
        ("\nanswer: x", [("", 2, False)]),
        ("\n- [ ] w", [("", 2, False)]),
        ("\nA?\n\n- no task", []),
        ("\nA? {#a}\n\n- [x] r\n\nB?\n\nANSWER: x", [("a", 2, True), ("", 6, False)]),
        ("\nA? {#a}\n\nanswer: x\n\nB?\n\n- [x] r", [("a", 2, True), ("", 6, False)]),
        ("\nA? {#a}\n\n- [x] r\n\n- a list", [("a", 2, True)]),
        ("\nA? {#a}\n\n- [x] r\n\nanswer: y", [("a", 2, True)]),
    ],
)
def test_an_answer_to_no_question_is_found(inside: str, lost: list[tuple[str, int, bool]]) -> None:
    assert found(inside) == lost


@pytest.mark.parametrize(
    "within",
    [
        "> A? {#a}\n>\n> - [x] r",
        "- A? {#a}\n\n  - [x] r",
        "::: callout\n\nA? {#a}\n\n- [x] r\n\n:::",
        "- - [x] r",
        "> answer: x",
        "### A? {#a}",
    ],
)
def test_within_anything_in_a_quiz_nothing_is_asked(within: str) -> None:
    assert found(f"\n{within}\n") == []
    assert read_quiz(f"::: quiz\n\n{within}\n\n:::\n") is None


def test_only_the_top_of_a_task_list_is_options() -> None:
    question = asked("A? {#a}\n\n- [x] r\n\n  - [x] in\n\n  > f\n\n  more\n- [ ] w")
    assert question.options == (Option("r\n\n- [x] in\n\nmore", True, "f"), Option("w", False))


def test_an_item_without_a_mark_is_a_wrong_option_and_one_without_words_none() -> None:
    question = asked("A? {#a}\n\n- [x] r\n- w\n- > only said")
    assert question.options == (Option("r", True), Option("w", False))


def test_two_task_lists_are_the_options_of_one_question() -> None:
    assert [option.text for option in asked("A? {#a}\n\n- [x] r\n\n* [ ] w").options] == ["r", "w"]


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

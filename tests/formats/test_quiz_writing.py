"""Writing quizzes: what is written is read again as it was."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from azora_tui.formats.course import read_course
from azora_tui.formats.number_answers import number_text
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import fitted, spoken, write_quiz
from azora_tui.models.quizzes import Option, Question, QuestionKind, Quiz

MARKS = st.sampled_from(
    ["a", "word", " ", "\n", "\n\n", "*", "_", "`", "```", "[", "]", "{#x}", "{", "}", ":::", "::: quiz", "- ", "- [x] ",
     "1. ", "> ", "# ", "|", "---", "hint: ", "answer: ", "<!--", "-->", "\\", "&amp;", "é", "±", " | ", "\t", "    "]
)  # fmt: skip
TEXTS = st.lists(MARKS, max_size=12).map("".join)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6)


@st.composite
def questions(draw: st.DrawFn, id_: str = "q") -> Question:
    prompt, hint, feedback = draw(TEXTS), draw(TEXTS), draw(TEXTS)
    match draw(st.sampled_from(["options", "text", "number"])):
        case "options":
            options = draw(st.lists(st.builds(Option, TEXTS, st.booleans(), TEXTS), min_size=1, max_size=4))
            return Question(id_, QuestionKind.SINGLE, prompt, tuple(options), hint=hint, feedback=feedback)
        case "text":
            accepted = tuple(draw(st.lists(TEXTS, min_size=1, max_size=3)))
            return Question(id_, QuestionKind.TEXT, prompt, accepted=accepted, hint=hint, feedback=feedback)
        case _:
            return Question(
                id_,
                QuestionKind.NUMBER,
                prompt,
                accepted=(number_text(draw(NUMBERS)),),
                tolerance=number_text(abs(draw(NUMBERS))),
                hint=hint,
                feedback=feedback,
            )


@settings(max_examples=400)
@given(st.lists(questions(), min_size=1, max_size=3), st.integers(0, 100), st.none() | st.integers(1, 99))
def test_whatever_is_fitted_is_written_and_read_again(
    drafts: list[Question], pass_percent: int, attempts: int | None
) -> None:
    taken = []
    for number, draft in enumerate(drafts):
        try:
            taken.append(fitted(replace(draft, id=f"q{number}")))
        except UnwritableError:
            assert not any(option.correct for option in draft.options)
    if taken:
        quiz = Quiz(tuple(taken), pass_percent, attempts)
        assert read_quiz(write_quiz(quiz)) == quiz
        assert [fitted(question) for question in taken] == taken


@settings(max_examples=300)
@example(["answer: 4", "hint: x"], [True, False])
@example(["{#b}", "- [x] a"], [False, True])
@given(st.lists(TEXTS, min_size=2, max_size=4), st.lists(st.booleans(), min_size=2, max_size=4))
def test_options_keep_their_number_and_what_is_right(texts: list[str], right: list[bool]) -> None:
    options = tuple(Option(text, correct) for text, correct in zip(texts, right, strict=False))
    if any(option.correct for option in options):
        made = fitted(Question("q", QuestionKind.SINGLE, "Which?", options))
        assert [option.correct for option in made.options] == [option.correct for option in options]


def test_a_plain_question_is_written_as_a_person_would() -> None:
    question = Question(
        "closest",
        QuestionKind.SINGLE,
        "Which is *closest*?",
        (Option("One", True, "Yes."), Option("Two", False)),
        hint="Look.",
        feedback="Both are odd.",
    )
    assert write_quiz(Quiz((question,), 60, 3)) == (
        "::: {.quiz pass=60 attempts=3}\n\nWhich is *closest*? {#closest}\n\nhint: Look.\n\n"
        "- [x] One\n  > Yes.\n- [ ] Two\n\n> Both are odd.\n\n:::\n"
    )


def test_code_after_the_question_stays_with_it() -> None:
    prompt = "What does it print?\n\n```python\nprint(1)\n```"
    question = Question("q", QuestionKind.NUMBER, prompt, accepted=("1",))
    assert fitted(question) == question


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question("q", QuestionKind.SINGLE, "Which?", (Option("a", False),)), "none of its options"),
        (Question("q", QuestionKind.TEXT, "Which?", accepted=(" ",)), "no right answer"),
        (Question("q", QuestionKind.NUMBER, "How many?", accepted=("2*x",)), "not a plain number"),
        (Question("q", QuestionKind.NUMBER, "How many?", accepted=("1e999",)), "not a plain number"),
        (Question("q", QuestionKind.NUMBER, "How many?", accepted=("NaN",)), "not a plain number"),
    ],
)
def test_what_nobody_could_answer_is_refused(question: Question, why: str) -> None:
    with pytest.raises(UnwritableError, match=why):
        fitted(question)


@pytest.mark.parametrize(
    ("number", "text"),
    [("1e3", "1000"), ("2.50", "2.5"), ("-0.5", "-0.5"), (".5", "0.5"), ("100", "100"), ("−4", "-4")],
)
def test_numbers_are_written_out(number: str, text: str) -> None:
    assert number_text(number) == text


def test_a_text_answer_that_is_a_number_is_read_as_one() -> None:
    assert fitted(Question("q", QuestionKind.TEXT, "How many?", accepted=("42",))).kind is QuestionKind.NUMBER


def test_bundled_quizzes_survive() -> None:
    from importlib.resources import files

    from azora_tui.lms.bundled import SLUGS

    for slug in SLUGS:
        for lesson in read_course(files("azora_tui") / "courses" / slug).lessons:
            quiz = read_quiz(lesson.content)
            if quiz:
                assert read_quiz(write_quiz(quiz)) == quiz


def test_spoken_leaves_the_layout_out() -> None:
    assert spoken("# A *b*\n\n- [c](http://x.org)\n\n```\nd\n```") == "A b c d"

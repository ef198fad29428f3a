"""Numbers that are right: one or several, each plain, with a tolerance or a range, read, written, graded, and imported."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.data.quizzes import question_from_json, question_to_json
from azora_tui.formats.gift_writing import write_gift
from azora_tui.formats.number_answers import NumberRange, merged, number_text, numbers_in
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import fitted, write_quiz
from azora_tui.lms.grading import is_right, unusable
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.quizzes import Question, QuestionKind, Quiz
from tests.formats.test_answers import of_gift, of_olx, of_qti
from tests.formats.test_qti import condition, equal, field, item, material


def read(answer: str) -> Question:
    quiz = read_quiz(f"::: quiz\n\nHow many? {{#q}}\n\nanswer: {answer}\n\n:::\n")
    assert quiz is not None
    return quiz.questions[0]


def right(question: Question, *answers: str) -> list[bool]:
    assert not any(unusable(question, answer) for answer in answers)
    return [is_right(question, answer) for answer in answers]


# In a quiz of ours


@pytest.mark.parametrize(
    ("answer", "accepted", "tolerance", "ranges"),
    [
        ("5 | 7", ("5", "7"), "0", ()),
        ("5 ± 1 | 7", ("5", "7"), "0", ("5 ± 1", "7")),
        ("5 +- 1,5 | −7 ± 0", ("5", "−7"), "0", ("5 ± 1,5", "−7")),
        ("in [0, 999)", ("499.5",), "499.5", ("[0, 999)",)),
        ("In ( 0,999 ] | 2000", ("499.5", "2000"), "0", ("(0, 999]", "2000")),
        ("in [-1.5, 1.5]", ("0",), "1.5", ("[-1.5, 1.5]",)),
        ("5 ± 1", ("5",), "1", ()),
        ("5 | 5 | 5", ("5",), "0", ()),
    ],
)
def test_several_numbers_and_ranges_are_read(
    answer: str, accepted: tuple[str, ...], tolerance: str, ranges: tuple[str, ...]
) -> None:
    question = read(answer)
    assert question.kind is QuestionKind.NUMBER
    assert (question.accepted, question.tolerance, question.ranges) == (accepted, tolerance, ranges)
    assert right(question, *question.accepted) == [True] * len(accepted)


@pytest.mark.parametrize(
    "answer", ["5 | five", "[0, 1)", "in [1, 0]", "in (1, 1)", "in [a, b]", "in 5", "in [1, 2", "5 ± x | 6"]
)
def test_what_is_no_number_is_words(answer: str) -> None:
    assert read(answer).kind is QuestionKind.TEXT


@pytest.mark.parametrize(
    "question",
    [
        read("5 | 7 ± 0.5 | in [0, 4)"),
        read("in (0, 4]"),
        Question("q", QuestionKind.NUMBER, "How many?", accepted=("5",), tolerance="1"),
    ],
)
def test_they_are_written_and_read_again(question: Question) -> None:
    assert fitted(question) == question
    assert read_quiz(write_quiz(Quiz((question,)))) == Quiz((question,))


def test_they_are_written_as_plainly_as_they_can_be() -> None:
    one = Question("q", QuestionKind.NUMBER, "?", accepted=("5.0",), ranges=("5.0 ± 1.50",))
    assert fitted(one) == Question("q", QuestionKind.NUMBER, "?", accepted=("5",), tolerance="1.5")
    several = Question("q", QuestionKind.NUMBER, "?", accepted=("5.0", "1e1", "5"), tolerance="2")
    assert (fitted(several).accepted, fitted(several).ranges) == (("5", "10"), ("5 ± 2", "10 ± 2"))
    words = fitted(Question("q", QuestionKind.TEXT, "?", accepted=("5", "7")))
    assert (words.kind, words.accepted) == (QuestionKind.NUMBER, ("5", "7"))
    with pytest.raises(UnwritableError):
        fitted(Question("q", QuestionKind.NUMBER, "?", ranges=("[x, 1)",)))


def test_what_is_right_is_said_as_it_was_written() -> None:
    assert read("in [0, 999)").right_words == "[0, 999)"
    assert read("5 ± 1 | 7").right_words == "5 ± 1 or 7"


# Graded


def test_every_right_number_is_right_and_the_ends_of_a_range_are_as_it_says() -> None:
    several = read("5 ± 1 | 7.5 | in [10, 20) | in (30, 40]")
    assert right(several, "4", "6", "7.5", "7,50", "10", "19.999", "30.001", "40") == [True] * 8
    assert right(several, "3.9", "6.1", "7.4", "9.99", "20", "30", "40.1") == [False] * 7


@pytest.mark.parametrize("answer", ["390", "3.9e2", "3.9E2", "3,9e2", "39e1", "3900e-1", "3.9e+2", "3.9 e2", "+3.9e2"])
def test_a_number_may_be_written_with_an_exponent(answer: str) -> None:
    assert right(read("390 ± 0"), answer) == [True]
    assert right(read("390 ± 0"), f"-{answer.removeprefix('+')}") == [False]


@pytest.mark.parametrize("answer", ["e2", "3.9e", "3.9e999999999", "3.9e2.5", "3e2e2"])
def test_what_is_no_exponent_is_no_number(answer: str) -> None:
    assert unusable(read("390"), answer) is not None


def test_the_largest_number_can_be_answered() -> None:
    largest = number_text("1e40")
    assert right(fitted(Question("q", QuestionKind.NUMBER, "?", accepted=(largest,))), largest, "1e40") == [True, True]


# Ranges


def span(low: str, high: str, ends: str = "[]") -> NumberRange:
    return NumberRange(Decimal(low), Decimal(high), ends[0] == "[", ends[1] == "]")


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ([span("5", "5")], "5"),
        ([span("4.5", "5.5"), span("5", "5")], "5 ± 0.5"),
        ([span("9", "9"), span("1", "3")], "2 ± 1 or 9"),
        ([span("0", "2", "[)")], "[0, 2)"),
        ([span("0", "2", "[)"), span("2", "4")], "2 ± 2"),
        ([span("0", "2", "[)"), span("2", "4", "(]")], "[0, 2) or (2, 4]"),
    ],
)
def test_what_is_said_of_ranges(ranges: list[NumberRange], said: str) -> None:
    question = Question("q", QuestionKind.NUMBER, "?", **numbers_in(ranges)._asdict())
    assert question.right_words == said
    assert right(question, *question.accepted) == [True] * len(question.accepted)


def test_ranges_that_hold_nothing_are_no_answer() -> None:
    with pytest.raises(UnwritableError):
        numbers_in([span("1", "1", "[)"), span("3", "2")])


def test_a_question_with_ranges_is_kept_as_it_is_and_one_without_as_before() -> None:
    ranged = read("in [0, 4) | 7")
    kept = json.loads(json.dumps(question_to_json(ranged)))
    assert question_from_json(kept) == ranged
    plain = read("5 ± 1")
    assert "ranges" not in question_to_json(plain)
    assert question_from_json(json.loads(json.dumps(question_to_json(plain)))) == plain


RANGES = st.builds(
    NumberRange, *[st.integers(-6, 6).map(Decimal)] * 2, *[st.booleans()] * 2  # low, high, and whether they belong
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(RANGES, max_size=6))
def test_merged_ranges_hold_what_the_ranges_hold(ranges: list[NumberRange]) -> None:
    made = merged(ranges)
    for number in (Decimal(half) / 2 for half in range(-14, 15)):
        assert any(each.holds(number) for each in made) == any(each.holds(number) for each in ranges)
    assert all(one.high <= two.low for one, two in pairwise(made))


# Imported


NUMERIC = {"question_type": "numerical_question"}


def test_several_right_numbers_or_ranges_of_an_item_are_all_right() -> None:
    apart = condition(equal("5"), "100") + condition(equal("7", tag="vargte") + equal("9", tag="varlte"), "100")
    together = condition(f"<or>{equal('5')}<and>{equal('7', tag='vargte')}{equal('9', tag='varlte')}</and></or>", "100")
    beside = condition(equal("5") + equal("5.5"), "100")
    for processing in (apart, together):
        (asked,), report, _ = of_qti(item(material("How many?") + field(), processing, **NUMERIC))
        assert right(asked, "5", "7", "8.2", "9", "6", "10") == [True, True, True, True, False, False]
        assert asked.right_words == "5 or 8 ± 1"
        assert report.rows == ()
    (asked,), _, _ = of_qti(item(material("How many?") + field(), beside, **NUMERIC))
    assert right(asked, "5", "5.5", "5.2") == [True, True, False]


def test_the_ends_of_a_range_of_an_item_are_as_it_says() -> None:
    precise = f"<or>{equal('5')}<and>{equal('4.5', tag='vargt')}{equal('5.5', tag='varlte')}</and></or>"
    (asked,), _, _ = of_qti(item(material("How many?") + field(), condition(precise, "100"), **NUMERIC))
    assert right(asked, "4.5", "4.6", "5", "5.5", "5.6") == [False, True, True, True, False]
    assert asked.right_words == "(4.5, 5.5]"


def olx(answer: str, rest: str = "") -> str:
    response = f'<numericalresponse answer="{answer}"><label>How many?</label>{rest}<formulaequationinput/></numericalresponse>'
    return f"<problem>{response}</problem>"


def test_a_range_in_olx_is_shown_as_it_was_written_and_its_open_end_is_open() -> None:
    (asked,), report, _ = of_olx(olx("[0, 999)"))
    assert asked.right_words == "[0, 999)"
    assert right(asked, "0", "998.9", "999", "-1") == [True, True, False, False]
    assert report.rows == ()


def test_every_right_number_in_olx_is_right_within_its_tolerance() -> None:
    more = '<additional_answer answer="20"/><additional_answer answer="[30,40)"/>'
    within = '<responseparam type="tolerance" default="10%"/>'
    (asked,), report, _ = of_olx(olx("10", more + within))
    assert right(asked, "11", "12", "22", "22.1", "39", "40") == [True, False, True, False, True, False]
    assert report.rows == ()


def test_a_number_without_a_tolerance_takes_an_exponent() -> None:
    for questions, _, _ in (
        of_olx(olx("390")),
        of_olx(olx("390", '<additional_answer answer="400"/>')),
        of_gift("How many? {#390}"),
        of_gift("How many? {#=390 =400}"),
        of_qti(item(material("How many?") + field(), condition(equal("390"), "100"), **NUMERIC)),
    ):
        assert right(questions[0], "390", "390.0", "3.9e2", "391") == [True, True, True, False]


def test_every_right_number_in_gift_is_right_within_its_tolerance() -> None:
    (asked,), report, _ = of_gift("How many? {#=5:1 =%100%10..20 =30}")
    assert right(asked, "6", "7", "10", "20", "21", "30") == [True, False, True, True, False, True]
    assert report.rows == ()


def test_several_numbers_go_out_as_gift_and_come_back() -> None:
    lesson = LessonSource(
        "one", "One", 5, True, "All", "::: quiz\n\nHow many? {#q}\n\nanswer: 5 ± 1,5 | 7 | in [10, 20]\n\n:::\n"
    )
    course = CourseSource("x", "X", "1.0", "en", "x", "x", "x", "beginner", (), "x", (), (), None, True, (lesson,))
    (asked,), report, _ = of_gift(write_gift(course)[0])
    assert (asked.id, asked.ranges) == ("q", ("5 ± 1.5", "7", "15 ± 5"))
    assert report.rows == ()


@pytest.mark.parametrize("answer", ["(1,1)", "[1,1)"])
def test_a_range_that_holds_nothing_is_told(answer: str) -> None:
    questions, report, _ = of_olx(olx(answer))
    assert questions == []
    assert [row.why for row in report.rows] == ["it names no right answer"]

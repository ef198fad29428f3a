"""Right and wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.lms import grading
from azora_tui.models.quizzes import MAX_ANSWER_LENGTH, Option, Question, QuestionKind, Response


def choice(*correct: bool) -> Question:
    kind = QuestionKind.SINGLE if sum(correct) == 1 else QuestionKind.MULTIPLE
    return Question("q", kind, "?", tuple(Option(str(place), each) for place, each in enumerate(correct)))


def text(*accepted: str) -> Question:
    return Question("q", QuestionKind.TEXT, "?", accepted=accepted)


def number(answer: str, tolerance: str = "0") -> Question:
    return Question("q", QuestionKind.NUMBER, "?", accepted=(answer,), tolerance=tolerance)


@given(st.lists(st.booleans(), min_size=1, max_size=8).filter(any), st.data())
def test_of_options_exactly_the_right_set_is_right(correct: list[bool], data: st.DataObject) -> None:
    question = choice(*correct)
    places = st.lists(st.integers(0, len(correct) - 1), unique=True, max_size=len(correct))
    chosen = tuple(data.draw(places))
    assert grading.is_right(question, chosen) == (set(chosen) == set(question.right_options))


@pytest.mark.parametrize("given_answer", [(), (0, 0), (3,), (-1,), "0", ""])
def test_what_cannot_be_graded_is_refused_in_words_and_never_right(given_answer: Response) -> None:
    for question in (choice(True, False, False), choice(True, True, False)):
        assert grading.unusable(question, given_answer)
        assert not grading.is_right(question, given_answer)


def test_one_of_several_is_chosen_where_one_is_right() -> None:
    assert "one" in str(grading.unusable(choice(True, False), (0, 1)))
    assert grading.unusable(choice(True, True), (0, 1)) is None


@pytest.mark.parametrize(
    "written", ["Penumbra", " penumbra ", "PENÚMBRA", "the  penumbra", "ｐｅｎｕｍｂｒａ", "The\tPenumbra"]
)
def test_texts_are_compared_without_case_accents_and_blanks(written: str) -> None:
    assert grading.is_right(text("penumbra", "the penumbra"), written)


@pytest.mark.parametrize("written", ["umbra", "penumbras", "p e n u m b r a", "thepenumbra", "penumbra."])
def test_another_text_is_wrong(written: str) -> None:
    assert not grading.is_right(text("penumbra", "the penumbra"), written)


def test_a_typographic_apostrophe_or_dash_is_the_plain_one() -> None:
    assert grading.is_right(text("let's build"), "Let’s build")
    assert grading.is_right(text("–ntu"), "-ntu")


@given(st.text(max_size=50))
def test_any_text_is_graded_without_an_exception(written: str) -> None:
    for question in (text("a"), number("1")):
        assert grading.is_right(question, written) in (True, False)
        assert not (grading.unusable(question, written) and grading.is_right(question, written))


@given(st.decimals(-10_000, 10_000, places=3), st.decimals(0, 50, places=3), st.decimals(-60, 60, places=3))
def test_a_number_is_right_within_its_tolerance(answer: Decimal, tolerance: Decimal, off: Decimal) -> None:
    question = number(f"{answer:f}", f"{tolerance:f}")
    for written in (f"{answer + off:f}", f"{answer + off:f}".replace(".", ","), f" {answer + off:f} "):
        # Three places could also be thousands: then the other reading may be the right one.
        if abs(off) <= tolerance:
            assert grading.is_right(question, written)
    assert grading.is_right(question, f"{answer + off:f}0") == (abs(off) <= tolerance)


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("1200", "1200"), ("1200", "1,200"), ("1200", "1.200"), ("1200", "1 200"), ("1200", "1\u202f200"),
        ("1200", "1'200"), ("1200", "1,200.0"), ("1200", "1.200,0"), ("12000000", "12,000,000"),
        ("12000000", "12.000.000"), ("0.5", "0,5"), ("0.5", "0.50"), ("49", "49 %"), ("-3", "−3"), ("3", "+3"),
        ("3", "３"), ("1,5", "1.5"), ("0", "0"), ("0", "-0"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(answer: str, written: str) -> None:
    assert grading.unusable(number(answer), written) is None
    assert grading.is_right(number(answer), written)


@pytest.mark.parametrize(
    "written", ["", "twelve", "1,2,3", "1.2.3", "1..2", ".", "1e", "e9", "1e999", "0x1f", "١٢", "--1", "9" * 99]
)
def test_what_is_no_number_is_refused_in_words(written: str) -> None:
    assert grading.unusable(number("12"), written)
    assert not grading.is_right(number("12"), written)


@pytest.mark.parametrize(("answer", "written"), [("500", "0,500"), ("1234567", "1234,567"), ("12", "1,2")])
def test_a_decimal_comma_is_not_taken_for_thousands_where_it_cannot_be(answer: str, written: str) -> None:
    assert not grading.is_right(number(answer), written)


def test_too_much_is_refused() -> None:
    assert grading.unusable(text("a"), "a" * (MAX_ANSWER_LENGTH + 1))
    assert grading.unusable(text("a"), "a" * MAX_ANSWER_LENGTH) is None


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_score_is_rounded_down_and_full_only_when_all_is_right(right: int, questions: int) -> None:
    right = min(right, questions)
    score = grading.percent(right, questions)
    assert 0 <= score <= 100
    assert score <= 100 * right / questions < score + 1
    assert (score == 100) == (right == questions)
    assert grading.percent(0, 0) == 0

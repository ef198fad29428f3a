"""Lessons put together of text and questions."""

from azora_tui.formats.composing import as_words, compose, said_when
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.quiz import read_quiz
from azora_tui.models.quizzes import Option, Question, QuestionKind


def question(identifier: str, *, accepted: str = "x", prompt: str = "Asked?") -> Question:
    return Question(identifier, QuestionKind.TEXT, prompt, accepted=(accepted,))


def test_questions_that_follow_each_other_are_one_quiz() -> None:
    report = ImportReport()
    content = compose(
        ["Before.", question("a"), question("b"), " ", question("c"), "After."], report, "here", attempts=3
    )
    assert content.count("::: {.quiz attempts=3}") == 1
    assert content.startswith("Before.\n\n::: ")
    assert content.endswith(":::\n\nAfter.\n")
    quiz = read_quiz(content)
    assert quiz is not None
    assert [each.id for each in quiz.questions] == ["a", "b", "c"]
    assert quiz.attempts == 3
    assert not report.rows


def test_text_between_questions_parts_quizzes() -> None:
    content = compose([question("a"), "Between.", question("b")], ImportReport(), "here")
    assert content.count("::: quiz") == 2
    assert content.index("#a") < content.index("Between.") < content.index("#b")


def test_a_question_that_cannot_be_written_stands_there_as_words_and_is_told() -> None:
    report = ImportReport()
    content = compose(
        [question("a"), question("b", accepted=" ", prompt="No *answer*?"), question("c")], report, "here"
    )
    assert [(row.where, row.what, row.why) for row in report.rows] == [
        ("here", "question “No answer?”", "it names no right answer")
    ]
    assert content.index("#a") < content.index("**Here stood a question.**") < content.index("#c")
    assert "No *answer*?" in content
    quiz = read_quiz(content)
    assert quiz is not None
    assert [each.id for each in quiz.questions] == ["a", "c"]


def test_text_that_reads_as_a_quiz_of_its_own_asks_nothing() -> None:
    own = "::: quiz\n\nStolen? {#stolen}\n\n- [x] yes\n\n:::"
    content = compose([f"> {own.replace(chr(10), chr(10) + '> ')}", question("a")], ImportReport(), "here")
    quiz = read_quiz(content)
    assert quiz is not None
    assert [each.id for each in quiz.questions] == ["a"]
    assert "Stolen?" in content


def test_a_question_as_words_has_its_options_and_a_solution_to_open() -> None:
    options = (Option("one\ntwo", True), Option("three", False))
    shown = as_words(Question("a", QuestionKind.SINGLE, "Which?", options, feedback="So."), "it is lost")
    assert "It is lost.\n\nWhich?\n\n- one\n  two\n- three\n\n::: solution\n\nSo.\n\n:::" in shown
    assert "solution" not in as_words(Question("a", QuestionKind.SINGLE, "Which?", options, feedback=" "), "it is lost")


def test_feedback_says_for_whom_it_is() -> None:
    assert said_when("If right", "Yes.") == "*If right:* Yes."
    assert said_when("To “a*”", "“Yes.”") == "*To “a\\*”:* “Yes.”"
    assert said_when("If right", "- a list") == "*If right:*\n\n- a list"
    assert said_when("If right", " ") == ""

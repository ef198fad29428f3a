"""Attempts at quizzes: kept, resumed, never overwritten, and passed once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, quizzes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.quizzes import Attempt, QuizPage, QuizResult, Response

Make = Callable[..., Claims]
LessonIds = Callable[[int], dict[str, int]]

QUIZ = """\
Text.

::: {{.quiz {attributes}}}

First? {{#first}}

- [x] yes
  > Yes.
- [ ] no
  > Not this one.

Second? {{#second}}

- [x] one
- [ ] two
- [x] three

Third? {{#third}}

hint: It is short.

answer: word

Fourth? {{#fourth}}

answer: {number} ± 0.5

:::
"""
RIGHT: dict[str, Response] = {"first": (0,), "second": (0, 2), "third": "word", "fourth": "21"}
WRONG: dict[str, Response] = {"first": (1,), "second": (0,), "third": "sword", "fourth": "12"}


@pytest.fixture
def publish(lms: Lms, make_course: Callable[..., CourseSource]) -> Callable[..., int]:
    """`publish("2.0", number=22, attributes="attempts=2")`: the course, in whose first lesson is a quiz."""

    def make(
        version: str = "1.0", *, quiz: bool = True, number: int = 21, attributes: str = "", lessons: str = "one two"
    ) -> int:
        course = make_course(lessons=lessons, version=version)
        first = course.lessons[0]
        if quiz and first.id == "one":
            content = QUIZ.format(attributes=attributes, number=number)
            course = replace(course, lessons=(replace(first, content=content), *course.lessons[1:]))
        with lms.database.write() as transaction:
            return install(lms, transaction, course)

    return make


@pytest.fixture
def course(lms: Lms, claims: Make, publish: Callable[..., int]) -> int:
    made = publish()
    enrolling.enroll(lms, claims(), made)
    return made


@pytest.fixture
def lesson(course: int, lesson_ids: LessonIds) -> int:
    return lesson_ids(course)["one"]


def page(lms: Lms, who: Claims, lesson: int) -> QuizPage:
    found = quizzes.page(lms, who, lesson)
    assert found is not None
    return found


def begin(lms: Lms, who: Claims, lesson: int) -> Attempt:
    attempt = quizzes.start(lms, who, lesson).latest
    assert attempt is not None
    assert attempt.finished_at is None
    return attempt


def take(lms: Lms, who: Claims, lesson: int, *, wrong: str = "") -> QuizResult:
    """A whole attempt, right in all but the questions in `wrong`."""
    attempt = begin(lms, who, lesson)
    for question in attempt.open_questions:
        given = (WRONG if question.id in wrong.split() else RIGHT)[question.id]
        quizzes.answer(lms, who, attempt.id, question.id, given)
    return quizzes.finish(lms, who, attempt.id)


def events(lms: Lms) -> list[str]:
    with lms.database.read() as connection:
        return [kind for (kind,) in connection.execute("SELECT kind FROM events ORDER BY rowid")]


def test_a_lesson_without_a_quiz_has_none(lms: Lms, claims: Make, course: int, lesson_ids: LessonIds) -> None:
    other = lesson_ids(course)["two"]
    assert quizzes.page(lms, claims(), other) is None
    with pytest.raises(NotFoundError, match="has no quiz"):
        quizzes.start(lms, claims(), other)
    assert events(lms) == ["enrolled"]


def test_looking_at_a_quiz_begins_nothing(lms: Lms, claims: Make, lesson: int) -> None:
    found = page(lms, claims(), lesson)
    assert (found.latest, found.standing.history, found.standing.answered) == (None, (), None)
    assert [question.id for question in found.quiz.questions] == list(RIGHT)
    assert (found.lesson_title, found.attempts_left) == ("Lesson one", None)
    assert events(lms) == ["enrolled"]


def test_who_is_not_enrolled_takes_no_quiz(lms: Lms, claims: Make, lesson: int) -> None:
    for ask in (quizzes.page, quizzes.start):
        with pytest.raises(RefusedError, match="not enrolled"):
            ask(lms, claims(2), lesson)
        with pytest.raises(NotFoundError):
            ask(lms, claims(), 999)


def test_the_way_through(lms: Lms, claims: Make, lesson: int, clock: Any) -> None:
    attempt = begin(lms, claims(), lesson)
    started = clock()
    clock.advance(minutes=1)
    first = quizzes.answer(lms, claims(), attempt.id, "first", (0,))
    assert (first.given, first.correct, first.hint_used, first.answered_at) == ((0,), True, False, clock())
    assert quizzes.answer(lms, claims(), attempt.id, "third", "WÓRD ", hint_used=True).hint_used
    assert not quizzes.answer(lms, claims(), attempt.id, "second", (0,)).correct
    assert quizzes.answer(lms, claims(), attempt.id, "fourth", "20,5").correct
    clock.advance(minutes=1)
    result = quizzes.finish(lms, claims(), attempt.id)
    [past] = result.page.standing.history
    assert (past.score, past.passed, past.started_at, past.finished_at) == (75, False, started, clock())
    assert (result.page.standing.best, result.page.standing.passed, result.completion) == (75, False, None)
    assert result.page.latest is not None
    assert [answer.question_id for answer in result.page.latest.answers] == ["first", "third", "second", "fourth"]
    assert events(lms) == ["enrolled", "quiz_started", *["answered"] * 4, "quiz_finished"]


def test_an_interrupted_attempt_goes_on_with_its_answers(lms: Lms, claims: Make, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    quizzes.answer(lms, claims(), attempt.id, "second", (1, 2))
    lms.database.close()
    again = begin(lms, claims(), lesson)
    assert again.id == attempt.id
    assert [question.id for question in again.open_questions] == ["first", "third", "fourth"]
    assert [(answer.question_id, answer.given) for answer in again.answers] == [("second", (1, 2))]
    assert page(lms, claims(), lesson).standing.answered == 1
    assert reading.open_lesson(lms, claims(), lesson).quiz.answered == 1
    assert events(lms).count("quiz_started") == 1


def test_an_answer_is_never_overwritten(lms: Lms, claims: Make, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    quizzes.answer(lms, claims(), attempt.id, "first", (1,))
    with pytest.raises(RefusedError, match=r"already\. Your first answer is kept"):
        quizzes.answer(lms, claims(), attempt.id, "first", (0,))
    [answer] = begin(lms, claims(), lesson).answers
    assert (answer.given, answer.correct) == ((1,), False)
    assert events(lms).count("answered") == 1


@pytest.mark.parametrize(
    ("question", "given"), [("first", (0, 1)), ("first", ()), ("first", "yes"), ("third", " "), ("fourth", "many")]
)
def test_what_cannot_be_graded_is_not_kept(lms: Lms, claims: Make, lesson: int, question: str, given: Response) -> None:
    attempt = begin(lms, claims(), lesson)
    with pytest.raises(RefusedError):
        quizzes.answer(lms, claims(), attempt.id, question, given)
    assert begin(lms, claims(), lesson).answers == ()


def test_what_is_not_there_or_not_ones_own_is_not_found(lms: Lms, claims: Make, course: int, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    enrolling.enroll(lms, claims(2), course)
    for who, number, question in ((claims(2), attempt.id, "first"), (claims(), 99, "first"), (claims(), 2**70, "first"),
                                  (claims(), attempt.id, "none")):  # fmt: skip
        with pytest.raises(NotFoundError):
            quizzes.answer(lms, who, number, question, (0,))
    with pytest.raises(NotFoundError):
        quizzes.finish(lms, claims(2), attempt.id)
    assert begin(lms, claims(), lesson).answers == ()


def test_an_attempt_is_finished_when_all_is_answered_and_only_once(lms: Lms, claims: Make, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    quizzes.answer(lms, claims(), attempt.id, "first", (0,))
    with pytest.raises(RefusedError, match="3 of 4 questions are open"):
        quizzes.finish(lms, claims(), attempt.id)
    result = take(lms, claims(), lesson)
    assert result.completion is not None
    again = quizzes.finish(lms, claims(), attempt.id)
    assert (again.completion, again.page) == (None, result.page)
    assert events(lms).count("quiz_finished") == 1
    with pytest.raises(RefusedError):
        quizzes.answer(lms, claims(), attempt.id, "first", (0,))


def test_passing_completes_the_lesson_once(lms: Lms, claims: Make, course: int, lesson: int, clock: Any) -> None:
    result = take(lms, claims(), lesson)
    assert result.completion is not None
    assert result.completion.first
    assert (result.completion.progress.percent, result.completion.lesson.completed_at) == (50, clock())
    first = clock()
    clock.advance(days=1)
    again = take(lms, claims(), lesson)
    assert again.completion is not None
    assert not again.completion.first
    assert catalog.detail(lms, claims(), course).lessons[0].completed_at == first
    assert events(lms).count("completed") == 1


def test_passing_the_last_lesson_completes_the_course(
    lms: Lms, claims: Make, course: int, lesson: int, lesson_ids: LessonIds
) -> None:
    reading.complete_lesson(lms, claims(), lesson_ids(course)["two"])
    result = take(lms, claims(), lesson)
    assert result.completion is not None
    assert result.completion.course_completed
    enrollment = catalog.detail(lms, claims(), course).enrollment
    assert enrollment is not None
    assert (enrollment.status, enrollment.progress) == (EnrollmentStatus.COMPLETED, 100)


def test_not_passing_completes_nothing_and_the_learners_word_still_does(lms: Lms, claims: Make, lesson: int) -> None:
    assert take(lms, claims(), lesson, wrong="first").completion is None
    assert "completed" not in events(lms)
    assert reading.complete_lesson(lms, claims(), lesson).first


def test_every_attempt_stays_and_the_best_score_counts(lms: Lms, claims: Make, lesson: int) -> None:
    for wrong in ("first second", "", "first second third fourth", "first"):
        take(lms, claims(), lesson, wrong=wrong)
    standing = page(lms, claims(), lesson).standing
    assert [past.score for past in standing.history] == [50, 100, 0, 75]
    assert (standing.best, standing.passed) == (100, True)
    assert reading.lesson_page(lms, claims(), lesson).quiz == standing


def test_the_criterion_holds_as_it_was_when_the_attempt_began(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson: int
) -> None:
    attempt = begin(lms, claims(), lesson)
    publish("2.0", number=99, attributes="pass=100")
    for question in attempt.questions:
        assert quizzes.answer(
            lms, claims(), attempt.id, question.id, (RIGHT | {"first": (1,)})[question.id]
        ).correct == (question.id != "first")
    result = quizzes.finish(lms, claims(), attempt.id)
    [past] = result.page.standing.history
    assert (past.pass_percent, past.course_version, past.score) == (80, "1.0", 75)
    new = begin(lms, claims(), lesson)
    assert (new.pass_percent, new.course_version, new.questions[3].accepted) == (100, "2.0", ("99",))


def test_an_attempt_passed_by_its_own_mark_stays_passed(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson: int
) -> None:
    publish("1.1", attributes="pass=50")
    take(lms, claims(), lesson, wrong="first")
    publish("2.0", attributes="pass=100")
    assert page(lms, claims(), lesson).standing.passed


def test_a_quiz_that_a_new_version_drops_can_be_finished_and_looked_at(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson: int
) -> None:
    begin(lms, claims(), lesson)
    publish("2.0", quiz=False)
    assert take(lms, claims(), lesson).completion is not None
    assert page(lms, claims(), lesson).standing.best == 100
    with pytest.raises(NotFoundError, match="no quiz any more"):
        quizzes.start(lms, claims(), lesson)


def test_attempts_are_limited_only_if_the_course_says_so(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson: int
) -> None:
    for _ in range(5):
        take(lms, claims(), lesson, wrong="first")
    publish("2.0", attributes="attempts=7")
    assert page(lms, claims(), lesson).attempts_left == 2
    begin(lms, claims(), lesson)
    assert page(lms, claims(), lesson).attempts_left == 1
    take(lms, claims(), lesson, wrong="first second")
    take(lms, claims(), lesson, wrong="first second")
    assert page(lms, claims(), lesson).attempts_left == 0
    with pytest.raises(RefusedError, match=r"allows 7 attempts, and yours are used\. Your best score is 75 %"):
        quizzes.start(lms, claims(), lesson)
    publish("3.0", attributes="attempts=1")
    assert page(lms, claims(), lesson).attempts_left == 0
    publish("4.0")
    begin(lms, claims(), lesson)
    take(lms, claims(), lesson)
    publish("5.0", attributes="attempts=1")
    with pytest.raises(RefusedError, match=r"Your best score is 100 %\. You have passed it\."):
        quizzes.start(lms, claims(), lesson)


def test_leaving_keeps_attempts_and_enrolling_again_brings_them_back(
    lms: Lms, claims: Make, course: int, lesson: int
) -> None:
    take(lms, claims(), lesson, wrong="first")
    attempt = begin(lms, claims(), lesson)
    quizzes.answer(lms, claims(), attempt.id, "first", (0,))
    enrolling.leave(lms, claims(), course)
    for ask in (
        lambda: quizzes.page(lms, claims(), lesson),
        lambda: quizzes.answer(lms, claims(), attempt.id, "second", (0, 2)),
        lambda: quizzes.finish(lms, claims(), attempt.id),
    ):
        with pytest.raises(RefusedError, match="not enrolled"):
            ask()
    enrolling.enroll(lms, claims(), course)
    standing = page(lms, claims(), lesson).standing
    assert (standing.best, standing.answered) == (75, 1)
    assert begin(lms, claims(), lesson).id == attempt.id


def test_two_learners_do_not_meet(lms: Lms, claims: Make, course: int, lesson: int) -> None:
    enrolling.enroll(lms, claims(2), course)
    take(lms, claims(), lesson)
    assert page(lms, claims(2), lesson).standing.history == ()
    assert begin(lms, claims(2), lesson).answers == ()
    assert not catalog.detail(lms, claims(2), course).lessons[0].completed


def test_beginning_a_quiz_is_where_one_goes_on(lms: Lms, claims: Make, course: int, lesson: int) -> None:
    begin(lms, claims(), lesson)
    assert enrolling.my_courses(lms, claims())[0].next_lesson_id == lesson


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE answers SET correct = 1 - correct", "only ever added"),
        ("DELETE FROM answers", "only ever added"),
        ("DELETE FROM attempts", "only ever added"),
        ("UPDATE attempts SET score = 100", "only be finished, once"),
        ("UPDATE attempts SET pass_percent = 0 WHERE finished_at IS NULL", "only be finished, once"),
        ("UPDATE attempts SET questions = '[]' WHERE finished_at IS NULL", "only be finished, once"),
        ("UPDATE attempts SET score = 50 WHERE finished_at IS NULL", "CHECK"),
        ("UPDATE attempts SET score = 101, finished_at = 'x' WHERE finished_at IS NULL", "CHECK"),
        (
            "INSERT INTO answers (uuid, attempt_id, question_id, given, correct, hint_used, answered_at)"
            " VALUES ('late', 1, 'late', '[]', 1, 0, '')",
            "takes no answer",
        ),
        (
            "INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)"
            " SELECT 'second', enrollment_id, lesson_id, '', 80, '[]', '' FROM attempts LIMIT 1",
            "UNIQUE",
        ),
    ],
)
def test_the_file_itself_keeps_what_was_done(
    lms: Lms, claims: Make, lesson: int, statement: str, sentence: str
) -> None:
    take(lms, claims(), lesson, wrong="first")
    begin(lms, claims(), lesson)
    with pytest.raises(ConstraintError, match=sentence), lms.database.write() as connection:
        connection.execute(statement)


def test_a_hint_looked_at_before_an_interruption_is_remembered(lms: Lms, claims: Make, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    assert attempt.hints == frozenset()
    quizzes.open_hint(lms, claims(), attempt.id, "third")
    quizzes.open_hint(lms, claims(), attempt.id, "third")
    assert events(lms).count("hint_opened") == 1
    assert begin(lms, claims(), lesson).hints == {"third"}
    assert quizzes.answer(lms, claims(), attempt.id, "third", "word").hint_used
    assert not quizzes.answer(lms, claims(), attempt.id, "first", (0,)).hint_used
    with lms.database.read() as connection:
        rating: Any = connection.execute("SELECT rating FROM review_log WHERE card_key = 'third'")
        assert rating.fetchone() == (2,), "right with the hint is hard"
    result = take(lms, claims(), lesson)
    assert result.page.latest is not None
    assert begin(lms, claims(), lesson).hints == frozenset(), "another attempt begins without it"


def test_a_hint_is_opened_by_whose_attempt_it_is_where_there_is_one(lms: Lms, claims: Make, lesson: int) -> None:
    attempt = begin(lms, claims(), lesson)
    for who, question in ((claims(2), "third"), (claims(), "first"), (claims(), "none")):
        with pytest.raises(NotFoundError):
            quizzes.open_hint(lms, who, attempt.id, question)
    quizzes.answer(lms, claims(), attempt.id, "third", "word")
    quizzes.open_hint(lms, claims(), attempt.id, "third")  # came too late to matter
    assert "hint_opened" not in events(lms)


def test_hints_are_only_ever_added(lms: Lms, claims: Make, lesson: int) -> None:
    quizzes.open_hint(lms, claims(), begin(lms, claims(), lesson).id, "third")
    for statement in ("UPDATE hints_opened SET question_id = 'x'", "DELETE FROM hints_opened"):
        with pytest.raises(ConstraintError, match="only ever added"), lms.database.write() as transaction:
            transaction.execute(statement)

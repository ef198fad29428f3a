"""What a call does beside what it answers: each step shows where another page looks."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from azora_tui.data import enrollments
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import anchors, catalog, enrolling, home, importing, notes, quizzes, reading, review, search
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.reviews import Rating
from tests.conftest import Clock
from tests.lms.conftest import Neighbours, take

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


def going_on(lms: Lms, who: Claims, course: int) -> int | None:
    [mine] = [each for each in enrolling.my_courses(lms, who) if each.enrollment.course_id == course]
    assert catalog.detail(lms, who, course).next_lesson_id == mine.next_lesson_id
    return mine.next_lesson_id


def add_quizzes(lms: Lms, make_course: Callable[..., CourseSource], words: str, **fields: object) -> int:
    """A course whose lessons each have a quiz of two questions."""
    text = "::: quiz\n\nOne? {{#{0}-1}}\n\n- [x] yes\n- [ ] no\n\nTwo? {{#{0}-2}}\n\n- [x] yes\n- [ ] no\n\n:::\n"
    lessons = tuple(LessonSource(word, word.title(), 5, True, "All", text.format(word)) for word in words.split())
    with lms.database.write() as transaction:
        return install(lms, transaction, replace(make_course("asked", **fields), lessons=lessons))


# Where one goes on


def test_every_step_in_a_lesson_makes_it_the_one_to_go_on_with(
    lms: Lms, claims: Make, clock: Clock, make_course: Callable[..., CourseSource], lesson_ids: LessonIds
) -> None:
    course = add_quizzes(lms, make_course, "one two three")
    enrolling.enroll(lms, claims(), course)
    ids = lesson_ids(course)
    assert going_on(lms, claims(), course) == ids["one"]
    reading.open_lesson(lms, claims(), ids["three"])
    assert going_on(lms, claims(), course) == ids["three"]
    clock.advance(hours=1)
    take(lms, claims(), ids["two"], True)
    assert going_on(lms, claims(), course) == ids["two"], "a quiz that was begun"
    assert enrolling.my_courses(lms, claims())[0].enrollment.last_accessed_at == clock.moment
    reading.open_lesson(lms, claims(), ids["three"])
    quizzes.start(lms, claims(), ids["two"])
    assert going_on(lms, claims(), course) == ids["two"], "or gone on with"
    take(lms, claims(), ids["two"], True)
    assert going_on(lms, claims(), course) == ids["one"], "the first that is open once it is done"
    clock.advance(hours=1)
    reading.complete_lesson(lms, claims(), ids["one"])
    assert going_on(lms, claims(), course) == ids["three"]
    assert enrolling.my_courses(lms, claims())[0].enrollment.last_accessed_at == clock.moment
    reading.complete_lesson(lms, claims(), ids["three"])
    assert going_on(lms, claims(), course) is None


def test_what_must_be_done_comes_before_what_may_be(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two three", optional="one three")
    enrolling.enroll(lms, claims(), course)
    ids = lesson_ids(course)
    assert going_on(lms, claims(), course) == ids["two"]
    reading.complete_lesson(lms, claims(), ids["two"])
    assert going_on(lms, claims(), course) == ids["one"]


def test_courses_are_listed_by_when_they_were_opened(
    lms: Lms, claims: Make, clock: Clock, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    made = [add_course(slug) for slug in "abc"]
    for course in made:
        enrolling.enroll(lms, claims(), course)
    assert [each.title for each in enrolling.my_courses(lms, claims())] == ["C", "B", "A"], "of one moment the latest"
    clock.advance(minutes=1)
    reading.open_lesson(lms, claims(), lesson_ids(made[0])["one"])
    assert [each.title for each in enrolling.my_courses(lms, claims())] == ["A", "C", "B"]


# Enrolling


def test_leaving_and_returning_loses_nothing(neighbours: Neighbours, claims: Make) -> None:
    lms, who, course = neighbours.lms, claims(1), neighbours.courses["ants"]
    lesson = neighbours.lessons["two of ants"]

    def seen() -> object:
        page = reading.lesson_page(lms, who, lesson)
        return (
            page.position, page.lessons, page.quiz, page.progress, review.due_counts(lms, who), notes.mine(lms, who),
            catalog.detail(lms, who, course).enrollment, catalog.detail(lms, who, course).course.students,
        )  # fmt: skip

    before = seen()
    left = enrolling.leave(lms, who, course)
    assert left.status is EnrollmentStatus.LEFT
    assert (left.progress, left.completed_version) == (100, "1.0.0")
    with pytest.raises(RefusedError):
        reading.lesson_page(lms, who, lesson)
    with pytest.raises(RefusedError):
        enrolling.leave(lms, who, course)
    result = enrolling.enroll(lms, who, course)
    assert (result.outcome, result.restored) == (EnrollOutcome.ENROLLED, True)
    assert seen() == before
    assert enrolling.enroll(lms, who, course).outcome is EnrollOutcome.ALREADY_ENROLLED
    assert seen() == before


def test_who_returns_finds_what_a_new_version_asks(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two")
    enrolling.enroll(lms, claims(), course)
    for lesson in lesson_ids(course).values():
        reading.complete_lesson(lms, claims(), lesson)
    enrolling.leave(lms, claims(), course)
    add_course(lessons="one two three", version="2.0.0", enrollment_open=False, prerequisites=("nothing",))
    left = catalog.detail(lms, claims(), course).enrollment
    assert left is not None
    assert (left.status, left.progress) == (EnrollmentStatus.LEFT, 66)
    returned = enrolling.enroll(lms, claims(), course).enrollment
    assert returned is not None
    assert (returned.status, returned.progress) == (EnrollmentStatus.ACTIVE, 66)
    assert (returned.completed_version, returned.completed_at is None) == ("1.0.0", False)
    assert enrolling.enroll(lms, claims(2), course).outcome is EnrollOutcome.CLOSED


def test_a_prerequisite_is_one_s_own_completion_of_that_course(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    first, other = add_course("first", lessons="one"), add_course("other", lessons="one")
    second = add_course("second", prerequisites=("first",))
    third = add_course("third", prerequisites=("other", "nowhere"))
    for user, course in ((1, first), (2, other)):
        enrolling.enroll(lms, claims(user), course)
        reading.complete_lesson(lms, claims(user), lesson_ids(course)["one"])
    enrolling.enroll(lms, claims(3), first)
    enrolling.leave(lms, claims(1), first)
    outcomes = [enrolling.enroll(lms, claims(user), second).outcome for user in (1, 2, 3)]
    assert outcomes == [EnrollOutcome.ENROLLED] + [EnrollOutcome.MISSING_PREREQUISITE] * 2
    result = enrolling.enroll(lms, claims(1), third)
    assert result.outcome is EnrollOutcome.MISSING_PREREQUISITE
    needed = catalog.detail(lms, claims(2), third).prerequisites
    assert [(each.slug, each.title, each.completed) for each in needed] == [
        ("nowhere", None, False), ("other", "Other", True),
    ]  # fmt: skip


def test_a_seat_that_is_left_goes_to_who_has_waited_longest_and_can_have_it(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    first = add_course("first", lessons="one")
    course = add_course("wanted", seats=1)
    enrolling.enroll(lms, claims(1), course)
    for user in (2, 3, 4):
        assert enrolling.join_waitlist(lms, claims(user), course) == user - 1
        assert enrolling.join_waitlist(lms, claims(user), course) == user - 1, "twice is once"
    add_course("wanted", seats=1, prerequisites=("first",), version="2.0.0")
    enrolling.enroll(lms, claims(3), first)
    reading.complete_lesson(lms, claims(3), lesson_ids(first)["one"])
    enrolling.leave(lms, claims(1), course)
    places = [catalog.detail(lms, claims(user), course).waitlist_place for user in (2, 3, 4)]
    assert places == [1, None, 2]
    detail = catalog.detail(lms, claims(3), course)
    assert detail.enrollment is not None
    assert (detail.enrollment.status, detail.course.students) == (EnrollmentStatus.ACTIVE, 1)
    add_course("wanted", seats=3, version="3.0.0")
    assert catalog.detail(lms, claims(2), course).course.students == 3
    with lms.database.read() as transaction:
        assert enrollments.waiting(transaction, course) == []


def test_there_is_nothing_to_wait_for_where_a_seat_is_free_or_taken(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    course, closed = add_course("free", seats=1), add_course("closed", enrollment_open=False)
    for who, where in ((claims(1), course), (claims(1), closed)):
        with pytest.raises(RefusedError):
            enrolling.join_waitlist(lms, who, where)
    enrolling.enroll(lms, claims(1), course)
    with pytest.raises(RefusedError):
        enrolling.join_waitlist(lms, claims(1), course)
    with pytest.raises(RefusedError):
        enrolling.leave_waitlist(lms, claims(2), course)
    enrolling.join_waitlist(lms, claims(2), course)
    enrolling.leave_waitlist(lms, claims(2), course)
    with pytest.raises(RefusedError):
        enrolling.leave_waitlist(lms, claims(2), course)
    for call in (enrolling.enroll, enrolling.leave, enrolling.join_waitlist, enrolling.leave_waitlist):
        with pytest.raises(NotFoundError):
            call(lms, claims(1), 99)


# Reviews


def test_undoing_brings_a_card_back_just_as_it_was(neighbours: Neighbours, claims: Make) -> None:
    lms, who = neighbours.lms, claims(1)
    before = review.session(lms, who)
    asked = [before.cards[0], before.cards[-1]]
    assert [card.state is None for card in asked] == [False, True]
    rated = [review.rate(lms, who, card, Rating.EASY) for card in asked]
    assert review.due_counts(lms, who) != before.counts
    for each, card in zip(reversed(rated), reversed(asked), strict=True):
        undone = review.undo(lms, who)
        assert (undone.id, undone.card, undone.rating) == (each.id, card.id, Rating.EASY)
        again = review.card_again(lms, who, card.id)
        assert again is not None
        assert (again.state, again.intervals) == (card.state, card.intervals)
    after = review.session(lms, who)
    assert [card.id for card in after.cards] == [card.id for card in before.cards]
    assert (after.counts, after.forecast) == (before.counts, before.forecast)
    with pytest.raises(NotFoundError):
        review.undo(lms, who, rated[0].id)


def test_a_rating_is_undone_by_its_learner_and_in_its_order(neighbours: Neighbours, claims: Make, clock: Clock) -> None:
    lms = neighbours.lms
    card = review.session(lms, claims(1)).cards[0]
    first = review.rate(lms, claims(1), card, Rating.AGAIN)
    with pytest.raises(RefusedError):
        review.rate(lms, claims(1), card, Rating.GOOD)
    clock.advance(hours=1)
    again = review.card_again(lms, claims(1), card.id)
    assert again is not None
    second = review.rate(lms, claims(1), again, Rating.GOOD)
    with pytest.raises(NotFoundError):
        review.undo(lms, claims(2), second.id)
    with pytest.raises(RefusedError):
        review.undo(lms, claims(1), first.id)
    assert review.undo(lms, claims(1), second.id).id == second.id
    assert review.undo(lms, claims(1), first.id).id == first.id


# Notes


def test_notes_of_a_lesson_stand_as_their_paragraphs_do_and_first_what_is_gone(
    lms: Lms, claims: Make, make_course: Callable[..., CourseSource], lesson_ids: LessonIds
) -> None:
    words = ("First of all.", "In the middle.", "At the end.")
    source = make_course(lessons="one")

    def publish(*paragraphs: str) -> int:
        lesson = replace(source.lessons[0], content="\n\n".join(paragraphs) + "\n")
        with lms.database.write() as transaction:
            return install(lms, transaction, replace(source, lessons=(lesson,)))

    course = publish(*words)
    enrolling.enroll(lms, claims(), course)
    one = lesson_ids(course)["one"]
    paragraphs = anchors.paragraphs_of("\n\n".join(words))
    for number in (2, 0, 1, 0):
        here = paragraphs[number]
        position = anchors.place_of(paragraphs, number)
        notes.write(lms, claims(), one, digest=here.digest, quote=here.text, position=position, text=words[number])
    placed = notes.of_lesson(lms, claims(), one)
    assert [each.note.text for each in placed] == [words[0], words[0], words[1], words[2]]
    assert [json.loads(each.position or "{}").get("line") for each in placed] == [0, 0, 2, 4]
    publish(words[2], "Something else entirely stands here now.", words[0])
    placed = notes.of_lesson(lms, claims(), one)
    assert [each.note.text for each in placed] == [words[1], words[2], words[0], words[0]]
    assert [each.position is None for each in placed] == [True, False, False, False]
    assert [each.text for each in notes.mine(lms, claims())] == [words[2], words[0], words[1], words[0]], "as written"


def test_a_note_that_comes_back_is_found_again_as_it_was(neighbours: Neighbours, claims: Make) -> None:
    lms, who = neighbours.lms, claims(1)
    note = notes.mine(lms, who)[0]
    notes.delete(lms, who, note.id)
    for wrong in (claims(2), who):
        with pytest.raises(NotFoundError):
            notes.change(lms, wrong, note.id, text="x")
        with pytest.raises(NotFoundError):
            notes.place(lms, wrong, note.id)
    with pytest.raises(NotFoundError):
        notes.restore(lms, claims(2), note.id)
    assert notes.restore(lms, who, note.id) == note
    with pytest.raises(NotFoundError):
        notes.restore(lms, who, note.id)
    assert notes.mine(lms, who)[0] == note
    assert note.id in {hit.note_id for hit in search.find(lms, who, f'"{note.text}"').hits}


# Quizzes


def test_what_is_refused_in_a_quiz_is_not_kept(
    lms: Lms, claims: Make, make_course: Callable[..., CourseSource], lesson_ids: LessonIds
) -> None:
    course = add_quizzes(lms, make_course, "one two")
    for user in (1, 2):
        enrolling.enroll(lms, claims(user), course)
    ids = lesson_ids(course)
    attempt = take(lms, claims(), ids["one"], True)
    for who, question, given, error in (
        (claims(2), "one-2", (0,), NotFoundError),
        (claims(1), "two-1", (0,), NotFoundError),
        (claims(1), "one-1", (1,), RefusedError),
        (claims(1), "one-2", (2,), RefusedError),
        (claims(1), "one-2", (), RefusedError),
        (claims(1), "one-2", "yes", RefusedError),
    ):
        with pytest.raises(error):
            quizzes.answer(lms, who, attempt.id, question, given)
    for who, number, error in ((claims(2), attempt.id, NotFoundError), (claims(1), 99, NotFoundError),
                               (claims(1), attempt.id, RefusedError)):  # fmt: skip
        with pytest.raises(error):
            quizzes.finish(lms, who, number)
    page = quizzes.page(lms, claims(), ids["one"])
    assert page is not None
    assert page.latest == attempt
    finished = take(lms, claims(), ids["one"], False)
    assert (finished.score, finished.passed) == (50, False)
    with pytest.raises(RefusedError):
        quizzes.answer(lms, claims(), attempt.id, "one-2", (0,))
    assert quizzes.finish(lms, claims(), attempt.id).completion is None
    with pytest.raises(NotFoundError):
        quizzes.start(lms, claims(), 99)
    assert sum(day.lessons for day in home.page(lms, claims()).days.values()) == 0


# Importing


@pytest.mark.parametrize(
    ("version", "following"),
    [("1.0.0", "1.0.1"), ("1.9", "1.10"), ("7", "8"), ("1.0-beta", "1.0-beta.1"), ("1.x", "1.x.1")],
)
def test_the_version_after_one(version: str, following: str) -> None:
    assert importing.next_version(version) == following

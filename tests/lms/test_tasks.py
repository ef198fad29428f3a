"""Work that a person reads, from both sides: drafts, versions, answers, and the lessons that wait for them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from azora_tui.data import records, teachers
from azora_tui.data import tasks as rows
from azora_tui.errors import FieldError, NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, home, news, quizzes, reading, rebuilding, tasks
from azora_tui.lms.credentials import issuing
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.submissions import MAX_DRAFT_BYTES, MAX_SUBMISSION_BYTES, TaskPage
from azora_tui.models.tasks import TaskState
from tests.conftest import Clock, course_source

Make = Callable[..., Claims]
LessonIds = Callable[[int], dict[str, int]]

KNOT = "::: {.task #knot}\n## The bowline\n\nIn words.\n\n- [ ] the loop\n- [ ] the way round\n:::\n"
EXTRA = "::: {.task #extra .optional}\nA drawing.\n:::\n"
QUIZ = "::: quiz\n\nIs it so? {#so}\n\n- [x] yes\n- [ ] no\n\n:::\n"
TEACHER, OTHER_TEACHER, ADMIN = 11, 12, 13


def source(slug: str, version: str = "1.0.0", **lessons: str) -> CourseSource:
    made = (LessonSource(name, name.title(), 5, True, "All", f"Text.\n\n{text}") for name, text in lessons.items())
    return replace(course_source(slug, version=version), title=slug.title(), lessons=tuple(made))


@dataclass
class School:
    """Learners 1 and 2 are both in knots and in ropes, of which each has a lesson `one` with the same task `knot`;
    teacher 11 teaches knots, teacher 12 ropes."""

    lms: Lms
    make: Make
    courses: dict[str, int]
    ids: dict[str, int]

    def who(self, user_id: int) -> Claims:
        return self.make(
            user_id, role={TEACHER: "instructor", OTHER_TEACHER: "instructor", ADMIN: "admin"}.get(user_id, "learner")
        )

    def hand_in(self, user_id: int, text: str, lesson: str = "one of knots", task: str = "knot") -> int:
        return tasks.hand_in(self.lms, self.who(user_id), self.ids[lesson], task, text).id

    def page(self, user_id: int, lesson: str = "one of knots", task: str = "knot") -> TaskPage:
        return tasks.page(self.lms, self.who(user_id), self.ids[lesson], task)

    def answer(self, submission_id: int, *, accepted: bool, by: int = TEACHER, words: str = "Well.") -> None:
        marking.answer(self.lms, self.who(by), submission_id, accepted=accepted, words=words)

    def complete(self, user_id: int, lesson: str = "one of knots") -> bool:
        """Whether the lesson is done, after its learner has said so."""
        try:
            reading.complete_lesson(self.lms, self.who(user_id), self.ids[lesson])
        except RefusedError as error:
            assert error.code == "lesson_held_up"
        return self.is_done(user_id, lesson)

    def is_done(self, user_id: int, lesson: str = "one of knots") -> bool:
        return reading.lesson_page(self.lms, self.who(user_id), self.ids[lesson]).lesson.completed

    def install(self, new: CourseSource) -> None:
        with self.lms.database.write() as transaction:
            install(self.lms, transaction, new)

    def check(self) -> None:
        """What is stored follows from the events."""
        with self.lms.database.read() as transaction:
            assert rebuilding.rebuilt(transaction) == records.stored(transaction)


@pytest.fixture
def school(lms: Lms, claims: Make, lesson_ids: LessonIds) -> School:
    made = School(lms, claims, {}, {})
    with lms.database.write() as transaction:
        for slug, teacher in (("knots", TEACHER), ("ropes", OTHER_TEACHER)):
            course = install(lms, transaction, source(slug, one=KNOT + EXTRA, two=""))
            made.courses[slug] = course
            teachers.add_teacher(transaction, course_id=course, user_id=teacher, now=lms.now_text())
    for slug, course in made.courses.items():
        made.ids |= {f"{name} of {slug}": id_ for name, id_ in lesson_ids(course).items()}
        for user_id in (1, 2):
            enrolling.enroll(lms, claims(user_id), course)
    return made


# What a learner does


def test_a_task_goes_from_new_over_draft_and_handed_in_to_returned_and_accepted(school: School, clock: Clock) -> None:
    assert school.page(1).state is TaskState.NEW
    tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", "A rab")
    assert (school.page(1).state, school.page(1).draft) == (TaskState.DRAFT, "A rab")
    first = school.hand_in(1, "A rabbit.")
    assert (school.page(1).state, school.page(1).draft) == (TaskState.HANDED_IN, None)
    clock.advance(days=1)
    marking.answer(school.lms, school.who(TEACHER), first, accepted=False, ticked=[2], words="Which *way*?")
    page = school.page(1)
    assert (page.state, page.begins_with) == (TaskState.RETURNED, "A rabbit.")
    answer = page.versions[0].answer
    assert answer is not None
    assert (answer.by, answer.accepted, answer.ticked, answer.words) == ("Learner 11", False, (2,), "Which *way*?")
    assert answer.answered_at == clock.moment
    tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", "A rabbit, round")
    assert (school.page(1).state, school.page(1).begins_with) == (TaskState.RETURNED, "A rabbit, round")
    second = school.hand_in(1, "A rabbit, round the tree.")
    school.answer(second, accepted=True)
    page = school.page(1)
    assert page.state is TaskState.ACCEPTED
    assert [(each.version, each.text) for each in page.versions] == [(1, "A rabbit."), (2, "A rabbit, round the tree.")]
    school.check()


def test_what_one_learner_writes_is_not_anothers_and_not_of_another_course(school: School) -> None:
    tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", "Mine.")
    tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "extra", "A picture of mine.")
    tasks.keep_draft(school.lms, school.who(2), school.ids["one of ropes"], "knot", "Theirs.")
    assert [school.page(user, f"one of {slug}").draft for user in (1, 2) for slug in ("knots", "ropes")] == [
        "Mine.", None, None, "Theirs.",
    ]  # fmt: skip
    submission = school.hand_in(1, "Mine.")
    school.answer(submission, accepted=False)
    for user, lesson, task in ((2, "one of knots", "knot"), (1, "one of ropes", "knot"), (1, "one of knots", "extra")):
        assert not school.page(user, lesson, task).versions
    assert school.page(1, task="extra").draft == "A picture of mine."
    assert school.page(2, "one of ropes").draft == "Theirs."
    states = [
        tuple(each.state.value for each in tasks.of_lesson(school.lms, school.who(user), school.ids[f"one of {slug}"]))
        for user in (1, 2)
        for slug in ("knots", "ropes")
    ]
    assert states == [("returned", "draft"), ("new", "new"), ("new", "new"), ("draft", "new")]


def test_a_list_of_ones_own_tasks(school: School, claims: Make) -> None:
    school.answer(school.hand_in(1, "Mine."), accepted=False)
    school.hand_in(2, "Theirs.")
    found = tasks.mine(school.lms, school.who(1))
    assert {(each.course_title, each.lesson_number, each.task.id, each.state.value, each.unread) for each in found} == {
        ("Knots", 1, "knot", "returned", True),
        ("Knots", 1, "extra", "new", False),
        ("Ropes", 1, "knot", "new", False),
        ("Ropes", 1, "extra", "new", False),
    }
    assert tasks.mine(school.lms, claims(3)) == []
    enrolling.leave(school.lms, school.who(1), school.courses["ropes"])
    assert {each.course_title for each in tasks.mine(school.lms, school.who(1))} == {"Knots"}


def test_the_same_text_handed_in_again_is_one_version_and_another_waits(school: School) -> None:
    first = school.hand_in(1, "Round the tree.\n")
    assert school.hand_in(1, "\nRound the tree.") == first
    with pytest.raises(RefusedError, match="it waits for an answer"):
        school.hand_in(1, "Round the house.")
    with pytest.raises(RefusedError, match="it waits for an answer"):
        tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", "More.")
    assert len(school.page(1).versions) == 1
    school.answer(first, accepted=True)
    for text in ("Round the tree.", "Round the house."):
        with pytest.raises(RefusedError, match="This task is accepted"):
            school.hand_in(1, text)
    assert school.hand_in(2, "Round the tree.") != first
    school.check()


def test_the_same_text_after_it_was_returned_is_a_new_version(school: School) -> None:
    school.answer(school.hand_in(1, "Round the tree."), accepted=False)
    school.hand_in(1, "Round the tree.")
    assert [each.version for each in school.page(1).versions] == [1, 2]


@pytest.mark.parametrize("text", ["", " \n\t", "\x1b\x07"])
def test_nothing_without_words_is_handed_in(school: School, text: str) -> None:
    with pytest.raises(RefusedError, match="no words in it yet"):
        school.hand_in(1, text)


def test_what_is_too_long_is_kept_as_a_draft_and_not_handed_in(school: School) -> None:
    text = "ö" * 500_000
    tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", text)
    with pytest.raises(RefusedError, match="This has 1,000,000 bytes, and 100,000 is the most"):
        school.hand_in(1, text)
    assert (school.page(1).draft, school.page(1).versions) == (text, ())
    with pytest.raises(RefusedError, match="100,001 bytes"):
        school.hand_in(1, "a" * (MAX_SUBMISSION_BYTES + 1))
    school.hand_in(1, "a" * MAX_SUBMISSION_BYTES)
    with pytest.raises(RefusedError, match="The draft from before is kept"):
        tasks.keep_draft(school.lms, school.who(2), school.ids["one of knots"], "knot", "a" * (MAX_DRAFT_BYTES + 1))


def test_control_characters_never_get_in(school: School) -> None:
    school.answer(
        school.hand_in(1, "\x1b[2JRed\x07\u202e \x1b]0;title\x07[link](x)"), accepted=False, words="\x1b[31mNo."
    )
    [version] = school.page(1).versions
    assert version.answer is not None
    for text in (version.text, version.answer.words):
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_only_who_is_in_the_course_hands_in(school: School, claims: Make) -> None:
    with pytest.raises(RefusedError, match="You are not enrolled in Knots"):
        school.hand_in(3, "Mine.")
    enrolling.leave(school.lms, school.who(1), school.courses["knots"])
    with pytest.raises(RefusedError, match="You are not enrolled in Knots"):
        school.hand_in(1, "Mine.")
    with pytest.raises(NotFoundError, match="no such task"):
        school.page(2, task="another")
    with pytest.raises(NotFoundError, match="no longer part of the course"):
        tasks.page(school.lms, school.who(2), 2**80, "knot")


def test_an_answer_is_unread_until_its_learner_has_read_it(school: School) -> None:
    school.answer(school.hand_in(1, "Mine."), accepted=False)
    school.answer(school.hand_in(2, "Theirs."), accepted=True)
    school.answer(school.hand_in(1, "Mine.", "one of ropes"), accepted=True, by=OTHER_TEACHER)

    def unread(user_id: int) -> list[tuple[str, str, bool]]:
        found = news.news(school.lms, school.who(user_id))
        return [(each.course_title, each.task_title, bool(each.accepted)) for each in found]

    assert unread(1) == [("Ropes", "The bowline", True), ("Knots", "The bowline", False)]
    tasks.read_answers(school.lms, school.who(1), school.ids["one of knots"], "knot")
    tasks.read_answers(school.lms, school.who(1), school.ids["one of knots"], "knot")
    assert unread(1) == [("Ropes", "The bowline", True)]
    assert unread(2) == [("Knots", "The bowline", True)]
    assert not any(each.unread for each in tasks.of_lesson(school.lms, school.who(1), school.ids["one of knots"]))
    school.check()


# What a teacher does


def test_what_waits_is_of_the_courses_that_one_teaches_oldest_first(school: School, clock: Clock) -> None:
    for number, (user, slug) in enumerate(((2, "ropes"), (1, "knots"), (2, "knots"))):
        clock.advance(hours=1)
        school.hand_in(user, f"Text {number}.", f"one of {slug}")

    def waits(by: int) -> list[tuple[str, str]]:
        found = marking.waiting(school.lms, school.who(by))
        assert found.number == len(found.work)
        with school.lms.database.read() as transaction:
            assert rows.count_waiting(transaction, None if by == ADMIN else by) == found.number
            assert rows.waiting(transaction, None if by == ADMIN else by, 1) == list(found.work[:1])
        return [(each.learner, each.course_title) for each in found.work]

    assert waits(TEACHER) == [("Learner 1", "Knots"), ("Learner 2", "Knots")]
    assert waits(OTHER_TEACHER) == [("Learner 2", "Ropes")]
    assert waits(ADMIN) == [("Learner 2", "Ropes"), ("Learner 1", "Knots"), ("Learner 2", "Knots")]
    school.answer(marking.waiting(school.lms, school.who(TEACHER)).work[0].submission_id, accepted=True)
    assert waits(TEACHER) == [("Learner 2", "Knots")]
    enrolling.leave(school.lms, school.who(2), school.courses["knots"])
    assert waits(TEACHER) == []
    enrolling.enroll(school.lms, school.who(2), school.courses["knots"])
    assert waits(TEACHER) == [("Learner 2", "Knots")]


def test_work_is_read_and_answered_by_who_teaches_its_course_and_by_nobody_else(school: School) -> None:
    mine, theirs = school.hand_in(1, "Of knots."), school.hand_in(1, "Of ropes.", "one of ropes")
    found = marking.work(school.lms, school.who(TEACHER), mine)
    assert (found.learner, found.course_title, found.submission.text) == ("Learner 1", "Knots", "Of knots.")
    assert found.submission.task.criteria == ("the loop", "the way round")
    for call in (
        lambda by, id_: marking.work(school.lms, school.who(by), id_),
        lambda by, id_: marking.answer(school.lms, school.who(by), id_, accepted=True),
    ):
        with pytest.raises(NotFoundError, match="no such work in a course that you teach"):
            call(TEACHER, theirs)
        with pytest.raises(NotFoundError, match="no such work"):
            call(TEACHER, 2**80)
        for learner in (1, 2):
            with pytest.raises(RefusedError, match="Only instructors and admins"):
                call(learner, mine)
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        marking.waiting(school.lms, school.who(1))
    school.answer(theirs, accepted=True, by=ADMIN)
    assert school.page(1, "one of ropes").state is TaskState.ACCEPTED
    assert school.page(1).state is TaskState.HANDED_IN
    school.check()


def test_an_instructor_who_is_a_learner_now_reads_nothing_any_more(school: School, claims: Make) -> None:
    mine = school.hand_in(1, "Of knots.")
    with pytest.raises(RefusedError):
        marking.work(school.lms, claims(TEACHER), mine)


def test_a_version_is_answered_once(school: School) -> None:
    mine = school.hand_in(1, "Mine.")
    school.answer(mine, accepted=False, words="More.")
    with pytest.raises(RefusedError, match="Learner 11 has answered this meanwhile"):
        school.answer(mine, accepted=True, by=ADMIN)
    answer = school.page(1).versions[0].answer
    assert answer is not None
    assert (answer.accepted, answer.words) == (False, "More.")
    school.check()


def test_an_answer_that_makes_no_sense_is_refused_and_leaves_no_trace(school: School) -> None:
    mine, teacher = school.hand_in(1, "Mine."), school.who(TEACHER)
    with pytest.raises(FieldError, match="Write what is missing"):
        marking.answer(school.lms, teacher, mine, accepted=False, words=" \n")
    for ticked in ([0], [3], [1, 3]):
        with pytest.raises(FieldError, match="this task has 2"):
            marking.answer(school.lms, teacher, mine, accepted=True, ticked=ticked)
    with pytest.raises(FieldError, match="100,002 bytes"):
        marking.answer(school.lms, teacher, mine, accepted=True, words="é" * 50_001)
    assert school.page(1).state is TaskState.HANDED_IN
    marking.answer(school.lms, teacher, mine, accepted=True, ticked=[2, 1, 2])
    answer = school.page(1).versions[0].answer
    assert answer is not None
    assert answer.ticked == (1, 2)
    school.check()


# Lessons that wait


def test_a_lesson_counts_once_its_task_is_accepted(school: School) -> None:
    assert not school.complete(1)
    school.answer(school.hand_in(1, "Mine."), accepted=False)
    assert not school.complete(1)
    school.answer(school.hand_in(1, "Mine, longer."), accepted=True)
    assert school.is_done(1), "it was said to be done"
    assert not school.is_done(1, "one of ropes")
    assert not school.is_done(2)
    school.check()


def test_it_is_completed_by_its_learner_where_they_had_not_said_so(school: School) -> None:
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert not school.is_done(1)
    assert school.complete(1)
    school.check()


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ("new", "The bowline \\(nothing is handed in yet\\) is accepted"),
        ("draft", "nothing is handed in yet"),
        ("handed in", "it waits for an answer"),
        ("returned", "it came back to you"),
    ],
)
def test_why_a_lesson_waits(school: School, before: str, says: str) -> None:
    if before == "draft":
        tasks.keep_draft(school.lms, school.who(1), school.ids["one of knots"], "knot", "Mine")
    elif before != "new":
        submission = school.hand_in(1, "Mine.")
        if before == "returned":
            school.answer(submission, accepted=False)
    with pytest.raises(RefusedError, match=says):
        reading.complete_lesson(school.lms, school.who(1), school.ids["one of knots"])
    with pytest.raises(RefusedError, match="nothing is handed in yet"):
        reading.complete_lesson(school.lms, school.who(2), school.ids["one of knots"])


def test_minutes_count_and_the_place_moves_also_where_a_lesson_waits(school: School) -> None:
    reading.open_lesson(school.lms, school.who(1), school.ids["two of knots"])
    with pytest.raises(RefusedError):
        reading.complete_lesson(school.lms, school.who(1), school.ids["one of knots"], minutes=7)
    [spent] = [
        each.time_spent_minutes
        for each in reading.lesson_page(school.lms, school.who(1), school.ids["one of knots"]).lessons
        if each.slug == "one"
    ]
    assert spent == 7
    assert (
        catalog.detail(school.lms, school.who(1), school.courses["knots"]).next_lesson_id == school.ids["one of knots"]
    )
    school.check()


def test_an_answer_moves_no_learner_from_where_they_are(school: School, clock: Clock) -> None:
    submission = school.hand_in(1, "Mine.")
    assert not school.complete(1)
    clock.advance(hours=1)
    reading.open_lesson(school.lms, school.who(1), school.ids["two of knots"])
    clock.advance(days=1)
    school.answer(submission, accepted=True)
    detail = catalog.detail(school.lms, school.who(1), school.courses["knots"])
    assert detail.next_lesson_id == school.ids["two of knots"]
    assert detail.enrollment is not None
    assert detail.enrollment.last_accessed_at < clock.moment
    found = home.page(school.lms, school.who(1))
    assert clock.moment.date() not in found.days, "whoever teaches does not learn for them"
    assert [each.title for each in found.achievements] == ["First lesson completed"]


def test_a_day_on_which_work_was_handed_in_is_a_day_of_learning(school: School, clock: Clock) -> None:
    clock.advance(days=3)
    school.hand_in(1, "Mine.")
    assert clock.moment.date() in home.page(school.lms, school.who(1)).days
    assert not home.page(school.lms, school.who(2)).days


def test_the_last_task_completes_the_course_and_its_certificate_waits_for_the_learner(school: School) -> None:
    school.complete(1, "two of knots")
    assert not school.complete(1)
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    enrollment = catalog.detail(school.lms, school.who(1), school.courses["knots"]).enrollment
    assert enrollment is not None
    assert (enrollment.status, enrollment.progress) == (EnrollmentStatus.COMPLETED, 100)
    assert enrollment.completed_at is not None
    [certificate] = issuing.mine(school.lms, school.who(1)).credentials
    assert certificate.course_id == school.courses["knots"]
    assert issuing.mine(school.lms, school.who(2)).credentials == ()
    school.check()


def test_a_quiz_that_is_passed_says_that_one_is_done(school: School, lesson_ids: LessonIds) -> None:
    school.install(source("knots", "1.1.0", one=KNOT + QUIZ, two=""))
    lesson = school.ids["one of knots"]
    attempt = quizzes.start(school.lms, school.who(1), lesson).latest
    assert attempt is not None
    quizzes.answer(school.lms, school.who(1), attempt.id, "so", (0,))
    result = quizzes.finish(school.lms, school.who(1), attempt.id)
    assert result.completion is None
    assert [task.title for task in result.page.missing] == ["The bowline"]
    assert result.page.standing.passed
    assert not school.is_done(1)
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert school.is_done(1)
    school.check()


def test_one_that_need_not_be_done_holds_nothing_up(school: School) -> None:
    school.hand_in(1, "A picture.", task="extra")
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert school.complete(1)


def test_every_required_task_has_to_be_accepted(school: School) -> None:
    school.install(source("knots", "1.1.0", one=KNOT + KNOT.replace("#knot", "#more"), two=""))
    assert not school.complete(1)
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert not school.is_done(1)
    with pytest.raises(RefusedError) as refused:
        reading.complete_lesson(school.lms, school.who(1), school.ids["one of knots"])
    assert "it waits for an answer" not in str(refused.value)
    school.answer(school.hand_in(1, "More of mine.", task="more"), accepted=True)
    assert school.is_done(1)
    school.check()


def test_a_lesson_whose_new_version_drops_the_task_counts_without_it_and_work_is_kept(school: School) -> None:
    submission = school.hand_in(1, "Mine.")
    assert not school.complete(1)
    school.complete(1, "two of knots")
    assert not school.complete(1, "one of ropes")
    school.install(source("knots", "1.1.0", one="Without.", two=""))
    assert school.is_done(1)
    assert not school.is_done(1, "one of ropes")
    assert not school.is_done(2), "who has said nothing"
    detail = catalog.detail(school.lms, school.who(1), school.courses["knots"])
    assert detail.enrollment is not None
    assert detail.enrollment.progress == 100
    page = school.page(1)
    assert (page.is_current, page.state) == (False, TaskState.HANDED_IN)
    assert [
        (each.task.id, each.lesson_number, each.state.value)
        for each in tasks.mine(school.lms, school.who(1))
        if each.course_id == school.courses["knots"]
    ] == [("knot", None, "handed in")]
    assert tasks.of_lesson(school.lms, school.who(1), school.ids["one of knots"]) == ()
    school.answer(submission, accepted=False)
    with pytest.raises(RefusedError, match="The course no longer has this task"):
        school.hand_in(1, "Mine, longer.")
    with pytest.raises(NotFoundError):
        school.page(2)
    assert school.complete(2)
    school.check()


def test_a_task_that_need_not_be_done_any_more_holds_nothing_up(school: School) -> None:
    assert not school.complete(1)
    school.install(source("knots", "1.1.0", one=KNOT.replace("#knot", "#knot .optional"), two=""))
    assert school.is_done(1)
    school.check()


def test_a_lesson_that_is_gone_gives_its_task_back_with_the_next_version(school: School) -> None:
    assert not school.complete(1)
    school.install(source("knots", "1.1.0", two=""))
    with pytest.raises(NotFoundError):
        school.page(1)
    school.install(source("knots", "1.2.0", one=KNOT, two=""))
    assert not school.is_done(1)
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert school.is_done(1)
    school.check()


def test_a_lesson_that_was_done_stays_done_whatever_a_new_version_asks_for(school: School) -> None:
    assert school.complete(1, "two of knots")
    school.install(source("knots", "1.1.0", one=KNOT, two=KNOT))
    assert school.is_done(1, "two of knots")
    again = reading.complete_lesson(school.lms, school.who(1), school.ids["two of knots"])
    assert (again.first, again.missing) == (False, ())
    assert not school.complete(2, "two of knots")
    school.check()


def test_who_has_left_is_answered_all_the_same_and_finds_it_when_they_come_back(school: School) -> None:
    school.complete(1, "two of knots")
    assert not school.complete(1)
    submission = school.hand_in(1, "Mine.")
    enrolling.leave(school.lms, school.who(1), school.courses["knots"])
    assert school.page(1).versions[0].text == "Mine."
    school.answer(submission, accepted=True)
    enrolling.enroll(school.lms, school.who(1), school.courses["knots"])
    assert school.is_done(1)
    school.check()


def test_work_is_kept_with_the_task_as_it_was_handed_in(school: School) -> None:
    submission = school.hand_in(1, "Mine.")
    school.install(
        source("knots", "1.1.0", one=KNOT.replace("bowline", "reef knot").replace("- [ ] the loop\n", ""), two="")
    )
    found = marking.work(school.lms, school.who(TEACHER), submission)
    assert found.submission.task.title == "The bowline"
    assert found.submission.task.criteria == ("the loop", "the way round")
    assert school.page(1).task.title == "The reef knot"
    marking.answer(school.lms, school.who(TEACHER), submission, accepted=True, ticked=[2])
    school.check()


def test_a_course_out_of_the_catalog_goes_on_with_its_tasks(school: School) -> None:
    with school.lms.database.write() as transaction:
        transaction.execute("UPDATE courses SET is_published = 0, state = 'archived'")
    school.install(source("knots", "1.1.0", one=KNOT, two=""))
    assert not school.complete(1)
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    assert school.is_done(1)


def test_a_lesson_without_tasks_costs_one_look_at_an_index(school: School) -> None:
    with school.lms.database.read() as transaction:
        plan: Any = transaction.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM tasks WHERE lesson_id = 1 AND required = 1 ORDER BY order_index"
        )
        assert "USING INDEX" in str(list(plan))
        assert rows.open_tasks(transaction, lesson_id=school.ids["two of knots"], enrollment_id=1) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submissions SET text = 'Theirs.'",
        "UPDATE submissions SET is_answered = 0",
        "UPDATE submissions SET version = 2",
        "DELETE FROM submissions",
        "UPDATE task_answers SET words = 'Bad.'",
        "UPDATE task_answers SET accepted = 0",
        "UPDATE task_answers SET read_at = NULL",
        "DELETE FROM task_answers",
    ],
)
def test_what_was_handed_in_and_answered_is_never_changed(school: School, statement: str) -> None:
    school.answer(school.hand_in(1, "Mine."), accepted=True)
    tasks.read_answers(school.lms, school.who(1), school.ids["one of knots"], "knot")
    with pytest.raises(Exception, match="never"), school.lms.database.write() as transaction:
        transaction.execute(statement)
    school.check()


# Each beside its neighbours


@pytest.fixture
def alike(school: School) -> School:
    """Both lessons of knots have both tasks, under the same ids."""
    school.install(source("knots", "1.1.0", one=KNOT + EXTRA, two=KNOT + EXTRA))
    return school


PLACES = [(user, lesson, task) for user in (1, 2) for lesson in ("one", "two") for task in ("knot", "extra")]


def test_each_task_has_its_own_draft_for_each_learner(alike: School) -> None:
    for user, lesson, task in PLACES:
        text = f"{user} {lesson} {task}"
        tasks.keep_draft(alike.lms, alike.who(user), alike.ids[f"{lesson} of knots"], task, text)
    assert [alike.page(user, f"{lesson} of knots", task).draft for user, lesson, task in PLACES] == [
        " ".join(map(str, place)) for place in PLACES
    ]
    alike.hand_in(1, "In.", "one of knots", "knot")
    left = [place for place in PLACES if alike.page(place[0], f"{place[1]} of knots", place[2]).draft is None]
    assert left == [(1, "one", "knot")]


def test_a_draft_makes_only_its_own_task_one_with_a_draft(alike: School) -> None:
    for user, lesson, task in ((1, "one", "knot"), (2, "two", "extra")):
        tasks.keep_draft(alike.lms, alike.who(user), alike.ids[f"{lesson} of knots"], task, "Words.")

    def drafted(user: int) -> list[tuple[str, str]]:
        found = [each for each in tasks.mine(alike.lms, alike.who(user)) if each.state is TaskState.DRAFT]
        return [(each.lesson_title, each.task.id) for each in found]

    assert (drafted(1), drafted(2)) == ([("One", "knot")], [("Two", "extra")])
    tasks.keep_draft(alike.lms, alike.who(1), alike.ids["one of knots"], "knot", "")
    assert drafted(1) == []
    assert [each.state.value for each in tasks.of_lesson(alike.lms, alike.who(1), alike.ids["one of knots"])] == [
        "new", "new",
    ]  # fmt: skip


def test_the_last_version_is_that_of_the_same_learner_lesson_and_task(alike: School) -> None:
    """Whoever is further on elsewhere changes nothing here."""
    for user, lesson, task, versions in (
        (1, "one", "knot", 1),
        (2, "one", "knot", 3),
        (1, "two", "knot", 2),
        (1, "one", "extra", 4),
    ):
        for number in range(versions):
            submission = alike.hand_in(user, f"Version {number}.", f"{lesson} of knots", task)
            alike.answer(submission, accepted=False)

    def states(user: int) -> dict[tuple[str, str], str]:
        listed = {
            (each.lesson_title.lower(), each.task.id): each.state.value
            for each in tasks.mine(alike.lms, alike.who(user))
            if each.course_title == "Knots"
        }
        for lesson in ("one", "two"):
            for each in tasks.of_lesson(alike.lms, alike.who(user), alike.ids[f"{lesson} of knots"]):
                assert listed[lesson, each.task.id] == each.state.value
        return listed

    assert states(1) == {
        ("one", "knot"): "returned", ("one", "extra"): "returned", ("two", "knot"): "returned", ("two", "extra"): "new",
    }  # fmt: skip
    assert [len(alike.page(1, f"{lesson} of knots", task).versions) for _, lesson, task in PLACES[:4]] == [1, 4, 2, 0]
    alike.answer(alike.hand_in(1, "Good.", "one of knots"), accepted=True)
    assert states(1)["one", "knot"] == "accepted"
    assert states(1)["two", "knot"] == states(2)["one", "knot"] == "returned"
    alike.check()


def test_reading_an_answer_reads_no_other(alike: School) -> None:
    for user, lesson, task in PLACES:
        alike.answer(alike.hand_in(user, "Mine.", f"{lesson} of knots", task), accepted=False)
    tasks.read_answers(alike.lms, alike.who(1), alike.ids["one of knots"], "knot")
    unread = {
        (user, each.lesson_title.lower(), each.task.id)
        for user in (1, 2)
        for each in tasks.mine(alike.lms, alike.who(user))
        if each.unread
    }
    assert unread == set(PLACES) - {(1, "one", "knot")}
    alike.check()


def test_an_answer_completes_the_lesson_of_who_handed_it_in_and_no_other(alike: School) -> None:
    for user in (1, 2):
        for lesson in ("one", "two"):
            assert not alike.complete(user, f"{lesson} of knots")
    alike.answer(alike.hand_in(1, "Mine.", "one of knots"), accepted=True)
    done = [(user, lesson) for user in (1, 2) for lesson in ("one", "two") if alike.is_done(user, f"{lesson} of knots")]
    assert done == [(1, "one")]
    alike.check()


def test_a_lesson_that_was_only_opened_is_not_completed_by_an_answer(alike: School) -> None:
    reading.open_lesson(alike.lms, alike.who(1), alike.ids["one of knots"])
    alike.answer(alike.hand_in(1, "Mine."), accepted=True)
    assert not alike.is_done(1)
    alike.check()


def test_a_lesson_is_completed_once(alike: School, clock: Clock) -> None:
    assert not alike.complete(1)
    alike.answer(alike.hand_in(1, "Mine."), accepted=True)

    def completed_at() -> object:
        return reading.lesson_page(alike.lms, alike.who(1), alike.ids["one of knots"]).lesson.completed_at

    first = completed_at()
    clock.advance(days=1)
    alike.answer(alike.hand_in(1, "A picture.", task="extra"), accepted=True)
    assert completed_at() == first
    alike.check()


def test_a_lesson_out_of_view_asks_for_nothing_but_keeps_what_was_handed_in(alike: School) -> None:
    alike.hand_in(1, "Mine.", "one of knots")
    with alike.lms.database.write() as transaction:
        transaction.execute("UPDATE lessons SET is_published = 0 WHERE slug = 'one'")
    found = [each for each in tasks.mine(alike.lms, alike.who(1)) if each.course_title == "Knots"]
    assert [(each.lesson_title, each.task.id, each.lesson_number) for each in found] == [
        ("Two", "knot", 2), ("Two", "extra", 2), ("One", "knot", None),
    ]  # fmt: skip
    assert not alike.page(1).is_current
    with pytest.raises(NotFoundError):
        alike.page(2)

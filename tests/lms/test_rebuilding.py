"""Everything that is kept of learners can be made again from events alone."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from azora_tui.data import records, schema
from azora_tui.data.database import open_database
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import enrolling, home, news, notes, quizzes, reading, rebuilding, tasks
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import announcing, marking, messages, recounting
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.events import Records
from tests.conftest import Clock, claims_of, course_source

QUIZ = """Text.

::: {.quiz pass=50}

Is it so? {#so}

hint: It is.

- [x] yes
- [ ] no

And this? {#this}

- [ ] yes
- [x] no

:::
"""

TASK = """Text.

::: {.task #mine}
Write something.

- [ ] it is written
:::
"""


def lesson(slug: str, content: str = "Text.\n", *, required: bool = True) -> LessonSource:
    return LessonSource(id=slug, title=slug, minutes=10, required=required, section="", content=content)


def weaving(version: str, *more: LessonSource, seats: int | None = None) -> CourseSource:
    """Every second version asks for a task."""
    task = lesson("task", TASK if int(version[-1]) % 2 else "Text.\n")
    lessons = (lesson("one"), lesson("quiz", QUIZ), task, lesson("extra", required=False), *more)
    return replace(course_source("weaving", version=version, seats=seats), lessons=lessons)


def both(lms: Lms) -> tuple[Records, Records]:
    with lms.database.read() as transaction:
        return rebuilding.rebuilt(transaction), records.stored(transaction)


MET: Counter[str] = Counter()


class Learning(RuleBasedStateMachine):
    """Two learners in two courses, one of them with a single seat, while versions come and the clock goes."""

    learners = st.sampled_from([1, 2])
    courses = st.sampled_from(["weaving", "ethics"])
    words = st.sampled_from([None, "", "so", "other words"])

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        numbers = count(1)
        path = Path(self.folder.name) / "lms.db"
        self.lms = Lms(open_database(path, schema.LMS), self.clock, lambda: f"id-{next(numbers):06}")
        self.version = 0
        with self.lms.database.write() as transaction:
            self.ids = {
                "weaving": install(self.lms, transaction, weaving("1")),
                "ethics": install(self.lms, transaction, course_source("ethics", lessons="one two", seats=1)),
            }
        # In the middle of it: who is in no course can do nothing else.
        for learner, course in ((1, "weaving"), (2, "weaving"), (1, "ethics")):
            enrolling.enroll(self.lms, claims_of(learner), self.ids[course])

    def teardown(self) -> None:
        if hasattr(self, "lms"):
            self.lms.database.close()
            self.folder.cleanup()

    def lessons(self, course: str) -> dict[str, int]:
        with self.lms.database.read() as transaction:
            found: Any = transaction.execute(
                "SELECT slug, id FROM lessons WHERE course_id = :id AND is_published = 1", {"id": self.ids[course]}
            )
            return dict(found)

    def do(self, what: str, work: Callable[..., Any], learner: int, *args: Any, **named: Any) -> Any:
        try:
            answer = work(self.lms, claims_of(learner), *args, **named)
        except (RefusedError, NotFoundError):
            return None
        MET[what] += 1
        return answer

    @rule(seconds=st.sampled_from([0, 0.000_001, 1, 3600, 100_000]))
    def time_goes(self, seconds: float) -> None:
        self.clock.moment += timedelta(seconds=seconds)

    @rule(learner=learners, course=courses)
    def enroll(self, learner: int, course: str) -> None:
        self.do("enrol", enrolling.enroll, learner, self.ids[course])

    @rule(learner=learners, course=courses)
    def leave(self, learner: int, course: str) -> None:
        self.do("leave", enrolling.leave, learner, self.ids[course])

    @rule(learner=learners)
    def wait(self, learner: int) -> None:
        self.do("wait", enrolling.join_waitlist, learner, self.ids["ethics"])

    @rule(learner=learners)
    def wait_no_longer(self, learner: int) -> None:
        self.do("wait no longer", enrolling.leave_waitlist, learner, self.ids["ethics"])

    @rule(learner=learners, course=courses, data=st.data())
    def open_lesson(self, learner: int, course: str, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.lessons(course).values())))
        self.do("open", reading.open_lesson, learner, chosen)

    @rule(learner=learners, course=courses, data=st.data(), minutes=st.integers(0, 3))
    def complete(self, learner: int, course: str, data: st.DataObject, minutes: int) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.lessons(course).values())))
        self.do("complete", reading.complete_lesson, learner, chosen, minutes=minutes)

    @rule(
        learner=learners,
        course=courses,
        data=st.data(),
        minutes=st.integers(0, 3),
        position=st.sampled_from([None, "a"]),
    )
    def keep_place(self, learner: int, course: str, data: st.DataObject, minutes: int, position: str | None) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.lessons(course).values())))
        self.do("keep the place", reading.keep_place, learner, chosen, position, minutes=minutes)

    @rule(learner=learners, right=st.integers(0, 2), answers=st.sampled_from([0, 1, 2, 2, 2]), hint=st.booleans())
    def take_quiz(self, learner: int, right: int, answers: int, hint: bool) -> None:
        page = self.do("start or go on", quizzes.start, learner, self.lessons("weaving")["quiz"])
        if page is None:
            return
        for number, question in enumerate(page.latest.open_questions[:answers]):
            chosen = tuple(place for place, option in enumerate(question.options) if option.correct == (number < right))
            if hint:
                self.do("hint", quizzes.open_hint, learner, page.latest.id, question.id)
            self.do("answer", quizzes.answer, learner, page.latest.id, question.id, chosen, hint_used=hint)
        self.do("finish", quizzes.finish, learner, page.latest.id)

    @rule(
        learner=learners,
        course=courses,
        data=st.data(),
        text=words,
        then=st.lists(st.sampled_from(["change", "delete", "restore"]), min_size=1, max_size=4),
    )
    def keep_note(self, learner: int, course: str, data: st.DataObject, text: str | None, then: list[str]) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.lessons(course).values())))
        note = self.do("note", notes.write, learner, chosen, digest=7, quote="A  text", position="{}", text=text)
        for step in then if note else ():
            if step == "change":
                self.do(step, notes.change, learner, note.id, text=data.draw(self.words))
            else:
                self.do(step, notes.delete if step == "delete" else notes.restore, learner, note.id)

    @rule(learner=learners, text=words, then=st.sampled_from(["wait", "return", "accept"]))
    def hand_in(self, learner: int, text: str | None, then: str) -> None:
        lesson_id = self.lessons("weaving").get("task", 0)
        self.do("draft", tasks.keep_draft, learner, lesson_id, "mine", text or "")
        handed_in = self.do("hand in", tasks.hand_in, learner, lesson_id, "mine", text or "")
        if handed_in is not None and then != "wait":
            accepted = then == "accept"
            marking.answer(
                self.lms, claims_of(9, role="admin"), handed_in.id, accepted=accepted, ticked={1}, words="So."
            )
            MET[then] += 1
        self.do("read the answer", tasks.read_answers, learner, lesson_id, "mine")

    @rule(learner=learners, days=st.sets(st.integers(0, 6), max_size=3))
    def choose_rest_days(self, learner: int, days: set[int]) -> None:
        self.do("rest", home.choose_rest_days, learner, days)

    @rule(grown=st.booleans(), seats=st.sampled_from([None, 1]))
    def new_version(self, grown: bool, seats: int | None) -> None:
        self.version += 1
        more = (lesson("late"),) if grown else ()
        with self.lms.database.write() as transaction:
            install(self.lms, transaction, weaving(f"2.{self.version}", *more, seats=seats))

    @invariant()
    def events_tell_everything(self) -> None:
        rebuilt, stored = both(self.lms)
        assert rebuilt == stored

    @invariant()
    def what_is_counted_for_teachers_can_be_counted_again(self) -> None:
        with self.lms.database.read() as transaction:
            assert recounting.recounted(transaction) == recounting.kept(transaction)


def test_whatever_two_learners_do_is_made_again() -> None:
    MET.clear()
    run_state_machine_as_test(Learning, settings=settings(max_examples=25, stateful_step_count=30))
    assert set(MET) == {
        "enrol", "leave", "wait", "wait no longer", "open", "complete", "keep the place", "start or go on", "answer",
        "finish", "hint", "note", "change", "delete", "restore", "rest", "draft", "hand in", "return", "accept",
        "read the answer",
    }, MET  # fmt: skip


@pytest.fixture
def worked(lms: Lms, clock: Clock) -> Lms:
    """A school in which two learners have done one of everything."""
    with lms.database.write() as transaction:
        course = install(lms, transaction, weaving("1"))
        full = install(lms, transaction, course_source("ethics", lessons="one two", seats=1))
        found: Any = transaction.execute("SELECT slug, id FROM lessons WHERE course_id = :id", {"id": course})
        ids = dict(found)
    for learner in (1, 2):
        me = claims_of(learner)
        enrolling.enroll(lms, me, course)
        reading.open_lesson(lms, me, ids["one"])
        reading.keep_place(lms, me, ids["one"], "here", minutes=3)
        reading.complete_lesson(lms, me, ids["one"], minutes=2)
        reading.complete_lesson(lms, me, ids["one"], minutes=1)
        attempt = quizzes.start(lms, me, ids["quiz"]).latest
        assert attempt is not None
        quizzes.open_hint(lms, me, attempt.id, "so")
        quizzes.answer(lms, me, attempt.id, "so", (0,))
        attempt = quizzes.start(lms, me, ids["quiz"]).latest
        assert attempt is not None
        quizzes.answer(lms, me, attempt.id, "this", (0,), hint_used=True)
        quizzes.finish(lms, me, attempt.id)
        note = notes.write(lms, me, ids["one"], digest=1, quote="q", position="{}", text="mine")
        notes.change(lms, me, note.id, text="still mine")
        notes.delete(lms, me, note.id)
        notes.restore(lms, me, note.id)
        home.choose_rest_days(lms, me, {5, 6})
        with pytest.raises(RefusedError):
            reading.complete_lesson(lms, me, ids["task"], minutes=4)
        for accepted in (False, True):
            handed_in = tasks.hand_in(lms, me, ids["task"], "mine", f"Mine, {accepted}.")
            marking.answer(lms, claims_of(2, role="admin"), handed_in.id, accepted=accepted, ticked={1}, words="So.")
        tasks.read_answers(lms, me, ids["task"], "mine")
        clock.advance(hours=1)
    enrolling.enroll(lms, claims_of(1), full)
    enrolling.join_waitlist(lms, claims_of(2), full)
    enrolling.leave_waitlist(lms, claims_of(2), full)
    enrolling.join_waitlist(lms, claims_of(2), full)
    enrolling.leave(lms, claims_of(1), course)
    enrolling.enroll(lms, claims_of(1), course)
    teacher = claims_of(3, role="admin")
    announcing.withdraw(lms, teacher, course, announcing.announce(lms, teacher, course, "Wrong").id)
    announcing.announce(lms, teacher, course, "Right")
    for learner in (1, 2):
        messages.write(lms, teacher, course, learner, "To you")
    news.mark_read(lms, claims_of(1), news.news(lms, claims_of(1)))
    enrolling.leave(lms, claims_of(2), course)
    return lms


def test_one_of_everything_is_made_again(worked: Lms) -> None:
    rebuilt, stored = both(worked)
    assert rebuilt == stored
    assert all(len(getattr(stored, name)) for name in Records.__dataclass_fields__), "an empty one proves nothing"


DAMAGES = [
    "UPDATE enrollments SET progress = 7",
    "UPDATE enrollments SET status = 'active' WHERE status = 'left'",
    "UPDATE enrollments SET last_accessed_at = 'x' WHERE user_id = 1",
    "UPDATE enrollments SET completed_version = '9' WHERE completed_version IS NOT NULL",
    "UPDATE enrollments SET last_lesson_id = NULL",
    "UPDATE lesson_progress SET time_spent_minutes = 5 WHERE time_spent_minutes = 6",
    "UPDATE lesson_progress SET position = NULL",
    "UPDATE lesson_progress SET opened_at = NULL",
    "DELETE FROM lesson_progress WHERE id = 1",
    "UPDATE courses SET students = students + 1",
    "DELETE FROM waitlist",
    "UPDATE notes SET text = 'another'",
    "UPDATE notes SET deleted_at = 'x'",
    "UPDATE notes SET utc_offset = 1",
    "INSERT INTO hints_opened SELECT id, 'y', 'x', '' FROM attempts LIMIT 1",
    "DELETE FROM notes WHERE user_id = 2",
    "UPDATE lesson_progress SET said_done_at = NULL",
    "INSERT INTO submissions (uuid, enrollment_id, course_id, lesson_id, task_key, version, course_version, task, text,"
    " handed_in_at) SELECT 'x', id, course_id, last_lesson_id, 'y', 1, '1', '{}', 'x', '' FROM enrollments LIMIT 1",
    "INSERT INTO rest_days (uuid, user_id, weekdays, chosen_at) VALUES ('x', 2, 1, 'x')",
    "INSERT INTO minutes_spent (uuid, user_id, lesson_id, minutes, at) SELECT 'x', 1, id, 1, '' FROM lessons LIMIT 1",
    "INSERT INTO answers (uuid, attempt_id, question_id, given, correct, hint_used, answered_at)"
    " SELECT 'x', id, 'y', '[]', 0, 0, '' FROM attempts WHERE finished_at IS NULL LIMIT 1",
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_table_that_says_something_else_is_noticed(worked: Lms, damage: str) -> None:
    if "INTO answers" in damage:
        with worked.database.read() as transaction:
            found: Any = transaction.execute("SELECT id FROM lessons WHERE slug = 'quiz'")
            quiz = found.fetchone()[0]
        quizzes.start(worked, claims_of(1), quiz)
    with worked.database.write() as transaction:
        transaction.execute(damage)
    rebuilt, stored = both(worked)
    assert rebuilt != stored


MISCOUNTS = [
    "UPDATE lesson_figures SET opened = opened + 1",
    "UPDATE lesson_figures SET completed = completed + 1",
    "UPDATE lesson_minutes SET learners = learners + 1",
    "UPDATE lesson_minutes SET minutes = minutes + 100",
    "UPDATE quiz_standings SET attempts = attempts + 1",
    "UPDATE quiz_standings SET failed = 1 - failed",
    "UPDATE quiz_standings SET best = 7",
    "UPDATE quiz_standings SET passed = 1 - passed",
    "UPDATE quiz_standings SET last_finished_at = ''",
    "DELETE FROM quiz_standings",
    "UPDATE question_figures SET answered = answered + 1",
    "UPDATE question_figures SET answered_right = answered_right + 1",
    "UPDATE question_figures SET attempts = attempts + 1",
    "UPDATE question_figures SET rest_squares = rest_squares + 1",
    "UPDATE cohort_weeks SET learners = learners + 1",
    "UPDATE active_weeks SET week = 3",
    "UPDATE enrollments SET last_active_on = '2030-01-01' WHERE last_active_on IS NOT NULL",
    "UPDATE enrollments SET silent_from = '2030-01-01' WHERE last_active_on IS NOT NULL",
]


@pytest.mark.parametrize("miscount", MISCOUNTS)
def test_a_miscount_is_noticed(worked: Lms, miscount: str) -> None:
    with worked.database.read() as transaction:
        assert recounting.recounted(transaction) == recounting.kept(transaction)
    with worked.database.write() as transaction:
        transaction.execute(miscount)
    with worked.database.read() as transaction:
        assert recounting.recounted(transaction) != recounting.kept(transaction)


def test_an_event_names_everything_as_every_machine_does(worked: Lms) -> None:
    with worked.database.read() as transaction:
        found: Any = transaction.execute(
            """
            SELECT events.kind, course, lesson, payload, learners.uuid, number FROM events
            JOIN learners ON learners.user_id = events.user_id JOIN machines ON machines.id = machine_id
            ORDER BY number
            """
        )
        told = list(found)
        every: Any = transaction.execute("SELECT COUNT(*) FROM events")
        assert every.fetchone() == (len(told),)
    assert [number for *_, number in told] == list(range(1, len(told) + 1))
    assert {uuid for *_, uuid, _ in told} == {"uuid-1", "uuid-2", "uuid-3"}
    kind, course, lesson_slug, payload, _, _ = next(each for each in told if each[0] == "answered")
    assert (kind, course, lesson_slug) == ("answered", "weaving", "quiz")
    assert json.loads(payload)["question"] == "so"


def test_a_row_that_came_of_an_event_has_its_id(worked: Lms) -> None:
    for table, kinds in {
        "enrollments": ["enrolled"],
        "waitlist": ["waitlisted"],
        "attempts": ["quiz_started"],
        "answers": ["answered"],
        "hints_opened": ["hint_opened"],
        "minutes_spent": ["place_kept", "completed", "completed_again", "completion_held"],
        "submissions": ["task_handed_in"],
        "task_answers": ["task_answered"],
        "rest_days": ["rest_days_chosen"],
        "notes": ["note_written"],
        "announcements": ["announced"],
        "messages": ["message_sent"],
    }.items():
        with worked.database.read() as transaction:
            found: Any = transaction.execute(
                f"SELECT kind FROM {table} AS mine LEFT JOIN events ON events.id = mine.uuid"
            )
            assert {kind for (kind,) in found} == set(kinds), table

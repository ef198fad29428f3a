"""Everything that is kept of what learners did, made again from events alone.

Courses and their lessons are taken as they are now: they come from files, not from what somebody did here. The state
of cards is made again from the review's own log (`review.rebuild`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from azora_tui.data import events, records
from azora_tui.data.transaction import Transaction
from azora_tui.lms.progress import percent
from azora_tui.models.events import (
    AttemptRecord,
    EnrollmentRecord,
    Event,
    LessonRecord,
    NewsRecord,
    NoteRecord,
    Records,
    SubmissionRecord,
)


def rebuilt(transaction: Transaction) -> Records:
    """What the tables hold if nothing is amiss: equal to `records.stored`."""
    made = _Rebuilding(records.adopted_students(transaction))
    for event in events.events(transaction):
        made.add(event)
    return made.finished(records.required_lessons(transaction))


class _Rebuilding:
    """The records as they are after each event."""

    def __init__(self, adopted_students: Mapping[str, int]) -> None:
        self.records = Records(students=dict(adopted_students))
        self._handlers: Mapping[str, Callable[[Event, Any], None]] = {
            "enrolled": self._enrolled,
            "reenrolled": self._reenrolled,
            "left": self._left,
            "waitlisted": self._waitlisted,
            "left_waitlist": self._left_waitlist,
            "opened": self._opened,
            "place_kept": self._place_kept,
            "completed": self._completed,
            "completed_again": self._spent,
            "course_completed": self._course_completed,
            "quiz_started": self._quiz_started,
            "quiz_resumed": self._here,
            "hint_opened": self._hint_opened,
            "answered": self._answered,
            "quiz_finished": self._quiz_finished,
            "note_written": self._note_written,
            "note_changed": self._note_changed,
            "note_deleted": self._note_deleted,
            "note_restored": self._note_restored,
            "rest_days_chosen": self._rest_days_chosen,
            "task_handed_in": self._task_handed_in,
            "task_answered": self._task_answered,
            "task_answer_read": self._task_answer_read,
            "completion_held": self._completion_held,
            "completion_granted": self._completion_granted,
            "announced": self._said,
            "announcement_withdrawn": self._withdrawn,
            "message_sent": self._said,
            "news_read": self._news_read,
            "adopted": self._adopted,
            "carried_over": self._carried_over,
            "completion_claimed": lambda *_: None,  # a claim is no completion
            "teacher_added": lambda *_: None,  # who teaches is no record of a learner
            "teacher_removed": lambda *_: None,
            "course_changed": lambda *_: None,  # nor is what a course allows
            "days_placed": lambda *_: None,  # nothing is kept of it: days are counted from the event itself
        }

    def add(self, event: Event) -> None:
        if not event.payload.get("erased"):
            self._handlers[event.kind](event, event.payload)
        elif event.kind == "task_handed_in":  # its learner has left, and was here then all the same
            self._here(event, event.payload)

    def finished(self, required: Mapping[str, frozenset[str]]) -> Records:
        """The records with progress and state, which follow from the lessons that courses have now."""
        for (_, course), mine in self.records.enrollments.items():
            lessons = required.get(course, frozenset[str]())
            done = sum(mine.lessons[each].completed_at is not None for each in lessons if each in mine.lessons)
            mine.progress = percent(done, len(lessons)) or 0
            if mine.status != "left":
                mine.status = "completed" if mine.progress == 100 else "active"
        self.records.students = {course: number for course, number in self.records.students.items() if number}
        return self.records

    # Enrollments

    def _enrolled(self, event: Event, told: Any) -> None:
        key = _key(event)
        mine = self.records.enrollments.get(key)
        if mine is None:
            uuid = told.get("uuid", event.id)
            self.records.enrollments[key] = EnrollmentRecord(uuid, event.at, event.at)
        elif event.at < mine.enrolled_at:
            mine.enrolled_at = event.at
        if not told.get("adopted"):
            self._count(event, +1)
        self.records.waitlist.pop(key, None)

    def _reenrolled(self, event: Event, told: Any) -> None:
        self._mine(event).status = "active"
        self._count(event, +1)
        self.records.waitlist.pop(_key(event), None)

    def _left(self, event: Event, told: Any) -> None:
        self._mine(event).status = "left"
        self._count(event, -1)

    def _count(self, event: Event, change: int) -> None:
        course, students = str(event.course), self.records.students
        students[course] = students.get(course, 0) + change

    def _waitlisted(self, event: Event, told: Any) -> None:
        self.records.waitlist[_key(event)] = event.id, event.at

    def _left_waitlist(self, event: Event, told: Any) -> None:
        self.records.waitlist.pop(_key(event), None)

    def _course_completed(self, event: Event, told: Any) -> None:
        mine = self._mine(event)
        if mine.completed_at is None:
            mine.completed_at, mine.completed_version = event.at, told.get("version")

    # Lessons

    def _here(self, event: Event, told: Any) -> None:
        mine = self._mine(event)
        mine.last_lesson, mine.last_accessed_at = event.lesson, event.at

    def _opened(self, event: Event, told: Any) -> None:
        lesson = self._lesson(event)
        lesson.opened_at = lesson.opened_at or event.at
        self._here(event, told)

    def _place_kept(self, event: Event, told: Any) -> None:
        if "position" in told:
            self._lesson(event).position = told["position"]
        self._add_minutes(event, told)

    def _completed(self, event: Event, told: Any) -> None:
        lesson = self._lesson(event)
        lesson.completed_at = lesson.completed_at or event.at
        if told.get("adopted"):
            lesson.minutes += told["minutes"]
        else:
            self._spent(event, told)

    def _spent(self, event: Event, told: Any) -> None:
        self._add_minutes(event, told)
        self._here(event, told)

    def _add_minutes(self, event: Event, told: Any) -> None:
        if minutes := told.get("minutes", 0):
            self._lesson(event).minutes += minutes
            self.records.minutes[event.id] = (
                event.user_id,
                str(event.course),
                str(event.lesson),
                minutes,
                event.at,
                event.utc_offset,
            )

    # Quizzes

    def _quiz_started(self, event: Event, told: Any) -> None:
        if told:
            self.records.attempts[told.get("uuid", event.id)] = AttemptRecord(
                user_id=event.user_id,
                course=str(event.course),
                lesson=str(event.lesson),
                version=told["version"],
                pass_percent=told["pass_percent"],
                questions=told["questions"],
                started_at=told.get("started_at", event.at),
            )
        self._here(event, told)

    def _hint_opened(self, event: Event, told: Any) -> None:
        self.records.attempts[told["attempt"]].hints[told["question"]] = event.id, event.at

    def _answered(self, event: Event, told: Any) -> None:
        if told:
            self.records.attempts[told["attempt"]].answers[told["question"]] = (
                told.get("uuid", event.id),
                told["given"],
                told["correct"],
                told["hint_used"],
                told.get("answered_at", event.at),
            )

    def _quiz_finished(self, event: Event, told: Any) -> None:
        if told:
            attempt = self.records.attempts[told["attempt"]]
            attempt.finished_at, attempt.score = told.get("finished_at", event.at), told["score"]
            attempt.utc_offset = event.utc_offset

    # Notes and rest days

    def _note_written(self, event: Event, told: Any) -> None:
        self.records.notes[event.id] = NoteRecord(
            user_id=event.user_id,
            course=str(event.course),
            lesson=str(event.lesson),
            digest=told["digest"],
            quote=told["quote"],
            position=told["position"],
            text=told["text"],
            created_at=event.at,
            updated_at=event.at,
            utc_offset=event.utc_offset,
        )

    def _note_changed(self, event: Event, told: Any) -> None:
        note = self.records.notes[told["note"]]
        note.text, note.updated_at = told["text"], event.at

    def _note_deleted(self, event: Event, told: Any) -> None:
        self.records.notes[told["note"]].deleted_at = event.at

    def _note_restored(self, event: Event, told: Any) -> None:
        self.records.notes[told["note"]].deleted_at = None

    def _rest_days_chosen(self, event: Event, told: Any) -> None:
        self.records.rest_days[event.id] = event.user_id, told["weekdays"], event.at

    # Tasks

    def _task_handed_in(self, event: Event, told: Any) -> None:
        self.records.submissions[event.id] = SubmissionRecord(
            user_id=event.user_id,
            course=str(event.course),
            lesson=str(event.lesson),
            handed_in_at=event.at,
            utc_offset=event.utc_offset,
            **told,
        )
        self._here(event, told)

    def _task_answered(self, event: Event, told: Any) -> None:
        answer = event.id, event.user_id, told["accepted"], told["ticked"], told["words"], event.at
        self.records.submissions[told["submission"]].answer = answer

    def _task_answer_read(self, event: Event, told: Any) -> None:
        self.records.submissions[told["submission"]].read_at = event.at

    def _completion_held(self, event: Event, told: Any) -> None:
        lesson = self._lesson(event)
        lesson.said_done_at = lesson.said_done_at or event.at
        self._spent(event, told)

    def _completion_granted(self, event: Event, told: Any) -> None:
        """Not by its learner, who is where they were."""
        lesson = self._lesson(event)
        lesson.completed_at = lesson.completed_at or event.at

    # News

    def _said(self, event: Event, told: Any) -> None:
        self.records.news[event.id] = NewsRecord(
            event.user_id, str(event.course), told["author"], told["text"], event.at, told.get("learner")
        )

    def _withdrawn(self, event: Event, told: Any) -> None:
        self.records.news[told["news"]].withdrawn_at = event.at

    def _news_read(self, event: Event, told: Any) -> None:
        self.records.news_read[event.user_id, told["news"]] = event.at

    # What came from elsewhere, and from before events told everything

    def _adopted(self, event: Event, told: Any) -> None:
        if event.lesson is None:
            mine = self._mine(event)
            mine.enrolled_at, mine.last_accessed_at = told["enrolled_at"], told["last_accessed_at"]
        else:
            lesson = self._lesson(event)
            lesson.completed_at = told["completed_at"]
            lesson.minutes += told["minutes"]

    def _carried_over(self, event: Event, told: Any) -> None:
        if "waitlist" in told:
            self.records.waitlist[_key(event)] = told["waitlist"], told["joined_at"]
        elif "note" in told:
            values = {name: value for name, value in told.items() if name != "note"}
            self.records.notes[told["note"]] = NoteRecord(
                user_id=event.user_id, course=str(event.course), lesson=str(event.lesson), **values
            )
        elif event.lesson is not None:
            lessons = self.records.enrollments[_key(event)].lessons
            lessons[event.lesson] = replace(LessonRecord(), **told)
        else:
            self.records.enrollments[_key(event)] = EnrollmentRecord(
                uuid=told["uuid"],
                enrolled_at=told["enrolled_at"],
                last_accessed_at=told["last_accessed_at"],
                status="left" if told["left"] else "active",
                completed_at=told["completed_at"],
                completed_version=told["version"],
                last_lesson=told["last_lesson"],
            )

    def _mine(self, event: Event) -> EnrollmentRecord:
        key = _key(event)
        if key not in self.records.enrollments:
            # Of a file from before events told everything; what it lacks comes with `carried_over`.
            self.records.enrollments[key] = EnrollmentRecord("", event.at, event.at)
        return self.records.enrollments[key]

    def _lesson(self, event: Event) -> LessonRecord:
        return self._mine(event).lessons.setdefault(str(event.lesson), LessonRecord())


def _key(event: Event) -> tuple[int, str]:
    return event.user_id, str(event.course)

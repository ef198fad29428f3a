"""Courses as the catalog lists them, and as My learning lists one's own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from azora_tui.glyphs import Glyphs
from azora_tui.models.catalog import CourseSummary
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.my_learning import EnrolledCourse
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.bars import bar
from azora_tui.wording.courses import course_state
from azora_tui.wording.enrollments import last_step
from azora_tui.wording.numbers import counted


class CourseList(RecordList[CourseSummary]):
    """Two lines a course: title and own state, then who teaches it, how long, how many lessons and learners."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def draw_record(self, record: CourseSummary, index: int, width: int) -> Sequence[Row]:
        facts = [
            record.instructor,
            record.duration,
            record.level,
            counted(record.lesson_count, "lesson"),
            counted(record.students, "learner"),
        ]
        return [
            ([(record.title, "title")], [course_state(record.status, record.progress, self._glyphs)]),
            ([(f" {self._glyphs.separator} ".join(fact for fact in facts if fact), "muted")], []),
        ]


class EnrolledList(RecordList[EnrolledCourse]):
    """Two lines a course: title and when it was opened, then the bar, the percent and the next lesson."""

    def __init__(
        self, glyphs: Glyphs, now: Callable[[], datetime], *, quiet: bool = False, id: str | None = None
    ) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, quiet=quiet, id=id)
        self._glyphs = glyphs
        self._now = now

    def draw_record(self, record: EnrolledCourse, index: int, width: int) -> Sequence[Row]:
        return [
            ([(record.title, "title")], [(last_step(record.enrollment, self._now()), "muted")]),
            (self._progress(record, width), []),
        ]

    def _progress(self, record: EnrolledCourse, width: int) -> list[tuple[str, str]]:
        if record.progress is None:
            return [("This course has no lessons to count yet.", "muted")]
        cells = max(8, min(40, width // 3))
        done, rest = bar(record.progress, cells, self._glyphs)
        role = "done" if record.progress == 100 else "active"
        return [(done, role), (rest, "muted"), (f"  {record.progress:>3} %   ", "plain"), *self._next(record)]

    def _next(self, record: EnrolledCourse) -> list[tuple[str, str]]:
        enrollment = record.enrollment
        if enrollment.status is EnrollmentStatus.LEFT:
            return [("left; u takes it up again", "muted")]
        if record.next_lesson_title is None:
            return [(f"{self._glyphs.done} completed", "done")]
        new = "new: " if enrollment.completed_at else "next: "
        return [(new, "muted"), (record.next_lesson_title, "plain")]

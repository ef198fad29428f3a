"""Courses, enrollments and work of the original LMS Service, taken into ours.

An original course is the one here that has its short name or its title, whatever number each of them has; so the three
that the original services came with go on in the courses that come with this program. Any other becomes a course of
its own. Lessons find each other within their course in the same way. A lesson that such a course here does not have
is added to it as an optional one: who did it keeps that, and nobody else's progress moves.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from azora_tui.data import adoption, courses, enrollments, lessons, locks
from azora_tui.data.events import EventKind
from azora_tui.data.legacy import OriginalCourse, OriginalEnrollment, OriginalLesson, OriginalSchool, OriginalWork
from azora_tui.data.transaction import Transaction
from azora_tui.lms import cards, marks, progress, search
from azora_tui.lms.events import add_event
from azora_tui.lms.service import Lms, check_admin_or_owner
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.courses import Course
from azora_tui.models.enrollments import Enrollment
from azora_tui.text import fold
from azora_tui.times import from_text

ORIGINAL_VERSION = "original"
"""The course version on which somebody completed a course before it came here."""

_MAX_KEPT_ID = 2**31 - 1
_NOTHING_MORE: Mapping[str, object] = {}
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class AdoptedSchool:
    """What an original lms.db held, counted as sqlite3 counts it there.

    `enrollments` are those with a learner and a course, each learner once a course; `merged` the doubles of these;
    `completions` the lessons completed in them. `orphans` were set aside, with the work that belongs to them.
    `claims` are courses that it calls completed though lessons of theirs are not.
    """

    courses: int = 0
    lessons: int = 0
    enrollments: int = 0
    merged: int = 0
    completions: int = 0
    orphans: int = 0
    claims: int = 0


def adopt_school(
    lms: Lms, school: OriginalSchool, people: Mapping[int, int], *, claims: Claims | None = None
) -> AdoptedSchool:
    """Bring everything in within one transaction; `people` leads from the users' ids there to those here.

    Enrollments of one learner in one course become one: the earliest time, all the work. Progress, state and
    completion are computed. Running it again, also when the original has grown, adds nothing twice.

    For an admin, or, without claims, for the operating-system owner of the database file. Raises `SessionError`,
    `RefusedError`.
    """
    check_admin_or_owner(lms, claims, "adopt_needs_admin_or_owner")
    with lms.database.write(locks.SCHOOL) as transaction:
        return _Adoption(lms, transaction, school, people).run()


@dataclass(slots=True)
class _Place:
    """Where an original course went, and its original lessons by their ids there."""

    course_id: int
    lessons: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What one learner did in one course: when lessons were completed, minutes not yet added to them, and when it was
    completed by what the original says."""

    completed: dict[int, str] = field(default_factory=dict)
    minutes: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    claimed_at: str | None = None


class _Adoption:
    """One run, within one transaction."""

    def __init__(self, lms: Lms, transaction: Transaction, school: OriginalSchool, people: Mapping[int, int]) -> None:
        self._lms = lms
        self._transaction = transaction
        self._school = school
        self._people = people
        self._orphans = 0
        self._claims = 0
        self._work: dict[int, list[OriginalWork]] = defaultdict(list)
        for work in school.work:
            if work.enrollment_id is not None:
                self._work[work.enrollment_id].append(work)

    def run(self) -> AdoptedSchool:
        places = self._courses()
        learners: dict[int | None, list[OriginalEnrollment]] = defaultdict(list)
        for enrollment in self._school.enrollments:
            if self._known(enrollment) or enrollment.course_id not in places:
                learners[enrollment.course_id].append(enrollment)
            else:
                self._set_aside_enrollment(enrollment, "Its learner has no account there.")
        merged = 0
        united: dict[int, int] = {}
        for course in self._school.courses:
            place = places[course.id]
            own = learners.pop(course.id, [])
            done = self._enrollments(course, place, own)
            merged += len(own) - len(done)
            united.update(done)
        for enrollment in (each for rest in learners.values() for each in rest):
            self._set_aside_enrollment(enrollment, "Its course is gone.")
        self._loose_work()
        return AdoptedSchool(
            courses=len(places),
            lessons=sum(len(place.lessons) for place in places.values()),
            enrollments=len(united),
            merged=merged,
            completions=sum(united.values()),
            orphans=self._orphans,
            claims=self._claims,
        )

    def _known(self, enrollment: OriginalEnrollment) -> bool:
        return enrollment.user_id in self._people

    # Courses and lessons

    def _courses(self) -> dict[int, _Place]:
        places: dict[int, _Place] = {}
        taken: set[int] = set()
        lessons_of: dict[int | None, list[OriginalLesson]] = defaultdict(list)
        for lesson in self._school.lessons:
            lessons_of[lesson.course_id].append(lesson)
        for course in self._school.courses:
            adopted = adoption.adopted_course(self._transaction, course)
            if adopted is None:
                found = _find(course.title, adoption.course_names(self._transaction), taken)
                course_id = self._make_course(course) if found is None else found
                adopted = adoption.save_adopted_course(
                    self._transaction, course, course_id=course_id, made=found is None
                )
            taken.add(adopted.course_id)
            place = _Place(adopted.course_id)
            self._lessons(place, lessons_of.pop(course.id, []), required=adopted.made)
            places[course.id] = place
        for lesson in (each for rest in lessons_of.values() for each in rest):
            self._set_aside("lesson", lesson.row, "Its course is gone.")
        return places

    def _make_course(self, original: OriginalCourse) -> int:
        free = 0 < original.id <= _MAX_KEPT_ID and adoption.course_id_is_free(self._transaction, original.id)
        source = CourseSource(
            slug=_free_slug(original.title, adoption.course_names(self._transaction)),
            title=original.title,
            version="1.0.0",
            language="en",
            licence="",
            instructor=original.instructor,
            duration=original.duration,
            level="",
            tags=(),
            description=original.description,
            outcomes=(),
            prerequisites=(),
            seats=None,
            enrollment_open=True,
            lessons=(),
        )
        made = courses.save_course(
            self._transaction,
            source,
            original.created_at or self._lms.now_text(),
            course_id=original.id if free else None,
        )
        if not original.is_published:
            adoption.take_out_of_view(self._transaction, made)
        return made

    def _lessons(self, place: _Place, originals: Iterable[OriginalLesson], *, required: bool) -> None:
        taken: set[int] = set()
        order_index = adoption.greatest_order_index(self._transaction, place.course_id)
        added = False
        for original in originals:
            names = adoption.lesson_names(self._transaction, place.course_id)
            found = _find(original.title, names, taken)
            if found is None:
                order_index += 1
                slug = _free_slug(original.title, names)
                found = self._make_lesson(place, original, slug, order_index, required=required)
                added = True
            taken.add(found)
            place.lessons[original.id] = found
        if added:
            courses.update_lesson_counts(self._transaction, place.course_id)
        search.index_course(self._transaction, place.course_id)
        cards.refresh(self._transaction, place.course_id)

    def _make_lesson(
        self, place: _Place, original: OriginalLesson, slug: str, order_index: int, *, required: bool
    ) -> int:
        free = 0 < original.id <= _MAX_KEPT_ID and lessons.lesson_id_is_free(self._transaction, original.id)
        source = LessonSource(
            id=slug,
            title=original.title,
            minutes=original.minutes,
            required=required,
            section="",
            content=original.content.strip("\n") + "\n",
        )
        lessons.save_lesson(
            self._transaction,
            source,
            course_id=place.course_id,
            order_index=order_index,
            lesson_id=original.id if free else None,
            now=original.created_at or self._lms.now_text(),
        )
        names = adoption.lesson_names(self._transaction, place.course_id)
        return next(id_ for id_, its_slug, _ in names if its_slug == slug)

    # Enrollments and work

    def _enrollments(
        self, course: OriginalCourse, place: _Place, originals: list[OriginalEnrollment]
    ) -> dict[int, int]:
        """Take the enrollments in one course over; how many lessons were completed, by the enrollment's id here."""
        here = courses.course_by_id(self._transaction, place.course_id)
        assert here is not None  # found or made in this transaction
        taken: dict[int, _Work] = {}
        doubles = 0
        for original in sorted(originals, key=lambda each: (each.enrolled_at or "~", each.id)):
            enrollment, merged = self._enroll(original, here)
            doubles += merged
            work = taken.setdefault(enrollment.id, _Work())
            self._unite(work, original, place, enrollment)
            adoption.forget_orphan(self._transaction, kind="enrollment", original=original.row)
        every = set(place.lessons.values())
        version = here.version if self._made(course) else ORIGINAL_VERSION
        for enrollment in enrollments.enrollments_in(self._transaction, here.id):
            done = taken.get(enrollment.id)
            if done is not None:
                self._save_work(done, enrollment)
                ended_at = None
                if every and every <= done.completed.keys():
                    ended_at = done.claimed_at or max(done.completed[lesson_id] for lesson_id in every)
                self._compute(enrollment, here, ended_at, version)
                if done.claimed_at is not None:
                    self._keep_claim(enrollment, done.claimed_at)
        self._count_students(course, place, max(course.students - doubles, len(originals) - doubles))
        return {enrollment_id: len(work.completed) for enrollment_id, work in taken.items()}

    def _enroll(self, original: OriginalEnrollment, course: Course) -> tuple[Enrollment, bool]:
        """The one enrollment of a learner in a course, and whether this original is merged into it."""
        user_id = self._people[original.user_id or 0]
        enrolled_at = original.enrolled_at or original.last_accessed_at or self._lms.now_text()
        accessed_at = max(enrolled_at, original.last_accessed_at or enrolled_at)
        uuid = self._lms.new_id()
        existing = enrollments.enrollment_of(self._transaction, user_id=user_id, course_id=course.id)
        utc_offset = self._lms.utc_offset(enrolled_at)
        day = marks.day_of(enrolled_at, utc_offset)
        enrollment = existing or enrollments.insert_enrollment(
            self._transaction,
            uuid=uuid,
            user_id=user_id,
            course_id=course.id,
            now=enrolled_at,
            day=day,
            silent_from=marks.silent_from(day, utc_offset),
        )
        if enrollments.waitlist_place(self._transaction, user_id=user_id, course_id=course.id) is not None:
            enrollments.leave_waitlist(self._transaction, user_id=user_id, course_id=course.id)
            self._event("left_waitlist", enrollment, self._lms.now_text())
        row = adoption.OriginalKey(enrollment.id, original.id, original.enrolled_at or "")
        merged = adoption.adopted_enrollment(self._transaction, row)
        if merged is None:
            merged = existing is not None
            adoption.save_adopted_enrollment(self._transaction, row, merged=merged)
            if existing is None or from_text(enrolled_at) < existing.enrolled_at:
                self._event("enrolled", enrollment, enrolled_at, id=uuid, payload={"adopted": True})
        widened = adoption.widen_enrollment(
            self._transaction, enrollment.id, enrolled_at=enrolled_at, last_accessed_at=accessed_at
        )
        if existing is not None and day < existing.enrolled_on:
            marks.began_earlier(self._transaction, enrollment.id, course.id, enrolled_at, utc_offset)
        if widened is not None:
            times = dict(zip(("enrolled_at", "last_accessed_at"), widened, strict=True))
            self._event("adopted", enrollment, self._lms.now_text(), payload=times)
        return enrollment, merged

    def _unite(self, work: _Work, original: OriginalEnrollment, place: _Place, enrollment: Enrollment) -> None:
        """Add what was done in one original enrollment to what was done in the others that are merged with it."""
        if original.completed_at:
            work.claimed_at = min(original.completed_at, work.claimed_at or original.completed_at)
        for row in self._work.pop(original.id, []):
            lesson_id = place.lessons.get(row.lesson_id or 0)
            if lesson_id is None:
                self._set_aside("lesson_progress", row.row, "Its lesson is gone, or is one of another course.")
                continue
            adoption.forget_orphan(self._transaction, kind="lesson_progress", original=row.row)
            work.minutes[lesson_id] += adoption.minutes_to_add(
                self._transaction,
                adoption.OriginalKey(enrollment.id, row.id, original.enrolled_at or ""),
                lesson_id=lesson_id,
                minutes=row.minutes,
            )
            if row.completed:
                at = row.completed_at or original.last_accessed_at or original.enrolled_at or self._lms.now_text()
                work.completed[lesson_id] = min(at, work.completed.get(lesson_id, at))

    def _save_work(self, work: _Work, enrollment: Enrollment) -> None:
        for lesson_id, minutes in work.minutes.items():
            at = work.completed.get(lesson_id)
            if at is None and not minutes:
                continue
            before, completed_at = adoption.save_work(
                self._transaction,
                enrollment_id=enrollment.id,
                lesson_id=lesson_id,
                completed_at=at,
                minutes=minutes,
            )
            if before is None and completed_at is not None:
                payload: dict[str, object] = {"adopted": True, "minutes": minutes}
                self._event("completed", enrollment, completed_at, lesson_id, payload=payload)
            elif minutes or completed_at != before:
                payload = {"completed_at": completed_at, "minutes": minutes}
                self._event("adopted", enrollment, self._lms.now_text(), lesson_id, payload=payload)

    def _compute(self, enrollment: Enrollment, course: Course, ended_at: str | None, version: str) -> None:
        """Work out progress, state and completion; the original services kept none of them.

        Who had done all lessons of the original completed the course then, even if it has more lessons here.
        """
        done = progress.counted(self._transaction, enrollment.id)
        if ended_at is None and done.percent == 100:
            ended_at, version = adoption.last_completion(self._transaction, enrollment.id), course.version
        if enrollment.completed_at is None and ended_at is not None:
            day = marks.day_of(ended_at, self._lms.utc_offset(ended_at))
            enrollments.set_first_completion(
                self._transaction,
                enrollment.id,
                version=version,
                now=ended_at,
                days_taken=marks.days_between(enrollment.enrolled_on, day),
            )
            self._event("course_completed", enrollment, ended_at, payload={"version": version})
        now = enrollments.enrollment_of(self._transaction, user_id=enrollment.user_id, course_id=course.id)
        progress.refresh(self._lms, self._transaction, now or enrollment, course)

    def _keep_claim(self, enrollment: Enrollment, claimed_at: str) -> None:
        """Keep as what it is that an original calls a course completed whose lessons were not: it earns nothing."""
        now = enrollments.enrollment_of(self._transaction, user_id=enrollment.user_id, course_id=enrollment.course_id)
        if now is not None and now.completed_at is None:
            self._claims += 1
            if not adoption.is_claimed(self._transaction, user_id=now.user_id, course_id=now.course_id):
                self._event("completion_claimed", now, claimed_at)

    def _count_students(self, original: OriginalCourse, place: _Place, students: int) -> None:
        """Add to the learners of a course those that this original has not added before."""
        adopted = adoption.adopted_course(self._transaction, original)
        assert adopted is not None  # saved in this transaction
        if students > adopted.students:
            courses.add_students(self._transaction, place.course_id, students - adopted.students)
            adoption.save_adopted_students(self._transaction, original, students)

    def _made(self, original: OriginalCourse) -> bool:
        adopted = adoption.adopted_course(self._transaction, original)
        return adopted is not None and adopted.made

    def _event(
        self,
        kind: EventKind,
        enrollment: Enrollment,
        at: str,
        lesson_id: int | None = None,
        *,
        id: str | None = None,
        payload: Mapping[str, object] = _NOTHING_MORE,
    ) -> None:
        add_event(
            self._lms,
            self._transaction,
            kind,
            id=id,
            user_id=enrollment.user_id,
            course_id=enrollment.course_id,
            lesson_id=lesson_id,
            at=at,
            payload=payload,
        )

    # What has no place

    def _set_aside_enrollment(self, original: OriginalEnrollment, why: str) -> None:
        work = [json.loads(each.row) for each in self._work.pop(original.id, [])]
        self._set_aside("enrollment", original.row, why, json.dumps(work, ensure_ascii=False))

    def _loose_work(self) -> None:
        for work in self._school.work:
            if work.enrollment_id is None or work.enrollment_id in self._work:
                self._set_aside("lesson_progress", work.row, "Its enrollment is gone.")

    def _set_aside(self, kind: adoption.OrphanKind, original: str, why: str, work: str = "[]") -> None:
        adoption.save_orphan(self._transaction, kind=kind, original=original, work=work, why=why)
        self._orphans += 1


def _find(title: str, names: Iterable[tuple[int, str, str]], taken: set[int]) -> int | None:
    """The id of what has a title's short name, or else the same title; None where that is nothing, or taken."""
    free = [each for each in names if each[0] not in taken]
    by_slug = (id_ for id_, slug, _ in free if slug == _slug(title))
    by_title = (id_ for id_, _, other in free if _same(other) == _same(title))
    return next(by_slug, None) or next(by_title, None)


def _same(title: str) -> str:
    return " ".join(fold(title).split())


def _slug(title: str) -> str:
    return _NOT_IN_SLUG.sub("-", fold(title))[:80].strip("-") or "untitled"


def _free_slug(title: str, names: Iterable[tuple[int, str, str]]) -> str:
    taken = {slug for _, slug, _ in names}
    slug, number = _slug(title), 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return free

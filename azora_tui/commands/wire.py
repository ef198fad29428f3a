"""The JSON shapes: those of the original Azora services, with what is ours beside it.

Rows are snake_case with UTC `YYYY-MM-DD HH:MM:SS` and 0/1; what a call answers is camelCase with ISO times.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from azora_tui.credential_models import Credential, Document, Report, TreeHead
from azora_tui.data.times import to_text
from azora_tui.lms.importing import ImportedCourse
from azora_tui.models import (
    Claims,
    Course,
    CourseDetail,
    EnrolledCourse,
    Enrollment,
    EnrollmentStatus,
    LessonCompletion,
    LessonPage,
    LessonState,
    Progress,
    SearchHit,
    Session,
)

if TYPE_CHECKING:
    from azora_tui.formats.imported import Imported

Json = dict[str, object]


def success(data: object) -> Json:
    return {"success": True, "data": data}


def refusal(sentence: str) -> Json:
    return {"success": False, "error": sentence}


def user(claims: Claims) -> Json:
    """The original's user, and the session that was confirmed."""
    return {
        "id": claims.user_id,
        "email": claims.email,
        "name": claims.name,
        "role": claims.role,
        "session_id": claims.session_id,
        "expires_at": to_text(claims.expires_at),
    }


def session_row(session: Session, claims: Claims) -> Json:
    return {
        "id": session.id,
        "created_at": to_text(session.created_at),
        "expires_at": to_text(session.expires_at),
        "revoked_at": _text(session.revoked_at),
        "current": int(session.id == claims.session_id),
    }


def course_row(course: Course, status: EnrollmentStatus | None, progress: int | None) -> Json:
    """`status` and `progress` (percent) are the learner's own; None where there is none."""
    return {
        "id": course.id,
        "title": course.title,
        "description": course.description,
        "instructor": course.instructor,
        "duration": course.duration,
        "students": course.students,
        "is_published": int(course.is_published),
        "created_at": to_text(course.created_at),
        "slug": course.slug,
        "version": course.version,
        "language": course.language,
        "licence": course.licence,
        "level": course.level,
        "tags": course.tags,
        "outcomes": course.outcomes,
        "seats": course.seats,
        "enrollment_open": int(course.enrollment_open),
        "lesson_count": course.lesson_count,
        "status": status.value if status else None,
        "progress": progress,
    }


def course_with_lessons(
    detail: CourseDetail, progress: int | None, contents: Iterable[tuple[int, str, datetime]]
) -> Json:
    texts = {lesson_id: (content, created_at) for lesson_id, content, created_at in contents}
    enrollment = detail.enrollment
    return {
        **course_row(detail.course, enrollment.status if enrollment else None, progress),
        "prerequisites": [
            {
                "slug": needed.slug,
                "course_id": needed.course_id,
                "title": needed.title,
                "completed": int(needed.completed),
            }
            for needed in detail.prerequisites
        ],
        "lessons": [
            lesson_row(detail.course.id, state, *texts[state.id]) for state in detail.lessons if state.id in texts
        ],
    }


def lesson_row(course_id: int, state: LessonState, content: str, created_at: datetime) -> Json:
    return {
        "id": state.id,
        "course_id": course_id,
        "title": state.title,
        "content": content,
        "order_index": state.order_index,
        "duration_minutes": state.minutes,
        "created_at": to_text(created_at),
        **_lesson_extras(state),
    }


def lesson_progress_row(state: LessonState) -> Json:
    return {
        "id": state.id,
        "title": state.title,
        "order_index": state.order_index,
        "completed": int(state.completed),
        "completed_at": _text(state.completed_at),
        "time_spent_minutes": state.time_spent_minutes,
        **_lesson_extras(state),
    }


def enrollment_row(enrollment: Enrollment) -> Json:
    return {
        "id": enrollment.id,
        "user_id": enrollment.user_id,
        "course_id": enrollment.course_id,
        "progress": enrollment.progress,
        "status": enrollment.status.value,
        "enrolled_at": to_text(enrollment.enrolled_at),
        "completed_at": _text(enrollment.completed_at),
        "last_accessed_at": to_text(enrollment.last_accessed_at),
        "completed_version": enrollment.completed_version,
        "last_lesson_id": enrollment.last_lesson_id,
    }


def enrolled_course(mine: EnrolledCourse) -> Json:
    next_lesson = {"id": mine.next_lesson_id, "title": mine.next_lesson_title}
    return {
        **enrollment_row(mine.enrollment),
        "title": mine.title,
        "instructor": mine.instructor,
        "version": mine.version,
        "completed_lessons": mine.completed_lessons,
        "required_lessons": mine.required_lessons,
        "percentage": mine.progress,
        "next_lesson": next_lesson if mine.next_lesson_id is not None else None,
    }


def enrolled(message: str, enrollment: Enrollment) -> Json:
    """Just what the original answered when somebody had enrolled."""
    return {"success": True, "message": message, "enrollment": _answer(enrollment)}


def left(message: str, enrollment: Enrollment) -> Json:
    answer = {**_answer(enrollment), "status": enrollment.status.value}
    return {"success": True, "message": message, "enrollment": answer}


def course_progress(enrollment: Enrollment, states: Iterable[LessonState], done: Progress) -> Json:
    return success(
        {
            "enrollment": enrollment_row(enrollment),
            "lessons": [lesson_progress_row(state) for state in states],
            "progress": _counts(done),
        }
    )


def lesson_page(page: LessonPage) -> Json:
    return success(
        {
            "course_id": page.course_id,
            "course_title": page.course_title,
            "lesson": {**lesson_progress_row(page.lesson), "content": page.content},
            "progress": _counts(page.progress),
        }
    )


def lesson_completed(completion: LessonCompletion) -> Json:
    """Just what the original answered."""
    lesson = completion.lesson
    return {
        "success": True,
        "message": f'Lesson "{lesson.title}" marked as completed',
        "data": {
            "lessonId": lesson.id,
            "completed": lesson.completed,
            "completedAt": _iso(lesson.completed_at) if lesson.completed_at else None,
        },
    }


def search_hit(hit: SearchHit) -> Json:
    """`title_marks` and `snippet_marks` are [start, end] of each part that was looked for, in characters."""
    return {
        "kind": hit.kind.name.lower(),
        "course_id": hit.course_id,
        "course_title": hit.course_title,
        "lesson_id": hit.lesson_id,
        "lesson_slug": hit.lesson_slug,
        "note_id": hit.note_id,
        "title": hit.title.text,
        "title_marks": hit.title.marks,
        "snippet": hit.snippet.text,
        "snippet_marks": hit.snippet.marks,
    }


def imported(course: ImportedCourse, report: "Imported") -> Json:
    """What an import came to, with every thing that was not taken."""
    return {
        "course": {"id": course.id, "slug": course.slug, "title": course.title},
        "lessons": course.lessons,
        "questions": report.questions,
        "images": report.images,
        "skipped": [{"where": row.where, "what": row.what, "why": row.why} for row in report.skipped],
    }


def credential(mine: Credential, document: Document, fingerprint: str) -> Json:
    return {
        "id": mine.id,
        "uuid": mine.uuid,
        "course_id": mine.course_id,
        "title": document["name"],
        "issuer": document["issuer"],
        "identifier": document["credentialSubject"]["identifier"],
        "awarded": document["awardedDate"],
        "issued_at": to_text(mine.issued_at),
        "revoked_at": _text(mine.revoked_at),
        "reason": mine.reason,
        "fingerprint": fingerprint,
    }


def tree_head(head: TreeHead) -> Json:
    """`jwt` is the head as it was signed; `root` is hexadecimal."""
    return {"size": head.size, "root": head.root.hex(), "at": to_text(head.at), "jwt": head.jwt}


def report(file: str, found: Report) -> Json:
    return {
        "file": file,
        "holds": found.holds,
        "checks": [
            {"name": each.name.lower(), "outcome": each.outcome.name.lower(), "sentence": each.sentence}
            for each in found.checks
        ],
        "credential": found.document,
    }


def _lesson_extras(state: LessonState) -> Json:
    return {"slug": state.slug, "section": state.section, "required": int(state.required)}


def _answer(enrollment: Enrollment) -> Json:
    return {
        "id": enrollment.id,
        "courseId": enrollment.course_id,
        "userId": enrollment.user_id,
        "enrolledAt": _iso(enrollment.enrolled_at),
        "progress": enrollment.progress,
    }


def _counts(done: Progress) -> Json:
    return {"completed": done.completed, "total": done.required, "percentage": done.percent}


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"

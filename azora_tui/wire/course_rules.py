"""What a course allows, as JSON: for who teaches it, so the key is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azora_tui.models.course_rules import CourseRules, TaughtCourse, Teacher
    from azora_tui.wire.answers import Json


def course_rules(rules: CourseRules) -> Json:
    return {
        "course_id": rules.course_id,
        "title": rules.title,
        "state": rules.state.value,
        "opens": iso_day(rules.opens),
        "closes": iso_day(rules.closes),
        "seats": rules.seats,
        "students": rules.students,
        "waiting": rules.waiting,
        "key": rules.key,
        "prerequisites": rules.prerequisites,
        "enrollment_open": int(rules.enrollment_open),
        "teachers": teachers(rules.teachers),
    }


def teachers(found: Iterable[Teacher]) -> list[Json]:
    return [{"user_id": each.user_id, "name": each.name, "email": each.email} for each in found]


def taught_course(course: TaughtCourse) -> Json:
    return {
        "id": course.id,
        "slug": course.slug,
        "title": course.title,
        "state": course.state.value,
        "students": course.students,
        "seats": course.seats,
        "waiting": course.waiting,
    }

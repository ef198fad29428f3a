"""Statements that fill the search index and fetch what it found; the index itself is `dialect`'s."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from azora_tui.data import dialect
from azora_tui.data.transaction import Transaction, rows, value, values


@dataclass(frozen=True, slots=True)
class CourseText:
    """What of a published course is searched, and whether the asking learner is enrolled."""

    id: int
    title: str
    instructor: str
    tags: tuple[str, ...]
    description: str
    enrolled: bool


@dataclass(frozen=True, slots=True)
class LessonText:
    """What of a published lesson is searched: `text` has a paragraph a line."""

    id: int
    slug: str
    title: str
    text: str
    course_id: int
    course_title: str
    enrolled: bool


@dataclass(frozen=True, slots=True)
class CardText:
    """What of a review card is searched: `words` are its front, then its back, a line each."""

    id: int
    words: str
    lesson_id: int
    lesson_slug: str
    course_id: int
    course_title: str
    enrolled: bool


def index_version(transaction: Transaction) -> int | None:
    """Which way of reading lessons the index was made with; None where it has yet to be made."""
    version: int | None = value(transaction, "SELECT version FROM search_state WHERE id = 1")
    return version


def save_index_version(transaction: Transaction, version: int) -> None:
    transaction.execute(
        """
        INSERT INTO search_state (id, version) VALUES (1, :version)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version
        """,
        {"version": version},
    )


def course_ids(transaction: Transaction) -> list[int]:
    return values(transaction, "SELECT id FROM courses ORDER BY id")


def lessons_to_index(transaction: Transaction, course_id: int) -> list[tuple[int, str, str]]:
    """(id, title, Markdown) of each published lesson of a course."""
    return rows(
        transaction,
        "SELECT id, title, content FROM lessons WHERE course_id = :id AND is_published = 1 ORDER BY order_index, id",
        {"id": course_id},
    )


def forget_course(transaction: Transaction, course_id: int) -> None:
    """Let neither a course nor any lesson of it be found."""
    course = {"id": course_id}
    lessons = values(transaction, "SELECT id FROM lessons WHERE course_id = :id", course)
    found = (dialect.IndexKey(dialect.IndexedKind.LESSON, id_) for id_ in lessons)
    dialect.unindex(transaction, [dialect.IndexKey(dialect.IndexedKind.COURSE, course_id), *found])
    transaction.execute(
        "DELETE FROM lesson_texts WHERE lesson_id IN (SELECT id FROM lessons WHERE course_id = :id)", course
    )


def put_course(transaction: Transaction, course_id: int, *, title: str, about: Iterable[str], description: str) -> None:
    """Let a course be found. `forget_course` came before."""
    what = dialect.IndexKey(dialect.IndexedKind.COURSE, course_id)
    dialect.index(transaction, what, title=title, about="\n".join(about), text=description)


def put_lesson(transaction: Transaction, lesson_id: int, *, title: str, text: str) -> None:
    """Let a lesson be found by its plain text, a paragraph a line. `forget_course` came before."""
    transaction.execute(
        "INSERT INTO lesson_texts (lesson_id, text) VALUES (:id, :text)", {"id": lesson_id, "text": text}
    )
    dialect.index(transaction, dialect.IndexKey(dialect.IndexedKind.LESSON, lesson_id), title=title, text=text)


# Below, a + keeps the planner from beginning with the index of all that is published instead of with the ids. What is
# archived is found by who is in it.
_FOUND = "(+courses.is_published = 1 OR (courses.state = 'archived' AND mine.id IS NOT NULL))"


def course_texts(transaction: Transaction, ids: Iterable[int], *, user_id: int) -> dict[int, CourseText]:
    """The published courses among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    found = rows(
        transaction,
        f"""
        SELECT courses.id, courses.title, courses.instructor, courses.tags, courses.description,
            mine.id AS enrollment_id
        FROM courses LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE courses.id IN ({names}) AND {_FOUND}
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {
        row.id: CourseText(
            id=row.id,
            title=row.title,
            instructor=row.instructor,
            tags=tuple(json.loads(row.tags)),
            description=row.description,
            enrolled=row.enrollment_id is not None,
        )
        for row in found
    }


def lesson_texts(transaction: Transaction, ids: Iterable[int], *, user_id: int) -> dict[int, LessonText]:
    """The published lessons among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    found = rows(
        transaction,
        f"""
        SELECT lessons.id, lessons.slug, lessons.title, lesson_texts.text, courses.id AS course_id,
            courses.title AS course_title, mine.id AS enrollment_id
        FROM lessons
        JOIN lesson_texts ON lesson_texts.lesson_id = lessons.id
        JOIN courses ON courses.id = lessons.course_id
        LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE lessons.id IN ({names}) AND +lessons.is_published = 1 AND {_FOUND}
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {
        row.id: LessonText(
            id=row.id,
            slug=row.slug,
            title=row.title,
            text=row.text,
            course_id=row.course_id,
            course_title=row.course_title,
            enrolled=row.enrollment_id is not None,
        )
        for row in found
    }


def card_texts(transaction: Transaction, ids: Iterable[int], *, user_id: int) -> dict[int, CardText]:
    """The cards of published lessons among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    found = rows(
        transaction,
        f"""
        SELECT cards.id, cards.words, lessons.id AS lesson_id, lessons.slug AS lesson_slug, courses.id AS course_id,
            courses.title AS course_title, mine.id AS enrollment_id
        FROM cards
        JOIN lessons ON lessons.id = cards.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE cards.id IN ({names}) AND +lessons.is_published = 1 AND {_FOUND}
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {
        row.id: CardText(
            id=row.id,
            words=row.words,
            lesson_id=row.lesson_id,
            lesson_slug=row.lesson_slug,
            course_id=row.course_id,
            course_title=row.course_title,
            enrolled=row.enrollment_id is not None,
        )
        for row in found
    }


def lesson_content(transaction: Transaction, lesson_id: int) -> str | None:
    """The Markdown of a published lesson of a course that is published or archived."""
    content: str | None = value(
        transaction,
        """
        SELECT lessons.content FROM lessons JOIN courses ON courses.id = lessons.course_id
        WHERE lessons.id = :id AND lessons.is_published = 1
            AND (courses.is_published = 1 OR courses.state = 'archived')
        """,
        {"id": lesson_id},
    )
    return content


def _numbered(ids: Iterable[int]) -> tuple[str, dict[str, int]]:
    parameters = {f"id{place}": id_ for place, id_ in enumerate(ids)}
    return ", ".join(f":{name}" for name in parameters), parameters

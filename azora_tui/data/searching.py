"""Statements that fill the search index and fetch what it found; the index itself is `dialect`'s."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import apsw

from azora_tui.data import dialect


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


def index_version(connection: apsw.Connection) -> int | None:
    """Which way of reading lessons the index was made with; None where it has yet to be made."""
    version: int | None = connection.execute("SELECT version FROM search_state WHERE id = 1").get
    return version


def save_index_version(connection: apsw.Connection, version: int) -> None:
    connection.execute(
        """
        INSERT INTO search_state (id, version) VALUES (1, :version)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version
        """,
        {"version": version},
    )


def course_ids(connection: apsw.Connection) -> list[int]:
    return [id_ for (id_,) in connection.execute("SELECT id FROM courses ORDER BY id")]


def lessons_to_index(connection: apsw.Connection, course_id: int) -> list[tuple[int, str, str]]:
    """(id, title, Markdown) of each published lesson of a course."""
    rows: Any = connection.execute(
        "SELECT id, title, content FROM lessons WHERE course_id = :id AND is_published = 1 ORDER BY order_index, id",
        {"id": course_id},
    )
    return list(rows)


def forget_course(connection: apsw.Connection, course_id: int) -> None:
    """Let neither a course nor any lesson of it be found."""
    course = {"id": course_id}
    lessons = [id_ for (id_,) in connection.execute("SELECT id FROM lessons WHERE course_id = :id", course)]
    found = (dialect.IndexKey(dialect.IndexedKind.LESSON, id_) for id_ in lessons)
    dialect.unindex(connection, [dialect.IndexKey(dialect.IndexedKind.COURSE, course_id), *found])
    connection.execute(
        "DELETE FROM lesson_texts WHERE lesson_id IN (SELECT id FROM lessons WHERE course_id = :id)", course
    )


def put_course(
    connection: apsw.Connection, course_id: int, *, title: str, about: Iterable[str], description: str
) -> None:
    """Let a course be found. `forget_course` came before."""
    what = dialect.IndexKey(dialect.IndexedKind.COURSE, course_id)
    dialect.index(connection, what, title=title, about="\n".join(about), text=description)


def put_lesson(connection: apsw.Connection, lesson_id: int, *, title: str, text: str) -> None:
    """Let a lesson be found by its plain text, a paragraph a line. `forget_course` came before."""
    connection.execute(
        "INSERT INTO lesson_texts (lesson_id, text) VALUES (:id, :text)", {"id": lesson_id, "text": text}
    )
    dialect.index(connection, dialect.IndexKey(dialect.IndexedKind.LESSON, lesson_id), title=title, text=text)


# Below, a + keeps the planner from beginning with the index of all that is published instead of with the ids.


def course_texts(connection: apsw.Connection, ids: Iterable[int], *, user_id: int) -> dict[int, CourseText]:
    """The published courses among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    rows = connection.execute(
        f"""
        SELECT courses.id, courses.title, courses.instructor, courses.tags, courses.description, mine.id IS NOT NULL
        FROM courses LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE courses.id IN ({names}) AND +courses.is_published = 1
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {
        id_: CourseText(id_, title, instructor, tuple(json.loads(tags)), description, bool(enrolled))
        for id_, title, instructor, tags, description, enrolled in rows
    }


def lesson_texts(connection: apsw.Connection, ids: Iterable[int], *, user_id: int) -> dict[int, LessonText]:
    """The published lessons among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    rows: Any = connection.execute(
        f"""
        SELECT lessons.id, lessons.slug, lessons.title, lesson_texts.text, courses.id, courses.title,
            mine.id IS NOT NULL
        FROM lessons
        JOIN lesson_texts ON lesson_texts.lesson_id = lessons.id
        JOIN courses ON courses.id = lessons.course_id
        LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE lessons.id IN ({names}) AND +lessons.is_published = 1 AND +courses.is_published = 1
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {
        id_: LessonText(id_, slug, title, text, course_id, course_title, bool(enrolled))
        for id_, slug, title, text, course_id, course_title, enrolled in rows
    }


def card_texts(connection: apsw.Connection, ids: Iterable[int], *, user_id: int) -> dict[int, CardText]:
    """The cards of published lessons among these, by id; at most some hundreds at once."""
    names, parameters = _numbered(ids)
    if not parameters:
        return {}
    rows: Any = connection.execute(
        f"""
        SELECT cards.id, cards.words, lessons.id, lessons.slug, courses.id, courses.title, mine.id IS NOT NULL
        FROM cards
        JOIN lessons ON lessons.id = cards.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        LEFT JOIN enrollments AS mine
            ON mine.course_id = courses.id AND mine.user_id = :user_id AND mine.status <> 'left'
        WHERE cards.id IN ({names}) AND +lessons.is_published = 1 AND +courses.is_published = 1
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return {row[0]: CardText(*(*row[:-1], bool(row[-1]))) for row in rows}


def lesson_content(connection: apsw.Connection, lesson_id: int) -> str | None:
    """The Markdown of a published lesson of a published course."""
    content: str | None = connection.execute(
        """
        SELECT lessons.content FROM lessons JOIN courses ON courses.id = lessons.course_id
        WHERE lessons.id = :id AND lessons.is_published = 1 AND courses.is_published = 1
        """,
        {"id": lesson_id},
    ).get
    return content


def _numbered(ids: Iterable[int]) -> tuple[str, dict[str, int]]:
    parameters = {f"id{place}": id_ for place, id_ in enumerate(ids)}
    return ", ".join(f":{name}" for name in parameters), parameters

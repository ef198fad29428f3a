"""Statements on help: who is asked, what they may see, and what was said.

Who reads is `:viewer`; a question is `asked`. Words are deleted with their row: nothing else has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import reports
from azora_tui.data.company import author, author_columns, not_blocked, not_hidden
from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.helping import HelpReply, HelpRequest

_AVAILABLE = "lessons.is_published = 1 AND (courses.is_published = 1 OR courses.state = 'archived')"


def _teaches(column: str) -> str:
    """A condition: the person of `column` is named as a teacher of the course."""
    return f"""EXISTS (
        SELECT 1 FROM course_teachers
        WHERE course_teachers.course_id = asked.course_id AND course_teachers.user_id = {column}
    )"""  # noqa: S608  # only our own words


# Who reads has completed the lesson, and an open profile of theirs says that they help.
_MAY_HELP = """(
    EXISTS (
        SELECT 1 FROM profiles JOIN learners ON learners.user_id = profiles.user_id
        WHERE profiles.user_id = :viewer AND profiles.is_open = 1 AND profiles.helps = 1 AND learners.closed_at IS NULL
    ) AND EXISTS (
        SELECT 1 FROM enrollments JOIN lesson_progress AS done ON done.enrollment_id = enrollments.id
        WHERE enrollments.user_id = :viewer AND enrollments.course_id = asked.course_id
            AND enrollments.status <> 'left' AND done.lesson_id = asked.lesson_id AND done.completed = 1
    )
)"""
# Who asked is still here, and what they ask of is still there to be read.
_STANDS = f"""(
    {_AVAILABLE} AND EXISTS (
        SELECT 1 FROM learners WHERE learners.user_id = asked.asker_id AND learners.closed_at IS NULL
    )
)"""  # noqa: S608  # only our own words
_TAKING = """EXISTS (
    SELECT 1 FROM attempts JOIN enrollments ON enrollments.id = attempts.enrollment_id
    WHERE enrollments.user_id = :viewer AND attempts.lesson_id = asked.lesson_id AND attempts.finished_at IS NULL
)"""
_REPLIED = "EXISTS (SELECT 1 FROM help_replies WHERE request_id = asked.id AND author_id = :viewer)"

_REQUEST = f"""
    SELECT asked.id, asked.uuid, asked.course_id, courses.title AS course_title, asked.lesson_id,
        lessons.title AS lesson_title, asked.question_id, asked.digest, asked.quote, asked.position, asked.text,
        asked.asked_at, asked.settled_at, asked.hidden_reason, {_AVAILABLE} AS available, {_TAKING} AS taking,
        (
            SELECT COUNT(*) FROM help_replies AS said
            WHERE said.request_id = asked.id AND {not_hidden("said")} AND {not_blocked("said.author_id")}
        ) AS replies,
        {author_columns("asked.asker_id", known=_teaches("asked.asker_id"))}
    FROM help_requests AS asked
    JOIN lessons ON lessons.id = asked.lesson_id
    JOIN courses ON courses.id = asked.course_id
"""  # noqa: S608  # only our own words
_SEEN = f"""
    WHERE asked.id = :id AND (asked.asker_id = :viewer OR (
        asked.hidden_reason = '' AND {not_blocked("asked.asker_id")}
        AND (:teaches = 1 OR {_REPLIED} OR ({_STANDS} AND {_MAY_HELP}))
    ))
"""
_WANTED = f"""
    WHERE asked.settled_at IS NULL AND asked.hidden_reason = '' AND asked.asker_id <> :viewer
        AND {not_blocked("asked.asker_id")}
        AND {_STANDS} AND NOT {_TAKING} AND ({_MAY_HELP} OR (:teacher = 1 AND {_teaches(":viewer")}))
"""

# Those who may answer what `:viewer` asks of a lesson.
_HELPERS = f"""
    FROM lesson_progress AS done
    JOIN enrollments ON enrollments.id = done.enrollment_id AND enrollments.status <> 'left'
    JOIN profiles ON profiles.user_id = enrollments.user_id AND profiles.is_open = 1 AND profiles.helps = 1
    JOIN learners ON learners.user_id = enrollments.user_id AND learners.closed_at IS NULL
    WHERE done.lesson_id = :lesson_id AND done.completed = 1 AND enrollments.user_id <> :viewer
        AND {not_blocked("enrollments.user_id")}
"""


def count_helpers(transaction: Transaction, *, lesson_id: int, viewer: int) -> int:
    """How many may answer what somebody asks of a lesson."""
    found: int = value(transaction, f"SELECT COUNT(*) {_HELPERS}", {"lesson_id": lesson_id, "viewer": viewer})
    return found


def helpers(transaction: Transaction, *, lesson_id: int, viewer: int, limit: int) -> list[int]:
    """Their ids, whoever was here last first."""
    return values(
        transaction,
        f"""
        SELECT enrollments.user_id {_HELPERS}
        ORDER BY (
            SELECT MAX(every.last_accessed_at) FROM enrollments AS every WHERE every.user_id = enrollments.user_id
        ) DESC, enrollments.user_id LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"lesson_id": lesson_id, "viewer": viewer, "limit": limit},
    )


def add_request(
    transaction: Transaction,
    *,
    uuid: str,
    asker_id: int,
    course_id: int,
    lesson_id: int,
    question_id: str | None,
    digest: int,
    quote: str,
    position: str | None,
    text: str,
    now: str,
) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO help_requests (
            uuid, asker_id, course_id, lesson_id, question_id, digest, quote, position, text, asked_at
        )
        VALUES (:uuid, :asker_id, :course_id, :lesson_id, :question_id, :digest, :quote, :position, :text, :now)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "asker_id": asker_id,
            "course_id": course_id,
            "lesson_id": lesson_id,
            "question_id": question_id,
            "digest": digest,
            "quote": quote,
            "position": position,
            "text": text,
            "now": now,
        },
    )
    return added


def add_offer(transaction: Transaction, request_id: int, user_id: int, *, now: str) -> None:
    transaction.execute(
        "INSERT INTO help_offers (request_id, user_id, at) VALUES (:request_id, :user_id, :now)",
        {"request_id": request_id, "user_id": user_id, "now": now},
    )


def to_offer(transaction: Transaction, *, lesson_id: int, viewer: int, limit: int) -> list[Any]:
    """(id, asker_id) of what is open at a lesson, may be answered by somebody, and was not put to them yet; the oldest
    first."""
    return rows(
        transaction,
        f"""
        SELECT asked.id, asked.asker_id FROM help_requests AS asked
        JOIN lessons ON lessons.id = asked.lesson_id
        JOIN courses ON courses.id = asked.course_id
        WHERE asked.lesson_id = :lesson_id AND asked.settled_at IS NULL AND asked.hidden_reason = ''
            AND asked.asker_id <> :viewer
            AND {not_blocked("asked.asker_id")} AND {_STANDS} AND {_MAY_HELP}
            AND NOT EXISTS (SELECT 1 FROM help_offers WHERE request_id = asked.id AND user_id = :viewer)
        ORDER BY asked.asked_at, asked.id LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"lesson_id": lesson_id, "viewer": viewer, "limit": limit},
    )


def course_of(transaction: Transaction, request_id: int) -> int | None:
    """The course that a question is asked in."""
    if not 0 < request_id <= MAX_ID:
        return None
    found: int | None = value(transaction, "SELECT course_id FROM help_requests WHERE id = :id", {"id": request_id})
    return found


def seen(transaction: Transaction, request_id: int, *, viewer: int, teaches: bool) -> Any:
    """The row of a question, for who may see it; `taking` is whether they have an open attempt at the lesson's quiz."""
    return one(transaction, _REQUEST + _SEEN, {"id": request_id, "viewer": viewer, "teaches": int(teaches)})


def own(transaction: Transaction, request_id: int, *, viewer: int) -> Any:
    """The row of a question of one's own."""
    if not 0 < request_id <= MAX_ID:
        return None
    return one(
        transaction,
        "SELECT id, course_id, lesson_id, settled_at FROM help_requests WHERE id = :id AND asker_id = :viewer",
        {"id": request_id, "viewer": viewer},
    )


def wanted(
    transaction: Transaction, *, viewer: int, teacher: bool, offset: int, limit: int
) -> tuple[list[HelpRequest], int]:
    """What somebody may answer, oldest first, and how much that is in all."""
    given = {"viewer": viewer, "teacher": int(teacher)}
    found = rows(
        transaction,
        f"{_REQUEST} {_WANTED} ORDER BY asked.asked_at, asked.id LIMIT :limit OFFSET :offset",
        {**given, "limit": limit, "offset": offset},
    )
    return [request(row, viewer=viewer) for row in found], count_wanted(transaction, viewer=viewer, teacher=teacher)


def count_wanted(transaction: Transaction, *, viewer: int, teacher: bool) -> int:
    found: int = value(
        transaction,
        f"""
        SELECT COUNT(*) FROM help_requests AS asked
        JOIN lessons ON lessons.id = asked.lesson_id
        JOIN courses ON courses.id = asked.course_id
        {_WANTED}
        """,  # noqa: S608  # only our own words
        {"viewer": viewer, "teacher": int(teacher)},
    )
    return found


def asked_by(transaction: Transaction, user_id: int, *, offset: int, limit: int) -> tuple[list[HelpRequest], int]:
    """What somebody asked, what is open first, then the newest; and how much that is in all."""
    found = rows(
        transaction,
        f"""
        {_REQUEST} WHERE asked.asker_id = :viewer
        ORDER BY CASE WHEN asked.settled_at IS NULL THEN 0 ELSE 1 END, asked.asked_at DESC, asked.id DESC
        LIMIT :limit OFFSET :offset
        """,
        {"viewer": user_id, "limit": limit, "offset": offset},
    )
    number: int = value(transaction, "SELECT COUNT(*) FROM help_requests WHERE asker_id = :viewer", {"viewer": user_id})
    return [request(row, viewer=user_id) for row in found], number


def replies_to(transaction: Transaction, request_id: int, *, viewer: int) -> list[HelpReply]:
    """What was said to a question, oldest first; not by who is blocked, nor what was hidden."""
    found = rows(
        transaction,
        f"""
        SELECT said.id, said.uuid, said.text, said.at, said.changed_at, said.given_at, said.hidden_reason,
            {author_columns("said.author_id", known=_teaches("said.author_id"))}
        FROM help_replies AS said JOIN help_requests AS asked ON asked.id = said.request_id
        WHERE said.request_id = :id AND {not_hidden("said")} AND {not_blocked("said.author_id")}
        ORDER BY said.at, said.id
        """,  # noqa: S608  # only our own words
        {"id": request_id, "viewer": viewer},
    )
    return [_reply(row, viewer=viewer) for row in found]


def authors_of(transaction: Transaction, request_id: int) -> list[int]:
    """Who has replied to a question."""
    return values(
        transaction,
        "SELECT DISTINCT author_id FROM help_replies WHERE request_id = :id ORDER BY author_id",
        {"id": request_id},
    )


def author_of_reply(transaction: Transaction, reply_id: int) -> int:
    """Whose a reply is that is there."""
    found: int = value(transaction, "SELECT author_id FROM help_replies WHERE id = :id", {"id": reply_id})
    return found


def set_given(transaction: Transaction, reply_id: int, *, now: str) -> None:
    transaction.execute("UPDATE help_replies SET given_at = :now WHERE id = :id", {"id": reply_id, "now": now})


def add_reply(transaction: Transaction, *, uuid: str, request_id: int, author_id: int, text: str, now: str) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO help_replies (uuid, request_id, author_id, text, at)
        VALUES (:uuid, :request_id, :author_id, :text, :now) RETURNING id
        """,
        {"uuid": uuid, "request_id": request_id, "author_id": author_id, "text": text, "now": now},
    )
    return added


def change_reply(transaction: Transaction, reply_id: int, *, author_id: int, text: str, now: str) -> bool:
    """Whether there is such a reply of theirs."""
    found = value(
        transaction,
        """
        UPDATE help_replies SET text = :text, changed_at = :now WHERE id = :id AND author_id = :author_id RETURNING id
        """,
        {"id": _id(reply_id), "author_id": author_id, "text": text, "now": now},
    )
    return found is not None


def delete_reply(transaction: Transaction, reply_id: int, *, author_id: int) -> int | None:
    """The question that it was said to; None where there is no such reply of theirs."""
    found: int | None = value(
        transaction,
        "DELETE FROM help_replies WHERE id = :id AND author_id = :author_id RETURNING request_id",
        {"id": _id(reply_id), "author_id": author_id},
    )
    if found is not None:
        reports.remove(transaction, reports.REPLY, reply_id)
    return found


def settle(transaction: Transaction, request_id: int, *, now: str) -> bool:
    """Whether it was open before."""
    found = value(
        transaction,
        "UPDATE help_requests SET settled_at = :now WHERE id = :id AND settled_at IS NULL RETURNING id",
        {"id": request_id, "now": now},
    )
    return found is not None


def reopen(transaction: Transaction, request_id: int) -> None:
    transaction.execute("UPDATE help_requests SET settled_at = NULL WHERE id = :id", {"id": request_id})


def delete_request(transaction: Transaction, request_id: int) -> None:
    """A question, what was said to it and reported of both, and to whom it was put."""
    reports.remove(transaction, reports.QUESTION, request_id)
    for statement in (
        """
        DELETE FROM reports WHERE kind = 'help_reply'
            AND about_id IN (SELECT said.id FROM help_replies AS said WHERE said.request_id = :id)
        """,
        "DELETE FROM help_replies WHERE request_id = :id",
        "DELETE FROM help_offers WHERE request_id = :id",
        "DELETE FROM help_requests WHERE id = :id",
    ):
        transaction.execute(statement, {"id": request_id})


def requests_of(transaction: Transaction, user_id: int) -> list[int]:
    """The ids of all that somebody asked."""
    return values(transaction, "SELECT id FROM help_requests WHERE asker_id = :user_id", {"user_id": user_id})


def forget_helper(transaction: Transaction, user_id: int) -> None:
    transaction.execute(
        """
        DELETE FROM reports WHERE kind = 'help_reply'
            AND about_id IN (SELECT said.id FROM help_replies AS said WHERE said.author_id = :user_id)
        """,
        {"user_id": user_id},
    )
    for table, column in (("help_replies", "author_id"), ("help_offers", "user_id")):
        transaction.execute(f"DELETE FROM {table} WHERE {column} = :user_id", {"user_id": user_id})  # noqa: S608


def has_unread(transaction: Transaction, *, user_id: int, kind: str, request_id: int, actor_id: int) -> bool:
    """Whether somebody was told the same before and has not read it."""
    found: int = value(
        transaction,
        """
        SELECT EXISTS (
            SELECT 1 FROM notices WHERE kind = :kind AND about_id = :request_id AND user_id = :user_id
                AND actor_id = :actor_id AND read_at IS NULL
        )
        """,
        {"kind": kind, "request_id": request_id, "user_id": user_id, "actor_id": actor_id},
    )
    return bool(found)


def remove_answer_notices(transaction: Transaction, request_id: int, *, actor_id: int) -> None:
    """Take back that somebody has replied, once none of their replies is left."""
    transaction.execute(
        """
        DELETE FROM notices WHERE kind = 'help_answered' AND about_id = :request_id AND actor_id = :actor_id
            AND NOT EXISTS (SELECT 1 FROM help_replies WHERE request_id = :request_id AND author_id = :actor_id)
        """,
        {"request_id": request_id, "actor_id": actor_id},
    )


def remove_hidden_notice(transaction: Transaction, request_id: int, *, user_id: int) -> None:
    """Take back that something of somebody was hidden, once nothing of theirs at this question is."""
    transaction.execute(
        """
        DELETE FROM notices WHERE kind = 'help_hidden' AND about_id = :request_id AND user_id = :user_id
            AND NOT EXISTS (
                SELECT 1 FROM help_requests WHERE id = :request_id AND asker_id = :user_id AND hidden_reason <> ''
            )
            AND NOT EXISTS (
                SELECT 1 FROM help_replies
                WHERE request_id = :request_id AND author_id = :user_id AND hidden_reason <> ''
            )
        """,
        {"request_id": request_id, "user_id": user_id},
    )


def request(row: Any, *, viewer: int) -> HelpRequest:
    from azora_tui.models.helping import HelpRequest

    return HelpRequest(
        id=row.id,
        uuid=row.uuid,
        asker=author(row, viewer=viewer),
        course_id=row.course_id,
        course_title=row.course_title,
        lesson_id=row.lesson_id,
        lesson_title=row.lesson_title,
        question_id=row.question_id,
        quote=row.quote,
        text=row.text,
        asked_at=from_text(row.asked_at),
        settled_at=from_text_or_none(row.settled_at),
        replies=row.replies,
        available=bool(row.available),
        hidden_reason=row.hidden_reason,
    )


def _reply(row: Any, *, viewer: int) -> HelpReply:
    from azora_tui.models.helping import HelpReply

    return HelpReply(
        id=row.id,
        uuid=row.uuid,
        author=author(row, viewer=viewer),
        text=row.text,
        at=from_text(row.at),
        changed_at=from_text_or_none(row.changed_at),
        given_at=from_text_or_none(row.given_at),
        hidden_reason=row.hidden_reason,
    )


def _id(number: int) -> int:
    """A number as an id that the database takes; one that is none belongs to nothing."""
    return number if 0 < number <= MAX_ID else 0

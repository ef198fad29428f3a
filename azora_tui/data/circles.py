"""Statements on circles and who is in them. `:viewer` is who reads: who does not exist for them is not counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from azora_tui.data.company import author, author_columns, not_blocked, not_hidden
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.circles import Circle, Member


def _is_seen(column: str) -> str:
    """A condition: a member is there for `:viewer`, neither blocked nor with a closed account."""
    return f"""
        EXISTS (SELECT 1 FROM learners WHERE learners.user_id = {column} AND learners.closed_at IS NULL)
        AND {not_blocked(column)}
    """  # noqa: S608  # only our own words


def post_is_seen(post: str, root: str) -> str:
    """A condition: a post is not hidden, and neither who wrote it nor who began its thread is blocked; both are names
    of tables."""
    return f"{not_hidden(post)} AND {not_blocked(f'{post}.author_id')} AND {not_blocked(f'{root}.author_id')}"


_CIRCLE = f"""
    SELECT circles.id, circles.uuid, circles.course_id, courses.title AS course_title, circles.name, circles.goal,
        circles.until, circles.word, circles.maker_id, mine.shows_progress, mine.there_at,
        (
            SELECT COUNT(*) FROM circle_members AS members
            WHERE members.circle_id = circles.id AND {_is_seen("members.user_id")}
        ) AS people,
        (
            SELECT COUNT(*) FROM circle_members AS members
            WHERE members.circle_id = circles.id AND members.there_at IS NOT NULL AND {_is_seen("members.user_id")}
        ) AS there,
        (
            SELECT COUNT(*) FROM circle_posts AS posts LEFT JOIN circle_posts AS roots ON roots.id = posts.parent_id
            WHERE posts.circle_id = circles.id AND posts.text <> '' AND {post_is_seen("posts", "roots")}
        ) AS posts
    FROM circle_members AS mine
    JOIN circles ON circles.id = mine.circle_id
    JOIN courses ON courses.id = circles.course_id
    WHERE mine.user_id = :viewer
"""  # noqa: S608  # only our own words


def add_circle(
    transaction: Transaction,
    *,
    uuid: str,
    course_id: int,
    maker_id: int,
    name: str,
    goal: str,
    until: date,
    word: str,
    now: str,
) -> int:
    """Returns its id; its maker is no member yet."""
    added: int = value(
        transaction,
        """
        INSERT INTO circles (uuid, course_id, maker_id, name, goal, until, word, made_at)
        VALUES (:uuid, :course_id, :maker_id, :name, :goal, :until, :word, :now) RETURNING id
        """,
        {
            "uuid": uuid,
            "course_id": course_id,
            "maker_id": maker_id,
            "name": name,
            "goal": goal,
            "until": until.isoformat(),
            "word": word,
            "now": now,
        },
    )
    return added


def change_circle(transaction: Transaction, circle_id: int, *, name: str, goal: str, until: date) -> None:
    transaction.execute(
        "UPDATE circles SET name = :name, goal = :goal, until = :until WHERE id = :id",
        {"id": circle_id, "name": name, "goal": goal, "until": until.isoformat()},
    )


def set_word(transaction: Transaction, circle_id: int, word: str) -> None:
    transaction.execute("UPDATE circles SET word = :word WHERE id = :id", {"id": circle_id, "word": word})


def pass_on(transaction: Transaction, circle_id: int, *, from_id: int, to_id: int) -> None:
    """Make one who is in it its maker, where the other was."""
    transaction.execute(
        "UPDATE circles SET maker_id = :to_id WHERE id = :id AND maker_id = :from_id",
        {"id": circle_id, "from_id": from_id, "to_id": to_id},
    )


def remove_circle(transaction: Transaction, circle_id: int) -> None:
    """One in which nobody is any more, with all that was said in it."""
    for statement in (
        """
        DELETE FROM notices WHERE kind IN ('circle_posted', 'circle_replied', 'post_hidden')
            AND about_id IN (SELECT posts.id FROM circle_posts AS posts WHERE posts.circle_id = :id)
        """,
        """
        DELETE FROM reports WHERE kind = 'circle_post'
            AND about_id IN (SELECT posts.id FROM circle_posts AS posts WHERE posts.circle_id = :id)
        """,
        "DELETE FROM notices WHERE kind = 'circle_joined' AND about_id = :id",
        "DELETE FROM circle_posts WHERE circle_id = :id AND parent_id IS NOT NULL",
        "DELETE FROM circle_posts WHERE circle_id = :id",
        "DELETE FROM circles WHERE id = :id",
    ):
        transaction.execute(statement, {"id": circle_id})


def circle_with_word(transaction: Transaction, word: str) -> Any:
    """(id, course_id, course_title) of the circle that a word lets into; None where there is none."""
    return one(
        transaction,
        """
        SELECT circles.id, circles.course_id, courses.title AS course_title
        FROM circles JOIN courses ON courses.id = circles.course_id WHERE circles.word = :word
        """,
        {"word": word},
    )


def circle(transaction: Transaction, circle_id: int, *, viewer: int) -> Circle | None:
    """None where `viewer` is not in it."""
    row = one(transaction, f"{_CIRCLE} AND mine.circle_id = :id", {"id": circle_id, "viewer": viewer})
    return None if row is None else _circle(row, viewer)


def circles_of(transaction: Transaction, *, viewer: int) -> list[Circle]:
    """Those whose day comes first stand first."""
    found = rows(transaction, f"{_CIRCLE} ORDER BY circles.until, circles.id", {"viewer": viewer})
    return [_circle(row, viewer) for row in found]


# Members


def add_member(transaction: Transaction, *, circle_id: int, user_id: int, now: str) -> None:
    transaction.execute(
        "INSERT INTO circle_members (circle_id, user_id, joined_at) VALUES (:circle_id, :user_id, :now)",
        {"circle_id": circle_id, "user_id": user_id, "now": now},
    )


def remove_member(transaction: Transaction, *, circle_id: int, user_id: int) -> None:
    """With what was told to them of this circle, and to others of their joining it."""
    for statement in (
        "DELETE FROM circle_members WHERE circle_id = :circle_id AND user_id = :user_id",
        """
        DELETE FROM notices WHERE user_id = :user_id AND kind IN ('circle_posted', 'circle_replied', 'post_hidden')
            AND about_id IN (SELECT posts.id FROM circle_posts AS posts WHERE posts.circle_id = :circle_id)
        """,
        """
        DELETE FROM notices
        WHERE kind = 'circle_joined' AND about_id = :circle_id AND (user_id = :user_id OR actor_id = :user_id)
        """,
    ):
        transaction.execute(statement, {"circle_id": circle_id, "user_id": user_id})


def is_member(transaction: Transaction, *, circle_id: int, user_id: int) -> bool:
    found = value(
        transaction,
        "SELECT 1 FROM circle_members WHERE circle_id = :circle_id AND user_id = :user_id",
        {"circle_id": circle_id, "user_id": user_id},
    )
    return found is not None


def member_ids(transaction: Transaction, circle_id: int) -> list[int]:
    """Everybody who is in a circle, who joined first before the others."""
    return values(
        transaction,
        "SELECT user_id FROM circle_members WHERE circle_id = :id ORDER BY joined_at, user_id",
        {"id": circle_id},
    )


def circle_ids_of(transaction: Transaction, user_id: int) -> list[int]:
    return values(
        transaction,
        "SELECT circle_id FROM circle_members WHERE user_id = :user_id ORDER BY circle_id",
        {"user_id": user_id},
    )


def members(transaction: Transaction, circle_id: int, *, viewer: int) -> list[Member]:
    """Those who are there for `viewer`, who joined first before the others; in a circle everybody knows the names."""
    from azora_tui.models.circles import Member

    found = rows(
        transaction,
        f"""
        SELECT {author_columns("members.user_id", known="1")}, members.joined_at, members.there_at,
            CASE WHEN members.shows_progress = 1 THEN enrollments.progress END AS percent,
            circles.maker_id
        FROM circle_members AS members
        JOIN circles ON circles.id = members.circle_id
        LEFT JOIN enrollments ON enrollments.user_id = members.user_id
            AND enrollments.course_id = circles.course_id AND enrollments.status <> 'left'
        WHERE members.circle_id = :id AND {_is_seen("members.user_id")}
        ORDER BY members.joined_at, members.user_id
        """,  # noqa: S608  # only our own words
        {"id": circle_id, "viewer": viewer},
    )
    return [
        Member(
            author(row, viewer=viewer),
            from_text(row.joined_at),
            row.percent,
            row.there_at is not None,
            row.author_id == row.maker_id,
        )
        for row in found
    ]


def set_shows_progress(transaction: Transaction, *, circle_id: int, user_id: int, shown: bool) -> None:
    transaction.execute(
        "UPDATE circle_members SET shows_progress = :shown WHERE circle_id = :circle_id AND user_id = :user_id",
        {"circle_id": circle_id, "user_id": user_id, "shown": int(shown)},
    )


def set_there(transaction: Transaction, *, circle_id: int, user_id: int, at: str | None) -> None:
    transaction.execute(
        "UPDATE circle_members SET there_at = :at WHERE circle_id = :circle_id AND user_id = :user_id",
        {"circle_id": circle_id, "user_id": user_id, "at": at},
    )


def forget_there(transaction: Transaction, circle_id: int) -> None:
    """Of everybody: the goal is another now."""
    transaction.execute("UPDATE circle_members SET there_at = NULL WHERE circle_id = :id", {"id": circle_id})


def lessons_since(transaction: Transaction, circle_id: int, *, viewer: int, since: str) -> int:
    """How many lessons of the circle's course its members completed, of those who show their progress."""
    found: int = value(
        transaction,
        f"""
        SELECT COUNT(*) FROM circle_members AS members
        JOIN circles ON circles.id = members.circle_id
        JOIN enrollments ON enrollments.user_id = members.user_id AND enrollments.course_id = circles.course_id
            AND enrollments.status <> 'left'
        JOIN lesson_progress AS done ON done.enrollment_id = enrollments.id
        WHERE members.circle_id = :id AND members.shows_progress = 1 AND done.completed_at >= :since
            AND {_is_seen("members.user_id")}
        """,  # noqa: S608  # only our own words
        {"id": circle_id, "viewer": viewer, "since": since},
    )
    return found


def posts_since(transaction: Transaction, circle_id: int, *, viewer: int, since: str) -> int:
    found: int = value(
        transaction,
        f"""
        SELECT COUNT(*) FROM circle_posts AS posts LEFT JOIN circle_posts AS roots ON roots.id = posts.parent_id
        WHERE posts.circle_id = :id AND posts.text <> '' AND posts.at >= :since AND {post_is_seen("posts", "roots")}
        """,  # noqa: S608  # only our own words
        {"id": circle_id, "viewer": viewer, "since": since},
    )
    return found


# Wrong words


def wrong_words(transaction: Transaction, user_id: int, *, since: str) -> list[str]:
    """When somebody tried a wrong word after a time, the latest first; what is older is forgotten."""
    transaction.execute(
        "DELETE FROM circle_wrong_words WHERE user_id = :user_id AND at <= :since", {"user_id": user_id, "since": since}
    )
    return values(
        transaction,
        "SELECT at FROM circle_wrong_words WHERE user_id = :user_id ORDER BY at DESC, id DESC",
        {"user_id": user_id},
    )


def add_wrong_word(transaction: Transaction, user_id: int, *, at: str) -> None:
    transaction.execute(
        "INSERT INTO circle_wrong_words (user_id, at) VALUES (:user_id, :at)", {"user_id": user_id, "at": at}
    )


def forget_wrong_words(transaction: Transaction, user_id: int) -> None:
    transaction.execute("DELETE FROM circle_wrong_words WHERE user_id = :user_id", {"user_id": user_id})


def _circle(row: Any, viewer: int) -> Circle:
    from azora_tui.models.circles import Circle

    return Circle(
        id=row.id,
        uuid=row.uuid,
        course_id=row.course_id,
        course_title=row.course_title,
        name=row.name,
        goal=row.goal,
        until=date.fromisoformat(row.until),
        word=row.word,
        people=row.people,
        there=row.there,
        posts=row.posts,
        made_here=row.maker_id == viewer,
        shows_progress=bool(row.shows_progress),
        is_there=row.there_at is not None,
    )

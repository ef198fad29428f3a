"""Statements on what is said in circles. `:viewer` is who reads: what is not there for them is not counted either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import reports
from azora_tui.data.circles import post_is_seen
from azora_tui.data.company import author, author_columns, not_blocked, not_hidden, remove_notices
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.circles import Post, Thread

_KINDS = ("circle_posted", "circle_replied", "post_hidden")
_POST = f"""
    SELECT posts.id, posts.uuid, posts.circle_id, posts.parent_id, posts.text, posts.at, posts.changed_at,
        posts.hidden_reason, {author_columns("posts.author_id", known="1")}
    FROM circle_posts AS posts LEFT JOIN circle_posts AS roots ON roots.id = posts.parent_id
"""  # noqa: S608  # only our own words
_SEEN_REPLY = f"replies.parent_id = posts.id AND {not_hidden('replies')} AND {not_blocked('replies.author_id')}"
# What begins a thread: of nobody who is blocked and, where it was taken back or hidden, with a reply that can be read.
_BEGINS = f"""
    posts.circle_id = :circle_id AND posts.parent_id IS NULL AND {not_blocked("posts.author_id")}
    AND (
        (posts.text <> '' AND {not_hidden("posts")})
        OR EXISTS (SELECT 1 FROM circle_posts AS replies WHERE {_SEEN_REPLY})
    )
"""  # noqa: S608  # only our own words


def add_post(
    transaction: Transaction,
    *,
    uuid: str,
    circle_id: int,
    parent_id: int | None,
    author_id: int,
    text: str,
    now: str,
) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO circle_posts (uuid, circle_id, parent_id, author_id, text, at)
        VALUES (:uuid, :circle_id, :parent_id, :author_id, :text, :now) RETURNING id
        """,
        {
            "uuid": uuid,
            "circle_id": circle_id,
            "parent_id": parent_id,
            "author_id": author_id,
            "text": text,
            "now": now,
        },
    )
    return added


def change_post(transaction: Transaction, post_id: int, *, text: str, now: str) -> None:
    transaction.execute(
        "UPDATE circle_posts SET text = :text, changed_at = :now WHERE id = :id",
        {"id": post_id, "text": text, "now": now},
    )


def post(transaction: Transaction, post_id: int, *, viewer: int) -> Post | None:
    """One that its reader could read, in a circle that they are in; or that they wrote, wherever they are now."""
    row = one(
        transaction,
        f"""
        {_POST} WHERE posts.id = :id AND (posts.author_id = :viewer OR ({post_is_seen("posts", "roots")} AND EXISTS (
            SELECT 1 FROM circle_members AS mine WHERE mine.circle_id = posts.circle_id AND mine.user_id = :viewer
        )))
        """,  # noqa: S608  # only our own words
        {"id": post_id, "viewer": viewer},
    )
    return None if row is None else _post(row, viewer)


def is_read(transaction: Transaction, post_id: int, *, viewer: int) -> bool:
    """Whether it stands on a board that somebody reads, its thread and all."""
    found = value(
        transaction,
        f"""
        SELECT 1 FROM circle_posts AS posts LEFT JOIN circle_posts AS roots ON roots.id = posts.parent_id
        JOIN circle_members AS mine ON mine.circle_id = posts.circle_id AND mine.user_id = :viewer
        WHERE posts.id = :id AND {post_is_seen("posts", "roots")}
        """,  # noqa: S608  # only our own words
        {"id": post_id, "viewer": viewer},
    )
    return found is not None


def take_back(transaction: Transaction, post_id: int) -> None:
    """Leave no word of it, nor what was told of it. Under replies an empty row stays, until the last goes."""
    remove_notices(transaction, _KINDS, post_id)
    reports.remove(transaction, reports.POST, post_id)
    parent_id = value(transaction, "SELECT parent_id FROM circle_posts WHERE id = :id", {"id": post_id})
    if _has_replies(transaction, post_id):
        transaction.execute(
            """
            UPDATE circle_posts SET text = '', author_id = NULL, changed_at = NULL, hidden_reason = '', hidden_by = NULL
            WHERE id = :id
            """,
            {"id": post_id},
        )
        return
    transaction.execute("DELETE FROM circle_posts WHERE id = :id", {"id": post_id})
    if parent_id is not None and not _has_replies(transaction, parent_id):
        transaction.execute("DELETE FROM circle_posts WHERE id = :id AND text = ''", {"id": parent_id})


def _has_replies(transaction: Transaction, post_id: int) -> bool:
    found = value(transaction, "SELECT 1 FROM circle_posts WHERE parent_id = :id LIMIT 1", {"id": post_id})
    return found is not None


def post_ids_of(transaction: Transaction, user_id: int, *, circle_id: int | None = None) -> list[int]:
    """What somebody wrote in a circle or in all, replies before what they are to."""
    return values(
        transaction,
        """
        SELECT id FROM circle_posts WHERE author_id = :user_id AND :circle_id IN (0, circle_id)
        ORDER BY CASE WHEN parent_id IS NULL THEN 1 ELSE 0 END, id
        """,
        {"user_id": user_id, "circle_id": circle_id or 0},
    )


def writers_in(transaction: Transaction, root_id: int) -> list[int]:
    """Who is in the circle of a thread and has written in it."""
    return values(
        transaction,
        """
        SELECT DISTINCT posts.author_id FROM circle_posts AS posts
        JOIN circle_members AS members ON members.circle_id = posts.circle_id AND members.user_id = posts.author_id
        WHERE posts.id = :id OR posts.parent_id = :id ORDER BY posts.author_id
        """,
        {"id": root_id},
    )


def threads(transaction: Transaction, circle_id: int, *, viewer: int, offset: int, limit: int) -> list[Thread]:
    """Those in which something was said last stand first."""
    from azora_tui.models.circles import Thread

    roots = rows(
        transaction,
        f"""
        {_POST} WHERE {_BEGINS}
        ORDER BY COALESCE((SELECT MAX(replies.at) FROM circle_posts AS replies WHERE {_SEEN_REPLY}), posts.at) DESC,
            posts.id DESC
        LIMIT :limit OFFSET :offset
        """,  # noqa: S608  # only our own words
        {"circle_id": circle_id, "viewer": viewer, "limit": limit, "offset": offset},
    )
    return [Thread(_post(root, viewer), tuple(_replies(transaction, root.id, viewer))) for root in roots]


def _replies(transaction: Transaction, root_id: int, viewer: int) -> list[Post]:
    found = rows(
        transaction,
        f"""
        {_POST} WHERE posts.parent_id = :id AND {not_hidden("posts")} AND {not_blocked("posts.author_id")}
        ORDER BY posts.at, posts.id
        """,
        {"id": root_id, "viewer": viewer},
    )
    return [_post(row, viewer) for row in found]


def count_threads(transaction: Transaction, circle_id: int, *, viewer: int) -> int:
    found: int = value(
        transaction,
        f"SELECT COUNT(*) FROM circle_posts AS posts WHERE {_BEGINS}",  # noqa: S608  # only our own words
        {"circle_id": circle_id, "viewer": viewer},
    )
    return found


def mark_seen(transaction: Transaction, circle_id: int, *, user_id: int, now: str) -> None:
    """What was told to somebody of a circle is read."""
    transaction.execute(
        """
        UPDATE notices SET read_at = :now WHERE user_id = :user_id AND read_at IS NULL AND (
            (kind = 'circle_joined' AND about_id = :circle_id)
            OR (kind IN ('circle_posted', 'circle_replied', 'post_hidden') AND about_id IN (
                SELECT posts.id FROM circle_posts AS posts WHERE posts.circle_id = :circle_id
            ))
        )
        """,
        {"circle_id": circle_id, "user_id": user_id, "now": now},
    )


def has_unseen(transaction: Transaction, circle_id: int, *, user_id: int) -> bool:
    """Whether there is anything for `mark_seen` to do."""
    found = value(
        transaction,
        """
        SELECT 1 FROM notices WHERE user_id = :user_id AND read_at IS NULL AND (
            (kind = 'circle_joined' AND about_id = :circle_id)
            OR (kind IN ('circle_posted', 'circle_replied', 'post_hidden') AND about_id IN (
                SELECT posts.id FROM circle_posts AS posts WHERE posts.circle_id = :circle_id
            ))
        ) LIMIT 1
        """,
        {"circle_id": circle_id, "user_id": user_id},
    )
    return found is not None


def _post(row: Any, viewer: int) -> Post:
    from azora_tui.models.circles import Post
    from azora_tui.models.together import Author

    kept_away = bool(row.hidden_reason) and row.author_id != viewer
    return Post(
        id=row.id,
        uuid=row.uuid,
        circle_id=row.circle_id,
        parent_id=row.parent_id,
        author=Author(None, None, gone=True) if kept_away else author(row, viewer=viewer),
        text="" if kept_away else row.text,
        at=from_text(row.at),
        changed_at=None if kept_away else from_text_or_none(row.changed_at),
        taken_back=not row.text,
        hidden=bool(row.hidden_reason),
        hidden_reason="" if kept_away else row.hidden_reason,
    )

"""Statements on certificates, the keys that sign them, and the log of both."""

from collections.abc import Iterable
from typing import Any

import apsw

from azora_tui.data.courses import MAX_ID
from azora_tui.models.credentials import Credential, Issuer, IssuerKey, Shown, TreeHead, Work
from azora_tui.times import from_text, from_text_or_none

_CREDENTIAL = """
    SELECT credentials.id, credentials.uuid, credentials.enrollment_id, enrollments.user_id, enrollments.course_id,
        courses.title, courses.instructor, credentials.issued_at, credentials.revoked_at, credentials.reason,
        credentials.replaced, credentials.jwt
    FROM credentials
    JOIN enrollments ON enrollments.id = credentials.enrollment_id
    JOIN courses ON courses.id = enrollments.course_id
"""
_KEY = "SELECT id, did, created_at, retired_at, handover FROM issuer_keys"


def issuer(connection: apsw.Connection) -> Issuer | None:
    row = connection.execute("SELECT uuid, name, url FROM issuer").fetchone()
    return None if row is None else Issuer(*row)


def save_issuer(connection: apsw.Connection, issuer: Issuer) -> None:
    connection.execute(
        """
        INSERT INTO issuer (id, uuid, name, url) VALUES (1, :uuid, :name, :url)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url
        """,
        {"uuid": issuer.uuid, "name": issuer.name, "url": issuer.url},
    )


def key_in_use(connection: apsw.Connection) -> IssuerKey | None:
    row = connection.execute(f"{_KEY} WHERE retired_at IS NULL").fetchone()
    return None if row is None else _key(row)


def keys(connection: apsw.Connection) -> list[IssuerKey]:
    """Every key that ever signed here, oldest first."""
    return [_key(row) for row in connection.execute(f"{_KEY} ORDER BY created_at, id")]


def add_key(connection: apsw.Connection, *, did: str, now: str) -> int:
    key_id: int = connection.execute(
        "INSERT INTO issuer_keys (did, created_at) VALUES (:did, :now) RETURNING id", {"did": did, "now": now}
    ).get
    return key_id


def retire_key(connection: apsw.Connection, key_id: int, *, handover: str | None, now: str) -> None:
    connection.execute(
        "UPDATE issuer_keys SET retired_at = :now, handover = :handover WHERE id = :id",
        {"id": key_id, "handover": handover, "now": now},
    )


def next_status_index(connection: apsw.Connection) -> int:
    index: int = connection.execute("SELECT COALESCE(MAX(status_index) + 1, 0) FROM credentials").get
    return index


def insert_credential(
    connection: apsw.Connection,
    *,
    uuid: str,
    enrollment_id: int,
    key_id: int,
    status_index: int,
    jwt: str,
    now: str,
) -> int:
    credential_id: int = connection.execute(
        """
        INSERT INTO credentials (uuid, enrollment_id, key_id, status_index, jwt, issued_at)
        VALUES (:uuid, :enrollment_id, :key_id, :status_index, :jwt, :now)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "enrollment_id": enrollment_id,
            "key_id": key_id,
            "status_index": status_index,
            "jwt": jwt,
            "now": now,
        },
    ).get
    return credential_id


def set_revoked(
    connection: apsw.Connection, credential_id: int, *, reason: str, replaced: bool = False, now: str
) -> None:
    connection.execute(
        "UPDATE credentials SET revoked_at = :now, reason = :reason, replaced = :replaced WHERE id = :id",
        {"id": credential_id, "reason": reason, "replaced": int(replaced), "now": now},
    )


def credential_by_id(connection: apsw.Connection, credential_id: int) -> Credential | None:
    if not 0 < credential_id <= MAX_ID:
        return None
    row = connection.execute(f"{_CREDENTIAL} WHERE credentials.id = :id", {"id": credential_id}).fetchone()
    return None if row is None else _credential(row)


def credential_by_uuid(connection: apsw.Connection, uuid: str) -> Credential | None:
    row = connection.execute(f"{_CREDENTIAL} WHERE credentials.uuid = :uuid", {"uuid": uuid}).fetchone()
    return None if row is None else _credential(row)


def credential_of(connection: apsw.Connection, enrollment_id: int) -> Credential | None:
    """The certificate of an enrollment, be it revoked; not one that another has replaced."""
    row = connection.execute(
        f"{_CREDENTIAL} WHERE credentials.enrollment_id = :id AND credentials.replaced = 0", {"id": enrollment_id}
    ).fetchone()
    return None if row is None else _credential(row)


def credentials_of(connection: apsw.Connection, user_id: int) -> list[Credential]:
    """A learner's certificates, newest first, without those that others have replaced."""
    rows = connection.execute(
        f"""
        {_CREDENTIAL} WHERE enrollments.user_id = :user_id AND credentials.replaced = 0
        ORDER BY credentials.issued_at DESC, credentials.status_index DESC
        """,
        {"user_id": user_id},
    )
    return [_credential(row) for row in rows]


def uncertified(connection: apsw.Connection, user_id: int) -> list[int]:
    """The courses that a learner has completed without a certificate of it."""
    rows = connection.execute(
        """
        SELECT course_id FROM enrollments
        WHERE user_id = :user_id AND completed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM credentials WHERE credentials.enrollment_id = enrollments.id AND credentials.replaced = 0
        )
        ORDER BY completed_at, uuid
        """,
        {"user_id": user_id},
    )
    return [course_id for (course_id,) in rows]


def revoked_indexes(connection: apsw.Connection, *, first: int, last: int) -> list[int]:
    rows = connection.execute(
        """
        SELECT status_index FROM credentials
        WHERE revoked_at IS NOT NULL AND status_index BETWEEN :first AND :last
        """,
        {"first": first, "last": last},
    )
    return [index for (index,) in rows]


def work_done(connection: apsw.Connection, enrollment_id: int) -> list[Work]:
    """The lessons that an enrollment has completed, in the course's order, those out of view now too."""
    rows = connection.execute(
        """
        SELECT lessons.title, mine.completed_at,
            (
                SELECT MAX(score) FROM attempts
                WHERE attempts.enrollment_id = mine.enrollment_id AND attempts.lesson_id = mine.lesson_id
            )
        FROM lesson_progress AS mine
        JOIN lessons ON lessons.id = mine.lesson_id
        WHERE mine.enrollment_id = :id AND mine.completed = 1
        ORDER BY lessons.order_index, lessons.id
        """,
        {"id": enrollment_id},
    )
    return [Work(title, from_text(completed_at), best) for title, completed_at, best in rows]


def choice(connection: apsw.Connection, user_id: int) -> Shown:
    row = connection.execute(
        "SELECT pseudonym, with_email FROM credential_choices WHERE user_id = :user_id", {"user_id": user_id}
    ).fetchone()
    return Shown() if row is None else Shown(row[0], bool(row[1]))


def save_choice(connection: apsw.Connection, user_id: int, shown: Shown) -> None:
    connection.execute(
        """
        INSERT INTO credential_choices (user_id, pseudonym, with_email) VALUES (:user_id, :pseudonym, :with_email)
        ON CONFLICT (user_id) DO UPDATE SET pseudonym = excluded.pseudonym, with_email = excluded.with_email
        """,
        {"user_id": user_id, "pseudonym": shown.pseudonym, "with_email": int(shown.with_email)},
    )


def log_size(connection: apsw.Connection) -> int:
    size: int = connection.execute("SELECT COALESCE(MAX(number) + 1, 0) FROM log_entries").get
    return size


def log_node(connection: apsw.Connection, level: int, position: int) -> bytes:
    hash_: bytes = connection.execute(
        "SELECT hash FROM log_nodes WHERE level = :level AND position = :position",
        {"level": level, "position": position},
    ).get
    return hash_


def add_log_entry(
    connection: apsw.Connection,
    *,
    number: int,
    credential_id: int,
    entry: str,
    nodes: Iterable[tuple[int, int, bytes]],
) -> None:
    connection.execute(
        "INSERT INTO log_entries (number, credential_id, entry) VALUES (:number, :credential_id, :entry)",
        {"number": number, "credential_id": credential_id, "entry": entry},
    )
    connection.executemany(
        "INSERT INTO log_nodes (level, position, hash) VALUES (:level, :position, :hash)",
        ({"level": level, "position": position, "hash": hash_} for level, position, hash_ in nodes),
    )


def log_entries_of(connection: apsw.Connection, credential_id: int) -> list[tuple[int, str]]:
    """(number, entry) of all that the log says of a certificate, oldest first."""
    rows: Any = connection.execute(
        "SELECT number, entry FROM log_entries WHERE credential_id = :id ORDER BY number", {"id": credential_id}
    )
    return list(rows)


def save_head(connection: apsw.Connection, head: TreeHead, *, at: str) -> None:
    connection.execute(
        "INSERT INTO log_heads (size, root, at, jwt) VALUES (:size, :root, :at, :jwt)",
        {"size": head.size, "root": head.root, "at": at, "jwt": head.jwt},
    )


def head(connection: apsw.Connection) -> TreeHead | None:
    """The latest head that was signed."""
    row = connection.execute("SELECT size, root, at, jwt FROM log_heads ORDER BY size DESC LIMIT 1").fetchone()
    return None if row is None else TreeHead(row[0], row[1], from_text(row[2]), row[3])


def _key(row: tuple[Any, ...]) -> IssuerKey:
    id_, did, created_at, retired_at, handover = row
    return IssuerKey(id_, did, from_text(created_at), from_text_or_none(retired_at), handover)


def _credential(row: tuple[Any, ...]) -> Credential:
    *head_, issued_at, revoked_at, reason, replaced, jwt = row
    return Credential(*(*head_, from_text(issued_at), from_text_or_none(revoked_at), reason, bool(replaced), jwt))
